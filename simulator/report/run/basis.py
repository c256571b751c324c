"""What a run rests on: its record, every input with source and grade, caveats, method and limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from simulator.evidence.about.inputs import StatedInput
from simulator.evidence.numbers import counted, whole
from simulator.evidence.run.found import RunFound
from simulator.evidence.wider.found import RunWider
from simulator.report.inputs import short, words_of
from simulator.report.page import Block, Bullets, Heading, Line, Note, table
from simulator.report.run.hangs import share_of

GRADES = ("measured", "derived", "recalled", "assumed")


def inputs(found: RunFound, wider: RunWider | None) -> Iterator[Block]:
    """Every input with its interval, grade and source; those that matter most first, where that is known."""
    shares = wider.sensitivity if wider else None
    total = {item.key: item.total for item in shares.inputs} if shares else {}
    for item in shares.inputs if shares else ():
        total |= dict.fromkeys(item.keys or (), item.total)
    of = Counter(item.grade for item in found.inputs)
    graded = ", ".join(f"{whole(of[grade])} {grade}" for grade in GRADES if of[grade])
    first = (
        " Those that this average of wrongful stops hangs on most come first."
        if total
        else " In the order of the file."
    )
    yield Line(f"{counted(len(found.inputs), 'input')}: {graded}.{first}")
    ordered = sorted(found.inputs, key=lambda item: -total.get(item.key, 0.0))
    share = "share"
    made = table(
        "Inputs",
        ["input", "value", "95 %", share, "grade", "source"],
        [_row(item, total.get(item.key)) for item in ordered],
        prose=["source"],
        spare=[share],
        notes=[
            "Assumed: nobody has published a measurement. 95 %: the interval that it is drawn from; none: it is held fixed.",
            Note("Share: of what is not known about the average of wrongful stops, interplay included.", (share,)),
        ],
    )
    yield made if total else made.without(share)


def _row(item: StatedInput, total: float | None) -> list[str]:
    ends = item.interval_95
    return [
        words_of(item.key),
        short(item.value),
        f"{short(ends[0])} to {short(ends[1])}" if ends else "",
        share_of(total) if total else "",
        item.grade or "",
        item.source or "",
    ]


def caveats(found: RunFound) -> Iterator[Block]:
    """All that must be said of these numbers."""
    said = tuple(dict.fromkeys((*found.warnings, *found.caveats)))
    if said:
        yield Bullets(said)


def method(found: RunFound) -> Iterator[Block]:
    """How the numbers came about, and what they cannot say."""
    run, unit = found.run, found.scenario.unit
    each = (
        f"each {unit} is simulated twice, from the same random numbers" if found.varied else f"each {unit} is simulated"
    )
    drawn = (
        " with every input at its best value (what then differs is chance), and with every unknown input drawn from its interval "
        "(chance and ignorance together). Averages and ranges of this report are of the second kind unless it says best values."
        if found.varied
        else "; no input is uncertain, so that all that differs is chance."
    )
    yield Line(
        f"{counted(run.replications, f'simulated {unit}')}, seed {run.seed}: {each}{drawn} People walk past, "
        f"the system scores them, officers review, search, stop and check, one person after the other."
    )
    yield Heading("Limits")
    yield Bullets(
        (
            "A simulation shows what follows from its inputs. It is no observation, and no evidence that they hold.",
            "Wrong person: not the one whose entry matched. That says nothing about whether a stop was lawful.",
            "Whether a place is made safer, whom a list should hold, and what a stop does to a person are outside of it.",
            "Ranges hold what the intervals of the inputs hold. Doubts that are no interval stand under “What would change it”.",
        )
    )


__all__ = ["caveats", "inputs", "method"]
