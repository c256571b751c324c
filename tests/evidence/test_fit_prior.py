"""What a scenario knew before the record: weighed, without the rows that are part of it, and against other computations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fit_records import records_from, simulated_text
from record_texts import table
from scipy import stats

from simulator.evidence.fit.fitted_file import settle, write_fitted
from simulator.evidence.fit.fitted_inputs import FittedInputs, fitted_inputs
from simulator.evidence.fit.fitted_level import after
from simulator.evidence.fit.fitted_values import FMR, STOPPED
from simulator.evidence.fit.level_slope import PRIOR_SHAPE, Counts, flat, level_and_slope, net
from simulator.evidence.fit.prior import Prior, same_force, same_name
from simulator.evidence.fit.prior_found import PriorFound
from simulator.evidence.fit.question import QuestionError, question_of
from simulator.evidence.fit.share_recorded import ShareRecorded
from simulator.evidence.fit.whole_fit import Fit, fit_record
from simulator.scenario import find_scenario, load_scenario
from simulator.scenario.models import Scenario

FORCE, LIST = "Wessex Police", 15_000
# 12 false alerts in 4 million faces on lists of 15,000.
CASES, COMPARISONS = 12.5, 4e6 * LIST
BEHIND = "force: Wessex Police, first: 2024-01-01, last: 2024-12-31, false_alerts: 12, faces: 4e6"
FEW = "2024-08-06,Ilford,0.5,15000,0.64,900,1,1,0,0,0,1,0,0"


def scenario_with(behind: str = f", from: {{{BEHIND}}}") -> Scenario:
    law = f"gamma: {{shape: {CASES}, rate: {COMPARISONS:.0f}}}"
    return load_scenario("croydon-van", [f"recogniser.fmr_at_anchor={{{law}{behind}}}"])


def rows(false: int, faces: int, date: str = "2025-03-01", n: int = 20) -> str:
    """A record of *n* days at 0.64 with so many *faces* in all, *false* alerts spread over them."""
    each = [false // n + (i < false % n) for i in range(n)]
    return table(*(f"{date},P{i},5,{LIST},0.64,{faces // n},{9 + k},9,0,{k},0,4,1,4" for i, k in enumerate(each)))


def fitted(folder: Path, text: str, scenario: Scenario | None = None, **asked: Any) -> tuple[Fit, FittedInputs]:
    fit = fit_record(
        records_from(folder, text), scenario or scenario_with(), question_of(**{"exposure": "faces"} | asked)
    )
    return fit, fitted_inputs(fit, ShareRecorded())


def of(found: FittedInputs, key: str = FMR) -> PriorFound:
    return next(prior for prior in found.priors if prior.key == key)


class TestTheLaw:
    def test_at_the_anchor_it_is_the_conjugate_gamma(self, tmp_path: Path) -> None:
        _, found = fitted(tmp_path, rows(3, 1_000_000), force=FORCE)

        with_evidence = of(found).with_evidence
        assert with_evidence is not None
        law = stats.gamma(CASES + 3, scale=1 / (COMPARISONS + 1_000_000 * LIST))
        assert (with_evidence.median, *with_evidence.interval_95) == pytest.approx(
            law.ppf([0.5, 0.025, 0.975]), rel=0.01
        )

    def test_over_thresholds_it_is_what_a_grid_of_level_and_slope_gives(self) -> None:
        """Brute force over both, each with its prior, and the Poisson likelihood of three counts."""
        t, k, exposure = np.array([0.60, 0.62, 0.64]), np.array([9.0, 3, 1]), np.array([2e10, 1e10, 2e10])
        law = level_and_slope(Counts(t, k, exposure), 0.64)
        level, slope = law.draws_after(CASES, np.full(4096, COMPARISONS), net(4096))

        levels, slopes = np.linspace(1e-12, 1e-9, 1200), np.linspace(5, 250, 900)
        means = exposure * levels[:, None, None] * np.exp(-slopes[:, None] * (t - 0.64))
        log = (
            stats.poisson.logpmf(k, means).sum(axis=2)
            + stats.gamma.logpdf(levels, CASES, scale=1 / COMPARISONS)[:, None]
        )
        density = np.exp(log - log.max())
        for drawn, grid, weights in ((level, levels, density.sum(axis=1)), (slope, slopes, density.sum(axis=0))):
            cumulative = (np.cumsum(weights) - weights / 2) / weights.sum()
            expected = np.interp([0.025, 0.5, 0.975], cumulative, grid)
            assert np.quantile(drawn, [0.025, 0.5, 0.975]) == pytest.approx(expected, rel=0.02)

    def test_with_nothing_known_it_is_the_law_of_the_record_alone(self) -> None:
        law = level_and_slope(Counts(np.array([0.60, 0.64]), np.array([9.0, 2]), np.array([1e5, 2e5])), 0.64, flat)
        u = net(1024)
        for drawn, alone in zip(law.draws_after(PRIOR_SHAPE, np.zeros(1024), u), law.draws(u), strict=True):
            assert drawn == pytest.approx(alone, rel=0.01)

    def test_intervals_cover_rates_drawn_from_the_evidence(self) -> None:
        """150 rates from the prior, a count each: 95 % intervals hold 131 or more (P < 1e-3 for fewer)."""
        rng = np.random.default_rng(11)
        held = 0
        for rate in rng.gamma(CASES, 1 / COMPARISONS, 150):
            counts = Counts(np.array([0.64]), np.array([float(rng.poisson(rate * 3e10))]), np.array([3e10]))
            law = level_and_slope(counts, 0.64, lambda u: np.full(len(u), 50.0) + u, learn=False)
            level, _ = law.draws_after(CASES, np.full(512, COMPARISONS), net(512))
            low, high = np.quantile(level, [0.025, 0.975])
            held += low <= rate <= high

        assert stats.binom.cdf(130, 150, 0.95) < 1e-3
        assert held >= 131


class TestNoFalseAlertInAFewRows:
    def test_leaves_what_was_known(self, tmp_path: Path) -> None:
        _, found = fitted(tmp_path, table(FEW), exposure="hours")
        prior, known = of(found), CASES / COMPARISONS

        assert prior.with_evidence is not None
        # half of it is a wide law around what was known
        assert known < prior.with_evidence.median < 2 * known
        assert prior.alone.median > 10 * known  # what a fresh prior makes of it
        item = found.of(FMR)
        assert item is not None
        assert item.value == pytest.approx(prior.with_evidence.median, rel=0.05)

    def test_fresh_may_be_asked_for_and_is_what_is_written_then(self, tmp_path: Path) -> None:
        _, found = fitted(tmp_path, table(FEW), exposure="hours", prior="fresh")
        item = found.of(FMR)

        assert (of(found).used, of(found).with_evidence) == (False, None)
        assert item is not None
        assert item.value == pytest.approx(of(found).alone.median, rel=0.05)


class TestRowsThatAreInTheEvidence:
    def test_leave_it_so_that_all_together_count_once(self, tmp_path: Path) -> None:
        """3 of the 12 false alerts and a quarter of the faces fitted again: the law after is that before."""
        _, found = fitted(tmp_path, rows(3, 1_000_000, "2024-05-01"), force="Wessex")
        after = of(found).with_evidence

        assert after is not None
        law = stats.gamma(CASES, scale=1 / COMPARISONS)
        assert (after.median, *after.interval_95) == pytest.approx(law.ppf([0.5, 0.025, 0.975]), rel=0.01)
        assert "without the 20 rows that are in this record too" in of(found).why

    def test_counted_twice_the_interval_would_be_too_narrow(self, tmp_path: Path) -> None:
        """Negative control: of another day they are no part of it."""
        ends = [
            of(fitted(tmp_path, rows(6, 2_000_000, date), force=FORCE)[1]).with_evidence
            for date in ("2024-05-01", "2025-05-01")
        ]
        once, twice = ((law.interval_95[1] / law.interval_95[0]) for law in ends if law is not None)
        assert twice < 0.9 * once

    @pytest.mark.parametrize(
        ("text", "behind", "why"),
        [
            (rows(14, 1_000_000, "2024-05-01"), BEHIND, "are all there is behind the scenario's evidence, or more"),
            (rows(3, 9_000_000, "2024-05-01"), BEHIND, "are all there is behind the scenario's evidence, or more"),
            (rows(3, 1_000_000, "2024-05-01"), BEHIND.replace(", faces: 4e6", ""), "neither faces nor hours are given"),
            (rows(3, 1_000_000, "2024-05-01"), BEHIND.replace(", false_alerts: 12", ""), "false alerts are not given"),
        ],
    )
    def test_where_they_cannot_be_taken_out_the_record_stands_alone(
        self, tmp_path: Path, text: str, behind: str, why: str
    ) -> None:
        _, found = fitted(tmp_path, text, scenario_with(f", from: {{{behind}}}"), force=FORCE)

        assert not of(found).used
        assert why in of(found).why

    def test_a_slope_that_was_made_of_them_does_not_count_as_known(self, tmp_path: Path) -> None:
        own = load_scenario("croydon-van")
        for force, said in (("Met", True), (FORCE, False)):
            fit, _ = fitted(tmp_path, simulated_text(60), own, slope_prior="scenario", force=force)
            assert any("does not count as known before" in text for text in fit.silences) is said
            assert fit.false_alerts is not None
            assert fit.false_alerts.found.slope_prior.startswith("any slope" if said else "the scenario's own")


class TestItsWeight:
    @pytest.mark.parametrize(
        ("asked", "weight", "why"),
        [
            ({"force": FORCE}, 1.0, "at a weight of 1"),
            ({}, 0.1, "--force NAME says whose it is"),
            ({"force": "Kent Police"}, 0.1, "another force, Kent Police"),
            ({"force": "Wess"}, 0.1, "another force, Wess"),
            ({"force": FORCE, "vendor": "Corsight"}, 0.1, "another vendor, Corsight"),
            ({"force": FORCE, "counting": "tracks"}, 0.1, "faces counted in another way"),
            ({"force": "Kent Police", "prior_weight": 0.5}, 0.5, "--prior-weight"),
        ],
    )
    def test_is_that_of_the_same_kind_or_a_tenth_or_what_was_asked(
        self, tmp_path: Path, asked: dict[str, Any], weight: float, why: str
    ) -> None:
        fit, found = fitted(tmp_path, rows(3, 1_000_000), **asked)

        assert fit.level_prior.weight == weight
        assert fit.level_prior.gamma == pytest.approx((0.5 + weight * 12, weight * COMPARISONS))
        assert why in of(found).why

    def test_rows_of_its_days_are_told_of_where_nobody_said_whose_they_are(self, tmp_path: Path) -> None:
        fit, found = fitted(tmp_path, rows(3, 1_000_000, "2024-05-01"))

        assert fit.level_prior.weight == 0.1
        assert "were it Wessex Police's own, 20 rows would be in that evidence already" in of(found).why

    def test_is_none_where_nothing_says_what_the_evidence_was(self, tmp_path: Path) -> None:
        _, found = fitted(tmp_path, rows(3, 1_000_000), scenario_with(""), force=FORCE)

        assert not of(found).used
        assert "names no record behind it (from:)" in of(found).why

    def test_must_be_a_share(self) -> None:
        with pytest.raises(QuestionError, match=r"must be from 0 \(the record alone\) to 1"):
            question_of(prior_weight=2)

    def test_the_same_rows_under_another_name_are_told_of_too(self, tmp_path: Path) -> None:
        fit, _ = fitted(tmp_path, rows(3, 1_000_000, "2024-05-01"), force="Kent Police")

        assert "were it Wessex Police's own, 20 rows would be in that evidence already" in fit.level_prior.why

    @pytest.mark.parametrize(
        ("date", "force", "weight", "refused"),
        [("2024-05-01", None, 1.0, True), ("2024-05-01", None, 0.1, False), ("2026-05-01", None, 1.0, False),
         ("2024-05-01", FORCE, 1.0, False)],
    )  # fmt: skip
    def test_rows_are_not_counted_twice_by_a_weight_where_nobody_said_whose_they_are(
        self, tmp_path: Path, date: str, force: str | None, weight: float, refused: bool
    ) -> None:
        text = rows(3, 1_000_000, date)
        if not refused:
            assert fitted(tmp_path, text, force=force, prior_weight=weight)[0].level_prior.weight == weight
            return
        with pytest.raises(QuestionError, match="until --force NAME says whose record this is: 20 rows of it"):
            fitted(tmp_path, text, force=force, prior_weight=weight)

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [("Met", "Metropolitan Police", True), ("Met Police", "Metropolitan Police Service", True),
         ("MPS", "The Metropolitan Police", True), ("ESSEX-POLICE", "Essex Police", True), ("Kent", "Essex", False),
         ("Metro", "Metropolitan Police", False), ("M", "Metropolitan Police", False), ("South", "South Wales Police", False),
         (None, "Essex", False), ("Met", None, False), ("Police", "Police", False), ("GMP", "Greater Manchester", True),
         ("SWP", "South Wales Police", True), ("WMP", "West Mercia", False), ("Avon & Somerset", "ASP", True),
         ("Police Service of Northern Ireland", "PSNI", True), ("Hampshire Constabulary", "Hampshire and Isle of Wight", True)],
    )  # fmt: skip
    def test_a_force_is_known_by_its_whole_name_or_a_usual_one(
        self, one: str | None, other: str | None, same: bool
    ) -> None:
        assert same_force(one, other) is same

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("NEC", "NEC Corporation", True),
            ("Cor", "Corsight", False),
            ("tracks", "Tracks", True),
            (None, "NEC", False),
        ],
    )
    def test_a_vendor_is_known_by_its_first_words(self, one: str | None, other: str | None, same: bool) -> None:
        assert same_name(one, other) is same


class TestAnotherForce:
    """Its evidence may not hold: the record weighs it against a wide law around it."""

    @staticmethod
    def prior(may_not_hold: bool = True) -> Prior:
        return Prior(key=FMR, weight=0.1, why="", first=CASES, second=COMPARISONS, may_not_hold=may_not_hold)

    def covered(self, times: float, comparisons: float, prior: Prior) -> float:
        """How often the 95 % interval holds a rate so many *times* the evidence's, of records of so many *comparisons*."""
        rate, found = times * CASES / COMPARISONS, 0.0
        u = net(1024, 4)
        for count in range(int(stats.poisson.ppf(1 - 1e-4, rate * comparisons)) + 1):
            counts = Counts(np.array([0.64]), np.array([float(count)]), np.array([comparisons]))
            law = level_and_slope(counts, 0.64, lambda p: 50.0 + p, learn=False)
            low, high = np.quantile(after(law, prior, np.ones(1024), u)[0], [0.025, 0.975])
            found += (low <= rate <= high) * float(stats.poisson.pmf(count, rate * comparisons))
        return found

    @pytest.mark.parametrize("expected", [0.25, 2.5])
    @pytest.mark.parametrize("times", [1, 3, 5, 10])
    def test_intervals_hold_a_rate_up_to_ten_times_as_high(self, times: float, expected: float) -> None:
        """Of records in which the evidence has so many false alerts *expected*. A count steps, so that coverage does too."""
        assert self.covered(times, expected * COMPARISONS / CASES, self.prior()) >= 0.88

    def test_which_a_tenth_of_its_rows_alone_does_not(self) -> None:
        """Negative control: at five times the rate the interval misses it in more than half of all records."""
        assert self.covered(5, 0.25 * COMPARISONS / CASES, self.prior(may_not_hold=False)) < 0.5

    def test_a_record_of_nothing_leaves_the_evidence_in_the_middle(self) -> None:
        counts = Counts(np.array([0.64]), np.array([0.0]), np.array([1e-4 * COMPARISONS]))
        law = level_and_slope(counts, 0.64, lambda p: 50.0 + p, learn=False)
        level, _, share = after(law, self.prior(), np.ones(4096), net(4096, 4))

        assert 1 < np.median(level) / (CASES / COMPARISONS) < 2
        assert share == pytest.approx(0.5, abs=0.01)

    def test_a_long_record_outweighs_it(self) -> None:
        """Of a rate ten times as high, in as many comparisons: the evidence does not hold, and is no part of the result."""
        counts = Counts(np.array([0.64]), np.array([10 * CASES]), np.array([COMPARISONS]))
        law = level_and_slope(counts, 0.64, lambda p: 50.0 + p, learn=False)
        level, _, share = after(law, self.prior(), np.ones(1024), net(1024, 4))
        alone = law.draws(net(1024))[0]

        assert share < 1e-3
        assert np.quantile(level, [0.025, 0.5, 0.975]) == pytest.approx(
            np.quantile(alone, [0.025, 0.5, 0.975]), rel=0.05
        )

    def test_the_evidence_of_one_and_the_same_mixture_is_that_of_its_integral(self) -> None:
        """One threshold: the count is negative binomial, and the odds of two laws are the ratio of their probabilities."""
        counts = Counts(np.array([0.64]), np.array([3.0]), np.array([2e10]))
        law = level_and_slope(counts, 0.64, lambda p: 50.0 + p, learn=False)
        odds = law.log_evidence(4.0, np.full(3, 1e10)) - law.log_evidence(0.5, np.full(3, 5e9))

        one, other = stats.nbinom(4.0, 1 / 3).logpmf(3), stats.nbinom(0.5, 0.2).logpmf(3)
        assert odds == pytest.approx(one - other, rel=1e-6)

    def test_of_a_share_it_counts_for_no_more_than_the_record(self) -> None:
        share = Prior(key=STOPPED, weight=0.1, why="", first=60.0, second=40.0, may_not_hold=True)

        assert (share.beside(4).weight, share.beside(400).weight) == (0.04, 0.1)
        assert replace(share, may_not_hold=False).beside(4).weight == 0.1


