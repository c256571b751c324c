"""The people of an explorer: campaigns drawn once and rounded so that they pack into a page, which has what Python has."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulator.evidence.explore.moved import FMR, moved_inputs
from simulator.evidence.explore.thinning import CAPTURE_PARTS, FOOTFALL_PARTS, Most, People
from simulator.experiment.replications import Drawn, block_inputs, block_size, draw_block
from simulator.experiment.seeds import stream_of
from simulator.response.plan import Handling
from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.candidates import Envelope, ListedTrips, Passages
from simulator.street.order import renumbered
from simulator.street.people import Index, Rows

# Kept are so many parts of a score, a second, and a standard deviation, and whole ranks of entries. Thresholds in steps of 0.005
# and whole list sizes mask the same alerts as before rounding.
SCORE_PARTS, TIME_PARTS, LOOK_PARTS = 2_000, 1, 512
# Stands for infinity in a column of ranks: who is not listed.
NOT_LISTED = 2**31 - 1
# A duration is the nearest of so many, from the shortest to the longest in steps of equal ratios: a byte instead of two.
DURATIONS = 256


@dataclass(frozen=True)
class Packed:
    """A column as whole *numbers*, each of so many *parts* to one, or places in the column named by *levels*.

    *coded*: ``steps`` from the number before, or ``back`` from the next that is new (0: it is new).
    """

    numbers: NDArray[np.generic]
    parts: float = 1.0
    levels: str = ""
    coded: str = ""


def drawn_bank(
    scenario: Scenario, envelope: Envelope, campaigns: int, seed: int, most: Most | None = None
) -> tuple[People, ...]:
    """So many *campaigns* in all at the best inputs, in blocks as a run with this *envelope* draws them, each rounded.

    Where controls are at their *most*; without, where the scenario is.
    """
    most = most or Most()
    size = block_size(scenario, envelope)
    blocks = []
    for index in range(-(-campaigns // size)):
        inputs = block_inputs(scenario, seed, index, False, min(size, campaigns - index * size))
        drawn = draw_block(scenario, seed, index, _at_most(scenario, inputs, most), envelope)
        blocks.append(_people(scenario, rounded(drawn), stream_of(seed, index)("explorer")))
    return tuple(blocks)


def _at_most(scenario: Scenario, inputs: Inputs, most: Most) -> Inputs:
    """*inputs* where controls are at their *most*."""
    made = moved_inputs(scenario, inputs, most.moved)
    level = {FMR: made[FMR] * most.entries} if most.entries != 1 else {}
    return replace(made, values=made.values | level)


def _people(scenario: Scenario, drawn: Drawn, rng: np.random.Generator) -> People:
    """*drawn* with numbers to thin it by: those of a trip are alike, or of a person, where visits of each are what is known."""
    passages, came = drawn.candidates.passages, drawn.candidates.listed
    if scenario.street.visits_per_person is not None:
        of_passage, of_came = passages.person, came.person
    else:
        of_passage, of_came = passages.trip, came.trip
    parts = rng.integers(FOOTFALL_PARTS, size=max(int(of.max(initial=-1)) for of in (of_passage, of_came)) + 1)
    wrong = np.zeros(len(passages), dtype=bool)
    wrong[drawn.candidates.rows.passage[~drawn.candidates.rows.own]] = True
    # nobody else is thinned by it
    captured = np.where(wrong, rng.integers(CAPTURE_PARTS, size=len(passages)), 0)
    if not scenario.recogniser.capture_acts_on_false:
        captured[:] = 0
    return People(drawn, parts[of_passage], captured, parts[of_came])


def rounded(drawn: Drawn) -> Drawn:
    """*drawn* with every number as the page has it, so that both resolve the same people; listed people have one number."""
    passages, rows, handling, came = (
        drawn.candidates.passages,
        drawn.candidates.rows,
        drawn.handling,
        drawn.candidates.listed,
    )
    passages = replace(
        passages,
        time_s=_grid(passages.time_s, TIME_PARTS),
        listed_rank=_grid(passages.listed_rank, 1, np.ceil),
        person=_one_number(passages, came),
    )
    rows = replace(
        rows,
        # a score is never rounded up over a threshold, nor a rank down into a list
        score=_grid(rows.score, SCORE_PARTS, np.floor),
        rank=_grid(rows.rank, 1, np.ceil),
    )
    came = replace(came, rank=_grid(came.rank, 1, np.ceil))
    candidates = replace(drawn.candidates, passages=passages, rows=rows, listed=came)
    handling = replace(
        handling,
        look=_grid(np.clip(handling.look, -63, 63), LOOK_PARTS),
        reach_s=_span(handling.reach_s),
        review_s=_span(handling.review_s),
        search_s=_span(handling.search_s),
        check_s=np.stack([_span(of_truth) for of_truth in handling.check_s.T], axis=1),
        custody_s=_span(handling.custody_s),
    )
    return replace(drawn, candidates=candidates, handling=handling)


def _one_number(passages: Passages, came: ListedTrips) -> Index:
    """The person of each passage: whoever is listed as in *came*, all others after them."""
    listed = int(came.person.max(initial=-1)) + 1
    place = np.minimum(np.searchsorted(came.trip, passages.trip), max(len(came) - 1, 0))
    number = listed + renumbered(passages.person, int(passages.person.max(initial=-1)) + 1)[1]
    if not len(came):
        return number
    return np.where(came.trip[place] == passages.trip, came.person[place], number)


def _grid(values: Array, parts: float, to: np.ufunc = np.rint) -> Array:
    return np.asarray(to(values * parts) / parts)


def _span(values: Array) -> Array:
    """Each of *values* as the nearest of DURATIONS."""
    values = _grid(values, TIME_PARTS)
    if len(np.unique(values)) <= DURATIONS:
        return values
    shortest = max(float(values.min()), 1.0)
    ratio = np.log(values.max() / shortest) / (DURATIONS - 1)
    place = np.rint(np.log(np.maximum(values, shortest) / shortest) / ratio)
    return _grid(shortest * np.exp(place * ratio), TIME_PARTS)


def columns_of(people: People) -> Mapping[str, Packed]:
    """The columns of a block that the engine reads, by the names under which the page has them."""
    drawn = people.drawn
    p: Passages = drawn.candidates.passages
    r: Rows = drawn.candidates.rows
    h: Handling = drawn.handling
    trips = _trips_of(people)
    columns = {
        "trip": _back(trips.of_passage),
        "time_s": Packed(
            np.diff(np.rint(p.time_s * TIME_PARTS), prepend=0).astype(np.int32), TIME_PARTS, coded="steps"
        ),
        "capture_part": Packed(people.capture_part.astype(np.uint8)),
        "passage": Packed(np.diff(r.passage, prepend=0).astype(np.uint8), coded="steps"),
        "score": _packed(r.score, SCORE_PARTS, np.uint16),
        # own entries have the rank of their person: as a difference that is nothing, and packs away
        "rank": Packed(r.rank.astype(np.uint32) ^ trips.rank_of_person[p.person][r.passage]),
        "own": Packed(r.own.astype(np.uint8)),
        "category": Packed(r.category.astype(np.uint8)),
        "stale": Packed(r.stale.astype(np.uint8)),
        "remembered": Packed(h.remembered.astype(np.uint8)),
        "look": _packed(h.look, LOOK_PARTS, np.int16),
        "finds": Packed(h.finds.astype(np.uint8)),
        "trip_replication": Packed(trips.replication.astype(np.uint16)),
        "trip_deployment": Packed(trips.deployment.astype(np.uint16)),
        "trip_part": Packed(trips.part.astype(np.uint8)),
        "trip_alerts": Packed(trips.alerts.astype(np.uint8)),
        "person": _back(trips.person),
        "rank_of_person": Packed(trips.rank),
        "passages": Packed(drawn.candidates.passage_count.ravel().astype(np.uint32)),
    }
    for name in ("reach_s", "review_s", "search_s", "custody_s"):
        columns |= _durations(name, getattr(h, name))
    for truth in range(h.check_s.shape[1]):
        columns |= _durations(f"check_s {truth}", h.check_s[:, truth])
        columns[f"finding {truth}"] = Packed(h.finding[:, truth].astype(np.uint8))
        columns[f"second_accepted {truth}"] = Packed(h.second_accepted[:, truth].astype(np.uint8))
    return columns


@dataclass(frozen=True)
class _Trips:
    """Trips of a block in the order of their cells, and in each cell those first on which somebody could alert, in that order.

    *of_passage* counts these alone. People are numbered as they come: *rank* is that of each, *rank_of_person* by the numbers
    that they had.
    """

    of_passage: Index
    replication: Index
    deployment: Index
    part: Index
    alerts: NDArray[np.bool_]
    person: Index
    rank: NDArray[np.uint32]
    rank_of_person: NDArray[np.uint32]


def _trips_of(people: People) -> _Trips:
    passages, came = people.drawn.candidates.passages, people.drawn.candidates.listed
    number, first, of_passage = np.unique(passages.trip, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    alone = np.flatnonzero(~np.isin(came.trip, number))
    first = first[order]

    def joined(of_passages: Index, of_came: Index) -> Index:
        return np.concatenate([of_passages[first], of_came[alone]])

    replication = joined(passages.replication, came.replication)
    deployment = joined(passages.deployment, came.deployment)
    alerts = np.arange(len(replication)) < len(first)
    by_cell = np.lexsort((np.arange(len(alerts)), ~alerts, deployment, replication))
    person = joined(passages.person, came.person)[by_cell]
    ranks = np.full(int(person.max(initial=-1)) + 1, NOT_LISTED, dtype=np.uint32)
    ranks[came.person] = came.rank
    who, begins, number = np.unique(person, return_index=True, return_inverse=True)
    as_they_come = np.argsort(begins)
    renamed = np.empty(len(who), dtype=np.int64)
    renamed[as_they_come] = np.arange(len(who))
    return _Trips(
        of_passage=place[of_passage],
        replication=replication[by_cell],
        deployment=deployment[by_cell],
        part=joined(people.trip_part, people.came_part)[by_cell],
        alerts=alerts[by_cell],
        person=renamed[number],
        rank=ranks[who[as_they_come]],
        rank_of_person=ranks,
    )


def _back(numbers: Index) -> Packed:
    """Numbers that are given out in rising order, as what each lies back from the next new one: 0 where it is new."""
    next_new = np.concatenate([[0], np.maximum.accumulate(numbers) + 1])[: len(numbers)]
    return Packed((next_new - numbers).astype(np.uint32), coded="back")


def _durations(name: str, values: Array) -> Mapping[str, Packed]:
    """A column of places, and before it that of the durations at these places."""
    levels, place = np.unique(values, return_inverse=True)
    its_levels = f"{name} levels"
    return {
        its_levels: _packed(levels, TIME_PARTS, np.uint32),
        name: Packed(place.astype(np.uint8), levels=its_levels),
    }


def _packed(values: Array, parts: float, kind: type[np.generic]) -> Packed:
    return Packed(np.rint(values * parts).astype(kind), parts)


def encoded(columns: Mapping[str, Packed]) -> tuple[list[dict[str, object]], str]:
    """Where each column lies in one deflated, base64 text, and that text; columns that are alike lie there once.

    Bytes of numbers are laid out by significance, so that alike ones stand together: about a third smaller.
    """
    index, parts, at, seen = [], [], 0, dict[bytes, int]()
    for name, column in columns.items():
        numbers = np.ascontiguousarray(column.numbers)
        width = numbers.dtype.itemsize
        data = numbers.view(np.uint8).reshape(-1, width).T.tobytes()
        if data not in seen:
            seen[data] = at
            parts.append(data)
            at += len(data)
        index.append(
            {"name": name, "at": seen[data], "length": len(numbers), "width": width, "parts": column.parts,
             "signed": numbers.dtype.kind == "i", "levels": column.levels, "coded": column.coded}
        )  # fmt: skip
    return index, base64.b64encode(zlib.compress(b"".join(parts), 9)).decode("ascii")


__all__ = ["NOT_LISTED", "Packed", "columns_of", "drawn_bank", "encoded", "rounded"]
