"""``fit`` as a user types it: what is said, what is written, what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from fit_records import simulated_text
from typer.testing import CliRunner, Result

from simulator.cli import fit
from simulator.evidence.fit import share_recorded as left
from simulator.scenario import ScenarioError, load_scenario

app = typer.Typer()
app.callback()(lambda: None)
fit.add_to(app)
TEXT = simulated_text(120)


@pytest.fixture(scope="module", autouse=True)
def few_campaigns() -> Iterator[None]:
    """Simulate the share that is recorded from fewer campaigns than a user gets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(left, "CAMPAIGNS", 300)
        yield


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "r.csv"
    path.write_text(TEXT, "utf-8")
    return path


def told(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["fit", *arguments])


def flat(text: str) -> str:
    return " ".join(text.split())


def test_tables_name_what_was_counted_and_what_is_not_known(record: Path) -> None:
    done = told("r.csv", "--scenario", "croydon-van")
    said = flat(done.stdout)

    assert done.exit_code == 0
    for words in (
        "r.csv: 120 deployments, 2024-01-01 to 2024-04-29",
        "Observed, not simulated, unless a line says so.",
        "Nothing is odd in the rows that were read.",
        "False alerts recorded at each threshold: one in how many (exact 95 %)",
        "per camera hour and list entry fall by a factor of",
        "any slope from 5 to 250 alike",
        "Threshold and calendar go together in most records",
        "Hours are the default because the count of faces has changed its meaning",
        "The street: 60 deployments, at 0.64",
        "times as much as by chance alone (variance); levels of days differ by",
        "Recorded true alerts per 1,000 counted faces:",
        "Confirmed true alerts that ended in no action:",
        "False alerts after which somebody was stopped, at the scenario's threshold:",
        "Inputs of croydon-van that the record sets (95 %)",
        "recogniser.slope_per_unit",
        "are not in a record.",
    ):
        assert words in said, words
    assert "nan" not in said.lower().split()
    assert "Next, to have a scenario with these inputs" in done.stderr


def test_json_alone_goes_to_stdout(record: Path) -> None:
    done = told("r.csv", "--scenario", "croydon-van", "--exposure", "faces", "--until", "29/02/2024", "--json")
    found = json.loads(done.stdout)

    assert found["question"]["exposure"] == "faces"
    assert found["record"]["last"] == "2024-02-29"
    assert found["false_alerts"]["slope_learnt"] is False
    assert "one threshold only (0.6)" in found["cannot_say"][0]
    assert done.stderr == ""


def test_a_scenario_is_written_and_never_over_another(record: Path) -> None:
    done = told("r.csv", "--scenario", "croydon-static", "-o", "fitted.yaml")

    assert done.exit_code == 0
    assert "Written fitted.yaml, fitted.draws.csv. Next: lfrsim describe fitted.yaml" in done.stderr
    assert load_scenario("fitted.yaml").name == "fitted"
    again = told("r.csv", "--scenario", "croydon-static", "-o", "fitted.yaml")
    assert "fitted.yaml exists and is not overwritten" in str(again.exception)


def test_the_same_command_writes_the_same_bytes(record: Path) -> None:
    for name in ("a", "b"):
        (record.parent / name).mkdir()
        assert told("r.csv", "--scenario", "croydon-van", "-o", f"{name}/fitted.yaml").exit_code == 0
    for file in ("fitted.yaml", "fitted.draws.csv"):
        assert (record.parent / "a" / file).read_bytes() == (record.parent / "b" / file).read_bytes()


