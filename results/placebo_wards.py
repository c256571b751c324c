"""Measure what a claim of fewer offences is judged by: python results/placebo_wards.py OFFENCES.csv --ward Fairfield --months 3

Prints the `dispersions`, `placebos` and `own_changes` of a claim file (docs/reference/claims.md). OFFENCES.csv has the columns
ward, month (2023-07) and count; rows of one ward and month are added up, so leave out rows that are totals already. The
shipped claims rest on the Met's ward level extract of July 2023 to June 2025, which is not shipped.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from simulator.evidence.claim.falls import (
    CrimeError,
    Dispersion,
    MonthlySeries,
    Panel,
    changes_in,
    raw_dispersion,
    windows_of,
    year_on_year_dispersion,
)
from simulator.evidence.claim.falls.counts import month_number, month_text

NAMES = {1: "months", 3: "quarters", 6: "half-years"}


def read_panel(path: Path) -> Panel:
    """Offences of every ward in every month from the first to the last; a ward without a row in a month had none."""
    rows = pd.read_csv(path, dtype={"ward": str, "month": str})
    lacking = {"ward", "month", "count"} - set(rows.columns)
    if lacking:
        raise CrimeError(f"{path}: has no column {', '.join(sorted(lacking))}; it needs ward, month and count")
    numbers = rows["month"].map(month_number)
    first, last = int(numbers.min()), int(numbers.max())
    table = rows.assign(number=numbers).pivot_table(index="ward", columns="number", values="count", aggfunc="sum")
    counts = table.reindex(columns=range(first, last + 1)).fillna(0)
    return Panel(month_text(first), tuple(counts.index), counts.to_numpy(dtype=float))


def without(panel: Panel, wards: list[str]) -> Panel:
    """The *panel* without the ward of the claim and those where the same was done."""
    keep = ~np.isin(panel.wards, wards)
    return Panel(panel.first, tuple(np.array(panel.wards)[keep]), panel.counts[keep])


def series_of(panel: Panel, ward: str) -> MonthlySeries:
    """The months of one *ward*."""
    if ward not in panel.wards:
        raise CrimeError(f"--ward: {ward} is not in the file (it has {len(panel.wards)} wards)")
    return MonthlySeries(panel.first, tuple(map(int, panel.counts[panel.wards.index(ward)])))


def dispersions(series: MonthlySeries, months: int) -> list[str]:
    """One line for the months as they are, and one for each length of window up to the claim's, year on year."""
    lines = [_dispersion("months", raw_dispersion(series))]
    for window, name in NAMES.items():
        if window <= months:
            lines.append(_dispersion(f"{name}, year on year", year_on_year_dispersion(series, window)))
    return lines


def _dispersion(words: str, found: Dispersion) -> str:
    low, high = found.interval
    return f'- {{measured_on: "{words}", value: {found.phi:.3g}, low: {low:.3g}, high: {high:.3g}, df: {found.df}}}'


def placebos(panel: Panel, months: int, fall: float, least: int) -> list[str]:
    """One line for each window of so many *months*."""
    return [
        f"- {{first: {window.first}, wards: {window.wards}, share: {window.share:.3f}, median: {window.median:.3f}, "
        f"sd: {window.sd:.3f}, min_base: {least}}}"
        for window in windows_of(panel, months, fall, least)
    ]


def own_changes(panel: Panel, ward: str, months: int) -> list[str]:
    """How the *ward* itself changed in every window, named by the first of its later months."""
    own = without(panel, [name for name in panel.wards if name != ward])
    begin, number = month_number(panel.first), panel.counts.shape[1]
    starts = [month_text(begin + start) for start in range(number - 12 - months + 1)]
    changes = [changes_in(own, start, months)[1] for start in starts]
    return [
        f"{months} months from {month_text(month_number(start) + 12)}: {float(change[0]):.4f}"
        for start, change in zip(starts, changes, strict=True)
        if len(change)
    ]


def section(panel: Panel, asked: argparse.Namespace) -> str:
    """What belongs into the claim file."""
    others = without(panel, [asked.ward, *asked.without])
    parts = {
        "dispersions": dispersions(series_of(panel, asked.ward), asked.months),
        "placebos": placebos(others, asked.months, asked.fall, asked.least),
        "own_changes": own_changes(panel, asked.ward, asked.months),
    }
    return "\n".join(f"{name}:\n" + "\n".join(f"  {line}" for line in lines) for name, lines in parts.items())


def main(words: list[str] | None = None) -> None:
    """Print the figures for the claim that the command line describes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("offences", type=Path)
    parser.add_argument("--ward", required=True, help="the ward of the claim")
    parser.add_argument("--months", type=int, required=True, help="months that the claim speaks of")
    parser.add_argument("--fall", type=float, default=0.12, help="the fall claimed, as a share")
    parser.add_argument("--least", type=int, default=600, help="offences that a ward must have before")
    parser.add_argument("--without", nargs="*", default=[], help="wards where the same was done")
    asked = parser.parse_args(words)
    try:
        print(section(read_panel(asked.offences), asked))
    except CrimeError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
