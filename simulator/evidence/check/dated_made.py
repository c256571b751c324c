"""Making a dated forecast: the model chosen by the rule and trained on all rows, and what it says of stated plans by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulator.evidence.check.assumed import Assumed, AssumedHours
from simulator.evidence.check.baseline import fit_measure
from simulator.evidence.check.coefficients import Coefficients
from simulator.evidence.check.dated import DatedForecast, FalseAlertNodes, MadeFrom, Outlook
from simulator.evidence.check.false_alerts import train_false_alerts
from simulator.evidence.check.model import train
from simulator.evidence.check.planned import MEASURES, Planned, Recorded, date_of, day_of
from simulator.evidence.check.rolling import CHOSEN_BY, choose
from simulator.evidence.statistics.intervals import central_range
from simulator.experiment.program import program_version
from simulator.record.kinds import Kind
from simulator.scenario.quantity import Array

YEAR = 365
SEED = 1


@dataclass(frozen=True, kw_only=True)
class Told:
    """What only its maker can say of a forecast (see *DatedForecast*)."""

    title: str
    made: dt.date
    train_until: dt.date
    forecast_until: dt.date
    seen: tuple[str, ...]
    would_change: tuple[str, ...]
    weaknesses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """So many *deployments* a month of so many *hours* each at *sites* in turn (none: each at a new one), *where* in words."""

    kind: Kind
    where: str
    sites: tuple[str, ...]
    deployments: int
    hours: float


def dated_forecast(training: Recorded, file: str, sha256: str, told: Told, plans: Sequence[Plan]) -> DatedForecast:
    """The forecast that the *training* rows of *file* make, and what it says of the *plans*, month by month."""
    planned = training.planned
    last_year = planned.take(planned.day > planned.day.max() - YEAR)
    choice = choose(training)
    rows = {name: training.of(name) for name in MEASURES}
    false_rows, false_counts = rows["false_alerts"]
    known = false_rows.with_threshold
    made = DatedForecast(
        lfrsim=program_version(),
        **vars(told),
        made_from=MadeFrom(
            file=file,
            sha256=sha256,
            rows=len(training),
            sites=len(set(planned.site)),
            first=date_of(planned.day.min()),
            last=date_of(planned.day.max()),
            hours=round(float(planned.hours.sum()), 1),
        ),
        train_from=date_of(planned.day.min()),
        choice=choice,
        assumed=Assumed(
            hours=AssumedHours(
                mean=round(float(last_year.hours.mean()), 2), sd=round(float(last_year.hours.std(ddof=1)), 2)
            ),
            list_size=int(_latest(planned.list_size)),
        ),
        threshold=_latest(planned.threshold),
        baseline={name: fit_measure(name, *pair) for name, pair in rows.items()},
        models={name: Coefficients.of(train(*rows[name], choice.parts)) for name in CHOSEN_BY},
        false_alerts=FalseAlertNodes.of(train_false_alerts(false_rows.take(known), false_counts[known])),
    )
    return replace(made, outlook=tuple(line for plan in plans for line in outlook(made, plan)))


def _latest(values: Array) -> float:
    """The middle of the last twenty that are known, in order of day."""
    return float(np.median(values[~np.isnan(values)][-20:]))


def outlook(made: DatedForecast, plan: Plan) -> list[Outlook]:
    """What the forecast says of a *plan* by month, by year, and in all."""
    months = _months(made.train_until, made.forecast_until)
    planned = _deployments(made, plan, months)
    forecasts = made.forecasts(planned, SEED)["forecast"]
    month = planned.day.astype("datetime64[D]").astype("datetime64[M]").astype(str)
    years = sorted({name[:4] for name in month})
    periods = [*((name, month == name) for name in dict.fromkeys(month)), *((y, _in_year(month, y)) for y in years)]
    said = []
    for name, keep in (*periods, ("all", np.full(len(planned), True))):
        some = {measure: one.take(keep) for measure, one in forecasts.items()}
        totals = {measure: one.draws.sum(axis=1) for measure, one in some.items()}
        said.append(
            Outlook(
                period=name,
                kind=plan.kind,
                where=plan.where,
                deployments=len(planned.take(keep)),
                hours=plan.hours,
                mean={measure: _round(one.draws.mean()) for measure, one in some.items()},
                one_90={measure: central_range(one.draws.ravel(), 0.90) for measure, one in some.items()},
                total={measure: _round(draws.mean()) for measure, draws in totals.items()},
                total_90={measure: central_range(draws, 0.90) for measure, draws in totals.items()},
            )
        )
    return said


def _in_year(month: Array, year: str) -> Array:
    return np.array([name.startswith(year) for name in month])


def _round(x: float) -> float:
    return float(f"{x:.3g}")


def _months(after: dt.date, until: dt.date) -> list[np.datetime64]:
    first, last = (np.datetime64(day, "M") for day in (after + dt.timedelta(days=1), until))
    return list(np.arange(first, last + 1))


def _deployments(made: DatedForecast, plan: Plan, months: list[np.datetime64]) -> Planned:
    """The deployments of a *plan*, spread evenly over the forecast's part of each of the *months*, each at the list of today.

    A month of which only a part is forecast has its share of them.
    """
    days = []
    for month in months:
        begins, ends = (day_of(one.astype("datetime64[D]").item()) for one in (month, month + 1))
        first, last = max(begins, day_of(made.train_until) + 1), min(ends - 1, day_of(made.forecast_until))
        number = round(plan.deployments * (last - first + 1) / (ends - begins))
        days += [float(round(day)) for day in np.linspace(first, last, number)]
    n = len(days)
    sites = tuple(plan.sites[i % len(plan.sites)] if plan.sites else f"new{i}" for i in range(n))
    return Planned(
        np.arange(n),
        np.array(days),
        sites,
        sites,
        np.full(n, plan.hours),
        np.full(n, float(made.assumed.list_size or np.nan)),
        np.full(n, made.threshold),
        fixed=np.full(n, plan.kind == "fixed"),
    )


__all__ = ["Plan", "Told", "dated_forecast", "outlook"]
