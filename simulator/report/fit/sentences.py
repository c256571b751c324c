"""What a record says, in sentences that name what was counted and out of how many of what."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from simulator.evidence.fit.blocks import ExactRate, RecordBlock
from simulator.evidence.fit.counts import FEWEST_DEPLOYMENTS, CountModel
from simulator.evidence.fit.false_alerts_found import FalseAlertsFound
from simulator.evidence.fit.found import FitFound
from simulator.evidence.fit.ratios import ClusteredShare
from simulator.evidence.numbers import count_range, counted, number, number_range, one_in, whole
from simulator.report.inputs import short

MOST_LINES = 10
ENDS = {"arrests": "arrest", "other_disposal": "another disposal", "no_action": "no action"}


def zero_sentences(found: FitFound) -> Iterator[str]:
    """For every block without a false alert: what that shows, and what it does not."""
    for block in found.blocks:
        parts = [
            f"1 in {number(1 / rate.none_in_95_one_sided)} {words}"
            for name, words in (("face", "counted faces"), ("hour", "camera hours"), ("alert", "alerts"))
            if (rate := block.per.get(name)) and rate.none_in_95_one_sided
        ]
        if parts:
            n, kept = block.deployments, "kept" if found.record.skipped_rows else "there"
            yield (
                f"At {at(block.threshold)} no false alert is recorded in the {whole(n)} row{'' if n == 1 else 's'} {kept}. That "
                f"is no evidence of none to come: it is compatible with up to {', or '.join(parts)} (95 %, one-sided)."
            )


def factor_sentences(found: FitFound) -> Iterator[str]:
    """How much rarer false alerts are at the highest threshold, by every denominator at once."""
    parts = [
        f"{number(rarer.factor)} per {words} ({number_range(*rarer.interval_95)})"
        for name, words in (("hour", "camera hour"), ("alert", "alert"), ("face", "counted face"))
        if (rarer := found.rarer_at_highest.get(name))
    ]
    if parts:
        first, last = at(found.blocks[0].threshold), at(found.blocks[-1].threshold)
        yield (
            f"False alerts at {last} against those at {first}, times rarer: {'; '.join(parts)}. These are not one effect "
            f"measured thrice: lists, alerts and the count of faces changed too."
        )


def rate_sentences(found: FitFound) -> Iterator[str]:
    """One false alert in how much of what, at every threshold and with the scenario's list, as the fit has it."""
    false = found.false_alerts
    if false is None:
        return
    parts = []
    for rate in false.rates:
        low, high = rate.interval_95
        beyond = ", beyond what was observed" if rate.extrapolated else ""
        parts.append(
            f"{number(1 / high)} at {at(rate.threshold)}{beyond}"
            if rate.median is None
            else f"{at(rate.threshold)}: {number(1 / rate.median)} ({number_range(1 / high, 1 / low)}{beyond})"
        )
    others = f" instead of the record's {count_range(*false.other_lists)}" if false.other_lists else ""
    size = f" with the scenario's list of {whole(false.list_size)}{others}" if false.by_list else ""
    words = {"hours": "camera hours", "faces": "counted faces", "true-alerts": "true alerts"}[found.question.exposure]
    if false.none:
        left = whole(false.false_alerts_left_out)
        where = f" in the rows that this is from ({left} in those left out)" if false.false_alerts_left_out else ""
        yield (
            f"No false alert is recorded{where}, which gives a bound and no rate: one{size} comes in no fewer {words} than "
            f"{', '.join(parts)} (95 %, one-sided)."
        )
        return
    start = "Level and slope fitted together, one" if false.slope_learnt else "By the level fitted here, one"
    yield (
        f"{start} recorded false alert{size} comes in how many {words}? At {'; at '.join(parts)}. The table counts each "
        f"threshold alone, with the record's own lists."
    )


