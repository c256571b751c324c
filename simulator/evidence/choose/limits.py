"""Limits that a user states on a measure, and how surely an average or single campaigns keep to them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from simulator.evidence.counted.measures import BY_NAME, COUNTS, NAMES
from simulator.evidence.counted.units import COUNTED_BY, always_one, most_per
from simulator.evidence.statistics.intervals import clopper_pearson
from simulator.scenario.errors import shown
from simulator.scenario.explain import near_hint
from simulator.scenario.models import Scenario
from simulator.scenario.numbers import TwoReadingsError, read_number
from simulator.scenario.quantity import Array

LEVEL = 0.95
# So many campaigns are needed, all within a limit, to show that 95 % are: 0.95 ** 59 < 0.05.
FEWEST = math.ceil(math.log(1 - LEVEL) / math.log(LEVEL))
UNITS = (*COUNTED_BY, "camera_hour", "deployment", "campaign", "year")
EXAMPLE = 'for example "wrongful_stops_per_100k_faces<=0.1" or "listed_stopped>=150", in quotes'
_UNIT_OF = {name: unit for unit in UNITS for name in (unit, f"{unit}s")}
# A slash or "a" before a unit means "per"; a slash before a bare number does not.
_PER = re.compile(r"\s*/\s*(?=(?:\d[\d_,]*\s?[km]?[\s_]+)?[a-z])|\s+an?\s+", re.IGNORECASE)
_SIGNS = {"<=": True, "≤": True, "=<": True, ">=": False, "≥": False, "=>": False}
_FACTORS = {None: 1, "k": 1_000, "m": 1_000_000}
# Numbers that a sum of floats leaves apart by less are alike: a limit that is met exactly is met.
ALIKE = 1e-9


class LimitError(ValueError):
    """A limit that cannot be read, or that the scenario cannot answer; the message is ready for the user."""


@dataclass(frozen=True)
class Limit:
    """*measure* for every *per* of *unit* is to be at most (or at least) *value*; *text* is what the user typed."""

    text: str
    measure: str
    at_most: bool
    value: float
    per: float
    unit: str

    @property
    def words(self) -> str:
        """The measure in words."""
        return BY_NAME[self.measure].words

    @property
    def counts(self) -> bool:
        """Whether the measure is a count of one campaign, a whole number."""
        return self.measure in COUNTS

    @property
    def most(self) -> float:
        """The highest that it can be by definition, where the measure is a part of the unit; else infinite."""
        return self.per * most_per(self.measure, self.unit)

    def kept(self, values: Array | float) -> NDArray[np.bool_]:
        """Whether each of *values* keeps to the limit; exactly on it does, no value at all (NaN) does not."""
        slack = ALIKE * max(abs(self.value), 1e-12)
        with np.errstate(invalid="ignore"):
            if self.at_most:
                return np.asarray(np.asarray(values) <= self.value + slack)
            return np.asarray(np.asarray(values) >= self.value - slack)

    def units_per_campaign(self, scenario: Scenario) -> float | None:
        """How many times *per* units one campaign has; None where they are counted in the simulation.

        Under a limit per year *scenario* is a year (see *settings_of*).
        """
        if self.unit in COUNTED_BY:
            return None
        campaign = scenario.campaign
        each = {"camera_hour": campaign.camera_hours, "deployment": len(campaign.days), "campaign": 1, "year": 1}
        return each[self.unit] / self.per


def parse_limit(text: str) -> Limit:
    """The limit ``MEASURE[_per_[NUMBER_]UNIT]<=NUMBER`` (or ``>=``, or UNIT at the end); LimitError if it is none."""
    found = re.fullmatch(r"([^<>=≤≥]*)([<>=≤≥]*)([^<>=≤≥]*)", _PER.sub(" per ", text.strip()))
    if not found or not found[1].strip() or not found[2]:
        raise LimitError(f"must be MEASURE<=NUMBER or MEASURE>=NUMBER, {EXAMPLE} (got {shown(text)})")
    if found[2] in ("<", ">"):
        raise LimitError(
            f'write "{found[2]}=" (at {"most" if found[2] == "<" else "least"}), {EXAMPLE} (got {shown(found[2])})'
        )
    if found[2] not in _SIGNS:
        raise LimitError(f'needs "<=" (at most) or ">=" (at least), {EXAMPLE} (got {shown(found[2])})')
    value, behind, unit = found[3].partition(" per ")
    left = f"{found[1].strip()}{behind}{unit.strip()}".lower()
    measure, slash, unit = re.sub(r"[\s-]+", "_", left).partition("_per_")
    if measure not in NAMES:
        hint = near_hint(measure, NAMES) or f"; {EXAMPLE}"
        raise LimitError(f"no measure is called {shown(measure)}{hint}")
    per, unit = _unit(unit) if slash else (1.0, "campaign")
    if always_one(measure, unit):
        raise LimitError(f"{measure} per {unit} is always 1; {EXAMPLE}")
    share = per == 1 and unit in COUNTED_BY
    return Limit(text.strip(), measure, _SIGNS[found[2]], _value(value, share), per, unit)


def _unit(text: str) -> tuple[float, str]:
    found = re.fullmatch(r"(?:([0-9][0-9_,]{0,30})(k|m)?_)?(.+)", text)
    name = found[3] if found else text
    if not found or name not in _UNIT_OF:
        raise LimitError(f"no unit is called {shown(name)}{_unit_hint(name)} (units: {', '.join(UNITS)}), {EXAMPLE}")
    per = float(re.sub("[_,]", "", found[1] or "1")) * _FACTORS[found[2]]
    if not 1 <= per <= 1e12:
        raise LimitError(f"per how many must be from 1 to 1,000,000,000,000 (got {shown(text)}), {EXAMPLE}")
    if _UNIT_OF[name] == "year" and per != 1:
        raise LimitError(f"a year is simulated and never multiplied: give the limit per year (got {shown(text)})")
    return per, _UNIT_OF[name]


def _unit_hint(name: str) -> str:
    if re.fullmatch(r"[\d_,]+[km]?", name):
        return f", {name} of what? Write per_{name}_faces"
    longer = next((unit for unit in UNITS if unit.endswith(f"_{name.removesuffix('s')}")), None)
    if longer:
        return f"; did you mean {shown(longer)}?"
    if any(name.endswith(f"_{unit}") for unit in _UNIT_OF):
        return "; write how many in figures: 1000, 100k or 1m"
    return near_hint(name, _UNIT_OF) or ""


def _value(text: str, share: bool) -> float:
    try:
        value = read_number(text, percent=share, comes="" if share else "thousands")
    except TwoReadingsError as error:
        raise LimitError(f"the limit {error}") from None
    if value is None or value < 0:
        percent = "; a percentage needs one of a unit, as in wrongful_stops_per_alert<=0.5%" if "%" in text else ""
        raise LimitError(f"the limit must be a number, 0 or more, such as 0.1 (got {shown(text.strip())}){percent}")
    return value


@dataclass(frozen=True)
class Kept:
    """Single campaigns that keep to a limit: *number* of *campaigns*, and the least share of all that this shows."""

    number: int
    campaigns: int
    share_at_least: float


def kept_by(kept: NDArray[np.bool_], defined: NDArray[np.bool_]) -> Kept:
    """How many single campaigns keep to a limit: *kept* and *defined* have shape (draws, campaigns of each).

    The share's bound is exact and one-sided at 95 %. Campaigns with the same inputs are alike, so they count for fewer.
    """
    number, campaigns = int(kept[defined].sum()), int(defined.sum())
    if not campaigns:
        return Kept(0, 0, 0.0)
    share, each = number / campaigns, kept.shape[1]
    whole = defined.all(axis=1)
    alike = float(each)
    if 0 < share < 1 and whole.sum() > 1:
        alike = float(np.clip(each * kept[whole].mean(axis=1).var(ddof=1) / (share * (1 - share)), 1.0, each))
    worth = campaigns / alike
    return Kept(number, campaigns, clopper_pearson(share * worth, worth, 2 * LEVEL - 1).low)


def unbroken(meets: Sequence[bool | None], from_top: bool) -> tuple[int, int] | None:
    """First and last of the settings that meet a limit without a gap, from the top (or the bottom) of the row on.

    None in *meets* marks a setting that was not simulated. Going from the sure end until the first one fails needs no
    correction for the number of settings: a wrong answer needs an error at the first setting that should fail.
    """
    known = [i for i, met in enumerate(meets) if met is not None]
    run = list(takewhile(lambda i: meets[i], reversed(known) if from_top else known))
    return (min(run), max(run)) if run else None


__all__ = [
    "FEWEST",
    "LEVEL",
    "Kept",
    "Limit",
    "LimitError",
    "kept_by",
    "parse_limit",
    "unbroken",
]
