"""What ``lfrsim check -o`` writes: the finding, every forecast as a table, and three figures that are drawn from these."""

from __future__ import annotations

from pathlib import Path

from simulator.evidence.check.checked import Checked
from simulator.experiment.csv_files import frame_as_csv
from simulator.report.figures import style
from simulator.report.figures.check import FORECASTS_NAME, PIT_NAME, draw_forecasts, draw_pit
from simulator.report.figures.check_predictive import PREDICTIVE_NAME, draw_predictive

FINDING, TABLE = "check.json", "forecasts.csv"
FILES = (
    FINDING,
    TABLE,
    *(f"{name}.{kind}" for name in (PIT_NAME, FORECASTS_NAME, PREDICTIVE_NAME) for kind in ("svg", "png")),
)


def write_check(checked: Checked, folder: Path) -> None:
    """Write check.json, forecasts.csv, the PIT histograms, observed against forecast and the predictive checks into *folder*."""
    table = checked.table()
    (folder / FINDING).write_text(checked.found.to_json(), "utf-8")
    (folder / TABLE).write_text(frame_as_csv(table, digits=6), "utf-8")
    style.save(draw_pit(checked.found), folder, PIT_NAME)
    style.save(draw_forecasts(checked.found, table), folder, FORECASTS_NAME)
    style.save(draw_predictive(checked.found), folder, PREDICTIVE_NAME)


__all__ = ["FILES", "write_check"]
