"""What campaigns with unlike inputs take in memory, and where a block of them is cut into pieces that fit.

Block sizes follow the median inputs. Under some drawn inputs almost everybody alerts, a thousand times as many as at
the medians, and a block that holds such a campaign would not fit. It is then drawn in pieces. Where it is cut follows
from the scenario, the envelope and the inputs of the block alone, never from what was drawn with them.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.inputs import Inputs, quantities
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.candidates import Envelope
from simulator.street.expectations import Expectations

# A match takes about 0.27 kB, an alert with its match 0.65; far below any threshold in use a passage has many matches.
MATCHES_AN_ALERT = 2.5


def load_of(scenario: Scenario, inputs: Inputs, envelope: Envelope) -> Array:
    """What each replication is expected to hold in memory at the *envelope*, as a number of alerts: (replications,)."""
    forms = Expectations(scenario, inputs)
    matches = forms.passages * forms.recogniser.comparisons_fmr(envelope.size, envelope.threshold)
    return np.maximum(forms.at(envelope.threshold, envelope.size).alerts, matches / MATCHES_AN_ALERT)


def cut(load: Array, most: float) -> tuple[slice, ...]:
    """Consecutive pieces of replications with this *load*, each as long as its load stays within *most*.

    A replication beyond *most* is a piece of its own. Where all stay within it, there is one piece.
    """
    if load.sum() <= most:
        return (slice(0, len(load)),)
    starts, held = [0], 0.0
    for i, one in enumerate(load.tolist()):
        if i > starts[-1] and held + one > most:
            starts.append(i)
            held = 0.0
        held += one
    return tuple(slice(a, b) for a, b in zip(starts, [*starts[1:], len(load)], strict=True))


def check_fits(scenario: Scenario, inputs: Iterable[Inputs], envelope: Envelope, most: float) -> None:
    """Raise ScenarioError where single replications of *inputs* do not fit, naming the input that makes them so."""
    beyond: list[Inputs] = []
    looked_at = 0
    for these in inputs:
        looked_at += these.replications
        beyond += [part_of(these, slice(i, i + 1)) for i in np.flatnonzero(load_of(scenario, these, envelope) > most)]
    if beyond:
        together = Inputs(len(beyond), {key: np.concatenate([one[key] for one in beyond]) for key in beyond[0].values})
        raise ScenarioError(_problem(scenario, together, looked_at, envelope, most))


def _problem(scenario: Scenario, beyond: Inputs, looked_at: int, envelope: Envelope, most: float) -> Problem:
    load = load_of(scenario, beyond, envelope)
    at = int(load.argmax())
    key, value = _cause(scenario, part_of(beyond, slice(at, at + 1)), envelope)
    enough = _enough(scenario, beyond, envelope, most)
    do = "simulate fewer hours or deployments" if enough is None else f"take {enough:g} as the lowest threshold"
    rule = (
        f"{beyond.replications:,} of {looked_at:,} draws of the inputs, the worst with {beyond[key][at]:.4g} here (its value is "
        f"{value:.4g}), make a single campaign too large for memory at threshold {envelope.threshold:g} with "
        f"{envelope.size:,.0f} listed: it would take as much as {float(f'{load[at]:.2g}'):,.0f} alerts, and at most {most:,.0f} "
        f"fit; {do}, or give this input a narrower interval"
    )
    return Problem(scenario.name, key, rule)


def _cause(scenario: Scenario, worst: Inputs, envelope: Envelope) -> tuple[str, float]:
    """The input of the one replication *worst* that lowers the load most where it alone is put at its value; that value."""
    moved = [(key, item.value) for key, item in quantities(scenario) if worst[key][0] != item.value]
    trials = Inputs(len(moved), {key: np.repeat(drawn, len(moved)) for key, drawn in worst.values.items()})
    for i, (key, value) in enumerate(moved):
        trials[key][i] = value
    return moved[int(load_of(scenario, trials, envelope).argmin())]


def _enough(scenario: Scenario, beyond: Inputs, envelope: Envelope, most: float) -> float | None:
    """The lowest threshold, in steps of 0.01, at which all of *beyond* fit; None if there is none below 1."""
    steps = (hundredths / 100 for hundredths in range(int(envelope.threshold * 100 + 1e-9) + 1, 100))
    fits = (step for step in steps if load_of(scenario, beyond, Envelope(step, envelope.size)).max() <= most)
    return next(fits, None)


def part_of(inputs: Inputs, piece: slice) -> Inputs:
    """The inputs of the replications in *piece*."""
    values = {key: column[piece] for key, column in inputs.values.items()}
    return Inputs(len(range(inputs.replications)[piece]), values)


__all__ = ["MATCHES_AN_ALERT", "check_fits", "cut", "load_of", "part_of"]
