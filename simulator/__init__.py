"""lfrsim: how many false alerts and wrongful stops would police live facial recognition produce?

Ten names make up the Python interface; each is loaded when it is first used, so importing the package is quick::

    from simulator import load_scenario, run_study, summarise
    study = run_study(load_scenario("croydon-static"), replications=200, seed=1)
    summarise(study).measures["wrongful_stops"].mean
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOME = {
    "Scenario": "simulator.scenario.models",
    "ScenarioError": "simulator.scenario.errors",
    "Study": "simulator.evidence.run.study",
    "closed_forms": "simulator.evidence.counted.closed_forms",
    "draw_all": "simulator.ask",
    "load_scenario": "simulator.scenario.loader",
    "median_inputs": "simulator.scenario.inputs",
    "run_study": "simulator.evidence.run.study",
    "shipped_scenarios": "simulator.scenario.loader",
    "summarise": "simulator.evidence.run.found",
}
__all__ = [
    "Scenario",
    "ScenarioError",
    "Study",
    "closed_forms",
    "draw_all",
    "load_scenario",
    "median_inputs",
    "run_study",
    "shipped_scenarios",
    "summarise",
]

if TYPE_CHECKING:
    from simulator.ask import draw_all
    from simulator.evidence.counted.closed_forms import closed_forms
    from simulator.evidence.run.found import summarise
    from simulator.evidence.run.study import Study, run_study
    from simulator.scenario.errors import ScenarioError
    from simulator.scenario.inputs import median_inputs
    from simulator.scenario.loader import load_scenario, shipped_scenarios
    from simulator.scenario.models import Scenario


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module 'simulator' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
