"""Who made the files of an output folder, with what and when: one file of it, kept out of every byte comparison."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.experiment.program import program_version
from simulator.experiment.store import scenario_hash
from simulator.scenario.models import Scenario

PROVENANCE, SCHEMA = "provenance.json", "lfrsim-provenance/1"
LIBRARIES = ("numpy", "numba", "scipy", "simpy", "pandas", "pyarrow", "matplotlib", "pydantic")


@dataclass(frozen=True)
class MadeFrom:
    """What files are made of: a *scenario* (several by name; None where there is none), and *parameters* by name."""

    scenario: Scenario | Mapping[str, Scenario] | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)


def provenance(made: MadeFrom, seconds: float) -> dict[str, Any]:
    """What is kept of *made*, of the command that runs now, and of the machine; it took so many *seconds*."""
    import datetime as dt
    import platform

    return {
        "schema": SCHEMA,
        "software": {"name": "lfrsim", "version": program_version()},
        "scenario": _which(made.scenario),
        "parameters": dict(made.parameters),
        "command_line": ["lfrsim", *sys.argv[1:]],
        "finished": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 2),
        "environment": {
            "python": platform.python_version(),
            "machine": f"{platform.system()} {platform.machine()}",
            "libraries": {name: _version(name) for name in LIBRARIES},
        },
    }


def _which(scenario: Scenario | Mapping[str, Scenario] | None) -> Any:
    if isinstance(scenario, Mapping):
        return {key: _which(one) for key, one in scenario.items()}
    return None if scenario is None else {"name": scenario.name, "hash": scenario_hash(scenario)}


def _version(name: str) -> str | None:
    """The version of an installed library, None where it is missing."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return None


__all__ = ["PROVENANCE", "MadeFrom", "provenance"]
