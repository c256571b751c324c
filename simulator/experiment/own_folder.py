"""The output folder of one command: checked before anything is computed, and filled with whole files or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from simulator.experiment.store import OutputError, cannot_write


@dataclass(frozen=True)
class OwnFolder:
    """A *folder* (as given to ``-o``) to which ``lfrsim`` *command* writes *files*, and nothing else is in it."""

    folder: Path
    command: str
    files: tuple[str, ...]

    def check(self) -> OwnFolder:
        """Raise OutputError unless the folder is new, empty, or holds what this command wrote before."""
        try:
            if self.folder.exists() and not self.folder.is_dir():
                raise OutputError(f"-o {self.folder}: must be a folder, but it is a file; choose another name")
            if self.folder.exists() and any(path.name not in self.files for path in self.folder.iterdir()):
                raise OutputError(
                    f"-o {self.folder}: holds files that are not of lfrsim {self.command}; choose another folder"
                )
            if self.folder.exists() and not os.access(self.folder, os.W_OK):
                raise PermissionError(13, "Permission denied")
            self.folder.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(self.folder, error) from None
        return self

    def write(self, make: Callable[[Path], object]) -> list[str]:
        """Let *make* write into a folder beside this one, and rename the files into place; their names are returned.

        An exception leaves nothing half-written. Files of an earlier run that *make* did not write are gone afterwards.
        """
        work = self.folder.parent / f".{self.folder.name}.{os.getpid()}"
        try:
            work.mkdir()
            make(work)
            self.folder.mkdir(exist_ok=True)
            for name in self.files:
                (self.folder / name).unlink(missing_ok=True)
            names = sorted(path.name for path in work.iterdir())
            for name in names:
                (work / name).replace(self.folder / name)
        except OSError as error:
            raise cannot_write(self.folder, error) from None
        finally:
            shutil.rmtree(work, ignore_errors=True)
        return names


__all__ = ["OwnFolder"]
