"""The claims that come with the program: complete, sourced, judged by one rule that follows numbers and grades alone."""

from __future__ import annotations

import datetime as dt
import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from scipy import stats

from simulator.claim import load_claims, shipped_claims
from simulator.claim.evidence import GRADE_OF
from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.judge import judge_file
from simulator.evidence.claim.judged import Judged
from simulator.evidence.claim.ratios import Ratio, ratio_of
from simulator.evidence.claim.units import ERRORS
from simulator.evidence.claim.verdict import NUMBERS, STRENGTHS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "background" / "claims.md").read_text("utf-8")
SUN, POLICE, CRITICS = "croydon-sun-2026", "police-claims", "critics-claims"
# The verdict on every shipped claim: do the numbers agree, how strong is that, and what gives another picture. A change here is a
# change of what the program says.
VERDICTS = {
    SUN: {
        "one-street": ("agree", "own_count", None),
        "hundred-arrests": ("agree", "own_count", None),
        "led-to": ("not_comparable", "no_test", None),
        "every-34-minutes": ("not_comparable", "no_test", None),
        "cost": ("not_comparable", "no_test", None),
        "first-on-lamp-posts": ("not_comparable", "no_test", None),
        "vawg-third": ("not_comparable", "no_test", None),
        "kidnap": ("not_comparable", "no_test", None),
        "on-the-run": ("not_comparable", "no_test", None),
        "dozen-in-hours": ("agree", "own_count", None),
        "identified-200000": ("not_comparable", "no_test", None),
        "handful": ("differ", "own_count", "alert"),
        "virtually-zero": ("agree", "own_count", "alert"),
        "crime-down-12": ("not_comparable", "no_test", None),
        "no-looking-back": ("agree", "one_source", "recordings"),
        "other-forces": ("not_comparable", "no_test", None),
        "replace-vans": ("not_comparable", "no_test", None),
    },
    POLICE: {
        "per-face-rate": ("agree", "own_count", "alert"),
        "false-alerts-2025": ("agree", "own_count", None),
        "no-false-arrest": ("not_comparable", "no_test", None),
        "arrests-per-alert": ("agree", "own_count", "counted face"),
        "one-in-33000": ("agree", "own_count", "alert"),
        "arrests-2024": ("differ", "own_count", None),
        "arrests-to-may-2024": ("agree", "own_count", None),
        "within-limit": ("agree", "no_test", "alert"),
        "within-limit-2020": ("agree", "no_test", "alert"),
        "swp-no-false-alert": ("not_comparable", "no_test", None),
        "swp-cost": ("not_comparable", "no_test", None),
        "essex-one-false": ("not_comparable", "no_test", "alert"),
        "holyhead-none": ("agree", "no_test", None),
        "true-recognition-70": ("not_comparable", "no_test", None),
        "npl-89": ("agree", "one_source", "actors in a test in the street in Essex"),
        "no-difference": ("compatible", "not_shown", "lower thresholds"),
        "one-in-6000": ("differ", "own_count", "the test at 0.60 with a list of 10,000"),
        "met-2019-per-face": ("not_comparable", "no_test", None),
        "croydon-six-months": ("agree", "own_count", "alert"),
        "every-35-minutes": ("not_comparable", "no_test", None),
        "croydon-crime-10": ("not_comparable", "no_test", None),
        "croydon-vawg-21": ("not_comparable", "no_test", None),
        "located-in-half-the-time": ("not_comparable", "no_test", None),
        "public-support-85": ("not_comparable", "no_test", None),
    },
    CRITICS: {
        "wrong-81": ("compatible", "not_shown", None),
        "wrong-98": ("agree", "own_count", None),
        "cardiff-92": ("agree", "own_count", None),
        "stops-83": ("not_comparable", "no_test", None),
        "disparity-138": ("agree", "one_source", "live facial recognition"),
        "most-not-wanted": ("agree", "own_count", "alerts without an arrest"),
        "eight-of-ten-black": ("agree", "own_count", None),
        "essex-four-of-six": ("agree", "no_test", None),
        "essex-arrests": ("published_disagree", "not_shown", None),
        "half-missed": ("agree", "one_source", "walkers in the laboratory's test at 0.60"),
        "no-action-40": ("agree", "own_count", None),
        "stopped-925": ("not_comparable", "no_test", None),
        "stopwatch-arrests": ("differ", "own_count", None),
        "stopwatch-stops": ("not_comparable", "no_test", None),
        "per-alert-rate": ("agree", "own_count", "counted face"),
        "six-nations-no-arrest": ("not_comparable", "no_test", None),
    },
}
EVERY = [(name, key) for name, claims in VERDICTS.items() for key in claims]
# Simulations take seconds and are no part of what these tests ask.
PUBLISHED = [(name, key) for name, key in EVERY if key != "replace-vans"]


