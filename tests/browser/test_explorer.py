"""The explorer in a browser: opens from a file, says what the run says, follows every control, takes back what it gave."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from explored import explored
from watched import DESKTOP, PHONE, Scheme, Watched, watched

from simulator.evidence.claim.found import Count, Given
from simulator.evidence.claim.stated_numbers import answer
from simulator.evidence.explore.moved import Moved, moved_inputs
from simulator.evidence.explore.thinning import kept_at
from simulator.evidence.numbers import number
from simulator.evidence.run.found import summarise
from simulator.evidence.run.study import run_study
from simulator.report.explore.page import page_of
from simulator.report.run.thousand import LOOKS
from simulator.response.adjudication import review_limits
from simulator.scenario.inputs import median_inputs
from simulator.scenario.loader import load_scenario
from simulator.scenario.models import Scenario
from simulator.street.expectations import Expectations

if TYPE_CHECKING:
    from playwright.sync_api import Browser

READY = "body[data-ready]"
BEARINGS = {
    "no_test": "no test",
    "too_few": "no test",
    "holds": "holds",
    "does_not_hold": "does not hold",
    "cannot_be_shown": "cannot be shown",
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explorer") / "page.html"
    path.write_text(page_of(explored(), "made"), "utf-8")
    return path


@pytest.fixture
def it(browser: Browser, page: Path) -> Iterator[Watched]:
    with watched(browser, page, accept_downloads=True) as opened:
        opened.page.wait_for_selector(READY)
        yield opened
        assert opened.complaints == []
        assert fetched(opened) == []


def fetched(it: Watched) -> list[str]:
    """What was asked for beyond the page and the worker that lies in it."""
    return [address for address in it.requests if not address.startswith("blob:")]


def numbers(it: Watched, source: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = it.page.evaluate("i => state.numbers[i]", source)
    return found


def put(it: Watched, key: str, value: float) -> None:
    """Type *value* into the box of a control, and wait for what it changes."""
    it.page.fill(f"#box-{key}", str(value))
    it.page.dispatch_event(f"#box-{key}", "change")
    it.page.wait_for_selector(f'body[data-ready*="{key}={value:g}&"]')


def test_at_the_own_setting_every_number_is_the_run_s(it: Watched) -> None:
    found = explored().sources[0].found
    shown = numbers(it)

    for name in (
        "alerts",
        "false_alerts",
        "stops",
        "arrests",
        "listed_stopped",
        "listed_missed",
        "faces",
        "wrongful_stops",
    ):
        assert shown[name] == pytest.approx(found.measures[name].with_ignorance.mean, rel=1e-12), name
    assert shown["average_95"] == pytest.approx(found.measures["wrongful_stops"].with_ignorance.average_95, rel=1e-12)
    for unit in ("face", "alert"):
        drawn = found.rates["wrongful_stops"][unit].with_ignorance
        assert drawn is not None
        assert shown[f"per_{unit}"]["rate"] == pytest.approx(drawn.rate, rel=1e-12)
        assert shown[f"per_{unit}"]["ends"] == pytest.approx(drawn.average_95, rel=1e-12)
    assert number(found.measures["wrongful_stops"].with_ignorance.mean) in it.page.inner_text("#headline")
    assert it.page.inner_text("#answer").startswith("In this simulation the wrong person would be stopped about ")
    assert "Simulated, not observed." in it.page.inner_text("header")


def test_without_officers_nobody_is_stopped_and_without_a_stop_nothing_is_claimed(it: Watched) -> None:
    put(it, "teams", 0)

    assert it.page.inner_text("#headline").endswith("with these settings no officer comes.")
    zero = "() => headline({ ...state, setting: DATA.own, numbers: state.numbers.map((it) => ({ ...it, wrongful_stops: 0 })) })"
    assert (
        it.page.evaluate(zero.replace("DATA.own", "{ ...DATA.own, source: 0 }"))["second"]
        == "That is no evidence of zero."
    )


# What moves which way with a control, and what stays.
MOVES: list[tuple[str, float, dict[str, str]]] = [
    ("threshold", 0.60, {"wrongful_stops": "up", "false_alerts": "up", "listed_missed": "down", "faces": "same"}),
    ("threshold", 0.67, {"wrongful_stops": "down", "true_alerts": "down", "listed_missed": "up"}),
    ("size", 20_000, {"wrongful_stops": "up", "alerts": "up", "listed_people": "up", "faces": "same"}),
    ("teams", 0, {"wrongful_stops": "down", "stops": "down", "listed_missed": "up", "false_alerts": "up"}),
    ("operators", 0, {"stops": "down", "listed_missed": "up"}),
    ("checkers", 0, {"arrests": "down"}),
    ("vans", 0, {"false_alerts": "same", "faces": "same"}),
    ("hold_limit_min", 0, {"arrests": "down", "faces": "same"}),
    ("strictness", 1, {"wrongful_stops": "down", "stops": "down", "faces": "same"}),
    ("list_exponent", 0.5, {"false_alerts": "down", "true_alerts": "same", "listed_people": "same"}),
    ("footfall", 2_048, {"wrongful_stops": "down", "true_alerts": "down", "listed_people": "down", "faces": "down"}),
    ("listed", 0.795, {"true_alerts": "down", "listed_people": "down", "false_alerts": "same", "faces": "same"}),
    ("capture", 0.5, {"true_alerts": "down", "listed_missed": "up", "listed_people": "same", "false_alerts": "same"}),
]
OWN = "threshold=0.64&size=16500&added=1&list_exponent=1&footfall=4096&listed=1.59&capture=0.95&operators=2&teams=4"


@pytest.mark.parametrize(("key", "value", "moves"), MOVES)
def test_each_control_changes_what_it_should(key: str, value: float, moves: dict[str, str], it: Watched) -> None:
    before = numbers(it)
    put(it, key, value)
    after = numbers(it)

    for name, way in moves.items():
        ratio = after[name] / before[name]
        assert ratio > 1 if way == "up" else ratio < 1 if way == "down" else ratio == pytest.approx(1, rel=1e-12), name
    it.page.click("#own")
    it.page.wait_for_selector(f'body[data-ready*="{OWN}"]')
    assert numbers(it) == before


@pytest.mark.parametrize("source", [0, 1])
def test_whom_a_setting_keeps_and_what_operators_accept_is_what_python_says(source: int, it: Watched) -> None:
    """Python draws the bank and says how it is thinned; the page does the same sums in its own words."""
    explorer = explored()
    scenario = load_scenario("croydon-static", [f"recogniser.preset={('field', 'npl')[source]}"])
    most, own = explorer.street.most(scenario, explorer.sizes), explorer.street.own
    for threshold, size, added, footfall, listed, capture, exponent in (
        (0.64, 16_500, 1, 4_096, 1.59, 0.95, 1.0),
        (0.60, 20_000, 0, 1_024, 0.795, 0.5, 0.5),
        (0.68, 5_000, 1, 6_144, 1.99, 1.0, 0.8),
    ):
        moved = Moved(
            footfall=footfall / own["footfall"],
            listed=listed / own["listed"],
            capture=capture / own["capture"],
            exponent=exponent,
        )
        setting = {
            "threshold": threshold, "size": size, "added": added, "footfall": footfall, "listed": listed, "capture": capture,
            "list_exponent": exponent,
        }  # fmt: skip
        found = it.page.evaluate(
            "([i, it]) => simulation_of(DATA, DATA.sources[i], { ...DATA.own, ...it })", [source, setting]
        )

        kept = kept_at(scenario, most, threshold, size, moved, bool(added))
        # scores are kept in 2,000 parts
        assert found["kept"] == pytest.approx(list(vars(kept).values()), rel=1e-9, abs=1 / 4_000)
        inputs = moved_inputs(scenario, median_inputs(scenario, 1), moved)
        e = Expectations(scenario, inputs).at(threshold, size)
        right = e.true_alerts * (1 if added else own_size(size, scenario) / size)
        limits = review_limits(inputs, scenario, right / (right + e.false_alerts))
        assert found["limits"][0][0] == pytest.approx(float(limits.false[0]), abs=1e-3)
        assert found["limits"][0][2] == pytest.approx(float(limits.true[0]), abs=1e-3)


def own_size(size: float, scenario: Scenario) -> float:
    return min(size, scenario.watchlist.size.value)


def test_names_whose_people_do_not_come_past_raise_false_alerts_alone(it: Watched) -> None:
    before = numbers(it)
    it.page.check("input[name=added][value='0']")
    put(it, "size", 20_000)
    alone = numbers(it)
    it.page.check("input[name=added][value='1']")
    it.page.wait_for_selector('body[data-ready*="size=20000&added=1"]')
    both = numbers(it)

    assert alone["listed_people"] == before["listed_people"] < both["listed_people"]
    # who is arrested is not taken for somebody else any more
    assert alone["false_alerts"] == pytest.approx(both["false_alerts"], rel=0.05)
    assert alone["false_alerts"] > 1.15 * before["false_alerts"]


def test_faces_per_passer_by_move_rates_per_face_and_no_stop(it: Watched) -> None:
    before = numbers(it)
    it.page.check("input[name=faces_per_passage][value='3']")
    it.page.wait_for_selector('body[data-ready*="faces_per_passage=3"]')
    after = numbers(it)

    assert after["wrongful_stops"] == before["wrongful_stops"]
    assert after["per_face"]["rate"] == pytest.approx(before["per_face"]["rate"] / 3)


def test_the_other_source_and_what_is_not_on_record(it: Watched) -> None:
    it.page.check("input[name=source][value='1']")
    it.page.wait_for_selector('body[data-ready*="rates=npl"]')
    put(it, "threshold", 0.68)

    assert it.page.inner_text("#headline").startswith("Extrapolated: in this simulation")
    assert "by a laboratory test there is nothing on thresholds outside 0.60 to 0.64" in it.page.inner_text("#beyond")
    assert it.page.inner_text("#announced").startswith("Extrapolated:")


def test_keys_move_a_slider_and_one_announcement_follows(it: Watched) -> None:
    it.page.focus("#slider-threshold")
    it.page.keyboard.press("ArrowLeft")
    it.page.wait_for_selector('body[data-ready*="threshold=0.635"]')

    assert it.page.input_value("#box-threshold") == "0.635"
    assert it.page.get_attribute("#slider-threshold", "aria-valuetext") == "0.635"
    assert it.page.inner_text("#announced").count("In this simulation") == 1


def test_a_value_beyond_the_bank_ends_where_it_ends(it: Watched) -> None:
    it.page.fill("#box-size", "90000")
    it.page.dispatch_event("#box-size", "change")
    it.page.wait_for_selector('body[data-ready*="size=20000"]')

    assert it.page.input_value("#box-size") == "20000"
    assert "Simulated from 1,000 to 20,000" in it.page.inner_text("#told-size")


def test_settings_come_back_from_their_string(it: Watched) -> None:
    string = (
        "threshold=0.6&size=12500&added=0&list_exponent=0.8&footfall=5120&listed=1.19&capture=0.8&operators=1&teams=2&checkers=3&vans=1&hold_limit_min=20&strictness=0.5"
        "&faces_per_passage=7&rates=npl"
    )
    it.page.fill("#string", string)
    it.page.click("#take")
    it.page.wait_for_selector(f'body[data-ready="{string}"]')
    it.page.click("#copy")

    assert it.page.input_value("#string") == string
    assert it.page.input_value("#box-teams") == "2"
    assert "#" not in it.page.url


def test_copied_settings_name_the_view_used_last_and_open_there(it: Watched) -> None:
    it.page.focus("#csv-tree")
    it.page.click("#copy")
    string = it.page.input_value("#string")
    assert string.endswith("&rates=field&view=tree")

    it.page.evaluate("scrollTo(0, 0)")
    it.page.fill("#string", string.replace("tree", "staffing"))
    it.page.click("#take")
    it.page.wait_for_selector("#view-staffing table")
    assert it.page.evaluate("document.activeElement.id") == "title-staffing"
    assert it.page.evaluate("Math.abs(document.activeElement.getBoundingClientRect().top)") < 100

    it.page.select_option("#open-at", "")
    it.page.click("#copy")
    assert it.page.input_value("#string").endswith("&rates=field")


@pytest.mark.parametrize(
    ("string", "said"),
    [
        ("", "Nothing to take over"),
        ("colour=red", '"colour" is no setting'),
        ("threshold=0.2", "0.2 is outside of what this page simulates, 0.6 to 0.7"),
        ("teams=many", '"many" is no number'),
        ("rates=moon", 'there is no "moon" here; there is field, npl'),
        ("view=moon", 'there is no "moon" here; there is compare'),
    ],
)
def test_a_string_that_says_nothing_is_refused(string: str, said: str, it: Watched) -> None:
    it.page.fill("#string", string)
    it.page.click("#take")

    assert said in it.page.inner_text("#shared")
    assert it.page.get_attribute("body", "data-ready").startswith("threshold=0.64")  # type: ignore[union-attr]


def downloaded(it: Watched, tmp_path: Path) -> Path:
    with it.page.expect_download() as waiting:
        it.page.click("#download")
    assert waiting.value.suggested_filename == "croydon-static-explored.yaml"
    path = tmp_path / "explored.yaml"
    waiting.value.save_as(path)
    return path


def test_the_downloaded_scenario_runs_with_the_numbers_shown(it: Watched, tmp_path: Path) -> None:
    scenario = load_scenario(str(downloaded(it, tmp_path)))

    found = summarise(run_study(scenario, 60, 1))

    assert found.measures["alerts"].with_ignorance.mean == pytest.approx(numbers(it)["alerts"], rel=1e-12)
    assert found.measures["wrongful_stops"].with_ignorance.mean == pytest.approx(
        numbers(it)["wrongful_stops"], rel=1e-12
    )


def test_the_downloaded_scenario_has_what_was_changed(it: Watched, tmp_path: Path) -> None:
    it.page.fill(
        "#string",
        "threshold=0.62&size=20000&added=0&footfall=2048&listed=1.19&capture=0.8&list_exponent=0.8&teams=1&strictness=0.5&rates=npl",
    )
    it.page.click("#take")
    it.page.wait_for_selector('body[data-ready*="threshold=0.62"]')
    scenario = load_scenario(str(downloaded(it, tmp_path)))
    ran = summarise(run_study(scenario, 200, 1)).measures

    assert scenario.recogniser.preset == "npl"
    assert scenario.recogniser.threshold.value == 0.62
    assert scenario.officers.teams.value == 1
    assert scenario.street.passages_per_hour.interval() == pytest.approx((1665, 2515))
    assert scenario.recogniser.capture_rate is not None
    assert scenario.recogniser.capture_rate.value == pytest.approx(0.8)
    assert scenario.recogniser.list_size_exponent.value == 0.8
    # averages are known to a few per cent: 200 campaigns of some 100 alerts that vary by a fifth with their inputs
    for name in ("alerts", "true_alerts", "listed_people"):
        assert ran[name].with_ignorance.mean == pytest.approx(numbers(it, 1)[name], rel=0.12), name


@pytest.mark.parametrize(
    ("wrong", "faces", "alerts", "unconfirmed"),
    [
        (1, 239_216, 200, 0),
        (0, 239_216, 200, 0),
        (0, 2_000, 5, 0),
        (25, 3_000_000, 2_077, 40),
        (3, 500, 300, 0),
        (200, 10_000, 200, 0),
    ],
)
def test_virtually_zero_is_judged_as_by_lfrsim_claim(
    wrong: int, faces: int, alerts: int, unconfirmed: int, it: Watched
) -> None:
    said = answer(Given(events={"false_alerts": Count(wrong, wrong)}, units={"faces": faces, "alerts": alerts}))
    found = it.page.evaluate(
        "given => zero(given)", {"wrong": wrong, "faces": faces, "alerts": alerts, "unconfirmed": unconfirmed}
    )

    per = {row.per: row.interval_95 for row in said.rates}
    assert found["per_face"] == pytest.approx(list(per["faces"]), rel=1e-8)  # type: ignore[arg-type]
    assert found["per_alert"] == pytest.approx(list(per["alerts"]), rel=1e-8)  # type: ignore[arg-type]
    for mine, theirs in zip(found["readings"], said.readings, strict=True):
        assert mine["could"] == theirs.could_be_wrong
        assert mine["bearing"] == BEARINGS[str(theirs.verdict)]
        assert mine["units"] == pytest.approx(theirs.units_needed[0].units, rel=1e-9)


def test_the_calculator_says_what_the_claim_command_says(it: Watched) -> None:
    said = it.page.inner_text("#view-zero")

    assert "1 in 239,000 (exact 95 %: 1 in 42,900 to 1 in 9.4 million)" in said
    assert "1 in 200 (exact 95 %: 1 in 36.3 to 1 in 7,900)" in said
    assert 'Of 200 alerts 23 could be wrong and "at most 1 in 10,000 faces" would still hold' in said
    assert "takes 30,000 faces without a false alert" in said
    it.page.fill("#zero-wrong", "300")
    it.page.dispatch_event("#zero-wrong", "change")
    assert "cannot be more than all alerts" in it.page.inner_text("#zero-fault")


def test_numbers_are_written_as_in_python(it: Watched) -> None:
    values = [
        0,
        1,
        9.94,
        9.95,
        12.25,
        12.35,
        0.46,
        0.125,
        0.00021,
        999.5,
        1000,
        1234.5,
        239_216,
        1e7,
        3e-7,
        54.25,
        99.95,
        0.0685,
        2.5e-3,
    ]
    assert it.page.evaluate("values => values.map(number)", values) == [number(value) for value in values]


def test_the_looks_of_alerts_are_those_of_the_report(it: Watched) -> None:
    assert it.page.evaluate("LOOKS") == LOOKS


def test_a_thousand_alerts_are_a_thousand_and_say_what_the_box_says(it: Watched) -> None:
    rows = it.page.evaluate("tables.thousand.rows")
    shown = numbers(it)

    assert sum(int(row[2]) for row in rows) == 1000
    stopped = [row for row in rows if row[1] == "wrong person" and not row[0].startswith("not")]
    assert sum(int(row[2]) for row in stopped) == round(1000 * shown["wrongful_stops"] / shown["alerts"])


def test_tables_stand_behind_the_views_and_go_to_csv(it: Watched) -> None:
    it.page.click("#ask-staffing")
    it.page.wait_for_selector("#view-staffing table")
    for button in it.page.query_selector_all("button.csv:not([hidden])"):
        with it.page.expect_download() as waiting:
            button.click()
        lines = Path(str(waiting.value.path())).read_text("utf-8").splitlines()
        assert len(lines) >= 3
        assert len({line.count(",") >= 1 for line in lines}) == 1
    missed = [float(row[1]) for row in it.page.evaluate("tables.staffing.rows")]
    assert missed[0] > missed[-1]


def test_axe_finds_nothing_and_every_window_fits(it: Watched) -> None:
    from axe_playwright_python.sync_playwright import Axe

    it.page.click("#ask-staffing")
    it.page.wait_for_selector("#view-staffing table")
    it.open_all()
    looks: list[tuple[int, Scheme]] = [(DESKTOP, "light"), (PHONE, "light"), (PHONE, "dark"), (DESKTOP, "dark")]
    for width, scheme in looks:
        it.seen(width, scheme)
        assert it.too_wide() == 0, (width, scheme)
        found = Axe().run(it.page, options={"rules": {"target-size": {"enabled": True}}}).response
        assert [(one["id"], node["html"][:160]) for one in found["violations"] for node in one["nodes"]] == []


def test_a_title_cannot_be_markup(browser: Browser, tmp_path: Path) -> None:
    import dataclasses

    hostile = "</script><script>document.body.remove()</script><img src=x onerror=alert(1)>"
    explorer = explored()
    bad = dataclasses.replace(explorer, header=dataclasses.replace(explorer.header, title=hostile))
    path = tmp_path / "hostile.html"
    path.write_text(page_of(bad, "made"), "utf-8")
    with watched(browser, path) as opened:
        opened.page.wait_for_selector(READY)
        assert hostile in opened.page.inner_text("header")
        assert opened.complaints == []


def test_a_year_may_have_fewer_deployments(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "year.html"
    path.write_text(page_of(explored(20, 3, True), "made"), "utf-8")
    with watched(browser, path, accept_downloads=True) as opened:
        opened.page.wait_for_selector(READY)
        before = numbers(opened)
        put(opened, "deployments", 24)
        after = numbers(opened)
        with opened.page.expect_download() as waiting:
            opened.page.click("#download")
        waiting.value.save_as(tmp_path / "fewer.yaml")

        assert opened.complaints == []
    fewer = load_scenario(str(tmp_path / "fewer.yaml"))
    assert len(fewer.campaign.days) == 24
    # half the days of each length have half the faces, and fewer people were arrested before
    assert after["faces"] / before["faces"] == pytest.approx(0.5, rel=0.02)
    assert 0.5 < after["true_alerts"] / before["true_alerts"] < 0.7


def test_what_is_asked_for_in_the_address_is_shown(browser: Browser, page: Path) -> None:
    with watched(browser, page, "#threshold=0.62&teams=1") as opened:
        opened.page.wait_for_selector('body[data-ready*="threshold=0.62"]')
        assert opened.page.input_value("#box-teams") == "1"
