"""The answer to ``choose``: thresholds simulated with each preset and held against every limit; nothing is recommended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from simulator.evidence.about.outside import outside_support
from simulator.evidence.about.support import TWO_PRESETS_BELOW, Support
from simulator.evidence.about.unknowns import unknowns
from simulator.evidence.choose.answers import answers, together
from simulator.evidence.choose.found import (
    ChooseFound,
    ChooseHeader,
    ChooseRun,
    LimitFound,
    PresetFound,
)
from simulator.evidence.choose.frontier import frontier
from simulator.evidence.choose.limits import Limit
from simulator.evidence.choose.question import OVER, Question, Setting, question_of, settings_of
from simulator.evidence.choose.thresholds import Forms, needed, thresholds_of
from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.counted.depletion import NEEDED, depletion_of
from simulator.evidence.counted.over_inputs import many_inputs
from simulator.evidence.counted.zero import assumed_zero
from simulator.evidence.sweep.asked import crew_of
from simulator.evidence.sweep.surface import compute, values_of
from simulator.evidence.sweep.sweeping import Crew
from simulator.experiment.store import scenario_hash
from simulator.experiment.sweep import Job, Sweep
from simulator.experiment.workers import run_jobs
from simulator.response.engines import EngineName, engine_named
from simulator.scenario.inputs import median_inputs
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array


def choose(
    scenario: str | Path,
    limits: str | Sequence[str],
    over: str | Sequence[float] = OVER,
    *,
    overrides: Sequence[str] = (),
    replications: int = 500,
    draws: int = 250,
    seed: int = 1,
    workers: int | None = None,
    engine: EngineName = "auto",
    progress: Callable[[int], None] | None = None,
) -> ChooseFound:
    """Which thresholds of a *scenario* (a name or a file) keep to the *limits*, such as ``"wrongful_stops<=1"``.

    A limit per year is held against simulated years. *over* are the thresholds compared, numbers or ``"FIRST:LAST:STEP"``;
    *overrides* are ``"key=value"``. There are so many *workers* as processors unless they are given; *progress* is told of
    campaigns as they are done. Raises LimitError, ThresholdsError or ScenarioError for what cannot be read, ValueError for
    too few *replications* or *draws*.
    """
    question = question_of(
        scenario, limits, over, overrides=overrides, replications=replications, draws=draws, seed=seed
    )
    return answered(question, *settings_of(question), workers=workers, engine=engine, progress=progress)


def answered(
    question: Question,
    settings: Sequence[Setting],
    unread: Sequence[str] = (),
    *,
    workers: int | None = None,
    engine: EngineName = "auto",
    progress: Callable[[int], None] | None = None,
) -> ChooseFound:
    """The answer to a *question*, with its *settings* and what is *unread* (see *settings_of*)."""
    # compiled here, so that worker processes inherit the machine code
    engine_named(engine)
    own, run = settings[0].scenario, _Run(crew_of(workers, engine=engine), progress)
    return ChooseFound(
        scenario=ChooseHeader.of(own, hash=scenario_hash(own)),
        run=ChooseRun(
            seed=question.seed,
            replications=question.replications,
            draws=question.draws,
            replications_unknown_inputs=settings[0].ignorance.replications,
            thresholds=question.thresholds,
            uncertain_inputs=len(unknowns(own)),
        ),
        limits=tuple(_limit(limit, own) for limit in question.limits),
        presets=tuple(_preset(question, setting, run) for setting in settings),
        unread=tuple(unread),
        caveats=tuple(own.caveats),
    )


def _limit(limit: Limit, scenario: Scenario) -> LimitFound:
    return LimitFound(
        **vars(limit),
        words=limit.words,
        counts=limit.counts,
        assumed_zero=assumed_zero(scenario, limit.measure),
    )


@dataclass(frozen=True)
class _Run:
    """How the jobs of a sweep are done."""

    crew: Crew
    progress: Callable[[int], None] | None

    def campaigns(self, sweep: Sweep, names: Sequence[str]) -> dict[float, dict[str, Array]]:
        """Measures by threshold and name, each (replications,); the others are dropped as soon as a job is done."""
        parts: dict[int, dict[str, Array]] = {}

        def finished(job: Job, part: Mapping[str, Array]) -> None:
            parts[job.index] = {name: part[name] for name in names}
            if self.progress:
                self.progress(job.number * len(sweep.cells))

        run_jobs(compute, sweep.jobs(self.crew.engine), finished, self.crew.workers)
        values = values_of(sweep, (parts[index] for index in sorted(parts)), list(names))
        return {t: {name: values[name][0, i] for name in names} for i, t in enumerate(sweep.thresholds)}


def _preset(question: Question, setting: Setting, run: _Run) -> PresetFound:
    scenario, names, size = setting.scenario, needed(question.limits), setting.scenario.watchlist.size.value
    median = median_inputs(scenario, 1)
    many = many_inputs(scenario)
    # the draws of the campaigns with unknown inputs
    simulated = setting.ignorance.design(setting.ignorance.points[0])
    chance = run.campaigns(setting.chance, names)
    ignorance = {
        threshold: {name: values.reshape(question.draws, -1) for name, values in measures.items()}
        for threshold, measures in run.campaigns(setting.ignorance, names).items()
    }
    forms = {
        t: Forms(
            closed_forms(scenario, median, t, size),
            closed_forms(scenario, many, t, size),
            closed_forms(scenario, simulated, t, size),
        )
        for t in chance
    }
    rows = frontier(question.limits, thresholds_of(scenario, question.limits, chance, ignorance, forms))
    each = tuple(answers(rows, i, limit, question.thresholds) for i, limit in enumerate(question.limits))
    return PresetFound(
        preset=setting.preset,
        hash=scenario_hash(scenario),
        answers=each,
        all_limits=together(each) if len(each) > 1 else None,
        thresholds=rows,
        depletion=depletion_of(
            scenario, {name: np.array([values[name].mean() for values in chance.values()]) for name in NEEDED}
        ),
        not_simulated=tuple(t for t in question.thresholds if t not in chance),
        not_simulated_unknown_inputs=tuple(t for t in question.thresholds if t not in ignorance),
        warnings=tuple(_warnings(scenario)),
        support=Support.of(scenario),
    )


def _warnings(scenario: Scenario) -> list[str]:
    """What lies outside calibrated support, but for the threshold, which is what is chosen."""
    at = TWO_PRESETS_BELOW if scenario.recogniser.preset else Support.of(scenario).thresholds[0]
    inside = scenario.recogniser.threshold.model_copy(update={"value": at})
    recogniser = scenario.recogniser.model_copy(update={"threshold": inside})
    return outside_support(scenario.model_copy(update={"recogniser": recogniser}))


__all__ = ["answered", "choose"]
