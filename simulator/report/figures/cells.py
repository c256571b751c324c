"""A swept surface as its figures see it: one measure on a grid of thresholds and list sizes, and the words around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulator.evidence.about.header import Header, Unit
from simulator.evidence.about.outside import APART
from simulator.evidence.about.support import TWO_PRESETS_BELOW, Support, support_of
from simulator.evidence.counted.measures import BY_NAME
from simulator.evidence.numbers import counted, number, whole
from simulator.experiment.axes import SIZE, THRESHOLD, Value
from simulator.report.figures import phrases, style
from simulator.report.said import deployments, list_size, threshold
from simulator.scenario.quantity import Array

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from simulator.evidence.sweep.found import SweepFound

Mask = NDArray[np.bool_]
PRESET = "recogniser.preset"
PRESETS = ("field", "npl")
WRONGFUL = "wrongful_stops"
# An average whose 95 % Monte Carlo interval reaches this factor up or down is marked as vague.
VAGUE = 2.0


@dataclass(frozen=True, kw_only=True)
class About:
    """What all cells of a surface share; *own* holds the scenario's values of the other swept keys."""

    scenario: Header
    replications: int
    seed: int
    support: Support
    draws: int | None = None
    own: Mapping[str, Value] = field(default_factory=dict)

    @classmethod
    def of(cls, found: SweepFound) -> About:
        """What the cells of a sweep share; raises ValueError where only its cells were kept."""
        run, about = found.sweep, found.about
        if about is None:
            raise ValueError("figures need what is said with the cells, and only the cells were kept")
        return cls(
            scenario=about.scenario,
            replications=run.replications,
            seed=run.seed,
            draws=run.draws,
            own=about.own,
            support=about.support,
        )

    @property
    def threshold(self) -> float:
        """The scenario's own."""
        return self.scenario.threshold

    @property
    def size(self) -> float:
        """The scenario's own list."""
        return self.scenario.list_size

    def own_in(self, grid: Grid) -> tuple[int, int] | None:
        """Row and column of the scenario's own setting in *grid*; None where it is not in it."""
        return None if self.scenario.replaced else grid.nearest(self.threshold, self.size)

    def threshold_said(self, value: float) -> str:
        """The threshold of cells at *value*, in words: as the deployments have it, where they keep their own."""
        return threshold(self.scenario) if self.scenario.thresholds else threshold_words(value)

    def size_said(self, value: float) -> str:
        """The list size of cells at *value*, in words: as the deployments have it, where they keep their own."""
        return list_size(self.scenario) if self.scenario.list_sizes else whole(value)

    @property
    def label(self) -> str | None:
        """What is said of an assumed alternative."""
        return what_if(self.scenario)

    def by(self, preset: object) -> About:
        """The same where the error rates are those of *preset*; as it is where that is the name of none."""
        return replace(self, support=support_of(str(preset))) if preset in PRESETS else self

    def supported(self, grid: Grid) -> bool:
        """Whether there are data behind the rates in all cells of *grid*."""
        return all(self.support.holds(t, n) for t in grid.thresholds[[0, -1]] for n in grid.sizes[[0, -1]])

    def own_value(self, key: str) -> Value | None:
        """The scenario's own value of another swept *key*, None where it is not known."""
        return self.own.get(key, self.scenario.preset if key == PRESET else None)


def what_if(scenario: Header) -> str | None:
    """What is said of an assumed alternative."""
    return f"WHAT IF: {' '.join(scenario.what_if.split())}" if scenario.what_if else None


