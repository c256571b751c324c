"""From a name on the command line to a scenario: finding, reading, overriding and checking it."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from simulator.scenario.dotted_keys import replaced, resolved
from simulator.scenario.errors import Problem, ScenarioError, named_near, shorten
from simulator.scenario.numbers import PATTERN, read_number
from simulator.scenario.yaml_tree import Tree, Where, dotted, parse_yaml, read_yaml_file

if TYPE_CHECKING:
    from simulator.scenario.models import Scenario

LARGEST_CSV = 100_000_000
_Read = TypeVar("_Read")


def shipped_folder() -> Path:
    """Where the files that come with the program lie: in a wheel inside of the package, in a checkout beside it."""
    package = Path(__file__).parents[1]
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parent / "scenarios"


def shipped_scenarios() -> dict[str, Path]:
    """List the scenarios that come with the program, by name."""
    return {path.stem: path for path in sorted(shipped_folder().glob("*.yaml"))}


def find_scenario(name: str) -> Path:
    """Find the file that *name* means: a path, or the name of a shipped scenario.

    What ends in ``.yaml`` or holds a separator is a path, whether it exists or not. Raises ScenarioError for any other
    name that is no file and not shipped.
    """
    path = Path(name)
    looks_like_path = path.suffix in (".yaml", ".yml") or "/" in name or os.sep in name
    if looks_like_path or _is_file(path):
        return path
    shipped = shipped_scenarios()
    if name in shipped:
        return shipped[name]
    if name and _exists(path):
        return path
    if name in {path.stem for path in (shipped_folder() / "claims").glob("*.yaml")}:
        rule = f"is a claim file, not a scenario (to judge its claims: lfrsim claim {name}; lfrsim scenarios lists scenarios)"
        raise ScenarioError(Problem(name, "", rule))
    rule = f"no file and no shipped scenario has this name{named_near(name, shipped)} (lfrsim scenarios lists the shipped ones)"
    raise ScenarioError(Problem(shorten(name) or '""', "", rule))


def load_scenario(name: str | Path, overrides: Sequence[str] = ()) -> Scenario:
    """Load the scenario at the path or of the shipped *name*, with *overrides* such as ``recogniser.threshold=0.6``.

    An override replaces what its dotted key names, whole. A file that the scenario names (a table, joint draws) lies
    beside the scenario; one that an override names, where the command runs. Raises ScenarioError with all that is
    wrong at once.
    """
    path = find_scenario(name) if isinstance(name, str) else name
    label = str(name) if path == Path(name) else _from_here(path)
    tree = read_yaml_file(path, label)
    problems = list(tree.problems)
    for override in overrides:
        try:
            tree = _overridden(tree, override)
        except ScenarioError as error:
            problems += error.problems
    return _validated(tree, problems, Path(label), [override.partition("=")[0].strip() for override in overrides])


def schema() -> dict[str, Any]:
    """Describe scenario files as a JSON Schema, for editors: it accepts whatever the loader accepts."""
    from simulator.scenario.explain import FILLED
    from simulator.scenario.models import Scenario

    whole = Scenario.model_json_schema()
    models = {"recogniser": "Recogniser", "joint_draws": "JointDraws", "campaign": "Campaign"}
    for section, field in FILLED:
        del whole["$defs"][models[section]]["properties"][field]
    del whole["$defs"]["RecogniserTable"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_as_typed(whole)}


def _as_typed(node: Any) -> Any:
    """A part of a JSON Schema in which every number may also be text, as people type numbers."""
    if isinstance(node, list):
        return [_as_typed(item) for item in node]
    if not isinstance(node, dict):
        return node
    inner = {key: _as_typed(value) for key, value in node.items()}
    if "anyOf" in inner:
        either = (item["anyOf"] if set(item) == {"anyOf"} else [item] for item in inner["anyOf"])
        return {**inner, "anyOf": [item for items in either for item in items]}
    if inner.get("type") not in ("number", "integer"):
        return inner
    words = {key: inner.pop(key) for key in ("title", "description", "default") if key in inner}
    return {**words, "anyOf": [inner, {"type": "string", "pattern": PATTERN}]}


def _validated(tree: Tree, problems: list[Problem], path: Path, overridden: Sequence[str]) -> Scenario:
    from pydantic import ValidationError

    from simulator.scenario.applied import setting_problems
    from simulator.scenario.day_table import own_problems, read_day_table
    from simulator.scenario.days import overriding
    from simulator.scenario.explain import (
        FILLED,
        at,
        first_problems,
        place_of,
        problems_of,
        told_as_whole,
        unknown_key,
    )
    from simulator.scenario.joint import draws_problems, read_draws
    from simulator.scenario.models import Scenario
    from simulator.scenario.number_fields import with_all_numbers
    from simulator.scenario.open_numbers import open_problems
    from simulator.scenario.rates_table import read_recogniser_table
    from simulator.scenario.table import beyond, per_search

    value = tree.value
    for where in FILLED:
        if where in tree.places:
            problems.append(unknown_key(tree, where))
    list_size = at(value, ("recogniser", "reference_list_size"))
    list_size = at(list_size, ("value",)) if isinstance(list_size, dict) else list_size
    list_size = read_number(list_size, percent=False) if isinstance(list_size, str) else list_size
    read_table = partial(read_recogniser_table, list_size=list_size if isinstance(list_size, (int, float)) else None)
    table = _beside(tree, ("recogniser", "table"), path, read_table, problems)
    draws = _beside(tree, ("joint_draws", "file"), path, read_draws, problems)
    days = _beside(tree, ("campaign", "table"), path, read_day_table, problems)
    read = (table, draws.columns if draws else {}, days.days if days else (), days.notes if days else (), ())
    for where, filled in zip(FILLED, read, strict=True):
        if isinstance(at(value, where[:1]), dict):
            value = replaced(value, where, filled)
    scenario = None
    try:
        scenario = Scenario.model_validate(with_all_numbers(Scenario, value))
    except ValidationError as error:
        given = {key: at(tree.value, tuple(key.split("."))) for key in overridden}
        problems += told_as_whole(problems_of(error, tree), given, "=")
    problems = open_problems(tree, problems)
    if scenario is not None and (rule := beyond(table, scenario.recogniser.threshold.value)):
        where = ("recogniser", "threshold")
        problems.append(Problem(place_of(tree, where), dotted(where), rule))
    if scenario is not None and (
        rule := per_search(table, scenario.recogniser.threshold.value, scenario.watchlist.size.value)
    ):
        where = ("recogniser", "table")
        problems.append(Problem(place_of(tree, where), dotted(where), rule))
    if scenario is not None and not problems:
        changed = any(place.startswith("--set ") for place in tree.places.values())
        # an alternative that does not go with what a user sets is none of the user's mistakes: a run says so
        problems += (it for it in setting_problems(scenario, tree) if not changed or it.place.startswith("--set "))
    if scenario is not None and draws is not None:
        problems += draws_problems(draws, scenario)
    if scenario is not None:
        scenario = overriding(scenario, overridden)
        # a table that cannot be read is a problem already
        problems += own_problems(scenario, tree, days)
    if scenario is None or problems:
        raise ScenarioError(*first_problems(problems, str(path)))
    return scenario


def _overridden(tree: Tree, override: str) -> Tree:
    """Put the value of *override* (``key=value``) into *tree*, and everything about it at the place ``--set ...``."""
    place = f"--set {shorten(override)}"
    key, equals, text = override.partition("=")
    key = key.strip()
    steps = key.split(".")
    if not equals or not all(steps):
        raise ScenarioError(Problem(place, "", "must be KEY=VALUE, for example recogniser.threshold=0.6"))
    given = _given(text, place)
    if given.problems:
        raise ScenarioError(*given.problems)
    where = resolved(tree.value, steps, place)
    kept = {path: at for path, at in tree.places.items() if path[: len(where)] != where}
    sections = {where[:n]: place for n in range(len(where)) if where[:n] not in kept}
    new = {(*where, *path): place for path in ((), *given.places)}
    keys = {path: at for path, at in tree.keys.items() if path in kept} | dict.fromkeys((*sections, *new), place)
    return Tree(replaced(tree.value, where, given.value), {**kept, **sections, **new}, keys, tree.problems)


def _given(text: str, place: str) -> Tree:
    """What a user gives at *place*: YAML where it begins with a bracket, else one value, or text as a shell user sees it."""
    structured = text.lstrip().startswith(("{", "["))
    try:
        given = parse_yaml(text, lambda line, column: place)
    except ScenarioError:
        if structured:
            raise
    else:
        if structured or not isinstance(given.value, (dict, tuple)):
            return given
    return Tree(text.strip(), {(): place}, {}, ())


def _beside(
    tree: Tree, where: Where, scenario: Path, read: Callable[[Path], _Read], problems: list[Problem]
) -> _Read | None:
    """Read the CSV file that *tree* names at *where*; None where it names none or adds to *problems*."""
    from simulator.scenario.explain import at, place_of

    named = at(tree.value, where)
    if not isinstance(named, str):
        return None
    place = place_of(tree, where)
    path = Path(named) if place.startswith("--set ") else scenario.parent / named
    try:
        if path.is_dir():
            rule = f"{shorten(str(path))} is a directory, not a CSV file"
        elif not path.is_file():
            rule = f"no such file (got {shorten(str(path))})"
        elif path.stat().st_size > LARGEST_CSV:
            rule = f"{shorten(str(path))} is larger than {LARGEST_CSV // 10**6} MB"
        else:
            return read(path)
    except ScenarioError as error:
        problems += error.problems
        return None
    except UnicodeDecodeError:
        rule = f"{shorten(str(path))} is not text in UTF-8"
    except OSError as error:
        rule = f"{shorten(str(path))} cannot be read: {error.strerror}"
    except (ValueError, csv.Error) as error:
        found = re.fullmatch(rf"{re.escape(str(path))}(:\d+)?: (.*)", str(error), re.DOTALL)
        line, rule = (found[1] or "", found[2]) if found else ("", f"is not a CSV file: {error}")
        place = f"{shorten(str(path))}{line}"
    problems.append(Problem(place, dotted(where), rule))
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _from_here(path: Path) -> str:
    """Write the *path* of a shipped scenario relative to where the command runs, if it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
