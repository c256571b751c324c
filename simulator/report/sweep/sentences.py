"""What must be said with the tables of a sweep: errors, what they leave out, and how sure they are."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.about.outside import APART, data_of
from simulator.evidence.numbers import whole
from simulator.evidence.sweep.found import SweepFound
from simulator.report.said import WRONGFUL_NOTE
from simulator.report.sweep.tables import MOST_COLUMNS, MOST_ROWS, MOST_TABLES, VAGUE, VAGUE_MARK, measures_of


def notes(found: SweepFound) -> Iterator[str]:
    """Every sentence that these tables need, in order."""
    measures, cells = measures_of(found), found.cells
    yield from _left_out(found)
    if error := error_note(found):
        yield error
    if any(f"{measure}_closed" in cells.columns and (cells[measure] == 0).any() for measure in measures):
        yield f"* none in any simulated {found.sweep.unit}: the closed form, before depletion, repeats, queues and walking away."
    yield from cautions(found)
    if any("stop" in measure for measure in measures):
        yield WRONGFUL_NOTE


def error_note(found: SweepFound) -> str:
    """How far chance may move the numbers shown; empty where that is not known."""
    errors = [error for measure in measures_of(found) if (error := found.largest_error(measure)) is not None]
    if not errors:
        return ""
    worst, most = max(errors), 100 * (VAGUE - 1)
    said = (
        f"by chance a number marked {VAGUE_MARK} may be off by more than {most:.0f} %"
        if worst > VAGUE - 1
        else f"by chance a number may be off by up to {100 * worst:.0f} %"
    )
    draws = found.sweep.draws
    smaller = (
        "a larger -n makes it smaller"
        if draws is None
        else f"more --draws than {whole(draws)} make it smaller, a larger -n alone takes away chance only"
    )
    return f"Error of the simulation: {said} (95 %); {smaller}."


def cautions(found: SweepFound) -> Iterator[str]:
    """What is not in the numbers: unknown inputs, cells off the record, two presets that disagree."""
    presets = found.about.presets if found.about else ()
    if found.sweep.draws is None:
        yield (
            "Inputs at their medians. What is not known about them (staff, times, detection, who is listed) is not in these "
            "numbers; --draws 250 puts it in, and lfrsim run shows it."
        )
    else:
        yield f"Inputs drawn {whole(found.sweep.draws)} times from their intervals: averages over what is not known."
    if presets:
        said = "; ".join(map(data_of, presets))
        yield f"{said[:1].upper()}{said[1:]}. Beyond that, rates are extrapolated."
    if len(presets) > 1:
        yield (
            f"field: false alerts as recorded in the street. npl: as measured in the laboratory. {APART}: quote both."
        )


def _left_out(found: SweepFound) -> Iterator[str]:
    points, cells = len(found.sweep.points), found.sweep.cells
    if points > MOST_TABLES:
        yield f"{points - MOST_TABLES} more settings of the other axes are not shown."
    if len(cells.thresholds) > MOST_ROWS or len(cells.sizes) > MOST_COLUMNS:
        yield f"Shown are some of {len(cells.thresholds) * len(cells.sizes)} cells each; -o DIR keeps all."


__all__ = ["cautions", "error_note", "notes"]
