"""The words of the outcome: how an alert ends, why, and what a force's published grid would record."""

from __future__ import annotations

OUTCOMES = (
    "not_reviewed",
    "dismissed",
    "gone",
    "no_team",
    "not_found",
    "repeat",
    "released",
    "other_disposal",
    "arrested",
    "void",
)
(
    NOT_REVIEWED,
    DISMISSED,
    GONE,
    NO_TEAM,
    NOT_FOUND,
    REPEAT,
    RELEASED,
    OTHER_DISPOSAL,
    ARRESTED,
    # not an outcome of an alert: the person was in custody, so the passage did not happen
    VOID,
) = range(10)

REASONS = (
    "",
    "operator",
    "second_look",
    "known",
    "not_the_person",
    "complied",
    "stale_record",
    "no_action",
    "no_checkers",
    "no_van",
)
NONE, OPERATOR, SECOND_LOOK, KNOWN, NOT_THE_PERSON, COMPLIED, STALE_RECORD, NO_ACTION, NO_CHECKERS, NO_VAN = range(10)

# What the identity check would find, decided by the passage's own numbers before anybody is stopped.
FINDINGS = (
    "cleared",
    "mistaken_for_listed",
    "other_offence",
    "arrest",
    "other_disposal",
    "no_action",
    "complied",
    "stale_released",
    "stale_arrest",
)
(
    CLEARED,
    MISTAKEN_FOR_LISTED,
    OTHER_OFFENCE,
    ARREST,
    OTHER,
    NOTHING_DONE,
    CONDITIONS_MET,
    STALE_RELEASED,
    STALE_ARREST,
) = range(9)

ENDS = {
    CLEARED: (RELEASED, NOT_THE_PERSON),
    MISTAKEN_FOR_LISTED: (ARRESTED, NONE),
    OTHER_OFFENCE: (ARRESTED, NONE),
    ARREST: (ARRESTED, NONE),
    OTHER: (OTHER_DISPOSAL, NONE),
    NOTHING_DONE: (RELEASED, NO_ACTION),
    CONDITIONS_MET: (RELEASED, COMPLIED),
    STALE_RELEASED: (RELEASED, STALE_RECORD),
    STALE_ARREST: (ARRESTED, NONE),
}

RECORDED = ("recorded_false", "confirmed_true", "unconfirmed_true", "not_recorded")
RECORDED_FALSE, CONFIRMED_TRUE, UNCONFIRMED_TRUE, NOT_RECORDED = range(4)


def recorded_column(outcome: int, reason: int, wrong_person: bool, mistaken: bool) -> int:
    """The column of the published grid for one alert (SWP's terms; footnote of the Met's grid).

    *wrong_person*: whoever was stopped, or would have been, is not the entry matched; *mistaken*: the check took a
    wrong person for the listed one. What an operator rejects counts as false, whatever is the truth; whoever was never
    confirmed (not found, or let go unchecked) counts as an unconfirmed "true" alert, whatever is the truth. Repeats of
    an open alert and people recognised from an earlier stop are taken not to be recorded: the grid has one disposal
    for each confirmed alert and leaves no room for them.
    """
    if outcome == REPEAT or (outcome == DISMISSED and reason == KNOWN):
        return NOT_RECORDED
    if outcome == DISMISSED:
        return RECORDED_FALSE
    if outcome in (RELEASED, OTHER_DISPOSAL, ARRESTED) and reason != NO_CHECKERS:
        return RECORDED_FALSE if wrong_person and not mistaken else CONFIRMED_TRUE
    return UNCONFIRMED_TRUE
