"""Dotted keys, such as recogniser.threshold: the path that one means, and another value put there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from simulator.scenario.errors import Problem, ScenarioError, shown
from simulator.scenario.yaml_tree import Where, dotted


def resolved(value: Any, steps: Sequence[str], place: str) -> Where:
    """Turn the *steps* of a dotted key into a path into *value*: numbers where it has lists.

    Raises ScenarioError, at *place*, where there is no such path.
    """
    where: Where = ()
    node = value
    for step in steps:
        if isinstance(node, tuple):
            if not re.fullmatch("[0-9]{1,9}", step) or int(step) >= len(node):
                rule = f"must be followed by a number from 0 to {len(node) - 1} (got {shown(step)})"
                raise ScenarioError(Problem(place, dotted(where), rule if node else "is an empty list"))
            where, node = (*where, int(step)), node[int(step)]
        elif node is None or isinstance(node, dict):
            where, node = (*where, step), (node or {}).get(step)
        else:
            rule = f"is a bare value (got {shown(node)}), which has no {shown(step)}; set {dotted(where)} itself"
            raise ScenarioError(Problem(place, dotted(where), rule))
    return where


def replaced(node: Any, where: Where, value: Any) -> Any:
    """Copy *node* with *value* at the path *where*; mappings that it lacks are made."""
    if not where:
        return value
    step, rest = where[0], where[1:]
    if isinstance(node, tuple) and isinstance(step, int):
        return (*node[:step], replaced(node[step], rest, value), *node[step + 1 :])
    node = node or {}
    return {**node, step: replaced(node.get(step), rest, value)}


__all__ = ["replaced", "resolved"]
