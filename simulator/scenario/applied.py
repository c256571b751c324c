"""A scenario with some of its settings replaced, as ``--set`` replaces them, and what is wrong with those of alternatives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from simulator.scenario.days import without_own
from simulator.scenario.dotted_keys import replaced, resolved
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.explain import place_of, problems_of, told_as_whole
from simulator.scenario.models import Scenario
from simulator.scenario.number_fields import with_all_numbers
from simulator.scenario.table import beyond
from simulator.scenario.yaml_tree import Tree, Where, dotted


class AlreadySoError(ScenarioError):
    """Settings that a scenario has already."""


# Who says a number is no part of it.
TEXTS = ("source", "grade")


def with_settings(scenario: Scenario, settings: Mapping[str, Any]) -> Scenario:
    """*scenario* with other *settings* by dotted key, and without alternatives.

    What a preset filled in follows another preset, and deployments lose values of their own for what is set. Raises
    ScenarioError where the scenario is not valid with them, AlreadySoError where they change nothing.
    """
    return _applied(scenario, settings, Tree(None, {(): ""}, {}, ()), ())


def setting_problems(scenario: Scenario, tree: Tree) -> Iterator[Problem]:
    """Say what is wrong with the settings of each alternative of *scenario*, at their places in its file's *tree*."""
    for number, alternative in enumerate(scenario.alternatives):
        here = ("alternatives", number, "settings")
        try:
            _applied(scenario, alternative.settings, tree, here)
        except ScenarioError as error:
            for problem in error.problems:
                yield Problem(problem.place, f"{dotted(here)}.{problem.field}".rstrip("."), problem.rule)


def _applied(scenario: Scenario, settings: Mapping[str, Any], tree: Tree, here: Where) -> Scenario:
    """*scenario* with *settings*, which stand in the *tree* at *here*."""
    value, paths = _placed(scenario, settings, {key: place_of(tree, (*here, key)) for key in settings})
    try:
        changed = Scenario.model_validate(with_all_numbers(Scenario, value))
    except ValidationError as error:
        places = _places(paths, tree, here)
        found = dict.fromkeys(told_as_whole(problems_of(error, Tree(value, places, places, ())), settings, ": "))
        raise ScenarioError(
            *(replace(problem, rule=problem.rule + _other(problem, paths)) for problem in found)
        ) from None
    threshold = changed.recogniser.threshold.value
    if rule := beyond(changed.recogniser.read_table, threshold):
        where = (*here, "recogniser.threshold")
        raise ScenarioError(Problem(place_of(tree, where), "recogniser.threshold", rule))
    if _values(changed) == _values(scenario):
        rule = "change nothing: give at least one value that is not the scenario's own"
        raise AlreadySoError(Problem(place_of(tree, here), "", rule))
    return changed


def _places(paths: Mapping[str, Where], tree: Tree, here: Where) -> dict[Where, str]:
    """Where in the file each part of the scenario stands that a setting puts there; all else stands where they begin."""
    places: dict[Where, str] = {(): place_of(tree, here)}
    for key, path in paths.items():
        own = (*here, key)
        places |= {path[:n]: place_of(tree, own) for n in range(1, len(path) + 1)}
        places |= {(*path, *at[len(own) :]): said for at, said in tree.places.items() if at[: len(own)] == own}
    return places


def _other(problem: Problem, paths: Mapping[str, Where]) -> str:
    """What to do about a *problem* that is with something else than what was set."""
    mine = any(_is_of(problem.field, key) for key in paths)
    return "" if mine else "; with these settings it must be set as well, or they be others"


def _is_of(field: str, key: str) -> bool:
    """Whether the *field* of a problem is that of the *key* set, or inside of it, or the section that lacks it."""
    return f"{field}.".startswith(f"{key}.") or key.rpartition(".")[0] == field


def _placed(
    scenario: Scenario, settings: Mapping[str, Any], places: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, Where]]:
    """The values of *scenario* with *settings* put in, as a file would have them, and the path of each setting."""
    for key in settings:
        scenario = without_own(scenario, key)
    value = _as_written(scenario, settings)
    paths = {}
    for key, item in settings.items():
        paths[key] = resolved(value, key.split("."), places[key])
        value = replaced(value, paths[key], item)
    return value, paths


def _as_written(scenario: Scenario, settings: Mapping[str, Any]) -> dict[str, Any]:
    """*scenario* in the terms of its file, files that it names read, without alternatives and without what its preset says."""
    value: dict[str, Any] = scenario.model_dump(exclude_unset=True)
    value.pop("alternatives", None)
    recogniser = scenario.recogniser
    value["recogniser"] |= {} if "recogniser.table" in settings else {"read_table": recogniser.read_table}
    if scenario.campaign.read_table:
        value["campaign"]["read_table"] = scenario.campaign.read_table
    if scenario.joint_draws:
        value["joint_draws"]["columns"] = scenario.joint_draws.columns
    left_out = recogniser.left_to_preset
    value["recogniser"] = {key: item for key, item in value["recogniser"].items() if key not in left_out}
    return value


def _values(scenario: Scenario) -> Any:
    """Everything in *scenario* that a campaign may depend on: no words, and nobody's sources."""
    value = scenario.model_dump(exclude={"alternatives"})
    value["recogniser"]["read_table"] = scenario.recogniser.read_table
    return _without_texts(value)


def _without_texts(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _without_texts(item) for key, item in node.items() if key not in TEXTS}
    return tuple(map(_without_texts, node)) if isinstance(node, tuple) else node


__all__ = ["AlreadySoError", "setting_problems", "with_settings"]
