"""The page of a sweep, and what is kept of it: read back as it was, whole at every width, and careful where it must be."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from reading import behind

from simulator.evidence.kept import read
from simulator.evidence.sweep.asked import sweep
from simulator.evidence.sweep.found import SweepFound
from simulator.report.page import Line, Table
from simulator.report.pages import page_of
from simulator.report.pictured import Meaning
from simulator.report.render.html import html
from simulator.report.render.markdown import markdown
from simulator.report.render.terminal import text_of
from simulator.report.said import WRONGFUL_NOTE
from simulator.report.sweep.sentences import notes
from simulator.scenario.errors import ScenarioError

GOLDEN = Path(__file__).parent.parent / "golden" / "sweep.txt"


@cache
def first() -> SweepFound:
    """What a reader sees first, with few campaigns."""
    return sweep("croydon-static", replications=50, workers=1)


@cache
def asked(*over: str, measure: str = "wrongful_stops") -> SweepFound:
    return sweep("croydon-static", over, replications=20, measures=[measure], workers=1)


def every_table(found: SweepFound) -> list[Table]:
    return [block for block in behind(page_of(found)) if isinstance(block, Table)]


def tables(found: SweepFound) -> list[Table]:
    """Those of measures, without those of steps."""
    return [block for block in every_table(found) if block.columns[0] == "threshold"]


def test_the_golden_text() -> None:
    assert text_of(page_of(first()), 100, details=True) == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("about", [True, False], ids=["whole", "cells alone"])
def test_what_is_kept_is_read_back(tmp_path: Path, about: bool) -> None:
    found = first() if about else replace(first(), about=None)
    path = tmp_path / "found.json"
    path.write_text(found.to_json(), "utf-8")

    assert SweepFound.from_data(json.loads(found.to_json())) == found
    assert read(path) == found
    assert page_of(read(path)) == page_of(found)


def test_one_campaign_has_no_interval_and_that_is_null() -> None:
    """What is not a number is null in JSON, and comes back as not a number; the page has no error to tell."""
    found = sweep("croydon-static", ["recogniser.threshold=0.60,0.64"], replications=1, workers=1)
    row = json.loads(found.to_json())["cells"][0]

    assert row["wrongful_stops_low"] is None
    assert SweepFound.from_data(json.loads(found.to_json())) == found
    assert found.largest_error("wrongful_stops") is None
    assert not any("Error of the simulation" in text for text in notes(found))


def test_first_contact_is_both_presets_by_the_year_that_is_stated() -> None:
    titles = [block.title for block in tables(first())]
    assert titles == [
        f"{what} per year (recogniser.preset {preset})"
        for preset in ("field", "npl")
        for what in ("False alerts", "Wrongful stops")
    ]
    assert [text for text in notes(first()) if text.startswith(("field:", WRONGFUL_NOTE))][1:] == [WRONGFUL_NOTE]


def test_a_scenario_without_a_year_is_swept_by_the_campaign_and_that_is_said() -> None:
    found = sweep("school-street", ["recogniser.threshold=0.60,0.64"], replications=2, workers=1)
    assert [block.title for block in tables(found)] == ["Wrongful stops per campaign"]
    said = [block.text for block in behind(page_of(found)) if isinstance(block, Line)]
    assert any("a year of this is not known" in text and "--set campaign.deployments_a_year=N" in text for text in said)


def test_what_was_asked_for_may_be_cut_down_to_some() -> None:
    """Of many cells the first and the last are among those shown, and it is said that there are more."""
    found = asked("recogniser.threshold=0.56:0.70:0.01", "officers.teams=1,2", measure="listed_stopped")
    shown = tables(found)

    assert [block.title for block in shown] == [f"Listed people stopped per year (officers.teams {n})" for n in (1, 2)]
    assert [row[0] for row in (shown[0].rows[0], shown[0].rows[-1])] == ["0.56", "0.70"]
    assert len(shown[0].rows) == 12
    assert "Shown are some of 15 cells each; -o DIR keeps all." in notes(found)
    assert WRONGFUL_NOTE in notes(found)


def test_cells_alone_come_with_a_caution() -> None:
    """Without what must be said of the scenario nobody knows whether it only asks what if."""
    (caution,) = [
        b for b in behind(page_of(replace(first(), about=None))) if isinstance(b, Line) and b.label == "Caution"
    ]
    assert "only the cells were kept" in caution.text


def test_markdown_and_html_hold_every_table() -> None:
    page = behind(page_of(first()))
    assert markdown(page).count("| threshold |") == len(tables(first()))
    assert html(page).count("<table>") == len(every_table(first())) == len(tables(first())) + 2


def test_mistakes_are_errors_of_the_scenario() -> None:
    with pytest.raises(ScenarioError, match="no measure is called"):
        sweep("croydon-static", measures=["wrongful_stop"])
    with pytest.raises(ScenarioError, match="at least 2"):
        sweep("croydon-static", draws=1)


def test_how_sure_is_of_the_simulation_where_cells_are_left_out() -> None:
    """What a table leaves out is another matter than how sure the numbers are; and the first screen has both ends of it."""
    found = asked("recogniser.threshold=0.56:0.70:0.01", "officers.teams=1,2", measure="listed_stopped")
    screen = text_of(page_of(found), 100)
    (said,) = (entry for entry in screen.split("\n\n") if entry.startswith("How sure"))

    assert said.startswith("How sure   Error of the simulation: ")
    assert "are some of" not in screen
    assert [line.split()[0].rstrip("°") for line in screen.splitlines() if line.startswith(" 0.")][::6] == [
        "0.56",
        "0.70",
    ]


def test_a_step_has_its_range_by_both_presets() -> None:
    (meaning,) = (block for block in page_of(first()) if isinstance(block, Meaning))
    said = next(sentence for sentence in meaning.sentences if "One step down" in sentence)
    step = said.partition("One step down, from 0.64 to 0.62, adds")[2]

    # listed people and the wrong person, by the one and by the other
    assert len(re.findall(r"[\d.,]+ \([\d.,]+ to [\d.,]+\)", step)) == 4
    assert "not known" not in step
