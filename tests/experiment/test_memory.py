"""Blocks whose drawn inputs make some campaigns large: cut where they must be, alike everywhere, and without a change in law.

The limit is set low here, so that tests take seconds.
"""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.evidence.choose.limits import parse_limit
from simulator.evidence.choose.question import Question, settings_of
from simulator.evidence.compare.comparison import compare
from simulator.evidence.counted.measures import measure
from simulator.evidence.run.study import run_study
from simulator.evidence.sensitivity.simulated_means import simulated_means
from simulator.evidence.sweep.surface import compute, values_of
from simulator.evidence.sweep.sweeping import Crew, run_sweep
from simulator.experiment import replications as replications_module
from simulator.experiment.axes import axes_of
from simulator.experiment.campaigns import campaigns_of
from simulator.experiment.log import AlertLog
from simulator.experiment.memory import LEVELS, at_worst, busiest, cut, load_of
from simulator.experiment.pairs import pair_of
from simulator.experiment.replications import (
    Cell,
    block_at,
    block_inputs,
    block_size,
    draw_block,
    envelope_of,
    pieces_of,
)
from simulator.experiment.seeds import BLOCK
from simulator.experiment.sweep import Sweep, plan_sweep
from simulator.response.engines import engine_named
from simulator.response.kernel import by_kernel
from simulator.scenario import ScenarioError, load_scenario, shipped_scenarios
from simulator.scenario.inputs import Inputs
from simulator.street.candidates import Envelope

# At 0.58 the preset npl expects 836 alerts a campaign at the medians, and up to 44,000 with inputs drawn.
WIDE = ["recogniser.preset=npl", "recogniser.threshold=0.58"]
LOW = 55e6
THRESHOLDS = "recogniser.threshold=0.58,0.60,0.64"


def lower(monkeypatch: pytest.MonkeyPatch, most: float) -> None:
    """Pieces of *most* bytes; what a block at the medians and a single campaign may take stays as it is."""
    usual = replications_module.MOST_IN_A_BLOCK
    monkeypatch.setattr(replications_module, "LARGER", most / usual)


