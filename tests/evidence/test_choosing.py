"""``choose`` from question to answer on real scenarios: both presets, what decides, and what stays the same."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.evidence import kept
from simulator.evidence.choose.answers import Answer
from simulator.evidence.choose.asked import answered, choose
from simulator.evidence.choose.found import CLOSED_DRAWS, ChooseFound
from simulator.evidence.choose.limits import LimitError
from simulator.evidence.choose.question import ThresholdsError, campaigns_in, question_of, settings_of
from simulator.evidence.counted.closed_forms import closed_forms
from simulator.scenario import ScenarioError, load_scenario
from simulator.scenario.inputs import drawn_inputs, median_inputs

THRESHOLDS = (0.60, 0.62, 0.64, 0.66, 0.68)
LIMITS = ("false_alerts<=1.5", "listed_stopped>=150")
FEW: dict[str, Any] = {"replications": 120, "draws": 60, "workers": 1}


def found(*limits: str, name: str = "croydon-static", over: Any = THRESHOLDS, **changes: Any) -> ChooseFound:
    return choose(name, limits or LIMITS, over, **(FEW | changes))


@pytest.fixture(scope="module")
def croydon() -> ChooseFound:
    return found()


def answer(made: ChooseFound, limit: int, which: int, preset: int = 0) -> Answer:
    return made.presets[preset].answers[limit][which]


class TestBothPresets:
    def test_the_scenario_is_answered_for_with_its_own_preset_first_and_the_other(self, croydon: ChooseFound) -> None:
        assert [preset.preset for preset in croydon.presets] == ["field", "npl"]
        own = found(overrides=("recogniser.preset=npl",))
        assert [preset.preset for preset in own.presets] == ["npl", "field"]
        # the same two answers, in the other order
        assert own.presets[1].answers == croydon.presets[0].answers

    def test_a_scenario_without_a_preset_is_answered_for_once(self) -> None:
        made = found("alerts<=1e9", name="school-street")
        presets = load_scenario("school-street").recogniser.known_preset
        assert len(made.presets) == (2 if presets else 1)

    def test_both_presets_find_different_thresholds(self, croydon: ChooseFound) -> None:
        """Below 0.64 they disagree twelvefold."""
        means = [[row.limits[0].mean for row in preset.thresholds] for preset in croydon.presets]
        assert means[1][0] > 8 * means[0][0]
        assert means[1][-1] < means[0][-1]


class TestAgainstClosedForms:
    """False alerts have a closed form, a little above what is simulated: the answers must agree with it."""

    @pytest.mark.parametrize(("preset", "name"), [(0, "field"), (1, "npl")])
    def test_averages(self, croydon: ChooseFound, preset: int, name: str) -> None:
        scenario = load_scenario("croydon-static", [f"recogniser.preset={name}"])
        for row in croydon.presets[preset].thresholds:
            verdict = row.limits[0]
            exact = float(
                closed_forms(scenario, median_inputs(scenario, 1), row.threshold, 16_500.0)["false_alerts"][0]
            )
            assert verdict.closed_form == pytest.approx(exact)
            if verdict.mean_95 is None:
                # none seen: the formula stands in
                assert verdict.mean == pytest.approx(exact)
                continue
            low, high = verdict.mean_95
            # twice the 95 % interval, and a tenth for repeats and depletion
            assert low - (high - low) < exact
            assert verdict.mean + (high - low) > 0.85 * exact

    def test_the_lowest_threshold_on_average_is_that_of_the_formula(self) -> None:
        """Where the formula is far from the limit at both neighbours nothing but the right threshold can come out."""
        scenario = load_scenario("croydon-static")
        exact = [
            float(closed_forms(scenario, median_inputs(scenario, 1), t, 16_500.0)["false_alerts"][0])
            for t in THRESHOLDS
        ]
        middles = [(lower * higher) ** 0.5 for lower, higher in pairwise(exact)]
        # each limit is held against the same campaigns
        made = found(*(f"false_alerts<={middle!r}" for middle in middles), replications=400)
        assert [answer(made, i, 0).edge for i in range(len(middles))] == [*THRESHOLDS[1:]], (middles, exact)

    def test_what_the_inputs_do_is_that_of_the_formula(self, croydon: ChooseFound) -> None:
        """The bound for any inputs is the bound on average times the upper 95 % of the closed form at drawn inputs."""
        scenario = load_scenario("croydon-static")
        rng = np.random.default_rng(1)
        inputs = drawn_inputs(scenario, CLOSED_DRAWS, lambda key: rng.random(CLOSED_DRAWS))
        for row in croydon.presets[0].thresholds:
            forms = closed_forms(scenario, inputs, row.threshold, 16_500.0)["false_alerts"]
            middle = closed_forms(scenario, median_inputs(scenario, 1), row.threshold, 16_500.0)["false_alerts"]
            bounds = row.limits[0].bounds
            # the 95 % quantile of 4,096 draws is known to a few per cent
            assert bounds["any_inputs"] / bounds["on_average"] == pytest.approx(
                float(np.quantile(forms, 0.95) / middle[0]), rel=0.1
            )


class TestThreeAnswers:
    def test_what_covers_more_starts_no_lower(self, croydon: ChooseFound) -> None:
        for preset in (0, 1):
            average, inputs = (answer(croydon, 0, which, preset).edge for which in (0, 1))
            assert average is not None
            assert inputs is None or inputs >= average

    def test_a_limit_of_at_least_is_met_from_below(self, croydon: ChooseFound) -> None:
        given = answer(croydon, 1, 0)
        assert not given.and_above
        assert given.meets[0] == 0.60

    def test_nothing_and_everything(self) -> None:
        made = found("false_alerts<=0", "false_alerts<=100000")
        for which in range(3):
            assert answer(made, 0, which).meets is None
            assert answer(made, 1, which).all
            assert answer(made, 1, which).meets == (0.60, 0.68)

    def test_limits_together_lie_in_each_and_may_conflict(self, croydon: ChooseFound) -> None:
        both = croydon.presets[0].all_limits[0].meets
        each = [answer(croydon, i, 0).meets for i in (0, 1)]
        assert both == (max(run[0] for run in each), min(run[1] for run in each))

        against = found("false_alerts<=0.5", "false_alerts>=3").presets[0]
        assert [given[0].meets is None for given in against.answers] == [False, False]
        assert against.all_limits[0].meets is None

    def test_one_limit_has_no_together(self) -> None:
        assert found("false_alerts<=1").presets[0].all_limits is None

    def test_a_limit_per_year_is_held_against_simulated_years(self) -> None:
        """All three answers are then of years, also those to a limit on a rate."""
        made = found("false_alerts<=3 per year", "false_alerts_per_deployment<=0.1", over=(0.62, 0.66))
        assert (made.scenario.unit, made.scenario.deployments) == ("year", 48)
        for row in made.presets[0].thresholds:
            of_year, of_deployment = row.limits
            assert of_year.units_per_campaign == 1
            assert of_deployment.units_per_campaign == 48
            assert of_year.mean == pytest.approx(48 * of_deployment.mean)
            assert of_year.campaigns_that_keep.campaigns == 120


class TestNothingUnknown:
    def test_any_inputs_are_then_the_middle_ones(self) -> None:
        """The lesson has round numbers without intervals: what differs between draws is chance, and is not called ignorance."""
        made = found("liberty_lost_min<=300", "false_alerts<=60", name="school-street")
        assert made.run.uncertain_inputs == 0
        for row in made.presets[0].thresholds:
            for verdict in row.limits:
                assert verdict.bounds["any_inputs"] == verdict.bounds["on_average"]
                assert verdict.with_ignorance.average_95 is None
        for i in (0, 1):
            assert answer(made, i, 0).meets == answer(made, i, 1).meets is not None


class TestRareEvents:
    def test_where_none_was_simulated_the_formula_speaks_and_says_so(self) -> None:
        made = found("wrongful_stops<=0.05", over=(0.70, 0.74), replications=60)
        for row in made.presets[0].thresholds:
            verdict = row.limits[0]
            if verdict.basis != "simulated":
                assert verdict.basis.startswith("closed form")
                assert 0 < verdict.mean == verdict.closed_form
        assert any(row.limits[0].basis != "simulated" for row in made.presets[0].thresholds)
        assert answer(made, 0, 0).meets == (0.70, 0.74)

    def test_where_nobody_can_be_stopped_that_is_said(self) -> None:
        made = found("wrongful_stops<=0", overrides=("officers.teams=0",))
        assert answer(made, 0, 0).all
        assert answer(made, 0, 1).all

    def test_what_was_assumed_to_be_zero_is_named(self) -> None:
        made = found("bystander_stops<=0", overrides=("procedure.bystander=0",))
        assert made.limits[0].assumed_zero == "procedure.bystander"
        some = found("bystander_stops<=0", overrides=("procedure.bystander=0.05",))
        assert some.limits[0].assumed_zero is None


class TestReproducible:
    def test_workers_and_engines_change_nothing(self, croydon: ChooseFound) -> None:
        assert found(workers=2) == croydon
        process, kernel = (
            found("alerts<=1000", name="school-street", over="0.62,0.64", replications=60, engine=engine)
            for engine in ("process", "kernel")
        )
        assert process == kernel

    def test_another_seed_is_another_draw(self, croydon: ChooseFound) -> None:
        assert found(seed=2).presets != croydon.presets

    def test_progress_is_told_of_every_campaign(self) -> None:
        asked = question_of("croydon-static", "false_alerts<=1", THRESHOLDS, replications=120, draws=60)
        settings, unread = settings_of(asked)
        told: list[int] = []
        answered(asked, settings, unread, workers=1, progress=told.append)
        assert sum(told) == campaigns_in(settings) == 2 * 5 * (120 + 120)


class TestKept:
    def test_what_was_found_is_read_back_from_its_json(self, croydon: ChooseFound, tmp_path: Path) -> None:
        (tmp_path / "choice.json").write_text(croydon.to_json(), "utf-8")
        assert kept.read(tmp_path / "choice.json") == croydon
        assert ChooseFound.from_data(json.loads(croydon.to_json())) == croydon

    def test_a_row_for_each_limit_at_each_threshold_of_each_preset(self, croydon: ChooseFound) -> None:
        made = croydon.to_frame()
        assert list(made.groupby(["preset", "threshold", "limit"]).size()) == [1] * 2 * 5 * 2
        row = made[(made["preset"] == "npl") & (made["threshold"] == 0.64) & (made["limit"] == LIMITS[0])].iloc[0]
        at = croydon.presets[1].at(0.64)
        assert at is not None
        assert (row["mean_95_low"], row["mean_95_high"]) == at.limits[0].mean_95
        assert row["bound_any_inputs"] == at.limits[0].bounds["any_inputs"]
        assert bool(row["on_average"]) is at.limits[0].meets["on_average"]


class TestRefused:
    def test_a_year_that_is_not_stated(self) -> None:
        with pytest.raises(LimitError, match=r"not known: say how .* \(--set campaign.deployments_a_year=N\)"):
            found("false_alerts_per_year<=10", name="school-street")

    def test_years_and_campaigns_in_one_question(self) -> None:
        """Unless the campaign is a year."""
        limits = ("false_alerts_per_year<=10", "wrongful_stops<=1")
        with pytest.raises(LimitError, match='"wrongful_stops<=1" is per campaign and another limit per year'):
            found(*limits)
        of_both = question_of("met-report-year", limits, (0.64,), replications=60, draws=60)
        assert settings_of(of_both)[0][0].scenario.campaign.days == load_scenario("met-report-year").campaign.days

    def test_an_override_that_the_scenario_does_not_know(self) -> None:
        with pytest.raises(ScenarioError, match="recogniser"):
            found(overrides=("recogniser.treshold=0.6",))

    def test_thresholds_that_are_none_and_too_few_campaigns(self) -> None:
        with pytest.raises(ThresholdsError, match=r"between 0 and 1 \(got 1.2\)"):
            found(over=(0.6, 1.2))
        with pytest.raises(ValueError, match=r"replications must be at least 60.*\(got 59\)"):
            found(replications=59)

    def test_thresholds_at_which_almost_everybody_would_alert_are_left_out_and_named(self) -> None:
        made = found("false_alerts<=1", over=(0.50, 0.60, 0.64))
        npl = made.presets[1]
        assert npl.not_simulated == (0.50,)
        assert [row.threshold for row in npl.thresholds] == [0.60, 0.64]
        assert not npl.answers[0][0].all
