"""The front door: ``lfrsim`` and its commands, one thin file per group."""

from __future__ import annotations

import io
import os
import signal
import sys

DONE, UNEXPECTED, USAGE, INVALID_INPUT, CHECK_FAILED, INTERRUPTED = 0, 1, 2, 3, 4, 130


def main() -> None:
    """Run the command line; mistakes of the user end in one message and an exit code, never in a traceback."""
    try:
        # a sign the output cannot show is no reason to lose the rest
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
        # a request to end is treated as Ctrl-C: what is half-written is removed
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        from simulator.cli.app import app

        app()
    except BrokenPipeError:
        # the reader of our output has gone (for example `| head`): nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
    except KeyboardInterrupt:
        _fail("interrupted; nothing was written", INTERRUPTED)
    except OSError as error:
        _fail(f"{error.strerror or error}: the output could not be written", UNEXPECTED)
    except Exception as error:
        from simulator.experiment.files import OutputError
        from simulator.experiment.workers import WorkerError
        from simulator.response.engines import EngineError
        from simulator.scenario.errors import ScenarioError

        if isinstance(error, (ScenarioError, OutputError, EngineError)):
            _fail(str(error), INVALID_INPUT)
        if isinstance(error, WorkerError):
            _fail(str(error), UNEXPECTED)
        if os.environ.get("LFRSIM_DEBUG"):
            raise
        _fail(
            f"unexpected error, a fault of lfrsim: {type(error).__name__}: {error}\n"
            "Run again with LFRSIM_DEBUG=1 set to see where, and report it with the command you ran.",
            UNEXPECTED,
        )


def _fail(message: str, code: int) -> None:
    print(message, file=sys.stderr)
    sys.exit(code)
