"""A lesson on a terminal, in parts: whoever teaches from it stops after each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.evidence.lesson.lesson import Lesson, Trials
from simulator.evidence.numbers import number, whole
from simulator.report.catalogue import words
from simulator.report.lesson.told import told, trees
from simulator.report.page import Block, Bullets, Entry, Gap, Heading, Line, Masthead, table
from simulator.report.pictured import Branch

# After so many trials the count is shown: one by one first, then many.
STEPS = (1, 10, 100, 1000)


def question(lesson: Lesson) -> list[Block]:
    """The title, and what one needs to know."""
    said, text = words("lesson")["said"], told(lesson)
    return [Masthead(text["title"], text["tag"]), Heading(said["story"]), Bullets(tuple(text["story"]))]


def asked(lesson: Lesson, at: int) -> list[Block]:
    """The question of round *at*."""
    return [Gap(), Heading(words("lesson")["said"]["guess"]), Line(told(lesson)["rounds"][at]["ask"], strong=True)]


def shown(lesson: Lesson, at: int, guess: float | None) -> Iterator[list[Block]]:
    """Round *at* in its parts: what is counted, numbers and tree, the gap to the *guess* (None: there was none)."""
    said, part = words("lesson")["said"], told(lesson)["rounds"][at]
    counts = [_counts(trials) for trials in lesson.trials if trials.name in part["trials"]]
    yield [Heading(said["count"]), *(block for blocks in counts for block in blocks)]
    yield [Heading(said["given"]), Line(part["given"])]
    tree = trees(lesson, filled=True)[at]
    yield [Heading(said["tree"]), *(Line(text) for text in _under(tree.root))]
    written = [] if guess is None else [Line(said["guessed"].format(guess=f"{guess:g}", unit=part["unit"]))]
    yield [
        Heading(said["gap"]),
        *written,
        Line(part["counted"], strong=True),
        Line(said["differs"]),
        Bullets(tuple(part["gap"])),
    ]


def last(lesson: Lesson) -> list[Block]:
    """The last question, its answer, and how to go on."""
    said, text = words("lesson")["said"], told(lesson)
    return [
        Entry(said["exit"], (Line(text["exit"]["ask"]),)),
        Entry(said["answer"], (Line(text["exit"]["answer"]),)),
        Entry(said["sources"], tuple(Line(line) for line in text["teacher"]["sources"])),
        Gap(),
        Line(said["how"]),
    ]


def listed(names: Sequence[str]) -> list[Block]:
    """All lessons by name."""
    text = words("lesson")
    entries = [Entry(name, (Line(text["lessons"][name]["title"]),)) for name in names]
    return [Line(text["said"]["list"]), Gap(), *entries]


def _counts(trials: Trials) -> Iterator[Block]:
    """How many were counted after one trial, after ten, and so on, and the average of one; of alerts each is one or none."""
    said, text = words("lesson")["said"], words("lesson")["trials"][trials.name]
    steps = [step for step in STEPS if step <= len(trials.counts)]
    rows = []
    for i, column in enumerate(trials.columns):
        sums = [sum(row[i] for row in trials.counts[:step]) for step in steps]
        average = [] if trials.single else [number(sums[-1] / steps[-1])]
        rows.append([text["columns"][column], *map(whole, sums), *average])
    heads = [f"{step:,} {text['one'] if step == 1 else text['many']}" for step in steps]
    yield table(text["title"], [said["column"], *heads, *([] if trials.single else [said["each"]])], rows)


def _under(branch: Branch, depth: int = 0) -> Iterator[str]:
    """A branch and all under it, a line each; how deep it is stands before it."""
    yield "> " * depth + " ".join(filter(None, (branch.count, branch.label)))
    for one in branch.branches:
        yield from _under(one, depth + 1)


__all__ = ["asked", "last", "listed", "question", "shown"]
