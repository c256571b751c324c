"""Each kind of claim: altered numbers and grades change the verdict, and who said it changes nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from scipy import stats

from claims.claim_texts import details, evidence, judged
from simulator.evidence.claim.no_test import CannotFail
from simulator.report.claim.what_follows import carried_lines

HANDFUL = {
    "count": {
        "event": "false_alerts",
        "claimed": {"low": 2, "high": 7, "words": "a handful"},
        "out_of": {"faces": {"value": 200_000, "to_nearest": 100_000}},
    }
}
ZERO: dict[str, Any] = {
    "rate": {
        "event": "false_alerts",
        "per": "faces",
        "claimed": {"at_most": 0.001},
        "speaks_of": "chance",
        "readings": [1e-3, 1e-6],
    }
}
STRICT = {"rate": ZERO["rate"] | {"claimed": {"at_most": 1e-4}}}
DOCUMENT = {
    "says": "agrees", "what": "yes", "publication": "p", "source": "s", "grade": "A", "counted_by": "an auditor",
}  # fmt: skip
FALL: dict[str, Any] = {
    "change": {
        "fall": 0.12,
        "months": 3,
        "place": "a ward",
        "bases": [{"words": "a year before", "offences": 1278}],
        "dispersions": [{"measured_on": "months", "value": 2.9, "df": 11}],
        "source": "us",
    },
    "documents": [DOCUMENT],
}


def outcome(claim: dict[str, Any], *records: dict[str, Any], **more: Any) -> str:
    """Both axes, and the unit of another picture where there is one: "agree, shown; alert"."""
    found = judged(claim, {f"e{i}": item for i, item in enumerate(records)}, **more).verdict
    return f"{found.numbers}, {found.strength}{f'; {found.y}' if found.y else ''}"


def test_a_handful_held_against_none_and_one() -> None:
    none, one = evidence("B", faces=210_226, false_alerts=0), evidence("B", faces=239_216, false_alerts=1)

    assert outcome(HANDFUL, none, one) == "differ, one_source"
    assert outcome(HANDFUL, none | {"grade": "A"}, one) == "differ, shown"
    assert outcome(HANDFUL, none | {"publication": "another", "source": "elsewhere"}, one) == "differ, shown"


def test_a_handful_that_is_on_record_agrees() -> None:
    found = evidence("A", faces=210_226, false_alerts=4, alerts=8)

    assert outcome(HANDFUL, found) == "agree, shown; alert"
    assert outcome(HANDFUL, found | {"grade": "B"}) == "agree, one_source; alert"
    assert outcome(HANDFUL, evidence("A", faces=210_226, false_alerts=4)) == "agree, shown"


def test_a_count_out_of_another_number_of_faces_settles_nothing() -> None:
    assert outcome(HANDFUL, evidence("A", faces=1_000_000, false_alerts=4)) == "not_comparable, no_test"
    assert outcome(HANDFUL, evidence("A", false_alerts=4)) == "not_comparable, no_test"


def test_figures_that_come_from_the_claim_cannot_test_it() -> None:
    claim = {"rate": {"event": "camera_minutes", "per": "arrests", "claimed": {"value": 34, "to_nearest": 1}}}
    circular = evidence("A", camera_hours=58.4, arrests=103)

    assert outcome(claim, circular | {"from_claim": ("camera_hours",)}) == "not_comparable, no_test"
    assert outcome(claim, circular) == "agree, shown"
    assert outcome(claim, evidence("A", camera_hours=81.2, arrests=103)) == "differ, shown"
    assert outcome(claim, evidence("assumed", camera_hours=81.2, arrests=103)) == "not_comparable, no_test"


def test_a_total_of_the_speakers_own_repeats_the_claim_and_its_rows_are_its_own_count() -> None:
    """It can still speak against the claim; and another force's, or a critic's, total is no repetition."""
    none = {"count": {"event": "false_arrests", "claimed": 0, "out_of": {"false_stopped": 60}}, "said_by": "a force"}
    total = evidence("A", false_arrests=0, false_stopped=60) | {"counted_by": "a force"}

    assert outcome(none, total) == "not_comparable, no_test"
    assert outcome(none, total | {"form": "rows"}) == "agree, own_count"
    assert outcome(none, total | {"figures": {"false_arrests": 1, "false_stopped": 60}}) == "differ, own_count"
    assert outcome(none | {"said_by": "a critic"}, total, forces=["another"]) == "agree, shown"
    assert outcome(none | {"said_by": "a critic"}, total, forces=[]) == "agree, one_source"
    assert outcome(none | {"said_by": "a critic"}, total, forces=["a force"]) == "agree, own_count"
    assert (
        outcome(none | {"said_by": "officers, in a newspaper", "speaker": "a force"}, total)
        == "not_comparable, no_test"
    )


def test_who_speaks_is_the_only_thing_that_a_speaker_can_change() -> None:
    """The same sentence from a critic and from the force, both held against the force's rows."""
    claim = {"rate": {"event": "false_alerts", "per": "alerts", "claimed": {"value": 0.005, "to_nearest": 0.001}}}
    rows = evidence("A", alerts=2_000, false_alerts=10) | {"counted_by": "a force", "form": "rows"}

    assert outcome(claim | {"said_by": "a force"}, rows, forces=["a force"]) == "agree, own_count"
    assert outcome(claim | {"said_by": "a critic"}, rows, forces=["a force"]) == "agree, own_count"


