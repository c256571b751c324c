"""Many wards by month: quasi-Poisson regression with ward, month and treated-after terms, and the same with wards at random.

log E = ward + month + beta for treated wards after the start. For a full table of wards by months the likelihood equations solve
themselves: beta is the logarithm of the treated wards' change over that of the others, taken together, and the fitted
values are products of totals. So no iteration, and no library beyond numpy, is needed; days in a month belong to the month's
term. Standard errors clustered by ward fail where one ward is treated, so the second p is by exchange: each other ward in
turn is taken for the treated one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from simulator.evidence.claim.falls.change import ChangeTest, with_comparison
from simulator.evidence.claim.falls.counts import Counts, CrimeError, Panel, month_number
from simulator.scenario.quantity import Array


@dataclass(frozen=True)
class PanelChange:
    """Change of the *treated* wards relative to the others: *test* is by quasi-Poisson, with phi from all wards and months.

    *placebo_changes* are the relative changes of the other wards, each taken for the treated one. *p_exchange* (two-sided)
    and *p_fall_exchange* count those as far from no change, or as far down, the treated one among them; None where more than one
    ward is treated.
    """

    treated: tuple[str, ...]
    test: ChangeTest
    months_before: int
    months_after: int
    others: int
    placebo_changes: tuple[float, ...]
    p_exchange: float | None
    p_fall_exchange: float | None


def panel_change(panel: Panel, treated: tuple[str, ...], start: str, level: float = 0.95) -> PanelChange:
    """Change of the *treated* wards from month *start* (``2025-10``) on, relative to the other wards of the *panel*.

    CrimeError where a treated ward is not in the panel, none is left to compare with, or a period has no offences.
    """
    rows = _rows(panel, treated)
    after = month_number(start) - month_number(panel.first)
    if not 0 < after < panel.counts.shape[1]:
        raise CrimeError(f"start: must lie inside the panel's months, after {panel.first} (got {start})")
    held = panel.counts.sum(axis=1) > 0
    counts, rows = panel.counts[held], rows[held]
    totals = [counts[side, part].sum() for side in (rows, ~rows) for part in _periods(after)]
    if min(totals) == 0:
        raise CrimeError("panel: treated and other wards need offences both before and after the start")
    x0, x1, c0, c1 = (int(total) for total in totals)
    df = (counts.shape[0] - 1) * (counts.shape[1] - 1) - 1
    if df < 1:
        raise CrimeError("panel: needs three wards, or three months, to measure a dispersion")
    expected = _fitted(counts, rows, after)
    there = expected > 0
    phi = float(((counts - expected)[there] ** 2 / expected[there]).sum()) / df
    test = with_comparison(Counts(x0, x1, comparison_before=c0, comparison_after=c1), max(phi, 1e-12), df, level)
    others = counts[~rows]
    placebo = _one_against_the_rest(others, after) if len(others) > 1 else np.zeros(0)
    both, down = _exchange(math.log(test.estimate), placebo) if len(treated) == 1 and len(placebo) else (None, None)
    changes = tuple(float(np.exp(log)) - 1 for log in placebo)
    return PanelChange(treated, test, after, counts.shape[1] - after, len(others), changes, both, down)


def _periods(after: int) -> tuple[slice, slice]:
    return slice(None, after), slice(after, None)


def _rows(panel: Panel, treated: tuple[str, ...]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    unknown = [ward for ward in treated if ward not in panel.wards]
    if unknown or not treated:
        raise CrimeError(f"treated: must be wards of the panel (got {', '.join(unknown) or 'none'})")
    rows = np.isin(panel.wards, treated)
    if rows.all():
        raise CrimeError("treated: no other ward is left to compare with")
    return rows


def _fitted(counts: Array, rows: np.ndarray[tuple[int], np.dtype[np.bool_]], after: int) -> Array:
    """Expected counts, shape of *counts*: on either side, ward's share x side's total of the period x month's share of it."""
    expected = np.zeros_like(counts)
    for side in (rows, ~rows):
        wards = counts[side].sum(axis=1) / counts[side].sum()
        for part in _periods(after):
            months = counts[:, part].sum(axis=0) / counts[:, part].sum()
            expected[side, part] = np.outer(wards, months * counts[side, part].sum())
    return expected


def _one_against_the_rest(counts: Array, after: int) -> Array:
    """Logarithm of each ward's change over that of all the others; half an offence is added where a ward had none."""
    before, later = (counts[:, part].sum(axis=1) for part in _periods(after))
    none = (before == 0) | (later == 0)
    before, later = before + 0.5 * none, later + 0.5 * none
    return np.asarray(np.log(later / before) - np.log((later.sum() - later) / (before.sum() - before)))


def _exchange(log: float, placebo: Array) -> tuple[float, float]:
    slack = 1e-12
    both = (np.abs(placebo) >= abs(log) - slack).sum() + 1
    down = (placebo <= log + slack).sum() + 1
    return float(both) / (len(placebo) + 1), float(down) / (len(placebo) + 1)
