"""The page of a sweep: its tables, and what must be said with them."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.numbers import whole
from simulator.evidence.sweep.found import SweepFound
from simulator.report.page import Block, Gap, Line
from simulator.report.said import depletion_first, deployments, list_size, threshold, title
from simulator.report.screen import everything
from simulator.report.sweep.screen import screen
from simulator.report.sweep.sentences import notes
from simulator.report.sweep.tables import steps_tables, surface_tables


def page(found: SweepFound) -> list[Block]:
    """One screen; behind it a table of each measure at each setting of the other axes, and what must be said with them."""
    return [
        *screen(found),
        everything(
            [*_head(found), *surface_tables(found), *steps_tables(found), *(Line(text) for text in notes(found))]
        ),
    ]


def _head(found: SweepFound) -> Iterator[Block]:
    run, about = found.sweep, found.about
    cells = f"In each cell the average of {whole(run.replications)} simulated {run.unit}s, seed {run.seed}."
    if about is None:
        yield Line(run.scenario.name, strong=True)
        yield Line("only the cells were kept, and not what must be said of this scenario.", label="Caution")
        yield Line(cells)
        return
    yield from title(about.scenario)
    yield from depletion_first(about.depletion, "cell")
    # where the deployments are swept, each table says of which it is
    one = (
        ""
        if any(key.startswith("campaign.") for key in run.axes)
        else f"One {run.unit}: {deployments(about.scenario)}. "
    )
    yield Line(one + cells)
    said = about.scenario
    kept = [f"threshold {threshold(said)}"] * bool(said.thresholds) + [f"list of {list_size(said)}"] * bool(
        said.list_sizes
    )
    if kept:
        yield Line(f"Kept as the deployments have it: {', '.join(kept)}.")
    if about.year_not_known:
        yield Line(f"Per campaign: {about.year_not_known}.")
    yield Gap()


__all__ = ["page"]
