"""The draw against closed forms: means, variances and correlations of what the cameras count.

Means may lie 5 standard errors from theory, the error taken from independent replications or from the binomial law;
variances 5 of their own errors, from the kurtosis of the law in question. Wherever it can, a test shows that a theory
close by is rejected by the same bound.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any, ClassVar

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special, stats

from simulator.evidence.counted.closed_forms import closed_forms
from simulator.experiment.campaigns import campaigns_of
from simulator.experiment.seeds import BLOCK
from simulator.response.outcomes import ARRESTED
from simulator.scenario.models import Scenario, Street
from simulator.scenario.table import RecogniserTable
from simulator.street.candidates import Candidates
from simulator.street.expectations import expected
from simulator.street.footfall import passages_per_trip
from simulator.street.mask import FALSE_OTHER_ENTRY, Alerts, alerts_at
from simulator.street.recogniser import ScoreLaws, score_correlation
from theory.campaigns import (
    SIGMAS,
    campaign,
    deployments,
    drawn,
    negative_binomial,
    one,
    sigmas_off,
    sigmas_off_share,
    variance_error,
)
from theory.formulas import both_below

Array = NDArray[np.float64]
T, N = 0.64, 10_000.0
# No false alert at all: the slope is kept, the level is not.
NO_FALSE = {"recogniser__fmr_at_anchor": 1e-30}
NO_LISTED = {"watchlist__listed_per_1000_passages": 0.0}


@dataclass(frozen=True)
class Counts:
    """Counts by replication and deployment, arrays (replications, deployments)."""

    passages: Array
    true: Array
    false: Array


def by_deployment(alerts: Alerts, mask: NDArray[np.bool_], days: int) -> Array:
    """Alerts of *mask* in one block, array (50, days)."""
    cell = (alerts.replication * days + alerts.deployment)[mask]
    return np.bincount(cell, minlength=BLOCK * days).reshape(BLOCK, days).astype(float)


def count(draws: list[Candidates], threshold: float = T, size: float = N) -> Counts:
    """What the blocks in *draws* count at one cell."""
    passages, true, false = [], [], []
    for candidates in draws:
        alerts = alerts_at(candidates, threshold, size)
        days = candidates.passage_count.shape[1]
        passages.append(candidates.passage_count.astype(float))
        true.append(by_deployment(alerts, ~alerts.is_false, days))
        false.append(by_deployment(alerts, alerts.is_false, days))
    return Counts(np.concatenate(passages), np.concatenate(true), np.concatenate(false))


def counts_of(scenario: Scenario, n_blocks: int, **envelope: Any) -> Counts:
    """What *scenario* counts at 0.64 with its list of 10,000."""
    return count(list(drawn(scenario, n_blocks, **envelope)))


def fmr_for(false_rate: float, size: float = N) -> float:
    """The FMR at which a list of *size* gives an FPIR of *false_rate*."""
    return -math.log1p(-false_rate) / size


SETTINGS, SETTING_BLOCKS = 12, 20


def random_setting(number: int) -> tuple[Scenario, tuple[tuple[float, float], ...]]:
    """Random scenario *number* and the cells to look at, the envelope first.

    Rates are kept so low (FPIR below 0.003) that what *expected* leaves out, passages where another entry beats the
    person's own, is less than a thousandth of the true alerts: a fifth of their standard error here at most.
    """
    rng = np.random.default_rng([19, number])

    def between(low: float, high: float) -> float:
        return float(rng.uniform(low, high))

    gamma = (1.0, 0.6, 0.0)[number % 3]
    false_rate = between(8e-4, 16e-4)
    ends = 1 + number % 2
    groups = number % 3 == 1
    changes: dict[str, Any] = {
        "campaign__deployments": deployments(int(rng.integers(1, 4)), between(3, 6), "10:00"),
        "street__passages_per_hour": between(4_000, 8_000),
        "street__profile": {"09:00": 0.5, "12:00": 2.0, "15:00": 1.0} if number % 4 == 1 else {},
        "street__camera_ends": ends,
        "street__share_passing_both": between(0.2, 0.8) if ends == 2 else 0.0,
        "street__return_same_day": between(0.1, 0.5) if number % 4 >= 2 else 0.0,
        "street__day_dispersion_k": between(6, 20) if number % 5 == 0 else None,
        "street__pool_people": float(rng.integers(5_000, 20_000)) if number % 5 in (1, 2, 4) else None,
        "street__visit_dispersion_k": 0.5 if number % 5 in (1, 4) else None,
        "watchlist__listed_per_1000_passages": between(4, 10),
        "watchlist__reference_size": 7_000.0,
        "watchlist__growth_exponent": (1.0, 0.5, 0.0)[number % 3],
        "watchlist__day_dispersion_k": between(6, 20) if number % 4 == 0 else None,
        "watchlist__footfall_elasticity": (1.0, 0.4, 0.0)[number % 3],
        "recogniser__preset": "npl" if number % 3 == 2 else None,
        "recogniser__fmr_at_anchor": fmr_for(false_rate, 7_000.0**gamma),
        "recogniser__list_size_exponent": gamma,
        "recogniser__reference_list_size": 1.0,
        "recogniser__fmr_day_dispersion_k": between(3, 8) if number % 4 == 3 else None,
        "recogniser__lookalike_persistence_same_day": between(0.5, 0.9) if number % 2 else 0.0,
        "recogniser__lookalike_persistence_across_days": between(0.2, 0.5) if number % 2 else 0.0,
        "recogniser__detection_correlation": between(0, 0.6),
    }
    if number % 2 == 0:
        # about a third of the false alerts of a list of 7,000 are by kin
        changes |= {
            "recogniser__kin_per_100k_passages": 1e5 * false_rate * between(0.4, 0.6),
            "recogniser__kin_tpir_at_anchor": between(0.5, 0.8),
            "recogniser__kin_detection_correlation": between(0, 0.6),
        }
    if groups:
        changes |= {
            "street__groups": (
                {
                    "name": "a",
                    "street_share": 0.7,
                    "list_share": 0.4,
                    "listed_passages_share": 0.3,
                    "score_shift": 0.04,
                },
                {
                    "name": "b",
                    "street_share": 0.3,
                    "list_share": 0.6,
                    "listed_passages_share": 0.7,
                    "score_shift": -0.06,
                },
            ),
            "street__group_matrix": ((2.0, 0.2), (0.5, 4.0)),
        }
    return campaign(**changes), ((T, 12_000.0), (T, 7_000.0), (T + 0.01, 9_000.0))


class TestExpectedCounts:
    @pytest.mark.parametrize("number", range(SETTINGS))
    def test_drawn_means_are_the_closed_form(self, number: int) -> None:
        """Passages, true alerts and false alerts of 1,000 replications, at the envelope and at two cells inside it.

        With or without pool, regulars, groups, kin, gamma, capture, returns, two ends, persistence and dispersion of days.
        """
        scenario, cells = random_setting(number)
        draws = list(drawn(scenario, SETTING_BLOCKS, *cells[0], seed=number))

        for threshold, size in cells:
            found = count(draws, threshold, size)
            theory = expected(scenario, one(scenario), threshold, size)
            assert sigmas_off(found.passages.sum(axis=1), theory.passages[0]) < SIGMAS
            assert sigmas_off(found.true.sum(axis=1), theory.true_alerts[0]) < SIGMAS
            assert sigmas_off(found.false.sum(axis=1), theory.false_alerts[0]) < SIGMAS

    def test_the_same_bound_rejects_a_tenth_more(self) -> None:
        """Negative control: one setting's counts against the closed form of 10 % more passages, and of another N."""
        scenario, cells = random_setting(3)
        found = count(list(drawn(scenario, SETTING_BLOCKS, *cells[0], seed=3)), *cells[0])
        theory, other = (expected(scenario, one(scenario), T, size) for size in (12_000.0, 10_500.0))

        for name, column in (("passages", "passages"), ("true", "true_alerts"), ("false", "false_alerts")):
            totals = getattr(found, name).sum(axis=1)
            assert sigmas_off(totals, getattr(theory, column)[0]) < SIGMAS
            assert sigmas_off(totals, 1.1 * getattr(theory, column)[0]) > SIGMAS
        assert sigmas_off(found.false.sum(axis=1), other.false_alerts[0]) > SIGMAS

    def test_listed_passages_are_the_listed_share_of_all(self) -> None:
        """Without a pool every listed trip is by somebody new: their number times passages per trip is n p."""
        scenario = campaign(
            street__camera_ends=2, street__share_passing_both=0.4, street__return_same_day=0.3, **NO_FALSE
        )
        listed = np.concatenate([np.bincount(c.listed.replication, minlength=BLOCK) for c in drawn(scenario, 6)])
        theory = expected(scenario, one(scenario), T, N).listed_passages[0]

        assert sigmas_off(listed * passages_per_trip(one(scenario))[0], theory) < SIGMAS
        assert sigmas_off(listed, theory) > SIGMAS

    def test_the_field_preset_alerts_at_the_rate_of_the_record(self) -> None:
        """fpir_field_064_N15600: FPIR 2.964e-6, here of a million passages, and TPIR 0.852 of the listed ones."""
        scenario = campaign(
            recogniser={"preset": "field", "threshold": T},
            watchlist__size=15_600.0,
            street__passages_per_hour=1e6,
            watchlist__listed_per_1000_passages=0.01,
        )
        found = count(list(drawn(scenario, 12, size=15_600.0)), size=15_600.0)

        assert sigmas_off(found.false.sum(axis=1), 1e7 * 2.9639956073563397e-06) < SIGMAS
        assert sigmas_off(found.true.sum(axis=1), 1e7 * 1e-5 * 0.852) < SIGMAS
        # the list of the NPL test, 10,000, would give 19 instead of 30
        assert sigmas_off(found.false.sum(axis=1), 1e7 * 2.9639956073563397e-06 / 1.56) > SIGMAS

    def test_capture_lowers_false_alerts_in_the_npl_preset_only(self) -> None:
        """The npl level is per captured face, the field level per counted one: 0.8 of the false alerts, or all."""
        changes = {"recogniser__fmr_at_anchor": fmr_for(1e-3), "recogniser__capture_rate": 0.8}
        changes |= {"recogniser__tpir_at_anchor": 0.6, **NO_LISTED}
        field, npl = (
            counts_of(campaign(recogniser__preset=name, **changes), 4).false.sum(axis=1) for name in ("field", "npl")
        )

        assert sigmas_off(field, 100.0) < SIGMAS
        assert sigmas_off(npl, 80.0) < SIGMAS
        assert sigmas_off(npl, 100.0) > SIGMAS

    def test_a_listed_face_that_is_not_captured_is_nobodys(self) -> None:
        """With capture 1/2 and TPIR 0.01, of 90 listed passages in 100 a share 0.49 can still be taken for another.

        In the npl preset; where level and capture are apart, as in the field preset, 0.99 of them can.
        """
        changes: dict[str, Any] = {
            "recogniser__fmr_at_anchor": fmr_for(0.02),
            "recogniser__anchor_threshold": T,
            "recogniser__capture_rate": 0.5,
            "recogniser__tpir_at_anchor": 0.01,
            "watchlist__listed_per_1000_passages": 900.0,
            "street__passages_per_hour": 200.0,
        }
        for preset, listed, others in (("npl", 0.49, 0.5), ("field", 0.99, 1.0)):
            false = counts_of(campaign(recogniser__preset=preset, **changes), 6).false.sum(axis=1)
            # where another entry beats the person's own, 1 alert in 5,000 counts as false that theory calls true
            assert sigmas_off(false, 2_000 * 0.02 * (0.9 * listed + 0.1 * others)) < SIGMAS
            assert sigmas_off(false, 2_000 * 0.02 * (0.9 * 0.75 + 0.1 * others)) > SIGMAS

    def test_kin_are_part_of_the_level_and_do_not_fall_with_the_threshold_like_the_rest(self) -> None:
        """With kin on, the false alerts at 0.64 are those of the level without kin; at 0.68 they are more.

        Kin at share 5e-4 with TPIR 0.6 at 0.64 are 30 of the 100 false alerts; at 0.68 the other 70 are e^-2 of it,
        9.5, and kin still 0.95 Phi((mean - 0.68) / 0.15) of 50, together 36 instead of 13.5.
        """
        changes = {"recogniser__fmr_at_anchor": fmr_for(1e-3), **NO_LISTED}
        kin = {"recogniser__kin_per_100k_passages": 50.0, "recogniser__kin_tpir_at_anchor": 0.6}
        draws = list(drawn(campaign(**changes, **kin), 6))
        mean = 0.64 + 0.15 * special.ndtri(0.6 / 0.95)
        theory = 70 * math.exp(-2) + 50 * 0.95 * special.ndtr((mean - 0.68) / 0.15)

        assert sigmas_off(count(draws).false.sum(axis=1), 100.0) < SIGMAS
        assert sigmas_off(count(draws, 0.68).false.sum(axis=1), theory) < SIGMAS
        assert sigmas_off(count(draws, 0.68).false.sum(axis=1), 100 * math.exp(-2)) > SIGMAS

    def test_with_kin_the_npl_level_at_064_is_kept_as_well(self) -> None:
        """Where capture lowers false alerts, the level per passage that kin are part of is capture x N FMR."""
        changes = {"recogniser__preset": "npl", "recogniser__fmr_at_anchor": fmr_for(1e-3), **NO_LISTED}
        changes |= {"recogniser__anchor_threshold": 0.64, "recogniser__capture_rate": 0.5}
        changes |= {"recogniser__tpir_at_anchor": 0.4}
        kin = {"recogniser__kin_per_100k_passages": 50.0, "recogniser__kin_tpir_at_anchor": 0.3}
        without, with_kin = (
            float(expected(scenario, one(scenario), T, N).false_alerts[0])
            for scenario in (campaign(**changes), campaign(**changes, **kin))
        )

        assert without == pytest.approx(50.0, rel=1e-3)
        assert with_kin == pytest.approx(without, rel=1e-3)

    @pytest.mark.parametrize("exponent", [0.0, 0.5, 1.0, 1.5])
    def test_true_alerts_grow_with_the_list_by_the_growth_exponent(self, exponent: float) -> None:
        """True alerts in a list of N are (N / 16,000)^e of those in 16,000, counted within one draw."""
        scenario = campaign(watchlist__growth_exponent=exponent, watchlist__listed_per_1000_passages=5.0, **NO_FALSE)
        draws = list(drawn(scenario, 4, size=16_000.0))
        most = count(draws, T, 16_000.0).true.sum()

        for size in (2_000.0, 8_000.0):
            share = (size / 16_000) ** exponent
            some = count(draws, T, size).true.sum()
            assert some == most if exponent == 0 else sigmas_off_share(some, most, share) < SIGMAS
            if exponent != 1:
                assert sigmas_off_share(some, most, size / 16_000) > SIGMAS

    @pytest.mark.parametrize("gamma", [0.0, 0.5, 1.0])
    def test_false_alerts_grow_with_the_list_by_the_list_size_exponent(self, gamma: float) -> None:
        """False alerts in a list of N are (N / 16,000)^gamma of those in 16,000, counted within one draw.

        Alerts on two entries at once, a share FPIR of 0.001, are not thinned singly: 1 % of the bound.
        """
        scenario = campaign(
            recogniser__list_size_exponent=gamma,
            recogniser__reference_list_size=1.0,
            recogniser__fmr_at_anchor=fmr_for(1e-3, 16_000**gamma),
            **NO_LISTED,
        )
        draws = list(drawn(scenario, 4, size=16_000.0))
        most = count(draws, T, 16_000.0).false.sum()

        for size in (2_000.0, 8_000.0):
            some = count(draws, T, size).false.sum()
            share = (size / 16_000) ** gamma
            assert some == most if gamma == 0 else sigmas_off_share(some, most, share) < SIGMAS
            if gamma != 1:
                assert sigmas_off_share(some, most, size / 16_000) > SIGMAS

    def test_false_alerts_fall_with_the_threshold_by_the_slope(self) -> None:
        """A share exp(-b dT) of the false alerts at 0.64 is left at 0.66, from the scores drawn once."""
        scenario = campaign(recogniser__fmr_at_anchor=fmr_for(1e-3), **NO_LISTED)
        draws = list(drawn(scenario, 6))
        at = {threshold: count(draws, threshold).false.sum() for threshold in (0.64, 0.66)}

        assert sigmas_off_share(at[0.66], at[0.64], math.exp(-50 * 0.02)) < SIGMAS
        assert sigmas_off_share(at[0.66], at[0.64], math.exp(-45 * 0.02)) > SIGMAS

    def test_counted_faces_change_no_alert(self) -> None:
        """Three counted faces per passage instead of one: the same people, alerts and expectations."""
        one_face, three_faces = (
            campaign(street__faces_per_passage=faces, recogniser__fmr_at_anchor=fmr_for(1e-3)) for faces in (1.0, 3.0)
        )
        first, second = (counts_of(scenario, 1) for scenario in (one_face, three_faces))

        assert np.array_equal(first.true, second.true)
        assert np.array_equal(first.false, second.false)
        assert expected(one_face, one(one_face), T, N) == expected(three_faces, one(three_faces), T, N)