def test_only_what_was_public_when_the_claim_was_made_decides() -> None:
    count = {"event": "false_alerts", "claimed": 1, "out_of": {"faces": {"at_least": 900}}}
    claim = {"count": count, "said_on": "January 2026"}
    january = evidence("B", "rows", false_alerts=1, faces=1_000) | {
        "begins": dt.date(2025, 10, 1),
        "ends": dt.date(2026, 1, 16),
    }
    march = january | {"ends": dt.date(2026, 3, 25), "figures": {"false_alerts": 4, "faces": 2_000}}
    report = evidence("A", "report", false_alerts=4, faces=2_000) | {"published": "19 May 2026"}

    found = judged(claim, {"january": january, "march": march, "report": report})
    assert (found.verdict.numbers, found.verdict.strength) == ("agree", "one_source")
    assert [item.later for item in found.numbers] == [False, True, True]
    assert found.key_figure == (
        "1 recorded false alert out of 1,000 counted faces [B]; later: 4 recorded false alerts out of 2,000 counted faces [B]"
    )
    assert outcome(claim | {"said_on": "May 2026"}, january, march, report) == "differ, shown"


def test_all_there_were_is_not_judged_by_one_year() -> None:
    """A part of the days bounds the count from below, all of them and more from above; other days say nothing."""
    claim = {
        "count": {"event": "arrests", "claimed": 2_100}, "begins": dt.date(2020, 1, 1), "said_on": "2 July 2026",
    }  # fmt: skip
    year = evidence("A", arrests=1_133) | {"begins": dt.date(2025, 1, 1), "ends": dt.date(2025, 12, 31)}
    whole = year | {"begins": dt.date(2020, 2, 11), "ends": dt.date(2026, 6, 1), "figures": {"arrests": 2_100}}

    assert outcome(claim, year) == "not_comparable, no_test"
    assert outcome(claim, year | {"figures": {"arrests": 2_200}}) == "differ, shown"
    assert outcome(claim, whole | {"begins": dt.date(2020, 1, 1), "ends": dt.date(2026, 7, 2)}) == "agree, shown"
    assert outcome(claim, whole) == "compatible, not_shown"
    assert outcome(claim, whole | {"figures": {"arrests": 2_000}}) == "compatible, not_shown"
    assert outcome(claim, whole | {"figures": {"arrests": 2_101}}) == "differ, shown"
    assert outcome(claim, evidence("A", arrests=2_100)) == "not_comparable, no_test"
    assert outcome(claim | {"begins": dt.date(2025, 11, 1), "ends": dt.date(2025, 12, 31)}, year) == "differ, shown"
    assert outcome(claim | {"begins": dt.date(2024, 1, 1), "ends": dt.date(2024, 12, 31)}, year) == (
        "not_comparable, no_test"
    )


def test_a_source_dated_by_a_year_was_public_at_its_end_and_never_before_its_own_last_day() -> None:
    """Known on the later of the last day that its date can mean and the last day it is of."""
    claim = {"rate": {"event": "false_alerts", "per": "alerts", "claimed": 0.1}, "said_on": "1 March 2025"}
    counted = evidence("A", false_alerts=10, alerts=100)
    days = {"begins": dt.date(2025, 1, 1), "ends": dt.date(2025, 12, 31)}

    assert outcome(claim, counted | {"published": "2025"}) == "not_comparable, no_test"
    assert outcome(claim, counted | days | {"published": "February 2025"}) == "not_comparable, no_test"
    assert outcome(claim, counted | {"published": "February 2025"}).startswith("agree")
    assert outcome(claim | {"said_on": "2025"}, counted | days | {"published": "2025"}).startswith("agree")


