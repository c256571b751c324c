"""How many come past, and when: levels of the day and times within it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from simulator.scenario.campaign import clock_to_s
from simulator.scenario.days import hours_of, own_values, place_numbers
from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array

TICKS_PER_S = 1024.0


def on_time_grid(seconds: Array) -> Array:
    """*seconds* rounded to 1/1024 s, so that sums and differences of times are exact in both engines."""
    return np.asarray(np.rint(seconds * TICKS_PER_S) / TICKS_PER_S)


@dataclass(frozen=True)
class Profile:
    """Time-of-day profile of a campaign as one cumulative curve, the deployments laid end to end.

    *edges* (s of camera time from the start of the campaign) and *cumulative* (relative footfall up to there) are of
    equal length; *start_s* and *length_s* have one entry per deployment. A flat street has cumulative = edges.
    """

    edges: Array
    cumulative: Array
    start_s: Array
    length_s: Array

    @property
    def weight_s(self) -> Array:
        """Relative footfall of each deployment, in seconds at the campaign's mean level: shape (deployments,)."""
        ends = np.interp(self.start_s + self.length_s, self.edges, self.cumulative)
        return np.asarray(ends - np.interp(self.start_s, self.edges, self.cumulative))

    def times(self, u: Array, deployment: NDArray[np.int64]) -> Array:
        """Seconds after camera-on at the quantiles *u* of each *deployment*'s footfall."""
        below = np.interp(self.start_s, self.edges, self.cumulative)[deployment]
        seconds = np.interp(below + u * self.weight_s[deployment], self.cumulative, self.edges)
        return np.clip(seconds - self.start_s[deployment], 0.0, self.length_s[deployment])


def profile_of(scenario: Scenario) -> Profile:
    """The scenario's profile, scaled so that its mean over the campaign's camera hours is 1."""
    days = scenario.campaign.days
    clock = sorted((clock_to_s(text), weight) for text, weight in scenario.street.profile.items())
    # a deployment may run past midnight, into the same clock times of the next day
    clock += [(at + 86_400.0, weight) for at, weight in clock]
    breaks = np.array([at for at, _ in clock])

    @cache
    def pieces(start: str, hours: float) -> list[tuple[float, float]]:
        """Length and weight of each piece of such a day."""
        on = clock_to_s(start)
        off = on + hours * 3600.0
        inner = breaks[(breaks > on) & (breaks < off)]
        # before the first clock time the last weight of the day before still holds
        return [
            (right - left, clock[int(np.searchsorted(breaks, left, side="right")) - 1][1] if clock else 1.0)
            for left, right in zip([on, *inner], [*inner, off], strict=True)
        ]

    edges, heights = [0.0], []
    for day in days:
        for length, height in pieces(day.start, day.hours):
            edges.append(edges[-1] + length)
            heights.append(height)
    mass = np.diff(edges) * heights
    if not mass.sum() > 0:
        raise ValueError("street.profile: gives no footfall at all in the hours of the campaign")
    lengths = hours_of(scenario.campaign) * 3600.0
    cumulative = np.concatenate([[0.0], np.cumsum(mass)]) * (lengths.sum() / mass.sum())
    return Profile(np.array(edges), cumulative, np.concatenate([[0.0], np.cumsum(lengths)[:-1]]), lengths)


def day_levels(rng: np.random.Generator, shape_k: Array | None, size: tuple[int, int]) -> Array:
    """Gamma factors with mean 1 and shape k, one per replication and deployment (all 1 where k is None)."""
    if shape_k is None:
        return np.ones(size)
    return np.asarray(rng.gamma(shape_k[:, None], 1.0 / shape_k[:, None], size))


def listed_levels(rng: np.random.Generator, level: Array, inputs: Inputs) -> Array:
    """Factors with mean 1 on the day's listed people: the e-th power of footfall's *level*, and a gamma of their own.

    The own gamma makes up what footfall leaves of the variance that ``watchlist.day_dispersion_k`` says there is in all; it is
    1 where footfall alone varies as much or more. For gamma levels of shape k the covariance with *level* is e / k.
    """
    followed, own = listed_given(level, inputs)
    some = own > 0
    if not some.any():
        return followed
    return np.where(some[:, None], followed * day_levels(rng, 1 / np.where(some, own, 1.0), level.shape), followed)