class TestDispersion:
    DAYS = 20

    def scenario(self, **changes: Any) -> Scenario:
        return campaign(
            campaign__deployments=deployments(self.DAYS, 4.0),
            **{
                "street__passages_per_hour": 2_500.0,
                "recogniser__fmr_at_anchor": fmr_for(1e-3),
                "watchlist__listed_per_1000_passages": 1.25,
                **changes,
            },
        )

    def index_off(self, counts: Array) -> float:
        """Standard errors between variance / mean of Poisson *counts* and 1: sqrt(2 / (n - 1) + 1 / (n m)) each."""
        n, mean = counts.size, counts.mean()
        return abs(counts.var(ddof=1) / mean - 1) / variance_error(1.0, 1 / mean, n)

    def test_without_levels_and_repeats_every_count_is_poisson(self) -> None:
        """10,000 passages, 10 true and 10 false alerts a deployment: variance over mean is 1, and the two are apart.

        True and false alerts are independent: their correlation over n deployments has standard error 1 / sqrt(n).
        """
        found = counts_of(self.scenario(), 6)

        for counts in (found.passages, found.true, found.false):
            assert self.index_off(counts) < SIGMAS
        correlation = np.corrcoef(found.true.ravel(), found.false.ravel())[0, 1]
        assert abs(correlation) < SIGMAS / math.sqrt(found.true.size)

    def test_the_number_of_deployments_without_a_false_alert_is_poisson_too(self) -> None:
        """poisson_p0_false_064: with a mean of 0.0363 false alerts, 96.4 % of deployments have none."""
        rate = 0.03626943005181347 / 10_000
        found = counts_of(self.scenario(recogniser__fmr_at_anchor=fmr_for(rate), **NO_LISTED), 20)

        assert sigmas_off_share(np.sum(found.false == 0), found.false.size, 0.9643804254085749) < SIGMAS
        assert sigmas_off_share(np.sum(found.false == 0), found.false.size, 0.9643804254085749**1.5) > SIGMAS

    def variance_off(self, counts: Array, mean: float, k: float) -> float:
        """Standard errors between the variance of *counts* and that of a negative binomial law."""
        variance, kurtosis = negative_binomial(mean, k)
        return abs(counts.var(ddof=1) - variance) / variance_error(variance, kurtosis, counts.size)

    def test_the_level_of_a_day_makes_passages_negative_binomial(self) -> None:
        """Var = m + m^2 / k with k = 6, and with no listed people all passages share the level; k = 9 is rejected."""
        found = counts_of(self.scenario(street__day_dispersion_k=6.0, **NO_LISTED), 6)

        assert self.variance_off(found.passages, 10_000.0, 6.0) < SIGMAS
        assert self.variance_off(found.passages, 10_000.0, 9.0) > SIGMAS
        assert self.variance_off(found.false, 10.0, 6.0) < SIGMAS
        assert self.index_off(found.false) > SIGMAS

    def test_the_level_of_listed_people_leaves_false_alerts_alone(self) -> None:
        """Var = m + m^2 / k with the watchlist's k = 6; false alerts stay Poisson where footfall does."""
        found = counts_of(self.scenario(watchlist__day_dispersion_k=6.0), 6)

        assert self.variance_off(found.true, 10.0, 6.0) < SIGMAS
        assert self.variance_off(found.true, 10.0, 9.0) > SIGMAS
        assert self.index_off(found.false) < SIGMAS

    def test_very_many_listed_people_bring_their_own_days_into_all_passages(self) -> None:
        """Where footfall says nothing of them: (1 - p)^2 / k + p^2 / k_l of passages, p / k_l of true alerts and passages.

        Both over the means, with 1 / m of Poisson noise; p = 0.7 of passages are by listed people. What is rejected is 1 / k
        and 0, as where listed people are few.
        """
        p, k, own, mean = 0.7, 8.0, 2.0, 500.0
        levels = {"street__day_dispersion_k": k, "watchlist__day_dispersion_k": own}
        rates = {"street__passages_per_hour": mean / 4, "watchlist__listed_per_1000_passages": 1000 * p}
        found = counts_of(self.scenario(**levels, **rates, watchlist__footfall_elasticity=0.0), 4)
        passages = found.passages.ravel() / mean - 1
        true = found.true.ravel() / found.true.mean() - 1

        assert sigmas_off(passages**2, (1 - p) ** 2 / k + p**2 / own + 1 / mean) < SIGMAS
        assert sigmas_off(passages * true, p / own + 1 / mean) < SIGMAS
        assert sigmas_off(passages**2, 1 / k + 1 / mean) > SIGMAS
        assert sigmas_off(passages * true, 1 / mean) > SIGMAS

    @pytest.mark.parametrize(("elasticity", "k"), [(1.0, None), (1.0, 4.0), (0.5, 4.0), (0.0, 4.0)])
    def test_footfall_moves_listed_people_by_its_elasticity(self, elasticity: float, k: float | None) -> None:
        """Cov(true, false) = m_t m_f e / 10 for gamma levels of shape 10; the variance of true alerts stays as it was given.

        An elasticity half a unit away is rejected.
        """
        levels = {"street__day_dispersion_k": 10.0, "watchlist__day_dispersion_k": k}
        found = counts_of(
            self.scenario(
                **levels, watchlist__footfall_elasticity=elasticity, watchlist__listed_per_1000_passages=6.25
            ),
            20,
        )
        mean_true, mean_false = 50.0, 10.0
        product = (found.true - mean_true) * (found.false - mean_false)

        assert sigmas_off(found.true.ravel(), mean_true) < SIGMAS
        assert sigmas_off(product.ravel(), mean_true * mean_false * elasticity / 10) < SIGMAS
        assert sigmas_off(product.ravel(), mean_true * mean_false * abs(elasticity - 0.5) / 10) > SIGMAS
        if k is None or elasticity in (0.0, 1.0):
            # one gamma level in all or two whose product is nearly one: the kurtosis is that of the law or less than twice
            variance, kurtosis = negative_binomial(mean_true, k or 10.0)
            assert abs(found.true.var(ddof=1) - variance) < SIGMAS * variance_error(
                variance, 2 * kurtosis, found.true.size
            )

    def test_the_day_level_of_the_fmr_reproduces_the_dispersion_of_the_record(self) -> None:
        """negbin_var_false_060: mean 0.2526 false alerts a deployment and k 0.66 give variance 0.3493.

        Kurtosis and zeros are those of the same law: (1 + m / k)^-k of deployments without one, 80.7 %, not 77.7 %.
        """
        mean, k = 0.25263157894736843, 0.66
        scenario = self.scenario(
            recogniser__fmr_at_anchor=fmr_for(mean / 10_000), recogniser__fmr_day_dispersion_k=k, **NO_LISTED
        )
        found = counts_of(scenario, 20)

        assert negative_binomial(mean, k)[0] == pytest.approx(0.3493326617980358, abs=1e-9)
        assert self.variance_off(found.false, mean, k) < SIGMAS
        assert self.index_off(found.false) > SIGMAS
        assert sigmas_off_share(np.sum(found.false == 0), found.false.size, (1 + mean / k) ** -k) < SIGMAS
        assert sigmas_off_share(np.sum(found.false == 0), found.false.size, math.exp(-mean)) > SIGMAS

    def test_passages_of_one_trip_come_together(self) -> None:
        """Wald: Poisson trips of X passages have variance E[trips] E[X^2], here X = visits + both ends of each.

        Visits V are 1 or 2 (r = 0.3), X given V is V + Bin(V, b) with b = 0.4: E[X] = 1.82 and E[X^2] follows.
        The counts are sums of many trips, so their kurtosis adds 1 / trips at most.
        """
        r, b = 0.3, 0.4
        second = (1 - r) * ((1 + b) ** 2 + b * (1 - b)) + r * ((2 + 2 * b) ** 2 + 2 * b * (1 - b))
        trips = 10_000 / ((1 + r) * (1 + b))
        found = counts_of(
            self.scenario(
                street__camera_ends=2, street__share_passing_both=b, street__return_same_day=r, **NO_LISTED, **NO_FALSE
            ),
            6,
        )
        off = abs(found.passages.var(ddof=1) - trips * second) / variance_error(
            trips * second, 10 / trips, found.passages.size
        )

        assert off < SIGMAS
        assert self.index_off(found.passages) > SIGMAS

    def test_persistent_look_alikes_come_in_pairs(self) -> None:
        """Two ends passed by all, persistence rho: counts are Poisson pairs and singles, variance over mean 1 + rho.

        A trip has Poisson rates rho x of pairs and 2 (1 - rho) x of singles: mean 2 x, variance 4 rho x + 2 (1 - rho) x.
        """
        rho = 0.7
        found = counts_of(
            self.scenario(
                street__camera_ends=2,
                street__share_passing_both=1.0,
                recogniser__lookalike_persistence_same_day=rho,
                **NO_LISTED,
            ),
            10,
        )
        mean = 10.0
        # fourth cumulant: pairs count 2^4 times their rate, singles once
        kurtosis = mean * (16 * rho / 2 + 1 - rho) / (mean * (1 + rho)) ** 2
        off = abs(found.false.var(ddof=1) - mean * (1 + rho)) / variance_error(
            mean * (1 + rho), kurtosis, found.false.size
        )

        assert off < SIGMAS
        assert self.index_off(found.false) > SIGMAS

    def test_alerts_come_when_people_do(self) -> None:
        """nhpp_mean_piecewise: 1,000, 3,000 and 2,000 an hour over 1, 2 and 1.5 hours, shares 0.1, 0.6 and 0.3.

        Chi-squared with 2 degrees of freedom exceeds 30 once in 3 million.
        """
        scenario = campaign(
            campaign__deployments=deployments(1, 4.5, "10:00"),
            street__passages_per_hour=10_000 / 4.5,
            street__profile={"10:00": 1.0, "11:00": 3.0, "13:00": 2.0},
            recogniser__fmr_at_anchor=fmr_for(1e-2),
        )
        time_h = np.concatenate([alerts_at(c, T, N).time_s for c in drawn(scenario, 2)]) / 3600
        seen = np.histogram(time_h, [0, 1, 3, 4.5])[0]

        def chi_squared(shares: list[float]) -> float:
            wanted = len(time_h) * np.array(shares)
            return float(((seen - wanted) ** 2 / wanted).sum())

        assert seen.sum() == len(time_h)
        assert chi_squared([0.1, 0.6, 0.3]) < 30
        assert chi_squared([1 / 4.5, 2 / 4.5, 1.5 / 4.5]) > 30

    def test_given_ten_alerts_the_hour_of_each_is_drawn_by_itself(self) -> None:
        """poisson_conditional_split_mean: footfall 3 to 1 puts Binomial(10, 3/4) of ten alerts into the first half.

        Mean 7.5 and variance 1.875, whose error follows from the kurtosis (1 - 6 p q) / (n p q) of the binomial law.
        """
        scenario = campaign(
            campaign__deployments=deployments(self.DAYS, 4.0, "10:00"),
            street__passages_per_hour=2_500.0,
            street__profile={"10:00": 3.0, "12:00": 1.0},
            recogniser__fmr_at_anchor=fmr_for(1e-3),
            **NO_LISTED,
        )
        first = []
        for candidates in drawn(scenario, 20):
            alerts = alerts_at(candidates, T, N)
            early = by_deployment(alerts, alerts.time_s < 2 * 3600, self.DAYS)
            first.append(early[by_deployment(alerts, alerts.is_false, self.DAYS) == 10])
        of_ten = np.concatenate(first)

        assert sigmas_off(of_ten, 7.5) < SIGMAS
        assert sigmas_off(of_ten, 7.0) > SIGMAS
        kurtosis = (1 - 6 * 0.1875) / 1.875
        assert abs(of_ten.var(ddof=1) - 1.875) < SIGMAS * variance_error(1.875, kurtosis, len(of_ten))


