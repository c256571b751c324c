"""What a sweep found: the answer of ``lfrsim sweep``, and what its folder keeps of it (docs/reference/outputs.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from pydantic import Field, PlainSerializer, PlainValidator

from simulator.evidence.about.header import Header
from simulator.evidence.about.support import Support, support_of
from simulator.evidence.counted.depletion import NEEDED, Depletion, depletion_of, visits_per_person
from simulator.evidence.kept import LEFT_OUT, Found, adapter, read
from simulator.evidence.sweep.manifest import Manifest
from simulator.experiment.axes import Value
from simulator.experiment.files import OutputError
from simulator.experiment.parts import read_manifest
from simulator.experiment.sweep import Sweep
from simulator.scenario.inputs import quantities
from simulator.scenario.presets import PRESETS
from simulator.scenario.year import NOT_KNOWN, year_of

# What the folder of a sweep holds besides the manifest, so that page and figures can be made of it again.
SURFACE_FILE, ABOUT_FILE = "surface.parquet", "about.json"


@dataclass(frozen=True, kw_only=True, repr=False)
class SweepAbout(Found):
    """What must be said with the cells of a sweep, whatever is shown of them.

    *own* are the scenario's values of what was swept besides threshold and list size, *presets* those behind the cells,
    *measures* what was asked for; *year_not_known* says what to add where no year is stated.
    """

    schema: Literal["lfrsim-sweep-about/1"] = "lfrsim-sweep-about/1"
    scenario: Header
    own: Mapping[str, Value]
    presets: tuple[str, ...]
    support: Support
    depletion: Depletion | None
    measures: tuple[str, ...]
    year_not_known: str | None

    def support_of(self, name: str) -> Support:
        """Where the error rates of the preset *name* have data; those of the scenario where that is no preset."""
        return support_of(name) if name in PRESETS else self.support

    @classmethod
    def of(cls, sweep: Sweep, cells: pd.DataFrame, measures: tuple[str, ...]) -> SweepAbout:
        """What must be said of the cells of *sweep*."""
        scenario = sweep.scenario
        known: dict[str, Value] = {key: item.value for key, item in quantities(scenario)}
        known["recogniser.preset"] = scenario.recogniser.preset or ""
        presets = (point.scenario.recogniser.preset for point in sweep.points)
        return cls(
            scenario=Header.of(scenario),
            own={key: known[key] for key in sweep.points[0].setting if key in known},
            presets=tuple(dict.fromkeys(preset for preset in presets if preset)),
            support=Support.of(scenario),
            depletion=depletion_of(
                max((point.scenario for point in sweep.points), key=visits_per_person),
                {name: cells[name].to_numpy() for name in NEEDED},
            ),
            measures=measures,
            year_not_known=NOT_KNOWN if year_of(scenario) is None else None,
        )


def _rows(cells: pd.DataFrame) -> Any:
    """One object for each cell, numbers with fifteen decimals; what one campaign cannot say (NaN) is null."""
    if np.isinf(cells.select_dtypes("number").to_numpy()).any():
        raise ValueError("Out of range float values are not JSON compliant: a cell of the surface is infinite")
    return json.loads(cells.to_json(orient="records", double_precision=15))


def _frame(rows: Any) -> pd.DataFrame:
    made = pd.DataFrame(rows)
    # a measure that no cell has is null everywhere; keys have a dot, and may be words
    return made.astype({name: float for name in made if "." not in str(name)})


@dataclass(frozen=True, kw_only=True, repr=False, eq=False)
class SweepFound(Found):
    """A swept surface: what was swept (*sweep*), and one row for each of its *cells* (columns: ``surface_of``).

    *about* is None where only cells were kept, as ``--json`` prints them. Equal are two that are kept alike.
    """

    schema: Annotated[Literal["lfrsim-sweep/1"], Field(exclude=True)] = "lfrsim-sweep/1"
    sweep: Manifest
    cells: Annotated[pd.DataFrame, PlainValidator(_frame), PlainSerializer(_rows)]
    about: Annotated[SweepAbout | None, Field(**LEFT_OUT)] = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SweepFound) and self.to_data() == other.to_data()

    def to_frame(self) -> pd.DataFrame:
        """One row for each cell: its keys, and each measure with its intervals."""
        return self.cells

    def largest_error(self, measure: str) -> float | None:
        """The largest Monte Carlo error of an average (half of its 95 % interval, relative to it); None without events."""
        some = self.cells[self.cells[measure] > 0]
        if some.empty or some[f"{measure}_high"].isna().any():
            return None
        return float(((some[f"{measure}_high"] - some[measure]) / some[measure]).max())


def found_in(folder: Path) -> SweepFound:
    """What the finished sweep in *folder* found; raises OutputError where it is none."""
    manifest = adapter(Manifest).validate_python(read_manifest(folder))
    for name in (SURFACE_FILE, ABOUT_FILE):
        if not (folder / name).exists():
            raise OutputError(f"{folder}: has no {name}; go on with the sweep by --resume")
    about = read(folder / ABOUT_FILE)
    if not isinstance(about, SweepAbout):
        raise OutputError(f"{folder}: its {ABOUT_FILE} is not of a sweep; make it again by --resume")
    return SweepFound(sweep=manifest, cells=pd.read_parquet(folder / SURFACE_FILE), about=about)


__all__ = ["ABOUT_FILE", "SURFACE_FILE", "SweepAbout", "SweepFound", "found_in"]
