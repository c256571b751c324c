"""The translator of compiled loops: what it knows it translates, anything else it refuses with the line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from simulator.evidence.counted.kinds import KINDS
from simulator.evidence.explore.ends import ENDS_OF_ALERTS, end_of_kinds
from simulator.evidence.explore.script import engine_script
from simulator.evidence.run.thousand import NOT_STOPPED
from simulator.response import outcomes as o
from simulator.response.javascript import TranslationError, translated
from simulator.street.compiled import compiled_loop


@compiled_loop
def power(values: Any) -> None:
    for row in range(len(values)):
        values[row] = values[row] ** 2


@compiled_loop
def floor_division(values: Any) -> None:
    for row in range(len(values)):
        values[row] = values[row] // 2


@compiled_loop
def comprehension(values: Any) -> Any:
    return [value + 1 for value in values]


@compiled_loop
def library(values: Any) -> None:
    for row in range(len(values)):
        values[row] = np.exp(values[row])


@pytest.mark.parametrize("function", [power, floor_division, comprehension, library])
def test_what_is_not_known_is_refused_by_its_line(function: Callable[..., Any]) -> None:
    with pytest.raises(TranslationError, match=r"line \d+"):
        translated([function])


def test_the_engine_is_translated_whole() -> None:
    script = engine_script()
    assert all(f"function {name}(" in script for name in ("first_surviving", "lay_out", "resolve_block", "count_kinds"))
    assert "undefined" not in script


def test_every_kind_of_alert_has_one_end() -> None:
    """Voids have none; whoever was stopped has an end that says so, and nobody else."""
    ends = end_of_kinds()
    for row, end in enumerate(ends):
        if KINDS.void[row]:
            assert end == -1
            continue
        found = ENDS_OF_ALERTS[end]
        assert found.false == KINDS.false[row]
        assert found.stopped == (KINDS.outcome[row] in (o.RELEASED, o.OTHER_DISPOSAL, o.ARRESTED))
        assert found.stopped == (found.did not in NOT_STOPPED)