class TestTwoCameras:
    BOTH: ClassVar[dict[str, Any]] = {"street__camera_ends": 2, "street__share_passing_both": 1.0}

    @staticmethod
    def ends_of_people(alerts: Alerts, mask: NDArray[np.bool_]) -> tuple[int, int]:
        """People alerted on at one end at least, and at both ends."""
        key = alerts.replication[mask] * 2**40 + alerts.person[mask]
        ends = np.unique(np.column_stack([key, alerts.end[mask]]), axis=0)[:, 0]
        numbers = np.unique(ends, return_counts=True)[1]
        return len(numbers), int((numbers == 2).sum())

    @pytest.mark.parametrize("correlation", [0.0, 0.3, 0.8])
    def test_listed_people_alert_at_both_ends_as_correlated_detections_do(self, correlation: float) -> None:
        """P(both) = p^2 + rho p (1 - p) at the scenario's threshold; at a higher one Phi2(z, z; r) with the same r."""
        scenario = campaign(
            watchlist__listed_per_1000_passages=20.0,
            recogniser__detection_correlation=correlation,
            **self.BOTH,
            **NO_FALSE,
        )
        draws = list(drawn(scenario, 4))
        trips = sum(len(c.listed) for c in draws)
        recogniser = ScoreLaws(scenario, one(scenario))
        r = float(score_correlation(np.array([correlation]), recogniser.tpir(T))[0])

        for threshold, p in ((T, 0.8), (T + 0.1, float(recogniser.tpir(T + 0.1)[0]))):
            seen = [self.ends_of_people(a, ~a.is_false) for a in (alerts_at(c, threshold, N) for c in draws)]
            some, both = np.sum(seen, axis=0)
            z = float(special.ndtri(p))
            theory = p * p + correlation * p * (1 - p) if threshold == T else both_below(z, z, r)
            assert sigmas_off_share(both, trips, theory) < SIGMAS
            assert sigmas_off_share(some, trips, 2 * p - theory) < SIGMAS
            assert sigmas_off_share(both, trips, p * p + (correlation + 0.2) * p * (1 - p)) > SIGMAS

    @pytest.mark.parametrize("rho", [0.0, 0.5, 0.9])
    def test_a_falsely_alerted_person_alerts_again_with_the_persistence(self, rho: float) -> None:
        """Exceedances of a trip are Poisson: rho x shared by both ends, (1 - rho) x at each end alone.

        So P(none at an end) = e^-x, P(none at either) = e^-(2 - rho) x, and P(both | one given end) is
        (1 - 2 e^-x + e^-(2 - rho) x) / (1 - e^-x): rho + (1 - rho) (1 - rho / 2) x up to order x^2.
        """
        x = 0.01
        scenario = campaign(
            recogniser__fmr_at_anchor=x / N,
            recogniser__lookalike_persistence_same_day=rho,
            **self.BOTH,
            **NO_LISTED,
        )
        seen = [self.ends_of_people(a, a.is_false) for a in (alerts_at(c, T, N) for c in drawn(scenario, 8))]
        some, both = np.sum(seen, axis=0)
        at_both = 1 - 2 * math.exp(-x) + math.exp(-(2 - rho) * x)
        at_one_end = 1 - math.exp(-x)
        again = at_both / at_one_end

        assert again == pytest.approx(rho + (1 - rho) * (1 - rho / 2) * x, abs=x * x)
        # both ends count among people alerted at all: P(both) / P(either)
        assert sigmas_off_share(both, some, at_both / (2 * at_one_end - at_both)) < SIGMAS
        other = abs(rho - 0.1)
        assert sigmas_off_share(both, some, other / (2 - other)) > SIGMAS

    def test_alerts_per_falsely_alerted_person(self) -> None:
        """false_alerts_vs_people_two_cameras: at persistence 1/2 there are 4 alerts for 3 people."""
        scenario = campaign(
            recogniser__fmr_at_anchor=fmr_for(1.7e-4),
            street__passages_per_hour=1e5,
            recogniser__lookalike_persistence_same_day=0.5,
            **self.BOTH,
            **NO_LISTED,
        )
        draws = [alerts_at(c, T, N) for c in drawn(scenario, 8)]
        some, both = np.sum([self.ends_of_people(a, a.is_false) for a in draws], axis=0)
        share = 8.501445000000001e-05 / 0.00025498555

        assert 1 + share == pytest.approx(1.333408893170613, abs=1e-9)
        assert sigmas_off_share(both, some, share) < SIGMAS
        assert some + both == sum(len(a) for a in draws)

    @pytest.mark.parametrize("rho", [0.0, 0.4, 0.9])
    def test_persistence_leaves_the_fpir_and_the_count_at_one_end_alone(self, rho: float) -> None:
        """E[false alerts] = n (1 - e^-x) at every persistence, within a day and across days, pool or not.

        At one end and without repeats counts stay Poisson, so nothing of persistence can be seen in them.
        """
        x = 2e-3
        changes = {
            "recogniser__fmr_at_anchor": x / N,
            "recogniser__lookalike_persistence_same_day": rho,
            "recogniser__lookalike_persistence_across_days": rho,
            "street__passages_per_hour": 4_000.0,
            **NO_LISTED,
        }
        mean = 40_000 * (1 - math.exp(-x))
        with_pool = counts_of(campaign(street__pool_people=20_000.0, **self.BOTH, **changes), 6).false.sum(axis=1)
        without = counts_of(campaign(**changes), 6).false.sum(axis=1)

        for counts in (with_pool, without):
            assert sigmas_off(counts, mean) < SIGMAS
            assert sigmas_off(counts, mean * (1 + x) ** 50) > SIGMAS
        assert abs(without.var(ddof=1) / mean - 1) < SIGMAS * variance_error(1.0, 1 / mean, len(without))


