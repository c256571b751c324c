"""The tables of a choice: the frontier with the presets side by side, and every threshold against one limit."""

from __future__ import annotations

from dataclasses import replace

from simulator.evidence.choose.found import ChooseFound, LimitFound, PresetFound
from simulator.evidence.choose.frontier import Step, ThresholdFound
from simulator.evidence.choose.limits import Kept
from simulator.evidence.choose.verdicts import SIMULATED, DrawnFigures, Figures, Verdict
from simulator.evidence.numbers import count_range, number, number_range, whole
from simulator.evidence.run.rates import Range
from simulator.report.choose.sentences import at, limit_words, with_preset
from simulator.report.page import Note, Table, table

NOT_SIMULATED = "not simulated"
BEST, UNKNOWN = "best inputs", "unknown inputs"
ERROR, MAY_LIE = "± error", "may lie"


def frontier_table(found: ChooseFound) -> Table:
    """Listed people stopped against people wrongly stopped, threshold by threshold."""
    names = [f"{preset.preset}: " if preset.preset else "" for preset in found.presets]
    steps = tuple(f"{name}step down" for name in names)
    rows = []
    for threshold in found.run.thresholds:
        cells = [_threshold(threshold, found.presets[0])]
        for preset in found.presets:
            row = preset.at(threshold)
            cells += [NOT_SIMULATED, "", ""] if row is None else _frontier_cells(row)
        rows.append(cells)
    return table(
        f"Listed people stopped and people wrongly stopped in an average {found.scenario.unit}, and what a step down brings",
        ["threshold", *(f"{name}{side}" for name in names for side in ("listed", "wrongly", "step down"))],
        rows,
        spare=steps,
        notes=[
            "With every input at its middle value.",
            Note(
                "Step down: how many more listed people are stopped for how many more people wrongly stopped, at the next "
                "lower threshold.",
                steps,
            ),
            "* closed form of wrongful stops, before depletion, repeats, queues and walking away, where too few were simulated.",
            *_brackets(found),
        ],
    )


def _frontier_cells(row: ThresholdFound) -> list[str]:
    return [_mean(row.listed_stopped), _mean(row.people_wrongly_stopped), exchange(row.one_step_lower)]


def spent_table(found: ChooseFound, preset: PresetFound) -> Table:
    """Officer-hours and pounds at every threshold, per arrest, per listed person stopped and per wrongful stop."""
    priced = any(item.gbp for row in preset.thresholds for item in row.spent.values() if item)
    names = {"arrests": "arrest", "listed_stopped": "found", "wrongful_stops": "wrong"}
    rows = []
    for row in preset.thresholds:
        each = [row.spent[name] for name in names]
        cells = ["none seen" if item is None else number(item.officer_hours) for item in each]
        cells += ["none seen" if item is None else whole(item.gbp) for item in each] if priced else []
        rows.append([_threshold(row.threshold, preset), *cells])
    return table(
        f"Spent for each, average at the middle inputs{with_preset(preset, ', ')}",
        [
            "threshold",
            *(f"hours: {name}" for name in names.values()),
            *(f"GBP: {name}" for name in names.values() if priced),
        ],
        rows,
        notes=[
            "Hours: of officers on duty and at the station, for each arrest, listed person stopped (found) and stop of a wrong "
            "person. What is spent, not what anything is worth."
        ],
    )


def exchange(step: Step | None) -> str:
    """What a step lower brings as a natural frequency: "12 for 1" or "1 for 3.8", found for wrongly stopped."""
    if step is None:
        return ""
    ratio, mark = step.more_listed_per_person, "" if step.basis == SIMULATED else "*"
    if ratio is None:
        return "no more wrongly"
    if ratio <= 0:
        return "fewer found"
    return f"{number(ratio)} for 1{mark}" if ratio >= 1 else f"1 for {number(1 / ratio)}{mark}"


