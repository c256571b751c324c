"""The same seed gives the same bytes, and a longer run begins with the shorter one."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np
import pytest
from tiny import minimal

from simulator.experiment.campaigns import campaigns_of
from simulator.experiment.log import AlertLog, alert_log
from simulator.experiment.replications import Block, run_block
from simulator.scenario import Scenario

BUSY = ("watchlist.listed_per_1000_passages=8", "recogniser.threshold=0.58", "street.passages_per_hour=3000")
UNSURE = ("officers.teams={value: 2, low: 1, high: 3}", "procedure.search.median_min={value: 2, low: 1, high: 4}")
both_passes = pytest.mark.parametrize("ignorance", [False, True], ids=["chance", "ignorance"])


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Some twenty alerts a campaign, of both kinds, and inputs that are not sure."""
    return minimal(*BUSY, *UNSURE)


def arrays(item: object, name: str = "") -> Iterator[tuple[str, np.ndarray]]:
    """Every array in *item*, however deep, with its name."""
    if is_dataclass(item):
        for one in fields(item):
            yield from arrays(getattr(item, one.name), f"{name}.{one.name}")
    elif isinstance(item, dict):
        for key, value in item.items():
            yield from arrays(value, f"{name}.{key}")
    elif isinstance(item, np.ndarray):
        yield name, item


def same(one: Block, other: Block) -> bool:
    """Whether two blocks hold the same arrays, byte by byte."""
    return {key: a.tobytes() for key, a in arrays(one)} == {key: a.tobytes() for key, a in arrays(other)}


def digest(block: Block) -> str:
    """One word for all the bytes of *block*."""
    return hashlib.sha256(b"".join(a.tobytes() for _, a in arrays(block))).hexdigest()


def log_of(scenario: Scenario, replications: int, ignorance: bool) -> AlertLog:
    """The alert log of a whole run."""
    return AlertLog.join(
        [alert_log(scenario, block) for block in campaigns_of(scenario, 7).blocks(replications, ignorance)]
    )


@both_passes
def test_the_same_seed_gives_the_same_bytes(scenario: Scenario, ignorance: bool) -> None:
    """Candidates, inputs, alerts, plans and everything that came of them; another seed or block gives others."""
    one = run_block(scenario, 7, 0, 50, ignorance)

    assert len(list(arrays(one))) > 60
    assert len(one.alerts) > 500
    assert same(one, run_block(scenario, 7, 0, 50, ignorance))
    assert not same(one, run_block(scenario, 8, 0, 50, ignorance))
    assert not same(one, run_block(scenario, 7, 1, 50, ignorance))


@both_passes
def test_a_longer_run_begins_with_the_shorter(scenario: Scenario, ignorance: bool) -> None:
    """Of 130 campaigns the first 50 are the 50 of a short run, and all are the first 130 of 150."""
    (short,) = campaigns_of(scenario, 7).blocks(50, ignorance)
    first, second, third = campaigns_of(scenario, 7).blocks(130, ignorance)

    assert same(short, first)
    assert [block.number for block in (first, second, third)] == [50, 50, 30]
    assert same(third, run_block(scenario, 7, 2, 50, ignorance))


@both_passes
def test_the_log_of_a_longer_run_begins_with_that_of_the_shorter(scenario: Scenario, ignorance: bool) -> None:
    """Surplus replications of the last block are dropped, and campaigns are numbered through."""
    short, long = log_of(scenario, 130, ignorance), log_of(scenario, 150, ignorance)
    first = long.take(long.replication < 130)

    assert np.unique(short.replication).tolist() == list(range(130))
    for item in fields(AlertLog):
        np.testing.assert_array_equal(getattr(short, item.name), getattr(first, item.name), err_msg=item.name)


def test_blocks_do_not_depend_on_the_order_in_which_they_are_run(scenario: Scenario) -> None:
    """The third block first, or after the others."""
    alone = run_block(scenario, 7, 2, 30, False)

    assert same(alone, list(campaigns_of(scenario, 7).blocks(130, False))[2])


def test_chance_is_the_same_whether_or_not_an_input_that_nobody_uses_is_unsure(scenario: Scenario) -> None:
    """Each input has a stream of its own: an interval on a price changes nothing on the street."""
    priced = minimal(*BUSY, *UNSURE, "costs.officer_hour_gbp={value: 50, low: 40, high: 62}")
    one, other = run_block(scenario, 7, 0, 50, True), run_block(priced, 7, 0, 50, True)

    np.testing.assert_array_equal(one.alerts.time_s, other.alerts.time_s)
    np.testing.assert_array_equal(one.resolved.end_s, other.resolved.end_s)


def test_another_process_gives_the_same_bytes(scenario: Scenario) -> None:
    """Nothing depends on the process, on the order of sets or on the hashes of strings in it."""
    here = Path(__file__).parents[1]
    program = (
        f"import sys; sys.path[:0] = [{str(here)!r}, {str(here.parent)!r}, {str(here / 'behaviour')!r}]\n"
        "from test_procedure_seeds import BUSY, UNSURE, digest, minimal, run_block\n"
        "print(digest(run_block(minimal(*BUSY, *UNSURE), 7, 0, 50, True)))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)

    assert run.stdout.strip() == digest(run_block(scenario, 7, 0, 50, True))