class TestRepeatVisits:
    DAYS = 2

    def pairs(self, scenario: Scenario, n_blocks: int, true: bool) -> Array:
        """Pairs of alerts on one person, one on each of two days, by replication."""
        found = []
        for candidates in drawn(scenario, n_blocks):
            alerts = alerts_at(candidates, T, N)
            mask = alerts.is_false != true
            key = alerts.person[mask]
            width = int(alerts.person.max()) + 1
            each = np.zeros((BLOCK, self.DAYS, width))
            np.add.at(each, (alerts.replication[mask], alerts.deployment[mask], key), 1)
            found.append((each[:, 0] * each[:, 1]).sum(axis=1))
        return np.concatenate(found)

    def scenario(self, **changes: Any) -> Scenario:
        """Two days of 2,000 passages each by the same 2,000 people, one camera end."""
        return campaign(
            campaign__deployments=deployments(self.DAYS, 4.0),
            street__passages_per_hour=500.0,
            street__pool_people=2_000.0,
            **changes,
        )

    @pytest.mark.parametrize("rho", [0.0, 0.5])
    def test_look_alikes_alert_again_on_another_day_with_the_persistence_across_days(self, rho: float) -> None:
        """Each person makes a Poisson number of trips to each day, of mean 1 here: pairs of trips are as many as people.

        A pair alerts twice with P = 1 - 2 e^-x + e^-(2 - rho) x, about rho x: what a person keeps is shared, what a
        day or passage adds is not. Persistence within the day, 0.8, must not enter.
        """
        x = 0.02
        pairs = self.pairs(
            self.scenario(
                recogniser__fmr_at_anchor=x / N,
                recogniser__lookalike_persistence_same_day=0.8,
                recogniser__lookalike_persistence_across_days=rho,
                **NO_LISTED,
            ),
            12,
            true=False,
        )

        def mean(rho: float) -> float:
            return 2_000 * (1 - 2 * math.exp(-x) + math.exp(-(2 - rho) * x))

        assert sigmas_off(pairs, mean(rho)) < SIGMAS
        assert sigmas_off(pairs, mean(rho + 0.1)) > SIGMAS
        assert sigmas_off(pairs, mean(0.8)) > SIGMAS

    def test_listed_people_are_detected_again_on_another_day_as_their_correlation_says(self) -> None:
        """A twentieth of 2,000 people is listed: 100 pairs of trips, each alerting twice with p^2 + rho p (1 - p)."""
        correlation, p = 0.5, 0.6
        pairs = self.pairs(
            self.scenario(
                watchlist__listed_per_1000_passages=50.0,
                recogniser__tpir_at_anchor=p,
                recogniser__detection_correlation=correlation,
                **NO_FALSE,
            ),
            40,
            true=True,
        )

        assert sigmas_off(pairs, 100 * (p * p + correlation * p * (1 - p))) < SIGMAS
        assert sigmas_off(pairs, 100 * p * p) > SIGMAS

    @pytest.mark.parametrize("k", [0.5, 1.0])
    def test_regulars_make_pairs_of_alerts_more_common_by_one_plus_one_over_k(self, k: float) -> None:
        """The product of a person's trips to two days has mean 1 + 1 / k where rates have mean 1 and variance 1 / k.

        For look-alikes of one passage, who are nobody in particular, and for listed people. Without a spread it is 1.
        """
        x, p = 0.02, 0.6
        false = self.scenario(street__visit_dispersion_k=k, recogniser__fmr_at_anchor=x / N, **NO_LISTED)
        true = self.scenario(
            street__visit_dispersion_k=k,
            watchlist__listed_per_1000_passages=50.0,
            recogniser__tpir_at_anchor=p,
            **NO_FALSE,
        )
        for pairs, alike in (
            (self.pairs(false, 20, true=False), 2_000 * (1 - math.exp(-x)) ** 2),
            (self.pairs(true, 8, true=True), 100 * p * p),
        ):
            assert sigmas_off(pairs, alike * (1 + 1 / k)) < SIGMAS
            assert sigmas_off(pairs, alike) > SIGMAS

    def test_a_pool_follows_from_the_visits_of_a_person(self) -> None:
        """Two visits each of 4,000 trips are 2,000 people: the same draw to the last bit; half the visits are another."""
        people = self.scenario(recogniser__fmr_at_anchor=fmr_for(5e-3))

        def told(visits: float) -> Scenario:
            street = people.street.model_dump(exclude_none=True) | {"visits_per_person": visits}
            del street["pool_people"]
            return people.model_copy(update={"street": Street.model_validate(street)})

        first, same, other = (next(drawn(scenario, 1)).passages for scenario in (people, told(2.0), told(1.0)))

        assert np.array_equal(first.person, same.person)
        assert np.array_equal(first.time_s, same.time_s)
        assert not np.array_equal(first.person, other.person)

    def test_without_a_pool_nobody_comes_on_two_days(self) -> None:
        """Every trip is by somebody new: no person alerts on both days, although persistence is high."""
        scenario = campaign(
            campaign__deployments=deployments(self.DAYS, 4.0),
            recogniser__fmr_at_anchor=fmr_for(5e-3),
            recogniser__lookalike_persistence_same_day=0.9,
            recogniser__lookalike_persistence_across_days=0.9,
        )

        assert not self.pairs(scenario, 1, true=False).any()
        assert not self.pairs(scenario, 1, true=True).any()


