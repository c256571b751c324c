"""The report of a run to hand over: the answer first, in the order of its readers, with the numbers that were found."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from reading import labelled, tables, titled, words
from typer.testing import CliRunner

from simulator import load_scenario, run_study, summarise
from simulator.cli.app import app
from simulator.evidence.kept import read
from simulator.evidence.numbers import number, number_range, whole
from simulator.evidence.run.faces import faces_by_alert, in_round_numbers
from simulator.evidence.run.hundred import of_a_hundred
from simulator.evidence.run.pictures import pictures_of
from simulator.evidence.run.staff import staff_changes
from simulator.evidence.run.study import IGNORANCE
from simulator.evidence.wider.found import RunWider
from simulator.evidence.wider.grid import grid_of, grid_plan
from simulator.evidence.wider.wider import wider_of, wider_plan
from simulator.experiment.replications import Cell
from simulator.report.document import Answer, Document, Origin
from simulator.report.documents import document_of
from simulator.report.page import BEYOND, Beside, Figure, walk
from simulator.report.pictured import PICTURED, Boxes, Dots, Icons, Meaning, Quote, Tree
from simulator.report.read_folder import answer_in
from simulator.report.render.shell import file_of
from simulator.response.engines import engine_named
from simulator.scenario.year import load_year

COMMAND = "lfrsim run croydon-static -n 60 --report-quick --report page.html"


@cache
def answer(name: str = "croydon-static", *changes: str, n: int = 60, wide: bool = True, year: bool = False) -> Answer:
    """The answer of a run with all that its report takes, or without what takes time."""
    study, engine = run_study((load_year if year else load_scenario)(name, changes), n, 1), engine_named("auto")
    found = summarise(study, staff=staff_changes(study, engine) if wide else None)
    beside = {"figures.json": pictures_of(study)}
    if wide:
        beside["report.json"] = wider_of(study, wider_plan(study), engine)
    return Answer(found, Origin(COMMAND), beside)


@cache
def report(*changes: str, **how: object) -> Document:
    return document_of(answer(*changes, **how))  # type: ignore[arg-type]


def all_of(document: Document) -> list[object]:
    return [*walk([*document.front, *(block for part in document.sections for block in part.blocks)])]


def test_the_answer_comes_first_and_the_rest_in_the_order_of_its_readers() -> None:
    document = report()
    front = [block for block in walk(document.front) if isinstance(block, Meaning | Boxes | Dots | Quote)]

    assert [type(block) for block in front] == [Meaning, Boxes, Dots, Quote]
    assert front[0].sentences[0].startswith("In this simulation the wrong person is stopped")  # type: ignore[union-attr]
    assert [part.title for part in document.sections] == [
        "1,000 alerts", "Faces: on the list or not, alert or not", "What would change it", "Who", "Officers and costs",
        "The record of the same deployments", "Inputs, by who says so", "Caveats", "Method and limits", "All numbers", "Workings",
    ]  # fmt: skip
    assert [part.title for part in document.sections if part.folded] == ["All numbers", "Workings"]


def test_both_denominators_stand_in_boxes_of_one_size_with_the_ranges_found() -> None:
    found = answer().found
    (boxes,) = (block for block in all_of(report()) if isinstance(block, Boxes))

    for box, unit, times in zip(boxes.boxes, ("face", "alert"), (1e6, 1e3), strict=True):
        drawn = found.rates["wrongful_stops"][unit].with_ignorance  # type: ignore[attr-defined]
        low, high = drawn.average_95
        assert box.number == number(times * drawn.rate)
        assert number_range(times * low, times * high) in box.within


def test_a_dot_is_a_campaign_with_drawn_inputs() -> None:
    tally = answer().beside["figures.json"].campaigns_by_wrongful_stops[IGNORANCE]
    (dots,) = (block for block in all_of(report()) if isinstance(block, Dots))

    assert sum(row.count for row in dots.rows) == 60
    assert dots.title.startswith("60 simulated campaigns: ")
    assert [row.count for row in dots.rows] == [some.campaigns for some in of_a_hundred(tally)]
    assert dots.rows[0].count == tally.get(0, 0)


@pytest.mark.parametrize(
    ("tally", "rows"),
    [
        ({0: 663, 1: 243, 2: 72, 3: 17, 4: 5}, [(0, 0), (1, 1), (2, 2), (3, None)]),
        ({0: 10}, [(0, 0), (1, 1), (2, 2), (3, None)]),
        (dict.fromkeys(range(200, 300), 1), [(0, 0), (200, 219), (220, 239), (240, 259), (260, 279), (280, None)]),
        ({0: 31, 1: 32, 2: 15, 3: 11, 4: 11}, [(0, 0), (1, 1), (2, 2), (3, 3), (4, None)]),
    ],
)
def test_rows_of_dots_follow_how_many_stops_there_are(
    tally: dict[int, int], rows: list[tuple[int, int | None]]
) -> None:
    found = of_a_hundred(tally)

    assert [(some.low, some.high) for some in found] == rows
    assert sum(some.campaigns for some in found) == min(100, sum(tally.values()))


def test_the_thousand_alerts_are_a_thousand_and_wrong_people_stand_apart() -> None:
    pictures = answer().beside["figures.json"]
    (icons,) = (block for block in all_of(report()) if isinstance(block, Icons))

    assert sum(group.count for group in icons.groups) == 1000
    assert {group.shape for group in icons.groups if "wrong person" in group.label} == {"diamond"}
    assert f"fill {number(pictures.faces_per_alert - 1)} more" in icons.note


def test_tree_and_table_are_of_the_same_faces_and_add_up() -> None:
    faces = in_round_numbers(answer().beside["figures.json"].faces)
    (tree,) = (block for block in all_of(report()) if isinstance(block, Tree))
    two_by_two = next(table for table in tables(all_of(report())) if table.title.startswith("The same"))

    assert faces.listed + faces.others == faces.faces
    assert two_by_two.rows[0][1:] == tuple(
        map(whole, (faces.listed_with_alert, faces.listed_without_alert, faces.listed))
    )
    assert two_by_two.rows[2][-1] == tree.root.count == whole(faces.faces)
    assert [branch.count for branch in tree.root.branches] == [whole(faces.listed), whole(faces.others)]
    for branch in tree.root.branches:
        assert sum(int(inner.count.replace(",", "")) for inner in branch.branches) == int(branch.count.replace(",", ""))


@pytest.mark.parametrize("each", [1, 3])
def test_the_share_of_listed_people_detected_is_that_of_the_formula(each: int) -> None:
    """However often a passer-by is counted: alerts are of passages. Whoever is arrested is in neither cell."""
    found = faces_by_alert(run_study(load_scenario("croydon-static", [f"street.faces_per_passage={each}"]), 20, 1))

    assert found is not None
    assert found.unit == ("face" if each == 1 else "passage")
    assert found.listed_with_alert / (found.listed_with_alert + found.listed_without_alert) == pytest.approx(
        0.73, abs=1e-6
    )


def test_settings_without_data_of_their_source_are_marked() -> None:
    grid = answer().beside["report.json"].grid
    page = report()
    by_met = next(table for table in tables(all_of(page)) if table.title.endswith("the Met's record"))
    by_lab = next(table for table in tables(all_of(page)) if table.title.endswith("a laboratory test"))

    assert [cell.endswith(BEYOND) for cell in by_met.rows[1][1:]] == [True, False, False, True]
    assert all(cell.endswith(BEYOND) for cell in by_met.rows[-1][1:])
    assert [cell.endswith(BEYOND) for cell in by_lab.rows[3][1:]] == [False, False, False, True]
    assert all(cell.endswith(BEYOND) for cell in by_lab.rows[-1][1:])
    assert by_met.rows[3][3] == number(grid.at("field", 0.64, 16_500).wrongful_stops)
    assert '<td class="n beyond">' in file_of(page)


def test_a_cell_of_the_grid_is_the_run_of_that_cell() -> None:
    """The own cell of a grid, simulated as ``run`` does with the same envelope."""
    from simulator.street.candidates import Envelope

    scenario = load_scenario("croydon-static")
    study = run_study(scenario, 20, 1)
    grid = grid_of(study, grid_plan(study), engine_named("auto"))
    alone = run_study(scenario, 20, 1, cell=Cell(0.62, 10_000), envelope=Envelope(0.58, 50_000)).passes["chance"]
    cell = grid.at("field", 0.62, 10_000)

    assert cell is not None
    assert (cell.listed_stopped, cell.arrests, cell.wrongful_stops) == tuple(
        float(alone[name].mean()) for name in ("listed_stopped", "arrests", "wrongful_stops")
    )


def test_recorded_points_stand_with_their_intervals() -> None:
    points = next(table for table in tables(all_of(report())) if table.title.startswith("Recorded on London streets"))

    assert [row[:3] for row in points.rows] == [("0.60", "25", "593"), ("0.62", "4", "48"), ("0.64", "7", "1,036")]
    # 25 in 593.1 hours: Garwood's interval of 25 is 16.18 to 36.90
    assert points.rows[0][4] == number_range(16.18 / 5.931, 36.90 / 5.931)


def test_inputs_that_matter_most_come_first() -> None:
    shares = {item.key: item.total for item in answer().beside["report.json"].sensitivity.inputs}
    inputs = titled(all_of(report()), "Inputs")

    assert inputs.rows[0][0] == "false match rate of the system"
    assert inputs.rows[0][3] == f"{100 * max(shares.values()):.0f} %"
    assert len(inputs.rows) == len(answer().found.inputs)  # type: ignore[attr-defined]
    assert all(row[4] for row in inputs.rows)


def test_a_scenario_of_one_group_says_that_it_cannot_explain_whom_false_alerts_meet() -> None:
    who = words(next(part for part in report().sections if part.title == "Who").blocks)

    assert "8 of the 10 false alerts were of Black people" in who
    assert "cannot explain that record" in who


def test_groups_are_called_assumed() -> None:
    document = report("what-if-groups", n=20, wide=False)
    who = words(next(part for part in document.sections if part.title == "Who").blocks)

    assert "is assumed in this scenario" in who
    assert "they are no finding about it" in who
    assert "Black" not in who


def test_a_quick_report_names_the_command_for_the_rest() -> None:
    lacks = labelled(all_of(report(wide=False)), "Not in this report")

    assert len(lacks) == 1
    assert "other thresholds and lists" in lacks[0]
    assert "staff" in lacks[0]
    assert lacks[0].endswith("lfrsim run croydon-static -n 60 --report page.html")


def test_a_run_without_pictures_names_the_command_for_them() -> None:
    bare = Answer(answer().found)
    lacks = labelled(all_of(document_of(bare)), "Not in this report")

    assert len(lacks) == 2
    assert all(text.endswith("lfrsim run croydon-static --report report.html") for text in lacks)


def test_presets_that_disagree_are_both_in_the_headline_and_at_the_boxes() -> None:
    document = report("croydon-static", "recogniser.threshold=0.60", n=40, wide=False)
    other = answer("croydon-static", "recogniser.threshold=0.60", n=40, wide=False).found.other_preset  # type: ignore[attr-defined]
    meaning = next(block for block in all_of(document) if isinstance(block, Meaning))
    boxes = next(block for block in all_of(document) if isinstance(block, Boxes))

    assert "why they differ is not published" in meaning.sentences[0]
    assert f"{number(other.drawn_factor)} times as many per face" in boxes.note
    assert f"{number(other.drawn_per_alert_factor)} times as many per alert" in boxes.note


def test_beyond_all_records_the_headline_says_so() -> None:
    document = report("croydon-static", "watchlist.size=50000", n=20, wide=False)
    meaning = next(block for block in all_of(document) if isinstance(block, Meaning))

    assert meaning.sentences[0].startswith("Extrapolated:")


def test_a_year_is_called_a_year() -> None:
    document = report(n=20, wide=False, year=True)
    dots = next(block for block in all_of(document) if isinstance(block, Dots))

    assert "20 simulated years" in dots.title
    assert "The record of the same deployments" not in [part.title for part in document.sections]


@pytest.mark.parametrize("name", ["cardiff-2017", "school-street"])
def test_scenarios_without_preset_record_or_faces_have_their_report(name: str) -> None:
    document = report(name, n=20)

    assert "<h1" in file_of(document)
    assert any(isinstance(block, Icons) for block in all_of(document))


def test_nobody_who_passes_is_no_fault() -> None:
    document = report("croydon-static", "street.passages_per_hour=0", n=5, wide=False)

    assert "No alert in any simulated campaign" in words(all_of(document))


def test_a_hostile_title_is_shown_as_text() -> None:
    bad = "<script>alert(1)</script> [/x] \u202eevil"
    text = file_of(report("croydon-static", f"title={bad}", n=5, wide=False))

    assert "<script>alert" not in text
    assert "\u202e" not in text


def test_the_page_is_small_and_fetches_nothing() -> None:
    text = file_of(report())

    assert len(text.encode()) < 1_000_000
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", text)
    assert set(report().pictures) == {block.name for block in all_of(report()) if isinstance(block, Figure)}


def test_what_a_report_has_besides_is_read_back_equal() -> None:
    wider = answer().beside["report.json"]

    assert RunWider.from_data(json.loads(wider.to_json())) == wider


def test_a_folder_keeps_what_its_report_was_made_of(tmp_path: Path) -> None:
    folder, page = tmp_path / "run", tmp_path / "page.html"
    made = CliRunner().invoke(
        app,
        [
            "run",
            "croydon-static",
            "-n",
            "20",
            "-o",
            str(folder),
            "--report",
            str(page),
            "--pictures",
            "--no-alternatives",
        ],
    )
    again = CliRunner().invoke(app, ["report", str(folder)])

    assert (made.exit_code, again.exit_code) == (0, 0)
    assert "about" in made.stderr
    assert "--report-quick" in made.stderr
    assert isinstance(read(folder / "report.json"), RunWider)
    assert {path.name for path in tmp_path.glob("page-*.png")} == {
        "page-headline.png",
        "page-thousand.png",
        "page-threshold.png",
    }
    assert (folder / "share-headline.png").exists()
    assert document_of(answer_in(folder)).front
    # a run with -o replaces all of it
    assert CliRunner().invoke(app, ["run", "croydon-static", "-n", "5", "-o", str(folder)]).exit_code == 0
    assert not (folder / "report.json").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [(["--report-quick"], "needs --report"), (["--pictures"], "needs -o DIR or --report")],
)
def test_options_that_mean_nothing_alone_are_refused(options: list[str], said: str) -> None:
    result = CliRunner().invoke(app, ["run", "croydon-static", "-n", "5", *options], env={"COLUMNS": "200"})

    assert result.exit_code == 2
    assert said in result.stderr


def test_blocks_beside_each_other_are_all_there_for_other_renderers() -> None:
    """Negative control of the walk: what stands in a pair of columns is seen by every test above."""
    pairs = [block for block in report().front if isinstance(block, Beside)]

    assert pairs
    assert any(isinstance(block, PICTURED) for pair in pairs for block in walk([pair]))
