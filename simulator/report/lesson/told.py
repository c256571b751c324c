"""A lesson in words: the catalogue's text of it, its numbers checked, and its trees with numbers or with room for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from simulator.evidence.lesson.lesson import Lesson
from simulator.report.catalogue import words
from simulator.report.lesson.checked import BLANK, blank, checked_all
from simulator.report.pictured import Branch, Tree

# In a tree of the catalogue: what stands before it is the number, and this at the beginning marks what goes wrong.
PART, WRONG = " | ", "!"


def told(lesson: Lesson) -> Mapping[str, Any]:
    """The words of *lesson* by the names of the catalogue; raises DriftError for a number that was not computed so."""
    found: Mapping[str, Any] = checked_all(words("lesson")["lessons"][lesson.name], lesson.numbers)
    return found


def trees(lesson: Lesson, filled: bool) -> list[Tree]:
    """The tree of every round of *lesson*, *filled* in or with room to write."""
    rounds = (told(lesson) if filled else words("lesson")["lessons"][lesson.name])["rounds"]
    drawn = [Tree("", _branch(item["tree"], filled)) for item in rounds]
    # what all of it is parted from is given
    roots = [_branch(item["tree"][:1], True) for item in told(lesson)["rounds"]]
    return [replace(tree, root=replace(tree.root, count=root.count)) for tree, root in zip(drawn, roots, strict=True)]


def _branch(tree: list[Any], filled: bool) -> Branch:
    """A node of the catalogue: its text, then its branches, each a text or a list of the same form."""
    text, *branches = tree
    strong = text.startswith(WRONG)
    said = text.removeprefix(WRONG) if filled else blank(text.removeprefix(WRONG))
    count, part, label = said.rpartition(PART)
    if not filled and part:
        # every number is left open, also one that the words give
        count = BLANK
    under = tuple(_branch(item if isinstance(item, list) else [item], filled) for item in branches)
    return Branch(count=count, label=label, branches=under, strong=strong)


__all__ = ["told", "trees"]
