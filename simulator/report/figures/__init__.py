"""Figures of a run or of a sweep: each module draws one, and all are pages in the same style."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from simulator.evidence.run.found import RunFound
from simulator.evidence.run.pictures import RunPictures
from simulator.experiment.axes import THRESHOLD
from simulator.report.figures import (
    cells,
    det,
    distribution,
    frontier,
    funnel,
    heatmap,
    icons,
    multiples,
    run_alternatives,
    style,
    timeline,
)
from simulator.report.figures.cells import About

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from simulator.evidence.sweep.tradeoff import Tradeoff

FIGURES = (funnel, icons, distribution, timeline)


def draw_run(found: RunFound, data: RunPictures, folder: Path) -> list[Path]:
    """Draw every figure of a run into *folder*, as SVG and as PNG (1200 pixels wide); return the files."""
    figures = (*FIGURES, run_alternatives) if found.alternatives else FIGURES
    return [path for figure in figures for path in style.save(figure.draw(found, data), folder, figure.NAME)]


def draw_surface(surface: pd.DataFrame, about: About, folder: Path, tradeoff: Tradeoff | None = None) -> list[Path]:
    """Draw what a swept *surface* allows into *folder*, as SVG and as PNG; return the files (see *surface_figures*)."""
    drawn = surface_figures(surface, about, tradeoff)
    return [path for name, figure in drawn for path in style.save(figure, folder, name)]


def surface_figures(surface: pd.DataFrame, about: About, tradeoff: Tradeoff | None = None) -> list[tuple[str, Figure]]:
    """What a swept *surface* allows, drawn, by name.

    The map always; one set of small multiples for each further key with several values; the frontier where thresholds
    vary and its measures are there; the recogniser's *tradeoff* where it is given.
    """
    keys = cells.swept(surface)
    drawn = [(heatmap.NAME, heatmap.draw(surface, about))]
    for key in keys:
        name = multiples.NAME if key == keys[0] else f"{multiples.NAME}-{key.replace('.', '-')}"
        drawn.append((name, multiples.draw(surface, about, key)))
    if len(surface[THRESHOLD].unique()) > 1 and {frontier.GAIN, frontier.COST} <= set(surface.columns):
        drawn.append((frontier.NAME, frontier.draw(surface, about)))
    if tradeoff is not None:
        drawn.append((det.NAME, det.draw(tradeoff)))
    return drawn


__all__ = ["FIGURES", "About", "draw_run", "draw_surface", "surface_figures"]
