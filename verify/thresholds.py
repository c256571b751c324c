"""What sweep and choose print, and whether choose decides rightly: whole sweeps of the street anew for every seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from simulator.evidence.choose.asked import answered
from simulator.evidence.choose.limits import LEVEL, Limit, parse_limit
from simulator.evidence.choose.question import Question, Setting
from simulator.evidence.choose.verdicts import Verdict, Which
from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.counted.measures import NAMES
from simulator.evidence.run.rates import MEAN_LEVEL, PREDICTION_LEVEL
from simulator.evidence.statistics.draws import averages_by_draw
from simulator.evidence.sweep.surface import compute, surface_of, values_of
from simulator.experiment.axes import THRESHOLD, Axis
from simulator.experiment.sweep import Sweep, plan_sweep
from simulator.scenario.quantity import Array
from verify.printed import printed
from verify.score import Row, Scored
from verify.summaries import generator
from verify.worlds import BANK_SEED, CAMPAIGNS, SAMPLE, STREET, events, kept, true_averages

WORLD, THRESHOLDS = "street", (0.60, 0.64)
# Draws of the inputs, and campaigns of each, in the bank and in a sample of it; as many campaigns of fewer draws have more each,
# so that their average is known no better than the draws let it be.
BANK_DRAWS, BANK_EACH, DRAWS, EACH, FEW_DRAWS = 1000, 100, 60, 4, (10, 5)
# Averages by draw in which more of the variance than this is chance are not known well enough to score against.
MOST_CHANCE = 0.1
LIMITS = (
    "wrongful_stops<=", "people_wrongly_stopped<=", "wrongful_arrests<=", "liberty_lost_min<=", "listed_stopped>=",
    "wrongful_stops_per_100k_faces<=",
)  # fmt: skip
# What follows another measure from draw to draw: its average is that one's closed form, times a ratio.
LIKE = dict.fromkeys(("people_wrongly_stopped", "liberty_lost_min", "no_action_wrong_person"), "wrongful_stops")
# A limit that the truth just fails to keep lies so far from it.
JUST = 1e-6
# Where a finding has what is said to each limit.
AT_LIMITS = "presets.thresholds.limits"
ANSWERS: tuple[Which, ...] = ("on_average", "any_inputs", "one_campaign")


@dataclass(frozen=True, eq=False)
class Truth:
    """Long sweeps at THRESHOLDS: *chance* (cells, campaigns) at the medians, *drawn* (cells, draws, campaigns of each).

    *forms* are closed forms at the same draws, (cells, draws).
    """

    chance: Mapping[str, Array]
    drawn: Mapping[str, Array]
    forms: Mapping[str, Array]

    @cache  # noqa: B019  (there is one of it)
    def averages(self, measure: str, cell: int) -> Array | None:
        """True averages by draw (draws,): from the closed form where there is one, else simulated if chance is small."""
        form, values = self.forms.get(LIKE.get(measure, measure)), self.drawn[measure][cell]
        if form is not None:
            each = values.shape[1]
            found = true_averages(np.repeat(form[cell], each), values.ravel())
            return None if found is None else found[::each]
        by_draw = averages_by_draw(values)
        return by_draw.means if by_draw.chance <= MOST_CHANCE * by_draw.variance else None


@cache
def planned(replications: int, draws: int | None, crowding_out: bool = False) -> Sweep:
    """A sweep of the street over THRESHOLDS."""
    return plan_sweep(str(STREET), (), [Axis(THRESHOLD, THRESHOLDS)], 1, replications, draws, crowding_out)


def measured(sweep: Sweep) -> dict[str, Array]:
    """All measures of *sweep*, by name: (cells, replications)."""
    parts = [compute(job) for job in sweep.jobs("auto")]
    return {name: values[0] for name, values in values_of(sweep, parts, _names(parts)).items()}


def _names(parts: Sequence[Mapping[str, Array]]) -> list[str]:
    return [name for name in NAMES if name in parts[0]]


@cache
def truth(folder: Path) -> Truth:
    """The long sweeps, kept in *folder*."""

    def make() -> Truth:
        chance = replace(planned(CAMPAIGNS, None), seed=BANK_SEED)
        drawn = replace(planned(BANK_DRAWS * BANK_EACH, BANK_DRAWS), seed=BANK_SEED)
        inputs = drawn.design(drawn.points[0])
        forms = [closed_forms(drawn.scenario, inputs, cell.threshold, cell.size) for cell in drawn.cells]
        by_draw = {name: values.reshape(len(forms), BANK_DRAWS, -1) for name, values in measured(drawn).items()}
        return Truth(measured(chance), by_draw, {name: np.stack([form[name] for form in forms]) for name in forms[0]})

    return kept(folder / "thresholds.bank", make)


def sweep_scores(folder: Path, seed: int, draws: int | None) -> Iterator[Scored]:
    """Every interval of a swept surface, with or without *draws* of the inputs: its columns that end in _low and _high."""
    known, rng = truth(folder), generator(seed)
    sweep = replace(planned(SAMPLE if draws is None else DRAWS * EACH, draws), seed=seed)
    parts = [compute(job) for job in sweep.jobs("auto")]
    surface = surface_of(sweep, lambda _: parts)
    values = known.chance if draws is None else {name: v.reshape(len(v), -1) for name, v in known.drawn.items()}
    for column in (name.removesuffix("_low") for name in map(str, surface) if name.endswith("_low")):
        measure = max((name for name in NAMES if column.startswith(name)), key=len)
        kind = column[len(measure) :].strip("_") or "mean"
        for cell, threshold in enumerate(THRESHOLDS):
            column_of, one = values[measure][cell], int(rng.integers(values[measure].shape[1]))
            if kind == "step":
                # there is none to the highest threshold; the same campaigns are in both cells
                column_of = values[measure][cell] - values[measure][THRESHOLDS.index(max(THRESHOLDS))]
            if np.ptp(column_of) == 0:
                continue
            true: float | None
            if kind == "inputs":
                averages = known.averages(measure, cell)
                true = None if averages is None else float(averages[one % BANK_DRAWS])
            else:
                true = float({"mean": column_of.mean(), "step": column_of.mean(), "campaign": column_of[one]}[kind])
            if true is not None:
                low, high = float(surface[f"{column}_low"][cell]), float(surface[f"{column}_high"][cell])
                # an empty cell of the table bounds nothing: it holds nothing either
                ends = None if np.isnan([low, high]).any() else (low, high)
                level = PREDICTION_LEVEL if kind == "campaign" else MEAN_LEVEL
                often = events(measure, column_of, sweep.replications)
                world = WORLD if draws is None else f"{WORLD}, {draws} draws of the inputs"
                yield Scored(Row("sweep", kind, often, world, f"{measure} at {threshold:g}", level), ends, true)


@dataclass(frozen=True)
class Asked:
    """A *limit* that the truth at *threshold* just fails to keep, for one of the three answers (*which*)."""

    limit: Limit
    cell: int
    which: Which


@dataclass(frozen=True)
class Side:
    """What is true of the rate that a limit is about, in one cell: its *mean*, single campaigns and averages by draw."""

    mean: float
    column: Array
    single: Array
    drawn: Array
    averages: Array | None

    def just_failed(self, which: Which, at_most: bool) -> float | None:
        """A limit that is just not kept on average, by 95 % of inputs or by 95 % of campaigns; None where none is."""
        if which == "one_campaign":
            return _share_just_below(self.drawn, at_most)
        true = self.true(which, at_most)
        return None if true is None or true <= 0 else true * (1 - JUST if at_most else 1 + JUST)

    def true(self, which: Which, at_most: bool) -> float | None:
        """What the bound for an answer should not be beyond."""
        if which == "on_average":
            return self.mean
        return None if self.averages is None else float(np.quantile(self.averages, LEVEL if at_most else 1 - LEVEL))

    def keep(self, limit: Limit) -> float:
        """The share of single campaigns with inputs drawn that keep to *limit*."""
        return float(limit.kept(self.drawn).mean())


def _share_just_below(values: Array, at_most: bool) -> float | None:
    """The limit that the largest share of *values* below LEVEL keeps to."""
    distinct, number = np.unique(values, return_counts=True)
    shares = np.cumsum(number if at_most else number[::-1]) / values.size
    few = np.flatnonzero(shares < LEVEL)
    return float((distinct if at_most else distinct[::-1])[few[-1]]) if len(few) else None


@cache
def side(folder: Path, measure: str, unit: str, per: float, cell: int) -> Side:
    """What is true of *measure* for every *per* of *unit* (a campaign, or a face)."""
    known = truth(folder)
    chance, drawn = known.chance[measure][cell], known.drawn[measure][cell].ravel()
    averages = known.averages(measure, cell)
    if unit == "campaign":
        return Side(float(chance.mean()), chance, chance, drawn, averages)
    below, drawn_below = known.chance["faces"][cell] / per, known.drawn["faces"][cell].ravel() / per
    faces = known.averages("faces", cell)
    rates = None if averages is None or faces is None else averages / (faces / per)
    return Side(float(chance.mean() / below.mean()), chance, chance / below, drawn / drawn_below, rates)


@cache
def asked(folder: Path) -> tuple[Asked, ...]:
    """The limits of the question: for every measure and answer one that the truth just fails to keep, in either cell."""
    found = []
    for text in LIMITS:
        shape = parse_limit(f"{text}1")
        for which in ANSWERS:
            for cell in range(len(THRESHOLDS)):
                true = side(folder, shape.measure, shape.unit, shape.per, cell)
                value = true.just_failed(which, shape.at_most)
                if value is not None:
                    found.append(Asked(parse_limit(f"{text}{value!r}"), cell, which))
    return tuple(found)


def choose_scores(folder: Path, seed: int) -> Iterator[Scored]:
    """Figures, bounds and decisions of ``choose`` about limits that the truth just fails to keep."""
    questions, rng = asked(folder), generator(seed)
    limits = tuple(dict.fromkeys(item.limit for item in questions))
    question = Question(str(STREET), (), limits, THRESHOLDS, seed, SAMPLE, DRAWS)
    chance, ignorance = planned(SAMPLE, None), planned(DRAWS * EACH, DRAWS)
    setting = Setting("field", chance.scenario, replace(chance, seed=seed), replace(ignorance, seed=seed))
    rows = answered(question, [setting], workers=1).presets[0].thresholds
    first = {(limit.measure, limit.unit): limit for limit in reversed(limits)}.values()
    for cell, row in enumerate(rows):
        for limit, verdict in zip(limits, row.limits, strict=True):
            true = side(folder, limit.measure, limit.unit, limit.per, cell)
            about = f"{limit.measure} per {limit.unit} at {row.threshold:g}"
            often = events(limit.measure, true.column, SAMPLE)
            if any(limit is one for one in first):
                yield from _figures(verdict, limit, true, Row("choose", "", often, WORLD, about, LEVEL), rng)
            for item in questions:
                if item.limit is limit and item.cell == cell:
                    decided = Row("choose", f"{item.which}: right decisions", "", WORLD, about, LEVEL)
                    wrong = float(bool(verdict.meets[item.which]))
                    yield Scored(decided, (wrong, wrong), 0.0)


def _figures(verdict: Verdict, limit: Limit, true: Side, row: Row, rng: np.random.Generator) -> Iterator[Scored]:
    """The intervals and the one-sided bounds of one *verdict*."""
    for item in printed(verdict):
        drawn, kind = "with_ignorance" in item.fields, ".".join(item.fields)
        value: float | None = true.mean
        if item.predicts:
            value = float(rng.choice(true.drawn if drawn else true.single))
        elif item.over_inputs:
            value = None if true.averages is None else float(rng.choice(true.averages))
        if value is not None:
            yield Scored(replace(row, kind=f"{AT_LIMITS}.{kind}", level=item.level), item.interval, value)
    for which, bound in verdict.bounds.items():
        value = true.true(which, limit.at_most)
        if value is not None:
            ends = None if bound is None else (-np.inf, bound) if limit.at_most else (bound, np.inf)
            yield Scored(replace(row, kind=f"bound {which}", events=""), ends, value)
    if verdict.campaigns_that_keep is not None:
        ends = verdict.campaigns_that_keep.share_at_least, np.inf
        yield Scored(replace(row, kind="share_at_least", events=""), ends, true.keep(limit))


__all__ = ["DRAWS", "FEW_DRAWS", "choose_scores", "sweep_scores", "truth"]
