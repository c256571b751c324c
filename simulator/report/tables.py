"""The replication table: one row per simulated campaign and pass."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.evidence.study import Study


def replication_table(study: Study) -> Any:
    """Every measure of every campaign as a pyarrow table, by pass, with counts by group after them.

    Columns: ``inputs`` (chance or ignorance), ``replication``, the measures, and ``measure[group]`` where the scenario
    has groups.
    """
    import pyarrow as pa

    names = list(study.passes)
    columns: dict[str, Any] = {
        "inputs": pa.array(np.repeat(names, study.replications)),
        "replication": pa.array(np.tile(np.arange(study.replications, dtype=np.int32), len(names))),
    }
    for measure in study.passes[names[0]]:
        columns[measure] = np.concatenate([study.passes[name][measure] for name in names])
    for index, group in enumerate(study.scenario.street.groups):
        for measure in study.by_group[names[0]]:
            columns[f"{measure}[{group.name}]"] = np.concatenate(
                [study.by_group[name][measure][:, index] for name in names]
            )
    return pa.table(columns)
