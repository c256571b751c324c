"""The front door: ``lfrsim`` and its commands, one thin file per group."""

from __future__ import annotations

import os
import sys

DONE, UNEXPECTED, USAGE, INVALID_INPUT, CHECK_FAILED, INTERRUPTED = 0, 1, 2, 3, 4, 130


def main() -> None:
    """Run the command line; mistakes of the user end in one message and an exit code, never in a traceback."""
    from simulator.cli.app import app
    from simulator.scenario.errors import ScenarioError

    try:
        app()
    except ScenarioError as error:
        _fail(str(error), INVALID_INPUT)
    except BrokenPipeError:
        # the reader of our output has gone (for example `| head`): nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
    except KeyboardInterrupt:
        _fail("interrupted; nothing was written", INTERRUPTED)
    except Exception as error:
        from simulator.experiment.store import OutputError

        if isinstance(error, OutputError):
            _fail(str(error), INVALID_INPUT)
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
