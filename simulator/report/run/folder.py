"""What a run leaves in its output folder, besides the alert log that is written while it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from simulator.evidence.run.found import RunFound
from simulator.evidence.run.pictures import RunPictures
from simulator.evidence.run.study import Study
from simulator.evidence.wider.found import RunWider
from simulator.experiment.csv_files import copy_as_csv
from simulator.experiment.files import json_text
from simulator.experiment.provenance import MadeFrom
from simulator.experiment.store import about, scenario_file


def write_results(
    folder: Path,
    study: Study,
    found: RunFound,
    pictures: RunPictures,
    csv: bool,
    wider: RunWider | None = None,
) -> None:
    """Write summary, scenario, replication table, figures of *pictures*; with *csv* copies of the tables.

    *wider* is kept where a report was asked for, so that one can be made of the folder later.
    """
    import pyarrow.parquet as pq

    from simulator.report.figures import draw_run

    (folder / "summary.json").write_text(found.to_json(), "utf-8")
    (folder / "scenario.json").write_text(json_text(scenario_file(study.scenario)), "utf-8")
    origin = about(study.scenario, study.seed, study.cell, study.envelope)
    table = replication_table(study).replace_schema_metadata(origin)
    pq.write_table(table, folder / "replications.parquet", compression="zstd")
    if csv:
        for parquet in ("alerts.parquet", "replications.parquet"):
            copy_as_csv(folder / parquet)
    (folder / "figures.json").write_text(pictures.to_json(), "utf-8")
    if wider is not None:
        (folder / "report.json").write_text(wider.to_json(), "utf-8")
    draw_run(found, pictures, folder)


def made_from(study: Study, engine: str) -> MadeFrom:
    """What the files of a run are made of, resolved by this *engine*."""
    origin = about(study.scenario, study.seed, study.cell, study.envelope)
    parameters = {"seed": study.seed, "replications": study.replications, "engine": engine, "workers": 1}
    return MadeFrom(study.scenario, parameters | {key: origin[key] for key in ("cell", "envelope")})


def replication_table(study: Study) -> Any:
    """Every measure of every campaign as a pyarrow table, by pass, with counts by group and by place after them.

    Columns: ``inputs`` (chance or ignorance), ``replication``, the measures, and ``measure[group]`` where the scenario
    has groups, ``measure[place]`` where it has more than one place.
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
    for index, place in enumerate(study.scenario.campaign.places if len(study.scenario.campaign.places) > 1 else ()):
        for measure in study.by_place[names[0]]:
            columns[f"{measure}[{place}]"] = np.concatenate([study.by_place[name][measure][:, index] for name in names])
    return pa.table(columns)
