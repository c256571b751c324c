"""The page of a sweep: its tables, and what must be said with them."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.numbers import number, whole
from simulator.evidence.sweep.found import SweepFound
from simulator.report.page import Block, Gap, Line
from simulator.report.said import days, depletion_first, list_size, threshold, title
from simulator.report.sweep.sentences import notes
from simulator.report.sweep.tables import surface_tables


def page(found: SweepFound) -> list[Block]:
    """What one campaign is, a table of each measure at each setting of the other axes, cautions."""
    return [*_head(found), *surface_tables(found), *(Line(text) for text in notes(found))]


def _head(found: SweepFound) -> Iterator[Block]:
    run, about = found.sweep, found.about
    cells = f"In each cell the average of {whole(run.replications)} simulated campaigns, seed {run.seed}."
    if about is None:
        yield Line(run.scenario.name, strong=True)
        yield Line("only the cells were kept, and not what must be said of this scenario.", label="Caution")
        yield Line(cells)
        return
    yield from title(about.scenario)
    yield from depletion_first(about.depletion, "cell")
    one = about.scenario
    yield Line(f"One campaign: {days(one)}. {cells}")
    kept = [f"threshold {threshold(one)}"] * bool(one.thresholds) + [f"list of {list_size(one)}"] * bool(one.list_sizes)
    if kept:
        yield Line(
            f"Kept as the deployments have it: {', '.join(kept)}; what a cell says holds where they say nothing."
        )
    year = about.year if about.first_contact else None
    if year:
        yield Line(
            f"A year: the campaign's own pace ({one.deployments} deployments over {year.span_days} days) all year round, "
            f"{number(year.deployments)} deployments, {number(year.camera_hours)} camera hours, "
            f"{number(year.faces)} faces counted."
        )
    yield Gap()


__all__ = ["page"]
