"""What deployments say for themselves: replaced by what is set or varied, and seen wherever their scenario is named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scenario_texts import MINIMAL, with_change
from typer.testing import CliRunner

from simulator import ask
from simulator.cli.app import app
from simulator.evidence.about.header import Header
from simulator.evidence.about.outside import outside_support
from simulator.evidence.choose.question import question_of, settings_of
from simulator.evidence.describe.found import describe
from simulator.evidence.run.found import summarise
from simulator.evidence.run.study import run_study
from simulator.experiment.alert_file import AlertFile
from simulator.experiment.axes import axes_of
from simulator.experiment.files import json_text
from simulator.experiment.replications import cell_of, envelope_of
from simulator.experiment.store import alert_table, scenario_file
from simulator.experiment.sweep import plan_sweep
from simulator.report.choose.folder import write_choice
from simulator.report.pages import page_of
from simulator.report.render.terminal import text_of
from simulator.report.run.folder import replication_table
from simulator.report.said import setting
from simulator.report.sweep.tables import surface_tables
from simulator.scenario import Scenario, load_scenario

OWN = """\
    - {date: 2026-03-02, hours: 4, place: Market St, threshold: 0.60, operators: 2}
    - {date: 2026-01-05, hours: 6, place: Station Rd, watchlist_size: 9000, passages_per_hour: 2000}
    - {date: 2026-02-02, hours: 4, place: Market St, threshold: 0.62}