class TestConflict:
    @pytest.mark.parametrize(("false", "conflicts"), [(3, False), (0, False), (14, True)])
    def test_is_told_by_the_probability_before_the_record(self, tmp_path: Path, false: int, conflicts: bool) -> None:
        """1 million faces, 3.1 false alerts expected; the count is negative binomial before."""
        _, found = fitted(tmp_path, rows(false, 1_000_000))
        law = stats.nbinom(CASES, COMPARISONS / (COMPARISONS + 1_000_000 * LIST))

        assert of(found).conflict_p == pytest.approx(min(1, 2 * min(law.cdf(false), law.sf(false - 1))), rel=0.01)
        assert of(found).conflicts is conflicts


def test_a_share_of_stops_starts_from_its_evidence_too(tmp_path: Path) -> None:
    """One false alert that led to no stop leaves 14 of 20 nearly as they were."""
    text = table(f"2026-03-01,Ilford,5,{LIST},0.64,9000,5,4,0,1,0,4,0,0")
    _, found = fitted(tmp_path, text, load_scenario("croydon-van"), force="Metropolitan Police")
    prior, item = of(found, STOPPED), found.of(STOPPED)

    assert prior.with_evidence is not None
    assert item is not None
    assert prior.with_evidence.median == pytest.approx(stats.beta(14.8, 7.2).median(), abs=0.001)
    assert prior.alone.median < 0.3
    assert item.value == prior.with_evidence.median