@dataclass(frozen=True)
class Grid:
    """One measure in cells: *thresholds* (x,), *sizes* (y,), and arrays (y, x) that are NaN where there is nothing.

    *value* is the simulated average, or the closed form where nothing happened in any campaign (*closed*); *none*
    marks cells in which nothing happened and no closed form is given. *closed_form* holds it wherever it is. *low* to
    *high* is the Monte Carlo interval of the average, *campaign_low* to *campaign_high* that of single campaigns,
    *faces* the average number of faces counted per campaign.
    """

    measure: str
    thresholds: Array
    sizes: Array
    value: Array
    low: Array
    high: Array
    campaign_low: Array
    campaign_high: Array
    faces: Array
    closed_form: Array
    closed: Mask
    none: Mask

    @property
    def log_sizes(self) -> bool:
        """Whether the list sizes span so much that their axis is logarithmic."""
        return bool(self.sizes[-1] > 10 * self.sizes[0])

    @property
    def vague(self) -> Mask:
        """Simulated averages that chance leaves uncertain by a factor of VAGUE or more."""
        simulated = (self.value > 0) & ~self.closed
        with np.errstate(invalid="ignore"):
            wide = (self.low * VAGUE <= self.value) | (self.high >= VAGUE * self.value)
        return np.asarray(simulated & wide)

    @property
    def smooth(self) -> Array:
        """What iso-lines are drawn through: the value, but for vague ones the closed form (NaN without one)."""
        return np.where(self.vague, self.closed_form, self.value)

    @property
    def words(self) -> str:
        """The measure in words."""
        known = BY_NAME.get(self.measure)
        return known.words if known else self.measure.replace("_", " ")

    def title(self, unit: Unit) -> str:
        """How a headline begins."""
        return f"{self.words[:1].upper()}{self.words[1:]} a {unit}, on average"

    def nearest(self, threshold: float, size: float) -> tuple[int, int] | None:
        """Row and column of the cell that holds the point, None where the grid does not reach it."""
        rows = np.log(self.sizes) if self.log_sizes else self.sizes
        at = float(np.log(size)) if self.log_sizes else size
        row, column = _holding(rows, at), _holding(self.thresholds, threshold)
        return None if row is None or column is None else (row, column)

    def said(self, row: int, column: int) -> str:
        """The value of one cell in words, never as 0."""
        if self.none[row, column]:
            return "none simulated"
        if np.isnan(self.value[row, column]):
            return "no value"
        return number(float(self.value[row, column])) + " (closed form)" * bool(self.closed[row, column])


def threshold_words(threshold: float) -> str:
    """*threshold* with two decimals, or as many as it needs up to four."""
    return f"{threshold:.2f}" if abs(threshold * 100 - round(threshold * 100)) < 1e-6 else f"{threshold:.4g}"


def _holding(centres: Array, at: float) -> int | None:
    """Which of the sorted *centres* lies nearest to *at*; None where that is beyond the half of a cell."""
    index = int(np.abs(centres - at).argmin())
    if len(centres) == 1:
        return index if np.isclose(centres[0], at) else None
    half = (centres[1] - centres[0]) / 2 if index == 0 else (centres[index] - centres[index - 1]) / 2
    if index + 1 < len(centres):
        half = max(half, (centres[index + 1] - centres[index]) / 2)
    return index if abs(centres[index] - at) <= half * (1 + 1e-9) else None


def grid_of(surface: pd.DataFrame, measure: str = WRONGFUL) -> Grid:
    """*measure* per campaign in every cell of *surface*.

    Raises ValueError where the surface lacks a column, or has several rows for one threshold and list size.
    """
    missing = [name for name in (THRESHOLD, SIZE, measure) if name not in surface.columns]
    if missing:
        raise ValueError(f"the surface has no column {', '.join(missing)}")
    axes = np.round(surface[[THRESHOLD, SIZE]].to_numpy(float), 9)
    kept = ~np.isnan(axes).any(axis=1)
    axes = axes[kept]
    if not len(axes):
        raise ValueError("the surface has no cell")
    thresholds, sizes = np.unique(axes[:, 0]), np.unique(axes[:, 1])
    column, row = np.searchsorted(thresholds, axes[:, 0]), np.searchsorted(sizes, axes[:, 1])
    if len(np.unique(row * len(thresholds) + column)) < len(axes):
        raise ValueError(
            "the surface has several rows for one threshold and list size: take one value of the other keys"
        )

    def placed(name: str) -> Array:
        out = np.full((len(sizes), len(thresholds)), np.nan)
        if name in surface.columns:
            out[row, column] = surface[name].to_numpy(float)[kept]
        return out

    mean, closed_form = placed(measure), placed(f"{measure}_closed")
    nothing = mean == 0
    closed = nothing & (closed_form > 0)
    value = np.where(closed, closed_form, np.where(mean > 0, mean, np.nan))
    low, high, least, most = (placed(f"{measure}_{end}") for end in ("low", "high", "campaign_low", "campaign_high"))
    none = nothing & ~closed
    return Grid(
        measure, thresholds, sizes, value, low, high, least, most, placed("faces"), closed_form, closed, none
    )  # fmt: skip