@cache
def file_of(name: str) -> ClaimFile:
    return load_claims(name)


def judge(file: ClaimFile, key: str) -> Judged:
    return judge_file(file, [key], replications=0).claims[0]


@cache
def found(name: str, key: str) -> Judged:
    return judge(file_of(name), key)


def altered(name: str, evidence: str, figures: dict[str, float] | None = None, **fields: Any) -> ClaimFile:
    """The shipped file with one piece of evidence altered: some *figures*, or *fields* such as its grade."""
    file = file_of(name)
    old = file.evidence[evidence]
    new = old.model_copy(update={"figures": {**old.figures, **(figures or {})}, **fields})
    return file.model_copy(update={"evidence": {**file.evidence, evidence: new}})


def with_claim(name: str, key: str, **fields: Any) -> ClaimFile:
    """The shipped file with *fields* of one claim replaced."""
    file = file_of(name)
    return file.model_copy(update={"claims": {**file.claims, key: file.claims[key].model_copy(update=fields)}})


def with_documents(name: str, key: str, **fields: Any) -> ClaimFile:
    """The shipped file with *fields* of every document of one claim replaced."""
    documents = file_of(name).claims[key].documents
    return with_claim(name, key, documents=tuple(item.model_copy(update=fields) for item in documents))


def pair(judged: Judged) -> str:
    """Both axes: "agree, shown"."""
    return f"{judged.verdict.numbers}, {judged.verdict.strength}"


def outcome(file: ClaimFile, key: str) -> str:
    return pair(judge(file, key))


def test_shipped_claims_are_named_like_their_files() -> None:
    assert {name: load_claims(name).name for name in shipped_claims()} == {name: name for name in VERDICTS}


@pytest.mark.parametrize(("name", "key"), EVERY)
def test_every_claim_has_its_verdict(name: str, key: str) -> None:
    verdict = found(name, key).verdict

    assert (verdict.numbers, verdict.strength, verdict.y) == VERDICTS[name][key]
    assert STRENGTHS[verdict.strength] in verdict.words


@pytest.mark.parametrize("name", VERDICTS)
def test_no_claim_is_left_out_of_the_table(name: str) -> None:
    assert list(file_of(name).claims) == list(VERDICTS[name])


@pytest.mark.parametrize("name", VERDICTS)
def test_every_source_is_named_and_graded_by_what_it_is(name: str) -> None:
    """How it was seen is said of all, and a grade never without; what a force or the speaker counted is so for all who count."""
    file = file_of(name)
    items = [*file.evidence.items(), *((key, item) for key, claim in file.claims.items() for item in claim.documents)]
    for key, item in items:
        assert item.source, key
        assert item.publication, key
        assert item.grade == "assumed" or (item.seen is not None and item.grade == GRADE_OF[item.seen]), key
        assert item.form == "total" or item.counted_by in file.forces, key
    for key, claim in file.claims.items():
        assert claim.evidence or claim.documents or claim.kind in ("change", "comparison"), key
        assert claim.begins or claim.count is None or claim.count.unit or not claim.evidence, key


def test_one_publication_has_one_name_across_files() -> None:
    """Evidence that files share is the same in all of them, so that it counts once everywhere."""
    stated: dict[tuple[str, object], set[str]] = {}
    for name in VERDICTS:
        for key, item in file_of(name).evidence.items():
            figures = {k: v for k, v in item.figures.items() if k != "black_false_alerts"}
            stated.setdefault((key, "figures"), set()).add(str(sorted(figures.items())))
            stated.setdefault((key, "publication"), set()).add(item.publication)

    assert {key: values for key, values in stated.items() if len(values) > 1} == {}


def test_no_verdict_is_written_in_a_file() -> None:
    for path in shipped_claims().values():
        text = "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
        assert "verdict" not in text, path.name
        assert not any(words in text for words in (*NUMBERS.values(), "own count", "one source")), path.name


