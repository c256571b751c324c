"""What a record says, in sentences that name what was counted and out of how many of what."""

from __future__ import annotations

import math
from typing import Any

from simulator.evidence.fit.counts import FEWEST_DEPLOYMENTS
from simulator.evidence.numbers import count_range, number, number_range, one_in, whole
from simulator.report.inputs import short

# Faces per hour that differ by less may be other streets; by more, they are hardly the same count.
ALIKE = 2.0
# A count less likely than this under a fitted line is said not to fit it.
UNLIKELY = 0.05
MOST_LINES = 10
GRADES = "Observed, not simulated, unless a line says so."
ENDS = {"arrests": "arrest", "other_disposal": "another disposal", "no_action": "no action"}


def factor_sentences(found: dict[str, Any]) -> list[str]:
    """How much rarer false alerts are at the highest threshold, by every denominator at once."""
    parts = [
        f"{number(item['factor'])} per {words} ({number_range(*item['interval_95'])})"
        for name, words in (("hour", "camera hour"), ("alert", "alert"), ("face", "counted face"))
        if (item := found["rarer_at_highest"].get(name))
    ]
    if not parts:
        return []
    first, last = found["blocks"][0]["threshold"], found["blocks"][-1]["threshold"]
    return [
        f"False alerts at {at(last)} against those at {at(first)}, times rarer: {'; '.join(parts)}. These are not one effect "
        f"measured thrice: lists, alerts and the count of faces changed too."
    ]


def slope_sentences(found: dict[str, Any]) -> list[str]:
    """How false alerts fall with the threshold, and how sure that is."""
    false, question = found["false_alerts"], found["question"]
    if false is None:
        return []
    per = f"per {question['unit']}"
    said = []
    pair, likeliest = false["lowest_against_highest"], false["likeliest"]
    first, last = false["thresholds"][0], false["thresholds"][-1]
    if pair is not None:
        k0, k1 = false["counts"][0], false["counts"][-1]
        said.append(
            f"From {at(first)} to {at(last)} false alerts {per} fall by a factor of {number(pair['factor'])} "
            f"({number_range(*pair['factor_95'])}; {whole(k0)} against {whole(k1)} false alerts): a slope of "
            f"{pair['slope']:.1f} per unit of threshold ({number_range(*pair['interval_95'])}). If nothing had changed, counts "
            f"so far apart would come with a probability of {number(pair['same_rate_p'])}."
        )
    if likeliest is not None and len(false["thresholds"]) > 2:
        fitted = ", ".join(
            f"{number(mean)} at {at(t)} (seen {whole(k)})"
            for t, mean, k in zip(false["thresholds"], likeliest["expected_counts"], false["counts"], strict=True)
        )
        said.append(
            f"The straight line through all {len(false['thresholds'])} thresholds has a slope of {likeliest['slope']:.1f} ± "
            f"{likeliest['standard_error']:.1f} (maximum likelihood, standard error); it expects {fitted}."
        )
        said += [
            f"The line does not fit at {at(t)}: so many or so few false alerts ({whole(k)}, expected {number(mean)}) come with "
            f"a probability of {number(p)} if it holds. Chance, or something else than the threshold, is at work there."
            for t, mean, k, p in zip(
                false["thresholds"],
                likeliest["expected_counts"],
                false["counts"],
                likeliest["p_of_counts"],
                strict=True,
            )
            if p < UNLIKELY
        ]
    slope = false["slope"]
    if false["slope_learnt"]:
        said.append(
            f"With what was taken for likely before ({false['slope_prior']}) the slope is {slope['median']:.1f}, 95 % "
            f"{number_range(*slope['interval_95'])}."
        )
        said.append(
            "Threshold and calendar go together in most records: whatever else changed with the threshold (cameras, sites, "
            "lists, training, a reaction to a bad month) is counted as its effect."
        )
        said.append(f"Counted {per}, this takes for granted {question['takes_for_granted']}.")
    said += _counting_changed(found)
    said.append(question["why_the_default"])
    if false["dispersion"] is not None and false["dispersion"] > 1.2:
        said.append(
            f"False alerts of single deployments are {false['dispersion']:.2f} times as uneven as chance alone would make them; "
            f"intervals on false alerts would be about {100 * (math.sqrt(false['dispersion']) - 1):.0f} % wider for it."
        )
    if false["deployments_left_out"]:
        said.append(
            f"{whole(false['deployments_left_out'])} deployments lack the threshold or what false alerts are counted per, and "
            f"are left out of this."
        )
    return said


