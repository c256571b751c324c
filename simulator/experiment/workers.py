"""Jobs done by worker processes, on this computer or on a cluster; what a job is, nobody here knows."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from typing import Any, TypeVar

from simulator.experiment.files import signals_held
from simulator.experiment.hand_out import WorkerError, Workers, hand_out

J = TypeVar("J")
R = TypeVar("R")


def run_jobs(
    work: Callable[[J], R],
    jobs: Sequence[J],
    finished: Callable[[J, R], None],
    workers: int = 1,
    scheduler: str | None = None,
) -> None:
    """Call ``work(job)`` for every job, and ``finished(job, result)`` here as each result comes in, in any order.

    One worker is this process. More are processes of this computer, or those of the dask *scheduler* at an address
    such as ``tcp://host:8786``, which then says how many there are. About two jobs a worker are under way at a time,
    so memory does not grow with the number of jobs. An exception, also KeyboardInterrupt, stops the workers and is
    passed on; WorkerError if the workers themselves fail. What *finished* was told of by then stays valid.
    """
    if workers < 1:
        raise ValueError(f"workers must be at least 1 (got {workers})")
    if not jobs:
        return
    if scheduler is None and min(workers, len(jobs)) == 1:
        for job in jobs:
            finished(job, work(job))
        return
    crew: Workers
    if scheduler is None:
        crew = _Processes(work, min(workers, len(jobs)))
    else:
        from simulator.experiment.cluster import Cluster

        crew = Cluster(work, scheduler)
    with closing(crew):
        hand_out(crew, jobs, finished)


class _Processes:
    """Worker processes of this computer, each at the end of a pipe of its own, behind a pool of threads that ask them.

    ProcessPoolExecutor has one pipe for all results. If a process is killed while it sends, it waits for the rest for
    ever; with large results and little memory that is when processes are killed. A pipe of one's own just ends.
    """

    def __init__(self, work: Callable[[Any], Any], number: int) -> None:
        import multiprocessing
        import queue
        import warnings

        # forked processes start at once, with all modules and compiled code; other systems cannot fork safely
        context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self.number = number
        self._processes: list[Any] = []
        self._free: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._threads = ThreadPoolExecutor(number)
        try:
            with signals_held(), warnings.catch_warnings():
                # Python warns of forking beside threads; the child touches nothing that a thread of ours could hold
                warnings.simplefilter("ignore", DeprecationWarning)
                for _ in range(number):
                    ours, theirs = context.Pipe()
                    process = context.Process(target=_serve, args=(theirs, work), daemon=True)
                    process.start()
                    theirs.close()
                    self._processes.append((process, ours))
                    self._free.put((process, ours))
        except BaseException:
            self.close()
            raise

    def room(self) -> int:
        return 2 * self.number

    def submit(self, job: Any) -> Future[Any]:
        return self._threads.submit(self._ask, job)

    def result(self, future: Future[Any]) -> Any:
        return future.result()

    def close(self) -> None:
        # they have nothing to save, and what they were to send is not wanted any more
        for process, _ in self._processes:
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process, pipe in self._processes:
            process.join()
            pipe.close()

    def _ask(self, job: Any) -> Any:
        process, pipe = self._free.get()
        try:
            pipe.send(job)
            done, answer = pipe.recv()
        except (EOFError, ConnectionError):
            process.join(1)
            how = f"signal {-process.exitcode}" if (process.exitcode or 0) < 0 else f"exit code {process.exitcode}"
            raise WorkerError(
                f"a worker process died ({how}), most likely because memory ran out; what was finished is kept. "
                "Use fewer workers, or end other programs"
            ) from None
        finally:
            self._free.put((process, pipe))
        if not done:
            raise answer
        return answer


def _serve(pipe: Any, work: Callable[[Any], Any]) -> None:
    """Do the jobs that come through *pipe*, in a process of its own, until nobody is at the other end."""
    # Ctrl-C and the end of a terminal reach every process in it; the one that asked decides what becomes of the others
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        try:
            answer: tuple[bool, Any] = (True, work(job))
        except Exception as error:
            import traceback

            error.add_note("In a worker process:\n" + "".join(traceback.format_exception(error)))
            answer = (False, error)
        try:
            pipe.send(answer)
        except ConnectionError:
            return
        except Exception as error:
            pipe.send((False, TypeError(f"what a job returned or raised cannot be sent: {error}")))
        # the next job may need the memory
        del job, answer


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, however that ended."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


__all__ = ["WorkerError", "run_jobs"]
