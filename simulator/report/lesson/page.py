"""The files of a lesson: a page to teach from, a worksheet of one sheet of paper, the teacher's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from simulator.evidence.lesson.lesson import Lesson, Trials
from simulator.report.catalogue import words
from simulator.report.lesson import teacher
from simulator.report.lesson.checked import blank
from simulator.report.lesson.told import told, trees
from simulator.report.page import Page
from simulator.report.render.html import asset as report_asset
from simulator.report.render.html import inside
from simulator.report.render.page_file import asset_of, filled, inline
from simulator.report.render.shell import file_of

# Squares of the sheet: ten rows of a hundred.
ACROSS, ROWS, SQUARE = 100, 10, 7
SCRIPTS = ("numbers", "svg")


def names_of(name: str) -> list[str]:
    """The three files of the lesson *name*: to teach from, to print, and the teacher's notes."""
    return [f"{name}{end}.html" for end in ("", "-worksheet", "-teacher")]


def files_of(lesson: Lesson, made: str) -> Mapping[str, str]:
    """The text of each of its three files by name; *made* says by what they were made. Raises DriftError."""
    names = names_of(lesson.name)
    texts = (
        _page(lesson, names[1], made),
        _sheet(lesson),
        file_of(teacher.document(lesson, (names[0], names[1]), made)),
    )
    return dict(zip(names, texts, strict=True))


def index_of(names: list[str], made: str) -> str:
    """A page that leads to the files of the lessons of these *names*."""
    text = words("lesson")
    lessons = [{"name": name, "title": text["lessons"][name]["title"]} for name in names]
    return _filled("index.html.j2", said=text["said"], lessons=lessons, made=made)


def _page(lesson: Lesson, sheet: str, made: str) -> str:
    text = words("lesson")
    data = {
        "said": text["said"],
        "trials": {item.name: _trials(item, text["trials"][item.name]) for item in lesson.trials},
    }
    drawn = [_inside([tree], f"tree-{i}") for i, tree in enumerate(trees(lesson, filled=True))]
    rounds = [{**part, "drawn": tree} for part, tree in zip(told(lesson)["rounds"], drawn, strict=True)]
    script = '"use strict";\n' + "".join(asset_of("explore", f"{name}.js") for name in SCRIPTS) + _asset("lesson.js")
    return _filled(
        "lesson.html.j2",
        said=text["said"],
        lesson=told(lesson),
        rounds=rounds,
        commands=lesson.commands,
        sheet=sheet,
        data=inline(data),
        script=script,
        made=made,
    )


def _sheet(lesson: Lesson) -> str:
    drawn = [_inside([tree], f"blank-{i}") for i, tree in enumerate(trees(lesson, filled=False))]
    return _filled(
        "sheet.html.j2",
        said=words("lesson")["said"],
        lesson=told(lesson),
        given=[blank(part["given"]) for part in words("lesson")["lessons"][lesson.name]["rounds"]],
        trees=drawn,
        grid={"across": ACROSS, "rows": ROWS, "square": SQUARE},
    )


def _trials(trials: Trials, text: Mapping[str, Any]) -> dict[str, Any]:
    """Trials as the page's script has them; *signs* where each is one sign, wrong or not as its first column says."""
    return {
        "columns": [text["columns"][column] for column in trials.columns],
        "keys": [trials.columns.index(key) for key in text["keys"]],
        "signs": trials.single,
        "counts": trials.counts,
        **{name: text[name] for name in ("title", "one", "many")},
    }


def _inside(page: Page, name: str) -> Markup:
    return Markup(inside(page, name=name, level=3))


def _filled(template: str, **values: Any) -> str:
    return filled(_asset(template), report_asset("report.css") + _asset("lesson.css"), **values)


def _asset(name: str) -> str:
    return asset_of("lesson", name)


__all__ = ["files_of", "index_of", "names_of"]
