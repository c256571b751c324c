"""How unlike are days in the pilot, and in the model? python results/days_of_arrests.py RECORD.csv

RECORD.csv has one row for each deployment of the pilot, with the columns date, alerts and arrests; the Met's record is not
shipped. Prints the table of docs/validation.md: the variance of arrests a day as recorded, beside that in simulated campaigns
of the same days, with the scenario as it is and with whatever in it could make days more alike.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from simulator.evidence.numbers import number, number_range
from simulator.evidence.statistics.intervals import clopper_pearson
from simulator.experiment.campaigns import campaigns_of
from simulator.record import read_records
from simulator.response import outcomes as o
from simulator.response.engines import engine_named
from simulator.scenario import load_scenario
from simulator.scenario.campaign import Campaign, Deployment
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array

SCENARIO, SEED, CAMPAIGNS = "croydon-static", 1, 4000
# 173 arrests in six months, one every 35 minutes, less the 58.4 hours of the days that were fitted to, over ten days.
LATER_HOURS = 4.25
# Shorter days than this are left out: the two in the pilot are no like of the others.
SHORT = 3.0
# A force records neither.
NO_RECORD = (o.VOID, o.REPEAT)
ALIKE = ("street.day_dispersion_k=1e6", "watchlist.day_dispersion_k=1e6")
FEW, LONG = "officers.checkers=2", "procedure.custody.median_min=80"
CASES: dict[str, tuple[str, ...]] = {
    "listed people more even from day to day (k 24, upper end)": ("watchlist.day_dispersion_k=24",),
    "all days alike (no level of the day)": ALIKE,
    "3 units of two officers instead of 7": ("officers.checkers=3",),
    "2 units": (FEW,),
    "2 units, custody 80 minutes": (FEW, LONG),
    "2 units, all days alike": (FEW, *ALIKE),
    "4 units, 1 after two hours": ("officers.checkers=4", "officers.shifts=[{after_min: 120, checkers: 1}]"),
    "1 van instead of 4": ("officers.vans=1",),
}
# The program cannot end a day early; these ends are put on the simulated arrests.
CAPS = (10, 8)


@dataclass(frozen=True)
class Days:
    """Recorded *alerts* and *arrests*, shape (campaigns, days); alerts are NaN where nothing is known of them."""

    alerts: Array
    arrests: Array

    @property
    def per_alert(self) -> str:
        """Arrests per alert, for a cell."""
        return "" if np.isnan(self.alerts).any() else f"{self.arrests.sum() / self.alerts.sum():.2f}"

    @property
    def together(self) -> str:
        """The correlation of alerts and arrests over days, averaged over campaigns in which both vary, for a cell."""
        both = (np.ptp(self.alerts, axis=1) > 0) & (np.ptp(self.arrests, axis=1) > 0)
        each = [np.corrcoef(*day)[0, 1] for day in zip(self.alerts[both], self.arrests[both], strict=True)]
        return f"{np.mean(each):.2f}" if each else ""


def with_days(scenario: Scenario, days: Sequence[dt.date]) -> Scenario:
    """The *scenario* on these *days* alone: those that it has with their hours, others with LATER_HOURS from its last hour on."""
    own = {day.date: day for day in scenario.campaign.days}
    start = scenario.campaign.days[-1].start
    plan = tuple(own.get(day) or Deployment(date=day, start=start, hours=LATER_HOURS) for day in days)
    return scenario.model_copy(update={"campaign": Campaign(deployments=plan)})


def counts_of(scenario: Scenario, ignorance: bool = False) -> Days:
    """Simulated days of this *scenario*, arrays of shape (campaigns, days)."""
    days, found = len(scenario.campaign.days), []
    campaigns = campaigns_of(scenario, SEED, engine=engine_named("auto"), crowding_out=False)
    for block in campaigns.blocks(CAMPAIGNS, ignorance):
        cell, outcome = block.alerts.replication * days + block.alerts.deployment, block.resolved.outcome
        for which in (~np.isin(outcome, NO_RECORD), outcome == o.ARRESTED):
            made = np.bincount(cell[which], minlength=block.inputs.replications * days)
            found.append(made.reshape(-1, days)[: block.number].astype(float))
    return Days(np.concatenate(found[::2]), np.concatenate(found[1::2]))


def row(words: str, simulated: Days, seen: Days) -> str:
    """A row of the table: what simulated days have, and how often their variance of arrests is that of *seen* or smaller."""
    spread = simulated.arrests.var(axis=1, ddof=1)
    few = int((spread <= seen.arrests.var(ddof=1)).sum())
    low, high = clopper_pearson(few, len(spread))
    cells = (number(float(simulated.arrests.mean())), simulated.per_alert, number(float(spread.mean())))
    middle = number_range(*np.quantile(spread, [0.05, 0.95]).tolist())
    share = f"{number(few / len(spread))} ({number(low)} to {number(high)})"
    return f"| {words} | {' | '.join(cells)} ({middle}) | {simulated.together} | {share} |"


def tables(path: Path) -> str:
    """What is printed for the record at *path*."""
    frame = read_records(path, path.name).frame.sort_values("date")
    shipped = load_scenario(SCENARIO)
    own = {day.date: day.hours for day in shipped.campaign.days}
    days = np.array([day.date() for day in frame["date"]])
    old = np.array([day in own for day in days])
    long = np.array([own.get(day, LATER_HOURS) >= SHORT for day in days])
    lines = [
        "| | arrests a day | per alert | variance (90 % of campaigns) | correlation with alerts | so small or smaller |",
        "|---|---|---|---|---|---|",
    ]
    for words, used in {"fitted to": old & long, "later": ~old, "in all": long}.items():
        seen = Days(*(frame[name].to_numpy(float)[None, used] for name in ("alerts", "arrests")))
        group, spread = days[used].tolist(), number(float(seen.arrests.var(ddof=1)))
        lines.append(
            f"| **recorded, {len(group)} days {words}** | {number(seen.arrests.mean())} | {seen.per_alert} | {spread} | "
            f"{seen.together} | |"
        )
        chance = np.random.default_rng(SEED).poisson(seen.arrests.mean(), (CAMPAIGNS, len(group))).astype(float)
        lines.append(row("Poisson", Days(np.full_like(chance, np.nan), chance), seen))
        as_shipped = counts_of(with_days(shipped, group))
        lines.append(row("as shipped", as_shipped, seen))
        lines.append(row("as shipped, inputs drawn", counts_of(with_days(shipped, group), ignorance=True), seen))
        if words != "later":
            continue
        for case, said in CASES.items():
            lines.append(row(case, counts_of(with_days(load_scenario(SCENARIO, said), group)), seen))
        after = counts_of(with_days(shipped, days.tolist()))
        lines.append(row("after the days fitted to", Days(after.alerts[:, used], after.arrests[:, used]), seen))
        for cap in CAPS:
            ended = np.minimum(as_shipped.arrests, cap)
            lines.append(row(f"cameras off at the {cap}th arrest", Days(np.full_like(ended, np.nan), ended), seen))
    return "\n".join(lines)


if __name__ == "__main__":
    print(tables(Path(sys.argv[1])))
