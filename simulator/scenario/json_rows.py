"""The entries of a JSON file as the rows of a table."""

from __future__ import annotations

import json

from simulator.scenario.errors import Problem, shown
from simulator.scenario.file_kinds import MOST_ROWS, TOO_LARGE, refusal
from simulator.scenario.numbers import Written, as_written
from simulator.scenario.workbook import Rows, cell_text

_AS_TABLE = "write its entries as a table (CSV), one row for each deployment"


def is_json(text: str) -> bool:
    """Whether *text* begins as JSON does."""
    return text.lstrip()[:1] in ("[", "{")


def json_rows(text: str, label: str) -> Rows:
    """The column names and rows that a list of entries in *text* makes, numbered from 1; it may stand under one key.

    Raises ScenarioError where it is no such list, or an entry holds another list.
    """
    try:
        data = json.loads(text, parse_float=_number)
    except (ValueError, RecursionError) as error:
        raise refusal(label, f"begins as JSON but is not ({error}): {_AS_TABLE}") from None
    lists = [value for value in data.values() if isinstance(value, list)] if isinstance(data, dict) else [data]
    if len(lists) != 1 or not lists[0] or not all(isinstance(entry, dict) for entry in lists[0]):
        raise refusal(label, f"is JSON, but no list of entries: {_AS_TABLE}")
    if len(lists[0]) > MOST_ROWS:
        raise refusal(label, f"has more than {MOST_ROWS:,} rows: {TOO_LARGE}")
    names = list(dict.fromkeys(name for entry in lists[0] for name in entry))
    for number, entry in enumerate(lists[0], 1):
        for name, value in entry.items():
            if isinstance(value, (dict, list)):
                raise refusal(label, f"entry {number}: {shown(name)} holds {shown(value)}: {_AS_TABLE}")
    entries = ([cell_text(entry.get(name)) for name in names] for entry in lists[0])
    return [(1, names), *enumerate(entries, 2)]


def _number(text: str) -> float | str:
    """The number *text*; as text where nobody but a person writes it so, 16.500 perhaps for 16,500: its column decides."""
    number = as_written(text)
    return text if isinstance(number, Written) and text.endswith("0") else float(number)


def json_note(label: str) -> Problem:
    """How rows of *label* are numbered that has none."""
    return Problem(label, "", "is JSON: lines are its entries, of which the first is line 2")


__all__ = ["is_json", "json_note", "json_rows"]
