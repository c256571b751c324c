"""What came of an alert, in few words: every kind of alert belongs to one end, so that a thousand alerts can be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulator.evidence.counted.kinds import KINDS, Mask
from simulator.evidence.run.thousand import NOT_STOPPED, WORDS
from simulator.response import outcomes as o


@dataclass(frozen=True, kw_only=True)
class End:
    """What came of alerts that are all *false*, or all true; *stopped* says whether somebody was stopped."""

    did: str
    words: str
    false: bool
    stopped: bool


# False ones first, as in the picture of a run.
ENDS_OF_ALERTS = tuple(
    End(did=did, words=words, false=false, stopped=did not in NOT_STOPPED)
    for side in (True, False)
    for (false, did), words in WORDS.items()
    if false == side
)


def end_of_kinds() -> list[int]:
    """Which of ENDS_OF_ALERTS each row of KINDS belongs to; -1 for passages that did not happen."""
    place = {(end.false, end.did): i for i, end in enumerate(ENDS_OF_ALERTS)}
    found = np.full(len(KINDS.truth), -1)
    for (false, did), mask in _masks():
        found[mask & ~KINDS.void & (found < 0)] = place[false, did]
    return [int(end) for end in found]


def _masks() -> Iterator[tuple[tuple[bool, str], Mask]]:
    """Kinds by their end (a key of WORDS); what comes first holds."""
    for false in (True, False):
        of = KINDS.false == false
        yield (false, "bystander"), of & KINDS.stopped & KINDS.bystander
        yield (
            (false, "already_dealt_with"),
            of & ((KINDS.outcome == o.REPEAT) | ((KINDS.outcome == o.DISMISSED) & (KINDS.reason == o.KNOWN))),
        )
        yield (false, "dismissed"), of & (KINDS.outcome == o.DISMISSED)
        yield (false, "not_reached"), of & np.isin(KINDS.outcome, (o.NOT_REVIEWED, o.GONE, o.NO_TEAM))
        yield (false, "not_found"), of & (KINDS.outcome == o.NOT_FOUND)
    yield (True, "let_go"), KINDS.false & (KINDS.outcome == o.RELEASED)
    # a wrong person whose stop ends in anything else is counted with the graver end
    yield (True, "arrested"), KINDS.false
    released = KINDS.outcome == o.RELEASED
    yield (False, "arrested"), KINDS.outcome == o.ARRESTED
    yield (False, "other_disposal"), KINDS.outcome == o.OTHER_DISPOSAL
    yield (False, "conditions_kept"), released & (KINDS.reason == o.COMPLIED)
    yield (False, "outdated_record"), released & KINDS.stale
    yield (False, "let_go"), released


__all__ = ["ENDS_OF_ALERTS", "End", "end_of_kinds"]
