"""A judged claim file on one page: every claim with its verdict, and below, the same errors by every unit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from simulator.claim.evidence import GRADES
from simulator.claim.figures import words_of
from simulator.claim.models import ClaimFile
from simulator.evidence.claim.found import JudgedFile
from simulator.evidence.claim.judged import Judged
from simulator.evidence.claim.ratios import Ratio
from simulator.evidence.claim.settle import Numbers, Strength
from simulator.evidence.claim.units import pictured
from simulator.evidence.claim.verdict import NUMBERS, STRENGTHS, Verdict
from simulator.evidence.claim.words import capital, counted_text, large, out_of, rate_text, span_text
from simulator.evidence.numbers import counted
from simulator.report.figures import style
from simulator.report.figures.claim_rates import UNITS, Group, RateBar, draw_rates, fitted, height_of
from simulator.report.render.plain import JOINT, bind, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "claims"
MARK_IN, STATEMENT_IN, GAP_IN, ROW_GAP_IN, HEAD_IN = 0.38, 3.55, 0.2, 0.12, 0.62
RADIUS_IN = 0.12
FEWEST_BARS, MOST_GROUPS = 2, 6
# Stands for a space at which no line is broken.
UNBROKEN = "¬"
# A sign for whether the numbers agree, and how full its circle is for how strong that is; the words stand beside it. One colour
# for all, so that neither side of a dispute has one.
SIGNS: dict[Numbers, str] = {
    "agree": "=",
    "compatible": "≈",
    "differ": "≠",
    "published_disagree": "±",
    "not_comparable": "?",
}
FULL: dict[Strength, bool | None] = {
    "shown": True, "one_source": None, "own_count": None, "not_shown": False, "no_test": False,
}  # fmt: skip
FOOTER = (
    "Verdicts follow from the evidence by a rule that lfrsim claim prints. Sign: whether the numbers agree. Circle: full if that "
    "is shown, half full if one source or the force itself counted, empty if not shown or no test. "
    f"Grades: A is {GRADES['A']}; B is {GRADES['B']}."
)


def draw(found: JudgedFile) -> Figure:
    """Draw what was *found*: the list of verdicts, and the rates of those claims that are about errors."""
    with style.styled():
        return _draw(found)


def _draw(found: JudgedFile) -> Figure:
    rows = [_Row(judged) for judged in found.claims]
    listed = sum(row.height for row in rows)
    groups = groups_of(found)
    rates = HEAD_IN + height_of(groups) if groups else 0.0
    page = style.page(plain(found.file.title), summary(found), None, _footer(found), listed + rates)
    axes = page.axes(0, 0, page.width, listed, xlim=(0, page.width), ylim=(listed, 0))
    axes.axis("off")
    y = 0.0
    for i, row in enumerate(rows):
        if i:
            axes.plot([0, page.width], [y - ROW_GAP_IN / 2] * 2, color=style.PALE, linewidth=0.8)
        row.draw(page, axes, y)
        y += row.height
    if groups:
        page.text(0, listed + 0.1, "The same events, other denominators", style.BODY + 1, fontweight="bold")
        page.text(0, listed + 0.33, legend(groups), style.SMALL, color=style.QUIET)
        draw_rates(page, listed + HEAD_IN, groups)
    return page.figure


def legend(groups: list[Group]) -> str:
    """What the marks of the rates mean, those that are drawn."""
    bars = [bar for group in groups for bar in group.bars]
    said = ["Blue: as counted, with its exact 95 % interval."]
    if any(bar.claimed for bar in bars):
        said.append("Orange: as claimed, 95 % (thick: all counts as likely).")
    if any(bar.limit for bar in bars):
        said.append("Shaded: what the claim allows.")
    if any(bar.low <= 0 for bar in bars):
        said.append("Arrow: none counted, so any rarer is possible.")
    return " ".join(said)


def summary(found: JudgedFile) -> str:
    """Of how many claims the numbers agree, and how strong that is."""
    reached = Counter((judged.verdict.numbers, judged.verdict.strength) for judged in found.claims)
    pairs = [(numbers, strength) for numbers in NUMBERS for strength in STRENGTHS if reached[numbers, strength]]
    said = [f"{NUMBERS[pair[0]]}, {STRENGTHS[pair[1]]}: {reached[pair]}" for pair in pairs]
    who = f"{plain(found.file.said_by)}, {plain(found.file.said_on)}"
    return f"{counted(len(found.claims), 'claim')} by {who}: {'; '.join(said)}."


class _Row:
    """One claim in the list: its statement, and its verdict with the figures behind it."""

    def __init__(self, judged: Judged) -> None:
        width = style.WIDTH_IN - 2 * style.MARGIN_IN
        self.judged = judged
        self.statement = style.wrapped(plain(judged.statement), STATEMENT_IN, style.BODY)
        room = width - MARK_IN - STATEMENT_IN - GAP_IN
        self.verdict = style.wrapped(capital(plain(judged.verdict.words)), room, style.BODY, bold=True)
        bound = bind(plain(judged.key_figure)).replace(JOINT, UNBROKEN)
        self.figures = style.wrapped(bound, room, style.SMALL).replace(UNBROKEN, " ")
        right = style.height_of(self.verdict, style.BODY) + style.height_of(self.figures, style.SMALL)
        self.height = max(style.height_of(self.statement, style.BODY), right, 2 * RADIUS_IN) + ROW_GAP_IN

    def draw(self, page: style.Page, axes: Axes, top: float) -> None:
        """Draw the row from *top* inches on."""
        mark(axes, RADIUS_IN + 0.02, top + RADIUS_IN, self.judged.verdict)
        page.text(MARK_IN, top, self.statement)
        left = MARK_IN + STATEMENT_IN + GAP_IN
        page.text(left, top, self.verdict, fontweight="bold")
        down = style.height_of(self.verdict, style.BODY)
        page.text(left, top + down, self.figures, style.SMALL, color=style.QUIET)


def mark(axes: Axes, x: float, y: float, verdict: Verdict) -> None:
    """The sign of a *verdict* in a circle at *x*, *y* of inch axes: full, empty or half full."""
    from matplotlib.patches import Circle, Wedge

    full, colour = FULL[verdict.strength], style.BLUE
    axes.add_patch(
        Circle((x, y), RADIUS_IN, facecolor=colour if full else "white", edgecolor=colour, linewidth=1.8, clip_on=False)
    )
    if full is None:
        inside = 0.88 * RADIUS_IN
        axes.add_patch(Wedge((x, y), inside, 270, 90, facecolor=style.FAINT, edgecolor="none", clip_on=False))
    look: dict[str, Any] = {"ha": "center", "va": "center_baseline", "fontweight": "bold", "fontsize": style.BODY}
    axes.text(x, y + 0.005, SIGNS[verdict.numbers], color="white" if full else colour, **look)


def groups_of(found: JudgedFile) -> list[Group]:
    """The rates of claims about errors that are counted by two units or more: each event of each evidence once."""
    file = None if found.details is None else found.details.file
    if file is None:
        raise ValueError("the figure of claims needs details.json beside claims.json; read the folder with read_folder")
    groups: dict[tuple[tuple[str, str], str], Group] = {}
    for judged in found.claims:
        table = pictured(judged.rates)
        if table is None:
            continue
        ratios = [ratio for ratio in table.by_unit if ratio.per in UNITS]
        bars = [_bar(ratio, judged, file) for ratio in ratios if ratio.interval_95 is not None and ratio.rate < 1]
        if len(bars) < FEWEST_BARS:
            continue
        bars = [*_claimed(judged, file), *bars]
        what = file.evidence[table.evidence]
        of = f"{capital(words_of(table.event, file.words))}: {what.what} [{what.grade}]"
        same, group = (table.evidence, table.event), Group(plain(judged.statement), of, tuple(bars))
        # the same bars again only if the claim itself can be drawn beside them
        if any(bar.claimed or bar.limit for bar in bars):
            groups.pop((same, ""), None)
            groups[same, judged.key] = group
        elif not any(shown == same for shown, _ in groups):
            groups[same, ""] = group
    return list(groups.values())[:MOST_GROUPS]


def _bar(ratio: Ratio, judged: Judged, file: ClaimFile) -> RateBar:
    rated = file.claims[judged.key].rate
    limit = (
        rated.claimed.at_most if rated is not None and rated.per == ratio.per and rated.event == ratio.event else None
    )
    low, high = ratio.interval_95 or (0.0, 0.0)
    inside = "" if ratio.interval_95 is None else span_text(ratio.interval_95, ratio.event, ratio.per)
    if ratio.top == 0:
        inside = f"at most {rate_text(high, ratio.event, ratio.per)}, two-sided"
    label, text = f"per {words_of(ratio.per, file.words, 1)}", counted_text(ratio, file.words, short=True)
    return RateBar(label, ratio.rate, low, high, fitted(text, out_of(ratio)), inside, limit=limit)


def _claimed(judged: Judged, file: ClaimFile) -> list[RateBar]:
    """The claim at its word, as a bar of its own: the envelope thin, the mixture thick."""
    bars = []
    for item in judged.at_its_word:
        if item.per in UNITS:
            some = f"{item.fewest}" if item.fewest == item.most else f"{item.fewest} to {item.most}"
            text = f"{some} of {large(item.exposure)} as claimed"
            label = f"claimed, per {words_of(item.per, file.words, 1)}"
            inside = span_text(item.envelope_95, item.event, item.per)
            bars.append(RateBar(label, item.median, *item.envelope_95, text, inside, item.mixture_95, claimed=True))
    return bars


def _footer(found: JudgedFile) -> list[str]:
    lines = [FOOTER]
    if found.left_out is not None or any(judged.comparison for judged in found.claims):
        lines.append("What is called simulated was computed by lfrsim and is no record.")
    lines.append(f"Source of the claims: {plain(found.file.source)}. Sources of the evidence: claims.json.")
    return lines


__all__ = ["NAME", "draw"]
