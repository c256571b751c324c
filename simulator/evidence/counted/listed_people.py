"""Listed people one by one, in closed form: how many are stopped, and what their arrests take from later alerts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from simulator.evidence.counted.closed_forms import present
from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.crowd import FEWEST_VISITS, pool_of
from simulator.street.day_kinds import day_kinds
from simulator.street.expectations import expected
from simulator.street.footfall import passages_per_trip, trips_by_place
from simulator.street.people import Index
from simulator.street.recogniser import ScoreLaws, score_correlation

# People differ in how well they are recognised: so many kinds of them, and how many there are of each.
_KINDS, _WEIGHTS = np.polynomial.hermite_e.hermegauss(8)
WEIGHTS = _WEIGHTS / _WEIGHTS.sum()
STEPS = np.linspace(0.0, 1.0, 65)


def listed_stopped(scenario: Scenario, inputs: Inputs, threshold: float, size: float, stops: Array) -> Array:
    """Listed people stopped at least once as themselves in one campaign, before queues and walking away: (replications,).

    *stops* is the closed form of true stops, each counted. Of people, who are counted once, neither an arrest nor being
    recognised takes any away.
    """
    e = expected(scenario, inputs, threshold, size)
    stopped = (
        _by_kind(scenario, inputs, _ratio(e.true_alerts, e.listed_passages)) * _ratio(stops, e.true_alerts)[:, None]
    )
    trips = trips_by_place(scenario, inputs)
    people = sum(
        share * made * (_people(inputs, made, pool, stopped) @ WEIGHTS)
        for share, made, pool in _populations(inputs, trips)
    )
    return np.asarray(people * _ratio(e.listed_passages, trips.sum(axis=1) * passages_per_trip(inputs)))


def people_who_come(inputs: Inputs, trips: Array, part: float = 1.0) -> Array:
    """People who come past at least once in a *part* of a campaign; *trips* (replications, places) are those of all of it.

    So many times the share of listed people are listed: (replications,). All days are of usual footfall.
    """
    always = np.ones((inputs.replications, 1))
    people = (
        share * made * part * _people(inputs, made * part, pool, always)[:, 0]
        for share, made, pool in _populations(inputs, trips)
    )
    return np.asarray(sum(people))


def voided_share(scenario: Scenario, inputs: Inputs, threshold: float, size: float, stops: Array) -> Array:
    """About what share of the alerts of a campaign does not happen because the person was arrested before: (replications,).

    *stops* as for *listed_stopped*. Arrests on false alerts, queues, walking away and people who are recognised are left out.
    """
    e = expected(scenario, inputs, threshold, size)
    alerting = _by_kind(scenario, inputs, _ratio(e.true_alerts, e.listed_passages))
    checkers = np.max([present(scenario, inputs, kind, "checkers") for kind in day_kinds(scenario)[0]], axis=0)
    stopped = (_ratio(stops, e.true_alerts) * checkers)[:, None]
    per_trip, trips = passages_per_trip(inputs), trips_by_place(scenario, inputs)
    left = np.zeros(inputs.replications)
    for share, arrested in _categories(inputs):
        of_alerts = stopped * arrested[:, None]
        for of_listed, made, pool in _populations(inputs, trips):
            # an arrest is the last of so many alerts
            arrests = _people(inputs, made, pool, alerting * of_alerts)
            alerts = np.divide(arrests, of_alerts, out=alerting * per_trip[:, None], where=of_alerts > 0)
            left += of_listed * made * share * (alerts @ WEIGHTS)
    in_all = trips.sum(axis=1) * per_trip * (alerting @ WEIGHTS)
    return np.where(in_all > 0, 1 - _ratio(left, in_all), 0.0) * _ratio(e.true_alerts, e.alerts)


def _populations(inputs: Inputs, trips: Array) -> Iterator[tuple[Array, Array, Index | None]]:
    """The listed people of each place, and those who may come to any: their share, the trips there, and the pool they are of."""
    pools = [pool_of(inputs, at_place[:, None]) for at_place in trips.T]
    known = [pool for pool in pools if pool is not None]
    anywhere = inputs["watchlist.any_place_share"] * (len(known) > 1)
    yield from ((1 - anywhere, at_place, pool) for at_place, pool in zip(trips.T, pools, strict=True))
    if anywhere.any():
        yield anywhere, trips.sum(axis=1), np.sum(known, axis=0)


def _people(inputs: Inputs, trips: Array, pool: Index | None, per_passage: Array) -> Array:
    """People of a *pool* to whom it happens at least once, for each of their *trips* (replications,).

    It happens on a passage with the chance *per_passage* (replications, kinds), which has the shape of the result.
    """
    back, both = (inputs[f"street.{key}"][:, None] for key in ("return_same_day", "share_passing_both"))
    once = (1 - per_passage) * (1 - both * per_passage)
    on_a_trip = 1 - once * (1 - back + back * once)
    if pool is None:
        return np.asarray(on_a_trip)
    visits, k = np.maximum(trips / pool, FEWEST_VISITS)[:, None], inputs.get("street.visit_dispersion_k")
    mean = on_a_trip * visits
    # of people all alike, or with gamma weights
    some = -np.expm1(-mean) if k is None else -np.expm1(-k[:, None] * np.log1p(mean / k[:, None]))
    return np.asarray(some / visits)


def _categories(inputs: Inputs) -> Iterator[tuple[Array, Array]]:
    """What share of listed people is wanted, under conditions or on a stale record, and how many stops arrest them."""
    stale, conditions = inputs["watchlist.stale_share"], inputs["watchlist.conditions_share"]
    shares = {"wanted": (1 - stale) * (1 - conditions), "conditions": (1 - stale) * conditions, "stale": stale}
    for name, share in shares.items():
        yield share, inputs[f"procedure.disposals.{name}_arrest"]


def _by_kind(scenario: Scenario, inputs: Inputs, alerting: Array) -> Array:
    """Chance per passage that a listed person alerts, for each kind of person, *alerting* on average: (replications, kinds)."""
    from scipy import ndimage, special

    # as in the draw: one normal number of the person beside one of the passage
    tpir = ScoreLaws(scenario, inputs).tpir(scenario.recogniser.threshold.value)
    at = np.stack([inputs["recogniser.detection_correlation"], tpir]) * (len(STEPS) - 1)
    r = ndimage.map_coordinates(_score_correlations(), at, order=1, mode="nearest")[:, None]
    limit = special.ndtri(np.clip(alerting, 1e-300, 1 - 1e-16))[:, None]
    return np.asarray(special.ndtr((limit - np.sqrt(r) * _KINDS) / np.sqrt(1 - r)))


@cache
def _score_correlations() -> Array:
    """Correlations of scores by that of detections (rows) and their probability (columns), both at STEPS."""
    detections, probability = (grid.ravel() for grid in np.meshgrid(STEPS, STEPS, indexing="ij"))
    found = score_correlation(detections, np.clip(probability, 1e-3, 1 - 1e-3))
    return np.minimum(found, 0.999).reshape(len(STEPS), -1)


def _ratio(top: Array, bottom: Array) -> Array:
    return np.divide(top, bottom, out=np.zeros_like(top), where=bottom > 0)


__all__ = ["listed_stopped", "voided_share"]
