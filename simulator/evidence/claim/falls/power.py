"""How many offences a fall needs to be seen at all, and what fall a number of offences can show.

The test is two-sided at 5 %, its power the chance of a significant *fall* if the true fall is so large. With 50 % power a fall
that comes out exactly as large as it truly is would be just significant. On the scale of logarithms (model.md 9):
needed offences are phi ((z + z_power) / ln(1 - fall))^2 times the variance below, in offences before.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from simulator.evidence.claim.falls.change import reach
from simulator.evidence.claim.falls.counts import CrimeError


@dataclass(frozen=True)
class Design:
    """A comparison to be made: dispersion, offences of the comparison area for each of the area's, days after per day before.

    *comparison_ratio* is None where the area is compared with itself alone, 1 for a comparison area as large, which is
    taken to stay flat.
    """

    phi: float = 1.0
    comparison_ratio: float | None = None
    exposure_ratio: float = 1.0
    level: float = 0.95

    def __post_init__(self) -> None:
        for name in ("phi", "comparison_ratio", "exposure_ratio"):
            value = getattr(self, name)
            if value is not None and not 0 < value < math.inf:
                raise CrimeError(f"{name}: must be above 0 (got {value:g})")
        if not 0 < self.level < 1:
            raise CrimeError(f"level: must be between 0 and 1 (got {self.level:g})")

    def variance(self, fall: float) -> float:
        """Variance of the logarithm of the ratio, times the offences before, if the true fall is *fall*."""
        after = 1 / (self.exposure_ratio * (1 - fall))
        compared = 0.0 if self.comparison_ratio is None else (1 + 1 / self.exposure_ratio) / self.comparison_ratio
        return self.phi * (1 + after + compared)


@dataclass(frozen=True)
class Sight:
    """What a *base_count* shows of a fall under a *design*: the *power*, the offences *needed* and *detectable* falls.

    *needed* and *detectable* are by power asked for, in the order of *powers*; a detectable fall is None where even the
    largest would not do.
    """

    design: Design
    base_count: float
    fall: float
    power: float
    powers: tuple[float, ...]
    needed: tuple[float, ...]
    detectable: tuple[float | None, ...]


def needed_count(fall: float, power: float = 0.8, design: Design | None = None) -> float:
    """Offences before that are needed to see a *fall* (0.12) with *power*; round up."""
    design = design or Design()
    _checked_share("fall", fall)
    return (_reaches(power, design) / math.log1p(-fall)) ** 2 * design.variance(fall)


def power_of(base_count: float, fall: float, design: Design | None = None) -> float:
    """Chance that a true *fall* is seen as a significant fall where *base_count* offences were counted before."""
    from scipy import special

    design = design or Design()
    _checked_share("fall", fall)
    _checked_base(base_count)
    error = math.sqrt(design.variance(fall) / base_count)
    return float(special.ndtr(-math.log1p(-fall) / error - reach(design.level)))


def detectable_fall(base_count: float, power: float = 0.8, design: Design | None = None) -> float | None:
    """The smallest true fall that *base_count* offences show with *power*; None where even the largest would not do."""
    from scipy import optimize

    design = design or Design()
    _checked_base(base_count)
    reaches = _reaches(power, design)

    def short(fall: float) -> float:
        return reaches - -math.log1p(-fall) / math.sqrt(design.variance(fall) / base_count)

    # so few offences are left after a very large fall that it is seen less well: look below the fall seen best
    best = float(optimize.minimize_scalar(short, bounds=(1e-9, 1 - 1e-9), method="bounded").x)
    return None if short(best) > 0 else float(optimize.brentq(short, 1e-9, best, xtol=1e-12))


def sight(
    base_count: float, fall: float, design: Design | None = None, powers: tuple[float, ...] = (0.5, 0.8)
) -> Sight:
    """Power, needed offences and detectable falls together: the row of a table."""
    design = design or Design()
    needed = tuple(needed_count(fall, power, design) for power in powers)
    detectable = tuple(detectable_fall(base_count, power, design) for power in powers)
    return Sight(design, base_count, fall, power_of(base_count, fall, design), powers, needed, detectable)


def _reaches(power: float, design: Design) -> float:
    from scipy import special

    _checked_share("power", power)
    reaches = reach(design.level) + float(special.ndtri(power))
    if reaches <= 0:
        raise CrimeError(f"power: must be above {(1 - design.level) / 2:g}, what chance alone gives (got {power:g})")
    return reaches


def _checked_share(name: str, value: float) -> None:
    if not 0 < value < 1:
        raise CrimeError(f"{name}: must be between 0 and 1 (got {value:g})")


def _checked_base(base_count: float) -> None:
    if not 0 < base_count < math.inf:
        raise CrimeError(f"base_count: must be above 0 (got {base_count:g})")
