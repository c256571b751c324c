"""What ``lfrsim run -o`` left in its folder, read again: the alert log, or the part of it that somebody asks about."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from simulator.experiment.log import PASSES
from simulator.scenario.campaign import Campaign
from simulator.scenario.errors import Problem, ScenarioError

if TYPE_CHECKING:
    import pyarrow as pa

ALERTS, SCENARIO, CAMPAIGNS = "alerts.parquet", "scenario.json", "replications.parquet"
# Another table of ours under the log's name lacks these and is refused.
NEEDED = {"inputs", "stop_s", "truth", "recorded", "leaves_s"}
Read = TypeVar("Read")


@dataclass(frozen=True)
class RunFolder:
    """The *folder* of a run with its *scenario* as data, its *campaign*, and the *origin* that its alert log carries."""

    folder: Path
    scenario: dict[str, Any]
    campaign: Campaign
    origin: dict[str, str]

    @property
    def threshold(self) -> float:
        """The threshold of the run, which may have taken another cell than the scenario's own (--at)."""
        cell = self.origin.get("cell")
        return float(cell.split(",")[0] if cell else self.scenario["recogniser"]["threshold"]["value"])

    @property
    def campaigns(self) -> int:
        """How many campaigns there are in each pass."""
        import pyarrow.parquet as pq

        if not (self.folder / CAMPAIGNS).is_file():
            raise folder_error(self.folder, "RUN", f"is not finished: it has no {CAMPAIGNS}; run it again")
        rows: int = _read(self.folder, lambda: pq.read_metadata(self.folder / CAMPAIGNS).num_rows)
        return rows // len(PASSES)

    def alerts(self, filters: Sequence[tuple[str, str, Any]], columns: Sequence[str] | None = None) -> pa.Table:
        """The alerts that pass the *filters* of pyarrow: only what has to be is read."""
        import pyarrow.parquet as pq

        wanted = None if columns is None else list(columns)
        return _read(self.folder, lambda: pq.read_table(self.folder / ALERTS, filters=list(filters), columns=wanted))


def run_folder(folder: Path) -> RunFolder:
    """The run in *folder*; raises ScenarioError where there is none, or only half of one."""
    if not folder.is_dir():
        raise folder_error(folder, "RUN", "there is no such folder; it must be one written by `lfrsim run -o`")
    for name in (ALERTS, SCENARIO):
        if not (folder / name).is_file():
            raise folder_error(folder, "RUN", f"must be a folder written by `lfrsim run -o`; it has no {name}")
    return _read(folder, lambda: _opened(folder))


def _opened(folder: Path) -> RunFolder:
    import pyarrow.parquet as pq

    schema = pq.read_schema(folder / ALERTS)
    missing = NEEDED - set(schema.names)
    if missing:
        raise KeyError(f"no column {', '.join(sorted(missing))}")
    origin = {key.decode(): value.decode() for key, value in (schema.metadata or {}).items()}
    scenario = json.loads((folder / SCENARIO).read_text("utf-8"))
    run = RunFolder(folder, scenario, Campaign.model_validate_json(json.dumps(scenario["campaign"])), origin)
    _ = run.threshold, str(scenario["title"])
    return run


def _read(folder: Path, reading: Callable[[], Read]) -> Read:
    try:
        return reading()
    except Exception as error:  # a damaged file can fail in any layer of the reader
        rule = f"cannot be read ({type(error).__name__}: {str(error)[:80]}); run it again"
        raise folder_error(folder, "RUN", rule) from None


def folder_error(folder: Path, field: str, rule: str) -> ScenarioError:
    """What is wrong with *folder*, or with what somebody asks of it."""
    return ScenarioError(Problem(str(folder), field, rule))


__all__ = ["RunFolder", "folder_error", "run_folder"]