def _counting_changed(found: dict[str, Any]) -> list[str]:
    """A warning where rates per face compare thresholds at which faces were not counted alike."""
    levels = [block["faces_per_hour"] for block in found["blocks"] if block["faces_per_hour"]]
    if found["question"]["exposure"] != "faces" or len(levels) < 2 or max(levels) < ALIKE * min(levels):
        return []
    return [
        f"Faces per hour differ by a factor of {number(max(levels) / min(levels))} between the thresholds. Unless that many "
        f"more people came past, this slope is partly one of counting; --exposure hours does not depend on it."
    ]


def zero_sentences(found: dict[str, Any]) -> list[str]:
    """For every block without a false alert: what that shows, and what it does not."""
    said = []
    for block in found["blocks"]:
        if block["false_alerts"] == 0:
            parts = [
                f"1 in {number(1 / item['none_in_95_one_sided'])} {words}"
                for name, words in (("face", "counted faces"), ("hour", "camera hours"), ("alert", "alerts"))
                if (item := block["per"].get(name)) and item["none_in_95_one_sided"]
            ]
            if parts:
                n, kept = block["deployments"], "kept" if found["record"]["skipped_rows"] else "there"
                rows = f"{whole(n)} row{'' if n == 1 else 's'} {kept}"
                said.append(
                    f"At {at(block['threshold'])} no false alert is recorded in the {rows}. That is no evidence of none to come: "
                    f"it is compatible with up to {', or '.join(parts)} (95 %, one-sided)."
                )
    return said


def street_sentences(found: dict[str, Any]) -> list[str]:
    """Alerts an hour, true alerts per face, and how uneven deployments are."""
    said = []
    for name, words in (("alerts", "Alerts"), ("true_alerts", "Recorded true alerts"), ("faces", "Counted faces")):
        model = found["per_hour"][name]
        if model is None:
            continue
        if model["deployments"] < FEWEST_DEPLOYMENTS:
            uneven = "too few to say how uneven deployments are"
        elif model["law"] == "Poisson":
            uneven = "deployments no more uneven than chance"
        else:
            uneven = (
                f"levels of days differ by {100 / math.sqrt(model['k']):.0f} % around their mean beyond chance (shape k "
                f"{number(model['k'])}, {_ends(model['k_95'])})"
            )
            if name != "faces":
                uneven = f"counts vary {model['dispersion']:.1f} times as much as by chance alone (variance); {uneven}"
        said.append(
            f"{words} per camera hour: {number(model['rate'])} ({number_range(*model['rate_95'])}), {whole(model['events'])} in "
            f"{number(model['hours'])} hours over {model['deployments']} deployments; {uneven}; {model['law']}."
        )
    ratio = found["true_alerts_per_1000_faces"]
    if ratio is not None:
        unconfirmed = found["unconfirmed"]
        low, high = ratio["interval_95"]
        said.append(
            f"Recorded true alerts per 1,000 counted faces: {short(ratio['value'])} ({short(low)} to {short(high)}), "
            f"{whole(ratio['events'])} in {whole(ratio['of'])} faces; {whole(unconfirmed['events'])} of "
            f"{whole(unconfirmed['of_true_alerts'])} unconfirmed, which may hide false ones."
        )
    return said


def disposal_sentences(found: dict[str, Any]) -> list[str]:
    """What became of confirmed true alerts, and of false ones."""
    said = []
    for name, words in ENDS.items():
        share = found["disposals"].get(name)
        if share is not None:
            said.append(
                f"Confirmed true alerts that ended in {words}: {share_words(share)}"
                + (
                    f"; deployments differ, variance {share['dispersion']:.1f} times that of chance"
                    if share["dispersion"] > 1
                    else ""
                )
                + "."
            )
    if found["disposals_left_out"]:
        said.append(
            f"{whole(found['disposals_left_out'])} deployments whose disposals do not add up to their confirmed true alerts are "
            f"left out of these shares."
        )
    stopped = found["false_alerts_stopped"]
    if stopped is not None:
        said.append(
            f"False alerts after which somebody was stopped, at the scenario's threshold: {share_words(stopped)}, where "
            f"the record says."
        )
    return said


