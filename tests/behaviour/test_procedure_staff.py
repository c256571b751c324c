"""Who gets the next free officer: queues, ties, shifts and everything that happens at one instant.

Unless an alert says otherwise a review takes 1 minute, a search 3, a check 8, a custody run 45, and a person stays in
reach for 20; there is one of every officer.
"""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from tiny import Alert, Deployment, at_once, block_of, handled, logged, minimal

from simulator.experiment.log import alert_log
from simulator.experiment.replications import run_block
from simulator.response.columns import Plan
from simulator.response.lists import rules_of
from simulator.response.resolve import roster_of
from simulator.scenario.inputs import median_inputs

AMPLE = {"operators": 9, "teams": 9, "checkers": 9, "vans": 9}


def looks(*deployments: Deployment) -> list[str]:
    """The log where every review ends in a rejection, so that only operators matter."""
    return [line.replace("review ", "").replace(", dismissed operator", ":") for line in handled(*deployments)]


def rejected(at: float, person: int, **numbers: float) -> Alert:
    """An alert that its review rejects."""
    return Alert(at, person, accepted=False, **{"reach": 99, **numbers})  # type: ignore[arg-type]


# --- queues ----------------------------------------------------------------------------------------------------------


def test_two_people_share_one_of_every_officer() -> None:
    """The second waits for the operator, then for the team, which is held up by the first one's check, then for both."""
    alerts = [Alert(0, 1, finding="arrest", custody=10), Alert(0, 2, finding="arrest")]
    log = handled(Deployment(alerts, hold_limit=20))

    assert log == [
        "review 0-1, search 1-4, stop 4, check 4-12, run 12-22, arrested 22",
        "review 1-2, search 4-7, stop 7, check 22-30, run 30-75, arrested 75",
    ]


def test_the_team_holds_the_person_until_checkers_take_over() -> None:
    """The third person waits for the only team, which waits for checkers with the second."""
    alerts = [Alert(0, 1, finding="arrest", custody=10), Alert(0, 2), Alert(0, 3, reach=60)]
    log = handled(Deployment(alerts, operators=3, hold_limit=20))

    assert log == [
        "review 0-1, search 1-4, stop 4, check 4-12, run 12-22, arrested 22",
        "review 0-1, search 4-7, stop 7, check 22-30, released no_action 30",
        "review 0-1, search 22-25, stop 25, check 30-38, released no_action 38",
    ]


def test_checkers_and_van_are_away_together() -> None:
    """While one unit is on the run with the only van, the other waits for it in vain and the team holds a third."""
    log = handled(
        Deployment(
            [Alert(0, 1, finding="arrest"), Alert(1, 2, finding="arrest"), Alert(20, 3), Alert(30, 4)],
            checkers=2,
            hold_limit=25,
            van_limit=30,
        )
    )

    assert log == [
        "review 0-1, search 1-4, stop 4, check 4-12, run 12-57, arrested 57",
        "review 1-2, search 4-7, stop 7, check 7-15, arrested no_van 45",
        "review 20-21, search 21-24, stop 24, check 45-53, released no_action 53",
        "review 30-31, search 45-48, stop 48, check 53-61, released no_action 61",
    ]


def test_checkers_wait_for_the_van_until_the_limit_and_no_longer() -> None:
    """Without a van the only unit is free again at the limit; a person held meanwhile is checked only then."""
    log = handled(Deployment([Alert(0, 1, finding="arrest"), Alert(20, 2)], vans=0, van_limit=30, hold_limit=60))

    assert log == [
        "review 0-1, search 1-4, stop 4, check 4-12, arrested no_van 42",
        "review 20-21, search 21-24, stop 24, check 42-50, released no_action 50",
    ]


def test_a_team_is_free_again_when_nobody_came_to_check() -> None:
    """The person is let go at the limit and the team goes to the next, at that instant."""
    log = handled(Deployment([Alert(0, 1), Alert(0, 2, reach=60)], checkers=0, hold_limit=15))

    assert log == [
        "review 0-1, search 1-4, stop 4, released no_checkers 19",
        "review 1-2, search 19-22, stop 22, released no_checkers 37",
    ]


def test_a_team_that_finds_nobody_is_free_at_once() -> None:
    """Found nobody, walked away, or not the person after all: in each case the next search starts that minute."""
    alerts = [Alert(0, 1, finds="nobody"), Alert(0, 2, reach=6), Alert(0, 3, second_look=False), Alert(0, 4, reach=60)]

    assert handled(Deployment(alerts, operators=4)) == [
        "review 0-1, search 1-4, not_found 4",
        "review 0-1, search 4-7, not_found 7",
        "review 0-1, search 7-10, dismissed second_look 10",
        "review 0-1, search 10-13, stop 13, check 13-21, released no_action 21",
    ]


