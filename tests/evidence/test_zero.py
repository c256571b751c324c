"""What is said to be assumed 0 is 0 in every campaign, whatever is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator import load_scenario, run_study, summarise
from simulator.evidence.counted.zero import assumed_zero

ERRORS = "procedure.check_error"


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (f"{ERRORS}=0", ERRORS),
        (f"{ERRORS}=0.1", None),
        (f"{ERRORS}={{value: 0.01, low: 0.001, high: 0.1}}", None),
    ],
)
def test_an_input_of_exactly_zero_is_an_assumption(change: str, key: str | None) -> None:
    assert assumed_zero(load_scenario("croydon-static", [change]), "wrongful_arrests") == key


@pytest.mark.parametrize(("drawn", "key"), [("0.2", None), ("0", ERRORS)])
def test_an_input_that_is_drawn_jointly_is_none_unless_it_is_always_zero(
    drawn: str, key: str | None, tmp_path: Path
) -> None:
    """At its median of 0 nobody is arrested in error; with the draws some are, and the two must not be said together."""
    draws = tmp_path / "draws.csv"
    draws.write_text(f"{ERRORS}\n0\n0\n{drawn}\n")
    scenario = load_scenario(
        "croydon-static", [f"{ERRORS}=0", "recogniser.threshold=0.60", f"joint_draws={{file: {draws}}}"]
    )
    found = summarise(run_study(scenario, 50, 1)).measures["wrongful_arrests"]

    assert found.mean == 0
    assert found.assumed_zero == assumed_zero(scenario, "wrongful_arrests") == key
    assert (found.with_ignorance.mean > 0) == (key is None)
