"""Who is wrongly stopped: what follows from assumed ratios, and a record that a scenario of one group cannot explain."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.numbers import whole
from simulator.evidence.run.found import RunFound
from simulator.report.page import Block, Line
from simulator.report.run.tables import groups_table


def groups(found: RunFound) -> Iterator[Block]:
    """The table by group where the scenario has any, and the record."""
    like = found.recorded_elsewhere
    of = like and like.false_alerts_of
    if like and of:
        yield Line(
            f"{whole(of.number)} of the {whole(of.of)} false alerts were of {of.people} ({of.source}; {of.grade}).",
            label=f"Recorded by {like.what}",
        )
    if found.groups:
        yield Line(
            "How much more often one group is falsely matched than another is assumed in this scenario. The numbers below follow "
            "from that ratio; they are no finding about it."
        )
        yield groups_table(found.groups)
    elif of:
        yield Line(
            "This scenario has one group of people and one error rate for all of them. It cannot explain that record, and says "
            "nothing about who is stopped. lfrsim run what-if-groups shows what assumed ratios would lead to."
        )
    else:
        yield Line("This scenario has one group of people: it says nothing about who is stopped.")


__all__ = ["groups"]
