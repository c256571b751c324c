"""How many of each kind were on duty in a campaign of a run, told from its folder."""

from __future__ import annotations

import json

from simulator.evidence.run.day import Steps, on_duty
from simulator.evidence.run.study import CHANCE
from simulator.evidence.run_folder import RunFolder
from simulator.experiment.replications import block_inputs, block_size
from simulator.experiment.store import scenario_hash
from simulator.scenario.inputs import median_inputs
from simulator.scenario.models import Scenario
from simulator.street.candidates import Envelope


def on_duty_in(run: RunFolder, inputs: str, campaign: int, deployment: int) -> dict[str, Steps] | None:
    """Staff by kind as steps, on *deployment* of a *campaign* of the pass *inputs*; None where that cannot be told.

    With inputs drawn anew the numbers of the campaign are drawn once more from the run's seed: the same, as long as the
    folder holds the whole scenario. A table of error rates and joint draws lie beside a scenario's file, not in the folder.
    """
    try:
        scenario = Scenario.model_validate_json(json.dumps(run.scenario))
    except ValueError:
        return None
    if inputs == CHANCE:
        return on_duty(scenario, median_inputs(scenario, 1), 0, deployment)
    if scenario_hash(scenario) != run.origin.get("scenario_hash"):
        return None
    threshold, size = (float(number) for number in run.origin["envelope"].split(","))
    many = block_size(scenario, Envelope(threshold, size))
    block, row = divmod(campaign, many)
    return on_duty(scenario, block_inputs(scenario, int(run.origin["seed"]), block, True, many), row, deployment)


__all__ = ["on_duty_in"]
