"""Worked values, computed apart from this program, that its closed forms must reproduce: each under its anchor's name.

A tolerance is the anchor's own, 1e-9 relative unless written beside the value. Sections are those of model.md.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import special

from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.statistics.intervals import (
    Interval,
    central_range,
    clopper_pearson,
    design_effect,
    fewest_for_range,
    gamma_posterior,
    garwood,
    mean_interval,
    prediction_interval,
    wilson,
    zero_bound,
)
from simulator.response.adjudication import Observer, following_ppv, observer, review_limits
from simulator.scenario.presets import FIELD, NPL, PRESETS
from simulator.scenario.quantity import Rate
from simulator.street.expectations import expected
from simulator.street.footfall import profile_of
from simulator.street.groups import groups_of
from simulator.street.listed import listed_share
from simulator.street.recogniser import ScoreLaws, fpir, score_correlation
from theory.campaigns import campaign, deployments, one
from theory.formulas import both_below, taken_for_another

FPIR_NPL = 1 / 6000
FACES_YEAR = 3_147_436


def near(value: float, tolerance: float | None = None) -> Any:
    """The anchor *value* with its own *tolerance*."""
    return pytest.approx(value, rel=None if tolerance else 1e-9, abs=tolerance)


def recogniser(**values: Any) -> ScoreLaws:
    """A recogniser with some of its values named, the others plain."""
    scenario = campaign(**{f"recogniser__{name}": value for name, value in values.items()})
    return ScoreLaws(scenario, one(scenario))


def laboratory(**values: Any) -> ScoreLaws:
    """The anchors' laboratory system: FMR 1.7e-8 at 0.60, falling by 100 per unit."""
    return recogniser(**{"anchor_threshold": 0.60, "fmr_at_anchor": 1.7e-8, "slope_per_unit": 100.0, **values})


def counts_of(prevalence: float, false_rate: float, tpir: float, passages: float, **more: Any) -> tuple[Any, Any]:
    """Scenario and medians of *passages* with the given prevalence, FPIR and TPIR at the threshold."""
    scenario = campaign(
        street__passages_per_hour=passages / 10,
        watchlist__listed_per_1000_passages=1000 * prevalence,
        recogniser__fmr_at_anchor=-math.log1p(-false_rate) / 10_000,
        recogniser__tpir_at_anchor=tpir,
        **more,
    )
    return scenario, one(scenario)


