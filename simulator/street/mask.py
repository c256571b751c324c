"""The mask: which candidate passages alert at one threshold and list size, and on which entry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.scenario.quantity import Array
from simulator.street.candidates import Candidates
from simulator.street.compiled import compiled_loop
from simulator.street.people import CONDITIONS, Columns, Index

FALSE, FALSE_OTHER_ENTRY, TRUE_WANTED, TRUE_CONDITIONS, TRUE_STALE = range(5)
TRUTHS = ("false", "false_other_entry", "true_wanted", "true_conditions", "true_stale")


@dataclass(frozen=True)
class Alerts(Columns):
    """One alert per row, in the order of the candidates: replication, deployment, then row number.

    *passage* is the row of the candidate passage, *category* that of the entry matched, *truth* a code of TRUTHS.
    """

    passage: Index
    replication: Index
    deployment: Index
    time_s: Array
    person: Index
    end: Index
    group: Index
    entry_group: Index
    category: Index
    truth: Index
    score: Array
    rank: Array

    @property
    def is_false(self) -> NDArray[np.bool_]:
        """Whether the person is not the entry that matched."""
        return self.truth <= FALSE_OTHER_ENTRY


def alerts_at(candidates: Candidates, threshold: float, size: float) -> Alerts:
    """Alerts at *threshold* with a list of *size*, both inside the envelope of the *candidates*.

    Each passage alerts on its highest surviving exceedance, its own entry included; that one decides the truth.
    Raises ValueError outside the envelope.
    """
    envelope = candidates.envelope
    if threshold < envelope.threshold or size > envelope.size:
        raise ValueError(
            f"({threshold:g}, {size:g}) lies outside the envelope ({envelope.threshold:g}, {envelope.size:g})"
        )
    rows = candidates.rows
    first = np.empty(len(candidates.passages), dtype=np.int64)
    number = _first_surviving(rows.passage, rows.score, rows.rank, threshold, size, first)
    row = rows.take(first[:number])
    passage = row.passage
    people = candidates.passages.take(passage)
    listed = people.listed_rank <= size
    own = np.where(row.stale, TRUE_STALE, np.where(row.category == CONDITIONS, TRUE_CONDITIONS, TRUE_WANTED))
    truth = np.where(row.own, own, np.where(listed, FALSE_OTHER_ENTRY, FALSE))
    return Alerts(
        passage,
        people.replication,
        people.deployment,
        people.time_s,
        people.person,
        people.end,
        people.group,
        row.entry_group,
        row.category,
        truth,
        row.score,
        row.rank,
    )


@compiled_loop
def _first_surviving(passage: Index, score: Array, rank: Array, threshold: float, size: float, first: Index) -> int:
    """Put the first surviving row of each passage that has one into *first*; rows of a passage lie together, best first."""
    number, last = 0, -1
    for row in range(len(passage)):
        if rank[row] <= size and score[row] >= threshold and passage[row] != last:
            last = passage[row]
            first[number] = row
            number += 1
    return number