def share_words(share: dict[str, Any]) -> str:
    """A share with its counts and interval: "45 % (42 to 47; 747 of 1,667)"."""
    low, high = (100 * end for end in share["interval_95"])
    return f"{100 * share['share']:.0f} % ({low:.0f} to {high:.0f}; {whole(share['events'])} of {whole(share['of'])})"


def rate_sentences(found: dict[str, Any]) -> list[str]:
    """One false alert in how much of what, at every threshold and with the scenario's list, as the fit has it."""
    false, question = found["false_alerts"], found["question"]
    if false is None:
        return []
    parts, none = [], not any(false["counts"])
    for rate in false["rates"]:
        low, high = rate["interval_95"]
        beyond = ", beyond what was observed" if rate["extrapolated"] else ""
        parts.append(
            f"{number(1 / high)} at {at(rate['threshold'])}{beyond}"
            if none
            else f"{at(rate['threshold'])}: {number(1 / rate['median'])} ({number_range(1 / high, 1 / low)}{beyond})"
        )
    size = f" with the scenario's list of {whole(false['list_size'])}{_instead(false)}" if false["by_list"] else ""
    words = {"hours": "camera hours", "faces": "counted faces", "true-alerts": "true alerts"}[question["exposure"]]
    if none:
        return [
            f"No false alert is recorded, which gives a bound and no rate: one{size} comes in no fewer {words} than "
            f"{', '.join(parts)} (97.5 %, one-sided)."
        ]
    start = "Level and slope fitted together, one" if false["slope_learnt"] else "By the level fitted here, one"
    return [f"{start} recorded false alert{size} comes in how many {words}? At {'; at '.join(parts)}."]


def _instead(false: dict[str, Any]) -> str:
    """The record's own lists, where they are others: why this line differs from the table above it."""
    sizes = false["record_list_sizes"]
    if not sizes or sizes == [false["list_size"]] * 2:
        return ""
    return f" instead of the record's {count_range(*sizes)}"


def at(threshold: float) -> str:
    """A threshold as records print it: 0.60, 0.625."""
    return f"{threshold:.2f}" if round(threshold, 2) == threshold else f"{threshold:g}"


def _ends(ends: list[float | None]) -> str:
    low, high = ends
    return f"at least {number(low or 0)}" if high is None else number_range(low or 0, high)


def share_cell(item: dict[str, Any] | None) -> str:
    """False alerts as a share of alerts, with the exact interval: "5.5 % (2.0–11.5)"; at none its upper end."""
    if item is None:
        return ""
    low, high = (100 * end for end in item["exact_95"])
    if item["rate"] == 0:
        return f"none; < {number(high)} %"
    return f"{number(100 * item['rate'])} % ({number(low)}–{number(high)})"


def left_out_words(record: dict[str, Any]) -> str:
    """Which lines were left out for their mistakes, and the false alerts that went with them."""
    lines, false = record["skipped_lines"], record["skipped_false_alerts"]
    many = len(lines) != 1
    what = f"{whole(len(lines))} rows with mistakes were" if many else "1 row with a mistake was"
    more = f" and {whole(len(lines) - MOST_LINES)} more" if len(lines) > MOST_LINES else ""
    listed = f"line{'s' if many else ''} {', '.join(map(str, lines[:MOST_LINES]))}{more}"
    these = "these rows" if many else "this row"
    if false["rows"] == 0:
        lost = f"How many false alerts {these} had cannot be read"
    else:
        of = these if false["rows"] == len(lines) else f"the {false['rows']} of them whose count can be read"
        k = false["events"]
        lost = (
            f"The {whole(k)} false alerts of {of} are in no figure here"
            if k > 1
            else f"No false alert is recorded in {of}"
        )
        lost = f"The false alert of {of} is in no figure here" if k == 1 else lost
    return f"{what} left out (--skip-bad): {listed}. {lost}."


def rate_cell(item: dict[str, Any] | None) -> str:
    """One false alert in how many of the denominator, with the exact interval: "1 in 148 (72–368)"."""
    if item is None:
        return ""
    low, high = item["exact_95"]
    if item["rate"] == 0:
        return f"none; < {one_in(high)}"
    rarest = number(1 / low) if low > 0 else "none"
    return f"1 in {number(1 / item['rate'])} ({number(1 / high)}–{rarest})"
