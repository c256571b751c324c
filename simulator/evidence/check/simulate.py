"""The scenario as a forecaster: each recorded deployment simulated many times with its hours, threshold and list.

Every row is a campaign of its own, because rows lie weeks and boroughs apart; only the unknown inputs are shared, so
that the total over rows is as uncertain as the inputs leave it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np

from simulator.evidence.check.planned import MEASURES, Planned, date_of
from simulator.evidence.check.predictive import Forecast, from_draws
from simulator.evidence.counted.measures import measure
from simulator.experiment.campaigns import Campaigns
from simulator.experiment.replications import block_inputs, block_size, cell_of, check_draws, envelope_of
from simulator.experiment.seeds import BLOCK
from simulator.response.resolve import Engine
from simulator.scenario.campaign import SHORTEST_HOURS, Campaign, Deployment
from simulator.scenario.cells import with_size
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.inputs import Inputs
from simulator.scenario.laws import SMALLEST
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Threshold
from simulator.scenario.year import with_campaign
from simulator.street.footfall import listed_given

LARGEST_FOOTFALL = 1e9


def simulate(
    scenario: Scenario,
    planned: Planned,
    replications: int,
    seed: int,
    engine: Engine,
    label: str = "",
    progress: Callable[[int], None] | None = None,
) -> dict[str, Forecast]:
    """Forecast every measure of the *planned* deployments from so many *replications*, inputs drawn from their intervals.

    A row without a threshold or list size takes the scenario's own. Raises ScenarioError, naming the row of *label*,
    where the scenario cannot be run with what a row says.
    """
    single = [_single(scenario, planned, row, label) for row in range(len(planned))]
    # the same for all rows, so that the n-th replication has the same inputs in each
    batch = min((block_size(item, envelope_of(item)) for item in single), default=BLOCK)
    draws = {name: np.zeros((replications, len(planned))) for name in MEASURES}
    for row, (item, own_seed) in enumerate(zip(single, _seeds(planned, seed), strict=True)):
        envelope = envelope_of(item)
        campaigns = Campaigns(item, own_seed, envelope, (cell_of(item),), engine, batch, crowding_out=False)
        for index in range(-(-replications // batch)):
            inputs = block_inputs(item, seed, index, True, batch)
            if planned.faces is not None and planned.faces[row] > 0:
                inputs = _told(inputs, min(planned.faces[row] / float(planned.hours[row]), LARGEST_FOOTFALL))
            check_draws(item, [inputs], envelope)
            for block in campaigns.block(index, inputs, min(batch, replications - index * batch)):
                counted = measure(item, block)
                for name, ledger in MEASURES.items():
                    draws[name][block.first : block.first + block.number, row] = counted[ledger]
        if progress:
            progress(1)
    return {name: from_draws(values) for name, values in draws.items()}


def _single(scenario: Scenario, planned: Planned, row: int, label: str) -> Scenario:
    """The scenario for one recorded deployment: its date and hours, its threshold and list size where it has them."""
    hours, size, threshold = (float(values[row]) for values in (planned.hours, planned.list_size, planned.threshold))
    place = f"{label}:{planned.row[row]}" if label else f"row {planned.row[row]}"
    if not SHORTEST_HOURS <= hours <= 24:
        raise ScenarioError(
            Problem(place, "hours", f"must be from {SHORTEST_HOURS} to 24 for one deployment (got {hours:g})")
        )
    start = scenario.campaign.days[0].start
    deployment = Deployment(date=date_of(planned.day[row]), start=start, hours=hours)
    recogniser, watchlist = scenario.recogniser, scenario.watchlist
    if not np.isnan(threshold):
        table = recogniser.read_table
        if table is not None and not table.thresholds[0] <= threshold <= table.thresholds[-1]:
            rule = (
                f"{threshold:g} lies outside the scenario's table ({table.thresholds[0]:g} to {table.thresholds[-1]:g}), "
                f"which is not extrapolated; check another scenario, or leave the row out"
            )
            raise ScenarioError(Problem(place, "threshold", rule))
        recogniser = recogniser.model_copy(update={"threshold": Threshold(value=threshold)})
    if not np.isnan(size):
        watchlist = with_size(watchlist, size)
    single = with_campaign(scenario, Campaign(deployments=(deployment,)))
    return single.model_copy(update={"recogniser": recogniser, "watchlist": watchlist})


def _told(inputs: Inputs, faces_per_hour: float) -> Inputs:
    """*inputs* of a day whose footfall is told: nothing of it is left to draw, and listed people follow it as they do."""
    values = dict(inputs.values)
    told = faces_per_hour / inputs["street.faces_per_passage"]
    level = told / inputs["street.passages_per_hour"]
    followed, own = listed_given(level[:, None], inputs)
    if "street.day_dispersion_k" not in inputs.values:
        # days are said to be alike, and this one is not
        followed = level[:, None] ** inputs["watchlist.footfall_elasticity"][:, None]
    values["street.passages_per_hour"] = told
    values.pop("street.day_dispersion_k", None)
    for rate in ("watchlist.listed_per_1000_passages", "watchlist.true_alerts_per_1000_passages"):
        if rate in values:
            # per passage, of which there are so many more
            values[rate] = values[rate] * followed[:, 0] / level
    if "street.visits_per_person" in values:
        # the same people on a busier day
        values["street.visits_per_person"] = values["street.visits_per_person"] * level
    values["watchlist.day_dispersion_k"] = 1 / np.maximum(own, SMALLEST)
    return Inputs(inputs.replications, values)


def _seeds(planned: Planned, seed: int) -> list[int]:
    """A seed for each row from what is planned for it, so that other rows and their order change nothing."""
    columns = (planned.day, planned.place, planned.hours, planned.list_size, planned.threshold)
    said = [repr((seed, *map(str, values))) for values in zip(*columns, strict=True)]
    # of rows that are planned alike, each has its own
    again = [said[:row].count(words) for row, words in enumerate(said)]
    keys = [f"{words} {times}" for words, times in zip(said, again, strict=True)]
    return [int.from_bytes(hashlib.sha256(key.encode()).digest()[:7], "little") for key in keys]
