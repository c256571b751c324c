"""The output folder of a command: checked before anything is computed, and filled with whole files or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import perf_counter

from simulator.experiment.files import LOCK, Lock, OutputError, cannot_write, check_folder, json_text, signals_held
from simulator.experiment.provenance import PROVENANCE, MadeFrom, provenance

# The page that lfrsim report makes of a folder, beside what the folder's own command wrote.
REPORT = "report.html"


class OutputFolder:
    """The *folder* given to ``-o``, which ``lfrsim`` *command* fills with *files*, and nothing else is in it.

    The first of *files* is one that the command always writes: a folder that has it, and no file of another name, is of an
    earlier run, and is replaced, with the report that was made of it. ``with`` gives the path of a work folder to write into;
    who made it with what is written beside that, with what *made* says (set it before leaving) and the time since the beginning.
    Leaving it puts what was written there into the folder, whose other *files* go, and names it in *written*; leaving it with
    an exception leaves everything as it was. A process that is killed leaves its work folder behind, and the next run for the
    same folder removes it. One at a time in a process. Raises OutputError, at once where the folder cannot be used.
    """

    def __init__(self, folder: Path, command: str, files: Sequence[str]) -> None:
        self.folder = folder
        self.written: tuple[str, ...] = ()
        self.made = MadeFrom()
        self._began = perf_counter()
        self._files = (*dict.fromkeys((*files, PROVENANCE, REPORT)),)
        self._at_end = ExitStack()
        # names have at most 255 bytes
        self._prefix = f".{folder.name[:50]}.lfrsim-"
        try:
            check_folder(folder, command, self._foreign)
            # a link is followed, for renaming works within one file system only
            self._place = Path(os.path.realpath(folder))
            # whether a file system takes files is known by trying
            with _work_folder(self._place, self._prefix):
                pass
        except OSError as error:
            raise cannot_write(folder, error) from None

    def __enter__(self) -> Path:
        try:
            self._work = self._at_end.enter_context(_work_folder(self._place, self._prefix))
        except OSError as error:
            raise cannot_write(self.folder, error) from None
        return self._work

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        try:
            with self._at_end:
                if error is None:
                    self._finish()
        except OSError as failed:
            error = failed
        if isinstance(error, OSError):
            raise cannot_write(self.folder, error) from None

    def _foreign(self) -> list[Path]:
        """What lies in the folder and is not of this command."""
        inside = [path for path in self.folder.iterdir() if not path.name.startswith(self._prefix)]
        ours = self._files if (self.folder / self._files[0]).exists() else ()
        return [path for path in inside if path.name not in ours or path.is_dir()]

    def _finish(self) -> None:
        (self._work / PROVENANCE).write_text(json_text(provenance(self.made, perf_counter() - self._began)), "utf-8")
        names = sorted(path.name for path in self._work.iterdir() if path.name != LOCK)
        self._place.mkdir(exist_ok=True)
        marker, *others = self._files
        # a request to end waits: files of two runs side by side would pass for the results of one
        with signals_held():
            # whatever ends this in spite of it leaves a folder that lacks files, and that the next run replaces
            for name in others:
                (self._place / name).unlink(missing_ok=True)
            for name in sorted(names, key=lambda name: name != marker):
                (self._work / name).replace(self._place / name)
        self.written = tuple(names)


@contextmanager
def _work_folder(place: Path, prefix: str) -> Iterator[Path]:
    """A new folder for what is to be in *place*, locked as long as somebody is at work there, and gone afterwards."""
    _remove_abandoned(place, prefix)
    # what is mounted at a place may be all that can be written to; a place that is not there yet has no inside
    room = place if place.is_dir() else place.parent
    made = [folder for folder in (room, *room.parents) if not folder.exists()]
    try:
        room.mkdir(parents=True, exist_ok=True)
        while True:
            work = Path(tempfile.mkdtemp(prefix=prefix, dir=room))
            try:
                try:
                    lock = Lock(work)
                except (OutputError, FileNotFoundError):
                    continue  # another run took it for abandoned before it was locked
                with lock:
                    yield work
                return
            finally:
                shutil.rmtree(work, ignore_errors=True)
    finally:
        for folder in made:
            with suppress(OSError):  # something is in it now
                folder.rmdir()


def _remove_abandoned(place: Path, prefix: str) -> None:
    """Remove work folders of processes that were killed: nobody holds their locks any more."""
    for room in (place, place.parent):
        with suppress(OSError):
            for work in [path for path in room.iterdir() if path.name.startswith(prefix)]:
                with suppress(OutputError), Lock(work) as lock:
                    if lock.held:
                        shutil.rmtree(work, ignore_errors=True)


__all__ = ["REPORT", "OutputFolder"]