# --- who is next -----------------------------------------------------------------------------------------------------


def test_the_entry_s_category_comes_before_the_time_of_joining() -> None:
    """Of those who wait for an operator, entries wanted (0) come before entries with conditions (1)."""
    log = looks(Deployment([rejected(0, 1, review=5), rejected(1, 2, priority=1), rejected(2, 3, priority=0)]))

    assert log == ["0-5: 5", "6-7: 7", "5-6: 6"]


def test_a_review_that_has_begun_is_not_broken_off() -> None:
    """Priority counts in queues only."""
    log = looks(Deployment([rejected(0, 1, review=5, priority=1), rejected(1, 2, priority=0)]))

    assert log == ["0-5: 5", "5-6: 6"]


def test_at_equal_priority_the_first_to_join_is_served() -> None:
    """The queue for teams goes by the end of the review, not by the alert."""
    log = handled(
        Deployment(
            [Alert(0, 1, search=20, reach=60), Alert(0, 2, review=5, reach=60), Alert(0, 3, review=2, reach=60)],
            operators=3,
            checkers=3,
        )
    )

    assert log == [
        "review 0-1, search 1-21, stop 21, check 21-29, released no_action 29",
        "review 0-5, search 24-27, stop 27, check 27-35, released no_action 35",
        "review 0-2, search 21-24, stop 24, check 24-32, released no_action 32",
    ]


def test_at_equal_priority_and_time_the_row_decides() -> None:
    """Rows are numbered by time, person and camera."""
    log = looks(Deployment([rejected(0, 7), rejected(0, 5), rejected(0, 6)]))

    assert log == ["0-1: 1", "1-2: 2", "2-3: 3"]


@pytest.mark.parametrize("kind", ["checkers", "vans"])
def test_category_comes_first_in_the_later_queues_too(kind: str) -> None:
    """Whoever waits for checkers or a van is served by (priority, time joined, row) as well."""
    first, *others = [Alert(i, i + 1, finding="arrest", priority=p, check=0) for i, p in enumerate((0, 1, 1, 0))]
    staff = {**AMPLE, kind: 1}
    log = handled(Deployment([first, *others], **staff, hold_limit=300, van_limit=300))

    runs = [line.split("run ")[1].split("-")[0] for line in log]
    assert runs == ["4", "94", "139", "49"]


def test_category_comes_first_in_the_queue_for_teams() -> None:
    """An entry with conditions whose review ended first waits for a wanted one."""
    alerts = [Alert(0, 1), Alert(0, 2, priority=1), Alert(0, 3, review=2, priority=0)]
    log = handled(Deployment(alerts, operators=3, checkers=3))

    assert log == [
        "review 0-1, search 1-4, stop 4, check 4-12, released no_action 12",
        "review 0-1, search 7-10, stop 10, check 10-18, released no_action 18",
        "review 0-2, search 4-7, stop 7, check 7-15, released no_action 15",
    ]


def test_the_plan_does_not_say_what_is_true() -> None:
    """An engine reads a plan, and no column of it is the truth; priority is the category of the entry matched."""
    block = run_block(minimal("watchlist.conditions_share=0.5", "recogniser.threshold=0.56"), 1, 0, 50, False)

    assert not any("truth" in item.name or "false" in item.name for item in fields(Plan))
    np.testing.assert_array_equal(block.plan.priority, block.alerts.category)
    assert {
        (false, priority) for false, priority in zip(block.alerts.is_false.tolist(), block.plan.priority, strict=True)
    } == {
        (False, 0),
        (False, 1),
        (True, 0),
        (True, 1),
    }


# --- leaving ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reach", "second"), [(8.5, "not_reviewed 9.5"), (9, "not_reviewed 10"), (9.5, "review 10-11, gone 11")]
)
def test_being_out_of_reach_wins_the_tie_for_an_operator(reach: float, second: str) -> None:
    """Who leaves at the very instant when the operator is free has left."""
    first = "review 0-10, dismissed operator 10"

    assert handled(Deployment([rejected(0, 1, review=10), Alert(1, 2, reach=reach)])) == [first, second]


@pytest.mark.parametrize(
    ("reach", "second"),
    [(3.5, "no_team 3.5"), (4, "no_team 4"), (7, "search 4-7, not_found 7"), (7.5, "search 4-7, stop 7, check 12-20")],
)
def test_being_out_of_reach_wins_the_tie_for_a_team_and_at_the_end_of_the_search(reach: float, second: str) -> None:
    """Leaving when the team is free, or when the search ends, is leaving before."""
    log = handled(Deployment([Alert(0, 1), Alert(0, 2, reach=reach)], operators=2))

    assert log[1].removesuffix(", released no_action 20") == f"review 0-1, {second}"


