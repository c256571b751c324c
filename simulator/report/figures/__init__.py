"""Figures of a run: each module draws one, and all are pages in the same style."""

from __future__ import annotations

from pathlib import Path

from simulator.evidence.study import Study
from simulator.report.figures import distribution, funnel, icons, style, timeline

FIGURES = (funnel, icons, distribution, timeline)


def draw_all(study: Study, folder: Path) -> list[Path]:
    """Draw every figure of *study* into *folder*, as SVG and as PNG (1200 pixels wide); return the files."""
    return [path for figure in FIGURES for path in style.save(figure.draw(study), folder, figure.NAME)]


__all__ = ["FIGURES", "draw_all"]
