"""Processes that heed requests to end, also where the tests themselves run with some ignored (under nohup, in the background)."""

from __future__ import annotations

import signal


def heeded() -> None:
    """For ``preexec_fn``: what a terminal's own processes have."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
