"""Views of an explorer that compare, limit, map and hand out: held against numpy, scipy or the closed form in Python."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from explored import explored
from watched import DESKTOP, PAPER, PHONE, Scheme, Watched, watched

from simulator.evidence.counted.closed_forms import closed_forms
from simulator.evidence.counted.over_inputs import many_inputs
from simulator.evidence.numbers import number
from simulator.evidence.run.study import run_study
from simulator.report.explore.page import page_of
from simulator.scenario.loader import load_scenario

from .test_explorer import READY, fetched, numbers, put

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def it(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """One page for all: each test begins at the scenario's own setting."""
    path = tmp_path_factory.mktemp("explorer") / "page.html"
    path.write_text(page_of(explored(), "made"), "utf-8")
    with watched(browser, path, accept_downloads=True) as opened:
        opened.page.wait_for_selector(READY)
        yield opened
        assert opened.complaints == []
        assert fetched(opened) == []


@pytest.fixture(autouse=True)
def own(it: Watched) -> None:
    it.page.evaluate("state.kept = null")
    it.page.click("#own")
    it.page.wait_for_selector('body[data-ready*="threshold=0.64&size=16500&"][data-ready*="operators=2&teams=4"]')


def csv_of(it: Watched, view: str) -> list[dict[str, str]]:
    with it.page.expect_download() as waiting:
        it.page.click(f"#csv-{view}")
    return list(csv.DictReader(Path(str(waiting.value.path())).read_text("utf-8").splitlines()))


def measures(it: Watched, of: str) -> dict[str, np.ndarray]:
    found: dict[str, list[float]] = it.page.evaluate(f"({of}).measures")
    return {name: np.array(values) for name, values in found.items()}


def kept_and_moved(it: Watched, **changes: float) -> None:
    it.page.click("#keep")
    for key, value in changes.items():
        put(it, key, value)


def test_a_and_b_are_what_the_page_shows_of_each_and_their_difference(it: Watched) -> None:
    before = numbers(it)
    kept_and_moved(it, threshold=0.62, teams=1)
    after = numbers(it)

    assert "B is A with: Threshold 0.62; Teams 1." in it.page.inner_text("#view-compare")
    rows = {(row["what"], row["error rates"]): row for row in csv_of(it, "compare")}
    for label, name in (("wrongful stops in a campaign", "wrongful_stops"), ("listed people missed", "listed_missed")):
        row = rows[label, "Met record"]
        assert (row["A"], row["B"]) == tuple(it.page.evaluate(f"[{before[name]}, {after[name]}].map(number)"))
        assert row["B less A"] == it.page.evaluate(f"number({after[name] - before[name]})")
    assert ("wrongful stops in a campaign", "laboratory") in rows


def test_the_chance_of_a_difference_is_that_of_pairs(it: Watched) -> None:
    """Held against the linearised variance of the ratio that it is; without the pairing it would be several times as wide."""
    kept_and_moved(it, teams=1)
    a, b, first = (measures(it, of) for of in ("state.kept.found[0]", "state.found[0]", "state.own[0]"))
    run = explored().sources[0].found.measures["listed_stopped"].with_ignorance.mean
    was, now, base = (of["listed_stopped"] for of in (a, b, first))

    def half(difference: np.ndarray) -> float:
        share = (now.mean() - was.mean()) / base.mean()
        parts = (difference - share * base) / base.mean()
        return float(2.09 * run * parts.std(ddof=1) / np.sqrt(len(parts)))

    low, high = it.page.evaluate(
        "chance_of(DATA, DATA.sources[0], [{ setting: state.kept.setting, found: state.kept.found[0] },"
        " { setting: state.setting, found: state.found[0] }, state.own[0]], ['listed_stopped']).listed_stopped"
    )
    assert (low + high) / 2 == pytest.approx(run * (now.mean() - was.mean()) / base.mean(), rel=1e-9)
    assert (high - low) / 2 == pytest.approx(half(now - was), rel=0.1)
    unpaired = half(now - np.roll(was, 1))
    assert (high - low) / 2 < 0.7 * unpaired


@pytest.mark.parametrize("source", [0, 1])
@pytest.mark.parametrize(("threshold", "size"), [(0.60, 16_500), (0.66, 16_500), (0.62, 5_000)])
def test_where_a_difference_may_lie_has_the_same_inputs_in_both(
    threshold: float, size: float, source: int, it: Watched
) -> None:
    scenario = load_scenario("croydon-static", ["recogniser.preset=npl"] if source else [])
    inputs = many_inputs(scenario)
    a, b = (closed_forms(scenario, inputs, *cell)["wrongful_stops"] for cell in ((0.64, 16_500.0), (threshold, size)))

    found = it.page.evaluate(
        "([i, a, b]) => inputs_of(DATA.sources[i], a, b)",
        [source, {"threshold": 0.64, "value": a.mean()}, {"threshold": threshold, "value": b.mean()}],
    )

    # 256 of 4,096 draws: ends of a range are known to a tenth
    assert found == pytest.approx(np.quantile(b - a, (0.025, 0.975)), rel=0.12, abs=0.02)