@pytest.mark.parametrize(("name", "key"), PUBLISHED)
def test_who_said_it_changes_nothing_but_whether_it_repeats_itself(name: str, key: str) -> None:
    """In the mouth of somebody who counted nothing every claim gets the same verdict, unless its own total was all there was."""
    other = with_claim(name, key, said_by="the other side", speaker=None).model_copy(
        update={"said_by": "the other side", "speaker": None}
    )
    restated = any(item.relation == "restated" for item in found(name, key).numbers)

    assert restated or judge(other, key).verdict == found(name, key).verdict


@pytest.mark.parametrize(("name", "key"), PUBLISHED)
def test_without_evidence_nothing_can_be_tested(name: str, key: str) -> None:
    claim: Claim = file_of(name).claims[key]
    bare = with_claim(name, key, evidence=(), documents=tuple(d for d in claim.documents if d.says == "otherwise"))

    assert outcome(bare, key) == "not_comparable, no_test"


@pytest.mark.parametrize(("name", "key"), PUBLISHED)
def test_assumed_evidence_settles_nothing(name: str, key: str) -> None:
    file = with_documents(name, key, grade="assumed")
    evidence = {k: item.model_copy(update={"grade": "assumed"}) for k, item in file.evidence.items()}

    assert outcome(file.model_copy(update={"evidence": evidence}), key) == "not_comparable, no_test"


@pytest.mark.parametrize(
    ("key", "file", "expected"),
    [
        # counts
        ("handful", altered(SUN, "record-16-jan", {"false_alerts": 4}, grade="A"), "agree, own_count"),
        ("handful", altered(SUN, "record-16-jan", {"false_alerts": 4}), "published_disagree, not_shown"),
        ("handful", altered(SUN, "record-16-jan", {"false_alerts": 8}), "published_disagree, not_shown"),
        ("handful", altered(SUN, "met-19-jan", counted_by="an auditor"), "differ, one_source"),
        ("handful", altered(SUN, "met-19-jan", counted_by="an auditor", grade="A"), "differ, shown"),
        ("hundred-arrests", altered(SUN, "met-19-jan", {"arrests": 60}), "published_disagree, not_shown"),
        ("hundred-arrests", altered(SUN, "record-16-jan", published=dt.date(2026, 5, 18)), "not_comparable, no_test"),
        ("hundred-arrests", with_claim(SUN, "hundred-arrests", asserts_cause=True), "agree, not_shown"),
        ("dozen-in-hours", altered(SUN, "one-day-16-jan", {"arrests": 12}), "differ, own_count"),
        ("identified-200000", altered(SUN, "record-16-jan", {"people": 90_000}), "differ, own_count"),
        ("cost", altered(SUN, "record-16-jan", {"gbp": 790_000}), "agree, own_count"),
        ("arrests-2024", altered(POLICE, "met-2024", {"arrests": 540}), "agree, own_count"),
        ("arrests-2024", altered(POLICE, "met-2024", form="total"), "differ, own_count"),
        ("arrests-2024", altered(POLICE, "met-2024", ends=dt.date(2024, 6, 30)), "differ, own_count"),
        ("arrests-2024", altered(POLICE, "met-2024", begins=dt.date(2023, 1, 1)), "not_comparable, no_test"),
        ("no-false-arrest", altered(POLICE, "report-year", form="rows"), "agree, no_test"),
        ("no-false-arrest", altered(POLICE, "report-year", {"false_arrests": 1}), "differ, own_count"),
        ("swp-no-false-alert", altered(POLICE, "swp-since-2023", from_claim=()), "not_comparable, no_test"),
        ("swp-no-false-alert", altered(POLICE, "swp-since-2023", from_claim=(), form="rows"), "agree, own_count"),
        ("six-nations-no-arrest", altered(CRITICS, "six-nations", from_claim=()), "not_comparable, no_test"),
        ("stopped-925", altered(CRITICS, "met-2025", {"no_action": 925}), "agree, own_count"),
        ("essex-arrests", altered(CRITICS, "essex-to-october-2024", {"arrests": 9}), "agree, own_count"),
        ("essex-arrests", altered(CRITICS, "essex-to-october-2024", grade="A"), "differ, own_count"),
        ("holyhead-none", altered(POLICE, "holyhead", {"alerts": 20}), "agree, own_count"),
        # rates
        ("every-34-minutes", altered(SUN, "hours-from-34-minutes", from_claim=()), "agree, one_source"),
        ("every-34-minutes", altered(SUN, "hours-as-vans", grade="A"), "differ, one_source"),
        ("virtually-zero", altered(SUN, "record-16-jan", grade="assumed"), "not_comparable, no_test"),
        ("virtually-zero", altered(SUN, "record-16-jan", {"faces": 23_921}), "agree, not_shown"),
        ("per-face-rate", altered(POLICE, "rows-of-report-year", {"false_alerts": 100}), "differ, own_count"),
        ("within-limit-2020", altered(POLICE, "oxford-circus-2020", {"alerts": 9, "faces": 8_600}), "agree, own_count"),
        (
            "no-difference",
            altered(POLICE, "npl-at-060", {"test_false_positives": 700}),
            "published_disagree, not_shown",
        ),
        ("wrong-81", altered(CRITICS, "trials-2018-19", at_least={}), "agree, one_source"),
        ("wrong-81", altered(CRITICS, "trials-2018-19", {"wrong_alerts": 32}), "differ, one_source"),
        ("wrong-98", altered(CRITICS, "trials-2016-18", {"false_alerts": 52}), "differ, own_count"),
        ("cardiff-92", with_claim(CRITICS, "cardiff-92", said_on="2026"), "published_disagree, not_shown"),
        ("most-not-wanted", altered(CRITICS, "report-year", {"arrests": 1_100}), "published_disagree, not_shown"),
        ("no-action-40", altered(CRITICS, "met-to-july-2025", {"no_action": 200}), "differ, own_count"),
        ("stopwatch-arrests", altered(CRITICS, "met-january-to-june-2024", {"arrests": 223}), "agree, own_count"),
        ("stops-83", altered(CRITICS, "croydon-28-august-2024", {"stops": 6}), "agree, no_test"),
        ("stops-83", altered(CRITICS, "croydon-28-august-2024", {"stops": 8}), "differ, own_count"),
        # documents
        ("one-street", with_documents(SUN, "one-street", counted_by="an auditor", grade="A"), "agree, shown"),
        ("one-street", with_documents(SUN, "one-street", says="disagrees"), "differ, own_count"),
        ("one-in-6000", with_documents(POLICE, "one-in-6000", says="agrees"), "agree, own_count"),
        ("public-support-85", with_documents(POLICE, "public-support-85", says="agrees"), "not_comparable, no_test"),
        (
            "public-support-85",
            with_documents(POLICE, "public-support-85", says="agrees", counted_by="a pollster"),
            "agree, one_source",
        ),
        ("half-missed", with_documents(CRITICS, "half-missed", grade="A"), "agree, shown"),
        ("npl-89", with_documents(POLICE, "npl-89", grade="A"), "agree, shown"),
        # changes
        ("crime-down-12", with_documents(SUN, "crime-down-12", says="disagrees"), "differ, own_count"),
    ],
)
def test_altered_numbers_and_grades_change_the_verdict(key: str, file: ClaimFile, expected: str) -> None:
    assert outcome(file, key) == expected