class TestThresholdToFpir:
    def test_fpir_is_the_independence_formula_in_its_exponential_form(self) -> None:
        """Exceedances -N ln(1 - FMR) give 1 - (1 - FMR)^N (Daugman: 0.181 at N = 200), and back to the FMR."""
        assert float(fpir(-200 * np.log1p(-0.001))) == near(0.1813511705213643)  # fpir_indep_N200
        fmr = 1.6668055570983796e-08  # fmr_from_fpir
        assert float(fpir(-10_000 * np.log1p(-fmr))) == pytest.approx(FPIR_NPL, rel=1e-12)

    def test_using_n_times_fmr_instead_costs_less_than_half_the_fmr_in_relative_terms(self) -> None:
        """-ln(1 - x) is x + x^2/2 + ..., so N FMR is short by a share of FMR / 2: 1e-8 here, 1e-3 for Daugman."""
        for fmr, n in ((1.7e-8, 10_000), (1e-3, 200)):
            short = 1 - float(fpir(np.array(n * fmr)) / fpir(-n * np.log1p(-fmr)))
            assert 0 <= short < 0.5 * fmr * (1 + fmr) + 1e-15

    @pytest.mark.parametrize(
        ("gamma", "anchor", "tolerance"),
        [(0.8, 2.694282130750939e-05, 2.7e-14), (0.0, 1.69999998555e-08, 1e-15)],
        ids=["fpir_effective_n_gamma08", "fpir_effective_n_gamma0"],
    )
    def test_the_list_size_exponent_replaces_n_by_a_power_of_it(
        self, gamma: float, anchor: float, tolerance: float
    ) -> None:
        """FPIR = 1 - exp(-FMR N^gamma) for a rate measured with one entry; with gamma 0 the list size drops out."""
        lab = laboratory(list_size_exponent=gamma, reference_list_size=1.0)
        assert lab.fpir(10_000, 0.60)[0] == near(anchor, tolerance)

    @pytest.mark.parametrize(("preset", "list_size"), [("field", 16_000.0), ("npl", 178_000.0), (None, 5_000.0)])
    def test_no_list_size_exponent_moves_the_rate_at_the_list_it_was_measured_with(
        self, preset: str | None, list_size: float
    ) -> None:
        """FPIR = 1 - exp(-FMR N_ref (N / N_ref)^gamma): N_ref FMR at N_ref whatever gamma is, apart from it elsewhere."""
        of_preset = (
            {"preset": preset, **dict.fromkeys(PRESETS["field"].fields)} if preset else {"reference_list_size": 5_000.0}
        )
        linear, weak, none = (recogniser(**of_preset, list_size_exponent=g) for g in (1.0, 0.8, 0.0))

        assert weak.fpir(list_size, 0.64)[0] == near(float(linear.fpir(list_size, 0.64)[0]))
        assert none.fpir(list_size, 0.64)[0] == near(float(linear.fpir(list_size, 0.64)[0]))
        assert weak.comparisons_fmr(2 * list_size, 0.64)[0] == near(
            2**0.8 * float(weak.comparisons_fmr(list_size, 0.64)[0])
        )

    def test_the_fmr_falls_log_linearly(self) -> None:
        """fmr_loglinear_064 and fpir_loglinear_064_N16000."""
        lab = laboratory()

        assert lab.fmr(0.64)[0] == near(3.1136586110848106e-10, 1e-15)
        assert lab.fpir(16_000, 0.64)[0] == near(4.981841368322773e-06, 5e-15)

    def test_scores_are_the_inverse_of_the_tail(self) -> None:
        """threshold_for_target_fpir and threshold_shift_for_doubling_n, by the function that draws false scores."""
        lab, first = laboratory(), np.zeros(1, dtype=int)
        wanted = -math.log1p(-1e-5) / lab.comparisons_fmr(10_000, 0.60)

        assert lab.false_scores(wanted, first, 0.60)[0] == near(0.6283320834403539)
        assert lab.false_scores(np.array([0.5]), first, 0.0)[0] == near(0.006931471805599453)

    def test_the_exponential_tail_is_the_gumbel_law_of_the_best_score(self) -> None:
        """gumbel_max_exceed: the maximum of N exponential-tailed scores exceeds t as often as FPIR says."""
        tail = recogniser(anchor_threshold=0.3, fmr_at_anchor=1.0, slope_per_unit=100.0)

        assert tail.fpir(10_000, 0.45)[0] == near(0.003054349160751824)

    def test_a_group_meets_each_part_of_the_list_at_its_own_fmr(self) -> None:
        """fpir_group_mixture: 1 - prod_h (1 - FMR_gh)^N_h for FMRs 3e-8 and 3e-9 and 6,000 and 4,000 entries."""
        row = tuple(-math.log1p(-fmr) for fmr in (3e-8, 3e-9))
        scenario = campaign(
            recogniser__fmr_at_anchor=0.6 * row[0] + 0.4 * row[1],
            street__groups=(
                {"name": "g", "street_share": 1.0, "list_share": 0.6},
                {"name": "h", "street_share": 0.0, "list_share": 0.4},
            ),
            street__group_matrix=(row, row),
        )
        x = ScoreLaws(scenario, one(scenario)).comparisons_fmr(10_000, 0.64)

        assert float(fpir(x * groups_of(scenario).relative_fmr[0])[0]) == near(0.00019198157189706964, 2e-13)

    def test_with_equal_fmr_a_group_is_falsely_alerted_in_proportion_to_its_share_of_the_list(self) -> None:
        """Drozdowski 2021: where only own-group entries compare at all, FPIR_A / FPIR_B is N_A / N_B."""
        scenario = campaign(
            street__groups=(
                {"name": "a", "street_share": 0.5, "list_share": 0.9},
                {"name": "b", "street_share": 0.5, "list_share": 0.1},
            ),
            street__group_matrix=((1.0, 0.0), (0.0, 1.0)),
        )
        relative = groups_of(scenario).relative_fmr

        assert relative[0] / relative[1] == pytest.approx(9.0)
        assert relative.mean() == pytest.approx(1.0)


