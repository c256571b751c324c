"""The folder of a sweep: a manifest that says what is swept, and one Parquet file for every finished job."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.files import (
    LOCK,
    TEMPORARY,
    Lock,
    OutputError,
    cannot_write,
    check_folder,
    json_text,
    write_whole,
)

PART_SCHEMA = "lfrsim-part/1"

Floats = NDArray[np.float64]

MANIFEST = "manifest.json"
_PART = "part-[0-9]*.parquet"
# A part holds the digest of its own bytes; it is made while these zeros stand in its place.
_NO_DIGEST = "0" * 64
_BEFORE_DIGEST = b'"sha256": "'

_ABSENT = object()
_CUT = "..."


class PartFolder:
    """The *folder* of the sweep that *manifest* describes, open for writing by this process alone.

    The manifest is any JSON object with the keys ``schema`` ("lfrsim-sweep/1"), ``version``, ``scenario`` (``name``,
    ``hash``), ``seed`` and ``parts`` (how many there will be); all that decides the results belongs in it. *resume*
    goes on with what the folder has of the same sweep. *corrupt* tells, by index, what was wrong with parts that had
    to be thrown away. Leaving the context removes half-written files and lets others in. Raises OutputError when the
    folder cannot be used.
    """

    def __init__(self, folder: Path, manifest: Mapping[str, Any], resume: bool) -> None:
        self.folder = folder
        self.corrupt: dict[int, str] = {}
        self._about = _about(manifest)
        self._total: int = manifest["parts"]
        text = json_text(manifest)
        try:
            check_folder(folder, "sweep", lambda: _foreign(folder))
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = Lock(folder)
            try:
                _check_same(folder, json.loads(text), resume)
                self._parts = folder / "parts"
                self._parts.mkdir(exist_ok=True)
                self._tidy()
                if not (folder / MANIFEST).exists():
                    write_whole(folder / MANIFEST, text.encode())
            except BaseException:
                self._lock.release()
                raise
        except OSError as error:
            raise cannot_write(folder, error) from None
        import pyarrow as pa

        # as for the files of a run: the system's pool gives memory back
        pa.set_memory_pool(pa.system_memory_pool())

    def __enter__(self) -> PartFolder:
        return self

    def __exit__(self, *_: object) -> None:
        self.finish()

    def finish(self) -> None:
        """Remove half-written files and let other processes in; finished parts stay as they are."""
        self._tidy()
        self._lock.release()

    def missing(self) -> list[int]:
        """Indices of the parts that are still to be computed.

        Every part that is there is checked to the last byte. What is damaged or belongs elsewhere is removed, and
        entered in *corrupt*.
        """
        try:
            found = _part_files(self.folder)
            for index, path in list(found.items()):
                wrong = self._fault(index, path) if index < self._total else "it does not belong to this sweep"
                if wrong:
                    self.corrupt[index] = wrong
                    path.unlink()
                    del found[index]
        except OSError as error:
            raise cannot_write(self.folder, error) from None
        return [index for index in range(self._total) if index not in found]

    def write(self, index: int, columns: Mapping[str, NDArray[Any]]) -> None:
        """Write part *index* from *columns* of equal length, kept as floats; the same columns give the same bytes."""
        try:
            write_whole(self._path(index), _part_bytes({**self._about, "part": index}, columns))
        except OSError as error:
            raise cannot_write(self.folder, error) from None

    def each(self, columns: Sequence[str]) -> Iterator[dict[str, Floats]]:
        """These *columns* of one part after the other, in the order of their indices."""
        return each_part(self.folder, columns)

    def _path(self, index: int) -> Path:
        return self._parts / f"part-{index:05d}.parquet"

    def _fault(self, index: int, path: Path) -> str | None:
        """What is wrong with a part, if anything is."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        data = path.read_bytes()
        start = data.rfind(_BEFORE_DIGEST) + len(_BEFORE_DIGEST)
        end = start + len(_NO_DIGEST)
        if data[start:end].decode("ascii", "replace") != _digest(data[:start], _NO_DIGEST.encode(), data[end:]):
            return "it is damaged: its bytes are not those that were written"
        # nobody has touched it since it was written, so it can be read
        about = json.loads(pq.read_metadata(pa.BufferReader(data)).metadata[b"lfrsim"])
        expected = {**self._about, "part": index, "sha256": about["sha256"]}
        differing = [key for key in expected if about.get(key) != expected[key]]
        if differing or path != self._path(index):
            return f"it is another part or from another sweep ({', '.join(differing) or 'name'})"
        return None

    def _tidy(self) -> None:
        for path in (*self.folder.glob(TEMPORARY), *self._parts.glob(TEMPORARY)):
            path.unlink(missing_ok=True)


