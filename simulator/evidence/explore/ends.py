"""What came of an alert, in few words: every kind of alert belongs to one end, so that a thousand alerts can be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulator.evidence.counted.kinds import KINDS, Mask
from simulator.response import outcomes as o


@dataclass(frozen=True, kw_only=True)
class End:
    """What came of alerts that are all *false*, or all true; *stopped* says whether somebody was stopped."""

    did: str
    words: str
    false: bool
    stopped: bool


_STOPS = (
    ("arrested", "arrested"),
    ("let_go", "stopped, let go"),
    ("bystander", "a bystander stopped"),
)
_NOT_STOPPED = (
    ("already_dealt_with", "not stopped: already dealt with"),
    ("dismissed", "not stopped: dismissed on review"),
    ("not_reached", "not stopped: gone before officers were free"),
    ("not_found", "not stopped: not found"),
)
ENDS_OF_ALERTS = (
    *(End(did=did, words=words, false=True, stopped=True) for did, words in (
        ("arrested", "wrong person stopped and arrested"), ("let_go", "wrong person stopped, let go"), _STOPS[2]
    )),
    *(End(did=did, words=words, false=True, stopped=False) for did, words in _NOT_STOPPED),
    *(End(did=did, words=words, false=False, stopped=True) for did, words in (
        _STOPS[0], ("other_disposal", "summons or other disposal"), ("conditions_kept", "stopped, conditions kept"),
        _STOPS[1], ("outdated_record", "stopped on an outdated record, let go"), _STOPS[2],
    )),
    *(End(did=did, words=words, false=False, stopped=False) for did, words in _NOT_STOPPED),
)  # fmt: skip


def end_of_kinds() -> list[int]:
    """Which of ENDS_OF_ALERTS each row of KINDS belongs to; -1 for passages that did not happen."""
    place = {(end.false, end.did): i for i, end in enumerate(ENDS_OF_ALERTS)}
    found = np.full(len(KINDS.truth), -1)
    for (false, did), mask in _masks():
        found[mask & ~KINDS.void & (found < 0)] = place[false, did]
    return [int(end) for end in found]


def _masks() -> Iterator[tuple[tuple[bool, str], Mask]]:
    """Kinds by their end; what comes first holds."""
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
