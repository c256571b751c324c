"""Files that are whole or absent, and folders that one process at a time writes to."""

from __future__ import annotations

import os
from pathlib import Path

from simulator.experiment.store import OutputError

LOCK = ".lock"
# What a process that was killed may leave behind; nobody reads it.
TEMPORARY = ".*.tmp"


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
    """Keeps other processes out of *folder* until it is released, or until this process ends, however it ends."""

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
        os.ftruncate(self._number, 0)
        os.write(self._number, f"process {os.getpid()}".encode())

    def release(self) -> None:
        """Let others in."""
        if self._number is not None:
            self._path.unlink(missing_ok=True)
            os.close(self._number)
            self._number = None


__all__ = ["LOCK", "TEMPORARY", "Lock", "write_whole"]
