"""Other thresholds and other lists, by both sources of error rates, and what is on record of them."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.about.outside import data_of
from simulator.evidence.about.recorded_counts import RecordedCount
from simulator.evidence.numbers import counted, number, number_range, whole
from simulator.evidence.sweep.tradeoff import Tradeoff
from simulator.evidence.wider.found import Grid, GridCell, RunWider
from simulator.report.page import BEYOND, Beside, Block, Details, Figure, Heading, Line, Table, table
from simulator.report.screen import SHORT, WHOSE

CURVE = "threshold"
OWN, COST = "own error rates", "cost, GBP"


def settings(wider: RunWider, words: str) -> Iterator[Block]:
    """The curve (*words* say what it shows), the records, and the grid of thresholds and lists."""
    yield Heading("Another threshold, another list")
    yield Figure(CURVE, words)
    yield from _recorded(wider.tradeoff)
    if wider.grid is None:
        yield Line(f"{wider.no_grid}.", label="No table of thresholds and lists")
        return
    yield from grid(wider.grid, wider)


def grid(found: Grid, wider: RunWider) -> Iterator[Block]:
    """The scenario's list at every threshold, then every list by each source, then all cells."""
    unit, size = wider.scenario.unit, wider.scenario.list_size
    rows = [_row(found, threshold, size, wider.scenario.threshold) for threshold in found.thresholds]
    costs = [cost(cell) for cell in found.cells]
    made = table(
        f"With the list of {whole(size)}: average stops of the wrong person and of listed people per {unit}",
        [
            "threshold",
            *(f"wrong person: {_source(preset)}" for preset in found.presets),
            "listed, stopped",
            "listed, missed",
            "officer-hours*",
            COST,
        ],
        rows,
        notes=[*_notes(found, unit)],
    )
    yield made if any(costs) else made.without(COST)
    by_list = [_lists(found, preset, unit) for preset in found.presets]
    yield Beside((by_list[0],), (by_list[1],)) if len(by_list) == 2 else by_list[0]
    yield Details(f"All {len(found.cells)} settings", (_all(found),))


def _row(found: Grid, threshold: float, size: float, own: float) -> list[str]:
    cells = [cell for preset in found.presets if (cell := found.at(preset, threshold, size))]
    first = cells[0]
    return [
        f"{threshold:.2f}{' (here)' * (threshold == own)}",
        *map(_wrong, cells),
        number(first.listed_stopped),
        number(first.listed_missed),
        number(first.officer_hours),
        whole(float(f"{cost(first):.3g}")),
    ]


def _wrong(cell: GridCell) -> str:
    """Stops of the wrong person there; marked where the source of the error rates has no data."""
    seen = (
        number(cell.wrongful_stops) if cell.wrongful_stops else f"under {number((cell.wrongful_stops_95 or (0, 0))[1])}"
    )
    return f"{seen}{'' if cell.on_data else BEYOND}"


def cost(cell: GridCell) -> float:
    """Pounds of officers and equipment in one campaign."""
    return cell.officer_cost_gbp + cell.equipment_cost_gbp


def _notes(found: Grid, unit: str) -> Iterator[str]:
    yield (
        f"Simulated, {counted(found.campaigns, unit)} in each setting, every input at its best value; officers, the street and "
        f"the people are the same in all of them. Listed people, hours and cost are with the error rates named first. "
        f"*: on duty and, after an arrest, at the station."
    )
    if any(not cell.on_data for cell in found.cells):
        where = "; ".join(data_of(preset) for preset in found.presets)
        yield f"{BEYOND} and hatched: that source has no data there ({where})."


def _lists(found: Grid, preset: str | None, unit: str) -> Table:
    rows = [
        [f"{t:.2f}", *(_wrong(cell) for size in found.list_sizes if (cell := found.at(preset, t, size)))]
        for t in found.thresholds
    ]
    columns = ["threshold", *(f"list {whole(size)}" for size in found.list_sizes)]
    return table(f"Wrong person stopped, average per {unit}, by {_whose(preset)}", columns, rows)


def _all(found: Grid) -> Table:
    rows = [
        [
            f"{cell.threshold:.2f}, {whole(cell.list_size)}",
            _source(cell.preset),
            _wrong(cell),
            number_range(*cell.wrongful_stops_95) if cell.wrongful_stops_95 else "",
            number(cell.listed_stopped),
            number(cell.listed_missed),
            number(cell.arrests),
            number(cell.officer_hours),
            whole(float(f"{cost(cell):.3g}")),
        ]
        for cell in found.cells
    ]
    columns = [
        "threshold, list", "error rates", "wrong person", "95 %", "listed, stopped", "listed, missed", "arrests",
        "officer-hours*", "cost, GBP",
    ]  # fmt: skip
    return table("Average at every setting (95 %: of the simulation)", columns, rows)


def _source(preset: str | None) -> str:
    return SHORT.get(preset or "", OWN)


def _whose(preset: str | None) -> str:
    return f"the error rates of {WHOSE[preset]}" if preset in WHOSE else OWN


def _recorded(tradeoff: Tradeoff) -> Iterator[Block]:
    """What the Met counted at each threshold it has used, with exact intervals."""
    points = [count for count in tradeoff.recorded if count.rate("camera_hour") is not None]
    if points:
        yield table(
            "Recorded on London streets: false alerts at each threshold printed by the Met",
            ["threshold", "false alerts", "camera hours", "per 100 hours", "95 %", "when"],
            [_point(count) for count in points],
            notes=[f"{points[0].source} ({points[0].grade}). Nothing is recorded above {points[-1].threshold:.2f}."],
            prose=["when"],
        )


def _point(count: RecordedCount) -> list[str]:
    ends = count.rate_95("camera_hour")
    return [
        f"{count.threshold:.2f}",
        whole(count.false_alerts),
        whole(count.camera_hours or 0),
        number(count.rate("camera_hour") or 0),
        number_range(*ends) if ends else "",
        count.name,
    ]


__all__ = ["CURVE", "cost", "grid", "settings"]