def test_a_count_of_part_of_the_days_is_a_bound_whatever_its_share() -> None:
    """Eleven months can contradict a year only by more than is claimed of it; so can a year less than a claim of eleven."""
    year, later = (
        {"begins": dt.date(2025, month, 1), "ends": dt.date(2025, 12, 31), "said_on": "2026"} for month in (1, 2)
    )
    counted = evidence("A", arrests=1_133)
    of_year, of_later = (counted | {key: days[key] for key in ("begins", "ends")} for days in (year, later))
    for said, record, beyond, within, implied in (
        (year, of_later, 1_100, 1_200, "at_least"), (later, of_year, 1_200, 1_100, "at_most"),
    ):  # fmt: skip
        claim = {"event": "arrests", "claimed": beyond}
        found = judged({"count": claim} | said, {"r": record}).verdict
        assert (found.numbers, found.bound) == ("differ", implied)
        assert implied.replace("_", " ") in found.words
        for number in (within, 1_133):
            assert outcome({"count": claim | {"claimed": number}} | said, record) == "compatible, not_shown"
        assert outcome({"count": claim | {"claimed": {implied: 1_133}}} | said, record) == "agree, shown"


def test_a_record_of_so_few_that_it_could_not_have_had_the_rate_does_not_refute_it() -> None:
    """None of two is no refutation of one in ten, nor one of two of 46 in 100; none of 60, or six of six, is."""
    tenth = {"event": "false_alerts", "per": "alerts", "claimed": {"value": 0.1, "to_nearest": 0.02}}
    arrests = {"event": "arrests", "per": "alerts", "claimed": {"value": 0.46, "to_nearest": 0.02}}
    for rate, counted, expected in (
        (tenth, {"false_alerts": 0, "alerts": 2}, "not_comparable, no_test"),
        (tenth, {"false_alerts": 0, "alerts": 60}, "differ, shown"),
        (tenth, {"false_alerts": 6, "alerts": 6}, "differ, shown"),
        (arrests, {"arrests": 1, "alerts": 2}, "not_comparable, no_test"),
        (arrests, {"arrests": 0, "alerts": 20}, "differ, shown"),
    ):
        assert outcome({"rate": rate}, evidence("A", **counted)) == expected


def test_arrests_per_alert_are_another_picture_per_face_as_errors_are() -> None:
    """1,133 of 2,408 alerts ended in one, and 1 in 3,700 faces."""
    claim = {"rate": {"event": "arrests", "per": "alerts", "claimed": {"at_least": 0.4}}}
    found = evidence("A", faces=4_220_097, alerts=2_408, arrests=1_133)

    assert outcome(claim, found) == "agree, shown; counted face"
    assert outcome({"rate": claim["rate"] | {"also_per": []}}, found) == "agree, shown"


def test_what_a_source_leaves_open_is_a_range() -> None:
    claim = {"rate": {"event": "false_alerts", "per": "alerts", "claimed": {"value": 0.81, "to_nearest": 0.01}}}
    counted = evidence("B", alerts=42, false_alerts=34)
    open_ = counted | {"at_least": {"false_alerts": 30}}

    assert outcome(claim, counted) == "agree, one_source"
    assert outcome(claim, open_) == "compatible, not_shown"
    assert judged(claim, {"r": open_}).key_figure == "30 to 34 recorded false alerts out of 42 alerts [B]"


@pytest.mark.parametrize(
    ("claimed", "figures", "tests"),
    [
        ({"at_most": 0.001}, {"faces": 1, "false_alerts": 0}, False),
        ({"at_most": 0.001, }, {"faces": 60, "false_alerts": 0}, False),
        ({"at_most": 0.001}, {"faces": 80, "false_alerts": 0}, True),
        (0, {"faces": 1, "false_alerts": 0}, False),
        (0, {"faces": 6, "false_alerts": 0}, False),
        (0, {"faces": 7, "false_alerts": 0}, True),
        ({"at_most": 0.001}, {"faces": 7_512, "alerts": 2, "false_alerts": 0}, False),
        ({"at_most": 0.001}, {"faces": 7_512, "alerts": 20, "false_alerts": 0}, True),
    ],
)  # fmt: skip
def test_none_of_so_few_that_it_could_not_have_been_otherwise_is_no_test(
    claimed: Any, figures: dict[str, float], tests: bool
) -> None:
    """At ten times the claimed rate, or one in ten, 69 and 7 cases are the fewest that would sooner show one than none."""
    for speaks in ("record", "chance"):
        rate = {"event": "false_alerts", "per": "faces", "claimed": claimed, "speaks_of": speaks}
        assert (outcome({"rate": rate}, evidence("A", **figures)).partition(";")[0] != "agree, no_test") == tests


