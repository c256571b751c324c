"""A claimed fall in offences in words: how often such a fall comes by itself, and what it would take to see one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.claim.kinds import ChangeClaim
from simulator.evidence.claim.fall_found import FallFound, MethodFound, p_range
from simulator.evidence.claim.words import p_text, percent_text
from simulator.evidence.numbers import count_range, number, number_range, whole
from simulator.report.page import Block, Bullets, Table, table

METHODS = {
    "exact": "exact test, if offences were independent (Poisson)",
    "before_after": "before against after, dispersion taken as known",
    "before_after_t": "the same, dispersion as estimated (t)",
    "placebo": "beside wards without the cameras",
    "placebo_trend": "the same, less the trend of those wards",
    "placebo_pooled": "beside wards without the cameras, all windows",
    "placebo_size": "the same, if small wards vary more",
}


def reading(changed: ChangeClaim) -> str:
    """What the figures are of, and whose they are."""
    which = (
        ""
        if len(changed.bases) == 1
        else " It does not say which period it counts from: each that it could mean is tried."
    )
    return (
        f"Read as a fall by {percent_text(changed.fall)} over {changed.months} months in {changed.place}. Counts after are "
        f"worked out from the claim, because it states none.{which} Source of the rest: {changed.source}."
    )


def blocks(changed: ChangeClaim, falls: Sequence[FallFound], least: float | None) -> Iterator[Block]:
    """How the claim was read, the tests of it, and what they are worth."""
    yield Bullets((reading(changed),))
    yield methods_table(falls)
    yield sight_table(falls)
    if falls[0].placebo:
        yield placebo_table(falls[0])
    # placebo wards do not depend on the base period
    said = [least_line(least), sight_line(falls), *placebo_lines(falls[0]), *own_lines(changed)]
    yield Bullets((*said, *(line for item in falls for line in chance_lines(item))))


def methods_table(falls: Sequence[FallFound]) -> Table:
    """Two-sided p of a claimed fall by every method that its figures allow, for each base period."""
    bases = [f"from {whole(item.before)}" for item in falls]
    title = "p: how often offences would move as far if nothing had changed; in brackets over the dispersion's interval"
    columns = ["how", "by", "dispersion", *bases]
    return table(title, columns, _method_rows(falls), ("dispersion", *bases[:0:-1]), prose=("how", "by"))


def _method_rows(falls: Sequence[FallFound]) -> Iterator[list[str]]:
    """What a method does, by which dispersion or window, and two-sided p for each base period; windows last, as ranges."""
    windows = len(falls[0].placebo)
    for place, method in enumerate(falls[0].methods):
        if method.method in ("placebo", "placebo_trend"):
            continue
        phi = "" if method.phi is None else number(method.phi)
        label = "" if method.label == "poisson" else method.label
        yield [METHODS[method.method], label, phi, *(_p_inside(item.methods[place]) for item in falls)]
    for name in ("placebo", "placebo_trend") if windows else ():
        p = [[method.p for method in item.methods if method.method == name] for item in falls]
        yield [METHODS[name], f"{windows} windows", "", *map(p_range, p)]


def _p_inside(method: MethodFound) -> str:
    """p, and p at both ends of the interval of a dispersion that has one."""
    inside = method.p_range if method.method == "before_after" else None
    return p_text(method.p) if inside is None else f"{p_text(method.p)} ({p_range(sorted(inside))})"


def sight_table(falls: Sequence[FallFound]) -> Table:
    """Offences before that are needed to see the claimed fall, and what the place's own number can show."""
    bases = [f"power of {whole(item.before)}" for item in falls]
    columns = ["variation", "dispersion", "50 % power", "80 % power", "compared, 50 %", "compared, 80 %", *bases]
    title = (
        f"Offences before that it takes to see a fall of {percent_text(falls[0].fall)}; compared: in each of two areas"
    )
    rows = [
        [
            "offences independent" if place == 0 else seen.label,
            number(seen.alone.phi),
            *(number(need.offences) for need in (*seen.alone.needed, *seen.compared.needed)),
            *(f"{100 * item.needed[place].alone.power:.0f} %" for item in falls),
        ]
        for place, seen in enumerate(falls[0].needed)
    ]
    return table(title, columns, rows, ("dispersion", *bases[:0:-1]), prose=("variation",))


