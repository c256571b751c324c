"""From what a record says to the inputs of a scenario: values, laws, joint draws, and why some inputs stay."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from simulator.evidence.fit.counts import SMALLEST_K, CountModel
from simulator.evidence.fit.fitted_disposals import disposals, stopped
from simulator.evidence.fit.fitted_level import level_of
from simulator.evidence.fit.fitted_values import (
    FMR,
    PASSAGES,
    TRUE,
    FittedInput,
    by_beta,
    by_interval,
    by_ratio,
    number,
)
from simulator.evidence.fit.prior_found import PriorFound
from simulator.evidence.fit.share_recorded import ShareRecorded
from simulator.evidence.fit.street_rows import faces_per_hour
from simulator.evidence.fit.whole_fit import Fit
from simulator.scenario.inputs import quantities
from simulator.scenario.quantity import Array

STREET_K, LISTED_K = "street.day_dispersion_k", "watchlist.day_dispersion_k"
# A shape so near to the end of what is searched is that end.
NEAR = 0.01
ELASTICITY = "watchlist.footfall_elasticity"


@dataclass(frozen=True, kw_only=True)
class FittedInputs:
    """All new values; *plain* numbers and the *list_size* that belong to them; *draws* of some together; what stays.

    The rows of *draws* are equally likely. *priors* are inputs by the record alone and with what was known before.
    *origin* says which rows of the record the street is from.
    """

    inputs: tuple[FittedInput, ...]
    plain: dict[str, float]
    list_size: int | None
    origin: str
    removed: tuple[str, ...]
    draws: dict[str, Array]
    priors: tuple[PriorFound, ...]
    stays: tuple[str, ...]
    share_recorded: ShareRecorded

    def of(self, key: str) -> FittedInput | None:
        """The new value of *key*, if the record has one."""
        return next((item for item in self.inputs if item.key == key), None)


def fitted_inputs(fit: Fit, recorded: ShareRecorded) -> FittedInputs:
    """The inputs of the fit's scenario that its record sets.

    A force records only a share of the alerts: people in custody, repeats and recognised people are not in a record.
    Rates are divided by the share *recorded*, so that what the scenario would record is what the record has.
    """
    stays = list(fit.silences)
    level = level_of(fit, recorded)
    if fit.false_alerts is not None and level is None:
        stays.append(f"{FMR} stays: per true alert, it takes true alerts, faces and list sizes to get there.")
    street = _Street() if fit.question.error_rates_only else _street(fit, recorded, stays)
    inputs = [*street.inputs, *(level.inputs(fit, recorded) if level else ())]
    priors = [level.found()] if level else []
    if not fit.question.error_rates_only:
        inputs += disposals(fit, _origin(fit), stays)
    inputs += stopped(fit, stays, priors)
    known = {key for key, _ in quantities(fit.scenario)} | {item.key for item in inputs}
    draws = {key: column for key, column in (level.draws if level else {}).items() if key in known}
    return FittedInputs(
        inputs=tuple(inputs),
        plain=street.plain,
        list_size=street.list_size,
        origin=_origin(fit),
        removed=street.removed,
        draws=draws,
        priors=tuple(priors),
        stays=tuple(stays),
        share_recorded=recorded,
    )


@dataclass(frozen=True)
class _Street:
    """What the record says of the street and of listed people."""

    inputs: tuple[FittedInput, ...] = ()
    plain: dict[str, float] = field(default_factory=dict)
    list_size: int | None = None
    removed: tuple[str, ...] = ()


def _street(fit: Fit, recorded: ShareRecorded, stays: list[str]) -> _Street:
    origin = _origin(fit)
    faces_per_passage = fit.scenario.street.faces_per_passage.value
    footfall = faces_per_hour(fit.street.frame, fit.scenario)
    inputs: list[FittedInput] = []
    if footfall is not None:
        source = (
            f"{footfall.events:,.0f} counted faces in {footfall.base:,.1f} camera hours{_per(faces_per_passage)}; "
            f"interval from the spread over {footfall.spread_over}; {origin}"
        )
        inputs.append(by_ratio(PASSAGES, footfall, 1 / faces_per_passage, source))
    else:
        stays.append(f"{PASSAGES} stays: no deployment gives faces and hours together.")
    inputs += _shape(STREET_K, fit.per_hour.faces, "faces per hour", origin, stays)
    true = _true(fit, recorded, origin, faces_per_passage)
    inputs += [true] if true is not None else []
    inputs += _shape(LISTED_K, fit.per_hour.true_alerts, "true alerts per hour", origin, stays)
    inputs += _elasticity(fit, stays)
    if true is None:
        return _Street(tuple(inputs))
    threshold, size = fit.street.threshold, fit.street.list_size
    gone = fit.scenario.watchlist.listed_per_1000_passages is not None
    return _Street(
        tuple(inputs),
        {} if threshold is None else {"watchlist.reference_threshold": threshold},
        None if size is None else round(size),
        ("watchlist.listed_per_1000_passages",) if gone else (),
    )


def _origin(fit: Fit) -> str:
    name = PurePath(fit.records.label).name
    rows = fit.street.frame
    at = f" at {fit.street.threshold:g}" if fit.street.threshold is not None else ""
    place = f", {fit.question.place}" if fit.question.place else ""
    place += f", mean of {fit.street.sites} sites" if fit.street.sites > 1 else ""
    return f"{name}{at}{place}, {rows['date'].min():%Y-%m-%d} to {rows['date'].max():%Y-%m-%d}"


def _per(faces_per_passage: float) -> str:
    return "" if faces_per_passage == 1 else f", {faces_per_passage:g} faces counted per passage as the scenario has it"


def _shape(key: str, model: CountModel | None, what: str, origin: str, stays: list[str]) -> Iterator[FittedInput]:
    """The gamma shape of the level of a day, where the record bounds it from both sides."""
    if model is None:
        stays.append(f"{key} stays: no deployment gives what it takes.")
        return
    low, high = model.k_95
    if model.k is not None and model.k < SMALLEST_K * (1 + NEAR):
        stays.append(f"{key} stays: the search for how uneven {what} are ran to its bound, a shape of {SMALLEST_K:g}.")
        return
    if model.k is None or high is None or low <= 0:
        stays.append(
            f"{key} stays: over {model.deployments} deployments {what} are no more uneven than chance could make them "
            f"(shape at least {number(low)}), so how uneven the days are is not known."
            if low > 0
            else f"{key} stays: {model.deployments} deployments do not say how uneven {what} are."
        )
        return
    source = (
        f"spread of {what} over {model.deployments} deployments (their levels differ by {100 / math.sqrt(model.k):.0f} % around "
        f"the mean, sites not told apart), negative binomial by maximum likelihood; {origin}"
    )
    yield by_interval(key, model.k, low, high, source)


def _elasticity(fit: Fit, stays: list[str]) -> Iterator[FittedInput]:
    """How far listed people follow footfall; where the record cannot say and the scenario does not, any value alike."""
    found, law = fit.elasticity, fit.elasticity.law
    if law is not None and found.within_sites is not None:
        slope = found.within_sites
        low, high = slope.interval_95
        source = (
            f"{PurePath(fit.records.label).name}: true alerts per hour on counted faces per hour within sites, "
            f"{slope.basis}: {slope.value:.2f} ({low:.2f} to {high:.2f}), cut to 0 to 1; an error in counting "
            f"faces pulls it down"
        )
        yield by_beta(ELASTICITY, law.a, law.b, source, ends=found.interval_95)
    elif "footfall_elasticity" in fit.scenario.watchlist.model_fields_set:
        stays.append(f"{ELASTICITY} stays: {found.silence}")
    else:
        stays.append(f"{ELASTICITY} is assumed, any value from 0 to 1 alike: {found.silence}")
        yield by_beta(ELASTICITY, 1, 1, f"assumed: {PurePath(fit.records.label).name} cannot say", "assumed")


def _true(fit: Fit, recorded: ShareRecorded, origin: str, faces_per_passage: float) -> FittedInput | None:
    ratio = fit.true_per_face
    if ratio is None or not ratio.events:
        return None
    factor = 1000 * faces_per_passage / recorded.true
    source = (
        f"{ratio.events:,.0f} recorded true alerts in {ratio.base:,.0f} counted faces{_per(faces_per_passage)}, interval from "
        f"the spread over {ratio.spread_over}, divided by {recorded.true:.2f}: the share of candidate alerts that is "
        f"left after arrests, repeats and recognised people, simulated with this scenario's visits and procedure; {origin}"
    )
    return by_ratio(TRUE, ratio, factor, source)
