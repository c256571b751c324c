"""``choose`` as a user types it: limits and thresholds as they are read, what is said, what is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from simulator.cli.app import app
from simulator.report.choose.sentences import limit_words, together, units

FEW = ["--over", "0.62,0.64,0.66", "-n", "60", "--draws", "60", "--workers", "1"]


def told(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["choose", "croydon-static", *arguments])
    return done.exit_code, " ".join(done.output.split())


def found(*arguments: str) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["choose", "croydon-static", *arguments, "--json"])
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


def test_thresholds_may_be_named_with_or_without_their_key() -> None:
    short, long = (
        found("--limit", "false_alerts<=1", *FEW[2:], "--over", over)
        for over in ("0.62:0.66:0.02", "recogniser.threshold=0.62,0.64,0.66")
    )
    assert short == long
    assert short["run"]["thresholds"] == [0.62, 0.64, 0.66]


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        (["--over", "watchlist.size=1,2"], "choose varies the threshold alone"),
        (["--over", "0.6,1.2"], "thresholds must be between 0 and 1 (got 1.2)"),
        (["--over", "0.6,x"], "must be numbers"),
        (["-n", "59"], "must be between 60 and 100,000 (got 59)"),
        (["--draws", "59"], "must be between 60 and 10,000 (got 59)"),
        (["--limit", "wrongful_stops<1"], 'needs "<=" (at most) or ">=" (at least)'),
        (["--limit", "wrongful_stops_per_hour<=1"], 'did you mean "camera_hour"?'),
        (["-o", " "], "must name a folder"),
    ],
)
def test_mistakes_say_what_is_wrong_before_anything_is_simulated(arguments: list[str], rule: str) -> None:
    code, text = told("--limit", "false_alerts<=1", *arguments)
    assert code == 2
    # the box around an error breaks lines where it likes
    assert rule.replace(" ", "") in text.replace(" ", "").replace("│", "")


def test_everything_that_belongs_to_an_answer_is_said() -> None:
    code, text = told("--limit", "wrongful_stops_per_100k_faces<=0.3", *FEW)
    assert code == 0
    for words in (
        "Limit: at most 0.3 wrongful stops per 100,000 faces counted (1 in 333,000 faces counted,",
        "On average, with every input at its middle value",
        "On average, whatever the inputs are",
        "In a single campaign, whatever the inputs are",
        "preset field: ",
        "preset npl: ",
        "simulated, not observed",
        "This recommends no threshold.",
        "It says nothing about lawfulness",
        "quote both",
    ):
        assert words in text


def test_limits_that_conflict_are_told_apart_from_one_that_nothing_meets() -> None:
    _, text = told("--limit", "false_alerts<=0.5", "--limit", "false_alerts>=1", *FEW)
    assert (
        "no threshold from 0.62 to 0.66 meets them all: they conflict, each is met by some (0.66 alone; 0.62 alone)"
        in text
    )

    _, text = told("--limit", "false_alerts<=3", "--limit", "false_alerts>=1000", *FEW)
    assert 'meets them all: none meets "at least 1,000 false alerts per campaign"' in text


def limit(words: str, value: float = 1.0, at_most: bool = True) -> dict[str, Any]:
    return {"words": words, "unit": "deployment", "per": 1.0, "value": value, "at_most": at_most}


def test_together_in_words() -> None:
    about = {"run": {"thresholds": [0.6, 0.64]}, "limits": [limit("stops"), limit("arrests", 5, at_most=False)]}
    yes, no = ({"asked": True, "meets": ends} for ends in ([0.6, 0.64], None))
    assert together(yes, [yes, yes], about) == "0.60 to 0.64"
    assert together({"asked": True, "meets": [0.6, 0.6]}, [yes, yes], about) == "0.60 alone"
    assert 'none meets "at least 5 arrests per deployment"' in together(no, [yes, no], about)
    assert "they conflict" in together(no, [yes, yes], about)
    assert together({"asked": False, "meets": None}, [yes, no], about).startswith("not asked")
    alone = about | {"run": {"thresholds": [0.6]}}
    assert together(no, [yes, no], alone) == "0.60, the only one compared, does not meet them all"


def test_a_measure_with_a_comma_in_its_words_is_set_apart() -> None:
    assert units(limit("minutes lost, until let go")) == "minutes lost, until let go, per deployment"
    assert limit_words(limit("stops", 1234.5)) == "at most 1,234.5 stops per deployment"


def test_what_is_written_is_what_was_found_and_repeats(tmp_path: Path) -> None:
    limits = ["--limit", "false_alerts<=1", "--limit", "listed_stopped>=170"]
    for name in ("one", "two", "two"):
        assert told(*limits, *FEW, "-o", str(tmp_path / name))[0] == 0
    names = {path.name for path in (tmp_path / "one").iterdir()}
    assert names == {"choice.json", "choice.csv", "frontier.svg", "frontier.png"}
    assert all((tmp_path / "one" / n).read_bytes() == (tmp_path / "two" / n).read_bytes() for n in names)

    assert json.loads((tmp_path / "one" / "choice.json").read_text("utf-8")) == found(*limits, *FEW)
    table = pd.read_csv(tmp_path / "one" / "choice.csv")
    assert len(table) == 2 * 3 * 2
    row = table[
        (table["preset"] == "field") & (table["threshold"] == 0.66) & (table["limit"] == "false_alerts<=1")
    ].iloc[0]
    assert row["on_average"]
    assert row["mean_95_low"] < row["mean"] < row["bound_on_average"] < row["mean_95_high"]


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("precious", "utf-8")
    done = CliRunner().invoke(app, ["choose", "croydon-static", "--limit", "false_alerts<=1", "-o", str(tmp_path)])
    assert done.exit_code != 0
    assert "holds files that are not of lfrsim choose" in str(done.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