CROWDED = {
    "campaign__deployments": deployments(2, 4.0),
    "street__passages_per_hour": 1_000.0,
    "street__camera_ends": 2,
    "street__share_passing_both": 0.5,
    "street__return_same_day": 0.2,
    "street__pool_people": 3_000.0,
    "street__day_dispersion_k": 6.0,
    "watchlist__listed_per_1000_passages": 50.0,
    "watchlist__stale_share": 0.2,
    "recogniser__fmr_at_anchor": 2e-5,
    "recogniser__lookalike_persistence_same_day": 0.8,
    "recogniser__lookalike_persistence_across_days": 0.5,
    "recogniser__detection_correlation": 0.3,
    "recogniser__kin_per_100k_passages": 2_000.0,
    "recogniser__kin_tpir_at_anchor": 0.4,
}


class TestMask:
    def test_alerts_are_monotone_in_the_threshold_and_the_list_and_truth_in_the_threshold_only(self) -> None:
        """A higher threshold keeps some alerts as they are; a longer list keeps all passages but may change the truth.

        FPIR is 0.18 here, so that many passages exceed with several entries. That truth is not monotone in N is shown
        too: somewhere a true alert of the short list is an alert on somebody else with the long one.
        """
        candidates = next(drawn(campaign(**CROWDED), 1))
        lower, higher = alerts_at(candidates, T, N), alerts_at(candidates, T + 0.02, N)
        shorter = alerts_at(candidates, T, 0.5 * N)

        kept = np.isin(lower.passage, higher.passage)
        assert kept.sum() == len(higher) < len(lower)
        for name in ("truth", "score", "rank", "category", "entry_group"):
            assert np.array_equal(getattr(lower, name)[kept], getattr(higher, name))
        assert np.isin(shorter.passage, lower.passage).all()
        assert len(shorter) < len(lower)
        again = lower.take(np.flatnonzero(np.isin(lower.passage, shorter.passage)))
        assert np.all(again.score >= shorter.score)
        assert np.any(again.is_false & ~shorter.is_false)

    def test_a_listed_person_beyond_the_list_is_a_passer_by(self) -> None:
        """With a list of half the size nobody whose own rank is beyond it alerts truly, or as somebody listed."""
        candidates = next(drawn(campaign(**CROWDED), 1))
        alerts = alerts_at(candidates, T, 0.5 * N)
        own = candidates.passages.listed_rank[alerts.passage]

        assert np.all(own[~alerts.is_false] <= 0.5 * N)
        assert np.array_equal(alerts.truth == FALSE_OTHER_ENTRY, alerts.is_false & (own <= 0.5 * N))
        assert np.any(alerts.is_false & np.isfinite(own) & (own > 0.5 * N))

    def test_a_cell_outside_the_envelope_is_refused(self) -> None:
        """What was not drawn cannot be masked."""
        candidates = next(drawn(campaign(), 1))

        with pytest.raises(ValueError, match=r"\(0.63, 10000\) lies outside the envelope"):
            alerts_at(candidates, 0.63, N)
        with pytest.raises(ValueError, match="outside the envelope"):
            alerts_at(candidates, T, N + 1)


