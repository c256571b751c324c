"""Result files: written whole under another name and renamed into place, the same bytes for the same seed."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulator.experiment.log import PASSES, WORDS, AlertLog
from simulator.experiment.replications import Cell
from simulator.scenario.models import Scenario
from simulator.street.candidates import Envelope

ALERTS_SCHEMA = "lfrsim-alerts/1"
REPLICATIONS_SCHEMA = "lfrsim-replications/1"
PROVENANCE_SCHEMA = "lfrsim-provenance/1"


RESULTS = (
    "alerts",
    "replications",
    "summary",
    "scenario",
    "provenance",
    "funnel",
    "icons",
    "distribution",
    "timeline",
    "figures",
)
SUFFIXES = (".parquet", ".csv", ".json", ".svg", ".png")


class OutputError(Exception):
    """An output folder or file that cannot be written."""


def cannot_write(folder: Path, error: OSError) -> OutputError:
    """What to raise for an *error* of the file system."""
    return OutputError(f"-o {folder}: cannot be written ({error.strerror}); choose another folder")


def scenario_hash(scenario: Scenario) -> str:
    """Sixteen hex digits that change when, and only when, a value of the scenario changes."""
    data = scenario.model_dump(mode="json")
    table, joint = scenario.recogniser.read_table, scenario.joint_draws
    data["_table"] = None if table is None else table.model_dump(mode="json")
    data["_joint"] = None if joint is None else {key: list(column) for key, column in joint.columns.items()}
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]


class OutputFolder:
    """A folder that appears only when everything in it is complete.

    Files go to a hidden folder beside it; *finish* renames them into place one by one, and an exception leaves the
    folder as it was.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work = folder.parent / f".{folder.name}.{os.getpid()}"
        try:
            if folder.exists() and not folder.is_dir():
                raise OutputError(f"-o {folder}: must be a folder, but it is a file; choose another name")
            foreign = not (folder / "provenance.json").exists() or (folder / "manifest.json").exists()
            if folder.exists() and any(folder.iterdir()) and foreign:
                raise OutputError(f"-o {folder}: holds files that are not of a run of lfrsim; choose another folder")
            if folder.exists() and not os.access(folder, os.W_OK):
                raise PermissionError(13, "Permission denied")
            folder.parent.mkdir(parents=True, exist_ok=True)
            self.work.mkdir()
        except OSError as error:
            raise cannot_write(folder, error) from None
        self._writers: dict[str, Any] = {}
        import pyarrow as pa

        # pyarrow's own pools keep what they once had; the system's gives it back, which keeps memory flat
        pa.set_memory_pool(pa.system_memory_pool())

    def __enter__(self) -> OutputFolder:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        for writer in self._writers.values():
            writer.close()
        if kind is None:
            self._finish()
        else:
            self._discard()

    def sink(self, scenario: Scenario, seed: int, cell: Cell, envelope: Envelope) -> Callable[[str, AlertLog], None]:
        """Return what a study calls with the name of the pass and the log of each block."""
        origin = about(scenario, seed, cell, envelope) | {"schema": ALERTS_SCHEMA}
        return lambda inputs, log: self.append_alerts(scenario, origin, inputs, log)

    def append_alerts(self, scenario: Scenario, origin: dict[str, str], inputs: str, log: AlertLog) -> None:
        """Add the *log* of one block to ``alerts.parquet``; *inputs* says which pass it is of."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = alert_table(scenario, log, inputs)
        if "alerts" not in self._writers:
            schema = table.schema.with_metadata(origin)
            self._writers["alerts"] = pq.ParquetWriter(self.work / "alerts.parquet", schema, compression="zstd")
        self._writers["alerts"].write_table(pa.Table.from_arrays(table.columns, names=table.column_names))

    def write_json(self, name: str, data: dict[str, Any]) -> None:
        """Write *data* as indented JSON, keys in their order."""
        (self.work / name).write_text(json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n", "utf-8")

    def write_table(self, name: str, table: Any, about: dict[str, str]) -> None:
        """Write a pyarrow *table* as Parquet with *about* in its metadata."""
        import pyarrow.parquet as pq

        pq.write_table(table.replace_schema_metadata(about), self.work / name, compression="zstd")

    def csv_copies(self) -> None:
        """Write a CSV file beside every Parquet file."""
        import pyarrow.csv as pc
        import pyarrow.parquet as pq

        for writer in self._writers.values():
            writer.close()
        for path in sorted(self.work.glob("*.parquet")):
            # batch by batch, so that memory does not grow with the number of alerts
            with (
                pq.ParquetFile(path, memory_map=False, pre_buffer=False) as parquet,
                pc.CSVWriter(path.with_suffix(".csv"), parquet.schema_arrow) as csv,
            ):
                for batch in parquet.iter_batches(batch_size=4096, use_threads=False):
                    csv.write_batch(batch)

    def _finish(self) -> None:
        try:
            self.folder.mkdir(exist_ok=True)
            # what an earlier run left here and this one does not write would pass for a result of this one
            for stale in (self.folder / f"{name}{suffix}" for name in RESULTS for suffix in SUFFIXES):
                stale.unlink(missing_ok=True)
            for path in sorted(self.work.iterdir()):
                path.replace(self.folder / path.name)
            self.work.rmdir()
        except OSError as error:
            self._discard()
            raise cannot_write(self.folder, error) from None

    def _discard(self) -> None:
        import shutil

        shutil.rmtree(self.work, ignore_errors=True)


def alert_table(scenario: Scenario, log: AlertLog, inputs: str) -> Any:
    """The alert *log* as a pyarrow table with words for codes and dates for deployments."""
    import numpy as np
    import pyarrow as pa

    # codes and words are given apart, so that a block without alerts has the same column types as any other
    which = np.full(len(log), PASSES.index(inputs), dtype=np.int32)
    columns: dict[str, Any] = {"inputs": pa.DictionaryArray.from_arrays(which, pa.array(PASSES))}
    dates = [day.date.isoformat() for day in scenario.campaign.days]
    groups = [group.name for group in scenario.street.groups] or ["everybody"]
    words = {**WORDS, "group": tuple(groups), "entry_group": tuple(groups)}
    for name in log.__dataclass_fields__:
        values = getattr(log, name)
        if name in words:
            columns[name] = pa.DictionaryArray.from_arrays(values.astype(np.int32), pa.array(words[name]))
        elif name == "finding":
            columns[name] = _findings(values)
        elif values.dtype == np.int64:
            columns[name] = pa.array(values.astype(np.int32))
        elif name == "accepted":
            # the plan holds a verdict for every alert; without a review nobody gave one
            columns[name] = pa.array(values, mask=np.isnan(log.review_end_s))
        elif values.dtype == bool:
            columns[name] = pa.array(values)
        else:
            columns[name] = pa.array(values, from_pandas=True)  # NaN becomes null: nothing happened
        if name == "deployment":
            columns["date"] = pa.DictionaryArray.from_arrays(values.astype(np.int32), pa.array(dates))
    return pa.table(columns)


def _findings(values: Any) -> Any:
    import numpy as np
    import pyarrow as pa

    from simulator.response.outcomes import FINDINGS

    return pa.DictionaryArray.from_arrays(pa.array(values.astype(np.int32), mask=values < 0), pa.array(FINDINGS))


def provenance(
    scenario: Scenario, seed: int, replications: int, seconds: float, version: str, engine: str = "auto"
) -> dict[str, Any]:
    """Who made the results with what and when: kept out of every byte comparison."""
    import datetime as dt
    import platform

    libraries = ("numpy", "numba", "scipy", "simpy", "pandas", "pyarrow", "matplotlib", "pydantic")
    return {
        "schema": PROVENANCE_SCHEMA,
        "software": {"name": "lfrsim", "version": version},
        "scenario": {"name": scenario.name, "hash": scenario_hash(scenario)},
        "parameters": {"seed": seed, "replications": replications, "engine": engine, "workers": 1},
        "command_line": ["lfrsim", *sys.argv[1:]],
        "finished": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 2),
        "environment": {
            "python": platform.python_version(),
            "machine": f"{platform.system()} {platform.machine()}",
            "libraries": {name: _version(name) for name in libraries},
        },
    }


def about(scenario: Scenario, seed: int, cell: Cell, envelope: Envelope) -> dict[str, str]:
    """What a table of a run carries of its origin; cell and envelope as they are written for --at and --envelope."""
    return {
        "schema": REPLICATIONS_SCHEMA,
        "scenario_hash": scenario_hash(scenario),
        "seed": str(seed),
        "cell": f"{cell.threshold:.15g},{cell.size:.15g}",
        "envelope": f"{envelope.threshold:.15g},{envelope.size:.15g}",
    }


def _version(name: str) -> str | None:
    """The version of an installed library, None where it is missing."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return None
