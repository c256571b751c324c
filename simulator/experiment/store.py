"""What result files hold of a run: the alerts as a table, the scenario, and which one it was."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.log import PASSES, AlertLog
from simulator.experiment.replications import Cell
from simulator.response.columns import kinds
from simulator.scenario.alternatives import Alternative
from simulator.scenario.applied import with_settings
from simulator.scenario.errors import ScenarioError
from simulator.scenario.models import Scenario
from simulator.street.candidates import Envelope

ALERTS_SCHEMA = "lfrsim-alerts/1"
REPLICATIONS_SCHEMA = "lfrsim-replications/1"


def scenario_data(scenario: Scenario) -> dict[str, Any]:
    """Every value of *scenario*, the rows of its table of deployments among them."""
    data = scenario.model_dump(mode="json")
    if scenario.campaign.table is not None:
        rows = [day.model_dump(mode="json") for day in scenario.campaign.read_table]
        data["campaign"] |= {"table": None, "deployments": rows}
    return data


def scenario_file(scenario: Scenario) -> dict[str, Any]:
    """*scenario* as a file that the program reads: what its preset fills in is left to the preset, which may then be another.

    Alternatives that overrides have made void, such as the preset that it has by now, are left out: no file may have them.
    """
    data, left_out = scenario_data(scenario), scenario.recogniser.left_to_preset
    data["recogniser"] = {key: value for key, value in data["recogniser"].items() if key not in left_out}
    each = zip(scenario.alternatives, data["alternatives"], strict=True)
    return data | {"alternatives": [kept for alternative, kept in each if _applies(scenario, alternative)]}


def _applies(scenario: Scenario, alternative: Alternative) -> bool:
    try:
        with_settings(scenario, alternative.settings)
    except ScenarioError:
        return False
    return True


def scenario_hash(scenario: Scenario) -> str:
    """Sixteen hex digits that change when, and only when, a value of the scenario changes."""
    data = scenario_data(scenario)
    table, joint = scenario.recogniser.read_table, scenario.joint_draws
    data["_table"] = None if table is None else table.model_dump(mode="json")
    data["_joint"] = None if joint is None else {key: list(column) for key, column in joint.columns.items()}
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]


def alert_table(scenario: Scenario, log: AlertLog, inputs: str) -> Any:
    """The alert *log* as a pyarrow table with words for codes and dates for deployments."""
    import pyarrow as pa

    # codes and words are given apart, so that a block without alerts has the same column types as any other
    which = np.full(len(log), PASSES.index(inputs), dtype=np.int32)
    columns: dict[str, Any] = {"inputs": pa.DictionaryArray.from_arrays(which, pa.array(PASSES))}
    days = scenario.campaign.days
    groups = [group.name for group in scenario.street.groups] or ["everybody"]
    for name, kind in kinds(AlertLog).items():
        values = getattr(log, name)
        words = groups if name in ("group", "entry_group") else kind.words
        if words:
            codes = pa.array(values.astype(np.int32), mask=values < 0)
            columns[name] = pa.DictionaryArray.from_arrays(codes, pa.array(words))
        elif name == "accepted":
            # the plan holds a verdict for every alert; without a review nobody gave one
            columns[name] = pa.array(values, mask=np.isnan(log.review_end_s))
        elif kind.dtype is np.int64:
            columns[name] = pa.array(values.astype(np.int32))
        else:
            columns[name] = pa.array(values, from_pandas=True)  # NaN becomes null: nothing happened
        if name == "deployment":
            columns["date"] = _by_deployment(values, [day.date.isoformat() for day in days])
            if len(scenario.campaign.places) > 1:
                columns["place"] = _by_deployment(values, [str(day.place) for day in days])
    return pa.table(columns)


def log_of(table: Any) -> AlertLog:
    """The alert log in a *table* that *alert_table* made: columns that are not there are NaN, groups are all 0.

    What nobody decided is False, what did not happen NaN. Raises KeyError for words that are not ours.
    """
    import pyarrow.compute as pc

    columns: dict[str, Any] = {}
    for name, kind in kinds(AlertLog).items():
        if name in ("group", "entry_group"):
            columns[name] = np.zeros(len(table), dtype=np.int64)
        elif name not in table.column_names:
            columns[name] = np.full(len(table), np.nan)
        elif kind.words:
            code = {word: number for number, word in enumerate(kind.words)} | {None: -1}
            columns[name] = np.array([code[word] for word in table[name].to_pylist()], dtype=np.int64)
        elif kind.dtype is bool:
            columns[name] = pc.fill_null(table[name], False).to_numpy().astype(bool)
        else:
            columns[name] = table[name].to_numpy().astype(kind.dtype)
    return AlertLog(**columns)


def _by_deployment(deployment: NDArray[np.int64], words: list[str]) -> Any:
    """The word of each *deployment* as a pyarrow dictionary, in which several deployments may share one."""
    import pyarrow as pa

    number = {word: i for i, word in enumerate(dict.fromkeys(words))}
    codes = np.array([number[word] for word in words], dtype=np.int32)
    return pa.DictionaryArray.from_arrays(codes[deployment], pa.array(list(number)))


def about(scenario: Scenario, seed: int, cell: Cell, envelope: Envelope) -> dict[str, str]:
    """What a table of a run carries of its origin; cell and envelope as they are written for --at and --envelope."""
    return {
        "schema": REPLICATIONS_SCHEMA,
        "scenario_hash": scenario_hash(scenario),
        "seed": str(seed),
        "cell": f"{cell.threshold:.15g},{cell.size:.15g}",
        "envelope": f"{envelope.threshold:.15g},{envelope.size:.15g}",
    }