def test_all_of_so_few_is_no_test_either() -> None:
    right = {"rate": {"event": "true_alerts", "per": "alerts", "claimed": {"at_least": 0.99}}}

    assert outcome(right, evidence("A", true_alerts=1, alerts=1)) == "agree, no_test"
    assert outcome(right, evidence("A", true_alerts=10, alerts=10)) == "agree, not_shown"


def test_if_all_that_nobody_confirmed_were_false() -> None:
    """7 of 200 by January; 10 of 335 by March, 1 in 34 (1 in 18 to 1 in 69): Clopper and Pearson by the beta law."""
    january = evidence("B", "rows", faces=239_216, alerts=200, false_alerts=1, unconfirmed=6)
    march = evidence("B", "more", faces=472_352, alerts=335, false_alerts=1, unconfirmed=9) | {
        "published": "April 2026"
    }
    found = judged(ZERO | {"said_on": "January 2026"}, {"january": january, "march": march}).if_unconfirmed

    assert [(item.of_alerts.top, item.of_alerts.bottom, item.later) for item in found] == [
        (7, 200, False),
        (10, 335, True),
    ]
    low, high = stats.beta.ppf([0.025, 0.975], [10, 11], [326, 325])
    assert found[1].of_alerts.interval_95 == pytest.approx((low, high))
    assert [round(1 / rate) for rate in (10 / 335, high, low)] == [34, 18, 69]


def test_virtually_zero_per_face_is_another_picture_per_alert() -> None:
    found = judged(STRICT, {"six": evidence("A", faces=472_352, alerts=335, false_alerts=1)})

    assert found.verdict.words == "the numbers agree; shown [A]; another picture per alert"
    assert [item.one_in for item in found.readings] == pytest.approx([1e3, 1e4, 1e6])
    assert [item.verdict for item in found.readings] == ["no_test", "holds", "cannot_be_shown"]
    assert [item.could_be_wrong for item in found.readings] == [335, 47, 0]
    assert found.readings[0].units_needed[0].units == pytest.approx(2_995.7, abs=0.1)


def test_a_chance_that_the_count_does_not_pin_down_is_not_shown() -> None:
    """None of 1,000 faces: no error was seen, and up to 3 in 1,000 are possible."""
    assert outcome(ZERO, evidence("A", faces=1_000, alerts=50, false_alerts=0)) == "agree, not_shown; alert"
    assert outcome(ZERO, evidence("A", faces=10_000, alerts=50, false_alerts=0)) == "agree, shown; alert"
    assert outcome(ZERO, evidence("A", faces=10_000, false_alerts=100)) == "differ, shown"


def test_a_limit_per_face_without_the_number_of_alerts_is_not_shown() -> None:
    """Leaving a number out must not improve a verdict; a limit below any published number of alerts per face needs none."""
    record = {"faces": 4_220_097, "false_alerts": 12}
    for speaks in ("record", "chance"):
        limit = {"rate": ZERO["rate"] | {"speaks_of": speaks}}
        assert outcome(limit, evidence("A", **record)) == "agree, not_shown"
        assert outcome(limit, evidence("A", **record, alerts=2_408)) == "agree, no_test; alert"
        assert outcome({"rate": STRICT["rate"] | {"speaks_of": speaks}}, evidence("A", **record)) == "agree, shown"


def test_a_cause_is_more_than_was_counted() -> None:
    claim = {"count": {"event": "arrests", "claimed": {"value": 100, "to_nearest": 10}}}

    assert outcome(claim, evidence("A", arrests=103)) == "agree, shown"
    assert outcome(claim | {"asserts_cause": True}, evidence("A", arrests=103)) == "agree, not_shown"
    assert outcome(claim, evidence("A", arrests=90)) == "differ, shown"


def test_critics_and_police_are_judged_alike() -> None:
    """The same counts, told per alert by one side and per face by the other: each right per its own, each another picture."""
    record = evidence("A", faces=42_000, alerts=42, false_alerts=34)
    per_alert = {"rate": {"event": "false_alerts", "per": "alerts", "claimed": {"value": 0.81, "to_nearest": 0.01}}}
    per_face = {"rate": {"event": "false_alerts", "per": "faces", "claimed": {"value": 0.0008, "to_nearest": 0.0001}}}

    critics, police = judged(per_alert, {"r": record}), judged(per_face, {"r": record})

    assert critics.verdict.words == "the numbers agree; shown [A]; another picture per counted face"
    assert police.verdict.words == "the numbers agree; shown [A]; another picture per alert"


