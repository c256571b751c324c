"""What a sweep leaves in its folder, besides manifest and parts: the surface, its figures, where it comes from."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from simulator import __version__
from simulator.evidence.sweep.sweeping import Crew
from simulator.experiment.axes import Value
from simulator.experiment.csv_files import frame_as_csv
from simulator.experiment.files import write_whole
from simulator.experiment.store import provenance
from simulator.experiment.sweep import Sweep
from simulator.scenario.inputs import quantities

if TYPE_CHECKING:
    import pandas as pd

SURFACE_SCHEMA = "lfrsim-surface/1"


def write_surface(folder: Path, sweep: Sweep, surface: pd.DataFrame, crew: Crew, seconds: float) -> None:
    """Write surface.parquet, surface.csv, scenario.json, figures and provenance.json, each whole or not at all."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from simulator.experiment.store import scenario_hash
    from simulator.report.figures import About, draw_surface

    about = {"schema": SURFACE_SCHEMA, "scenario_hash": scenario_hash(sweep.scenario), "seed": str(sweep.seed)}
    table = pa.Table.from_pandas(surface, preserve_index=False).replace_schema_metadata(about)
    page = io.BytesIO()
    pq.write_table(table, page, compression="zstd")
    write_whole(folder / "surface.parquet", page.getvalue())
    write_whole(folder / "surface.csv", frame_as_csv(surface).encode())
    scenario = json.dumps(sweep.scenario.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
    write_whole(folder / "scenario.json", scenario.encode())
    with tempfile.TemporaryDirectory() as work:
        shared = About.of(sweep.scenario, sweep.replications, sweep.seed, **_own(sweep))
        for path in draw_surface(surface, shared, Path(work), sweep.scenario):
            write_whole(folder / path.name, path.read_bytes())
    made = provenance(sweep.scenario, sweep.seed, sweep.replications, seconds, __version__)
    made["parameters"] |= {"engine": crew.engine, "workers": crew.workers, "scheduler": crew.scheduler}
    write_whole(folder / "provenance.json", (json.dumps(made, indent=2, ensure_ascii=False) + "\n").encode())


def _own(sweep: Sweep) -> dict[str, Value]:
    """The scenario's own values of the keys that are swept besides threshold and list size."""
    known: dict[str, Value] = {key: item.value for key, item in quantities(sweep.scenario)}
    known["recogniser.preset"] = sweep.scenario.recogniser.preset or ""
    return {key: known[key] for key in sweep.points[0].setting if key in known}