@pytest.mark.parametrize(("reach", "end"), [(1, "gone 1"), (1.5, "search 1-4, not_found 4")])
def test_being_out_of_reach_wins_the_tie_at_the_end_of_the_review(reach: float, end: str) -> None:
    """Who leaves when the review ends is gone, though a team stands ready."""
    assert handled(Deployment([Alert(0, reach=reach)])) == [f"review 0-1, {end}"]


def test_who_is_in_reach_for_no_time_is_not_reviewed() -> None:
    """Out of reach at the instant of the alert, with an operator at leisure."""
    assert handled(Deployment([Alert(3, reach=0)])) == ["not_reviewed 3"]


@pytest.mark.parametrize(
    ("limit", "end"), [(17, "released no_checkers 24"), (18, "check 24-32, released no_action 32")]
)
def test_the_limit_on_holding_wins_ties(limit: float, end: str) -> None:
    """Checkers who are free at the instant of the limit come too late; any sooner, and they take over."""
    first = Alert(0, 1, check=20)
    log = handled(Deployment([first, Alert(1, 2)], hold_limit=limit))

    assert log == [
        "review 0-1, search 1-4, stop 4, check 4-24, released no_action 24",
        f"review 1-2, search 4-7, stop 7, {end}",
    ]


@pytest.mark.parametrize(("limit", "end"), [(42, "arrested no_van 57"), (43, "run 57-102, arrested 102")])
def test_the_limit_on_waiting_for_a_van_wins_ties(limit: float, end: str) -> None:
    """A van that is back at the instant of the limit comes too late."""
    alerts = [Alert(0, 1, finding="arrest"), Alert(0, 2, finding="arrest")]
    log = handled(Deployment(alerts, operators=2, checkers=2, van_limit=limit))

    assert log == [
        "review 0-1, search 1-4, stop 4, check 4-12, run 12-57, arrested 57",
        f"review 0-1, search 4-7, stop 7, check 7-15, {end}",
    ]


def test_those_who_wait_leave_at_their_own_time_however_late_they_are_dropped() -> None:
    """Nobody works here and nothing happens after the last alert; still everybody leaves when they leave."""
    log = handled(Deployment([Alert(0, 1, reach=7), Alert(1, 2, reach=3), Alert(2, 3, reach=90)], operators=0))

    assert log == ["not_reviewed 7", "not_reviewed 4", "not_reviewed 92"]


def test_those_who_left_do_not_hold_up_those_behind_them() -> None:
    """An operator who is free passes over everybody who has gone."""
    log = looks(
        Deployment([rejected(0, 1, review=30), rejected(1, 2, reach=5), rejected(2, 3, reach=5), rejected(3, 4)])
    )

    assert log == ["0-30: 30", "not_reviewed 6", "not_reviewed 7", "30-31: 31"]


# --- one instant -----------------------------------------------------------------------------------------------------


def test_what_is_completed_at_an_instant_serves_who_arrives_at_it() -> None:
    """The operator is free at 10, when the next alert comes."""
    assert looks(Deployment([rejected(0, 1, review=10), rejected(10, 2)])) == ["0-10: 10", "10-11: 11"]


def test_who_arrives_at_an_instant_competes_with_those_who_waited() -> None:
    """At 10 the operator is free and a wanted entry arrives; the entry with conditions goes on waiting."""
    log = looks(Deployment([rejected(0, 1, review=10), rejected(1, 2, priority=1), rejected(10, 3, priority=0)]))

    assert log == ["0-10: 10", "11-12: 12", "10-11: 11"]


def test_arrivals_of_one_instant_all_come_before_the_first_grant() -> None:
    """Three alerts at 0: the wanted entry is reviewed first, whatever its row."""
    log = looks(Deployment([rejected(0, 1, priority=1), rejected(0, 2, priority=1), rejected(0, 3, priority=0)]))

    assert log == ["1-2: 2", "2-3: 3", "0-1: 1"]


@pytest.mark.parametrize(("operators", "then", "log"), [(0, 1, ["10-11: 11"]), (1, 0, ["not_reviewed 109"])])
def test_shifts_change_before_arrivals(operators: int, then: int, log: list[str]) -> None:
    """Whoever arrives at the instant of a shift change finds the new staff."""
    deployment = Deployment([rejected(10, 1)], operators=operators, shifts={10: {"operators": then}})

    assert looks(deployment) == log


