"""The compiled engine against the SimPy processes: the same outcome, reason, flag and time of every alert."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from behaviour.engine_fuzz import (
    TIES,
    compared,
    configurations,
    differing_rows,
    disagreement,
    random_draw,
    random_plan,
    spans,
)
from hypothesis import given, settings
from tiny import KINDS, Alert, Deployment, apart, campaigns, on_clocks, plan_of, resolved

from simulator.evidence.counted.measures import measure
from simulator.experiment.replications import Cell, block_at, run_block
from simulator.experiment.seeds import BLOCK
from simulator.response import engines, kernel
from simulator.response import outcomes as o
from simulator.response.columns import TIMES, Plan, Resolved
from simulator.response.engines import EngineError, engine_named
from simulator.response.kernel import by_kernel
from simulator.response.process import by_processes
from simulator.response.resolve import Roster
from simulator.scenario import load_scenario
from simulator.street.people import Index

# Of all chunks together; every one of them must do its part, because they may run in different processes.
CHUNKS, CONFIGURATIONS, ALERTS = 8, 640, 500_000
IN_EVERY_CHUNK = {
    "times rounded to 60 s": CONFIGURATIONS // CHUNKS // 4,
    # all but blocks without an alert
    "rounded, with shifts, nobody of a kind and work of nothing": CONFIGURATIONS // CHUNKS // 4 - 4,
    "drawn from a scenario": CONFIGURATIONS // CHUNKS // 2,
    "shifts": 40,
    "staff owed after a shift": 15,
    "no limit of holding": 25,
    "no limit for vans": 25,
    **{f"no {kind} from the start": 20 for kind in KINDS},
    **{f"no {kind} all day": 8 for kind in KINDS},
    **{f"{name} of nothing": 35 for name in ("review_s", "search_s", "check_s", "custody_s")},
    "out of reach at once": 25,
    "several arrive at once": 15,
    **dict.fromkeys(TIES, 5),
    "more than two priorities": 5,
    "two deployments on one date": 25,
    "deployments on one date apart": 5,
    "bystander stopped": 800,
    # alerts
    **dict.fromkeys(o.OUTCOMES, 150),
    **dict.fromkeys(o.REASONS[1:], 150),
}
Columns = tuple[Roster, Index, Plan]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_random_blocks_are_resolved_alike(chunk: int) -> None:
    """Random scenarios and plans, a quarter of them with times rounded to 60 s; and they reach what they are meant to."""
    numbers = CONFIGURATIONS // CHUNKS // 2
    reached: Counter[str] = Counter()
    for configuration in configurations(chunk * numbers, (chunk + 1) * numbers):
        reached += compared(configuration, by_kernel, by_processes)

    assert reached["configurations"] * CHUNKS == CONFIGURATIONS
    assert reached["alerts"] * CHUNKS >= ALERTS
    assert {name: reached[name] for name, least in IN_EVERY_CHUNK.items() if reached[name] < least} == {}


@settings(derandomize=True, deadline=None, max_examples=200)
@given(campaigns(together=True))
def test_small_campaigns_are_resolved_alike(campaign: list[Deployment]) -> None:
    """Twice in one block, so that the second replication would show what the first left behind."""
    deployments = with_one_force(campaign)
    columns = replicated(deployments, 2)
    found, right = by_kernel(*columns), by_processes(*columns)
    n = len(found) // 2

    assert not len(differing_rows(right, found))
    assert not len(differing_rows(found.take(np.arange(n)), found.take(np.arange(n, 2 * n))))
    # by hand-made rules instead of the roster it is the same
    assert [(o.OUTCOMES[code], end) for code, end in zip(found.outcome[:n], found.end_s[:n] / 60.0, strict=True)] == [
        (row.outcome, row.end) for rows in resolved(*deployments) for row in rows
    ]


def with_one_force(campaign: Sequence[Deployment]) -> list[Deployment]:
    """*campaign* with the force of its first deployment in all, of which each holds as many shifts as it had."""
    first = campaign[0]
    force = {name: getattr(first, name) for name in (*KINDS, "hold_limit", "van_limit")}
    minutes = sorted(first.shifts)
    return [
        replace(one, **force, shifts={minute: first.shifts[minute] for minute in minutes[: len(one.shifts)]})
        for one in campaign
    ]


def replicated(deployments: Sequence[Deployment], replications: int) -> Columns:
    """A block of the same *deployments* of one force, over and over."""
    most = max((one.rules for one in deployments), key=lambda rules: len(rules.shifts))
    staff = np.array([most.staff, *(numbers for _, numbers in most.shifts)], dtype=np.int64)
    each = np.ones(replications)
    roster = Roster(
        day=np.array([one.day for one in deployments]),
        shift_s=np.array([at_s for at_s, _ in most.shifts], dtype=float),
        shifts_held=np.array([len(one.shifts) for one in deployments]),
        staff=np.tile(staff, (replications, 1, 1)),
        hold_limit_s=each * most.hold_limit_s,
        van_limit_s=each * most.van_limit_s,
        **on_clocks(deployments),
    )
    counts = [len(one.alerts) for one in deployments] * replications
    alerts = [alert for one in deployments for alert in one.alerts] * replications
    return roster, np.concatenate([[0], np.cumsum(counts)]), plan_of(alerts)


@pytest.mark.parametrize("number", range(6))
def test_every_measure_of_a_random_scenario_is_the_same(number: int) -> None:
    """Also what would have been without the false alerts, and the officers' time on every alert."""
    drawn, threshold, size = random_draw(10_000 + number)
    by_engine = [block_at(drawn, Cell(threshold, size), BLOCK, engine) for engine in (by_kernel, by_processes)]
    found, right = by_engine

    assert len(found.kept)
    assert found.without_false is not None
    assert right.without_false is not None
    assert not len(differing_rows(right.without_false, found.without_false))
    for kind, (start, end) in spans(right.resolved).items():
        its_start, its_end = spans(found.resolved)[kind]
        np.testing.assert_array_equal(its_end - its_start, end - start, err_msg=kind)
    measures = measure(drawn.scenario, found)
    assert {"operator_min", "team_min", "checker_min", "van_min", "crowded_out"} <= measures.keys()
    for name, values in measure(drawn.scenario, right).items():
        np.testing.assert_array_equal(measures[name], values, err_msg=name)