class TestPresets:
    def test_the_field_preset_gives_the_recommended_levels(self) -> None:
        """fpir_field_064_N15600 and fpir_field_060_N10000."""
        scenario = campaign(recogniser={"preset": "field", "threshold": 0.64})
        field = ScoreLaws(scenario, one(scenario))

        assert field.fpir(15_600, 0.64)[0] == near(2.9639956073563397e-06, 3e-15)
        assert field.fpir(10_000, 0.60)[0] == near(1.4039108038768611e-05, 1.5e-14)
        assert field.tpir(0.64)[0] == pytest.approx(0.852, abs=1e-12)

    def test_the_field_preset_is_the_posterior_of_the_record(self) -> None:
        """field_posterior_mean_064: 20 false alerts in 6,641,792 faces with Jeffreys' prior, per face and entry."""
        posterior = gamma_posterior(20, 6_641_792)
        law = FIELD.fields["fmr_at_anchor"]["gamma"]

        assert posterior.mean == near(3.0865164100291007e-06, 1e-15)
        assert law["shape"] / law["rate"] * 16_000 == pytest.approx(posterior.mean, rel=1e-12)

    def test_a_preset_value_is_the_median_of_its_law(self) -> None:
        """The printed 1.9e-10 is the median of Gamma(20.5, 6,641,792 x 16,000) to the two digits it has."""
        law = FIELD.fields["fmr_at_anchor"]["gamma"]
        median = special.gammaincinv(law["shape"], 0.5) / law["rate"]

        assert pytest.approx(median, abs=0.05e-10) == FIELD.fields["fmr_at_anchor"]["value"]

    def test_the_field_slope_holds_both_two_point_slopes_of_the_record(self) -> None:
        """b_two_point_true_alerts (24 of 640 against 7 of 1,753) and b_two_point_hours_watchlist."""
        slope = Rate.model_validate(FIELD.fields["slope_per_unit"])
        low, high = slope.interval()

        assert math.log((24 / 640) / (7 / 1753)) / 0.04 == near(55.993984746503735)
        assert math.log((24 / 6_718_337) / (7 / 16_246_290)) / 0.04 == near(52.87919006596879)
        assert low < 52.88 < 55.99 < high

    def test_the_npl_preset_has_the_published_rate_and_the_slope_of_its_counts(self) -> None:
        """tail_slope_k7_s1: seven false positives at 0.60 of which one survives 0.62 give b = ln(8) / 0.02."""
        scenario = campaign(recogniser={"preset": "npl", "threshold": 0.60})
        npl = ScoreLaws(scenario, one(scenario))

        assert pytest.approx(103.97207708399179, abs=0.5) == NPL.fields["slope_per_unit"]["value"]
        # per captured passage; published as 0.017 %
        assert npl.fpir(10_000, 0.60)[0] / npl.capture[0] == pytest.approx(1.7e-4, rel=1e-3)
        assert npl.tpir(0.60)[0] == pytest.approx(0.89, abs=1e-12)

    def test_the_two_presets_disagree_twelvefold_at_060_and_little_at_064(self) -> None:
        """model.md section 0: a ratio of 12 at 0.60 and 1.4 at 0.64, per captured face and equal list."""
        by_name = {
            name: recogniser(preset=name, anchor_threshold=anchor, **dict.fromkeys(_PRESET_KEYS))
            for name, anchor in (("field", 0.64), ("npl", 0.60))
        }

        def ratio(threshold: float) -> float:
            return float(by_name["npl"].fmr(threshold)[0] / by_name["field"].fmr(threshold)[0])

        assert ratio(0.60) == pytest.approx(12, rel=0.02)
        assert ratio(0.64) == pytest.approx(1.4, rel=0.02)


_PRESET_KEYS = ("fmr_at_anchor", "slope_per_unit", "tpir_at_anchor", "capture_rate", "score_sd")


class TestGenuine:
    def test_the_tpir_falls_along_a_normal_curve_below_the_capture_rate(self) -> None:
        """tpir_064: capture 0.95, mean 0.7529, sd 0.1, the mean solved from TPIR 0.89 at 0.60."""
        system = recogniser(anchor_threshold=0.60, tpir_at_anchor=0.89, capture_rate=0.95, score_sd=0.1)

        assert system.score_mean[0] == near(0.7528792914470257)
        assert system.tpir(0.64)[0] == near(0.8269820288771832, 1e-9)

    @pytest.mark.parametrize(
        ("p", "rho", "both"),
        [(0.8, 0.3, 0.6880000000000002), (0.8, 0.0, 0.6400000000000001), (0.00017, 0.5, 8.501445000000001e-05)],
        ids=["two_camera_both_genuine", "two_camera_both_genuine_indep", "two_camera_both_impostor"],
    )
    def test_scores_are_correlated_so_that_detections_are(self, p: float, rho: float, both: float) -> None:
        """P(both) of normal scores with the solved r is p^2 + rho p (1 - p), by quadrature instead of Owen's T."""
        r = float(score_correlation(np.array([rho]), np.array([p]))[0])
        z = float(special.ndtri(p))

        assert both_below(z, z, r) == near(both)
        assert 2 * p - both_below(z, z, r) == near(2 * p - both)

    def test_either_camera_sees_more_than_one_and_fewer_people_than_alerts(self) -> None:
        """two_camera_any_genuine, two_camera_any_impostor and false_alerts_vs_people_two_cameras."""
        correlation = score_correlation(np.array([0.3, 0.0, 0.5]), np.array([0.8, 0.8, 0.00017]))
        z = special.ndtri([0.8, 0.8, 0.00017])
        any_end = [2 * p - both_below(at, at, r) for p, at, r in zip((0.8, 0.8, 0.00017), z, correlation, strict=True)]

        assert any_end == [near(0.9119999999999999), near(0.96), near(0.00025498555)]
        assert 2 * 0.00017 / any_end[2] == near(1.333408893170613)

    def test_at_the_median_the_score_correlation_is_that_of_the_quadrant(self) -> None:
        """bvn_quadrant: with p = 1/2 and r = 1/2, P(both) is 1/4 + asin(1/2) / 2 pi = 1/3."""
        detection = (1 / 3 - 1 / 4) / (1 / 4)

        assert score_correlation(np.array([detection]), np.array([0.5]))[0] == near(0.5, 1e-12)
        assert both_below(0.0, 0.0, 0.5) == near(0.33333333333333337, 1e-12)