def test_a_fall_by_half_would_be_shown() -> None:
    """Negative control: the methods that leave 12 per cent open do find a fall of half, and a cause is still not shown."""
    claim = file_of(SUN).claims["crime-down-12"]
    steep = claim.change.model_copy(update={"fall": 0.5, "placebos": ()})  # type: ignore[union-attr]
    stated = tuple(item.model_copy(update={"says": "agrees", "counted_by": "an auditor"}) for item in claim.documents)
    key, changed = "crime-down-12", {"change": steep, "documents": stated}

    assert outcome(with_claim(SUN, key, documents=stated, asserts_cause=False), key) == "agree, not_shown"
    assert outcome(with_claim(SUN, key, asserts_cause=False, **changed), key) == "agree, one_source"
    assert judge(with_claim(SUN, key, **changed), key).precision.why == "cause"


@pytest.mark.parametrize(
    ("police", "critics"),
    [
        ("per-face-rate", "per-alert-rate"),
        ("arrests-per-alert", "most-not-wanted"),
        ("swp-no-false-alert", "six-nations-no-arrest"),
        ("arrests-2024", "stopwatch-arrests"),
        ("npl-89", "half-missed"),
    ],
)
def test_one_figure_told_from_two_ends_gets_one_verdict(police: str, critics: str) -> None:
    assert VERDICTS[POLICE][police][:2] == VERDICTS[CRITICS][critics][:2]


