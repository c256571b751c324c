"""Claim files are read strictly: every mistake with its place, its field, the rule and the value."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.claim_texts import FILE
from simulator.claim import load_claims, shipped_claims
from simulator.claim.dates import last_day
from simulator.scenario.errors import ScenarioError


def problems(text: str, folder: Path) -> list[str]:
    (folder / "x.yaml").write_text(text, "utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_claims(folder / "x.yaml")
    return [line.replace(f"{folder}/", "") for line in str(caught.value).splitlines()]


def test_the_test_file_loads(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(FILE, "utf-8")

    assert load_claims(tmp_path / "x.yaml").claims["few"].kind == "count"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("grade: A", "grade: C", 'x.yaml:12:12: evidence.record.grade: must be A, B or assumed (got "C")'),
        ("arrests: 173", "arrests: -3", "must be at least 0 (got -3)"),
        ("arrests: 173", "arrests: 1.5", "must be a whole number (got 1.5)"),
        ("false_alerts: 1}", "false_alerts: 336}", "must not be more than alerts (got 336 and 335)"),
        ("event: false_alerts", "event: false_alarms", 'no figure is called "false_alarms"'),
        ("evidence: [record]", "evidence: [recrod]", 'none of the file\'s evidence (record)'),
        ("statement:", "statment:", 'unknown key "statment"; did you mean "statement"?'),
        ("claimed: 1", "claimed: {low: 3, high: 2}", "claimed.low: must not be above high (got low 3, high 2)"),
        ("claimed: 1", "claimed: {value: 3, at_most: 2}", "give exactly one of value, low and high, at_least, at_most"),
        ("claimed: 1", "claimed: a handful", "must be a number, or a mapping"),
        ("count: {event: false_alerts, claimed: 1}", "about: it", "the claim rests on documents alone"),
        ("source: the record", "", "source: is missing"),
        (
            "count: {event: false_alerts, claimed: 1}",
            "rate: {event: false_alerts, per: faces, claimed: 170000}",
            "claimed: must be at most 1: there are no more false_alerts than faces (got 170000); for 1 in 170,000 write 5.88e-06",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_field_rule_and_value(old: str, new: str, message: str, tmp_path: Path) -> None:
    assert old in FILE
    told = problems(FILE.replace(old, new, 1), tmp_path)

    assert message in "\n".join(told)
    assert all(line.startswith("x.yaml:") for line in told)


def test_a_count_of_more_than_all_contradicts_itself(tmp_path: Path) -> None:
    told = problems(FILE.replace("claimed: 1}", "claimed: 9, out_of: {alerts: 8}}"), tmp_path)

    assert "must not be more than what it is out of (got 9 false_alerts out of 8 alerts)" in told[0]


def test_two_kinds_at_once_are_refused(tmp_path: Path) -> None:
    text = FILE.replace(
        "evidence: [record]", "rate: {event: arrests, per: alerts, claimed: 0.5}\n    evidence: [record]"
    )

    assert "give one of count, rate, change, comparison (got count and rate)" in "\n".join(problems(text, tmp_path))


def test_a_mistake_in_the_evidence_hides_none_in_a_claim(tmp_path: Path) -> None:
    told = "\n".join(
        problems(FILE.replace("grade: A", "grade: C").replace("event: false_alerts", "event: false"), tmp_path)
    )

    assert "must be A, B or assumed" in told
    assert "claims.few.count.event" in told or "no figure is called" in told
    assert "none of the file's evidence" not in told


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("faces: 472352", "faces: 472,352", "numbers are written without commas"),
        ("claimed: 1", "claimed: 1 in 170000", "for 1 in 170,000 write 0.00000588"),
        ("statement: There", "statement: It said: there", "put text that holds a colon in quotes"),
        ("said_on: today", "said_on: 2026-05-01", "said_on: must be text (got 2026-05-01); put it in quotes"),
    ],
)
def test_a_slip_of_writing_is_told_with_how_to_write_it(old: str, new: str, message: str, tmp_path: Path) -> None:
    assert old in FILE
    assert message in "\n".join(problems(FILE.replace(old, new, 1), tmp_path))


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    told = problems(FILE.replace("grade: A", "grade: C").replace("said_by", "said_bye"), tmp_path)

    assert len(told) >= 2


@pytest.mark.parametrize("text", ["", "- a\n", "name: [\n", "just words\n"])
def test_what_is_no_claim_file_is_refused(text: str, tmp_path: Path) -> None:
    assert problems(text, tmp_path)[0].startswith("x.yaml")


def test_a_name_that_is_none_gets_the_nearest() -> None:
    with pytest.raises(ScenarioError, match='did you mean "croydon-sun-2026"'):
        load_claims("croydon-sun-2025")


@pytest.mark.parametrize("name", sorted(shipped_claims()))
def test_shipped_claims_are_named_like_their_files(name: str) -> None:
    assert load_claims(name).name == name


def test_one_source_under_two_publications_is_refused(tmp_path: Path) -> None:
    """It would count as two, and two publications are strong evidence."""
    record = FILE[FILE.index("  record:") : FILE.index("claims:")]
    again = record.replace("  record:", "  again:").replace("publication: record", "publication: another")

    told = problems(FILE.replace("claims:", f"{again}claims:", 1), tmp_path)

    assert "one source is one publication, or it would count twice" in told[0]


def test_a_mistake_in_the_evidence_brings_no_false_ones_after_it(tmp_path: Path) -> None:
    assert "is none of the file's evidence" not in "\n".join(problems(FILE.replace("grade: A", "grade: C"), tmp_path))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("grade: A", "grade: A\n    seen: quoted", "grade: must be B for what was seen as quoted"),
        ("grade: A", "seen: copied", "must be original, full copy, quoted, transcribed or totalled"),
        (
            "    grade: A\n",
            "",
            "seen: is missing: say how it was seen (original, full copy, quoted, transcribed, totalled)",
        ),
        ("grade: A", "grade: A\n    draws_on: record", "draws_on: must name another publication"),
        ("grade: A", "grade: A\n    published: soon", "must be a day, a month or a year"),
        (
            "grade: A",
            "grade: A\n    begins: 2026-02-01\n    published: January 2026",
            "published: must not be before begins",
        ),
        ("grade: A", "grade: A\n    at_least: {alerts: 400}", "at_least.alerts: must not be more than the figure"),
        ("grade: A", "grade: A\n    at_least: {stops: 4}", "is none of the figures"),
        ("forces: [a force]", "forces: [an Auditor]", "as in counted_by (an auditor)"),
        ("evidence: [record]", "evidence: [record]\n    ends: 2026-01-01", "begins: is missing"),
        (
            "evidence: [record]",
            "evidence: [record]\n    begins: 2026-02-01\n    ends: 2026-01-01",
            "ends: must not be before begins",
        ),
    ],
)
def test_what_the_rule_must_know_is_checked(old: str, new: str, message: str, tmp_path: Path) -> None:
    assert old in FILE
    assert message in "\n".join(problems(FILE.replace(old, new, 1), tmp_path))


@pytest.mark.parametrize(
    ("seen", "grade"),
    [("original", "A"), ("full copy", "A"), ("quoted", "B"), ("transcribed", "B"), ("totalled", "B")],
)
def test_a_grade_follows_from_how_it_was_seen(seen: str, grade: str, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(FILE.replace("grade: A", f"seen: {seen}"), "utf-8")

    assert load_claims(tmp_path / "x.yaml").evidence["record"].grade == grade


@pytest.mark.parametrize(
    ("said_on", "day"),
    [
        ("19 January 2026", "2026-01-19"),
        ("January 2026", "2026-01-31"),
        ("April or May 2026", "2026-05-31"),
        ("2018 to 2026", "2026-12-31"),
        ("2026-05-01", "2026-05-01"),
        ("today", None),
        ("2023 and later", None),
        ("31 February 2026", None),
    ],
)
def test_the_date_of_a_claim_is_the_last_day_that_can_be_meant(said_on: str, day: str | None) -> None:
    assert str(last_day(said_on)) == str(day)


FAULTS = """
name: faults
title: Faults
said_by: somebody
said_on: March 2026
source: us
evidence:
  r: {what: w, figures: {faces: 10, alerts: 20, arrests: 7.5}, publication: p, source: s, grade: A}
claims:
  a:
    statement: A.
    said_on: Marhc 2026
    begins: 2026-07-05
    ends: 2026-06-01
    rate: {event: false_alerts, per: alerts, claimed: 12}
    evidence: [q]
  b:
    statement: B.
    count: {event: false_allerts, claimed: 4}
    evidence: [z, r]
"""


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "faults.yaml"
    path.write_text(FAULTS)
    with pytest.raises(ScenarioError) as error:
        load_claims(path)
    told = str(error.value)

    for words in (
        "whole number (got 7.5)", "not be more than faces", "did you mean March?", "ends: must not be before begins",
        "claimed: must be at most 1", '"q" is none', '"z" is none', 'no figure is called "false_allerts"',
    ):  # fmt: skip
        assert told.count(words) == 1, words
