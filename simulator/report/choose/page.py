"""The page of a choice: which thresholds keep to a limit, how surely, and at what cost."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.about.outside import APART, data_of
from simulator.evidence.about.support import TWO_PRESETS_BELOW
from simulator.evidence.choose.found import ChooseFound, PresetFound
from simulator.evidence.numbers import whole
from simulator.report.choose.screen import screen
from simulator.report.choose.sentences import (
    QUESTIONS,
    all_words,
    answer_words,
    at,
    dominated,
    limit_words,
    meaning,
    notes,
    question,
    with_preset,
)
from simulator.report.choose.tables import frontier_table, limit_tables, spent_table
from simulator.report.page import Block, Entry, Gap, Heading, Line
from simulator.report.said import WRONGFUL_NOTE, cautions, depletion_first, deployments, list_size, title
from simulator.report.screen import WHOSE, everything

READING = (
    "Each answer is at 95 % confidence with the error of the simulation included. Chance: another {unit} would differ. "
    "Ignorance: what is not known about the inputs. Whatever the inputs are: for 95 % of their draws from their intervals. In a "
    "single {unit}: in 95 % of {unit}s; 1 in 20 may go beyond the limit, and by any amount."
)
NO_ADVICE = (
    "This recommends no threshold. It says which ones keep to the limit you state, and what that costs in listed people "
    "found."
)


def page(found: ChooseFound) -> list[Block]:
    """The answer on one screen; behind it the answers to each limit, what they cost, every threshold, cautions."""
    return [*screen(found, [*warned(found), *found.caveats]), everything(_all(found))]


def _all(found: ChooseFound) -> list[Block]:
    return [
        *_head(found),
        *(block for index in range(len(found.limits)) for block in _limit(found, index)),
        *_all_limits(found),
        Gap(),
        Line(READING.format(unit=found.scenario.unit)),
        Line(NO_ADVICE),
        frontier_table(found),
        *(Line(text) for text in dominated(found.presets)),
        *limit_tables(found),
        *(spent_table(found, preset) for preset in found.presets),
        *([Line(WRONGFUL_NOTE)] if any("wrong" in limit.measure for limit in found.limits) else []),
        *cautions(dict.fromkeys(warned(found)), found.caveats),
    ]


def _head(found: ChooseFound) -> Iterator[Block]:
    about, run = found.scenario, found.run
    yield from title(about)
    yield from depletion_first(found.depletion, "threshold")
    yield Line(
        f"One {about.unit}: {deployments(about)}, list of "
        f"{list_size(about)}. At each threshold {whole(run.replications)} simulated {about.unit}s with every input at its "
        f"middle value, and {whole(run.replications_unknown_inputs)} with inputs drawn {whole(run.draws)} times; seed "
        f"{run.seed}: simulated, not observed."
    )


def _limit(found: ChooseFound, index: int) -> Iterator[Block]:
    """The three answers to limit number *index*, and what belongs with them."""
    limit = found.limits[index]
    yield Heading(f"Limit: {limit_words(limit)}")
    means = meaning(found, index)
    if means:
        yield Line(means)
    for i in range(len(QUESTIONS)):
        compared = found.run.thresholds
        said = [answer_words(preset.answers[index][i], compared, preset) for preset in found.presets]
        yield _answers(i, found, said)
    yield from (Line(text) for text in notes(found, index))


def _all_limits(found: ChooseFound) -> Iterator[Block]:
    if len(found.limits) < 2:
        return
    yield Heading("All limits together")
    for i in range(len(QUESTIONS)):
        said = [
            all_words(preset.all_limits[i], [each[i] for each in preset.answers], found)
            for preset in found.presets
            if preset.all_limits
        ]
        yield _answers(i, found, said)


def _answers(number: int, found: ChooseFound, said: list[str]) -> Entry:
    """What is *said* with each preset in answer to one of the three questions."""
    which = list(QUESTIONS)[number]
    lines = (Line(text, with_preset(preset, ""), strong=True) for preset, text in zip(found.presets, said, strict=True))
    return Entry(f"{question(which, found)} ({QUESTIONS[which][1]}):", tuple(lines))


def warned(found: ChooseFound) -> Iterator[str]:
    """What must be said with any answer: presets, support, and what the scenario wants said."""
    presets, compared = found.presets, found.run.thresholds
    for index, limit in enumerate(found.limits):
        if found.cannot_fail(index):
            said = limit_words(limit)
            yield (
                f"{said[:1].upper()}{said[1:]}: it would hold even if every alert at the scenario's own threshold were one, so "
                f"few faces raise any. State a limit per alert or per year as well."
            )
    if len(presets) > 1:
        names = " and ".join(f"{WHOSE[str(preset.preset)]} ({preset.preset})" for preset in presets)
        apart = "; their false matches are twelvefold apart there" * (compared[0] < TWO_PRESETS_BELOW)
        yield f"{APART}: quote both. {names[:1].upper()}{names[1:]} are two readings of the evidence{apart}."
    if not all(map(presets[0].support.holds_threshold, compared)):
        said = "; ".join(data_of(preset.preset) for preset in presets)
        yield f"{said[:1].upper()}{said[1:]}. What is said of other thresholds is extrapolated."
    for preset in presets:
        yield from _not_simulated(preset)
    yield from found.unread
    for preset in presets:
        name = f"Preset {preset.preset}: " if len(presets) > 1 else ""
        yield from (f"{name}{warning}" for warning in preset.warnings)


def _not_simulated(preset: PresetFound) -> Iterator[str]:
    name = f"Preset {preset.preset}: " if preset.preset else ""
    for left_out, words in (
        (preset.not_simulated, ""),
        (preset.not_simulated_unknown_inputs, " with unknown inputs"),
    ):
        if left_out:
            many = "s" * (len(left_out) > 1)
            yield (
                f"{name}threshold{many} {', '.join(map(at, left_out))} not simulated{words}: far too many alerts are expected "
                f"there, because under some inputs almost everybody would alert."
            )


__all__ = ["NO_ADVICE", "READING", "page", "warned"]
