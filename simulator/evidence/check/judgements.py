"""Forecasts of several forecasters and measures set beside what was recorded of the same rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from simulator.evidence.check.judged import JointScores, Judged, judge
from simulator.evidence.check.planned import Planned, Recorded
from simulator.evidence.check.predictive import Forecast

if TYPE_CHECKING:
    import pandas as pd

# Forecasts by measure, each with the rows that it is of.
Forecasts: TypeAlias = dict[str, tuple[Planned, Forecast]]
# By forecaster and measure.
Judgements: TypeAlias = Mapping[str, Mapping[str, Judged]]


def judged_of(tested: Recorded, forecasts: Mapping[str, Forecasts], seed: int) -> Judgements:
    """The *forecasts*, by forecaster, of those *tested* rows whose measure is recorded, beside what was."""
    return {who: _judged(tested, measures, seed) for who, measures in forecasts.items()}


def scores_of(judged: Judgements) -> dict[str, dict[str, JointScores]]:
    """Scores by forecaster and measure, with the skill over the baseline where it is another forecast of the same rows."""
    return {who: _scores(measures, judged.get("baseline", {})) for who, measures in judged.items()}


def table_of(judged: Judgements) -> pd.DataFrame:
    """One line for each forecaster, measure and row (see *Judged.table*)."""
    import pandas as pd

    parts = {(who, name): one.table() for who, measures in judged.items() for name, one in measures.items()}
    return pd.concat(parts, names=["forecaster", "measure"]).reset_index(level=[0, 1]).reset_index(drop=True)


def _judged(tested: Recorded, forecasts: Forecasts, seed: int) -> dict[str, Judged]:
    """The forecasts of the rows whose measure is recorded, beside what was."""
    judged = {}
    for name, (planned, forecast) in forecasts.items():
        counts = tested.counts[name][np.isin(tested.planned.row, planned.row)]
        keep = ~np.isnan(counts)
        if keep.any():
            judged[name] = judge(planned.take(keep), forecast.take(keep), counts[keep], seed)
    return judged


def _scores(judged: Mapping[str, Judged], baseline: Mapping[str, Judged]) -> dict[str, JointScores]:
    """Scores by measure, with the gain over the *baseline* where it is another forecast of the same rows."""

    def beside(name: str, one: Judged) -> Judged | None:
        other = baseline.get(name)
        same = other is not None and other is not one and np.array_equal(one.planned.row, other.planned.row)
        return other if same else None

    return {name: JointScores.of(one, beside(name, one)) for name, one in judged.items()}


__all__ = ["Forecasts", "Judgements", "judged_of", "scores_of", "table_of"]