def test_the_same_people_came_to_both(it: Watched) -> None:
    kept_and_moved(it, threshold=0.66)
    a, b = (measures(it, of) for of in ("state.kept.found[0]", "state.found[0]"))

    row = next(row for row in csv_of(it, "compare") if row["what"] == "listed people missed")
    assert int(row["more in B"]) == (b["listed_missed"] > a["listed_missed"]).sum()
    assert (a["listed_people"] == b["listed_people"]).all()
    it.page.click("#view-compare button")
    assert "Keep this as A" in it.page.inner_text("#view-compare")
    assert it.page.is_hidden("#csv-compare")


def test_where_no_campaign_differed_no_interval_is_claimed(it: Watched) -> None:
    it.page.click("#keep")
    it.page.check("input[name=faces_per_passage][value='3']")
    it.page.wait_for_selector('body[data-ready*="faces_per_passage=3"]')
    rows = {row["what"]: row for row in csv_of(it, "compare") if row["error rates"] == "Met record"}

    assert rows["stops"]["difference at least"] == "-"
    assert rows["stops"]["because of"] == "no campaign differed"
    # a third of the rate, wherever that lies
    per_face = rows["wrongful stops per million faces counted"]
    assert float(per_face["B less A"]) == pytest.approx(-2 / 3 * float(per_face["A"]), rel=0.05)
    assert float(per_face["difference at most"]) < 0


@pytest.mark.parametrize(("most", "per"), [(0, "unit"), (1, "unit"), (0.4, "faces"), (1000, "faces")])
def test_how_often_a_limit_is_kept(most: float, per: str, it: Watched) -> None:
    from scipy import stats

    it.page.fill("#limit-most", str(most))
    it.page.select_option("#limit-per", per)
    it.page.dispatch_event("#limit-most", "change")
    rows = csv_of(it, "limit")
    for i, row in enumerate(rows):
        found = measures(it, f"state.found[{i}]")
        had = found["wrongful_stops"] / (found["passages"] / 100_000 if per == "faces" else 1)
        kept, of = int((had <= most).sum()), len(had)
        exact = stats.binomtest(kept, of).proportion_ci(method="exact")
        assert (int(row["kept in"]), int(row["of simulated campaigns"])) == (kept, of)
        assert row["exact 95 %, of 100"] == it.page.evaluate(f"hundredths([{exact.low}, {exact.high}])")
    assert f"kept in {rows[0]['kept in']} of the 20 campaigns that the page simulates" in it.page.inner_text(
        "#view-limit"
    )
    assert "chance alone, every input at its best value" in it.page.inner_text("#view-limit")


@pytest.mark.parametrize("most", [0, 1, 3])
@pytest.mark.parametrize("source", [0, 1])
def test_with_inputs_varied_too_a_limit_is_kept_as_often_as_in_the_run(source: int, most: int, it: Watched) -> None:
    """Held against campaigns of the run, which draws its inputs and has no law for its counts."""
    scenario = load_scenario("croydon-static", [f"recogniser.preset={('field', 'npl')[source]}"])
    stops = run_study(scenario, 1000, 2).passes["ignorance"]["wrongful_stops"]
    kept = float((stops <= most).mean())

    said = it.page.evaluate(
        "([i, most]) => varied(DATA.sources[i], state.setting, state.numbers[i].wrongful_stops, most,"
        " clustering(state.found[i].measures.wrongful_stops))",
        [source, most],
    )

    # chance of both: of the run, and of the page's average, which is that of few campaigns here
    average = explored().sources[source].found.measures["wrongful_stops"].with_ignorance
    off = (average.mean_95[1] - average.mean_95[0]) / 2 if average.mean_95 else 0.0
    assert said == pytest.approx(kept, abs=3 * np.sqrt(kept * (1 - kept) / len(stops)) + off)


def test_counts_that_cluster_are_below_a_limit_as_often_as_a_negative_binomial_law(it: Watched) -> None:
    from scipy import stats

    for most, expected, clustered in [(0, 1.5, 1.6), (4, 1.5, 2.0), (53, 36.0, 1.4), (2, 0.4, 1.0)]:
        size = expected / (clustered - 1) if clustered > 1 else None
        wanted = stats.nbinom.cdf(most, size, 1 / clustered) if size else stats.poisson.cdf(most, expected)
        assert it.page.evaluate(f"clustered_below({most}, {expected}, {clustered})") == pytest.approx(wanted, rel=1e-9)


def test_a_limit_that_is_no_number_is_refused(it: Watched) -> None:
    it.page.fill("#limit-most", "-1")
    it.page.dispatch_event("#limit-most", "change")
    assert it.page.inner_text("#limit-fault") == "Give a number, 0 or more."
    assert it.page.is_hidden("#csv-limit")
    it.page.fill("#limit-most", "1")
    it.page.dispatch_event("#limit-most", "change")


