"""``choose`` as a user types it: limits and thresholds as they are read, what is said, what is written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from reading import behind, labelled, tables
from typer.testing import CliRunner

from simulator.cli.app import app
from simulator.evidence.choose.asked import choose
from simulator.evidence.choose.found import ChooseFound
from simulator.evidence.kept import read
from simulator.report.choose.page import page as whole_page
from simulator.report.choose.sentences import all_words, limit_words
from simulator.report.choose.tables import frontier_table, limit_tables
from simulator.report.page import Entry, Page
from simulator.report.render.terminal import text_of

FEW = ["--over", "0.62,0.64,0.66", "-n", "60", "--draws", "60", "--workers", "1"]
GOLDEN = Path(__file__).parents[1] / "golden" / "choose.txt"


def page(found: ChooseFound) -> Page:
    """What stands behind the first screen."""
    return behind(whole_page(found))


def told(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["choose", "croydon-static", *arguments])
    return done.exit_code, " ".join(done.output.split())


def found(*limits: str, over: str = "0.62,0.64,0.67") -> ChooseFound:
    return choose("croydon-static", limits, over, replications=60, draws=60, workers=1)


@pytest.fixture(scope="module")
def croydon() -> ChooseFound:
    return found("wrongful_stops_per_100k_faces<=0.3", "listed_stopped>=170")


def test_thresholds_may_be_named_with_or_without_their_key() -> None:
    short, long = (
        found("false_alerts<=1", over=over) for over in ("0.62:0.66:0.02", "recogniser.threshold=0.62,0.64,0.66")
    )
    assert short == long
    assert short.run.thresholds == (0.62, 0.64, 0.66)


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        (["--over", "watchlist.size=1,2"], "choose varies the threshold alone"),
        (["--over", "0.6,1.2"], "thresholds must be between 0 and 1 (got 1.2)"),
        (["--over", "low,high"], "must be numbers"),
        (["-n", "59"], "must be between 60 and 100,000 (got 59)"),
        (["--draws", "59"], "must be between 60 and 10,000 (got 59)"),
        (["--limit", "wrongful_stops<1"], 'write "<=" (at most)'),
        (["--limit", "wrongful_stops_per_hour<=1"], 'did you mean "camera_hour"?'),
        (["-o", " "], "must name a folder"),
    ],
)
def test_mistakes_say_what_is_wrong_before_anything_is_simulated(arguments: list[str], rule: str) -> None:
    code, text = told("--limit", "false_alerts<=1", *arguments)
    assert code == 2
    # the box around an error breaks lines where it likes
    assert rule.replace(" ", "") in text.replace(" ", "").replace("│", "")


def test_the_page_as_a_whole(croydon: ChooseFound) -> None:
    assert text_of(whole_page(croydon), 100, details=True) == GOLDEN.read_text("utf-8")


def test_everything_that_belongs_to_an_answer_is_there(croydon: ChooseFound) -> None:
    blocks = page(croydon)
    questions = [block for block in blocks if isinstance(block, Entry)]
    cautions = labelled(blocks, "Caution")

    # three to each of two limits, three to both, each with either preset
    assert [[line.label for line in each.lines] for each in questions] == [["preset field", "preset npl"]] * 9
    # the frontier, each limit and what is spent with either preset
    assert len(tables(blocks)) == 1 + 2 * 2 + 2
    assert any("quote both" in text for text in cautions)
    assert any("extrapolated" in text for text in cautions)
    assert set(croydon.caveats) < set(cautions)


def test_each_column_that_may_be_left_out_has_a_note_of_its_own(croydon: ChooseFound) -> None:
    for table in (frontier_table(croydon), limit_tables(croydon)[-1]):
        assert {name for note in table.notes for name in note.of} == set(table.spare) < set(table.columns)


def test_limits_that_conflict_are_told_apart_from_one_that_nothing_meets(croydon: ChooseFound) -> None:
    answer, each = croydon.presets[0].all_limits, [each[0] for each in croydon.presets[0].answers]
    assert answer is not None
    unmet, both = replace(answer[0], meets=None), [replace(one, meets=(0.62, 0.67)) for one in each]

    def said(which: object, answers: list[object], about: ChooseFound = croydon) -> str:
        return all_words(which, answers, about)  # type: ignore[arg-type]

    assert said(replace(unmet, meets=(0.62, 0.64)), both) == "0.62 to 0.64"
    assert said(replace(unmet, meets=(0.62, 0.62)), both) == "0.62 alone"
    assert "they conflict, each is met by some (0.62 to 0.67; 0.62 to 0.67)" in said(unmet, both)
    none = [both[0], replace(both[1], meets=None)]
    assert said(unmet, none).endswith('none meets "at least 170 listed people stopped per campaign"')
    alone = replace(croydon, run=replace(croydon.run, thresholds=(0.62,)))
    assert said(unmet, none, alone) == "0.62, the only one compared, does not meet them all"


def test_a_limit_in_words(croydon: ChooseFound) -> None:
    limit = replace(croydon.limits[0], value=1234.5, per=1.0, unit="deployment", words="stops")
    assert limit_words(limit) == "at most 1,234.5 stops per deployment"
    minutes = replace(limit, words="minutes lost, until let go", per=1_000.0, unit="face")
    assert limit_words(minutes).endswith("minutes lost, until let go, per 1,000 faces counted")


def test_a_title_with_markup_is_shown_as_it_is(croydon: ChooseFound) -> None:
    odd = replace(croydon, scenario=replace(croydon.scenario, title="Camera [/x] trial"))
    assert text_of(whole_page(odd), 100).startswith("Camera [/x] trial")


def test_what_is_written_is_what_was_found_and_repeats(tmp_path: Path) -> None:
    limits = ["--limit", "false_alerts<=1", "--limit", "listed_stopped>=170"]
    for name in ("one", "two", "two"):
        assert told(*limits, *FEW, "-o", str(tmp_path / name))[0] == 0
    names = {path.name for path in (tmp_path / "one").iterdir()} - {"provenance.json"}
    assert names == {"choice.json", "choice.csv", "frontier.svg", "frontier.png"}
    assert all((tmp_path / "one" / n).read_bytes() == (tmp_path / "two" / n).read_bytes() for n in names)

    kept = read(tmp_path / "one" / "choice.json")
    done = CliRunner().invoke(app, ["choose", "croydon-static", *limits, *FEW, "--json"])
    assert kept.to_data() == json.loads(done.stdout)
    assert isinstance(kept, ChooseFound)
    assert kept.to_frame().to_csv(index=False) == (tmp_path / "one" / "choice.csv").read_text("utf-8")


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("precious", "utf-8")
    done = CliRunner().invoke(app, ["choose", "croydon-static", "--limit", "false_alerts<=1", "-o", str(tmp_path)])
    assert done.exit_code != 0
    assert "holds files that are not of lfrsim choose" in str(done.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_limit_that_holds_if_every_alert_were_wrong_is_cautioned_and_what_is_spent_is_told(
    croydon: ChooseFound,
) -> None:
    """Of 1,000 faces fewer than one raises an alert; per 1,000 alerts the same limit can fail."""
    faces = replace(
        croydon.limits[0], measure="wrongful_stops", words="wrongful stops", value=1.0, per=1000.0, unit="face"
    )
    loose, strict = (replace(croydon, limits=(replace(faces, value=x), *croydon.limits[1:])) for x in (1.0, 1e-3))
    row = croydon.presets[0].thresholds[0]

    assert [found.cannot_fail(0) for found in (loose, strict)] == [True, False]
    assert any("even if every alert" in text for text in labelled(page(loose), "Caution"))
    arrest, listed = row.spent["arrests"], row.spent["listed_stopped"]
    assert arrest is not None
    assert listed is not None
    assert arrest.officer_hours > listed.officer_hours > 0
