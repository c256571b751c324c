"""Simulated deployment records with a known truth: sites that differ, a level that rises, rare false alerts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulator.evidence.check import rolling
from simulator.evidence.check.assumed import NOTHING_ASSUMED, Assumed
from simulator.evidence.check.checked import Checked, checked
from simulator.evidence.check.planned import Planned
from simulator.evidence.check.question import Question, Split, question_of
from simulator.record import Records
from simulator.response.kernel import by_kernel
from simulator.scenario import load_scenario

SITES = (
    "Mill Street Avon",
    "Castle Road Avon",
    "Avon",
    "Birch",
    "Dock Street Cray",
    "Cray",
    "Dell",
    "Elm",
    "Ford",
    "Glen",
)
COLUMNS = ["date", "place", "hours", "watchlist_size", "threshold", "faces", "alerts", "false_alerts", "arrests"]
FALSE_PER_HOUR, SLOPE = 0.05, 50.0
UNTIL, LATE = (Split(train_until=dt.date(2024, month, 30)) for month in (6, 11))


def simulated_records(
    rows: int = 240, seed: int = 1, site_sd: float = 0.5, rise: float = 0.3, shape: float = 15.0, raised: float = 0.5
) -> pd.DataFrame:
    """Records of *rows* deployments over two years, with the columns of ``simulator.record``.

    Rates differ between towns with *site_sd* (sites of one town are alike), rise by *rise* a year (in the logarithm), and
    the threshold goes from 0.60 to 0.64 after a share *raised* of the time.
    """
    rng = np.random.default_rng(seed)
    towns = sorted({name.split()[-1] for name in SITES})
    effect = dict(zip(towns, site_sd * rng.standard_normal(len(towns)), strict=True))
    days = np.sort(rng.integers(0, 730, rows))
    site = [SITES[i] for i in rng.integers(0, len(SITES), rows)]
    hours = rng.uniform(3.0, 7.0, rows).round(2)
    level = np.array([effect[name.split()[-1]] for name in site]) + rise * (days / 365.25 - 1)
    mean = 1.5 * hours * np.exp(level)
    alerts = rng.poisson(mean * rng.gamma(shape, 1 / shape, rows))
    threshold = np.where(days < 730 * raised, 0.60, 0.64)
    false = np.minimum(rng.poisson(FALSE_PER_HOUR * hours * np.exp(-SLOPE * (threshold - 0.60))), alerts)
    arrests = rng.binomial(alerts - false, 0.45)
    nothing = np.full(rows, np.nan)
    return pd.DataFrame(
        {
            "row": np.arange(2, rows + 2),
            "date": (np.datetime64("2023-01-01") + days).astype("datetime64[s]"),
            "place": site,
            "site": site,
            "kind": "van",
            "hours": hours,
            "watchlist_size": np.full(rows, 15_000.0),
            "threshold": threshold,
            "faces": np.rint(hours * 2000.0),
            "alerts": alerts.astype(float),
            "true_alerts": (alerts - false).astype(float),
            "unconfirmed": nothing,
            "false_alerts": false.astype(float),
            "false_stopped": nothing,
            "arrests": arrests.astype(float),
            "other_disposal": nothing,
            "no_action": nothing,
        }
    )


def question(
    frame: pd.DataFrame, split: Split | None = None, given_faces: bool = False, assumed: Assumed = NOTHING_ASSUMED
) -> Question:
    """What ``lfrsim check croydon-van r.csv`` asks of the rows in *frame*."""
    records = Records(frame, "r.csv", (), 0, (), {})
    return question_of(load_scenario("croydon-van"), records, split, given_faces, assumed)


def written(folder: Path, frame: pd.DataFrame, drop: tuple[str, ...] = ()) -> str:
    """A file of records as the user has it, without the columns to *drop*."""
    path = folder / "records.csv"
    frame[[name for name in COLUMNS if name not in drop]].to_csv(path, index=False, date_format="%Y-%m-%d")
    return str(path)


def rows_of(days: int, threshold: float = 0.64, hours: float = 5.0, size: float = 15_660.0) -> Planned:
    """Deployments at one place, day after day."""
    n = days
    return Planned(
        np.arange(2, n + 2),
        20_000.0 + np.arange(n),
        ("Avon",) * n,
        ("Avon",) * n,
        np.full(n, hours),
        np.full(n, size),
        np.full(n, threshold),
    )


def checked_of(
    frame: pd.DataFrame, split: Split | None, replications: int = 50, assumed: Assumed = NOTHING_ASSUMED
) -> Checked:
    """That question answered, with two candidates for the model."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rolling, "CANDIDATES", ((), ("sites", "list")))
        return checked(question(frame, split, assumed=assumed), replications, 1, by_kernel)
