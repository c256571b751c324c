"""lfrsim as it is used: passers-by drawn, masked, planned and resolved by the compiled engine, without its measures.

It does more than the peers: a street with listed people, look-alikes and day levels takes the place of given alerts. In
the common flow people pass once, nobody comes again and nobody walks away, as for the peers; with *full* the scenario is
croydon-static as shipped, at the peers' number of alerts. Only campaigns by the fifty are drawn.
"""

from __future__ import annotations

from functools import cache

from simulator.experiment.replications import block_at, block_inputs, cell_of, draw_block, envelope_of
from simulator.experiment.seeds import BLOCK
from simulator.response.engines import engine_named
from simulator.response.outcomes import VOID
from simulator.scenario import load_scenario
from simulator.scenario.models import Scenario

NAME = "lfrsim, from the street on"
DISTRIBUTION = "lfrsim"
PER_HOUR = 4096.0
# Of the passages that would alert in croydon-static, the share that is by people who are not in custody by then.
NOT_VOID = 0.76
ONCE = [
    "street.camera_ends=1",
    "street.share_passing_both=0",
    "street.return_same_day=0",
    "street.pool_people=null",
    "procedure.reach={median_min: 100000, law: fixed}",
    "procedure.hold_limit_min=100000",
    "procedure.van_limit_min=100000",
]


@cache
def _scenario(alerts_per_hour: float, true_share: float, staff: tuple[tuple[str, int], ...], full: bool) -> Scenario:
    rate = alerts_per_hour * true_share / PER_HOUR * 1000 / (NOT_VOID if full else 1.0)
    numbers = [f"officers.{kind}={number}" for kind, number in staff]
    overrides = [f"watchlist.true_alerts_per_1000_passages={rate}", *numbers, *([] if full else ONCE)]
    return load_scenario("croydon-static", overrides)


def campaigns(
    hours: list[float],
    alerts_per_hour: float,
    true_share: float,
    staff: dict[str, int],
    seed: int,
    number: int,
    full: bool,
) -> int:
    """Alerts handled in so many campaigns, rounded up to whole blocks; *hours* are those of the scenario."""
    scenario = _scenario(alerts_per_hour, true_share, tuple(staff.items()), full)
    engine, handled = engine_named("kernel"), 0.0
    for index in range(-(-number // BLOCK)):
        inputs = block_inputs(scenario, seed, index, ignorance=False)
        drawn = draw_block(scenario, seed, index, inputs, envelope_of(scenario))
        block = block_at(drawn, cell_of(scenario), BLOCK, engine, crowding_out=False)
        handled += float((block.resolved.outcome != VOID).sum())
    return round(handled)
