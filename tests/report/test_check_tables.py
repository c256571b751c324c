"""What ``lfrsim check`` prints and draws: every number with its rows and interval, chances never rounded to 0 or 1."""

from __future__ import annotations

import copy
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from forecast_records import simulated_records
from rich.console import Console

from simulator.evidence.check import rolling
from simulator.evidence.check.checked import Checked, Split, check
from simulator.evidence.check.planned import recorded
from simulator.report.check.folder import write_check
from simulator.report.check.page import print_check
from simulator.report.check.sentences import chance, count, gain, score
from simulator.response.kernel import by_kernel
from simulator.scenario import load_scenario


@pytest.fixture(scope="module")
def checked() -> Checked:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rolling, "CANDIDATES", ((), ("sites",)))
        rows = recorded(simulated_records(120))
        return check(load_scenario("croydon-van"), rows, 60, 1, by_kernel, Split(dt.date(2024, 6, 30)), "r.csv")


@pytest.fixture(scope="module")
def document(checked: Checked) -> dict[str, Any]:
    return {
        "scenario": {"name": "croydon-van", "title": "Vans [in] Croydon", "what_if": None, "caveats": ["A caution."]},
        "records": {
            "file": "r.csv",
            "rows": 123,
            "skipped": 2,
            "skipped_lines": [7, 9],
            "skipped_false_alerts": {"events": 1, "rows": 1},
            "without_hours": 1,
            "rows_without_hours": [{"row": 4, "date": "2020-02-27", "alerts": 8, "false_alerts": 7}],
            "oddities": 3,
        },
        **checked.found,
        "requirement": None,
    }


def printed(document: dict[str, Any], width: int = 124) -> str:
    page = io.StringIO()
    print_check(document, Console(file=page, width=width, highlight=False, color_system=None))
    return page.getvalue()


def test_it_says_what_is_observed_and_what_is_simulated(document: dict[str, Any]) -> None:
    said = " ".join(printed(document).split())

    assert f"Observed: {document['tested']['rows']} deployments from 2024-07" in said
    assert "Simulated: each deployment 60 times" in said
    assert "Left out of 123 rows: 2 with mistakes (--skip-bad), 1 without hours." in said
    assert "lines 7, 9. The false alert of the 1 of them whose count can be read is in no figure here." in said
    assert "Without hours: 2020-02-27; 7 recorded false alerts left out with them (2020-02-27: 7 of 8 alerts)." in said
    assert "Not independent where r.csv repeats what the scenario was made from" in said
    assert "above the 90 % point (0.10)" in said
    assert "in whole counts, which holds somewhat more than 90 % and is not the coverage above" in said
    assert "Odd in the record, but used: 3 things" in said
    assert "(not the faces)" in said
    assert "Vans [in] Croydon" in said
    assert "forecast as if it were that street" in said
    assert "nothing that came of it" in said
    assert "coverage cannot judge them" in said
    assert "The tested rows were not used." in said
    assert "a rate 14 times too low has a coverage" in said
    assert "A caution." in said


def test_no_line_is_wider_than_the_page(document: dict[str, Any]) -> None:
    """Tables leave columns out before they break a number."""
    assert max(map(len, printed(document).splitlines())) <= 124


def test_without_training_the_scenario_stands_alone(document: dict[str, Any]) -> None:
    alone = copy.deepcopy(document)
    alone["forecasters"] = {"scenario": alone["forecasters"]["scenario"]}
    alone |= {"training": None, "choice": None, "false_alerts": None, "monthly": None}
    said = printed(alone)

    assert "baseline" not in said
    assert "trained model" not in said


def test_what_was_required_is_said(document: dict[str, Any]) -> None:
    rule = {"forecaster": "scenario", "rule": "this", "holds": False, "broken": ["alerts: too many"]}
    said = " ".join(printed(document | {"requirement": rule}).split())

    assert "Required of the scenario: this. It DOES NOT HOLD. alerts: too many" in said


def test_words_of_numbers() -> None:
    assert [chance(x) for x in (0.0, 0.0004, 0.2, 0.99999)] == ["under 0.001", "under 0.001", "0.200", "over 0.999"]
    assert gain({"share": 0.158, "ci_95": [-0.001, 0.264]}) == "16 % (0 to 26)"
    assert gain(None) == ""
    assert [score(x) for x in (3.19, 0.0627)] == ["3.19", "0.063"]
    assert [count(1, "row"), count(1200, "row")] == ["1 row", "1,200 rows"]


def test_files_and_figures_repeat_byte_for_byte(checked: Checked, document: dict[str, Any], tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_check(document, checked, tmp_path / name)
    names = sorted(path.name for path in (tmp_path / "a").iterdir())

    assert names == ["check.json", "forecasts.csv", "forecasts.png", "forecasts.svg", "pit.png", "pit.svg"]
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in names)
    header = (tmp_path / "a" / "forecasts.csv").read_text("utf-8").splitlines()[0]
    assert header.startswith("forecaster,measure,row,date,place,site,hours,observed,median,low_50,high_50")
