"""Every outcome and every reason of design section 3, each in the smallest deployment that has it, whole log compared.

One operator, one team, one unit of checkers and one van, unless the case says otherwise; a review takes 1 minute, a
search 3, a check 8, a custody run 45, and a person stays in reach for 20.
"""

from __future__ import annotations

import pytest
from tiny import Alert, Deployment, handled

from simulator.response.outcomes import OUTCOMES, REASONS

STOPPED = "review 0-1, search 1-4, stop 4, check 4-12"

CASES = {
    "out of reach while the only operator reviews another alert": (
        [Deployment([Alert(0, 1, review=10), Alert(1, 2, reach=5)])],
        ["review 0-10, search 10-13, stop 13, check 13-21, released no_action 21", "not_reviewed 6"],
    ),
    "the operator sees another person": (
        [Deployment([Alert(0, accepted=False)])],
        ["review 0-1, dismissed operator 1"],
    ),
    "the operator sees another person, who has left by then": (
        [Deployment([Alert(0, accepted=False, reach=0.5)])],
        ["review 0-1, dismissed operator 1"],
    ),
    "the team sees another person when it stands before the one it looked for": (
        [Deployment([Alert(0, second_look=False)])],
        ["review 0-1, search 1-4, dismissed second_look 4"],
    ),
    "an officer recognises the person stopped earlier": (
        [Deployment([Alert(0), Alert(30, remembered=True)])],
        [f"{STOPPED}, released no_action 12", "dismissed known 30"],
    ),
    "accepted, but the person has left": (
        [Deployment([Alert(0, reach=0.5)])],
        ["review 0-1, gone 1"],
    ),
    "out of reach before the only team is free": (
        [Deployment([Alert(0, 1), Alert(0, 2, reach=3)], operators=2)],
        [f"{STOPPED}, released no_action 12", "review 0-1, no_team 3"],
    ),
    "the team finds nobody": (
        [Deployment([Alert(0, finds="nobody")])],
        ["review 0-1, search 1-4, not_found 4"],
    ),
    "the person walks out of reach during the search": (
        [Deployment([Alert(0, reach=2)])],
        ["review 0-1, search 1-4, not_found 4"],
    ),
    "the second look does not matter if there is nobody to look at": (
        [Deployment([Alert(0, finds="nobody", second_look=False)])],
        ["review 0-1, search 1-4, not_found 4"],
    ),
    "the same person alerts again while the first alert is handled": (
        [Deployment([Alert(0), Alert(2)], operators=2, teams=2)],
        [f"{STOPPED}, released no_action 12", "repeat 2"],
    ),
    "the check clears a person who is not the entry": (
        [Deployment([Alert(0, finding="cleared")])],
        [f"{STOPPED}, released not_the_person 12"],
    ),
    "the right person kept the conditions": (
        [Deployment([Alert(0, finding="complied")])],
        [f"{STOPPED}, released complied 12"],
    ),
    "the record is out of date": (
        [Deployment([Alert(0, finding="stale_released")])],
        [f"{STOPPED}, released stale_record 12"],
    ),
    "the right person, and nothing is done": (
        [Deployment([Alert(0, finding="no_action")])],
        [f"{STOPPED}, released no_action 12"],
    ),
    "no checkers come within the limit": (
        [Deployment([Alert(0, finding="arrest")], checkers=0, hold_limit=15)],
        ["review 0-1, search 1-4, stop 4, released no_checkers 19"],
    ),
    "a summons, or another disposal short of arrest": (
        [Deployment([Alert(0, finding="other_disposal")])],
        [f"{STOPPED}, other_disposal 12"],
    ),
    "an arrest": (
        [Deployment([Alert(0, finding="arrest")])],
        [f"{STOPPED}, run 12-57, arrested 57"],
    ),
    "an arrest on a stale record": (
        [Deployment([Alert(0, finding="stale_arrest")])],
        [f"{STOPPED}, run 12-57, arrested 57"],
    ),
    "an arrest in error": (
        [Deployment([Alert(0, finding="mistaken_for_listed")])],
        [f"{STOPPED}, run 12-57, arrested 57"],
    ),
    "an arrest of the wrong person for something found": (
        [Deployment([Alert(0, finding="other_offence")])],
        [f"{STOPPED}, run 12-57, arrested 57"],
    ),
    "an arrest, and no van within the limit": (
        [Deployment([Alert(0, finding="arrest")], vans=0, van_limit=30)],
        [f"{STOPPED}, arrested no_van 42"],
    ),
    "a person being held cannot walk past": (
        [Deployment([Alert(0), Alert(6)])],
        [f"{STOPPED}, released no_action 12", "void 6"],
    ),
    "a search that ends on a bystander, who is let go": (
        [Deployment([Alert(0, finds="bystander", finding="cleared")])],
        ["review 0-1, search 1-4, bystander stop 4, check 4-12, released not_the_person 12"],
    ),
    "a search that ends on a bystander, who is taken for the listed person": (
        [Deployment([Alert(0, finds="bystander", finding="mistaken_for_listed")])],
        ["review 0-1, search 1-4, bystander stop 4, check 4-12, run 12-57, arrested 57"],
    ),
    "a bystander is held without checkers": (
        [Deployment([Alert(0, finds="bystander", finding="cleared")], checkers=0)],
        ["review 0-1, search 1-4, bystander stop 4, released no_checkers 19"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_alert_ends(case: str) -> None:
    """Each deployment has exactly the log that stands beside it."""
    deployments, expected = CASES[case]

    assert handled(*deployments) == expected


def test_every_outcome_and_every_reason_has_a_case() -> None:
    """A new word of the outcome needs a new case above."""
    ends = [line.split(", ")[-1].split() for _, lines in CASES.values() for line in lines]

    assert {end[0] for end in ends} == set(OUTCOMES)
    assert {end[1] if len(end) == 3 else "" for end in ends} == set(REASONS)