class TestCounts:
    @pytest.mark.parametrize(
        ("prevalence", "true", "missed", "false_per_1000"),
        [(2e-4, 17.8, 2.1999999999999997, 483.5090434277977), (1e-5, 0.89, 0.10999999999999999, 949.3065246489905)],
        ids=["npl060", "lowprev"],
    )
    def test_bayes_counts_of_100_000_passages(
        self, prevalence: float, true: float, missed: float, false_per_1000: float
    ) -> None:
        """True alerts n p t, missed n p (1 - t), false n (1 - p) f and 1,000 (1 - PPV).

        The program also counts a missed person's alert on somebody else's entry, n p (1 - t) f, and those of others
        whose own score is beaten. The anchors leave both out: they are the whole difference.
        """
        found = expected(*counts_of(prevalence, FPIR_NPL, 0.89, 100_000), 0.64, 10_000)
        beaten = 1e5 * prevalence * taken_for_another(FPIR_NPL, 0.89)
        false = found.false_alerts[0] - missed * FPIR_NPL - beaten

        assert found.true_alerts[0] + beaten == near(true)
        assert found.listed_passages[0] - found.true_alerts[0] - beaten == near(missed)
        assert false == near(100_000 * (1 - prevalence) * FPIR_NPL)
        assert 1000 * false / (false + true) == near(false_per_1000)
        assert 1000 * (1 - found.ppv[0]) == pytest.approx(false_per_1000, rel=1e-4)

    def test_npl_060_gives_17_false_alerts_and_a_ppv_of_one_half(self) -> None:
        """false_alerts_npl060 and ppv_npl060."""
        found = expected(*counts_of(2e-4, FPIR_NPL, 0.89, 100_000), 0.64, 10_000)
        beaten = 20 * taken_for_another(FPIR_NPL, 0.89)
        false, true = found.false_alerts[0] - 20 * 0.11 * FPIR_NPL - beaten, found.true_alerts[0] + beaten

        assert false == near(16.663333333333334)
        assert true / (true + false) == near(0.5164909565722023)

    def test_the_listed_share_follows_from_true_alerts_and_tpir(self) -> None:
        """met_implied_prevalence_t089: 2,067 true alerts in 3,147,436 faces at TPIR 0.89."""
        scenario = campaign(
            watchlist__listed_per_1000_passages=None,
            watchlist__true_alerts_per_1000_passages=2067 / FACES_YEAR * 1000,
            recogniser__tpir_at_anchor=0.89,
        )
        inputs = one(scenario)

        assert listed_share(scenario, inputs, ScoreLaws(scenario, inputs), 10_000)[0] == near(0.0007378932915911108)

    def test_the_listed_share_reproduces_the_true_alerts_measured_with_groups_too(self) -> None:
        """Where only the product was measured, the expected true alerts are that product, whatever the groups."""
        scenario = campaign(
            recogniser__fmr_at_anchor=1e-30,
            watchlist__listed_per_1000_passages=None,
            watchlist__true_alerts_per_1000_passages=0.8,
            street__groups=(
                {"name": "a", "street_share": 0.5, "list_share": 0.5, "score_shift": 0.0},
                {"name": "b", "street_share": 0.5, "list_share": 0.5, "score_shift": -0.15},
            ),
        )
        found = expected(scenario, one(scenario), 0.64, 10_000)

        assert found.true_alerts[0] / found.passages[0] * 1000 == pytest.approx(0.8, rel=1e-9)

    def test_groups_share_alerts_as_a_table_done_by_hand(self) -> None:
        """Street 0.7 and 0.3, list 0.4 and 0.6, listed passages 0.2 and 0.8, ratios (2, 0.5) and (1, 3).

        Mean over lists 2 x 0.4 + 0.5 x 0.6 = 1.1 and 1 x 0.4 + 3 x 0.6 = 2.2, over the street 1.43: the groups' FPIRs
        are 1.1 / 1.43 and 2.2 / 1.43 of the headline. TPIR is 0.8, and 0.95 Phi(z - 0.06 / 0.15) for group b.
        """
        scenario, inputs = counts_of(
            0.01,
            1e-4,
            0.8,
            1e5,
            street__groups=(
                {"name": "a", "street_share": 0.7, "list_share": 0.4, "listed_passages_share": 0.2},
                {
                    "name": "b",
                    "street_share": 0.3,
                    "list_share": 0.6,
                    "listed_passages_share": 0.8,
                    "score_shift": -0.06,
                },
            ),
            street__group_matrix=((2.0, 0.5), (1.0, 3.0)),
        )
        found = expected(scenario, inputs, 0.64, 10_000)
        x, tpir_b = -math.log1p(-1e-4), 0.95 * special.ndtr(special.ndtri(0.8 / 0.95) - 0.4)
        f_a, f_b = -math.expm1(-x * 1.1 / 1.43), -math.expm1(-x * 2.2 / 1.43)

        beaten = 1000 * (0.2 * taken_for_another(f_a, 0.8) + 0.8 * taken_for_another(f_b, tpir_b))
        assert found.true_alerts[0] == near(1000 * (0.2 * 0.8 + 0.8 * tpir_b) - beaten)
        assert found.false_alerts[0] == near(
            99_000 * (0.7 * f_a + 0.3 * f_b) + 1000 * (0.2 * 0.2 * f_a + 0.8 * (1 - tpir_b) * f_b) + beaten
        )
        assert 0.7 * f_a + 0.3 * f_b == pytest.approx(1e-4, rel=1e-4)

    def test_true_alerts_measured_at_another_threshold_than_the_anchor_hold_there(self) -> None:
        """With reference_threshold 0.70 the expected true alerts at 0.70 are the product given, and at 0.64 more."""
        scenario = campaign(
            recogniser__fmr_at_anchor=1e-30,
            watchlist__listed_per_1000_passages=None,
            watchlist__true_alerts_per_1000_passages=0.8,
            watchlist__reference_threshold=0.70,
        )
        system = ScoreLaws(scenario, one(scenario))
        there, here = (expected(scenario, one(scenario), t, 10_000).true_alerts[0] for t in (0.70, 0.64))

        assert there / 100_000 * 1000 == pytest.approx(0.8, rel=1e-9)
        assert here / there == pytest.approx(system.tpir(0.64)[0] / system.tpir(0.70)[0], rel=1e-9)

    def test_thinning_at_the_field_level(self) -> None:
        """thinning_mean, thinning_p_zero and time_to_first_false_alert_mean_h: 3,425 an hour, FPIR 3e-6, 4.5 h."""
        scenario, inputs = counts_of(0.0, 3e-6, 0.8, 34_250, campaign__deployments=deployments(1, 4.5))
        false = float(expected(scenario, inputs, 0.64, 10_000).false_alerts[0])

        assert false == near(0.0462375)
        assert math.exp(-false) == near(0.9548151666577299)
        assert 4.5 / false == near(97.32360097323601)

    def test_expected_wrongful_stops_are_the_product_of_what_lets_them_happen(self) -> None:
        """expected_wrongful_stops: n (1 - p) f F (1 - P(loss)), the loss here a search that finds nobody.

        Listed people's alerts on other entries are stopped alike and taken off.
        """
        scenario, inputs = counts_of(
            0.00074,
            3.2e-6,
            0.94,
            FACES_YEAR,
            procedure__look={"accept_true": 0.985, "accept_false": 0.6},
            procedure__not_found=0.1,
        )
        wrongful = float(closed_forms(scenario, inputs, 0.64, 10_000)["wrongful_stops"][0])
        others = (1 - 0.94) * 3.2e-6 + taken_for_another(3.2e-6, 0.94)
        wrong_entry = FACES_YEAR * 0.00074 * others * 0.6 * 0.9

        assert wrongful - wrong_entry == near(5.43474471863808, 1e-8)

    def test_a_year_with_no_wrongful_stop_is_all_but_impossible(self) -> None:
        """p_at_least_one_wrongful_stop_year: 1 - exp(-n f F) with n = 3,147,436, f = 3.2e-6, F = 0.6."""
        scenario, inputs = counts_of(
            0.0, 3.2e-6, 0.8, FACES_YEAR, procedure__look={"accept_true": 0.985, "accept_false": 0.6}
        )
        wrongful = float(closed_forms(scenario, inputs, 0.64, 10_000)["wrongful_stops"][0])

        assert -math.expm1(-wrongful) == near(0.9976257581654087)

    def test_a_profile_keeps_the_mean_and_moves_the_times(self) -> None:
        """nhpp_mean_piecewise: 1,000, 3,000 and 2,000 an hour over 1, 2 and 1.5 hours are 10,000 passages."""
        scenario = campaign(
            campaign__deployments=deployments(1, 4.5, "10:00"),
            street__passages_per_hour=10_000 / 4.5,
            street__profile={"10:00": 1000.0, "11:00": 3000.0, "13:00": 2000.0},
        )
        profile = profile_of(scenario)
        hours = profile.times(np.array([0.0, 0.1, 0.7, 1.0]), np.zeros(4, dtype=int)) / 3600

        assert expected(scenario, one(scenario), 0.64, 10_000).passages[0] == near(10_000.0)
        assert hours == pytest.approx([0.0, 1.0, 3.0, 4.5])

    def test_a_profile_goes_on_at_the_clock_times_of_the_next_day(self) -> None:
        """From 22:00 for six hours, 9 until midnight and 1 from then on: 18 and 4 of 22 parts of the passages."""
        scenario = campaign(
            campaign__deployments=deployments(1, 6.0, "22:00"),
            street__profile={"00:00": 1.0, "06:00": 5.0, "20:00": 9.0},
        )
        hours = profile_of(scenario).times(np.array([9 / 22, 18 / 22, 20 / 22]), np.zeros(3, dtype=int)) / 3600

        assert hours == pytest.approx([1.0, 2.0, 4.0])


