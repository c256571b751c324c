"""What every engine shares: the roster it reads beside the plan, and how it is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulator.response.columns import Plan, Resolved
from simulator.response.sessions import sessions_of
from simulator.scenario.days import hours_of, place_numbers
from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.footfall import on_time_grid
from simulator.street.mask import Alerts
from simulator.street.people import Index

Staff = tuple[int, int, int, int]


@dataclass(frozen=True)
class Roster:
    """Days, staff and limits of a block: what the engines read beside the plan.

    *day* (deployments,) numbers the dates at each place. *staff* (replications, 1 + shifts, 4) has the numbers of vans,
    checkers, teams and operators at camera-on and after each shift change; the changes come *shift_s* (shifts,) seconds
    after camera-on, and *shifts_held* (deployments,) of them before camera-off. *own_staff* (deployments, 4) holds all day in
    place of these; -1: there is none. Limits have one value per replication. Deployments of one *session* (deployments,)
    are resolved on one clock, each with its own staff; cameras go on *since_s* (deployments,) after the first of them.
    """

    day: Index
    shift_s: Array
    shifts_held: Index
    staff: Index
    hold_limit_s: Array
    van_limit_s: Array
    own_staff: Index
    session: Index
    since_s: Array

    @property
    def replications(self) -> int:
        """Replications of the block."""
        return len(self.staff)


# Roster, first row of every deployment of every replication (and the end of the last), plan.
Engine = Callable[[Roster, Index, Plan], Resolved]


def roster_of(scenario: Scenario, inputs: Inputs) -> Roster:
    """The roster of one block."""
    kinds, shifts = ("vans", "checkers", "teams", "operators"), scenario.officers.shifts
    staff = np.empty((inputs.replications, 1 + len(shifts), len(kinds)), dtype=np.int64)
    for i, kind in enumerate(kinds):
        staff[:, 0, i] = inputs[f"officers.{kind}"]
        for number, shift in enumerate(shifts):
            changed = getattr(shift, kind)
            staff[:, number + 1, i] = staff[:, number, i] if changed is None else changed
    days, no_own = scenario.campaign.days, -1
    own_staff = [[no_own if getattr(day, kind) is None else getattr(day, kind) for kind in kinds] for day in days]
    session, since_s = sessions_of(scenario.campaign)
    shift_s = on_time_grid(np.array([shift.after_min for shift in shifts]) * 60.0)
    off_s = hours_of(scenario.campaign) * 3600.0
    return Roster(
        # who was stopped elsewhere is not recognised here
        np.array([day.date.toordinal() for day in days]) * len(scenario.campaign.places)
        + place_numbers(scenario.campaign),
        shift_s,
        # staff at camera-off stay until the last alert has ended
        np.searchsorted(shift_s, off_s, side="left"),
        staff,
        on_time_grid(inputs["procedure.hold_limit_min"] * 60.0),
        on_time_grid(inputs["procedure.van_limit_min"] * 60.0),
        np.array(own_staff, dtype=np.int64),
        session,
        since_s,
    )


def resolve(roster: Roster, alerts: Alerts, plan: Plan, engine: Engine) -> Resolved:
    """Resolve all *alerts* of a block with *engine*, replication by replication."""
    cell = alerts.replication * len(roster.day) + alerts.deployment
    first_row = np.searchsorted(cell, np.arange(roster.replications * len(roster.day) + 1))
    resolved = engine(roster, first_row, plan)
    if np.any(resolved.outcome < 0):
        raise RuntimeError(f"engine left {int((resolved.outcome < 0).sum())} alerts without an outcome")
    return resolved
