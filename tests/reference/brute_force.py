"""The naive model: everybody walks past every camera, and every face is compared with the list.

It follows the words of docs/design.md and nothing else: nothing is drawn only because it could alert, nothing is
masked before it happened, and no code is shared with ``simulator.street`` or ``simulator.response``. One replication
is one call of *walk*: people, their trips, their passages and then the exceedances of every passage, as plain arrays.
*alerts_in* looks at them with one threshold and list size, *deal_with* stops people one after the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from simulator.scenario.models import Deployment, Scenario

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Flags = NDArray[np.bool_]

ORDINARY, LISTED, KIN = range(3)
FALSE, FALSE_OTHER_ENTRY, TRUE_WANTED, TRUE_CONDITIONS, TRUE_STALE = range(5)
NOT_STOPPED, STOPPED, ARRESTED, KNOWN, VOID = range(5)
KIN_FLOOR_THRESHOLD = 0.64


@dataclass(frozen=True)
class GenuineScores:
    """Scores of a face against the person's own entry, or against a relative's."""

    mean: float
    sd: float
    capture: float
    person_share: float

    @classmethod
    def calibrated(
        cls, anchor: float, tpir: float, sd: float, capture: float, threshold: float, correlation: float
    ) -> GenuineScores:
        """From TPIR at the anchor, and from the correlation of two detections of one person at *threshold*."""
        mean = anchor + sd * float(special.ndtri(tpir / capture))
        p = capture * float(special.ndtr((mean - threshold) / sd))
        return cls(mean, sd, capture, person_share_of(p, correlation))

    def tpir(self, threshold: float) -> float:
        """Chance that one passage scores at least *threshold*."""
        return self.capture * float(special.ndtr((self.mean - threshold) / self.sd))


def person_share_of(p: float, correlation: float) -> float:
    """The r for which two detections of chance *p*, made by z = sqrt(r) U + sqrt(1-r) e, have this correlation."""
    if correlation == 0:
        return 0.0
    u, weight = _normal_quadrature()
    limit = special.ndtri(p)

    def excess(r: float) -> float:
        both = np.sum(weight * special.ndtr((limit - np.sqrt(r) * u) / np.sqrt(1 - r)) ** 2)
        return float((both - p * p) / (p * (1 - p)) - correlation)

    return float(optimize.brentq(excess, 0.0, 0.99))


@cache
def _normal_quadrature() -> tuple[Array, Array]:
    """Points and weights whose weighted sum of f is the mean of f(U), U standard normal."""
    u, weight = np.polynomial.hermite_e.hermegauss(200)
    return u, weight / weight.sum()


class Numbers:
    """The numbers of a scenario, for a campaign watched down to *threshold* with a list of *size*."""

    def __init__(self, scenario: Scenario, threshold: float, size: float) -> None:
        street, listed, recogniser = scenario.street, scenario.watchlist, scenario.recogniser
        self.threshold, self.size = threshold, size
        self.days = scenario.campaign.days

        self.ends = street.camera_ends
        self.other_end = street.share_passing_both.value
        self.returns = street.return_same_day.value
        self.between_ends_s = street.between_ends_min.value * 60
        self.pool = None if street.pool_people is None else int(street.pool_people.value)
        self.level_k = _value(street.day_dispersion_k)
        self.listed_level_k = _value(listed.day_dispersion_k)
        self.fmr_level_k = _value(recogniser.fmr_day_dispersion_k)
        per_trip = (1 + self.returns) * (1 + self.other_end)
        busy = [_busy(street.profile, day) for day in self.days]
        usual = sum(day.hours * x for day, x in zip(self.days, busy, strict=True)) / sum(day.hours for day in self.days)
        self.mean_trips = [
            street.passages_per_hour.value * day.hours * x / usual / per_trip
            for day, x in zip(self.days, busy, strict=True)
        ]

        groups = street.groups
        self.street_share = np.array([group.street_share for group in groups] or [1.0])
        self.list_share = np.array([group.list_share for group in groups] or [1.0])
        given = [group.listed_passages_share for group in groups]
        self.listed_group_share = np.array(given) if groups and None not in given else self.list_share
        self.shift = np.array([group.score_shift for group in groups] or [0.0])
        matrix = np.ones((len(self.shift),) * 2) if street.group_matrix is None else np.array(street.group_matrix)
        matrix = matrix / (self.street_share @ matrix @ self.list_share)
        self.relative = matrix @ self.list_share
        self.entry_group_share = matrix * self.list_share / self.relative[:, None]

        sd, capture, anchor = recogniser.score_sd.value, recogniser.capture_rate.value, recogniser.anchor_threshold
        own_threshold = recogniser.threshold.value
        self.own_entry = GenuineScores.calibrated(
            anchor, recogniser.tpir_at_anchor.value, sd, capture, own_threshold, recogniser.detection_correlation.value
        )
        self.relatives_entry = GenuineScores.calibrated(
            anchor,
            recogniser.kin_tpir_at_anchor.value,
            sd,
            capture,
            own_threshold,
            recogniser.kin_detection_correlation.value,
        )

        reference = listed.size_of_reference
        self.growth = listed.growth_exponent.value
        if listed.listed_per_1000_passages is not None:
            at_reference = listed.listed_per_1000_passages.value / 1000
        else:
            # only the true alerts were measured, at some threshold, from whatever groups are on the list
            measured_at = anchor if listed.reference_threshold is None else listed.reference_threshold
            tpir = sum(
                share * self.own_entry.tpir(measured_at - shift)
                for share, shift in zip(self.listed_group_share, self.shift, strict=True)
            )
            at_reference = listed.true_alerts_per_1000_passages.value / 1000 / tpir
        kin_at_reference = recogniser.kin_per_100k_passages.value * 1e-5
        self.listed_share = at_reference * (size / reference) ** self.growth
        self.kin_share = kin_at_reference * size / reference
        self.conditions, self.stale = listed.conditions_share.value, listed.stale_share.value
        self.uncaptured_never_alerts = recogniser.preset == "npl"

        self.gamma, self.slope = recogniser.list_size_exponent.value, recogniser.slope_per_unit.value

        def fmr(at: float) -> float:
            return recogniser.fmr_at_anchor.value * float(np.exp(-self.slope * (at - anchor)))

        # The level of the record includes kin: what is left for strangers is lower by the kin floor. Both are taken per
        # passage, so where a face that is not captured never alerts, the level is of captured faces only.
        floor = kin_at_reference * self.relatives_entry.tpir(KIN_FLOOR_THRESHOLD)
        level = reference**self.gamma * fmr(KIN_FLOOR_THRESHOLD) * (capture if self.uncaptured_never_alerts else 1.0)
        left = max(0.0, 1 - floor / level)
        self.exceedances = size**self.gamma * fmr(threshold) * left

        same_day = recogniser.lookalike_persistence_same_day.value
        across = recogniser.lookalike_persistence_across_days.value
        self.rho_across = 0.0 if self.pool is None else min(across, same_day)
        self.rho_same_day = same_day


def _busy(profile: dict[str, float], day: Deployment) -> float:
    """Mean weight of the profile while the cameras are on: each weight holds from its clock time to the next."""
    if not profile:
        return 1.0
    hour_of = {int(text[:2]) + int(text[3:]) / 60: weight for text, weight in profile.items()}
    start = int(day.start[:2]) + int(day.start[3:]) / 60
    steps = 5000
    weights = []
    for step in range(steps):
        clock = (start + day.hours * (step + 0.5) / steps) % 24
        # before the first clock time the last one of the day before still holds
        since = max((hour for hour in hour_of if hour <= clock), default=max(hour_of))
        weights.append(hour_of[since])
    return sum(weights) / steps


def _value(quantity: object) -> float | None:
    return None if quantity is None else quantity.value


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

    levels, listed_levels, fmr_levels = level(n.level_k), level(n.listed_level_k), level(n.fmr_level_k)

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
    """The same people for the whole campaign: their kinds, and trips of each person to each deployment."""
    listed = min(rng.poisson(n.pool * n.listed_share), n.pool)
    kin = min(rng.poisson(n.pool * n.kin_share), n.pool - listed)
    kind = np.repeat([LISTED, KIN, ORDINARY], [listed, kin, n.pool - listed - kin])
    level = np.where((kind == LISTED)[:, None], listed_levels, levels)
    return kind, rng.poisson(np.array(n.mean_trips) * level / n.pool)


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


def alerts_in(walked: Walked, threshold: float, size: float) -> tuple[Index, Index]:
    """The exceedance each alerting passage alerts on, and its truth, with this *threshold* and a list of *size*."""
    visible = np.flatnonzero((walked.score >= threshold) & (walked.rank <= size))
    rising = visible[np.argsort(walked.score[visible])]
    best = np.full(len(walked.person), -1)
    best[walked.passage[rising]] = rising  # the last one written is the highest
    row = best[best >= 0]
    person = walked.person[walked.passage[row]]
    own = np.where(walked.stale[person], TRUE_STALE, np.where(walked.conditions[person], TRUE_CONDITIONS, TRUE_WANTED))
    other = np.where(walked.own_rank[person] <= size, FALSE_OTHER_ENTRY, FALSE)
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
) -> list[int]:
    """What becomes of each alert where officers are many and quick; *carried_over*: arrests deplete later days.

    People are stopped in the order of deployments and times. An arrested person passes no more; one who was stopped
    earlier that day is recognised.
    """
    procedure, days = scenario.procedure, scenario.campaign.days
    passage = walked.passage[row]
    order = np.lexsort((walked.time_s[passage], walked.deployment[passage]))
    ends = [NOT_STOPPED] * len(row)
    arrested: set[int] = set()
    stopped: set[tuple[int, object]] = set()
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
        if (person, days[day].date) in stopped and happens(procedure.remembered.value):
            ends[i] = KNOWN
            continue
        wrong = truth[i] <= FALSE_OTHER_ENTRY
        accepted = procedure.look.accept_false if wrong else procedure.look.accept_true
        if not happens(accepted.value) or happens(procedure.not_found.value):
            continue
        stopped.add((person, days[day].date))
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