def slope_sentences(found: FitFound) -> Iterator[str]:
    """How false alerts fall with the threshold, and how sure that is."""
    false, question = found.false_alerts, found.question
    if false is None:
        return
    yield from _observed_slope(false, question.unit)
    if false.slope_learnt:
        yield (
            f"With what was taken for likely before ({false.slope_prior}) the slope is {false.slope.median:.1f}, 95 % "
            f"{number_range(*false.slope.interval_95)}."
        )
        yield (
            "Threshold and calendar go together in most records: whatever else changed with the threshold (cameras, sites, "
            "lists, training, a reaction to a bad month) is counted as its effect."
        )
        yield f"Counted per {question.unit}, this takes for granted {question.takes_for_granted}."
    if found.faces_unlike:
        yield (
            f"Faces per hour differ by a factor of {number(found.faces_unlike)} between the thresholds. Unless that many "
            f"more people came past, this slope is partly one of counting; --exposure hours does not depend on it."
        )
    yield question.why_the_default
    if false.widening is not None:
        yield (
            f"False alerts of single deployments are {false.dispersion:.2f} times as uneven as chance alone would make them; "
            f"intervals on false alerts would be about {100 * false.widening:.0f} % wider for it."
        )
    if false.deployments_left_out:
        yield (
            f"Left out of this, without the threshold or what false alerts are counted per: "
            f"{counted(false.deployments_left_out, 'deployment')}, with "
            f"{counted(false.false_alerts_left_out, 'false alert')}."
        )


def _observed_slope(false: FalseAlertsFound, unit: str) -> Iterator[str]:
    """The slope between the outermost thresholds, and the line through all of them."""
    pair, line, thresholds = false.lowest_against_highest, false.likeliest, false.thresholds
    if pair is not None:
        yield (
            f"From {at(thresholds[0])} to {at(thresholds[-1])} false alerts per {unit} fall by a factor of {number(pair.factor)} "
            f"({number_range(*pair.factor_95)}; {whole(false.counts[0])} against {whole(false.counts[-1])} false alerts): a "
            f"slope of {pair.slope:.1f} per unit of threshold ({number_range(*pair.interval_95)}). If nothing had changed, "
            f"counts so far apart would come with a probability of {number(pair.same_rate_p)}."
        )
    if line is not None and len(thresholds) > 2:
        expected = ", ".join(
            f"{number(mean)} at {at(t)} (seen {whole(k)})"
            for t, mean, k in zip(thresholds, line.expected_counts, false.counts, strict=True)
        )
        yield (
            f"The straight line through all {len(thresholds)} thresholds has a slope of {line.slope:.1f} ± "
            f"{line.standard_error:.1f} (maximum likelihood, standard error); it expects {expected}."
        )
        for off in false.off_the_line():
            yield (
                f"The line does not fit at {at(off.threshold)}: so many or so few false alerts ({whole(off.count)}, expected "
                f"{number(off.expected)}) come with a probability of {number(off.p)} if it holds. Chance, or something else than "
                f"the threshold, is at work there."
            )


def street_sentences(found: FitFound) -> Iterator[str]:
    """Alerts an hour, true alerts per face, and how uneven deployments are."""
    each, unconfirmed = found.per_hour, found.unconfirmed
    for words, model, spread in (
        ("Alerts", each.alerts, True),
        ("Recorded true alerts", each.true_alerts, True),
        ("Counted faces", each.faces, False),
    ):
        if model is not None:
            own = (
                "; the interval has days differ as the scenario has it, which so few cannot show" if model.own_k else ""
            )
            yield (
                f"{words} per camera hour: {number(model.rate)} ({number_range(*model.rate_95)}), {whole(model.events)} in "
                f"{number(model.hours)} hours over {counted(model.deployments, 'deployment')}{own}; {_unevenness(model, spread)}."
            )
    per_passage = found.street.faces_per_passage
    if each.faces is not None and per_passage != 1:
        yield f"Passages an hour are these faces divided by {per_passage:g}, the faces that the scenario counts per passage."
    yield from _elasticity_sentences(found)
    ratio = found.true_alerts_per_1000_faces
    if ratio is not None:
        low, high = ratio.interval_95
        told = f"{whole(unconfirmed.events)} of {whole(unconfirmed.of_true_alerts)} unconfirmed"
        hidden = f"; {told}, which may hide false ones" if unconfirmed.of_true_alerts else ""
        yield (
            f"Recorded true alerts per 1,000 counted faces: {short(ratio.value)} ({short(low)} to {short(high)}), "
            f"{whole(ratio.events)} in {whole(ratio.of)} faces{hidden}."
        )


