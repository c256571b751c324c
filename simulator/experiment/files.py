"""Files that are whole or absent, and folders that one process at a time writes to."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOCK = ".lock"
# What a process that was killed may leave behind; nobody reads it.
TEMPORARY = ".*.tmp"


class OutputError(Exception):
    """An output folder or file that cannot be written."""


def cannot_write(folder: Path, error: OSError) -> OutputError:
    """What to raise for an *error* of the file system."""
    why = os.strerror(error.errno) if error.errno else str(error)
    return OutputError(f"-o {folder}: cannot be written ({why}); choose another folder")


def is_utf8(text: str) -> bool:
    """Whether *text*, a word of the command line or a name on disk, is text: not bytes that nobody can decode."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def check_folder(folder: Path, command: str, foreign: Callable[[], Iterable[Path]]) -> None:
    """Raise OutputError unless ``lfrsim`` *command* may write to *folder*, which need not exist.

    *foreign* gives what an existing folder holds that this command did not write. An OSError is passed on.
    """
    if not is_utf8(str(folder)):
        raw = os.fsencode(folder).decode(errors="backslashreplace")
        raise OutputError(f"-o {raw}: its name is not UTF-8, so no file could say where it is; choose another name")
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(f"-o {folder}: must be a folder, but it is a file; choose another name")
    other = min(foreign(), default=None)
    if other is not None:
        rule = f"holds files that are not of lfrsim {command}; choose another folder"
        raise OutputError(f"-o {folder}: {rule} (got {other.name})")
    if not os.access(folder, os.W_OK):
        raise PermissionError(13, "Permission denied")


@contextmanager
def signals_held() -> Iterator[None]:
    """Let a request to end wait until what must not be broken off is done."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def json_text(data: object) -> str:
    """*data* as every JSON file of the program has it; raises ValueError for a number that JSON does not know."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def write_whole(path: Path, data: bytes) -> None:
    """Write *data* to *path* so that at any moment, also after a power cut, it is there whole or as it was."""
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    if os.name == "posix":
        number = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


class Lock:
    """Keeps other processes out of *folder* until it is released, or until this process ends, however it ends.

    *held* is False where the system or the file system has no locks.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK
        self._number: int | None = None
        try:
            import fcntl
        except ImportError:
            return  # a system without such locks
        while self._number is None:
            number = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                # of the process, not of the open file: forked workers do not keep it when this process is killed
                fcntl.lockf(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except (BlockingIOError, PermissionError):
                who = os.read(number, 100).decode(errors="replace").strip()
                os.close(number)
                raise OutputError(
                    f"-o {folder}: is being written by another process ({who or 'just started'}); "
                    "wait for it, or choose another folder"
                ) from None
            except OSError:
                os.close(number)
                return  # a file system without locks
            # whoever had it before may have removed the file between our two steps
            if self._path.exists() and os.path.samestat(os.fstat(number), self._path.stat()):
                self._number = number
            else:
                os.close(number)
        # who has it is only good to know: a full disk is no reason to fail
        with suppress(OSError):
            os.ftruncate(self._number, 0)
            os.write(self._number, f"process {os.getpid()}".encode())

    @property
    def held(self) -> bool:
        """Whether others are kept out."""
        return self._number is not None

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        """Let others in."""
        if self._number is not None:
            self._path.unlink(missing_ok=True)
            os.close(self._number)
            self._number = None


__all__ = [
    "LOCK",
    "TEMPORARY",
    "Lock",
    "OutputError",
    "cannot_write",
    "check_folder",
    "is_utf8",
    "json_text",
    "write_whole",
]