"""
TEXT = with_change('    - {date: 2025-10-01, start: "11:00", hours: 4}\n', OWN)
NAMED = ("threshold", "watchlist_size", "passages_per_hour", "operators")


@pytest.fixture(autouse=True)
def _in_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.yaml").write_text(TEXT)


def own(scenario: Scenario, name: str) -> list[float]:
    """The values of their own that deployments have under *name*."""
    return [value for day in scenario.campaign.days if (value := getattr(day, name)) is not None]


@pytest.mark.parametrize(
    ("override", "replaced", "said"),
    [
        ("recogniser.threshold=0.64", "threshold", "own thresholds (0.6 on 1, 0.62 on 1) are replaced by 0.64."),
        ("recogniser.threshold.value=0.64", "threshold", "own thresholds (0.6 on 1, 0.62 on 1) are replaced by 0.64."),
        ("watchlist.size=12000", "watchlist_size", "own list sizes (9,000 on 1) are replaced by 12,000."),
        ("street.passages_per_hour=900", "passages_per_hour", "own passages an hour (2,000 on 1) are replaced by 900."),
        (
            "officers={operators: 3, teams: 1, checkers: 1, vans: 1}",
            "operators",
            "own numbers of operators (2 on 1) are",
        ),
        ("recogniser.threshold.source=me", None, None),
        ("recogniser.preset=npl", None, None),
    ],
)
def test_what_is_set_holds_on_every_deployment_and_that_is_said(
    override: str, replaced: str | None, said: str | None
) -> None:
    """Nothing else is replaced, whatever is set."""
    text = TEXT.replace("threshold: 0.64", "threshold: {value: 0.64}")
    Path("x.yaml").write_text(text)
    scenario = load_scenario("x.yaml", [override])

    assert [name for name in NAMED if not own(scenario, name)] == [name for name in [replaced] if name]
    assert len(scenario.campaign.notes) == (said is not None)
    assert all((said or "") in note for note in scenario.campaign.notes)


def test_a_sweep_replaces_what_it_is_over_and_keeps_the_rest() -> None:
    axes = axes_of(["recogniser.threshold=0.60,0.64", "officers.operators=1,3"])
    swept = plan_sweep("x.yaml", [], axes, 1, 10)

    for scenario in (swept.scenario, *(point.scenario for point in swept.points)):
        assert [own(scenario, name) for name in NAMED] == [[], [9000], [2000], []]
    assert [note.rpartition("by ")[2] for note in swept.scenario.campaign.notes] == ["what is swept."] * 2


def test_choose_replaces_thresholds_alone() -> None:
    settings, _ = settings_of(question_of("x.yaml", "wrongful_stops<=1", "0.60,0.64", replications=60, draws=60))

    for scenario in (s for each in settings for s in (each.scenario, each.chance.scenario)):
        assert [own(scenario, name) for name in NAMED] == [[], [9000], [2000], [2]]


def test_each_side_of_a_comparison_keeps_its_own() -> None:
    found = ask.compare("x.yaml", load_scenario("x.yaml", ["recogniser.threshold=0.64"]), replications=10)
    a, b = found.sides.values()

    assert (a.thresholds, a.notes) == ((0.60, 0.64), None)
    assert b.thresholds is None
    assert b.notes is not None


def test_headers_say_from_where_to_where_settings_go_and_how_many_places_there_are() -> None:
    assert setting(Header.of(load_scenario("x.yaml"))) == (
        "3 deployments at 2 places, 14 camera hours, threshold 0.6 to 0.64 by deployment, list of 9,000 to 10,000 by "
        "deployment, preset field"
    )
    Path("plain.yaml").write_text(MINIMAL)
    assert setting(Header.of(load_scenario("plain.yaml"))) == (
        "1 deployment, 4 camera hours, threshold 0.64, list of 10,000, preset field"
    )


def test_a_deployment_outside_calibrated_support_is_named() -> None:
    """Its own settings are held to it, not those of the scenario that hold nowhere."""
    odd = "campaign.deployments=[{date: 2026-01-05, hours: 4, threshold: 0.55, watchlist_size: 40000}]"
    said = " ".join(outside_support(load_scenario("x.yaml", [odd])))

    assert "A deployment's threshold 0.55 is outside calibrated support" in said
    assert "A deployment's watchlist_size 40,000 is outside calibrated support" in said
    inside = odd.replace("0.55", "0.61").replace("40000", "9800")
    changes = [inside, "recogniser.threshold=0.5"]
    assert "outside" not in " ".join(outside_support(load_scenario("x.yaml", [inside])))
    assert "recogniser.threshold 0.5 is outside" in " ".join(outside_support(load_scenario("x.yaml", changes)))


@pytest.mark.parametrize(
    ("over", "kept", "columns", "labels"),
    [
        (
            "watchlist.size=8000,12000",
            {"recogniser.threshold": (0.6, 0.64)},
            ("threshold", "8,000 listed", "12,000 listed"),
            ["0.60 to 0.64 by deployment"],
        ),
        (
            "recogniser.threshold=0.62,0.63",
            {"watchlist.size": (9_000, 10_000)},
            ("threshold", "9,000 to 10,000 listed, by deployment"),
            ["0.62", "0.63"],
        ),
        (
            "officers.teams=1",
            {"recogniser.threshold": (0.6, 0.64), "watchlist.size": (9_000, 10_000)},
            ("threshold", "9,000 to 10,000 listed, by deployment"),
            ["0.60 to 0.64 by deployment"],
        ),
    ],
)
def test_rows_and_columns_of_a_sweep_say_what_deployments_keep(
    over: str, kept: dict[str, tuple[float, float]], columns: tuple[str, ...], labels: list[str]
) -> None:
    found = ask.sweep("x.yaml", [over], replications=5, workers=1)
    made = next(iter(surface_tables(found)))

    assert found.sweep.kept == kept
    assert (tuple(made.columns), [row[0] for row in made.rows]) == (columns, labels)


def test_a_threshold_for_all_is_not_called_the_own_one_of_deployments_that_differ() -> None:
    """Neither in the text of a choice nor by the mark of its figure; with one threshold for all it is."""
    for path, by_day in (("x.yaml", True), ("same.yaml", False)):
        Path("same.yaml").write_text(TEXT.replace(", threshold: 0.60", "").replace(", threshold: 0.62", ""))
        found = ask.choose(path, "listed_stopped>=0", (0.62, 0.64), replications=60, draws=60, workers=1)
        said = text_of(page_of(found), 400, details=True)
        assert found.scenario.replaced == (("recogniser.threshold",) if by_day else None)
        assert ("the scenario's own 0.64" in said) is not by_day
        assert ("The deployments' own thresholds are not among these" in said) is by_day
        write_choice(found, Path())
        assert ("<!-- this scenario -->" in Path("frontier.svg").read_text("utf-8")) is not by_day


def test_another_cell_is_one_of_all_deployments() -> None:
    done = CliRunner().invoke(app, ["run", "x.yaml", "-n", "5", "--at", "0.63,9500", "--details"])

    assert done.exit_code == 0
    text = " ".join(done.output.split())
    assert "threshold 0.63, list of 9,500, preset" in text
    assert "own list sizes (9,000 on 1) are replaced by that of --at." in text
    assert "own thresholds (0.6 on 1, 0.62 on 1) are replaced by that of --at." in text


def test_a_run_counts_by_place_what_it_counts_in_all() -> None:
    logs = []
    study = run_study(load_scenario("x.yaml"), 40, sink=lambda _, log: logs.append(log), engine="process")
    found = summarise(study)

    assert found.places is not None
    assert [(place.name, place.deployments, place.camera_hours) for place in found.places] == [
        ("Station Rd", 1, 6),
        ("Market St", 2, 8),
    ]
    for name in ("alerts", "false_alerts", "wrongful_stops", "arrests"):
        assert sum(getattr(place, name) for place in found.places) == pytest.approx(found.measures[name].mean)
    written = replication_table(study).to_pandas()
    assert (written["alerts[Station Rd]"] + written["alerts[Market St]"] == written["alerts"]).all()
    alerts = alert_table(study.scenario, logs[0], "chance").to_pandas()
    assert (np.where(alerts["deployment"] == 0, "Station Rd", "Market St") == alerts["place"]).all()


def test_a_single_place_is_not_told_apart() -> None:
    Path("plain.yaml").write_text(MINIMAL)
    study = run_study(load_scenario("plain.yaml"), 5, engine="process")

    assert "places" not in summarise(study).to_data()
    assert not any("[" in name for name in replication_table(study).column_names)


def test_a_description_says_when_where_and_what_differs() -> None:
    found = describe(load_scenario("x.yaml"))

    assert found.assumptions[:3] == (
        "3 deployments at 2 places with 14 camera hours in all, from 2026-01-05 to 2026-03-02.",
        "Nobody comes to more than one of the places.",
        "Deployments have their own passages an hour (2,000 on 1), thresholds (0.6 on 1, 0.62 on 1), list sizes (9,000 on 1), "
        "numbers of operators (2 on 1).",
    )
    said = " ".join(found.assumptions)
    assert "The system alerts at 0.6 to 0.64 and above" in said
    assert "A watchlist of 9,000 to 10,000;" in said
    assert "1 to 2 operators" in said
    fpir, tpir = found.expected.fpir_by_day, found.expected.tpir_by_day
    assert fpir is not None
    assert tpir is not None
    # a list of 9,000 instead of 10,000 at the threshold of all
    assert fpir[0] == pytest.approx(0.9 * found.expected.fpir, rel=1e-4)
    assert fpir[1] > found.expected.fpir
    assert tpir[0] == found.expected.tpir < tpir[1]
    assert found.places is not None
    assert [(place.name, place.camera_hours) for place in found.places] == [("Station Rd", 6), ("Market St", 8)]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("{date: 2026-09-01, hours: 5}", "on 2026-09-01."),
        ("{date: 2026-09-01, hours: 5, count: 4}", "one a day from 2026-09-01 on."),
        (
            "{date: 2026-09-01, hours: 5, count: 4, every: week, source: dates assumed}",
            "one a week from 2026-09-01 on (dates assumed).",
        ),
        ("{date: 2026-09-01, hours: 5}, {date: 2026-09-03, hours: 5}", "from 2026-09-01 to 2026-09-03."),
        (
            '{date: 2026-09-01, hours: 9}, {date: 2026-09-01, start: "12:00", hours: 1}, '
            '{date: 2026-09-01, start: "19:00", hours: 1}, {date: 2026-09-01, start: "20:00", hours: 1}',
            "on 2026-09-01. 3 of them overlap in time, each with its own staff.",
        ),
    ],
)
def test_a_description_says_when_the_deployments_are(days: str, said: str) -> None:
    """The first of the last case, 11:00 to 20:00, overlaps with two that do not overlap with each other."""
    scenario = load_scenario("x.yaml", [f"campaign={{deployments: [{days}]}}"])

    assert f"in all, {said}" in " ".join(describe(scenario).assumptions)


def test_a_calendar_is_described_in_words() -> None:
    calendar = "first_date: 2026-01-06, last_date: 2026-12-31, every: week, weekdays: [tue, fri], hours: 5"
    scenario = load_scenario("x.yaml", [f"campaign={{{calendar}, holidays: [2026-12-25, 2026-12-24]}}"])

    assert describe(scenario).assumptions[0] == (
        "102 deployments with 510 camera hours in all, every Tuesday and Friday from 2026-01-06 to 2026-12-31, 1 holiday left "
        "out."
    )


def test_a_story_knows_when_the_cameras_of_a_table_went_on() -> None:
    """What a run keeps is a scenario of its own, without the table beside it."""
    Path("days.csv").write_text("date,start,hours\n2026-01-06,09:30,10\n2026-01-05,14:00,10\n")
    Path("t.yaml").write_text(TEXT.replace("  deployments:\n" + OWN, "  table: days.csv\n"))
    scenario, out = load_scenario("t.yaml"), Path("out")
    out.mkdir()
    with AlertFile(out, scenario, 1, cell_of(scenario), envelope_of(scenario)) as file:
        run_study(scenario, 5, sink=file.append, engine="process")
    (out / "scenario.json").write_text(json_text(scenario_file(scenario)))
    Path("days.csv").unlink()

    found = ask.story(out, "true")
    starts = {"2026-01-05": 14 * 3600.0, "2026-01-06": 9.5 * 3600}
    assert found.camera_on_s == starts[found.date]
    assert len(load_scenario("out/scenario.json").campaign.days) == 2
