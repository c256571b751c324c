"""Naive SimPy, the model one would write first: a process for every passer-by, of whom few raise an alert.

What an alert leads to is that of alerts_simpy.py. Left out: nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from peers import flow
from peers.alerts_simpy import Desk
from peers.flow import Row

NAME = "SimPy, a process per passer-by"
DISTRIBUTION = "simpy"

# Footfall of the scenario croydon-static, or as much as it takes for the alerts.
PASSAGES_PER_HOUR = 4096.0


class Street(Desk):
    """One campaign with everybody who walks past."""

    def arrivals(self, days):  # type: ignore[no-untyped-def]
        """Passers-by of one deployment after the other."""
        env, rng = self.env, self.rng
        passages_per_s = max(PASSAGES_PER_HOUR / flow.HOUR_S, self.per_s)
        chance = self.per_s / passages_per_s
        for begin, end in days:
            at = begin + rng.expovariate(passages_per_s)
            while at <= end:
                yield env.timeout(at - env.now)
                env.process(self.walk_past(chance))
                at += rng.expovariate(passages_per_s)

    def walk_past(self, chance: float):  # type: ignore[no-untyped-def]
        """Somebody walks past the camera."""
        if self.rng.random() < chance:
            yield from self.handle()


def logs(
    hours: list[float],
    alerts_per_hour: float,
    true_share: float,
    staff: dict[str, int],
    seed: int,
    number: int,
    full: bool,
) -> Iterator[list[Row]]:
    """The logs of so many campaigns."""
    for i in range(number):
        yield Street(alerts_per_hour, true_share, staff, seed * number + i, full).run(hours)


def campaigns(
    hours: list[float],
    alerts_per_hour: float,
    true_share: float,
    staff: dict[str, int],
    seed: int,
    number: int,
    full: bool,
) -> int:
    """Simulate so many campaigns; the number of alerts handled in all."""
    return sum(len(log) for log in logs(hours, alerts_per_hour, true_share, staff, seed, number, full))
