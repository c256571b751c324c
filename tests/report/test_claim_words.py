"""Claims in words: rates that cannot be misread, verdicts by their reasons, and the picture on a terminal."""

from __future__ import annotations

import math
from typing import Any

import pytest
from scipy import stats

from simulator.claim.models import ClaimFile
from simulator.evidence.claim.judge import Report, judge_file
from simulator.evidence.claim.ratios import Ratio, ratio_of
from simulator.evidence.claim.stated_numbers import Count, Given, answer
from simulator.evidence.statistics.intervals import Interval
from simulator.report.claim.checks import check_lines
from simulator.report.claim.key_figure import key_figure
from simulator.report.claim.numbers import finding, headline
from simulator.report.claim.strip import Bar, decades, strip, tick
from simulator.report.claim.units import natural, natural_span
from simulator.report.claim.verdicts import agreement_short, per_what, read_as, reason_text, verdict_text
from simulator.report.claim.what_follows import carried_lines, needed_lines
from simulator.report.claim.words import bind, one_in, p_text, ratio_text, span_text, unbind

BASE: dict[str, Any] = {"name": "t", "title": "T", "said_by": "somebody", "said_on": "today", "source": "us"}


def evidence(grade: str = "A", publication: str = "record", **figures: float) -> dict[str, Any]:
    return {
        "what": "a year",
        "figures": figures,
        "publication": publication,
        "source": f"of {publication}",
        "grade": grade,
    }


def report(claim: dict[str, Any], records: dict[str, Any], **more: Any) -> Report:
    named = {"evidence": tuple(records)} if "documents" not in claim else {}
    claims = {"c": {"statement": "Something was so.", **named, **claim}}
    return judge_file(ClaimFile.model_validate({**BASE, "evidence": records, "claims": claims, **more}), replications=0)


def ratio(event: str, per: str, top: float, bottom: float) -> Ratio:
    found = ratio_of({event: top, per: bottom}, event, per)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (ratio("false_alerts", "faces", 1, 472352), "1 of 472,352 counted faces (1 in 84,800 to 1 in 18.7 million)"),
        (ratio("false_alerts", "alerts", 10, 2077), "10 of 2,077 alerts (1 in 113 to 1 in 433)"),
        (ratio("arrests", "alerts", 962, 2077), "962 of 2,077 alerts (44.2 to 48.5 in 100)"),
        (ratio("arrests", "deployments", 103, 14), "103 in 14 deployments (6.0 to 8.9)"),
        (ratio("false_alerts", "arrests", 1, 173), "1 for 173 arrests (1 for 30.6 to 1 for 6,870)"),
        (ratio("camera_minutes", "arrests", 3504, 103), "34.0 camera minutes per arrest (28.1 to 41.7)"),
        (
            ratio("false_alerts", "faces", 0, 10**6),
            "none of 1,000,000 counted faces (at most 1 in 334,000 one-sided, 1 in 271,000 two-sided)",
        ),
    ],
)  # fmt: skip
def test_every_rate_names_what_it_is_out_of_and_its_interval(item: Ratio, words: str) -> None:
    assert ratio_text(item, {}) == words


def test_the_printed_interval_is_the_exact_one() -> None:
    """Garwood by scipy's gamma: 1 of 472,352."""
    low, high = stats.gamma.ppf(0.025, 1) / 472352, stats.gamma.ppf(0.975, 2) / 472352
    assert span_text(Interval(low, high), "false_alerts", "faces") == f"{one_in(high)} to {one_in(low)}"
    assert span_text(Interval(0.0, 0.01), "false_alerts", "faces") == "1 in 100 or rarer"
    assert span_text(Interval(3.0, math.inf), "gbp", "arrests") == "3 or more"


