"""The figures of a sweep: iso-lines where they belong, zeros never as 0, and records as they were printed."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.text
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from simulator.evidence.about.header import Header
from simulator.evidence.about.support import Support
from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.counted.measures import NAMES
from simulator.evidence.numbers import number
from simulator.evidence.run.study import CHANCE, run_study
from simulator.evidence.statistics.intervals import mean_interval, prediction_interval
from simulator.evidence.sweep.operating_points import OperatingPoint, operating_points
from simulator.evidence.sweep.tradeoff import Curve, Tradeoff, tradeoff_of
from simulator.experiment.axes import SIZE, THRESHOLD
from simulator.report.figures import About, det, draw_surface, frontier, heatmap, multiples
from simulator.report.figures.cells import footer, grid_of, swept
from simulator.report.figures.raster import isolines
from simulator.report.figures.scale import levels_between, plain
from simulator.report.figures.style import styled
from simulator.scenario import load_scenario
from simulator.scenario.inputs import median_inputs
from simulator.scenario.presets import FIELD

Array = np.ndarray[Any, np.dtype[np.float64]]
N = 200
OVERLAP_PX = 2.0
SMALL = ([0.60, 0.62, 0.64], [8250.0, 16500.0, 33000.0])
ZERO = re.compile(r"(?<![\d.,])0(?:\.0+)?(?![\d.,:]|-\d)")
CROYDON = load_scenario("croydon-static")
ABOUT = About(
    scenario=Header.of(CROYDON), replications=N, seed=1, support=Support.of(CROYDON), own={"officers.teams": 4}
)
BOTH = [point for point in operating_points() if point.tpir is not None]
ALONE = [point for point in operating_points() if point.tpir is None]


def columns(name: str, values: Array) -> dict[str, float]:
    """The columns of one measure from its values in replications."""
    low, high = mean_interval(values)
    least, most = prediction_interval(values) or (math.nan, math.nan)
    return {
        name: float(values.mean()), f"{name}_low": low, f"{name}_high": high,
        f"{name}_campaign_low": least, f"{name}_campaign_high": most,
    }  # fmt: skip


@cache
def _surface(thresholds: tuple[float, ...], sizes: tuple[float, ...], preset: str, seed: int) -> pd.DataFrame:
    scenario = load_scenario("croydon-static", [f"recogniser.preset={preset}"] if preset != "field" else [])
    rng, inputs, rows = np.random.default_rng(seed), median_inputs(scenario, 1), []
    for size in sizes:
        for threshold in thresholds:
            closed = {key: float(v[0]) for key, v in closed_forms(scenario, inputs, threshold, size).items()}
            means = {
                **closed, "people_wrongly_stopped": closed["wrongful_stops"], "listed_stopped": 0.6 * closed["true_alerts"]
            }  # fmt: skip
            row = {THRESHOLD: threshold, SIZE: size, **{f"{key}_closed": mean for key, mean in closed.items()}}
            for key, mean in means.items():
                row.update(columns(key, rng.poisson(mean, N).astype(float) if mean < 1e5 else np.full(N, round(mean))))
            rows.append(row)
    return pd.DataFrame(rows)


def surface_of(thresholds: Any = SMALL[0], sizes: Any = SMALL[1], preset: str = "field", **keys: Any) -> pd.DataFrame:
    """A stand-in for a sweep: counts scattered around their closed forms, with all the columns of one."""
    made = _surface(tuple(map(float, thresholds)), tuple(map(float, sizes)), preset, 1)
    return made.assign(**keys)


def staffed() -> pd.DataFrame:
    """Three numbers of teams; fewer teams, fewer stops."""
    parts = []
    for teams, share in ((1, 0.5), (2, 0.8), (4, 1.0)):
        part = surface_of(**{"officers.teams": teams})
        named = [name for name in part if str(name).startswith("wrongful_stops")]
        parts.append(part.assign(**{str(name): part[name] * share for name in named}))
    return pd.concat(parts, ignore_index=True)


def two_presets() -> pd.DataFrame:
    thresholds = np.round(np.arange(0.58, 0.685, 0.01), 9)
    both = [surface_of(thresholds, preset=name, **{"recogniser.preset": name}) for name in ("field", "npl")]
    return pd.concat(both, ignore_index=True)


def without_events(closed: bool) -> pd.DataFrame:
    """A surface without a wrongful stop, with its closed forms or without."""
    surface = surface_of()
    ends = ("", "_low", "_high", "_campaign_low", "_campaign_high")
    zeros = {f"{name}{end}": 0.0 for name in ("wrongful_stops", "people_wrongly_stopped") for end in ends}
    surface = surface.assign(**zeros)
    return surface if closed else surface.drop(columns="wrongful_stops_closed")


def large() -> pd.DataFrame:
    return surface_of(np.linspace(0.56, 0.72, 30), np.geomspace(500, 64_000, 20))


@cache
def real() -> pd.DataFrame:
    """Four cells really run."""
    rows = []
    for size in (8000, 16500):
        for threshold in (0.56, 0.64):
            keys = [f"watchlist.size={size}", f"recogniser.threshold={threshold}", "watchlist.reference_size=16500"]
            study = run_study(load_scenario("croydon-static", keys), 10, 1)
            row: dict[str, Any] = {THRESHOLD: threshold, SIZE: size}
            for name in NAMES:
                row.update(columns(name, study.passes[CHANCE][name]))
            rows.append({**row, **{f"{name}_closed": value for name, value in study.expected.items()}})
    return pd.DataFrame(rows)


@cache
def tradeoff(*overrides: str) -> Tradeoff:
    return tradeoff_of(load_scenario("croydon-static", overrides))


def along(curve: Curve, part: str) -> Array:
    """What all points of *curve* have in *part*."""
    return np.array([getattr(point, part) for point in curve.points], dtype=float)


DRAWN: dict[str, Callable[[], Figure]] = {
    "large": lambda: heatmap.draw(large(), ABOUT),
    "small": lambda: heatmap.draw(surface_of(), ABOUT),
    "real": lambda: heatmap.draw(real(), ABOUT, "false_alerts"),
    "row": lambda: heatmap.draw(surface_of([0.56, 0.60, 0.64, 0.70], [16500]), ABOUT),
    "column": lambda: heatmap.draw(surface_of([0.64], np.geomspace(500, 64_000, 12)), ABOUT),
    "cell": lambda: heatmap.draw(surface_of([0.64], [16500]), ABOUT),
    "staff": lambda: multiples.draw(staffed(), ABOUT),
    "staff row": lambda: multiples.draw(staffed().query("`watchlist.size` == 16500"), ABOUT),
    "presets": lambda: multiples.draw(two_presets(), ABOUT),
    "frontier": lambda: frontier.draw(two_presets(), ABOUT),
    "frontier of one": lambda: frontier.draw(surface_of(), ABOUT),
    "frontier point": lambda: frontier.draw(surface_of([0.64], [16500]), ABOUT),
    "zeros": lambda: heatmap.draw(without_events(closed=True), ABOUT),
    "frontier zeros": lambda: frontier.draw(without_events(closed=True), ABOUT),
    "no value": lambda: heatmap.draw(without_events(closed=False), ABOUT),
    "frontier without": lambda: frontier.draw(without_events(closed=False), ABOUT),
    "nan": lambda: heatmap.draw(surface_of().assign(wrongful_stops=np.nan), ABOUT),
    "hole": lambda: heatmap.draw(surface_of().drop(index=4), ABOUT),
    "det": lambda: det.draw(tradeoff()),
    "det npl": lambda: det.draw(tradeoff("recogniser.preset=npl", "watchlist.size=5000")),
    "det nobody": lambda: det.draw(tradeoff("street.passages_per_hour=0")),
    "det groups": lambda: det.draw(tradeoff_of(load_scenario("what-if-groups"))),
}


@cache
def figure(name: str) -> Figure:
    return DRAWN[name]()


def drawn_texts(drawn: Figure) -> list[matplotlib.text.Text]:
    """Every text that is really drawn."""
    found: list[matplotlib.text.Text] = []
    draw = matplotlib.text.Text.draw

    def recorded(self: matplotlib.text.Text, renderer: object) -> None:
        if self.get_visible() and self.get_text().strip():
            found.append(self)
        draw(self, renderer)

    with styled(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(matplotlib.text.Text, "draw", recorded)
        drawn.draw_without_rendering()
    return found


def words(drawn: Figure) -> str:
    return " ".join(" ".join(text.get_text().split()) for text in drawn_texts(drawn))


def marks(drawn: Figure, marker: str, axes: int = 0) -> Array:
    """Where markers of one kind lie in the figure's axes number *axes*, shape (n, 2)."""
    lines = [line for line in drawn.axes[axes].lines if line.get_marker() == marker]
    points = [np.column_stack([line.get_xdata(), line.get_ydata()]) for line in lines]
    return np.concatenate(points) if points else np.empty((0, 2))


