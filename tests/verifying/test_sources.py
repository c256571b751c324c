"""Intervals are found by their names, banks are whole worlds, and a run that was stopped ends as one that was not."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from simulator.evidence.run.study import CHANCE, IGNORANCE
from verify import beside, summaries, thresholds, worlds
from verify.coverage import CHUNK, collect, pieces
from verify.covered import COMMANDS, LEFT_OUT, not_covered
from verify.printed import declared, printed
from verify.score import FEWEST, Tallies, Tally

FEW = 211


@dataclass(frozen=True)
class Part:
    key: str
    new: float
    new_95: tuple[float, float] | None
    bound_95: tuple[float, float | None]


@dataclass(frozen=True)
class Whole:
    words_95: str
    parts: tuple[Part, ...]
    by_name: Mapping[str, Part]


def test_a_new_interval_is_found_by_its_name_beside_its_estimate() -> None:
    part = Part("a", 1.5, (1.0, 2.0), (0.5, None))
    found = {item.path: item for item in printed(Whole("words", (part,), {"b": Part("x", 2.5, None, (0.0, 1.0))}))}

    assert set(found) == {(("parts", name), ("a",)) for name in ("new_95", "bound_95")} | {
        (("by_name", name), ("b",)) for name in ("new_95", "bound_95")
    }
    assert found[("parts", "new_95"), ("a",)].estimate == 1.5
    assert found[("parts", "bound_95"), ("a",)].interval == (0.5, np.inf)
    assert found[("by_name", "new_95"), ("b",)].interval is None


@dataclass(frozen=True)
class Compared:
    difference: float
    difference_95: tuple[float, float]
    ratio: float | None
    ratio_95: tuple[float, float] | None


def test_what_is_not_estimable_has_no_truth_and_not_that_of_its_neighbour() -> None:
    found = {item.name: item.estimate for item in printed(Compared(-0.5, (-1.0, 0.0), None, None))}

    assert found == {"difference_95": -0.5, "ratio_95": None}


def test_what_findings_declare_is_read_from_their_types() -> None:
    intervals = declared()

    assert ("RunFound", "rates.with_ignorance.average_95") in intervals
    assert ("CompareFound", "measures.chance.ratio_95") in intervals
    assert not any(fields.startswith("intervals.") for _, fields in intervals), "words are no intervals"


@pytest.fixture
def few_campaigns(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (worlds, summaries, beside):
        monkeypatch.setattr(module, "CAMPAIGNS", FEW)


@pytest.mark.usefixtures("few_campaigns")
def test_a_sample_is_of_whole_campaigns(tmp_path: Path) -> None:
    bank = worlds.study_bank("rare", tmp_path)
    picked = np.array([5, 5, 200])
    sample = worlds.sample(bank, picked)

    assert sample.replications == 3
    for name in (CHANCE, IGNORANCE):
        assert sample.passes[name]["alerts"].tolist() == bank.passes[name]["alerts"][picked].tolist()
    assert sample.expected_drawn["alerts"].tolist() == bank.expected_drawn["alerts"][picked].tolist()
    assert sample.expected == bank.expected


@pytest.mark.usefixtures("few_campaigns")
def test_the_truth_is_what_the_whole_bank_says(tmp_path: Path) -> None:
    bank = summaries.run_bank("rare", tmp_path)
    scored = {(one.row.kind, one.row.of): one for one in bank.scores(1)}
    values = bank.bank.passes[CHANCE]["stops"]

    assert scored["measures.mean_95", "stops"].truth == pytest.approx(values.mean())
    assert scored["measures.campaign_90", "stops"].truth in values
    assert scored["rates.mean_95", "arrests per stop"].row.level == 0.95
    assert not any(kind == "inputs.interval_95" for kind, _ in scored), "what the user states is not scored"
    assert [one.truth for one in bank.scores(1)] == [one.truth for one in bank.scores(1)]


@pytest.mark.usefixtures("few_campaigns")
@pytest.mark.parametrize("bank_of", [lambda folder: summaries.run_bank("rare", folder),
                                     lambda folder: summaries.compare_bank("rare, threshold", folder)])  # fmt: skip
def test_a_single_campaign_is_held_against_what_a_run_of_it_alone_prints(
    tmp_path: Path, bank_of: Callable[[Path], summaries.Bank]
) -> None:
    bank, other = bank_of(tmp_path), 17
    # a mean of one campaign alone would have no interval
    alone = [item for item in printed(bank.summed(worlds.sample(bank.bank, np.array([other, other])))) if item.predicts]
    told = [item for item in alone if item.estimate is not None and not item.name.startswith("with_ignorance")]

    assert len(told) > 100
    for item in told:
        single = float(bank.single(item)[other])
        assert single == pytest.approx(item.estimate) or (not np.isfinite(single) and item.interval is None), item.path


def test_true_averages_follow_the_form_and_the_ratio_of_totals() -> None:
    rng = np.random.default_rng(1)
    form = rng.lognormal(0.0, 0.5, 40_000)
    # two in five are lost where the form is large, as in a queue
    truth = form * np.where(form > 1, 0.6, 1.0)
    found = worlds.true_averages(form, rng.poisson(truth).astype(float))

    assert found is not None
    # 2,000 draws in a bin of mean 0.6 or more: 3 % is one standard error, and the bin in the middle is mixed
    assert np.quantile(np.abs(found / truth - 1), 0.9) < 0.12
    assert worlds.true_averages(form, np.zeros_like(form)) is None


def test_a_cell_that_is_left_empty_is_no_interval(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """5 draws promise nothing of one campaign: an empty cell would hold any truth, as nothing lies beyond it."""
    for name, value in (("CAMPAIGNS", 60), ("BANK_DRAWS", 20), ("BANK_EACH", 3)):
        monkeypatch.setattr(thresholds, name, value)
    thresholds.truth.cache_clear()
    scored = list(thresholds.sweep_scores(tmp_path, 1, draws=5))
    thresholds.truth.cache_clear()
    single = [one for one in scored if one.row.kind == "campaign"]

    assert single
    assert all(one.interval is None for one in single)
    means = [one.interval for one in scored if one.row.kind == "mean"]
    assert sum(one is not None for one in means) > len(means) / 2
    assert {one.row.world for one in scored} == {"street, 5 draws of the inputs"}


@pytest.mark.parametrize(("at_most", "limit"), [(True, 1.0), (False, 2.0)])
def test_a_limit_that_just_too_few_campaigns_keep(at_most: bool, limit: float) -> None:
    values = np.repeat([0.0, 1.0, 2.0, 3.0], [10, 80, 7, 3] if at_most else [3, 7, 80, 10])

    found = thresholds._share_just_below(values, at_most)

    assert found == limit
    assert np.mean(values <= limit if at_most else values >= limit) < 0.95


def test_a_run_that_was_stopped_goes_on_and_ends_alike(tmp_path: Path) -> None:
    seeds = CHUNK + 10
    whole = collect(["exact"], seeds, tmp_path / "whole", 1)
    collect(["exact"], CHUNK, tmp_path / "stopped", 1)
    (kept,) = (tmp_path / "stopped").glob("*.json")
    before = kept.stat().st_mtime_ns
    gone_on = collect(["exact"], seeds, tmp_path / "stopped", 1)

    assert gone_on == whole
    assert kept.stat().st_mtime_ns == before
    assert {tally.given + tally.absent for tally in whole.of.values()} == {seeds}
    assert len(pieces(["exact"], seeds)) == len(list((tmp_path / "whole").glob("*.json")))


def test_what_is_kept_is_taken_as_it_is(tmp_path: Path) -> None:
    collect(["exact"], CHUNK, tmp_path, 1)
    (kept,) = tmp_path.glob("*.json")
    data = json.loads(kept.read_text("utf-8"))
    data[0]["below"] += 7
    kept.write_text(json.dumps(data), "utf-8")
    again = collect(["exact"], CHUNK, tmp_path, 1)

    assert next(iter(again.of.values())).below == data[0]["below"]


def test_every_finding_is_of_a_command_that_is_scored_or_left_out_for_a_reason() -> None:
    left_out = {finding for finding, fields in LEFT_OUT if fields == "*"}

    assert {finding for finding, _ in declared()} <= {*COMMANDS, *left_out}


@pytest.mark.usefixtures("few_campaigns")
def test_every_interval_of_a_run_is_scored_or_left_out_for_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # true averages by draw want more events than so few campaigns have
    monkeypatch.setattr(worlds, "EACH", 20)
    of_run = [(finding, fields) for finding, fields in declared() if finding == "RunFound"]
    scored = Tallies()
    for one in (*summaries.run_bank("croydon", tmp_path).scores(1), *beside.beside_scores(tmp_path, 1)):
        scored.of[one.row] = Tally(given=FEWEST)

    assert not not_covered(scored, of_run)
    without = Tallies({row: tally for row, tally in scored.of.items() if row.kind != "alternatives.factor_95"})
    assert not_covered(without, of_run) == ["RunFound: alternatives.factor_95"]
