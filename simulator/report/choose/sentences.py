"""What ``lfrsim choose`` says of a limit, in words: the limit itself, the answers to it, and what belongs with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from simulator.evidence.choose.answers import Answer, AnswerToAll
from simulator.evidence.choose.found import ChooseFound, LimitFound, PresetFound
from simulator.evidence.choose.verdicts import Which
from simulator.evidence.numbers import number, one_in, singular
from simulator.evidence.run.rates import Range
from simulator.experiment.axes import THRESHOLD
from simulator.report.said import PER

PLURAL = {"face": "faces counted"}
# What is simulated as a whole.
WHOLES = ("campaign", "year")
# Each question, and what its answer covers.
QUESTIONS: dict[Which, tuple[str, str]] = {
    "on_average": (
        "On average, with every input at its middle value",
        "covers neither chance nor ignorance, only the error of the simulation",
    ),
    "any_inputs": ("On average, whatever the inputs are", "covers ignorance, not chance"),
    "one_campaign": ("In a single {unit}, whatever the inputs are", "covers chance and ignorance"),
}


def question(which: Which, found: ChooseFound) -> str:
    """One of the three questions in words."""
    return QUESTIONS[which][0].format(unit=found.scenario.unit)


def at(threshold: float) -> str:
    """*threshold* with two decimals, or as many as it needs up to four."""
    return f"{threshold:.2f}" if abs(threshold * 100 - round(threshold * 100)) < 1e-6 else f"{threshold:.4g}"


def per_words(limit: LimitFound) -> str:
    """What a limit is per: "per campaign", "per 100,000 faces counted"."""
    if limit.per == 1:
        return f"per {PER.get(limit.unit, limit.unit)}"
    return f"per {limit.per:,.0f} {_plural(limit.unit)}"


def _plural(unit: str) -> str:
    return PLURAL.get(unit, f"{PER.get(unit, unit)}s")


def limit_words(limit: LimitFound) -> str:
    """The limit in words, with the number as it was typed: "at most 0.3 wrongful stops per campaign"."""
    comma = "," if "," in limit.words else ""
    most = "at most" if limit.at_most else "at least"
    words = singular(limit.words) if limit.value == 1 else limit.words
    return f"{most} {limit.value:,.10g} {words}{comma} {per_words(limit)}"


def meaning(found: ChooseFound, index: int) -> str:
    """What limit number *index* on a rate comes to: as one in so many, and in one campaign; empty if per campaign or year."""
    limit, units = found.limits[index], found.units_per_campaign(index)
    if limit.unit in WHOLES or not limit.value:
        return ""
    rate, said = limit.value / limit.per, []
    if limit.counts and rate < 0.5 and limit.unit not in ("camera_hour", "deployment"):
        said.append(f"{one_in(rate)} {_plural(limit.unit)}")
    if units:
        said.append(f"{number(rate * units)} in an average {found.scenario.unit}")
    return f"({', '.join(said)})" if said else ""


def with_preset(preset: PresetFound, before: str, after: str = "") -> str:
    """The preset's name between *before* and *after*; nothing where there is only the scenario."""
    return f"{before}preset {preset.preset}{after}" if preset.preset else ""


def answer_words(answer: Answer, compared: Sequence[float], preset: PresetFound) -> str:
    """The thresholds that meet a limit, the decisive one first, of those *compared*."""
    ends = f"from {at(compared[0])} to {at(compared[-1])}"
    if len(compared) == 1:
        return f"{at(compared[0])}, the only one compared, {'meets it' if answer.meets else 'does not meet it'}"
    if answer.meets is None or answer.edge is None:
        return f"no threshold {ends} meets it"
    low, high = map(at, answer.meets)
    edge, here, there = at(answer.edge), *(("low", "high") if answer.and_above else ("high", "low"))
    if answer.all:
        said = f"every threshold {ends} meets it; a {here}er one was not looked at"
    elif low == high:
        said = f"{edge} alone, the {there}est of those compared"
    else:
        said = f"{here}est threshold {edge} (all from {low} to {high} meet it)"
    row = preset.at(answer.edge)
    return f"extrapolated, {said}; that source has no data at {edge}" if row and not row.in_support else said


def all_words(answer: AnswerToAll, each: Sequence[Answer], found: ChooseFound) -> str:
    """The thresholds that meet all limits; where none does, whether that is for one limit or because they conflict.

    *each* are the answers to the same question, limit by limit.
    """
    compared = found.run.thresholds
    if answer.meets:
        return _range_words(answer.meets)
    if len(compared) == 1:
        return f"{at(compared[0])}, the only one compared, does not meet them all"
    said = f"no threshold from {at(compared[0])} to {at(compared[-1])} meets them all"
    unmet = [f'"{limit_words(limit)}"' for limit, one in zip(found.limits, each, strict=True) if not one.meets]
    if unmet:
        return f"{said}: none meets {', none '.join(unmet)}"
    met = "; ".join(_range_words(one.meets) for one in each if one.meets)
    return f"{said}: they conflict, each is met by some ({met})"


