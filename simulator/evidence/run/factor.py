"""What an alternative multiplies an average by, and where closed forms say it: no campaign has to be simulated then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.evidence.counted.closed_forms import closed_forms, relation
from simulator.evidence.counted.covered import RESPONSE, is_left_out
from simulator.evidence.counted.depletion import visits_per_person
from simulator.evidence.run.rates import Range
from simulator.evidence.run.record_beside import figures_like, recorded
from simulator.evidence.run.study import CHANCE, Study
from simulator.evidence.statistics.intervals import garwood
from simulator.experiment.replications import cell_of
from simulator.scenario.alternatives import Alternative
from simulator.scenario.applied import with_settings
from simulator.scenario.inputs import median_inputs
from simulator.scenario.models import Scenario

# How well a factor is to be known.
WITHIN = 1.25
# Counts of false alerts, and the figures of a record that are made of them.
OF_FALSE_ALERTS = ("false_alerts", "wrongful_stops", "wrongful_arrests", "other_offence_arrests")
OF_RECORD = {
    "recorded_false": ("false_alerts",),
    "stopped_on_false_alert": ("wrongful_stops",),
    "arrested_on_false_alert": ("wrongful_arrests", "other_offence_arrests"),
}
# What officers accept of false alerts moves nothing but what follows from them, and that as the forms have it.
ACCEPTED = ("procedure.look.accept_false", "procedure.second_look.accept_false")
# Where all alerts change by less than this share, officers are as busy and as many people in custody as before.
AS_BUSY = 0.25


@dataclass(frozen=True, kw_only=True)
class UnlikeRecord:
    """A *figure* of the record that campaigns are like without an alternative and not with it, and their *average* of both."""

    figure: str
    recorded: int
    average: float
    average_with: float


@dataclass(frozen=True)
class Factor:
    """The average without (*own*) and with the settings, and their ratio with its 95 % interval; None where there is none.

    *other_95* is the interval of the average with them. *campaigns* is None for closed forms. *known* says whether the
    factor, or where the scenario has none of it the average, is known WITHIN 1.25; *why_none* why there is no factor, and
    *from_none* whether that is because the scenario has none of it, and would have some with the settings. *wrongful_stops* is
    their factor where the measure is false alerts, by closed forms.
    """

    own: float | None
    other: float | None
    factor: float | None = None
    factor_95: Range | None = None
    other_95: Range | None = None
    campaigns: int | None = None
    known: bool = False
    why_none: str | None = None
    from_none: bool = False
    unlike_record: tuple[UnlikeRecord, ...] = ()
    wrongful_stops: float | None = None


def factor_of_stops(study: Study, alternative: Alternative) -> float | None:
    """What an *alternative* of false alerts multiplies the closed form of wrongful stops by: they are another thing.

    None for other measures, and where there is no form.
    """
    if alternative.measure != "false_alerts":
        return None
    own = study.scenario_at_cell
    before, after = (
        _at_medians(each).get("wrongful_stops") for each in (own, with_settings(own, alternative.settings))
    )
    return after / before if before and after is not None else None


def by_forms(study: Study, alternative: Alternative) -> Factor | None:
    """The factor of the *alternative* by closed forms, at the cell of the *study*.

    None where only a simulation knows. A form that is the average says it all. One that is a bound leaves out custody, repeats
    and queues: the ratio of two is that of the averages where the settings act on false alerts by what the form counts in
    full, and leave officers as busy as they were. Officers change how many false alerts there are by holding people who would
    alert again: where these are few, settings may say anything of officers. A record has figures of other things, which only
    campaigns show.
    """
    own, name = study.scenario_at_cell, alternative.measure
    other = with_settings(own, alternative.settings)
    kinds = {relation(own, name), relation(other, name)}
    if None in kinds or (own.record is not None and name not in OF_FALSE_ALERTS):
        return None
    before, after = (_at_medians(each) for each in (own, other))
    left_out = [key for key in alternative.settings if is_left_out(key)]
    # of the alerts that are simulated: earlier arrests take away many of those that the form counts
    as_busy = abs(after["alerts"] - before["alerts"]) <= AS_BUSY * float(study.passes[CHANCE]["alerts"].mean())
    if kinds != {"equal"}:
        alerts_alone = (
            name == "false_alerts"
            and all(key.split(".")[0] in RESPONSE for key in left_out)
            and max(_away(own, before), _away(other, after)) <= AS_BUSY
        )
        if name not in OF_FALSE_ALERTS or not (alerts_alone or (as_busy and not left_out)):
            return None
    if not before[name]:
        some = after[name] > 0
        why = "0 in the scenario" if some else "0 with and without it"
        return Factor(0.0, after[name], known=True, why_none=why, from_none=some)
    factor = after[name] / before[name]
    told = as_busy and set(left_out) <= set(ACCEPTED)
    unlike = tuple(_unlike(study, before, after)) if told else ()
    exact = (factor, factor) if kinds == {"equal"} else None
    return Factor(before[name], after[name], factor, exact, known=True, unlike_record=unlike)


def _at_medians(scenario: Scenario) -> dict[str, float]:
    cell = cell_of(scenario)
    forms = closed_forms(scenario, median_inputs(scenario, 1), cell.threshold, cell.size)
    return {name: float(values[0]) for name, values in forms.items()}


def _away(scenario: Scenario, forms: dict[str, float]) -> float:
    """About how many passages, for each false alert, do not happen because its person is in custody: never too few."""
    taken = forms["wrongful_arrests"] + forms["other_offence_arrests"]
    return visits_per_person(scenario) * taken / max(forms["false_alerts"], 1e-300)


def _unlike(study: Study, before: dict[str, float], after: dict[str, float]) -> Iterator[UnlikeRecord]:
    """Figures of false alerts that the run is like, and would not be with as many times as many as their forms have."""
    for figure, observed in figures_like(study).items():
        without, with_it = (
            sum(forms.get(name, 0.0) for name in OF_RECORD.get(figure, ())) for forms in (before, after)
        )
        if without:
            average = float(recorded(study.passes[CHANCE], figure).mean())
            then, (low, high) = average * with_it / without, garwood(observed)
            if not low <= then <= high:
                yield UnlikeRecord(figure=figure, recorded=observed, average=average, average_with=then)


__all__ = ["WITHIN", "Factor", "UnlikeRecord", "by_forms", "factor_of_stops"]