def test_bad_rows_stop_it_unless_they_may_be_skipped(record: Path) -> None:
    record.write_text(TEXT + "2024-05-01,Ilford,5,15000,0.64,9000,3,8,0,0,0,4,1,3\n", "utf-8")
    done = told("r.csv", "--scenario", "croydon-van")
    assert isinstance(done.exception, ScenarioError)
    assert str(done.exception).splitlines() == [
        "r.csv:122: true_alerts: must not be above alerts (got 8 of 3 alerts)",
        "1 row has a mistake, of 121; correct it, or leave such rows out with --skip-bad",
    ]

    skipped = told("r.csv", "--scenario", "croydon-van", "--skip-bad")
    assert (
        "1 row with a mistake was left out (--skip-bad): line 122. No false alert is recorded in this row. The first: "
        "r.csv:122"
    ) in flat(skipped.stdout)
    assert "r.csv:122: true_alerts: must not be above alerts" in flat(skipped.stdout)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--exposure", "hour"), 'must be one of hours, faces, true-alerts (got "hour"); did you mean "hours"?'),
        (("--slope-prior", "none"), 'must be one of flat, scenario (got "none")'),
        (("--from", "soon"), 'must be a date, as in 2024-12-31 or 31/12/2024 (got "soon")'),
        (
            ("--from", "2024-03-01", "--until", "2024-02-01"),
            "must not be after --until (got 2024-03-01 and 2024-02-01)",
        ),
        (("--place", " "), "must name a place (got nothing)"),
    ],
)
def test_wrong_options_are_told(record: Path, arguments: tuple[str, ...], message: str) -> None:
    done = told("r.csv", "--scenario", "croydon-van", *arguments)

    assert done.exit_code == 2
    assert message in flat(done.stderr.replace("│", " "))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("none.csv", "--scenario", "croydon-van"), "none.csv: no such file"),
        (("r.csv", "--scenario", "croydon-vans"), 'did you mean "croydon-van"?'),
        (
            ("r.csv", "--scenario", "croydon-van", "--from", "2030-01-01"),
            "r.csv: has no deployment in the days asked for",
        ),
        (
            ("r.csv", "--scenario", "croydon-van", "--place", "Leeds"),
            'r.csv: --place: no deployment is at a place with "Leeds"',
        ),
        (("r.csv", "--scenario", "croydon-van", "-o", "x.json"), "-o x.json: must end in .yaml"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_written(
    record: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = told(*arguments)

    assert message in str(done.exception)
    assert [path.name for path in record.parent.iterdir()] == ["r.csv"]


def test_faces_as_exposure_warn_where_they_are_not_counted_alike(record: Path) -> None:
    rows = [row.split(",") for row in TEXT.splitlines()]
    for row in rows[61:]:
        row[-9] = str(7 * int(row[-9]))
    record.write_text("\n".join(",".join(row) for row in rows), "utf-8")

    said = flat(told("r.csv", "--scenario", "croydon-van", "--exposure", "faces").stdout)
    assert "Faces per hour differ by a factor of" in said
    assert "faces per hour rise by a factor of" in said  # also among the oddities
    assert "Faces per hour differ" not in flat(told("r.csv", "--scenario", "croydon-van").stdout)


def test_false_alerts_that_were_skipped_are_not_called_none(record: Path) -> None:
    """12 rows of one mistake each held all false alerts at 0.60; what is left has none, and the output says of which rows."""
    good = "2024-08-06,Ilford,5.5,15500,0.60,9000,9,9,0,0,0,4,1,4"
    bad = "2024-08-07,Ilford,-5,15500,0.60,9000,9,7,0,2,0,4,1,2"
    record.write_text("\n".join([TEXT.splitlines()[0], good, *[bad] * 12]) + "\n", "utf-8")
    said = flat(told("r.csv", "--scenario", "croydon-van", "--skip-bad").stdout)

    assert "12 rows with mistakes were left out (--skip-bad): lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 2 more." in said
    assert "The 24 false alerts of these rows are in no figure here." in said
    assert "At 0.60 no false alert is recorded in the 1 row kept." in said
    assert "No false alert is recorded, which gives a bound and no rate" in said
    assert "the record bounds the false match rate from above" in said
    assert "none; <" in said


def test_a_threshold_off_the_line_is_told_in_words(record: Path) -> None:
    """1, 20 and 1 false alerts in equal hours at 0.60, 0.62 and 0.64 are no straight line; equal counts are one."""
    row = "2024-0{}-06,Ilford,5.5,15500,{},9000,40,{},0,{},0,{},0,0"
    header = TEXT.splitlines()[0]

    def fitted(*false: int) -> str:
        rows = [
            row.format(i + 1, t, 40 - k, k, 40 - k)
            for i, (t, k) in enumerate(zip((0.60, 0.62, 0.64), false, strict=True))
        ]
        record.write_text("\n".join([header, *rows]) + "\n", "utf-8")
        return flat(told("r.csv", "--scenario", "croydon-van").stdout)

    assert "The line does not fit at 0.62: so many or so few false alerts (20, expected" in fitted(2, 20, 1)
    assert "The line does not fit" not in fitted(8, 4, 2)
