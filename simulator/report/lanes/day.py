"""A replayed day as the plain data that the scripts of the lanes take; the explorer's own script makes the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.evidence.explore.ends import ENDS_OF_ALERTS
from simulator.evidence.replay.found import ReplayFound
from simulator.evidence.run.shown_day import Steps

STAFF = ("operators", "teams", "checkers", "vans")


def day_of(found: ReplayFound) -> dict[str, Any]:
    """The day: times in seconds after camera-on; alerts are named as a person counts them, and carry their number in the log.

    A stage is a list of name, start and end; steps are a list of times and a list of numbers.
    """
    ends = {(end.false, end.did): i for i, end in enumerate(ENDS_OF_ALERTS)}
    return {
        "on_s": found.camera_on_s,
        "off_s": found.camera_off_s,
        "ends_s": found.ends_s,
        "alerts": [
            {
                "name": str(i + 1),
                "log": f"{found.campaign}.{alert.number}",
                "time_s": alert.time_s,
                "stop_s": alert.stop_s,
                "end_s": alert.end_s,
                "false": alert.false,
                "end": ends[alert.false, alert.did],
                "stages": [[stage.name, stage.start_s, stage.end_s] for stage in alert.stages],
            }
            for i, alert in enumerate(found.alerts)
        ],
        "staff": {
            kind: {"busy": _steps(found.busy, kind), "on_duty": found.on_duty and _steps(found.on_duty, kind)}
            for kind in STAFF
        },
    }


def _steps(steps: Mapping[str, Steps], kind: str) -> list[tuple[float, ...]]:
    return [steps[kind].at_s, steps[kind].numbers]


__all__ = ["day_of"]
