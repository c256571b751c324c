"""The page of a sensitivity analysis: which inputs the average of a measure hangs on, and what is worth measuring."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.numbers import counted, number
from simulator.evidence.sensitivity.found import InputShare, SensitivityFound
from simulator.evidence.sensitivity.indices import AtEnds
from simulator.report.inputs import short, words_of
from simulator.report.page import Block, Gap, Line, Note, Table, table
from simulator.report.said import DASH, WRONGFUL_NOTE, cautions, setting, title
from simulator.report.screen import BY_FORMULA, SIMULATED, everything, facts, head, means
from simulator.report.sensitivity.decision import ASK, decision_blocks
from simulator.report.sensitivity.decision import headline as decision_headline
from simulator.report.sensitivity.sentences import READING, average, headline, method, notes, share_of

NOT_OF_PEOPLE = "These are shares of what is not known about the average, not of people or stops."
# Inputs on the first screen.
MOST = 6
INTERVAL, ALONE, INTERPLAY, ENDS = "its 95 % interval", "share alone", "with interplay", "average at its ends"


def page(found: SensitivityFound) -> list[Block]:
    """What the average hangs on, and the decision if there is one; behind that every input, and what the method cannot see."""
    return [*_screen(found), everything(_all(found))]


def _screen(found: SensitivityFound) -> Iterator[Block]:
    measure, run = found.measure, found.run
    yield from head(
        found.scenario,
        SIMULATED if run.simulated else BY_FORMULA,
        f"{setting(found.scenario)}.",
        f"Average {measure.words} per {found.scenario.unit}: {average(found)}.",
    )
    yield from means([found.constant] if found.constant else [headline(found), NOT_OF_PEOPLE])
    if not found.constant:
        yield _short_table(found)
    if found.decision:
        yield Line(decision_headline(found.decision), strong=True)
    left = f"{counted(len(found.left_out), 'input')} not in this formula: " if found.left_out else ""
    blind = f"The formula has no queues, no walking away and no repeats; {left}--simulate asks the simulation."
    leading = () if found.constant else found.leading
    assumed = [words_of(item.key) for item in leading if item.grade == "assumed"]
    yield from facts(
        ("How sure", f"Of those that matter most, nobody has published {' or '.join(assumed)}." if assumed else ""),
        ("Watch out", "" if run.simulated else blind),
        (
            "Worth most",
            "" if found.decision else "Which input to measure first depends on a decision: --decide, --details.",
        ),
    )


def _short_table(found: SensitivityFound) -> Table:
    rows = [
        [words_of(item.key), share_of(item.first_order), _at_ends(item.one_at_a_time), item.grade or ""]
        for item in found.telling[:MOST]
    ]
    return table("Share of what is not known", ["input", ALONE, ENDS, "grade"], rows, spare=["grade"])


def _all(found: SensitivityFound) -> list[Block]:
    decision, measure = found.decision, found.measure
    wrongful = decision is not None or measure.name.startswith("wrongful")
    return [
        *title(found.scenario),
        Line(
            f"Measure: {measure.words} ({measure.name}), average per {found.scenario.unit}. {setting(found.scenario)}."
        ),
        *(_nothing(found.constant, average(found)) if found.constant else _ranking(found)),
        Gap(),
        *(decision_blocks(decision) if decision else [Line(ASK)]),
        *([Line(WRONGFUL_NOTE)] if wrongful else []),
        *cautions(found.caveats, found.warnings),
    ]


def _nothing(why: str, average: str) -> Iterator[Block]:
    yield Gap()
    yield Line(f"{average}. {why}", label="Nothing to rank")


def _ranking(found: SensitivityFound) -> Iterator[Block]:
    yield Line(method(found))
    yield Gap()
    yield Line(headline(found), strong=True)
    yield Line(READING)
    yield inputs_table(found)
    yield from (Line(text) for text in notes(found))


def inputs_table(found: SensitivityFound) -> Table:
    """Two lines for each input that explains something: what it is and its key, its shares, the average at its ends."""
    rows = [row for item in found.telling for row in _rows(item)]
    if found.run.simulated:
        left = f"chance left in averages of {found.run.campaigns_each} {found.scenario.unit}s"
        rows.append([left, "", share_of(found.measure.chance_share or 0.0), "", "", ""])
    made = table(
        "Share of what is not known about this average that each input explains (in brackets: 95 %)",
        ["input", INTERVAL, ALONE, INTERPLAY, ENDS, "grade"],
        rows,
        spare=["grade", INTERVAL, ENDS, INTERPLAY],
        notes=[
            "Share alone: how much smaller the variance would be, on average, if this input were known exactly (first-order "
            "Sobol' index).",
            Note("With interplay: also what it does together with others (total index).", (INTERPLAY,)),
            Note(
                "Average at its ends: this input at the low, then at the high end of its interval, all others at their "
                "middle values.",
                (ENDS,),
            ),
        ],
    )
    return made.without(INTERPLAY) if found.too_noisy else made


def _rows(item: InputShare) -> Iterator[list[str]]:
    interval, words = item.interval_95, words_of(item.key)
    yield [
        words,
        f"{short(interval[0])} to {short(interval[1])}" if interval else "jointly",
        f"{share_of(item.first_order)}{_interval(item.first_order_95)}",
        f"{share_of(item.total)}{_interval(item.total_95)}",
        _at_ends(item.one_at_a_time),
        item.grade or "",
    ]
    if item.key != words:
        yield [f"  {item.key}", *[""] * 5]


def _interval(ends: tuple[float, float]) -> str:
    low, high = (100 * max(end, 0.0) for end in ends)
    return f" ({low:.0f}{DASH}{high:.0f})" if high >= 0.5 else ""


def _at_ends(ends: AtEnds | None) -> str:
    if ends is None:
        return ""
    said = f"{number(ends.at_low)} to {number(ends.at_high)}"
    return said + (f" (± {number(ends.error_95)})" if ends.error_95 else "")


__all__ = ["inputs_table", "page"]
