"""The columns of an alert, each listed once: the plan, the log, the compiled engine's rows and Parquet follow from here.

Each class below holds what one stage writes, in the order in which it is kept. The kind of a column says how it is held
and has the words for its codes. A new column is a line here and whatever the stage that writes it has to say.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Annotated, Any, get_type_hints

import numpy as np
from numpy.typing import NDArray

from simulator.response import outcomes as o
from simulator.scenario.quantity import Array
from simulator.street.mask import TRUTHS
from simulator.street.people import Columns, Index


@dataclass(frozen=True)
class Kind:
    """How a column is held: *narrow* where space counts (a dtype of numpy), and the *words* for its codes."""

    narrow: str
    words: tuple[str, ...] = ()

    @property
    def dtype(self) -> type[Any]:
        """What it is in an array: float, int or bool."""
        return {"f": float, "i": np.int64, "b": bool}[np.dtype(self.narrow).kind]


# After camera-on, NaN where the alert did not get that far; or how long something takes.
Seconds = Annotated[Array, Kind("f8")]
Score = Annotated[Array, Kind("f8")]
# A whole number that may be larger than a Number holds.
Count = Annotated[Array, Kind("f8")]
Number = Annotated[Index, Kind("i4")]
Flag = Annotated[NDArray[np.bool_], Kind("?")]
Category = Annotated[Index, Kind("i1", ("wanted", "conditions"))]
Truth = Annotated[Index, Kind("i1", TRUTHS)]
Finds = Annotated[Index, Kind("i1")]
Finding = Annotated[Index, Kind("i1", o.FINDINGS)]
Outcome = Annotated[Index, Kind("i1", o.OUTCOMES)]
Reason = Annotated[Index, Kind("i1", o.REASONS)]
Ledger = Annotated[Index, Kind("i1", o.RECORDED)]


@dataclass(frozen=True)
class Raised(Columns):
    """What is known when the system alerts: written by the mask, numbered by the log."""

    replication: Number  # the campaign
    deployment: Number  # of the campaign
    alert: Number  # of the campaign
    time_s: Seconds
    person: Number  # tells people of one replication apart and means nothing else
    end: Number  # of the street, with its camera
    group: Number  # of the person
    entry_group: Number  # of the entry matched, as the category is
    category: Category
    truth: Truth
    score: Score  # of the exceedance that decides


@dataclass(frozen=True)
class Judged(Columns):
    """What of the plan is kept."""

    leaves_s: Seconds  # when the person is out of reach
    accepted: Flag  # what the operator decides in a review


@dataclass(frozen=True)
class Plan(Judged):
    """One alert per row, as the engines read it: all that handling it would take, fixed before anybody competes for staff."""

    time_s: Seconds
    person: Number
    priority: Number  # the lowest is served first
    remembered: Flag  # whoever was stopped that day is recognised
    review_s: Seconds
    search_s: Seconds
    finds: Finds  # whom the search finds
    second_accepted: Flag  # what the team decides in the second look
    check_s: Seconds
    finding: Finding  # what the identity check would find
    custody_s: Seconds


@dataclass(frozen=True)
class Ended(Columns):
    """How the alert ended: written by the engine."""

    outcome: Outcome
    reason: Reason
    bystander: Flag  # the stop was of somebody else than the person alerted on


@dataclass(frozen=True)
class Entered(Columns):
    """What a force's record would hold of it, and when: written by the log."""

    finding: Finding  # of the identity check; -1 without one
    recorded: Ledger  # the column of the published grid
    after_camera_off: Flag  # whether it ended then
    day_faces: Count  # counted at its deployment in all, from camera-on to camera-off


@dataclass(frozen=True)
class Timed(Columns):
    """When each stage began and ended: written by the engine."""

    review_start_s: Seconds
    review_end_s: Seconds
    search_start_s: Seconds
    search_end_s: Seconds
    stop_s: Seconds
    check_start_s: Seconds
    check_end_s: Seconds
    run_start_s: Seconds  # the custody run
    run_end_s: Seconds
    end_s: Seconds  # of the alert, however it ended


@dataclass(frozen=True)
class Resolved(Timed, Ended):
    """All that an engine writes, one alert per row; the columns of the base named last come first."""


@cache
def kinds(table: type[Columns]) -> dict[str, Kind]:
    """The kind of each column of *table*, by name, in their order."""
    hints = get_type_hints(table, include_extras=True)
    return {item.name: hints[item.name].__metadata__[0] for item in fields(table)}


TIMES = tuple(kinds(Timed))
