"""Where the calibration has data: inputs outside it are named before and after every run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from simulator.evidence.numbers import number
from simulator.experiment.floods import flood_in
from simulator.scenario.applied import with_settings
from simulator.scenario.days import by_day, differs
from simulator.scenario.errors import ScenarioError
from simulator.scenario.models import Scenario
from simulator.street.footfall import moments_of_power

THRESHOLDS = (0.60, 0.66)
SMALLEST_LIST, LARGEST_LIST = 5_000, 19_000
TWO_PRESETS_BELOW = 0.64
# Below it the one preset is quoted beside the other.
OTHER = {"field": "npl", "npl": "field"}
# On more deployments than these at a place, fewer visits of each person than this look like those of a shorter campaign.
FEW_DEPLOYMENTS, FEWEST_VISITS = 20, 1.0


@dataclass(frozen=True, kw_only=True)
class Support:
    """Where there are records behind the rates: at *thresholds* (None where nothing bounds them), with *list_sizes*."""

    thresholds: tuple[float, float] | None = THRESHOLDS
    list_sizes: tuple[float, float] = (SMALLEST_LIST, LARGEST_LIST)

    @classmethod
    def of(cls, preset: str | None) -> Support:
        """The support of rates by a *preset*; own rates are not those of the records."""
        return cls() if preset else cls(thresholds=None, list_sizes=(0, LARGEST_LIST))

    def holds(self, threshold: float, size: float) -> bool:
        """Whether *threshold* with a list of *size* lies within it."""
        (left, right), (low, high) = self.thresholds or (0, 1), self.list_sizes
        return left - 1e-9 <= threshold <= right + 1e-9 and low <= size <= high


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


def on_record(threshold: float) -> bool:
    """Whether deployment records are behind *threshold*; the ends count, whatever rounding made of them."""
    return THRESHOLDS[0] - 1e-9 <= threshold <= THRESHOLDS[1] + 1e-9


def extrapolated(scenario: Scenario) -> bool:
    """Whether no deployment record is behind the rates at a threshold or a list of *scenario*."""
    support = Support.of(scenario.recogniser.preset)
    thresholds, _ = _on_days(scenario, "threshold", "", scenario.recogniser.threshold.value)
    sizes, _ = _on_days(scenario, "watchlist_size", "", scenario.watchlist.size.value)
    return not all(support.holds(x, y) for x in (thresholds[0], thresholds[-1]) for y in (sizes[0], sizes[-1]))


def outside_support(scenario: Scenario) -> list[str]:
    """Sentences on every input that lies outside calibrated support; empty where all are inside."""
    said = [str(flood)] if (flood := flood_in(scenario)) else []
    thresholds, threshold_key = _on_days(
        scenario, "threshold", "recogniser.threshold", scenario.recogniser.threshold.value
    )
    sizes, size_key = _on_days(scenario, "watchlist_size", "watchlist.size", scenario.watchlist.size.value)
    preset = scenario.recogniser.known_preset
    for threshold in thresholds if preset is not None else ():
        if on_record(threshold):
            continue
        said.append(
            f"{threshold_key} {threshold:g} is outside calibrated support (0.60 to 0.66): no deployment record is "
            f"behind the rates there, they are extrapolated."
        )
    if preset is not None and thresholds[0] < TWO_PRESETS_BELOW:
        said.append(
            f"Below 0.64 the two presets disagree: run this also with --set recogniser.preset={OTHER[preset.name]} and quote "
            f"both. At 0.60 false matches are twelvefold apart, wrongful stops about tenfold: the Met recorded 25 false alerts "
            f"where the laboratory's rate predicts about 325; why is not published."
        )
    if too_seldom := _too_seldom(scenario):
        said.append(too_seldom)
    if sizes[-1] > LARGEST_LIST:
        said.append(
            f"{size_key} {sizes[-1]:,.0f} is outside calibrated support: no list over {LARGEST_LIST:,} is on record, "
            f"and how false alerts grow with the list has not been measured."
        )
    own = scenario.recogniser.tpir_at_anchor
    if preset is not None and preset.name == "npl" and own and own.value != preset.fields["tpir_at_anchor"]["value"]:
        said.append(
            f"recogniser.tpir_at_anchor {own.value:g} holds at the preset's own anchor (0.60 for npl, 0.64 for field): "
            f"the same number says another thing under another preset."
        )
    if sizes[0] < SMALLEST_LIST and preset is not None:
        said.append(
            f"{size_key} {sizes[0]:,.0f} is outside calibrated support: no list under {SMALLEST_LIST:,} is on record, and "
            f"how many listed people a short list finds depends on who is on it."
        )
    reference = scenario.watchlist.reference_size
    if reference is None and scenario.watchlist.growth_exponent.value > 0:
        said.append(
            "watchlist.reference_size is not given, so the rate of listed passages holds at any list size: a longer list "
            "finds no more listed people."
        )
    exponent, measured_with = scenario.recogniser.list_size_exponent.value, scenario.recogniser.reference_list_size
    if exponent != 1 and preset is not None and measured_with is not None:
        said.append("recogniser.list_size_exponent other than 1 is an assumption: no measurement is public.")
        other = preset.other_list_size
        if other is not None and measured_with.value != other:
            said.append(
                f"The preset {preset.name} may as well be read as measured with a list of {other:,}: then there are "
                f"{number((other / measured_with.value) ** (1 - exponent))} times as many false alerts. Run this also with "
                f"--set recogniser.reference_list_size={other}."
            )
    if follows_too_much(scenario):
        said.append(
            "watchlist.footfall_elasticity: footfall alone makes listed people vary more from day to day than "
            "watchlist.day_dispersion_k says they do in all. Lower it, or that k."
        )
    return said


def _too_seldom(scenario: Scenario) -> str:
    """That so few visits a person were said of so many deployments that they may be those of a shorter campaign; or ""."""
    visits = scenario.street.visits_per_person
    deployments = max(Counter(day.place for day in scenario.campaign.days).values())
    if visits is None or visits.value >= FEWEST_VISITS or deployments <= FEW_DEPLOYMENTS:
        return ""
    return (
        f"{visits.value:g} visits a person over {deployments} deployments: most people come once or never. Is "
        f"street.visits_per_person from a shorter campaign?"
    )


def _on_days(scenario: Scenario, name: str, key: str, elsewhere: float) -> tuple[list[float], str]:
    """The smallest and the largest that holds under *name* on some deployment, and what to call it."""
    each = by_day(scenario.campaign, name, elsewhere)
    ends = sorted({float(each.min()), float(each.max())})
    return ends, f"A deployment's {name}" if differs(scenario, key) else key


def follows_too_much(scenario: Scenario) -> bool:
    """Whether footfall, followed as the scenario says, varies listed people more than it says that they vary in all."""
    in_all, k = scenario.watchlist.day_dispersion_k, scenario.street.day_dispersion_k
    if in_all is None or k is None:
        return False
    _, variance = moments_of_power(np.array([k.value]), np.array([scenario.watchlist.footfall_elasticity.value]))
    return bool(variance[0] > 1 / in_all.value)
