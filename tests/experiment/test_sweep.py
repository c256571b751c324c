"""Cells of a sweep: from one draw, independent of one another, of workers, engines and order, and equal to a run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.counted.measures import measure
from simulator.evidence.counted.over_inputs import many_inputs
from simulator.evidence.run.study import run_study
from simulator.evidence.statistics.draws import averages_by_draw
from simulator.evidence.sweep.surface import compute, surface_of, values_of
from simulator.evidence.sweep.sweeping import Crew, run_sweep
from simulator.experiment import replications as replications_module
from simulator.experiment.axes import axes_of, parse_axis, settings
from simulator.experiment.replications import Cell, block_at, block_inputs, draw_block
from simulator.experiment.sweep import Sweep, latin_hypercube, plan_sweep
from simulator.response.kernel import by_kernel
from simulator.scenario import ScenarioError, load_scenario
from simulator.street.candidates import Envelope
from simulator.street.mask import FALSE_OTHER_ENTRY, alerts_at

AXES = ["recogniser.threshold=0.58,0.62,0.64", "watchlist.size=5000,16500,40000"]


def swept(*over: str, n: int = 60, **options: object) -> Sweep:
    return plan_sweep("croydon-static", [], axes_of([*(over or AXES)]), 3, n, **options)  # type: ignore[arg-type]


def values(sweep: Sweep, engine: str = "kernel") -> dict[str, np.ndarray]:
    parts = [compute(job) for job in sweep.jobs(engine)]  # type: ignore[arg-type]
    return values_of(sweep, parts, [name for name in parts[0] if name not in ("point", "cell", "replication")])


def test_cells_do_not_change_one_another() -> None:
    """One cell of a sweep equals that cell alone with the same envelope."""
    whole = swept()
    alone = swept("recogniser.threshold=0.62", "watchlist.size=16500", envelope=whole.envelope)
    at = whole.cells.index(Cell(0.62, 16500.0))
    everything, one = values(whole), values(alone)

    assert len(everything) > 50
    for name in everything:
        np.testing.assert_array_equal(everything[name][0, at], one[name][0, 0], err_msg=name)


def test_another_envelope_is_another_draw() -> None:
    """Negative control of the test above."""
    one, other = swept("recogniser.threshold=0.62"), swept("recogniser.threshold=0.62", envelope=Envelope(0.58, 40_000))
    assert not np.array_equal(values(one)["alerts"], values(other)["alerts"])


def test_a_run_equals_that_cell_of_a_sweep() -> None:
    whole = swept()
    at = whole.cells.index(Cell(0.62, 40_000.0))
    study = run_study(load_scenario("croydon-static"), 60, 3, cell=Cell(0.62, 40_000.0), envelope=whole.envelope)

    for name, swept_values in values(whole).items():
        np.testing.assert_array_equal(swept_values[0, at], study.passes["chance"][name], err_msg=name)


def test_engines_and_the_number_of_campaigns_change_nothing() -> None:
    kernel, process = values(swept()), values(swept(), "process")
    longer = values(swept(n=110))
    for name in kernel:
        np.testing.assert_array_equal(kernel[name], process[name], err_msg=name)
        np.testing.assert_array_equal(kernel[name], longer[name][:, :, :60], err_msg=name)


def test_what_cannot_alert_any_more_may_be_left_out() -> None:
    """A sweep narrows its candidates as the threshold rises; without narrowing every cell is the same."""
    sweep = swept(n=50)
    scenario = sweep.scenario
    drawn = draw_block(scenario, 3, 0, block_inputs(scenario, 3, 0, False), sweep.envelope)
    found = values(sweep)
    for at, cell in enumerate(sweep.cells):
        plain = measure(scenario, block_at(drawn, cell, 50, by_kernel, crowding_out=False))
        for name, plain_values in plain.items():
            np.testing.assert_array_equal(found[name][0, at], plain_values, err_msg=f"{name} at {cell}")


def test_large_campaigns_come_in_smaller_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replications_module, "MOST_IN_A_BLOCK", 10e6)
    short, long = swept(n=7), swept(n=20)

    assert short.block < 20
    np.testing.assert_array_equal(values(short)["alerts"], values(long)["alerts"][:, :, :7])
    monkeypatch.setattr(replications_module, "MOST_IN_A_BLOCK", 10e3)
    with pytest.raises(ScenarioError, match="simulate fewer hours"):
        swept(n=7)


def test_other_axes_use_the_same_random_numbers() -> None:
    """With other staff the same people walk past and alert; what differs is what becomes of them."""
    found = values(swept("officers.teams=1,4", "recogniser.threshold=0.60"))
    np.testing.assert_array_equal(found["passages"][0], found["passages"][1])
    total = found["alerts"] + found["passages_void"]
    np.testing.assert_array_equal(total[0], total[1])
    assert not np.array_equal(found["outcome_no_team"][0], found["outcome_no_team"][1])


@pytest.fixture(scope="module")
def counts() -> dict[tuple[float, float], tuple[np.ndarray, ...]]:
    """Candidate alerts, false and true ones, of each replication, by threshold and size."""
    scenario = load_scenario("croydon-static", ["recogniser.preset=npl"])
    drawn = draw_block(scenario, 5, 0, block_inputs(scenario, 5, 0, False), Envelope(0.58, 50_000))
    found = {}
    for threshold in (0.58, 0.60, 0.62, 0.66):
        for size in (2_000.0, 10_000.0, 50_000.0):
            alerts = alerts_at(drawn.candidates, threshold, size)
            false = alerts.truth <= FALSE_OTHER_ENTRY
            masks = (np.ones(len(alerts), dtype=bool), false, ~false)
            found[threshold, size] = tuple(np.bincount(alerts.replication[mask], minlength=50) for mask in masks)
    return found


class TestMonotone:
    """Candidate alerts never fall with a lower threshold or a longer list; stops may."""

    def test_in_the_threshold_by_truth(self, counts: dict) -> None:
        for size in (2_000.0, 10_000.0, 50_000.0):
            for low, high in ((0.58, 0.60), (0.60, 0.62), (0.62, 0.66)):
                assert np.all(counts[low, size][0] >= counts[high, size][0])
                assert np.all(counts[low, size][2] >= counts[high, size][2])

    def test_in_the_size_of_the_list(self, counts: dict) -> None:
        for threshold in (0.58, 0.60, 0.62, 0.66):
            for small, large in ((2_000.0, 10_000.0), (10_000.0, 50_000.0)):
                assert np.all(counts[threshold, small][0] <= counts[threshold, large][0])

    def test_stops_are_not_monotone(self) -> None:
        """In some campaign a lower threshold means fewer listed people stopped: the team was busy with somebody else."""
        found = values(
            plan_sweep(
                "croydon-static",
                ["officers.teams=1", "recogniser.preset=npl"],
                axes_of(["recogniser.threshold=0.58,0.60"]),
                3,
                50,
            )
        )["listed_stopped"]
        assert np.any(found[0, 0] < found[0, 1])


def test_workers_order_and_resume_leave_the_same_bytes(tmp_path: Path) -> None:
    """One worker, two, and a folder in which one part was damaged and one is missing."""
    sweep = swept(n=120)
    for name, workers in (("one", 1), ("two", 2)):
        run_sweep(sweep, tmp_path / name, "1", Crew(workers, engine="kernel"))
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(files) == 4

    def same() -> bool:
        return all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in files)

    assert same()
    damaged = tmp_path / "two" / "parts" / "part-00001.parquet"
    data = bytearray(damaged.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(bytes(data))
    (tmp_path / "two" / "parts" / "part-00002.parquet").unlink()
    assert data != (tmp_path / "one" / "parts" / "part-00001.parquet").read_bytes()

    said: list[str] = []
    run_sweep(sweep, tmp_path / "two", "1", Crew(1, engine="process"), resume=True, say=said.append)
    assert same()
    assert "part 1" in said[0]
    assert "damaged" in said[0]


def test_draws_split_chance_from_ignorance() -> None:
    """Shares of variance of a made-up measure with known parts, within bounds from the number of draws."""
    from simulator.evidence.sweep.surface import _by_draw

    rng = np.random.default_rng(11)
    draws, each = 400, 4
    made = rng.normal(10, 3, (1, draws, 1)) + rng.normal(0, 1.5, (1, draws, each))
    found = _by_draw("m", made)
    share = 1.5**2 / (1.5**2 + 3**2)
    # the standard error of a variance from n values is about sqrt(2 / n) of itself
    assert abs(found["m_chance"][0] - share) < 4 * share * (np.sqrt(2 / draws) + np.sqrt(2 / (draws * (each - 1))))
    low, high = found["m_inputs_low"][0], found["m_inputs_high"][0]
    assert abs((high - low) / (2 * 1.96 * 3) - 1) < 4 * np.sqrt(1 / draws) * 2
    # negative control: without shrinking, chance widens the spread by a factor that this bound would see in 20 campaigns
    none = _by_draw("m", rng.normal(10, 3, (1, draws, 2)))
    assert none["m_chance"][0] > 0.8
    # where chance hides what the inputs do, an interval without width would say that they do nothing
    rare = _by_draw("m", (np.arange(draws * 2) % 40 == 0).astype(float).reshape(1, draws, 2))
    assert rare["m_chance"][0] == 1
    assert np.isnan([rare["m_inputs_low"][0], rare["m_inputs_high"][0]]).all()


def test_with_draws_averages_may_lie_where_the_closed_form_and_its_ratio_say() -> None:
    """The rarest threshold borrows the ratio; the closed form is averaged over the same inputs as the campaigns."""
    sweep = plan_sweep("croydon-static", [], [parse_axis("recogniser.threshold=0.60,0.64,0.68")], 1, 120, draws=60)
    parts = [compute(job) for job in sweep.jobs("kernel")]
    surface = surface_of(sweep, lambda names: iter(parts))
    for at, cell in enumerate(sweep.cells):
        forms = closed_forms(sweep.scenario, sweep.design(sweep.points[0]), cell.threshold, cell.size)["false_alerts"]
        row = surface.iloc[at]
        assert row["false_alerts_closed"] == pytest.approx(forms.mean())
        # the range is over many inputs, not over the few draws that are simulated
        low, high = np.quantile(_many_forms(sweep, cell)["false_alerts"], [0.025, 0.975])
        assert 0.6 * low < row["false_alerts_inputs_low"] < low
        assert 0.75 * high < row["false_alerts_inputs_high"] < 1.1 * high
    # people go by the form of their stops
    wrongly, stops = surface["people_wrongly_stopped_inputs_high"], surface["wrongful_stops_inputs_high"]
    assert (np.abs(wrongly / stops - 1) < 0.3).all()
    # without a form, where chance is most of it, there is no range
    assert np.isnan(surface["no_action_stops_inputs_low"]).any() == (surface["no_action_stops_chance"] > 0.8).any()


def _many_forms(sweep: Sweep, cell: Cell) -> dict[str, np.ndarray]:
    return closed_forms(sweep.scenario, many_inputs(sweep.scenario), cell.threshold, cell.size)


def test_a_hypercube_has_one_value_in_each_stratum() -> None:
    column = latin_hypercube(1, "street.passages_per_hour", 37)
    np.testing.assert_array_equal(np.sort((column * 37).astype(int)), np.arange(37))
    assert not np.array_equal(column, latin_hypercube(1, "officers.teams", 37))


def test_the_surface_has_the_means_and_intervals_of_its_parts() -> None:
    from simulator.evidence.statistics.averages import average_interval
    from simulator.evidence.statistics.intervals import prediction_interval

    sweep = swept(n=100)
    parts = [compute(job) for job in sweep.jobs("kernel")]
    surface = surface_of(sweep, lambda names: iter(parts))
    every = values_of(sweep, parts, ["false_alerts"])["false_alerts"][0]
    for at, row in surface.iterrows():
        assert row["false_alerts"] == pytest.approx(every[at].mean())
        assert (row["false_alerts_low"], row["false_alerts_high"]) == tuple(average_interval(every[at], counts=True))
        ends = prediction_interval(every[at], 0.90)
        assert (row["false_alerts_campaign_low"], row["false_alerts_campaign_high"]) == ends


def test_campaigns_that_share_a_draw_are_one_observation_of_the_average() -> None:
    """An average over 5 draws is known as well as from 5, and they tell nothing of one campaign to come; 20 tell of both."""
    from simulator.evidence.statistics.averages import average_interval, average_of_draws

    for draws in (5, 20):
        sweep = swept("recogniser.threshold=0.60,0.64", n=200, draws=draws)
        parts = [compute(job) for job in sweep.jobs("kernel")]
        surface = surface_of(sweep, lambda names, parts=parts: iter(parts))
        every = values_of(sweep, parts, ["faces"])["faces"][0]
        for at, row in surface.iterrows():
            ends, naive = row["faces_low"], average_interval(every[at], counts=True).low
            assert ends == average_of_draws(every[at].reshape(draws, -1), counts=True).low
            # the spread of draws is several times that of chance in 10 or 40 campaigns
            assert row["faces"] - ends > 2 * (row["faces"] - naive)
            assert np.isnan(row["faces_campaign_low"]) == (draws == 5)
        # without a closed form a range that holds 95 % of averages takes 39 draws, however clear these are
        stops = values_of(sweep, parts, ["stops"])["stops"][0].reshape(len(surface), draws, -1)
        assert averages_by_draw(stops).clear.any()
        assert np.isnan(surface["stops_inputs_low"]).all()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a.b=1,2,4", (1.0, 2.0, 4.0)),
        ("a.b=4,1", (1.0, 4.0)),
        ("a.b=0.56:0.60:0.01", (0.56, 0.57, 0.58, 0.59, 0.6)),
        ("a.b=1:2:0.4", (1.0, 1.4, 1.8)),
        ("a.b=1000:50000:3log", (1000.0, 7070.0, 50000.0)),
        ("recogniser.preset=field,npl", ("field", "npl")),
    ],
)
def test_axes_are_read_as_written(text: str, values: tuple[object, ...]) -> None:
    assert parse_axis(text).values == values


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("recogniser.threshold", "must be KEY=VALUES"),
        ("a=", "must be KEY=VALUES"),
        ("a=1:2", "three parts"),
        ("a=2:1:0.1", "must rise"),
        ("a=1:2:0", "step must be above 0"),
        ("a=1:2:x", "must be a number"),
        ("a=0:2:5log", "range above 0"),
        ("a=1:2:1log", "from 2 to"),
        ("a=1,,2", "between commas"),
        ("a=1,1", "twice"),
        ("a=1,inf", r"must be finite numbers.* \(got inf\)"),
    ],
)
def test_wrong_axes_say_what_is_wrong(text: str, rule: str) -> None:
    with pytest.raises(ScenarioError, match=rule) as caught:
        parse_axis(text)
    assert "--over" in str(caught.value)


def test_axes_make_every_combination_once() -> None:
    axes = axes_of(["a=1,2", "b=3,4,5"])
    assert len({tuple(s.values()) for s in settings(axes)}) == 6
    with pytest.raises(ScenarioError, match="given twice"):
        axes_of(["a=1,2", "a=3"])
    with pytest.raises(ScenarioError, match="cells"):
        axes_of(["a=1:1000:1", "b=1:1000:1", "c=1,2"])


@pytest.mark.parametrize(
    ("over", "rule"),
    [
        ("recogniser.treshold=0.6,0.64", "treshold"),
        ("recogniser.threshold=6.4,0.6", "6.4"),
        ("recogniser.threshold=low,high", "must be numbers"),
        ("watchlist.size=0,100", r"whole number of 1 to .* \(got 0\)"),
        ("watchlist.size=100.5,200", r"whole number of 1 to .* \(got 100\.5\)"),
        ("officers.teams=-1,2", "officers.teams"),
    ],
)
def test_axes_that_the_scenario_does_not_allow(over: str, rule: str) -> None:
    with pytest.raises(ScenarioError, match=rule):
        swept(over)


def test_an_envelope_must_hold_every_cell() -> None:
    with pytest.raises(ScenarioError, match="must reach down to threshold"):
        swept(envelope=Envelope(0.60, 50_000))


def test_a_manifest_of_another_sweep_is_refused(tmp_path: Path) -> None:
    from simulator.experiment.files import OutputError

    sweep = swept("recogniser.threshold=0.62", n=50)
    run_sweep(sweep, tmp_path / "it", "1", Crew())
    for other, word in ((replace(sweep, seed=4), "seed"), (swept("recogniser.threshold=0.64", n=50), "axes")):
        with pytest.raises(OutputError, match=word):
            run_sweep(other, tmp_path / "it", "1", Crew(), resume=True)
    with pytest.raises(OutputError, match="another version"):
        run_sweep(sweep, tmp_path / "it", "2", Crew(), resume=True)
    with pytest.raises(OutputError, match="--resume"):
        run_sweep(sweep, tmp_path / "it", "1", Crew())