def known(value: Callable[[Array, Array], Array], thresholds: Array, sizes: Array) -> pd.DataFrame:
    """A surface that is a known function of threshold and list size, free of chance."""
    t, n = (part.ravel() for part in np.meshgrid(thresholds, sizes))
    v = value(t, n)
    return pd.DataFrame({THRESHOLD: t, SIZE: n, "alerts": v, "alerts_low": v, "alerts_high": v})


def law(t: Array, n: Array, slope: float = 50.0) -> Array:
    return np.asarray(n * 1e-4 * np.exp(-slope * (t - 0.64)))


@pytest.mark.parametrize("name", DRAWN)
def test_no_text_overlaps_another_or_leaves_the_page(name: str) -> None:
    """Every figure can be read, with 600 cells, with one, and with none that has a value."""
    drawn = figure(name)
    with styled():
        boxes = [(text.get_text(), text.get_window_extent()) for text in drawn_texts(drawn)]
    width, height = drawn.bbox.width, drawn.bbox.height

    assert width == pytest.approx(1200)
    for text, box in boxes:
        inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height
        assert inside, f"{text!r} leaves the page"
    for (text, box), (other, its) in combinations(boxes, 2):
        wide = min(box.x1, its.x1) - max(box.x0, its.x0)
        high = min(box.y1, its.y1) - max(box.y0, its.y0)
        assert min(wide, high) < OVERLAP_PX, f"{text!r} overlaps {other!r}"


