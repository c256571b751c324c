"""A record with known truth gives it back, and what a record cannot say is said, not guessed."""

from __future__ import annotations

import datetime as dt
import json
import math
from dataclasses import replace
from pathlib import Path

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

from simulator.evidence.fit.blocks import factors
from simulator.evidence.fit.exposures import EXPOSURES
from simulator.evidence.fit.fitted_inputs import FMR, PASSAGES, TRUE, fitted_inputs
from simulator.evidence.fit.fitted_inputs import SLOPE as SLOPE_KEY
from simulator.evidence.fit.found import summarise_fit
from simulator.evidence.fit.share_recorded import Left
from simulator.evidence.fit.whole_fit import Fit, Question, fit_record
from simulator.scenario import ScenarioError, load_scenario

VAN = load_scenario("croydon-van")
TEXT = simulated_text()


def fitted(folder: Path, text: str = TEXT, **asked: object) -> Fit:
    return fit_record(records_from(folder, text), VAN, replace(Question(), **asked))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Fit:
    return fitted(tmp_path_factory.mktemp("record"))


class TestKnownTruth:
    """400 deployments, half at 0.60: each truth lies within 4 standard errors of its estimate."""

    def test_slope_and_level(self, whole: Fit) -> None:
        false = whole.false_alerts
        assert false is not None
        assert false.likeliest is not None
        assert false.likeliest.slope == pytest.approx(SLOPE, abs=4 * false.likeliest.error)
        low, _, high = (LIST * rate for rate in false.law.rate_quantiles(0.64))
        k = false.counts.k[1]
        assert high / low < math.exp(2 * 1.96 * 1.2 / math.sqrt(k))
        assert false.likeliest.level * LIST == pytest.approx(FALSE_PER_HOUR, rel=4 / math.sqrt(k))

    def test_rates_per_hour_and_their_spread(self, whole: Fit) -> None:
        for model, rate, k in ((whole.true_alerts, TRUE_PER_HOUR, TRUE_K), (whole.faces, FACES_PER_HOUR, FACES_K)):
            assert model is not None
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
            assert found.value == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / found.trials))
        assert whole.stopped is not None
        n = whole.stopped.trials
        assert whole.stopped.value == pytest.approx(STOPPED, abs=4 * math.sqrt(STOPPED * (1 - STOPPED) / n))

    def test_the_street_is_that_of_the_scenarios_threshold(self, whole: Fit) -> None:
        assert (whole.street.threshold, len(whole.street.frame), whole.street.list_size) == (0.64, 200, LIST)

    @pytest.mark.parametrize("exposure", EXPOSURES)
    def test_every_exposure_finds_the_slope_where_nothing_else_changes(self, tmp_path: Path, exposure: str) -> None:
        false = fitted(tmp_path, exposure=EXPOSURES[exposure]).false_alerts
        assert false is not None
        assert false.likeliest is not None
        assert false.likeliest.slope == pytest.approx(SLOPE, abs=4 * false.likeliest.error)

    def test_a_change_in_counting_faces_is_taken_for_a_slope_by_faces_alone(self, tmp_path: Path) -> None:
        """Seven times the faces at 0.64 add ln 7 / 0.04 = 49 to the slope per face and nothing to that per hour."""
        rows = TEXT.splitlines()
        cells = [row.split(",") for row in rows]
        at = -9
        for row in cells[201:]:
            row[at] = str(7 * int(row[at]))
        changed = "\n".join(",".join(row) for row in cells) + "\n"
        slopes = {}
        for name in ("hours", "faces"):
            for text in (TEXT, changed):
                false = fitted(tmp_path, text, exposure=EXPOSURES[name]).false_alerts
                assert false is not None
                assert false.likeliest is not None
                slopes[name, text == changed] = false.likeliest.slope

        assert slopes["hours", True] == slopes["hours", False]
        assert slopes["faces", True] - slopes["faces", False] == pytest.approx(math.log(7) / 0.04)


