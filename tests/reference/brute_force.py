"""The naive model: everybody walks past every camera, and every face is compared with the list.

It follows the words of docs/design.md and nothing else: nothing is drawn only because it could alert, nothing is
masked before it happened, and no code is shared with ``simulator.street`` or ``simulator.response``. One replication
is one call of *walk*: people, their trips, their passages and then the exceedances of every passage, as plain arrays.
*alerts_in* looks at them with one threshold and list size, *deal_with* stops people one after the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from reference.scenario_numbers import Array, Numbers
from simulator.scenario.models import Scenario

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]

ORDINARY, LISTED, KIN = range(3)
FALSE, FALSE_OTHER_ENTRY, TRUE_WANTED, TRUE_CONDITIONS, TRUE_STALE = range(5)
NOT_STOPPED, STOPPED, ARRESTED, KNOWN, VOID = range(5)


@dataclass(frozen=True)
class Walked:
    """What happened in one replication: people, passages, and exceedances at or above the numbers' threshold."""

    own_rank: Array  # of people: rank of their own entry, infinite where they are not listed
    person_group: Index
    conditions: Flags
    stale: Flags
    person: Index  # of passages
    deployment: Index
    end: Index
    time_s: Array
    passage: Index  # of exceedances
    score: Array
    rank: Array
    own: Flags
    entry_group: Index


def walk(n: Numbers, rng: np.random.Generator) -> Walked:
    """One replication of the campaign."""

    def level(k: float | None) -> Array:
        return np.ones(len(n.days)) if k is None else rng.gamma(k, 1 / k, len(n.days))

    levels, listed_levels, fmr_levels = level(n.level_k), level(n.own_listed_level_k), level(n.fmr_level_k)
    listed_levels = listed_levels * levels**n.elasticity / n.mean_followed

    # Who there is, and how often each of them comes to each deployment.
    kind, trips = (_strangers if n.pool is None else _pool)(n, levels, listed_levels, rng)
    people = len(kind)
    listed, kin = kind == LISTED, kind == KIN
    group = np.where(listed, _pick(rng, n.listed_group_share, people), _pick(rng, n.street_share, people))
    own_rank = np.where(listed, _ranks(rng, people, n.size, n.growth), np.inf)
    relatives_rank = n.size * rng.random(people)
    conditions, stale = rng.random(people) < n.conditions, rng.random(people) < n.stale

    # Each trip is one visit or two; each visit passes one end or both.
    trip_person, trip_day = np.repeat(np.indices(trips.shape).reshape(2, -1), trips.ravel(), axis=1)
    visits = 1 + (rng.random(len(trip_person)) < n.returns)
    visit_trip = np.repeat(np.arange(len(trip_person)), visits)
    first_end = rng.integers(n.ends, size=len(visit_trip))
    hours = np.array([day.hours for day in n.days])
    first_time = rng.random(len(visit_trip)) * 3600 * hours[trip_day[visit_trip]]
    both = rng.random(len(visit_trip)) < n.other_end
    trip = np.concatenate([visit_trip, visit_trip[both]])
    end = np.concatenate([first_end, 1 - first_end[both]])
    time_s = np.concatenate([first_time, first_time[both] + n.between_ends_s])
    person, day = trip_person[trip], trip_day[trip]
    passages = len(trip)

    # Genuine scores: listed people against their own entries, kin against their relatives'.
    person_effect = rng.standard_normal(people)
    noise = rng.standard_normal(passages)
    captured = rng.random(passages) < n.own_entry.capture
    genuine: list[tuple[Index, Array, Array, Flags, Index]] = []
    for whose, law, rank in ((listed, n.own_entry, own_rank), (kin, n.relatives_entry, relatives_rank)):
        z = np.sqrt(law.person_share) * person_effect[person] + np.sqrt(1 - law.person_share) * noise
        u = special.ndtr(z)
        captured = np.where(whose[person], u < law.capture, captured)
        with np.errstate(invalid="ignore"):
            score = law.mean + n.shift[group[person]] - law.sd * special.ndtri(np.minimum(u / law.capture, 1.0))
        at = np.flatnonzero(whose[person] & (u < law.capture) & (score >= n.threshold))
        is_own = np.full(len(at), whose is listed)
        genuine.append((at, score[at], rank[person[at]], is_own, group[person[at]]))

    # False exceedances: some follow the person for good, some for the trip, the rest are of a single passage.
    def strangers_entries(mean: Array, group_of: Index, bearer_of_passage: Index) -> tuple[Index, Array, Array, Index]:
        bearer = np.repeat(np.arange(len(mean)), rng.poisson(mean))
        score = n.threshold + rng.exponential(1 / n.slope, len(bearer))
        rank = _ranks(rng, len(bearer), n.size, n.gamma)
        u = rng.random(len(bearer))
        entry_group = (u[:, None] > np.cumsum(n.entry_group_share, axis=1)[group_of[bearer], :-1]).sum(axis=1)
        which, passage = np.nonzero(bearer[:, None] == bearer_of_passage[None, :])
        return passage, score[which], rank[which], entry_group[which]

    mean = n.exceedances * n.relative[group]
    for_the_day = fmr_levels[trip_day] * mean[trip_person]
    for_the_passage = fmr_levels[day] * mean[person]
    false = [
        strangers_entries(n.rho_across * mean, group, person),
        strangers_entries((n.rho_same_day - n.rho_across) * for_the_day, group[trip_person], trip),
        strangers_entries((1 - n.rho_same_day) * for_the_passage, group[person], np.arange(passages)),
    ]
    rows = list(genuine)
    for passage, score, rank, entry_group in false:
        seen = captured[passage] if n.uncaptured_never_alerts else np.ones(len(passage), dtype=bool)
        rows.append((passage[seen], score[seen], rank[seen], np.zeros(seen.sum(), dtype=bool), entry_group[seen]))
    joined = [np.concatenate(column) for column in zip(*rows, strict=True)]
    return Walked(own_rank, group, conditions, stale, person, day, end, time_s, *joined)


