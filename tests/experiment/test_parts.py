"""The folder of a sweep: parts whole or absent, the same bytes however often it was killed, and nothing foreign in it."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiment.jobs import columns
from experiment.sweep_to_kill import MANIFEST, PARTS, contents, sweep
from simulator.experiment.files import OutputError
from simulator.experiment.parts import PartFolder, each_part, read_manifest

TESTS = Path(__file__).parents[1]


def script(*words: str, **options: Any) -> subprocess.Popen[str]:
    """Start a sweep in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "experiment.sweep_to_kill", *words],
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        text=True,
        stdout=subprocess.PIPE,
        **options,
    )


def opened(folder: Path, resume: bool = False, **changes: Any) -> PartFolder:
    return PartFolder(folder, {**MANIFEST, **changes}, resume)


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    """A folder with all parts."""
    sweep(tmp_path / "surface")
    return tmp_path / "surface"


class TestParts:
    def test_numbers_come_back_exactly(self, tmp_path: Path) -> None:
        """Every float, also the odd ones, and whole numbers and truth values as floats."""
        odd = np.array([0.0, -0.0, np.nan, np.inf, -np.inf, 5e-324, 0.1, 2.0**53, 1 / 1024])
        given = {"odd": odd, "whole": np.arange(9), "true": np.arange(9) % 2 == 0}
        with opened(tmp_path / "a", parts=1) as parts:
            parts.write(0, given)
            (back,) = parts.each(["odd", "whole", "true"])

        assert back["odd"].tobytes() == odd.tobytes()
        assert all(values.dtype == np.float64 for values in back.values())
        assert back["whole"].tolist() == list(range(9))
        assert back["true"].tolist() == [1, 0, 1, 0, 1, 0, 1, 0, 1]

    def test_parts_come_back_in_the_order_of_their_indices(self, tmp_path: Path) -> None:
        """The order in which they were written does not matter; other columns are not read."""
        with opened(tmp_path / "a", parts=12) as parts:
            for index in (11, 3, 0, 7, 1, 2, 10, 4, 5, 9, 8, 6):
                parts.write(index, {"which": np.full(index, index), "other": np.zeros(index)})
            back = list(parts.each(["which"]))

        assert all(part.keys() == {"which"} for part in back)
        assert [part["which"].tolist() for part in back] == [[index] * index for index in range(12)]

    def test_the_same_columns_give_the_same_bytes(self, tmp_path: Path) -> None:
        for name in ("a", "b"):
            sweep(tmp_path / name)

        assert contents(tmp_path / "a") == contents(tmp_path / "b")

    @pytest.mark.parametrize("workers", [2, 3])
    def test_bytes_do_not_depend_on_the_number_of_workers(self, workers: int, finished: Path, tmp_path: Path) -> None:
        sweep(tmp_path / "more", workers)

        assert contents(tmp_path / "more") == contents(finished)

    def test_pandas_reads_all_parts_at_once(self, finished: Path) -> None:
        frame = pd.read_parquet(finished / "parts")

        assert len(frame) == sum(len(columns(index)["cell"]) for index in range(PARTS))

    def test_a_part_says_what_it_belongs_to(self, finished: Path) -> None:
        import pyarrow.parquet as pq

        about = json.loads(pq.read_metadata(finished / "parts" / "part-00003.parquet").metadata[b"lfrsim"])

        assert (about["scenario_hash"], about["seed"], about["part"]) == ("0123456789abcdef", 1, 3)
        assert (about["schema"], about["version"]) == ("lfrsim-part/1", "0.1.0")

    def test_a_finished_sweep_is_read_without_opening_it(self, finished: Path) -> None:
        assert read_manifest(finished) == MANIFEST
        assert [part["alerts"].sum() for part in each_part(finished, ["alerts"])] == [
            columns(index)["alerts"].sum() for index in range(PARTS)
        ]

    @pytest.mark.parametrize("gone", [0, 3, PARTS - 1])
    def test_an_unfinished_sweep_is_not_read_as_a_whole(self, gone: int, finished: Path) -> None:
        (finished / "parts" / f"part-{gone:05d}.parquet").unlink()

        with pytest.raises(OutputError, match=f"part {gone} is missing; compute it with --resume"):
            list(each_part(finished, ["alerts"]))

    def test_a_full_disk_leaves_no_part(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What was finished before stays, and nothing half-written does."""

        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with opened(tmp_path / "a") as parts:
            parts.write(0, columns(0))
            monkeypatch.setattr(os, "fsync", full)
            with pytest.raises(OutputError, match=r"-o .*a: cannot be written \(No space left on device\)"):
                parts.write(1, columns(1))

        assert sorted(contents(tmp_path / "a")) == ["manifest.json", "parts/part-00000.parquet"]


class TestFolder:
    @pytest.mark.parametrize("resume", [False, True])
    def test_starts_where_nothing_is(self, resume: bool, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        for folder in (tmp_path / "deep" / "er", tmp_path / "empty"):
            with opened(folder, resume) as parts:
                assert parts.missing() == list(range(PARTS))
            assert contents(folder).keys() == {"manifest.json"}

    def test_a_sweep_is_not_begun_over_another(self, finished: Path) -> None:
        """Not even over a finished one of the same kind; and the refusal leaves it as it is."""
        before = contents(finished)
        with pytest.raises(OutputError, match="holds a sweep already; go on with it by --resume"):
            opened(finished)

        assert contents(finished) == before

    def test_resuming_a_finished_sweep_has_nothing_to_do(self, finished: Path) -> None:
        with opened(finished, resume=True) as parts:
            assert parts.missing() == []
            assert [len(part["cell"]) for part in parts.each(["cell"])] == [300] * PARTS

    def test_only_what_is_missing_is_computed(self, finished: Path) -> None:
        before = contents(finished)
        for index in (1, 4):
            (finished / "parts" / f"part-{index:05d}.parquet").unlink()
        with opened(finished, resume=True) as parts:
            assert parts.missing() == [1, 4]
            assert parts.corrupt == {}
            for index in (4, 1):
                parts.write(index, columns(index))

        assert contents(finished) == before

    def test_other_files_of_the_folder_stay(self, finished: Path) -> None:
        """The results that are made of the parts are written beside them."""
        (finished / "surface.parquet").write_text("made of the parts")
        with opened(finished, resume=True) as parts:
            assert parts.missing() == []

        assert (finished / "surface.parquet").read_text() == "made of the parts"

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"seed": 2}, "seed: 1 there, 2 now"),
            ({"version": "0.2.0"}, 'version: "0.1.0" there, "0.2.0" now; another version of lfrsim wrote it'),
            (
                {"scenario": {"name": "somewhere", "hash": "f" * 16}},
                'scenario.hash: "0123456789abcdef" there, "ffffffffffffffff" now; the scenario has changed since',
            ),
            ({"scenario": {"name": "elsewhere", "hash": "0123456789abcdef"}}, 'scenario.name: "somewhere" there'),
            (
                {"axes": {"threshold": [0.6, 0.65], "size": [10000, 20000]}},
                "axes.threshold: [0.6, 0.64] there, [0.6, 0.65] now",
            ),
            ({"axes": {"threshold": [0.6, 0.64]}}, "axes.size: [10000, 20000] there, nothing now"),
            ({"crowding": True}, "crowding: nothing there, true now"),
            ({"schema": "lfrsim-sweep/2"}, 'schema: "lfrsim-sweep/1" there, "lfrsim-sweep/2" now'),
        ],
    )
    def test_another_sweep_is_refused_by_name(self, changes: dict[str, Any], told: str, finished: Path) -> None:
        """Each field that differs is named with both values, and nothing is changed."""
        before = contents(finished)
        with pytest.raises(OutputError) as refused:
            opened(finished, resume=True, **changes)

        assert told in str(refused.value)
        assert "holds another sweep" in str(refused.value)
        assert str(refused.value).count(" there, ") == 1
        assert contents(finished) == before

    def test_long_lists_are_told_by_where_they_differ(self, tmp_path: Path) -> None:
        cells = [[threshold / 1000, size] for threshold in range(560, 660) for size in (10000, 20000)]
        other = [*cells[:70], [0.5951, 10000], *cells[71:]]
        with opened(tmp_path / "a", cells=cells):
            pass

        with pytest.raises(OutputError, match=r"cells: 200 values there, 199 now"):
            opened(tmp_path / "a", resume=True, cells=cells[1:])
        with pytest.raises(OutputError, match=r"cells\[70\]: \[0\.595, 10000\] there, \[0\.5951, 10000\] now"):
            opened(tmp_path / "a", resume=True, cells=other)

    def test_tuples_and_lists_are_the_same_in_a_manifest(self, finished: Path) -> None:
        with opened(finished, resume=True, axes={"threshold": (0.6, 0.64), "size": (10000, 20000)}) as parts:
            assert parts.missing() == []

    def test_foreign_files_are_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "a" / "thesis.tex").write_text("irreplaceable")
        for resume in (False, True):
            with pytest.raises(OutputError, match="holds files that are not of lfrsim sweep; choose another"):
                opened(tmp_path / "a", resume)

        assert contents(tmp_path / "a") == {"thesis.tex": b"irreplaceable"}

    def test_parts_without_a_manifest_are_refused(self, finished: Path) -> None:
        """Nobody can say what they belong to."""
        (finished / "manifest.json").unlink()

        with pytest.raises(OutputError, match="holds files that are not of lfrsim sweep"):
            opened(finished, resume=True)

    @pytest.mark.parametrize("text", ['{"name": "a web page"}', "[]", '"lfrsim-sweep/1"'])
    def test_a_foreign_manifest_is_refused(self, text: str, tmp_path: Path) -> None:
        (tmp_path / "manifest.json").write_text(text)

        with pytest.raises(OutputError, match=r"its manifest.json is not of a sweep of lfrsim"):
            opened(tmp_path, resume=True)

    def test_a_damaged_manifest_is_refused(self, finished: Path) -> None:
        (finished / "manifest.json").write_text('{"schema": "lfrsim-sweep/1", ')

        with pytest.raises(OutputError, match=r"its manifest.json is damaged"):
            opened(finished, resume=True)

    def test_a_file_is_not_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")

        with pytest.raises(OutputError, match="must be a folder, but it is a file; choose another name"):
            opened(tmp_path / "file")
        with pytest.raises(OutputError, match=r"cannot be written \(Not a directory\); choose another folder"):
            opened(tmp_path / "file" / "surface")

    def test_a_folder_that_cannot_be_written_to_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(os, "access", lambda *_: False)

        with pytest.raises(OutputError, match=r"cannot be written \(Permission denied\); choose another folder"):
            opened(tmp_path)

    def test_two_processes_do_not_write_into_one_folder(self, tmp_path: Path) -> None:
        """The second is refused with the number of the first; when the first has ended, it may."""
        with script("hold", str(tmp_path / "a"), stdin=subprocess.PIPE) as first:
            assert first.stdout is not None
            assert first.stdout.readline() == "held\n"
            with pytest.raises(OutputError, match=rf"is being written by another process \(process {first.pid}\)"):
                opened(tmp_path / "a", resume=True)
            first.communicate("")

        sweep(tmp_path / "a")
        assert contents(tmp_path / "a").keys() >= {"manifest.json", "parts/part-00000.parquet"}
        assert not (tmp_path / "a" / ".lock").exists()


class TestCorruption:
    def test_any_changed_byte_is_seen(self, tmp_path: Path) -> None:
        """Every byte of a part, one after the other; whatever it is changed in, the part is computed again."""
        part = tmp_path / "a" / "parts" / "part-00000.parquet"
        with opened(tmp_path / "a", parts=1) as parts:
            parts.write(0, {"alerts": np.arange(5.0)})
            whole = part.read_bytes()
            for position in range(len(whole)):
                damaged = bytearray(whole)
                damaged[position] ^= 1 << position % 8
                part.write_bytes(damaged)
                parts.corrupt.clear()

                assert parts.missing() == [0], position
                assert "damaged" in parts.corrupt[0]
                assert not part.exists()

            part.write_bytes(whole)
            assert parts.missing() == []

    @pytest.mark.parametrize("length", [0, 1, 4, 100, -1, -8, -100])
    def test_a_part_that_was_cut_off_is_computed_again(self, length: int, finished: Path) -> None:
        before = contents(finished)
        part = finished / "parts" / "part-00002.parquet"
        part.write_bytes(part.read_bytes()[:length])
        with opened(finished, resume=True) as parts:
            assert parts.missing() == [2]
            assert list(parts.corrupt) == [2]
            parts.write(2, columns(2))

        assert contents(finished) == before

    def test_a_part_that_grew_is_computed_again(self, finished: Path) -> None:
        part = finished / "parts" / "part-00002.parquet"
        part.write_bytes(part.read_bytes() + b"\0")
        with opened(finished, resume=True) as parts:
            assert parts.missing() == [2]

    def test_a_part_under_another_name_is_seen(self, finished: Path) -> None:
        """Also where there are more names than parts, and where a name is spelt otherwise."""
        folder = finished / "parts"
        shutil.copy(folder / "part-00001.parquet", folder / "part-00004.parquet")
        shutil.copy(folder / "part-00001.parquet", folder / "part-00017.parquet")
        (folder / "part-00005.parquet").rename(folder / "part-5.parquet")
        with opened(finished, resume=True) as parts:
            assert parts.missing() == [4, 5]
            assert parts.corrupt[4] == "it is another part or from another sweep (part)"
            assert parts.corrupt[17] == "it does not belong to this sweep"
            assert parts.corrupt[5] == "it is another part or from another sweep (name)"

        assert len(list(folder.iterdir())) == PARTS - 2

    @pytest.mark.parametrize("changes", [{"seed": 2}, {"axes": {"threshold": [0.5], "size": [10000]}}])
    def test_a_part_of_another_sweep_is_seen(self, changes: dict[str, Any], finished: Path, tmp_path: Path) -> None:
        """Also where only the axes differ."""
        with opened(tmp_path / "other", **changes) as parts:
            parts.write(2, columns(2))
        shutil.copy(tmp_path / "other" / "parts" / "part-00002.parquet", finished / "parts")

        with opened(finished, resume=True) as parts:
            assert parts.missing() == [2]
            assert "from another sweep" in parts.corrupt[2]


class TestKilled:
    def test_killed_at_every_step(self, tmp_path: Path) -> None:
        """Before and after every step that changes the folder, and with half a file written: then resumed."""
        with script("points", str(tmp_path)) as process:
            told = json.loads(process.communicate()[0])

        assert told["files"] == ["manifest.json", *(f"parts/part-{index:05d}.parquet" for index in range(PARTS))]
        assert told["killed"] > 8 * PARTS
        assert told["survived"] == []
        assert told["different"] == []

    @pytest.mark.slow
    def test_killed_at_any_time(self, tmp_path: Path) -> None:
        """Three times each, alone and with two workers, which must not outlive it."""
        with script("times", str(tmp_path)) as process:
            told = json.loads(process.communicate()[0])

        assert told["killed"] > 0
        assert told["different"] == []

    def test_the_comparison_sees_one_changed_byte(self, finished: Path) -> None:
        """Negative control."""
        before = contents(finished)
        part = finished / "parts" / "part-00002.parquet"
        data = bytearray(part.read_bytes())
        data[len(data) // 2] ^= 1
        part.write_bytes(data)

        assert contents(finished) != before
