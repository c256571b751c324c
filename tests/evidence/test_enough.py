"""``sweep -n auto``: as many campaigns in every cell as the worst of them takes, by the rule of ``run``."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from simulator.evidence.run.precision import FEWEST, Target, checkpoints, look_at
from simulator.evidence.sweep import asked as asked_module
from simulator.evidence.sweep.asked import answered, asked, settled
from simulator.evidence.sweep.enough import Enough, enough
from simulator.evidence.sweep.surface import compute, values_of
from simulator.evidence.sweep.sweeping import Crew
from simulator.experiment.axes import axes_of
from simulator.experiment.sweep import Sweep, plan_sweep
from simulator.scenario import ScenarioError

OVER = ["recogniser.threshold=0.60,0.64"]
ALERTS, CREW = Target("false_alerts", 0.08, 2_000), Crew(1)


def planned(over: list[str] = OVER, overrides: tuple[str, ...] = (), n: int = 50) -> Sweep:
    return plan_sweep("croydon-static", overrides, axes_of(over), 1, n)


def precision(values: np.ndarray) -> float:
    return max(look_at(cell[:, None]).relative for cell in values)


def test_the_worst_cell_decides_and_no_smaller_number_would_do() -> None:
    found = enough(planned(), ALERTS, ["false_alerts"], CREW)
    whole = planned(n=found.campaigns)
    alerts = values_of(whole, [compute(job) for job in whole.jobs("kernel")], ["false_alerts"])["false_alerts"][0]
    before = [n for n in checkpoints(whole.block, ALERTS.most) if n < found.campaigns]

    assert precision(alerts) <= 0.08
    assert before
    assert all(precision(alerts[:, :n]) > 0.08 for n in before)
    assert found.worst is not None
    assert found.worst.relative == precision(alerts)
    assert dict(found.setting) == {"recogniser.threshold": 0.64}
    assert (found.averages, found.met, found.silent) == (2, 2, 0)
    # negative control: the other cell alone would have been content with fewer
    assert precision(alerts[:1, : before[-1]]) <= 0.08


def test_points_and_workers_change_nothing() -> None:
    over = [*OVER, "officers.teams=1,3"]
    one, two = (enough(planned(over), ALERTS, ["false_alerts", "alerts"], Crew(workers)) for workers in (1, 2))
    assert one == two
    assert one.averages == 8


def test_cells_where_nothing_happens_are_counted_and_not_waited_for() -> None:
    found = enough(planned(overrides=("procedure.check_error=0",)), ALERTS, ["wrongful_arrests"], CREW)
    assert (found.campaigns, found.silent, found.worst) == (FEWEST, 2, None)


def test_the_ceiling_ends_it() -> None:
    found = enough(planned(), Target("wrongful_stops", 0.001, 300), ["wrongful_stops"], CREW)
    assert (found.campaigns, found.met) == (300, 0)


def test_the_number_found_is_in_the_manifest_and_resuming_does_not_look_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Enough] = []
    question = settled(asked("croydon-static", OVER, ALERTS, measures=["false_alerts"]), CREW, say=said.append)
    answered(question, CREW, tmp_path / "kept")
    number = said[0].campaigns

    assert json.loads((tmp_path / "kept" / "manifest.json").read_text())["replications"] == number
    monkeypatch.setattr(asked_module, "enough", lambda *_: pytest.fail("looked again"))
    again = settled(
        asked("croydon-static", OVER, ALERTS, measures=["false_alerts"]), CREW, tmp_path / "kept", resume=True
    )
    assert again.sweep.replications == number
    # as with that number given
    plain = answered(asked("croydon-static", OVER, number, measures=["false_alerts"]), CREW)
    assert answered(question, CREW).cells.equals(plain.cells)


def test_draws_of_the_inputs_are_refused() -> None:
    with pytest.raises(ScenarioError, match="--draws: goes without -n auto"):
        asked("croydon-static", OVER, ALERTS, draws=5)
