"""The tables of a summary print the numbers they stand for."""

from __future__ import annotations

import numpy as np
import pytest

from simulator import load_scenario, run_study, summarise
from simulator.evidence.intervals import mean_interval
from simulator.evidence.study import CHANCE
from simulator.report.summary_tables import ROWS, counts_table
from simulator.report.words import number


def test_simulation_error_is_the_half_width_also_where_the_interval_is_cut_off_at_zero() -> None:
    """Half of what is left of a cut interval would make the rarest averages look surest."""
    study = run_study(load_scenario("croydon-static"), 30, 1)
    summary = summarise(study)
    table = counts_table(summary, 200)
    labels, errors = list(table.columns[0].cells), list(table.columns[2].cells)
    assert table.columns[2].header == "± error"

    cut = 0
    for (name, label), printed_label, printed in zip(ROWS, labels, errors, strict=True):
        assert printed_label == label
        values: np.ndarray = study.passes[CHANCE][name]
        if not values.any():
            continue
        low, high = mean_interval(values, 0.95)
        cut += low < 0
        assert (high - low) / 2 == pytest.approx(high - values.mean())
        assert printed == number(high - values.mean())
    assert cut > 0
