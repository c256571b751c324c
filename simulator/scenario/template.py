"""The commented scenario that ``lfrsim new`` writes."""

from __future__ import annotations

import re
from pathlib import Path

from simulator.scenario.errors import Problem, ScenarioError

NAME_RULE = r"[a-z0-9][a-z0-9-]*"


def template_path() -> Path:
    """The file ``new`` copies; it is a scenario like any other and validates as it is."""
    return Path(__file__).with_name("template.yaml")


def write_new(name: str, folder: Path) -> Path:
    """Write *name*.yaml into *folder* and return its path; an existing file is never overwritten."""
    path = folder / f"{name}.yaml"
    if not re.fullmatch(NAME_RULE, name):
        raise ScenarioError(
            Problem(name, "NAME", "must consist of small letters, digits and hyphens (it names the file)")
        )
    text = template_path().read_text("utf-8").replace("name: my-town", f"name: {name}", 1)
    try:
        with path.open("x", encoding="utf-8") as handle:
            handle.write(text)
    except FileExistsError:
        raise ScenarioError(Problem(str(path), "NAME", "this file exists; choose another name")) from None
    except OSError as error:
        raise ScenarioError(Problem(str(path), "NAME", f"cannot be written ({error.strerror})")) from None
    return path
