"""From a name on the command line to a claim file: finding, reading and checking it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.scenario.errors import Problem, ScenarioError, named_near, shorten
from simulator.scenario.loader import shipped_folder, shipped_scenarios
from simulator.scenario.yaml_tree import read_yaml_file

if TYPE_CHECKING:
    from simulator.claim.models import ClaimFile
    from simulator.scenario.yaml_tree import Tree

# Sections by which a scenario is told from a claim file.
OF_A_SCENARIO = {"campaign", "street", "recogniser"}


def shipped_claims() -> dict[str, Path]:
    """List the claim files that come with the program, by name."""
    return {path.stem: path for path in sorted((shipped_folder() / "claims").glob("*.yaml"))}


def load_claims(name: str | Path) -> ClaimFile:
    """Load the claim file at the path or of the shipped *name*.

    Raises ScenarioError with all that is wrong at once: each problem at its file, line and column.
    """
    from pydantic import ValidationError

    from simulator.claim.models import ClaimFile
    from simulator.scenario.explain import first_problems, problems_of
    from simulator.scenario.number_fields import with_all_numbers
    from simulator.scenario.open_numbers import open_problems

    path = _find(str(name))
    label = str(name) if path == Path(name) else path.name
    tree = read_yaml_file(path, label, "claim")
    if "claims" not in tree.value and set(tree.value) >= OF_A_SCENARIO:
        raise ScenarioError(Problem(label, "", f"is a scenario, not a claim file (to simulate it: lfrsim run {label})"))
    problems = list(tree.problems)
    try:
        claims = ClaimFile.model_validate(with_all_numbers(ClaimFile, tree.value))
    except ValidationError as error:
        problems += problems_of(error, tree, ClaimFile)
        # names are checked where all claims can be read, so here again
        problems += _unknown_names(tree)
    problems = open_problems(tree, problems, ClaimFile)
    if problems:
        raise ScenarioError(*first_problems(problems, label))
    return claims


def _unknown_names(tree: Tree) -> Iterator[Problem]:
    """Evidence and figures that claims name and the file does not have, whatever else is wrong with them."""
    from simulator.claim.models import unknown, unnamed
    from simulator.scenario.explain import place_of
    from simulator.scenario.yaml_tree import dotted

    claims, known, own = (tree.value.get(name) or {} for name in ("claims", "evidence", "words"))
    if not all(isinstance(section, dict) for section in (claims, known, own)):
        return
    for key, claim in claims.items():
        if not isinstance(claim, dict):
            continue
        names = claim.get("evidence")
        counted = [claim[kind] for kind in ("count", "rate") if isinstance(claim.get(kind), dict)]
        figures = [each[name] for each in counted for name in ("event", "per") if isinstance(each.get(name), str)]
        where = ("claims", key, "evidence")
        for rule in unknown(str(key), filter(_is_text, names), known) if isinstance(names, tuple) else ():
            yield Problem(place_of(tree, where), dotted(where), rule.removeprefix(f"{key}.evidence: "))
        for rule in unnamed(str(key), figures, own):
            yield Problem(place_of(tree, where[:2]), dotted(where[:2]), rule.removeprefix(f"{key}: "))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _find(name: str) -> Path:
    shipped = shipped_claims()
    path = Path(name)
    if name in shipped and not path.is_file():
        return shipped[name]
    if path.suffix in (".yaml", ".yml") or "/" in name or path.exists():
        return path
    if name in shipped_scenarios():
        rule = f"is a scenario, not a claim file (to simulate it: lfrsim run {name}; lfrsim claim lists claim files)"
        raise ScenarioError(Problem(name, "", rule))
    rule = (
        f"no file and no shipped claims have this name{named_near(name, shipped)} (lfrsim claim lists the shipped ones)"
    )
    raise ScenarioError(Problem(shorten(name) or '""', "", rule))
