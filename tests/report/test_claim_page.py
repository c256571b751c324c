"""Pages of claims: rates that cannot be misread, verdicts with their reasons, blocks rather than fragments of prose."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import Any

import pytest
from claims.claim_texts import evidence, found, judged
from reading import behind
from scipy import stats

from simulator.claim import load_claims
from simulator.evidence.claim.asked import claim
from simulator.evidence.claim.found import JudgedFile, StatedNumbers
from simulator.evidence.claim.ratios import Ratio, ratio_of
from simulator.evidence.claim.words import one_in, p_text, ratio_text, span_text
from simulator.evidence.statistics.intervals import Interval
from simulator.report.claim.frequencies import natural, natural_span
from simulator.report.claim.numbers import finding, headline
from simulator.report.claim.readings import readings_table
from simulator.report.claim.sentences import agreement_lines, agreement_short, check_lines, per_what
from simulator.report.claim.what_follows import carried_lines
from simulator.report.page import Bullets, Entry, Heading, Line, Page, Scale, Table
from simulator.report.pages import page_of
from simulator.report.render.terminal import text_of

GOLDEN = Path(__file__).parents[1] / "golden" / "claim.txt"
SUN = "croydon-sun-2026"
ARRESTS: dict[str, Any] = {"count": {"event": "arrests", "claimed": 100}}
SPEAKS = {**ARRESTS, "said_by": "a force"}


def ratio(event: str, per: str, top: float, bottom: float) -> Ratio:
    made = ratio_of({event: top, per: bottom}, event, per)
    assert made is not None
    return made


def numbers(**asked: Any) -> StatedNumbers:
    stated = claim(**asked)
    assert isinstance(stated, StatedNumbers)
    return stated


def of_kind(page: Page, kind: type) -> list[Any]:
    return [block for block in page if isinstance(block, kind)]


def labelled(page: Page, label: str) -> list[str]:
    return [line.text for line in of_kind(page, Line) if line.label == label]


@pytest.fixture(scope="module")
def sun() -> JudgedFile:
    made = claim(SUN, only=["virtually-zero", "handful", "crime-down-12", "replace-vans"], replications=20)
    assert isinstance(made, JudgedFile)
    return made


def test_the_page_is_as_it_was() -> None:
    """Golden: one claim at length, then numbers; written again by deleting the file."""
    said = [page_of(claim(SUN, only=["handful"], replications=0)), page_of(numbers(false_alerts=(2, 7), faces=200_000))]
    text = "\n".join(text_of(page, 100, details=True) for page in said)
    if not GOLDEN.exists():
        GOLDEN.write_text(text, "utf-8")
        pytest.fail(f"{GOLDEN.name} is written anew; read it before it is kept")
    assert text == GOLDEN.read_text("utf-8")


def test_every_claim_of_a_whole_file_has_an_entry_a_heading_and_a_verdict() -> None:
    whole = claim(SUN, replications=0)
    assert isinstance(whole, JudgedFile)
    page = behind(page_of(whole))
    claims = load_claims(SUN).claims

    assert [entry.label for entry in of_kind(page, Entry)] == list(claims)
    headings = [block.text for block in of_kind(page, Heading)]
    assert [f"{item.statement} ({key})" for key, item in claims.items()] == headings[1:-3]
    assert len(labelled(page, "Verdict")) == len(claims)
    assert of_kind(page, Table) == []
    assert [line.text for line in of_kind(page, Line)].count(whole.note) == 1


def test_a_claim_at_length_has_its_tables_and_a_picture(sun: JudgedFile) -> None:
    page = behind(page_of(sun))
    titles = " ".join(table.title for table in of_kind(page, Table))
    parts = [line.text for line in of_kind(page, Line) if line.strong and not line.label]

    assert {"Do the numbers agree?", "How precisely is it known?", "Per what?", "Further on"} <= {*parts}
    for words in (
        "Recorded false alerts",
        "p: how often",
        "By reading: of 335 alerts",
        "Wards without the cameras",
        "Simulated, not recorded: per camera",
    ):
        assert words in titles
    zero = of_kind(page, Scale)[0]
    assert [bar.label for bar in zero.bars][:2] == ["per counted face", "per alert"]
    rates = of_kind(page, Table)[0]
    assert rates.rows[1][0] == "  counted face, people repeat"
    assert any("wrongful" in row[0] for row in of_kind(page, Table)[-1].rows)
    assert "procedure.bystander as 0" in of_kind(page, Table)[-1].notes[0].text


def test_no_verdict_uses_words_that_can_be_quoted_as_an_accusation() -> None:
    """A claim that is not shown is not called wrong, and nobody is said to have lied."""
    said = text_of(page_of(claim(SUN, replications=0)), 100, details=True).lower()
    for words in ("verdict: false", "verdict: wrong", " a lie ", " lied", "liar", "misleading", "untrue"):
        assert words not in said


def test_a_page_without_its_details_says_what_is_missing(sun: JudgedFile) -> None:
    with pytest.raises(ValueError, match=r"needs details\.json"):
        page_of(JudgedFile.from_data(sun.to_data()))


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
            "none of 1,000,000 counted faces (at most 1 in 271,000, two-sided)",
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
    assert natural_span("false_alerts", "alerts", 200, Interval(0.01, 0.035), Interval(0.0012, 0.07)) == (
        "Of 1,000 alerts (each points at somebody), about 10 to 35 (95 %: 1 to 70) are false."
    )


@pytest.mark.parametrize(
    ("p", "words"), [(0.00001, "below 0.0001"), (0.0019, "0.0019"), (0.067, "0.067"), (0.18, "0.18")]
)
def test_p_values_are_never_zero(p: float, words: str) -> None:
    assert p_text(p) == words


@pytest.mark.parametrize(
    ("claimed", "records", "verdict", "because"),
    [
        (ARRESTS, {"a": evidence("A", arrests=100)}, "the numbers agree; shown [A]", "lies within"),
        (ARRESTS, {"a": evidence("A", arrests=46)}, "fewer than claimed: 0.46 of it; shown [A]", "lies outside"),
        (ARRESTS, {"a": evidence("A", arrests=106)}, "more than claimed: 1.06 times it; shown [A]", "lies outside"),
        (ARRESTS, {"a": evidence("A", arrests=0)}, "fewer than claimed: none; shown [A]", "lies outside"),
        (
            ARRESTS,
            {"a": evidence("A", arrests=90), "b": evidence("A", "b", arrests=110)},
            "published figures disagree (90 to 110 arrests); not shown",
            "different sides",
        ),
        (ARRESTS, {"a": evidence("B", arrests=99.0)}, "fewer than claimed: 0.99 of it; one source [B]", "lies outside"),
        (
            {"count": {"event": "arrests", "claimed": 1135}},
            {"a": evidence("B", arrests=1133)},
            "fewer than claimed: 0.9982 of it; one source [B]",
            "lies outside",
        ),
        (ARRESTS, {"a": evidence("B", arrests=100)}, "the numbers agree; one source [B]", "lies within"),
        (
            {**ARRESTS, "asserts_cause": True},
            {"a": evidence(arrests=100)},
            "the numbers agree; not shown",
            "the cameras brought",
        ),
        (ARRESTS, {"a": evidence(faces=100)}, "not comparable; no test", "none of the evidence states it"),
        (
            SPEAKS,
            {"a": {**evidence(arrests=100), "counted_by": "a force"}},
            "not comparable; no test",
            "repeats itself",
        ),
        (
            SPEAKS,
            {"a": {**evidence(arrests=100), "counted_by": "a force", "form": "rows"}},
            "the numbers agree; the force's own count [A]",
            "lies within",
        ),
        (
            {**ARRESTS, "said_by": "a critic"},
            {"a": {**evidence(arrests=100), "counted_by": "a critic", "form": "rows"}},
            "the numbers agree; the speaker's own count [A]",
            "lies within",
        ),
    ],
)
def test_the_words_follow_numbers_grades_and_who_counted(
    claimed: dict[str, Any], records: dict[str, Any], verdict: str, because: str
) -> None:
    reached = judged(claimed, records).verdict
    assert reached.words == verdict
    assert because in reached.because


def test_a_claim_that_differs_is_not_told_that_its_interval_reaches_beyond_it() -> None:
    limit = {"rate": {"event": "false_alerts", "per": "faces", "claimed": {"at_most": 1e-5}}}
    for faces, words in ((1_000, "lies outside of"), (600_000, "reaches beyond"), (6_000_000, "lies within")):
        assert words in judged(limit, {"a": evidence("A", faces=faces, false_alerts=3)}).precision.words


def test_a_claimed_limit_is_printed_as_it_stands() -> None:
    limit = {"count": {"event": "arrests", "claimed": {"at_least": 1001}}}
    assert judged(limit, {}).read_as == "Read as at least 1,001 arrests."


def test_a_count_held_against_a_claim_without_a_period_says_its_days() -> None:
    days = {"begins": dt.date(2025, 1, 1), "ends": dt.date(2025, 12, 31)}
    for claimed, said in ((ARRESTS, True), (ARRESTS | days, False)):
        made = found(claimed, {"a": {**evidence(arrests=100), **days}})
        assert made.details is not None
        assert made.details.file is not None
        (line,) = agreement_lines(made.claims[0], made.details.file)
        assert ("(of 1 January to 31 December 2025; the claim names no period" in line) == said


def test_another_unit_is_told_in_both_directions() -> None:
    """Per alert 1,520 times as frequent as per face; and the other way round as rare."""
    records = {"year": evidence("A", faces=3147436, alerts=2077, false_alerts=10)}
    rate = {"event": "false_alerts", "claimed": {"low": 0, "high": 1}}
    said = []
    for per in ("faces", "alerts"):
        made = found({"rate": {**rate, "per": per}}, records)
        assert made.details is not None
        assert made.details.file is not None
        said.append(per_what(made.claims[0], made.details.file, made.details.claims["c"].cannot_fail))
    assert said[0] == [
        "This would hold even if every alert had been false: 3,147,436 counted faces had 2,077 alerts, 1 in 1,520. A limit that "
        "cannot be missed tests nothing.",
        "Per alert the same events are 1 in 208: there are 1,520 counted faces for each alert.",
    ]
    assert said[1] == [
        "This would hold even if every alert had been false: there were 2,077 alerts. A limit that cannot be missed tests "
        "nothing.",
        "Per counted face the same events are 1 in 315,000: there are 1,520 counted faces for each alert.",
    ]


def test_documents_of_another_subject_are_told_as_that() -> None:
    document = {"what": "w", "publication": "p", "source": "s", "grade": "A"}
    documents = ({**document, "says": "agrees"}, {**document, "says": "otherwise", "about": "recording"})
    made = judged({"about": "template", "documents": documents}, {})
    assert made.verdict.words == "what is published agrees; one source [A]; another picture for recording"
    assert made.key_figure == "1 document agrees [A]; 1 document shows something else [A]"


@pytest.mark.parametrize(
    ("claimed", "records", "agreement", "key_figure"),
    [
        (
            {"rate": {"event": "camera_minutes", "per": "arrests", "claimed": 34}},
            {"own": {**evidence("A", arrests=103, camera_hours=58.4), "from_claim": ("camera_hours",)}},
            "the claim's own figure: 34.0 camera minutes per arrest",
            "34.0 camera minutes per arrest: by the claim itself only",
        ),
        (
            {"comparison": {"a": "croydon-van", "b": "croydon-static", "measure": "arrests", "says": "fewer"}},
            {},
            "simulated, and no record",
            "simulated, not recorded",
        ),
    ],
)
def test_a_claims_own_figure_and_a_simulation_are_never_told_as_a_record(
    claimed: dict[str, Any], records: dict[str, Any], agreement: str, key_figure: str
) -> None:
    made = found(claimed, records)
    assert made.details is not None
    assert made.details.file is not None
    assert agreement_short(made.claims[0], made.details.file).startswith(agreement)
    assert made.claims[0].key_figure.startswith(key_figure)
    assert made.claims[0].verdict.words == "not comparable; no test"


@pytest.mark.parametrize(
    ("claimed", "words"),
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
def test_how_words_were_read_is_said(claimed: dict[str, Any], words: str) -> None:
    assert judged(claimed, {"a": evidence(arrests=50, deployments=73, alerts=100, false_alerts=80)}).read_as == words


def test_checks_that_fail_are_sentences_and_the_rest_a_count() -> None:
    period = {"begins": dt.date(2025, 1, 1), "ends": dt.date(2025, 12, 31)}
    records = {
        "one": {**evidence("A", "first", arrests=100, alerts=200), **period},
        "two": {**evidence("B", "second", arrests=103, alerts=200), **period},
    }
    assert check_lines(found(ARRESTS, records).checks) == [
        "1 of 2 checks hold.",
        "The same period, arrests: 100 by first [A], 103 by second [B].",
    ]
    assert check_lines(()) == ["No two published figures here can be held against each other."]


def test_what_must_be_observed_agrees_with_the_exact_bound() -> None:
    """With one event among n the one-sided bound is chi-square(4) / 2n: 474,000 faces for 1 in 100,000."""
    (reading,) = numbers(false_alerts=1, faces=472352, one_in=100_000).readings
    assert reading.units_needed[1].units == pytest.approx(stats.chi2.ppf(0.95, 4) / 2 * 100_000)
    (row,) = readings_table([reading], {}).rows
    # rounded up: 474,000 would not be enough
    assert list(row)[:4] == ["1 in 100,000 counted faces", "cannot be shown", "300,000", "475,000"]


def test_a_number_carried_further_never_parts_from_its_condition() -> None:
    for count in (0, 1):
        lines = carried_lines(numbers(false_alerts=count, faces=2e5).carried, {}, "your numbers")
        assert len(lines) == 2
        assert lines[0].endswith("if threshold, list, cameras and ways of working stay the same.")
        assert lines[1].endswith("if every camera did as here, which nobody knows.")
        assert all("if your numbers are right" in line and "counted rate" not in line for line in lines)


def test_given_numbers_are_told_in_a_sentence() -> None:
    stated = numbers(false_alerts=(2, 7), faces=200_000, alerts=200)
    assert headline(stated).startswith("2 to 7 false alerts; 200,000 counted faces, 200 alerts: per counted face")
    assert finding(stated) == (
        "2 to 7 false alerts: 1 in 28,600 to 1 in 100,000 counted faces, 1 in 28.6 to 1 in 100 alerts"
    )
    assert finding(numbers(false_alerts=0, faces=200_000)) == "No false alerts: at most 1 in 54,200 counted faces"


def test_numbers_show_what_they_leave_out_only_in_a_scenario() -> None:
    bare, simulated = (
        behind(page_of(numbers(false_alerts=1, faces=1e5, **more)))
        for more in ({}, {"scenario": "croydon-static", "replications": 20})
    )
    assert "What the numbers leave out" not in [block.text for block in of_kind(bare, Heading)]
    assert "What the numbers leave out" in [block.text for block in of_kind(simulated, Heading)]
    assert len(of_kind(simulated, Table)) == len(of_kind(bare, Table)) + 1
    assert all(item for block in of_kind(simulated, Bullets) for item in block.items)
