"""The simulation itself as a script: the program's own compiled loops, from the mask to the tally, translated."""

from __future__ import annotations

from typing import Any

from simulator.evidence.counted.tally import count_kinds
from simulator.evidence.explore.thinning import thin
from simulator.response import kernel, kernel_columns, kernel_desk, kernel_stages
from simulator.response.javascript import translated
from simulator.response.plan import lay_out
from simulator.street.candidates import count_passing
from simulator.street.mask import first_surviving, tell_truths


def engine_script() -> str:
    """Functions of the same names and arguments as in Python; arrays of several axes are arrays of arrays there."""
    return translated([thin, first_surviving, tell_truths, lay_out, count_passing, *engine_functions(), count_kinds])


def engine_functions() -> list[Any]:
    """Every function of the compiled engine, those first that others call."""
    modules = (kernel_desk, kernel_columns, kernel_stages, kernel)
    return [
        item
        for module in modules
        for item in vars(module).values()
        if hasattr(item, "py_func") and item.py_func.__module__ == module.__name__
    ]


__all__ = ["engine_functions", "engine_script"]
