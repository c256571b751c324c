"""What campaigns take in memory: how many fit into a block, and where a block of unlike ones is cut into pieces that fit.

Block sizes follow the median inputs. Under some drawn inputs almost everybody alerts, a thousand times as many as at
the medians, and a block that holds such a campaign would not fit. It is then drawn in pieces. Where it is cut follows
from the scenario, the envelope and the inputs of the block alone, never from what was drawn with them.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from simulator.experiment.floods import flood_in
from simulator.scenario.days import longest_list, lowest_threshold, without_own
from simulator.scenario.errors import Problem, ScenarioError
from simulator.scenario.inputs import Inputs, median_inputs, quantities
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.candidates import Envelope
from simulator.street.expectations import Expectations
from simulator.street.footfall import passages_per_trip
from simulator.street.kin import kin_share
from simulator.street.listed import listed_share
from simulator.street.visits import slot_shape

# Bytes of one row of each kind while a block is drawn. A trip has room for every passage that it could have, and as many
# points are drawn before those on passages that do not take place are dropped. Peaks measured are below what these say
# (tests/experiment/test_memory.py).
A_DEPLOYMENT, A_PERSON, A_TRIP, A_PASSAGE, A_POINT, A_MATCH, AN_ALERT = 250, 130, 150, 85, 60, 280, 350
# Bytes of one alert, and of a match beside it, while a block is resolved, counted and logged; true alerts are resolved twice.
A_TRUE_ALERT_HANDLED, A_FALSE_ALERT_HANDLED, A_MATCH_HANDLED = 1300, 850, 60
# The levels of the days make a campaign as large as this quantile of them; it must fit as well.
BUSIEST = 1 - 1e-6
# Where passages take fewer bytes each than this, few of them have a row: it is their number that is large.
FEW_BYTES = 20
# Levels that vary less than this are as good as even.
EVEN = 1e-9
LEVELS = ("street.day_dispersion_k", "watchlist.day_dispersion_k", "recogniser.fmr_day_dispersion_k")


def loads_of(scenario: Scenario, inputs: Inputs, envelope: Envelope) -> tuple[dict[str, Array], dict[str, Array]]:
    """Bytes that each replication is expected to hold at the *envelope*, by the key that they hang on: (replications,).

    First while it is drawn, then while it is resolved.
    """
    threshold, size = lowest_threshold(scenario, envelope.threshold), longest_list(scenario, envelope.size)
    # all deployments are drawn at the lowest threshold with the longest list of any
    forms = Expectations(without_own(without_own(scenario, "recogniser.threshold"), "watchlist.size"), inputs)
    e, slots = forms.at(threshold, size), int(np.prod(slot_shape(scenario, inputs)))
    trips, a_trip = forms.passages / passages_per_trip(inputs), A_TRIP + A_PASSAGE * slots
    listed = listed_share(scenario, inputs, forms.recogniser, size)
    kin = np.minimum(kin_share(scenario, inputs, size), 1.0)
    # points are thinned by group, so as many are drawn as for the worst
    points = forms.recogniser.comparisons_fmr(size, threshold) * float(forms.groups.relative_fmr.max())
    across, pool = inputs["recogniser.lookalike_persistence_across_days"], forms.pool
    people = (
        0.0
        if pool is None
        else forms.places * pool * ((listed + kin) * A_PERSON + points * across * (A_PERSON + A_TRIP))
    )
    matches, days = (
        forms.passages * points,
        np.full(inputs.replications, float(A_DEPLOYMENT * len(scenario.campaign.days))),
    )
    drawn = {
        "campaign.deployments": days,
        rate_key(scenario): trips * listed * a_trip,
        "recogniser.kin_per_100k_passages": trips * kin * a_trip,
        scenario.street.pool_key: people + np.zeros(inputs.replications),
        "recogniser.threshold": e.false_alerts * AN_ALERT + matches * A_MATCH + trips * slots * points * A_POINT,
    }
    handled = {
        "campaign.deployments": days,
        rate_key(scenario): e.true_alerts * A_TRUE_ALERT_HANDLED,
        "recogniser.threshold": e.false_alerts * A_FALSE_ALERT_HANDLED + matches * A_MATCH_HANDLED,
    }
    return drawn, handled


def rate_key(scenario: Scenario) -> str:
    """The key of the rate that listed passages follow from."""
    measured = scenario.watchlist.true_alerts_per_1000_passages is not None
    return f"watchlist.{'true_alerts' if measured else 'listed'}_per_1000_passages"


def load_of(scenario: Scenario, inputs: Inputs, envelope: Envelope) -> Array:
    """Bytes that each replication is expected to hold in memory at the *envelope*: (replications,)."""
    both = [np.sum([*loads.values()], axis=0) for loads in loads_of(scenario, inputs, envelope)]
    told = [np.nan_to_num(of_days, nan=1.0).mean(axis=1) for of_days in inputs.told.values()]
    return np.asarray(np.maximum(*both) * np.maximum(np.prod(told, axis=0), 1.0))


def busiest(scenario: Scenario, inputs: Inputs, campaigns: int = 1) -> Array:
    """How many times the expected load the levels of the days can make so many *campaigns* together: (replications,)."""
    from scipy import special

    levels = [1 + 1 / inputs[key] for key in LEVELS if key in inputs.values]
    regularity = inputs.get("street.visit_dispersion_k")
    if not levels and regularity is None:
        return np.ones(inputs.replications)
    # a product of gamma levels, as the gamma law of the same variance
    spread = np.maximum(np.prod(levels, axis=0) - 1, EVEN) / len(scenario.campaign.days)
    if regularity is not None:
        # of the few listed people more than usual may be regulars
        forms, size = Expectations(scenario, inputs), scenario.watchlist.size.value
        listed = listed_share(scenario, inputs, forms.recogniser, size) * (1.0 if forms.pool is None else forms.pool)
        spread = (1 + spread) * (1 + 1 / (regularity * np.maximum(listed, 1.0))) - 1
    shape = campaigns / spread
    return np.asarray(np.maximum(special.gammaincinv(shape, BUSIEST) / shape, 1.0))


def at_worst(scenario: Scenario, inputs: Inputs, envelope: Envelope) -> Array:
    """Bytes that each replication would hold if its days were the busiest: (replications,)."""
    return load_of(scenario, inputs, envelope) * busiest(scenario, inputs)


def most_together(scenario: Scenario, envelope: Envelope, most: float, busy: float, allowed: int) -> int:
    """How many campaigns with median inputs fit: *most* bytes as expected, *busy* on the busiest days; *allowed* at most.

    Raises ScenarioError where not even one does, naming the input that most of it hangs on.
    """
    inputs = median_inputs(scenario, 1)
    load = float(load_of(scenario, inputs, envelope)[0])
    for number in range(allowed, 0, -1):
        # one campaign cannot come in smaller blocks
        if (number == 1 or number * load <= most) and number * load * busiest(scenario, inputs, number)[0] <= busy:
            return number
    raise ScenarioError(_too_large(scenario, inputs, envelope, busy))


def _too_large(scenario: Scenario, inputs: Inputs, envelope: Envelope, most: float) -> Problem:
    drawn, handled = loads_of(scenario, inputs, envelope)
    loads = {key: float(max(drawn[key][0], handled.get(key, drawn[key])[0])) for key in drawn}
    key = max(loads, key=lambda name: loads[name])
    passages = float(Expectations(scenario, inputs).passages[0])
    if key != "campaign.deployments" and loads[key] < FEW_BYTES * passages:
        key = "street.passages_per_hour"
    flood = flood_in(scenario) if key == "recogniser.threshold" else None
    asked = f"{flood.rule} If you mean it: " if flood else ""
    do = {
        "campaign.deployments": "take fewer deployments",
        "street.pool_people": "take a smaller pool, or leave it out if nobody comes twice",
        "street.visits_per_person": "take more visits, or leave it out if nobody comes twice",
        "recogniser.threshold": "take a higher threshold or a shorter list",
    }.get(key, "lower it")
    worst = float(at_worst(scenario, inputs, envelope)[0])
    value = None if key == "recogniser.threshold" else dict(quantities(scenario)).get(key)
    at = "" if flood else f", at threshold {envelope.threshold:g} with {envelope.size:,.0f} listed"
    lower = "" if key == "street.passages_per_hour" else " or a lower street.passages_per_hour"
    rule = (
        f"{asked}a single campaign would take up to {_mb(worst)} of memory{'' if flood else ', because of this'}"
        f"{'' if value is None else f' (got {value.value:g})'}{at}; {_mb(most)} at most fit; {do}, or simulate fewer "
        f"hours{lower}"
    )
    return Problem(scenario.name, flood.field if flood else key, rule)


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
        beyond += [part_of(these, slice(i, i + 1)) for i in np.flatnonzero(at_worst(scenario, these, envelope) > most)]
    if beyond:
        together = Inputs(len(beyond), {key: np.concatenate([one[key] for one in beyond]) for key in beyond[0].values})
        raise ScenarioError(_problem(scenario, together, looked_at, envelope, most))


def _problem(scenario: Scenario, beyond: Inputs, looked_at: int, envelope: Envelope, most: float) -> Problem:
    load = at_worst(scenario, beyond, envelope)
    worst = int(load.argmax())
    key, value = _cause(scenario, part_of(beyond, slice(worst, worst + 1)), envelope)
    enough = _enough(scenario, beyond, envelope, most)
    do = "simulate fewer hours or deployments" if enough is None else f"take {enough:g} as the lowest threshold"
    rule = (
        f"{beyond.replications:,} of {looked_at:,} draws of the inputs, the worst with {beyond[key][worst]:.4g} here (its "
        f"value is {value:.4g}), make a single campaign too large for memory at threshold {envelope.threshold:g} with "
        f"{envelope.size:,.0f} listed: it would take up to {_mb(load[worst])}, and at most {_mb(most)} fit; {do}, or give "
        "this input a narrower interval"
    )
    return Problem(scenario.name, key, rule)


def _cause(scenario: Scenario, worst: Inputs, envelope: Envelope) -> tuple[str, float]:
    """The input of the one replication *worst* that lowers the load most where it alone is put at its value; that value."""
    moved = [(key, item.value) for key, item in quantities(scenario) if worst[key][0] != item.value]
    trials = Inputs(len(moved), {key: np.repeat(drawn, len(moved)) for key, drawn in worst.values.items()})
    for i, (key, value) in enumerate(moved):
        trials[key][i] = value
    return moved[int(at_worst(scenario, trials, envelope).argmin())]


def _enough(scenario: Scenario, beyond: Inputs, envelope: Envelope, most: float) -> float | None:
    """The lowest threshold, in steps of 0.01, at which all of *beyond* fit; None if there is none below 1."""
    steps = (hundredths / 100 for hundredths in range(int(envelope.threshold * 100 + 1e-9) + 1, 100))
    fits = (step for step in steps if at_worst(scenario, beyond, Envelope(step, envelope.size)).max() <= most)
    return next(fits, None)


def part_of(inputs: Inputs, piece: slice) -> Inputs:
    """The inputs of the replications in *piece*."""
    values, told = ({key: column[piece] for key, column in these.items()} for these in (inputs.values, inputs.told))
    return Inputs(len(range(inputs.replications)[piece]), values, told)


def _mb(load: float) -> str:
    return f"{float(f'{load / 1e6:.2g}'):,.0f} MB" if load < 1e10 else f"{float(f'{load / 1e9:.2g}'):,.0f} GB"


__all__ = ["at_worst", "check_fits", "cut", "load_of", "most_together", "part_of"]
