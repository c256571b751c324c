"""A recogniser given as a table of thresholds with their rates (rates_table.py reads one)."""

from __future__ import annotations

import numpy as np

from simulator.scenario.part import Part

# False alerts for each passer-by. Cardiff 2017, the worst on record, had about 0.02.
MOST_ALERTED = 0.1


class RecogniserTable(Part):
    """Thresholds in rising order with FMR (falling) and TPIR (not rising), read log-linearly in FMR between rows."""

    thresholds: tuple[float, ...]
    fmr: tuple[float, ...]
    tpir: tuple[float, ...]


def beyond(table: RecogniserTable | None, threshold: float) -> str | None:
    """What is wrong with a *threshold* that lies outside the *table*; None where it does not, or there is no table."""
    if table is None or table.thresholds[0] <= threshold <= table.thresholds[-1]:
        return None
    low, high = table.thresholds[0], table.thresholds[-1]
    return f"{threshold:g} lies outside the table ({low:g} to {high:g}), which is not extrapolated"


def per_search(table: RecogniserTable | None, threshold: float, list_size: float) -> str | None:
    """Why the FMR of a *table* at a *threshold* must be a rate per search; None where it need not be, or there is no table.

    With a list of this size it would alert on more passers-by than any system ever did.
    """
    if table is None:
        return None
    fmr = float(np.exp(np.interp(threshold, table.thresholds, np.log(table.fmr))))
    if fmr * list_size < MOST_ALERTED:
        return None
    return (
        f"an FMR of {fmr:.3g} at threshold {threshold:g} would raise {fmr * list_size:.2g} false alerts for each passer-by with "
        f"{list_size:,.0f} listed: an FMR is per comparison. If it is per search of a list, call the column FPIR and give the "
        f"size of that list in a column N"
    )