@pytest.mark.parametrize("claim", [HANDFUL, ZERO], ids=["count", "rate"])
def test_who_said_it_changes_nothing(claim: dict[str, Any]) -> None:
    record = {"r": evidence("B", faces=239_216, alerts=200, false_alerts=1)}
    plain = judged(claim, record)
    other = judged(claim | {"said_by": "a critic", "said_on": "later"}, record, said_by="the police")

    assert other.verdict == plain.verdict
    assert other.rates == plain.rates


def test_a_fall_that_comes_and_goes_is_not_shown_and_a_great_one_is() -> None:
    assert outcome(FALL) == "agree, not_shown"
    steep = FALL | {"change": FALL["change"] | {"fall": 0.5}}
    assert outcome(steep) == "agree, shown"
    assert outcome(steep | {"asserts_cause": True}) == "agree, not_shown"


def test_a_change_that_no_source_states_cannot_be_tested() -> None:
    assert outcome(FALL | {"documents": []}) == "not_comparable, no_test"


def test_documents_settle_what_no_count_does() -> None:
    agrees = DOCUMENT
    other = agrees | {"says": "otherwise", "about": "recording"}

    assert outcome({"documents": [agrees], "about": "template"}) == "agree, shown"
    assert judged({"documents": [agrees, other], "about": "template"}, {}).verdict.words == (
        "what is published agrees; shown [A]; another picture for recording"
    )
    assert outcome({"documents": [other], "about": "template"}) == "not_comparable, no_test"
    assert outcome({"documents": [agrees | {"says": "disagrees"}]}) == "differ, shown"


@pytest.mark.parametrize("says", ["more", "fewer", "no_more", "no_fewer"])
def test_a_simulation_is_no_evidence_whatever_it_says(says: str) -> None:
    found = judged({"comparison": {"a": "croydon-van", "b": "croydon-static", "measure": "passages", "says": says}}, {})

    assert (found.verdict.numbers, found.verdict.strength) == ("not_comparable", "no_test")
    assert [item.relation for item in found.numbers] == ["simulated"]


def test_the_order_of_the_evidence_changes_nothing() -> None:
    """The strongest agreeing evidence says how precisely it is known, wherever it stands; weak evidence lends it nothing."""
    limit = {"rate": ZERO["rate"] | {"claimed": {"at_most": 1e-4}}}
    small = evidence("A", "a", faces=1_000, false_alerts=0)
    large = evidence("B", "b", faces=1_000_000, false_alerts=0)

    assert outcome(limit, small, large) == outcome(limit, large, small) == "agree, not_shown"
    assert outcome(limit, large | {"grade": "A"}, small) == "agree, shown"


def test_what_passers_by_are_assumed_to_do_is_no_part_of_a_verdict() -> None:
    visits = {"per_person": 10_000, "correlation": 1, "source": "us"}
    record = {"r": evidence("A", faces=12_000, false_alerts=5)}

    assert judged(ZERO, record, visits=visits).verdict == judged(ZERO, record).verdict


def test_a_publisher_that_states_no_faces_is_held_by_the_days_it_covers() -> None:
    days = {"begins": dt.date(2025, 10, 1), "ends": dt.date(2026, 1, 16)}
    record = evidence("B", "record", faces=239_216, false_alerts=1) | days
    statement = evidence("A", "statement", false_alerts=1)

    assert outcome(HANDFUL, record, statement | days) == "differ, shown"
    assert outcome(HANDFUL, record, statement) == "differ, one_source"
    assert outcome(HANDFUL, record, statement | days | {"ends": dt.date(2026, 3, 25)}) == "differ, one_source"


def test_a_limit_that_would_hold_if_every_alert_were_false_is_told() -> None:
    """Fewer than 1 in 1,000 faces raise an alert here: a limit of 1 in 1,000 faces is kept whatever the alerts are."""
    record = {"r": evidence("A", faces=472_352, alerts=335, false_alerts=1)}
    strict = {"rate": ZERO["rate"] | {"claimed": {"at_most": 1e-4}}}

    assert details(ZERO, record).cannot_fail == CannotFail(of="alerts", cases=335, per="faces", units=472_352)
    assert details(strict, record).cannot_fail is None


