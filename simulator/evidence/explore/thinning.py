"""The bank thinned to a setting: who of the most that may come past is there, listed, captured, or taken for somebody else.

Ranks are uniform numbers already: who is listed at a smaller share, or on a shorter list, has a small one, and so has an entry
that somebody is mistaken for. Only trips and captured faces need numbers of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from simulator.evidence.explore.moved import Moved
from simulator.experiment.replications import Drawn
from simulator.scenario.campaign import Deployment
from simulator.scenario.inputs import Inputs, median_inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.compiled import compiled_loop
from simulator.street.expectations import Expectations
from simulator.street.people import Index
from simulator.street.recogniser import ScoreLaws

# So many parts have the numbers that trips and captured faces are thinned by: the steps of the controls are whole ones.
FOOTFALL_PARTS, CAPTURE_PARTS = 240, 200


@dataclass(frozen=True)
class People:
    """One block of a bank, drawn where all controls are at their most, with what it is thinned by.

    *trip_part* and *capture_part* have a number for each passage, *came_part* the same as *trip_part* for each trip of a listed
    person.
    """

    drawn: Drawn
    trip_part: Index
    capture_part: Index
    came_part: Index


@dataclass(frozen=True, kw_only=True)
class Most:
    """Where the people of a bank are drawn: so many times the scenario's (*moved*), and *entries* times the false exceedances."""

    moved: Moved = field(default_factory=Moved)
    entries: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Whom a setting keeps: trips with a part below *footfall*, listed people up to the rank *listed*, their own scores from
    *score* on, false exceedances with a part below *capture*, up to the rank *entries*.
    """

    footfall: float
    listed: float
    score: float
    capture: float
    entries: float


def kept_at(scenario: Scenario, most: Most, threshold: float, size: float, moved: Moved, added: bool = True) -> Kept:
    """Whom *threshold*, a list of *size* and the controls *moved* keep; names beyond the scenario's list come past if *added*."""
    top, best = most.moved, median_inputs(scenario, 1)
    share, capture = moved.listed / top.listed, moved.capture / top.capture
    growth = float(best["watchlist.growth_exponent"][0])
    entries = size
    if top.exponent is not None:
        exponent = best["recogniser.list_size_exponent"][0] if moved.exponent is None else moved.exponent
        entries = float(scenario.recogniser.entries_compared(size, exponent)) / most.entries
    return Kept(
        footfall=float(np.rint(FOOTFALL_PARTS * moved.footfall / top.footfall)),
        listed=(size if added else min(size, scenario.watchlist.size.value))
        * (share ** (1 / growth) if growth else 1.0),
        score=own_score(scenario, threshold, capture),
        capture=float(np.rint(CAPTURE_PARTS * capture)),
        entries=entries,
    )


def own_score(scenario: Scenario, threshold: float, capture: float) -> float:
    """From which score on somebody alerts on the own entry at *threshold* where a share *capture* of the captured faces is.

    Scores and captured faces follow one normal number (street/genuine.py), so that the best of scores are left.
    """
    if capture == 1:
        return threshold
    from scipy import special

    laws = ScoreLaws(scenario, median_inputs(scenario, 1))
    mean, sd = float(laws.score_mean[0]), float(laws.score_sd[0])
    return mean - sd * float(special.ndtri(capture * special.ndtr((mean - threshold) / sd)))


def days_kept(days: Sequence[Deployment], number: int) -> NDArray[np.bool_]:
    """Which of the *days* of a year are left of *number* deployments: of days that are alike as large a part, laid out evenly."""
    alike: dict[object, list[int]] = {}
    for i, day in enumerate(days):
        alike.setdefault((day.place, day.start, day.hours), []).append(i)
    exact = np.array([len(group) * number / len(days) for group in alike.values()])
    wanted = np.floor(exact).astype(int)
    wanted[np.argsort(wanted - exact, kind="stable")[: number - wanted.sum()]] += 1
    kept = np.zeros(len(days), dtype=bool)
    for group, some in zip(alike.values(), wanted, strict=True):
        kept[np.array(group)[np.arange(some) * len(group) // max(some, 1)]] = True
    return kept


def thinned(people: People, kept: Kept, inputs: Inputs, days: NDArray[np.bool_] | None = None) -> Drawn:
    """The block with whom a setting has *kept*, on some of the *days*: *inputs* are those of a draw there.

    Counts of passages stay what they were.
    """
    drawn = people.drawn
    passages, rows, came = drawn.candidates.passages, drawn.candidates.rows, drawn.candidates.listed
    trip_part, came_part = people.trip_part, people.came_part
    if days is not None:
        trip_part, came_part = (
            np.where(days[trips.deployment], part, FOOTFALL_PARTS)
            for trips, part in ((passages, trip_part), (came, came_part))
        )
    rank, listed_rank, came_rank = (np.empty(len(of)) for of in (rows, passages, came))
    thin(
        (rows.passage, rows.own),
        (rows.score, rows.rank),
        (trip_part, people.capture_part, passages.listed_rank),
        (came_part, came.rank),
        (kept.footfall, kept.listed, kept.score, kept.capture, kept.entries),
        rank,
        listed_rank,
        came_rank,
    )
    candidates = replace(
        drawn.candidates,
        passages=replace(passages, listed_rank=listed_rank),
        rows=replace(rows, rank=rank),
        listed=replace(came, rank=came_rank),
    )
    return replace(drawn, candidates=candidates, inputs=inputs, expectations=Expectations(drawn.scenario, inputs))


@compiled_loop
def thin(
    row: tuple[Index, NDArray[np.bool_]],
    number: tuple[Array, Array],
    people: tuple[Index, Index, Array],
    came: tuple[Index, Array],
    most: tuple[float, float, float, float, float],
    its_rank: Array,
    its_listed_rank: Array,
    its_came_rank: Array,
) -> None:
    """Fill in ranks that are 0 for what is kept and infinite for what is not: of rows, of passages, of trips of listed people.

    Arguments have one line a *row* (passage, own), a passage (*people*) or a trip of a listed person (*came*); *most* is a Kept.
    """
    passage, own = row
    score, rank = number
    trip_part, capture_part, listed_rank = people
    came_part, came_rank = came
    footfall, listed, own_from, captured, entries = most
    for at in range(len(listed_rank)):
        its_listed_rank[at] = 0.0 if listed_rank[at] <= listed else np.inf
    for at in range(len(passage)):
        who = passage[at]
        if own[at]:
            kept = listed_rank[who] <= listed and score[at] >= own_from
        else:
            kept = rank[at] <= entries and capture_part[who] < captured
        its_rank[at] = 0.0 if kept and trip_part[who] < footfall else np.inf
    for at in range(len(came_rank)):
        its_came_rank[at] = 0.0 if came_rank[at] <= listed and came_part[at] < footfall else np.inf


__all__ = [
    "CAPTURE_PARTS",
    "FOOTFALL_PARTS",
    "Kept",
    "Most",
    "People",
    "days_kept",
    "kept_at",
    "own_score",
    "thin",
    "thinned",
]
