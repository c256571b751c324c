"""Numbers in a file that can be read in two ways, 16.000 or 3,00 of what comes in thousands: all told, and none guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from simulator.scenario.errors import Problem
from simulator.scenario.explain import place_of
from simulator.scenario.models import Scenario
from simulator.scenario.number_fields import comes_as, plain_types
from simulator.scenario.numbers import Comes, two_readings
from simulator.scenario.yaml_tree import Tree, Where, dotted

# What a quantity may be given by: these numbers come as it does.
_OF_QUANTITY = ("value", "low", "high")


@dataclass(frozen=True)
class Figures:
    """Marks a field that holds figures by name, or a section of such: they come in thousands, whole but those *measured*."""

    measured: tuple[str, ...] = ()


def open_problems(tree: Tree, problems: list[Problem], root: type[BaseModel] = Scenario) -> list[Problem]:
    """The *problems* of *tree* with the numbers in it that can be read in two ways, of which nothing else is told."""
    found = [Problem(place_of(tree, where), dotted(where), rule) for where, rule in open_numbers(root, tree.value)]
    # what else such a number breaks, or the quantity that it is of, it may break in the wrong reading alone
    of_open = {re.sub(rf"\.({'|'.join(_OF_QUANTITY)})$", "", problem.field) for problem in found}
    others = (it for it in problems if not any(f"{it.field}.".startswith(f"{field}.") for field in of_open))
    return [*found, *others]


def open_numbers(
    kind: Any, value: Any, comes: Comes = "", figures: Figures | None = None, where: Where = ()
) -> Iterator[tuple[Where, str]]:
    """Where in *value*, of what a file holds where *kind* is asked for, a number can be read in two ways, and the rule."""
    for each in plain_types(kind):
        inner, model = get_args(each), isinstance(each, type) and issubclass(each, BaseModel)
        if get_origin(each) is tuple and isinstance(value, tuple):
            for index, item in enumerate(value):
                yield from open_numbers(inner[0], item, comes, figures, (*where, index))
        elif get_origin(each) is dict and isinstance(value, dict):
            for key, item in value.items():
                of_figure: Comes = "" if figures is None else "thousands" if key in figures.measured else "whole"
                yield from open_numbers(inner[1], item, of_figure or comes, figures, (*where, key))
        elif model and isinstance(value, dict):
            for name, field in each.model_fields.items():
                key = field.alias or name
                marked = next((mark for mark in field.metadata if isinstance(mark, Figures)), figures)
                inherited: Comes = comes if name in _OF_QUANTITY else "" if marked is None else "thousands"
                own = comes_as(each, name) or inherited
                yield from open_numbers(field.annotation, value.get(key), own, marked, (*where, key))
        elif (model or each in (int, float)) and (rule := two_readings(value, comes)):
            yield where, rule
            return


__all__ = ["Figures", "open_numbers", "open_problems"]