@pytest.mark.parametrize("name", DRAWN)
def test_every_figure_names_its_source_and_never_says_0(name: str) -> None:
    """What is shown, of what, out of how many of what; nothing is ever 0."""
    said = words(figure(name))

    assert not ZERO.search(said), ZERO.search(said)
    assert "nan" not in said.lower().split()
    if name.startswith("det"):
        assert "expected rates, not observed" in said
        assert "per counted face" in said
        assert "exact 95 % interval" in said
    else:
        assert "Simulated, not observed. Fixed cameras in Croydon" in said
        assert f"{N} simulated campaigns per cell (14 deployments, 58.4 camera hours each), seed 1" in said
        assert "what is not known about them is not in this figure" in said
        assert "it says nothing about lawfulness" in said or name == "real"


def test_a_printed_0_would_be_found() -> None:
    """The search for zeros finds one (negative control) and leaves thresholds and dates alone."""
    assert ZERO.search("Wrongful stops: 0 a campaign")
    assert ZERO.search("0.00")
    assert not ZERO.search("0.64, 10, 2,000 and 0.0021")


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    """Nothing of the moment, of earlier drawings or of a user's matplotlibrc enters a file."""
    surface = two_presets()
    first = draw_surface(surface, ABOUT, tmp_path / "a", tradeoff())
    with matplotlib.rc_context({"font.size": 30, "svg.hashsalt": None, "hatch.linewidth": 9, "lines.linewidth": 7}):
        again = draw_surface(surface.copy(), ABOUT, tmp_path / "b", tradeoff())

    assert [path.stem for path in first][::2] == ["heatmap", "multiples", "frontier", "det"]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in first]


def test_figures_follow_the_axes_that_are_there(tmp_path: Path) -> None:
    """No panels without a third key, no frontier without several thresholds, no trade-off unless it is given."""
    one = draw_surface(surface_of([0.64]), ABOUT, tmp_path)
    two = draw_surface(
        pd.concat([staffed().assign(**{"officers.vans": vans}) for vans in (1, 2)]), ABOUT, tmp_path
    )  # fmt: skip

    assert [path.name for path in one] == ["heatmap.svg", "heatmap.png"]
    assert [path.stem for path in two][::2] == ["heatmap", "multiples", "multiples-officers-vans", "frontier"]
    assert swept(staffed()) == ["officers.teams"]


