"""The engine of an explorer in a browser: every alert as Python resolves it, and translators made wrong on purpose are caught."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

import pytest
from explored import OPTIONS, Case, cases, differences, loaded

from simulator.evidence.explore.script import engine_script
from simulator.response import javascript

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SETTINGS = 5


def answers(browser: Browser, engine: str, page: dict[str, Any], wanted: list[Case]) -> list[dict[str, Any]]:
    """What an *engine* makes of all cases, in a page of its own."""
    tab = browser.new_page()
    try:
        tab.add_script_tag(content=loaded(engine))
        asked = [{"block": case.block, "setting": case.setting} for case in wanted]
        found: list[dict[str, Any]] = tab.evaluate("([page, cases]) => answers(page, cases)", [page, asked])
        return found
    finally:
        tab.close()


@pytest.mark.parametrize("options", OPTIONS)
def test_every_alert_is_as_in_python(options: str, browser: Browser) -> None:
    page, wanted = cases(options, SETTINGS, 15)

    differ, cells = differences(answers(browser, engine_script(), page, wanted), wanted)

    assert cells > 10_000
    assert differ == 0


# Loops still end with these.
@pytest.mark.parametrize(
    ("operator", "wrong"),
    [(ast.LtE, "<"), (ast.Eq, "<="), (ast.BitOr, "&"), (ast.BitAnd, "|"), (ast.And, "||"), (ast.Not, "!!")],
)
def test_a_translator_made_wrong_is_caught(
    operator: type[ast.AST], wrong: str, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from playwright.sync_api import Error

    page, wanted = cases("options", SETTINGS, 15)
    monkeypatch.setitem(javascript._OPERATORS, operator, wrong)
    try:
        differ, _ = differences(answers(browser, engine_script(), page, wanted), wanted)
    except Error:
        # it broke
        return
    assert differ > 0
