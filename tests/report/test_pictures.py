"""Pictures to share: their size, their words, what is solid and what is hatched, and a thousand alerts that sum to a thousand."""

from __future__ import annotations

import io
import json
from itertools import combinations
from pathlib import Path

import matplotlib.text
import pytest
from matplotlib.figure import Figure
from PIL import Image

from simulator import __version__
from simulator.evidence.about.recorded_counts import recorded_at, recorded_counts
from simulator.evidence.numbers import number
from simulator.evidence.run.found import RunFound, summarise
from simulator.evidence.run.pictures import RunPictures, pictures_of
from simulator.evidence.run.study import CHANCE, Study, run_study
from simulator.evidence.run.thousand import NOT_STOPPED, categories
from simulator.evidence.sweep.operating_points import operating_points
from simulator.evidence.sweep.tradeoff import Curve, Tradeoff, tradeoff_of
from simulator.report.figures import distribution, run_headline, run_thousand, threshold_curve
from simulator.report.figures.alert_cells import ACROSS, blocks
from simulator.report.figures.card import shortened
from simulator.report.figures.embedded import png_of
from simulator.report.figures.looks import LOOKS
from simulator.report.figures.style import styled, width_of
from simulator.report.pictures import write_pictures
from simulator.scenario import load_scenario

ODD = f"title=<script>alert(1)</script> [/x] \u202eمرحبا שלום $x_1$ {'W' * 150}"
CASES = {
    "plain": ("croydon-static", []),
    "laboratory": ("croydon-static", ["recogniser={preset: npl, threshold: 0.60}"]),
    "beyond": ("croydon-static", ["recogniser.threshold=0.57", ODD]),
    "high": ("croydon-static", ["recogniser.threshold=0.9"]),
    "no staff": ("croydon-static", ["officers={operators: 0, teams: 0, checkers: 0, vans: 0}"]),
    "nobody": ("croydon-static", ["street.passages_per_hour=0", f"what_if={'what if ' * 60}"]),
    "no hours": ("essex-2024", []),
    "no faces": ("cardiff-2017", []),
}
OVERLAP_PX = 2.0
Case = tuple[Study, RunFound, RunPictures, Tradeoff]


@pytest.fixture(scope="module")
def cases() -> dict[str, Case]:
    made = {}
    for name, (scenario, overrides) in CASES.items():
        study = run_study(load_scenario(scenario, overrides), 20, 1)
        made[name] = study, summarise(study), pictures_of(study), tradeoff_of(study.scenario)
    return made


def figures(case: Case) -> dict[str, Figure]:
    _, found, pictures, tradeoff = case
    drawn = {"headline": run_headline.draw(found), "thousand": run_thousand.draw(found, pictures)}
    curve = threshold_curve.draw(tradeoff, found)
    return drawn | ({"threshold": curve} if curve else {})


