"""``lfrsim sensitivity`` as a user meets it: what it says, what it writes, and how it answers mistakes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from simulator.cli import main
from simulator.response import engines

FEW = ("--points", "256")
CERTAIN = (
    "street.passages_per_hour=2000",
    "watchlist.listed_per_1000_passages=1",
    "recogniser.fmr_at_anchor=2e-10",
    "recogniser.slope_per_unit=50",
    "procedure.look.accept_false=0.6",
)


def lfrsim(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    """Run the command here: exit code, what went to stdout and to stderr on one line each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["lfrsim", "sensitivity", *args])
        patch.delenv("COLUMNS", raising=False)
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    said = capsys.readouterr()
    return code, " ".join(said.out.split()), " ".join(said.err.split())


def test_the_page_goes_to_stdout_and_the_next_command_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    code, said, next_ = lfrsim(capsys, "croydon-static", *FEW)

    assert code == 0
    assert "hangs most on: false match rate of the system (" in said
    assert next_.startswith("Next, to keep this with a tornado chart: lfrsim")
    assert next_.endswith("--points 256 -o results/croydon-static-sensitivity")


def test_json_has_everything(capsys: pytest.CaptureFixture[str]) -> None:
    args = ("what-if-groups", *FEW, "--json", "--decide", "recogniser.threshold=0.60,0.62,0.64", "--exchange", "5")
    code, out, _ = lfrsim(capsys, *args)
    found: dict[str, Any] = json.loads(out)

    assert code == 0
    assert found["schema"] == "lfrsim-sensitivity/1"
    assert found["decision"]["exchange"] == 5
    assert len(found["decision"]["options"]) == 3
    for item in found["inputs"]:
        low, high = item["first_order_95"]
        assert low <= item["first_order"] <= high or abs(item["first_order"]) < 0.01
        assert item["total"] >= 0


def test_files_are_whole_and_repeat(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The same bytes for the same seed; a second run replaces the first; nothing half-written stays behind."""
    for name in ("a", "b", "b"):
        code, _, said = lfrsim(capsys, "what-if-groups", *FEW, "-o", str(tmp_path / name))
        assert code == 0
        assert "provenance.json, sensitivity.json, tornado.png, tornado.svg" in said
    a, b = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir() if path.name != "provenance.json"}
        for name in ("a", "b")
    )

    assert a == b
    assert sorted(a) == ["sensitivity.json", "tornado.png", "tornado.svg"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_what_is_not_ours_is_left_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A folder of a run, or with anything else in it, is refused before anything is computed."""
    (tmp_path / "summary.json").write_text("mine")
    code, out, said = lfrsim(capsys, "what-if-groups", *FEW, "-o", str(tmp_path))

    assert code == 3
    assert "holds files that are not of lfrsim sensitivity; choose another folder" in said
    assert out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["summary.json"]


def test_without_inputs_there_is_no_chart_to_write(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    sets = [part for change in CERTAIN for part in ("--set", change)]
    code, said, _ = lfrsim(capsys, "what-if-groups", *sets, "--details", "-o", str(tmp_path / "out"))

    assert code == 0
    assert "Nothing to rank: " in said
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["provenance.json", "sensitivity.json"]


def test_a_measure_without_a_formula_is_simulated(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one deployment and few points: said to be simulated, with the chance that is left."""
    engine = engines.engine_named("process")
    monkeypatch.setattr(engines, "engine_named", lambda *_: engine)
    sets = [part for change in CERTAIN[1:] for part in ("--set", change)]
    short = 'campaign={deployments: [{date: 2026-09-01, start: "11:00", hours: 1}]}'
    code, said, _ = lfrsim(
        capsys, "what-if-groups", "--measure", "stops", "--points", "16", "--set", short, *sets, "--details"
    )

    assert code == 0
    assert "Simulated, not observed:" in said
    assert "chance left in averages of 5 campaigns" in said
    assert ("cannot be ranked safely" in said) == ("would say nothing and are left out" in said)


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["--measure", "wrongfull_stops"], 'no measure is called "wrongfull_stops"; did you mean "wrongful_stops"?'),
        (["--measure", "qqq"], "for example wrongful_stops"),
        (["--decide", "recogniser.threshold=0.6,0.62"], "--exchange X, your rate, is missing"),
        (["--exchange", "3"], "--decide KEY=A,B,..., the options, is missing"),
        (["--decide", "recogniser.treshold=0.6,0.62", "--exchange", "3"], 'did you mean "threshold"?'),
        (
            ["--decide", "recogniser.threshold=0.6,6.2", "--exchange", "3"],
            "--decide recogniser.threshold=6.2: recogniser",
        ),
        (["--decide", "recogniser.threshold=0.6,x", "--exchange", "3"], 'every option must be a number (got "x")'),
        (["--decide", "recogniser.threshold=0.6", "--exchange", "3"], "needs 2 to 20 options, each once (got 1)"),
        (["--decide", "recogniser.threshold=0.6,0.60", "--exchange", "3"], "(got 1 different among 2)"),
        (["--decide", "0.6,0.62", "--exchange", "3"], "must be KEY=A,B,..."),
        (["--decide", "recogniser.threshold=0.6,0.62", "--exchange", "0"], "must be above 0"),
        (["--decide", "recogniser.threshold=0.6,0.62", "--exchange", "nan"], "must be above 0"),
        (["--points", "1000"], "must be a power of 2 between 16 and 65,536, such as 1,024 (got 1000)"),
        (["--points", "0"], "such as 16 (got 0)"),
        (["--measure", "stops", "--points", "65536"], "are the most; give fewer points"),
        (["-o", " "], "must name a folder"),
    ],
)
def test_mistakes_get_one_message_and_no_traceback(
    capsys: pytest.CaptureFixture[str], args: list[str], expected: str
) -> None:
    code, out, said = lfrsim(capsys, "croydon-static", *args)

    assert code in (2, 3)
    assert expected in said
    assert "Traceback" not in said
    assert out == ""


def test_what_is_drawn_jointly_cannot_be_chosen(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    draws = tmp_path / "draws.csv"
    draws.write_text("recogniser.tpir_at_anchor\n0.6\n0.7\n")
    decide = ("--decide", "recogniser.tpir_at_anchor=0.6,0.7", "--exchange", "3")
    code, _, said = lfrsim(capsys, "croydon-static", "--set", f"joint_draws={{file: {draws}}}", *decide)

    assert code == 2
    assert "is drawn jointly with others" in said


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = lfrsim(capsys, "--help")

    assert code == 0
    assert "Example: lfrsim sensitivity" in said
