"""A day played in an explorer: what its worker gives the lanes is what a replay of the same alerts gives them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from explored import OPTIONS, cases, explored, loaded
from watched import PHONE, watched

from simulator.evidence.explore.ends import ENDS_OF_ALERTS
from simulator.evidence.explore.script import engine_script
from simulator.evidence.replay.found import replayed
from simulator.evidence.run.day import busy_steps, on_duty
from simulator.experiment.log import alert_log
from simulator.report.explore.page import page_of
from simulator.scenario.inputs import median_inputs
from simulator.scenario.loader import load_scenario

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DAYS = """async ([{ model, blocks }, setting, wanted]) => {
  const people = await loaded({ model, bank: blocks.map(([index, text]) => ({ index, text })) });
  return wanted.map((play) => played(people, model, setting, play));
}"""
SHIFTS = "officers.shifts=[{after_min: 60, teams: 1, operators: 0}, {after_min: 150, operators: 1}]"


@pytest.fixture
def tab(browser: Browser) -> Iterator[Any]:
    opened = browser.new_page()
    opened.add_script_tag(content=loaded(engine_script()))
    yield opened
    opened.close()


def test_the_day_of_the_worker_is_that_of_a_replay(tab: Any) -> None:
    page, drawn = cases("options", 5, 15)
    case = max(drawn, key=lambda one: len(one.wanted.alerts))
    scenario = load_scenario("croydon-static", OPTIONS["options"])
    log, ends = alert_log(scenario, case.wanted), {(end.false, end.did): i for i, end in enumerate(ENDS_OF_ALERTS)}
    asked = [
        {"campaign": campaign, "deployment": day, "wrongful": False} for campaign in range(3) for day in (0, 6, 13)
    ]
    alerts = 0
    for play, found in zip(asked, tab.evaluate(DAYS, [page, case.setting, asked]), strict=True):
        rows = np.flatnonzero((log.replication == play["campaign"]) & (log.deployment == play["deployment"]))
        mine = log.take(rows[np.argsort(log.time_s[rows], kind="stable")])
        wanted = [
            {
                "name": str(i + 1),
                "time_s": alert.time_s,
                "stop_s": alert.stop_s,
                "end_s": alert.end_s,
                "false": alert.false,
                "end": ends[alert.false, alert.did],
                "stages": [[stage.name, stage.start_s, stage.end_s] for stage in alert.stages],
            }
            for i, alert in enumerate(replayed(mine))
        ]
        assert found["day"]["alerts"] == wanted, play
        for kind, steps in busy_steps(mine).items():
            assert found["day"]["staff"][kind]["busy"] == [of.tolist() for of in steps], (play, kind)
        passed = case.wanted.candidates.passage_count[play["campaign"], play["deployment"]]
        # of the bank's passages a setting has a share; a day that is not held has none
        share = case.setting["kept"][0] / page["model"]["footfall_parts"]
        held = case.setting["days"] is None or case.setting["days"][play["deployment"]]
        assert found["day"]["passages"] == pytest.approx(passed * share * held, rel=1e-12)
        alerts += len(wanted)

    assert alerts > 100


def test_the_next_day_with_a_wrongful_stop_is_the_next_one(tab: Any) -> None:
    page, (case, *_) = cases("options", 1, 15)
    log = alert_log(load_scenario("croydon-static", OPTIONS["options"]), case.wanted)
    wrong = log.is_false & log.stopped & ~log.bystander
    days = sorted(set((log.replication * 14 + log.deployment)[wrong].tolist()))
    begin = [days[0], days[0] + 1, days[-1]]
    asked = [{"campaign": of // 14, "deployment": of % 14, "wrongful": True} for of in begin]
    found = tab.evaluate(DAYS, [page, case.setting, asked])

    assert [it["campaign"] * 14 + it["deployment"] for it in found] == [
        next((day for day in days if day > of), days[0]) for of in begin
    ]
    never = {**case.setting, "staff": [0, 0, 0, 0]}
    assert tab.evaluate(DAYS, [page, never, asked[:1]]) == [None]


def test_shifts_change_who_is_on_duty(tab: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPTIONS, "shifts", [SHIFTS])
    page, (case, *_) = cases("shifts", 1, 15)
    scenario = load_scenario("croydon-static", [SHIFTS])
    kinds = ("vans", "checkers", "teams", "operators")
    setting = {**case.setting, "staff": [int(getattr(scenario.officers, kind).value) for kind in kinds]}
    (found,) = tab.evaluate(DAYS, [page, setting, [{"campaign": 0, "deployment": 4, "wrongful": False}]])

    for kind, steps in on_duty(scenario, median_inputs(scenario, 1), 0, 4).items():
        assert found["day"]["staff"][kind]["on_duty"] == [of.tolist() for of in steps], kind
    assert found["day"]["staff"]["teams"]["on_duty"][1][1:] == [1, 1]


def test_the_page_plays_a_day_of_its_own_simulation(browser: Browser, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    path = tmp_path / "explorer.html"
    path.write_text(page_of(explored(), "made"), "utf-8")
    with watched(browser, path) as it:
        it.page.wait_for_selector("body[data-ready]")
        assert not it.page.query_selector(".board")
        it.page.click("#play-next")
        it.page.wait_for_selector("#day .board")
        said = it.page.inner_text("#play-said")
        campaign, deployment = (it.page.input_value(f"#play-{which}") for which in ("campaign", "deployment"))
        assert f"deployment {deployment} of 14 in campaign {campaign} of 20; threshold 0.64, list 16,500" in said
        it.page.get_by_role("button", name="To the end", exact=True).click()
        assert "The wrong person was stopped" in it.page.inner_text("#day .sentence")
        assert it.page.inner_text("#play-stale") == ""
        # another setting is another day, and is told from the one that is open
        it.page.fill("#box-threshold", "0.6")
        it.page.dispatch_event("#box-threshold", "change")
        it.page.wait_for_selector('body[data-ready*="threshold=0.6&"]')
        assert "have changed since" in it.page.inner_text("#play-stale")
        it.page.click("#play-day")
        it.page.wait_for_selector("#play-said:has-text('threshold 0.6,')")
        assert it.page.inner_text("#play-stale") == ""
        it.seen(PHONE)
        assert it.too_wide() == 0
        found = Axe().run(it.page, "#play", options={"rules": {"target-size": {"enabled": True}}}).response
        assert [(one["id"], node["html"][:160]) for one in found["violations"] for node in one["nodes"]] == []
        assert it.complaints == []
        assert [address for address in it.requests if not address.startswith("blob:")] == []
