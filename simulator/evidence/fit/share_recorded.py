"""The share of alerts a force would record: those by people arrested before, recognised or alerting again are not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulator.evidence.counted.measures import measure
from simulator.evidence.fit.fitted_values import FMR, TRUE
from simulator.experiment.campaigns import campaigns_of
from simulator.experiment.replications import cell_of
from simulator.response.engines import EngineName, engine_named
from simulator.scenario.inputs import median_inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.expectations import expected

CAMPAIGNS, SEED = 5000, 20260119
# With fewer simulated alerts than this the share would be known worse than to about 1 part in 10.
FEWEST_ALERTS = 100


@dataclass(frozen=True, kw_only=True)
class ShareRecorded:
    """Recorded *true* and *false* alerts as shares of the candidates (1 where too few were simulated to say)."""

    true: float = 1.0
    false: float = 1.0
    basis: Literal["simulated"] = "simulated"

    def divided(self, keys: Collection[str]) -> dict[str, float]:
        """By which share, other than 1, the rates of which kind of alert were divided, where inputs *keys* were set."""
        shares = {"true": (TRUE, self.true), "false": (FMR, self.false)}
        return {kind: share for kind, (key, share) in shares.items() if key in keys and share < 1}


def share_recorded(scenario: Scenario, campaigns: int | None = None, engine: EngineName = "auto") -> ShareRecorded:
    """Simulate *campaigns* at the median inputs and divide recorded alerts by those expected before depletion.

    The share rests on the scenario's visits, persistence, arrests and memory, none of which a record gives.
    """
    number, cell = campaigns or CAMPAIGNS, cell_of(scenario)
    sums = {"true": 0.0, "false": 0.0}
    for block in campaigns_of(scenario, SEED, engine=engine_named(engine)).blocks(number, ignorance=False):
        found = measure(scenario, block)
        sums["true"] += float(np.sum(found["confirmed_true"]) + np.sum(found["unconfirmed_true"]))
        sums["false"] += float(np.sum(found["recorded_false"]))
    forms = expected(scenario, median_inputs(scenario, 1), cell.threshold, cell.size)

    def share(name: str, alerts: Array) -> float:
        return sums[name] / (number * float(alerts[0])) if sums[name] >= FEWEST_ALERTS else 1.0

    return ShareRecorded(true=share("true", forms.true_alerts), false=share("false", forms.false_alerts))