def test_a_fitted_scenario_names_its_record_and_the_same_rows_change_nothing(tmp_path: Path) -> None:
    fit, found = fitted(tmp_path, rows(3, 1_000_000), force=FORCE)
    source, path = tmp_path / "own.yaml", tmp_path / "fitted.yaml"
    source.write_text(find_scenario("croydon-van").read_text("utf-8"), "utf-8")
    write_fitted(fit, found, source, path)
    level = load_scenario(path).recogniser.fmr_at_anchor
    assert level is not None
    assert level.from_ is not None
    assert (level.from_.false_alerts, level.from_.faces, str(level.from_.first)) == (15, 5e6, "2024-01-01")

    again = of(fitted(tmp_path, rows(3, 1_000_000), load_scenario(path), force=FORCE)[1]).with_evidence
    assert again is not None
    assert (again.median, *again.interval_95) == pytest.approx((level.value, *level.interval()), rel=0.03)


def test_settling_says_how_far_it_is_and_ends_when_enough_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from simulator.evidence.fit import share_recorded

    monkeypatch.setattr(share_recorded, "MOST_ALERTS", 2000)
    done: list[int] = []
    fit, _ = fitted(tmp_path, rows(3, 1_000_000), load_scenario("croydon-van"))
    settle(fit, find_scenario("croydon-van"), done.append)

    assert 0 < sum(done) < share_recorded.CAMPAIGNS
