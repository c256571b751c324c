"""The page of a run: what a journalist reads first, with every denominator named."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.about.header import Unit
from simulator.evidence.numbers import counted, number, number_range, one_in, percent, whole
from simulator.evidence.run.found import RunFound
from simulator.evidence.run.others import PerArrest
from simulator.evidence.run.record_beside import RecordBeside
from simulator.report.page import Block, Gap, Heading, Line
from simulator.report.run.alternatives import details, largest
from simulator.report.run.headline import headline
from simulator.report.run.screen import in_error, screen
from simulator.report.run.staff import lost, staff_table
from simulator.report.run.tables import (
    counts_table,
    ends_table,
    groups_table,
    headline_table,
    places_table,
    rates_table,
    record_table,
)
from simulator.report.said import (
    WRONGFUL_NOTE,
    cautions,
    depletion_first,
    few,
    mismatch,
    setting,
    title,
)
from simulator.report.screen import everything


def page(found: RunFound) -> list[Block]:
    """The first screen, and behind it rates, counts, ends, officers, record, all alternatives, cautions."""
    return [*screen(found), everything(_all(found))]


def _all(found: RunFound) -> list[Block]:
    return [
        *_head(found),
        headline_table(found),
        rates_table(found),
        counts_table(found),
        ends_table(found),
        *officers(found),
        *([groups_table(found.groups)] if found.groups else []),
        *([places_table(found)] if found.places else []),
        *record(found.record, found.scenario.unit),
        *details(found),
        *_cautions(found),
    ]


def _head(found: RunFound) -> Iterator[Block]:
    about, run = found.scenario, found.run
    yield from title(about)
    yield from depletion_first(found.depletion)
    heading, figures, ranges = mismatch(found.outside_checks, about.unit, about.own_threshold is None)
    yield from (Line(f"{figure} {ranges}.", label=heading) for figure in figures)
    yield Line(
        f"{setting(about)}. {counted(run.replications, f'simulated {about.unit}')}, seed {run.seed}: simulated, not observed."
    )
    yield from (Line(text) for text in _cell(found))
    yield Gap()
    yield from (Line(text, strong=True) for text in headline(found))
    yield Line(WRONGFUL_NOTE)
    yield from (Line(text, label="Arrests in error") for text in in_error(found))
    if found.alternatives:
        yield Gap()
    yield from largest(found)


def _cell(found: RunFound) -> Iterator[str]:
    """Say that this is another cell than the scenario's own, and who else sees the same people."""
    about, drawn = found.scenario, found.run.envelope
    own = (about.threshold, about.list_size)
    if about.own_threshold is not None and about.own_list_size is not None:
        own = (about.own_threshold, about.own_list_size)
    if about.replaced:
        yield "This is a cell of the scenario's surface (--at), on all deployments."
    elif about.own_threshold is not None:
        yield (
            f"This is a cell of the scenario's surface (--at); its own threshold is {own[0]:g}, its own list {whole(own[1])}."
        )
    if (drawn.threshold, drawn.size) != own:
        yield (
            f"Drawn for threshold {drawn.threshold:g} and above and lists up to {whole(drawn.size)}: the people of every "
            f"run with --envelope {drawn.threshold:g},{drawn.size:.15g} and of a sweep of these deployments that reaches as far, "
            f"not of others."
        )
    elif about.own_threshold is not None:
        yield "The same people come past as in a run without --at."


def officers(found: RunFound) -> Iterator[Block]:
    """Hours on duty and busy, what an arrest takes and costs, where people are let go or missed for want of staff."""
    mean = {name: m.mean for name, m in found.measures.items()}
    per, no_hours = found.per_arrest, "camera_hour" in found.scenario.no_rates_per
    yield Heading("Officers")
    parts = {"review": "operator_min", "search and holding": "team_min", "checks and custody runs": "checker_min"}
    spent = ", ".join(f"{words} {number(mean[name] / 60)} h" for words, name in parts.items())
    yield Line(
        f"On duty {number(mean['on_duty_hours'])} officer-hours a {found.scenario.unit}"
        f"{' (the hours are assumed)' if no_hours else ''}; "
        f"busy with alerts {number(mean['busy_min'] / 60)} ({spent}, van crews {number(mean['van_min'] / 60)} h); "
        f"with false alerts {number(mean['busy_on_false_min'])} minutes."
    )
    if no_hours:
        yield Line("Officer-hours and costs per arrest: not known here, because the hours are not.")
    elif per["on_duty_hours"].mean is None:
        yield Line(f"No arrests in any {found.scenario.unit}: nothing to divide by.")
    else:
        yield from _per_arrest(found)
    yield from lost(found)
    yield from staff_table(found)
    other = found.other_use
    if other:
        yield Line(
            f"The same officer-hours in {other.name} (your figures: {other.source}): {number(other.arrests)} "
            f"arrests, {number(other.wrongful_stops)} wrongful stops."
        )
    yield Gap()


