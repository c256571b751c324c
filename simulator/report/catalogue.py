"""The words of pages, by the kind of page: all in one file, so that another language is one more file."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def words(section: str, language: str = "en") -> dict[str, Any]:
    """The *section* of the catalogue in a *language*: texts by name, some in groups; KeyError for one that it does not have."""
    from importlib.resources import files

    from ruamel.yaml import YAML

    text = (files("simulator.report") / "words" / f"{language}.yaml").read_text("utf-8")
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(text)[section]
    return found


__all__ = ["words"]