def drawn_texts(figure: Figure) -> list[matplotlib.text.Text]:
    """Every text that is really drawn."""
    found: list[matplotlib.text.Text] = []
    draw = matplotlib.text.Text.draw

    def noted(self: matplotlib.text.Text, renderer: object) -> None:
        if self.get_visible() and self.get_text().strip():
            found.append(self)
        draw(self, renderer)

    with styled(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(matplotlib.text.Text, "draw", noted)
        figure.draw_without_rendering()
    return found


def words(figure: Figure) -> str:
    return " ".join(" ".join(text.get_text().split()) for text in drawn_texts(figure))


def test_three_pictures_of_1200_by_675(cases: dict[str, Case], tmp_path: Path) -> None:
    """The files, their size, and the same bytes again from what a folder keeps."""
    _, found, pictures, tradeoff = cases["plain"]
    paths = write_pictures(found, pictures, tradeoff, tmp_path / "new", "croydon")

    assert [path.name for path in paths] == [f"croydon-{name}.png" for name in ("headline", "thousand", "threshold")]
    for path in paths:
        with Image.open(path) as image:
            assert image.size == (1200, 675)
    kept = (json.loads(each.to_json()) for each in (found, pictures, tradeoff))
    read = (kind.from_data(data) for kind, data in zip((RunFound, RunPictures, Tradeoff), kept, strict=True))
    again = write_pictures(*read, tmp_path, "croydon")  # type: ignore[arg-type]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in paths]


def test_there_is_no_curve_without_a_denominator(cases: dict[str, Case], tmp_path: Path) -> None:
    """Cardiff 2017 knows neither hours nor faces; without a trade-off there is no curve either."""
    for name, kept in (("no faces", True), ("plain", False)):
        _, found, pictures, tradeoff = cases[name]
        paths = write_pictures(found, pictures, tradeoff if kept else None, tmp_path, name)
        assert [path.stem.rpartition("-")[2] for path in paths] == ["headline", "thousand"]


@pytest.mark.parametrize("name", CASES)
def test_no_text_overlaps_another_or_leaves_the_picture(cases: dict[str, Case], name: str) -> None:
    """Also with markup, signs that turn others around and 150 letters without a space in the title."""
    for kind, figure in figures(cases[name]).items():
        texts = drawn_texts(figure)
        with styled():
            boxes = [(text.get_text(), matplotlib.text.Text.get_window_extent(text)) for text in texts]
        assert (figure.bbox.width, figure.bbox.height) == pytest.approx((1200, 675))
        for text, box in boxes:
            assert min(box.x0, box.y0, 1200 - box.x1, 675 - box.y1) >= 0, f"{kind}: {text!r} leaves it"
        for (text, box), (other, its) in combinations(boxes, 2):
            wide, high = min(box.x1, its.x1) - max(box.x0, its.x0), min(box.y1, its.y1) - max(box.y0, its.y0)
            assert min(wide, high) < OVERLAP_PX, f"{kind}: {text!r} overlaps {other!r}"


@pytest.mark.parametrize("name", CASES)
def test_every_picture_says_what_it_is(cases: dict[str, Case], name: str) -> None:
    """Simulated, by which version and seed, of how many campaigns; its title as text; what it assumes."""
    study, found, _, _ = cases[name]
    for figure in figures(cases[name]).values():
        said = words(figure)
        assert "Simulated, not observed." in said
        assert f"lfrsim {__version__}, seed 1, 20 simulated campaigns" in said
        assert study.scenario.title[:20].rstrip() in said
        assert ("WHAT IF: what if" in said) == (found.scenario.what_if is not None)
        assert "\u202e" not in said


def test_the_headline_has_both_denominators_with_their_ranges(cases: dict[str, Case]) -> None:
    _, found, _, _ = cases["plain"]
    said, rates = words(run_headline.draw(found)), found.rates["wrongful_stops"]

    for unit, times, per in (("face", 1e6, "per million faces"), ("alert", 1e3, "per 1,000 alerts")):
        drawn = rates[unit].with_ignorance
        assert drawn
        assert drawn.rate
        assert drawn.average_95
        low, high = (number(times * end) for end in drawn.average_95)
        assert f"Stops of the wrong person {per} {number(times * drawn.rate)} may lie from {low} to {high}" in said
    assert "In this simulation the wrong person is stopped" in said
    assert "Recorded by the Met" in said
    assert "laboratory" not in said


def test_presets_that_disagree_are_both_in_the_boxes(cases: dict[str, Case]) -> None:
    """Per alert they differ by less than per face: more false alerts are also more alerts."""
    _, found, _, _ = cases["laboratory"]
    other = found.other_preset
    assert other
    faces, alerts = (run_headline.said(found, unit) for unit in ("face", "alert"))

    assert (
        [one.whose for one in faces] == [one.whose for one in alerts] == ["by the Met's record", "by a laboratory test"]
    )
    assert faces[0].average / faces[1].average == pytest.approx(other.drawn_factor)
    assert alerts[0].average / alerts[1].average == pytest.approx(other.drawn_per_alert_factor)
    assert other.drawn_factor < other.drawn_per_alert_factor < 1
    assert words(run_headline.draw(cases["beyond"][1])).count("Extrapolated: in this simulation") == 1


def test_no_number_is_a_zero_without_a_reason(cases: dict[str, Case]) -> None:
    assert words(run_headline.draw(cases["no staff"][1])).count("none: with these inputs that cannot happen") == 2
    assert "not known here" in words(run_headline.draw(cases["no faces"][1]))
    assert "No alert in 20 simulated campaigns: nobody walks past" in words(run_thousand.draw(*cases["nobody"][1:3]))


def test_groups_are_told_apart_and_sum_to_a_thousand(cases: dict[str, Case]) -> None:
    """Already dealt with is not "not found"; conditions kept, let go and outdated records are three groups."""
    for name, (study, _, pictures, _) in cases.items():
        assert sum(item.icons for item in pictures.thousand) == (0 if name == "nobody" else 1000)
        assert sum(i.per_campaign for i in pictures.thousand) == pytest.approx(study.passes[CHANCE]["alerts"].mean())
        assert len({(item.false, item.did) for item in pictures.thousand}) == len(pictures.thousand)
    study, by = cases["plain"][0], {(item.false, item.did): item for item in cases["plain"][2].thousand}
    m = {key: values.sum() for key, values in study.passes[CHANCE].items()}
    not_stopped = sum(item.total for key, item in by.items() if not key[0] and not item.stopped)
    table = study.truth_by_outcome[CHANCE]

    assert by[False, "conditions_kept"].total == m["complied_stops"]
    assert by[False, "let_go"].total == m["no_action_right_person"]
    assert by[False, "outdated_record"].total == m["no_action_stale_record"]
    assert by[False, "not_found"].total == table[2:, 4].sum()
    # repeats of an open alert, and people recognised from an earlier stop
    assert by[False, "already_dealt_with"].total == table[2:, 5].sum() + table[2:, 9].sum()
    assert not_stopped == m["true_alerts"] - m["stops"] + m["wrongful_stops"]


def test_without_officers_nobody_is_reached(cases: dict[str, Case]) -> None:
    """A negative control: no group with a stop, and the dismissed are none."""
    found = {item.did for item in categories(cases["no staff"][0]) if item.total}

    assert "not_reached" in found
    assert found <= NOT_STOPPED.keys() - {"dismissed", "not_found"}


def test_what_a_thousand_alerts_take(cases: dict[str, Case]) -> None:
    """A picture holds a thousand; those without an alert fill as many more as there are faces for each alert, less one."""
    study, _, pictures, _ = cases["plain"]
    faces, alerts = (study.passes[CHANCE][name].sum() for name in ("faces", "alerts"))
    more = (1000 * faces / alerts - 1000) / 1000

    assert f"would fill {more:,.0f} more such pictures" in run_thousand.takes(pictures)
    assert run_thousand.takes(cases["no faces"][2]) == ""


def test_cells_are_alike_and_wrong_people_set_apart(cases: dict[str, Case]) -> None:
    """Every count of the legend is in the picture, and no cell lies on another or in the other's rows."""
    for _, _, pictures, _ in cases.values():
        wrong, right = blocks(pictures.thousand, 1.6)[0]
        places = [*wrong.places, *right.places]
        assert len(set(places)) == len(places) == sum(item.icons for item in pictures.thousand)
        assert all(item.false for item in wrong.drawn)
        assert not any(item.false for item in right.drawn)
        assert max((y for _, y in wrong.places), default=0) < min((y for _, y in right.places), default=99) - 1
        assert all(0 < x < ACROSS for x, _ in places)


def test_groups_are_told_apart_without_colour() -> None:
    """Two looks of equal pattern differ in lightness by a fifth at least."""
    lightness = {}
    for did, look in LOOKS.items():
        red, green, blue = (int(look.fill[i : i + 2], 16) / 255 for i in (1, 3, 5))
        lightness[did] = 0.299 * red + 0.587 * green + 0.114 * blue
    for one, other in combinations(LOOKS, 2):
        alike = LOOKS[one].pattern == LOOKS[other].pattern
        assert not alike or abs(lightness[one] - lightness[other]) > 0.2, (one, other)


def test_recorded_points_are_those_printed() -> None:
    """Counts as published, and as the other file of operating points sums them; exact intervals by chi-squared quantiles."""
    from scipy.stats import chi2

    met = {count.threshold: count for count in recorded_counts() if count.preset == "field"}
    points = [point for point in operating_points() if point.name.startswith("Met, ")]

    assert {t: (c.false_alerts, round(c.camera_hours or 0)) for t, c in met.items()} == {
        0.60: (25, 593), 0.62: (4, 48), 0.64: (7, 1_036),
    }  # fmt: skip
    for threshold in (0.60, 0.62):
        same = [point for point in points if point.threshold == threshold]
        assert sum(point.false_alerts for point in same) == met[threshold].false_alerts
        assert sum(point.of or 0 for point in same) == met[threshold].faces
    for count in met.values():
        n, hours = count.false_alerts, count.camera_hours or 0
        exact = chi2.ppf(0.025, 2 * n) / 2 / hours * 100, chi2.ppf(0.975, 2 * n + 2) / 2 / hours * 100
        assert count.rate_95("camera_hour") == pytest.approx(exact)
    assert [c.false_alerts for c in recorded_counts() if c.preset == "npl"] == [7, 1, 0]
    assert all(c.source and c.grade for c in recorded_counts())


def test_curves_per_hour_are_the_recogniser(cases: dict[str, Case]) -> None:
    """False alerts of one campaign by the closed form, over its hours; the bands hold the middle, their ends in order."""
    study, _, _, tradeoff = cases["plain"]
    field = next(curve for curve in tradeoff.curves if curve.name == "field")
    own = field.at(0.64)
    assert own

    assert own.per_100_hours == pytest.approx(
        study.expected["false_alerts"] / study.scenario.campaign.camera_hours * 100
    )
    assert tradeoff.faces_per_hour == pytest.approx(study.passes[CHANCE]["faces"].mean() / 58.4, rel=0.05)
    for curve in tradeoff.curves:
        for point in curve.points:
            low, high = point.per_100_hours_95 or (0, 0)
            assert low <= (point.per_100_hours or 0) <= high
    assert {point.per_100_hours for curve in cases["no hours"][3].curves for point in curve.points} == {None}
    assert [cases[name][3].per for name in ("plain", "no hours", "no faces")] == ["camera_hour", "face", None]


def runs(curve: Curve) -> list[tuple[bool, float, float]]:
    found = threshold_curve.pieces(curve)
    return [(inside, curve.points[at[0]].threshold, curve.points[at[-1]].threshold) for inside, at in found]


def test_curves_are_solid_only_on_their_own_source(cases: dict[str, Case]) -> None:
    """Nothing is recorded below 0.60 or above 0.64 by either source; own rates hold where they were stated."""
    tradeoff = cases["plain"][3]
    for curve in tradeoff.curves:
        assert curve.recorded_at == recorded_at(curve.name) == (0.60, 0.62, 0.64)
        assert runs(curve) == [(False, 0.56, 0.60), (True, 0.60, 0.64), (False, 0.64, 0.70)]
    own = next(curve for curve in cases["no hours"][3].curves if curve.name == "own")
    assert not any(inside for inside, *_ in runs(own))
    hatched = [c for c in figures(cases["plain"])["threshold"].axes[0].collections if c.get_hatch()]
    for band in hatched:
        x = band.get_paths()[0].vertices[:, 0]
        assert x.max() <= 0.60 + 1e-9 or x.min() >= 0.64 - 1e-9
    assert len(hatched) == 4


def test_the_threshold_picture_says_what_is_not_alike(cases: dict[str, Case]) -> None:
    said = words(figures(cases["plain"])["threshold"])

    for text in ("25 in 593 h", "4 in 48 h", "7 in 1,036 h", "0.60: 4.2 (2.7 to 6.2)", "false alerts per 100 camera hours",
                 "this scenario: 0.64", "Streets:", "Lists:", "how they are counted changed", "grade: derived"):  # fmt: skip
        assert text in said
    assert "per million faces" not in said
    assert "extrapolated" not in said
    assert "extrapolated, by the Met's record" in words(figures(cases["beyond"])["threshold"])
    assert "No false alert can be expected at threshold 0.64" in words(figures(cases["nobody"])["threshold"])


def test_what_is_cut_says_so() -> None:
    """Two lines at most, none wider than asked, and an ellipsis only where something is missing."""
    with styled():
        cut, kept = (shortened(text, 3.0, 2, 10.0) for text in ("word " * 60, "two words"))
        assert cut.count("\n") == 1
        assert cut.endswith(" …")
        assert kept == "two words"
        assert all(width_of(line, 10.0) <= 3.0 for line in cut.split("\n"))


def test_a_figure_within_a_page_is_small_and_the_same_again(cases: dict[str, Case]) -> None:
    """A palette, 1,200 pixels wide, under 60 kB; white stays white."""
    _, found, pictures, _ = cases["plain"]
    first, second = (png_of(distribution.draw(found, pictures)) for _ in range(2))

    assert first == second
    assert len(first) < 60_000
    with Image.open(io.BytesIO(first)) as image:
        assert image.width == 1200
        assert image.mode == "P"
        assert image.convert("RGB").getpixel((2, 2)) == (255, 255, 255)
