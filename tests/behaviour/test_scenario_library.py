"""The library: every scenario runs, says what was fitted to its own record, and owns up to what it does not predict."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from reading import column, titled, words

from simulator import load_scenario, run_study, shipped_scenarios, summarise
from simulator.evidence.describe.found import describe
from simulator.evidence.run.record_beside import RECORD_MEASURES, recorded
from simulator.evidence.run.study import CHANCE, Study
from simulator.experiment.replications import cell_of
from simulator.report.pages import page_of
from simulator.scenario import ScenarioError
from simulator.scenario.inputs import median_inputs, quantities
from simulator.scenario.models import Record
from simulator.street.expectations import expected

ROOT = Path(__file__).parents[2]
NAMES = sorted(shipped_scenarios())
RECORDS = {name: record for name in NAMES if (record := load_scenario(name).record) is not None}
PAGE = (ROOT / "docs" / "background" / "scenarios.md").read_text("utf-8")


@pytest.fixture(scope="module")
def outcomes() -> ModuleType:
    spec = importlib.util.spec_from_file_location("outcomes", ROOT / "results" / "scenario_outcomes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_is_described_and_runs(name: str) -> None:
    scenario = load_scenario(name)
    described, printed = (words(page_of(found)) for found in (describe(scenario), summarise(run_study(scenario, 5))))

    assert scenario.title in described
    assert scenario.title in printed
    assert all(" ".join(caveat.split()) in printed for caveat in scenario.caveats)
    assert ("Beside the published record" in printed) == (name in RECORDS)


@pytest.mark.parametrize("name", RECORDS)
def test_what_was_fitted_is_an_input_of_the_scenario(name: str) -> None:
    """Every figure that is no check names an input behind it, and every such input exists and has a source."""
    record, inputs = RECORDS[name], dict(quantities(load_scenario(name)))

    for key in record.fitted_inputs:
        assert inputs[key].source, key
    assert set(record.fitted_inputs.values()) == {*record.calibrated, *record.shares_data}
    assert set(record.checks).isdisjoint(record.fitted_inputs.values())
    assert set(record.figures) == {*record.calibrated, *record.shares_data, *record.checks}


def test_the_checks_of_the_library_are_these() -> None:
    """What counts as a check is decided here, once; a figure that is fitted later must leave this list."""
    assert {name: set(record.checks) for name, record in RECORDS.items()} == {
        "cardiff-2017": {"stopped_on_false_alert", "stopped_on_true_alert", "arrests"},
        "croydon-static": {"unconfirmed_true"},
        "croydon-van": set(),
        "croydon-van-060": set(),
        "essex-2024": {"stops", "arrests"},
        "met-report-year": set(),
        "oxford-circus-2020": {"stopped_on_false_alert", "stopped_on_true_alert", "arrests"},
    }


def test_published_figures_are_those_of_the_records() -> None:
    """Literals from the Met's grids and report, South Wales Police and Essex Police."""
    assert RECORDS["croydon-van-060"].figures == {
        "faces": 40_528,
        "alerts": 235,
        "arrests": 87,
        "recorded_false": 4,
        "unconfirmed_true": 3,
    }
    campaign = load_scenario("croydon-van-060").campaign
    assert (len(campaign.days), len({day.date for day in campaign.days})) == (22, 16)
    # hours are given to two decimals
    assert campaign.camera_hours == pytest.approx(7614 / 60, abs=22 * 0.005)
    year = RECORDS["met-report-year"]
    assert (year.faces, year.alerts, year.recorded_false, year.arrests) == (3_147_436, 2_077, 10, 962)
    assert (year.stopped_on_false_alert, year.arrested_on_false_alert) == (6, 0)
    assert len(load_scenario("met-report-year").campaign.days) == 203
    day = RECORDS["oxford-circus-2020"]
    assert (day.faces, day.alerts, day.recorded_false, day.stopped_on_false_alert, day.arrests) == (8_600, 8, 7, 5, 1)
    final = RECORDS["cardiff-2017"]
    assert (final.alerts, final.recorded_false) == (2_470, 2_297)
    assert (final.stopped_on_false_alert, final.stopped_on_true_alert) == (5, 96)
    assert "2,632" in final.notes["alerts"]
    assert "2,554" in final.notes["recorded_false"]
    essex = RECORDS["essex-2024"]
    assert (essex.faces, essex.alerts, essex.recorded_false, essex.stops, essex.arrests) == (383_356, 61, 1, 57, 11)


@pytest.fixture(scope="module")
def cardiff() -> Study:
    return run_study(load_scenario("cardiff-2017"), 50)


