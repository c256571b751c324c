"""What both cimba peers share: the calendar and the log of a campaign, and the way in which trials are run.

Each point was measured to be at least as fast as the alternative: one Experiment with all campaigns as replications on
one worker, trial seeds given as an array, one trial for a whole campaign, and a measurement window that is over at
once, so that the engine keeps no history of resources that nobody reads (samples of a dataset are kept all the same).
A trial has no table for records, so a row of the log is six samples in one captured dataset.
"""

from __future__ import annotations

from collections.abc import Iterator

import cimba as cb
import numpy as np

from peers.flow import COLUMNS, DAY_S, breaks, days


class Campaign(cb.Model):
    """The calendar, the people and the log."""

    gap_s: cb.Param[float]
    true_share: cb.Param[float]
    begins: cb.Array[float]
    ends: cb.Array[float]
    breaks: cb.Array[float]
    closed: cb.Array[bool]
    person: int = 0
    log: cb.Dataset

    def __init__(self, hours: list[float], alerts_per_hour: float, true_share: float) -> None:
        self.gap_s = 3600.0 / alerts_per_hour
        self.true_share = true_share
        self.begins, self.ends = (cb.Array(list(times)) for times in zip(*days(hours), strict=True))
        self.breaks = cb.Array([begin for begin, _ in breaks(hours)])
        # more people than there can be alerts
        self.closed = cb.Array(2 * int(sum(hours) * alerts_per_hour) + 1000)
        self.log = cb.Dataset()
        self.log.capture()

    @cb.function
    def write(self, start_s: float, false: bool, outcome: int, waited_s: float, checkers_s: float) -> None:
        """A row of the log."""
        self.log.record(start_s)
        self.log.record(1.0 if false else 0.0)
        self.log.record(float(outcome))
        self.log.record(cb.now())
        self.log.record(waited_s)
        self.log.record(checkers_s)


def run(campaign: Campaign, hours: list[float], seed: int, number: int) -> Iterator[np.ndarray]:
    """The logs of so many trials of *campaign*, arrays of flow.COLUMNS."""
    window = cb.Window(duration=1e-6, cooldown=days(hours)[-1][1] + DAY_S)
    seeds = np.random.default_rng(seed).integers(0, 2**63, number, dtype=np.uint64)
    trials = cb.Experiment(campaign, replications=number, window=window, seeds=seeds)
    log = trials.run(workers=1, on_failure="raise")[campaign].log
    for i in range(number):
        yield log.trial(0, i)[1].reshape(-1, len(COLUMNS))
