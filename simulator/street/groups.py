"""Groups of passers-by: who they are, how they fare against the list, and whom they are taken for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.people import Index


@dataclass(frozen=True)
class Groups:
    """Shares and FMR ratios of the groups; one group with ratio 1 where the scenario names none.

    *relative_fmr[g]* is how a passer-by of group g fares against the whole list, *entry_cdf[g]* the cumulative
    distribution of the group of the entry matched, *score_shift* moves genuine scores. Scaled so that the mean over
    street share x list share is 1: the headline FPIR stays calibrated.
    """

    street_cdf: Array
    listed_cdf: Array
    relative_fmr: Array
    entry_cdf: Array
    score_shift: Array


def groups_of(scenario: Scenario) -> Groups:
    """The scenario's groups as arrays, with their matrix normalised."""
    named = scenario.street.groups
    street = np.array([group.street_share for group in named] or [1.0])
    listing = np.array([group.list_share for group in named] or [1.0])
    listed = np.array(
        [g.list_share if g.listed_passages_share is None else g.listed_passages_share for g in named] or [1.0]
    )
    matrix = np.array(scenario.street.group_matrix or np.ones((len(street), len(street))))
    weights = matrix * listing[None, :]
    weights = weights / (street @ weights.sum(axis=1))
    relative = weights.sum(axis=1)
    share = np.divide(weights, relative[:, None], out=np.zeros_like(weights), where=relative[:, None] > 0)
    shift = np.array([group.score_shift for group in named] or [0.0])
    return Groups(np.cumsum(street), np.cumsum(listed), relative, np.cumsum(share, axis=1), shift)


def thin(rng: np.random.Generator, groups: Groups, group: Index) -> tuple[Index, NDArray[np.bool_]]:
    """Group of the entry matched, and whether a point drawn at the worst group's rate stays for this *group*."""
    if len(groups.relative_fmr) == 1:
        return np.zeros(len(group), dtype=np.int64), np.ones(len(group), dtype=bool)
    u = rng.random((2, len(group)))
    entry = (u[0][:, None] > groups.entry_cdf[group]).sum(axis=1)
    return np.minimum(entry, len(groups.relative_fmr) - 1), u[1] * groups.relative_fmr.max() < groups.relative_fmr[
        group
    ]
