"""The summary of a study: what the terminal, the report and ``summary.json`` say, as plain data."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.evidence.about.support import outside_support
from simulator.evidence.counted.closed_forms import LABEL
from simulator.evidence.counted.measures import MEASURES
from simulator.evidence.run.rates import (
    DENOMINATORS,
    MEAN_LEVEL,
    PREDICTION_LEVEL,
    RATED,
    average_range,
    mean_range,
    rate,
)
from simulator.evidence.run.record_beside import outside_checks, record_of
from simulator.evidence.run.study import CHANCE, ENDS, IGNORANCE, Study
from simulator.evidence.statistics.intervals import prediction_interval
from simulator.experiment.replications import cell_of
from simulator.scenario.inputs import quantities
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Quantity
from simulator.street.mask import TRUTHS

SCHEMA = "lfrsim-summary/1"
# Measures that an input of exactly 0 makes impossible: said as an assumption, never as a finding.
ASSUMED_ZERO = {
    "bystander_stops": "procedure.bystander",
    "wrongful_arrests": "procedure.check_error",
    "other_offence_arrests": "procedure.other_offence_arrest",
}


def summarise(study: Study) -> dict[str, Any]:
    """Everything a run found, in the documented form of ``summary.json`` (docs/reference/outputs.md)."""
    scenario = study.scenario
    return {
        "schema": SCHEMA,
        "scenario": {
            "name": scenario.name,
            "title": scenario.title,
            "what_if": scenario.what_if,
            "preset": scenario.recogniser.preset,
            "threshold": study.cell.threshold,
            "list_size": study.cell.size,
            **own_cell(study),
            "deployments": len(scenario.campaign.days),
            "camera_hours": scenario.campaign.camera_hours,
            "no_rates_per": list(scenario.no_rates_per),
        },
        "run": {
            "replications": study.replications,
            "seed": study.seed,
            "envelope": {"threshold": study.envelope.threshold, "size": study.envelope.size},
        },
        "intervals": {
            "of_the_mean": f"{MEAN_LEVEL:.0%} Monte Carlo interval of the average over all campaigns; shrinks with -n",
            "of_a_campaign": f"{PREDICTION_LEVEL:.0%} of single campaigns; does not shrink with -n",
            "chance": "every campaign with the same inputs",
            "ignorance": "every campaign with inputs drawn from their intervals: chance and ignorance together",
            "closed_form": LABEL,
        },
        "measures": {measure.name: _measure(study, measure.name, measure.words, measure.unit) for measure in MEASURES},
        "campaigns_with_a_wrongful_stop": float((study.passes[CHANCE]["wrongful_stops"] > 0).mean()),
        "rates": {name: {unit: rate(study, name, unit) for unit in DENOMINATORS} for name in RATED},
        "alerts_by_truth_and_outcome": _table(study),
        "per_arrest": _per_arrest(study),
        "record": record_of(study),
        "outside_checks": outside_checks(study),
        "groups": _groups(study),
        "alternative": _alternative(study),
        "inputs": [
            {
                "key": key,
                "value": item.value,
                "interval_95": _input_interval(scenario, key, item),
                "grade": item.grade,
                "source": item.source,
            }
            for key, item in quantities(scenario)
            if item.source or item.grade or _input_interval(scenario, key, item)
        ],
        "held_fixed": _held_fixed(scenario),
        "caveats": list(scenario.caveats),
        "warnings": outside_support(_at_cell(study)),
    }


def own_cell(study: Study) -> dict[str, float]:
    """The scenario's own threshold and list size, where the study is of another cell of its surface."""
    own = cell_of(study.scenario)
    return {} if study.cell == own else {"own_threshold": own.threshold, "own_list_size": own.size}


def _at_cell(study: Study) -> Scenario:
    """The scenario as if the cell of the study were its own: what must be said of a threshold holds for either."""
    scenario, cell = study.scenario, study.cell
    if not own_cell(study):
        return scenario
    recogniser, watchlist = scenario.recogniser, scenario.watchlist
    changed = {
        "threshold": recogniser.threshold.model_copy(update={"value": cell.threshold}),
        "size": watchlist.size.model_copy(update={"value": cell.size}),
        # in a cell the list grows from the scenario's own size
        "reference_size": watchlist.reference_size or watchlist.size,
    }
    return scenario.model_copy(
        update={
            "recogniser": recogniser.model_copy(update={"threshold": changed.pop("threshold")}),
            "watchlist": watchlist.model_copy(update=changed),
        }
    )


def _held_fixed(scenario: Scenario) -> list[str]:
    """Keys of inputs that nobody is sure of but that are not drawn: graded assumed or recalled, without an interval."""
    return [
        key
        for key, item in quantities(scenario)
        if item.grade in ("assumed", "recalled") and _input_interval(scenario, key, item) is None
    ]


