"""Listed people one by one, in closed form: how many are stopped, and what their arrests take from later alerts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.evidence.counted.closed_forms import KindForms, added, present
from simulator.evidence.counted.recognised import correlation_of_scores, over_people
from simulator.scenario.days import place_numbers
from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.crowd import pool_of
from simulator.street.day_kinds import day_kinds
from simulator.street.footfall import passages_per_trip, trips_by
from simulator.street.groups import groups_of
from simulator.street.people import Index
from simulator.street.recogniser import ScoreLaws


def listed_stopped(scenario: Scenario, inputs: Inputs, forms: Sequence[KindForms]) -> Array:
    """Listed people stopped at least once as themselves in one campaign, before queues and walking away: (replications,).

    *forms* are those by kind of deployment. Of people, who are counted once, neither an arrest nor being recognised takes
    any away.
    """
    listed = _Listed(scenario, inputs, forms)
    return np.asarray(
        sum((group.people * listed.met(group, listed.stopped)).sum(axis=(0, 1)) for group in listed.groups)
    )


def people_who_come(inputs: Inputs, trips: Array, part: float = 1.0) -> Array:
    """People who come past at least once in a *part* of a campaign; *trips* (replications, places) are those of all of it.

    So many times the share of listed people are listed: (replications,). All days are of usual footfall.
    """
    who = _Populations.of(inputs, trips[:, :, None])
    return np.asarray((who.people * who.some(part * who.visits[:, 0])[0]).sum(axis=0))


def voided_share(scenario: Scenario, inputs: Inputs, forms: Sequence[KindForms]) -> Array:
    """About what share of the alerts of a campaign does not happen because the person was arrested before: (replications,).

    *forms* as for *listed_stopped*. Arrests on false alerts, queues, walking away and people who are recognised are left out.
    """
    listed = _Listed(scenario, inputs, forms)
    checkers = np.stack([present(scenario, inputs, one.kind, "checkers") for one in listed.forms])
    left, in_all = np.zeros(inputs.replications), np.zeros(inputs.replications)
    for group in listed.groups:
        alerts = listed.alerts(group, np.ones_like(checkers))
        in_all += (group.people * alerts).sum(axis=(0, 1))
        for share, arrested in _categories(inputs):
            per_alert = listed.stopped * checkers * arrested
            # an arrest is the last of so many alerts
            last = _ratio(listed.alerts(group, per_alert), alerts)
            happen = np.divide(listed.met(group, per_alert), last, out=alerts.copy(), where=last > 0)
            left += share * (group.people * happen).sum(axis=(0, 1))
    total = added(forms)
    return np.where(in_all > 0, 1 - _ratio(left, in_all), 0.0) * _ratio(total["true_alerts"], total["alerts"])


@dataclass(frozen=True)
class _Group:
    """Listed people of one group: of each population and band of ranks, how many *people* for one who comes.

    *limits* (thresholds, replications) are the normal quantiles of their TPIR, *people* has (populations, bands, replications).
    """

    tpir: Array
    limits: Array
    people: Array


class _Listed:
    """The listed people of a campaign by group and by band of ranks: everybody in a band is on the same lists."""

    def __init__(self, scenario: Scenario, inputs: Inputs, forms: Sequence[KindForms]) -> None:
        # from the longest list to the shortest, which everybody is on
        order = sorted(range(len(forms)), key=lambda i: -forms[i].size)
        self.inputs, self.forms = inputs, [forms[i] for i in order]
        self.who = _Populations.of(inputs, _trips_by_kind(scenario, inputs, len(forms))[:, :, order])
        sizes = [one.size for one in self.forms]
        self.ends = [i for i, size in enumerate(sizes) if size not in sizes[i + 1 :]]
        thresholds = list(dict.fromkeys(one.threshold for one in self.forms))
        self.at = np.array([thresholds.index(one.threshold) for one in self.forms])
        self.correlation = correlation_of_scores(scenario, inputs)
        self.groups, tpir = self._groups(scenario, thresholds, sizes)
        # of those whose score is high enough: others may score higher, and a look or a search may fail
        reached = np.stack([one.listed_passages for one in self.forms]) * tpir[self.at]
        self.stopped = _ratio(np.stack([one.measures["true_stops"] for one in self.forms]), reached)

    def _groups(
        self, scenario: Scenario, thresholds: Sequence[float], sizes: Sequence[float]
    ) -> tuple[list[_Group], Array]:
        """Every group, and the TPIR of them all at each of the *thresholds*."""
        from scipy import special

        groups, laws = groups_of(scenario), ScoreLaws(scenario, self.inputs)
        growth = self.inputs["watchlist.growth_exponent"]
        on_list = np.stack([(sizes[end] / sizes[0]) ** growth for end in self.ends])
        bands = on_list - np.concatenate([on_list[1:], np.zeros((1, self.inputs.replications))])
        passages = sum(one.kind.expected_passages(self.inputs) * (one.size / sizes[0]) ** growth for one in self.forms)
        listed = _ratio(np.asarray(sum(one.listed_passages for one in self.forms)), np.asarray(passages))
        found, average = [], np.zeros((len(thresholds), self.inputs.replications))
        for share, shift in zip(np.diff(groups.listed_cdf, prepend=0.0), groups.score_shift, strict=True):
            tpir = np.stack([laws.tpir(threshold, float(shift)) for threshold in thresholds])
            average += share * tpir
            limits = special.ndtri(np.clip(tpir, 1e-300, 1 - 1e-16))
            found.append(_Group(tpir, limits, share * listed * bands * self.who.people[:, None]))
        return found, average

    def alerts(self, group: _Group, per_alert: Array) -> Array:
        """What happens *per_alert* (kinds, replications) to one of a *group*, counted each time: (populations, bands, ...)."""
        each = self.who.visits * passages_per_trip(self.inputs) * group.tpir[self.at] * per_alert
        return self._by_band(each)

    def met(self, group: _Group, per_alert: Array) -> Array:
        """Chance of one of a *group* that what happens *per_alert* does at least once: (populations, bands, replications)."""
        visits = self.who.visits
        limit = [(self.at == m)[:, None] for m in range(len(group.limits))]

        def count(chances: Array) -> tuple[Array, Array]:
            on_a_trip, slope = _on_a_trip(self.inputs, per_alert * chances[self.at])
            some, grows = self.who.some(self._by_band(visits * on_a_trip))
            by_chance = visits * (slope * per_alert)
            return some, np.stack([self._by_band(by_chance * of) * grows for of in limit])

        return over_people(group.limits, self.correlation, count)

    def _by_band(self, each: Array) -> Array:
        """Sums over the kinds whose list a band is on, of *each* of them: (populations, bands, replications)."""
        return each if len(self.forms) == 1 else np.cumsum(each, axis=1)[:, self.ends]


@dataclass(frozen=True)
class _Populations:
    """The listed people of each place, and those who may come to any: *people* (populations, replications) who make the trips.

    Without a pool everybody makes one trip, and *visits* (populations, kinds, replications) are all trips; *people* are then
    the share of them.
    """

    people: Array
    visits: Array
    pooled: bool
    k: Array | None

    @classmethod
    def of(cls, inputs: Inputs, trips: Array) -> _Populations:
        """Of the *trips* (replications, places, kinds)."""
        pools: list[Index | None] = [pool_of(inputs, at_place[:, None]) for at_place in trips.sum(axis=2).T]
        known = [pool for pool in pools if pool is not None]
        anywhere = inputs["watchlist.any_place_share"] * (len(known) > 1)
        made, shares = list(trips.transpose(1, 2, 0)), [1 - anywhere for _ in pools]
        if anywhere.any():
            made, shares, known = [*made, sum(made)], [*shares, anywhere], [*known, np.sum(known, axis=0)]
        share = np.stack(shares)
        if not known:
            return cls(share, np.stack(made), False, None)
        pool = np.stack(known)
        return cls(share * pool, np.stack(made) / pool[:, None], True, inputs.get("street.visit_dispersion_k"))

    def some(self, mean: Array) -> tuple[Array, Array]:
        """Chance that what happens *mean* times on average does at least once, and by how much that grows with *mean*."""
        if not self.pooled:
            return mean, np.ones_like(mean)
        if self.k is None:
            some = -np.expm1(-mean)
            return some, 1 - some
        # of people with gamma weights
        some = -np.expm1(-self.k * np.log1p(mean / self.k))
        return some, (1 - some) / (1 + mean / self.k)


def _trips_by_kind(scenario: Scenario, inputs: Inputs, kinds: int) -> Array:
    """Trips to the deployments of each kind at each place: (replications, places, kinds)."""
    place, kind = place_numbers(scenario.campaign), day_kinds(scenario)[1]
    places = int(place.max()) + 1
    return trips_by(scenario, inputs, place * kinds + kind, places * kinds).reshape(-1, places, kinds)


def _on_a_trip(inputs: Inputs, per_passage: Array) -> tuple[Array, Array]:
    """Chance that it happens on at least one passage of a trip, and by how much that grows with the chance *per_passage*."""
    back, both = (inputs[f"street.{key}"] for key in ("return_same_day", "share_passing_both"))
    first, second = 1 - per_passage, 1 - both * per_passage
    never = first * second
    slope = (second + both * first) * (1 - back + 2 * back * never)
    return 1 - never * (1 - back + back * never), slope


def _categories(inputs: Inputs) -> Iterator[tuple[Array, Array]]:
    """What share of listed people is wanted, under conditions or on a stale record, and how many stops arrest them."""
    stale, conditions = inputs["watchlist.stale_share"], inputs["watchlist.conditions_share"]
    shares = {"wanted": (1 - stale) * (1 - conditions), "conditions": (1 - stale) * conditions, "stale": stale}
    for name, share in shares.items():
        yield share, inputs[f"procedure.disposals.{name}_arrest"]


def _ratio(top: Array, bottom: Array) -> Array:
    return np.divide(top, bottom, out=np.zeros_like(top), where=bottom > 0)


__all__ = ["listed_stopped", "people_who_come", "voided_share"]
