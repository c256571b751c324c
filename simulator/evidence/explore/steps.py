"""At which values the controls of an explorer stand, what is recorded beside its curves, and what only Python can compute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from simulator.evidence.about.support import Support
from simulator.evidence.run.found import RunFound
from simulator.evidence.sweep.operating_points import operating_points
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array, Quantity

Ends: TypeAlias = tuple[float, float]
# Sliders run from here to here, or as far as the scenario's own values; closed forms go further.
LOWEST, HIGHEST, STEP = 0.60, 0.70, 0.005
SHORTEST, LONGEST, SIZE_STEP = 1_000, 20_000, 500
CURVE_THRESHOLDS = tuple(np.round(np.arange(0.56, 0.7001, 0.01), 3).tolist())
CURVE_SIZES = (1_000.0, 2_000.0, 5_000.0, 7_500.0, 10_000.0, 12_500.0, 15_000.0, 17_500.0, 20_000.0, 30_000.0, 50_000.0)


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """Where a source of error rates has data (*thresholds*, *sizes*), and one count.

    *stops* of the wrong person out of *faces* were counted at *threshold*; *per_face_95* is the exact interval.
    """

    thresholds: Ends
    sizes: Ends
    what: str | None = None
    threshold: float | None = None
    stops: int | None = None
    faces: int | None = None
    per_face_95: Ends | None = None


def recorded_of(scenario: Scenario, found: RunFound) -> Recorded:
    """What is on record for the error rates of *scenario*, and beside a run of it."""
    support = Support.of(scenario)
    counted = found.recorded_elsewhere
    # the record of stops prints no threshold; that of false alerts, summed over the same faces, does
    at = next((point.threshold for point in operating_points() if counted and point.of == counted.faces), None)
    if counted is None or at is None or scenario.recogniser.preset != "field":
        return Recorded(thresholds=support.thresholds, sizes=support.list_sizes)
    return Recorded(
        thresholds=support.thresholds,
        sizes=support.list_sizes,
        what=counted.what,
        threshold=at,
        stops=counted.stopped_on_false_alert,
        faces=counted.faces,
        per_face_95=counted.per_face_95,
    )


def threshold_steps(own: float) -> tuple[float, ...]:
    """Thresholds of the slider, the scenario's *own* among them."""
    return _steps(LOWEST, HIGHEST, STEP, own)


def size_steps(own: float) -> tuple[float, ...]:
    """List sizes of the slider, the scenario's *own* among them."""
    return _steps(SHORTEST, LONGEST, SIZE_STEP, own)


def _steps(first: float, last: float, step: float, own: float) -> tuple[float, ...]:
    """From *first* to *last*, and as far as the scenario's *own* value, which is among them."""
    low, high = min(first, own), max(last, own)
    # a list of a million is not shown in two thousand steps
    step *= max(1.0, np.ceil((high - low) / step / 60))
    return with_own(tuple(np.round(np.arange(low, high + step / 2, step), 6).tolist()), own)


def with_own(steps: tuple[float, ...], own: float) -> tuple[float, ...]:
    """*steps* in order, the *own* value among them."""
    return tuple(sorted({*steps, float(own)}))


def times_own(own: float, sixteenths: range, digits: int = 4) -> tuple[float, ...]:
    """So many *sixteenths* of the *own* value, in as few digits as are told apart."""
    return with_own(tuple(float(f"{own * part / 16:.{digits}g}") for part in sixteenths if part != 16), own)


def capture_steps(own: float) -> tuple[float, ...]:
    """Shares of faces that are captured, up to all of them; detection is part of it, so not down to none."""
    return with_own(tuple(np.round(np.arange(0.5, 1.001, 0.05), 2).tolist()), own)


def staff_steps(own: int) -> tuple[int, ...]:
    """So many of a kind of officer as there may be: from none to twice the *own* number, or six."""
    most = max(2 * own, 6)
    return tuple(sorted({*range(0, most + 1, max(1, most // 24)), own}))


def strictness_of(scenario: Scenario, steps: tuple[float, ...]) -> tuple[dict[str, Any], ...]:
    """What ``procedure.look`` says of an operator whose criterion lies higher by each of *steps*."""
    look = scenario.procedure.look
    if look.d_prime is not None and look.criterion is not None:
        return tuple({"criterion": look.criterion + step} for step in steps)
    assert look.accept_true is not None
    assert look.accept_false is not None
    shares = {"accept_true": look.accept_true, "accept_false": look.accept_false}
    return tuple({key: _moved(share, step) for key, share in shares.items()} for step in steps)


def _moved(share: Quantity, step: float) -> dict[str, Any]:
    """The *share* of those accepted where the criterion is moved: its value, or the law of the same mean and spread."""
    from scipy import special

    def at(values: Array) -> Array:
        return np.where((values <= 0) | (values >= 1), values, special.ndtr(special.ndtri(values) - step))

    if not share.uncertain:
        return {"value": float(at(np.array([share.value]))[0])}
    values = at(share.ppf((np.arange(1000) + 0.5) / 1000))
    mean, parts = values.mean(), values.mean() * (1 - values.mean()) / values.var() - 1
    return {"beta": {"a": float(mean * parts), "b": float((1 - mean) * parts)}}


__all__ = [
    "CURVE_SIZES", "CURVE_THRESHOLDS", "Recorded", "capture_steps", "recorded_of", "size_steps", "staff_steps",
    "strictness_of", "threshold_steps", "times_own", "with_own",
]  # fmt: skip
