"""The report of every command but run: answer, pictures, how sure, workings, with the numbers of what was found."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fit_records import simulated_text

from simulator import ask
from simulator.evidence.claim.found import JudgedFile
from simulator.evidence.compare.found import CompareFound
from simulator.evidence.fit.found import FitFound
from simulator.evidence.kept import Found, read
from simulator.evidence.sweep.tradeoff import tradeoff_of
from simulator.report.claim.bars import scales_of
from simulator.report.compare.document import ratios
from simulator.report.composed import SURE
from simulator.report.document import Answer, Document, Origin
from simulator.report.documents import document_of
from simulator.report.fit.document import rates
from simulator.report.page import Bar, Entry, Figure, Heading, Scale, walk
from simulator.report.pictured import Effect, Forest, Meaning
from simulator.report.render.shell import file_of
from simulator.report.render.svg.bars import bars
from simulator.report.render.svg.forest import forest
from simulator.report.sweep.tables import cell_words
from simulator.scenario import load_scenario

ORIGIN = Origin(command="lfrsim what was typed", version="9.8.7")
HOSTILE = "<script>alert(1)</script> [/x] \u202etxet & \"'"
HARMLESS = "<script>alert(1)</script> [/x] \N{REPLACEMENT CHARACTER}txet & \"'"
MOST_BYTES = 3_000_000
ASKED: dict[str, Callable[[Path], Any]] = {
    "sweep": lambda _: ask.sweep(
        "croydon-static", ["recogniser.threshold=0.60,0.64", "officers.teams=1,4"], replications=4
    ),
    "compare": lambda _: ask.compare(
        load_scenario("croydon-static", []), load_scenario("croydon-static", ["officers.teams=1"]), replications=20
    ),
    "compare unlike": lambda _: ask.compare("croydon-static", "croydon-van", replications=20),
    "sensitivity": lambda _: ask.sensitivity("croydon-static", points=256),
    "choose": lambda _: ask.choose("croydon-static", ["wrongful_stops<=0.5"], "0.62,0.64", replications=60, draws=60),
    "fit": lambda folder: ask.fit(folder / "r.csv", "croydon-van"),
    "check": lambda folder: ask.check("croydon-van", folder / "r.csv", replications=50),
    "claim": lambda _: ask.claim("croydon-sun-2026", replications=0),
    "claim one": lambda _: ask.claim("croydon-sun-2026", only=["virtually-zero"], replications=0),
    "claim numbers": lambda _: ask.claim(false_alerts=(2, 7), faces=200_000, alerts=200, one_in=100_000),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Any]:
    """The finding of each of ASKED, made once."""
    folder = tmp_path_factory.mktemp("asked")
    (folder / "r.csv").write_text(simulated_text(40), "utf-8")
    return cache(lambda name: ASKED[name](folder))


@pytest.fixture(scope="module")
def made(found: Callable[[str], Any]) -> Callable[[str], tuple[Document, str]]:
    """The report of each of ASKED, and its file."""

    @cache
    def of(name: str) -> tuple[Document, str]:
        document = document_of(Answer(found(name), ORIGIN))
        return document, file_of(document)

    return of


class Browser(HTMLParser):
    """Tags with their attributes, in order, and the words that are shown."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said += data


@pytest.mark.parametrize("name", ASKED)
def test_how_sure_and_the_workings_come_last(name: str, made: Callable[[str], tuple[Document, str]]) -> None:
    document, _ = made(name)
    titles = [section.title for section in document.sections]
    assert titles[-3:] == [SURE, "All numbers", "Workings"]
    assert [section.folded for section in document.sections[-3:]] == [False, True, True]


@pytest.mark.parametrize("name", ASKED)
def test_the_answer_stands_before_any_section(name: str, made: Callable[[str], tuple[Document, str]]) -> None:
    document, page = made(name)
    (meaning,) = (block for block in walk(document.front) if isinstance(block, Meaning))
    assert page.index('<h1 class="headline') < page.index("<h2>")
    assert meaning.sentences[0] in unescape(page)


@pytest.mark.parametrize("name", ASKED)
def test_the_page_gives_back_what_was_found(
    name: str, found: Callable[[str], Found], made: Callable[[str], tuple[Document, str]], tmp_path: Path
) -> None:
    """A reader who saves the JSON from the page has the very finding."""
    links = [attributes for tag, attributes in Browser(made(name)[1]).tags if tag == "a" and "download" in attributes]
    kept = [str(link["href"]) for link in links if str(link["download"]).endswith(".json")][-1]
    (tmp_path / "found.json").write_bytes(base64.b64decode(kept.partition("base64,")[2]))
    assert read(tmp_path / "found.json") == found(name)
    assert any(str(link["download"]).endswith(".csv") for link in links)


@pytest.mark.parametrize("name", ASKED)
def test_the_page_says_what_makes_it_again(name: str, made: Callable[[str], tuple[Document, str]]) -> None:
    document, page = made(name)
    assert ORIGIN.command in page
    assert ORIGIN.version in document.made
    # a record, and claims with nothing simulated beside them, draw nothing
    assert ("seed 1" in document.made) is not (name == "fit" or name.startswith("claim"))


