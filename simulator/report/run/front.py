"""The front of a run's report: the answer with its range, per what, what is recorded, a hundred campaigns, how sure."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.numbers import count_range, counted, number, plainly, times_as_many, whole
from simulator.evidence.run.found import RunFound
from simulator.evidence.run.hundred import DOTS, Some, of_a_hundred
from simulator.evidence.run.pictures import RunPictures
from simulator.evidence.run.study import CHANCE, IGNORANCE
from simulator.report.composed import headed
from simulator.report.page import Beside, Block, Entry, Line, Masthead, Table, table, walk
from simulator.report.pictured import Box, Boxes, DotRow, Dots, Meaning, Quote
from simulator.report.run.meaning import OF_SIMULATION, lies, per_so_many
from simulator.report.run.screen import screen
from simulator.report.screen import WHOSE

WRONG = "Stops of the wrong person (not the one whose entry matched), simulated. It says nothing about lawfulness."
# How labels of what was counted on the street begin.
RECORDED = "Recorded"
# Both totals of the same stops, side by side.
EVERY = {"face": "in every million faces counted", "alert": "in every 1,000 alerts"}
ROWS = (
    ("wrongful_stops", "Wrong person stopped"),
    ("bystander_stops", "Somebody else stopped than alerted on"),
    ("no_action_stops", "Stops that led to no action"),
    ("no_action_wrong_person", "  wrong person, let go"),
    ("no_action_right_person", "  right person, let go"),
    ("no_action_stale_record", "  right person, outdated record"),
    ("complied_stops", "Stops to check conditions, which were kept"),
    ("arrests", "Arrests"),
    ("outcome_other_disposal", "Stops with another outcome"),
    ("listed_stopped", "People on the list who were stopped"),
    ("listed_missed", "People on the list who came past and were missed"),
)


def front(found: RunFound, pictures: RunPictures | None) -> tuple[Masthead, list[str], list[Block]]:
    """The title and what kind of numbers these are, what the report is about, in sentences, and its first page."""
    said = list(screen(found))
    head = next(block for block in said if isinstance(block, Masthead))
    at = next((i for i, block in enumerate(said) if isinstance(block, Meaning)), len(said))
    about, _ = headed(said)
    warned: list[Block] = [block for block in said[:at] if isinstance(block, Line) and block.label]
    means: list[Block] = [block for block in said if isinstance(block, Meaning)]
    sure: list[Block] = [block for block in said[at:] if isinstance(block, Entry)]
    quotes: list[Block] = [block for block in said if isinstance(block, Quote)]
    recorded = tuple(block for block in walk(said) if isinstance(block, Line) and block.label.startswith(RECORDED))
    dots = tuple(_dots(found, pictures)) if pictures else ()
    return (
        head,
        about,
        [
            *warned,
            Beside((*means, *boxes(found)), (*recorded, *dots), 0.6),
            Beside((counts(found),), (*sure, *quotes), 0.5),
        ],
    )


def boxes(found: RunFound) -> Iterator[Boxes]:
    """Stops of the wrong person out of both totals; nothing where nothing can be said."""
    made = [box for unit in EVERY if (box := _box(found, unit))]
    if made:
        both = "The same stops out of two totals: quote both." if len(made) > 1 else ""
        yield Boxes(tuple(made), " ".join(filter(None, [WRONG, both, _whose(found)])))


def _box(found: RunFound, unit: str) -> Box | None:
    if unit in found.scenario.no_rates_per:
        return None
    said = per_so_many(found, unit)
    if said is None:
        return None
    average, ends = said
    within = f"{told}{' as the inputs vary' if found.varied else f', {OF_SIMULATION}'}" if (told := lies(ends)) else ""
    return Box(plainly(average), EVERY[unit], within)


def _whose(found: RunFound) -> str:
    """That another source of error rates gives other numbers, where it differs by much."""
    other = found.other_preset
    if other is None or not other.disagrees:
        return ""
    return (
        f"These are by {WHOSE[found.scenario.preset or '']}; by {WHOSE[other.preset]} it is "
        f"{times_as_many(other.at('face', found.varied))} per face, {times_as_many(other.at('alert', found.varied))} per alert."
    )


def _dots(found: RunFound, pictures: RunPictures) -> Iterator[Dots]:
    """Campaigns with their inputs drawn, where any is, by how many stops of the wrong person they have: a hundred at most."""
    tally = pictures.campaigns_by_wrongful_stops[IGNORANCE if found.varied else CHANCE]
    unit, n = found.scenario.unit, found.run.replications
    drawn = ", each with its own draw of the unknown inputs" if found.varied else ""
    few = " So few are rough." if n < DOTS else f" Of {whole(n)} simulated."
    yield Dots(
        f"{counted(min(n, DOTS), f'simulated {unit}')}: in how many is the wrong person stopped, and how often?",
        tuple(DotRow(_often(some), some.campaigns, some.high is None or some.high > 0) for some in of_a_hundred(tally)),
        f"One dot is one {unit}{drawn}.{few} That none happened in one {unit} would say little.",
    )


def _often(some: Some) -> str:
    if some.high == 0:
        return "never"
    if some.high is None:
        return f"{whole(some.low)} or more times"
    if some.low == some.high:
        return "once" if some.low == 1 else "twice" if some.low == 2 else f"{whole(some.low)} times"
    return f"{count_range(some.low, some.high)} times"


def counts(found: RunFound) -> Table:
    """What one campaign brings: average and what nine in ten bring, both with unknown inputs where any is."""
    rows = []
    for name, words in ROWS:
        m = found.measures[name]
        part = m.with_ignorance if found.varied else m
        if not m.assumed_zero:
            ends = count_range(*part.campaign_90) if part.campaign_90 else ""
            rows.append([words, number(part.mean) if part.mean else "none seen", ends])
    unit = found.scenario.unit
    most = f"at least 9 in 10 {unit}s"
    came = found.measures["listed_people"]
    past = (came.with_ignorance if found.varied else came).mean
    made = table(
        f"What one {unit} brings",
        ["", "average", most],
        rows,
        notes=[f"Of {counted(round(past), 'listed person')} who come past on average.".replace("persons", "people")],
    )
    return made if any(row[2] for row in rows) else made.without(most)


__all__ = ["boxes", "counts", "front"]