@pytest.mark.parametrize(
    ("name", "key", "words"),
    [
        (SUN, "handful", "fewer than claimed: 0.50 of it; the force's own count [B]; another picture per alert"),
        (POLICE, "arrests-2024", "more than claimed: 1.06 times it; the force's own count [A]"),
        (
            CRITICS,
            "stopwatch-arrests",
            "more often than claimed: one in 105 camera minutes, not 128; the force's own count [A]",
        ),
        (CRITICS, "essex-arrests", "published figures disagree (11 to 25 arrests); not shown"),
        (POLICE, "within-limit-2020", "the numbers agree; no test; another picture per alert"),
        (POLICE, "swp-cost", "not comparable; no test"),
        (CRITICS, "wrong-81", "agrees at its upper end only: 71.4 to 81.0 in 100 alerts; not shown"),
        (
            POLICE,
            "no-difference",
            "as NPL 2023 states; 7 of 7 neither shows nor contradicts it; not shown; another picture for lower thresholds",
        ),
    ],
)
def test_side_and_size_come_first(name: str, key: str, words: str) -> None:
    assert found(name, key).verdict.words == words


@pytest.mark.parametrize(
    ("name", "key", "figures"),
    [
        (CRITICS, "wrong-81", "30 to 34 wrong alerts out of 42 alerts [B]"),
        (
            CRITICS,
            "cardiff-92",
            "2,297 recorded false alerts out of 2,470 alerts (91.9 to 94.0 in 100); later: 2,554 recorded false alerts out of "
            "2,632 alerts [B]",
        ),
        (
            SUN,
            "handful",
            "read as 2 to 7 recorded false alerts out of 200,000 counted faces (to the nearest 100,000); 1 recorded false "
            "alert out of 239,216 counted faces [B] (none to 18 December 2025); 7 if all 6 unconfirmed ones were false; later: "
            "at most 1 recorded false alert out of 472,352 counted faces [B]",
        ),
        (SUN, "identified-200000", "not counted; counted instead: 210,226 to 239,216 counted faces, 174 to 200 alerts"),
        (POLICE, "no-false-arrest", "no arrests of a wrong person out of 6 stops on a false alert: by the claim itself only"),
        (POLICE, "holyhead-none", "no recorded false alerts out of 7,512 counted faces (2 alerts) [A]"),
    ],
)  # fmt: skip
def test_the_overview_has_the_figure_that_decides(name: str, key: str, figures: str) -> None:
    assert found(name, key).key_figure == figures


def test_the_article_is_judged_by_what_was_counted_in_january_and_the_rest_is_later() -> None:
    """1 of 239,216 faces and of 200 alerts, 7 of 200 at worst; by March 1 of 472,352 and of 335, 10 of 335 at worst."""
    judged = found(SUN, "virtually-zero")
    ratios = {item.name: (item.rate and (item.rate.top, item.rate.bottom), item.later) for item in judged.numbers}

    assert ratios["record-16-jan"] == ((1, 239_216), False)
    assert ratios["record-six-months"] == ((1, 472_352), True)
    assert [(item.of_alerts.top, item.of_alerts.bottom, item.later) for item in judged.if_unconfirmed] == [
        (7, 200, False), (10, 335, True),
    ]  # fmt: skip
    low, high = judged.if_unconfirmed[1].of_alerts.interval_95 or (0, 0)
    assert (round(33.5), round(1 / high), round(1 / low)) == (34, 18, 69)


# Statistics that a reader can check elsewhere.


def plain(name: str, evidence: str, event: str, per: str) -> Ratio:
    """One figure by another of a shipped file, passers-by taken to be all different."""
    ratio = ratio_of(file_of(name).evidence[evidence].figures, event, per)
    assert ratio is not None
    assert ratio.interval_95 is not None
    return ratio


def test_one_false_alert_in_six_months_leaves_a_factor_of_two_hundred_open() -> None:
    low, high = plain(SUN, "record-six-months", "false_alerts", "faces").interval_95 or (0, 0)

    assert 1 / high == pytest.approx(85_000, rel=0.005)
    assert 1 / low == pytest.approx(18.7e6, rel=0.005)


