"""Where error rates have support: what is published of each source, and one rule for all that is said of it."""

from __future__ import annotations

import re

import pytest

from simulator import load_scenario
from simulator.evidence.about.outside import APART, data_of, outside_support
from simulator.evidence.about.support import Support, extrapolated, support_of
from simulator.evidence.counted.closed_forms import closed_forms
from simulator.scenario.inputs import median_inputs

BY_OWN_RATES = [
    "recogniser.preset=null", "recogniser.fmr_at_anchor=1e-9", "recogniser.anchor_threshold=0.62",
    "recogniser.slope_per_unit=50", "recogniser.tpir_at_anchor=0.8", "recogniser.capture_rate=0.9", "recogniser.score_sd=0.15",
    "recogniser.threshold=0.62",
]  # fmt: skip


def test_each_source_has_data_where_it_has_counted() -> None:
    """The Met printed 0.60, 0.62 and 0.64 over lists of 9,744 to 18,800; the laboratory's list was longer, but no street's."""
    assert support_of("field") == Support(thresholds=(0.60, 0.64), list_sizes=(9_744, 18_800))
    assert support_of("npl") == Support(thresholds=(0.60, 0.64), list_sizes=(1_000, 18_800))


@pytest.mark.parametrize(
    ("preset", "threshold", "size", "inside"),
    [
        ("field", 0.60, 9_744, True), ("field", 0.64 + 1e-12, 18_800, True), ("field", 0.65, 16_500, False),
        ("field", 0.59, 16_500, False), ("field", 0.62, 9_743, False), ("field", 0.62, 18_801, False),
        ("npl", 0.64, 1_000, True), ("npl", 0.62, 16_500, True), ("npl", 0.62, 18_801, False), ("npl", 0.66, 5_000, False),
    ],
)  # fmt: skip
def test_between_data_is_inside_and_beyond_is_extrapolated_and_said(
    preset: str, threshold: float, size: float, inside: bool
) -> None:
    changes = [f"recogniser.preset={preset}", f"recogniser.threshold={threshold}", f"watchlist.size={size}"]
    scenario = load_scenario("croydon-static", changes)

    assert Support.of(scenario).holds(threshold, size) is inside
    assert extrapolated(scenario) is not inside
    assert (
        preset == "npl" or any("outside calibrated support" in line for line in outside_support(scenario)) is not inside
    )


def test_own_rates_hold_where_they_are_stated() -> None:
    own = load_scenario("croydon-static", BY_OWN_RATES)
    moved = load_scenario("croydon-static", [*BY_OWN_RATES, "recogniser.threshold=0.64"])

    assert Support.of(own) == Support(thresholds=(0.62, 0.62), list_sizes=(0, 18_800))
    assert not extrapolated(own)
    assert extrapolated(moved)
    assert any(line.startswith("recogniser.threshold 0.64 is outside") for line in outside_support(moved))


def test_the_words_are_the_numbers() -> None:
    assert data_of("field") == "the Met's record has thresholds 0.60 to 0.64 and lists of 9,744 to 18,800"
    assert data_of("npl").endswith("on one list of 178,000 faces, and no list in a street is on record over 18,800")


def test_how_far_apart_the_sources_are_is_what_their_presets_give() -> None:
    """In the same street: by so many times false alerts differ at 0.60."""
    expected = []
    for preset in ("field", "npl"):
        scenario = load_scenario("croydon-static", [f"recogniser.preset={preset}"])
        form = closed_forms(scenario, median_inputs(scenario, 1), 0.60, scenario.watchlist.size.value)
        expected.append(float(form["false_alerts"][0]))
    (said,) = re.findall(r"about (\d+) times", APART)

    assert abs(int(said) - expected[1] / expected[0]) < 1
