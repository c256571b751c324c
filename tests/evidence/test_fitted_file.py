"""The fitted scenario is the user's own file with new values: it loads, runs, and records what the record has."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fit_records import records_from, simulated_text, without
from record_texts import table as table_text
from scenario_texts import MINIMAL, with_change

from simulator.evidence.counted.measures import measure
from simulator.evidence.fit import share_recorded as left
from simulator.evidence.fit.exposures import EXPOSURES
from simulator.evidence.fit.fitted_file import check_free, settle, write_fitted
from simulator.evidence.fit.fitted_values import FMR, PASSAGES, SLOPE, TRUE
from simulator.evidence.fit.question import question_of
from simulator.evidence.fit.share_recorded import share_recorded
from simulator.evidence.fit.whole_fit import fit_record
from simulator.evidence.run.study import run_study
from simulator.experiment.campaigns import campaigns_of
from simulator.experiment.files import OutputError
from simulator.response.engines import engine_named
from simulator.scenario import ScenarioError, find_scenario, load_scenario
from simulator.scenario.models import Scenario

TEXT = simulated_text()


def written(folder: Path, scenario: str | Path, text: str = TEXT, **asked: Any) -> tuple[Path, Scenario]:
    """Fit *scenario* to the record *text* in *folder*, write it, and load it again."""
    source = find_scenario(scenario) if isinstance(scenario, str) else scenario
    fit = fit_record(records_from(folder, text), load_scenario(scenario), question_of(**asked))
    path = folder / "fitted.yaml"
    write_fitted(fit, settle(fit, source), source, path)
    return path, load_scenario(path)


@pytest.fixture(scope="module", autouse=True)
def few_campaigns() -> Iterator[None]:
    """Simulate the share that is recorded from fewer campaigns than a user gets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(left, "CAMPAIGNS", 100)
        yield


@pytest.fixture(scope="module")
def van(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Scenario]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(left, "CAMPAIGNS", 2000)
        return written(tmp_path_factory.mktemp("fitted"), "croydon-van", prior="fresh")


