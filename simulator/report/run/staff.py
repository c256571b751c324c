"""Where people are let go or missed because nobody came, and what one more or one fewer of each kind of staff changes."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.numbers import counted, number
from simulator.evidence.run.found import RunFound
from simulator.evidence.run.staff import StaffChange
from simulator.evidence.statistics.differences import Difference
from simulator.report.page import Block, Line, Table, table

# Why an alert led to nothing although nobody had decided so, by outcome.
LOST = {
    "not_reviewed": "out of reach before an operator was free",
    "gone": "out of reach when the review ended",
    "no_team": "out of reach before a team was free",
    "not_found": "out of reach, or not found, when the search ended",
}
COLUMNS = {
    "listed_stopped": "listed stopped",
    "arrests": "arrests",
    "no_checkers_releases": "let go unchecked",
    "wrongful_stops": "wrongful stops",
    "on_duty_hours": "officer-hours",
}


def lost(found: RunFound) -> Iterator[Block]:
    """How many were let go because nobody checked them, taken away without a van, and missed, and by what."""
    unit, best = found.scenario.unit, " at the best inputs" if found.varied else ""
    unchecked, no_van = (found.measures[name].mean for name in ("no_checkers_releases", "no_van_arrests"))
    if unchecked:
        of = found.measures["stops"].mean
        yield Line(
            f"In {number(unchecked)} of {number(of)} stops a {unit}{best} the person was let go because no checker unit came "
            f"within the hold limit (procedure.hold_limit_min).",
            label="Let go",
        )
    if no_van:
        yield Line(
            f"{number(no_van)} arrests a {unit} waited for a van beyond procedure.van_limit_min, and went by other means.",
            label="No van",
        )
    ends = found.alerts_by_truth_and_outcome
    parts = {words: sum(row[outcome] for row in ends.values()) for outcome, words in LOST.items()}
    said = [f"{number(times)} {words}" for words, times in parts.items() if times]
    if said:
        yield Line(f"Alerts a {unit}{best} after which nobody was stopped: {'; '.join(said)}.", label="Missed")


def staff_table(found: RunFound) -> Iterator[Table]:
    """What one more or one fewer of each kind changes; nothing where that was not asked for."""
    if not found.staff:
        return
    rows = [[_who(item), *(_change(item.changes[name]) for name in COLUMNS)] for item in found.staff]
    same = counted(found.staff[0].campaigns, found.scenario.unit)
    yield table(
        f"With one more or one fewer: change per {found.scenario.unit} at the best inputs",
        ["staff", *COLUMNS.values()],
        rows,
        notes=[f"±: 95 % of the simulation, over the same {same} with and without; more with -n."],
    )


def _who(item: StaffChange) -> str:
    return f"{'+' if item.step > 0 else '−'}1 {item.kind}, now {item.now}"


def _change(item: Difference) -> str:
    if not item.difference:
        return "none"
    ends, middle = item.difference_95, item.difference
    within = f" ± {number(max(ends.high - middle, middle - ends.low))}" if ends and ends.low != ends.high else ""
    return f"{_signed(middle)}{within}"


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{number(abs(value))}"


__all__ = ["lost", "staff_table"]
