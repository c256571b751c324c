"""Any finding as JSON, rows and CSV, and back again: the one place that knows how what was found is kept.

A finding is a frozen dataclass whose fields are the keys of its JSON; pydantic reads and writes it by their types. Its first
field, ``schema``, says what it is.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

from simulator.experiment.files import json_text
from simulator.scenario.errors import Problem, ScenarioError, shown

if TYPE_CHECKING:
    import pandas as pd
    from pydantic import TypeAdapter

# Where the finding of each schema is declared: a new question is one line here.
HOMES = {
    "lfrsim-check/1": "simulator.evidence.check.found:CheckFound",
    "lfrsim-choice/1": "simulator.evidence.choose.found:ChooseFound",
    "lfrsim-claim-details/1": "simulator.evidence.claim.details:Details",
    "lfrsim-claims/1": "simulator.evidence.claim.found:ClaimsFound",
    "lfrsim-comparison/1": "simulator.evidence.compare.found:CompareFound",
    "lfrsim-description/1": "simulator.evidence.describe.found:DescribeFound",
    "lfrsim-fit/1": "simulator.evidence.fit.found:FitFound",
    "lfrsim-forecast-score/1": "simulator.evidence.check.dated_scored:ForecastScored",
    "lfrsim-forecast/1": "simulator.evidence.check.dated:DatedForecast",
    "lfrsim-lesson/1": "simulator.evidence.lesson.lesson:Lesson",
    "lfrsim-replay/1": "simulator.evidence.replay.found:ReplayFound",
    "lfrsim-run-figures/1": "simulator.evidence.run.pictures:RunPictures",
    "lfrsim-run-wider/1": "simulator.evidence.wider.found:RunWider",
    "lfrsim-sensitivity/1": "simulator.evidence.sensitivity.found:SensitivityFound",
    "lfrsim-story/1": "simulator.evidence.story.found:StoryFound",
    "lfrsim-summary/1": "simulator.evidence.run.found:RunFound",
    "lfrsim-sweep-about/1": "simulator.evidence.sweep.found:SweepAbout",
    "lfrsim-sweep/1": "simulator.evidence.sweep.found:SweepFound",
    "lfrsim-tradeoff/1": "simulator.evidence.sweep.tradeoff:Tradeoff",
}
_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}
# For a field that is left out of JSON where it is None; others are written as null.
LEFT_OUT = {"exclude_if": lambda value: value is None}


class Found:
    """What all findings can do: be written as JSON, be shown short, and be shown as a page in a notebook.

    Subclasses are frozen dataclasses with ``repr=False`` and keyword-only fields.
    """

    # Set by the floor that shows findings; evidence does not know how they look.
    page_as_html: ClassVar[Callable[[Any], str | None] | None] = None
    schema: str

    def to_data(self) -> dict[str, Any]:
        """The finding in JSON's terms."""
        data: dict[str, Any] = adapter(type(self)).dump_python(self, mode="json", by_alias=True, warnings="error")
        return data

    def to_json(self) -> str:
        """The finding as indented JSON; raises ValueError for a number that JSON does not know (NaN, infinity)."""
        return json_text(self.to_data())

    @property
    def complete(self) -> bool:
        """Whether a page can be made of it; not where something that the page needs is kept beside it."""
        return True

    def __repr__(self) -> str:
        names = ", ".join(field.name for field in fields(self) if field.name != "schema")  # type: ignore[arg-type]
        return f"<{type(self).__name__} {self.schema}: {names}>"

    def _repr_html_(self) -> str | None:
        return None if Found.page_as_html is None else Found.page_as_html(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The finding that *to_data* turned into *data*."""
        # models of input files are strict, and JSON has lists where they have tuples
        found: Self = adapter(cls).validate_python(data, strict=False)
        return found


def adapter(kind: Any) -> TypeAdapter[Any]:
    """What reads and writes the dataclass *kind*; built once, which takes longer than using it."""
    from pydantic import TypeAdapter

    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def read(path: Path) -> Found:
    """The finding in the JSON file *path*, of whichever command; raises ScenarioError where it is none."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ScenarioError(Problem(str(path), "", f"cannot be read ({error.strerror})")) from None
    except ValueError as error:
        raise ScenarioError(Problem(str(path), "", f"is not JSON ({error}); make it again with the command")) from None
    schema = _schema(data)
    if not isinstance(schema, str) or schema not in HOMES:
        rule = f"must be one of {', '.join(HOMES)} (got {shown(str(schema))}); make it again with this version"
        raise ScenarioError(Problem(str(path), "schema", rule))
    module, _, name = HOMES[schema].partition(":")
    try:
        found: Found = adapter(getattr(importlib.import_module(module), name)).validate_python(data, strict=False)
    except ValueError as error:
        first = str(error).splitlines()[1:3]
        raise ScenarioError(Problem(str(path), first[0], f"{first[1].strip()}; make it again")) from None
    return found


def _schema(data: Any) -> Any:
    """What *data* say they are; the cells of a sweep have it in their manifest."""
    while isinstance(data, dict) and "schema" not in data:
        data = data.get("sweep")
    return data["schema"] if isinstance(data, dict) else None


def flat(record: Any, name: str = "") -> dict[str, Any]:
    """One *record* as a row of plain values: nested names are joined by dots, a pair of numbers becomes ``_low`` and ``_high``.

    Longer sequences are joined by spaces, None is an empty cell.
    """
    if is_dataclass(record):
        parts: Mapping[str, Any] = {field.name: getattr(record, field.name) for field in fields(record)}
    elif isinstance(record, Mapping):
        parts = record
    elif isinstance(record, tuple) and len(record) == 2 and all(isinstance(x, int | float) for x in record):
        return {f"{name}_low": record[0], f"{name}_high": record[1]}
    elif isinstance(record, list | tuple):
        return {name: " ".join(str(item) for item in record)}
    else:
        return {name: record}
    row: dict[str, Any] = {}
    for key, value in parts.items():
        row |= flat(value, f"{name}.{key}" if name else str(key))
    return row


def frame(records: Iterable[Any]) -> pd.DataFrame:
    """A table with one row for each of *records*, flattened (see *flat*)."""
    import pandas as pd

    made = pd.DataFrame([flat(record) for record in records])
    names = [str(name) for name in made]
    # a pair or a part that some records do not have is None there
    return made.drop(columns=[name for name in names if any(x.startswith((f"{name}_low", f"{name}.")) for x in names)])


__all__ = ["HOMES", "LEFT_OUT", "Found", "flat", "frame", "read"]
