"""What the threshold curve says in words: the finding, what was recorded, how to read it, and what is not alike."""

from __future__ import annotations

from simulator.evidence.about.recorded_counts import PerUnit, RecordedCount
from simulator.evidence.numbers import number, number_range, whole
from simulator.evidence.sweep.tradeoff import Curve, Tradeoff
from simulator.report.screen import WHOSE

PER: dict[PerUnit, str] = {"camera_hour": "per 100 camera hours", "face": "per million faces counted"}


def whose(curve: Curve) -> str:
    """Whose error rates the *curve* has."""
    return f"{WHOSE.get(curve.name, 'own values')}{', changed' * curve.changed}"


def headline(tradeoff: Tradeoff, per: PerUnit) -> str:
    """False alerts at the scenario's own threshold, by either source, each with its range."""
    own, parts = tradeoff.scenario.threshold, []
    for curve in tradeoff.curves:
        at = curve.at(own)
        if at is None or not at.rate(per):
            continue
        ends = at.rate_95(per)
        # draws that are all alike are no range
        range_ = f" ({number_range(*ends)})" if ends and number(ends[0]) != number(ends[1]) else ""
        beyond = "" if curve.on_data(own) else "extrapolated, "
        parts.append(
            f"{number(at.rate(per) or 0)}{range_} by {beyond}{whose(curve)}".replace(
                "by extrapolated,", "extrapolated, by"
            )
        )
    if not parts:
        return f"No false alert can be expected at threshold {own:.2f}: nobody passes"
    return f"Expected false alerts {PER[per]} at threshold {own:.2f}: {'; '.join(parts)}"


def words_of(count: RecordedCount, per: PerUnit) -> str:
    """What a recorded point is, in counts."""
    of = f"{whole(count.camera_hours or 0)} h" if per == "camera_hour" else f"{whole(count.faces or 0)} faces"
    return f"{count.false_alerts} in {of}"


def side_words(tradeoff: Tradeoff, per: PerUnit) -> list[tuple[str, str]]:
    """Paragraphs with their headings, from the findings alone."""
    points = [count for count in tradeoff.recorded if count.exposure(per)]
    recorded = "; ".join(
        f"{count.threshold:.2f}: {number(count.rate(per) or 0)} ({number_range(*(count.rate_95(per) or (0, 0)))})"
        for count in points
    )
    faces = [
        f"{whole(_round(c.faces / c.camera_hours))} at {c.threshold:.2f}" for c in points if c.faces and c.camera_hours
    ]
    lists = sorted(count.list_size for count in points if count.list_size)
    here = f", {whole(_round(tradeoff.faces_per_hour))} here" if tradeoff.faces_per_hour else ""
    return [
        ("Recorded by the Met", f"{PER[per].capitalize()}, at {recorded}; exact 95 % intervals."),
        (
            "How to read the curves",
            "Solid on the thresholds at which that source counted false alerts; dashed and hatched where it has no data. The "
            "bands: 95 % as the inputs vary. The laboratory's level at 0.60 rests on 7 false alerts and is given no interval.",
        ),
        (
            "What is not alike",
            f"Streets: the squares are many London streets with the Met's system, the curves this one. "
            f"Faces counted an hour: {', '.join(faces)}{here}; "
            f"how they are counted changed in July 2024. Lists: {whole(lists[0])} to {whole(lists[-1])} on average, "
            f"{whole(tradeoff.scenario.list_size)} here. Each threshold was used at another time.",
        ),
    ]  # fmt: skip


def _round(x: float) -> float:
    """Two digits are all that such counts bear."""
    return float(f"{x:.2g}")


__all__ = ["PER", "headline", "side_words", "whose", "words_of"]
