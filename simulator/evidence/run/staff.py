"""What one more or one fewer of each kind of staff changes: campaigns with them beside the same campaigns without.

Officers change nothing of what is drawn, so the campaigns of the run serve as the one side, and only the other is simulated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from simulator.evidence.counted.measures import COUNTS, measure, officers_each
from simulator.evidence.run.study import CHANCE, Study
from simulator.evidence.statistics.differences import Difference, difference
from simulator.experiment.campaigns import campaigns_of
from simulator.response.resolve import Engine
from simulator.scenario.days import differs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Count

CHANGED = ("listed_stopped", "arrests", "no_checkers_releases", "wrongful_stops", "on_duty_hours")
# Of the run's campaigns, for each change: eight of them take as long as nearly half of the run.
SHARE, FEWEST = 10, 50


@dataclass(frozen=True, kw_only=True)
class StaffChange:
    """What *step* (1 or -1) of a *kind* changes, who are *now* so many, of so many *officers* each.

    *changes* are with it less without it per campaign, by measure, in the same *campaigns* at the best inputs.
    """

    kind: str
    now: int
    step: int
    officers: int
    campaigns: int
    changes: Mapping[str, Difference]


def campaigns_each(study: Study) -> int:
    """In how many campaigns each change is simulated."""
    return min(study.replications, max(FEWEST, study.replications // SHARE))


def staff_changes(
    study: Study, engine: Engine, progress: Callable[[int], None] | None = None
) -> tuple[StaffChange, ...]:
    """What one more and one fewer of each kind change; *progress* is told of every campaign.

    Nothing is said of a kind that deployments have own numbers of.
    """
    number = campaigns_each(study)
    changes = []
    for kind, step, other in changed_staff(study.scenario):
        campaigns = campaigns_of(other, study.seed, study.envelope, engine, study.cell, crowding_out=False)
        parts = []
        for block in campaigns.blocks(number, ignorance=False):
            parts.append(measure(other, block))
            if progress:
                progress(block.number)
        with_it = {name: np.concatenate([part[name] for part in parts]) for name in CHANGED}
        without = study.passes[CHANCE]
        changes.append(
            StaffChange(
                kind=kind,
                now=int(getattr(study.scenario.officers, f"{kind}s").value),
                step=step,
                officers=officers_each(study.scenario)[kind],
                campaigns=number,
                changes={name: difference(without[name][:number], with_it[name], name in COUNTS) for name in CHANGED},
            )
        )
    return tuple(changes)


def kinds_changed(scenario: Scenario) -> int:
    """How many changes there are to simulate."""
    return sum(1 for _ in changed_staff(scenario))


def changed_staff(scenario: Scenario) -> Iterator[tuple[str, int, Scenario]]:
    """Each kind of staff, one more or one fewer, and the scenario with it."""
    officers = scenario.officers
    for kind in officers_each(scenario):
        key = f"{kind}s"
        if differs(scenario, f"officers.{key}"):
            continue
        now = getattr(officers, key).value
        for step in (1, -1):
            if now + step < 0:
                continue
            shifts = tuple(
                shift.model_copy(update={key: max(own + step, 0)} if (own := getattr(shift, key)) is not None else {})
                for shift in officers.shifts
            )
            update = {key: Count(value=now + step), "shifts": shifts}
            yield kind, step, scenario.model_copy(update={"officers": officers.model_copy(update=update)})


__all__ = ["CHANGED", "StaffChange", "campaigns_each", "changed_staff", "kinds_changed", "staff_changes"]
