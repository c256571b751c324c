"""The three answers to a limit: which thresholds keep to it without a gap, and whether that covers chance, ignorance, both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.evidence.choose.frontier import ThresholdFound
from simulator.evidence.choose.limits import LEVEL, Limit, unbroken
from simulator.evidence.choose.verdicts import Which
from simulator.evidence.run.rates import Range

COVERS: dict[Which, tuple[str, ...]] = {
    "on_average": ("chance of the simulation",),
    "any_inputs": ("chance of the simulation", "ignorance"),
    "one_campaign": ("chance of the simulation", "chance", "ignorance"),
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The thresholds that meet a limit, from the first to the last of *meets*, without a gap from the favourable end on.

    *edge* is the decisive one, *and_above* says that higher ones meet it more easily, *beyond_a_gap* are others that do.
    """

    which: Which
    covers: tuple[str, ...]
    meets: Range | None
    and_above: bool
    edge: float | None
    all: bool
    beyond_a_gap: tuple[float, ...]
    listed_stopped: float | None
    people_wrongly_stopped: float | None


@dataclass(frozen=True, kw_only=True)
class AnswerToAll:
    """The thresholds that meet all limits, first and last; None where there are none."""

    which: Which
    meets: Range | None


def answers(rows: Sequence[ThresholdFound], index: int, limit: Limit, compared: Sequence[float]) -> tuple[Answer, ...]:
    """The three answers to *limit*, number *index*, of the thresholds in *rows*, which are all *compared* if they could be."""
    means = [row.limits[index].mean or 0.0 for row in rows]
    # a limit is easier to keep to at one end: wrongful stops at high thresholds, listed people found at low ones
    from_top = means[-1] <= means[0] if limit.at_most else means[-1] >= means[0]
    return tuple(_answer(rows, index, which, from_top, len(compared)) for which in COVERS)


def _answer(rows: Sequence[ThresholdFound], index: int, which: Which, from_top: bool, compared: int) -> Answer:
    meets = [row.limits[index].meets[which] for row in rows]
    ends = unbroken(meets, from_top)
    run = range(ends[0], ends[1] + 1) if ends else range(0)
    edge = rows[run[0] if from_top else run[-1]] if run else None
    return Answer(
        which=which,
        covers=COVERS[which],
        meets=(rows[run[0]].threshold, rows[run[-1]].threshold) if run else None,
        and_above=from_top,
        edge=edge.threshold if edge else None,
        all=len(run) == compared,
        beyond_a_gap=tuple(row.threshold for i, row in enumerate(rows) if meets[i] and i not in run),
        listed_stopped=edge.listed_stopped.mean if edge else None,
        people_wrongly_stopped=edge.people_wrongly_stopped.mean if edge else None,
    )


def together(each: Sequence[Sequence[Answer]]) -> tuple[AnswerToAll, ...]:
    """For each of the three answers, the thresholds that meet all limits; *each* are the answers to one limit."""
    return tuple(_to_all(same) for same in zip(*each, strict=True))


def _to_all(same: Sequence[Answer]) -> AnswerToAll:
    runs = [answer.meets for answer in same if answer.meets]
    ends = (max(low for low, _ in runs), min(high for _, high in runs)) if len(runs) == len(same) else (1.0, 0.0)
    return AnswerToAll(
        which=same[0].which,
        meets=ends if ends[0] <= ends[1] else None,
    )


def near_miss(rows: Sequence[ThresholdFound], index: int, answer: Answer, value: float, at_most: bool) -> float | None:
    """The next threshold after those of an *answer* to limit *index*, if only the error of the simulation keeps it out.

    The limit is *at_most* (or at least) so high a *value*.
    """
    order = rows[::-1] if answer.and_above else rows
    known = (row for row in order if row.limits[index].meets[answer.which] is not None)
    first = next((row for row in known if not row.limits[index].meets[answer.which]), None)
    if first is None:
        return None
    kept, mean = first.limits[index].campaigns_that_keep, first.limits[index].mean
    near = {
        "on_average": mean is not None and (mean <= value if at_most else mean >= value),
        "any_inputs": False,
        "one_campaign": kept is not None and kept.campaigns > 0 and kept.number >= LEVEL * kept.campaigns,
    }
    return first.threshold if near[answer.which] else None


__all__ = ["Answer", "AnswerToAll", "answers", "near_miss", "together"]
