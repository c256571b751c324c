"""What is said of inputs that lie where their source has no data, or that look odd: named before and after every run."""

from __future__ import annotations

from collections import Counter

import numpy as np

from simulator.evidence.about.support import OTHER, TWO_PRESETS_BELOW, Support, on_days, support_of
from simulator.evidence.numbers import number
from simulator.experiment.floods import flood_in
from simulator.scenario.models import Scenario
from simulator.street.footfall import moments_of_power

# On more deployments than these at a place, fewer visits of each person than this look like those of a shorter campaign.
FEW_DEPLOYMENTS, FEWEST_VISITS = 20, 1.0
# How far the two sources are apart at 0.60, where both counted most, and that nobody says why.
APART = "At 0.60 the laboratory's rate gives about 12 times as many false alerts as the Met's; why is not published"


def data_of(preset: str | None) -> str:
    """Where the source of a *preset* has data, in words; of rates of the scenario's own where there is none."""
    if preset is None:
        return "the scenario states its own rates at one threshold, or at those of its table"
    (low, high), (smallest, largest) = support_of(preset).thresholds, support_of(preset).list_sizes
    if preset == "npl":
        return (
            f"the laboratory's rate was measured at {low:.2f} to {high:.2f}, on one list of 178,000 faces, and no list in a "
            f"street is on record over {largest:,.0f}"
        )
    return f"the Met's record has thresholds {low:.2f} to {high:.2f} and lists of {smallest:,.0f} to {largest:,.0f}"


def outside_support(scenario: Scenario) -> list[str]:
    """Sentences on every input that lies outside calibrated support; empty where all are inside."""
    said = [str(flood)] if (flood := flood_in(scenario)) else []
    thresholds, threshold_key = on_days(
        scenario, "threshold", "recogniser.threshold", scenario.recogniser.threshold.value
    )
    sizes, size_key = on_days(scenario, "watchlist_size", "watchlist.size", scenario.watchlist.size.value)
    preset = scenario.recogniser.known_preset
    support, name = Support.of(scenario), scenario.recogniser.preset
    for threshold in thresholds:
        if not support.holds_threshold(threshold):
            said.append(
                f"{threshold_key} {threshold:g} is outside calibrated support: {data_of(name)}; beyond that "
                f"rates are extrapolated."
            )
    if preset is not None and thresholds[0] < TWO_PRESETS_BELOW:
        said.append(
            f"Below 0.64 the two presets disagree: run this also with --set recogniser.preset={OTHER[preset.name]} and quote "
            f"both. {APART}. Wrongful stops are about tenfold apart there."
        )
    if too_seldom := _too_seldom(scenario):
        said.append(too_seldom)
    if sizes[-1] > support.list_sizes[1]:
        largest = support.list_sizes[1]
        over = f"no list over {largest:,.0f} is on record" if name != "npl" else data_of(name)
        said.append(
            f"{size_key} {sizes[-1]:,.0f} is outside calibrated support: {over}, and how false alerts grow with the list has "
            f"not been measured."
        )
    own = scenario.recogniser.tpir_at_anchor
    if preset is not None and preset.name == "npl" and own and own.value != preset.fields["tpir_at_anchor"]["value"]:
        said.append(
            f"recogniser.tpir_at_anchor {own.value:g} holds at the preset's own anchor (0.60 for npl, 0.64 for field): "
            f"the same number says another thing under another preset."
        )
    # who a short list finds rests on deployments, whichever test the error rates are of
    smallest = support_of("field").list_sizes[0]
    if sizes[0] < smallest and preset is not None:
        said.append(
            f"{size_key} {sizes[0]:,.0f} is outside calibrated support: no list under {smallest:,.0f} is on record with a "
            f"printed threshold, and how many listed people a short list finds depends on who is on it."
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


def follows_too_much(scenario: Scenario) -> bool:
    """Whether footfall, followed as the scenario says, varies listed people more than it says that they vary in all."""
    in_all, k = scenario.watchlist.day_dispersion_k, scenario.street.day_dispersion_k
    if in_all is None or k is None:
        return False
    _, variance = moments_of_power(np.array([k.value]), np.array([scenario.watchlist.footfall_elasticity.value]))
    return bool(variance[0] > 1 / in_all.value)


__all__ = ["APART", "data_of", "follows_too_much", "outside_support"]
