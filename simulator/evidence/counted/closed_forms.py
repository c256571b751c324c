"""Closed forms beside the simulated means, before depletion, repeats, queues and walking away; and which are their bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulator.evidence.counted.covered import uncovered
from simulator.response.adjudication import Limits, review_limits, second_look_limits
from simulator.scenario.inputs import Inputs, always_zero
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.day_kinds import DayKind
from simulator.street.expectations import Expectations, Expected

LABEL = "closed form, before depletion, repeats, queues and walking away"
# By measure, what its form leaves out. But for rounding all of it only takes away from the count, alert by alert: whether
# an alert is true, accepted and found is settled before anybody competes for an officer, and what happens then can only
# void an alert or end it earlier. So the simulated mean is at most the form.
NOTHING, ROUNDING = "nothing", "rounding to whole faces"
IN_CUSTODY = "people who are held or in custody by then, whose passages do not happen"
HANDLING = "these, repeats of an open alert, people recognised from an earlier stop, waiting, and walking away"
LEAVES_OUT = {
    "passages": NOTHING,
    "faces": ROUNDING,
    **dict.fromkeys(("alerts", "true_alerts", "false_alerts"), IN_CUSTODY),
    **dict.fromkeys(
        ("true_stops", "wrongful_stops", "bystander_stops", "wrongful_arrests", "other_offence_arrests"), HANDLING
    ),
}
STOPS = ("true_stops", "wrongful_stops", "bystander_stops")
# People are never more than what happened to them, and almost nobody meets with it twice.
CLOSEST_FORM = {"people_wrongly_stopped": "wrongful_stops", "people_falsely_alerted": "false_alerts"}


@dataclass(frozen=True)
class KindForms:
    """Expected *measures* of the deployments of one *kind*, and their *listed_passages*, at the threshold and list size there."""

    kind: DayKind
    threshold: float
    size: float
    listed_passages: Array
    measures: dict[str, Array]


def closed_forms(scenario: Scenario, inputs: Inputs, threshold: float, size: float) -> dict[str, Array]:
    """Expected measures of one campaign by name, arrays (replications,).

    Absent are measures without a closed form, and those whose form does not cover an option that *scenario* uses. A
    stop needs an accepted review, an accepted second look where there is one (correlated with the first) and a search
    that finds the person; one that ends on a bystander stops them without a second look, whatever the alert was
    (model.md sections 6 and 7). *true_stops* are stops of the person whose entry matched, each counted, also a second
    one of the same person.
    """
    return added(forms_by_kind(scenario, inputs, threshold, size))


def added(parts: Sequence[KindForms]) -> dict[str, Array]:
    """The measures of all *parts* of a campaign."""
    return {
        name: np.asarray(sum(part.measures[name] for part in parts)) for name in (parts[0].measures if parts else ())
    }


def forms_by_kind(scenario: Scenario, inputs: Inputs, threshold: float, size: float) -> tuple[KindForms, ...]:
    """The parts of which *closed_forms* are the sums, in the order of the kinds of deployment; none without a form."""
    if uncovered(scenario, response=False):
        return ()
    forms = Expectations(scenario, inputs)
    found = []
    for kind in forms.kinds:
        own, e = kind.cell(threshold, size), forms.of_kind(kind, threshold, size)
        found.append(KindForms(kind, *own, e.listed_passages, _of_kind(scenario, inputs, kind, e)))
    return tuple(found)


def _of_kind(scenario: Scenario, inputs: Inputs, kind: DayKind, e: Expected) -> dict[str, Array]:
    """The measures of the deployments of one *kind*, of which *e* is expected."""
    alerts = {
        "passages": e.passages,
        "faces": e.passages * inputs["street.faces_per_passage"],
        "alerts": e.alerts,
        "true_alerts": e.true_alerts,
        "false_alerts": e.false_alerts,
    }
    if uncovered(scenario):
        return alerts
    accepted, bystander = _accepted(scenario, inputs, e.ppv), inputs["procedure.bystander"]
    came = present(scenario, inputs, kind, "operators", "teams")
    found = (1 - bystander) * (1 - inputs["procedure.not_found"]) * came
    wrongful = e.false_alerts * accepted.both.false * found
    others = (e.true_alerts * accepted.first.true + e.false_alerts * accepted.first.false) * bystander * came
    # a check can take anybody for the listed person who is not
    checked = (wrongful + others) * present(scenario, inputs, kind, "checkers")
    taken = checked * inputs["procedure.check_error"]
    return alerts | {
        "true_stops": e.true_alerts * accepted.both.true * found,
        "wrongful_stops": wrongful,
        "bystander_stops": others,
        "wrongful_arrests": taken,
        "other_offence_arrests": (checked - taken) * inputs["procedure.other_offence_arrest"],
    }


def stops_form(forms: Mapping[str, Array]) -> Array | None:
    """The closed form of all stops, by those of their parts in *forms*; None where they have none."""
    return np.asarray(sum(forms[name] for name in STOPS)) if all(name in forms for name in STOPS) else None


def relation(scenario: Scenario, measure: str) -> Literal["equal", "bound"] | None:
    """What the closed form of *measure* is proven to be of the simulated mean: equal to it, or an upper bound.

    None without a form, and for faces that are rounded: their means are within half a face of each other. A form is of
    a draw whose largest list is that of the cell.
    """
    response = LEAVES_OUT.get(measure) == HANDLING
    if measure not in LEAVES_OUT or uncovered(scenario, response):
        return None
    if measure == "faces":
        item = scenario.street.faces_per_passage
        drawn = item.uncertain or (scenario.joint_draws and "street.faces_per_passage" in scenario.joint_draws.columns)
        return None if drawn or item.value % 1 else "equal"
    if measure == "passages" or (not response and not _voids(scenario)):
        return "equal"
    return "bound"


def bounds_above(scenario: Scenario, measure: str) -> bool:
    """Whether the closed form of *measure* is a proven upper bound of its simulated mean, or equal to it."""
    return relation(scenario, measure) is not None


def _voids(scenario: Scenario) -> bool:
    """Whether a passage may not happen because the person was stopped before: somebody can be, and come again."""
    again = scenario.street.is_pooled or not all(
        always_zero(scenario, f"street.{key}") for key in ("return_same_day", "share_passing_both")
    )
    return again and all(_anybody(scenario, kind) for kind in ("operators", "teams"))


def _anybody(scenario: Scenario, kind: str) -> bool:
    """Whether there may be one of *kind* at some time of the deployments."""
    own = {getattr(day, kind) for day in scenario.campaign.days}
    later = any(getattr(shift, kind) for shift in scenario.officers.shifts)
    return any(own) or (None in own and (later or not always_zero(scenario, f"officers.{kind}")))


def present(scenario: Scenario, inputs: Inputs, kind: DayKind, *officers: str) -> Array:
    """1 where there is at least one of each of *officers* at some time of deployments of this *kind*, 0 where nobody can come."""
    present = np.ones(inputs.replications)
    for name in officers:
        own = getattr(kind, name)
        later = any(getattr(shift, name) for shift in scenario.officers.shifts)
        present *= ((inputs[f"officers.{name}"] > 0) | later) if own is None else float(own > 0)
    return present


@dataclass(frozen=True)
class _Accepted:
    """Shares of true and of false alerts that are accepted by the operator, and by every look."""

    first: Limits
    both: Limits


def _accepted(scenario: Scenario, inputs: Inputs, ppv: Array) -> _Accepted:
    from scipy import special

    first = review_limits(inputs, scenario, ppv)
    by_operator = Limits(special.ndtr(first.true), special.ndtr(first.false))
    if scenario.procedure.second_look is None:
        return _Accepted(by_operator, by_operator)
    second = second_look_limits(inputs, scenario)
    r = inputs["procedure.second_look.correlation"]
    both = Limits(_both_below(first.true, second.true, r), _both_below(first.false, second.false, r))
    return _Accepted(by_operator, both)


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
