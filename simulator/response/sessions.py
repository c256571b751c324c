"""Sessions: deployments that overlap in time, or nearly, are resolved on one clock; everything else for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.scenario.campaign import Campaign
from simulator.scenario.days import hours_of
from simulator.scenario.quantity import Array
from simulator.street.people import Index

if TYPE_CHECKING:
    from simulator.response.resolve import Roster

# By then whatever was going on at camera-off is over.
AFTERMATH_S = 6 * 3600.0


def sessions_of(campaign: Campaign) -> tuple[Index, Array]:
    """The session of each deployment, numbered from 0, and how long after its session's start its cameras go on (s).

    A deployment that begins before the one before has been over for AFTERMATH_S belongs to the same session: somebody may
    still be held. Deployments are in order of time.
    """
    starts_s = np.array([day.starts_s for day in campaign.days])
    over_s = np.maximum.accumulate(starts_s + 3600.0 * hours_of(campaign)) + AFTERMATH_S
    begins = np.concatenate([[True], starts_s[1:] >= over_s[:-1]])
    session = np.cumsum(begins) - 1
    return session, starts_s - starts_s[begins][session]


def first_deployments(session: Index) -> Index:
    """The first deployment of each session, and the end of the last."""
    return np.searchsorted(session, np.arange(session[-1] + 2))


def arrivals_of(roster: Roster, first_row: Index, time_s: Array) -> Index:
    """The rows of each replication, numbered from 0, session by session and in each in order of time."""
    counts, replications, days = np.diff(first_row), roster.replications, len(roster.day)
    per_replication = np.diff(first_row[::days])
    number = np.arange(len(time_s)) - np.repeat(first_row[:-1:days], per_replication)
    if int(roster.session[-1]) + 1 == days:
        return number
    deployment = np.repeat(np.tile(np.arange(days), replications), counts)
    replication = np.repeat(np.arange(replications), per_replication)
    return np.asarray(
        number[np.lexsort((number, time_s + roster.since_s[deployment], roster.session[deployment], replication))]
    )


def changes_of(roster: Roster) -> tuple[Index, Array, Index, Index]:
    """Changes of staff, session by session and in order of time: the first of each session, then when, at which desk, to what."""
    number = np.arange(len(roster.day))
    desk = number - np.searchsorted(roster.session, roster.session)
    deployment = np.repeat(number, roster.shifts_held)
    shift = np.concatenate([np.arange(held) for held in roster.shifts_held]).astype(np.int64)
    at_s = roster.shift_s[shift] + roster.since_s[deployment]
    order = np.lexsort((shift, deployment, at_s, roster.session[deployment]))
    return (
        np.searchsorted(roster.session[deployment], np.arange(roster.session[-1] + 2)),
        at_s[order],
        desk[deployment][order],
        shift[order] + 1,
    )
