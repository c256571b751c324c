"""What holds in every deployment, tried on small random ones full of ties, empty posts and work without length."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import KINDS, Deployment, Handled, campaigns, handled, resolved

from simulator.response import outcomes as o

ARRESTS = tuple(word for code, word in enumerate(o.FINDINGS) if o.ENDS[code][0] == o.ARRESTED)
NEVER_OPEN = ("void", "repeat")
property_of_campaigns = settings(derandomize=True, deadline=None, max_examples=80)
Span = tuple[float, float]
# One wait: the row's place in the queue, when it joined, when it gives up and when it was served.
Wait = tuple[tuple[int, float, int], float, float, float | None]


def queued(row: Handled) -> bool:
    """Whether the alert joined the operators' queue."""
    return row.outcome not in NEVER_OPEN and row.reason != "known"


def work(kind: str, row: Handled) -> Span | None:
    """From when to when one of *kind* was busy with the alert, read from its times alone."""
    start, end = {
        "operators": (row.review_start, row.review_end),
        "teams": (row.search_start, row.search_end if row.stop is None else row.check_start),
        "checkers": (row.check_start, row.end),
        "vans": (row.run_start, row.run_end),
    }[kind]
    return None if start is None else (start, row.end if end is None else end)


def waits(kind: str, rows: list[Handled], one: Deployment) -> Iterator[Wait]:
    """Everybody who waited for *kind* for some time or none."""
    for number, row in enumerate(rows):
        joined, until, served = {
            "operators": (row.alert.at if queued(row) else None, row.alert.leaves, row.review_start),
            "teams": (row.review_end if row.alert.accepted else None, row.alert.leaves, row.search_start),
            "checkers": (row.stop, one.hold_limit, row.check_start),
            "vans": (row.check_end if row.alert.finding in ARRESTS else None, one.van_limit, row.run_start),
        }[kind]
        if joined is not None:
            gives_up = joined + until if kind in ("checkers", "vans") else until
            yield (row.alert.priority, joined, number), joined, gives_up, served


def instants(rows: list[Handled], one: Deployment) -> list[float]:
    """Every time at which something happened, and the time just between each two."""
    times = {
        value
        for row in rows
        for value in vars(row).values()
        if isinstance(value, (int, float)) and value is not row.bystander
    }
    points = sorted(times | {row.alert.at for row in rows} | {row.alert.leaves for row in rows} | set(one.shifts))
    return sorted([*points, *((a + b) / 2 for a, b in pairwise(points))])


def deployments_of(campaign: list[Deployment]) -> Iterator[tuple[Deployment, list[Handled]]]:
    """Each deployment with its alerts as they were handled."""
    return zip(campaign, resolved(*campaign), strict=True)


@property_of_campaigns
@given(campaigns())
def test_every_alert_ends_once_and_its_times_agree_with_its_outcome(campaign: list[Deployment]) -> None:
    """Exactly one outcome each, and just the stages that lead to it."""
    for one, rows in deployments_of(campaign):
        assert [row.alert for row in rows] == list(one.alerts)
        for row in rows:
            reached = (row.review_start, row.search_start, row.stop, row.check_start, row.run_start)
            stages = sum(value is not None for value in reached)
            allowed = {
                ("not_reviewed", ""): {0},
                ("repeat", ""): {0},
                ("void", ""): {0},
                ("dismissed", "known"): {0},
                ("dismissed", "operator"): {1},
                ("gone", ""): {1},
                ("no_team", ""): {1},
                ("not_found", ""): {2},
                ("dismissed", "second_look"): {2},
                ("released", "no_checkers"): {3},
                ("released", "not_the_person"): {4},
                ("released", "complied"): {4},
                ("released", "stale_record"): {4},
                ("released", "no_action"): {4},
                ("other_disposal", ""): {4},
                ("arrested", "no_van"): {4},
                ("arrested", ""): {5},
            }
            assert stages in allowed[row.outcome, row.reason]
            assert all(value is not None for value in reached[:stages])


@property_of_campaigns
@given(campaigns())
def test_times_are_in_order_and_work_takes_as_long_as_it_takes(campaign: list[Deployment]) -> None:
    """Nothing starts before it can, and no stage is cut short or drawn out."""
    for _, rows in deployments_of(campaign):
        for row in rows:
            a = row.alert
            spans = (row.review_start, row.review_end, row.search_start, row.search_end, row.stop)
            later = (row.check_start, row.check_end, row.run_start, row.run_end)
            times = [a.at, *(value for value in (*spans, *later, row.end) if value is not None)]
            lengths = [
                (row.review_start, row.review_end, a.review),
                (row.search_start, row.search_end, a.search),
                (row.check_start, row.check_end, a.check),
                (row.run_start, row.run_end, a.custody),
            ]

            assert times == sorted(times)
            assert all(end - start == length for start, end, length in lengths if start is not None and end is not None)
            assert all((start is None) == (end is None) for start, end, _ in lengths)
            assert row.stop in (None, row.search_end)