class TestSignalDetection:
    @pytest.mark.parametrize(
        ("hit", "false_accept", "d_prime", "criterion"),
        [
            (0.94, 0.14, 2.6350929354118096, -0.23722712689094883),
            (0.8, 0.2, 1.6832424671458286, 0.0),
            (0.89, 0.11, 2.45305624007322, 0.0),
            (0.9849411764705882, 0.6, 1.915192601973028, -1.2109434041223137),
        ],
        ids=["criterion_white2014", "dprime_gfmt_short", "dprime_gfmt_long", "dprime_field and criterion_field"],
    )
    def test_shares_accepted_become_a_d_prime_and_a_criterion_and_back(
        self, hit: float, false_accept: float, d_prime: float, criterion: float
    ) -> None:
        """Signal detection: d' = z(H) - z(F) and c = -(z(H) + z(F)) / 2; op_hit_from_d_c is the way back."""
        scenario = campaign(procedure__look={"accept_true": hit, "accept_false": false_accept})
        seen = observer(one(scenario), "procedure.look", None)
        limits = Observer(np.array([d_prime]), np.array([criterion])).limits()

        assert seen.d_prime[0] == near(d_prime, 1e-9)
        assert seen.criterion[0] == near(criterion, 1e-9)
        assert special.ndtr([limits.true[0], limits.false[0]]) == pytest.approx([hit, false_accept], abs=1e-9)

    def test_a_criterion_that_follows_the_ppv_fully_is_the_optimal_one(self) -> None:
        """optimal_criterion_ppv995: ln[((1 - PPV) / PPV) C_FA / C_miss] / d', reached from the optimum at PPV 1/2."""
        even = Observer(np.array([2.0]), np.array([math.log(10) / 2]))

        assert following_ppv(even, np.ones(1), np.array([0.995]), 0.5).criterion[0] == near(-1.495359865865223, 1e-9)

    def test_ppv_after_the_operator(self) -> None:
        """ppv_after_operator: PPV H / (PPV H + (1 - PPV) F) with H 0.94 and F 0.14 at PPV 1/2."""
        scenario, inputs = counts_of(0.0, 0.01, 0.5, 1e6, procedure__look={"accept_true": 0.94, "accept_false": 0.14})
        limits = review_limits(inputs, scenario, np.array([0.5]))
        hit, false_accept = special.ndtr([limits.true[0], limits.false[0]])

        assert hit / (hit + false_accept) == near(0.8703703703703702, 1e-12)

    def test_two_looks_at_one_picture_are_worth_less_than_independent_ones(self) -> None:
        """two_checks_copula_fa: F1 = 0.6 and F2 = 0.14 correlated by 1/2 let 0.1232 pass; independent 0.084."""

        def both(correlation: float) -> float:
            scenario, inputs = counts_of(
                0.0,
                1e-3,
                0.8,
                1e6,
                procedure__look={"accept_true": 0.985, "accept_false": 0.6},
                procedure__second_look={"accept_true": 0.94, "accept_false": 0.14, "correlation": correlation},
            )
            found = closed_forms(scenario, inputs, 0.64, 10_000)
            return float(found["wrongful_stops"][0] / found["false_alerts"][0])

        assert both_below(special.ndtri(0.6), special.ndtri(0.14), 0.5) == near(0.12321638976353477, 1e-5)
        assert both(0.0) == pytest.approx(0.084, abs=1e-5)
        assert both(0.5) == near(0.12321638976353477, 1e-5)


