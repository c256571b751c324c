"""The teacher's page of a lesson: aims, plan, what pupils say, and the answers, apart from what pupils see."""

from __future__ import annotations

from dataclasses import replace

from simulator.evidence.lesson.lesson import Lesson
from simulator.report.catalogue import words
from simulator.report.document import Document, section
from simulator.report.lesson.told import told, trees
from simulator.report.page import Bullets, Entry, Heading, Line, table
from simulator.report.pictured import Meaning


def document(lesson: Lesson, files: tuple[str, str], made: str) -> Document:
    """The page as a document; *files* are those of the lesson and of the sheet, *made* says by what it was made."""
    said, text = words("lesson")["said"], told(lesson)
    title = said["teacher"].format(title=text["title"])
    notes, answers = text["teacher"], text["answers"]
    rounds = [
        Entry(part["ask"], (Line(part["counted"], strong=True), *(Line(line) for line in part["gap"])))
        for part in text["rounds"]
    ]
    drawn = [replace(tree, title=said["answer_tree"]) for tree in trees(lesson, filled=True)]
    return Document(
        title=title,
        tag=text["tag"],
        about=said["minutes"].format(minutes=sum(int(minutes) for minutes, _ in notes["plan"])),
        front=[
            Meaning((title, said["files"].format(lesson=files[0], sheet=files[1]))),
            Heading(said["aims"]),
            Bullets(tuple(notes["aims"])),
            table(said["plan"], said["plan_columns"], notes["plan"], prose=[said["plan_columns"][1]]),
            Line(said["longer"]),
            table(said["wrong_ideas"], said["wrong_columns"], notes["wrong_ideas"], prose=said["wrong_columns"][1:]),
            Entry(said["good_or_bad"], (Line(notes["good_or_bad"]),)),
        ],
        sections=(
            *section(
                said["answers"],
                [
                    Line(said["accept"]),
                    *rounds,
                    Entry(said["answer_given"], tuple(Line(part["given"]) for part in text["rounds"])),
                    *drawn,
                    Entry(said["answer_grid"], (Line(answers["grid"]),)),
                    Entry(said["answer_per"], tuple(map(Line, answers["per"]))),
                    Entry(said["answer_headline"], (Line(answers["headline"]),)),
                    Entry(said["exit"], (Line(text["exit"]["ask"]), Line(text["exit"]["answer"], strong=True))),
                    Entry(said["more"], tuple(Line(command) for command in lesson.commands)),
                    Entry(said["sources"], tuple(Line(line) for line in notes["sources"])),
                    Line(said["how"]),
                ],
            ),
        ),
        made=made,
    )


__all__ = ["document"]
