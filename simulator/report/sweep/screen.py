"""The first screen of a sweep: who is found and who is stopped in error at each threshold, and what one step changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from simulator.evidence.numbers import whole
from simulator.evidence.sweep.found import SweepFound
from simulator.experiment.axes import SIZE, THRESHOLD, Value
from simulator.report.page import BEYOND, Block, Line, Masthead, Table, table
from simulator.report.said import deployments
from simulator.report.screen import NOTE, SHORT, SIMULATED, WHOSE, facts, first_of, head, means
from simulator.report.sweep.sentences import cautions, error_note
from simulator.report.sweep.tables import cell_words, some, step_words, threshold_words

if TYPE_CHECKING:
    import pandas as pd

PRESET = "recogniser.preset"
FOUND, WRONG = "listed_stopped", "wrongful_stops"
OWN = "<- own"
MOST = {THRESHOLD: 7, SIZE: 4}
STEPS = " Ranges: that chance alone (95 %), not unknown inputs."
STEPS_DRAWN = " Ranges: that error (95 %)."


def screen(found: SweepFound) -> Iterator[Block]:
    """Thresholds at the scenario's own list, lists at its own threshold, for each preset side by side."""
    run, about = found.sweep, found.about
    inputs = "inputs at their middle values" if run.draws is None else "inputs drawn"
    each = f"Averages of {whole(run.replications)} simulated {run.unit}s, {inputs}"
    if about is None:
        yield Masthead(run.scenario.name, SIMULATED)
        yield Line(f"{each}.")
    else:
        one = f"One {run.unit}: {deployments(about.scenario)}. {each}."
        yield from head(about.scenario, SIMULATED, one, again=about.depletion, thresholds=True)
    yield from means(_meaning(found))
    own, shown = _own(found), list[Table]()
    if len(run.cells.thresholds) > 1:
        size = (run.kept and run.kept.get(SIZE) and "as it is") or whole(own[1])
        shown.append(_table(found, f"By threshold, list {size}, per {run.unit}", THRESHOLD, own))
    if len(run.cells.sizes) > 1:
        at = (run.kept and run.kept.get(THRESHOLD) and "as it is") or f"{own[0]:g}"
        shown.append(_table(found, f"By list, threshold {at}, per {run.unit}", SIZE, own))
    yield from shown
    yield Line(" ".join([NOTE, *_by_formula(shown), *_beyond(found)]))
    steps = STEPS if run.draws is None else STEPS_DRAWN
    yield from facts(
        ("How sure", f"{error_note(found)}{steps * any(_lower(found))}".strip()),
        ("Watch out", first_of(list(cautions(found)))),
    )


def _meaning(found: SweepFound) -> Iterator[str]:
    """What the scenario's own cell brings, and what one step down the thresholds adds, by each side's error rates."""
    run, own = found.sweep, _own(found)
    sides = list(_sides(found))

    def by_each(write: Callable[[pd.Series, str], str], cell: tuple[float, float]) -> str:
        """Listed people and the wrong person of every side, each by whose error rates it is; the nouns once."""
        said = []
        for i, (name, part) in enumerate(sides):
            whose = f"by {WHOSE[name]}" if name in WHOSE else f"with {name}" if name else ""
            right, wrong = (write(_row(part, cell), measure) for measure in (FOUND, WRONG))
            if i:
                said.append(f"{whose} {right} and {wrong}")
            else:
                stops = "stop" if wrong == "1" else "stops"
                said.append(
                    f"{f', {whose},' * bool(whose)} {right} listed people stopped and {wrong} {stops} of the wrong person"
                )
        return "; ".join(said)

    at, about = threshold_words(own[0]), found.about
    where, size = f"At {at}", f"a list of {whole(own[1])}"
    if about and not _same(own[0], about.scenario.threshold):
        where = f"At {at}, the threshold nearest to the scenario's {threshold_words(about.scenario.threshold)},"
    if about and not _same(own[1], about.scenario.list_size):
        size = f"{whole(own[1])} listed, nearest to the scenario's {whole(about.scenario.list_size)},"
    yield f"{where} with {size} one simulated {run.unit} has{by_each(_cell, own)}."
    if lower := _lower(found):
        step = (max(lower), own[1])
        yield f"One step down, from {at} to {threshold_words(step[0])}, adds{by_each(step_words, step)}."


