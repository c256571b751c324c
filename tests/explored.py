"""Explorers for the tests in a browser, and their engine held against Python's alert by alert."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from simulator.evidence.counted.measures import measure
from simulator.evidence.explore import explorer as made_by
from simulator.evidence.explore.bank import columns_of, drawn_bank, encoded
from simulator.evidence.explore.explorer import Explorer
from simulator.evidence.explore.model import STAFF, model_of
from simulator.evidence.explore.moved import Moved, moved_inputs
from simulator.evidence.explore.surface import NO_LIMIT
from simulator.evidence.explore.thinning import Most, People, days_kept, kept_at, thinned
from simulator.experiment.replications import Block, Cell, block_at
from simulator.report.explore.page import asset
from simulator.response.adjudication import review_limits
from simulator.response.kernel import by_kernel
from simulator.response.plan import limits_by_truth
from simulator.scenario.loader import load_scenario
from simulator.scenario.models import Scenario
from simulator.scenario.year import load_year
from simulator.street.candidates import Envelope

CAMPAIGNS = 4
MOST = Most(moved=Moved(footfall=1.5, listed=1.25, capture=1 / 0.95, exponent=1.0), entries=3.0)
# Bystanders, checks that err and a short list of memories; one of everything; the laboratory's error rates.
OPTIONS: dict[str, list[str]] = {
    "field": [],
    "npl": ["recogniser.preset=npl"],
    "options": ["recogniser.preset=npl", "procedure.bystander=0.1", "procedure.check_error=0.3", "procedure.remembered=0.2"],
    "one-of-everything": [
        "recogniser.preset=npl", *(f"officers.{kind}=1" for kind in STAFF), "procedure.other_offence_arrest=0.2",
    ],
}  # fmt: skip


@cache
def explored(replications: int = 60, campaigns: int = 20, year: bool = False) -> Explorer:
    """The explorer of Croydon's cameras, or of their year, with few campaigns in its page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(made_by, "CAMPAIGNS", campaigns)
        return made_by.explorer_of((load_year if year else load_scenario)("croydon-static"), replications)


@dataclass(frozen=True)
class Case:
    """A *block* of people, a *setting* to resolve them at, and what Python makes of them."""

    block: int
    setting: dict[str, Any]
    wanted: Block
    measures: dict[str, Any]


def cases(options: str, number: int, seed: int) -> tuple[dict[str, Any], list[Case]]:
    """What a page has of a scenario with *options* (model, blocks), and so many settings drawn by *seed*, resolved by Python."""
    scenario = load_scenario("croydon-static", OPTIONS[options])
    bank = drawn_bank(scenario, Envelope(0.60, 20_000.0), CAMPAIGNS, 1, MOST)
    page = {"model": model_of(scenario, bank[0].drawn), "blocks": [encoded(columns_of(drawn)) for drawn in bank]}
    return page, list(_cases(scenario, bank, number, random.Random(seed)))


def _cases(scenario: Scenario, bank: tuple[People, ...], number: int, chance: random.Random) -> Iterator[Case]:
    for _ in range(number):
        threshold, size = chance.choice([0.60, 0.605, 0.62, 0.64, 0.66]), chance.choice([1_000, 5_000, 16_500, 20_000])
        staff = [chance.choice(few) for few in ([0, 1, 3], [0, 1, 4], [1, 2, 6], [1, 2])]
        hold_s, van_s = (chance.choice([0, 5, 20]) * 60.0, chance.choice([0, 15, 60]) * 60.0)
        moved = Moved(
            footfall=chance.choice([0.25, 1.0, 1.5]),
            listed=chance.choice([0.5, 1.0]),
            capture=chance.choice([0.6, 1.0, 1 / 0.95]),
            exponent=chance.choice([None, 0.5]),
        )
        kept = kept_at(scenario, MOST, threshold, size, moved, chance.choice([True, False]))
        days = chance.choice([None, days_kept(scenario.campaign.days, 5)])
        for i, people in enumerate(bank):
            drawn = thinned(people, kept, moved_inputs(scenario, people.drawn.inputs, moved), days)
            roster, n = drawn.roster, drawn.roster.replications
            roster = replace(
                roster,
                staff=np.broadcast_to(np.array(staff), roster.staff.shape).copy(),
                hold_limit_s=np.full(n, hold_s),
                van_limit_s=np.full(n, van_s),
            )
            block = block_at(replace(drawn, roster=roster), Cell(threshold, size), n, by_kernel, False)
            kinds = drawn.expectations.ppv_by_kind(threshold, size).reshape(n, -1).T
            limits = [limits_by_truth(review_limits(drawn.inputs, scenario, ppv))[:, 0] for ppv in kinds]
            setting = {
                "threshold": threshold,
                "size": size,
                "staff": staff,
                "hold_limit_s": hold_s,
                "van_limit_s": van_s,
                "kept": list(vars(kept).values()),
                "days": None if days is None else days.tolist(),
                "limits": [np.clip(limit, -NO_LIMIT, NO_LIMIT).tolist() for limit in limits],
            }
            yield Case(i, setting, block, measure(scenario, block))


def loaded(engine: str) -> str:
    """A script with the *engine*, what feeds it, and ``answers(page, cases)``: alerts and measures of each case."""
    feeding = asset("simulate.js") + asset("play_worker.js") + asset("worker.js")
    return (
        feeding
        + engine
        + """
async function answers({ model, blocks }, cases) {
  const people = await loaded({ model, bank: blocks.map(([index, text]) => ({ index, text })) });
  const cells = (values) => [...values].map((x) => (Number.isNaN(x) ? null : x));
  const plain = (columns) => Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, cells(values)]));
  return cases.map(({ block, setting }) => {
    const result = simulated(people[block], model, setting);
    return { alerts: plain(result.alerts), measures: plain(measured(result, model)) };
  });
}"""
    )


def differences(answers: list[dict[str, Any]], wanted: list[Case]) -> tuple[int, int]:
    """In how many cells of alerts and measures the *answers* differ from what is *wanted*, and of how many."""
    differ = cells = 0
    for answer, case in zip(answers, wanted, strict=True):
        for name, values in answer["alerts"].items():
            there = getattr(case.wanted.resolved, name, None)
            expected = np.asarray(getattr(case.wanted.alerts, name) if there is None else there, float)
            differ, cells = differ + _unlike(values, expected), cells + len(expected)
        for name, values in answer["measures"].items():
            # how many of the bank's passages are kept is known on average only
            if name in case.measures and name != "passages":
                differ, cells = differ + _unlike(values, case.measures[name]), cells + len(values)
    return differ, cells


def _unlike(values: list[float | None], expected: Any) -> int:
    found = np.array([np.nan if value is None else value for value in values], float)
    if len(found) != len(expected):
        return max(len(found), len(expected))
    return int((~((found == expected) | (np.isnan(found) & np.isnan(expected)))).sum())
