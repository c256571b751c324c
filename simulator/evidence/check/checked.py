"""Forecasts from a scenario, a trained model and a baseline, made without the outcome, and then set beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.evidence.check.baseline import fit_by_kind, fit_measure
from simulator.evidence.check.found import CheckedRecords, CheckedScenario, CheckFound, CheckRun, RowsAbout
from simulator.evidence.check.independence import fitted_to, shared_data
from simulator.evidence.check.judgements import Forecasts, Judgements, judged_of, scores_of, table_of
from simulator.evidence.check.learnt import false_alerts_forecast, false_alerts_learnt
from simulator.evidence.check.model import train
from simulator.evidence.check.monthly import monthly
from simulator.evidence.check.notes import linked_hours, notes_on
from simulator.evidence.check.planned import MEASURES, Planned, Recorded
from simulator.evidence.check.predictive import from_draws
from simulator.evidence.check.predictive_checks import Faces, predictive_checks
from simulator.evidence.check.question import Question
from simulator.evidence.check.requirement import required
from simulator.evidence.check.rolling import choose
from simulator.evidence.check.simulate import FACES, simulated
from simulator.experiment.program import program_version
from simulator.response.resolve import Engine

if TYPE_CHECKING:
    import pandas as pd

# The time that training takes grows faster than the square of its rows.
MOST_TRAINING = 400


@dataclass(frozen=True)
class Checked:
    """What was *found*, and the forecasts that it rests on, *judged* by forecaster and measure."""

    found: CheckFound
    judged: Judgements

    def table(self) -> pd.DataFrame:
        """One line for each forecaster, measure and row (see *Judged.table*)."""
        return table_of(self.judged)


def checked(
    question: Question,
    replications: int,
    seed: int,
    engine: Engine,
    require: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Checked:
    """Forecast the tested rows of the *question* from its scenario, and from its training rows if there are any."""
    scenario, tested, label = question.scenario, question.tested, question.records.label
    draws = simulated(scenario, tested.planned, replications, seed, engine, label, progress)
    forecasts: dict[str, Forecasts] = {
        "scenario": {name: (tested.planned, from_draws(draws[name])) for name in MEASURES}
    }
    training, choice = question.training, None
    shortened: list[str] = []
    if training is not None:
        training, shortened = _last(training)
        choice = choose(training)
        forecasts["model"] = _from_model(training, tested.planned, choice.parts, seed)
        forecasts |= _from_baselines(training, tested.planned, seed)
    judged = judged_of(tested, forecasts, seed)
    with_alerts = ~np.isnan(tested.counts["alerts"])
    faces = Faces(tested.faces[with_alerts], draws[FACES][:, with_alerts])
    # the model knows no faces, and tested rows are later than all that it was trained on
    checks = {"scenario": predictive_checks(judged["scenario"], faces, fitted_to(scenario, label, tested.planned))}
    if "model" in judged:
        checks["model"] = predictive_checks(judged["model"], None, False)
    scores = scores_of(judged)
    found = CheckFound(
        lfrsim=program_version(),
        scenario=CheckedScenario.of(scenario),
        records=CheckedRecords.of(question.records, question.assumed),
        split=question.split,
        run=CheckRun(
            replications=replications,
            seed=seed,
            given_faces=tested.planned.faces is not None,
            assumed=question.assumed,
        ),
        forecasters=scores,
        predictive_checks=checks,
        tested=RowsAbout.of(tested),
        training=None if training is None else RowsAbout.of(training),
        choice=choice,
        false_alerts=None if training is None else false_alerts_learnt(training, tested, seed),
        monthly=None if training is None or choice is None else monthly(training, tested, choice.parts, seed),
        notes=(
            *linked_hours(question.records.frame, question.assumed),
            *shared_data(scenario, label, tested.planned),
            *shortened,
            *notes_on(training, tested),
        ),
        requirement=None if require is None else required(require, scores[require]),
    )
    return Checked(found, judged)


def _last(training: Recorded) -> tuple[Recorded, list[str]]:
    """As many of the *training* rows as can be used, the last of them, and a note where others are left out."""
    n = len(training)
    if n <= MOST_TRAINING:
        return training, []
    note = (
        f"Of {n:,} training rows the last {MOST_TRAINING} are used: training takes long on more, and says little more of "
        f"the level of today."
    )
    return training.take(np.arange(n) >= n - MOST_TRAINING), [note]


def _from_model(training: Recorded, tested: Planned, parts: tuple[str, ...], seed: int) -> Forecasts:
    """The trained model's forecasts; false alerts have a model of their own, which needs thresholds."""
    forecasts = {}
    for name in MEASURES:
        planned, counts = training.of(name)
        if name == "false_alerts":
            pair = false_alerts_forecast(training, tested, seed)
        else:
            pair = (tested, train(planned, counts, parts).forecast(tested, seed)) if len(planned) else None
        if pair is not None:
            forecasts[name] = pair
    return forecasts


def _from_baselines(training: Recorded, tested: Planned, seed: int) -> dict[str, Forecasts]:
    """The baseline's forecasts, and those with a rate for each kind of site where both are among the training rows."""
    made: dict[str, Forecasts] = {"baseline": {}, "baseline_by_kind": {}}
    for name in MEASURES:
        planned, counts = training.of(name)
        if len(planned):
            made["baseline"][name] = (tested, fit_measure(name, planned, counts).forecast(tested, seed))
        if by_kind := fit_by_kind(name, planned, counts):
            made["baseline_by_kind"][name] = (tested, by_kind.forecast(tested, seed))
    return {who: forecasts for who, forecasts in made.items() if forecasts}


__all__ = ["Checked", "checked"]