def test_the_map_has_the_closed_form_in_every_cell_and_says_where_nothing_was_counted(it: Watched) -> None:
    scenario, source = load_scenario("croydon-static"), explored().sources[0]
    inputs = many_inputs(scenario)

    def form(threshold: float, size: float) -> float:
        return float(closed_forms(scenario, inputs, threshold, size)["wrongful_stops"].mean())

    rows = csv_of(it, "map")
    run = source.found.measures["wrongful_stops"].with_ignorance.mean
    for row in rows[::29]:
        cell = float(row["threshold"]), float(row["people listed"].replace(",", ""))
        wanted = run * form(*cell) / form(0.64, 16_500.0)
        assert row["average"] == number(wanted), cell
    counted = {row["threshold"] for row in rows if row["within the source's data"] == "yes"}
    assert source.recorded.thresholds is not None
    assert (float(min(counted)), float(max(counted))) == source.recorded.thresholds
    # the table behind it says the same
    table = it.page.evaluate("tables.map.table")
    at = table["heads"].index("0.70")
    assert next(line for line in table["rows"] if line[0] == "5,000")[at] == (
        next(row["average"] for row in rows if (row["threshold"], row["people listed"]) == ("0.70", "5,000")) + "*"
    )
    shown = it.page.locator("#view-map .on-desk svg")
    assert shown.locator(".cell-own").count() == shown.locator(".cell-here").count() == 1


def test_the_map_marks_the_cell_that_is_set(it: Watched) -> None:
    put(it, "threshold", 0.605)
    put(it, "size", 12_500)
    own, there = (
        [float(shown.get_attribute(side) or "nan") for side in "xy"]
        for shown in (it.page.locator(f"#view-map .on-desk svg .cell-{name}") for name in ("own", "here"))
    )

    assert there[0] < own[0]
    assert there[1] > own[1]
    row = next(row for row in csv_of(it, "map") if (row["threshold"], row["people listed"]) == ("0.605", "12,500"))
    assert row["average"] == number(numbers(it)["wrongful_stops"])


def test_pictures_are_saved_twice_as_fine_with_what_they_were_made_from(it: Watched) -> None:
    from PIL import Image

    put(it, "threshold", 0.68)
    names = [name for name in it.page.evaluate("Object.keys(VIEWS)") if it.page.is_visible(f"#png-{name}")]
    assert names == ["curve_threshold", "curve_size", "map", "thousand", "campaigns", "base_rate"]
    for name in names:
        wide, high = it.page.evaluate(f"(it => [it.width, it.svg().height])(sheet_of('{name}'))")
        with it.page.expect_download() as waiting:
            it.page.click(f"#png-{name}")
        with Image.open(str(waiting.value.path())) as drawn:
            assert drawn.size == (2 * wide, 2 * high)
            # not the paper alone: ink, colours and all between them
            assert len(drawn.convert("RGB").getcolors(1 << 24) or []) > 50
    text = it.page.evaluate(
        "[...new DOMParser().parseFromString(sheet_of('map').svg().text, 'image/svg+xml').querySelectorAll('text')]"
        ".map(it => it.textContent).join(' ')"
    )
    assert text.startswith("Wrongful stops, by threshold and list Wrongful stops in a campaign on average")
    for part in (
        "Simulated with lfrsim, not observed.",
        "Threshold 0.68; People on the watchlist 16,500;",
        "Extrapolated: by the Met's record there is nothing on thresholds outside 0.60 to 0.64",
        "quote both",
        "seed 1. made",
    ):
        assert part in text, part


def test_on_paper_the_settings_are_words(it: Watched) -> None:
    put(it, "threshold", 0.62)
    it.seen(PAPER, media="print")

    printed = it.page.inner_text("#printed")
    assert "Threshold 0.62; People on the watchlist 16,500; People added to the scenario's list come past;" in printed
    assert "Passages an hour 4,096; Listed people among 1,000 passages 1.59;" in printed
    assert "Operators 2; Teams 4" in printed
    for gone in ("#controls", "#share", "[data-view=compare]", "[data-view=staffing]", "#csv-map", "#png-map"):
        assert it.page.is_hidden(gone), gone
    tops = it.all("h1, #boxes, #printed, #title-curve_threshold, #title-zero", "it => it.getBoundingClientRect().top")
    assert tops == sorted(tops)
    assert it.too_wide() == 0
    it.seen()


def test_what_was_simulated_at_another_setting_does_not_stay(it: Watched) -> None:
    it.page.click("#ask-staffing")
    it.page.wait_for_selector("#view-staffing table")
    put(it, "threshold", 0.62)

    assert it.page.inner_text("#view-staffing") == ""
    assert it.page.is_hidden("#csv-staffing")


def test_axe_finds_nothing_in_a_comparison_and_every_window_fits(it: Watched) -> None:
    from axe_playwright_python.sync_playwright import Axe

    kept_and_moved(it, threshold=0.68, teams=1)
    looks: list[tuple[int, Scheme]] = [(DESKTOP, "light"), (PHONE, "dark")]
    for width, scheme in looks:
        it.seen(width, scheme)
        assert it.too_wide() == 0, (width, scheme)
        # all other views, as they stand when the page opens, are looked at with the page
        found = Axe().run(it.page, "[data-view=compare]", {"rules": {"target-size": {"enabled": True}}}).response
        assert [(one["id"], node["html"][:160]) for one in found["violations"] for node in one["nodes"]] == []
    it.seen()
