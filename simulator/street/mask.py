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


def alerts_at(candidates: Candidates, threshold: Array | float, size: Array | float) -> Alerts:
    """Alerts at *threshold* with a list of *size*, one for all or one per deployment, inside the envelope of *candidates*.

    Each passage alerts on its highest surviving exceedance, its own entry included; that one decides the truth.
    Raises ValueError outside the envelope.
    """
    envelope = candidates.envelope
    lowest, longest = np.min(threshold), np.max(size)
    if lowest < envelope.threshold or longest > envelope.size:
        raise ValueError(
            f"({lowest:g}, {longest:g}) lies outside the envelope ({envelope.threshold:g}, {envelope.size:g})"
        )
    rows, deployment = candidates.rows, candidates.passages.deployment
    days = np.ones(candidates.passage_count.shape[1])
    thresholds, sizes = days * threshold, days * size
    first = np.empty(len(candidates.passages), dtype=np.int64)
    number = first_surviving(rows.passage, rows.score, rows.rank, deployment, thresholds, sizes, first)
    row = rows.take(first[:number])
    passage, truth = row.passage, np.empty(number, dtype=np.int64)
    people = candidates.passages.take(passage)
    tell_truths((row.own, row.stale, row.category), people.listed_rank, people.deployment, sizes, truth)
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
def first_surviving(
    passage: Index, score: Array, rank: Array, deployment: Index, threshold: Array, size: Array, first: Index
) -> int:
    """Put the first surviving row of each passage that has one into *first*; rows of a passage lie together, best first.

    *deployment* is that of each passage, *threshold* and *size* those of each deployment.
    """
    number, last = 0, -1
    for row in range(len(passage)):
        day = deployment[passage[row]]
        if rank[row] <= size[day] and score[row] >= threshold[day] and passage[row] != last:
            last = passage[row]
            first[number] = row
            number += 1
    return number


@compiled_loop
def tell_truths(
    matched: tuple[NDArray[np.bool_], NDArray[np.bool_], Index],
    listed_rank: Array,
    deployment: Index,
    size: Array,
    truth: Index,
) -> None:
    """Put a code of TRUTHS into *truth* for each alert: *matched* says whether the entry is the person's own, stale, and of which
    category; *size* is the list of each deployment.
    """
    own, stale, category = matched
    for alert in range(len(truth)):
        if not own[alert]:
            listed = listed_rank[alert] <= size[deployment[alert]]
            truth[alert] = FALSE_OTHER_ENTRY if listed else FALSE
        elif stale[alert]:
            truth[alert] = TRUE_STALE
        else:
            truth[alert] = TRUE_CONDITIONS if category[alert] == CONDITIONS else TRUE_WANTED
