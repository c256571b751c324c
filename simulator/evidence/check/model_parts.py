"""What makes one deployment's rate per hour like another's: sites with words in common, the time between, the same day.

Each part is a covariance between rows. Together they are a mixed model: an effect for each word of a site's name, a
level that wanders, an effect of each day. A part's standard deviation says by how much, as a share, rates differ.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.evidence.check.planned import Planned
from simulator.scenario.quantity import Array

# Words that say what kind of street a place is, and so do not make two places alike.
_KINDS_OF_STREET = (
    "the of and st saint street road lane avenue way parade square place hill bridge park green walk path court mall row "
    "high broadway central centre center town hall station junction cross market arena exchange end old new upper lower "
    "north south east west"
)
GENERIC = frozenset(_KINDS_OF_STREET.split())
YEAR_DAYS = 365.25
# The wandering of the level is measured from so many years before the first training row, where it is as good as free.
LEAD_YEARS = 0.5


@dataclass(frozen=True)
class Origin:
    """What the numbers of training rows are measured from: their first day and their middle hours, list and threshold."""

    day: float
    hours: float
    list_size: float
    threshold: float

    @classmethod
    def of(cls, planned: Planned) -> Origin:
        """The origin of these training rows."""

        def middle(values: Array) -> float:
            known = values[~np.isnan(values)]
            return float(np.median(known)) if len(known) else 1.0

        return cls(
            float(planned.day.min()), middle(planned.hours), middle(planned.list_size), middle(planned.threshold)
        )

    def years(self, planned: Planned) -> Array:
        """Years since shortly before the first training row."""
        return np.asarray(np.maximum((planned.day - self.day) / YEAR_DAYS + LEAD_YEARS, 0.0))


Covariance = Callable[[Planned, Planned, Origin], Array]


@dataclass(frozen=True)
class Part:
    """One source of likeness: *covariance* at a standard deviation of 1, and what is held likely of that deviation.

    *usual* is its median and *log_sd* the spread of its log-normal prior; with a *log_sd* of 0 it is *usual* itself.
    """

    words: str
    covariance: Covariance
    usual: float
    log_sd: float


def words_of(site: str) -> list[str]:
    """The words of a *site* that make it this place; all of them where none does."""
    words = list(dict.fromkeys(site.lower().split()))
    return [word for word in words if word not in GENERIC] or words or [""]


def members(sites: Sequence[str], words: Sequence[str]) -> Array:
    """Which of the *words* each of the *sites* has, its weights summing (squared) to 1 over all words of its name."""
    number = {word: at for at, word in enumerate(words)}
    table = np.zeros((len(sites), len(number)))
    for row, site in enumerate(sites):
        own = words_of(site)
        table[row, [number[word] for word in own if word in number]] = 1 / math.sqrt(len(own))
    return table


def all_words(sites: Iterable[str]) -> list[str]:
    """Every word that makes one of the *sites* what it is, in order of first appearance."""
    return list(dict.fromkeys(word for site in sites for word in words_of(site)))


def _sites(left: Planned, right: Planned, _: Origin) -> Array:
    """Shared words: the same name 1, one word of two shared 1/2."""
    words = all_words((*left.site, *right.site))
    return np.asarray(members(left.site, words) @ members(right.site, words).T)


def _wandering(left: Planned, right: Planned, origin: Origin) -> Array:
    """A random walk, standard deviation 1 after a year."""
    return np.minimum.outer(origin.years(left), origin.years(right))


def _day(left: Planned, right: Planned, _: Origin) -> Array:
    return np.equal.outer(left.day, right.day).astype(float)


def _weekday(left: Planned, right: Planned, _: Origin) -> Array:
    return np.equal.outer(left.day % 7, right.day % 7).astype(float)


def _slope(name: str) -> Covariance:
    def covariance(left: Planned, right: Planned, origin: Origin) -> Array:
        return np.outer(SLOPES[name](left, origin), SLOPES[name](right, origin))

    return covariance


def _known(values: Array) -> Array:
    """A blank stands at the middle of the training rows."""
    return np.nan_to_num(values)


# Parts that are one number of a deployment times a slope.
SLOPES: dict[str, Callable[[Planned, Origin], Array]] = {
    "kind": lambda planned, _: planned.is_fixed.astype(float),
    "hours": lambda planned, origin: _known(np.log(planned.hours / origin.hours)),
    "list": lambda planned, origin: _known(np.log(planned.list_size / origin.list_size)),
    "threshold": lambda planned, origin: _known((planned.threshold - origin.threshold) / 0.04),
}
PARTS = {
    # a factor of two either way; without fixed cameras among the training rows it stays so
    "kind": Part("an effect of fixed cameras", _slope("kind"), 0.7, 0.0),
    "sites": Part("an effect of each word in a site's name", _sites, 0.3, 0.7),
    "level": Part("a level that wanders", _wandering, 0.2, 0.7),
    "day": Part("an effect of each day", _day, 0.2, 0.7),
    "weekday": Part("an effect of each weekday", _weekday, 0.1, 0.7),
    "hours": Part("the length of the deployment", _slope("hours"), 0.5, 0.0),
    "list": Part("the size of the list", _slope("list"), 1.0, 0.0),
    "threshold": Part("the threshold", _slope("threshold"), 0.15, 0.0),
}
# The overall rate: a factor of e either way is nothing unusual.
OVERALL_SD = 1.0


def components(names: tuple[str, ...], left: Planned, right: Planned, origin: Origin) -> NDArray[np.float64]:
    """Covariance of each part of *names* at a deviation of 1: (parts, left rows, right rows)."""
    return np.stack(
        [PARTS[name].covariance(left, right, origin) for name in names] or [np.zeros((len(left), len(right)))]
    )


def combined(parts: NDArray[np.float64], deviations: Array) -> Array:
    """The covariance of log rates: the overall rate and each part with its standard deviation."""
    whole = np.full(parts.shape[1:], OVERALL_SD**2)
    for part, deviation in zip(parts, deviations, strict=False):
        whole = whole + deviation**2 * part
    return whole