@pytest.mark.parametrize("name", ASKED)
def test_nothing_is_fetched_and_no_style_stands_at_an_element(
    name: str, made: Callable[[str], tuple[Document, str]]
) -> None:
    """The policy of the page would block both, unseen."""
    for tag, attributes in Browser(made(name)[1]).tags:
        assert "style" not in attributes, tag
        assert not any(key.startswith("on") for key in attributes), tag
        for key in ("src", "href"):
            value = attributes.get(key)
            assert value is None or value.startswith(("data:", "#")), (tag, value)


@pytest.mark.parametrize("name", ASKED)
def test_ids_are_given_once_and_links_lead_somewhere(name: str, made: Callable[[str], tuple[Document, str]]) -> None:
    tags = Browser(made(name)[1]).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {str(a["href"])[1:] for tag, a in tags if tag == "a" and str(a.get("href")).startswith("#")} <= set(ids)


@pytest.mark.parametrize("name", ASKED)
def test_headings_leave_no_level_out(name: str, made: Callable[[str], tuple[Document, str]]) -> None:
    levels = [int(tag[1]) for tag, _ in Browser(made(name)[1]).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", ["sweep", "choose", "sensitivity", "check"])
def test_pictures_say_their_finding_to_who_cannot_see_them(
    name: str, made: Callable[[str], tuple[Document, str]]
) -> None:
    document, page = made(name)
    figures = [block for section in document.sections for block in walk(section.blocks) if isinstance(block, Figure)]
    assert {figure.name for figure in figures} == set(document.pictures)
    assert figures
    alternatives = [attributes["alt"] for tag, attributes in Browser(page).tags if tag == "img"]
    assert alternatives == [figure.words for figure in figures]
    assert all(len(words or "") > 20 for words in alternatives)


def test_a_sweep_shows_surface_frontier_and_the_recogniser(found: Callable[[str], Any]) -> None:
    tradeoff = tradeoff_of(load_scenario("croydon-static", []))
    document = document_of(Answer(found("sweep"), ORIGIN, {"tradeoff.json": tradeoff}))
    assert {"heatmap", "frontier", "det"} <= set(document.pictures)
    assert len(file_of(document)) < MOST_BYTES


def test_what_every_cell_has_stands_in_the_table_of_a_sweep(
    found: Callable[[str], Any], made: Callable[[str], tuple[Document, str]]
) -> None:
    """Negative control: a number that no cell has is not found by the same look."""
    sweep, said = found("sweep"), Browser(made("sweep")[1]).said
    for _, row in sweep.cells.iterrows():
        assert cell_words(row, "wrongful_stops") in said
    assert "987654" not in said


def test_a_comparison_draws_the_ratios_that_were_found(found: Callable[[str], Any]) -> None:
    compared: CompareFound = found("compare")
    drawn = {effect.label: effect for effect in ratios(compared).effects}
    item = compared.measures["stops"].chance
    assert item.ratio is not None
    assert item.ratio_95 is not None
    assert (drawn["stops"].ratio, drawn["stops"].low, drawn["stops"].high) == (item.ratio, *item.ratio_95)


def test_campaigns_of_unlike_size_have_no_ratios_of_counts(made: Callable[[str], tuple[Document, str]]) -> None:
    document, _ = made("compare unlike")
    assert not any(isinstance(block, Forest) for section in document.sections for block in walk(section.blocks))


def test_a_fit_draws_exact_intervals_out_of_each_total(found: Callable[[str], Any]) -> None:
    fitted: FitFound = found("fit")
    by_title = {scale.title: scale for scale in rates(fitted)}
    assert set(by_title) == {"Out of alerts", "Out of counted faces", "Out of camera hours"}
    for block, bar in zip(fitted.blocks, by_title["Out of counted faces"].bars, strict=True):
        assert (bar.point, bar.low, bar.high) == (block.per["face"].rate, *block.per["face"].exact_95)
        assert bar.words.startswith(f"{block.false_alerts:.0f} of ")


def test_a_claim_is_drawn_out_of_each_total_with_the_exact_intervals(found: Callable[[str], Any]) -> None:
    """Anchor: 1 of 472,352 faces is compatible with 1 in 85,000 to 1 in 18.7 million (Garwood)."""
    judged: JudgedFile = found("claim one")
    assert judged.details is not None
    assert judged.details.file is not None
    (claim,) = judged.claims
    every = [bar for scale in scales_of(claim, judged.details.file) for bar in scale.bars]
    face = next(bar for bar in every if "472,352" in bar.words)
    assert [round(1 / face.high, -3), round(1 / face.low, -5)] == [85_000, 18_700_000]
    assert face.limit == pytest.approx(1 / 10_000)
    assert {"per counted face", "per alert", "per arrest"} <= {bar.label for bar in every}
    # an hour is no case that could go wrong
    assert not any("hour" in bar.label for bar in every)


def test_every_tested_claim_is_on_the_first_screen_and_leads_to_its_part(
    found: Callable[[str], Any], made: Callable[[str], tuple[Document, str]]
) -> None:
    judged: JudgedFile = found("claim")
    document, _ = made("claim")
    tested = [item.key for item in judged.claims if item.verdict.strength != "no_test"]
    entries = {block.label: block for block in walk(document.front) if isinstance(block, Entry) and block.to}
    names = {b.name for section in document.sections for b in walk(section.blocks) if isinstance(b, Heading)}
    assert sorted(entries) == sorted(tested)
    # what readers ask of first stands first, as on the screen
    assert list(entries)[:2] == ["virtually-zero", "handful"]
    assert {entry.to for entry in entries.values()} <= names


def test_what_cannot_be_tested_comes_after_what_can(
    found: Callable[[str], Any], made: Callable[[str], tuple[Document, str]]
) -> None:
    document, _ = made("claim")
    titles = [section.title for section in document.sections]
    assert titles.index("Claim by claim") < titles.index("Cannot be tested")
    untested = document.sections[titles.index("Cannot be tested")]
    left = [item.key for item in found("claim").claims if item.verdict.strength == "no_test"]
    assert [block.label for block in untested.blocks if isinstance(block, Entry)] == left


def test_stated_numbers_carry_no_verdict(made: Callable[[str], tuple[Document, str]]) -> None:
    said = Browser(made("claim numbers")[1]).said
    assert "there is no verdict without a record beside them" in said
    assert "The numbers agree" not in said


@pytest.mark.parametrize("name", ["compare", "choose", "sensitivity", "claim", "sweep"])
def test_a_hostile_title_is_shown_as_text(name: str, found: Callable[[str], Any]) -> None:
    page = file_of(document_of(Answer(_titled(found(name)), ORIGIN)))
    assert [tag for tag, _ in Browser(page).tags].count("script") == 1
    assert HARMLESS in Browser(page).said
    assert "\u202e" not in page


def _titled(found: Any) -> Found:
    """The same finding under a title that would break a page."""
    made: Found
    if isinstance(found, JudgedFile):
        first, *others = found.claims
        made = replace(
            found, file=replace(found.file, title=HOSTILE), claims=(replace(first, statement=HOSTILE), *others)
        )
    elif isinstance(found, CompareFound):
        made = replace(found, a=replace(found.a, title=HOSTILE), b=replace(found.b, title=HOSTILE))
    elif hasattr(found, "about"):
        made = replace(found, about=replace(found.about, scenario=replace(found.about.scenario, title=HOSTILE)))
    else:
        made = replace(found, scenario=replace(found.scenario, title=HOSTILE))
    return made


def test_a_folder_without_its_command_is_said_to_have_none(found: Callable[[str], Any]) -> None:
    page = file_of(document_of(Answer(found("claim numbers"))))
    assert "does not keep the command that made it" in page


class TestBars:
    def test_open_ends_claims_and_limits_have_marks_of_their_own(self) -> None:
        open_ = bars(Scale("", (Bar("none of 100", 0.0, 0.0, 0.04),)), 720)
        claimed = bars(Scale("", (Bar("a", 0.1, 0.05, 0.2, claimed=True, limit=0.5),)), 720)
        assert 'class="end open"' in open_
        assert "<circle" not in open_
        assert 'class="point claimed"' in claimed
        assert 'class="limit"' in claimed

    def test_words_go_below_their_label_where_there_is_no_room_beside(self) -> None:
        bar = Bar("per counted face", 0.1, 0.05, 0.2, "1 of 472,352 counted faces: 1 in 472,000")
        assert bars(Scale("", (bar,)), 720).count('class="words"') == 0
        assert bars(Scale("", (bar,)), 312).count('class="words"') == 2

    def test_who_cannot_see_hears_every_number(self) -> None:
        bar = Bar("per alert", 0.1, 0.05, 0.2, "20 of 200 alerts")
        assert 'role="img" aria-label="per alert 20 of 200 alerts"' in bars(Scale("", (bar,)), 720)

    def test_what_stands_in_a_picture_is_text(self) -> None:
        for drawn in (
            bars(Scale("", (Bar(HOSTILE, 0.1, 0.05, 0.2, HOSTILE),)), 720),
            forest(Forest("", (Effect(HOSTILE, HOSTILE, 2.0, 1.0, 4.0),)), 720),
        ):
            assert "<script" not in drawn
            assert "\u202e" not in drawn
            assert {tag for tag, _ in Browser(drawn).tags} <= {"svg", "path", "text", "circle"}


class TestForest:
    def test_twice_as_many_is_as_far_from_the_same_as_half_as_many(self) -> None:
        drawn = forest(Forest("", (Effect("a", "", 2.0, 1.0, 4.0), Effect("b", "", 0.5, 0.25, 1.0))), 600)
        more, less = (float(x) for x in re.findall(r'<circle cx="([\d.]+)"', drawn))
        assert more - 300 == pytest.approx(300 - less, abs=0.1)
        assert more > 300

    def test_what_is_not_known_has_words_and_no_mark(self) -> None:
        drawn = forest(Forest("", (Effect("a", "not estimable", None, 0.0, 0.0),)), 600)
        assert "not estimable" in drawn
        assert "<circle" not in drawn