def test_a_return_a_handover_and_a_search_at_one_instant() -> None:
    """The van is back at 57: it takes the next arrest, its checkers relieve a team, and the team searches at once."""
    log = handled(
        Deployment(
            [
                Alert(0, 1, finding="arrest"),
                Alert(1, 2, finding="arrest"),
                Alert(20, 3),
                Alert(21, 4, reach=90),
                Alert(57, 5, review=2),
            ],
            checkers=2,
            hold_limit=60,
            van_limit=60,
        )
    )

    assert log == [
        "review 0-1, search 1-4, stop 4, check 4-12, run 12-57, arrested 57",
        "review 1-2, search 4-7, stop 7, check 7-15, run 57-102, arrested 102",
        "review 20-21, search 21-24, stop 24, check 57-65, released no_action 65",
        "review 21-22, search 57-60, stop 60, check 65-73, released no_action 73",
        "review 57-59, search 65-68, stop 68, check 73-81, released no_action 81",
    ]


def test_a_team_that_hands_over_is_given_out_after_work_without_length() -> None:
    """At 57 checkers relieve the team; a wanted entry whose review takes no time joins before the team is given out."""
    log = handled(
        Deployment(
            [
                Alert(0, 1, finding="arrest"),
                Alert(20, 2),
                Alert(21, 3, reach=90, priority=1),
                Alert(57, 4, review=0, priority=0),
            ],
            hold_limit=60,
        )
    )

    assert log == [
        "review 0-1, search 1-4, stop 4, check 4-12, run 12-57, arrested 57",
        "review 20-21, search 21-24, stop 24, check 57-65, released no_action 65",
        "review 21-22, search 65-68, stop 68, check 73-81, released no_action 81",
        "review 57-57, search 57-60, stop 60, check 65-73, released no_action 73",
    ]


def test_nothing_takes_any_time() -> None:
    """Three arrests with one of every officer, all at one instant."""
    alerts = [at_once(Alert(0, person, finding="arrest")) for person in (1, 2, 3)]

    assert handled(Deployment(alerts)) == ["review 0-0, search 0-0, stop 0, check 0-0, run 0-0, arrested 0"] * 3


def test_nothing_takes_any_time_and_nobody_stays() -> None:
    """Out of reach wins even then."""
    alerts = [at_once(Alert(0, person, reach=0, finding="arrest")) for person in (1, 2, 3)]

    assert handled(Deployment(alerts)) == ["not_reviewed 0"] * 3


# --- shifts ----------------------------------------------------------------------------------------------------------


def test_more_staff_serve_the_queue_at_that_instant() -> None:
    """Two who waited are reviewed when two operators come; the third when the first of them is done."""
    deployment = Deployment(
        [rejected(0, 1), rejected(1, 2), rejected(2, 3)], operators=0, shifts={10: {"operators": 2}}
    )

    assert looks(deployment) == ["10-11: 11", "10-11: 11", "11-12: 12"]


def test_a_break_lets_running_work_finish() -> None:
    """The operator is due to leave at 5, ends the review at 12 and goes; the next comes at 15."""
    deployment = Deployment(
        [rejected(0, 1, review=12), rejected(1, 2)], shifts={5: {"operators": 0}, 15: {"operators": 1}}
    )

    assert looks(deployment) == ["0-12: 12", "15-16: 16"]


def test_the_next_release_pays_for_the_break() -> None:
    """Two busy operators, one due to leave: whoever is free first goes, and the queue waits for the other."""
    deployment = Deployment(
        [rejected(0, 1, review=8), rejected(0, 2, review=9), rejected(1, 3)], operators=2, shifts={5: {"operators": 1}}
    )

    assert looks(deployment) == ["0-8: 8", "0-9: 9", "9-10: 10"]


def test_a_break_that_is_over_before_it_was_paid_for_costs_nothing() -> None:
    """Both operators were busy from before the break until after it."""
    deployment = Deployment(
        [rejected(0, 1, review=8), rejected(0, 2, review=9), rejected(1, 3)],
        operators=2,
        shifts={5: {"operators": 1}, 7: {"operators": 2}},
    )

    assert looks(deployment) == ["0-8: 8", "0-9: 9", "8-9: 9"]