def _elasticity_sentences(found: FitFound) -> Iterator[str]:
    """How true alerts follow footfall within sites, and why not to take the figure without sites for it."""
    each = found.footfall_elasticity
    if each.within_sites is None or each.pooled is None or not each.within_sites.settled:
        return
    within, pooled = each.within_sites, each.pooled
    since = f" since {each.since}, when the counting of faces last changed" if each.since else ""
    yield (
        f"True alerts per hour go with counted faces per hour to the power of {within.value:.2f} from day to day at one site "
        f"({number_range(*within.interval_95)}; {within.basis}{since}). An error in "
        f"counting faces pulls this down."
    )
    if within.sites > 1:
        yield (
            f"With sites not told apart it is {pooled.value:.2f} ({number_range(*pooled.interval_95)}), which takes busier sites "
            f"for busier days and is not used."
        )


def _unevenness(model: CountModel, spread: bool) -> str:
    """How deployments differ; with the *spread* of counts, which says nothing where they are as many as faces."""
    if model.deployments < FEWEST_DEPLOYMENTS:
        return "too few to say how uneven deployments are"
    if model.k is None:
        return "deployments no more uneven than chance"
    counts = f"counts vary {model.dispersion:.1f} times as much as by chance alone (variance); " if spread else ""
    low, high = model.k_95
    ends = f"at least {number(low)}" if high is None else number_range(low, high)
    return (
        f"{counts}levels of days differ by {100 / math.sqrt(model.k):.0f} % around their mean beyond chance "
        f"(shape k {number(model.k)}, {ends})"
    )


def disposal_sentences(found: FitFound) -> Iterator[str]:
    """What became of confirmed true alerts, and of false ones."""
    for name, words in ENDS.items():
        share = found.disposals.get(name)
        if share is not None:
            differ = f"; deployments differ, variance {share.dispersion:.1f} times that of chance"
            more = differ if share.dispersion > 1 else ""
            yield f"Confirmed true alerts that ended in {words}: {share_words(share)}{more}."
    if found.disposals_left_out:
        yield (
            f"Left out of these shares, because disposals do not add up to confirmed true alerts: "
            f"{counted(found.disposals_left_out, 'deployment')}."
        )
    if found.false_alerts_stopped is not None:
        yield (
            f"False alerts after which somebody was stopped, at the scenario's threshold: "
            f"{share_words(found.false_alerts_stopped)}, where the record says."
        )


def share_words(share: ClusteredShare) -> str:
    """A share with its counts and interval: "45 % (42 to 47; 747 of 1,667)"."""
    low, high = (100 * end for end in share.interval_95)
    return f"{100 * share.share:.0f} % ({low:.0f} to {high:.0f}; {whole(share.events)} of {whole(share.of)})"


def at(threshold: float) -> str:
    """A threshold as records print it: 0.60, 0.625."""
    return f"{threshold:.2f}" if round(threshold, 2) == threshold else f"{threshold:g}"


def share_cell(rate: ExactRate | None) -> str:
    """False alerts as a share of alerts, with the exact interval: "5.5 % (2.0–11.5)"; of none the one-sided bound."""
    if rate is None:
        return ""
    low, high = (100 * end for end in rate.exact_95)
    if rate.rate == 0:
        return f"none; < {number(100 * (rate.none_in_95_one_sided or 1))} %"
    return f"{number(100 * rate.rate)} % ({number(low)}–{number(high)})"


def rate_cell(rate: ExactRate | None, rows: int) -> str:
    """One false alert in how many of the denominator, with the exact interval: "1 in 148 (72–368)".

    Where not all *rows* give the denominator, how many do.
    """
    if rate is None:
        return ""
    of = f"; {whole(rate.rows)} rows" if rate.rows < rows else ""
    if rate.none_in_95_one_sided is not None:
        return f"none; < {one_in(rate.none_in_95_one_sided)}{of}"
    if rate.rate == 0:
        return f"none in {whole(rate.rows)} rows; {whole(rate.false_left_out)} in the rest"
    low, high = rate.exact_95
    return f"1 in {number(1 / rate.rate)} ({number(1 / high)}–{number(1 / low)}{of})"


def one_sided(blocks: Sequence[RecordBlock]) -> str:
    """That bounds on none are one-sided, where there are any."""
    return "; of none, one-sided" if any(not block.false_alerts for block in blocks) else ""


__all__ = [
    "at", "disposal_sentences", "factor_sentences", "one_sided", "rate_cell", "rate_sentences", "share_cell",
    "slope_sentences", "street_sentences", "zero_sentences",
]  # fmt: skip
