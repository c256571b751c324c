"""The program as it is typed, in a process of its own or, where that shows the same, in this one."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

Done = subprocess.CompletedProcess[str]


def in_own_process(*words: str, env: dict[str, str] | None = None) -> Done:
    """Run ``lfrsim`` with *words* without a terminal: what another process alone can show, its environment among it."""
    return subprocess.run(
        [sys.executable, "-m", "simulator.cli", *words],
        capture_output=True,
        text=True,
        env={**os.environ, **(env or {})},
        timeout=300,
        check=False,
    )


def lfrsim(*words: str, cwd: Path | None = None) -> Done:
    """Run the program from its front door to its exit code in this process, which has the libraries loaded already."""
    from simulator.cli import main

    out, err, code = io.StringIO(), io.StringIO(), 0
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in signals]
    with (
        contextlib.chdir(cwd or Path.cwd()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        patch.object(sys, "argv", ["lfrsim", *words]),
    ):
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        finally:
            for number, handler in zip(signals, before, strict=True):
                signal.signal(number, handler)
    return Done(words, code, out.getvalue(), err.getvalue())
