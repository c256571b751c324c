"""A comparison in sentences: what B has more of, what could not be shown, and what the pairing was worth."""

from __future__ import annotations

from typing import Any

from simulator.evidence.numbers import number, number_range, whole

# A difference that rests on fewer campaigns is said to.
FEW = 20
# Ratios closer to 1 are not told: a difference says it better.
LEAST_RATIO = 0.8
# The sentences above the tables; chosen beforehand, not by what came out.
TOLD = ("wrongful_stops", "false_alerts", "listed_stopped", "arrests")


def sentence(found: dict[str, Any], measure: str) -> str:
    """State the difference in one *measure* at the inputs' values, with its error and what unknown inputs make of it."""
    item = found["measures"][measure]
    words, chance, n = item["words"], item["chance"], found["run"]["replications"]
    first, differ = words[0].upper() + words[1:], _differ(chance)
    if differ == 0 and chance["a"] == 0:
        return f"{first}: none in any campaign of A or B, which is no evidence of zero."
    if differ == 0:
        return (
            f"{first}: the same in all {whole(n)} campaigns, {number(chance['a'])} on average; a rarer one may differ."
        )
    low, high = chance["difference_95"]
    if low <= 0 <= high:
        said = f"{first}: no difference shown: {number_range(low, high)} per campaign"
    elif not chance["shown"]:
        return f"{first}: no difference shown: only {differ} of {whole(n)} campaigns differ."
    else:
        size, ends = abs(chance["difference"]), sorted((abs(low), abs(high)))
        said = f"B has {number(size)} {_more(chance['difference'])} {words} per campaign ({number_range(*ends)})"
        of_a, of_b = number(chance["a"]), number(chance["b"])
        said += f"; A has {of_a}" if of_a == of_b else f": {of_b} against {of_a}{_times(chance)}"
    if differ < FEW:
        said += f"; this rests on {differ} of {whole(n)} campaigns"
    spread = item["ignorance"]["average_95"] if chance["shown"] else None
    return f"{said}{f'; {spread_words(spread)} if the inputs differ from their best values' if spread else ''}."


def rate_sentence(found: dict[str, Any], measure: str, unit: str, per: str) -> str:
    """State the difference in one *measure* per *unit* (in words: *per*), inputs at their values."""
    rate, words = found["rates"][unit][measure]["chance"], found["measures"][measure]["words"]
    if rate is None:
        return f"Per {per}: nothing to divide by."
    low, high = rate["difference_95"]
    both = f"{number(rate['b'])} against {number(rate['a'])}"
    if low <= 0 <= high:
        return f"Per {per}: no difference in {words} shown: {number_range(low, high)} ({both})."
    ends = sorted((abs(low), abs(high)))
    size = number(abs(rate["difference"]))
    return f"Per {per}: B has {size} {_more(rate['difference'])} {words} ({number_range(*ends)}): {both}."


def _differ(compared: dict[str, Any]) -> int:
    return int(compared["campaigns"]["more"] + compared["campaigns"]["fewer"])


def _more(difference: float) -> str:
    return "more" if difference > 0 else "fewer"


def _times(chance: dict[str, Any]) -> str:
    """The ratio, where there is an interval on it and it says something that the difference does not."""
    if chance["ratio_95"] is None or LEAST_RATIO < chance["ratio"] < 1 / LEAST_RATIO:
        return ""
    return f", {number(chance['ratio'])} times as many ({number_range(*chance['ratio_95'])})"


def spread_words(ends: list[float]) -> str:
    """A range of differences in words: "2.1 to 9.8 more", or "from 0.3 fewer to 2.0 more" where the sign is open."""
    low, high = ends
    if low < 0 < high:
        return f"from {number(-low)} fewer to {number(high)} more"
    near, far = sorted((abs(low), abs(high)))
    return f"{number_range(near, far)} {_more(low + high)}"


def pairing_sentence(found: dict[str, Any]) -> str:
    """State what the same random numbers were worth, for the sentences above the tables."""
    n = found["run"]["replications"]
    said = [
        words
        for measure in TOLD
        if (words := _worth(found["measures"][measure]["chance"]["pairing"], found["measures"][measure]["words"], n))
    ]
    if not said:
        return f"A and B have the same random numbers; fewer than {FEW} campaigns differ, too few to say what that is worth."
    return f"A and B have the same random numbers. With numbers of their own, {'; '.join(said)}."


def _worth(pairing: dict[str, Any], words: str, n: int) -> str | None:
    if pairing["verdict"] in ("exact", "few"):
        return None
    if pairing["verdict"] == "unclear":
        return f"{words}: no clear gain or loss"
    unpaired = pairing["unpaired_campaigns"]
    told = f"{words}: {number(unpaired)} campaigns of each to be as sure ({number(unpaired / n)} times as many)"
    return f"{told}, so that sharing them cost something here" if pairing["verdict"] == "cost" else told


def difference_cell(compared: dict[str, Any]) -> str:
    """A difference for a table: "+0.12 (0.08 to 0.16)", "none shown: -0.02 to 0.05" or "same in all"."""
    differ = _differ(compared)
    if differ == 0:
        return "same in all"
    low, high = compared["difference_95"]
    if low <= 0 <= high:
        return f"none shown: {number_range(low, high)}"
    if not compared["shown"]:
        return f"none shown: {differ} differ"
    sign = "+" if compared["difference"] > 0 else ""
    return f"{sign}{number(compared['difference'])} ({number_range(low, high)})" + (f"†{differ}" * (differ < FEW))


__all__ = ["FEW", "TOLD", "difference_cell", "pairing_sentence", "rate_sentence", "sentence", "spread_words"]