def test_blocks_have_the_published_intervals(tmp_path: Path) -> None:
    """7 false alerts in 1,036.0 hours and 2,424,559 faces, 1,760 alerts: facts as published for 0.64."""
    rows = [
        f"2025-01-{1 + i % 28:02d},X,103.6,16000,0.64,{242455 + (i < 9)},176,175,0,{int(i < 7)},,80,10,85"
        for i in range(10)
    ]
    (block,) = fitted(tmp_path, table(*rows)).blocks

    low, high = block.rates["hour"][1]
    assert (1 / block.rates["hour"][0], 1 / high, 1 / low) == pytest.approx((148, 71.8, 368), rel=0.002)
    low, high = block.rates["face"][1]
    assert (1 / high, 1 / low) == pytest.approx((168_107, 861_495), rel=1e-3)
    assert block.rates["alert"][0] == pytest.approx(0.00398, abs=1e-5)


def test_factors_by_every_denominator_are_the_published_ones(tmp_path: Path) -> None:
    """25 of 691 alerts in 593.1 hours and 491,246 faces, then 7 of 1,760 in 1,036.0 and 2,424,559: 6.2, 9.1 and 17.6."""
    rows = [
        "2024-05-01,X,593.083,12100,0.60,491246,691,666,0,25,,,,",
        "2025-05-01,X,1036.017,15792,0.64,2424559,1760,1753,0,7,,,,",
    ]
    found = factors(*fitted(tmp_path, table(*rows)).blocks)

    assert {name: round(factor, 1) for name, (factor, _) in found.items()} == {"hour": 6.2, "alert": 9.1, "face": 17.6}
    assert found["hour"][1] == pytest.approx((2.7, 14.4), abs=0.05)