def placebo_table(fall: FallFound) -> Table:
    """Every window of wards without the cameras: how many fell as much, and p with and without their trend."""
    columns = ["window from", "wards", "fell as much", "95 %", "median change", "sd", "p", "p less trend"]
    rows = [
        [
            f"{window.first}, {window.months} months",
            whole(window.wards),
            percent_text(window.share),
            f"{percent_text(window.share_95.low)} to {percent_text(window.share_95.high)}",
            percent_text(window.median),
            percent_text(window.sd),
            p_text(window.p),
            p_text(window.p_less_trend),
        ]
        for window in fall.placebo
    ]
    return table("Wards without the cameras, the same months a year apart", columns, rows, ("95 %", "sd"))


def sight_line(falls: Sequence[FallFound]) -> str:
    """How many offences a fall like the claimed one needs to be seen, in a sentence: least and most over dispersions."""
    first = falls[0].needed
    before = [float(item.before) for item in falls]
    measured = [seen.alone.needed for seen in first[1:] or first]
    said = " and ".join(
        f"{number_range(min(offences), max(offences))} for {percent_text(need.power)} power"
        for i, need in enumerate(first[0].alone.needed)
        for offences in [[needed[i].offences for needed in measured]]
    )
    alone = " and ".join(number(need.offences) for need in first[0].alone.needed)
    return (
        f"To see a fall of {percent_text(falls[0].fall)} at the 5 % level takes so many offences before: {said}, by the "
        f"measured variation ({alone} if offences were independent). The place had {count_range(min(before), max(before))}."
    )


def least_line(least: float | None) -> str:
    """The smallest fall that could have been told from what comes and goes."""
    tests = "by the measured variation of counts, and beside wards without the cameras"
    if least is None:
        return "With so few periods and wards to measure by no test could reach the 5 % level, however large the fall."
    return (
        f"Only a fall of {percent_text(least)} or more could be told from what comes and goes at the 5 % level {tests}."
    )


def placebo_lines(fall: FallFound) -> list[str]:
    """What all windows together are worth: they overlap and share wards."""
    pooled = fall.placebo_pooled
    if pooled is None:
        return []
    least = min((window.min_base for window in fall.placebo if window.min_base), default=None)
    let_in = f" Only wards with {whole(least)} offences or more before were let in." if least else ""
    return [
        f"Of wards without the cameras {_rounded(pooled.shares.low)} to {_rounded(pooled.shares.high)} fell by "
        f"{percent_text(fall.fall)} or more, window by window.",
        f"The {len(fall.placebo)} windows overlap and share wards: {whole(pooled.ward_windows)} ward-windows of "
        f"{whole(pooled.wards)} wards are worth {number(pooled.effective_wards.low)} to {number(pooled.effective_wards.high)} "
        f"independent wards. Of all ward-windows {_rounded(pooled.share)} fell as much (95 %: {_rounded(pooled.share_95.low)} to "
        f"{_rounded(pooled.share_95.high)}).{let_in}",
    ]


def _rounded(share: float) -> str:
    return percent_text(round(share, 3))


def chance_lines(fall: FallFound) -> list[str]:
    """How many of the places that the claim could have named fall as much though nothing changed."""
    return [
        f"Of {whole(found.places)} places that the claim could have named, about {number(found.expected)} "
        f"({number(found.range_95.low)} to {number(found.range_95.high)}) fall by {percent_text(fall.fall)} or more though "
        f"nothing changed ({'offences independent' if place == 0 else f'dispersion {number(found.phi)}'})."
        for place, found in enumerate(fall.by_chance)
    ]


def own_lines(changed: ChangeClaim) -> list[str]:
    """Earlier changes of the same place."""
    if not changed.own_changes:
        return []
    said = ", ".join(f"{words} {100 * share:+.3g} %" for words, share in changed.own_changes.items())
    return [f"The same place before: {said}."]


__all__ = ["blocks", "least_line", "placebo_lines", "sight_line"]
