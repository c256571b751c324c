"""Interval on the average of a gain: of an advantage where it is above 0, and of nothing where it is not.

Few points may have any gain, and few of those the most of it. Student's t over averages of samples is then too narrow, and of
nothing where no point had one. How far the advantage of all points differs, above 0 or below, says what a point that was not
seen may gain; how far the highest of each sample differ says what is beyond them where every sample has gains.
"""

from __future__ import annotations

import numpy as np

from simulator.evidence.statistics.averages import ALIKE, Change, beyond_seen, ratio_interval
from simulator.evidence.statistics.intervals import Interval
from simulator.scenario.quantity import Array


def gain_interval(advantage: Array, level: float = 0.95) -> Interval:
    """Interval of the average of what is above 0 in *advantage*, (samples, points of each): not below 0.

    The averages of the samples are weighted anew with one sample more (see *ratio_interval*), which may have a gain more at
    one of its points. So none seen at n points is at most about 3 / n times how far the advantage differs. Only an
    advantage that does not differ at all leaves nothing open.
    """
    gain = np.maximum(advantage, 0.0)
    samples, points = gain.shape
    highest, spread = gain.max(axis=1), float(np.ptp(advantage, axis=1).max())
    event = beyond_seen(highest - highest.min()) if highest.all() else spread
    if spread <= ALIKE * float(np.abs(advantage).max()):
        event = 0.0
    return ratio_interval(gain.mean(axis=1), np.ones(samples), Change(0.0, event / points), level=level)


__all__ = ["gain_interval"]
