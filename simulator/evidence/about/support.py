"""Where error rates have support: at which thresholds, and with which lists, their source has data. The one rule for it.

Between the lowest and the highest threshold at which a source has counted, a rate is read off between data. Beyond them it is
extrapolated: above 0.64 nobody has recorded anything, and how steeply false alerts fall is the least known of a preset's
numbers (``field`` 35 to 70 per unit of score, ``npl`` 40 to 214): by that alone the rate at 0.66 is uncertain twofold and
thirtyfold. Lists alike: between the smallest and the largest with which the source has data, at any of its thresholds
(``recorded_lists.yaml``); how false alerts grow with the list nobody has measured. Rates that a scenario states itself
hold at the thresholds that it states them for, with any list up to the largest on record. For readers it is said in
docs/background/evidence.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from simulator.evidence.about.recorded_counts import recorded_at, recorded_lists
from simulator.scenario.applied import with_settings
from simulator.scenario.days import by_day, differs
from simulator.scenario.errors import ScenarioError
from simulator.scenario.models import Scenario

Ends = tuple[float, float]
TWO_PRESETS_BELOW = 0.64
# Below it the one preset is quoted beside the other.
OTHER = {"field": "npl", "npl": "field"}
# Two decimals of a threshold may be a little off, whatever rounding made of them.
ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class Support:
    """Where there are data behind error rates: from the first to the last of *thresholds*, and of *list_sizes*."""

    thresholds: Ends
    list_sizes: Ends

    @classmethod
    def of(cls, scenario: Scenario) -> Support:
        """The support of the error rates of *scenario*: of its preset, or of those it states itself."""
        preset = scenario.recogniser.preset
        if preset is not None:
            return support_of(preset)
        at = measured_at(scenario)
        return cls(thresholds=(at[0], at[-1]), list_sizes=(0.0, support_of("field").list_sizes[1]))

    def holds(self, threshold: float, size: float) -> bool:
        """Whether *threshold* with a list of *size* lies within it; the ends count."""
        return self.holds_threshold(threshold) and self.holds_list(size)

    def holds_threshold(self, threshold: float) -> bool:
        """Whether *threshold* lies within it."""
        return self.thresholds[0] - ROUNDING <= threshold <= self.thresholds[1] + ROUNDING

    def holds_list(self, size: float) -> bool:
        """Whether a list of *size* lies within it."""
        return self.list_sizes[0] <= size <= self.list_sizes[1]


@cache
def support_of(preset: str) -> Support:
    """The support of a *preset*: the Met's record behind ``field``, the laboratory's test behind ``npl``."""
    at, lists = recorded_at(preset), [each for each in recorded_lists() if each.preset == preset]
    # a laboratory's list is no street's: who comes past of a longer one than any on record nobody knows
    longest = max(each.largest for each in recorded_lists() if each.preset == "field")
    return Support(
        thresholds=(at[0], at[-1]),
        list_sizes=(min(each.smallest for each in lists), min(max(each.largest for each in lists), longest)),
    )


def measured_at(scenario: Scenario) -> tuple[float, ...]:
    """The thresholds at which rates of the scenario's own are stated: those of its table, or the one that they hold at."""
    own = scenario.recogniser
    if own.read_table is not None:
        return tuple(float(threshold) for threshold in own.read_table.thresholds)
    return (own.threshold.value if own.anchor_threshold is None else own.anchor_threshold,)


def with_other_preset(scenario: Scenario) -> Scenario | None:
    """*scenario* with the error rates of the other preset, as ``--set`` sets them; None without a preset, or where it is not
    valid with the other one.
    """
    own = scenario.recogniser.preset
    if own not in OTHER:
        return None
    try:
        return with_settings(scenario, {"recogniser.preset": OTHER[own]})
    except ScenarioError:
        return None


def extrapolated(scenario: Scenario) -> bool:
    """Whether the source of the error rates of *scenario* has no data at a threshold, or with a list, of a deployment."""
    support = Support.of(scenario)
    thresholds, _ = on_days(scenario, "threshold", "", scenario.recogniser.threshold.value)
    sizes, _ = on_days(scenario, "watchlist_size", "", scenario.watchlist.size.value)
    return not all(support.holds(x, y) for x in (thresholds[0], thresholds[-1]) for y in (sizes[0], sizes[-1]))


def on_days(scenario: Scenario, name: str, key: str, elsewhere: float) -> tuple[list[float], str]:
    """The smallest and the largest that holds under *name* on some deployment, and what to call it."""
    each = by_day(scenario.campaign, name, elsewhere)
    ends = sorted({float(each.min()), float(each.max())})
    return ends, f"A deployment's {name}" if differs(scenario, key) else key


__all__ = [
    "OTHER", "TWO_PRESETS_BELOW", "Ends", "Support", "extrapolated", "measured_at", "on_days", "support_of", "with_other_preset",
]  # fmt: skip