def test_no_false_alert_in_210226_faces_is_an_upper_bound() -> None:
    ratio = plain(SUN, "record-18-dec", "false_alerts", "faces")

    assert ratio.interval_95 is not None
    assert ratio.one_sided_95 is not None
    assert (1 / ratio.interval_95.high, 1 / ratio.one_sided_95) == (
        pytest.approx(57_000, rel=0.005),
        pytest.approx(70_000, rel=0.005),
    )


def test_a_handful_of_200000_is_a_mixture() -> None:
    """2 to 7 of 200,000: median 2.3e-5, 1 in 17,000 to 1 in 229,000; the exact envelope is wider."""
    said = found(SUN, "handful").at_its_word[0]

    assert (said.fewest, said.most, said.exposure) == (2, 7, 200_000)
    assert said.median == pytest.approx(2.3e-5, rel=0.01)
    assert 1 / said.mixture_95.high == pytest.approx(17_000, rel=0.03)
    assert 1 / said.mixture_95.low == pytest.approx(229_000, rel=0.005)
    assert said.envelope_95.low < said.mixture_95.low
    assert said.mixture_95.high < said.envelope_95.high


def test_report_year_per_face_and_per_alert() -> None:
    faces, alerts = (plain(POLICE, "report-year", "false_alerts", per) for per in ("faces", "alerts"))

    assert faces.interval_95 == (pytest.approx(1.5e-6, rel=0.02), pytest.approx(5.8e-6, rel=0.01))
    assert alerts.rate == pytest.approx(0.0048, abs=0.00005)


def test_eight_of_ten_under_each_benchmark() -> None:
    chances = [item.p_at_least for item in found(CRITICS, "eight-of-ten-black").benchmarks]

    assert chances == pytest.approx([3.8e-6, 2.0e-4, 4.2e-4, 0.0032, 0.012], rel=0.03)
    assert chances == pytest.approx([stats.binom.sf(7, 10, share) for share in (0.135, 0.226, 0.25, 0.33, 0.40)])


def test_cost_per_arrest_if_the_sum_is_right() -> None:
    spread = found(SUN, "cost").spread_over

    assert [round((row.low + row.high) / 2) for row in spread] == [7767, 4624]
    assert found(POLICE, "swp-cost").numbers[0].number == pytest.approx(3_520_000 / 93)


def test_minutes_per_arrest() -> None:
    """34 from the claim's own hours, 47 at the vans' median; 105 by the Met's record where a critic has 128."""
    numbers = {item.name: item.number for item in found(SUN, "every-34-minutes").numbers}
    record = found(CRITICS, "stopwatch-arrests").numbers[0].number

    assert numbers["hours-from-34-minutes"] == pytest.approx(34, abs=0.1)
    assert numbers["hours-as-vans"] == pytest.approx(47, abs=0.5)
    assert record == pytest.approx(105, abs=0.5)


@pytest.mark.parametrize(
    ("name", "key", "base", "naive"),
    [(SUN, "crime-down-12", 1278, 0.002), (POLICE, "croydon-crime-10", 2525, 0.0001)],
)
def test_falls_look_certain_only_while_offences_are_taken_to_be_independent(
    name: str, key: str, base: int, naive: float
) -> None:
    item = next(item for item in found(name, key).change if item.before == base)

    assert next(method.p for method in item.methods if method.method == "before_after") == pytest.approx(naive, rel=0.5)
    assert max(method.p for method in item.methods if method.measured) > 0.2
    assert all(method.p > 0.2 for method in item.methods if method.method.startswith("placebo"))


def test_placebo_shares_are_those_of_the_extract() -> None:
    quarters, halves = (
        [window.share for window in file_of(name).claims[key].change.placebos]  # type: ignore[union-attr]
        for name, key in ((SUN, "crime-down-12"), (POLICE, "croydon-crime-10"))
    )

    assert (len(quarters), min(quarters), max(quarters)) == (10, 0.091, 0.326)
    assert (len(halves), min(halves), max(halves)) == (7, 0.13, 0.229)


def test_power_that_a_note_states() -> None:
    """7 false positives, share a third: the two-sided exact test rejects from 5 on; power .23 and .42. And 7 of 7 by chance.

    .008 to .13 where a half to three quarters of the volunteers are of a minority.
    """
    assert stats.binomtest(5, 7, 1 / 3).pvalue < 0.05 < stats.binomtest(4, 7, 1 / 3).pvalue
    assert stats.binom.sf(4, 7, 2 / 4) == pytest.approx(0.23, abs=0.005)
    assert stats.binom.sf(4, 7, 3 / 5) == pytest.approx(0.42, abs=0.005)
    chances = [item.p_at_least for item in found(POLICE, "no-difference").benchmarks]
    assert chances == pytest.approx([0.5**7, 0.667**7, 0.75**7])
    assert (chances[0], chances[-1]) == (pytest.approx(0.008, abs=0.0005), pytest.approx(0.13, abs=0.005))
    notes = " ".join(" ".join(file_of(POLICE).claims["no-difference"].notes).split())
    assert "23 times in 100" in notes
    assert "p = .008 to .13" in notes