@pytest.fixture
def low(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit at which every block is still of 50, and some do not fit."""
    lower(monkeypatch, LOW)


def swept(*over: str, n: int = 120, draws: int = 60, **options: object) -> Sweep:
    axes = axes_of([*(over or (THRESHOLDS, "watchlist.size=5000,16500"))])
    return plan_sweep("croydon-static", WIDE, axes, 1, n, draws, **options)  # type: ignore[arg-type]


def values(sweep: Sweep, engine: str = "kernel") -> dict[str, np.ndarray]:
    parts = [compute(job) for job in sweep.jobs(engine)]  # type: ignore[arg-type]
    return values_of(sweep, parts, [name for name in parts[0] if name not in ("point", "cell", "replication")])


def same(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[name], other[name]) for name in one)


class TestCut:
    @given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60), st.integers(1, 10**6))
    @settings(derandomize=True)
    def test_every_replication_is_in_one_piece_and_no_piece_is_too_large(self, loads: list[int], most: int) -> None:
        load = np.array(loads, dtype=float)
        pieces = cut(load, most)

        assert [i for piece in pieces for i in range(piece.start, piece.stop)] == list(range(len(load)))
        assert all(load[piece].sum() <= most or piece.stop - piece.start == 1 for piece in pieces)
        # no piece could have taken the next replication as well
        for piece in pieces[:-1]:
            assert load[piece.start : piece.stop + 1].sum() > most
        assert (len(pieces) == 1) == (load.sum() <= most or len(load) == 1)

    def test_by_hand(self) -> None:
        assert cut(np.array([3.0, 3, 3, 10, 1, 1]), 6) == (slice(0, 2), slice(2, 3), slice(3, 4), slice(4, 6))


EVERYBODY_LISTED = ["watchlist.listed_per_1000_passages=999", "watchlist.true_alerts_per_1000_passages=null"]
KINDS = {
    "alerts": (["recogniser.fmr_at_anchor=3e-6"], 2),
    "matches": (["recogniser.preset=npl", "recogniser.threshold=0.52", "street.passages_per_hour=100"], 1),
    "listed trips": ([*EVERYBODY_LISTED, "recogniser.tpir_at_anchor=0.0001"], 1),
    "trips past two ends": ([*EVERYBODY_LISTED, "street.camera_ends=2", "street.share_passing_both=0.5"], 1),
    "kin": (["recogniser.kin_per_100k_passages=90000"], 1),
    "people": (["street.pool_people=1e9"], 1),
    "regulars": (["street.pool_people=1e9", "street.visit_dispersion_k=0.5"], 1),
    "look-alikes for good": (
        ["street.pool_people=1e9", "recogniser.fmr_at_anchor=1e-7", "recogniser.lookalike_persistence_same_day=1",
         "recogniser.lookalike_persistence_across_days=1", "street.passages_per_hour=10"], 1),
    "deployments": (
        ["campaign.deployments=[{date: 2026-01-01, hours: 1, count: 20000}]", "street.passages_per_hour=1"], 5),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_block_takes_no_more_than_is_counted(kind: str) -> None:
    """Peak memory against the load, for what makes campaigns large: below it, and above a seventh of it."""
    overrides, number = KINDS[kind]
    # days as they are expected: a peak can then be held against what is expected
    steady = [f"{key}=1e6" for key in LEVELS]
    scenario = load_scenario("croydon-static", [*overrides, *steady])
    inputs, envelope = block_inputs(scenario, 1, 0, False, number), envelope_of(scenario)
    load = float(load_of(scenario, inputs, envelope).sum())
    engine_named("kernel")
    tracemalloc.start()
    drawn = draw_block(scenario, 1, 0, inputs, envelope)
    measure(scenario, block_at(drawn, Cell(envelope.threshold, envelope.size), number, by_kernel))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < load
    assert peak > load / 7
    assert load > 10e6


def test_the_busiest_days_are_counted() -> None:
    """No campaign in 20,000 exceeds what is allowed for its days; the average alone would not do."""
    scenario = load_scenario("oxford-circus-2020", ["street.day_dispersion_k=0.5"])
    worst = float(busiest(scenario, block_inputs(scenario, 1, 0, False, 1))[0])
    levels = np.random.default_rng(1).gamma(0.5, 2.0, 20_000)

    assert levels.max() < worst
    # negative control
    assert levels.max() > 5


def test_a_few_regulars_among_the_listed_people_are_counted() -> None:
    """One campaign in a thousand has a hundred times the listed trips of the average where some come all the time."""
    settings = ["street.pool_people=1000", "street.visit_dispersion_k=0.01", "watchlist.listed_per_1000_passages=10"]
    own = ["watchlist.true_alerts_per_1000_passages=null", *(f"{key}=null" for key in LEVELS)]
    scenario = load_scenario("croydon-static", [*settings, *own])
    worst, alike = (
        float(busiest(given, block_inputs(given, 1, 0, False, 1))[0])
        for given in (scenario, load_scenario("croydon-static", own[1:]))
    )
    weights = np.random.default_rng(1).gamma(0.01 * 10, 10.0, 20_000)

    assert weights.max() < worst
    assert alike < 2 < weights.max()


@pytest.mark.parametrize(
    ("override", "key"),
    [
        ("street.passages_per_hour=1e7", "street.passages_per_hour"),
        ("street.pool_people=9e9", "street.pool_people"),
        ("street={passages_per_hour: 1960, visits_per_person: 1e-5}", "street.visits_per_person"),
        ("recogniser.fmr_at_anchor=0.00017", "recogniser.fmr_at_anchor"),
        ("recogniser.fmr_at_anchor=1", "recogniser.fmr_at_anchor"),
        ("campaign.deployments=[{date: 2026-01-01, hours: 6, count: 100000}]", "street.passages_per_hour"),
    ],
)
def test_a_campaign_that_does_not_fit_is_refused_by_the_input_that_makes_it_so(override: str, key: str) -> None:
    with pytest.raises(
        ScenarioError, match=rf"^croydon-static: ({key})[.:a-z_]* .*a single campaign would take up to .* fit"
    ):
        run_study(load_scenario("croydon-static", [override]), 10)


@pytest.mark.parametrize("name", shipped_scenarios())
def test_shipped_scenarios_come_in_whole_blocks(name: str) -> None:
    """Fifty campaigns at a time, as they always did: smaller blocks would be other random numbers."""
    scenario = load_scenario(name)
    assert block_size(scenario, envelope_of(scenario)) == BLOCK
    assert len(pieces_of(load_of(scenario, block_inputs(scenario, 1, 0, True), envelope_of(scenario)))) == 1


class TestSweep:
    def test_some_blocks_are_cut_and_sizes_of_blocks_are_not(self, low: None) -> None:
        sweep = swept()
        assert sweep.block == 50
        assert 0 < len(sweep.pieces) < sweep.blocks

    def test_without_draws_and_where_everything_fits_nothing_is_cut(self, low: None) -> None:
        assert swept("recogniser.threshold=0.62,0.64").pieces == {}
        assert replace(swept(), draws=None).pieces == {}

    def test_neither_engines_nor_workers_change_anything(self, low: None, tmp_path: Path) -> None:
        sweep = swept()
        assert same(values(sweep), values(sweep, "process"))
        for name, workers in (("one", 1), ("two", 2)):
            run_sweep(sweep, tmp_path / name, "1", Crew(workers, engine="kernel"))
        one = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.parquet"))
        assert len(one) == sweep.blocks
        assert all((tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes() for path in one)

    def test_cells_do_not_change_one_another(self, low: None) -> None:
        whole = swept()
        alone = swept("recogniser.threshold=0.60", "watchlist.size=16500", envelope=whole.envelope)
        at, everything, one = whole.cells.index(Cell(0.60, 16_500.0)), values(whole), values(alone)

        assert alone.pieces == whole.pieces
        for name in everything:
            np.testing.assert_array_equal(everything[name][0, at], one[name][0, 0], err_msg=name)

    def test_all_points_are_cut_where_one_must_be(self, low: None) -> None:
        """Where A has few alerts and B many, the same people walk past in both; alone, A would not be cut."""
        both = swept("recogniser.preset=field,npl", "recogniser.threshold=0.58")
        field, npl = both.points

        assert load_of(field.scenario, both.design(field), both.envelope).sum() < LOW
        assert load_of(npl.scenario, both.design(npl), both.envelope).sum() > LOW
        assert len(both.pieces) > 0
        found = values(both)
        # the footfall is the same; alerts are not
        np.testing.assert_allclose(found["passages"][0], found["passages"][1], rtol=0.02)
        assert not np.array_equal(found["alerts"][0], found["alerts"][1])

    def test_what_fits_is_drawn_as_before(self) -> None:
        """The whole block as one piece is the block, number for number; a real piece is another draw."""
        scenario = load_scenario("croydon-static")
        inputs, envelope = block_inputs(scenario, 3, 0, True), envelope_of(scenario)
        plain, whole = (draw_block(scenario, 3, 0, inputs, envelope, piece) for piece in (None, slice(0, 50)))
        half = draw_block(scenario, 3, 0, inputs, envelope, slice(0, 25))

        np.testing.assert_array_equal(plain.candidates.rows.score, whole.candidates.rows.score)
        assert not np.array_equal(plain.candidates.rows.score[:20], half.candidates.rows.score[:20])

    def test_a_cut_block_has_the_same_law(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Alerts of campaigns drawn whole and in pieces differ by chance alone: a z-test, and one that must fail."""
        whole = swept("recogniser.threshold=0.58", n=400, draws=200)
        once = values(whole)["alerts"].ravel()
        lower(monkeypatch, LOW)
        cut_up = swept("recogniser.threshold=0.58", n=400, draws=200)
        again = values(cut_up)["alerts"].ravel()
        moved = np.isin(np.arange(400) // 50, [*cut_up.pieces])

        assert 100 <= moved.sum() < 400
        np.testing.assert_array_equal(once[~moved], again[~moved])
        assert not np.array_equal(once[moved], again[moved])

        def z(one: np.ndarray, other: np.ndarray) -> float:
            # relative differences, since campaigns differ a thousandfold
            d = (one - other) / (one + other)
            return float(abs(d.mean()) / (d.std(ddof=1) / np.sqrt(len(d))))

        assert z(once[moved], again[moved]) < 4
        # negative control: 5 % more alerts are seen
        assert z(once[moved], 1.05 * again[moved]) > 4


def test_cutting_keeps_memory_within_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many bytes as a piece may hold, and a little for 50 replications; a block in one takes more."""
    scenario = load_scenario("croydon-static", WIDE)

    inputs, envelope = block_inputs(scenario, 1, 1, True), envelope_of(scenario)
    load = load_of(scenario, inputs, envelope)

    def peak(limit: float) -> tuple[float, int]:
        lower(monkeypatch, limit)
        pieces = pieces_of(load)
        tracemalloc.start()
        for piece in pieces:
            drawn = draw_block(scenario, 1, 1, inputs, envelope, piece)
            measure(scenario, block_at(drawn, Cell(0.58, 16_500.0), piece.stop - piece.start, by_kernel, False))
            del drawn
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most, len(pieces)

    small = float(load.max())
    cut_up, whole = peak(small), peak(load.sum() + 1)
    assert (cut_up[1] > 2, whole[1]) == (True, 1)
    assert cut_up[0] < small + 5e6
    assert whole[0] > 2 * cut_up[0]


class TestRun:
    def test_a_short_run_is_the_beginning_of_a_long_one(self, low: None) -> None:
        scenario = load_scenario("croydon-static", WIDE)
        logs: dict[int, list[AlertLog]] = {70: [], 210: []}
        found = {
            n: run_study(
                scenario, n, 1, sink=lambda name, log, n=n: logs[n].append(log) if name == "ignorance" else None
            )
            for n in (70, 210)
        }

        assert any(len(pieces_of(load_of(scenario, i, envelope_of(scenario)))) > 1 for i in self.inputs(scenario, 70))
        for name in ("chance", "ignorance"):
            for key, long in found[210].passes[name].items():
                np.testing.assert_array_equal(found[70].passes[name][key], long[:70], err_msg=key)
        # the log numbers campaigns through all pieces, each once
        long, short = AlertLog.join(logs[210]), AlertLog.join(logs[70])
        np.testing.assert_array_equal(
            np.bincount(long.replication, minlength=210), found[210].passes["ignorance"]["alerts"]
        )
        np.testing.assert_array_equal(short.score, long.score[long.replication < 70])

    def test_pieces_follow_one_another(self, low: None) -> None:
        scenario = load_scenario("croydon-static", WIDE)
        first = 0
        for block in campaigns_of(scenario, 1, engine=by_kernel).blocks(130, True):
            assert block.first == first
            first += block.number
        assert first == 130

    def inputs(self, scenario: object, n: int) -> list:
        return list(campaigns_of(scenario, 1).all_inputs(n))  # type: ignore[arg-type]


def test_both_sides_of_a_comparison_are_cut_alike(low: None) -> None:
    """A scenario and itself: no difference, in blocks that are cut too; and a threshold still only hides alerts."""
    a, b = (load_scenario("croydon-static", [*WIDE, *more]) for more in ([], ["recogniser.threshold=0.60"]))
    pair = pair_of(a, b)
    assert any(len(pair.pieces(1, index, True)) > 1 for index in range(2))
    nothing = compare(pair_of(a, a), 100, 1, by_kernel).passes["ignorance"]
    assert all(np.array_equal(one, other) for one, other in nothing.values())
    alerts = compare(pair, 100, 1, by_kernel).passes["ignorance"]["alerts"]
    assert np.all(alerts[0] >= alerts[1])


def test_averages_at_many_points_are_cut_too(low: None) -> None:
    """What sensitivity simulates: each point has the average of its own campaigns, in pieces as without them."""
    scenario = load_scenario("croydon-static", WIDE)
    points, envelope = block_inputs(scenario, 1, 1, True), envelope_of(scenario)
    inputs = Inputs(50, {key: np.repeat(column[25:], 2) for key, column in points.values.items()})
    pieces = pieces_of(load_of(scenario, inputs, envelope))
    counted = [
        measure(scenario, block_at(drawn, Cell(0.58, 16_500.0), piece.stop - piece.start, by_kernel, False))["alerts"]
        for piece in pieces
        for drawn in [draw_block(scenario, 1, 1, inputs, envelope, piece)]
    ]
    found = simulated_means(scenario, "alerts", 1, 2, by_kernel)(points, 0)

    assert len(found) == 50
    assert len(pieces) > 1
    np.testing.assert_array_equal(found[25:], np.concatenate(counted).reshape(25, 2).mean(axis=1))


class TestRefused:
    """A single campaign that does not fit is refused before anything is computed, with what makes it so."""

    @pytest.fixture(autouse=True)
    def narrow(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(replications_module, "MOST_IN_A_BLOCK", 1.5e6)

    def test_the_message_names_input_value_threshold_and_what_to_do(self) -> None:
        with pytest.raises(ScenarioError) as caught:
            swept("recogniser.threshold=0.58,0.60")
        said = str(caught.value)
        for words in (
            "croydon-static: recogniser.slope_per_unit: ",
            "of 60 draws of the inputs",
            "(its value is 104)",
            "at threshold 0.58 with 16,500 listed",
            "at most 3 MB fit",
            "give this input a narrower interval",
        ):
            assert words in said

    def test_the_threshold_named_is_the_lowest_that_fits(self) -> None:
        with pytest.raises(ScenarioError) as caught:
            swept("recogniser.threshold=0.58,0.64")
        lowest = float(str(caught.value).split("; take ")[1].split(" as")[0])

        assert lowest > 0.58
        swept(f"recogniser.threshold={lowest:g},0.64")
        with pytest.raises(ScenarioError):
            swept(f"recogniser.threshold={lowest - 0.01:g},0.64")

    def test_a_run_and_a_comparison_are_refused_too_and_medians_are_not(self) -> None:
        scenario = load_scenario("croydon-static", WIDE)
        assert block_size(scenario, envelope_of(scenario)) == 1
        for attempt in (
            lambda: run_study(scenario, 60, 1),
            lambda: compare(pair_of(scenario, scenario), 60, 1, by_kernel),
        ):
            with pytest.raises(ScenarioError, match=r"recogniser\.slope_per_unit"):
                attempt()
        assert swept("recogniser.threshold=0.58", draws=None).pieces == {}

    def test_choose_leaves_such_thresholds_out(self) -> None:
        limits = (parse_limit("wrongful_stops<=1"),)
        thresholds = (0.58, 0.59, 0.60, 0.64)
        found = settings_of(Question("croydon-static", tuple(WIDE), limits, thresholds, 1, 60, 60))[0][0]
        design = found.ignorance.design(found.ignorance.points[0])
        loads = [at_worst(found.scenario, design, Envelope(t, 16_500.0)).max() for t in thresholds]

        assert found.chance.thresholds == thresholds
        assert found.ignorance.thresholds == tuple(
            t for t, load in zip(thresholds, loads, strict=True) if load <= replications_module.BUSY * 1.5e6
        )
        assert len(found.ignorance.thresholds) < 4
