"""One scenario run twice: with its median inputs (chance) and with inputs drawn for every campaign (and ignorance)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulator.evidence.measures import NAMES, measure
from simulator.evidence.theory import closed_forms
from simulator.experiment.log import PASSES, AlertLog, alert_log
from simulator.experiment.replications import Block, Cell, blocks, cell_of
from simulator.response.outcomes import DISMISSED, KNOWN, OUTCOMES
from simulator.scenario.inputs import median_inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.mask import TRUTHS

CHANCE, IGNORANCE = PASSES
# What is shown one case at a time comes from this many first blocks of the chance pass.
KEPT_BLOCKS = 1
ENDS = (*OUTCOMES[:-1], "dismissed_known")
RECOGNISED = len(ENDS) - 1

Progress = Callable[[int], None]
Sink = Callable[[str, AlertLog], None]


@dataclass(frozen=True)
class Study:
    """Results of a run: each measure per replication in both passes, closed forms, totals and a few whole logs.

    *passes[name][measure]* has shape (replications,); *expected* holds closed forms at the median inputs and
    *expected_drawn* those at the inputs of each campaign, shape (replications,); *by_group[name][measure]* has shape
    (replications, groups); *truth_by_outcome[name]* counts alerts over all replications, shape (truths, ENDS): people
    recognised from an earlier stop (dismissed, known) have a column of their own.
    """

    scenario: Scenario
    cell: Cell
    seed: int
    replications: int
    passes: dict[str, dict[str, Array]]
    by_group: dict[str, dict[str, Array]]
    truth_by_outcome: dict[str, Array]
    expected: dict[str, float]
    expected_drawn: dict[str, Array]
    first_log: AlertLog


def run_study(
    scenario: Scenario,
    replications: int = 1000,
    seed: int = 1,
    progress: Progress | None = None,
    sink: Sink | None = None,
) -> Study:
    """Run *replications* campaigns in both passes; *progress* is told of every campaign, *sink* of every log."""
    if replications < 1:
        raise ValueError(f"replications must be at least 1 (got {replications})")
    passes: dict[str, dict[str, Array]] = {}
    groups: dict[str, dict[str, Array]] = {}
    tables: dict[str, Array] = {}
    drawn: dict[str, list[Array]] = {}
    first_log: list[AlertLog] = []
    for name in (CHANCE, IGNORANCE):
        parts: list[dict[str, Array]] = []
        by_group: list[dict[str, Array]] = []
        tables[name] = np.zeros((len(TRUTHS), len(ENDS)))
        for block in blocks(scenario, seed, replications, ignorance=name == IGNORANCE):
            log, voids = alert_log(scenario, block)
            parts.append(measure(scenario, block, log, voids))
            by_group.append(_by_group(scenario, block, log))
            recognised = (log.outcome == DISMISSED) & (log.reason == KNOWN)
            np.add.at(tables[name], (log.truth, np.where(recognised, RECOGNISED, log.outcome)), 1)
            if name == CHANCE and len(first_log) < KEPT_BLOCKS:
                first_log.append(log)
            if name == IGNORANCE:
                for key, values in closed_forms(scenario, block.inputs, block.cell.threshold, block.cell.size).items():
                    drawn.setdefault(key, []).append(values[: block.number])
            if sink:
                sink(name, log)
            if progress:
                progress(block.number)
        passes[name] = {key: np.concatenate([part[key] for part in parts]) for key in NAMES}
        groups[name] = {key: np.concatenate([part[key] for part in by_group]) for key in by_group[0]}
    cell = cell_of(scenario)
    expected = closed_forms(scenario, median_inputs(scenario, 1), cell.threshold, cell.size)
    return Study(
        scenario,
        cell,
        seed,
        replications,
        passes,
        groups,
        tables,
        {key: float(values[0]) for key, values in expected.items()},
        {key: np.concatenate(values) for key, values in drawn.items()},
        AlertLog.join(first_log),
    )


def _by_group(scenario: Scenario, block: Block, log: AlertLog) -> dict[str, Array]:
    """Alerts, false alerts and wrongful stops by group of the person alerted on: (block.number, groups)."""
    n_groups = max(len(scenario.street.groups), 1)
    wrong = log.is_false & log.stopped & ~log.bystander
    counts = {}
    for name, mask in (
        ("alerts", np.ones(len(log), dtype=bool)),
        ("false_alerts", log.is_false),
        ("wrongful_stops", wrong),
    ):
        key = (log.replication[mask] - block.first) * n_groups + log.group[mask]
        counts[name] = np.bincount(key, minlength=block.number * n_groups).reshape(block.number, n_groups).astype(float)
    return counts