@pytest.mark.parametrize(("columns_", "rows"), [(30, 20), (3, 3)])
def test_isolines_lie_where_a_known_surface_has_them(columns_: int, rows: int) -> None:
    """A surface that is linear in threshold and log list size is met exactly, in every point of every line."""
    t, n = np.linspace(0.56, 0.72, columns_), np.geomspace(1000, 64_000, rows)
    grid = grid_of(known(law, t, n), "alerts")
    lines = [(level, line) for level in levels_between(0.1, 100) for line in isolines(grid, level)]

    assert len(lines) >= 7
    for level, line in lines:
        # thresholds are kept to 1e-9, which the slope of 50 turns into 5e-8
        np.testing.assert_allclose(law(*line.T), level, rtol=1e-7)
    # negative control: the same lines do not belong to a slope of 45
    assert all(np.abs(law(*line.T, slope=45.0) / level - 1).max() > 0.01 for level, line in lines)


def test_isolines_follow_a_curved_surface_as_closely_as_the_cells_allow() -> None:
    """A hill of log value -r^2: within the error h^2 / 8 x |f''| of linear interpolation along each of both axes."""
    t, n = np.linspace(0.5, 0.7, 81), np.linspace(10_000, 20_000, 81)

    def hill(x: Array, y: Array) -> Array:
        return np.asarray(np.exp(-(((x - 0.6) / 0.1) ** 2) - ((y - 15_000) / 5_000) ** 2))

    grid = grid_of(known(hill, t, n), "alerts")
    (line,) = isolines(grid, 0.5)
    bound = 2 * (2 / 80) ** 2 / 8 * 2

    assert not grid.log_sizes
    assert np.abs(np.log(hill(*line.T) / 0.5)).max() < bound
    assert np.allclose(line[0], line[-1])


def test_the_lines_drawn_are_the_isolines() -> None:
    """The map holds the line of level 1 as computed, and names it."""
    t, n = np.linspace(0.56, 0.72, 12), np.geomspace(1000, 64_000, 8)
    surface = known(law, t, n)
    drawn = heatmap.draw(surface, ABOUT, "alerts")
    (line,) = isolines(grid_of(surface, "alerts"), 1.0)

    paths = [np.column_stack([each.get_xdata(), each.get_ydata()]) for each in drawn.axes[0].lines]
    assert any(path.shape == line.shape and np.allclose(path, line) for path in paths)
    assert "1" in [text.get_text() for text in drawn_texts(drawn)]


def test_what_chance_leaves_vague_takes_its_lines_from_the_closed_form() -> None:
    """Where the simulated average is uncertain by a factor of two, the line runs through the closed form, dotted."""
    surface = large()
    grid = grid_of(surface)
    lines = [line for line in isolines(grid, 0.002) if len(line) > 2]
    inputs = median_inputs(CROYDON, 1)

    assert grid.vague.any()
    assert grid.closed.any()
    for t, n in np.concatenate(lines):
        closed = closed_forms(CROYDON, inputs, t, n)["wrongful_stops"][0]
        assert closed == pytest.approx(0.002, rel=0.02)
    assert any(line.get_linestyle() == "--" for line in figure("large").axes[0].lines)
    assert "line through closed forms" in words(figure("large"))


def test_levels_are_1_2_5() -> None:
    """Round numbers in between; one or two per decade where they would be too many."""
    assert levels_between(0.04, 3) == [0.05, 0.1, 0.2, 0.5, 1, 2]
    assert levels_between(1e-9, 1e2, 12) == [10.0**power for power in range(-9, 3)]
    assert [plain(x) for x in (0.05, 0.1, 1, 20, 5000)] == ["0.05", "0.1", "1", "20", "5,000"]


