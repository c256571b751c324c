"""Numbers that are none, and numbers beyond arithmetic: one message with what was given, wherever they are typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from simulator import cli
from simulator.scenario import ScenarioError, load_scenario
from simulator.scenario.numbers import read_number, read_whole
from simulator.scenario.rates_table import read_recogniser_table

ODD = ["nan", "inf", "-inf", "1e400", "", " ", "1,5,0", "1_0", "١٢", "0x10", "1e", "--1", "1" * 5000]


@pytest.mark.parametrize("text", ODD)
def test_what_is_no_plain_finite_number_is_none(text: str) -> None:
    assert read_number(text) is None
    assert read_whole(text) is None


def test_plain_numbers_are_read() -> None:
    assert [read_number(text) for text in ("0.64", " 1e-8", "+2.", ".5", "-3")] == [0.64, 1e-8, 2.0, 0.5, -3.0]
    assert str(read_number("-0")) == "0.0"
    assert (read_whole("-7"), read_whole("7.0")) == (-7, None)


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("watchlist.size=10000.5", "watchlist.size: must be a whole number (got 10000.5)"),
        ("watchlist.reference_size=1.5", "watchlist.reference_size: must be a whole number (got 1.5)"),
        ("campaign.deployments.0.hours=1e-300", "hours: must be at least 0.01 (got 1e-300)"),
        ("campaign.deployments.0.count=100000", "at most 100,000 in all, counts included (got 100,013)"),
        ("street.day_dispersion_k=0", "street.day_dispersion_k: must be at least 0.01 (got 0)"),
        ("watchlist.day_dispersion_k=0.001", "watchlist.day_dispersion_k: must be at least 0.01 (got 0.001)"),
        ("recogniser.fmr_day_dispersion_k=1e-5", "recogniser.fmr_day_dispersion_k: must be at least 0.01 (got 1e-05)"),
        ("officers.teams=1e9", "officers.teams: must be between 0 and 100000 (got 1e+09)"),
        ("street.pool_people=1e12", "street.pool_people: must be between 0 and 1e+10 (got 1e+12)"),
        (
            "street.visits_per_person=0.5",
            "visits_per_person: says how large the pool is, as pool_people does; leave one",
        ),
        ("street.visit_dispersion_k=0.001", "street.visit_dispersion_k: must be at least 0.01 (got 0.001)"),
        (
            "street.pool_people=null street.visit_dispersion_k=1",
            "visit_dispersion_k: needs pool_people or visits_per_person",
        ),
        ("procedure.reach.median_min=1e50", "procedure.reach.median_min: must be between 0 and 100000 (got 1e+50)"),
        (
            "recogniser.tpir_at_anchor=0",
            "TPIR is 0 at 0.64, so no true alert can happen, and how many listed people pass",
        ),
        ("watchlist.true_alerts_per_1000_passages=1000", "more passages than there are would be by listed people"),
        ("watchlist.size=1e9", "more passages than there are would be by listed people"),
    ],
)
def test_a_number_that_cannot_be_is_told_where_it_stands(override: str, said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_scenario("croydon-static", override.split())
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sweep", "croydon-static", "--envelope", "nan,nan"), '--envelope: must be THRESHOLD,SIZE, for example'),
        (("sweep", "croydon-static", "--envelope", "0.5,50000.5"), "--envelope: the list must have a whole number of 1 to"),
        (("sweep", "croydon-static", "--over", "watchlist.size=9.5,20"), "--over: the list must have a whole number of 1 to"),
        (("sweep", "croydon-static", "-n", "125000", "--over", "recogniser.threshold=0.5:0.7:0.001"), "do not fit into memory"),
        (("run", "croydon-static", "--at", "0.6,16500.5"), "--at: the list must have a whole number of 1 to"),
        (("sensitivity", "croydon-static", "--decide", "officers.teams=1,nan", "--exchange", "2"), 'a number (got "nan")'),
        (("choose", "croydon-static", "--limit", "wrongful_stops<=1_0"), 'must be a number, 0 or more, such as 0.1 (got "1_0")'),
        (("claim", "--false-alerts", "2", "--faces", "nan"), '--faces: must be a whole number (got "nan")'),
    ],
)  # fmt: skip
def test_every_option_reads_numbers_by_the_same_rule(arguments: tuple[str, ...], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "simulator.cli", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode in (2, 3)
    assert said in " ".join(done.stderr.split())


def test_list_sizes_along_a_range_are_whole() -> None:
    from simulator.experiment.axes import parse_axis

    assert parse_axis("watchlist.size=1:10:4log").values == (1.0, 2.0, 5.0, 10.0)
    assert parse_axis("officers.teams=1:10:4log").values == (1.0, 2.15, 4.64, 10.0)


class TestLibraries:
    """What a library raises on a user's numbers is the user's message; a fault of the program stays one."""

    def end(
        self, failing: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> tuple[int, str]:
        from simulator.cli import app as app_module

        monkeypatch.setattr(app_module, "app", failing)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return int(str(ended.value.code)), capsys.readouterr().err

    @pytest.mark.parametrize(
        "fail",
        [lambda: np.random.default_rng(1).poisson(1e300), lambda: int(np.float64("inf")), lambda: b"\0".decode("utf-16")],
        ids=["numpy", "overflow", "unicode"],
    )  # fmt: skip
    def test_a_number_beyond_arithmetic(self, fail, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
        code, said = self.end(fail, monkeypatch, capsys)
        assert code == cli.INVALID_INPUT
        assert "a fault of lfrsim" not in said

    def test_memory_that_runs_out(self, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
        code, said = self.end(lambda: np.empty(10**17), monkeypatch, capsys)
        assert (code, said.split(":")[0]) == (cli.INVALID_INPUT, "memory ran out")

    def test_a_fault_of_the_program(self, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
        code, said = self.end(lambda: {}["nothing"], monkeypatch, capsys)
        assert code == cli.UNEXPECTED
        assert "a fault of lfrsim" in said


class TestTable:
    FPIR = "threshold,FPIR,FNIR{n}\n0.60,0.003,0.05{n_value}\n0.64,0.001,0.08{n_value}\n"

    def read(self, tmp_path: Path, text: str, size: float | None = None) -> object:
        (tmp_path / "t.csv").write_text(text)
        return read_recogniser_table(tmp_path / "t.csv", size)

    def test_rates_per_search_become_rates_per_comparison(self, tmp_path: Path) -> None:
        beside = self.read(tmp_path, self.FPIR.format(n="", n_value=""), 12_000)
        within = self.read(tmp_path, self.FPIR.format(n=",N", n_value=",12000"))
        assert beside == within
        assert within.tpir == (0.95, 0.92)  # type: ignore[attr-defined]
        # there and back: the chance that any of 12,000 comparisons matches
        np.testing.assert_allclose(-np.expm1(-12_000 * np.array(within.fmr)), (0.003, 0.001), rtol=1e-12)  # type: ignore[attr-defined]

    def test_in_a_scenario_the_list_size_stands_beside_the_table(self, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_text(self.FPIR.format(n="", n_value=""))
        sets = [f"recogniser={{table: {tmp_path / 't.csv'}, threshold: 0.62, reference_list_size: 12000}}"]
        assert load_scenario("croydon-static", sets).recogniser.read_table == self.read(
            tmp_path, self.FPIR.format(n=",N", n_value=",12000")
        )

    @pytest.mark.parametrize(
        ("text", "size", "said"),
        [
            (FPIR.format(n="", n_value=""), None, "FPIR: is per search of a list: give the size of that list"),
            (FPIR.format(n=",N", n_value=",12000"), 9_000, "must be recogniser.reference_list_size"),
            (FPIR.format(n=",N", n_value=",0"), None, "N: must be between 1 and 1e+09"),
            (
                FPIR.format(n=",N", n_value=",12.000"),
                None,
                'N: may mean 12 or 12,000 (got "12.000"); write 12 or 12000',
            ),
            ("T,FMR,TPIR,N\n", None, "N: goes with FPIR"),
            ("T,FMR,FPIR,TPIR\n", None, 'FMR: is given by two columns, "FMR" and "FPIR": keep one'),
            ("T,FPIR,TPIR\n0.6,1,0.9\n", 100, "FPIR: must be below 1"),
            ("T,FPIR,TPIR\n0.6,0,0.9\n", 100, "FPIR: must be above 0"),
            ("T,FPIR,FNIR\n0.6,0.01,0.2\n0.7,0.001,0.1\n", 100, "FNIR: must not fall as T rises (got 0.1 after 0.2)"),
            ("T,FPIR,FNIR\n0.6,0.1%,0.2\n", 100, 'FPIR: must be a number (got "0.1%"); write 0.001'),
            (
                "T,FPIR (%),FNIR\n0.6,0.1,0.2\n",
                100,
                "t.csv:1: FPIR (%): is in percent: write parts of 1, 0.003 for 0.3 %",
            ),
            (
                "T,FMR,TPIR\n60,1e-8,0.9\n",
                None,
                'T: must be between 0 and 1 (got "60"); if it is in percent, write 0.6',
            ),
            ("T,FMR,TPIR\n0.6,1 in 6000,0.9\n", None, 'must be a number (got "1 in 6000"); write 0.0001667'),
        ],
    )
    def test_what_cannot_be_says_why(self, text: str, size: float | None, said: str, tmp_path: Path) -> None:
        with pytest.raises(ScenarioError, match=r"t\.csv:[0-9]") as caught:
            self.read(tmp_path, text, size)
        assert said in str(caught.value)

    def test_the_dress_of_a_table_does_not_matter(self, tmp_path: Path) -> None:
        """Semicolons and decimal commas, a title, and a thousands separator in the size of the list."""
        plain = self.read(tmp_path, self.FPIR.format(n=",N", n_value=",12000"))
        text = "Test report;;;\nthreshold;FPIR;FNIR;N\n0,60;0,003;0,05;12,000\n0,64;0,001;0,08;12,000\n"

        assert self.read(tmp_path, text) == plain

    def test_all_mistakes_are_told_at_once(self, tmp_path: Path) -> None:
        with pytest.raises(ScenarioError) as caught:
            self.read(tmp_path, "T,FMR,TPIR,Vendor\n0.6,low,2,x\n0.7,1e-9\n")
        told = [str(problem).partition("t.csv")[2] for problem in caught.value.problems]
        assert told == [
            ":1: Vendor: is no column of such a table (T, FMR, FPIR, TPIR, FNIR, N): take it out",
            ':2: FMR: must be a number (got "low")',
            ':2: TPIR: must be between 0 and 1 (got "2"); if it is in percent, write 0.02',
            ":3: must have 4 cells, as the line of column names has (got 2)",
        ]

    @pytest.mark.parametrize(("fmr", "refused"), [(1e-4, True), (6.3e-6, True), (6.2e-6, False)])
    def test_a_rate_per_search_is_not_taken_for_one_per_comparison(
        self, tmp_path: Path, fmr: float, refused: bool
    ) -> None:
        """With 16,000 listed: at least one false alert for ten passers-by, which no system ever had."""
        (tmp_path / "t.csv").write_text(f"T,FMR,TPIR\n0.6,{3 * fmr},0.95\n0.64,{fmr},0.92\n")
        sets = [f"recogniser={{table: {tmp_path / 't.csv'}, threshold: 0.64}}", "watchlist.size=16000"]
        if not refused:
            assert load_scenario("croydon-van", sets).recogniser.table
            return
        with pytest.raises(ScenarioError, match=r"recogniser\.table: an FMR of .* call the column FPIR"):
            load_scenario("croydon-van", sets)
