"""Renderers: text from somebody's file is data in each of them, and a terminal of any width shows whole numbers."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import pytest

from simulator.report.document import Document, Section
from simulator.report.page import (
    Bar,
    Bullets,
    Details,
    Entry,
    Figure,
    Gap,
    Heading,
    Line,
    Note,
    Page,
    Scale,
    Table,
    table,
)
from simulator.report.pictured import (
    Box,
    Boxes,
    Branch,
    DotRow,
    Dots,
    Download,
    Effect,
    Forest,
    IconGroup,
    Icons,
    Meaning,
    Quote,
    Shape,
    Tree,
    Verbatim,
)
from simulator.report.render.markdown import markdown
from simulator.report.render.shell import file_of
from simulator.report.render.terminal import show, text_of

# What a renderer, a terminal or a browser might take for an instruction.
HOSTILE = (
    "Camera [/x] trial", "[bold]loud[/bold]", ":skull:", "<script>alert(1)</script>", "a & b &amp; c", "`code` **b** _i_ ~s~",
    "| cell |", "![x](http://y)", "$x_1$", "# head", "- item", "1. item", 'q"uote\'s', "\\[x\\]", "[link](y)",
)  # fmt: skip
NAMES: tuple[tuple[Shape, str], ...] = (("circle", "Circle"), ("diamond", "Diamond"))
STEERING = "a\x1b[31mred\x07\x00b\u202ec\u2066d\x9be\nf\tg\rh"


def page_with(text: str) -> Page:
    """A page with this text in every place that holds text."""
    return [
        Heading(text),
        Line(text, label=text),
        Line(text, strong=True),
        Gap(),
        Bullets((text,)),
        Entry(text, (Line(text), Line(text, strong=True)), to="there"),
        table(text, [text, "n"], [[text, "1"]], notes=[text]),
        Scale(text, (Bar("rate", 0.1, 0.01, 0.2),)),
        Forest(text, (Effect("a", "b", 2.0, 1.5, 3.0),), text),
        Figure("figure", text),
        Details(text, (Line(text),)),
        Meaning((text, text)),
        Boxes((Box(text, text, text), Box("2", "each", "1 to 3")), text),
        Dots(text, (DotRow(text, 66, False), DotRow("some", 34, True)), text),
        Icons(text, (IconGroup(text, 998, "circle", "dark"), IconGroup("b", 2, "diamond", "amber")), NAMES, text),
        Tree(text, Branch(text, text, (Branch("1", text), Branch("2", text, strong=True))), text),
        Quote(text),
        Download(text, "text/csv", text, text),
        Verbatim(text, text),
    ]


def as_file(page: Page, text: str) -> str:
    """A report of *page*, with *text* wherever a report itself says something."""
    return file_of(Document(text, "Kind", text, page, (Section(text, tuple(page)),), text))


class Words(HTMLParser):
    """What a browser shows of a document, and the tags in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.said, self.tags = [], []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.said += [value or "" for name, value in attrs if name == "alt"]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def joined(text: str) -> str:
    """*text* without what its layout made: rules and white space."""
    return " ".join(re.sub("─+", "", text).split())


@pytest.mark.parametrize("text", HOSTILE)
def test_a_terminal_shows_text_as_it_is(text: str) -> None:
    """Every place shows it whole, on a console with colours too, and no colour is of its making."""
    from rich.console import Console

    stream = io.StringIO()
    console = Console(file=stream, width=400, highlight=False, force_terminal=True, color_system="truecolor")
    show(page_with(text), details=True, console=console)

    assert joined(text_of(page_with(text), 400, True)) == joined(text_of(page_with("word"), 400, True)).replace(
        "word", text
    )
    assert set(re.findall(r"\x1b\[[0-9;]*m", stream.getvalue())) == {"\x1b[1m", "\x1b[0m"}
    assert joined(re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue())) == joined(text_of(page_with(text), 400, True))