class TestSeeds:
    # few enough alerts to be resolved over and over
    SMALL: ClassVar[dict[str, Any]] = {**CROWDED, "street__passages_per_hour": 30.0, "street__pool_people": 100.0}

    @staticmethod
    def same(first: Any, second: Any) -> bool:
        return all(
            np.array_equal(getattr(first, item.name), getattr(second, item.name), equal_nan=True)
            for item in fields(first)
        )

    @pytest.mark.parametrize("ignorance", [False, True])
    def test_the_first_fifty_replications_do_not_depend_on_how_many_follow(self, ignorance: bool) -> None:
        """Fifty replications, and the first fifty of 130, are the same to the last bit: draw, plan and handling."""
        scenario = campaign(**{**self.SMALL, "recogniser__slope_per_unit": {"value": 50, "low": 40, "high": 62.5}})
        few, many = (
            list(campaigns_of(scenario, 5).blocks(50, ignorance)),
            list(campaigns_of(scenario, 5).blocks(130, ignorance)),
        )

        assert [block.number for block in many] == [50, 50, 30]
        for part in ("alerts", "plan", "resolved", "without_false"):
            assert self.same(getattr(few[0], part), getattr(many[0], part))
        assert self.same(few[0].candidates.rows, many[0].candidates.rows)
        assert np.array_equal(few[0].candidates.passage_count, many[0].candidates.passage_count)

    def test_another_seed_or_block_is_another_draw(self) -> None:
        """Seeds 5 and 6, and the first two blocks of seed 5, share nothing."""
        scenario = campaign(**self.SMALL)
        first, second = (list(campaigns_of(scenario, seed).blocks(100, False)) for seed in (5, 6))

        for other in (second[0], first[1]):
            assert not np.intersect1d(first[0].alerts.score, other.alerts.score).size

    def test_blocks_are_independent_of_each_other(self) -> None:
        """The correlation of the false alerts of replications i and i + 50 is within 5 / sqrt(n) of nothing."""
        found = counts_of(campaign(recogniser__fmr_at_anchor=fmr_for(1e-3), **NO_LISTED), 40).false[:, 0]
        correlation = np.corrcoef(found[:-BLOCK], found[BLOCK:])[0, 1]

        assert abs(correlation) < SIGMAS / math.sqrt(len(found) - BLOCK)
        # and they are as spread within a block as over all: the index of dispersion over 40 blocks
        within = found.reshape(-1, BLOCK).var(axis=1, ddof=1).mean()
        assert abs(within / found.mean() - 1) < SIGMAS * variance_error(1.0, 1 / found.mean(), len(found))
        assert stats.kstest(special.pdtr(found, 100.0), "uniform").statistic < 2.0 / math.sqrt(len(found)) + 0.04