def listed_given(level: Array, inputs: Inputs) -> tuple[Array, Array]:
    """What footfall's *level* of a day makes of its listed people, and the variance of their own gamma factor beside it.

    Shapes: that of *level*, (replications, days), and (replications,). Where days are said to be alike a level that is told
    counts as it stands.
    """
    in_all, shape_k = inputs.get("watchlist.day_dispersion_k"), inputs.get("street.day_dispersion_k")
    elasticity, variance = inputs["watchlist.footfall_elasticity"], np.zeros(len(level))
    followed = level ** elasticity[:, None]
    if shape_k is not None:
        log_mean, variance = moments_of_power(shape_k, elasticity)
        followed = followed * np.exp(-log_mean)[:, None]
    own = np.zeros(len(level)) if in_all is None else (1 / in_all - variance) / (1 + variance)
    return followed, np.maximum(own, 0.0)


def moments_of_power(shape_k: Array, power: Array) -> tuple[Array, Array]:
    """Log mean, and squared coefficient of variation, of the *power* of a gamma factor with mean 1 and *shape_k*."""
    from scipy import special

    # far out the logarithms of the gamma function lose all digits, and the first term of the series is exact
    k = np.minimum(shape_k, 1e6)
    once = special.gammaln(k + power) - special.gammaln(k)
    twice = special.gammaln(k + 2 * power) - special.gammaln(k + power)
    variance = np.where(shape_k > k, power**2 / shape_k, np.expm1(twice - once))
    return np.where(shape_k > k, -power * (1 - power) / (2 * shape_k), once - power * np.log(k)), variance


def passages_per_trip(inputs: Inputs) -> Array:
    """Mean passages of one person's trip: once or twice that day, past one end or both; shape (replications,)."""
    return (1 + inputs["street.return_same_day"]) * (1 + inputs["street.share_passing_both"])


def mean_trips(scenario: Scenario, inputs: Inputs, profile: Profile) -> Array:
    """Expected trips of people to each deployment at day level 1: shape (replications, deployments)."""
    return _trips(inputs, *passing(scenario, profile))


def trips_by_place(scenario: Scenario, inputs: Inputs) -> Array:
    """Expected trips to each place over the campaign at day level 1: shape (replications, places)."""
    return trips_by(scenario, inputs, place_numbers(scenario.campaign))


def trips_by(scenario: Scenario, inputs: Inputs, part: NDArray[np.int64], parts: int = 0) -> Array:
    """Expected trips to each *part* (deployments,) of the campaign, of at least so many *parts*: (replications, parts)."""
    each = (np.bincount(part, of, parts).astype(float) for of in passing(scenario, profile_of(scenario)))
    return _trips(inputs, *each)


def passing(scenario: Scenario, profile: Profile) -> tuple[Array, Array]:
    """What passages follow from on each deployment: hours at the street's rate, and passages where it has a footfall of its own.

    Shapes (deployments,); one of the two is 0. Hours are weighted by the time of day, with mean weight 1.
    """
    own, hours = own_values(scenario.campaign, "passages_per_hour"), hours_of(scenario.campaign)
    rest, weight_h = np.isnan(own), profile.weight_s / 3600.0
    if not rest.all() and weight_h[rest].sum() > 0:
        weight_h = weight_h * (hours[rest].sum() / weight_h[rest].sum())
    return np.where(rest, weight_h, 0.0), np.nan_to_num(own) * hours


def _trips(inputs: Inputs, hours: Array, passages: Array) -> Array:
    """Trips that make the passages of *hours* at the street's rate and so many *passages* beside: (replications, ...)."""
    made = inputs["street.passages_per_hour"][:, None] * hours + passages
    return np.asarray(made / passages_per_trip(inputs)[:, None])