def test_a_limit_is_of_the_chance_unless_the_file_says_otherwise() -> None:
    """None of 100,000 faces does not show one in a million."""
    bound = {"rate": {"event": "false_alerts", "per": "faces", "claimed": {"at_most": 1e-6}}}
    none = evidence("A", faces=100_000, false_alerts=0)

    assert outcome(bound, none) == "agree, not_shown"
    assert outcome({"rate": bound["rate"] | {"speaks_of": "record"}}, none) == "agree, shown"


def test_none_of_few_alerts_is_another_picture_than_none_of_many_faces() -> None:
    assert outcome(ZERO, evidence("A", faces=383_356, alerts=61, false_alerts=0)) == "agree, no_test; alert"


def test_a_document_on_something_else_is_named_and_takes_nothing_away() -> None:
    for grade in ("A", "B"):
        other = DOCUMENT | {"says": "otherwise", "about": "weather", "grade": grade}
        assert outcome({"documents": [DOCUMENT, other], "about": "template"}) == "agree, shown; weather"


def test_the_smallest_fall_that_could_be_shown_is_told() -> None:
    """A fall just below it is not shown, and one just above is."""
    least = details(FALL, {}).least_fall

    assert isinstance(least, float)
    for fall, expected in ((least - 0.01, "agree, not_shown"), (least, "agree, shown")):
        change = FALL["change"] | {"fall": round(fall, 2)}
        assert outcome(FALL | {"change": change}) == expected


def test_rates_are_carried_over_larger_uses() -> None:
    """Anchor gp_croydon_pred_hi95_940k: 1 of 470,000, then 940,000 faces: at most 11 at 97.5 %."""
    reach = {"year": {"words": "a year", "figures": {"faces": 940_000}, "source": "s", "grade": "assumed"}}
    found = judged(ZERO, {"r": evidence("A", faces=470_000, false_alerts=1)}, reach=reach)

    assert found.carried[0].mean == pytest.approx(2.0)
    assert found.carried[0].predicted_95 == (0, 11)


@pytest.mark.parametrize(
    ("events", "faces", "verdict"),
    [(1, 475_000, "holds"), (1, 473_000, "cannot_be_shown"), (0, 300_000, "holds"), (9, 400_000, "does_not_hold")],
)
def test_what_was_observed_shows_a_limit_exactly_from_what_it_takes_on(events: int, faces: int, verdict: str) -> None:
    """To show 1 in 100,000 at 95 % takes 299,573 faces without an event and 474,386 with one: one-sided, like what is shown."""
    limit = {"rate": ZERO["rate"] | {"claimed": {"at_most": 1e-5}, "readings": []}}
    (found,) = judged(limit, {"r": evidence("A", faces=faces, false_alerts=events)}).readings

    assert [round(need.units) for need in found.units_needed[:2]] == [299_573, 474_386]
    assert found.verdict == verdict


def test_a_benchmark_gives_the_exact_chance_of_as_many() -> None:
    """Anchors p_8_or_more_of_10: shares of 13.5 %, 22.6 % and 40 %."""
    claim = {
        "rate": {
            "event": "black", "per": "false_alerts", "claimed": 0.8,
            "benchmarks": [{"share": share, "words": "w"} for share in (0.135, 0.226, 0.4)],
        }
    }  # fmt: skip
    found = judged(
        claim, {"r": evidence("A", black=8, false_alerts=10)}, words={"black": "false alert of a Black person"}
    )

    assert [item.p_at_least for item in found.benchmarks] == pytest.approx(
        [3.845465690052887e-06, 0.0001957209464691947, 0.012294553600000006]
    )
    assert found.verdict.numbers == "agree"


def test_a_claim_without_evidence_still_says_what_its_numbers_mean() -> None:
    found = judged(HANDFUL, {})

    assert (found.verdict.numbers, found.verdict.strength) == ("not_comparable", "no_test")
    assert 1 / found.at_its_word[0].envelope_95.low == pytest.approx(826_000, rel=0.01)
    assert 1 / found.at_its_word[0].envelope_95.high == pytest.approx(13_900, rel=0.01)


def test_the_line_of_the_overview_has_the_figure_that_decides() -> None:
    """Grade A decides, though B states more: the line shows A's count and never B's."""
    better, worse = (
        evidence("A", "a", faces=1_000_000, false_alerts=5),
        evidence("B", "b", faces=9, alerts=8, false_alerts=1),
    )
    rate = judged(STRICT, {"worse": worse, "better": better})
    count = judged({"count": {"event": "false_alerts", "claimed": 5}}, {"worse": worse, "better": better})

    assert "1,000,000" in rate.key_figure
    assert "8 alerts" not in rate.key_figure
    assert count.key_figure == "5 recorded false alerts [A]"
    assert rate.rates[0].evidence == "better"