def test_bounds_that_notes_state() -> None:
    none = plain(POLICE, "swp-since-2023", "false_alerts", "faces").one_sided_95 or 0
    assert 1 / none == pytest.approx(830_000, rel=0.01)
    low, high = plain(POLICE, "essex", "false_alerts", "faces").interval_95 or (0, 0)
    assert (1 / high, 1 / low) == (pytest.approx(69_000, rel=0.005), pytest.approx(15e6, rel=0.01))
    assert stats.beta.ppf(0.975, 1, 6) == pytest.approx(0.46, abs=0.005)
    assert stats.beta.ppf([0.025, 0.975], [33, 34], [68, 67]) == pytest.approx([0.24, 0.43], abs=0.007)
    record = file_of(SUN).evidence["record-16-jan"].figures
    assert record["faces"] / record["arrests"] == pytest.approx(2_300, rel=0.02)


@pytest.mark.parametrize("name", VERDICTS)
def test_errors_are_carried_over_the_same_larger_uses_for_both_sides(name: str) -> None:
    """A rate of errors per face or per alert is carried to a year of the Met and to fifty vans, whoever states it."""
    reach = file_of(name).reach

    assert reach["met-2025"].figures["alerts"] == 2408
    assert reach["fifty-vans"].figures["faces"] == pytest.approx(50 * 150 * 5.8 * 2517)
    assert reach["fifty-vans"].figures["alerts"] == pytest.approx(50 * 150 * 5.8 * 1.77)
    for key, claim in file_of(name).claims.items():
        if (
            claim.rate is not None
            and claim.rate.event in ERRORS
            and VERDICTS[name][key][2] in ("alert", "counted face")
        ):
            assert (len(found(name, key).carried) >= 2) == claim.carries_over, key


@pytest.mark.parametrize(("name", "key"), PUBLISHED)
def test_rates_of_other_systems_and_times_are_not_carried_to_the_present(name: str, key: str) -> None:
    """Nine in ten wrong in Cardiff in 2017, or one in 383,356 in Essex, say nothing of fifty vans with another system."""
    present = (
        "report-year",
        "rows-of-report-year",
        "met-2025",
        "met-to-july-2025",
        "record-six-months",
        "met-six-months",
        "record-16-jan",
        "six-months-rows",
    )
    named = {file_of(name).evidence[item].what for item in present if item in file_of(name).evidence}
    bases = {item.basis for item in found(name, key).carried}

    assert bases <= named | {"the claim, taken at its word"}


def test_disagreements_within_the_record_are_found() -> None:
    checks = {name: judge_file(file_of(name), [next(iter(VERDICTS[name]))], 0).checks for name in VERDICTS}
    broken = {(name, check.of, check.figure) for name in VERDICTS for check in checks[name] if not check.holds}

    assert (CRITICS, ("cardiff-2025",), "alerts") in broken
    assert (SUN, ("record-16-jan", "met-19-jan"), "deployments") in broken
    assert (SUN, ("record-16-jan", "press-146000"), "faces") in broken
    assert (POLICE, ("report-year", "rows-of-report-year"), "false_alerts") in broken
    assert (SUN, ("record-16-jan", "met-19-jan"), "arrests") not in broken


# The page of the documentation.


@pytest.fixture(scope="module")
def verdicts() -> ModuleType:
    spec = importlib.util.spec_from_file_location("claim_verdicts", ROOT / "results" / "claim_verdicts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", VERDICTS)
def test_the_page_has_every_claim(name: str, verdicts: ModuleType) -> None:
    assert verdicts.verdict_table(name) in PAGE, "run python results/claim_verdicts.py"


@pytest.mark.slow
def test_the_page_is_up_to_date(verdicts: ModuleType) -> None:
    assert verdicts.with_verdicts(PAGE) == PAGE, "run python results/claim_verdicts.py"