def _pool(n: Numbers, levels: Array, listed_levels: Array, rng: np.random.Generator) -> tuple[Index, Index]:
    """The same people for the whole campaign: their kinds, and trips of each person to each deployment.

    Every place has as many people of its own. Listed people who may come to any place take the place of as many everywhere.
    """
    everybody = sum(n.pool.values())
    anywhere_share = n.any_place_share if len(n.pool) > 1 else 0.0
    anywhere = min(rng.poisson(everybody * n.listed_share * anywhere_share), everybody)
    kinds, rates = [np.full(anywhere, LISTED)], [np.tile(1 / everybody, (anywhere, len(n.days)))]
    for place, pool in n.pool.items():
        listed = min(rng.poisson(pool * n.listed_share * (1 - anywhere_share)), pool)
        kin = min(rng.poisson(pool * n.kin_share), pool - listed)
        others = pool - listed - kin - anywhere * pool // everybody
        kinds.append(np.repeat([LISTED, KIN, ORDINARY], [listed, kin, max(others, 0)]))
        rates.append(np.tile((n.place == place) / pool, (len(kinds[-1]), 1)))
    kind = np.concatenate(kinds)
    level = np.where((kind == LISTED)[:, None], listed_levels, levels)
    often = np.ones(len(kind)) if n.visits_k is None else rng.gamma(n.visits_k, 1 / n.visits_k, len(kind))
    return kind, rng.poisson(np.array(n.mean_trips) * level * np.concatenate(rates) * often[:, None])


def _strangers(n: Numbers, levels: Array, listed_levels: Array, rng: np.random.Generator) -> tuple[Index, Index]:
    """A new person for every trip."""
    kinds, days = [], []
    for d, mean in enumerate(n.mean_trips):
        others = 1 - n.listed_share - n.kin_share
        for kind, expected in (
            (LISTED, mean * listed_levels[d] * n.listed_share),
            (KIN, mean * levels[d] * n.kin_share),
            (ORDINARY, mean * levels[d] * others),
        ):
            number = rng.poisson(expected)
            kinds += [kind] * number
            days += [d] * number
    trips = np.zeros((len(kinds), len(n.mean_trips)), dtype=np.int64)
    trips[np.arange(len(kinds)), days] = 1
    return np.array(kinds, dtype=np.int64), trips


def _pick(rng: np.random.Generator, shares: Array, number: int) -> Index:
    return rng.choice(len(shares), size=number, p=shares)