def own_file(folder: Path, text: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(text, "utf-8")
    return path


def test_values_intervals_source_and_grade_are_the_records(van: tuple[Path, Scenario]) -> None:
    scenario = van[1]
    level, slope = scenario.recogniser.fmr_at_anchor, scenario.recogniser.slope_per_unit
    assert level is not None
    assert slope is not None
    for quantity in (level, slope, scenario.street.passages_per_hour, scenario.watchlist.true_alerts_per_1000_passages):
        assert quantity is not None
        assert quantity.uncertain
        assert quantity.grade == "derived"
        assert "r.csv" in (quantity.source or "")
    assert scenario.watchlist.reference_threshold == 0.64
    assert scenario.watchlist.size_of_reference == 15_000
    # so that a list size exponent bends the rate around the list that it was measured with
    assert scenario.recogniser.reference_list_size is not None
    assert scenario.recogniser.reference_list_size.value == 15_000


def test_level_and_slope_come_together_from_a_file_beside_it(van: tuple[Path, Scenario]) -> None:
    path, scenario = van
    joint = scenario.joint_draws
    assert joint is not None
    assert (path.parent / joint.file).is_file()
    assert list(joint.columns) == [FMR, SLOPE, PASSAGES]
    level, slope = (np.array(joint.columns[key]) for key in (FMR, SLOPE))
    assert np.corrcoef(np.log(level), slope)[0, 1] < -0.3
    quantity = scenario.recogniser.slope_per_unit
    assert quantity is not None
    assert np.quantile(slope, [0.025, 0.5, 0.975]) == pytest.approx(
        (quantity.low, quantity.value, quantity.high), rel=0.02
    )


def test_comments_and_everything_else_stay(van: tuple[Path, Scenario]) -> None:
    """Only lines of inputs that the record sets, and those that say what the file is, are other than before."""
    before = find_scenario("croydon-van").read_text("utf-8")
    after = van[0].read_text("utf-8")

    comments = [line.strip() for line in before.splitlines() if line.lstrip().startswith("#")]
    assert comments
    assert all(comment in after for comment in comments)
    own, new = load_scenario("croydon-van"), van[1]
    for section in ("campaign", "officers", "costs"):
        assert getattr(own, section) == getattr(new, section)
    assert own.procedure.check == new.procedure.check
    assert own.recogniser.tpir_at_anchor == new.recogniser.tpir_at_anchor


def test_it_says_what_it_is_and_claims_no_check(van: tuple[Path, Scenario]) -> None:
    scenario = van[1]
    assert scenario.name == "fitted"
    assert scenario.title.endswith("(fitted to r.csv)")
    assert "r.csv: 400 deployments, 2024-01-01 to 2025-02-03" in scenario.caveats[0]
    assert "the mean of 2 sites of the record, which is no one place" in scenario.caveats[1]
    assert "divided by the share that is left" in scenario.caveats[2]
    assert len(scenario.caveats) == 3 + len(load_scenario("croydon-van").caveats)
    assert scenario.record is not None
    assert scenario.record.checks == ()
    assert not set(scenario.record.fitted_inputs) & {FMR, PASSAGES, TRUE}


def test_it_runs(van: tuple[Path, Scenario]) -> None:
    study = run_study(van[1], 50)
    assert study.passes["chance"]["alerts"].mean() > 0


def recorded(scenario: Scenario, campaigns: int) -> dict[str, np.ndarray]:
    """Recorded counts of each simulated campaign at the middle inputs."""
    parts = [
        measure(scenario, block)
        for block in campaigns_of(scenario, 7, engine=engine_named("auto")).blocks(campaigns, False)
    ]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def test_simulated_it_records_what_the_record_has(van: tuple[Path, Scenario]) -> None:
    """Recorded true and false alerts per hour at 0.64, within 4 standard errors of the simulation."""
    scenario = van[1]
    grown = scenario.watchlist.size.value / 15_000
    seen = recorded(scenario, 3000)
    per_hour = {
        "faces": seen["faces"],
        "true": (seen["confirmed_true"] + seen["unconfirmed_true"]) / grown,
        "false": seen["recorded_false"] / grown,
    }
    frame = records_from(van[0].parent, TEXT).frame
    frame = frame[frame["threshold"] == 0.64]
    hours = frame["hours"].sum()
    level = scenario.recogniser.fmr_at_anchor
    assert level is not None
    # the level comes from both thresholds; what it must agree with is its own fit, not the count at 0.64 alone
    fit = fit_record(records_from(van[0].parent, TEXT), load_scenario("croydon-van"), question_of(prior="fresh"))
    assert fit.false_alerts is not None
    expected = {
        "faces": frame["faces"].sum() / hours,
        "true": frame["true_alerts"].sum() / hours,
        "false": 15_000 * fit.false_alerts.law.rate_quantiles(0.64)[1],
    }
    for name, values in per_hour.items():
        rates = values / scenario.campaign.camera_hours
        error = rates.std() / math.sqrt(len(rates))
        # 2 % for the share that is recorded, which was simulated too, and for medians of products
        assert rates.mean() == pytest.approx(expected[name], abs=4 * error + 0.02 * expected[name]), name


def test_without_the_correction_it_would_record_too_few(van: tuple[Path, Scenario]) -> None:
    """Negative control: arrests, repeats and recognised people take a good part of true alerts out of the record."""
    assert share_recorded(van[1], 500).true < 0.95


def test_the_shares_of_the_shipped_scenarios_come_out() -> None:
    """0.72 and 0.87: what croydon-static and croydon-van divide by, found there by hand."""
    assert share_recorded(load_scenario("croydon-static"), 1000).true == pytest.approx(0.72, abs=0.01)
    assert share_recorded(load_scenario("croydon-van"), 1000).true == pytest.approx(0.87, abs=0.01)


@pytest.mark.parametrize("exposure", EXPOSURES)
def test_every_exposure_gives_a_scenario_that_loads(tmp_path: Path, exposure: str) -> None:
    joint = written(tmp_path, "croydon-static", exposure=exposure)[1].joint_draws
    assert joint is not None
    third = {"hours": [PASSAGES], "faces": [], "true-alerts": [TRUE]}[exposure]
    assert list(joint.columns) == [FMR, SLOPE, *third]


@pytest.mark.parametrize(
    "text",
    [
        simulated_text(60, thresholds=(0.64,)),
        simulated_text(12, seed=4),
        without(TEXT, "false_alerts", "false_stopped"),
        without(TEXT, "faces"),
        without(TEXT, "hours"),
        without(TEXT, "threshold", "watchlist_size"),
        "date,alerts\n2025-01-07,3\n",
    ],
    ids=["one threshold", "few", "no false alerts", "no faces", "no hours", "no thresholds or lists", "almost nothing"],
)
def test_poor_records_give_scenarios_that_load_too(tmp_path: Path, text: str) -> None:
    scenario = written(tmp_path, "croydon-static", text)[1]
    assert scenario.name == "fitted"


def test_a_record_without_one_false_alert_gives_a_law_that_loads(tmp_path: Path) -> None:
    rows = TEXT.splitlines()
    cells = [row.split(",") for row in rows]
    for row in cells[1:]:
        row[-5], row[-4] = "0", ""
        row[-8] = row[-7]
    level = written(tmp_path, "croydon-static", "\n".join(",".join(row) for row in cells))[1].recogniser.fmr_at_anchor
    assert level is not None
    low, high = level.interval()
    assert 0 < low < level.value < high


class TestOtherScenarios:
    def test_a_small_one(self, tmp_path: Path) -> None:
        assert written(tmp_path, own_file(tmp_path, MINIMAL))[1].recogniser.slope_per_unit is not None

    def test_one_that_gives_listed_people_gives_true_alerts_instead(self, tmp_path: Path) -> None:
        own = load_scenario(own_file(tmp_path, MINIMAL))
        assert own.watchlist.listed_per_1000_passages is not None
        watchlist = written(tmp_path, tmp_path / "own.yaml")[1].watchlist
        assert watchlist.listed_per_1000_passages is None
        assert watchlist.true_alerts_per_1000_passages is not None

    def test_a_recogniser_given_as_a_table_is_left_alone_and_still_found(self, tmp_path: Path) -> None:
        folder = tmp_path / "elsewhere"
        folder.mkdir()
        (folder / "t.csv").write_text("T,FMR,TPIR\n0.6,1e-8,0.9\n0.7,1e-10,0.8\n", "utf-8")
        text = with_change("preset: field", "table: t.csv")
        scenario = own_file(folder, text)
        fit = fit_record(records_from(tmp_path, TEXT), load_scenario(scenario), question_of())
        assert "table of its own" in fit.silences[0]
        path = tmp_path / "fitted.yaml"
        write_fitted(fit, settle(fit, scenario), scenario, path)
        assert "table: elsewhere/t.csv" in path.read_text("utf-8")
        assert load_scenario(path).recogniser.read_table is not None

    def test_own_joint_draws_are_kept_where_the_record_sets_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "d.csv").write_text(f"procedure.not_found,{SLOPE}\n0.01,40\n0.02,60\n0.03,50\n", "utf-8")
        path = own_file(tmp_path, MINIMAL + "joint_draws: {file: d.csv}\n")
        own = load_scenario(path)
        joint = written(tmp_path, path)[1].joint_draws
        assert own.joint_draws is not None
        assert joint is not None
        kept = joint.columns["procedure.not_found"]
        assert set(kept) == {0.01, 0.02, 0.03}
        assert np.mean(kept) == pytest.approx(0.02, abs=1e-4)
        assert len(set(joint.columns[SLOPE])) > 1000


