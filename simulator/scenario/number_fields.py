"""Which fields of a model are plain numbers, and the numbers that stand there as people type them."""

from __future__ import annotations

import types
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from simulator.scenario.numbers import IN_THOUSANDS, WHOLE_IN_THOUSANDS, Comes, Written, read_number

# What may be written as a percentage is a number from 0 to 1.
Kind = Literal["whole", "number", "share"]


@cache
def kinds_of_numbers(model: type[BaseModel]) -> Mapping[str, Kind]:
    """The fields of *model* that are plain numbers, by name."""
    found: dict[str, Kind] = {}
    for name, field in model.model_fields.items():
        types_of_it = set(plain_types(field.annotation))
        if float in types_of_it:
            found[name] = "share" if any(getattr(rule, "le", None) == 1 for rule in field.metadata) else "number"
        elif int in types_of_it:
            found[name] = "whole"
    return found


def comes_as(model: type[BaseModel], name: str) -> Comes:
    """How the numbers in the field *name* of *model* come: whole, in thousands, or neither."""
    field = model.model_fields.get(name)
    if field is None:
        return ""
    kinds = plain_types(field.annotation)
    if (
        name.endswith(WHOLE_IN_THOUSANDS)
        or int in kinds
        or any(getattr(kind, "family", "") == "count" for kind in kinds)
    ):
        return "whole"
    return "thousands" if name.endswith(IN_THOUSANDS) else ""


def with_all_numbers(kind: Any, value: Any) -> Any:
    """*value*, of what a file may hold where *kind* is asked for, with all numbers in it read as *with_numbers* does.

    Quantities read their own.
    """
    for each in plain_types(kind):
        inner = get_args(each)
        if each is float and isinstance(value, str):
            number = read_number(value, percent=False)
            return value if number is None else number
        if get_origin(each) is tuple and isinstance(value, tuple):
            value = tuple(with_all_numbers(inner[0], item) for item in value)
        elif get_origin(each) is dict and isinstance(value, dict):
            value = {key: with_all_numbers(inner[1], item) for key, item in value.items()}
        elif isinstance(each, type) and issubclass(each, BaseModel) and isinstance(value, dict):
            fields = each.model_fields
            read = with_numbers(each, value)
            value = {
                key: with_all_numbers(fields[key].annotation, item) if key in fields else item
                for key, item in read.items()
            }
    return value


def with_numbers(model: type[BaseModel], data: dict[str, Any], shares: bool = False) -> dict[str, Any]:
    """*data* of a *model* with the numbers in it read; what is none stays, for the validator to refuse.

    All numbers may be percentages where they are *shares*. A whole number may be written with a point, as 1.0.
    """
    read = dict(data)
    for name, kind in kinds_of_numbers(model).items():
        value = data.get(name)
        if isinstance(value, str):
            number = read_number(value, percent=shares or kind == "share")
            value = value if number is None else number
        if isinstance(value, Written):
            value = float(value)
        if kind == "whole" and isinstance(value, float) and value.is_integer():
            value = int(value)
        if value is not data.get(name):
            read[name] = value
    return read


def plain_types(annotation: Any) -> list[Any]:
    """The types that an *annotation* allows, without what is said of them."""
    if get_origin(annotation) is Annotated:
        return plain_types(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return [inner for each in get_args(annotation) for inner in plain_types(each)]
    return [annotation]


__all__ = ["comes_as", "kinds_of_numbers", "plain_types", "with_all_numbers", "with_numbers"]
