"""What a report of a run has besides the run: other thresholds and lists, what the average hangs on, both curves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.evidence.about.header import Header
from simulator.evidence.kept import Found, frame
from simulator.evidence.run.rates import Range
from simulator.evidence.sensitivity.found import SensitivityFound
from simulator.evidence.sweep.tradeoff import Tradeoff

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class GridCell:
    """Averages per campaign at the best inputs at one *threshold* with one list, by the error rates of *preset*.

    *on_data* says whether the source of those rates has data at this threshold and for such a list. *wrongful_stops_95* is
    the interval of the simulation.
    """

    preset: str | None
    threshold: float
    list_size: float
    on_data: bool
    faces: float
    alerts: float
    false_alerts: float
    wrongful_stops: float
    wrongful_stops_95: Range | None
    listed_stopped: float
    listed_missed: float
    arrests: float
    on_duty_hours: float
    busy_hours: float
    officer_hours: float
    officer_cost_gbp: float
    equipment_cost_gbp: float


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Thresholds by list sizes in so many *campaigns* each, all of one draw; *cells* by preset, then threshold, then list."""

    campaigns: int
    seed: int
    thresholds: tuple[float, ...]
    list_sizes: tuple[float, ...]
    presets: tuple[str | None, ...]
    cells: tuple[GridCell, ...]

    def at(self, preset: str | None, threshold: float, size: float) -> GridCell | None:
        """The cell there, None where there is none."""
        place = (preset, threshold, size)
        return next((cell for cell in self.cells if (cell.preset, cell.threshold, cell.list_size) == place), None)


@dataclass(frozen=True, kw_only=True, repr=False)
class RunWider(Found):
    """What a report of a run has besides the run: kept as ``report.json``.

    Where a part is None, *no_grid* or *no_sensitivity* says why in a sentence.
    """

    schema: Literal["lfrsim-run-wider/1"] = "lfrsim-run-wider/1"
    scenario: Header
    grid: Grid | None
    no_grid: str | None
    sensitivity: SensitivityFound | None
    no_sensitivity: str | None
    tradeoff: Tradeoff

    def to_frame(self) -> pd.DataFrame:
        """One row for each threshold, list size and preset."""
        return frame(self.grid.cells if self.grid else ())


__all__ = ["Grid", "GridCell", "RunWider"]
