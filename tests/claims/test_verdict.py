"""The rule: what makes a claim supported, contradicted or untestable, and that it cannot see who spoke."""

from __future__ import annotations

import inspect
from itertools import product

import pytest

from simulator.evidence.claim import verdict as rule
from simulator.evidence.claim.agreement import Finding, Relation, sides_of
from simulator.evidence.claim.verdict import Picture, Precision, verdict

COUNTED = Precision(shown=True, why="counted")


def evidence(relation: Relation, grade: str = "A", publication: str = "report") -> Finding:
    return Finding(
        name="e", relation=relation, grade=grade, publication=publication, source="a source", what="something"
    )


def judged(*findings: Finding, precision: Precision = COUNTED, pictures: tuple[Picture, ...] = ()) -> str:
    return verdict(sides_of(findings), precision, "counted face", pictures).outcome


@pytest.mark.parametrize(
    "relation", ["otherwise", "not_stated", "from_claim", "not_comparable", "assumed", "simulated"]
)
def test_what_settles_nothing_leaves_a_claim_untested(relation: Relation) -> None:
    assert judged(evidence(relation)) == "cannot_be_tested"
    assert judged() == "cannot_be_tested"


def test_grade_a_or_two_publications_contradict_and_one_transcription_does_not() -> None:
    one, same, other = (evidence("disagrees", "B", name) for name in ("a", "a", "b"))

    assert judged(evidence("disagrees", "A")) == "contradicted"
    assert judged(one) == "not_in_transcript"
    assert judged(one, same) == "not_in_transcript"
    assert judged(one, other) == "contradicted"


def test_support_asks_for_as_much_as_contradiction() -> None:
    one, same, other = (evidence("agrees", "B", name) for name in ("a", "a", "b"))

    assert judged(evidence("agrees", "A")) == "supported"
    assert judged(one) == "not_shown"
    assert judged(one, same) == "not_shown"
    assert judged(one, other) == "supported"


def test_sources_that_differ_with_equal_strength_show_nothing() -> None:
    for grade in ("A", "B"):
        assert judged(evidence("agrees", grade), evidence("disagrees", grade, "other")) == "not_shown"


def test_the_stronger_side_wins_whichever_it_is() -> None:
    weak_for, strong_for = evidence("agrees", "B"), evidence("agrees", "A")
    weak_against, strong_against = evidence("disagrees", "B", "other"), evidence("disagrees", "A", "other")

    assert judged(strong_for, weak_against) == "supported"
    assert judged(weak_for, strong_against) == "contradicted"


@pytest.mark.parametrize("why", ["cause", "not_inside", "simulated", "noise"])
def test_a_claim_of_more_than_was_counted_is_not_shown(why: str) -> None:
    assert judged(evidence("agrees"), precision=Precision(shown=False, why=why)) == "not_shown"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("factor", "outcome"), [(9.9, "supported"), (10.1, "another_picture"), (1 / 10.1, "another_picture")]
)
def test_ten_times_as_frequent_or_as_rare_is_another_picture(factor: float, outcome: str) -> None:
    assert judged(evidence("agrees"), pictures=(Picture.of("alert", 0.1, factor),)) == outcome


def test_units_are_named_in_the_verdict() -> None:
    found = verdict(sides_of([evidence("agrees")]), COUNTED, "counted face", (Picture.of("alert", 0.005, 1667.0),))

    assert found.words == "true per counted face, but another picture per alert"


def test_a_contradicted_claim_is_not_saved_by_another_picture() -> None:
    assert judged(evidence("disagrees"), pictures=(Picture.of("alert", 0.1, 1e3),)) == "contradicted"


def test_every_outcome_has_words_and_can_be_reached() -> None:
    findings = [()] + [
        tuple(evidence(relation, grade, publication) for relation, grade, publication in pair)
        for pair in product(product(("agrees", "disagrees"), ("A", "B"), ("x", "y")), repeat=2)
    ]
    precisions = (COUNTED, Precision(shown=False, why="cause"))
    pictures: tuple[tuple[Picture, ...], ...] = ((), (Picture.of("alert", 1.0, 100.0),))
    reached = {
        judged(*found, precision=precision, pictures=shown)
        for found in findings
        for precision in precisions
        for shown in pictures
    } | {judged(evidence("disagrees", "B"))}

    assert reached == set(rule.WORDS)


def test_the_rule_has_no_way_to_see_who_spoke() -> None:
    """Its arguments carry grades, numbers and units; no speaker and no text of the claim."""
    assert list(inspect.signature(verdict).parameters) == ["sides", "precision", "unit", "pictures"]
    assert "said_by" not in inspect.getsource(rule)


def test_relabelling_agreement_and_disagreement_mirrors_the_verdict() -> None:
    """Fair to both sides: where for and against change places, supported and contradicted do, and nothing else moves."""
    mirror = {"agrees": "disagrees", "disagrees": "agrees"}
    swapped = {"supported": "contradicted", "contradicted": "supported"}
    for first, second in product(product(("agrees", "disagrees"), ("A", "B")), repeat=2):
        found = [evidence(first[0], first[1], "x"), evidence(second[0], second[1], "y")]  # type: ignore[arg-type]
        other = [evidence(mirror[first[0]], first[1], "x"), evidence(mirror[second[0]], second[1], "y")]  # type: ignore[arg-type]
        outcome = judged(*found)
        if outcome in swapped:
            assert judged(*other) == swapped[outcome]
