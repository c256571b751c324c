"""What a sweep leaves in its folder, besides manifest and parts: the surface, its figures, where it comes from."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from simulator.evidence.sweep.found import ABOUT_FILE, SURFACE_FILE, SweepFound
from simulator.evidence.sweep.sweeping import Crew
from simulator.evidence.sweep.tradeoff import Tradeoff
from simulator.experiment.csv_files import frame_as_csv
from simulator.experiment.files import json_text, write_whole
from simulator.experiment.provenance import PROVENANCE, MadeFrom, provenance
from simulator.experiment.store import scenario_file
from simulator.experiment.sweep import Sweep

SURFACE_SCHEMA, TRADEOFF_FILE = "lfrsim-surface/1", "tradeoff.json"


def write_surface(
    folder: Path, sweep: Sweep, found: SweepFound, tradeoff: Tradeoff, crew: Crew, seconds: float
) -> None:
    """Write surface, what is said with it, figures and their data, scenario and provenance, each whole or not at all."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from simulator.report.figures import About, draw_surface

    origin = {"schema": SURFACE_SCHEMA, "scenario_hash": found.sweep.scenario.hash, "seed": str(sweep.seed)}
    page = io.BytesIO()
    table = pa.Table.from_pandas(found.cells, preserve_index=False).replace_schema_metadata(origin)
    pq.write_table(table, page, compression="zstd")
    write_whole(folder / SURFACE_FILE, page.getvalue())
    asked = {"seed": sweep.seed, "replications": sweep.replications}
    made = MadeFrom(
        sweep.scenario, asked | {"engine": crew.engine, "workers": crew.workers, "scheduler": crew.scheduler}
    )
    texts = {
        "surface.csv": frame_as_csv(found.cells),
        "scenario.json": json_text(scenario_file(sweep.scenario)),
        TRADEOFF_FILE: tradeoff.to_json(),
    }
    if found.about is not None:
        texts[ABOUT_FILE] = found.about.to_json()
    for name, text in texts.items():
        write_whole(folder / name, text.encode())
    with tempfile.TemporaryDirectory() as work:
        for path in draw_surface(found.cells, About.of(found), Path(work), tradeoff):
            write_whole(folder / path.name, path.read_bytes())
    write_whole(folder / PROVENANCE, json_text(provenance(made, seconds)).encode())
