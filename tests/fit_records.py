"""Simulated records with known truth, for the tests of fitting."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
from record_texts import HEADER

from simulator.record import Records, read_records

# The truth behind a simulated record.
SLOPE, FALSE_PER_HOUR, LIST = 50.0, 0.03, 15_000
TRUE_PER_HOUR, TRUE_K, FACES_PER_HOUR, FACES_K = 2.0, 6.0, 2500.0, 5.0
ARREST, OTHER, STOPPED = 0.45, 0.15, 0.6


def simulated_text(n: int = 400, seed: int = 1, thresholds: tuple[float, ...] = (0.60, 0.64)) -> str:
    """*n* deployments, the same number at each of *thresholds* one after the other, as a CSV file."""
    rng = np.random.default_rng(seed)
    rows = [HEADER]
    for i in range(n):
        threshold = thresholds[i * len(thresholds) // n]
        hours = round(float(rng.uniform(4, 7)), 2)
        faces = rng.poisson(FACES_PER_HOUR * hours * rng.gamma(FACES_K, 1 / FACES_K))
        true = rng.poisson(TRUE_PER_HOUR * hours * rng.gamma(TRUE_K, 1 / TRUE_K))
        false = rng.poisson(FALSE_PER_HOUR * hours * np.exp(-SLOPE * (threshold - 0.64)))
        arrests, other, no_action = rng.multinomial(true, [ARREST, OTHER, 1 - ARREST - OTHER])
        stopped = rng.binomial(false, STOPPED)
        day = dt.date(2024, 1, 1) + dt.timedelta(days=i)
        place = ("Ilford", "High St, Ilford", "Croydon, George St")[i % 3]
        cells = (day, f'"{place}"', hours, LIST, threshold, faces, true + false, true, 0, false, stopped)
        rows.append(",".join(map(str, (*cells, arrests, other, no_action))))
    return "\n".join(rows) + "\n"


def records_from(folder: Path, text: str) -> Records:
    """Read *text* as ``r.csv``."""
    path = folder / "r.csv"
    path.write_text(text, "utf-8")
    return read_records(path, "r.csv")


def without(text: str, *columns: str) -> str:
    """The record *text* with some columns made blank."""
    import csv
    import io

    rows = list(csv.DictReader(io.StringIO(text)))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: "" if key in columns else cell for key, cell in row.items()} for row in rows)
    return out.getvalue()
