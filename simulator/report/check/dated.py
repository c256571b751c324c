"""The page of a dated forecast: what it says of stated plans, how to compute any other, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.evidence.check.baseline import BaselineByThreshold
from simulator.evidence.check.coefficients import Coefficients
from simulator.evidence.check.dated import DatedForecast, Outlook
from simulator.evidence.check.judged import Range
from simulator.evidence.check.model_parts import PARTS
from simulator.evidence.check.planned import WORDS
from simulator.evidence.numbers import counted, number, whole
from simulator.report.page import Block, Bullets, Heading, Line, Table, table

# Words of places that matter most, up or down.
MOST_WORDS = 10


def page(found: DatedForecast) -> list[Block]:
    """What, from when and from what; by month and year; how it is scored; what its maker had seen and what would change it."""
    return [
        *_head(found),
        *(block for name, lines in _plans(found).items() for block in (Heading(name), _outlook(lines))),
        Heading("Any other deployment"),
        *_function(found),
        Heading("How it will be scored"),
        Line(found.score),
        _baselines(found),
        Heading("What its maker had seen of later deployments"),
        Bullets(found.seen),
        Heading("What would change it"),
        Bullets(found.would_change),
        Heading("Known weaknesses"),
        Bullets(found.weaknesses),
    ]


def _head(found: DatedForecast) -> Iterator[Block]:
    source, assumed = found.made_from, found.assumed
    yield Line(f"{found.title}: made on {found.made}", strong=True)
    yield Line(
        f"For deployments from the day after {found.train_until} to {found.forecast_until}. Trained on "
        f"{counted(source.rows, 'row')} of {source.file} ({source.first} to {source.last}, {number(source.hours)} camera hours, "
        f"{counted(source.sites, 'site')}); SHA-256 {source.sha256}; lfrsim {found.lfrsim}."
    )
    said = [f"hours {assumed.hours.mean:g} (standard deviation {assumed.hours.sd:g})"] if assumed.hours else []
    said += [f"a list of {whole(assumed.list_size)}"] if assumed.list_size else []
    yield Line(f"A later row that prints none is taken to have {', '.join(said)} and threshold {found.threshold:g}.")


def _plans(found: DatedForecast) -> dict[str, list[Outlook]]:
    plans: dict[str, list[Outlook]] = {}
    for line in found.outlook:
        plans.setdefault(f"{line.kind.capitalize()}: {line.hours:g} hours a deployment, {line.where}", []).append(line)
    return plans


def _outlook(lines: list[Outlook]) -> Table:
    columns = [f"{words}, {what}" for words in WORDS.values() for what in ("one", "total")]

    def cells(line: Outlook) -> list[str]:
        return [
            text
            for name in WORDS
            for text in (_with(line.mean[name], line.one_90[name]), _with(line.total[name], line.total_90[name]))
        ]

    return table(
        "Mean (90 % range) of one deployment, and of all that are stated",
        ["period", "deployments", "hours", *columns],
        [[line.period, whole(line.deployments), number(line.deployments * line.hours), *cells(line)] for line in lines],
    )


def _with(mean: float, ends: Range) -> str:
    return f"{number(mean)} ({whole(ends[0])} to {whole(ends[1])})"


def _function(found: DatedForecast) -> Iterator[Block]:
    yield Line(
        "The file has the coefficients. Expected alerts (or arrests) in a deployment: hours times the exponential of their "
        "sum. Each word of a place's name counts its coefficient divided by the square root of the number of such words; a new "
        "word counts 0, with the deviation below. Counts are negative binomial. In brackets: a standard deviation."
    )
    choice = found.choice
    parts = "; ".join(PARTS[name].words for name in choice.parts)
    yield Line(f"Parts: {parts}. Chosen among {len(choice.compared)}: {choice.rule} (rule of {choice.rule_since}).")
    yield from (_coefficients(WORDS[name], model) for name, model in found.models.items())


def _coefficients(words: str, model: Coefficients) -> Table:
    items = list(zip(model.name, model.mean, model.sd, strict=True))
    of_words = sorted((item for item in items if item[0].startswith("sites:")), key=lambda item: -abs(item[1]))
    shown = [item for item in items if not item[0].startswith("sites:")] + of_words[:MOST_WORDS]
    rows = [[name.replace("sites:", "place: "), f"{mean:.2f} ({sd:.2f})"] for name, mean, sd in shown]
    for part in model.settings[0].deviation:
        mean = sum(setting.weight * setting.deviation[part] for setting in model.settings)
        rows.append([f"new {part}: deviation", f"{mean:.2f}"])
    return table(
        f"{words.capitalize()}: coefficients (the {MOST_WORDS} places that matter most of {len(of_words)} words)",
        ["coefficient", "value"],
        rows,
        notes=[
            f"overall is the log rate per hour of a van at {model.origin.hours:.3g} hours a deployment; level is where the level "
            f"stood at the last training row; kind applies to fixed cameras alone."
        ],
    )


def _baselines(found: DatedForecast) -> Table:
    rows = []
    for name, one in found.baseline.items():
        if isinstance(one, BaselineByThreshold):
            each = [(f"{WORDS[name]} at {at:g}", rate) for at, rate in zip(one.thresholds, one.at, strict=True)]
        else:
            each = [(WORDS[name], one)]
        rows += [[words, f"{rate.per_hour:.3g}", f"{rate.shape:.3g}"] for words, rate in each]
    heading = "The baseline: one rate per hour for all sites, days and kinds; of false alerts one at each threshold"
    return table(heading, ["of", "per hour", "shape"], rows)


__all__ = ["page"]
