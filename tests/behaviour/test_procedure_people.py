"""What happened to a person before decides what becomes of the next alert: repeat, void, known, or handled again.

Unless an alert says otherwise a review takes 1 minute, a search 3, a check 8, a custody run 45, and a person stays in
reach for 20; there is one of every officer.
"""

from __future__ import annotations

import pytest
from tiny import Alert, Deployment, handled, logged, minimal

from simulator.response.sessions import sessions_of

STOPPED = "review 0-1, search 1-4, stop 4, check 4-12"
RELEASED = f"{STOPPED}, released no_action 12"
ARRESTED = f"{STOPPED}, run 12-57, arrested 57"
ARREST = Alert(0, finding="arrest")


def next_of(first: Alert, *others: Alert, **numbers: int) -> list[str]:
    """The log of the alerts after the *first*, with so many officers that nobody waits."""
    staff = {"operators": 9, "teams": 9, "checkers": 9, "vans": 9, **numbers}
    return handled(Deployment([first, *others], **staff))[1:]


# --- an alert that is still open -------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [0, 0.5, 1, 2, 3.5])
def test_an_alert_while_the_earlier_one_is_open_is_a_repeat(at: float) -> None:
    """From the first alert on, through review and search, and up to the stop."""
    assert next_of(Alert(0), Alert(at)) == [f"repeat {at:g}"]


def test_two_people_of_one_instant_are_no_repeats() -> None:
    """Only the same person repeats."""
    assert next_of(Alert(0, 1), Alert(0, 2)) == [RELEASED]


def test_a_repeat_takes_no_operator() -> None:
    """The only operator is at once there for somebody else."""
    log = handled(Deployment([Alert(0, 1, review=5), Alert(4, 1), Alert(4, 2, accepted=False)]))

    assert log == [
        "review 0-5, search 5-8, stop 8, check 8-16, released no_action 16",
        "repeat 4",
        "review 5-6, dismissed operator 6",
    ]


def test_a_repeat_does_not_keep_the_person_in_reach() -> None:
    """The first alert's time of leaving counts, also where the repeat came later."""
    assert handled(Deployment([Alert(0, reach=1), Alert(0.5, reach=90)])) == ["review 0-1, gone 1", "repeat 0.5"]


def test_who_left_the_queue_for_operators_is_new_when_he_comes_back() -> None:
    """Repeat while he was in reach; at the instant of leaving and later a new alert, though nobody dropped the old."""
    log = handled(
        Deployment([Alert(0, 2, review=10, accepted=False), Alert(1, reach=5), Alert(5), Alert(6, accepted=False)])
    )

    assert log == [
        "review 0-10, dismissed operator 10",
        "not_reviewed 6",
        "repeat 5",
        "review 10-11, dismissed operator 11",
    ]


def test_who_left_the_queue_for_teams_is_new_when_he_comes_back() -> None:
    """The same in the second queue, with the old entry still in it when the new one joins."""
    log = handled(
        Deployment([Alert(0, 2, search=19), Alert(0, reach=8), Alert(7.5), Alert(8)], operators=3, checkers=2)
    )

    assert log == [
        "review 0-1, search 1-20, not_found 20",
        "review 0-1, no_team 8",
        "repeat 7.5",
        "review 8-9, search 20-23, stop 23, check 23-31, released no_action 31",
    ]


def test_who_left_during_the_review_is_a_repeat_until_it_ends() -> None:
    """The operator cannot know that the person is gone; the alert is open."""
    assert next_of(Alert(0, reach=1, review=5), Alert(3), Alert(5, accepted=False)) == [
        "repeat 3",
        "review 5-6, dismissed operator 6",
    ]


def test_who_left_during_the_search_is_a_repeat_until_it_ends() -> None:
    """The team still looks for him."""
    assert next_of(Alert(0, reach=2, search=9), Alert(5), Alert(10, accepted=False)) == [
        "repeat 5",
        "review 10-11, dismissed operator 11",
    ]


@pytest.mark.parametrize(
    ("first", "end"),
    [
        (Alert(0, accepted=False), 1),
        (Alert(0, reach=1), 1),
        (Alert(0, finds="nobody"), 4),
        (Alert(0, reach=3), 4),
        (Alert(0, second_look=False), 4),
    ],
    ids=["dismissed", "gone", "not found", "walked away", "second look"],
)
def test_who_was_not_stopped_is_handled_again(first: Alert, end: int) -> None:
    """Nothing is remembered of him; what ends at an instant ends before the alerts of that instant."""
    again = Alert(end, accepted=False, remembered=True)

    assert next_of(first, again) == [f"review {end}-{end + 1}, dismissed operator {end + 1}"]


# --- a person being held ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [4, 6, 11.5])
def test_who_is_being_held_does_not_walk_past(at: float) -> None:
    """From the stop, that instant included, to the end of the check."""
    assert next_of(Alert(0), Alert(at)) == [f"void {at:g}"]


