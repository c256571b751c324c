"""The rule: two axes, from grades, sources and dates; of who spoke it knows only whether they counted themselves."""

from __future__ import annotations

import datetime as dt
import inspect
from itertools import product
from typing import Any, get_args

import pytest

from simulator.claim.evidence import Claimed
from simulator.evidence.claim import verdict as rule
from simulator.evidence.claim.agreement import Finding, Relation
from simulator.evidence.claim.settle import Numbers, Strength, settle
from simulator.evidence.claim.verdict import Picture, Precision, Verdict, verdict

COUNTED = Precision(shown=True, why="counted")
CLAIMED = Claimed(value=100)


def evidence(relation: Relation, grade: str = "A", publication: str = "report", **more: Any) -> Finding:
    more = {"origin": publication, "own": False, **more}
    return Finding(
        name="e", relation=relation, grade=grade, publication=publication, source="a source", what="something", **more
    )


def reached(*findings: Finding, precision: Precision = COUNTED, pictures: tuple[Picture, ...] = ()) -> Verdict:
    return verdict(settle(findings, CLAIMED), precision, "counted face", pictures)


def judged(*findings: Finding, precision: Precision = COUNTED) -> tuple[str, str]:
    found = reached(*findings, precision=precision)
    return found.numbers, found.strength


@pytest.mark.parametrize(
    "relation",
    ["otherwise", "not_stated", "from_claim", "restated", "not_comparable", "other_period", "assumed", "simulated"],
)
def test_what_settles_nothing_is_no_test(relation: Relation) -> None:
    assert judged(evidence(relation)) == ("not_comparable", "no_test")
    assert judged() == ("not_comparable", "no_test")


@pytest.mark.parametrize(("relation", "numbers"), [("agrees", "agree"), ("disagrees", "differ")])
def test_support_and_contradiction_ask_for_as_much(relation: Relation, numbers: str) -> None:
    """A document of grade A by somebody else, or two sources; one source in two publications counts once."""
    one, other = evidence(relation, "B", "a", number=90), evidence(relation, "B", "b", number=90)
    copy = evidence(relation, "B", "b", number=90, origin="a")

    assert judged(evidence(relation, "A", number=90)) == (numbers, "shown")
    assert judged(one) == judged(one, one) == judged(one, copy) == (numbers, "one_source")
    assert judged(one, other) == (numbers, "shown")


@pytest.mark.parametrize(("relation", "numbers"), [("agrees", "agree"), ("disagrees", "differ")])
def test_a_count_of_ones_own_is_called_that_whatever_its_grade(relation: Relation, numbers: str) -> None:
    own = [evidence(relation, grade, name, number=90, own=True) for grade in "AB" for name in "xy"]

    assert judged(*own) == judged(own[0]) == judged(own[2]) == (numbers, "own_count")
    assert judged(own[2], evidence(relation, "B", "z", number=90)) == (numbers, "one_source")
    assert judged(own[0], evidence(relation, "A", "z", number=90)) == (numbers, "shown")


def test_who_counted_must_be_known_to_show_anything() -> None:
    unknown = [evidence("agrees", "A", name, own=None) for name in "xy"]

    assert judged(*unknown) == ("agree", "one_source")


def test_the_best_grade_decides_and_within_it_figures_can_disagree() -> None:
    for first, second in product(("agrees", "disagrees"), repeat=2):
        strong, weak = evidence(first, "A", number=90), evidence(second, "B", "other", number=90)  # type: ignore[arg-type]
        assert judged(strong, weak)[0] == ("agree" if first == "agrees" else "differ")
    for grade in ("A", "B"):
        both = evidence("agrees", grade, number=100), evidence("disagrees", grade, "other", number=120)
        assert judged(*both) == ("published_disagree", "not_shown")
        assert reached(*both).stated == (100, 120)


def test_figures_on_both_sides_of_a_claim_disagree_with_each_other() -> None:
    assert judged(evidence("disagrees", number=90), evidence("disagrees", "A", "other", number=110))[0] == (
        "published_disagree"
    )


def test_of_one_publication_the_fullest_period_speaks() -> None:
    early, late = (
        evidence(relation, number=number, ends=dt.date(2026, month, 1))  # type: ignore[arg-type]
        for relation, number, month in (("disagrees", 40, 1), ("agrees", 100, 3))
    )

    assert judged(early, late) == judged(late, early) == ("agree", "shown")


def test_what_came_later_does_not_decide() -> None:
    now, later = evidence("disagrees", "B", number=40), evidence("agrees", "A", "new", number=100, later=True)

    assert judged(now, later) == ("differ", "one_source")
    assert judged(later) == ("not_comparable", "no_test")


