"""``lfrsim check`` as one call from Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from simulator.evidence.check.assumed import Assumed, AssumedHours
from simulator.evidence.check.checked import checked
from simulator.evidence.check.found import CheckFound
from simulator.evidence.check.question import Split, question_of
from simulator.record import read_records
from simulator.response.engines import engine_named
from simulator.scenario import load_scenario
from simulator.scenario.sheet import AS_IT_IS, ReadAs


def check(
    scenario: str | Path,
    records: str | Path,
    *,
    train_until: dt.date | None = None,
    train_from: dt.date | None = None,
    given_faces: bool = False,
    assume_hours: float | tuple[float, float] | None = None,
    assume_list: int | None = None,
    replications: int = 500,
    seed: int = 1,
    overrides: Sequence[str] = (),
    skip_bad: bool = False,
    read_as: ReadAs = AS_IT_IS,
    require: Literal["scenario", "model"] | None = None,
) -> CheckFound:
    """Forecast each deployment of a file of *records* from a *scenario*, and say how often what was recorded lay inside.

    With *train_until*, a model and a baseline trained on the rows up to that day (from *train_from* on) stand beside it,
    and only later rows are tested. Rows that print no hours have *assume_hours* (or a mean and a standard deviation), those
    that print no list one of *assume_list*. Raises ScenarioError for what is wrong in either file, ValueError for arguments
    that do not go together.
    """
    if train_until is None and (train_from is not None or require == "model"):
        raise ValueError("train_until: must be a date where train_from is given or the model is required (got None)")
    split = None if train_until is None else Split(train_until=train_until, train_from=train_from)
    read = read_records(Path(records), skip_bad=skip_bad, read_as=read_as)
    hours = assume_hours if isinstance(assume_hours, tuple) or assume_hours is None else (assume_hours,)
    assumed = Assumed(hours=None if hours is None else AssumedHours.of(*hours), list_size=assume_list)
    question = question_of(load_scenario(scenario, overrides), read, split, given_faces, assumed)
    return checked(question, replications, seed, engine_named("auto"), require).found


__all__ = ["check"]
