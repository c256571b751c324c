"""lfrsim: how many false alerts and wrongful stops would police live facial recognition produce?

Eleven names make up the Python interface; each is loaded when it is first used, so importing the package is quick.
``ask`` has the questions of the command line as functions, the others are for whoever wants the number of every campaign::

    from simulator import ask
    ask.run("croydon-static", replications=200, seed=1).measures["wrongful_stops"].mean
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
    "ask",
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
    if name not in __all__:
        raise AttributeError(f"module 'simulator' has no attribute {name!r}")
    from simulator.evidence.kept import Found

    # findings live below what shows them, so what shows them is put in from above
    Found.page_as_html = staticmethod(_page_as_html)
    if name == "ask":
        return importlib.import_module("simulator.ask")
    return getattr(importlib.import_module(_HOME[name]), name)


def _page_as_html(found: Any) -> str | None:
    from simulator.report.pages import html_of

    return html_of(found)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
