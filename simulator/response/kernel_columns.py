"""Columns into the records of the compiled engine and back, and times from a deployment's clock to its session's and back."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import literal_unroll

from simulator.response import outcomes as o
from simulator.response.columns import TIMES, Ended, Plan, kinds
from simulator.response.kernel_desk import Rows, compiled

# Columns by what they are in an array, since only columns of one type can be counted through in compiled code.
SECONDS, NUMBERS, FLAGS = (
    tuple(name for name, kind in kinds(Plan).items() if kind.dtype is held) for held in (float, np.int64, bool)
)
ENDS = tuple(kinds(Ended))


@compiled
def read_plan(plan: Any, rows: Rows, first: int, number: int) -> None:
    """Copy *number* rows from *first* on out of the columns of *plan*; nothing has happened in them yet."""
    seconds, numbers, flags = plan
    for row in range(number):
        it, at = rows[row], first + row
        column = 0
        for name in literal_unroll(SECONDS):
            it[name] = seconds[column][at]
            column += 1
        column = 0
        for name in literal_unroll(NUMBERS):
            it[name] = numbers[column][at]
            column += 1
        column = 0
        for name in literal_unroll(FLAGS):
            it[name] = flags[column][at]
            column += 1
        for name in literal_unroll(TIMES):
            it[name] = np.nan
        it.outcome, it.reason, it.bystander = -1, o.NONE, False


@compiled
def write_log(log: Any, rows: Rows, first: int, number: int) -> None:
    """Copy what happened into the columns of *log*."""
    ends, times = log
    for row in range(number):
        it, at = rows[row], first + row
        column = 0
        for name in literal_unroll(ENDS):
            ends[column, at] = it[name]
            column += 1
        column = 0
        for name in literal_unroll(TIMES):
            times[column, at] = it[name]
            column += 1


@compiled
def put_on_clock(rows: Rows, its_rows: range, date: int, desk: int, since_s: float) -> None:
    """Give *its_rows*, those of one deployment, its *date* and *desk*, and times since the start of its session."""
    for row in its_rows:
        rows[row].date, rows[row].desk = date, desk
        rows[row].time_s += since_s
        rows[row].leaves_s += since_s


@compiled
def count_from(rows: Rows, its_rows: range, since_s: float) -> None:
    """Count the times of *its_rows* from *since_s*, when the cameras of their deployment went on."""
    if since_s != 0.0:
        for row in its_rows:
            for name in literal_unroll(TIMES):
                rows[row][name] -= since_s