def test_a_record_that_makes_no_scenario_is_told_by_its_own_name(tmp_path: Path) -> None:
    """A list of 16.000 read as 16: the scenario's list of 16,500 would find more people than come past."""
    text = TEXT.replace(",15000,", ",9,")
    with pytest.raises(
        ScenarioError, match=r"r\.csv: watchlist\.true_alerts_per_1000_passages: .*this follows from the record"
    ):
        written(tmp_path, "croydon-static", text)


class TestTheRecordsOwnCampaign:
    ROWS = (
        "2025-01-07,High St,5.5,15000,0.60,9000,4,4,0,0,0,2,1,1",
        "2025-01-07,HIGH STREET,0.5,15100,0.64,900,1,1,0,0,0,1,0,0",
        "2025-01-08,,26,,,9000,4,4,0,0,0,2,1,1",
        "2025-01-09,Low Rd,,15000,0.64,9000,4,4,0,0,0,2,1,1",
        "2025-01-10,Low Rd,23.9,15000,0.64,9000,4,4,0,1,0,2,1,1",
        "2025-01-10,Low Rd,2,15000,0.64,9000,4,4,0,0,0,2,1,1",
        "2025-01-11,,2,,,9000,4,4,0,0,0,2,1,1",
    )

    def with_table(self, folder: Path, *rows: str, **asked: Any) -> tuple[Scenario, str]:
        source = find_scenario("croydon-static")
        records = records_from(folder, table_text(*rows))
        fit = fit_record(records, load_scenario("croydon-static"), question_of(**asked))
        path, table = folder / "fitted.yaml", folder / "days" / "own.csv"
        table.parent.mkdir()
        write_fitted(fit, settle(fit, source), source, path, table)
        return load_scenario(path), table.read_text("utf-8")

    def test_holds_every_row_with_hours_and_says_which_are_left_out(self, tmp_path: Path) -> None:
        scenario, text = self.with_table(tmp_path, *self.ROWS)

        assert text.splitlines() == [
            "date,start,hours,place,threshold,watchlist_size",
            "2025-01-07,11:00,5.5,High St,0.6,15000",
            "2025-01-07,16:30,0.5,High St,0.64,15100",
            "2025-01-10,11:00,23.9,Low Rd,0.64,15000",
            "2025-01-10,11:01,2,Low Rd,0.64,15000",
            "2025-01-11,11:00,2,place not given,,",
        ]
        assert scenario.campaign.table == "days/own.csv"
        assert "left out are 1 row without hours and 1 row of more than 24 hours" in scenario.caveats[0]
        assert scenario.title.startswith("The campaign of r.csv: 5 deployments")

    def test_brings_the_figures_of_its_rows_and_runs(self, tmp_path: Path) -> None:
        scenario, _ = self.with_table(tmp_path, *self.ROWS)

        assert scenario.record is not None
        assert scenario.record.figures["recorded_false"] == 1
        assert scenario.record.figures["alerts"] == 17
        assert scenario.record.checks == ()
        study = run_study(scenario, 20)
        assert study.passes["chance"]["faces"].mean() > 0

    def test_a_place_alone_has_its_own(self, tmp_path: Path) -> None:
        assert len(self.with_table(tmp_path, *self.ROWS, place="high")[0].campaign.days) == 2

    def test_without_hours_there_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(ScenarioError, match="no row says how many hours the cameras were on"):
            self.with_table(tmp_path, self.ROWS[3])

    def test_nothing_is_overwritten(self, tmp_path: Path) -> None:
        (tmp_path / "own.csv").write_text("mine", "utf-8")
        with pytest.raises(OutputError, match=r"--table .*own\.csv exists and is not overwritten"):
            check_free(tmp_path / "fitted.yaml", tmp_path / "own.csv")
        with pytest.raises(OutputError, match=r"must end in \.csv"):
            check_free(tmp_path / "fitted.yaml", tmp_path / "fitted.draws.csv")


class TestRefusals:
    @pytest.mark.parametrize("existing", ["fitted.yaml", "fitted.draws.csv"])
    def test_nothing_is_overwritten(self, tmp_path: Path, existing: str) -> None:
        (tmp_path / existing).write_text("mine", "utf-8")
        with pytest.raises(OutputError, match=rf"{existing} exists and is not overwritten"):
            written(tmp_path, "croydon-van")
        assert (tmp_path / existing).read_text("utf-8") == "mine"
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["r.csv", existing])

    def test_the_place_must_be_a_scenario_in_a_folder_that_is_there(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match=r"must end in \.yaml"):
            check_free(tmp_path / "fitted.json")
        with pytest.raises(OutputError, match="there is no folder"):
            check_free(tmp_path / "none" / "fitted.yaml")
