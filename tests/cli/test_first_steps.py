"""What somebody meets first: help that is whole, completion in three shells, and a town of one's own by questions."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulator.cli.app import app
from simulator.scenario import load_scenario

COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
CALLED_LFRSIM = "import sys; sys.argv[0] = 'lfrsim'; from simulator.cli import main; main()"


def helped(*words: str) -> str:
    return CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": "80"}, terminal_width=80).stdout


def test_no_summary_is_cut_off() -> None:
    text = helped()

    assert "..." not in text.partition("Commands:")[2]
    assert all(len(line) <= 80 for line in text.splitlines())
    assert "how precisely is that known, and per what?" in " ".join(text.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example_on_one_line(command: str) -> None:
    examples = [line for line in helped(command).splitlines() if line.startswith("  Example: ")]

    assert examples
    assert all(line.startswith(f"  Example: lfrsim {command}") for line in examples)


def test_what_few_people_need_stands_last() -> None:
    often, _, rare = helped("run").partition("Rarely needed:")

    assert "--set KEY=VALUE" in often
    assert "--engine" in rare
    assert "--seed" in rare
    assert helped("claim").count("Rarely needed:") == 1


def completed(shell: str, line: str, folder: Path) -> list[str]:
    """What *shell* is offered to complete the last word of *line*."""
    words = line.split(" ")
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)} if shell == "bash" else {}
    env = {
        **os.environ,
        **asked,
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_LFRSIM_COMPLETE": f"complete_{shell}",
    }
    done = subprocess.run(
        [sys.executable, "-c", CALLED_LFRSIM], capture_output=True, text=True, env=env, cwd=folder, check=False
    )
    return [word for word in done.stdout.replace('"', " ").split() if word.startswith(words[-1])]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands_scenarios_and_keys(shell: str, tmp_path: Path) -> None:
    (tmp_path / "my-town.yaml").touch()

    assert "sensitivity" in completed(shell, "lfrsim se", tmp_path)
    assert completed(shell, "lfrsim run croydon-st", tmp_path) == ["croydon-static"]
    assert completed(shell, "lfrsim describe my", tmp_path) == ["my-town.yaml"]
    assert completed(shell, "lfrsim claim croydon-s", tmp_path) == ["croydon-sun-2026"]
    assert completed(shell, "lfrsim run croydon-static --set recogniser.thr", tmp_path) == ["recogniser.threshold="]
    assert completed(shell, "lfrsim run no-such-th", tmp_path) == []


def test_new_asks_at_a_terminal_and_again_after_a_slip(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, b"My Town\nour-town\n3k\nmany\n12,000\n5\nTue Fri\n1\n4\n6\n")
    done = subprocess.run(
        [sys.executable, "-m", "simulator.cli", "new"],
        stdin=theirs,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    os.close(ours)
    os.close(theirs)
    town = load_scenario(tmp_path / "our-town.yaml")

    assert done.returncode == 0, done.stderr
    assert "small letters" in done.stderr
    assert '(got "many")' in done.stderr
    assert "must be at least 6 with 1 van" in done.stderr
    assert (town.street.passages_per_hour.value, town.watchlist.size.value, town.officers.teams.value) == (
        3000,
        12000,
        1,
    )


def test_new_does_not_ask_where_nobody_can_answer(tmp_path: Path) -> None:
    nameless = CliRunner().invoke(app, ["new"])
    assert nameless.exit_code == 2
    assert "for example my-town" in nameless.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "school-street", "--seed", "x"], "must be a whole number from 0"),
        (["run", "school-street", "--engine", "fast"], 'must be auto, kernel or process (got "fast")'),
        (["run", "school-street", "--at", "64,16500"], "did you mean 0.64?"),
        (["run", "school-street", "--at", "0,64,16500"], "for example 0.62,16500"),
        (["choose", "school-street", "--limit", "stops<=1", "--over", "64"], "did you mean 0.64?"),
        (["choose", "school-street", "--limit", "stops<=5%"], "a percentage needs one of a unit"),
        (["choose", "school-street", "--limit", "stops<=1", "--workers", "0"], "must be between 1 and 1,000 (got 0)"),
        (["sweep", "school-street", "--over", "watchlist.size=16,500"], "may be one number or two: write 16500"),
        (["sensitivity", "school-street", "--exchange", "0"], 'must be above 0 (got "0")'),
        (["new", "t", "--officers", "4"], "must be at least 5"),
    ],
)
def test_numbers_of_options_are_refused_in_plain_words(words: list[str], said: str) -> None:
    done = subprocess.run([sys.executable, "-m", "simulator.cli", *words], capture_output=True, text=True, check=False)

    assert done.returncode in (2, 3)
    assert said in " ".join(done.stderr.split())
    assert "Value error" not in done.stderr