def _range_words(ends: Range) -> str:
    low, high = map(at, ends)
    return f"{low} to {high}" if ends[0] < ends[1] else f"{low} alone"


def notes(found: ChooseFound, index: int) -> Iterator[str]:
    """Sentences under the answers to limit number *index*: what it costs, what is close, what is not said."""
    limit, units = found.limits[index], found.units_per_campaign(index)
    if not units:
        yield f"No {found.scenario.unit} has any {_plural(limit.unit)}: there is nothing to divide by, and nothing is shown."
    if limit.assumed_zero:
        yield f"{limit.assumed_zero} is assumed to be 0, which makes this 0: that was put in, not found."
    if limit.kept_only_with_none(units):
        yield _whole_counts(limit, units, found.scenario.unit)
    yield from (_costs(found, preset, index) for preset in found.presets)
    if _by_day(found):
        yield "The deployments' own thresholds are not among these: lfrsim run shows what they bring."
    for preset in found.presets:
        for answer in preset.answers[index]:
            yield from _about(found, preset, index, answer)
    if not found.run.uncertain_inputs:
        yield "No input has an interval: whatever the inputs are says no more than their middle values."


def _whole_counts(limit: LimitFound, units: float, unit: str) -> str:
    if limit.unit in WHOLES:
        return f"Counts are whole: under a limit below 1 per {unit}, a single {unit} keeps to it only with none."
    return (
        f"Counts are whole: a single one in a {unit} of {number(units)} {_plural(limit.unit)} is already "
        f"{number(limit.per / units)} {per_words(limit)}, so a single {unit} keeps to this limit only with none."
    )


def _by_day(found: ChooseFound) -> bool:
    """Whether deployments have thresholds of their own, which are not compared."""
    return THRESHOLD in (found.scenario.replaced or ())


def _costs(found: ChooseFound, preset: PresetFound, index: int) -> str:
    """People stopped where the answers lie, and at the scenario's own threshold unless its deployments have others."""
    about, said = found.scenario, []
    own = [] if _by_day(found) else [about.threshold]
    edges = (answer.edge for answer in preset.answers[index] if answer.edge is not None)
    for threshold in dict.fromkeys([*own, *edges]):
        row = preset.at(threshold)
        if row:
            gain, cost = row.listed_stopped.mean or 0.0, row.people_wrongly_stopped.mean
            where = "the scenario's own " * any(abs(threshold - mine) < 1e-9 for mine in own) + at(threshold)
            said.append(f"{number(gain)} and {'none seen' if cost is None else number(cost)} at {where}")
    begin = f"Listed people stopped and people wrongly stopped in an average {about.unit}{with_preset(preset, ', ')}"
    if _by_day(found):
        told = f"{'; '.join(said)}, on all deployments" if said else "no threshold meets the limit"
        return f"{begin}: {told}."
    nowhere = "neither the scenario's own threshold was compared, nor does any meet the limit"
    return f"{begin}: {'; '.join(said) or nowhere}."


def _about(found: ChooseFound, preset: PresetFound, index: int, answer: Answer) -> Iterator[str]:
    """What belongs with one answer: a near miss, thresholds beyond a gap."""
    asked = question(answer.which, found) + with_preset(preset, " (", ")")
    near = found.near_miss(preset, index, answer)
    if near is not None:
        yield f"{asked}: {at(near)} does so too in these {found.scenario.unit}s, but within their error; more (-n) may settle it."
    if answer.beyond_a_gap:
        others, side = ", ".join(map(at, answer.beyond_a_gap)), "higher" if answer.and_above else "lower"
        yield f"{asked}: {others} meets it too, but not every {side} threshold does, so it does not count."


def dominated(presets: Iterable[PresetFound]) -> Iterator[str]:
    """Sentences on thresholds that another one beats on both sides."""
    for preset in presets:
        for row in preset.thresholds:
            if row.dominated_by is not None:
                yield (
                    f"{at(row.threshold)} is dominated{with_preset(preset, ' (', ')')}: {at(row.dominated_by)} stops at least as "
                    f"many listed people and no more people wrongly. Stops need not rise as the threshold falls: officers are "
                    f"busy with alerts."
                )


__all__ = [
    "QUESTIONS", "all_words", "answer_words", "at", "dominated", "limit_words", "meaning", "notes", "question",
    "with_preset",
]  # fmt: skip
