"""What a record says, in sentences that name what was counted and out of how many of what."""

from __future__ import annotations

import math
from typing import Any

from simulator.evidence.record.counts import FEWEST_DEPLOYMENTS
from simulator.report.input_words import short
from simulator.report.words import number, number_range, one_in, whole

# Faces per hour that differ by less may be other streets; by more, they are hardly the same count.
ALIKE = 2.0
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
                said.append(
                    f"At {at(block['threshold'])} no false alert is recorded. That is no evidence of none to come: it is "
                    f"compatible with up to {', or '.join(parts)} (95 %, one-sided)."
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
            uneven = f"day k {number(model['k'])}, {_ends(model['k_95'])}: levels differ by {100 / math.sqrt(model['k']):.0f} %"
            if name != "faces":
                uneven = f"variance {model['dispersion']:.1f} times that of chance; {uneven}"
        said.append(
            f"{words} per camera hour: {number(model['rate'])} ({number_range(*model['rate_95'])}), {whole(model['events'])} in "
            f"{number(model['hours'])} hours over {model['deployments']} deployments; {uneven} ({model['law']})."
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
                + (f"; deployments differ, variance {share['dispersion']:.1f} times" if share["dispersion"] > 1 else "")
                + "."
            )
    if found["disposals_left_out"]:
        said.append(
            f"{whole(found['disposals_left_out'])} deployments whose disposals do not add up to their confirmed true alerts are "
            f"left out of these shares."
        )
    stopped = found["false_alerts_stopped"]
    if stopped is not None:
        said.append(f"False alerts after which somebody was stopped: {share_words(stopped)}, where the record says.")
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
    parts = []
    for rate in false["rates"]:
        low, high = rate["interval_95"]
        beyond = ", beyond what was observed" if rate["extrapolated"] else ""
        parts.append(
            f"{at(rate['threshold'])}: {number(1 / rate['median'])} ({number_range(1 / high, 1 / low)}{beyond})"
        )
    size = f" with the scenario's list of {whole(false['list_size'])}" if false["by_list"] else ""
    words = {"hours": "camera hours", "faces": "counted faces", "true-alerts": "true alerts"}[question["exposure"]]
    start = "Level and slope fitted together, one" if false["slope_learnt"] else "By the level fitted here, one"
    return [f"{start} recorded false alert{size} comes in how many {words}? At {'; at '.join(parts)}."]


def at(threshold: float) -> str:
    """A threshold as records print it: 0.60, 0.625."""
    return f"{threshold:.2f}" if round(threshold, 2) == threshold else f"{threshold:g}"


def _ends(ends: list[float | None]) -> str:
    low, high = ends
    return f"at least {number(low or 0)}" if high is None else number_range(low or 0, high)


def rate_cell(item: dict[str, Any] | None) -> str:
    """One false alert in how many of the denominator, with the exact interval: "1 in 148 (72–368)"."""
    if item is None:
        return ""
    low, high = item["exact_95"]
    if item["rate"] == 0:
        return f"none; < {one_in(high)}"
    rarest = number(1 / low) if low > 0 else "none"
    return f"1 in {number(1 / item['rate'])} ({number(1 / high)}–{rarest})"