def test_both_ends_of_an_interval_are_in_one_form() -> None:
    assert span_text(Interval(0.01, 0.2), "false_alerts", "alerts") == "1 in 5 to 1 in 100"
    assert span_text(Interval(0.2, 0.4), "false_alerts", "alerts") == "20 to 40 in 100"
    assert span_text(Interval(0.5, 0.5), "false_alerts", "alerts") == "50 in 100"
    assert span_text(Interval(0.03, 5.6), "false_alerts", "faces") == "0.030 to 5.6"
    assert span_text(Interval(0.002, 0.63), "false_alerts", "arrests") == "0.0020 to 0.63"
    assert span_text(Interval(0.002, 0.03), "false_alerts", "arrests") == "1 for 33.3 to 1 for 500"


def test_natural_frequencies_round_to_people() -> None:
    assert natural(ratio("false_alerts", "alerts", 10, 2077)) == (
        "Of 1,000 alerts (each points at somebody), about 5 (95 %: 2 to 9) are recorded as false."
    )
    assert "lead to an alert recorded as false" in natural(ratio("false_alerts", "faces", 10, 3147436))
    assert natural(ratio("arrests", "deployments", 3, 4)) == ""
    assert natural_span("false_alerts", "alerts", Interval(0.01, 0.035), Interval(0.0012, 0.07)) == (
        "Of 1,000 alerts (each points at somebody), about 10 to 35 (95 %: 1 to 70) are false."
    )


def test_lines_are_not_broken_within_a_number() -> None:
    text = "at 1 in 60.5 or 18.7 million, 95 %, GBP 7,770, 44 to 48 in 100, 1 for 30.6"
    assert unbind(bind(text)) == text
    assert " in " not in bind("1 in 60.5")
    assert " " not in bind("44 to 48 in 100")


@pytest.mark.parametrize(
    ("p", "words"), [(0.00001, "below 0.0001"), (0.0019, "0.0019"), (0.067, "0.067"), (0.18, "0.18")]
)
def test_p_values_are_never_zero(p: float, words: str) -> None:
    assert p_text(p) == words


ARRESTS = {"count": {"event": "arrests", "claimed": 100}}


@pytest.mark.parametrize(
    ("claim", "records", "verdict", "reason"),
    [
        (ARRESTS, {"a": evidence("A", arrests=100)}, "supported", "evidence of grade A"),
        (ARRESTS, {"a": evidence("A", arrests=90)}, "contradicted by the record (it has fewer)", "does not agree"),
        (ARRESTS, {"a": evidence("A", arrests=110)}, "contradicted by the record (it has more)", "does not agree"),
        (
            ARRESTS,
            {"a": evidence("A", arrests=90), "b": evidence("A", "b", arrests=110)},
            "contradicted by the record",
            "does not agree",
        ),
        (ARRESTS, {"a": evidence("B", arrests=90)}, "does not match the transcribed record (it has fewer)", "one transcription"),
        (ARRESTS, {"a": evidence("B", arrests=100)}, "consistent but not shown", "only one transcription"),
        ({**ARRESTS, "asserts_cause": True}, {"a": evidence(arrests=100)}, "consistent but not shown", "the cameras brought it"),
        (ARRESTS, {"a": evidence(faces=100)}, "cannot be tested from what is public", "none of the evidence states it"),
    ],
)  # fmt: skip
def test_the_words_follow_numbers_and_grades(
    claim: dict[str, Any], records: dict[str, Any], verdict: str, reason: str
) -> None:
    found = report(claim, records)
    assert verdict_text(found.judged[0]) == verdict
    assert reason in reason_text(found.judged[0])


def test_who_said_it_changes_no_word_of_the_verdict() -> None:
    said = [
        report({**ARRESTS, "said_by": who}, {"a": evidence("A", arrests=100)}).judged[0]
        for who in ("police", "critics")
    ]
    assert len({(verdict_text(item), reason_text(item)) for item in said}) == 1


