"""The alert log of a run as a Parquet file, written block by block while the run goes on."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from simulator.experiment.log import AlertLog
from simulator.experiment.replications import Cell
from simulator.experiment.store import ALERTS_SCHEMA, about, alert_table
from simulator.scenario.models import Scenario
from simulator.street.candidates import Envelope


class AlertFile:
    """``alerts.parquet`` in *folder*; complete when the context is left. An OSError of the file system is passed on."""

    def __init__(self, folder: Path, scenario: Scenario, seed: int, cell: Cell, envelope: Envelope) -> None:
        import pyarrow as pa

        # pyarrow's own pools keep what they once had; the system's gives it back, which keeps memory flat
        pa.set_memory_pool(pa.system_memory_pool())
        self._path = folder / "alerts.parquet"
        self._scenario = scenario
        self._origin = about(scenario, seed, cell, envelope) | {"schema": ALERTS_SCHEMA}
        self._writer: Any = None

    def append(self, inputs: str, log: AlertLog) -> None:
        """Add the *log* of one block; *inputs* says which pass it is of."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = alert_table(self._scenario, log, inputs)
        if self._writer is None:
            schema = table.schema.with_metadata(self._origin)
            self._writer = pq.ParquetWriter(self._path, schema, compression="zstd")
        self._writer.write_table(pa.Table.from_arrays(table.columns, names=table.column_names))

    def __enter__(self) -> AlertFile:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._writer is None:
            return
        if kind is None:
            self._writer.close()
        else:
            # the file is of no use any more, and what went wrong first is what has to be said
            with suppress(OSError):
                self._writer.close()


__all__ = ["AlertFile"]
