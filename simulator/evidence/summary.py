"""The summary of a study: what the terminal, the report and ``summary.json`` say, as plain data."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.evidence.intervals import clopper_pearson, garwood, prediction_interval, zero_bound
from simulator.evidence.measures import MEASURES
from simulator.evidence.rates import (
    DENOMINATORS,
    MEAN_LEVEL,
    PREDICTION_LEVEL,
    RATED,
    average_range,
    mean_range,
    rate,
)
from simulator.evidence.study import CHANCE, ENDS, IGNORANCE, Study
from simulator.evidence.support import outside_support
from simulator.evidence.theory import LABEL
from simulator.experiment.replications import cell_of
from simulator.scenario.inputs import quantities
from simulator.scenario.models import Scenario
from simulator.scenario.quantity import Array, Quantity
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


RECORD_MEASURES: dict[str, tuple[str, ...]] = {
    "faces": ("faces",),
    "alerts": ("recorded_alerts",),
    "arrests": ("arrests",),
    "recorded_false": ("recorded_false",),
    "unconfirmed_true": ("unconfirmed_true",),
    "stops": ("stops",),
    "stopped_on_false_alert": ("recorded_false_stopped",),
    # a stop is recorded under a false alert or under a true one
    "stopped_on_true_alert": ("stops", "-recorded_false_stopped"),
    "arrested_on_false_alert": ("wrongful_arrests", "other_offence_arrests"),
}


def recorded(measures: dict[str, Array], figure: str) -> Array:
    """What each campaign would show of a *figure* of the record: sums and differences (-) of *measures*."""
    parts = [-measures[name[1:]] if name[0] == "-" else measures[name] for name in RECORD_MEASURES[figure]]
    return np.asarray(np.sum(parts, axis=0))


def outside_checks(study: Study) -> list[dict[str, Any]]:
    """The published figures that no input was fitted to and that lie outside what 9 in 10 campaigns bring."""
    record = record_of(study)
    if record is None:
        return []
    outside = [
        {"figure": name, "recorded": row["recorded"], "campaign_90": row["campaign_90"]}
        for name, row in record["rows"].items()
        if not (row["inside"] or row["calibrated_to"] or row["shares_data"])
    ]
    # false alerts first: the headline is of them
    return sorted(outside, key=lambda check: not check["figure"].endswith("on_false_alert"))


def record_of(study: Study) -> dict[str, Any] | None:
    """The published record beside the recorded ledger: the only one of the two that may be compared with it."""
    record = study.scenario.record
    if record is None:
        return None
    rows = {}
    for field, observed in record.figures.items():
        simulated = recorded(study.passes[IGNORANCE], field)
        low, high = prediction_interval(simulated, PREDICTION_LEVEL)
        rows[field] = {
            "recorded": observed,
            "simulated_mean": float(simulated.mean()),
            "campaign_90": [low, high],
            "inside": bool(low <= observed <= high),
            "calibrated_to": field in record.calibrated,
            "shares_data": field in record.shares_data,
        } | ({"note": record.notes[field]} if field in record.notes else {})
    bounds = None
    if record.recorded_false is not None:
        bounds = {}
        if record.faces:
            bounds["face"] = [x / record.faces for x in garwood(record.recorded_false, 0.95)]
        if record.alerts:
            bounds["alert"] = list(clopper_pearson(record.recorded_false, record.alerts, 0.95))
    none_in = zero_bound(record.faces, 0.95) if record.recorded_false == 0 and record.faces else None
    return {
        "source": record.source,
        "grade": record.grade,
        "rows": rows,
        "recorded_false_95_exact": bounds,
        "none_recorded_95_one_sided_per_face": none_in,
    }


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