@pytest.mark.parametrize("at", [4, 18.5])
def test_who_is_held_for_want_of_checkers_does_not_walk_past(at: float) -> None:
    """Until the limit, when the person is let go."""
    log = next_of(Alert(0), Alert(at), Alert(19), checkers=0)

    assert log == [f"void {at:g}", "review 19-20, search 20-23, stop 23, released no_checkers 38"]


@pytest.mark.parametrize("vans", [0, 1])
def test_who_was_arrested_does_not_walk_past(vans: int) -> None:
    """Not while the van is awaited, not on the way, nor ever after."""
    log = next_of(ARREST, *[Alert(at) for at in (12, 20, 42, 57, 90)], vans=vans)

    assert log == ["void 12", "void 20", "void 42", "void 57", "void 90"]


# --- a person arrested earlier in the campaign -----------------------------------------------------------------------


@pytest.mark.parametrize("day", [1, 2, 300])
def test_an_arrest_takes_the_person_off_the_street_for_the_campaign(day: int) -> None:
    """The same day or any other; other people are not concerned."""
    log = handled(Deployment([ARREST]), Deployment([Alert(0), Alert(0, 2)], day=day))

    assert log == [ARRESTED, "void 0", RELEASED]


@pytest.mark.parametrize("finding", ["arrest", "stale_arrest", "mistaken_for_listed", "other_offence"])
def test_every_arrest_depletes(finding: str) -> None:
    """Whatever the arrest was for; without a van as well."""
    log = handled(Deployment([Alert(0, finding=finding)], vans=0), Deployment([Alert(0)], day=2))

    assert log == [f"{STOPPED}, arrested no_van 42", "void 0"]


def test_deployments_are_resolved_in_the_order_listed() -> None:
    """An arrest in the first one counts in the second, also where that is earlier by the clock."""
    late, early = Deployment([Alert(100, finding="arrest")]), Deployment([Alert(0)])

    assert handled(late, early)[1] == "void 0"
    assert handled(early, late)[0] == RELEASED


@pytest.mark.parametrize("outcome", ["complied", "other_disposal", "cleared", "stale_released"])
def test_only_an_arrest_depletes(outcome: str) -> None:
    """Who was stopped and let go on one day is handled like anybody else on the next."""
    log = handled(Deployment([Alert(0, finding=outcome)]), Deployment([Alert(0, remembered=True)], day=2))

    assert log[1] == RELEASED


# --- a person stopped earlier that day -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "first",
    [Alert(0, finding="no_action"), Alert(0, finding="cleared"), Alert(0, finding="other_disposal")],
    ids=lambda alert: alert.finding,
)
@pytest.mark.parametrize("at", [12, 30])
def test_who_was_stopped_earlier_that_day_may_be_recognised(first: Alert, at: float) -> None:
    """By the number of the new row, from the instant of the release on."""
    assert next_of(first, Alert(at, remembered=True)) == [f"dismissed known {at:g}"]


def test_who_is_not_recognised_is_handled_again() -> None:
    """Twice stopped in one day; the third time an officer remembers."""
    assert next_of(Alert(0, remembered=True), Alert(12), Alert(24, remembered=True)) == [
        "review 12-13, search 13-16, stop 16, check 16-24, released no_action 24",
        "dismissed known 24",
    ]


def test_recognition_takes_no_operator() -> None:
    """It is done without a review, also where there is no operator any more."""
    day = Deployment([Alert(0), Alert(30, remembered=True)], shifts={20: {"operators": 0}})

    assert handled(day) == [RELEASED, "dismissed known 30"]


def test_who_was_let_go_for_want_of_checkers_is_recognised_too() -> None:
    """A stop is a stop."""
    assert next_of(Alert(0), Alert(19, remembered=True), checkers=0) == ["dismissed known 19"]


def test_recognition_lasts_for_the_day() -> None:
    """At another deployment of the same day, too; on another day the person is handled again."""
    again = Deployment([Alert(0, remembered=True)])
    next_day = Deployment([Alert(0, remembered=True)], day=2)

    assert handled(Deployment([Alert(0)]), again) == [RELEASED, "dismissed known 0"]
    assert handled(Deployment([Alert(0)]), next_day) == [RELEASED, RELEASED]


def test_recognition_lasts_for_the_day_whatever_came_between() -> None:
    """Deployments may be listed out of order: a stop on the second day does not undo one on the first."""
    log = handled(*[Deployment([Alert(0, remembered=True)], day=day) for day in (1, 2, 1)])

    assert log == [RELEASED, RELEASED, "dismissed known 0"]


