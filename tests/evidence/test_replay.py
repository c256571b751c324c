"""A replayed day against the alert log read by pandas: who is busy at each moment, which day it is, what is known of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from replayed import LOW, run_into

from simulator import ask
from simulator.evidence.counted.kinds import KINDS
from simulator.evidence.replay import found as made_by
from simulator.evidence.replay.found import PLACES, ReplayFound, replay
from simulator.evidence.run.day import chosen_day
from simulator.evidence.run.study import Study
from simulator.experiment.log import AlertLog
from simulator.experiment.replications import block_inputs
from simulator.experiment.store import alert_table, log_of
from simulator.response.columns import kinds
from simulator.scenario.errors import ScenarioError

WRONG = ("false", "false_other_entry")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Study, pd.DataFrame]:
    folder = tmp_path_factory.mktemp("replay") / "run"
    study = run_into(folder, *LOW, "procedure.bystander=0.05")
    return folder, study, pd.read_parquet(folder / "alerts.parquet")


def of_day(log: pd.DataFrame, found: ReplayFound) -> pd.DataFrame:
    mine = log[(log.inputs == found.inputs) & (log.replication == found.campaign)]
    return mine[mine.deployment == found.deployment].sort_values("time_s", kind="stable").reset_index(drop=True)


def busy_at(day: pd.DataFrame, at: float) -> dict[str, int]:
    """Who is busy at a moment, counted alert by alert by the words of the procedure."""
    counts = dict.fromkeys(("operators", "teams", "checkers", "vans"), 0)
    for row in day.itertuples():
        counts["operators"] += bool(row.review_start_s <= at < row.review_end_s)
        if row.search_start_s <= at:
            # a team that has stopped somebody stays until checkers take over, or the person is let go
            released = row.search_end_s if np.isnan(row.stop_s) else row.end_s
            counts["teams"] += bool(at < (released if np.isnan(row.check_start_s) else row.check_start_s))
        counts["checkers"] += bool(row.check_start_s <= at < row.end_s)
        counts["vans"] += bool(row.run_start_s <= at < row.run_end_s)
    return counts


@pytest.mark.parametrize(
    ("inputs", "campaign", "deployment"), [("chance", None, None), ("chance", 3, 4), ("ignorance", 7, 1)]
)
def test_at_every_moment_as_many_are_busy_as_the_log_says(
    inputs: str, campaign: int | None, deployment: int | None, run: tuple[Path, Study, pd.DataFrame]
) -> None:
    found = replay(run[0], campaign, deployment, inputs)
    day = of_day(run[2], found)

    assert len(day) == len(found.alerts) > 5
    moments = sorted({at for alert in found.alerts for stage in alert.stages for at in (stage.start_s, stage.end_s)})
    for at in [*moments, *np.add(moments, 0.5)]:
        counts = {
            kind: steps.numbers[np.searchsorted(steps.at_s, at, side="right") - 1] if at >= steps.at_s[0] else 0
            for kind, steps in found.busy.items()
        }
        assert counts == busy_at(day, at), at


def test_stages_follow_one_another_from_the_alert_to_its_end(run: tuple[Path, Study, pd.DataFrame]) -> None:
    found = replay(run[0])
    for alert in found.alerts:
        times = [at for stage in alert.stages for at in (stage.start_s, stage.end_s)]
        assert times == sorted(times)
        assert [stage.name for stage in alert.stages] == [
            name for name in PLACES if name in {stage.name for stage in alert.stages}
        ]
        assert not times or (times[0] >= alert.time_s and times[-1] <= alert.end_s)


def test_ends_say_what_the_log_says(run: tuple[Path, Study, pd.DataFrame]) -> None:
    ends = {
        (alert.false, alert.did, row.outcome, row.reason, row.bystander)
        for campaign in range(30)
        for found in [replay(run[0], campaign, 5)]
        for alert, row in zip(found.alerts, of_day(run[2], found).itertuples(), strict=True)
    }
    assert all(did == "bystander" for _, did, outcome, _, bystander in ends if bystander)
    for false, did, outcome, reason, bystander in ends:
        if not bystander and outcome in ("arrested", "other_disposal", "not_found"):
            assert did == outcome
        if outcome == "released" and not bystander:
            assert did == "let_go" if false else did in ("let_go", "conditions_kept", "outdated_record")
        if outcome == "dismissed":
            assert did == ("already_dealt_with" if reason == "known" else "dismissed")
    assert len(ends) > 6


def test_without_a_number_it_is_the_day_of_the_timeline(run: tuple[Path, Study, pd.DataFrame]) -> None:
    folder, study, log = run
    day, found = chosen_day(study), replay(folder)

    assert (found.campaign, found.deployment, found.reason) == (day.replication, day.index, day.reason)
    assert (found.alike, found.looked_at) == (day.alike, day.looked_at) == (found.alike, 50 * 14)
    # the rule itself gives the same from the log, and by pandas
    kept, _ = (folder / "figures.json").rename(folder / "away.json"), None
    try:
        assert replay(folder) == found
    finally:
        kept.rename(folder / "figures.json")
    first = log[
        (log.inputs == "chance") & (log.replication < 50) & log.truth.isin(WRONG) & log.stop_s.notna() & ~log.bystander
    ]
    middle = first.assign(held=first.end_s - first.stop_s).sort_values("held", kind="stable").iloc[len(first) // 2]
    assert (middle.replication, middle.deployment) == (found.campaign, found.deployment)
    assert found.alike == len(first.drop_duplicates(["replication", "deployment"]))


def test_one_number_leaves_the_rest_to_the_rule(run: tuple[Path, Study, pd.DataFrame]) -> None:
    folder, _, log = run
    stops = log[(log.inputs == "chance") & log.truth.isin(WRONG) & log.stop_s.notna() & ~log.bystander]
    for campaign in range(6):
        mine, found = stops[stops.replication == campaign], replay(folder, campaign)
        assert (found.reason, found.looked_at) == ("wrongful" if len(mine) else "busiest", 14)
        assert found.deployment in set(mine.deployment) if len(mine) else not found.wrongful
    assert replay(folder, deployment=2).looked_at == 50
    assert replay(folder, 55, 13).reason == "asked for"


def test_wrongful_stops_are_those_of_the_log(run: tuple[Path, Study, pd.DataFrame]) -> None:
    for deployment in range(5):
        found = replay(run[0], 1, deployment)
        day = of_day(run[2], found)
        wrong = day[day.truth.isin(WRONG) & day.stop_s.notna() & ~day.bystander]
        assert [alert.number for alert in found.wrongful] == wrong.alert.tolist()
        assert len(found.stopped) == day.stop_s.notna().sum()


def test_the_day_s_faces_sum_to_the_campaign_s(run: tuple[Path, Study, pd.DataFrame]) -> None:
    folder, study, log = run
    faces = log[log.inputs == "ignorance"].groupby(["replication", "deployment"]).day_faces.agg(["min", "max"])
    assert (faces["min"] == faces["max"]).all()
    whole = faces["min"].groupby("replication").agg(["sum", "size"])
    full = whole[whole["size"] == 14]

    # each day is rounded to a whole number of faces
    assert len(full) > 5
    assert np.abs(full["sum"] - study.passes["ignorance"]["faces"][full.index]).max() <= 7
    assert replay(folder).faces == of_day(log, replay(folder)).day_faces[0]


def test_staff_of_drawn_inputs_are_those_that_were_drawn(run: tuple[Path, Study, pd.DataFrame]) -> None:
    folder, study, _ = run
    drawn = [block_inputs(study.scenario, 1, block, True) for block in range(2)]
    for campaign in (0, 17, 53):
        on_duty = replay(folder, campaign, 0, "ignorance").on_duty
        assert on_duty is not None
        for kind, steps in on_duty.items():
            assert steps.numbers == (drawn[campaign // 50][f"officers.{kind}"][campaign % 50],)
    assert len({replay(folder, campaign, 0, "ignorance").on_duty["teams"].numbers for campaign in range(20)}) > 1  # type: ignore[index]


def test_what_cannot_be_told_from_the_folder_is_not_said(run: tuple[Path, Study, pd.DataFrame], tmp_path: Path) -> None:
    """A folder of an earlier version has no faces; one of a scenario with files beside it does not hold all that was drawn."""
    import pyarrow.parquet as pq

    for path in run[0].iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    table = pq.read_table(run[0] / "alerts.parquet").drop_columns(["day_faces"])
    pq.write_table(
        table.replace_schema_metadata({**table.schema.metadata, b"scenario_hash": b"other"}),
        tmp_path / "alerts.parquet",
    )

    assert replay(tmp_path).faces is None
    assert replay(tmp_path).on_duty is not None
    assert replay(tmp_path, 0, 0, "ignorance").on_duty is None


def test_what_was_found_is_kept_and_read_back(run: tuple[Path, Study, pd.DataFrame], tmp_path: Path) -> None:
    found = ask.replay(run[0], 2, 3)
    (tmp_path / "day.json").write_text(found.to_json(), "utf-8")

    assert ask.read(tmp_path / "day.json") == found


def test_a_log_is_read_back_as_it_was(run: tuple[Path, Study, pd.DataFrame]) -> None:
    study = run[1]
    log = study.first_log
    again = log_of(alert_table(study.scenario, log, "chance"))
    for name in kinds(AlertLog):
        wanted = getattr(log, name)
        # without a review nobody gave a verdict
        wanted = wanted & ~np.isnan(log.review_end_s) if name == "accepted" else wanted
        np.testing.assert_array_equal(getattr(again, name), wanted, err_msg=name)


def test_every_kind_of_alert_has_an_end() -> None:
    from simulator.evidence.explore.ends import end_of_kinds

    assert all(end >= 0 for end, void in zip(end_of_kinds(), KINDS.void, strict=True) if not void)


def test_a_day_with_too_many_alerts_is_refused(
    run: tuple[Path, Study, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_by, "MOST_ALERTS", 3)
    with pytest.raises(
        ScenarioError, match=r"alerts, and a page plays at most 3 one by one; name another by --campaign"
    ):
        replay(run[0])
