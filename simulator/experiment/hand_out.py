"""Jobs handed out to whoever does them: processes of this computer or of a cluster; what a job is, nobody here knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import islice
from typing import Any, Protocol, TypeVar

J = TypeVar("J")

# Whoever gives the jobs looks this often whether there are more workers, or none.
ASK_S = 5.0


class WorkerError(Exception):
    """Workers that cannot be reached, do not fit together, or died; the message is ready for the user."""


class Workers(Protocol):
    """Those who do the jobs."""

    def submit(self, job: Any) -> Future[Any]:
        """Give them one more."""

    def room(self) -> int:
        """How many they should have at a time."""

    def result(self, future: Future[Any]) -> Any:
        """What a job returned, or raise what it raised; WorkerError where it was not to blame."""

    def close(self) -> None:
        """Send them home; what they were to return is not wanted any more."""


def hand_out(crew: Workers, jobs: Sequence[J], finished: Callable[[J, Any], None]) -> None:
    """Give the *jobs* to the *crew* as it has room, and call ``finished(job, result)`` as each result comes in."""
    waiting = iter(jobs)
    under_way: dict[Future[Any], J] = {}
    while True:
        for job in islice(waiting, max(crew.room() - len(under_way), 0)):
            under_way[crew.submit(job)] = job
        if not under_way:
            return
        done = wait(under_way, timeout=ASK_S, return_when=FIRST_COMPLETED).done
        if done:
            # a result in hand is kept before a failure ends everything; one at a time, so that none is held longer
            future = min(done, key=_failed)
            finished(under_way.pop(future), crew.result(future))
            del future
        del done


def _failed(future: Future[Any]) -> bool:
    return future.cancelled() or future.exception() is not None
