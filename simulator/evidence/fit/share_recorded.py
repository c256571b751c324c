"""The share of alerts a force would record: those by people arrested before, recognised or alerting again are not."""

from __future__ import annotations

from collections.abc import Callable, Collection
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
# So many simulated alerts of each kind know the share to about 1 part in 100, and so many of both are all that time allows.
ENOUGH, MOST_ALERTS = 10_000, 1_000_000
# With fewer simulated alerts than this the share would be known worse than to about 1 part in 10.
FEWEST_ALERTS = 100

Progress = Callable[[int], None] | None


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


def share_recorded(
    scenario: Scenario, campaigns: int | None = None, engine: EngineName = "auto", progress: Progress = None
) -> ShareRecorded:
    """Simulate up to so many *campaigns* at the median inputs and divide recorded alerts by those expected before depletion.

    No more are simulated than it takes: alerts that come by the thousand, as in a record misread, would take hours. The share
    rests on the scenario's visits, persistence, arrests and memory, none of which a record gives.
    """
    cell, number = cell_of(scenario), 0
    sums = {"true": 0.0, "false": 0.0}
    for block in campaigns_of(scenario, SEED, engine=engine_named(engine)).blocks(
        campaigns or CAMPAIGNS, ignorance=False
    ):
        found = measure(scenario, block)
        number += block.number
        if progress:
            progress(block.number)
        sums["true"] += float(np.sum(found["confirmed_true"]) + np.sum(found["unconfirmed_true"]))
        sums["false"] += float(np.sum(found["recorded_false"]))
        if min(sums.values()) >= ENOUGH or sum(sums.values()) >= MOST_ALERTS:
            break
    forms = expected(scenario, median_inputs(scenario, 1), cell.threshold, cell.size)

    def share(name: str, alerts: Array) -> float:
        return sums[name] / (number * float(alerts[0])) if sums[name] >= FEWEST_ALERTS else 1.0

    return ShareRecorded(true=share("true", forms.true_alerts), false=share("false", forms.false_alerts))