def test_zeros_are_drawn_as_their_closed_form() -> None:
    """Each cell without an event has the closed form's colour and an open circle, and the key says so."""
    surface, drawn = large(), figure("large")
    none = surface["wrongful_stops"] == 0
    circles = marks(drawn, "o")

    assert 10 < none.sum() < 300
    assert sorted(map(tuple, circles.tolist())) == sorted(
        zip(surface[THRESHOLD].round(9)[none], surface[SIZE].round(9)[none], strict=True)
    )
    grid = grid_of(surface)
    np.testing.assert_allclose(np.sort(grid.value[grid.closed]), np.sort(surface["wrongful_stops_closed"][none]))
    assert f"none in {N} simulated campaigns: closed form" in words(drawn)
    assert words(figure("zeros")).count("(closed form)") >= 9
    assert "The closed form, shown where nothing was simulated, is" in words(figure("zeros"))


def test_nothing_to_show_is_explained() -> None:
    """No event and no closed form is no evidence of zero; no value at all is another thing."""
    assert "This is no evidence of zero" in words(figure("no value"))
    assert "This is no evidence of zero" in words(figure("frontier without"))
    assert "The surface gives no value for wrongful stops" in words(figure("nan"))
    assert "no value" in words(figure("hole"))


def test_surfaces_that_are_no_grid_are_refused() -> None:
    """A missing column, two rows for one cell, and no third key are named."""
    with pytest.raises(ValueError, match=r"no column wrongful_stops"):
        heatmap.draw(surface_of().drop(columns="wrongful_stops"), ABOUT)
    with pytest.raises(ValueError, match="several rows for one threshold and list size"):
        heatmap.draw(pd.concat([surface_of(), surface_of()]), ABOUT)
    with pytest.raises(ValueError, match="no third key"):
        multiples.draw(surface_of(), ABOUT)
    with pytest.raises(ValueError, match="no cell"):
        heatmap.draw(surface_of().iloc[:0], ABOUT)


def test_the_own_setting_is_marked_where_it_is() -> None:
    """A diamond at the scenario's threshold and list, in its own panel only, and none where the map ends before."""
    assert marks(figure("large"), "D").tolist() == [[0.64, 16500.0]]
    panels = [len(marks(figure("staff"), "D", i)) for i in range(3)]
    assert panels == [0, 0, 1]
    away = heatmap.draw(surface_of([0.56, 0.57], [1000, 2000]), ABOUT)
    assert not len(marks(away, "D"))
    assert "own setting (threshold 0.64, list of 16,500) is not on this map" in words(away)


def test_the_title_holds_the_values_of_its_cells() -> None:
    """The finding is read from the surface, and so is the interval below."""
    surface = surface_of()
    row = surface[(surface[THRESHOLD] == 0.64) & (surface[SIZE] == 16500)].iloc[0]
    said = words(figure("small"))

    assert f"{row['wrongful_stops']:.2f} at threshold 0.64 with a list of 16,500" in said
    assert f"interval {row['wrongful_stops_low']:.2f} to {row['wrongful_stops_high']:.2f}" in said
    assert said.count("95 % Monte Carlo interval") == 2
    assert f"9 in 10 single campaigns have none to {row['wrongful_stops_campaign_high']:.0f}" in said


def test_an_interval_that_reaches_none_keeps_its_other_end() -> None:
    """Where chance alone may have made all events, the interval begins with none and still ends with a number."""
    surface = real()
    row = surface[(surface[THRESHOLD] == 0.64) & (surface[SIZE] == 16500)].iloc[0]

    assert row["false_alerts_low"] <= 0
    assert f"interval none to {number(row['false_alerts_high'])})" in words(figure("real"))


def test_outside_support_is_hatched_and_said() -> None:
    """The hatching covers what lies beyond the records and no more; inside there is neither hatching nor a word."""
    inside = heatmap.draw(surface_of([0.60, 0.62, 0.64], [10_000, 12_000, 18_000]), ABOUT)
    (hatching,) = figure("large").axes[0].collections[1:2]
    limits = figure("large").axes[0]
    to_data = limits.transAxes + limits.transData.inverted()
    points = to_data.transform(np.concatenate([np.array(s) for s in hatching.get_segments()]))
    (left, right), (low, high) = ABOUT.support.thresholds, ABOUT.support.list_sizes
    strictly = (points[:, 0] > left + 1e-6) & (points[:, 0] < right - 1e-6)
    strictly &= (points[:, 1] > low * 1.00001) & (points[:, 1] < high * 0.99999)

    assert not strictly.any()
    assert "outside calibrated support (thresholds 0.60 to 0.64, lists of 9,744 to 18,800)" in words(figure("large"))
    assert "outside calibrated support" not in words(inside)


