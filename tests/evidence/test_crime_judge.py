"""One claimed fall judged by every method: the ward's figures of facts.md 7.4 and model.md 9."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.evidence.claim.fall_found import fall_found, fall_in_words
from simulator.evidence.claim.falls import (
    ChangeEvidence,
    ClaimedFall,
    CrimeError,
    Method,
    Phi,
    PlaceboWindow,
    judge_change,
)
from simulator.evidence.statistics.intervals import Interval

RAW, YEARLY = Phi("months, raw", 5.5), Phi("months, year on year", 2.9)
# all ten quarters and seven half-years: first month, wards, share that fell as much, median change, sd
QUARTERS = (
    *(("2023-07", 51, 0.294, -0.041, 0.134), ("2023-08", 50, 0.180, -0.004, 0.155)),
    *(("2023-09", 50, 0.180, 0.007, 0.166), ("2023-10", 50, 0.220, -0.006, 0.173)),
    *(("2023-11", 47, 0.277, -0.055, 0.136), ("2023-12", 46, 0.326, -0.062, 0.104)),
    *(("2024-01", 43, 0.233, -0.046, 0.103), ("2024-02", 42, 0.143, -0.043, 0.096)),
    *(("2024-03", 44, 0.091, 0.011, 0.109), ("2024-04", 47, 0.106, -0.006, 0.107)),
)
HALVES = (
    *(("2023-07", 49, 0.204, -0.040, 0.133), ("2023-08", 48, 0.229, -0.022, 0.134)),
    *(("2023-09", 48, 0.208, -0.028, 0.128), ("2023-10", 46, 0.152, -0.026, 0.110)),
    *(("2023-11", 46, 0.130, -0.028, 0.088), ("2023-12", 47, 0.149, -0.038, 0.084)),
    ("2024-01", 46, 0.152, -0.001, 0.090),
)
QUARTER = ClaimedFall(
    fall=0.12,
    base_count=1278,
    months=3,
    phis=(RAW, YEARLY),
    placebos=tuple(PlaceboWindow(f, 3, n, 0.12, share, median, sd, 600) for f, n, share, median, sd in QUARTERS),
)
HALF = ClaimedFall(
    fall=0.105,
    base_count=2525,
    months=6,
    phis=(RAW, YEARLY),
    placebos=tuple(PlaceboWindow(f, 6, n, 0.105, share, median, sd, 1200) for f, n, share, median, sd in HALVES),
)


def one(evidence: ChangeEvidence, method: str, label: str) -> Method:
    return next(m for m in evidence.methods if (m.method, m.label) == (method, label))


def test_quarter_has_the_published_p_values() -> None:
    """1,278 - 12 % -> 1,125: naive z -3.13, p .002; p .18 at phi 5.5, .07 at 2.9; placebo |z| 0.7 to 1.2."""
    evidence = judge_change(QUARTER)
    assert (evidence.counts.before, evidence.counts.after) == (1278, 1125)
    naive = one(evidence, "before_after", "poisson")
    # -3.126 for the unrounded 1,124.64
    assert naive.z == pytest.approx(-3.13, abs=0.015)
    assert naive.p == pytest.approx(0.002, abs=0.0005)
    assert one(evidence, "exact", "poisson").p == pytest.approx(0.002, abs=0.0005)
    assert one(evidence, "before_after", RAW.label).p == pytest.approx(0.18, abs=0.005)
    assert one(evidence, "before_after", YEARLY.label).p == pytest.approx(0.07, abs=0.005)
    assert {round(abs(test.z), 1) for test in evidence.placebo} <= {0.7, 0.8, 0.9, 1.1, 1.2}
    assert evidence.pooled.shares == (pytest.approx(0.091, abs=0.001), pytest.approx(0.326, abs=0.001))


def test_half_year_has_the_published_p_values_and_one_more() -> None:
    """2,525 - 10.5 %: p .0001 naive, .10 at phi 5.5; at phi 2.9, which months give, .02: the choice of phi decides."""
    evidence = judge_change(HALF)
    assert one(evidence, "before_after", "poisson").p == pytest.approx(0.0001, abs=0.00005)
    assert one(evidence, "before_after", RAW.label).p == pytest.approx(0.10, abs=0.005)
    assert one(evidence, "before_after", YEARLY.label).p == pytest.approx(0.025, abs=0.001)
    assert evidence.pooled.shares == (pytest.approx(0.13, abs=0.001), pytest.approx(0.23, abs=0.002))
    assert min(m.p for m in evidence.methods if m.method.startswith("placebo")) > 0.2


def test_measured_dispersion_brings_its_own_uncertainty() -> None:
    measured = Phi("months", 2.996, 11, Interval(1.50, 8.64))
    evidence = judge_change(replace(QUARTER, phis=(measured,), placebos=()))
    known, estimated = one(evidence, "before_after", "months"), one(evidence, "before_after_t", "months")
    assert known.p_range.low < 0.05 < known.p < known.p_range.high
    assert estimated.p > known.p
    assert evidence.pooled is None


def test_a_large_fall_is_seen_by_every_method() -> None:
    """Control: 60 % fewer offences are beyond dispersion and beyond every placebo window."""
    large = tuple(replace(window, fall=0.6, share=0.0) for window in QUARTER.placebos)
    evidence = judge_change(replace(QUARTER, fall=0.6, placebos=large))
    assert max(method.p for method in evidence.methods) < 0.01


def test_what_could_have_been_seen_is_given_for_every_phi() -> None:
    evidence = judge_change(replace(QUARTER, picked_from=680))
    assert [sight.design.phi for sight in evidence.sights] == [1.0, 5.5, 2.9]
    assert [round(count) for count in evidence.sights[0].needed] == [502, 1026]
    assert [round(count) for count in evidence.sights_compared[0].needed] == [972, 1987]
    assert [round(s.power, 2) for s in evidence.sights] == [0.88, 0.27, 0.45]
    assert [round(found.expected) for found in evidence.by_chance] == [0, 58, 20]


def test_benefit_of_size_never_weakens_the_claim() -> None:
    evidence = judge_change(QUARTER)
    for phi in QUARTER.phis:
        assert one(evidence, "placebo_size", phi.label).p < one(evidence, "placebo_pooled", "all windows").p


@pytest.mark.parametrize("base", [1293, 1278, 1200])
def test_unknown_base_period_is_judged_once_for_each(base: int) -> None:
    evidence = judge_change(replace(QUARTER, base_count=base))
    assert evidence.counts.after == round(0.88 * base)
    assert 0.05 < min(method.p for method in evidence.methods if method.measured) < 0.1


def test_claims_that_cannot_be_judged_are_refused() -> None:
    with pytest.raises(CrimeError, match=r"12 % being 0\.12 \(got 12\)"):
        judge_change(replace(QUARTER, fall=12))
    with pytest.raises(CrimeError, match="as long as the claim's, 6 months"):
        judge_change(replace(QUARTER, months=6))
    with pytest.raises(CrimeError, match=r"fell by 0\.12 or more"):
        judge_change(replace(QUARTER, fall=0.105))
    with pytest.raises(CrimeError, match="phi months"):
        Phi("months", 0)


def test_a_dispersion_that_was_estimated_is_told_by_t_and_over_its_interval() -> None:
    """3.0 on 11 df: p .07 taken as known, .10 by t, .01 at the low end of its interval; only the last two are told."""
    estimated = replace(YEARLY, value=3.0, df=11, interval=Interval(1.5, 8.64))
    known = replace(estimated, df=None, interval=None)
    told = [
        fall_in_words([fall_found("then", judge_change(replace(QUARTER, phis=(phi,), placebos=())))])
        for phi in (estimated, known)
    ]
    assert "p = 0.099 where variation was measured, down to 0.011 over the interval of what was measured" in told[0]
    assert "p = 0.072 where variation was measured (" in told[1]