def test_publications_that_draw_on_one_source_count_once_however_long_the_way() -> None:
    claim = {"count": {"event": "arrests", "claimed": 100}}
    one, two, three = (evidence("B", name, arrests=100) for name in ("first", "second", "third"))

    assert outcome(claim, one, two) == "agree, shown"
    assert outcome(claim, one, two | {"draws_on": "first"}) == "agree, one_source"
    assert outcome(claim, one, two | {"draws_on": "first"}, three | {"draws_on": "second"}) == "agree, one_source"
    assert outcome(claim, one | {"draws_on": "a record"}, two | {"draws_on": "a record"}) == "agree, one_source"
    with pytest.raises(ValueError, match="leads back to itself; say which came first"):
        outcome(claim, one | {"draws_on": "second"}, two | {"draws_on": "first"})


MONTH = {"begins": dt.date(2026, 1, 1), "ends": dt.date(2026, 2, 1)}


@pytest.mark.parametrize("event", ["arrests", "faces", "deployments"])
@pytest.mark.parametrize(
    ("claimed", "expected"),
    [
        ({"at_least": 1001}, "not_comparable, no_test"),
        (7, "not_comparable, no_test"),
        ({"at_least": 7}, "agree, shown"),
        ({"at_most": 8}, "not_comparable, no_test"),
        ({"at_most": 6}, "differ, shown"),
        (5, "differ, shown"),
    ],
)
def test_a_count_of_no_period_is_of_all_days_and_a_month_only_bounds_it(
    event: str, claimed: Any, expected: str
) -> None:
    count, record = {"count": {"event": event, "claimed": claimed}}, evidence("A", **{event: 7})
    found = judged(count, {"r": record | MONTH})

    assert f"{found.verdict.numbers}, {found.verdict.strength}" == expected
    assert found.verdict.bound == (None if expected.startswith("not") else "at_least")
    if expected.startswith("not"):
        assert found.verdict.because == (
            "the claim names no period and the evidence is of 1 January to 1 February 2026: at least 7"
        )
        assert found.key_figure.endswith("[A], of 1 January to 1 February 2026")
    # of the same days as the claim, or of none that either names, it is the count itself
    whole = "agree, shown" if claimed in (7, {"at_least": 7}, {"at_most": 8}) else "differ, shown"
    assert outcome(count | MONTH, record | MONTH) == outcome(count, record) == whole


@pytest.mark.parametrize(
    ("claimed", "number", "claim_days", "words"),
    [
        ({"at_least": 21}, 20, {"begins": dt.date(2026, 1, 5), "ends": dt.date(2026, 1, 5)}, "at most 0.95 of it"),
        (5, 7, {"begins": dt.date(2026, 1, 1), "ends": dt.date(2026, 12, 31)}, "at least 1.40 times it"),
        (5, 7, MONTH, "1.40 times it"),
    ],
)
def test_what_is_only_bounded_is_not_given_a_size(
    claimed: Any, number: int, claim_days: dict[str, Any], words: str
) -> None:
    claim = {"count": {"event": "alerts", "claimed": claimed}} | claim_days
    said = judged(claim, {"r": evidence("A", alerts=number) | MONTH}).verdict.words

    assert said.split(": ")[1] == f"{words}; shown [A]"


@pytest.mark.parametrize(
    ("claimed", "speaks", "figures", "expected"),
    [
        # the interval holds it, and the count does not bear it out
        ({"value": 0.5, "to_nearest": 0.1}, "chance", {"alerts": 1, "false_alerts": 0}, "not_comparable, no_test"),
        ({"value": 0.3, "to_nearest": 0.1}, "chance", {"alerts": 8, "false_alerts": 0}, "compatible, not_shown"),
        ({"low": 0.5, "high": 0.75}, "chance", {"alerts": 7, "false_alerts": 7}, "compatible, not_shown"),
        ({"at_most": 0.1}, "chance", {"alerts": 30, "false_alerts": 3}, "agree, not_shown"),
        # so few could not have held one in a thousand; 20 cannot even tell it from one in a hundred
        (0.001, "record", {"alerts": 20, "false_alerts": 0}, "not_comparable, no_test"),
        (0.001, "chance", {"alerts": 20, "false_alerts": 0}, "not_comparable, no_test"),
        # none is the whole number next to 0.999 of them, and not to 1.001
        (0.001, "record", {"alerts": 999, "false_alerts": 0}, "compatible, not_shown"),
        (0.001, "record", {"alerts": 1_001, "false_alerts": 0}, "differ, shown"),
        (0.999, "record", {"alerts": 20, "false_alerts": 20}, "not_comparable, no_test"),
    ],
)
def test_what_an_interval_only_holds_is_not_contradicted_and_does_not_agree(
    claimed: Any, speaks: str, figures: dict[str, float], expected: str
) -> None:
    rate = {"event": "false_alerts", "per": "alerts", "claimed": claimed, "speaks_of": speaks, "also_per": []}

    assert outcome({"rate": rate}, evidence("A", **figures)) == expected


