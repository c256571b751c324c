"""A claimed fall in offences in words: how often such a fall comes by itself, and what it would take to see one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from simulator.claim.kinds import ChangeClaim
from simulator.evidence.claim.falls import ChangeEvidence
from simulator.evidence.claim.judged import Judged
from simulator.evidence.numbers import count_range, number, number_range, whole
from simulator.report.claim.words import p_text, percent_text

METHODS = {
    "exact": "exact test, if offences were independent (Poisson)",
    "before_after": "before against after",
    "before_after_t": "the same, dispersion as estimated",
    "with_comparison": "against the comparison area",
    "with_comparison_t": "the same, dispersion as estimated",
    "weighted_difference": "difference to the comparison area",
    "weighted_difference_t": "the same, dispersion as estimated",
    "placebo": "beside wards without the cameras",
    "placebo_trend": "the same, less the trend of those wards",
    "placebo_pooled": "beside wards without the cameras, all windows",
    "placebo_size": "the same, if small wards vary more",
}


def tested(judged: Judged) -> Mapping[str, ChangeEvidence]:
    """What was found for each base period that the claim could mean."""
    return cast(Mapping[str, ChangeEvidence], judged.extra.get("tested", {}))


def headline(judged: Judged) -> str:
    """Offences before, and p by what was measured and by what takes offences for independent, over all base periods."""
    items = list(tested(judged).values())
    measured = [method.p for item in items for method in item.methods if method.measured]
    plain = [method.p for item in items for method in item.methods if method.method == "exact"]
    before = [float(item.counts.before) for item in items]
    base = f"{count_range(min(before), max(before))} offences before"
    p = f"p = {_p_range(measured)} where variation was measured" if measured else "no variation was measured"
    return f"{base}: {p} ({_p_range(plain)} if offences were independent of each other)"


def _p_range(values: Sequence[float]) -> str:
    low, high = p_text(min(values)), p_text(max(values))
    return low if low == high else f"{low} to {high}"


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


def method_rows(items: Sequence[ChangeEvidence]) -> list[list[str]]:
    """One row per method: what it does, by which dispersion or window, and two-sided p for each base period."""
    rows = []
    windows = len(items[0].placebo)
    for place, method in enumerate(items[0].methods):
        if method.method in ("placebo", "placebo_trend"):
            continue
        phi = "" if method.test is None else number(method.test.phi)
        label = "" if method.label == "poisson" else method.label
        rows.append([METHODS[method.method], label, phi, *(p_text(item.methods[place].p) for item in items)])
    for name in ("placebo", "placebo_trend") if windows else ():
        p = [[method.p for method in item.methods if method.method == name] for item in items]
        rows.append([METHODS[name], f"{windows} windows", "", *map(_p_range, p)])
    return rows


def sight_rows(items: Sequence[ChangeEvidence]) -> list[list[str]]:
    """One row per dispersion: offences needed to see the fall, alone and with a flat comparison area, and each base's power."""
    first = items[0]
    labels = ["offences independent", *(phi.label for phi in first.claim.phis)]
    return [
        [
            label,
            number(first.sights[i].design.phi),
            *(number(count) for count in first.sights[i].needed),
            *(number(count) for count in first.sights_compared[i].needed),
            *(f"{item.sights[i].power:.0%}".replace("%", " %") for item in items),
        ]
        for i, label in enumerate(labels)
    ]


def sight_line(items: Sequence[ChangeEvidence]) -> str:
    """How many offences a fall like the claimed one needs to be seen, in a sentence: least and most over dispersions."""
    first = items[0]
    before = [float(item.counts.before) for item in items]
    measured = list(first.sights[1:]) or list(first.sights)
    said = " and ".join(
        f"{number_range(min(seen.needed[i] for seen in measured), max(seen.needed[i] for seen in measured))} for "
        f"{percent_text(power)} power"
        for i, power in enumerate(first.sights[0].powers)
    )
    alone = " and ".join(number(count) for count in first.sights[0].needed)
    return (
        f"To see a fall of {percent_text(first.claim.fall)} at the 5 % level takes so many offences before: {said}, by the "
        f"measured variation ({alone} if offences were independent). The place had {count_range(min(before), max(before))}."
    )


def least_line(judged: Judged) -> str:
    """The smallest fall that could have been told from what comes and goes; nothing for other claims."""
    if "least_fall" not in judged.extra:
        return ""
    least = judged.extra["least_fall"]
    tests = "by the measured variation of counts, and beside wards without the cameras"
    if not isinstance(least, float):
        return f"No fall, however large, could be told from what comes and goes {tests}: too little is published."
    return (
        f"Only a fall of {percent_text(least)} or more could be told from what comes and goes at the 5 % level {tests}."
    )


def placebo_rows(item: ChangeEvidence) -> list[list[str]]:
    """One row per window of wards without the cameras: how many fell as much, and p with and without their trend."""
    return [
        [
            f"{test.window.first}, {test.window.months} months",
            whole(test.window.wards),
            percent_text(test.window.share),
            f"{percent_text(test.interval.low)} to {percent_text(test.interval.high)}",
            percent_text(test.window.median),
            percent_text(test.window.sd),
            p_text(test.p),
            p_text(test.p_trend),
        ]
        for test in item.placebo
    ]


def placebo_lines(item: ChangeEvidence) -> list[str]:
    """What all windows together are worth: they overlap and share wards."""
    pooled = item.pooled
    if pooled is None:
        return []
    least = min((window.min_base for window in pooled.windows if window.min_base), default=None)
    let_in = f" Only wards with {whole(least)} offences or more before were let in." if least else ""
    shares = f"{_rounded(pooled.shares.low)} to {_rounded(pooled.shares.high)}"
    return [
        f"Of wards without the cameras {shares} fell by {percent_text(item.claim.fall)} or more, window by window.",
        f"The {len(pooled.windows)} windows overlap and share wards: {whole(pooled.ward_windows)} ward-windows of "
        f"{whole(pooled.wards)} wards are worth {number(pooled.effective.low)} to {number(pooled.effective.high)} independent "
        f"wards. Of all ward-windows {_rounded(pooled.share)} fell as much (95 %: {_rounded(pooled.interval.low)} to "
        f"{_rounded(pooled.interval.high)}).{let_in}",
    ]


def _rounded(share: float) -> str:
    return percent_text(round(share, 3))


def chance_lines(item: ChangeEvidence) -> list[str]:
    """How many of the places that the claim could have named fall as much though nothing changed."""
    labels = ["offences independent", *(f"dispersion {number(phi.value)}" for phi in item.claim.phis)]
    return [
        f"Of {whole(found.wards)} places that the claim could have named, about {number(found.expected)} "
        f"({number(found.range.low)} to {number(found.range.high)}) fall by {percent_text(found.fall)} or more though nothing "
        f"changed ({label})."
        for label, found in zip(labels, item.by_chance, strict=False)
    ]


def own_lines(changed: ChangeClaim) -> list[str]:
    """Earlier changes of the same place."""
    if not changed.own_changes:
        return []
    said = ", ".join(f"{words} {100 * share:+.3g} %" for words, share in changed.own_changes.items())
    return [f"The same place before: {said}."]


__all__ = [
    "chance_lines", "headline", "least_line", "method_rows", "own_lines", "placebo_lines", "placebo_rows", "reading",
    "sight_line", "sight_rows", "tested",
]  # fmt: skip
