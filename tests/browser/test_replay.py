"""A replayed day in a browser: it plays, steps, and shows nothing of an alert's truth before the alert has ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from replayed import LOW, run_into
from watched import DESKTOP, PHONE, Scheme, Watched, watched

from simulator.evidence.explore.ends import ENDS_OF_ALERTS
from simulator.evidence.numbers import whole
from simulator.evidence.replay.found import ReplayFound
from simulator.evidence.replay.found import replay as replayed
from simulator.report.lanes.day import day_of
from simulator.report.replay.page import page_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The same at every moment before and after the end of an alert, in a view of its own.
AT = """([day, moments]) => {
  const root = document.createElement("div");
  document.querySelector("main").append(root);
  const other = new DayView(root, day, terms);
  other.table.open = true;
  const seen = moments.map((at) => { other.player.go(at); return root.innerHTML; });
  root.remove();
  return seen;
}"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> ReplayFound:
    folder = tmp_path_factory.mktemp("replay") / "run"
    run_into(folder, *LOW, replications=20)
    return replayed(folder)


@pytest.fixture(scope="module")
def page(found: ReplayFound, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "day.html"
    path.write_text(page_of(found, "made"), "utf-8")
    return path


@pytest.fixture
def it(browser: Browser, page: Path) -> Iterator[Watched]:
    with watched(browser, page) as opened:
        opened.page.wait_for_selector(".board")
        yield opened
        assert opened.complaints == []
        assert opened.requests == []


def button(it: Watched, words: str) -> Any:
    return it.page.get_by_role("button", name=words, exact=True)


def clock(it: Watched) -> str:
    return str(it.page.inner_text(".clock"))


def at(found: ReplayFound, seconds: float) -> str:
    whole_s = round(found.camera_on_s + seconds)
    return f"{whole_s // 3600:02d}:{whole_s // 60 % 60:02d}:{whole_s % 60:02d}"


def test_it_starts_still_plays_and_pauses(it: Watched, found: ReplayFound) -> None:
    assert clock(it) == at(found, 0)
    it.page.wait_for_timeout(200)
    assert clock(it) == at(found, 0)
    button(it, "Play").click()
    until(it, "view.player.now > 60")
    assert it.page.inner_text("[aria-live]") == ""
    button(it, "Pause").click()
    stood = clock(it)
    it.page.wait_for_timeout(200)

    assert clock(it) == stood > at(found, 0)
    assert stood in it.page.inner_text("[aria-live]")


def test_played_to_the_end_it_says_what_happened(it: Watched, found: ReplayFound) -> None:
    it.page.evaluate("view.player.speed = 400")
    button(it, "Play").click()
    until(it, "view.player.now >= view.day.ends_s && !view.player.playing")
    said = it.page.inner_text(".sentence")
    arrested = sum(alert.did == "arrested" for alert in found.alerts)

    assert said.startswith(
        f"This simulated day is over: {len(found.alerts)} alerts, {len(found.stopped)} people stopped, {arrested} arrested."
    )
    assert said.count(" at ") == len(found.wrongful) > 0
    for alert in found.wrongful:
        assert f"alert {found.alerts.index(alert) + 1} at {at(found, alert.stop_s or 0)[:5]}" in said
    assert said in it.page.inner_text("[aria-live]")
    assert f"{whole(found.faces or 0)} faces were counted that day" in it.page.inner_text("header")
    # every end with its count
    counts = it.all(".ended li > b", "b => Number(b.textContent)")
    assert sum(counts) == len(found.alerts)
    it.open_all()
    until(it, "view.body.rows.length > 0")
    assert len(it.all(".events tbody tr", "row => 1")) == it.page.evaluate("view.events.length")


def test_next_alert_goes_from_alert_to_alert_by_keyboard(it: Watched, found: ReplayFound) -> None:
    it.page.keyboard.press("Tab")
    it.page.keyboard.press("Tab")
    assert it.page.evaluate("document.activeElement.textContent") == "Next alert"
    for alert in found.alerts[:3]:
        it.page.keyboard.press("Enter")
        assert clock(it) == at(found, alert.time_s)
    assert it.page.inner_text(".latest li").endswith(("an operator looks at it", "the system alerts"))
    it.page.focus("input[type=range]")
    before = it.page.evaluate("view.player.now")
    it.page.keyboard.press("ArrowRight")

    assert 0 < it.page.evaluate("view.player.now") - before <= 30
    assert it.page.get_attribute("input[type=range]", "aria-valuetext") == clock(it)


def turned(day: dict[str, Any], which: int) -> dict[str, Any]:
    """The same day, had alert *which* been of a right person where it was of a wrong one; officers do the same."""
    other: dict[str, Any] = json.loads(json.dumps(day))
    alert = other["alerts"][which]
    did, false = ENDS_OF_ALERTS[alert["end"]].did, alert["false"]
    alert |= {"false": not false, "end": [(end.false, end.did) for end in ENDS_OF_ALERTS].index((not false, did))}
    return other


def until(it: Watched, holds: str) -> None:
    """Wait until *holds*, an expression; the page's policy does not let the browser's own waiting evaluate one."""
    for _ in range(500):
        if it.page.evaluate(holds):
            return
        it.page.wait_for_timeout(20)
    pytest.fail(f"never: {holds}")


def test_nothing_shown_hangs_on_the_truth_of_an_alert_before_its_end(it: Watched, found: ReplayFound) -> None:
    """Had it been somebody else, the page would be the same in every sign and word until the alert has ended, and not after."""
    day = json.loads(json.dumps(day_of(found)))
    wrong = found.alerts.index(found.wrongful[-1])
    moments = sorted({0.0, *(stage.start_s for alert in found.alerts for stage in alert.stages)})
    ends_s = found.wrongful[-1].end_s
    before, after = [t for t in moments if t < ends_s] + [ends_s - 0.01], [ends_s, found.ends_s]
    other = turned(day, wrong)
    same, different = (it.page.evaluate(AT, [one, before]) for one in (day, other))

    assert len(before) > 20
    assert [i for i, (one, two) in enumerate(zip(same, different, strict=True)) if one != two] == []
    shown, turned_round = (it.page.evaluate(AT, [one, after]) for one in (day, other))
    assert all(one != two for one, two in zip(shown, turned_round, strict=True))


def test_open_alerts_are_alike_unless_the_truth_is_asked_for(it: Watched, found: ReplayFound) -> None:
    wrong = found.wrongful[0]
    it.open_all()
    it.page.evaluate("at => view.player.go(at)", (wrong.stop_s or 0) + 1)
    shapes = "token => token.getAttribute('class')"

    assert {of.split()[1] for of in it.all(".token", shapes)} == {"unknown"}
    assert "wrong person" not in it.page.inner_text(".side") + it.page.inner_text(".latest")
    assert (
        "No stop of a wrong person has come out so far" in it.page.inner_text(".sentence")
        or found.wrongful[0] is not wrong
    )
    it.page.check(".truth input")
    assert any(of.split()[1:] == ["wrong", "held"] for of in it.all(".token", shapes))
    assert "in truth on the wrong person" in str(it.page.text_content(".events"))
    assert "still held" in it.page.inner_text(".sentence")


def test_who_is_busy_on_the_page_is_who_the_log_says(it: Watched, found: ReplayFound) -> None:
    """The lanes hand out officers by the stages; the steps come from the times of the log."""
    moments = sorted({t + d for steps in found.busy.values() for t in steps.at_s for d in (0.0, 0.25)})
    counts = """moments => { const spans = Object.entries(Lanes.kept_busy(day));
      return moments.map((now) => spans.map(([lane, of]) =>
      [of.filter(({ from, to }) => from <= now && now < to).length, Lanes.at(day.staff[lane].busy, now)])); }"""
    for now, lanes in zip(moments, it.page.evaluate(counts, moments), strict=True):
        assert all(lane == steps for lane, steps in lanes), now
    # nobody has two alerts at once, and where more are not on duty no more are needed
    for kind, steps in found.busy.items():
        on_duty = (found.on_duty or {})[kind].numbers[0]
        assert it.page.evaluate("lane => Lanes.kept_busy(day)[lane].slots", kind) == max(steps.numbers) <= on_duty


def test_with_reduced_motion_there_are_steps_only(browser: Browser, page: Path, found: ReplayFound) -> None:
    with watched(browser, page, reduced_motion="reduce") as still:
        still.page.wait_for_selector(".board")
        assert not still.page.is_visible(".play")
        assert not still.page.is_visible(".speed")
        button(still, "Next alert").click()
        assert clock(still) == at(found, found.alerts[0].time_s)
        button(still, "Next step").click()
        assert clock(still) >= at(found, found.alerts[0].time_s)
        assert still.page.evaluate("getComputedStyle(document.querySelector('.token')).transitionDuration") == "0s"


def test_axe_finds_nothing_and_every_window_fits(it: Watched, found: ReplayFound) -> None:
    from axe_playwright_python.sync_playwright import Axe

    looks: list[tuple[int, Scheme, float]] = [
        (DESKTOP, "light", 0.0),
        (PHONE, "light", found.wrongful[0].end_s),
        (PHONE, "dark", found.ends_s),
        (DESKTOP, "dark", (found.wrongful[0].stop_s or 0) + 1),
    ]
    for width, scheme, now in looks:
        it.seen(width, scheme)
        it.page.evaluate("at => view.player.go(at)", now)
        assert it.too_wide() == 0, (width, scheme)
        if scheme == ("light" if width == PHONE else "dark"):
            it.open_all()
            checked = Axe().run(it.page, options={"rules": {"target-size": {"enabled": True}}}).response
            assert [(one["id"], node["html"][:160]) for one in checked["violations"] for node in one["nodes"]] == []


def test_on_paper_the_whole_day_is_shown(it: Watched, found: ReplayFound) -> None:
    it.seen(media="print")
    until(it, "view.printing")

    assert it.page.inner_text(".sentence").startswith("This simulated day is over")
    assert not it.page.is_visible(".play")
    # the gravest end, which stands first, with its sign
    assert it.page.is_visible(".ended li.wrong svg")
    it.seen(media="screen")
    until(it, "!view.printing")
    assert clock(it) == at(found, 0)


def test_a_title_cannot_be_markup(browser: Browser, found: ReplayFound, tmp_path: Path) -> None:
    hostile = "</script><script>document.body.remove()</script><img src=x onerror=alert(1)>"
    path = tmp_path / "hostile.html"
    path.write_text(page_of(replace(found, title=hostile, place=hostile, what_if=hostile), "made"), "utf-8")
    with watched(browser, path) as opened:
        opened.page.wait_for_selector(".board")
        assert opened.page.inner_text("header").count(hostile) == 3
        assert (opened.complaints, opened.requests) == ([], [])


def test_a_day_without_alerts_is_quiet(browser: Browser, found: ReplayFound, tmp_path: Path) -> None:
    path = tmp_path / "quiet.html"
    path.write_text(page_of(replace(found, alerts=(), faces=None), "made"), "utf-8")
    with watched(browser, path) as opened:
        assert "nothing to play" in opened.page.inner_text("main")
        assert not opened.page.query_selector("button")
        assert (opened.complaints, opened.requests) == ([], [])