class TestSilences:
    """What the data cannot answer is said."""

    def test_one_threshold_teaches_no_slope_and_keeps_the_scenarios(self, tmp_path: Path) -> None:
        fit = fitted(tmp_path, first=dt.date(2024, 9, 1))
        assert fit.false_alerts is not None
        assert not fit.false_alerts.learnt
        assert fit.false_alerts.law.slope_quantiles() == pytest.approx((35, 50, 70), rel=1e-3)
        assert "one threshold only (0.64), so nothing is learnt of the slope" in fit.silences[0]
        found = fitted_inputs(fit, Left())
        assert found.of(SLOPE_KEY) is None
        assert found.of(FMR) is not None

    def test_no_false_alerts_are_a_bound_and_a_proper_law(self, tmp_path: Path) -> None:
        text = table(
            *(
                f"2025-0{1 + i // 28}-{1 + i % 28:02d},X,5,16000,{0.6 if i < 20 else 0.64},9000,8,8,0,0,,4,1,3"
                for i in range(40)
            )
        )
        fit = fitted(tmp_path, text)
        assert "There is no false alert at any threshold, so no slope fits best" in fit.silences[0]
        assert fit.false_alerts is not None
        low, middle, high = fit.false_alerts.law.rate_quantiles(0.64)
        assert 0 < low < middle < high < 3.7 / (100 * 16000)
        summary = summarise_fit(fit, fitted_inputs(fit, Left()))
        bound = summary["blocks"][1]["per"]["face"]["none_in_95_one_sided"]
        assert bound == pytest.approx(-math.log(0.05) / 180_000, rel=1e-4)

    def test_no_column_of_false_alerts(self, tmp_path: Path) -> None:
        fit = fitted(tmp_path, without(TEXT, "false_alerts", "false_stopped"))
        assert fit.false_alerts is None
        assert fit.blocks == ()
        assert "counts no false alerts" in fit.silences[0]
        assert fitted_inputs(fit, Left()).draws == {}

    def test_no_threshold_is_taken_for_the_scenarios(self, tmp_path: Path) -> None:
        fit = fitted(tmp_path, without(TEXT, "threshold"))
        assert "prints no threshold; all of it is taken to be at the scenario's 0.64" in fit.silences[0]
        assert fit.false_alerts is not None
        assert fit.false_alerts.counts.thresholds.tolist() == [0.64]
        assert len(fit.street.frame) == 400

    def test_no_hours_no_faces_no_lists(self, tmp_path: Path) -> None:
        fit = fitted(tmp_path, without(TEXT, "hours", "faces", "watchlist_size"))
        found = fitted_inputs(fit, Left())
        assert "gives threshold, hours and watchlist_size and false alerts together" in " ".join(fit.silences)
        assert [item.key for item in found.inputs] == [
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
        fit = fitted(tmp_path, last=dt.date(2024, 3, 1))
        assert fit.street.threshold == 0.6
        assert "No deployment is at the scenario's threshold of 0.64" in " ".join(fit.silences)

    def test_a_record_of_other_days_than_the_scenarios_is_said(self, tmp_path: Path) -> None:
        """The van was in Croydon on 28 August 2024, a day of the simulated record; the lamp posts are not in it."""
        static = load_scenario("croydon-static")
        words = "None of the scenario's 14 days is in this record"
        assert not any("days is in this record" in line for line in fitted(tmp_path).silences)
        assert any(words in line for line in fit_record(records_from(tmp_path, TEXT), static, Question()).silences)
        only = Question(errors_only=True)
        assert not any(words in line for line in fit_record(records_from(tmp_path, TEXT), static, only).silences)

    def test_days_without_a_deployment_are_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(ScenarioError, match="no deployment in the days asked for; it has 2024-01-01 to 2025-02-03"):
            fitted(tmp_path, first=dt.date(2030, 1, 1))

    def test_an_unknown_place_is_an_error_that_names_some(self, tmp_path: Path) -> None:
        with pytest.raises(ScenarioError, match=r'with "Leeds" in its name \(most frequent: Ilford, Croydon George'):
            fitted(tmp_path, place="Leeds")


class TestInputs:
    def test_a_place_limits_the_street_and_not_the_error_rates(self, whole: Fit, tmp_path: Path) -> None:
        there = fitted(tmp_path, place="croydon")
        assert len(there.street.frame) == 67
        assert len(there.everywhere.frame) == 200
        assert there.false_alerts is not None
        assert whole.false_alerts is not None
        assert there.false_alerts.counts.k.tolist() == whole.false_alerts.counts.k.tolist()
        assert set(fitted_inputs(there, Left()).draws) == {FMR, SLOPE_KEY}

    def test_level_times_footfall_is_what_was_measured(self, whole: Fit) -> None:
        """Only the product is known: in every joint draw it is the drawn rate per hour and entry."""
        draws = fitted_inputs(whole, Left()).draws
        assert set(draws) == {FMR, SLOPE_KEY, PASSAGES}
        assert whole.false_alerts is not None
        product = sorted((draws[FMR] * draws[PASSAGES]).tolist())
        low, middle, high = whole.false_alerts.law.rate_quantiles(0.64)
        n = len(product)
        assert (product[n // 40], product[n // 2], product[n - n // 40]) == pytest.approx((low, middle, high), rel=0.02)

    def test_error_rates_alone_leave_the_street_as_it_is(self, tmp_path: Path) -> None:
        fit = fitted(tmp_path, errors_only=True)
        found = fitted_inputs(fit, Left())
        assert [item.key for item in found.inputs] == [FMR, SLOPE_KEY, "procedure.look.accept_false"]
        assert set(found.draws) == {FMR, SLOPE_KEY}
        assert (found.plain, found.list_size, found.removed) == ({}, None, ())

    def test_without_faces_the_level_goes_with_the_scenarios_own_footfall(self, tmp_path: Path) -> None:
        fit = fitted(tmp_path, without(TEXT, "faces"), errors_only=True)
        draws = fitted_inputs(fit, Left()).draws
        assert set(draws) == {FMR, SLOPE_KEY, PASSAGES}
        assert sorted(draws[PASSAGES])[1024] == pytest.approx(VAN.street.passages_per_hour.value, rel=0.01)

    def test_exposures_lead_to_the_same_level_where_nothing_changes(self, tmp_path: Path) -> None:
        levels = {}
        for name, exposure in EXPOSURES.items():
            item = fitted_inputs(fitted(tmp_path, exposure=exposure), Left()).of(FMR)
            assert item is not None
            levels[name] = item.value
        expected = FALSE_PER_HOUR / LIST / FACES_PER_HOUR
        for value in levels.values():
            assert value == pytest.approx(expected, rel=4 / math.sqrt(0.03 * 1100))

    def test_rates_are_divided_by_the_share_a_force_records(self, whole: Fit) -> None:
        plain, divided = fitted_inputs(whole, Left()), fitted_inputs(whole, Left(0.8, 0.5))
        for key, factor in ((TRUE, 0.8), (FMR, 0.5)):
            before, after = plain.of(key), divided.of(key)
            assert before is not None
            assert after is not None
            assert after.value == pytest.approx(before.value / factor, rel=1e-3)

    def test_disposals_of_wanted_people_give_the_share_of_all(self, whole: Fit) -> None:
        item = fitted_inputs(whole, Left()).of("procedure.disposals.wanted_arrest")
        assert item is not None
        c, s = VAN.watchlist.conditions_share.value, VAN.watchlist.stale_share.value
        d = VAN.procedure.disposals
        together = (1 - s) * ((1 - c) * item.value + c * d.conditions_arrest.value) + s * d.stale_arrest.value
        assert together == pytest.approx(whole.disposals["arrests"].value, abs=1e-3)

    def test_the_summary_is_json_without_infinities(self, whole: Fit) -> None:
        summary = summarise_fit(whole, fitted_inputs(whole, Left()))
        again = json.loads(json.dumps(summary, allow_nan=False))
        assert again["false_alerts"]["thresholds"] == [0.6, 0.64]
        assert again["question"]["exposure"] == "hours"
        assert {item["key"] for item in again["inputs"]} >= {FMR, SLOPE_KEY, TRUE, PASSAGES}


def summed_up(fit: Fit) -> dict[str, object]:
    return summarise_fit(fit, fitted_inputs(fit, Left()))


def test_none_in_hours_is_bounded_as_a_poisson_count_and_none_of_alerts_as_a_share(tmp_path: Path) -> None:
    """0 in 5.5 camera hours: up to 3.0 / 5.5 an hour, one in 1.8 hours; 0 of 9 alerts: 1 - 0.05 ** (1 / 9)."""
    row = "2024-08-06,Ilford,5.5,15500,0.64,9000,9,9,0,0,0,4,1,4"
    per = summed_up(fitted(tmp_path, table(row)))["blocks"][0]["per"]  # type: ignore[index]

    assert per["hour"]["none_in_95_one_sided"] == pytest.approx(-math.log(0.05) / 5.5)
    assert 1 / per["hour"]["none_in_95_one_sided"] == pytest.approx(1.8, abs=0.05)
    assert per["face"]["none_in_95_one_sided"] == pytest.approx(-math.log(0.05) / 9000)
    assert per["alert"]["none_in_95_one_sided"] == pytest.approx(1 - 0.05 ** (1 / 9))


def test_without_a_false_alert_rates_have_a_bound_and_no_value(tmp_path: Path) -> None:
    false = summed_up(fitted(tmp_path, table("2024-08-06,Ilford,5.5,15500,0.64,9000,9,9,0,0,0,4,1,4")))["false_alerts"]

    assert [rate["median"] for rate in false["rates"]] == [None]  # type: ignore[index]
    assert false["rates"][0]["interval_95"][0] == 0  # type: ignore[index]


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
    assert (there.stopped.events, there.stopped.trials) == (1, 2)


def test_rows_of_several_sites_are_no_scenario_of_one_place(whole: Fit, tmp_path: Path) -> None:
    caution = summed_up(whole)["street"]["cautions"][0]  # type: ignore[index]

    assert "the mean of 2 sites (most frequent: Ilford, Croydon George Street)" in caution
    assert "--place TEXT takes one place alone; --error-rates-only" in caution
    assert all("mean of 2 sites" in item.source for item in fitted_inputs(whole, Left()).inputs if item.key == PASSAGES)
    one = summed_up(fitted(tmp_path, place="Croydon"))["street"]
    assert (one["sites"], one["cautions"]) == (1, [])  # type: ignore[index]
    assert summed_up(fitted(tmp_path, errors_only=True))["street"]["cautions"] == []  # type: ignore[index]