def test_another_unit_is_told_in_both_directions() -> None:
    """Per alert 1,520 times as frequent as per face; and the other way round as rare."""
    records = {"year": evidence("A", faces=3147436, alerts=2077, false_alerts=10)}
    rate = {"event": "false_alerts", "claimed": {"low": 0, "high": 1}}
    by_face = report({"rate": {**rate, "per": "faces"}}, records)
    by_alert = report({"rate": {**rate, "per": "alerts"}}, records)
    assert per_what(by_face.judged[0], by_face.file) == [
        "This would hold even if every alert had been false: 3,147,436 faces raised 2,077 alerts, 1 in 1,520. A limit that "
        "cannot be missed tests nothing.",
        "Per alert the same events are 1 in 208: there are 1,520 counted faces for each alert.",
    ]
    assert per_what(by_alert.judged[0], by_alert.file) == [
        "Per counted face the same events are 1 in 315,000: there are 1,520 counted faces for each alert."
    ]
    assert verdict_text(by_face.judged[0]) == "true per counted face, but another picture per alert"


def test_documents_of_another_subject_are_told_as_that() -> None:
    document = {"what": "w", "publication": "p", "source": "s", "grade": "A"}
    documents = ({**document, "says": "agrees"}, {**document, "says": "otherwise", "about": "recording"})
    found = report({"about": "template", "documents": documents}, {})
    assert verdict_text(found.judged[0]) == "true of: template; but another picture of: recording"
    assert key_figure(found.judged[0], found.file) == "1 document agrees [A]; 1 document shows something else [A]"


def test_a_figure_of_the_claim_itself_is_no_evidence() -> None:
    records = {"own": {**evidence("A", arrests=103, camera_hours=58.4), "from_claim": ("camera_hours",)}}
    claim = {"rate": {"event": "camera_minutes", "per": "arrests", "claimed": 34}}
    found = report(claim, records)
    assert agreement_short(found.judged[0], found.file).startswith(
        "the claim's own figure: 34.0 camera minutes per arrest"
    )
    assert key_figure(found.judged[0], found.file) == "34.0 camera minutes per arrest: by the claim itself only"


def test_a_simulation_is_never_told_as_a_record() -> None:
    claim = {"comparison": {"a": "croydon-van", "b": "croydon-static", "measure": "arrests", "says": "fewer"}}
    found = report(claim, {})
    said = agreement_short(found.judged[0], found.file)
    assert said.startswith("simulated, and no record")
    assert key_figure(found.judged[0], found.file).startswith("simulated, not recorded")
    assert verdict_text(found.judged[0]) == "cannot be tested from what is public"


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ({"count": {"event": "arrests", "claimed": {"at_least": 1}}}, "Read as at least 1 arrest."),
        (
            {"count": {"event": "arrests", "claimed": {"value": 100, "to_nearest": 10}}},
            "Read as 100 arrests (to the nearest 10).",
        ),
        (
            {"rate": {"event": "arrests", "per": "alerts", "claimed": {"at_most": 0.5}}},
            "Read as at most 50 in 100 alerts with an arrest: a statement on the chance behind the counts.",
        ),
        (
            {"rate": {"event": "false_alerts", "per": "alerts", "claimed": {"value": 0.8, "to_nearest": 1e-9}}},
            "Read as 80 % of alerts: a statement on what was recorded.",
        ),
        (
            {"count": {"event": "arrests", "claimed": 209, "out_of": {"deployments": 73}}},
            "Read as 209 arrests in 73 deployments.",
        ),
    ],
)
def test_how_words_were_read_is_said(claim: dict[str, Any], words: str) -> None:
    found = report(claim, {"a": evidence(arrests=50, deployments=73, alerts=100, false_alerts=80)})
    assert read_as(found.judged[0], found.file) == words


def test_checks_that_fail_are_sentences_and_the_rest_a_count() -> None:
    dates = {"begins": "2025-01-01", "ends": "2025-12-31"}
    import datetime as dt

    period = {key: dt.date.fromisoformat(day) for key, day in dates.items()}
    records = {
        "one": {**evidence("A", "first", arrests=100, alerts=200), **period},
        "two": {**evidence("B", "second", arrests=103, alerts=200), **period},
    }
    found = report(ARRESTS, records)
    assert check_lines(found.checks, found.file) == [
        "1 of 2 checks hold.",
        "The same period, arrests: 100 by first [A], 103 by second [B].",
    ]
    assert check_lines((), found.file) == ["No two published figures here can be held against each other."]


