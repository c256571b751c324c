"""What the answer hangs on most: shares of what is not known, and the average at the ends of each input."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.numbers import number
from simulator.evidence.sensitivity.found import InputShare
from simulator.evidence.wider.found import RunWider
from simulator.report.inputs import words_of
from simulator.report.page import Block, Heading, Line, table

MOST = 8


def hangs(wider: RunWider) -> Iterator[Block]:
    """The inputs that matter most, by formula."""
    yield Heading("What the answer hangs on most")
    found = wider.sensitivity
    if found is None:
        yield Line(f"{wider.no_sensitivity}; lfrsim sensitivity asks the simulation.")
        return
    if found.constant:
        yield Line(found.constant)
        return
    shown = sorted(found.telling, key=lambda item: -item.total)[:MOST]
    yield table(
        f"Share of what is not known about the average of {found.measure.words}",
        ["input", "share alone", "with interplay", "average at its ends", "grade"],
        [_row(item) for item in shown],
        notes=[
            "By formula (Sobol' indices; before repeats, queues and walking away): how much less would be unknown if this input "
            "were known. Average at its ends: with this input low, then high, all others in the middle, where the formula gives "
            f"{number(found.measure.at_medians)}: above the simulation, for it leaves out what is named here. A share says where "
            "to measure, not who is to blame."
        ],
        spare=["grade"],
    )


def _row(item: InputShare) -> list[str]:
    ends = item.one_at_a_time
    return [
        words_of(item.key),
        share_of(item.first_order),
        share_of(item.total),
        _ends(ends.at_low, ends.at_high) if ends else "",
        item.grade or "",
    ]


def _ends(low: float, high: float) -> str:
    return f"{number(low)} to {number(high)}" if number(low) != number(high) else f"{number(low)} at both"


def share_of(x: float) -> str:
    """A share in whole per cent, "under 1 %" where it would round to none."""
    return "under 1 %" if x < 0.005 else f"{100 * x:.0f} %"


__all__ = ["hangs", "share_of"]