def _per_arrest(found: RunFound) -> Iterator[Block]:
    """Officer-hours and pounds per arrest, the average and its range of one pass: that of unknown inputs, if any is."""
    per, varied = found.per_arrest, found.varied
    station = per["officer_hours"].mean != per["on_duty_hours"].mean
    yield Line(
        f"Officer-hours on duty per arrest: {_with_range(per['on_duty_hours'], varied)}"
        + (f"; with station time {_with_range(per['officer_hours'], varied)}" if station else "")
        + "."
    )
    costs = [
        f"{words} GBP {_with_range(per[name], varied)}"
        for words, name in (("equipment", "equipment_cost_gbp"), ("officers", "officer_cost_gbp"))
        if per[name].mean
    ]
    if costs:
        yield Line(f"Cost per arrest: {'; '.join(costs)}.")
        yield Line(_of_all_and_of_single(found))


def _of_all_and_of_single(found: RunFound) -> str:
    """What averages per arrest and the ranges behind them are: those without an arrest are in the one, and not in the other."""
    unit, n, drawn = found.scenario.unit, found.run.replications, found.rates["false_alerts"]["arrest"].with_ignorance
    none = drawn.campaigns_without if drawn else 0
    averages = "Averages: total by total, with unknown inputs" if found.varied else "Averages: total by total"
    if not any(item.with_ignorance_90 for item in found.per_arrest.values()):
        return f"{averages}."
    if not none:
        return f"{averages}; in brackets: 9 in 10 single {unit}s."
    return (
        f"{averages}, of all {counted(n, unit)}, {whole(none)} without an arrest among them; in brackets: 9 in 10 of the "
        f"{whole(n - none)} single {unit}s that have one, so that an average may lie beyond."
    )


def _with_range(item: PerArrest, varied: bool) -> str:
    if item.with_ignorance_mean is None or item.mean is None:
        return "not known"
    ends = f" ({number_range(*item.with_ignorance_90)})" if item.with_ignorance_90 else ""
    return number(item.with_ignorance_mean) + ends + (f", at the best inputs {number(item.mean)}" if varied else "")


def record(recorded: RecordBeside | None, unit: Unit) -> Iterator[Block]:
    """The record beside the run, and what its false alerts say: bounds come from evidence, never from replications."""
    if recorded is None:
        return
    yield record_table(recorded, unit)
    none_in, bounds = recorded.none_recorded_95_one_sided_per_face, recorded.recorded_false_95_exact or {}
    source = f"Source: {recorded.source}."
    if none_in is not None:
        said = (
            f"No recorded false alert is compatible with anything rarer than {one_in(none_in)} counted faces (95 %, "
            f"one-sided; two-sided {one_in(bounds['face'][1])}). "
        )
    elif "face" in bounds:
        low, high = bounds["face"]
        said = (
            f"The recorded false alerts are compatible with {one_in(high)} to {one_in(low)} counted faces (exact Poisson "
            f"95 %, two-sided). "
        )
    else:
        said = ""
    yield Line(said + source)
    yield Gap()


def _cautions(found: RunFound) -> Iterator[Block]:
    assumed = [item for item in found.inputs if item.grade == "assumed"]
    yield Line(
        f"of {len(found.inputs)} graded inputs {len(assumed)} are assumed: nobody has published a measurement. "
        f"`lfrsim describe --details` lists each with its source.",
        label="How sure",
    )
    if not found.varied:
        yield Line("No input has an interval: every one is held fixed. Vary them with --set.")
    elif found.held_fixed:
        yield Line(
            f"Not certain either, but held fixed here: {', '.join(found.held_fixed)}; hours, start times, the spread "
            f"of each duration, and whatever is left at its default. Vary them with --set."
        )
    if not found.groups:
        yield Line("All passers-by are one group: it cannot say who is stopped in error.")
    lost, alerts, again = found.measures["passages_void"].mean, found.measures["alerts"].mean, found.depletion
    if again:
        yield Line(
            f"People come past {number(again.visits_per_person)} times each in this {found.scenario.unit}, on average"
            f"{', where they come most' if again.places > 1 else ''} ({again.key}), from a pool of {number(again.people)}"
            f"{' at the largest place' if again.places > 1 else ''}; of those who come at all {percent(again.come_again)} come "
            f"more than once."
        )
    if lost > 0:
        yield Line(
            f"{number(lost)} of {number(lost + alerts)} passages that would have alerted do not happen: whoever is arrested does "
            f"not come back within the {found.scenario.unit}, which is assumed, and some are being held at that moment."
        )
    yield from cautions(few(found.run.replications, found.scenario.unit), found.caveats, found.warnings)


__all__ = ["officers", "page", "record"]
