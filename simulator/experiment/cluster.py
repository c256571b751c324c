"""The workers of a dask scheduler: reached, compared with this computer, and given jobs."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache, partial
from typing import Any, TypeVar

from simulator.experiment.hand_out import ASK_S, WorkerError

J = TypeVar("J")

# Seconds to wait for the scheduler's answer, for the first worker, and for a worker to come back when none is left.
CONNECT_S = 5.0
FIRST_WORKER_S = 30.0
NO_WORKER_S = 120.0

# What could change a result, or keep the parts of a cluster from understanding each other.
COMPARED = ("python", "lfrsim", "numpy", "numba", "scipy", "dask", "distributed", "cloudpickle")
HERE = "this computer"
_ADDRESS = re.compile(r"(tcp|tls)://(\[[0-9A-Fa-f:.]+\]|[^\s/:@\[\]]+):[0-9]{1,5}")


class Cluster:
    """The workers of a dask scheduler. A job whose worker dies is given to another one by dask."""

    def __init__(self, work: Callable[[Any], Any], address: str) -> None:
        import asyncio
        import importlib
        import logging
        import warnings

        try:
            self._dask: Any = importlib.import_module("distributed")
        except ImportError:
            raise WorkerError(
                "--scheduler needs dask.distributed, which is not installed. Install it with: pip install 'lfrsim[cluster]'"
            ) from None
        if not _ADDRESS.fullmatch(address):
            raise WorkerError(f"--scheduler: must be an address like tcp://host:8786 (got {address!r})")
        # it logs what becomes a WorkerError here, with tracebacks
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
        self._address = address
        with warnings.catch_warnings():
            # it warns of other versions; here they are refused
            warnings.simplefilter("ignore")
            try:
                # a client waits for ever for somebody who takes the connection and says nothing, so knock first; in a
                # thread, as a notebook has a loop of its own in this one
                with ThreadPoolExecutor(1) as thread:
                    thread.submit(asyncio.run, self._knock()).result()
                self._client = self._dask.Client(address, timeout=CONNECT_S, set_as_default=False, name="lfrsim")
            except Exception as error:
                raise WorkerError(
                    f"--scheduler {address}: no dask scheduler answered within {CONNECT_S:g} s "
                    f"({type(error).__name__}). Is it running, and can this computer reach it?"
                ) from None
        self._executor = self._client.get_executor(pure=False)
        try:
            with self._scheduler_needed():
                self._client.wait_for_workers(1, timeout=FIRST_WORKER_S)
                self._versions = self._compare_versions()
        except BaseException:
            self.close()
            raise
        self._work = work
        self._threads = 1
        self._asked = -ASK_S
        self._seen = time.monotonic()

    async def _knock(self) -> None:
        import asyncio

        security = self._dask.Security().get_connection_args("client")
        comm = await asyncio.wait_for(self._dask.comm.connect(self._address, timeout=CONNECT_S, **security), CONNECT_S)
        comm.abort()

    def _compare_versions(self) -> dict[str, str | None]:
        found = self._client.get_versions(packages=COMPARED[1:])
        places = {HERE: found["client"], "the scheduler": found["scheduler"]}
        places |= {f"worker {address}": about for address, about in found["workers"].items()}
        versions = {place: _compared(about["packages"]) for place, about in places.items()}
        check_versions(versions)
        return versions[HERE]

    def room(self) -> int:
        """Two jobs for every thread of every worker there is now; WorkerError if there has been none for long."""
        now = time.monotonic()
        if now - self._asked >= ASK_S:
            with self._scheduler_needed():
                threads = sum(self._client.nthreads().values())
            self._asked = now
            if threads:
                self._threads, self._seen = threads, now
            elif now - self._seen > NO_WORKER_S:
                raise WorkerError(
                    f"--scheduler {self._address}: no worker has been left for {NO_WORKER_S:g} s; they ended, or died for "
                    "want of memory. What was finished is kept. Start workers again"
                )
        return 2 * self._threads

    def submit(self, job: Any) -> Future[Any]:
        """Send a *job* to the scheduler."""
        # as one callable: dask looks into arguments for tasks of its own
        future: Future[Any] = self._executor.submit(partial(_on_worker, self._versions, self._work, job))
        return future

    def result(self, future: Future[Any]) -> Any:
        """What a job returned; WorkerError if it was not to blame for having returned nothing."""
        import pickle

        import pyarrow as pa

        try:
            size, packed = future.result()
            return pickle.loads(pa.decompress(packed, size, "zstd"))
        except CancelledError:
            raise self._lost() from None
        except self._dask.KilledWorker:
            raise WorkerError(
                "a job was given to several workers and each of them died, most likely because memory ran out; what was "
                "finished is kept. Start fewer workers on each computer, or allow them more memory"
            ) from None

    def close(self) -> None:
        """Take back what has not begun, and leave; what workers are at runs to its end and is dropped."""
        # it may be gone already
        with suppress(Exception):
            self._executor.shutdown(wait=False)
        with suppress(Exception):
            self._client.close()

    @contextmanager
    def _scheduler_needed(self) -> Iterator[None]:
        try:
            yield
        except self._dask.client.WorkerStartTimeoutError:
            raise WorkerError(
                f"--scheduler {self._address}: has no workers, and none came within {FIRST_WORKER_S:g} s. "
                f"Start some with: dask worker {self._address} --nthreads 1"
            ) from None
        except OSError:
            raise self._lost() from None

    def _lost(self) -> WorkerError:
        return WorkerError(
            f"--scheduler {self._address}: the connection was lost; what was finished is kept. Is the scheduler running?"
        )


def _on_worker(expected: Mapping[str, str | None], work: Callable[[J], Any], job: J) -> tuple[int, bytes]:
    """Do a *job* on a worker; returns the result pickled and packed, and the size it had before packing."""
    import pickle
    import platform

    import pyarrow as pa

    # one that joined later was not looked at in the beginning
    check_versions({HERE: expected, f"a worker on {platform.node()}": _own_versions()})
    data = pickle.dumps(work(job), protocol=5)
    # counts are mostly small: an eighth of the bytes has to pass the network and the scheduler
    return len(data), pa.Codec("zstd", 1).compress(data, asbytes=True)


@cache
def _own_versions() -> dict[str, str | None]:
    from importlib.metadata import PackageNotFoundError, version

    own: dict[str, str | None] = {"python": ".".join(map(str, sys.version_info[:3]))}
    for name in COMPARED[1:]:
        try:
            own[name] = version(name)
        except PackageNotFoundError:
            own[name] = None
    return _compared(own)


def _compared(packages: Mapping[str, str | None]) -> dict[str, str | None]:
    own = {name: packages.get(name) for name in COMPARED}
    return own | {"python": ".".join(str(own["python"]).split(".")[:2])}


def check_versions(found: Mapping[str, Mapping[str, str | None]]) -> None:
    """Refuse, with a WorkerError, places whose versions differ: *found* has them by place, HERE among them."""
    here = found[HERE]
    lines = []
    for name in COMPARED:
        others: dict[str | None, list[str]] = {}
        for place, versions in found.items():
            if versions.get(name) != here.get(name):
                others.setdefault(versions.get(name), []).append(place)
        told = [f"{version or 'none'} on {_places(places)}" for version, places in others.items()]
        if told:
            lines.append(f"  {name}: {here.get(name) or 'none'} on {HERE}, {', '.join(told)}")
    if lines:
        wanted = " ".join(f"{name}=={here[name]}" for name in COMPARED[2:] if here.get(name))
        raise WorkerError(
            "this computer and the cluster must have the same versions, or results could differ:\n"
            + "\n".join(lines)
            + f"\nInstall them everywhere and start scheduler and workers again: Python {here['python']}, then\n"
            f"  pip install 'lfrsim[cluster]=={here.get('lfrsim')}' {wanted}"
        )


def _places(places: Sequence[str]) -> str:
    return " and ".join(places) if len(places) <= 2 else f"{places[0]} and {len(places) - 1} others"


__all__ = ["Cluster", "check_versions"]