def test_a_repeat_comes_before_recognition() -> None:
    """While a second stop of the day is on its way, another alert is a repeat."""
    assert next_of(Alert(0), Alert(12), Alert(13, remembered=True)) == [
        "review 12-13, search 13-16, stop 16, check 16-24, released no_action 24",
        "repeat 13",
    ]


# --- bystanders ------------------------------------------------------------------------------------------------------

BYSTANDER = Alert(0, finds="bystander", finding="mistaken_for_listed")


@pytest.mark.parametrize("at", [2, 4, 30])
def test_while_a_bystander_is_dealt_with_the_person_is_free_but_the_alert_is_open(at: float) -> None:
    """The person alerted on may walk past, as a repeat, up to the end of the bystander's arrest."""
    assert next_of(BYSTANDER, Alert(at)) == [f"repeat {at:g}"]


def test_a_bystander_s_arrest_depletes_nobody() -> None:
    """The person alerted on is neither arrested nor known."""
    log = handled(
        Deployment([BYSTANDER, Alert(57, accepted=False, remembered=True)]),
        Deployment([Alert(0, remembered=True)], day=1),
    )

    assert log == [
        "review 0-1, search 1-4, bystander stop 4, check 4-12, run 12-57, arrested 57",
        "review 57-58, dismissed operator 58",
        RELEASED,
    ]


def test_a_search_ends_on_a_bystander_wherever_the_person_is() -> None:
    """The person alerted on left at 2, and nobody compares a live face with the entry."""
    alert = Alert(0, reach=2, finds="bystander", finding="cleared", second_look=False)

    assert handled(Deployment([alert])) == [
        "review 0-1, search 1-4, bystander stop 4, check 4-12, released not_the_person 12"
    ]


def test_a_bystander_stop_keeps_the_truth_of_the_alert_and_is_flagged() -> None:
    """The row says what the alert was, and that the team stopped somebody else."""
    log = logged(minimal(), [[Alert(0, finds="bystander", finding="cleared", truth="true_stale"), Alert(60, 2)]])

    assert log.truth.tolist() == [4, 2]
    assert log.bystander.tolist() == [True, False]


# --- void rows -------------------------------------------------------------------------------------------------------


def test_void_rows_are_no_alerts() -> None:
    """They are left out of the log, and the alerts of a replication are numbered without them."""
    log = logged(
        minimal("officers.vans=0"),
        [[ARREST, Alert(50), Alert(60, 2)]],
        [[Alert(0)]],
        [[]],
        [[ARREST, Alert(6), Alert(9), Alert(60, 2)]],
    )

    assert log.replication.tolist() == [0, 0, 1, 3, 3]
    assert log.alert.tolist() == [0, 1, 0, 0, 1]
    assert log.person.tolist() == [0, 1, 2, 3, 4]  # people are numbered through the block


def test_replications_know_nothing_of_each_other() -> None:
    """Person 1 is arrested in the first campaign and walks past in the second."""
    log = logged(minimal(), [[ARREST]], [[ARREST]])

    assert log.end_s.tolist() == [57 * 60.0] * 2


def test_whoever_is_dealt_with_at_one_of_two_vans_is_not_free_at_the_other() -> None:
    """Two vans that begin together: open is open, held is held and arrested is arrested from that minute on, not before."""
    first = Deployment([Alert(10, finding="arrest")])
    second = Deployment([Alert(0, accepted=False), Alert(10.5), Alert(15), Alert(60), Alert(60, person=2)], since=0)

    assert handled(first, second) == [
        "review 10-11, search 11-14, stop 14, check 14-22, run 22-67, arrested 67",
        "review 0-1, dismissed operator 1",
        "repeat 10.5",
        "void 15",
        "void 60",
        "review 60-61, search 61-64, stop 64, check 64-72, released no_action 72",
    ]


def test_overlapping_vans_have_officers_of_their_own() -> None:
    """The only operator of one is busy, that of the other, half an hour later, is not; times count from its camera-on."""
    first = Deployment([Alert(30, person=1, review=10)])
    second = Deployment([Alert(1, person=2, review=2)], since=30)

    assert [line.split(",")[0] for line in handled(first, second)] == ["review 30-40", "review 1-3"]


def test_deployments_are_in_order_of_time_and_of_one_session_where_they_overlap() -> None:
    """Whatever the order of the file; six hours after camera-off everything is over."""
    evening = "{date: 2026-03-02, start: '20:00', hours: 4}, {date: 2026-03-02, start: '23:30', hours: 3}"
    days = f"[{{date: 2026-03-03, start: '09:00', hours: 2}}, {evening}]"
    campaign = minimal(f"campaign.deployments={days}").campaign
    session, since_s = sessions_of(campaign)

    assert [day.start for day in campaign.days] == ["20:00", "23:30", "09:00"]
    assert session.tolist() == [0, 0, 1]
    assert since_s.tolist() == [0, 3.5 * 3600, 0]
