"""Words and numbers of claims: fractions, plurals, limits with every digit, nothing above all of a whole."""

from __future__ import annotations

from fractions import Fraction

import pytest

from claims.claim_texts import evidence, found, judged
from simulator.claim.evidence import Claimed
from simulator.claim.figures import plural
from simulator.claim.fractions import fraction_of
from simulator.evidence.claim.asked import claim
from simulator.evidence.claim.found import StatedNumbers
from simulator.evidence.claim.rate_law import law_of
from simulator.evidence.claim.ratios import ratio_of
from simulator.evidence.claim.words import large, limit_one_in
from simulator.report.pages import page_of
from simulator.report.render.terminal import text_of


@pytest.mark.parametrize(
    ("words", "share"),
    [
        ("three in four", (3, 4)), ("Three-quarters of", (3, 4)), ("two thirds", (2, 3)), ("half", (1, 2)), ("a fifth", (1, 5)),
        ("nine out of ten", (9, 10)), ("one in a hundred", (1, 100)), ("one in every six", (1, 6)),
    ],
)  # fmt: skip
def test_a_fraction_in_words_is_told_to_the_nearest_of_its_parts(words: str, share: tuple[int, int]) -> None:
    top, bottom = share
    assert fraction_of(words) == (Fraction(top, bottom), Fraction(1, bottom))


@pytest.mark.parametrize(
    "words", ["over half", "a handful", "virtually zero", "four in three", "1 in 170000", "one in one", ""]
)
def test_other_words_are_no_fraction(words: str) -> None:
    assert fraction_of(words) is None


def test_three_in_four_agrees_with_31_of_40_and_not_with_36() -> None:
    for claimed in ("three in four", {"value": 0.75, "words": "three in four"}):
        rate = {"rate": {"event": "false_alerts", "per": "alerts", "claimed": claimed}}
        assert judged(rate, {"r": evidence("A", alerts=40, false_alerts=31)}).verdict.numbers == "agree"
        assert judged(rate, {"r": evidence("A", alerts=40, false_alerts=36)}).verdict.numbers == "differ"
    # what the file says of rounding stands
    assert Claimed.model_validate({"value": 0.75, "to_nearest": 0.01, "words": "three in four"}).ends[0] == 0.745


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("charged or cautioned", "charged or cautioned"), ("person charged or cautioned", "people charged or cautioned"),
        ("listed child", "listed children"), ("match", "matches"), ("pass", "passes"),
        ("confirmed alert that ended with no action", "confirmed alerts that ended with no action"),
        ("entry on the list", "entries on the list"), ("day", "days"),
        ('unconfirmed "true" alert', 'unconfirmed "true" alerts'), ("stop on a false alert", "stops on a false alert"),
    ],
)  # fmt: skip
def test_plurals_are_of_the_noun(one: str, many: str) -> None:
    assert plural(one) == many


@pytest.mark.parametrize(
    ("claimed", "words"),
    [
        ({"at_least": 1001}, "Read as at least 1,001 arrests."),
        ({"at_most": 1234567}, "Read as at most 1,234,567 arrests."),
        ({"low": 9999, "high": 10001}, "Read as 9,999 to 10,001 arrests."),
        ({"value": 100_499, "to_nearest": 1}, "Read as 100,499 arrests (to the nearest 1)."),
        ({"low": 1, "high": 1}, "Read as 1 arrest."),
    ],
)
def test_a_limit_is_not_rounded_across_itself(claimed: dict[str, float], words: str) -> None:
    assert judged({"count": {"event": "arrests", "claimed": claimed}}, {}).read_as == words


def test_a_limit_on_a_rate_keeps_its_digits() -> None:
    assert [limit_one_in(x) for x in (1 / 33_333, 1e-6, 1 / 1001, 0.12345, 1 / 9995)] == [
        "1 in 33,333", "1 in 1 million", "1 in 1,001", "12.345 in 100", "1 in 9,995",
    ]  # fmt: skip
    assert [large(x) for x in (17.6e15, 17.6e9, 17.6e6)] == ["17,600 trillion", "17.6 billion", "17.6 million"]


def test_what_there_is_one_of_is_not_told_in_the_plural() -> None:
    told = found({"count": {"event": "arrests", "claimed": 13, "out_of": {"deployments": 1}}}, {})
    text = text_of(page_of(told), 200, details=True)

    assert "13 arrests in 1 deployment" in text
    assert "1 deployments" not in text