def test_what_must_be_observed_agrees_with_the_exact_bound() -> None:
    """With one event among n the one-sided bound is chi-square(4) / 2n: 474,000 faces for 1 in 100,000."""
    given = Given({"false_alerts": Count(1, 1)}, {"faces": 472352.0}, one_in=100000)
    found = answer(given)
    assert found.needed[0].exposures[1] == pytest.approx(stats.chi2.ppf(0.95, 4) / 2 * 100000)
    line = needed_lines(found.needed, {})[0]
    assert "takes 300,000 without one, 474,000 with 1" in line
    assert line.endswith("what was observed shows neither it nor the contrary.")


def test_what_meets_the_stated_need_is_said_to_show_it() -> None:
    """One of 480,000 is more than the 474,000 that it takes, of 470,000 less; both bounds are one-sided."""
    needs = [answer(Given({"false_alerts": Count(1, 1)}, {"faces": n}, one_in=1e5)).needed[0] for n in (480e3, 470e3)]
    assert [item.shown for item in needs] == [True, None]
    # the contrary: 1 - 0.95 of the exact law lies above 2.0 / n for 5 events (chi-square(10) / 2 at 0.05 is 1.97)
    low = stats.chi2.ppf(0.05, 10) / 2
    contrary = [
        answer(Given({"false_alerts": Count(5, 5)}, {"faces": float(n)}, one_in=1e5)).needed[0].shown
        for n in (int(low * 1e5 * 0.99), int(low * 1e5 * 1.01))
    ]
    assert contrary == [False, None]


def test_a_number_carried_further_never_parts_from_its_condition() -> None:
    for count in (0, 1):
        lines = carried_lines(answer(Given({"false_alerts": Count(count, count)}, {"faces": 1e5})).carried, {})
        assert len(lines) == 2
        assert lines[0].endswith("if threshold, list, cameras and ways of working stay the same.")
        assert lines[1].endswith("if every camera did as here, which nobody knows.")
        assert all(("at the counted rate" in line) == (count > 0) for line in lines)


def test_given_numbers_are_told_in_a_sentence() -> None:
    found = answer(Given({"false_alerts": Count(2, 7)}, {"faces": 200000.0, "alerts": 200.0}))
    assert headline(found).startswith("2 to 7 false alerts; 200,000 counted faces, 200 alerts: per counted face")
    assert (
        finding(found) == "2 to 7 false alerts: 1 in 28,600 to 1 in 100,000 counted faces, 1 in 28.6 to 1 in 100 alerts"
    )
    none = answer(Given({"false_alerts": Count(0, 0)}, {"faces": 200000.0}))
    assert finding(none) == "No false alerts: at most 1 in 54,200 counted faces"


def test_a_range_that_means_one_count_is_that_count() -> None:
    one = answer(Given({"false_alerts": Count(1, 1)}, {"faces": 472352.0}))
    assert one.rows[0].mixture is None
    assert one.rows[0].interval == ratio("false_alerts", "faces", 1, 472352).interval


def test_the_picture_puts_marks_where_the_numbers_are() -> None:
    bars = [Bar("per face", 1e-5, 1e-6, 1e-4), Bar("per alert", 0.01, 0.001, 0.1), Bar("none", 0, 0, 0.001)]
    lines = strip(bars, 100)
    ticks, labels = lines[-2], lines[-1]
    assert decades(bars) == (-7, -1)
    assert ticks.count("+") == 7
    # a decade is the same width everywhere, so the mark of 1e-5 stands at the third tick
    places = [i for i, sign in enumerate(ticks) if sign == "+"]
    assert lines[0].index("o") == places[2]
    assert lines[0].index("|") == places[1]
    assert lines[2].index("<") == places[0]
    assert "o" not in lines[2].removeprefix("none")
    assert "1 in 100,000" in labels
    assert all(len(line) <= 100 for line in lines)
    assert strip(bars, 30) == []


def test_ticks_are_one_in_so_many() -> None:
    assert [tick(power) for power in (-7, -3, 0, 2)] == ["1 in 10 million", "1 in 1,000", "1 in 1", "100"]
