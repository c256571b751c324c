"""From what a record says to the inputs of a scenario: values, laws, joint draws, and why some inputs stay."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

import numpy as np

from simulator.evidence.fit.counts import CountModel
from simulator.evidence.fit.fitted_disposals import disposals, stopped
from simulator.evidence.fit.fitted_values import FMR, PASSAGES, SLOPE, TRUE, FittedInput, by_interval, by_ratio, number
from simulator.evidence.fit.level_slope import net
from simulator.evidence.fit.ratios import Ratio
from simulator.evidence.fit.share_recorded import ShareRecorded
from simulator.evidence.fit.street_rows import faces_per_hour, true_per_face
from simulator.evidence.fit.whole_fit import Fit
from simulator.scenario.inputs import quantities
from simulator.scenario.quantity import Z95, Array

STREET_K, LISTED_K = "street.day_dispersion_k", "watchlist.day_dispersion_k"
# So many equally likely rows stand for the law of level and slope: enough for the outermost of some hundred campaigns.
DRAWS = 2048


@dataclass(frozen=True)
class FittedInputs:
    """All new values; *plain* numbers and the *list_size* that belong to them; *draws* of some together; what stays.

    The rows of *draws* are equally likely. *origin* says which rows of the record the street is from.
    """

    inputs: tuple[FittedInput, ...]
    plain: dict[str, float]
    list_size: int | None
    origin: str
    removed: tuple[str, ...]
    draws: dict[str, Array]
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
    draws = _draws(fit, recorded)
    if fit.false_alerts is not None and FMR not in draws:
        stays.append(f"{FMR} stays: per true alert, it takes true alerts, faces and list sizes to get there.")
    street = _Street() if fit.question.error_rates_only else _street(fit, recorded, stays)
    inputs = [*street.inputs, *_level_and_slope(fit, recorded, draws)]
    if not fit.question.error_rates_only:
        inputs += disposals(fit, _origin(fit), stays)
    inputs += stopped(fit, stays)
    known = {key for key, _ in quantities(fit.scenario)} | {item.key for item in inputs}
    draws = {key: column for key, column in draws.items() if key in known}
    return FittedInputs(
        tuple(inputs), street.plain, street.list_size, _origin(fit), street.removed, draws, tuple(stays), recorded
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
    footfall = faces_per_hour(fit.street.frame)
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


def _draws(fit: Fit, recorded: ShareRecorded) -> dict[str, Array]:
    """Level and slope together, and with them whatever the measured product was divided by."""
    false = fit.false_alerts
    if false is None:
        return {}
    from scipy import special

    scenario, recogniser = fit.scenario, fit.scenario.recogniser
    u = net(DRAWS, 4)
    level, slope = false.law.draws(u[:, :2])
    known = dict(quantities(scenario))
    faces_per_passage = scenario.street.faces_per_passage.value
    per_passage = recorded.false
    if recogniser.capture_acts_on_false and recogniser.capture_rate is not None:
        per_passage *= recogniser.capture_rate.value
    columns = {SLOPE: slope}
    z = special.ndtri(u[:, 2])
    # the product is measured everywhere; what divides it is drawn with it where it is an input too
    same = fit.everywhere.frame is fit.street.frame and not fit.question.error_rates_only
    if fit.question.exposure == "hours":
        footfall = faces_per_hour(fit.everywhere.frame)
        passages = _log_normal(footfall, z) / faces_per_passage if footfall else known[PASSAGES].ppf(u[:, 2])
        if same or footfall is None:
            columns[PASSAGES] = passages
        fmr = level / passages
    elif fit.question.exposure == "faces":
        fmr = level * faces_per_passage
    else:
        ratio = true_per_face(fit.everywhere.frame)
        if ratio is None or not ratio.events or fit.everywhere.list_size is None:
            return {}
        true = _log_normal(ratio, z) * faces_per_passage
        if same:
            columns[TRUE] = 1000 * true / recorded.true
        exponent = recogniser.list_size_exponent.value
        fmr = level * true / float(recogniser.entries_compared(fit.everywhere.list_size, exponent))
    return {FMR: np.minimum(fmr / per_passage, 1.0), **columns}


def _log_normal(ratio: Ratio, z: Array) -> Array:
    low, high = (math.log(end) for end in ratio.interval_95)
    middle = math.log(ratio.value)
    return np.asarray(np.exp(middle + z * np.where(z < 0, middle - low, high - middle) / Z95))


def _level_and_slope(fit: Fit, recorded: ShareRecorded, draws: dict[str, Array]) -> Iterator[FittedInput]:
    false = fit.false_alerts
    if false is None or FMR not in draws:
        return
    each = ", ".join(f"{k:.0f} at {t:g}" for t, k in zip(false.found.thresholds, false.found.counts, strict=True))
    source = (
        f"{PurePath(fit.records.label).name}, {fit.records.first} to {fit.records.last}: false alerts {each}, per "
        f"{fit.question.unit}"
    )
    share = f", divided by {recorded.false:.2f}: the share a force records, repeats left out, simulated"
    divided = share if recorded.false < 1 else ""
    low, middle, high = np.quantile(draws[FMR], [0.025, 0.5, 0.975]).tolist()
    yield by_interval(FMR, middle, low, high, f"{source}{divided}; drawn jointly with the slope", false.law.shape)
    if false.found.slope_learnt:
        low, middle, high = false.law.slope_quantiles()
        yield by_interval(SLOPE, middle, low, high, source)