def test_none_of_six_has_one_bound_wherever_it_is_shown() -> None:
    """Clopper-Pearson: 0 of 6 is compatible with 46 in 100, two-sided, in the table and at the claim's word."""
    item = judged(
        {"count": {"event": "false_arrests", "claimed": 0, "out_of": {"false_stopped": 6}}},
        {"r": evidence("A", false_arrests=0, false_stopped=6)},
    )
    ends = [item.rates[0].by_unit[0].interval_95, item.at_its_word[0].envelope_95]

    for interval in ends:
        assert interval is not None
        assert interval.high == pytest.approx(1 - 0.025 ** (1 / 6))


def test_no_more_than_all_can_be_wrong() -> None:
    """1 of 1, 0 of 1: a rate per face is at most 1, and is not carried over more than ten thousand times what was counted."""
    for count in (0, 1):
        numbers = claim(false_alerts=count, faces=1)
        assert isinstance(numbers, StatedNumbers)
        assert numbers.rates[0].interval_95.high <= 1
        assert numbers.carried == ()
    law = law_of("false_alerts", "faces", 1, 1, 1)
    assert law is not None
    assert law.predict(1000).high <= 1000


def test_people_who_repeat_leave_less_than_one_event_without_a_lower_end() -> None:
    numbers = claim(false_alerts=1, faces=472_352, visits=7, correlation=1)
    assert isinstance(numbers, StatedNumbers)
    repeats = numbers.rates[0].repeats_95

    assert repeats is not None
    assert repeats.low == 0
    assert 1 / repeats.high == pytest.approx(16_900, rel=0.01)


def test_a_figure_of_the_files_own_is_no_part_of_fewer() -> None:
    """105 listed children to 1 list: a pace, with Garwood's interval; 3 of 20 would be a share."""
    words = {"lists": "list", "under18": "listed child"}
    item = judged({"count": {"event": "under18", "claimed": 105, "out_of": {"lists": 1}}}, {}, words=words)

    assert item.at_its_word[0].envelope_95 == pytest.approx((85.9, 127.1), abs=0.1)
    assert item.read_as == "Read as 105 listed children for 1 list."
    share = ratio_of({"under18": 3, "lists": 20}, "under18", "lists")
    assert share is not None
    assert share.method == "exact binomial"


def test_a_pace_of_the_command_line_is_told_in_minutes() -> None:
    """173 arrests in 101 hours: one every 35 minutes, by Garwood from 30 to 41."""
    text = text_of(page_of(claim(arrests=173, hours=101)), 200, details=True)
    assert "One arrest every 35.0 minutes (exact 95 %: 30.2 to 40.9)." in text


@pytest.mark.parametrize(
    ("count", "alerts", "little"), [(0, 1, True), (1, 1, True), (1, 3, True), (0, 20, False), (9, 20, False)]
)
def test_of_too_few_no_natural_frequency_can_be_quoted(count: int, alerts: int, little: bool) -> None:
    told = text_of(page_of(claim(false_alerts=count, alerts=alerts)), 200, details=True)

    assert ("next to nothing: of 100, anything from" in told) == little
    assert ("could be false" in told) == (little or count == 0)
    assert "none (95 %" not in told


def test_none_has_one_bound_wherever_it_is_carried() -> None:
    """0 of 20 alerts: 16.8 in 100 by Clopper and Pearson, and so many of the 2,408 of a year."""
    numbers = claim(false_alerts=0, alerts=20)
    assert isinstance(numbers, StatedNumbers)
    high = 1 - 0.025 ** (1 / 20)

    assert numbers.carried[0].predicted_95.high == pytest.approx(2408 * high, abs=1)


@pytest.mark.parametrize(
    "stated",
    [
        {"false_alerts": 7, "faces": 8_600, "alerts": 8},
        {"arrests": 1, "deployments": 1},
        {"arrests": 9, "deployments": 9},
        {"false_alerts": 0, "alerts": 1},
    ],
)
def test_what_is_too_little_or_cannot_be_is_not_carried_over_a_year(stated: dict[str, int]) -> None:
    """3,430 false alerts would be more than the 2,408 alerts of that year."""
    numbers = claim(**stated)  # type: ignore[arg-type]
    assert isinstance(numbers, StatedNumbers)
    assert [item.words for item in numbers.carried if "2025" in item.words] == []
    assert "Not carried over a year" in text_of(page_of(numbers), 200, details=True) or numbers.carried
