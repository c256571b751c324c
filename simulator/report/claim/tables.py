"""The tables of a judged claim: one event by every unit, tests of a change, both sides of a comparison."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.claim.figures import words_of
from simulator.claim.models import ClaimFile
from simulator.evidence.claim.falls import ChangeEvidence
from simulator.evidence.claim.judged import Judged, RateTable
from simulator.evidence.claim.ratios import Ratio
from simulator.evidence.numbers import whole
from simulator.report.claim import change, comparison
from simulator.report.claim.layout import Parts
from simulator.report.claim.strip import Bar, strip
from simulator.report.claim.words import bound_text, capital, out_of, percent_text, rate_text, span_text

RATE_COLUMNS = ["per", "counted", "95 % interval", "rate", "method"]


def rates_table(table: RateTable, file: ClaimFile) -> Parts:
    """One event by every unit that a piece of evidence states, each with its exact interval."""
    item = file.evidence[table.of]
    rows: list[list[str]] = []
    for ratio in table.ratios:
        plain = ratio
        name = words_of(ratio.per, file.words, 1)
        rate = rate_text(ratio.rate, ratio.event, ratio.per)
        rows.append([name, out_of(plain), _inside(plain), rate, plain.method])
        if ratio.repeated is not None:
            ends = span_text(ratio.repeated, ratio.event, ratio.per)
            rows.append([f"  {name}, people repeat", "assumed", ends, "", ratio.method])
        if ratio.per == "faces" and table.passages is not None and file.passages_per_face is not None:
            span = file.passages_per_face
            ends = span_text(table.passages, table.event, "passages")
            rows.append([f"  passage, {span.low:g} to {span.high:g} a face", "assumed", ends, "", "range"])
    title = f"{capital(words_of(table.event, file.words))} of {item.what} [{item.grade}: {item.publication}]"
    return Parts(title, RATE_COLUMNS, rows, ("method", "rate"))


def _inside(ratio: Ratio) -> str:
    if ratio.interval is None:
        return "none"
    return bound_text(ratio) or span_text(ratio.interval, ratio.event, ratio.per)


def pictured(judged: Judged) -> RateTable | None:
    """The table that a picture is of: one in which something was counted, by as many units as there are; the first of these."""

    def worth(table: RateTable) -> tuple[bool, int]:
        return table.ratios[0].top > 0, sum(ratio.interval is not None for ratio in table.ratios)

    best = max(judged.tables, key=worth, default=None)
    return best if best is not None and worth(best)[1] > 1 else None


def rates_picture(judged: Judged, file: ClaimFile, width: int) -> list[str]:
    """The same events by each unit on one axis, and the claim at its word beside; nothing where there is but one unit."""
    table = pictured(judged)
    if table is None:
        return []
    bars = [bar for ratio in table.ratios if (bar := bar_of(ratio, f"per {words_of(ratio.per, file.words, 1)}"))]
    bars += [
        Bar(f"as claimed, per {words_of(item.unit, file.words, 1)}", item.median, *item.envelope)
        for item in judged.at_its_word
    ]
    what = file.evidence[table.of].what
    head = f"The same events by each unit ({what}). o: as counted, |--|: exact 95 % interval."
    lines = strip(bars, width)
    return [head, *lines] if lines else []


def bar_of(ratio: Ratio, label: str) -> Bar | None:
    """A ratio as a bar; None without an interval."""
    if ratio.interval is None:
        return None
    return Bar(label, ratio.rate, ratio.interval.low, ratio.interval.high)


def methods_table(items: Sequence[ChangeEvidence]) -> Parts:
    """Two-sided p of a claimed fall by every method that its figures allow, for each base period."""
    bases = [f"from {whole(item.counts.before)}" for item in items]
    title = "p: how often offences would move as far, either way, if nothing had changed"
    columns = ["how", "by", "dispersion", *bases]
    return Parts(title, columns, change.method_rows(items), ("dispersion", *bases[:0:-1]))


def sight_table(items: Sequence[ChangeEvidence]) -> Parts:
    """Offences before that are needed to see the claimed fall, and what the place's own number can show."""
    bases = [f"power of {whole(item.counts.before)}" for item in items]
    columns = ["variation", "dispersion", "50 % power", "80 % power", "compared, 50 %", "compared, 80 %", *bases]
    title = f"Offences before that it takes to see a fall of {percent_text(items[0].claim.fall)}; compared: in each of two areas"
    return Parts(title, columns, change.sight_rows(items), ("dispersion", *bases[:0:-1]))


def placebo_table(item: ChangeEvidence) -> Parts:
    """Every window of wards without the cameras."""
    columns = ["window from", "wards", "fell as much", "95 %", "median change", "sd", "p", "p less trend"]
    title = "Wards without the cameras, the same months a year apart"
    return Parts(title, columns, change.placebo_rows(item), ("95 %", "sd"))


def comparison_table(judged: Judged) -> Parts:
    """Both scenarios' simulated rates and their difference."""
    extra = judged.extra
    title = f"Simulated, not recorded: per {comparison.PER[judged.unit]}"
    columns = ["", str(extra["a"]), str(extra["b"]), "difference", "95 % of pairs of campaigns"]
    return Parts(title, columns, comparison.rows(judged))


__all__ = [
    "bar_of", "comparison_table", "methods_table", "pictured", "placebo_table", "rates_picture",
    "rates_table", "sight_table",
]  # fmt: skip
