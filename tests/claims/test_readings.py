"""Readings of a vague limit: how many alerts could be wrong and it would hold, what shows it, and when it tests nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scipy import stats

from claims.claim_texts import evidence, judged
from simulator.evidence.claim.asked import claim
from simulator.evidence.claim.found import StatedNumbers
from simulator.evidence.claim.list_and_share import against_lists, break_even
from simulator.evidence.claim.readings import units_needed
from simulator.evidence.claim.words import one_in
from simulator.evidence.statistics.intervals import Interval, clopper_pearson
from simulator.report.claim.readings import enough, no_test_lines, readings_lines
from simulator.report.claim.what_follows import break_even_lines

LIMITS = [1e-3, 1e-4, 1e-5, 1e-6]
RECORD = {"r": evidence("A", faces=472_352, alerts=335, false_alerts=1)}
ZERO = {"event": "false_alerts", "per": "faces", "claimed": {"at_most": 1e-4}, "readings": LIMITS}


def stated(**asked: object) -> StatedNumbers:
    found = claim(**asked)  # type: ignore[arg-type]
    assert isinstance(found, StatedNumbers)
    return found


def test_virtually_zero_by_reading_of_a_file_and_of_numbers() -> None:
    """Of 335 alerts all, 47, 4 and none could be wrong; a limit that all could keep is no test."""
    by_file = judged({"rate": ZERO}, RECORD).readings
    by_numbers = stated(false_alerts=1, faces=472_352, alerts=335).readings

    for found in (by_file, by_numbers):
        assert [item.could_be_wrong for item in found] == [335, 47, 4, 0]
        assert [item.verdict for item in found] == ["no_test", "holds", "cannot_be_shown", "cannot_be_shown"]
    (line,) = readings_lines(by_numbers, {})
    assert line == (
        "If it means below 1 in 1,000 counted faces, all 335 alerts could be wrong (no test); 1 in 10,000: 47 (holds); "
        "1 in 100,000: 4 (cannot be shown); 1 in 1 million: none (cannot be shown)."
    )


def test_a_limit_is_a_test_from_the_alert_on_that_would_break_it() -> None:
    """Negative control: with one alert more than the limit allows, not all of them could be wrong."""
    for alerts, verdict in ((47, "no_test"), (48, "holds")):
        (found,) = stated(false_alerts=0, faces=472_352, alerts=alerts, one_in=10_000).readings
        assert (found.could_be_wrong, found.verdict) == (47, verdict)


def test_a_limit_per_face_holds_only_where_the_number_of_alerts_is_stated() -> None:
    """All 2,408 alerts could keep 1 in 1,000; without their number that is open, but not below any published alerts a face."""
    for limit, alone, beside in ((1_000, "needs_alerts", "no_test"), (100_000, "holds", "holds")):
        (without,) = stated(false_alerts=12, faces=4_220_097, one_in=limit).readings
        (stating,) = stated(false_alerts=12, faces=4_220_097, alerts=2_408, one_in=limit).readings
        assert (without.verdict, stating.verdict) == (alone, beside)
    (broken,) = stated(false_alerts=120, faces=10_000, one_in=1_000).readings
    assert broken.verdict == "does_not_hold"


def test_a_limit_on_few_cases_is_no_test_unless_they_break_it() -> None:
    """As in a file: none of two alerts shows nothing, and one of two breaks 1 in 100."""
    for wrong, expected in ((0, ["too_few"] * 3), (1, ["too_few", "does_not_hold", "does_not_hold"])):
        limits = stated(false_alerts=wrong, alerts=2).readings
        assert [item.verdict for item in limits] == expected
        for item in limits:
            rate = {"event": "false_alerts", "per": "alerts", "claimed": {"at_most": 1 / item.one_in}}
            strength = judged({"rate": rate}, {"r": evidence("A", false_alerts=wrong, alerts=2)}).verdict.strength
            assert (strength == "no_test") == (item.verdict == "too_few")


def test_of_none_counted_the_upper_end_is_carried_on() -> None:
    """To lists, and to where half the alerts are wrong: neither is none."""
    found = stated(false_alerts=0, faces=100_000, list_size=5_000, detection=0.7)

    most = 3.688879 / 100_000
    assert found.against_lists[0].per_search.high == pytest.approx(most, rel=1e-6)
    (line,) = break_even_lines(found.break_even)
    assert one_in(most / (most + 0.7)) in line
    assert "none or rarer" not in line


def test_what_came_after_the_claim_is_read_beside_what_decides() -> None:
    later = evidence("A", faces=900_000, alerts=600, false_alerts=1) | {"published": "2026-03-01"}
    early = RECORD["r"] | {"published": "2026-01-01"}
    found = judged({"rate": ZERO, "said_on": "2026-02-01"}, {"early": early, "late": later | {"source": "later"}})

    assert [item.could_be_wrong for item in found.readings if item.evidence == "early"] == [335, 47, 4, 0]
    assert [item.could_be_wrong for item in found.readings if item.evidence == "late"] == [600, 90, 9, 0]


def test_an_accuracy_is_read_as_the_limit_that_it_is_and_as_an_accuracy_is_no_test() -> None:
    """A system that never alerts is right of every face; of 335 alerts one wrong is more than 1 in 76,923."""
    rate = {"event": "false_alerts", "per": "faces", "claimed": {"value": 1.3e-5, "to_nearest": 1e-6}, "accuracy": True}
    in_file = judged({"rate": rate}, RECORD)
    of_numbers = stated(false_alerts=1, faces=472_352, alerts=335, accuracy=0.999987)

    for found in (in_file.readings, of_numbers.readings):
        assert [(item.per, item.verdict) for item in found] == [("faces", "holds"), ("alerts", "does_not_hold")]
    (limit,) = stated(false_alerts=1, faces=472_352, alerts=335, one_in=1 / 1.3e-5).readings
    assert limit.could_be_wrong == of_numbers.readings[0].could_be_wrong
    assert limit.verdict == of_numbers.readings[0].verdict
    assert in_file.precision.why == "never_alerting"
    assert judged({"rate": rate | {"accuracy": False}}, RECORD).precision.why != "never_alerting"


@pytest.mark.parametrize(("limit", "seen"), [(0.1, 0), (0.1, 2), (0.013, 1), (1e-3, 5)])
def test_what_shows_a_share_is_the_fewest_that_the_exact_bound_takes(limit: float, seen: int) -> None:
    n = units_needed(limit, seen, share=True)

    assert clopper_pearson(seen, n, 0.9).high <= limit < clopper_pearson(seen, n - 1, 0.9).high
    assert stats.binom.cdf(seen, n, limit) <= 0.05 < stats.binom.cdf(seen, n - 1, limit)


def test_a_limit_alone_says_how_much_shows_it() -> None:
    """Ln 20 times as many faces without one; of alerts 29 for 1 in 10, not 30."""
    faces, alerts = stated(one_in=10).readings

    assert (faces.per, alerts.per, faces.verdict) == ("faces", "alerts", None)
    assert faces.units_needed[0].units == pytest.approx(29.957, abs=1e-3)
    assert alerts.units_needed[0].units == 29


def test_what_is_enough_is_never_rounded_down() -> None:
    assert [enough(x) for x in (2995.7, 4743.9, 474_386, 4_743_865, 29, 1.2)] == [
        "3,000", "4,750", "475,000", "4.8 million", "29", "2",
    ]  # fmt: skip


def test_half_the_alerts_are_wrong_at_the_break_even_share() -> None:
    """P = f / (f + t): there as many false as true alerts come (model.md, section 7)."""
    found = break_even(Interval(1 / 6000, 1 / 6000), 0.89)
    p = found.prevalence.low

    assert p * 0.89 == pytest.approx((1 - p) / 6000)
    assert 1 / p == pytest.approx(5_341)
    counted = stated(false_alerts=1, faces=472_352, detection=0.7).break_even
    assert counted is not None
    assert counted.prevalence_95 is not None
    assert counted.prevalence_95.low < counted.prevalence.low < counted.prevalence_95.high


def test_a_rate_per_search_follows_the_list() -> None:
    """0.017 % against 10,000 entries is 1.7e-8 a comparison, 1 in 3,564 against 16,500."""
    own, *others = against_lists(Interval(0.00017, 0.00017), 10_000)

    assert own.per_comparison.low == pytest.approx(1.7e-8, rel=1e-3)
    by_size = {item.list_size: item.per_search.low for item in others}
    assert 1 / by_size[16_500] == pytest.approx(3_565, abs=2)
    assert by_size[100_000] < 10 * 0.00017


def test_every_face_is_compared_with_every_entry() -> None:
    rows = {row.per: row for row in stated(false_alerts=1, faces=472_352, list_size=16_500).rates}
    table = judged({"rate": ZERO}, {"r": evidence("A", faces=1_000, list_size=50, false_alerts=1)}).rates[0]

    assert rows["comparisons"].bottom == 472_352 * 16_500
    assert next(ratio.bottom for ratio in table.by_unit if ratio.per == "comparisons") == 50_000


def test_it_is_said_which_reading_is_no_test_and_why() -> None:
    lines = no_test_lines(stated(false_alerts=1, faces=472_352, alerts=335).readings, {})
    assert lines == [
        "Below 1 in 1,000 counted faces is no test: it holds even if all 335 alerts were wrong. Keeping to it shows nothing."
    ]
    assert no_test_lines(stated(accuracy=0.999).readings, {}) == no_test_lines(stated(one_in=1_000).readings, {}) == []
    assert no_test_lines(stated(false_alerts=1, alerts=335).readings, {}) == []


def test_a_reading_by_what_came_later_says_so_and_none_is_no_alert() -> None:
    found = stated(false_alerts=1, faces=472_352, alerts=335, one_in=1_000_000).readings
    (line,) = readings_lines([replace(item, evidence="late") for item in found], {}, {"late"})

    assert line == "Later: if it means below 1 in 1 million counted faces, no alert could be wrong (cannot be shown)."
    (one,) = readings_lines(stated(false_alerts=1, faces=150_000, alerts=335, one_in=100_000).readings, {})
    assert ", 1 alert could be wrong (" in one
