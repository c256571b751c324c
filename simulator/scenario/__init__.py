"""What the user writes: a scenario file, its quantities with source and uncertainty, and what is wrong with it.

``Scenario`` is fetched on first use, because its models take a third of a second to build and ``lfrsim --help`` does
not need them.
"""

from typing import TYPE_CHECKING, Any

from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.loader import find_scenario, load_scenario, schema, shipped_scenarios

if TYPE_CHECKING:
    from simulator.scenario.models import Scenario

__all__ = ["Problem", "Scenario", "ScenarioError", "find_scenario", "load_scenario", "schema", "shipped_scenarios"]


def __getattr__(name: str) -> Any:
    if name == "Scenario":
        from simulator.scenario.models import Scenario

        return Scenario
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