def test_a_document_does_not_make_figures_agree_that_leave_it_open() -> None:
    rate = {"event": "false_alerts", "per": "alerts", "claimed": {"low": 0.5, "high": 0.75}, "speaks_of": "chance"}
    claim = {"rate": rate | {"also_per": []}, "documents": [DOCUMENT], "evidence": ("r",)}
    few, many = evidence("A", alerts=7, false_alerts=7), evidence("A", alerts=100, false_alerts=60)

    assert judged(claim, {"r": few}).verdict.words == (
        "as p states; 7 of 7 neither shows nor contradicts it; not shown"
    )
    assert outcome({"rate": claim["rate"]}, many) == "agree, not_shown"
    assert judged(claim, {"r": many}).verdict.numbers == "agree"


def test_of_a_range_left_open_it_is_said_which_end_agrees() -> None:
    rate = {"event": "false_alerts", "per": "alerts", "also_per": []}
    open_ = {"r": evidence("A", alerts=42, false_alerts=34) | {"at_least": {"false_alerts": 30}}}

    for value, words in (
        (0.81, "agrees at its upper end only: 71.4 to 81.0 in 100 alerts; not shown"),
        (0.71, "agrees at its lower end only: 71.4 to 81.0 in 100 alerts; not shown"),
        (0.76, "lies between the ends of what is published: 71.4 to 81.0 in 100 alerts; not shown"),
    ):
        claim = {"rate": rate | {"claimed": {"value": value, "to_nearest": 0.01}}}
        assert judged(claim, open_).verdict.words == words
    assert outcome({"rate": rate | {"claimed": 0.9}}, open_["r"]) == "differ, shown"


@pytest.mark.parametrize(("claimed", "side"), [(128, "more often"), (90, "less often")])
def test_time_to_each_event_is_said_as_events_are(claimed: float, side: str) -> None:
    """105 minutes to an arrest where 128 are claimed: there were more arrests, not fewer; pounds for each are lower."""
    pace = {"rate": {"event": "camera_minutes", "per": "arrests", "claimed": claimed, "also_per": []}}
    pounds = {"rate": pace["rate"] | {"event": "gbp"}}

    assert judged(pace, {"r": evidence("A", camera_hours=175, arrests=100)}).verdict.words == (
        f"{side} than claimed: one in 105 camera minutes, not {claimed}; shown [A]"
    )
    assert judged(pounds, {"r": evidence("A", gbp=10_500, arrests=100)}).verdict.words.startswith(
        "lower than claimed" if claimed > 105 else "higher than claimed"
    )


def test_why_so_few_say_nothing_is_told_by_their_own_number() -> None:
    """None of 2 alerts would come with .81 even if one in ten were false; none of 7 with .48."""
    rate = {"event": "false_alerts", "per": "alerts", "claimed": 0, "also_per": []}

    assert 0.9**7 < 0.5 < 0.9**6
    assert judged({"rate": rate}, {"r": evidence("A", alerts=2, false_alerts=0)}).verdict.because == (
        "even if 1 in 10 alerts were false, none of 2 would be the likelier result"
    )
    assert outcome({"rate": rate}, evidence("A", alerts=7, false_alerts=0)) == "agree, shown"


def test_a_claimed_count_and_the_counted_one_are_carried_apart() -> None:
    """2 to 7 of 200,000 are 21.3 of 945,000, 1 of 239,216 is 3.9; neither is called the other."""
    reach = {"year": {"words": "a year", "figures": {"faces": 944_704}, "source": "s", "grade": "derived"}}
    claimed, counted = judged(HANDFUL, {"r": evidence("A", faces=239_216, false_alerts=1)}, reach=reach).carried

    assert (claimed.counted, counted.counted) == (False, True)
    assert (claimed.mean, counted.mean) == (pytest.approx(21.3, abs=0.05), pytest.approx(3.9, abs=0.05))
    (line,) = carried_lines((claimed, counted), {})
    assert "if the claim were right about 21.3 (95 %: 3 to 57); at the counted rate about 3.9 (95 %: 0 to 20)" in line