def _input_interval(scenario: Scenario, key: str, item: Quantity) -> list[float] | None:
    """The 95 % interval an input is drawn from: its own, or that of the joint draws; None where it is fixed."""
    columns = scenario.joint_draws.columns if scenario.joint_draws else {}
    if key in columns:
        return [float(x) for x in np.quantile(columns[key], [0.025, 0.975])]
    return list(item.interval()) if item.uncertain else None


def _measure(study: Study, name: str, words: str, unit: str) -> dict[str, Any]:
    chance, ignorance = study.passes[CHANCE][name], study.passes[IGNORANCE][name]
    return {
        "words": words,
        "unit": unit,
        "mean": float(chance.mean()),
        "mean_95": mean_range(chance),
        "campaign_90": list(prediction_interval(chance, PREDICTION_LEVEL)),
        "closed_form": study.expected.get(name),
        "with_ignorance": {
            "mean": float(ignorance.mean()),
            "mean_95": mean_range(ignorance),
            "campaign_90": list(prediction_interval(ignorance, PREDICTION_LEVEL)),
            "average_95": average_range(study, name),
            "closed_form": float(study.expected_drawn[name].mean()) if name in study.expected_drawn else None,
        },
        "assumed_zero": _assumed_zero(study, name),
    }


def _assumed_zero(study: Study, name: str) -> str | None:
    """The key of the input that is 0 and makes this measure 0, if there is one."""
    key = ASSUMED_ZERO.get(name)
    values = dict(quantities(study.scenario))
    if key is None or values[key].value > 0 or values[key].uncertain:
        return None
    mistaken = name == "other_offence_arrests" or not study.passes[CHANCE][name].any()
    return key if mistaken else None


def any_uncertain(scenario: Scenario) -> bool:
    """Whether any input is drawn from an interval; if none is, both passes are chance alone."""
    return any(_input_interval(scenario, key, item) for key, item in quantities(scenario))


def _table(study: Study) -> dict[str, dict[str, float]]:
    """Mean alerts per campaign by truth and outcome, chance pass."""
    means = study.truth_by_outcome[CHANCE] / study.replications
    return {truth: {word: float(means[i, j]) for j, word in enumerate(ENDS)} for i, truth in enumerate(TRUTHS)}


def _per_arrest(study: Study) -> dict[str, Any]:
    """Officer-hours and pounds per arrest: ratios of totals in the chance pass, and their spread over drawn inputs.

    None where the scenario does not know its hours (``no_rates_per``): all but minutes busy rest on them.
    """
    found: dict[str, Any] = {}
    chance, drawn = study.passes[CHANCE], study.passes[IGNORANCE]
    no_hours = "camera_hour" in study.scenario.no_rates_per
    for name in ("on_duty_hours", "officer_hours", "busy_min", "officer_cost_gbp", "equipment_cost_gbp"):
        if no_hours and name != "busy_min":
            found[name] = {"mean": None, "with_ignorance_90": None}
            continue
        arrests = chance["arrests"].sum()
        some = drawn["arrests"] > 0
        ratios = drawn[name][some] / drawn["arrests"][some]
        found[name] = {
            "mean": float(chance[name].sum() / arrests) if arrests else None,
            "with_ignorance_90": list(prediction_interval(ratios, PREDICTION_LEVEL)) if some.any() else None,
        }
    return found


def _groups(study: Study) -> list[dict[str, Any]] | None:
    """Means by group; with assumed ratios the disparity follows from them and is no finding."""
    groups = study.scenario.street.groups
    if not groups:
        return None
    means = {name: values.mean(axis=0) for name, values in study.by_group[CHANCE].items()}
    passages = float(study.passes[CHANCE]["passages"].mean())
    return [
        {
            "name": group.name,
            "street_share": group.street_share,
            **{key: float(values[i]) for key, values in means.items()},
            # listed people are too few to matter for a group's share of all passages
            "false_alerts_per_passage": float(means["false_alerts"][i]) / (passages * group.street_share)
            if passages * group.street_share > 0
            else None,
        }
        for i, group in enumerate(groups)
    ]


def _alternative(study: Study) -> dict[str, Any] | None:
    """What the same officer-hours would give in the other use the user states."""
    other = study.scenario.alternative
    if other is None:
        return None
    hours = float(study.passes[CHANCE]["officer_hours"].mean())
    return {
        "name": other.name,
        "source": other.source,
        "officer_hours": hours,
        "arrests": hours * other.arrests_per_officer_hour.value,
        "wrongful_stops": hours * other.wrongful_stops_per_officer_hour.value,
    }