@pytest.mark.parametrize("ignorance", [False, True])
def test_a_shipped_scenario_is_resolved_alike(ignorance: bool) -> None:
    scenario = load_scenario("croydon-static")
    found, right = (run_block(scenario, 1, 0, BLOCK, ignorance, engine=engine) for engine in (by_kernel, by_processes))

    assert len(found.alerts) > 5000
    assert not len(differing_rows(right.resolved, found.resolved))


def test_shift_changes_at_one_instant_come_before_any_grant() -> None:
    """Two changes that differ by less than the grid of times: nobody is served by the operator who never came."""
    roster = Roster(
        day=np.array([1]),
        shift_s=np.array([60.0, 60.0]),
        shifts_held=np.array([2]),
        staff=np.array([[[1, 1, 1, 0], [1, 1, 1, 1], [1, 1, 1, 0]]]),
        hold_limit_s=np.array([900.0]),
        van_limit_s=np.array([900.0]),
        **apart(1),
    )
    columns = roster, np.array([0, 1]), plan_of([Alert(0)])

    assert by_processes(*columns).outcome.tolist() == [o.NOT_REVIEWED]
    assert by_kernel(*columns).outcome.tolist() == [o.NOT_REVIEWED]


def test_a_block_without_alerts_is_resolved_too() -> None:
    columns = replicated([Deployment([]), Deployment([])], 3)

    assert len(by_kernel(*columns)) == len(by_processes(*columns)) == 0


def test_a_difference_is_told_in_words_and_can_be_run_again() -> None:
    """Every single number of the result is looked at."""
    configuration = random_plan(1)
    right = by_kernel(configuration.roster, configuration.first_row, configuration.plan)
    times = np.nan_to_num(np.stack([getattr(right, name) for name in TIMES]))
    right, row = replace(right, **dict(zip(TIMES, times, strict=True))), len(right) // 2

    assert disagreement(configuration, right, right) == ""
    for item in fields(Resolved):
        changed = getattr(right, item.name).copy()
        changed[row] = not changed[row] if changed.dtype == bool else changed[row] + 1
        words = disagreement(configuration, right, replace(right, **{item.name: changed}))

        assert words.startswith(f"random_plan(1): 1 of {len(right)} alerts differ")
        assert f"row {row} of the block" in words
        assert f"{item.name}: expected" in words
    unreached = np.where(np.arange(len(right)) == row, np.nan, right.end_s)
    assert "found nan" in disagreement(configuration, right, replace(right, end_s=unreached))


class TestChoosingAnEngine:
    @pytest.fixture
    def without_numba(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As where numba is not installed."""
        for name in [name for name in sys.modules if name.startswith("simulator.response.kernel")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, "numba", None)

    @pytest.fixture
    def on_disk(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
        """Machine code lies on the disk, or does not."""
        return lambda there: monkeypatch.setattr(kernel, "is_on_disk", lambda: there)

    @pytest.mark.usefixtures("without_numba")
    def test_without_numba_it_is_simpy_and_says_so(self) -> None:
        said: list[str] = []
        engine = engine_named("auto", said.append)
        configuration = random_plan(2)
        columns = configuration.roster, configuration.first_row, configuration.plan

        assert engine is by_processes
        assert not len(differing_rows(engine(*columns), by_kernel(*columns)))
        assert len(said) == 1
        assert said[0].startswith("numba cannot be imported")
        assert "SimPy" in said[0]

    @pytest.mark.usefixtures("without_numba")
    def test_without_numba_the_kernel_is_refused(self) -> None:
        with pytest.raises(EngineError, match=r"^--engine kernel: needs numba.*--engine process$"):
            engine_named("kernel")

    @pytest.mark.usefixtures("without_numba")
    def test_without_numba_simpy_asked_for_says_nothing(self) -> None:
        said: list[str] = []

        assert engine_named("process", said.append) is by_processes
        assert said == []

    @pytest.mark.parametrize("name", ["auto", "kernel"])
    @pytest.mark.parametrize("there", [True, False])
    def test_compiling_is_announced_where_nothing_is_on_disk(
        self, on_disk: Callable[[bool], None], there: bool, name: engines.EngineName
    ) -> None:
        said: list[str] = []
        on_disk(there)

        assert engine_named(name, said.append) is by_kernel
        assert [text.startswith("compiling the engine") for text in said] == ([] if there else [True])

    def test_nothing_is_on_disk_in_an_empty_folder(self, tmp_path: Path) -> None:
        """Asking does not compile."""
        done = subprocess.run(
            [sys.executable, "-c", "from simulator.response.kernel import is_on_disk; print(is_on_disk())"],
            env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )

        assert done.stdout == "False\n"
        assert not list(tmp_path.rglob("*.nb?"))

    def test_another_name_is_an_error(self) -> None:
        with pytest.raises(ValueError, match=r"one of auto, kernel, process \(got simpy\)"):
            engine_named("simpy")  # type: ignore[arg-type]
