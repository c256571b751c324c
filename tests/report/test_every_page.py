"""The answer of every command, made from Python: read back equal, whole at every width, the same page in every renderer."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fit_records import simulated_text
from reading import tables, words

from simulator import ask
from simulator.evidence.kept import Found, read
from simulator.report.document import Document
from simulator.report.pages import page_of
from simulator.report.render.markdown import markdown
from simulator.report.render.shell import file_of
from simulator.report.render.tables import fitted
from simulator.report.render.terminal import text_of

GOLDEN = Path(__file__).parents[1] / "golden"
WIDTHS = (40, 60, 80, 100, 200)
LOW, FEW = ["recogniser.threshold=0.60"], {"replications": 50}
ASKED: dict[str, Callable[[Path], Any]] = {
    "run": lambda _: ask.run("croydon-static", overrides=LOW, **FEW),
    "run-groups": lambda _: ask.run("what-if-groups", **FEW),
    "run-cardiff": lambda _: ask.run("cardiff-2017", **FEW),
    "describe": lambda _: ask.describe("croydon-van"),
    "story": lambda folder: ask.story(folder / "run", "wrongful"),
    "sweep": lambda _: ask.sweep("croydon-static", ["recogniser.threshold=0.60,0.64", "officers.teams=1,4"], **FEW),
    "compare": lambda _: ask.compare("croydon-static", "croydon-van", **FEW),
    "sensitivity": lambda _: ask.sensitivity(
        "croydon-static", decide="recogniser.threshold=0.60,0.64", exchange=20.0, points=256
    ),
    "choose": lambda _: ask.choose(
        "croydon-static", ["wrongful_stops<=0.5"], "0.60:0.66:0.02", replications=60, draws=60
    ),
    "fit": lambda folder: ask.fit(folder / "r.csv", "croydon-van"),
    "check": lambda folder: ask.check("croydon-van", folder / "r.csv", replications=50),
    "claim": lambda _: ask.claim("croydon-sun-2026", replications=50),
    "claim-numbers": lambda _: ask.claim(false_alerts=(2, 7), faces=200_000, alerts=200, one_in=100_000),
}


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Found]:
    """The finding of each of ASKED, made once."""
    from typer.testing import CliRunner

    from simulator.cli.app import app

    folder = tmp_path_factory.mktemp("asked")
    (folder / "r.csv").write_text(simulated_text(40), "utf-8")
    run = ["run", "croydon-static", "-n", "50", "--set", *LOW, "-o", str(folder / "run")]

    @cache
    def made(name: str) -> Found:
        if name == "story":
            assert CliRunner().invoke(app, run).exit_code == 0
        found: Found = ASKED[name](folder)
        return found

    return made


@pytest.mark.parametrize("name", ASKED)
def test_a_finding_is_read_back_equal_and_short_to_look_at(
    name: str, answer: Callable[[str], Found], tmp_path: Path
) -> None:
    found = answer(name)
    (tmp_path / "x.json").write_text(found.to_json(), "utf-8")
    again = read(tmp_path / "x.json")

    assert again == found
    assert again.to_json() == found.to_json()
    assert len(repr(found)) < 500


@pytest.mark.parametrize("name", ASKED)
def test_nothing_is_cut_at_any_width(name: str, answer: Callable[[str], Found]) -> None:
    """No ellipsis, no part of a number, no line longer than the terminal but a single word, no note on an absent column."""
    page = page_of(answer(name))
    numbers = set(re.findall(r"\d[\d,.]*", words(page)))

    for width in WIDTHS:
        lines = text_of(page, width).splitlines()
        broken = set(re.findall(r"\d[\d,.]*", " ".join(lines))) - numbers
        assert broken == set(), width
        assert "…" not in "".join(lines)
        assert [line for line in lines if len(line) > width and " " in line.strip(" -")] == [], width
        for table in tables(page):
            fits = fitted(table, width)
            gone = set(table.columns) - set(fits.columns if fits else table.columns)
            assert not any(note.of and set(note.of) <= gone for note in (fits.notes if fits else ())), width


@pytest.mark.parametrize("name", ASKED)
def test_every_renderer_shows_the_same_page(name: str, answer: Callable[[str], Found]) -> None:
    """What stands on a wide terminal stands in the HTML document and in Markdown."""
    from html.parser import HTMLParser

    class Words(HTMLParser):
        said = ""

        def handle_data(self, data: str) -> None:
            self.said += f" {data}"

    page = page_of(answer(name))
    browser = Words()
    browser.feed(file_of(Document(name, "tag", "about", page, (), "made")))
    plainly = re.sub(r"\\(.)", r"\1", markdown(page)).replace("&nbsp;", " ").replace("**", "")
    for table in tables(page):
        for row in table.rows:
            for cell in row:
                assert cell.strip() in browser.said
                assert cell.strip() in plainly
    assert answer(name)._repr_html_() is not None


@pytest.mark.parametrize("name", ["run", "describe", "story"])
def test_the_text_is_the_golden_one(name: str, answer: Callable[[str], Found]) -> None:
    assert text_of(page_of(answer(name)), 100, details=True) == (GOLDEN / f"{name}.txt").read_text("utf-8")


def test_a_file_that_holds_no_finding_is_refused_with_its_reason(tmp_path: Path) -> None:
    from simulator import ScenarioError

    for text, rule in (
        ("", "is not JSON"),
        ("[1]", "schema"),
        ('{"schema": "x/1"}', "x/1"),
        ('{"schema": "lfrsim-fit/1"}', "make it again"),
    ):
        (tmp_path / "f.json").write_text(text)
        with pytest.raises(ScenarioError, match=rule):
            read(tmp_path / "f.json")
    with pytest.raises(ScenarioError, match="cannot be read"):
        read(tmp_path / "none.json")
