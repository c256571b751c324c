"""What a trip consists of: passages at one camera end or both, once or twice that day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.scenario.inputs import Inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.footfall import Profile, on_time_grid
from simulator.street.people import Index


@dataclass(frozen=True)
class Visits:
    """Slots of each trip, shape (trips, slots): whether the passage takes place, at which *end*, at *time_s*.

    Slots are (first visit, first end), (first visit, other end), (return, first end), (return, other end), as far as
    the scenario has them. Times count from camera-on.
    """

    exists: NDArray[np.bool_]
    end: Index
    time_s: Array

    @property
    def slots(self) -> int:
        """Slots per trip."""
        return int(self.exists.shape[1])


def slot_shape(scenario: Scenario, inputs: Inputs) -> tuple[int, int]:
    """How many visits and how many ends a trip can have in this scenario."""
    returns = bool(np.any(inputs["street.return_same_day"] > 0))
    both = bool(np.any(inputs["street.share_passing_both"] > 0))
    return (2 if returns else 1), (2 if both and scenario.street.camera_ends == 2 else 1)


def draw_visits(
    rng: np.random.Generator,
    scenario: Scenario,
    inputs: Inputs,
    profile: Profile,
    replication: Index,
    deployment: Index,
) -> Visits:
    """The slots of trips in the given *replication* and *deployment*; each visit falls where footfall falls.

    The other end is passed a walk later, or a walk earlier where later would be after camera-off, so that no passage
    is lost at the edges and the counted footfall keeps its mean.
    """
    n_visits, n_ends = slot_shape(scenario, inputs)
    n = len(replication)
    walk_s = inputs["street.between_ends_min"][replication] * 60.0
    length_s = profile.length_s[deployment]
    exists, end, time_s = [], [], []
    for visit in range(n_visits):
        u = rng.random((4, n))
        comes = np.full(n, True) if visit == 0 else u[0] < inputs["street.return_same_day"][replication]
        first_end = (u[1] * scenario.street.camera_ends).astype(np.int64)
        at = profile.times(u[2], deployment)
        exists.append(comes)
        end.append(first_end)
        time_s.append(at)
        if n_ends == 2:
            later = at + walk_s
            other = np.where(later < length_s, later, np.clip(at - walk_s, 0.0, length_s))
            exists.append(comes & (u[3] < inputs["street.share_passing_both"][replication]))
            end.append(1 - first_end)
            time_s.append(other)
    return Visits(np.stack(exists, axis=1), np.stack(end, axis=1), on_time_grid(np.stack(time_s, axis=1)))


def uncounted_passages(rng: np.random.Generator, inputs: Inputs, trips: Index) -> Index:
    """Passages made on *trips* (replications, deployments) that are only counted, never followed."""
    returns = rng.binomial(trips, inputs["street.return_same_day"][:, None])
    visits = trips + returns
    both = rng.binomial(visits, inputs["street.share_passing_both"][:, None])
    return np.asarray(visits + both, dtype=np.int64)
