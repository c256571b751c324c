"""The explorer's words: whatever its page says by name is in the catalogue, and nothing is there that no page says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from simulator.report.catalogue import words
from simulator.report.explore import page

ASSETS = files("simulator.report.explore") / "assets"


def test_every_word_is_there_and_every_word_is_said() -> None:
    there = {path for path, _ in paths(words("explore"))}
    template = set(re.findall(r"words\.([a-z_]+(?:\.[a-z_]+)*?)(?:\.format\(| |\))", text("explorer.html.j2")))
    scripts = {f"scripts.{name}" for name in re.findall(r"\bWORDS\.([a-z_]+(?:\.[a-z_]+)*)", all_scripts())}
    # what Python says itself: by the last name, and groups that it goes through
    python = set(re.findall(r'\["(\w+)"\]', Path(str(page.__file__)).read_text("utf-8")))
    looped = {f"views.{name}" for name, *_ in page.VIEWS} | {f"calculator.{name}" for name, _ in page.ZERO}

    # the labels of the sliders, put in when the page is made
    scripts -= {"scripts.labels"}
    assert template | scripts | looped <= there
    unsaid = there - template - scripts - looped
    assert {path for path in unsaid if path.rpartition(".")[2] not in python} == set()


def test_what_is_filled_in_is_what_the_scripts_give() -> None:
    """Of each call in one piece: the names in its words are those that it gives, so that no "{unit}" is left on the page."""
    said = dict(paths(words("explore")["scripts"]))
    calls = re.findall(r"filled\(\s*WORDS\.([\w.]+), \{ ?([^{}]*?),?\s*\}", all_scripts())

    assert len(calls) > 10
    for path, given in calls:
        names = {part.partition(":")[0].strip() for part in re.sub(r"\([^()]*\)", "", given).split(",")}
        assert set(re.findall(r"\{(\w+)\}", said[path])) == names, path


def paths(group: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Where each text stands in the catalogue, and the text."""
    for name, value in group.items():
        if isinstance(value, dict):
            yield from paths(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def text(name: str) -> str:
    return (ASSETS / name).read_text("utf-8")


def all_scripts() -> str:
    return "".join(text(f"{name}.js") for name in page.SCRIPTS)