@property_of_campaigns
@given(campaigns())
def test_nobody_is_served_out_of_reach(campaign: list[Deployment]) -> None:
    """Whoever has left, at that instant or before, is neither reviewed nor searched for nor stopped."""
    for one, rows in deployments_of(campaign):
        for kind in KINDS:
            for _, joined, gives_up, served in waits(kind, rows, one):
                assert served is None or joined <= served < gives_up
        for row in rows:
            assert row.stop is None or row.bystander or row.stop < row.alert.leaves
            if row.outcome in ("not_reviewed", "no_team"):
                assert row.end == row.alert.leaves


@property_of_campaigns
@given(campaigns())
def test_never_more_are_busy_than_on_duty_but_for_breaks_that_are_owed(campaign: list[Deployment]) -> None:
    """Above the number on duty nobody starts, and the number only falls."""
    for one, rows in deployments_of(campaign):
        for kind in KINDS:
            spans = [span for row in rows if (span := work(kind, row)) is not None]
            before = 0
            for now in instants(rows, one):
                busy = sum(start <= now < end for start, end in spans)
                on_duty = one.staff(now)[kind]
                starts = any(start == now for start, _ in spans)
                assert busy <= max(on_duty, before)
                assert not starts or (busy <= on_duty and on_duty > 0)
                before = busy


@property_of_campaigns
@given(campaigns())
def test_nobody_is_idle_while_somebody_in_reach_waits(campaign: list[Deployment]) -> None:
    """At every instant, once the grants are made, and between the instants."""
    for one, rows in deployments_of(campaign):
        for kind in KINDS:
            spans = [span for row in rows if (span := work(kind, row)) is not None]
            queue = list(waits(kind, rows, one))
            for now in instants(rows, one):
                waiting = [w for w in queue if w[1] <= now < w[2] and (w[3] is None or now < w[3])]
                busy = sum(start <= now < end for start, end in spans)
                assert not waiting or busy >= one.staff(now)[kind]


@property_of_campaigns
@given(campaigns())
def test_queues_go_by_priority_then_time_joined_then_row(campaign: list[Deployment]) -> None:
    """Of two who both waited already before an instant, the one behind is not served at it while the other waits on."""
    for one, rows in deployments_of(campaign):
        for kind in KINDS:
            queue = list(waits(kind, rows, one))
            for place, joined, _, served in queue:
                if served is None or joined == served:
                    continue
                for other, other_joined, gives_up, other_served in queue:
                    waits_on = other_joined < served < gives_up and (other_served is None or other_served > served)
                    assert not (waits_on and other < place)


@property_of_campaigns
@given(campaigns())
def test_a_person_never_has_two_open_alerts(campaign: list[Deployment]) -> None:
    """From the alert to its end, which is at the latest when the person leaves the queue."""
    for _, rows in deployments_of(campaign):
        for person in {row.alert.person for row in rows}:
            spans = [(row.alert.at, row.end) for row in rows if row.alert.person == person and queued(row)]
            assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))


@property_of_campaigns
@given(campaigns())
def test_a_repeat_has_an_open_alert_and_a_void_row_a_captive(campaign: list[Deployment]) -> None:
    """Each such row has its reason in an earlier row, and where that reason holds there is no other outcome."""
    arrested: set[int] = set()
    for _, rows in deployments_of(campaign):
        for row, earlier in with_earlier(rows):
            now = row.alert.at
            is_open = [e for e in earlier if queued(e) and now < e.end]
            held = [e for e in is_open if e.stop is not None and e.stop < now and not e.bystander]
            is_void = bool(held) or row.alert.person in arrested or any(arrested_by(e, now) for e in earlier)
            assert (row.outcome == "void") == is_void
            assert (row.outcome == "repeat") == (bool(is_open) and not is_void)
        arrested |= {row.alert.person for row in rows if arrested_by(row, float("inf"))}


@property_of_campaigns
@given(campaigns())
def test_recognised_is_who_was_stopped_that_day_and_no_other(campaign: list[Deployment]) -> None:
    """Where the row's own number says so, every later alert of that day is recognised."""
    stopped: set[tuple[int, int]] = set()
    for one, rows in deployments_of(campaign):
        for row, earlier in with_earlier(rows):
            today = any(e.stop is not None and e.stop < row.alert.at and not e.bystander for e in earlier)
            was_stopped = today or (one.day, row.alert.person) in stopped
            expected = was_stopped and row.alert.remembered and row.outcome not in NEVER_OPEN
            assert (row.reason == "known") == expected
        stopped |= {(one.day, row.alert.person) for row in rows if row.stop is not None and not row.bystander}


def with_earlier(rows: list[Handled]) -> Iterator[tuple[Handled, list[Handled]]]:
    """Each row with the earlier rows of the person, but for rows at an instant at which one of those moved on.

    At such an instant the times alone do not tell what came first; the second engine in ``by_the_book`` does.
    """
    for number, row in enumerate(rows):
        earlier = [e for e in rows[:number] if e.alert.person == row.alert.person]
        if not any(row.alert.at in (e.alert.at, e.stop, e.check_end, e.end) for e in earlier):
            yield row, earlier


