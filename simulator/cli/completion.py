"""What a shell may complete: scenarios, claim files, and the keys of ``--set``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path


def scenario_names(incomplete: str) -> list[str]:
    """Shipped scenarios, and scenario files that begin so."""
    from simulator.scenario.loader import shipped_scenarios

    return [*_of(shipped_scenarios(), incomplete), *_files(incomplete, ".yaml", ".yml")]


def claim_names(incomplete: str) -> list[str]:
    """Shipped claim files, and others that begin so."""
    from simulator.claim import shipped_claims

    return [*_of(shipped_claims(), incomplete), *_files(incomplete, ".yaml", ".yml")]


def keys_to_set(incomplete: str) -> list[str]:
    """Dotted keys of a scenario, each with its equals sign."""
    from simulator.scenario.explain import all_keys

    return _of([f"{key}=" for key in all_keys()], incomplete)


def _of(names: Iterable[str], incomplete: str) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]


def _files(incomplete: str, *endings: str) -> Iterator[str]:
    folder, _, start = incomplete.rpartition("/")
    try:
        entries = sorted(Path(folder or ("/" if incomplete.startswith("/") else ".")).iterdir())
    except OSError:
        return
    before = f"{folder}/" if "/" in incomplete else ""
    for entry in entries:
        if entry.name.startswith(start) and entry.suffix in endings:
            yield before + entry.name


__all__ = ["claim_names", "keys_to_set", "scenario_names"]
