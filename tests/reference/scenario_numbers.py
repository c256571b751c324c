"""What the naive model needs of a scenario: plain numbers, worked out from its values alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special, stats

from simulator.scenario.campaign import Deployment
from simulator.scenario.models import Scenario

Array = NDArray[np.float64]
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
        self.days = scenario.campaign.days
        self.threshold = threshold = min(
            [threshold, *(day.threshold for day in self.days if day.threshold is not None)]
        )
        self.size = size = max([size, *(day.watchlist_size for day in self.days if day.watchlist_size is not None)])
        self.place = np.array([0 if day.place is None else 1 + ord(day.place) for day in self.days])

        self.ends = street.camera_ends
        self.other_end = street.share_passing_both.value
        self.returns = street.return_same_day.value
        self.between_ends_s = street.between_ends_min.value * 60
        self.level_k = _value(street.day_dispersion_k)
        self.elasticity = listed.footfall_elasticity.value
        self.mean_followed, followed_variance = _power_of_level(self.level_k, self.elasticity)
        self.own_listed_level_k = _what_is_left(_value(listed.day_dispersion_k), followed_variance)
        self.fmr_level_k = _value(recogniser.fmr_day_dispersion_k)
        per_trip = (1 + self.returns) * (1 + self.other_end)
        busy = [_busy(street.profile, day) for day in self.days]
        rest = [(day.hours, x) for day, x in zip(self.days, busy, strict=True) if day.passages_per_hour is None]
        usual = sum(hours * x for hours, x in rest) / sum(hours for hours, _ in rest)
        self.mean_trips = [
            (street.passages_per_hour.value * x / usual if day.passages_per_hour is None else day.passages_per_hour)
            * day.hours
            / per_trip
            for day, x in zip(self.days, busy, strict=True)
        ]
        self.pool = None if street.pool_people is None else dict.fromkeys(self.place, int(street.pool_people.value))
        if street.visits_per_person is not None:
            often = street.visits_per_person.value
            self.pool = {
                place: max(
                    int(sum(m for m, at in zip(self.mean_trips, self.place, strict=True) if at == place) / often), 1
                )
                for place in self.place
            }
        self.visits_k = _value(street.visit_dispersion_k)

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
        self.any_place_share = listed.any_place_share.value
        self.conditions, self.stale = listed.conditions_share.value, listed.stale_share.value
        self.uncaptured_never_alerts = recogniser.preset == "npl"

        self.gamma, self.slope = recogniser.list_size_exponent.value, recogniser.slope_per_unit.value

        def fmr(at: float) -> float:
            return recogniser.fmr_at_anchor.value * float(np.exp(-self.slope * (at - anchor)))

        # The level of the record includes kin: what is left for strangers is lower by the kin floor. Both are taken per
        # passage, so where a face that is not captured never alerts, the level is of captured faces only.
        floor = kin_at_reference * self.relatives_entry.tpir(KIN_FLOOR_THRESHOLD)
        # what the list is worth grows with a power of its size from the list that the rate was measured with
        measured_with = recogniser.reference_list_size.value

        def worth(entries: float) -> float:
            return measured_with * (entries / measured_with) ** self.gamma

        level = worth(reference) * fmr(KIN_FLOOR_THRESHOLD) * (capture if self.uncaptured_never_alerts else 1.0)
        left = max(0.0, 1 - floor / level)
        self.exceedances = worth(size) * fmr(threshold) * left

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


def _power_of_level(k: float | None, power: float) -> tuple[float, float]:
    """Mean, and squared coefficient of variation, of a power of a gamma level of mean 1 and shape *k*."""
    if k is None:
        return 1.0, 0.0
    law = stats.gamma(k, scale=1 / k)
    mean, square = (law.expect(lambda x, p=p: x**p) for p in (power, 2 * power))
    return mean, square / mean**2 - 1


def _what_is_left(k: float | None, variance: float) -> float | None:
    """Shape of the gamma that, times a factor of this *variance* (both of mean 1), has shape *k*'s variance in all."""
    left = 0.0 if k is None else (1 + 1 / k) / (1 + variance) - 1
    return 1 / left if left > 1e-9 else None


def _value(quantity: object) -> float | None:
    return None if quantity is None else quantity.value