def each_part(folder: Path, columns: Sequence[str]) -> Iterator[dict[str, Floats]]:
    """These *columns* of one part of the sweep in *folder* after the other; OutputError if one is missing."""
    import pyarrow.parquet as pq

    found = _part_files(folder)
    for index in range(read_manifest(folder)["parts"]):
        if index not in found:
            raise OutputError(f"{folder}: part {index} is missing; compute it with --resume")
        with pq.ParquetFile(found[index], memory_map=False, pre_buffer=False) as parquet:
            table = parquet.read(columns=list(columns), use_threads=False)
        yield {name: table.column(name).to_numpy() for name in columns}


def read_manifest(folder: Path) -> dict[str, Any]:
    """What is swept in *folder*; OutputError if it holds no sweep."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        raise OutputError(f"{folder}: holds no sweep (it has no {MANIFEST})") from None
    except ValueError as error:
        raise OutputError(f"{folder}: its {MANIFEST} is damaged ({error}); choose another folder") from None
    if not isinstance(manifest, dict) or not str(manifest.get("schema")).startswith("lfrsim-sweep/"):
        raise OutputError(f"{folder}: its {MANIFEST} is not of a sweep of lfrsim; choose another folder")
    return manifest


def differences(there: Any, now: Any, at: str = "") -> list[str]:
    """One line for each field in which two manifests differ, with both values."""
    if there == now:
        return []
    if isinstance(there, dict) and isinstance(now, dict):
        pairs = [(key, there.get(key, _ABSENT), now.get(key, _ABSENT)) for key in {**there, **now}]
        return [line for key, a, b in pairs for line in differences(a, b, f"{at}.{key}" if at else key)]
    old, new = _shown(there), _shown(now)
    if isinstance(there, list) and isinstance(now, list) and _CUT in old + new:
        if len(there) != len(now):
            return [f"{at}: {len(there)} values there, {len(now)} now"]
        index = next(i for i, (a, b) in enumerate(zip(there, now, strict=True)) if a != b)
        return differences(there[index], now[index], f"{at}[{index}]")
    note = {"scenario.hash": "; the scenario has changed since", "version": "; another version of lfrsim wrote it"}
    return [f"{at}: {old} there, {new} now{note.get(at, '')}"]


def _shown(value: Any) -> str:
    text = "nothing" if value is _ABSENT else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + _CUT


def _foreign(folder: Path) -> list[Path]:
    """What *folder* holds that is not of a sweep; with a manifest, all is taken for the sweep's."""
    if (folder / MANIFEST).exists():
        return []
    # a sweep that was killed before it had a manifest has left at most these
    inside = [path for path in folder.iterdir() if path.name not in (LOCK, "parts")]
    inside += (folder / "parts").iterdir() if (folder / "parts").is_dir() else []
    return [path for path in inside if not path.match(TEMPORARY)]


def _check_same(folder: Path, manifest: dict[str, Any], resume: bool) -> None:
    if not (folder / MANIFEST).exists():
        return
    there = read_manifest(folder)
    if not resume:
        raise OutputError(f"-o {folder}: holds a sweep already; go on with it by --resume, or choose another folder")
    lines = differences(there, manifest)
    if lines:
        raise OutputError(
            f"-o {folder}: holds another sweep, which this one cannot resume:\n  "
            + "\n  ".join(lines)
            + "\nChoose another folder, or repeat the command of that sweep with --resume"
        )


def _about(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What a part carries of its origin: readable, and a digest of the whole manifest."""
    return {
        "schema": PART_SCHEMA,
        "version": manifest["version"],
        "scenario_hash": manifest["scenario"]["hash"],
        "seed": manifest["seed"],
        "manifest": _digest(json.dumps(manifest, sort_keys=True).encode()),
    }


def _digest(*pieces: bytes) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _part_bytes(about: Mapping[str, Any], columns: Mapping[str, NDArray[Any]]) -> bytes:
    """A Parquet file of *columns* with *about* and its own digest in its metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({name: np.asarray(values, dtype=np.float64) for name, values in columns.items()})
    sink = pa.BufferOutputStream()
    # whole numbers as floats have mostly equal bytes: sorted by byte they are small, and quicker than a dictionary
    with pq.ParquetWriter(
        sink,
        table.schema,
        compression="zstd",
        compression_level=1,
        use_dictionary=False,
        use_byte_stream_split=True,
        write_statistics=False,
        store_schema=False,
    ) as writer:
        writer.write_table(table)
        # one key, so that no order of keys can change the bytes
        writer.add_key_value_metadata({"lfrsim": json.dumps({**about, "sha256": _NO_DIGEST})})
    data: bytes = sink.getvalue().to_pybytes()
    start = data.rfind(_BEFORE_DIGEST) + len(_BEFORE_DIGEST)
    return data[:start] + _digest(data).encode() + data[start + len(_NO_DIGEST) :]


def _part_files(folder: Path) -> dict[int, Path]:
    """Parts by index."""
    paths = (folder / "parts").glob(_PART)
    return {int(path.stem[5:]): path for path in sorted(paths) if path.stem[5:].isdigit()}


__all__ = ["MANIFEST", "PartFolder", "differences", "each_part", "read_manifest"]