def _lower(found: SweepFound) -> list[float]:
    """Thresholds below the one nearest to the scenario's own."""
    return [x for x in found.sweep.cells.thresholds if x < _own(found)[0]]


def _own(found: SweepFound) -> tuple[float, float]:
    """The cell nearest to the scenario's own."""
    cells, about = found.sweep.cells, found.about
    threshold, size = (
        (about.scenario.threshold, about.scenario.list_size) if about else (max(cells.thresholds), max(cells.sizes))
    )
    return (
        min(cells.thresholds, key=lambda x: abs(x - threshold)),
        min(cells.sizes, key=lambda x: abs(x - size)),
    )


def _is_own(found: SweepFound, cell: tuple[float, float]) -> bool:
    """Whether *cell* is the scenario's own, and not only the nearest to it, nor one that replaces what deployments have."""
    about = found.about
    if about is None or {THRESHOLD, SIZE} & set(about.scenario.replaced or ()):
        return False
    return _same(cell[0], about.scenario.threshold) and _same(cell[1], about.scenario.list_size)


def _same(one: float, other: float) -> bool:
    return abs(one - other) < 1e-9 * max(1.0, abs(other))


def _sides(found: SweepFound) -> Iterator[tuple[str, pd.DataFrame]]:
    """The cells of each preset where presets were swept, else of each of the first two points, by name."""
    each = len(found.sweep.cells.thresholds) * len(found.sweep.cells.sizes)
    for at, point in enumerate(found.sweep.points[:2]):
        setting = point.setting
        alone = setting.get(PRESET) if len(setting) == 1 else None
        name = str(alone or ", ".join(f"{key} {_text(value)}" for key, value in setting.items()))
        yield name, found.cells.iloc[at * each : (at + 1) * each]


def _text(value: Value) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _row(part: pd.DataFrame, cell: tuple[float, float]) -> pd.Series:
    near = ((part[THRESHOLD] - cell[0]).abs() < 1e-9) & ((part[SIZE] - cell[1]).abs() < 0.5)
    return part[near].iloc[0]


def _table(found: SweepFound, title: str, axis: str, own: tuple[float, float]) -> Table:
    cells = found.sweep.cells
    values = sorted(cells.thresholds if axis == THRESHOLD else cells.sizes)
    sides, rows = list(_sides(found)), []
    mine = own[0] if axis == THRESHOLD else own[1]
    shown = some([x for x in values if x != mine], MOST[axis] - 1)
    for value in sorted([*shown, mine]):
        cell = (value, own[1]) if axis == THRESHOLD else (own[0], value)
        words = threshold_words(value) if axis == THRESHOLD else whole(value)
        rows.append(
            [
                words,
                _marked(found, sides[0], cell, FOUND),
                *(_marked(found, side, cell, WRONG) for side in sides),
                OWN if _is_own(found, cell) else "",
            ]
        )
    # who is found differs by preset as well: said whose it is
    whose = f"found: {SHORT[sides[0][0]]}" if sides[0][0] in SHORT else "listed stopped"
    names = [f"wrong: {SHORT.get(name, name)}" if name else "wrong person" for name, _ in sides]
    columns = ["threshold" if axis == THRESHOLD else "listed", whose, *names, ""]
    return table(title, columns, rows)


def _marked(found: SweepFound, side: tuple[str, pd.DataFrame], cell: tuple[float, float], measure: str) -> str:
    """The average in *cell* of one *side*, marked where the source of its error rates has no data."""
    support = found.about.support_of(side[0]) if found.about else None
    return f"{_cell(_row(side[1], cell), measure)}{'' if support is None or support.holds(*cell) else BEYOND}"


def _by_formula(shown: list[Table]) -> Iterator[str]:
    """What a star at a number means, where there is one."""
    if any("*" in cell for each in shown for row in each.rows for cell in row):
        yield "* none simulated; by formula."


def _beyond(found: SweepFound) -> Iterator[str]:
    """What the mark of such cells means, where there is one."""
    cells, about = found.sweep.cells, found.about
    supports = [about.support_of(name) for name, _ in _sides(found)] if about else []
    if not all(support.holds(x, y) for support in supports for x in cells.thresholds for y in cells.sizes):
        yield f"{BEYOND} extrapolated: that source has no data there."


def _cell(row: pd.Series, measure: str) -> str:
    return cell_words(row, measure)


__all__ = ["screen"]
