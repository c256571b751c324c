"""The front door: ``lfrsim`` and its commands, one thin file per group."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import time
from typing import Any, NoReturn

DONE, UNEXPECTED, USAGE, INVALID_INPUT, CHECK_FAILED, INTERRUPTED = 0, 1, 2, 3, 4, 130
STOPPED = "interrupted; nothing was written"


def main() -> None:
    """Run the command line; mistakes of the user end in one message and an exit code, never in a traceback."""
    from simulator.cli.streams import OutputLostError, prepare

    prepare()
    try:
        _end_when_asked()
        from simulator.cli.app import app

        try:
            app()
        finally:
            sys.stdout.flush()
    except OutputLostError as lost:
        _fail(f"{lost}: the output could not be written", UNEXPECTED)
    except KeyboardInterrupt:
        _fail(STOPPED, INTERRUPTED)
    except OSError as error:
        _fail(f"{error.strerror or error}: the output could not be written", UNEXPECTED)
    except Exception as error:
        from simulator.experiment.files import OutputError
        from simulator.experiment.hand_out import WorkerError
        from simulator.response.engines import EngineError
        from simulator.scenario.errors import ScenarioError

        if isinstance(error, (ScenarioError, OutputError, EngineError)):
            _fail(str(error), INVALID_INPUT)
        if isinstance(error, WorkerError):
            _fail(str(error), UNEXPECTED)
        if os.environ.get("LFRSIM_DEBUG"):
            raise
        beyond = _beyond_arithmetic(error)
        if beyond:
            _fail(beyond, INVALID_INPUT)
        _fail(
            f"unexpected error, a fault of lfrsim: {type(error).__name__}: {error}\n"
            "Run again with LFRSIM_DEBUG=1 set to see where, and report it with the command you ran.",
            UNEXPECTED,
        )


def _beyond_arithmetic(error: BaseException) -> str | None:
    """What is to be said of numbers that a library cannot compute with, or that memory does not hold; None for a fault."""
    import traceback
    from pathlib import Path

    if isinstance(error, MemoryError):
        return "memory ran out: simulate fewer campaigns (-n), hours or deployments, or take a higher threshold"
    if not isinstance(error, (ArithmeticError, ValueError, RecursionError)):
        return None
    frames = [Path(frame.filename) for frame in traceback.extract_tb(error.__traceback__)]
    package = Path(__file__).parents[1]
    if frames[-1].is_relative_to(package) and not isinstance(error, (ArithmeticError, RecursionError)):
        return None
    return (
        f"a number given is too large, too small or too odd to compute with ({type(error).__name__}: {error}): look first at "
        "what was set last, by --set or in a file. With LFRSIM_DEBUG=1 set, the place in the program is shown."
    )


def _end_when_asked() -> None:
    """Treat every request to end, a closed terminal too, as Ctrl-C: what is half-written is removed."""
    asked = -1.0
    known = (getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP"))
    # nohup, for one, has a request ignored
    heeded = [number for number in known if number is not None and signal.getsignal(number) != signal.SIG_IGN]

    def handle(how: Any) -> None:
        for number in heeded:
            signal.signal(number, how)

    def end(*_: object) -> None:
        nonlocal asked
        before, asked = asked, time.monotonic()
        # a terminal that is closed asks twice, and the second must not stop the clearing up
        if before < 0 or asked - before > 1:
            # on its way out Python would give the next request its own way, which is to die of it
            atexit.register(handle, signal.SIG_IGN)
            raise KeyboardInterrupt

    handle(end)


def _fail(message: str, code: int) -> NoReturn:
    print(message, file=sys.stderr)
    sys.exit(code)