def test_panels_share_colours_and_lines() -> None:
    """One scale for all panels."""
    norms = {(m.norm.vmin, m.norm.vmax) for axes in figure("presets").axes[:2] for m in axes.collections[:1]}
    values = two_presets()["wrongful_stops"]

    assert len(norms) == 1
    assert next(iter(norms))[1] == pytest.approx(values.max())
    assert "preset field: the Met's record" in words(figure("presets"))


def test_a_single_row_shows_intervals() -> None:
    """Each bar is the Monte Carlo interval of its cell."""
    surface = surface_of([0.56, 0.60, 0.64, 0.70], [16500])
    bars = [line for c in figure("row").axes[0].collections if hasattr(c, "get_segments") for line in c.get_segments()]

    for _, row in surface.iterrows():
        low, high = max(row["wrongful_stops_low"], 0), row["wrongful_stops_high"]
        found = [s for s in bars if np.isclose(s[0][0], row[THRESHOLD]) and np.isclose(s[1][1], high)]
        assert found
        assert low == 0 or any(np.isclose(s[0][1], low) for s in found)


def test_frontier_says_which_presets_it_lacks() -> None:
    """With one preset the footer points to the other; with both it need not."""
    assert "Only preset field is shown. Below 0.64 the two presets disagree, in false matches twelvefold" in words(
        figure("frontier of one")
    )
    assert "Only preset" not in words(figure("frontier"))


def test_records_are_as_printed() -> None:
    """False alerts, faces, thresholds and shares found of every record; none is recalled."""
    printed = {
        "NPL test 2023": (0.60, 7, None, 0.89), "Cardiff trial 2018": (None, 1, 2_251, 0.76),
        "Met 2020": (None, 7, 13_200, 0.70), "Essex to Feb 2025": (None, 1, 383_356, 0.5),
        "Met, Apr to Nov 2023": (0.60, 1, 307_372, None), "Met, Dec 2023 to Jun 2024": (0.60, 24, 183_874, None),
        "Met, 11 to 23 Jul 2024": (0.62, 4, 16_589, None),
        "Met, 25 Jul 2024 to 17 Apr 2026": (0.64, 20, 721_305 + 4_220_097 + 1_700_390, None),
        "of these, Sep 2024 to Sep 2025": (0.64, 10, 3_147_436, None),
        "of these, Croydon fixed cameras": (0.64, 1, 472_352, None), "South Wales since 2023": (0.64, 0, 2_500_000, None),
    }  # fmt: skip
    records = operating_points()

    assert {r.name: (r.threshold, r.false_alerts, r.of, r.tpir) for r in records} == printed
    assert all(r.source and r.remark for r in records)
    assert all((r.tpir is None) == (r.tpir_grade is None) for r in records)
    # the record that the field preset was fitted to
    assert FIELD.fields["fmr_at_anchor"]["gamma"]["rate"] == ALONE[3].of * 16_000  # type: ignore[operator]


def test_records_have_exact_intervals() -> None:
    """The Poisson intervals of the record are those printed beside it, by chi-squared quantiles."""
    from scipy.stats import chi2

    by_name = {record.name: record for record in operating_points()}
    croydon, year = by_name["of these, Croydon fixed cameras"], by_name["of these, Sep 2024 to Sep 2025"]

    assert 1 / croydon.interval.high == pytest.approx(85_000, rel=0.01)
    assert 1 / croydon.interval.low == pytest.approx(18.7e6, rel=0.01)
    assert year.interval == pytest.approx((1.5e-6, 5.8e-6), rel=0.03)
    for record in by_name.values():
        exposure = record.of or record.false_alerts / 1.7e-4
        low = chi2.ppf(0.025, 2 * record.false_alerts) / 2 / exposure if record.false_alerts else 0.0
        assert record.interval == pytest.approx((low, chi2.ppf(0.975, 2 * record.false_alerts + 2) / 2 / exposure))


