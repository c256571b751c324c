"""Kinds of alert: every combination of truth, end, finding and bystander.

A measure that counts alerts is a rule about kinds, so it is stated once, on a table of some hundred kinds, however
many alerts there are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.response import outcomes as o
from simulator.street.mask import FALSE_OTHER_ENTRY, TRUE_STALE, TRUTHS
from simulator.street.people import Index

Mask = NDArray[np.bool_]
NOT_CHECKED = -1
# How an alert ends: outcome, reason and, where identity was checked, the finding.
ENDS = (
    (o.NOT_REVIEWED, o.NONE, NOT_CHECKED),
    (o.DISMISSED, o.OPERATOR, NOT_CHECKED),
    (o.DISMISSED, o.SECOND_LOOK, NOT_CHECKED),
    (o.DISMISSED, o.KNOWN, NOT_CHECKED),
    (o.GONE, o.NONE, NOT_CHECKED),
    (o.NO_TEAM, o.NONE, NOT_CHECKED),
    (o.NOT_FOUND, o.NONE, NOT_CHECKED),
    (o.REPEAT, o.NONE, NOT_CHECKED),
    (o.RELEASED, o.NO_CHECKERS, NOT_CHECKED),
    *((*o.ENDS[finding], finding) for finding in range(len(o.FINDINGS))),
    *((o.ARRESTED, o.NO_VAN, finding) for finding in range(len(o.FINDINGS)) if o.ENDS[finding][0] == o.ARRESTED),
    (o.VOID, o.NONE, NOT_CHECKED),
)
END_OF = np.full((len(o.OUTCOMES), len(o.REASONS), len(o.FINDINGS)), -1)
for _number, (_outcome, _reason, _finding) in enumerate(ENDS):
    END_OF[_outcome, _reason, slice(None) if _finding == NOT_CHECKED else _finding] = _number


@dataclass(frozen=True)
class Kinds:
    """The table of kinds: arrays of shape (kinds,), codes as in the alert log; *finding* is -1 without a check."""

    truth: Index
    bystander: Mask
    outcome: Index
    reason: Index
    finding: Index
    recorded: Index

    @property
    def void(self) -> Mask:
        """Not an alert at all: the person was in custody."""
        return np.asarray(self.outcome == o.VOID)

    @property
    def false(self) -> Mask:
        """The person is not the entry that matched."""
        return self.truth <= FALSE_OTHER_ENTRY

    @property
    def stopped(self) -> Mask:
        """Somebody was stopped, the person alerted on or a bystander."""
        return np.isin(self.outcome, (o.RELEASED, o.OTHER_DISPOSAL, o.ARRESTED))

    @property
    def stale(self) -> Mask:
        """The person is listed, and no longer wanted."""
        return np.asarray(self.truth == TRUE_STALE)


def _kinds() -> Kinds:
    truth, bystander, end = (axis.ravel() for axis in np.indices((len(TRUTHS), 2, len(ENDS))))
    outcome, reason, finding = np.array(ENDS)[end].T
    wrong, mistaken = (truth <= FALSE_OTHER_ENTRY) | (bystander == 1), finding == o.MISTAKEN_FOR_LISTED
    recorded = [o.recorded_column(*row) for row in zip(outcome, reason, wrong, mistaken, strict=True)]
    return Kinds(truth, bystander == 1, outcome, reason, finding, np.array(recorded))


KINDS = _kinds()
