"""A trained model without its training rows: what they say of each coefficient, as a mean and a covariance.

Log rate per hour = overall + words of the site's name / sqrt(their number) + level + slopes; to each the day adds its own.
The level wanders on from where it was on the last training day. Places, days and months that no row knows are as unsure
as the model's settings say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from simulator.evidence.check.model import Law, Trained, counts_of
from simulator.evidence.check.model_parts import (
    OVERALL_SD,
    PARTS,
    SLOPES,
    YEAR_DAYS,
    Origin,
    all_words,
    components,
    members,
)
from simulator.evidence.check.planned import Planned
from simulator.evidence.check.predictive import Forecast
from simulator.scenario.quantity import Array

# Numbers are kept to this, far below what is known of any coefficient.
UNIT = 1e-4
WEEKDAYS = ("Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed")


@dataclass(frozen=True, kw_only=True)
class NewRates:
    """Standard deviations (*deviation*, by part; 0: no such part) of what is new, and the *shape* of counts, at a *weight*."""

    weight: float
    shape: float
    deviation: dict[str, float]


@dataclass(frozen=True, kw_only=True)
class Coefficients:
    """The *mean* of each coefficient by its *name*, and a *factor* of their covariance (its product with its transpose).

    A line of *factor* has the numbers of one row up to the diagonal, in units of 0.0001. *origin* is what days, hours,
    lists and thresholds are measured from, *last_day* (since 1970) where the level begins to wander on.
    """

    parts: tuple[str, ...]
    origin: Origin
    last_day: float
    name: tuple[str, ...]
    mean: tuple[float, ...]
    factor: tuple[str, ...]
    settings: tuple[NewRates, ...]

    @classmethod
    def of(cls, trained: Trained) -> Self:
        """What there is to keep of a *trained* model; its settings are pooled where coefficients are known from rows."""
        last = float(trained.planned.day.max())
        words = all_words(trained.planned.site) if "sites" in trained.parts else []
        names = _names(trained.parts, words)
        with_rows = _features(names, trained.planned, trained.origin)
        years = trained.origin.years(trained.planned)
        end = float(years.max())
        means, covariances, settings = [], [], []
        for setting in trained.settings:
            deviation = dict(zip(trained.parts, map(float, setting.deviations), strict=True))
            own = np.array([OVERALL_SD if name == "overall" else deviation[name.split(":")[0]] for name in names]) ** 2
            cross = own[:, None] * with_rows.T
            if "level" in names:
                at = names.index("level")
                cross[at], own[at] = own[at] * years, own[at] * end
            mean, covariance = setting.fit.rates(cross, np.diag(own))
            means.append(mean - np.where(np.array(names) == "overall", 0.0, setting.fit.centre))
            covariances.append(covariance)
            kept = {part: _digits(x) for part, x in deviation.items() if PARTS[part].log_sd > 0}
            settings.append(NewRates(weight=setting.weight, shape=_digits(setting.shape), deviation=kept))
        weights = np.array([setting.weight for setting in trained.settings])
        middle = weights @ np.array(means)
        away = np.array(means) - middle
        pooled = np.tensordot(weights, np.array(covariances), 1) + (away.T * weights) @ away
        factor = np.linalg.cholesky(pooled + UNIT**2 * np.eye(len(names)))
        return cls(
            parts=trained.parts,
            origin=trained.origin,
            last_day=last,
            name=tuple(names),
            mean=tuple(round(float(x), 4) for x in middle),
            factor=tuple(
                " ".join(str(round(x / UNIT)) for x in row[: number + 1]) for number, row in enumerate(factor.tolist())
            ),
            settings=tuple(settings),
        )

    @property
    def sd(self) -> Array:
        """Standard deviation of each coefficient."""
        return np.asarray(np.sqrt((self._factor() ** 2).sum(axis=1)))

    def forecast(self, planned: Planned, seed: int) -> Forecast:
        """The counts of the *planned* deployments, all of them after the last training day."""
        features = _features(self.name, planned, self.origin)
        mean = features @ np.array(self.mean)
        known = features @ self._factor()
        covariance = known @ known.T
        new = {name: self._new(name, planned) for name in ("sites", "level", "day") if name in self.parts}
        laws = [
            Law(
                setting.weight,
                setting.shape,
                mean,
                covariance + sum(setting.deviation[name] ** 2 * likeness for name, likeness in new.items()),
            )
            for setting in self.settings
        ]
        return counts_of(laws, planned, seed)

    def _new(self, part: str, planned: Planned) -> Array:
        """How alike rows are in what no training row knows of a *part*, at a deviation of 1: (rows, rows)."""
        if part == "sites":
            known = {name.removeprefix("sites:") for name in self.name}
            unknown = members(planned.site, [word for word in all_words(planned.site) if word not in known])
            return np.asarray(unknown @ unknown.T)
        if part == "level":
            since = np.maximum(planned.day - self.last_day, 0.0) / YEAR_DAYS
            return np.asarray(np.minimum.outer(since, since))
        return np.asarray(components((part,), planned, planned, self.origin)[0])

    def _factor(self) -> Array:
        table = np.zeros((len(self.name), len(self.name)))
        for number, line in enumerate(self.factor):
            table[number, : number + 1] = [int(x) * UNIT for x in line.split()]
        return table


def _names(parts: tuple[str, ...], words: list[str]) -> list[str]:
    """The coefficients of a model with these *parts*: a day's own effect is none, since it will not come again."""
    names = ["overall"]
    for part in parts:
        if part == "sites":
            names += [f"sites:{word}" for word in words]
        elif part == "weekday":
            names += [f"weekday:{day}" for day in WEEKDAYS]
        elif part != "day":
            names.append(part)
    return names


def _features(names: tuple[str, ...] | list[str], planned: Planned, origin: Origin) -> Array:
    """What each coefficient is multiplied by in each row: (rows, coefficients); the level by 1, from the last training day."""
    words = [name.removeprefix("sites:") for name in names if name.startswith("sites:")]
    of_words = dict(zip(words, members(planned.site, words).T, strict=True))

    def column(name: str) -> Array:
        part, _, value = name.partition(":")
        if part == "sites":
            return np.asarray(of_words[value])
        if part == "weekday":
            return np.asarray(planned.day % 7 == WEEKDAYS.index(value), dtype=float)
        return SLOPES[part](planned, origin) if part in SLOPES else np.ones(len(planned))

    return np.stack([column(name) for name in names], axis=1)


def _digits(x: float) -> float:
    return float(f"{x:.4g}")


__all__ = ["Coefficients", "NewRates"]