class TestIntervals:
    @pytest.mark.parametrize(
        ("count", "low", "high"),
        [
            (0, 0.0, 3.6888794541139354),
            (1, 0.025317807984289876, 5.571643390938898),
            (5, 1.6234863901184278, 11.66833207932267),
            (10, 4.7953886961324335, 18.39035604201778),
        ],
        ids=["garwood_k0", "garwood_k1", "garwood_hi_k5", "garwood_lo_k10"],
    )
    def test_garwood(self, count: int, low: float, high: float) -> None:
        """Chi-squared quantiles: what is not in the anchors (low of 5, high of 10) was computed as chi2.ppf / 2."""
        assert garwood(count) == (near(low, 1e-9), near(high, 1e-9))

    def test_garwood_covers_at_least_its_level_and_a_shorter_one_would_not(self) -> None:
        """For means 0.1 to 12 the exact coverage of the 95 % interval is never below 95 %; the 90 % one's often is."""
        means = np.linspace(0.1, 12, 60)
        counts = np.arange(80)
        mass = np.exp(counts * np.log(means[:, None]) - means[:, None] - special.gammaln(counts + 1))

        def worst(level: float) -> float:
            ends = np.array([garwood(int(k), level) for k in counts])
            inside = (ends[:, 0] <= means[:, None]) & (means[:, None] <= ends[:, 1])
            return float((mass * inside).sum(axis=1).min())

        assert worst(0.95) >= 0.95
        assert worst(0.90) < 0.95

    @pytest.mark.parametrize(
        ("law", "count", "trials", "low", "high"),
        [
            (clopper_pearson, 0, 4000, 0.0, None),
            (clopper_pearson, 8, 4000, None, 0.003936973885950824),
            (clopper_pearson, 8, 10, 0.4439045376920637, None),
            (wilson, 0, 4000, 0.0, 0.0009594432897014865),
            (wilson, 1, 470_000, 3.755842581699704e-07, 1.2052949948195498e-05),
            (wilson, 8, 4000, None, 0.003941819247951654),
        ],
    )
    def test_shares(self, law: Any, count: int, trials: int, low: float | None, high: float | None) -> None:
        """clopper_pearson_*, composition_for_8_of_10_p025, wilson_* and met_operator_passthrough_lo."""
        found = law(count, trials)

        assert low is None or found.low == pytest.approx(low, rel=1e-7, abs=1e-15)
        assert high is None or found.high == pytest.approx(high, rel=1e-7)
        assert found.low <= count / trials <= found.high

    @pytest.mark.parametrize("law", [clopper_pearson, wilson])
    def test_everything_counted_mirrors_nothing_counted(self, law: Any) -> None:
        """All of n is 0 of n seen from the other side; both ends stay within 0 and 1."""
        nothing, everything = law(0, 40), law(40, 40)

        assert (1 - everything.high, 1 - everything.low) == pytest.approx(tuple(nothing), abs=1e-12)
        assert nothing.low == 0.0
        assert everything.high == 1.0

    def test_nothing_counted_bounds_a_share_one_sided_or_two_sided(self) -> None:
        """rule_of_three_approx_n4000, and 0 in 210,226: 1 in 70,000 one-sided, 1 in 57,000 two-sided (design.md)."""
        assert zero_bound(4000) == pytest.approx(0.00075, rel=0.002)
        assert zero_bound(4000) < 0.00075
        assert 1 / zero_bound(210_226) == pytest.approx(70_000, rel=0.003)
        assert 1 / zero_bound(210_226, two_sided=True) == pytest.approx(57_000, rel=0.001)
        assert zero_bound(4000, two_sided=True) == pytest.approx(clopper_pearson(0, 4000).high, rel=1e-12)

    def test_walks_of_the_same_people_bound_less_than_as_many_independent_ones(self) -> None:
        """deff_equal, deff_unequal, neff_rho1; and model.md's finding 3 on none of 178,000 fillers at 0.64.

        4,000 independent walks past 178,000 fillers are 71,200 searches of a list of 10,000: below 1 in 23,767.
        With the 400 volunteers as the trials it is a tenth of that.
        """
        searches = 4000 * 178_000 / 10_000

        assert design_effect(10, 0.2) == near(2.8, 1e-12)
        assert design_effect(10, 0.2, 0.5) == near(3.3000000000000003, 1e-12)
        assert 4000 / design_effect(10, 1.0) == near(400.0, 1e-12)
        assert 4000 / design_effect(10, 0.2) == pytest.approx(1429, abs=0.5)
        assert 1 / zero_bound(searches) == pytest.approx(23_767, abs=1)
        assert 1 / zero_bound(searches / design_effect(10, 1.0)) == pytest.approx(2_377, abs=1)

    def test_the_posterior_of_a_rate(self) -> None:
        """gp_post_q0.025, gp_post_q0.975 and power_prior_post_mean."""
        ends = gamma_posterior(10, FACES_YEAR).interval()
        with_laboratory = gamma_posterior(10, FACES_YEAR, 0.5 + 0.1 * 8, 0.1 * 2644)

        assert ends == (near(1.6335356433812893e-06, 1e-14), near(5.636155255536136e-06, 1e-14))
        assert with_laboratory.mean == near(3.589922344578919e-06, 1e-15)

    def test_the_count_over_a_new_exposure(self) -> None:
        """gp_pred_*: 10 of 3,147,436 faces predict 3 to 21 over as many again, 8 to 39 over twice as many."""
        known = gamma_posterior(10, FACES_YEAR)

        assert known.predict(FACES_YEAR).mean == near(10.5, 1e-9)
        assert known.predict(FACES_YEAR).interval() == Interval(3, 21)
        assert known.predict(2 * FACES_YEAR).variance == near(63.0, 1e-9)
        assert known.predict(2 * FACES_YEAR).interval() == Interval(8, 39)
        assert gamma_posterior(20, 6_641_792).predict(4_220_097).interval() == Interval(5, 23)
        assert gamma_posterior(1, 470_000).predict(940_000).interval() == Interval(0, 11)

    def test_the_predictive_law_is_what_gamma_mixed_poisson_counts_follow(self) -> None:
        """100,000 rates drawn from the posterior and a Poisson count of each: mean and tails within 5 errors.

        The share below the interval's low end is at most 2.5 %, the share up to it at least; as above.
        """
        rng, n = np.random.default_rng(1), 100_000
        known = gamma_posterior(10, FACES_YEAR)
        law = known.predict(2 * FACES_YEAR)
        counts = rng.poisson(2 * FACES_YEAR * rng.gamma(known.shape, 1 / known.rate, n))
        slack = 5 * math.sqrt(0.025 * 0.975 / n)
        low, high = law.interval()

        assert abs(counts.mean() - law.mean) < 5 * math.sqrt(law.variance / n)
        assert np.mean(counts < low) <= 0.025 + slack
        assert np.mean(counts <= low) >= 0.025 - slack
        assert np.mean(counts > high) <= 0.025 + slack
        assert np.mean(counts >= high) >= 0.025 - slack

    def test_the_interval_of_a_mean_covers_what_it_says_even_from_five_values(self) -> None:
        """Of 20,000 samples of five normal values 95 % hold the mean; with the normal law's 1.96 it were 87.8 %.

        Five binomial errors of 20,000 trials at 0.95 are 0.0077, far less than what 1.96 would miss.
        """
        n = 20_000
        samples = np.random.default_rng(2).normal(3.0, 2.0, (n, 5))
        ends = np.array([mean_interval(sample) for sample in samples])
        half = 1.959963984540054 * samples.std(axis=1, ddof=1) / math.sqrt(5)
        covered = np.mean((ends[:, 0] <= 3) & (ends[:, 1] >= 3))
        covered_by_normal = np.mean(abs(samples.mean(axis=1) - 3) <= half)

        assert abs(covered - 0.95) < 5 * math.sqrt(0.95 * 0.05 / n)
        assert abs(covered_by_normal - 0.95) > 5 * math.sqrt(0.95 * 0.05 / n)

    def test_the_interval_of_a_mean_shrinks_with_the_campaigns_and_that_of_a_campaign_does_not(self) -> None:
        """Poisson counts of mean 3.5: 25 times the campaigns, a fifth of the one interval, and 1 to 6 all along.

        The law leaves 3.0 % below 1 and 6.5 % above 6, and 13.6 % and 14.2 % one count further in: with 4,000
        campaigns the 10 % tails are 6 binomial errors away from all four.
        """
        counts = np.random.default_rng(3).poisson(3.5, 100_000)

        def width(n: int) -> float:
            low, high = mean_interval(counts[:n])
            return high - low

        # the relative error of the smaller sample's standard deviation is sqrt((2 + 1 / 3.5) / 4,000) / 2 = 1.2 %
        assert width(4_000) / width(100_000) == pytest.approx(5, rel=5 * 0.012)
        assert prediction_interval(counts[:4_000], 0.8) == prediction_interval(counts, 0.8) == (1, 6)

    @pytest.mark.parametrize(
        ("n", "level"), [(19, 0.9), (20, 0.9), (39, 0.9), (100, 0.9), (1000, 0.9), (1000, 0.95), (3, 0.5)]
    )
    def test_one_more_campaign_lies_outside_its_interval_at_most_as_often_as_it_says(
        self, n: int, level: float
    ) -> None:
        """Of the n + 1 places that one more may have among n values, (1 - level) / 2 lie beyond either end at most."""
        values = np.random.default_rng(4).permutation(np.arange(n) * 3)
        found = prediction_interval(values, level)
        beyond = round(1 - level, 6) / 2

        assert found is not None
        assert {found.low, found.high} <= set(values.tolist())
        # one more place lies beyond an end than values do, and with another it would be too many
        places = np.sum(values < found.low) + 1, np.sum(values > found.high) + 1
        assert places[0] == places[1] <= beyond * (n + 1) + 1e-9 < places[0] + 1

    @pytest.mark.parametrize("n", [19, 20, 100])
    def test_a_fresh_campaign_lies_inside_nine_times_in_ten(self, n: int) -> None:
        """4,000 samples: four binomial errors are 0.019. With a twentieth of the values beyond each end, 20 hold .81 only."""
        values = np.random.default_rng(6).standard_normal((4000, n + 1))
        found = [prediction_interval(row[:-1]) for row in values]
        held = np.mean(
            [one is not None and one.low <= x <= one.high for one, x in zip(found, values[:, -1], strict=True)]
        )
        ordered = np.sort(values[:, :-1])
        naive = np.mean((ordered[:, n // 20] <= values[:, -1]) & (values[:, -1] <= ordered[:, -1 - n // 20]))

        assert held > 0.9 - 4 * math.sqrt(0.09 / 4000)
        assert n != 20 or naive < 0.9 - 4 * math.sqrt(0.09 / 4000)

    @pytest.mark.parametrize(("n", "level"), [(1, 0.9), (18, 0.9), (38, 0.95), (2, 0.5)])
    def test_too_few_campaigns_promise_nothing(self, n: int, level: float) -> None:
        assert fewest_for_range(level) == n + 1 or n == 1
        assert prediction_interval(np.arange(n), level) is None
        assert central_range(np.arange(n), level) == (0, n - 1)

    def test_campaigns_that_share_a_draw_of_the_inputs_do_not_come_alone(self) -> None:
        """All spread is the inputs': 200 campaigns of 10 draws are 10 observations, and those of 40 draws leave one draw out."""
        draws = np.repeat(np.arange(40.0), 5)

        assert prediction_interval(draws[:50], draws=10) is None
        assert prediction_interval(draws, draws=40) == (1.0, 38.0)
        assert prediction_interval(draws[::5]) == (1.0, 38.0)

    def test_one_campaign_bounds_no_mean(self) -> None:
        """From one value nothing is known of the spread: the ends are infinite, not equal."""
        assert mean_interval([7.0]) == (-math.inf, math.inf)

    @pytest.mark.parametrize(
        ("call", "said"),
        [
            (lambda: garwood(-1), "count must be between 0 and inf"),
            (lambda: clopper_pearson(5, 4), "count must be between 0 and 4"),
            (lambda: wilson(0, 0), "must be above 0"),
            (lambda: wilson(1, 10, 95), "level must be between 0 and 1"),
            (lambda: gamma_posterior(1, 0), "must be above 0"),
            (lambda: gamma_posterior(1, 1).predict(-1), "must be above 0"),
            (lambda: mean_interval([]), "not empty"),
            (lambda: prediction_interval([[1.0]]), "one-dimensional"),
        ],
    )
    def test_what_makes_no_sense_is_refused_by_name_and_value(self, call: Any, said: str) -> None:
        """A count outside its trials, no trials, a level in per cent, nothing observed."""
        with pytest.raises(ValueError, match=said):
            call()