def _ranks(rng: np.random.Generator, number: int, size: float, exponent: float) -> Array:
    """Ranks of which a share (N / size) ^ exponent lies within a list of N."""
    return np.zeros(number) if exponent == 0 else size * rng.random(number) ** (1 / exponent)


def alerts_in(walked: Walked, threshold: Array | float, size: Array | float) -> tuple[Index, Index]:
    """The exceedance each alerting passage alerts on, and its truth, with this *threshold* and a list of *size*.

    Both may differ from deployment to deployment.
    """
    days = np.ones(walked.deployment.max(initial=0) + 1)
    lowest, longest = (days * of if np.ndim(of) == 0 else of for of in (threshold, size))
    day = walked.deployment[walked.passage]
    visible = np.flatnonzero((walked.score >= lowest[day]) & (walked.rank <= longest[day]))
    rising = visible[np.argsort(walked.score[visible])]
    best = np.full(len(walked.person), -1)
    best[walked.passage[rising]] = rising  # the last one written is the highest
    row = best[best >= 0]
    person = walked.person[walked.passage[row]]
    own = np.where(walked.stale[person], TRUE_STALE, np.where(walked.conditions[person], TRUE_CONDITIONS, TRUE_WANTED))
    on_list = walked.own_rank[person] <= longest[day[row]]
    other = np.where(on_list, FALSE_OTHER_ENTRY, FALSE)
    return row, np.where(walked.own[row], own, other)


def without_lower_exceedances(walked: Walked) -> Walked:
    """A mistake to be found: only the highest exceedance of each passage is kept, before any mask."""
    row, _ = alerts_in(walked, -np.inf, np.inf)
    kept = {name: getattr(walked, name)[row] for name in ("passage", "score", "rank", "own", "entry_group")}
    return Walked(**{**walked.__dict__, **kept})


def deal_with(
    scenario: Scenario,
    walked: Walked,
    row: Index,
    truth: Index,
    rng: np.random.Generator,
    carried_over: bool = True,
    in_time: bool = True,
) -> list[int]:
    """What becomes of each alert where officers are many and quick; *carried_over*: arrests deplete later days.

    Not *in_time*, one deployment is over before the next begins, whatever the clock says.

    People are stopped in the order of time, at whichever deployment. An arrested person passes no more; one who was stopped
    earlier that day at that place is recognised.
    """
    procedure, days = scenario.procedure, scenario.campaign.days
    passage = walked.passage[row]
    begins = [dt.datetime.fromisoformat(f"{day.date}T{day.start}") for day in days]
    on_s = np.array([(at - begins[0]).total_seconds() for at in begins]) if in_time else 1e9 * np.arange(len(days))
    order = np.argsort(on_s[walked.deployment[passage]] + walked.time_s[passage], kind="stable")
    ends = [NOT_STOPPED] * len(row)
    arrested: set[int] = set()
    stopped: set[tuple[int, object, object]] = set()
    today = -1

    def happens(share: float) -> bool:
        return rng.random() < share

    for i in order.tolist():
        person, day = int(walked.person[passage[i]]), int(walked.deployment[passage[i]])
        if day != today and not carried_over:
            arrested.clear()
        today = day
        if person in arrested:
            ends[i] = VOID
            continue
        here = person, days[day].date, days[day].place
        if here in stopped and happens(procedure.remembered.value):
            ends[i] = KNOWN
            continue
        wrong = truth[i] <= FALSE_OTHER_ENTRY
        accepted = procedure.look.accept_false if wrong else procedure.look.accept_true
        if not happens(accepted.value) or happens(procedure.not_found.value):
            continue
        stopped.add(here)
        ends[i] = STOPPED
        if _is_arrested(scenario, int(truth[i]), happens):
            arrested.add(person)
            ends[i] = ARRESTED
    return ends


def _is_arrested(scenario: Scenario, truth: int, happens: Callable[[float], bool]) -> bool:
    procedure, disposals = scenario.procedure, scenario.procedure.disposals
    if truth <= FALSE_OTHER_ENTRY:
        return happens(procedure.check_error.value) or happens(procedure.other_offence_arrest.value)
    share = {
        TRUE_WANTED: disposals.wanted_arrest,
        TRUE_CONDITIONS: disposals.conditions_arrest,
        TRUE_STALE: disposals.stale_arrest,
    }[truth]
    return happens(share.value)