@pytest.mark.parametrize(("number", "times"), [(46.0, (0.46, 0.46)), (106.0, (1.06, 1.06)), (0.0, (0.0, 0.0))])
def test_size_is_what_is_published_by_what_is_claimed(number: float, times: tuple[float, float]) -> None:
    assert reached(evidence("disagrees", number=number)).times == pytest.approx(times)


def test_size_is_by_the_nearest_number_of_a_range() -> None:
    for number, times in ((1, 0.5), (14, 2.0)):
        found = settle([evidence("disagrees", number=number)], Claimed(low=2, high=7)).times
        assert found == pytest.approx((times, times))


def test_what_the_source_leaves_open_is_not_shown() -> None:
    assert judged(evidence("compatible", number=100, fewest=90)) == ("compatible", "not_shown")
    assert judged(evidence("agrees", number=100, fewest=100)) == ("agree", "shown")


@pytest.mark.parametrize("why", ["cause", "not_inside", "noise"])
def test_a_claim_of_more_than_was_counted_is_not_shown(why: Any) -> None:
    assert judged(evidence("agrees"), precision=Precision(shown=False, why=why)) == ("agree", "not_shown")


@pytest.mark.parametrize("why", ["could_not_fail", "could_not_differ"])
def test_a_claim_that_would_stand_whatever_was_counted_is_no_test(why: Any) -> None:
    precision = Precision(shown=False, why=why)

    assert judged(evidence("agrees"), precision=precision) == ("agree", "no_test")
    assert judged(evidence("disagrees", number=90), precision=precision) == ("differ", "shown")


@pytest.mark.parametrize(("factor", "another"), [(9.9, None), (10.1, "alert"), (1 / 10.1, "alert")])
@pytest.mark.parametrize("grade", ["A", "B"])
@pytest.mark.parametrize("relation", ["agrees", "disagrees"])
def test_ten_times_as_frequent_or_as_rare_is_another_picture_at_any_grade(
    relation: Relation, grade: str, factor: float, another: str | None
) -> None:
    found = reached(evidence(relation, grade, number=90), pictures=(Picture.of("alert", 0.1, factor),))

    assert found.y == another
    assert found.strength == reached(evidence(relation, grade, number=90)).strength


def test_every_pair_can_be_reached_and_both_are_in_the_words() -> None:
    relations, precisions = (
        ("agrees", "compatible", "disagrees"),
        (COUNTED, *(Precision(shown=False, why=why) for why in ("cause", "could_not_fail"))),
    )  # type: ignore[arg-type]
    findings = [()] + [
        tuple(evidence(r, g, p, number=90, own=own) for r, g, p in pair)  # type: ignore[arg-type]
        for pair in product(product(relations, "AB", "xy"), repeat=2)
        for own in (False, True)
    ]
    found = [reached(*some, precision=precision) for some in findings for precision in precisions]

    assert {item.numbers for item in found} == set(get_args(Numbers)) == set(rule.NUMBERS)
    assert {item.strength for item in found} == set(get_args(Strength)) == set(rule.STRENGTHS)
    assert all(item.words == f"{rule.NUMBERS[item.numbers]}; {rule.STRENGTHS[item.strength]}" for item in found)


def test_the_rule_has_no_way_to_see_who_spoke() -> None:
    """Its arguments carry grades, numbers and units; no speaker and no text of the claim."""
    assert list(inspect.signature(verdict).parameters) == ["settled", "precision", "unit", "pictures"]
    assert "said_by" not in inspect.getsource(rule)


def test_relabelling_agreement_and_disagreement_mirrors_the_numbers_and_keeps_the_strength() -> None:
    """Fair to both sides: where for and against change places, agree and differ do, and nothing else moves."""
    mirror: dict[str, Any] = {"agrees": "disagrees", "disagrees": "agrees"}
    swapped = {"agree": "differ", "differ": "agree"}
    for pair in product(product(("agrees", "disagrees"), "AB", (True, False)), repeat=2):
        found, other = (
            [
                evidence(turn(relation), grade, name, own=own, number=90)
                for name, (relation, grade, own) in zip("xy", pair, strict=True)
            ]
            for turn in (lambda x: x, mirror.__getitem__)
        )
        numbers, strength = judged(*found)
        assert judged(*other) == (swapped.get(numbers, numbers), strength)


def test_what_is_only_compatible_speaks_neither_for_nor_against() -> None:
    open_, inside, outside = (
        evidence("compatible", number=70),
        evidence("agrees", number=100),
        evidence("disagrees", number=40),
    )
    document = evidence("agrees")

    assert judged(open_) == judged(open_, document) == ("compatible", "not_shown")
    assert judged(open_, inside) == ("agree", "shown")
    assert judged(open_, outside) == ("differ", "shown")
    assert judged(open_, inside, outside) == ("published_disagree", "not_shown")
    assert judged(open_, precision=Precision(shown=False, why="could_not_differ")) == ("not_comparable", "no_test")