def other_keys(surface: pd.DataFrame) -> list[str]:
    """The dotted keys of *surface* besides threshold and list size; measures have no dot."""
    return [str(name) for name in surface.columns if "." in str(name) and name not in (THRESHOLD, SIZE)]


def swept(surface: pd.DataFrame) -> list[str]:
    """Those of the other keys that take several values."""
    return [key for key in other_keys(surface) if len(surface[key].unique()) > 1]


def slice_of(surface: pd.DataFrame, about: About, keep: tuple[str, ...] = ()) -> tuple[pd.DataFrame, list[str]]:
    """The rows at the scenario's own values of the other keys, but for those in *keep*; and what was held, in words."""
    held = []
    for key in other_keys(surface):
        if key in keep:
            continue
        values = surface[key]
        own = about.own_value(key)
        value = own if own is not None and (values == own).any() else values.iloc[0] if len(values) else None
        surface = surface[values == value]
        held.append(f"{key} {value:g}" if isinstance(value, float) else f"{key} {value}")
    return surface, held


def footer(about: About, held: list[str], wrongful: bool, notes: list[str]) -> list[str]:
    """The lines under a figure of a surface: what was simulated, what is *held*, *notes*, and what *wrongful* means."""
    scenario = about.scenario
    cells = f"{counted(about.replications, f'simulated {scenario.unit}')} per cell"
    lines = [
        f"Simulated, not observed. {' '.join(scenario.title.split())}. {cells} ({deployments(scenario)} each), seed {about.seed}"
        + "".join(f"; {words}" for words in held)
        + (
            ". Inputs at their medians: what is not known about them is not in this figure."
            if about.draws is None
            else f". Inputs drawn {whole(about.draws)} times from their intervals: averages over what is not known about them."
        )
    ]
    more = " ".join([*notes, *[phrases.LAWFULNESS] * wrongful])
    return [*lines, more] if more else lines


HATCHED = "The source of these error rates has no data in the hatched part: there they are extrapolated."
CLOSED_NOTE = f"The closed form, shown where nothing was simulated, is the expected number {phrases.CLOSED_FORM}."


def preset_note(presets: list[str], thresholds: Array) -> str:
    """That only one of the two presets is shown where they disagree; empty where it need not be said."""
    if len(presets) != 1 or thresholds.min() >= TWO_PRESETS_BELOW - 1e-9:
        return ""
    other = "npl" if presets[0] == "field" else "field"
    return (
        f"Only preset {presets[0]} is shown. Below {TWO_PRESETS_BELOW:.2f} the two presets disagree, in false matches "
        f"twelvefold at 0.60: see {other} too. {APART}: quote both."
    )


def presets_in(surface: pd.DataFrame, about: About) -> list[str]:
    """The presets behind *surface*, in order of appearance; empty where none is named."""
    if PRESET in surface.columns:
        return [str(name) for name in surface[PRESET].dropna().unique()]
    return [about.scenario.preset] if about.scenario.preset else []


def empty(title: str, grids: list[Grid], about: About, held: list[str]) -> Figure:
    """The page that stands in the place of a figure without a value: why there is none, and that this is no zero."""
    words = grids[0].words
    said = (
        f"No {words} in {whole(about.replications)} simulated {about.scenario.unit}s per cell. This is no evidence of zero: "
        "without a closed form nothing says how rare they are."
        if any(grid.none.any() for grid in grids)
        else f"The surface gives no value for {words}."
    )
    page = style.page(title, said, about.label, footer(about, held, "wrong" in words, []), 0.1)
    return page.figure