class TestWrongfulStops:
    @pytest.mark.parametrize("second_look", [None, {"accept_true": 0.95, "accept_false": 0.4, "correlation": 0.5}])
    def test_with_plenty_of_officers_and_no_repeats_stops_are_the_closed_form(self, second_look: Any) -> None:
        """Draw, mask, plan and handling together: false alerts x F x found, and rightful stops at H.

        Nobody comes twice and nobody waits, so nothing of depletion, repeats and queues is left to differ.
        """
        scenario = campaign(
            watchlist__listed_per_1000_passages=0.5,
            recogniser__fmr_at_anchor=fmr_for(5e-4),
            procedure__look={"accept_true": 0.985, "accept_false": 0.6},
            procedure__second_look=second_look,
            procedure__not_found=0.1,
            procedure__check_error=0.2,
        )
        theory = closed_forms(scenario, one(scenario), T, N)
        wrongful, arrested, made = [], [], []
        for block in campaigns_of(scenario, 11).blocks(300, False):
            stopped = ~np.isnan(block.resolved.stop_s)
            wrong = stopped & block.alerts.is_false
            made.append(np.bincount(block.alerts.replication[block.alerts.is_false], minlength=BLOCK))
            wrongful.append(np.bincount(block.alerts.replication[wrong], minlength=BLOCK))
            taken = wrong & (block.resolved.outcome == ARRESTED)
            arrested.append(np.bincount(block.alerts.replication[taken], minlength=BLOCK))

        assert sigmas_off(np.concatenate(made), theory["false_alerts"][0]) < SIGMAS
        assert sigmas_off(np.concatenate(wrongful), theory["wrongful_stops"][0]) < SIGMAS
        assert sigmas_off(np.concatenate(arrested), theory["wrongful_arrests"][0]) < SIGMAS
        assert sigmas_off(np.concatenate(wrongful), 1.1 * theory["wrongful_stops"][0]) > SIGMAS
        assert sigmas_off(np.concatenate(wrongful), theory["false_alerts"][0] * 0.6) > SIGMAS


