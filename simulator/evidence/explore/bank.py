"""The people of an explorer: campaigns drawn once and rounded so that they pack into a page, which has what Python has."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.replications import Drawn, block_inputs, block_size, draw_block
from simulator.response.plan import Handling
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.candidates import Envelope, Passages
from simulator.street.people import Rows

# Kept are so many parts of a score, an entry's rank, a second, and a standard deviation. Thresholds in steps of 0.005 and whole
# list sizes mask the same alerts as before rounding.
SCORE_PARTS, RANK_PARTS, TIME_PARTS, LOOK_PARTS = 2_000, 1, 8, 512
LARGEST = 65_535
# Stands for infinity in a column of ranks: who is not listed.
NOT_LISTED = LARGEST


@dataclass(frozen=True)
class Packed:
    """A column as whole *numbers*, each of so many *parts* to one."""

    numbers: NDArray[np.generic]
    parts: float = 1.0


def drawn_bank(scenario: Scenario, envelope: Envelope, campaigns: int, seed: int) -> tuple[Drawn, ...]:
    """So many *campaigns* in all at the best inputs, in blocks as a run with this *envelope* draws them, each rounded."""
    size = block_size(scenario, envelope)
    blocks = []
    for index in range(-(-campaigns // size)):
        inputs = block_inputs(scenario, seed, index, False, min(size, campaigns - index * size))
        blocks.append(rounded(draw_block(scenario, seed, index, inputs, envelope)))
    return tuple(blocks)


def rounded(drawn: Drawn) -> Drawn:
    """*drawn* with every number as the page has it, so that both resolve the same people."""
    passages, rows, handling = drawn.candidates.passages, drawn.candidates.rows, drawn.handling
    passages = replace(
        passages,
        time_s=_grid(passages.time_s, TIME_PARTS),
        listed_rank=_grid(passages.listed_rank, RANK_PARTS, np.ceil),
    )
    rows = replace(
        rows,
        # a score is never rounded up over a threshold, nor a rank down into a list
        score=_grid(rows.score, SCORE_PARTS, np.floor),
        rank=_grid(rows.rank, RANK_PARTS, np.ceil),
    )
    candidates = replace(drawn.candidates, passages=passages, rows=rows)
    handling = replace(
        handling,
        look=_grid(np.clip(handling.look, -63, 63), LOOK_PARTS),
        reach_s=_span(handling.reach_s),
        review_s=_span(handling.review_s),
        search_s=_span(handling.search_s),
        check_s=_span(handling.check_s),
        custody_s=_span(handling.custody_s),
    )
    return replace(drawn, candidates=candidates, handling=handling)


def _grid(values: Array, parts: float, to: np.ufunc = np.rint) -> Array:
    return np.asarray(to(values * parts) / parts)


def _parts(values: Array) -> float:
    """The finest grid, a power of two of parts of a second, on which the longest of *values* is kept."""
    longest = float(values.max(initial=1.0))
    return float(2.0 ** np.floor(np.log2(LARGEST / max(longest, 1.0)))) if longest < LARGEST else 1.0


def _span(values: Array) -> Array:
    parts = min(_parts(values), float(TIME_PARTS))
    return np.minimum(_grid(values, parts), LARGEST / parts)


def columns_of(drawn: Drawn) -> Mapping[str, Packed]:
    """The columns of a rounded block that the engine reads, by the names under which the page has them."""
    p: Passages = drawn.candidates.passages
    r: Rows = drawn.candidates.rows
    h: Handling = drawn.handling
    came = drawn.candidates.listed
    ranks = np.where(np.isinf(p.listed_rank), NOT_LISTED, p.listed_rank * RANK_PARTS)
    columns = {
        "replication": Packed(p.replication.astype(np.uint16)),
        "deployment": Packed(p.deployment.astype(np.uint16)),
        "time_s": _packed(p.time_s, TIME_PARTS, np.uint32),
        "person": Packed(p.person.astype(np.uint32)),
        "listed_rank": Packed(ranks.astype(np.uint16), RANK_PARTS),
        "passage": Packed(r.passage.astype(np.uint32)),
        "score": _packed(r.score, SCORE_PARTS, np.uint16),
        # own entries have the rank of their person: as a difference that is nothing, and packs away
        "rank": Packed((r.rank * RANK_PARTS).astype(np.uint16) ^ ranks.astype(np.uint16)[r.passage], RANK_PARTS),
        "own": Packed(r.own.astype(np.uint8)),
        "category": Packed(r.category.astype(np.uint8)),
        "stale": Packed(r.stale.astype(np.uint8)),
        "remembered": Packed(h.remembered.astype(np.uint8)),
        "look": _packed(h.look, LOOK_PARTS, np.int16),
        "finds": Packed(h.finds.astype(np.uint8)),
        "came_replication": Packed(came.replication.astype(np.uint16)),
        "came_person": Packed(came.person.astype(np.uint32)),
        "came_deployment": Packed(came.deployment.astype(np.uint16)),
        "came_rank": _packed(_grid(came.rank, RANK_PARTS, np.ceil), RANK_PARTS, np.uint16),
        "passages": Packed(drawn.candidates.passage_count.ravel().astype(np.uint32)),
    }
    for name in ("reach_s", "review_s", "search_s", "custody_s"):
        columns[name] = _packed(getattr(h, name), min(_parts(getattr(h, name)), TIME_PARTS), np.uint16)
    for truth in range(h.check_s.shape[1]):
        columns[f"check_s {truth}"] = _packed(h.check_s[:, truth], min(_parts(h.check_s), TIME_PARTS), np.uint16)
        columns[f"finding {truth}"] = Packed(h.finding[:, truth].astype(np.uint8))
        columns[f"second_accepted {truth}"] = Packed(h.second_accepted[:, truth].astype(np.uint8))
    return columns


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
             "signed": numbers.dtype.kind == "i"}
        )  # fmt: skip
    return index, base64.b64encode(zlib.compress(b"".join(parts), 9)).decode("ascii")


__all__ = ["NOT_LISTED", "Packed", "columns_of", "drawn_bank", "encoded", "rounded"]
