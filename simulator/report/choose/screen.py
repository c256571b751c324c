"""The first screen of a choice: which thresholds keep to the limit, by whose error rates, and what that costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from simulator.evidence.choose.found import ChooseFound, PresetFound
from simulator.evidence.choose.frontier import ThresholdFound
from simulator.evidence.choose.verdicts import Which
from simulator.evidence.numbers import number, plainly, whole
from simulator.experiment.axes import THRESHOLD
from simulator.report.choose.sentences import answer_words, at, limit_words, meaning, per_words
from simulator.report.page import BEYOND, Block, Line, Table, table
from simulator.report.said import deployments, list_size
from simulator.report.screen import NOTE, SHORT, SIMULATED, WHOSE, facts, first_of, head, means

# What a threshold keeps to, from the strictest on.
KEEPS: dict[Which, str] = {"one_campaign": "95 % of {unit}s", "any_inputs": "on average", "on_average": "middle inputs"}
MOST_ROWS = 8


def screen(found: ChooseFound, said: Sequence[str]) -> Iterator[Block]:
    """The answer on average whatever the inputs are, its cost, thresholds side by side; *said* are the cautions."""
    about, run = found.scenario, found.run
    yield from head(
        about,
        SIMULATED,
        f"One {about.unit}: {deployments(about)}; list {list_size(about)}. {whole(run.replications)} simulated {about.unit}s "
        f"at each threshold.",
        again=found.depletion,
        thresholds=True,
    )
    if THRESHOLD in (about.replaced or ()):
        yield Line("The deployments' own thresholds are not among these: lfrsim run shows what they bring.")
    yield from means(_meaning(found))
    yield _table(found)
    yield Line(NOTE)
    yield from facts(
        (
            "How sure",
            f"On average: whatever the inputs are, at 95 % confidence. In 95 % of {about.unit}s: 1 in 20 may go beyond "
            f"the limit by any amount.",
        ),
        ("Watch out", first_of(said)),
        ("Not said", "Which threshold is right. The limit is yours, and so is what a missed person weighs against it."),
    )


def _meaning(found: ChooseFound) -> Iterator[str]:
    for index, limit in enumerate(found.limits[:2]):
        each = (
            f"{_by(preset)}{answer_words(preset.answers[index][1], found.run.thresholds, preset)}"
            for preset in found.presets
        )
        also = f" {told}" if (told := meaning(found, index)) else ""
        yield f"Your limit: {limit_words(limit)}{also}. Which thresholds keep to it on average, whatever the inputs are?"
        yield from (f"{text[:1].upper()}{text[1:]}." for text in each)
    yield from _cost(found)


def _by(preset: PresetFound) -> str:
    return f"by {WHOSE[preset.preset]}: " if preset.preset in WHOSE else ""


def _cost(found: ChooseFound) -> Iterator[str]:
    """Listed people stopped where the first answer lies, against the scenario's own threshold."""
    first, about = found.presets[0], found.scenario
    edge = first.answers[0][1].edge
    there, own = (first.at(edge) if edge is not None else None), first.at(about.threshold)
    if there is None:
        return
    gain, against = number(there.listed_stopped.mean or 0.0), ""
    if own is not None and own is not there and THRESHOLD not in (about.replaced or ()):
        against = f", {number(own.listed_stopped.mean or 0.0)} at the scenario's own {at(about.threshold)}"
    yield f"At {at(there.threshold)}, {gain} listed people are stopped in an average {about.unit}{against}."


def _table(found: ChooseFound) -> Table:
    limit, about = found.limits[0], found.scenario
    first = found.presets[0]
    rows = []
    for row in _some(first, about.threshold):
        cells = chain.from_iterable(_of(preset, row.threshold, about.unit) for preset in found.presets)
        same = THRESHOLD not in (about.replaced or ()) and abs(row.threshold - about.threshold) < 1e-9
        mark = "<- own" if same else ""
        behind = "" if row.in_support else BEYOND
        rows.append([f"{at(row.threshold)}{behind}", number(row.listed_stopped.mean or 0.0), *cells, mark])
    names = [SHORT.get(preset.preset or "", limit.words) for preset in found.presets]
    # columns have names of their own
    columns = [
        "threshold",
        "listed stopped",
        *chain.from_iterable((name, "keeps" + " " * i) for i, name in enumerate(names)),
        "",
    ]
    means_by = (
        f"{limit.words.capitalize()}: {per_words(limit)}, average with unknown inputs; listed stopped: per {about.unit}. "
        f"Keeps to the limit: no; with middle inputs only; on average, whatever they are; or even in 95 % of {about.unit}s."
        f"{_left_out(found)}"
    )
    beyond = [f"{BEYOND} extrapolated: no data at that threshold."] * any(BEYOND in row[0] for row in rows)
    return table("By threshold", columns, rows, notes=[means_by, *beyond])


def _left_out(found: ChooseFound) -> str:
    """How many of the thresholds compared have no row."""
    more = len(found.run.thresholds) - MOST_ROWS
    return f" {more} more thresholds: --details." if more > 0 else ""


def _some(preset: PresetFound, own: float) -> list[ThresholdFound]:
    """Thresholds around the answers and the scenario's *own*, in order."""
    edges = [answer.edge for answer in preset.answers[0] if answer.edge is not None] or [own]
    rows = sorted(preset.thresholds, key=lambda row: min(abs(row.threshold - x) for x in (*edges, own)))
    return sorted(rows[:MOST_ROWS], key=lambda row: row.threshold)


def _of(preset: PresetFound, threshold: float, unit: str) -> list[str]:
    """The average of the limited measure at *threshold*, and the strictest question under which it keeps to the limit."""
    row = preset.at(threshold)
    if row is None:
        return ["not simulated", ""]
    verdict = row.limits[0]
    mean = verdict.with_ignorance.mean
    kept = next((words for which, words in KEEPS.items() if verdict.meets[which]), "no")
    average = "not simulated" if mean is None else plainly(mean, "<") if mean else "none seen"
    return [average, kept.format(unit=unit)]


__all__ = ["screen"]
