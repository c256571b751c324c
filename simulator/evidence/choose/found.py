"""Which thresholds keep to the limits a user states, and what they cost in listed people found; nothing is recommended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.evidence.about.pace import campaigns_per_year
from simulator.evidence.about.support import THRESHOLDS, TWO_PRESETS_BELOW, outside_support
from simulator.evidence.about.unknowns import unknowns
from simulator.evidence.choose.answers import answers, together
from simulator.evidence.choose.limits import LEVEL, Limit
from simulator.evidence.choose.verdicts import Forms, needed, rows
from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.run.found import ASSUMED_ZERO
from simulator.evidence.sweep.surface import compute, values_of
from simulator.experiment.axes import THRESHOLD, Axis
from simulator.experiment.replications import fits
from simulator.experiment.store import scenario_hash
from simulator.experiment.sweep import Job, Sweep, latin_hypercube, plan_sweep
from simulator.experiment.workers import run_jobs
from simulator.response.engines import EngineName
from simulator.scenario.errors import ScenarioError
from simulator.scenario.inputs import drawn_inputs, median_inputs, quantities
from simulator.scenario.loader import load_scenario
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array
from simulator.street.candidates import Envelope

SCHEMA = "lfrsim-choice/1"
OTHER = {"field": "npl", "npl": "field"}
# Closed forms are averaged over as many draws, however many campaigns are simulated: what is not known stays as wide.
CLOSED_DRAWS = 4096
# A threshold is left out where so many alerts a campaign are expected, and so many times as at the highest threshold:
# under the widest inputs of a preset everybody alerts, which would take hours and answers nothing.
MOST_ALERTS, MOST_TIMES = 5_000.0, 25.0


@dataclass(frozen=True)
class Question:
    """Which of the *thresholds* of the scenario *name* with its *overrides* keep to the *limits*?

    *replications* campaigns at the median inputs, and as many with inputs drawn *draws* times from their intervals.
    """

    name: str
    overrides: tuple[str, ...]
    limits: tuple[Limit, ...]
    thresholds: tuple[float, ...]
    seed: int
    replications: int
    draws: int


@dataclass(frozen=True)
class Setting:
    """One preset (None where the scenario names none): both sweeps, over the thresholds that can be simulated."""

    preset: str | None
    scenario: Scenario
    chance: Sweep
    ignorance: Sweep


def settings_of(question: Question) -> tuple[list[Setting], list[str]]:
    """The scenario as it is, then with the other preset where it names one; and sentences on what could not be loaded."""
    own = load_scenario(question.name, question.overrides)
    for limit in question.limits:
        limit.units_per_campaign(own)
    preset = own.recogniser.preset if own.recogniser.known_preset else None
    found, said = [_setting(question, own, preset, question.overrides)], []
    if preset:
        overrides = (*question.overrides, f"recogniser.preset={OTHER[preset]}")
        try:
            other = load_scenario(question.name, overrides)
            found.append(_setting(question, other, OTHER[preset], overrides))
        except ScenarioError as error:
            said.append(
                f"The scenario cannot be read with the other preset, {OTHER[preset]}: {error.problems[0].rule}."
            )
    return found, said


def campaigns_in(settings: Sequence[Setting]) -> int:
    """Campaigns to simulate in all."""
    return sum(len(s.cells) * s.replications for setting in settings for s in (setting.chance, setting.ignorance))


def _setting(question: Question, scenario: Scenario, preset: str | None, overrides: Sequence[str]) -> Setting:
    size = scenario.watchlist.size.value
    drawn = drawn_inputs(scenario, question.draws, lambda key: latin_hypercube(question.seed, key, question.draws))
    sweeps = []
    for inputs, draws in ((median_inputs(scenario, 1), None), (drawn, question.draws)):
        alerts = [float(closed_forms(scenario, inputs, t, size)["alerts"].mean()) for t in question.thresholds]
        most = max(MOST_ALERTS, MOST_TIMES * alerts[-1])
        # expected alerts fall with the threshold, so what is left is without a gap
        few = [t for t, n in zip(question.thresholds, alerts, strict=True) if n <= most]
        fit = [t for t in few if fits(scenario, inputs, Envelope(t, size))]
        # where none fits, the plan says why
        axis = Axis(THRESHOLD, tuple(fit or few))
        crowding = any(limit.measure == "crowded_out" for limit in question.limits)
        sweeps.append(
            plan_sweep(question.name, overrides, [axis], question.seed, question.replications, draws, crowding)
        )
    return Setting(preset, scenario, *sweeps)


def choose(
    question: Question,
    settings: Sequence[Setting],
    unread: Sequence[str] = (),
    workers: int = 1,
    engine: EngineName = "auto",
    progress: Callable[[int], None] | None = None,
) -> dict[str, Any]:
    """Everything ``lfrsim choose`` finds, in the documented form of ``choice.json``.

    *unread* are the sentences of *settings_of*; *progress* is told of campaigns as they are done.
    """
    own = settings[0].scenario
    run = _Run(workers, engine, progress)
    presets = [_preset(question, setting, run) for setting in settings]
    return {
        "schema": SCHEMA,
        "scenario": {
            "name": own.name,
            "title": own.title,
            "what_if": own.what_if,
            "hash": scenario_hash(own),
            "preset": settings[0].preset,
            "threshold": own.recogniser.threshold.value,
            "list_size": own.watchlist.size.value,
            "deployments": len(own.campaign.days),
            "camera_hours": own.campaign.camera_hours,
        },
        "run": {
            "seed": question.seed,
            "replications": question.replications,
            "draws": question.draws,
            "replications_unknown_inputs": settings[0].ignorance.replications,
            "closed_form_draws": CLOSED_DRAWS,
            "confidence": LEVEL,
            "thresholds": list(question.thresholds),
            "uncertain_inputs": len(unknowns(own)),
        },
        "limits": [_limit(limit, own) for limit in question.limits],
        "presets": presets,
        "unread": list(unread),
        "caveats": list(own.caveats),
    }


def _limit(limit: Limit, scenario: Scenario) -> dict[str, Any]:
    key = ASSUMED_ZERO.get(limit.measure)
    item = dict(quantities(scenario))[key] if key else None
    assumed = key if item is not None and item.value == 0 and not item.uncertain else None
    pace = campaigns_per_year(scenario) if limit.unit == "year" else None
    dates = [day.date for day in scenario.campaign.days]
    return {
        "text": limit.text,
        "measure": limit.measure,
        "words": limit.words,
        "at_most": limit.at_most,
        "value": limit.value,
        "per": limit.per,
        "unit": limit.unit,
        "counts": limit.counts,
        "assumed_zero": assumed,
        "pace": None
        if pace is None
        else {
            "campaigns_per_year": pace,
            "deployments_per_year": pace * len(dates),
            "days": (max(dates) - min(dates)).days,
        },
    }


@dataclass(frozen=True)
class _Run:
    """How the jobs of a sweep are done."""

    workers: int
    engine: EngineName
    progress: Callable[[int], None] | None

    def values(self, sweep: Sweep, names: Sequence[str]) -> dict[str, Array]:
        """Measures by name, each (cells, replications); the others are dropped as soon as a job is done."""
        parts: dict[int, Mapping[str, Array]] = {}

        def finished(job: Job, part: Mapping[str, Array]) -> None:
            parts[job.index] = {name: part[name] for name in names}
            if self.progress:
                self.progress(job.number * len(sweep.cells))

        run_jobs(compute, sweep.jobs(self.engine), finished, self.workers)
        found = values_of(sweep, (dict(parts[index]) for index in sorted(parts)), list(names))
        return {name: values[0] for name, values in found.items()}


def _preset(question: Question, setting: Setting, run: _Run) -> dict[str, Any]:
    scenario, names = setting.scenario, needed(question.limits)
    chance = run.values(setting.chance, names)
    ignorance = {
        name: values.reshape(len(values), question.draws, -1)
        for name, values in run.values(setting.ignorance, names).items()
    }
    size = scenario.watchlist.size.value
    median = median_inputs(scenario, 1)
    drawn = drawn_inputs(scenario, CLOSED_DRAWS, lambda key: latin_hypercube(question.seed, key, CLOSED_DRAWS))
    thresholds = setting.chance.thresholds
    forms = [Forms(*(closed_forms(scenario, inputs, t, size) for inputs in (median, drawn))) for t in thresholds]
    table = rows(question.limits, scenario, setting.chance, setting.ignorance, chance, ignorance, forms)
    for row in table:
        inside = THRESHOLDS[0] - 1e-9 <= row["threshold"] <= THRESHOLDS[1] + 1e-9
        row["in_support"] = inside if setting.preset else None
    found = [answers(table, i, limit, question.thresholds) for i, limit in enumerate(question.limits)]
    return {
        "preset": setting.preset,
        "hash": scenario_hash(scenario),
        "answers": found,
        "all_limits": together(found) if len(found) > 1 else None,
        "thresholds": table,
        "not_simulated": [t for t in question.thresholds if t not in thresholds],
        "not_simulated_unknown_inputs": [t for t in question.thresholds if t not in setting.ignorance.thresholds],
        "warnings": _warnings(scenario, setting.preset),
    }


def _warnings(scenario: Scenario, preset: str | None) -> list[str]:
    """What lies outside calibrated support, but for the threshold, which is what is chosen."""
    if preset is None:
        return outside_support(scenario)
    inside = scenario.recogniser.threshold.model_copy(update={"value": TWO_PRESETS_BELOW})
    recogniser = scenario.recogniser.model_copy(update={"threshold": inside})
    return outside_support(scenario.model_copy(update={"recogniser": recogniser}))


__all__ = ["Question", "Setting", "campaigns_in", "choose", "settings_of"]
