"""A naive SimPy model of one campaign: a process for every passer-by, the same officers and durations.

It is what one would write first. Each passage draws whether it alerts; alerts go through operator, team, checkers and
van with SimPy's own resources. It keeps a log of one row per alert, as lfrsim does.
"""

from __future__ import annotations

import random

import simpy


def campaign(
    hours: list[float], per_hour: float, false_rate: float, true_rate: float, staff: dict[str, int], seed: int
) -> list[tuple[object, ...]]:
    """Run deployments of so many *hours* and return one row per alert; rates are per passage."""
    rng = random.Random(seed)
    log: list[tuple[object, ...]] = []
    for day, length in enumerate(hours):
        env = simpy.Environment()
        officers = {name: simpy.Resource(env, number) for name, number in staff.items()}
        env.process(_footfall(env, rng, officers, log, day, length * 3600, per_hour / 3600, false_rate, true_rate))
        env.run()
    return log


def _footfall(env, rng, officers, log, day, length_s, per_s, false_rate, true_rate):  # type: ignore[no-untyped-def]
    while True:
        yield env.timeout(rng.expovariate(per_s))
        if env.now > length_s:
            return
        env.process(_passer_by(env, rng, officers, log, day, false_rate, true_rate))


def _passer_by(env, rng, officers, log, day, false_rate, true_rate):  # type: ignore[no-untyped-def]
    u = rng.random()
    if u > false_rate + true_rate:
        return
    false = u < false_rate
    start, leaves = env.now, env.now + 60 * 20 * rng.lognormvariate(0, 0.5)
    with officers["operators"].request() as operator:
        if operator not in (yield operator | env.timeout(leaves - env.now)):
            log.append((day, start, false, "not_reviewed", env.now))
            return
        yield env.timeout(15 * rng.lognormvariate(0, 0.5))
    if rng.random() > (0.69 if false else 0.9992):
        log.append((day, start, false, "dismissed", env.now))
        return
    team = officers["teams"].request()
    if team not in (yield team | env.timeout(max(leaves - env.now, 0))):
        team.cancel()
        log.append((day, start, false, "no_team", env.now))
        return
    yield env.timeout(180 * rng.lognormvariate(0, 0.5))
    if env.now > leaves or rng.random() < 0.008:
        officers["teams"].release(team)
        log.append((day, start, false, "not_found", env.now))
        return
    checkers = officers["checkers"].request()
    yield checkers
    officers["teams"].release(team)
    yield env.timeout((240 if false else 480) * rng.lognormvariate(0, 0.5))
    if false or rng.random() > 0.52:
        officers["checkers"].release(checkers)
        log.append((day, start, false, "released", env.now))
        return
    with officers["vans"].request() as van:
        yield van
        yield env.timeout(45 * 60 * rng.lognormvariate(0, 0.5))
    officers["checkers"].release(checkers)
    log.append((day, start, false, "arrested", env.now))
