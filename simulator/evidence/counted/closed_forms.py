"""Closed forms beside the simulated means, before depletion, repeats, queues and walking away."""

from __future__ import annotations

import numpy as np

from simulator.response.adjudication import Limits, review_limits, second_look_limits
from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.expectations import expected

LABEL = "closed form, before depletion, repeats, queues and walking away"

_BOUNDED = ("alerts", "true_alerts", "false_alerts", "wrongful_stops", "wrongful_arrests")


def closed_forms(scenario: Scenario, inputs: Inputs, threshold: float, size: float) -> dict[str, Array]:
    """Expected measures of one campaign by name, arrays (replications,); measures without a closed form are absent.

    A stop needs an accepted review, an accepted second look where there is one (correlated with the first) and a
    search that finds the person (model.md sections 6 and 7). *true_stops* are stops of the person whose entry matched,
    each counted, also a second one of the same person.
    """
    e = expected(scenario, inputs, threshold, size)
    found = (1 - inputs["procedure.bystander"]) * _conditional_found(inputs)
    accepted = _accepted(scenario, inputs, e.ppv)
    came = _present(scenario, inputs, "operators", "teams")
    wrongful = e.false_alerts * accepted.false * found * came
    checked = wrongful * _present(scenario, inputs, "checkers")
    taken = checked * inputs["procedure.check_error"]
    return {
        "passages": e.passages,
        "faces": e.passages * inputs["street.faces_per_passage"],
        "alerts": e.alerts,
        "true_alerts": e.true_alerts,
        "false_alerts": e.false_alerts,
        "true_stops": e.true_alerts * accepted.true * found * came,
        "wrongful_stops": wrongful,
        "wrongful_arrests": taken,
        "other_offence_arrests": (checked - taken) * inputs["procedure.other_offence_arrest"],
    }


def bounds_above(scenario: Scenario, measure: str) -> bool:
    """Whether the closed form of *measure* is proven to be no less than what is simulated: all it leaves out lowers it."""
    key = "procedure.bystander"
    joint = scenario.joint_draws.columns if scenario.joint_draws else {}
    bystanders = scenario.procedure.bystander.value > 0 or scenario.procedure.bystander.uncertain or key in joint
    return measure in _BOUNDED and not bystanders


def _present(scenario: Scenario, inputs: Inputs, *kinds: str) -> Array:
    """1 where there is at least one of each of *kinds* at some time of the deployments, 0 where nobody can come."""
    present = np.ones(inputs.replications)
    for kind in kinds:
        later = any(getattr(shift, kind) for shift in scenario.officers.shifts)
        present *= (inputs[f"officers.{kind}"] > 0) | later
    return present


def _conditional_found(inputs: Inputs) -> Array:
    """Share of searches, not ended on a bystander, that find the person."""
    return np.asarray(1 - inputs["procedure.not_found"])


def _accepted(scenario: Scenario, inputs: Inputs, ppv: Array) -> Limits:
    """Shares of true and of false alerts that are accepted by every look."""
    from scipy import special

    first = review_limits(inputs, scenario, ppv)
    if scenario.procedure.second_look is None:
        return Limits(special.ndtr(first.true), special.ndtr(first.false))
    second = second_look_limits(inputs, scenario)
    r = inputs["procedure.second_look.correlation"]
    return Limits(_both_below(first.true, second.true, r), _both_below(first.false, second.false, r))


def _both_below(a: Array, b: Array, correlation: Array) -> Array:
    """P(X <= a, Y <= b) for standard normals with *correlation*, by Owen's T (Owen 1956, formula 2.1)."""
    from scipy import special

    # a limit of exactly 0 is moved by nothing that shows, so that the quotients below are defined
    h, k = (np.where(limit == 0, 1e-300, np.clip(limit, -9, 9)) for limit in (a, b))
    r = np.minimum(correlation, 1 - 1e-9)
    root = np.sqrt((1 - r) * (1 + r))
    with np.errstate(over="ignore"):
        tails = special.owens_t(h, (k - r * h) / (h * root)) + special.owens_t(k, (h - r * k) / (k * root))
    apart = np.where(h * k < 0, 0.5, 0.0)
    return np.asarray(np.clip((special.ndtr(h) + special.ndtr(k)) / 2 - tails - apart, 0.0, 1.0))
