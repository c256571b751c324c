"""A mistake in a scenario is told by place, field, rule and value, all of them at once, and never by a traceback."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from bad_scenarios import FAULTS, HERE
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scenario_texts import MINIMAL, with_change

from simulator.scenario import Problem, ScenarioError, load_scenario
from simulator.scenario.explain import MOST_PROBLEMS, all_keys


def messages(folder: Path, text: str, *overrides: str) -> list[str]:
    """Fail to load *text* with the *overrides*; return the lines of what is said, the file being called x.yaml."""
    path = folder / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path, overrides)
    return str(caught.value).replace(f"{folder}{os.sep}", "").splitlines()


def pointed(text: str) -> tuple[str, str]:
    """Split *text* into itself without the sign and the place, line and column from 1, where the sign stood."""
    before = text[: text.index(HERE)]
    return text.replace(HERE, ""), f"x.yaml:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_by_place_field_rule_and_value(fault: str, tmp_path: Path) -> None:
    old, new, message = FAULTS[fault]
    text, place = pointed(with_change(old, new))

    assert messages(tmp_path, text) == [f"{place}: {message}"]


def test_a_typo_in_a_required_key_is_told_with_the_key_that_is_missing(tmp_path: Path) -> None:
    text = with_change("threshold", "treshold")

    assert messages(tmp_path, text) == [
        "x.yaml:11:1: recogniser.threshold: is missing",
        'x.yaml:13:3: recogniser: unknown key "treshold"; did you mean "threshold"?',
    ]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """Faults of the YAML, of values, of rules between values and of overrides stand in one message."""
    text = MINIMAL.replace("0.64", "6.4").replace("hours: 4", "hours: 0").replace("vans: 1", "vans: 1\n  vans: 2")

    assert messages(tmp_path, text.replace("0.95", "0.1"), "officers.teams=-1") == [
        'x.yaml:19:3: officers: duplicate key "vans"; it is first given at x.yaml:18:3',
        "x.yaml:5:49: campaign.deployments.0.hours: must be at least 0.01 (got 0)",
        "x.yaml:13:14: recogniser.threshold: must be between 0 and 1 (got 6.4); did you mean 0.64?",
        "--set officers.teams=-1: officers.teams: must be at least 0 (got -1)",
        "x.yaml:27:23: procedure.look.accept_true: must be at least accept_false: a look that prefers wrong people is "
        "no look",
    ]


def test_very_many_mistakes_are_told_in_part(tmp_path: Path) -> None:
    lines = messages(tmp_path, MINIMAL + "".join(f"key{i}: 1\n" for i in range(200)))

    assert len(lines) == MOST_PROBLEMS + 1
    assert lines[-1] == f"x.yaml: and at least {200 - MOST_PROBLEMS} more problems"


def load_or_refuse(content: bytes, *overrides: str) -> tuple[Problem, ...]:
    """Load *content* and return the problems with it; another exception, or a warning, fails the test."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.yaml"
        path.write_bytes(content)
        try:
            load_scenario(path, overrides)
        except ScenarioError as error:
            return error.problems
        return ()


def all_printable(problems: tuple[Problem, ...]) -> bool:
    """Whether every problem has a place and a rule, and is one line that does nothing to a terminal."""
    return all(problem.place and problem.rule and str(problem).isprintable() for problem in problems)


# Characters that mean something to YAML, and a few that should not
YAML_TEXT = st.text(
    st.sampled_from([*"ab01.-:,?!&*#|>%@`'\"{}[]~<=\n \t\\", "\ufeff", "\x85", "\u2028", "é", "\ud800"])
)
NUMBERS = [
    "0",
    "1",
    "-1",
    "0.3",
    "0.64",
    "1e-17",
    "1e-300",
    "5e-324",
    "1e9",
    "1e308",
    "1e999",
    ".nan",
    "-.inf",
    "9" * 400,
]
SCALARS = [
    *NUMBERS,
    "x",
    "''",
    "true",
    "~",
    "[]",
    "[[1]]",
    "{}",
    "{a: 1}",
    "2025-10-01",
    "9999-12-31",
    "npl",
    "0x1F",
    "1__0",
]
MAPPINGS = st.tuples(
    st.sampled_from(
        [
            "{{value: {}, low: {}, high: {}}}",
            "{{low: {}, high: {}, grade: {}}}",
            "{{gamma: {{shape: {}, rate: {}}}, source: {}}}",
            "{{beta: {{a: {}, b: {}}}, value: {}}}",
        ]
    ),
    st.tuples(*[st.sampled_from(SCALARS)] * 3),
).map(lambda drawn: drawn[0].format(*drawn[1]))
IN_LISTS = ("campaign.deployments.0.hours", "campaign.deployments.0.count", "campaign.deployments.0.date")


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_loaded_or_refused(content: bytes) -> None:
    assert all_printable(load_or_refuse(content))


@settings(derandomize=True, deadline=None, max_examples=300)
@given(YAML_TEXT)
@example("? : ?")
@example("a: !<tag:x> |\n b")
@example("- " * 5000)
def test_any_text_is_loaded_or_refused(text: str) -> None:
    assert all_printable(load_or_refuse(text.encode("utf-8", "surrogatepass")))


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.integers(0, len(MINIMAL)), st.integers(0, 20), YAML_TEXT)
def test_a_scenario_with_any_text_put_in_is_loaded_or_refused(start: int, length: int, text: str) -> None:
    changed = MINIMAL[:start] + text + MINIMAL[start + length :]

    assert all_printable(load_or_refuse(changed.encode("utf-8", "surrogatepass")))


@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.lists(st.tuples(st.sampled_from([*all_keys(), *IN_LISTS]), st.sampled_from(SCALARS) | MAPPINGS), max_size=3))
@example(
    [
        ("recogniser.slope_per_unit", "1e5"),
        ("recogniser.kin_per_100k_passages", "1"),
        ("recogniser.anchor_threshold", "0.7"),
    ]
)
@example([("procedure.not_found", "{value: 1e-45, low: 1e-49, high: 1e-44}")])
def test_any_value_of_any_key_is_loaded_or_refused(values: list[tuple[str, str]]) -> None:
    assert all_printable(load_or_refuse(MINIMAL.encode(), *(f"{key}={value}" for key, value in values)))
