"""Which intervals a finding prints: found by their names in the finding itself, so that a new one is not forgotten."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import simulator.evidence
from simulator.evidence.counted.closed_forms import LABEL
from simulator.evidence.kept import Found
from simulator.evidence.sensitivity.indices import AtEnds

# What the user states, not what the program estimates: these are shown as they stand in the scenario.
STATED = {"StatedInput", "DescribedInput", "InputShare", "InputWorth"}
ENDING = re.compile(r"_(\d\d)$")
# What an interval is of, where no field has its name without the ending.
ESTIMATES = ("mean", "rate", "simulated_mean", "difference", "share", "slope", "factor", "value", "median")


@dataclass(frozen=True)
class Printed:
    """An *interval* of a finding: field *name* of an *owner* (its class), and the *estimate* it belongs to.

    *fields* lead there from the top, and *keys* of the mappings and tuples on the way.
    """

    owner: str
    fields: tuple[str, ...]
    keys: tuple[str, ...]
    interval: tuple[float, float] | None
    estimate: float | None

    @property
    def name(self) -> str:
        """The field itself."""
        return self.fields[-1]

    @property
    def path(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Where it is, the same in every finding of its kind."""
        return self.fields, self.keys

    @property
    def level(self) -> float:
        """How often it is to hold."""
        return int(self.name[-2:]) / 100

    @property
    def stated(self) -> bool:
        """Whether it is the interval that a scenario states of an input."""
        return self.owner in STATED and self.name == "interval_95"

    @property
    def predicts(self) -> bool:
        """Whether it is of single campaigns: all that hold 90 % are."""
        return self.name.endswith("_90")

    @property
    def over_inputs(self) -> bool:
        """Whether it says where an average may lie, given what is not known about the inputs."""
        return self.name.startswith("average_")


def printed(found: Any, fields: tuple[str, ...] = (), keys: tuple[str, ...] = ()) -> Iterator[Printed]:
    """Every interval in *found*, a tree of dataclasses, mappings and tuples; elements go by their key or threshold."""
    if dataclasses.is_dataclass(found) and not isinstance(found, type):
        for name, value in vars(found).items():
            if isinstance(found, AtEnds) and name == "error_95" and value is not None:
                # half of an interval around how far the average moves
                moves = found.at_high - found.at_low
                yield Printed(type(found).__name__, (*fields, name), keys, (moves - value, moves + value), moves)
            elif ENDING.search(name) and (value is None or _is_interval(value)):
                ends, owner = _ends(value), type(found).__name__
                yield Printed(owner, (*fields, name), keys, ends, _estimate(found, name))
            else:
                yield from printed(value, (*fields, name), keys)
    elif isinstance(found, Mapping):
        for key, value in found.items():
            yield from printed(value, fields, (*keys, str(key)))
    elif isinstance(found, tuple | list):
        for index, value in enumerate(found):
            label = next((getattr(value, key) for key in ("key", "threshold", "preset") if hasattr(value, key)), index)
            yield from printed(value, fields, (*keys, str(label)))


def _is_interval(value: object) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and not any(isinstance(end, str) for end in value)


def _ends(value: tuple[float | None, float | None] | None) -> tuple[float, float] | None:
    """Both ends; an end of None bounds nothing."""
    if value is None:
        return None
    low, high = value
    return -float("inf") if low is None else float(low), float("inf") if high is None else float(high)


def _estimate(owner: Any, name: str) -> float | None:
    own = ENDING.sub("", name)
    # a ratio that is not estimable is not told by the difference beside it
    names = (own,) if hasattr(owner, own) else (own, *ESTIMATES)
    values = (getattr(owner, stem) for stem in names if hasattr(owner, stem))
    if getattr(owner, "basis", None) == LABEL and hasattr(owner, "campaigns_without"):
        # the formula stands in where nothing happened
        return 0.0
    value = next((float(value) for value in values if isinstance(value, int | float)), None)
    # a rate that no campaign lacks a denominator for is 0 where nothing happened, though a finding does not say so
    return 0.0 if value is None and getattr(owner, "campaigns_without", None) == 0 else value


def declared() -> set[tuple[str, str]]:
    """Every interval that a finding can have: the finding's class and the fields that lead there, from the types alone."""
    for module in pkgutil.walk_packages(simulator.evidence.__path__, "simulator.evidence."):
        importlib.import_module(module.name)
    return {(kind.__name__, ".".join(fields)) for kind in _findings(Found) for fields in _fields(kind, (), ())}


def _findings(base: type[Any]) -> Iterator[type[Any]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _findings(kind)


def _fields(hint: Any, fields: tuple[str, ...], above: tuple[Any, ...]) -> Iterator[tuple[str, ...]]:
    """The intervals in what *hint* is of; *above* are the classes that it stands in, so that nothing goes round."""
    if isinstance(hint, type) and dataclasses.is_dataclass(hint) and hint not in above:
        for name, inner in typing.get_type_hints(hint).items():
            if ENDING.search(name) and inner is not str:
                yield (*fields, name)
            else:
                yield from _fields(inner, (*fields, name), (*above, hint))
    for part in typing.get_args(hint):
        if not isinstance(part, str):
            yield from _fields(part, fields, above)


__all__ = ["Printed", "declared", "printed"]