def arrested_by(row: Handled, now: float) -> bool:
    """Whether the person alerted on was under arrest before *now*."""
    return row.outcome == "arrested" and not row.bystander and row.check_end is not None and row.check_end < now


@property_of_campaigns
@given(campaigns(), st.permutations([1, 2, 3, 4]), st.integers(0, 1000))
def test_the_names_of_people_do_not_matter(campaign: list[Deployment], names: list[int], offset: int) -> None:
    """Other numbers for the same people, in the same rows, change nothing."""
    renamed = [
        replace(one, alerts=[replace(a, person=names[a.person - 1] + offset) for a in one.alerts]) for one in campaign
    ]

    assert handled(*renamed) == handled(*campaign)


@property_of_campaigns
@given(campaigns(), st.integers(0, 14))
def test_the_past_does_not_depend_on_the_future(campaign: list[Deployment], now: int) -> None:
    """Up to a minute, the log of the last deployment is the same whoever comes at that minute or later."""
    *earlier, last = campaign
    cut = replace(last, alerts=[alert for alert in last.alerts if alert.at < now])
    shortened, whole = resolved(*earlier, cut)[-1], resolved(*campaign)[-1]

    for one, other in zip(shortened, whole[: len(shortened)], strict=True):
        assert _until(one, now) == _until(other, now)


def _until(row: Handled, now: float) -> dict[str, object]:
    """What is known of an alert before *now*: its times, and its outcome if it has ended."""
    known = {name: value for name, value in vars(row).items() if isinstance(value, float) and value < now}
    return known | ({"outcome": row.outcome, "reason": row.reason} if row.end < now else {})


@property_of_campaigns
@given(campaigns())
def test_deployments_with_different_people_know_nothing_of_each_other(campaign: list[Deployment]) -> None:
    """Each is handled as if it were alone."""
    apart = [
        replace(one, alerts=[replace(alert, person=100 * i + alert.person) for alert in one.alerts])
        for i, one in enumerate(campaign)
    ]

    assert handled(*apart) == [line for one in campaign for line in handled(one)]


@property_of_campaigns
@given(campaigns(), st.integers(1, 1000))
def test_the_clock_has_no_zero(campaign: list[Deployment], later: int) -> None:
    """Everything, shifts too, so many minutes later: the same log so many minutes later."""

    def moved(row: Handled) -> list[object]:
        values = vars(row) | {"alert": None, "bystander": None}
        return [value + later if isinstance(value, (int, float)) else value for value in values.values()]

    shifted = [
        replace(
            one,
            alerts=[replace(alert, at=alert.at + later) for alert in one.alerts],
            shifts={minute + later: numbers for minute, numbers in one.shifts.items()},
        )
        for one in campaign
    ]
    plain = [moved(row) for rows in resolved(*campaign) for row in rows]

    assert [
        list((vars(r) | {"alert": None, "bystander": None}).values()) for rows in resolved(*shifted) for r in rows
    ] == plain


@property_of_campaigns
@given(campaigns())
def test_with_officers_for_everybody_nobody_waits(campaign: list[Deployment]) -> None:
    """Each stage follows the one before at that instant."""
    ample = [
        replace(one, operators=99, teams=99, checkers=99, vans=99, shifts={}, hold_limit=1, van_limit=1)
        for one in campaign
    ]
    for one, rows in deployments_of(ample):
        for kind in KINDS:
            for _, joined, gives_up, served in waits(kind, rows, one):
                assert served == joined or gives_up <= joined


EMPTY: dict[str, Callable[[Handled], bool]] = {
    "operators": lambda row: row.review_start is None,
    "teams": lambda row: row.stop is None,
    "checkers": lambda row: row.check_start is None and row.outcome != "arrested",
    "vans": lambda row: row.run_start is None,
}


@pytest.mark.parametrize("kind", EMPTY)
@property_of_campaigns
@given(campaigns())
def test_nobody_does_the_work_of_nobody(kind: str, campaign: list[Deployment]) -> None:
    """Without one kind of officer nothing of what they do is done."""
    without = [replace(one, **{kind: 0}, shifts={}) for one in campaign]

    assert all(EMPTY[kind](row) for rows in resolved(*without) for row in rows)


def test_the_random_campaigns_have_every_outcome_and_reason() -> None:
    """The properties above are tried on everything that can happen."""
    seen: set[tuple[str, str, bool]] = set()

    @settings(property_of_campaigns, max_examples=400)
    @given(campaigns())
    def collect(campaign: list[Deployment]) -> None:
        seen.update((row.outcome, row.reason, row.bystander) for rows in resolved(*campaign) for row in rows)

    collect()
    assert {outcome for outcome, _, _ in seen} == set(o.OUTCOMES)
    assert {reason for _, reason, _ in seen} == set(o.REASONS)
    assert {bystander for _, _, bystander in seen} == {True, False}