def test_records_lie_where_they_were_measured() -> None:
    """Records with both rates are points of the curve's chart; without a published share none is invented."""
    drawn = figure("det")
    points, rates = marks(drawn, "s", 0), marks(drawn, "s", 1)

    assert points.tolist() == [[record.fpir, record.missed] for record in BOTH]
    assert rates[:, 0].tolist() == [record.fpir for record in ALONE if record.false_alerts]
    said = words(drawn)
    for record in ALONE:
        assert record.name in said
        assert f"{record.false_alerts:,} of {record.of:,}" in said or "none of over 2,500,000" in said
        assert record.grade in said


def test_a_record_without_events_is_only_bounded() -> None:
    """It has no point, only an arrow from its upper bound."""
    empty = OperatingPoint(name="x", threshold=0.64, false_alerts=0, of=1_000, source="s", grade="found", remark="r")

    assert empty.interval.low == 0
    assert empty.interval.high == pytest.approx(3.689e-3, rel=1e-3)
    assert len(marks(figure("det"), "<", 1)) == 1


def test_curves_are_the_recogniser() -> None:
    """FPIR(N, T) of both presets as in the equations; detection of both as the scenario has it."""
    field, npl = tradeoff().curves
    for curve, level, anchor, slope in ((field, 1.9e-10, 0.64, 50), (npl, 0.95 * 1.7e-8, 0.60, 104)):
        expected = -np.expm1(-16_500 * level * np.exp(-slope * (along(curve, "threshold") - anchor)))
        # listed people matched to another entry are counted too, about 1 in 1,000
        np.testing.assert_allclose(along(curve, "fpir"), expected, rtol=0.005)
        low, high = along(curve, "fpir_95").T
        assert np.all((low <= along(curve, "fpir")) & (along(curve, "fpir") <= high))
    ratio = along(npl, "fpir") / along(field, "fpir")
    assert ratio[along(field, "threshold") == 0.60] == pytest.approx(12, rel=0.05)
    own = field.at(0.64)
    assert own
    assert own.missed == pytest.approx(1 - 0.73)
    assert own.missed_95 == pytest.approx((0.1, 0.5), abs=0.03)
    np.testing.assert_allclose(along(field, "missed"), along(npl, "missed"))


def test_bands_are_the_inputs_intervals() -> None:
    """At 0.64 the band of the field preset is the gamma interval of its level, within the error of 1,000 draws."""
    from scipy.stats import gamma

    field, _ = tradeoff().curves
    own = field.at(0.64)
    assert own
    ends = gamma.ppf([0.025, 0.975], 20.5) / (6_641_792 * 16_000) * 16_500
    # four standard errors of such a quantile are about 7 % here
    assert own.fpir_95 == pytest.approx(tuple(ends), rel=0.08)
    low, high = along(field, "fpir_95").T
    assert (high / low).argmin() == pytest.approx(field.points.index(own), abs=5)


def test_curves_fall_with_the_threshold() -> None:
    """A higher threshold: fewer false alerts, more listed people missed."""
    for curve in tradeoff("watchlist.size=5000").curves:
        assert all(b < a for a, b in pairwise(along(curve, "fpir")))
        assert all(b > a for a, b in pairwise(along(curve, "missed")))


def test_where_nobody_passes_nothing_is_known() -> None:
    """A rate of no faces is None in what is kept, and the trade-off is read back as it was."""
    nobody = tradeoff("street.passages_per_hour=0")

    assert {point.fpir for curve in nobody.curves for point in curve.points} == {None}
    for kept in (nobody, tradeoff()):
        assert Tradeoff.from_data(json.loads(kept.to_json())) == kept


def test_the_footer_says_at_which_inputs_it_was_simulated() -> None:
    (fixed,), (drawn,) = footer(ABOUT, [], False, []), footer(replace(ABOUT, draws=250), [], False, [])
    assert "at their medians" in fixed
    assert "medians" not in drawn
    assert "Inputs drawn 250 times" in drawn
