"""A judged claim file on one page: every claim with its verdict, and below, the same errors by every unit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from simulator.claim.figures import words_of
from simulator.claim.models import ClaimFile
from simulator.evidence.claim.judge import Report
from simulator.evidence.claim.judged import Judged
from simulator.evidence.claim.ratios import Ratio
from simulator.report.claim.key_figure import key_figure
from simulator.report.claim.tables import pictured
from simulator.report.claim.verdicts import verdict_text
from simulator.report.claim.words import bind, counted_text, large, out_of, quoted, rate_text, span_text, unbind
from simulator.report.figures import style
from simulator.report.figures.claim_rates import UNITS, Group, RateBar, draw_rates, fitted, height_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "claims"
MARK_IN, STATEMENT_IN, GAP_IN, ROW_GAP_IN, HEAD_IN = 0.38, 3.55, 0.2, 0.12, 0.62
RADIUS_IN = 0.12
FEWEST_BARS, MOST_GROUPS = 2, 6
# A sign and a colour for each outcome; the words stand beside it.
SIGNS = {
    "supported": ("✓", style.BLUE, True),
    "not_shown": ("", style.SKY, False),
    "another_picture": ("", style.ORANGE, None),
    "contradicted": ("✕", style.VERMILLION, True),
    "not_in_transcript": ("≠", style.PLUM, False),
    "cannot_be_tested": ("?", style.QUIET, False),
}
COUNTED = {
    "supported": "supported",
    "not_shown": "consistent but not shown",
    "another_picture": "true of one thing, another picture of another",
    "contradicted": "contradicted by the record",
    "not_in_transcript": "not matching the transcribed record",
    "cannot_be_tested": "not testable from what is public",
}
FOOTER = (
    "Verdicts follow from the evidence by a rule that lfrsim claim prints; who said it plays no part. In square brackets the "
    "grade of the evidence. A: the publisher's own document or statement, seen in a copy. B: a transcription or second-hand copy."
)


def draw(report: Report) -> Figure:
    """Draw *report*: the list of verdicts, and the rates of those claims that are about errors."""
    with style.styled():
        return _draw(report)


def _draw(report: Report) -> Figure:
    rows = [_Row(judged, report.file) for judged in report.judged]
    listed = sum(row.height for row in rows)
    groups = groups_of(report)
    rates = HEAD_IN + height_of(groups) if groups else 0.0
    page = style.page(quoted(report.file.title), summary(report), None, _footer(report), listed + rates)
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
    said = ["Dot: as counted. Line: exact 95 % interval."]
    if any(bar.claimed for bar in bars):
        said.append("Orange diamond: the claim at its word.")
    if any(bar.limit for bar in bars):
        said.append("Shaded, to the orange line: what the claim allows.")
    if any(bar.low <= 0 for bar in bars):
        said.append("Arrow: none counted, so any rarer is possible.")
    return " ".join(said)


def summary(report: Report) -> str:
    """How many claims have which outcome."""
    found: Counter[str] = Counter(judged.verdict.outcome for judged in report.judged)
    many = len(report.judged)
    said = [f"{found[outcome]} {words}" for outcome, words in COUNTED.items() if found[outcome]]
    return f"{many} claim{'s' * (many != 1)} by {quoted(report.file.said_by)}, {quoted(report.file.said_on)}: {'; '.join(said)}."


class _Row:
    """One claim in the list: its statement, and its verdict with the figures behind it."""

    def __init__(self, judged: Judged, file: ClaimFile) -> None:
        width = style.WIDTH_IN - 2 * style.MARGIN_IN
        self.judged = judged
        self.statement = style.wrapped(quoted(judged.claim.statement), STATEMENT_IN, style.BODY)
        room = width - MARK_IN - STATEMENT_IN - GAP_IN
        words = verdict_text(judged)
        self.verdict = style.wrapped(f"{words[:1].upper()}{words[1:]}", room, style.BODY, bold=True)
        self.figures = unbind(style.wrapped(bind(key_figure(judged, file)), room, style.SMALL))
        right = style.height_of(self.verdict, style.BODY) + style.height_of(self.figures, style.SMALL)
        self.height = max(style.height_of(self.statement, style.BODY), right, 2 * RADIUS_IN) + ROW_GAP_IN

    def draw(self, page: style.Page, axes: Axes, top: float) -> None:
        """Draw the row from *top* inches on."""
        mark(axes, RADIUS_IN + 0.02, top + RADIUS_IN, self.judged.verdict.outcome)
        page.text(MARK_IN, top, self.statement)
        left = MARK_IN + STATEMENT_IN + GAP_IN
        page.text(left, top, self.verdict, fontweight="bold")
        down = style.height_of(self.verdict, style.BODY)
        page.text(left, top + down, self.figures, style.SMALL, color=style.QUIET)


def mark(axes: Axes, x: float, y: float, outcome: str) -> None:
    """The sign of an *outcome* in a circle at *x*, *y* of inch axes: full, empty or half full."""
    from matplotlib.patches import Circle, Wedge

    sign, colour, full = SIGNS[outcome]
    axes.add_patch(
        Circle((x, y), RADIUS_IN, facecolor=colour if full else "white", edgecolor=colour, linewidth=1.8, clip_on=False)
    )
    if full is None:
        axes.add_patch(
            Wedge((x, y), RADIUS_IN, 90, 270, facecolor=colour, edgecolor=colour, linewidth=0.5, clip_on=False)
        )
    look: dict[str, Any] = {"ha": "center", "va": "center_baseline", "fontweight": "bold", "fontsize": style.BODY}
    axes.text(x, y + 0.005, sign, color="white" if full else colour, **look)


def groups_of(report: Report) -> list[Group]:
    """The rates of claims about errors that are counted by two units or more: each event of each evidence once."""
    found: dict[tuple[str, str], Group] = {}
    for judged in report.judged:
        table = pictured(judged)
        if table is None:
            continue
        ratios = [ratio for ratio in table.ratios if ratio.per in UNITS]
        bars = [_bar(ratio, judged, report.file) for ratio in ratios if ratio.interval is not None and ratio.rate < 1]
        if len(bars) < FEWEST_BARS:
            continue
        bars = [*_claimed(judged, report.file), *bars]
        what, event = report.file.evidence[table.of], words_of(table.event, report.file.words)
        of = f"{event[:1].upper()}{event[1:]}: {what.what} [{what.grade}]"
        before = found.get((table.of, table.event))
        # the same bars again only if the claim itself can be drawn beside them
        if before is None or any(bar.claimed or bar.limit for bar in bars):
            found[table.of, table.event] = Group(quoted(judged.claim.statement), of, tuple(bars))
    return list(found.values())[:MOST_GROUPS]


def _bar(ratio: Ratio, judged: Judged, file: ClaimFile) -> RateBar:
    rated = judged.claim.rate
    limit = (
        rated.claimed.at_most if rated is not None and rated.per == ratio.per and rated.event == ratio.event else None
    )
    low, high = ratio.interval or (0.0, 0.0)
    inside = "" if ratio.interval is None else span_text(ratio.interval, ratio.event, ratio.per)
    if ratio.top == 0:
        inside = f"at most {rate_text(high, ratio.event, ratio.per)}, two-sided"
    label, text = f"per {words_of(ratio.per, file.words, 1)}", counted_text(ratio, file.words, short=True)
    return RateBar(label, ratio.rate, low, high, fitted(text, out_of(ratio)), inside, limit=limit)


def _claimed(judged: Judged, file: ClaimFile) -> list[RateBar]:
    """The claim at its word, as a bar of its own: the envelope thin, the mixture thick."""
    bars = []
    for item in judged.at_its_word:
        if item.unit in UNITS:
            law = item.law
            some = f"{law.fewest}" if law.fewest == law.most else f"{law.fewest} to {law.most}"
            text = f"{some} of {large(law.exposure)} as claimed"
            unit = words_of(item.unit, file.words, 1)
            inside = span_text(item.envelope, item.event, item.unit)
            bars.append(
                RateBar(f"claimed, per {unit}", item.median, *item.envelope, text, inside, item.mixture, claimed=True)
            )
    return bars


def _footer(report: Report) -> list[str]:
    lines = [FOOTER]
    if report.simulated is not None or any(judged.claim.comparison for judged in report.judged):
        lines.append("What is called simulated was computed by lfrsim and is no record.")
    lines.append(f"Source of the claims: {quoted(report.file.source)}. Sources of the evidence: claims.json.")
    return lines


__all__ = ["NAME", "draw"]
