"""A record with known truth gives it back, and what a record cannot say is said, not guessed."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from fit_records import (
    ARREST,
    FACES_K,
    FACES_PER_HOUR,
    FALSE_PER_HOUR,
    LIST,
    OTHER,
    SLOPE,
    STOPPED,
    TRUE_K,
    TRUE_PER_HOUR,
    records_from,
    simulated_text,
    without,
)
from record_texts import table

from simulator.evidence.fit.blocks import rarer
from simulator.evidence.fit.exposures import EXPOSURES
from simulator.evidence.fit.false_alerts import FalseAlerts
from simulator.evidence.fit.fitted_inputs import fitted_inputs
from simulator.evidence.fit.fitted_values import FMR, PASSAGES, TRUE
from simulator.evidence.fit.fitted_values import SLOPE as SLOPE_KEY
from simulator.evidence.fit.found import FitFound, summarise_fit
from simulator.evidence.fit.level_slope import SlopeFit
from simulator.evidence.fit.question import question_of
from simulator.evidence.fit.share_recorded import ShareRecorded
from simulator.evidence.fit.whole_fit import Fit, fit_record
from simulator.scenario import ScenarioError, load_scenario

# A force that records every alert.
ALL = ShareRecorded()
VAN = load_scenario("croydon-van")
TEXT = simulated_text()


def fitted(folder: Path, text: str = TEXT, **asked: Any) -> Fit:
    return fit_record(records_from(folder, text), VAN, question_of(**asked))


def false_of(fit: Fit) -> FalseAlerts:
    assert fit.false_alerts is not None
    return fit.false_alerts


def likeliest(fit: Fit) -> SlopeFit:
    fits = false_of(fit).found.likeliest
    assert fits is not None
    return fits


def value_of(key: str, fit: Fit, recorded: ShareRecorded = ALL) -> float:
    item = fitted_inputs(fit, recorded).of(key)
    assert item is not None
    return item.value


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Fit:
    return fitted(tmp_path_factory.mktemp("record"), prior="fresh")


class TestKnownTruth:
    """400 deployments, half at 0.60: each truth lies within 4 standard errors of its estimate."""

    def test_slope_and_level(self, whole: Fit) -> None:
        false, fits = false_of(whole), likeliest(whole)
        assert fits.slope == pytest.approx(SLOPE, abs=4 * fits.standard_error)
        low, _, high = (LIST * rate for rate in false.law.rate_quantiles(0.64))
        k = false.found.counts[1]
        assert high / low < math.exp(2 * 1.96 * 1.2 / math.sqrt(k))
        assert LIST * k / false.found.exposure[1] == pytest.approx(FALSE_PER_HOUR, rel=4 / math.sqrt(k))

    def test_rates_per_hour_and_their_spread(self, whole: Fit) -> None:
        for model, rate, k in (
            (whole.per_hour.true_alerts, TRUE_PER_HOUR, TRUE_K),
            (whole.per_hour.faces, FACES_PER_HOUR, FACES_K),
        ):
            assert model is not None
            assert model.k is not None
            # variance of a count of mean m is m + m^2 / k; 200 deployments of about 5.5 hours
            error = math.sqrt((1 / (5.5 * rate) + 1 / k) / 200)
            assert model.rate == pytest.approx(rate, rel=4 * error)
            # a gamma shape is known to a relative sqrt(2 / n), more with Poisson noise on top
            assert model.k == pytest.approx(k, rel=4 * math.sqrt(2 / 200) * (1 + k / (5.5 * rate)))

    def test_true_alerts_per_face(self, whole: Fit) -> None:
        ratio = whole.true_per_face
        assert ratio is not None
        error = math.sqrt((1 / 11 + 1 / TRUE_K + 1 / FACES_K) / 200)
        assert ratio.value == pytest.approx(TRUE_PER_HOUR / FACES_PER_HOUR, rel=4 * error)

    def test_shares(self, whole: Fit) -> None:
        for name, share in (("arrests", ARREST), ("other_disposal", OTHER), ("no_action", 1 - ARREST - OTHER)):
            found = whole.disposals[name]
            assert found.share == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / found.of))
        assert whole.stopped is not None
        n = whole.stopped.of
        assert whole.stopped.share == pytest.approx(STOPPED, abs=4 * math.sqrt(STOPPED * (1 - STOPPED) / n))

    def test_the_street_is_that_of_the_scenarios_threshold(self, whole: Fit) -> None:
        assert (whole.street.threshold, len(whole.street.frame), whole.street.list_size) == (0.64, 200, LIST)

    @pytest.mark.parametrize("exposure", EXPOSURES)
    def test_every_exposure_finds_the_slope_where_nothing_else_changes(self, tmp_path: Path, exposure: str) -> None:
        fits = likeliest(fitted(tmp_path, exposure=exposure))
        assert fits.slope == pytest.approx(SLOPE, abs=4 * fits.standard_error)

    def test_a_change_in_counting_faces_is_taken_for_a_slope_by_faces_alone(self, tmp_path: Path) -> None:
        """Seven times the faces at 0.64 add ln 7 / 0.04 = 49 to the slope per face and nothing to that per hour."""
        rows = TEXT.splitlines()
        cells = [row.split(",") for row in rows]
        at = -9
        for row in cells[201:]:
            row[at] = str(7 * int(row[at]))
        changed = "\n".join(",".join(row) for row in cells) + "\n"
        slopes = {
            (name, text == changed): likeliest(fitted(tmp_path, text, exposure=name)).slope
            for name in ("hours", "faces")
            for text in (TEXT, changed)
        }

        assert slopes["hours", True] == slopes["hours", False]
        assert slopes["faces", True] - slopes["faces", False] == pytest.approx(math.log(7) / 0.04)


def test_blocks_have_the_published_intervals(tmp_path: Path) -> None:
    """7 false alerts in 1,036.0 hours and 2,424,559 faces, 1,760 alerts: facts as published for 0.64."""
    rows = [
        f"2025-01-{1 + i % 28:02d},X,103.6,16000,0.64,{242455 + (i < 9)},176,175,0,{int(i < 7)},,80,10,85"
        for i in range(10)
    ]
    (block,) = fitted(tmp_path, table(*rows)).blocks

    low, high = block.per["hour"].exact_95
    assert (1 / block.per["hour"].rate, 1 / high, 1 / low) == pytest.approx((148, 71.8, 368), rel=0.002)
    low, high = block.per["face"].exact_95
    assert (1 / high, 1 / low) == pytest.approx((168_107, 861_495), rel=1e-3)
    assert block.per["alert"].rate == pytest.approx(0.00398, abs=1e-5)


def test_factors_by_every_denominator_are_the_published_ones(tmp_path: Path) -> None:
    """25 of 691 alerts in 593.1 hours and 491,246 faces, then 7 of 1,760 in 1,036.0 and 2,424,559: 6.2, 9.1 and 17.6."""
    rows = [
        "2024-05-01,X,593.083,12100,0.60,491246,691,666,0,25,,,,",
        "2025-05-01,X,1036.017,15792,0.64,2424559,1760,1753,0,7,,,,",
    ]
    found = rarer(*fitted(tmp_path, table(*rows)).blocks)

    assert {name: round(item.factor, 1) for name, item in found.items()} == {"hour": 6.2, "alert": 9.1, "face": 17.6}
    assert found["hour"].interval_95 == pytest.approx((2.7, 14.4), abs=0.05)


class TestSilences:
    """What the data cannot answer is said."""

    def test_one_threshold_teaches_no_slope_and_keeps_the_scenarios(self, tmp_path: Path) -> None:
        fit = fitted(tmp_path, first="2024-09-01")
        assert not false_of(fit).found.slope_learnt
        assert false_of(fit).law.slope_quantiles() == pytest.approx((35, 50, 70), rel=1e-3)
        assert "one threshold only (0.64), so nothing is learnt of the slope" in fit.silences[0]
        found = fitted_inputs(fit, ALL)
        assert found.of(SLOPE_KEY) is None
        assert found.of(FMR) is not None

    @pytest.mark.parametrize(("threshold", "given"), [(0.3, False), (0.52, True)])
    def test_a_rate_far_beyond_what_was_observed_is_not_given(
        self, tmp_path: Path, threshold: float, given: bool
    ) -> None:
        """By a slope of 50 from 0.52 to 0.64 is e^6 = 403 times, from 0.3 e^17."""
        text = simulated_text(60, thresholds=(threshold,))
        fit = fit_record(records_from(tmp_path, text), load_scenario("croydon-van"), question_of())

        assert (0.64 in [rate.threshold for rate in false_of(fit).found.rates]) is given
        assert any("No rate is given at the scenario's 0.64" in text for text in fit.silences) is not given

    def test_no_false_alerts_are_a_bound_and_a_proper_law(self, tmp_path: Path) -> None:
        text = table(
            *(
                f"2025-0{1 + i // 28}-{1 + i % 28:02d},X,5,16000,{0.6 if i < 20 else 0.64},9000,8,8,0,0,,4,1,3"
                for i in range(40)
            )
        )
        fit = fitted(tmp_path, text)
        assert "There is no false alert at any threshold, so no slope fits best" in fit.silences[0]
        low, middle, high = false_of(fit).law.rate_quantiles(0.64)
        assert 0 < low < middle < high < 3.7 / (100 * 16000)
        bound = fit.blocks[1].per["face"].none_in_95_one_sided
        assert bound == pytest.approx(-math.log(0.05) / 180_000, rel=1e-4)

    def test_no_column_of_false_alerts(self, tmp_path: Path) -> None:
        fit = fitted(tmp_path, without(TEXT, "false_alerts", "false_stopped"))
        assert fit.false_alerts is None
        assert fit.blocks == ()
        assert "counts no false alerts" in fit.silences[0]
        assert fitted_inputs(fit, ALL).draws == {}

    def test_no_threshold_is_taken_for_the_scenarios(self, tmp_path: Path) -> None:
        fit = fitted(tmp_path, without(TEXT, "threshold"))
        assert "prints no threshold; all of it is taken to be at the scenario's 0.64" in fit.silences[0]
        assert false_of(fit).found.thresholds == (0.64,)
        assert len(fit.street.frame) == 400

    def test_no_hours_no_faces_no_lists(self, tmp_path: Path) -> None:
        fit = fitted(tmp_path, without(TEXT, "hours", "faces", "watchlist_size"))
        found = fitted_inputs(fit, ALL)
        assert "gives threshold, hours and watchlist_size and false alerts together" in " ".join(fit.silences)
        assert [item.key for item in found.inputs if item.grade == "derived"] == [
            "procedure.disposals.wanted_arrest",
            "procedure.disposals.wanted_other",
            "procedure.look.accept_false",
        ]

    def test_a_number_printed_twice_gives_the_share_of_arrests_alone(self, tmp_path: Path) -> None:
        rows = [f"2025-01-{1 + i:02d},X,5,16000,0.64,9000,8,8,0,0,,4,{i % 4 + 1},{i % 4 + 1}" for i in range(20)]
        rows = [row.replace(",8,8,0,0,,4,", f",{5 + i % 4},{5 + i % 4},0,0,,4,") for i, row in enumerate(rows)]
        fit = fitted(tmp_path, table(*rows))
        assert list(fit.disposals) == ["arrests"]
        assert fit.disposals["arrests"].events == 80
        assert any("one number printed twice" in line for line in fit.silences)

    def test_disposals_that_do_not_add_up_are_left_out_and_counted(self, tmp_path: Path) -> None:
        rows = [f"2025-01-{1 + i:02d},X,5,16000,0.64,9000,8,8,0,0,,{4 + (i == 3)},1,3" for i in range(20)]
        fit = fitted(tmp_path, table(*rows))
        assert (fit.disposals["arrests"].events, fit.disposals_left_out) == (76, 1)

    def test_another_threshold_than_the_scenarios_is_said(self, tmp_path: Path) -> None:
        fit = fitted(tmp_path, last="2024-03-01")
        assert fit.street.threshold == 0.6
        assert "No deployment is at the scenario's threshold of 0.64" in " ".join(fit.silences)

    def test_a_record_of_other_days_than_the_scenarios_is_said(self, tmp_path: Path) -> None:
        """The van was in Croydon on 28 August 2024, a day of the simulated record; the lamp posts are not in it."""
        static = load_scenario("croydon-static")
        words = "None of the scenario's 14 days is in this record"
        assert not any("days is in this record" in line for line in fitted(tmp_path).silences)
        assert any(words in line for line in fit_record(records_from(tmp_path, TEXT), static, question_of()).silences)
        only = question_of(error_rates_only=True)
        assert not any(words in line for line in fit_record(records_from(tmp_path, TEXT), static, only).silences)

    def test_days_without_a_deployment_are_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(ScenarioError, match="no deployment in the days asked for; it has 2024-01-01 to 2025-02-03"):
            fitted(tmp_path, first="2030-01-01")

    def test_an_unknown_place_is_an_error_that_names_some(self, tmp_path: Path) -> None:
        with pytest.raises(ScenarioError, match=r'with "Leeds" in its name \(most frequent: Ilford, Croydon George'):
            fitted(tmp_path, place="Leeds")


class TestInputs:
    def test_a_place_limits_the_street_and_not_the_error_rates(self, whole: Fit, tmp_path: Path) -> None:
        there = fitted(tmp_path, place="croydon")
        assert len(there.street.frame) == 67
        assert len(there.everywhere.frame) == 200
        assert false_of(there).found.counts == false_of(whole).found.counts
        assert set(fitted_inputs(there, ALL).draws) == {FMR, SLOPE_KEY}

    def test_level_times_footfall_is_what_was_measured(self, whole: Fit) -> None:
        """Only the product is known: in every joint draw it is the drawn rate per hour and entry."""
        draws = fitted_inputs(whole, ALL).draws
        assert set(draws) == {FMR, SLOPE_KEY, PASSAGES}
        product = sorted((draws[FMR] * draws[PASSAGES]).tolist())
        low, middle, high = false_of(whole).law.rate_quantiles(0.64)
        n = len(product)
        assert (product[n // 40], product[n // 2], product[n - n // 40]) == pytest.approx((low, middle, high), rel=0.02)

    def test_error_rates_alone_leave_the_street_as_it_is(self, tmp_path: Path) -> None:
        fit = fitted(tmp_path, error_rates_only=True)
        found = fitted_inputs(fit, ALL)
        assert [item.key for item in found.inputs] == [FMR, SLOPE_KEY, "procedure.look.accept_false"]
        assert set(found.draws) == {FMR, SLOPE_KEY}
        assert (found.plain, found.list_size, found.removed) == ({}, None, ())

    def test_without_faces_the_level_goes_with_the_scenarios_own_footfall(self, tmp_path: Path) -> None:
        fit = fitted(tmp_path, without(TEXT, "faces"), error_rates_only=True)
        draws = fitted_inputs(fit, ALL).draws
        assert set(draws) == {FMR, SLOPE_KEY, PASSAGES}
        assert sorted(draws[PASSAGES])[1024] == pytest.approx(VAN.street.passages_per_hour.value, rel=0.01)

    def test_exposures_lead_to_the_same_level_where_nothing_changes(self, tmp_path: Path) -> None:
        expected = FALSE_PER_HOUR / LIST / FACES_PER_HOUR
        for name in EXPOSURES:
            assert value_of(FMR, fitted(tmp_path, exposure=name)) == pytest.approx(
                expected, rel=4 / math.sqrt(0.03 * 1100)
            )

    def test_rates_are_divided_by_the_share_a_force_records(self, whole: Fit) -> None:
        some = ShareRecorded(true=0.8, false=0.5)
        for key, factor in ((TRUE, 0.8), (FMR, 0.5)):
            assert value_of(key, whole, some) == pytest.approx(value_of(key, whole) / factor, rel=1e-3)

    def test_disposals_of_wanted_people_give_the_share_of_all(self, whole: Fit) -> None:
        arrest = value_of("procedure.disposals.wanted_arrest", whole)
        c, s = VAN.watchlist.conditions_share.value, VAN.watchlist.stale_share.value
        d = VAN.procedure.disposals
        together = (1 - s) * ((1 - c) * arrest + c * d.conditions_arrest.value) + s * d.stale_arrest.value
        assert together == pytest.approx(whole.disposals["arrests"].share, abs=1e-3)

    @pytest.mark.parametrize("missing", [(), ("false_alerts",), ("hours", "threshold"), ("faces", "watchlist_size")])
    def test_what_was_found_is_read_back_equal(self, tmp_path: Path, missing: tuple[str, ...]) -> None:
        found = summed_up(fitted(tmp_path, without(TEXT, *missing), first="2024-02-01"))
        data = json.loads(found.to_json())
        assert FitFound.from_data(data) == found
        assert (data["schema"], data["question"]["from"]) == ("lfrsim-fit/1", "2024-02-01")


def summed_up(fit: Fit) -> FitFound:
    return summarise_fit(fit, fitted_inputs(fit, ALL))


def test_none_in_hours_is_bounded_as_a_poisson_count_and_none_of_alerts_as_a_share(tmp_path: Path) -> None:
    """0 in 5.5 camera hours: up to 3.0 / 5.5 an hour, one in 1.8 hours; 0 of 9 alerts: 1 - 0.05 ** (1 / 9)."""
    row = "2024-08-06,Ilford,5.5,15500,0.64,9000,9,9,0,0,0,4,1,4"
    per = fitted(tmp_path, table(row)).blocks[0].per

    bounds = {name: per[name].none_in_95_one_sided for name in ("hour", "face", "alert")}
    assert bounds == pytest.approx(
        {"hour": -math.log(0.05) / 5.5, "face": -math.log(0.05) / 9000, "alert": 1 - 0.05 ** (1 / 9)}
    )


def test_without_a_false_alert_rates_have_a_bound_and_no_value(tmp_path: Path) -> None:
    false = false_of(fitted(tmp_path, table("2024-08-06,Ilford,5.5,15500,0.64,9000,9,9,0,0,0,4,1,4")))

    (rate,) = false.found.rates
    assert (false.found.none, rate.median, rate.interval_95[0]) == (True, None, 0)


def test_stops_at_another_threshold_do_not_replace_the_scenarios(tmp_path: Path) -> None:
    """Operators follow how often alerts are right, which goes with the threshold."""
    text = table(
        "2022-01-28,Ilford,5,9000,,9000,10,6,0,4,3,4,1,1", "2024-08-06,Ilford,5,15500,0.64,9000,9,9,0,0,0,4,1,4"
    )
    fit = fitted(tmp_path, text)

    assert fit.stopped is None
    assert any(
        "at the scenario's threshold of 0.64 whether somebody was stopped (3 of 4 were of rows without a threshold, "
        "2022-01-28 to 2022-01-28)" in line
        for line in fit.silences
    )
    there = fitted(tmp_path, text.replace(",9,9,0,0,0,4,1,4", ",9,7,0,2,1,4,1,2"))
    assert there.stopped is not None
    assert (there.stopped.events, there.stopped.of) == (1, 2)


def test_rows_of_several_sites_are_no_scenario_of_one_place(whole: Fit, tmp_path: Path) -> None:
    (caution,) = summed_up(whole).street.cautions

    assert "the mean of 2 sites (most frequent: Ilford, Croydon George Street)" in caution
    assert "--place TEXT takes one place alone; --error-rates-only" in caution
    assert all("mean of 2 sites" in item.source for item in fitted_inputs(whole, ALL).inputs if item.key == PASSAGES)
    one = summed_up(fitted(tmp_path, place="Croydon")).street
    assert (one.sites, one.cautions) == (1, ())
    assert summed_up(fitted(tmp_path, error_rates_only=True)).street.cautions == ()


def test_faces_that_are_not_counted_alike_are_told_where_rates_are_per_face(tmp_path: Path) -> None:
    cells = [row.split(",") for row in simulated_text(120).splitlines()]
    for row in cells[61:]:
        row[-9] = str(7 * int(row[-9]))
    text = "\n".join(",".join(row) for row in cells) + "\n"

    assert summed_up(fitted(tmp_path, text)).faces_unlike is None
    assert summed_up(fitted(tmp_path, exposure="faces")).faces_unlike is None
    assert summed_up(fitted(tmp_path, text, exposure="faces")).faces_unlike == pytest.approx(7, rel=0.3)


@pytest.mark.parametrize(("false", "off"), [((2, 20, 1), [0.60, 0.62, 0.64]), ((8, 4, 2), [])])
def test_a_threshold_off_the_line_is_told(tmp_path: Path, false: tuple[int, ...], off: list[float]) -> None:
    """2, 20 and 1 false alerts in equal hours at 0.60, 0.62 and 0.64 are no straight line; 8, 4 and 2 are one."""
    rows = [
        f"2024-0{i + 1}-06,Ilford,5.5,15500,{t},9000,40,{40 - k},0,{k},0,{40 - k},0,0"
        for i, (t, k) in enumerate(zip((0.60, 0.62, 0.64), false, strict=True))
    ]

    assert [item.threshold for item in false_of(fitted(tmp_path, table(*rows))).found.off_the_line()] == off