def test_who_is_free_at_the_start_of_a_break_serves_nobody() -> None:
    """The review ends at 10, the break begins at 10: whoever waits is not served."""
    deployment = Deployment([rejected(0, 1, review=10), rejected(1, 2, reach=30)], shifts={10: {"operators": 0}})

    assert looks(deployment) == ["0-10: 10", "not_reviewed 31"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("operators", "review 61-62, search 62-65, stop 65, check 65-73, run 73-118, arrested 118"),
        ("teams", "review 0-1, search 61-64, stop 64, check 64-72, run 72-117, arrested 117"),
        ("checkers", "review 0-1, search 1-4, stop 4, check 61-69, run 69-114, arrested 114"),
        ("vans", "review 0-1, search 1-4, stop 4, check 4-12, run 61-106, arrested 106"),
    ],
)
def test_every_kind_of_officer_has_shifts(kind: str, expected: str) -> None:
    """Nobody of the kind until minute 61, and everything else goes on."""
    deployment = Deployment(
        [Alert(0, reach=99, finding="arrest")], hold_limit=99, van_limit=99, **{kind: 0}, shifts={61: {kind: 1}}
    )

    assert handled(deployment) == [expected]


def test_what_a_shift_does_not_name_stays_as_it_was() -> None:
    """The rules of a deployment, in seconds: vans, checkers, teams, operators."""
    scenario = minimal("officers.shifts=[{after_min: 60, teams: 5}, {after_min: 90, teams: 1, vans: 0}]")
    (rules,) = rules_of(roster_of(scenario, median_inputs(scenario, 1)), 0)

    assert rules.staff == (1, 2, 2, 1)
    assert rules.shifts == ((3600.0, (1, 2, 5, 1)), (5400.0, (0, 2, 1, 1)))


# --- camera-off ------------------------------------------------------------------------------------------------------


def test_an_alert_open_at_camera_off_is_handled_to_its_end_by_the_same_staff() -> None:
    """Cameras go off at 240; a shift change at that minute or later never happens, and the log has the flag."""
    off_duty = "{operators: 0, teams: 0, checkers: 0, vans: 0"
    scenario = minimal(f"officers.shifts=[{off_duty}, after_min: 240}}, {off_duty}, after_min: 241}}]")
    block = block_of(scenario, [[Alert(150, 1), Alert(239, 2, finding="arrest"), Alert(240, 3)]])
    log = alert_log(scenario, block)

    assert (block.resolved.end_s / 60).tolist() == [162, 296, 252]
    assert log.after_camera_off.tolist() == [False, True, True]


def test_a_shift_just_before_camera_off_happens() -> None:
    """Nobody is there for an alert of the last minute; its person leaves after camera-off."""
    scenario = minimal("officers.shifts=[{after_min: 239, operators: 0}]")
    log = logged(scenario, [[Alert(238), Alert(239, 2, reach=1), Alert(239, 3)]])

    assert (log.end_s / 60).tolist() == [250, 240, 259]
    assert log.after_camera_off.tolist() == [True, False, True]


# --- nobody there, and separate deployments --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("staff", "expected"),
    [
        ({"operators": 0}, "not_reviewed 20"),
        ({"teams": 0}, "review 0-1, no_team 20"),
        ({"checkers": 0}, "review 0-1, search 1-4, stop 4, released no_checkers 19"),
        ({"vans": 0}, "review 0-1, search 1-4, stop 4, check 4-12, arrested no_van 42"),
        ({"operators": 0, "teams": 0, "checkers": 0, "vans": 0}, "not_reviewed 20"),
    ],
    ids=str,
)
def test_zero_of_anything_is_allowed(staff: dict[str, int], expected: str) -> None:
    """The alert ends where the first officer is missing."""
    assert handled(Deployment([Alert(0, finding="arrest")], **staff)) == [expected]


def test_overlapping_deployments_have_their_own_staff_and_clock() -> None:
    """The same hours of the same day, one operator here and one there: nobody waits for the other deployment."""
    log = looks(*[Deployment([rejected(0, 2 * i), rejected(0, 2 * i + 1)]) for i in range(2)])

    assert log == ["0-1: 1", "1-2: 2"] * 2


def test_a_deployment_without_alerts_changes_nothing() -> None:
    """Nothing happens in it, nor in the next because of it."""
    day = Deployment([Alert(0)])

    assert handled(Deployment([]), day, Deployment([])) == handled(day)


def test_each_deployment_has_its_own_shifts_and_limits() -> None:
    """The second deployment has what is its own."""
    log = handled(
        Deployment([Alert(0, 1)], checkers=0, hold_limit=3),
        Deployment([Alert(0, 2)], checkers=0, hold_limit=9, shifts={12: {"checkers": 1}}),
    )

    assert log == [
        "review 0-1, search 1-4, stop 4, released no_checkers 7",
        "review 0-1, search 1-4, stop 4, check 12-20, released no_action 20",
    ]
