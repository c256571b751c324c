"""What ``lfrsim sensitivity`` found, kept as ``sensitivity.json``: the page and the tornado chart are made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field

from simulator.evidence.about.header import Header
from simulator.evidence.about.unknowns import UnknownInput
from simulator.evidence.kept import LEFT_OUT, Found, frame
from simulator.evidence.sensitivity.decision_found import DecisionFound
from simulator.evidence.sensitivity.indices import AtEnds
from simulator.evidence.statistics.intervals import Interval
from simulator.experiment.replications import Cell
from simulator.experiment.store import scenario_hash
from simulator.scenario.models import Scenario

if TYPE_CHECKING:
    import pandas as pd

# What explains less of a variance than this, with all its interplay, is listed by name only.
SMALLEST_SHARE = 0.005
# What alone explains less than this is not named as what the average hangs on; no more than so many are.
LEADING_SHARE, MOST_LEADING = 0.05, 3
# Where more of the variance than this is chance, or an interval is wider, inputs cannot be told apart.
MOST_CHANCE, WIDEST_INTERVAL = 0.25, 0.60


@dataclass(frozen=True, kw_only=True)
class AnalysedScenario(Header):
    """The scenario whose inputs are ranked; it is kept without its preset."""

    preset: Annotated[str | None, Field(**LEFT_OUT)] = None
    hash: str

    @classmethod
    def of(cls, scenario: Scenario, cell: Cell | None = None, **more: Any) -> Self:
        """The header of *scenario*."""
        return replace(super().of(scenario, cell, hash=scenario_hash(scenario), **more), preset=None)


@dataclass(frozen=True, kw_only=True)
class SensitivityOf:
    """How averages were found: by which method, at how many points of each sample, and campaigns where simulated.

    *why_simulated* says why no formula was used where none was refused.
    """

    method: Literal["closed form", "simulation"]
    label: str
    seed: int
    points: int
    campaigns_each: int | None
    campaigns_each_bar: int | None
    campaigns: int
    why_simulated: str | None = None

    @property
    def simulated(self) -> bool:
        """Whether there is chance in the averages."""
        return self.method == "simulation"


@dataclass(frozen=True, kw_only=True)
class MeasureExplained:
    """The average of a measure: with every input at its median, and over all that is not known about them.

    Of simulated averages *mean_95* is the error of the simulation on *mean*, None where nothing bounds it, and *average_95*,
    where averages lie as the inputs vary, has no chance in it, and is None where chance hides what the inputs do.
    *chance_share* is what is left of chance, as a share of the variance; None where nothing varies.
    """

    name: str
    words: str
    unit: str
    at_medians: float
    mean: float
    mean_95: Interval | None = None
    average_95: Interval | None
    standard_deviation: float
    chance_share: float | None


@dataclass(frozen=True, kw_only=True)
class InputShare(UnknownInput):
    """What one input explains of the variance (Sobol' indices), and the average with it at the ends of its interval."""

    first_order: float
    first_order_95: Interval
    total: float
    total_95: Interval
    one_at_a_time: AtEnds | None


@dataclass(frozen=True, kw_only=True, repr=False)
class SensitivityFound(Found):
    """Which *inputs* the average of a measure hangs on, the largest share first, and the decision where one was stated.

    *constant* says why there is nothing to explain, where there is nothing. *without_influence* are inputs that changed it at no
    point: by formula that is exact, simulated it is no proof. *left_out* are inputs whose part in this the
    closed form leaves out, so that it cannot tell whether they have influence.
    """

    schema: Literal["lfrsim-sensitivity/1"] = "lfrsim-sensitivity/1"
    scenario: AnalysedScenario
    run: SensitivityOf
    measure: MeasureExplained
    constant: str | None
    inputs: tuple[InputShare, ...]
    without_influence: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    decision: DecisionFound | None
    caveats: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def too_noisy(self) -> bool:
        """Whether chance, or too few points, leave the order of the inputs open."""
        low, high = self.inputs[0].first_order_95
        hidden = self.run.simulated and self.measure.average_95 is None
        return hidden or (self.measure.chance_share or 0.0) > MOST_CHANCE or high - low > WIDEST_INTERVAL

    @property
    def telling(self) -> tuple[InputShare, ...]:
        """The inputs that explain enough to be told one by one, at least one; of much chance, those above it."""
        if self.too_noisy:
            enough = [item for item in self.inputs if item.first_order_95.low > 0]
        else:
            enough = [item for item in self.inputs if item.total >= SMALLEST_SHARE]
        return tuple(enough) or self.inputs[:1]

    @property
    def leading(self) -> tuple[InputShare, ...]:
        """The inputs that the average hangs on most; a share that may as well be none is no finding."""
        sure = [
            item
            for item in self.telling
            if item.first_order >= LEADING_SHARE and item.first_order_95.low >= SMALLEST_SHARE
        ]
        return tuple(sure[:MOST_LEADING]) or self.inputs[:1]

    def to_frame(self) -> pd.DataFrame:
        """One row for each input that changes the measure."""
        return frame(self.inputs)


__all__ = ["AnalysedScenario", "InputShare", "MeasureExplained", "SensitivityFound", "SensitivityOf"]