@pytest.mark.parametrize("text", HOSTILE)
def test_html_shows_text_as_it_is(text: str) -> None:
    words = Words(as_file(page_with(text), text))
    whole = Words(as_file(page_with("Lorem"), "Lorem"))

    assert words.tags == whole.tags
    assert words.tags.count("script") == 1
    assert " ".join(" ".join(words.said).split()) == " ".join(" ".join(whole.said).replace("Lorem", text).split())


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_text_as_it_is(text: str) -> None:
    """Read by a Markdown processor, as many elements come out as of a harmless word, and the text again."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    hostile, harmless = (Words(reader.render(markdown(page_with(word)))) for word in (text, "word"))

    assert hostile.tags == harmless.tags
    assert " ".join(" ".join(hostile.said).split()) == " ".join(" ".join(harmless.said).replace("word", text).split())


def test_control_characters_reach_nobody() -> None:
    """Escape sequences, bells and signs that turn the direction of writing are replaced, in every renderer."""
    page = page_with(STEERING)
    for shown in (text_of(page, 400, details=True), as_file(page, STEERING), markdown(page)):
        assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown) == []
        assert "a\ufffd" in shown
        assert "f g h" in shown


COLUMNS = Table(
    "Counts of something that takes a long title to say, longer than a narrow terminal is wide",
    ("", "average", "± error", "range of campaigns", "source"),
    (
        ("alerts", "239,216", "1,234.5", "1 in 1,660,000 to 1 in 1,040,000", "a sentence of many words on where it is from"),
        ("  false", "4,100", "", "none", ""),
    ),
    spare=("± error", "range of campaigns"),
    notes=(
        Note("± error: of the simulation.", ("± error",)),
        Note("Ranges are wide.", ("range of campaigns",)),
        Note("For all."),
    ),
    prose=("source",),
)  # fmt: skip


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_a_table_loses_spare_columns_with_their_notes_or_becomes_a_list(width: int) -> None:
    text = text_of([COLUMNS], width)
    words = " ".join(text.split())

    assert "For all." in words
    for number in ("239,216", "4,100"):
        assert number in text
    for name, cell, note in (
        ("± error", "1,234.5", "of the simulation."),
        ("range of campaigns", "1,660,000", "Ranges are wide."),
    ):
        assert (name in words) == (cell in words) == (note in words), name
    assert "…" not in text
    assert all(len(line) <= width or " " not in line.strip() for line in text.splitlines())


def test_what_belongs_to_a_number_stays_on_its_line() -> None:
    said = "It is 1 in 1,660,000 faces, GBP 800,000 and 12 % fewer of 18.7 million. " * 5
    for width in range(20, 60):
        lines = text_of([Line(said)], width).splitlines()
        assert not any(re.search(r"(1 in|GBP|\b1)$", line) or re.match(r"(%|million|in \d)", line) for line in lines), (
            width
        )


def test_a_word_longer_than_the_line_is_not_broken() -> None:
    key = "recogniser.lookalike_persistence_across_days"
    assert key in text_of([Line(f"see {key} for more"), Bullets((key,))], 20)


def test_details_stand_behind_the_rest_until_asked_for() -> None:
    page = [Line("answer"), Details("more", (Line("workings"),))]

    assert "workings" not in text_of(page)
    assert "workings" in text_of(page, details=True)
    assert "<details>" in as_file(page, "x")
    assert "workings" in markdown(page)


def test_wide_signs_count_as_two() -> None:
    """A sign of Chinese or Japanese takes two places of a terminal."""
    from rich.cells import cell_len

    said = table("", ["n", "words"], [["1", "日本語の文字 " * 8]], prose=["words"])
    for width in (40, 60):
        for page in ([said], [Line("日本語の文字 " * 8)]):
            assert all(cell_len(line) <= width for line in text_of(page, width).splitlines()), width


def test_a_list_keeps_the_first_column_and_what_belongs_to_what() -> None:
    wide = "a cell that is far wider than such a terminal"
    lines = text_of([table("", ["threshold", "n"], [["0.60", wide], ["  part", wide]])], 40).splitlines()

    assert lines[0].startswith("  - threshold 0.60: n: a cell")
    assert any(line.startswith("    - threshold part: n:") for line in lines)


def test_an_empty_label_leaves_no_marks() -> None:
    assert "****" not in markdown([Entry("   ", (Line("words"),)), Line("", strong=True)])