def test_recorded_figures_add_up(cardiff: Study) -> None:
    """A stop is recorded under a false or a true alert; every figure of a record has measures behind it."""
    passes = cardiff.passes[CHANCE]
    both = recorded(passes, "stopped_on_false_alert") + recorded(passes, "stopped_on_true_alert")

    assert np.array_equal(both, passes["stops"])
    assert (recorded(passes, "stopped_on_true_alert") >= 0).all()
    fields = {name for name, field in Record.model_fields.items() if field.annotation == (int | None)}
    assert fields == set(RECORD_MEASURES)


def test_a_figure_outside_its_interval_is_reported(cardiff: Study) -> None:
    """Negative control: the same campaigns beside another record; what is moved out of its range is outside, and only that."""
    beside = summarise(cardiff).record
    assert beside is not None
    low, high = beside.rows["stopped_on_true_alert"].campaign_90

    for value, inside in ((low - 1, False), (low, True), (high, True), (high + 1, False)):
        record = RECORDS["cardiff-2017"].model_copy(update={"stopped_on_true_alert": int(value)})
        moved = Study(**{**vars(cardiff), "scenario": cardiff.scenario.model_copy(update={"record": record})})
        found = summarise(moved)
        assert found.record is not None
        assert found.record.rows["stopped_on_true_alert"].inside is inside
        table = titled(page_of(found), "Beside the published record")
        said = dict(zip(column(table, ""), (row[-1] for row in table.rows), strict=True))
        assert said["stopped on true alert"] == ("inside" if inside else "outside")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("record.calibrated=[alerts, face]", "calibrated: must name figures that this record gives"),
        ("record.notes={stops: none}", "notes: must name figures that this record gives"),
        (
            "record.fitted_inputs={street.pool_people: unconfirmed_true}",
            "must then stand under calibrated or shares_data",
        ),
    ],
)
def test_a_record_that_does_not_hold_together_is_refused(change: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=re.escape(said)):
        load_scenario("croydon-static", [change])


def test_the_lesson_can_be_checked_by_hand() -> None:
    """80 true alerts, 99.9 false ones, 50 wrongful stops, 40 arrests: closed form and simulation, within four standard errors."""
    study = run_study(load_scenario("school-street"), 1000)
    false = 99_900 * -np.expm1(-1000 * 1e-6) + 20 * -np.expm1(-1000 * 1e-6)

    assert study.expected["true_alerts"] == pytest.approx(80, rel=1e-4)
    assert study.expected["false_alerts"] == pytest.approx(false, rel=1e-4)
    # every count is Poisson, by thinning
    for measure, mean in {
        "true_alerts": 80.0,
        "false_alerts": false,
        "stops": 80 + false / 2,
        "wrongful_stops": false / 2,
        "arrests": 40.0,
        "listed_missed": 20.0,
    }.items():
        assert study.passes[CHANCE][measure].mean() == pytest.approx(mean, abs=4 * np.sqrt(mean / 1000)), measure


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_is_light(name: str) -> None:
    """A campaign is kept in memory at about 1 kB an alert, fifty at a time."""
    scenario = load_scenario(name)
    cell = cell_of(scenario)

    assert expected(scenario, median_inputs(scenario, 1), cell.threshold, cell.size).alerts[0] < 5000


def test_scenarios_are_listed_in_two_groups(capsys: pytest.CaptureFixture[str]) -> None:
    from simulator.cli.scenarios import scenarios

    scenarios()
    # a title that is too long goes on below itself
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("    ")]
    headings = [i for i, line in enumerate(lines) if not line.startswith(" ")]

    assert headings[0] == 0
    assert {line.split()[0] for line in lines[1 : headings[1]]} == set(RECORDS)
    assert {line.split()[0] for line in lines[headings[1] + 1 :]} == set(NAMES) - set(RECORDS)
    assert max(map(len, lines)) <= 124


def test_the_page_names_every_scenario() -> None:
    assert [name for name in NAMES if f"| `{name}` |" not in PAGE] == []


def test_the_page_says_what_was_fitted(outcomes: ModuleType) -> None:
    assert outcomes.inputs_table() in PAGE


@pytest.mark.slow
def test_the_page_is_up_to_date_and_files_own_up(outcomes: ModuleType) -> None:
    """The tables are what the program finds; a check that is outside stands in a caveat of its file, and no other figure does."""
    assert outcomes.with_outcomes(PAGE) == PAGE, "run python results/scenario_outcomes.py"

    for name, found in outcomes.with_record().items():
        rows = found.record.rows
        outside = {figure for figure in RECORDS[name].checks if not rows[figure].inside}
        owned = [caveat for caveat in found.caveats if "outside what is predicted here" in " ".join(caveat.split())]
        assert bool(owned) == bool(outside), name
        for figure in outside:
            assert re.search(rf"\b{rows[figure].recorded:,.0f}\b", owned[0]), (name, figure)
        fell_out = [figure for figure, row in rows.items() if not row.inside and figure not in outside]
        assert fell_out == [], name