class TestTable:
    ROWS = RecogniserTable(thresholds=(0.60, 0.64, 0.70), fmr=(4e-7, 1e-7, 5e-9), tpir=(0.9, 0.8, 0.5))

    def scenario(self, threshold: float) -> Scenario:
        system = {"table": "measured.csv", "read_table": self.ROWS, "threshold": threshold}
        return campaign(recogniser=system, watchlist__listed_per_1000_passages=5.0)

    @pytest.mark.parametrize("threshold", [0.60, 0.62, 0.64, 0.67, 0.70])
    def test_a_table_is_read_log_linearly_in_fmr_and_linearly_in_tpir(self, threshold: float) -> None:
        """FPIR 1 - exp(-N FMR) and TPIR between the rows, from scores drawn at the first row; the rows themselves too."""
        draws = list(drawn(self.scenario(0.64), 6, 0.60))
        found = count(draws, threshold)
        fmr = math.exp(np.interp(threshold, self.ROWS.thresholds, np.log(self.ROWS.fmr)))
        tpir = float(np.interp(threshold, self.ROWS.thresholds, self.ROWS.tpir))
        wrong_entry = 1 - 0.005 * tpir

        assert sigmas_off(found.true.sum(axis=1), 500 * tpir) < SIGMAS
        assert sigmas_off(found.false.sum(axis=1), 1e5 * wrong_entry * -math.expm1(-N * fmr)) < SIGMAS
        assert sigmas_off(found.true.sum(axis=1), 500 * (tpir + 0.02)) > SIGMAS
