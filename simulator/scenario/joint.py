"""Joint draws of several quantities (a posterior, as ``fit`` writes it): a CSV file whose columns are dotted keys."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from simulator.scenario.errors import Problem, shorten, shown
from simulator.scenario.explain import comes_of, near_hint
from simulator.scenario.inputs import quantities
from simulator.scenario.models import Scenario
from simulator.scenario.numbers import read_number, two_readings
from simulator.scenario.quantity import Setting


@dataclass(frozen=True)
class Draws:
    """Equally long *columns* by dotted key; row i stands on line ``lines[i]`` of the file called *label*."""

    label: str
    columns: dict[str, tuple[float, ...]]
    lines: tuple[int, ...]


def read_draws(path: Path) -> Draws:
    """Read the draws at *path*: a header and at least two rows of finite numbers.

    Raises ValueError, naming file and line, where it is anything else.
    """
    with path.open(newline="", encoding="utf-8-sig") as handle:
        reader = csv.reader(handle)
        header = [cell.strip() for cell in next(reader, [])]
        if not any(header):
            raise ValueError(f"{path}:1: the header must name a quantity in each column (got nothing)")
        twice = [key for index, key in enumerate(header) if key in header[:index]]
        if twice:
            raise ValueError(f"{path}:1: the header must name each quantity once (got {shown(twice[0])} twice)")
        rows, lines = [], []
        rules: dict[str, list[str]] = {key: [] for key in header}
        for line in reader:
            if any(cell.strip() for cell in line):
                rows.append(_read_row(header, line, f"{path}:{reader.line_num}"))
                lines.append(reader.line_num)
                for key, cell in zip(header, line, strict=True):
                    rules[key].append(two_readings(cell, comes_of(key)))
    if len(rows) < 2:
        raise ValueError(f"{path}: must have at least two rows of draws (got {len(rows)})")
    for key, told in rules.items():
        # a program does not write three decimals in every row, but for chance
        if all(told):
            raise ValueError(f"{path}:{lines[0]}: {shorten(key)}: {told[0]}; the other rows are written alike")
    columns = dict(zip(header, map(tuple, zip(*rows, strict=True)), strict=True))
    return Draws(str(path), columns, tuple(lines))


def _read_row(header: list[str], line: list[str], place: str) -> list[float]:
    if len(line) != len(header):
        raise ValueError(f"{place}: must have {len(header)} cells (got {len(line)})")
    row = []
    for key, cell in zip(header, line, strict=True):
        number = read_number(cell, percent=False)
        if number is None:
            raise ValueError(f"{place}: {shorten(key)}: must be a finite number (got {shown(cell.strip())})")
        row.append(number)
    return row


def draws_problems(draws: Draws, scenario: Scenario) -> Iterator[Problem]:
    """Say which columns are no uncertain quantity of *scenario*, and where one first leaves its quantity's range."""
    known = dict(quantities(scenario))
    for key, column in draws.columns.items():
        quantity = known.get(key)
        if quantity is None:
            hint = near_hint(key, known) or "; a column is the dotted key of a quantity that the scenario gives"
            yield Problem(f"{draws.label}:1", "joint_draws.file", f"unknown quantity {shown(key)}{hint}")
        elif isinstance(quantity, Setting):
            rule = f"{key} is a choice, not an uncertain quantity: leave the column out and vary it with --set"
            yield Problem(f"{draws.label}:1", "joint_draws.file", rule)
        else:
            outside = (i for i, number in enumerate(column) if not quantity.minimum <= number <= quantity.maximum)
            for i in list(outside)[:1]:
                yield Problem(f"{draws.label}:{draws.lines[i]}", key, f"must be {quantity.domain} (got {column[i]:g})")
