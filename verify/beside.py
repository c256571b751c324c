"""What a run prints beside its own campaigns: factors of alternatives, and what one more or one fewer of staff changes.

Whole runs of the street anew for every seed, since alternatives are simulated until their factors are known.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import numpy as np

from simulator.evidence.compare.comparison import compare
from simulator.evidence.run.alternatives import AlternativeFound, alternatives_found
from simulator.evidence.run.staff import CHANGED, StaffChange, changed_staff, staff_changes
from simulator.evidence.run.study import CHANCE, run_study
from simulator.evidence.run.twins import factors
from simulator.experiment.pairs import pair_of
from simulator.response.engines import engine_named
from simulator.scenario import Scenario, load_scenario
from simulator.scenario.applied import with_settings
from simulator.scenario.quantity import Array
from verify.printed import printed
from verify.score import Row, Scored
from verify.worlds import BANK_SEED, CAMPAIGNS, SAMPLE, STREET, events, kept

# One that closed forms cannot tell of (who waits), one of something that is rare, one of a sum.
SETTINGS = {
    "slow reviews": ("wrongful_stops", "procedure.review.median_min", 3),
    "checks that fail twice as often": ("wrongful_arrests", "procedure.check_error", 0.16),
    "long checks": ("liberty_lost_min", "procedure.check_wrong_person.median_min", 9),
}
INVENTED = dict.fromkeys(("why", "source", "decided_by"), "invented") | {"grade": "assumed"}
Sides = Mapping[str, tuple[Array, Array]]


@cache
def _world() -> Scenario:
    alternatives = [
        {"name": name, "measure": measure, "settings": {key: value}, **INVENTED}
        for name, (measure, key, value) in SETTINGS.items()
    ]
    return load_scenario(STREET, [f"alternatives={json.dumps(alternatives)}"])


@cache
def truths(folder: Path) -> Mapping[str, Sides]:
    """Both sides of a long comparison of the street with each alternative and each change of staff, by name and measure."""

    def make() -> dict[str, Sides]:
        own = _world()
        others = {item.name: with_settings(own, item.settings) for item in own.alternatives}
        others |= {_staff(kind, step): other for kind, step, other in changed_staff(own)}
        return {name: _sides(own, other) for name, other in others.items()}

    return kept(folder / "beside.bank", make)


def _staff(kind: str, step: int) -> str:
    return f"{step:+d} {kind}"


def _sides(own: Scenario, other: Scenario) -> Sides:
    compared = compare(pair_of(own, other), CAMPAIGNS, BANK_SEED, engine_named("auto")).passes[CHANCE]
    return {name: (compared[name][0], compared[name][1]) for name in {*CHANGED, *_measures()}}


def _measures() -> set[str]:
    return {item.measure for item in _world().alternatives}


def beside_scores(folder: Path, seed: int) -> Iterator[Scored]:
    """Every interval of the alternatives and of the changes of staff that one run prints."""
    known, engine = truths(folder), engine_named("auto")
    study = run_study(_world(), SAMPLE, seed)
    for found in alternatives_found(_world(), factors(study, engine)):
        yield from _of_alternative(found, *known[found.name][found.measure])
    for change in staff_changes(study, engine):
        yield from _of_staff(change, known[_staff(change.kind, change.step)])


def _of_alternative(found: AlternativeFound, a: Array, b: Array) -> Iterator[Scored]:
    """*a* and *b* are the measure in all campaigns without and with it."""
    truth = {"factor_95": float(b.mean() / a.mean()), "with_it_95": float(b.mean())}
    for item in printed(found):
        often = events(found.measure, b, SAMPLE)
        row = Row("run", f"alternatives.{item.name}", often, "street", f"{found.measure}, {found.name}", item.level)
        yield Scored(row, item.interval, truth[item.name])


def _of_staff(change: StaffChange, sides: Sides) -> Iterator[Scored]:
    for item in printed(change):
        measure = item.keys[0]
        a, b = sides[measure]
        if np.ptp(b - a) == 0:
            continue
        often = events(measure, b - a, change.campaigns)
        of = f"{measure}, {_staff(change.kind, change.step)}"
        yield Scored(
            Row("run", f"staff.{'.'.join(item.fields)}", often, "street", of, item.level),
            item.interval,
            float((b - a).mean()),
        )


__all__ = ["beside_scores", "truths"]
