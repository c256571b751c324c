"""Lessons: their words fit what was simulated, are easy to read, and pages of them are made for pupils and for teachers apart."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lessons_taught import taught

from simulator.evidence.claim.found import Count, Given
from simulator.evidence.claim.stated_numbers import answer
from simulator.evidence.lesson.lessons import LESSONS
from simulator.experiment.program import program_version
from simulator.report.catalogue import words
from simulator.report.lesson.checked import BLANK, DriftError, checked, checked_all
from simulator.report.lesson.page import files_of, index_of
from simulator.report.lesson.told import told, trees

LONGEST_SENTENCE = 25
# Longer words are hard unless they are explained or everybody knows them.
LONGEST_WORD = 12
KNOWN = {"face recognition", "misconceptions", "passers-by", "239,216-face"}
HARD = re.compile(
    r"\b(?:probabilit|statistic|false positive|true positive|bayes|prior|posterior|sensitivit|specificit|confidence|interval|"
    r"calibrat|parameter|hypothes|variance|deviation|percentile|denominator|lambda|[α-ωΑ-Ω])",
    re.IGNORECASE,
)


def texts(part: Any) -> Iterator[str]:
    """Every text in a part of the catalogue."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from texts(value)


def sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.!?:])\s+", text) if sentence]


@pytest.mark.parametrize("name", LESSONS)
def test_words_fit_what_was_simulated(name: str) -> None:
    told(taught(name))


def test_a_number_that_drifts_is_caught() -> None:
    """Negative control: each number of a lesson fails once it has moved, and so does one that nobody computed."""
    lesson = taught("virtually-zero")
    text = words("lesson")["lessons"][lesson.name]
    for name in set(re.findall(r"\{(\w+) = ", " ".join(texts(text)))):
        with pytest.raises(DriftError):
            checked_all(text, {**lesson.numbers, name: 2 * lesson.numbers[name] + 1})
    with pytest.raises(DriftError, match="no number is called"):
        checked("{nobody = 3}", lesson.numbers)
    with pytest.raises(DriftError, match="must be written as"):
        checked("{faces}", lesson.numbers)


@pytest.mark.parametrize(
    ("said", "computed", "fits"),
    [
        ("3", 3.22, True), ("3", 3.51, False), ("2.5", 2.478, True), ("2.5", 2.44, False), ("890", 888.6, True),
        ("890", 884.9, False), ("1,000", 999.7, True), ("1,000", 1101.0, False), ("9 million", 9.45e6, True),
        ("9 million", 9.6e6, False), ("0", 0.4, True), ("0", 0.6, False), ("3", math.nan, False),
    ],
)  # fmt: skip
def test_a_number_says_what_its_digits_say(said: str, computed: float, fits: bool) -> None:
    if fits:
        assert checked(f"about {{n = {said}}} of them", {"n": computed}) == f"about {said} of them"
    else:
        with pytest.raises(DriftError):
            checked(f"{{n = {said}}}", {"n": computed})


@pytest.mark.parametrize("name", LESSONS)
def test_sentences_are_short_and_words_are_plain(name: str) -> None:
    text = words("lesson")["lessons"][name]
    for_pupils = list(texts({key: value for key, value in told(taught(name)).items() if key != "teacher"}))
    every = [sentence for part in for_pupils + list(texts(text["teacher"])) for sentence in sentences(part)]

    assert [sentence for sentence in every if len(sentence.split()) > LONGEST_SENTENCE] == []
    assert [part for part in for_pupils if HARD.search(part)] == []
    long = {word for part in for_pupils for word in re.findall(r"[A-Za-z-]+", part) if len(word) > LONGEST_WORD}
    assert long - KNOWN == set()


def test_the_reading_test_sees_what_is_hard() -> None:
    """Negative control."""
    assert len(sentences(" ".join(["word"] * 26) + ".")[0].split()) > LONGEST_SENTENCE
    assert HARD.search("The posterior probability")
    assert HARD.search("λ is small")


def test_plans_take_twenty_minutes() -> None:
    for text in words("lesson")["lessons"].values():
        assert sum(int(minutes) for minutes, _ in text["teacher"]["plan"]) == 20


def test_numbers_of_the_claim_are_those_of_the_claim_command() -> None:
    """One calculator for "virtually zero": exact intervals and what would show it are those of ``lfrsim claim``."""
    numbers = taught("virtually-zero").numbers
    said = answer(Given(events={"false_alerts": Count(1, 1)}, units={"faces": 239_216, "alerts": 200}))
    per = {row.per: row.interval_95 for row in said.rates}
    tenth, millionth = said.readings[1], said.readings[3]

    assert per["faces"] is not None
    assert per["alerts"] is not None
    assert [1 / end for end in per["faces"]] == pytest.approx([numbers["per_face_least"], numbers["per_face_most"]])
    assert [1 / end for end in per["alerts"]] == pytest.approx([numbers["per_alert_least"], numbers["per_alert_most"]])
    assert numbers["could_be_wrong"] == tenth.could_be_wrong
    assert numbers["shows_1000000"] == pytest.approx(millionth.units_needed[0].units)


@pytest.mark.parametrize("name", LESSONS)
def test_the_sheet_gives_no_answer_away(name: str) -> None:
    """Boxes of the tree are empty below its root, and what was counted stands in no other place of the sheet."""
    lesson = taught(name)
    sheet = files_of(lesson, "made")[f"{name}-worksheet.html"]
    empty = sum(str(tree).count(BLANK) for tree in trees(lesson, filled=False))
    stated = sum(part["given"].count("{") for part in words("lesson")["lessons"][name]["rounds"])

    assert empty > 0
    assert sheet.count(BLANK) == empty + stated
    for part in told(lesson)["rounds"]:
        assert part["counted"] not in sheet
        assert part["given"] not in sheet
        assert not any(line in sheet for line in part["gap"])
    assert told(lesson)["exit"]["answer"] not in sheet


def test_the_teachers_page_has_what_the_others_have_not() -> None:
    lesson = taught("one-team")
    files = files_of(lesson, "made")
    notes = told(lesson)["teacher"]

    assert list(files) == ["one-team.html", "one-team-worksheet.html", "one-team-teacher.html"]
    for aim in notes["aims"]:
        assert aim in files["one-team-teacher.html"]
        assert aim not in files["one-team.html"] + files["one-team-worksheet.html"]


def test_the_index_leads_to_every_file() -> None:
    page = index_of(list(LESSONS), "made")

    assert set(re.findall(r'href="([^"]+)"', page)) == {
        f"{name}{end}.html" for name in LESSONS for end in ("", "-worksheet", "-teacher")
    }


@pytest.mark.parametrize("name", LESSONS)
def test_built_lessons_are_what_is_made_now(name: str) -> None:
    """Those in results/lessons, which a teacher opens without an installation."""
    built = Path(__file__).resolve().parents[2] / "results" / "lessons"
    for file, text in files_of(taught(name), f"Made by lfrsim {program_version()}.").items():
        assert (built / file).read_text("utf-8") == text, "run python results/reports.py"
