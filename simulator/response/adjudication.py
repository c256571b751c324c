"""Human decisions on a face: signal detection, and a criterion that may follow the share of alerts that are true."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array

# The criterion moves with the logit of the PPV; it is kept where observers have been seen to stand.
CRITERION_RANGE = (-4.0, 4.0)
PPV_RANGE = (1e-4, 1 - 1e-4)


@dataclass(frozen=True)
class Limits:
    """A standard normal number at or below the limit is an acceptance: arrays (replications,) by truth."""

    true: Array
    false: Array


@dataclass(frozen=True)
class Observer:
    """Equal-variance signal detection: H = Phi(d'/2 - c), F = Phi(-d'/2 - c) (model.md 7)."""

    d_prime: Array
    criterion: Array

    def limits(self) -> Limits:
        """The two limits d'/2 - c and -d'/2 - c."""
        return Limits(self.d_prime / 2 - self.criterion, -self.d_prime / 2 - self.criterion)


def observer(inputs: Inputs, key: str, criterion: float | None) -> Observer:
    """The observer of the look under *key*, from d' and c or from the shares accepted."""
    from scipy import special

    d_prime = inputs.get(f"{key}.d_prime")
    if d_prime is not None and criterion is not None:
        return Observer(d_prime, np.full_like(d_prime, criterion))
    true = special.ndtri(np.clip(inputs[f"{key}.accept_true"], 1e-9, 1 - 1e-9))
    false = special.ndtri(np.clip(inputs[f"{key}.accept_false"], 1e-9, 1 - 1e-9))
    return Observer(true - false, -(true + false) / 2)


def following_ppv(observed: Observer, share: Array, ppv: Array, reference: float) -> Observer:
    """The observer at another PPV: c moves by share * (logit(1 - PPV) - logit(1 - reference)) / d', clamped."""
    from scipy import special

    moved = special.logit(1 - np.clip(ppv, *PPV_RANGE)) - special.logit(1 - reference)
    criterion = observed.criterion + share * moved / np.maximum(observed.d_prime, 0.1)
    # the clamp bounds the movement; a criterion given outside the range stays where it was put
    low = np.minimum(CRITERION_RANGE[0], observed.criterion)
    high = np.maximum(CRITERION_RANGE[1], observed.criterion)
    return Observer(observed.d_prime, np.clip(criterion, low, high))


def review_limits(inputs: Inputs, scenario: Scenario, ppv: Array) -> Limits:
    """Limits of the operator's adjudication where a share *ppv* of alerts is true: arrays (replications,)."""
    look, key = scenario.procedure.look, "procedure.look"
    observed = observer(inputs, key, look.criterion)
    share = inputs[f"{key}.criterion_follows_ppv"]
    moved = following_ppv(observed, share, ppv, look.ppv_reference) if np.any(share > 0) else observed
    return _exact_at_ends(inputs, key, moved.limits())


def second_look_limits(inputs: Inputs, scenario: Scenario) -> Limits:
    """Limits of the officer's look at the live face before the stop."""
    look, key = scenario.procedure.second_look, "procedure.second_look"
    return _exact_at_ends(inputs, key, observer(inputs, key, look.criterion if look else None).limits())


def _exact_at_ends(inputs: Inputs, key: str, limits: Limits) -> Limits:
    """Shares of exactly 0 or 1 mean never and always: they have no criterion to move."""
    true, false = inputs.get(f"{key}.accept_true"), inputs.get(f"{key}.accept_false")
    if true is None or false is None:
        return limits
    return Limits(_pinned(limits.true, true), _pinned(limits.false, false))


def _pinned(limit: Array, share: Array) -> Array:
    return np.where(share >= 1, np.inf, np.where(share <= 0, -np.inf, limit))
