"""Published figures held against each other: sums, one period in two reports, totals that cannot fall."""

from __future__ import annotations

import datetime as dt

from claims.claim_texts import evidence, file_with
from simulator.evidence.claim.consistency import Check, checks_of

CLAIM = {"count": {"event": "arrests", "claimed": 1}}
OCTOBER, MARCH = dt.date(2025, 10, 1), dt.date(2026, 3, 25)


def checks(**records: dict[str, object]) -> tuple[Check, ...]:
    return checks_of(file_with(CLAIM, records))


def test_false_and_true_alerts_sum_to_the_alerts() -> None:
    right = evidence(alerts=8, true_alerts=6, unconfirmed=1, false_alerts=1)

    assert [item.holds for item in checks(r=right)] == [True]
    wrong = evidence(alerts=8, true_alerts=7, unconfirmed=1, false_alerts=1)
    words = "a record [A]: the parts do not add up, 9 against 8 alerts."
    assert checks(r=wrong) == (Check("sum", "alerts", ("r",), 9, 8, False, words),)


def test_disposals_sum_to_the_confirmed_alerts() -> None:
    found = checks(r=evidence(true_alerts=1138, arrests=510, other_disposal=169, no_action=459))

    assert [(item.left, item.right, item.holds) for item in found] == [(1138, 1138, True)]


def test_one_period_in_two_reports() -> None:
    first = evidence("B", "transcription", deployments=14, arrests=103) | {"begins": OCTOBER, "ends": MARCH}
    second = evidence("A", "statement", deployments=13, arrests=103) | {"begins": OCTOBER, "ends": MARCH}

    assert {item.figure: item.holds for item in checks(a=first, b=second)} == {"deployments": False, "arrests": True}


def test_a_total_cannot_fall_as_the_period_grows() -> None:
    early = evidence(faces=100, arrests=3) | {"begins": OCTOBER, "ends": dt.date(2025, 12, 18)}
    late = evidence(faces=90, arrests=3) | {"begins": OCTOBER, "ends": MARCH}

    assert {item.figure: item.holds for item in checks(late=late, early=early)} == {"faces": False, "arrests": True}


def test_what_was_assumed_or_taken_from_a_claim_is_not_checked() -> None:
    period = {"begins": OCTOBER, "ends": MARCH}
    circular = evidence("A", "a", camera_hours=58.4) | period | {"from_claim": ("camera_hours",)}
    other = evidence("A", "b", camera_hours=81.2) | period

    assert checks(a=circular, b=other) == ()
    assert checks(a=evidence("assumed", "a", arrests=1) | period, b=evidence("A", "b", arrests=2) | period) == ()
