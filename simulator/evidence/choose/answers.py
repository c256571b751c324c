"""The three answers to a limit: which thresholds keep to it without a gap, and whether that covers chance, ignorance, both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.evidence.choose.limits import Limit, unbroken
from simulator.evidence.choose.verdicts import COST, GAIN

WHICH = ("on_average", "any_inputs", "one_campaign")
COVERS: dict[str, list[str]] = {
    "on_average": ["chance of the simulation"],
    "any_inputs": ["chance of the simulation", "ignorance"],
    "one_campaign": ["chance of the simulation", "chance", "ignorance"],
}


def answers(table: list[dict[str, Any]], index: int, limit: Limit, swept: Sequence[float]) -> list[dict[str, Any]]:
    """The three answers to *limit*, number *index*: thresholds that meet it without a gap from the favourable end on."""
    verdicts = [row["limits"][index] for row in table]
    thresholds = [row["threshold"] for row in table]
    means = [verdict["mean"] or 0.0 for verdict in verdicts]
    # a limit is easier to keep to at one end: wrongful stops at high thresholds, listed people found at low ones
    from_top = bool(means[-1] <= means[0]) if limit.at_most else bool(means[-1] >= means[0])
    found = []
    for which in WHICH:
        meets = [verdict["meets"][which] for verdict in verdicts]
        run = unbroken(meets, from_top)
        edge = None if run is None else run[0] if from_top else run[1]
        outside = [t for i, t in enumerate(thresholds) if meets[i] and not (run and run[0] <= i <= run[1])]
        found.append(
            {
                "which": which,
                "covers": COVERS[which],
                "meets": None if run is None else [thresholds[run[0]], thresholds[run[1]]],
                "and_above": from_top,
                "edge": None if edge is None else thresholds[edge],
                "all": run is not None and run[1] - run[0] + 1 == len(swept),
                "asked": any(met is not None for met in meets),
                "beyond_a_gap": outside,
                "listed_stopped": None if edge is None else table[edge][GAIN]["mean"],
                "people_wrongly_stopped": None if edge is None else table[edge][COST]["mean"],
            }
        )
    return found


def together(found: Sequence[Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """For each of the three answers, the thresholds that meet all limits: first and last, or None."""
    both = []
    for each in zip(*found, strict=True):
        runs = [answer["meets"] for answer in each]
        ends = [max(run[0] for run in runs), min(run[1] for run in runs)] if all(runs) else [1.0, 0.0]
        asked = all(answer["asked"] for answer in each)
        both.append({"which": each[0]["which"], "asked": asked, "meets": ends if ends[0] <= ends[1] else None})
    return both