def limit_tables(found: ChooseFound) -> list[Table]:
    """Every threshold of each preset against each limit; what the columns are stands under the last."""
    tables = [limit_table(found, index, preset) for index in range(len(found.limits)) for preset in found.presets]
    single = _single(found)
    notes = (
        Note("± error: of the simulation (95 %).", (ERROR,)),
        Note("Unknown inputs: the average over all that they may be.", (UNKNOWN,)),
        Note("May lie: where the average may, given what is not known (95 %).", (MAY_LIE,)),
        Note(f"{single.capitalize()}: 9 in 10, by chance and unknown inputs together.", (single,)),
        Note(
            "At most (or at least): a one-sided 95 % bound on the average at the best inputs, with the error of the "
            f"simulation, held against the limit; any: whatever the inputs are. {found.scenario.unit.capitalize()}s within: "
            "with unknown inputs; yes where so many show that 95 % of all are. * closed form: none simulated, which is no "
            "evidence of zero."
        ),
        *_brackets(found),
    )
    return [*tables[:-1], replace(tables[-1], notes=notes)]


def _single(found: ChooseFound) -> str:
    """The column of what single campaigns (or years) bring."""
    return f"single {found.scenario.unit}s"


def limit_table(found: ChooseFound, index: int, preset: PresetFound) -> Table:
    """Every threshold of one *preset* against limit number *index*: averages, intervals, and the bounds that decide."""
    limit = found.limits[index]
    most, words = "at most" if limit.at_most else "at least", limit_words(limit)
    return table(
        f"{words[:1].upper()}{words[1:]}{with_preset(preset, ', ')}",
        [
            "threshold", BEST, ERROR, most, UNKNOWN, MAY_LIE, _single(found), f"any {most}", f"{found.scenario.unit}s within",
        ],
        [_cells(row, row.limits[index], limit, preset) for row in preset.thresholds],
        spare=[_single(found), ERROR, MAY_LIE, UNKNOWN],
    )  # fmt: skip


def _cells(row: ThresholdFound, verdict: Verdict, limit: LimitFound, preset: PresetFound) -> list[str]:
    error, drawn = verdict.mean_95, verdict.with_ignorance
    return [
        _threshold(row.threshold, preset),
        _mean(verdict),
        number(error[1] - verdict.mean) if error and verdict.mean is not None else "",
        _judged(verdict.bounds["on_average"], verdict.meets["on_average"]),
        _unknown(verdict),
        _range(drawn.average_95, limit.value),
        _campaigns(drawn, limit),
        _judged(verdict.bounds["any_inputs"], verdict.meets["any_inputs"]),
        _kept(verdict.campaigns_that_keep, verdict.meets["one_campaign"]),
    ]


def _brackets(found: ChooseFound) -> list[Note]:
    """What a threshold in brackets is, where there may be one."""
    support = found.presets[0].support
    if all(map(support.holds_threshold, found.run.thresholds)):
        return []
    low, high = map(at, support.thresholds)
    return [Note(f"In brackets: extrapolated, no data at thresholds outside {low} to {high}.")]


def _threshold(threshold: float, preset: PresetFound) -> str:
    return at(threshold) if preset.support.holds_threshold(threshold) else f"({at(threshold)})"


def _mean(figures: Figures) -> str:
    if figures.mean is None:
        return "none seen"
    return number(figures.mean) + ("" if figures.simulated else "*")


def _unknown(verdict: Verdict) -> str:
    """The average with unknown inputs."""
    mean = verdict.with_ignorance.mean
    return NOT_SIMULATED if mean is None else number(mean) if mean else "none seen"


def _range(ends: Range | None, limit: float) -> str:
    """A range, with its low end cut off where it is far below the *limit*."""
    if ends is None:
        return ""
    least = limit / 1000
    return f"<{number(least)} to {number(ends[1])}" if 0 < ends[0] < least < ends[1] else number_range(*ends)


def _campaigns(drawn: DrawnFigures, limit: LimitFound) -> str:
    ends = drawn.campaign_90
    if ends is None:
        return NOT_SIMULATED if drawn.mean is None else "too few to tell"
    whole_numbers = limit.counts and limit.unit in ("campaign", "year") and limit.per == 1
    return "none" if ends[1] == 0 else (count_range if whole_numbers else number_range)(*ends)


def _judged(bound: float | None, meets: bool | None) -> str:
    if meets is None:
        return NOT_SIMULATED
    return f"{'no bound' if bound is None else number(bound)} {'yes' if meets else 'no'}"


def _kept(kept: Kept | None, meets: bool | None) -> str:
    if kept is None:
        return NOT_SIMULATED
    return f"{whole(kept.number)} of {whole(kept.campaigns)} {'yes' if meets else 'no'}"


__all__ = ["exchange", "frontier_table", "limit_table", "limit_tables", "spent_table"]
