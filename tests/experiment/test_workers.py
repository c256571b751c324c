"""Jobs done by processes: the same results from any number of them, and plain words when they fail."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from signals import heeded

from experiment.jobs import columns, die, die_while_sending, refuse, slow_square, square, unsendable
from simulator.experiment import cluster, hand_out
from simulator.experiment.cluster import check_versions
from simulator.experiment.hand_out import WorkerError
from simulator.experiment.parts import PartFolder
from simulator.experiment.workers import run_jobs

TESTS = Path(__file__).parents[1]
JOBS = list(range(24))
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(TESTS)}


def results(work: Callable[[int], Any] = square, **options: Any) -> dict[int, Any]:
    """What came in, by job; a job that comes in twice is a failure."""
    found: dict[int, Any] = {}

    def finished(job: int, result: Any) -> None:
        assert job not in found
        found[job] = result

    run_jobs(work, JOBS, finished, **options)
    return found


def squares(found: dict[int, Any]) -> dict[int, int]:
    return {job: result[0] for job, result in found.items()}


class TestProcesses:
    @pytest.mark.parametrize("number", [1, 2, 3, 50])
    def test_every_job_is_done_once(self, number: int) -> None:
        """By so many workers, or as many as there are jobs."""
        found = results(workers=number)

        assert squares(found) == {job: job * job for job in JOBS}
        assert len({process for _, process in found.values()}) <= number

    def test_one_worker_is_this_process(self) -> None:
        """In the order of the jobs, without any other process."""
        found = results(workers=1)

        assert list(found) == JOBS
        assert {process for _, process in found.values()} == {os.getpid()}

    def test_more_workers_are_other_processes(self) -> None:
        assert os.getpid() not in {process for _, process in results(workers=2).values()}

    def test_results_are_told_of_in_the_thread_that_asked(self) -> None:
        """So whoever writes them needs no locks."""
        threads = set()
        run_jobs(square, JOBS, lambda *_: threads.add(threading.get_ident()), workers=2)

        assert threads == {threading.get_ident()}

    def test_only_a_few_jobs_are_under_way_at_a_time(self) -> None:
        """Two for each worker, so that results do not pile up."""
        begun, ended, most = 0, 0, 0

        class Counted(list[int]):
            def __iter__(self) -> Iterator[int]:
                nonlocal begun
                for job in super().__iter__():
                    begun += 1
                    yield job

        def finished(*_: Any) -> None:
            nonlocal ended, most
            most = max(most, begun - ended)
            ended += 1

        run_jobs(square, Counted(JOBS), finished, workers=2)

        assert (begun, ended) == (len(JOBS), len(JOBS))
        assert most <= 4

    def test_nothing_to_do_needs_nobody(self) -> None:
        run_jobs(square, [], lambda *_: None, workers=4, scheduler="tcp://nowhere.invalid:1")

    def test_no_workers_are_refused(self) -> None:
        with pytest.raises(ValueError, match=r"workers must be at least 1 \(got 0\)"):
            results(workers=0)

    @pytest.mark.parametrize("number", [1, 2])
    def test_an_error_of_a_job_is_passed_on(self, number: int) -> None:
        """With its own type and words, whichever process it came from; the others end."""
        with pytest.raises(LookupError, match="job 5 is refused") as error:
            results(refuse, workers=number)

        assert multiprocessing.active_children() == []
        assert number == 1 or "in refuse" in error.value.__notes__[0]

    @pytest.mark.parametrize("number", [1, 2])
    def test_an_error_of_who_takes_the_results_is_passed_on(self, number: int) -> None:
        def full(*_: Any) -> None:
            raise OSError("no space left")

        with pytest.raises(OSError, match="no space left"):
            run_jobs(square, JOBS, full, workers=number)

        assert multiprocessing.active_children() == []

    def test_a_result_that_cannot_be_sent_is_an_error(self) -> None:
        with pytest.raises(TypeError, match="what a job returned or raised cannot be sent"):
            results(unsendable, workers=2)

    def test_a_worker_that_dies_is_explained(self) -> None:
        """What was finished before is kept."""
        found = []
        with pytest.raises(
            WorkerError, match=r"died \(signal 9\), most likely because memory ran out; what was finish"
        ):
            run_jobs(die, JOBS, lambda job, _: found.append(job), workers=2)

        assert 5 not in found
        assert multiprocessing.active_children() == []

    def test_a_worker_that_dies_while_it_sends_is_noticed(self) -> None:
        """Half a result is not waited for."""
        with pytest.raises(WorkerError, match="a worker process died"):
            results(die_while_sending, workers=2)


def group_is_gone(group: int, seconds: float = 20.0) -> bool:
    """Whether all processes of a *group* end within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("number", [1, 2])
def test_a_sweep_that_is_ended_leaves_no_processes_and_whole_parts(
    number: int, ending: signal.Signals, tmp_path: Path
) -> None:
    """Ctrl-C reaches all processes at once; SIGKILL only the first. Each part that was told of is there and whole."""
    with subprocess.Popen(
        [sys.executable, "-m", "experiment.sweep_to_kill", "sweep", str(tmp_path / "a"), str(number)],
        env=ENVIRONMENT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=heeded,
    ) as process:
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(5)]
        if ending == signal.SIGINT:
            os.killpg(process.pid, ending)
        else:
            process.kill()
        out, err = process.communicate()
        told += [int(line) for line in out.split()]

    assert process.returncode == (130 if ending == signal.SIGINT else -signal.SIGKILL)
    assert err == ""
    assert group_is_gone(process.pid)
    manifest = json.loads((tmp_path / "a" / "manifest.json").read_text())
    with PartFolder(tmp_path / "a", manifest, resume=True) as parts:
        assert set(told) & set(parts.missing()) == set()
        assert parts.corrupt == {}
        for index in told:
            assert (tmp_path / "a" / "parts" / f"part-{index:05d}.parquet").is_file()
    assert len(told) < 1000


VERSIONS = {"python": "3.11", "lfrsim": "0.1.0", "numpy": "2.4.6", "numba": "0.68.1", "dask": "2026.8.0"}


class TestVersions:
    def test_the_same_everywhere_is_accepted(self) -> None:
        check_versions({"this computer": VERSIONS, "the scheduler": VERSIONS, "worker a": VERSIONS})

    @pytest.mark.parametrize(
        ("place", "changes", "told"),
        [
            ("the scheduler", {"python": "3.12"}, "python: 3.11 on this computer, 3.12 on the scheduler"),
            ("worker a", {"lfrsim": None}, "lfrsim: 0.1.0 on this computer, none on worker a"),
            ("worker a", {"numpy": "2.3.0"}, "numpy: 2.4.6 on this computer, 2.3.0 on worker a"),
            ("worker a", {"scipy": "1.17.1"}, "scipy: none on this computer, 1.17.1 on worker a"),
        ],
    )
    def test_another_version_is_named_with_its_place(
        self, place: str, changes: dict[str, str | None], told: str
    ) -> None:
        found = {"this computer": VERSIONS, "the scheduler": VERSIONS, "worker a": VERSIONS, "worker b": VERSIONS}
        found[place] = VERSIONS | changes  # type: ignore[assignment,operator]
        with pytest.raises(WorkerError) as refused:
            check_versions(found)

        text = str(refused.value)
        assert f"\n  {told}\n" in text
        assert text.count(" on this computer") == 1
        assert "Python 3.11, then\n  pip install 'lfrsim[cluster]==0.1.0' numpy==2.4.6 numba==0.68.1" in text

    def test_many_workers_are_counted(self) -> None:
        other = VERSIONS | {"numba": "0.60.0"}
        found = {"this computer": VERSIONS, "the scheduler": other, "worker a": VERSIONS}
        with pytest.raises(WorkerError, match=r"0\.60\.0 on the scheduler and 7 others"):
            check_versions(found | {f"worker {i}": other for i in range(7)})


def test_a_cluster_needs_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(WorkerError, match=r"is not installed. Install it with: pip install 'lfrsim\[cluster\]'"):
        results(scheduler="tcp://127.0.0.1:8786")


class Processes:
    """A scheduler and workers as a user would start them, on this computer."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.environment = ENVIRONMENT | settings
        self.started: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        self.scheduler = self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        self.address = ""
        while not self.address:
            assert self.scheduler.poll() is None
            time.sleep(0.02)
            # the file may be there and not yet written
            with suppress(FileNotFoundError, ValueError):
                self.address = json.loads(file.read_text())["address"]

    def start(self, kind: str, *words: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *words],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.started.append(process)
        return process

    def worker(self) -> subprocess.Popen[bytes]:
        # without a nanny, which would start a killed worker again
        return self.start("worker", self.address, "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")

    def wait_for(self, number: int) -> None:
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(number, timeout=60)

    def close(self) -> None:
        for process in reversed(self.started):
            process.kill()
            process.wait()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Processes]]:
    """Starts a scheduler, and ends it with its workers after the test."""
    pytest.importorskip("distributed")
    started: list[Processes] = []

    def begin(**settings: str) -> Processes:
        started.append(Processes(tmp_path, **settings))
        return started[-1]

    yield begin
    for processes in started:
        processes.close()


@pytest.mark.slow
class TestCluster:
    def test_results_are_those_of_this_computer(self, start: Callable[..., Processes], tmp_path: Path) -> None:
        """By two workers of a scheduler; also all bytes of their parts."""
        processes = start()
        pair = [processes.worker(), processes.worker()]
        found = results(slow_square, scheduler=processes.address)
        manifest = {"schema": "lfrsim-sweep/1", "version": "1", "scenario": {"hash": "a"}, "seed": 1, "parts": 5}
        for name, scheduler in (("here", None), ("there", processes.address)):
            with PartFolder(tmp_path / name, manifest, resume=False) as parts:
                run_jobs(columns, parts.missing(), parts.write, scheduler=scheduler)

        assert squares(found) == squares(results())
        assert {process for _, process in found.values()} <= {process.pid for process in pair}
        for index in range(5):
            part = f"parts/part-{index:05d}.parquet"
            assert (tmp_path / "here" / part).read_bytes() == (tmp_path / "there" / part).read_bytes()

    def test_the_jobs_of_a_killed_worker_are_done_by_the_other(self, start: Callable[..., Processes]) -> None:
        processes = start()
        pair = {process.pid: process for process in (processes.worker(), processes.worker())}
        processes.wait_for(2)
        found: dict[int, tuple[int, int]] = {}

        def finished(job: int, result: tuple[int, int]) -> None:
            assert job not in found
            found[job] = result
            by = Counter(process for _, process in found.values())
            # in mid-run, when both have done something
            if len(by) == 2 and all(process.poll() is None for process in pair.values()):
                pair[result[1]].kill()
                pair[result[1]].wait()

        run_jobs(slow_square, JOBS, finished, scheduler=processes.address)

        assert squares(found) == {job: job * job for job in JOBS}
        assert sum(process.poll() is None for process in pair.values()) == 1

    def test_a_job_that_kills_its_workers_is_explained(self, start: Callable[..., Processes]) -> None:
        processes = start(DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")
        for _ in range(2):
            processes.worker()

        with pytest.raises(WorkerError, match="several workers and each of them died, most likely because memory ran"):
            results(die, scheduler=processes.address)

    def test_other_versions_are_refused_before_the_first_job(
        self, start: Callable[..., Processes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from distributed import Client

        processes = start()
        processes.worker()
        collected = Client.get_versions

        def other(client: Any, **options: Any) -> Any:
            found = collected(client, **options)
            for about in found["workers"].values():
                about["packages"]["numpy"] = "1.26.4"
            return found

        monkeypatch.setattr(Client, "get_versions", other)
        with pytest.raises(WorkerError, match=r"numpy: \S+ on this computer, 1\.26\.4 on worker tcp://127\.0\.0\.1:"):
            results(scheduler=processes.address)

    def test_a_worker_of_another_version_that_joins_later_is_refused(
        self, start: Callable[..., Processes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each worker compares itself before a job."""
        processes = start()
        processes.worker()
        monkeypatch.setattr(cluster.Cluster, "_compare_versions", lambda _: VERSIONS | {"numpy": "1.26.4"})

        with pytest.raises(WorkerError, match=r"numpy: 1\.26\.4 on this computer, \S+ on a worker on "):
            results(scheduler=processes.address)

    def test_a_scheduler_without_workers_is_explained(
        self, start: Callable[..., Processes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        processes = start()
        monkeypatch.setattr(cluster, "FIRST_WORKER_S", 0.3)

        with pytest.raises(WorkerError, match=r"has no workers, and none came within 0\.3 s"):
            results(scheduler=processes.address)

    def test_the_loss_of_all_workers_is_explained(
        self, start: Callable[..., Processes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        processes = start()
        worker = processes.worker()
        monkeypatch.setattr(cluster, "NO_WORKER_S", 0.5)
        for module in (cluster, hand_out):
            monkeypatch.setattr(module, "ASK_S", 0.1)

        with pytest.raises(WorkerError, match=r"no worker has been left for 0\.5 s"):
            run_jobs(slow_square, JOBS, lambda *_: worker.kill(), scheduler=processes.address)

    def test_the_loss_of_the_scheduler_is_explained(
        self, start: Callable[..., Processes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        processes = start()
        processes.worker()
        monkeypatch.setattr(hand_out, "ASK_S", 0.5)

        with pytest.raises(WorkerError, match="the connection was lost; what was finished is kept"):
            run_jobs(slow_square, JOBS, lambda *_: processes.scheduler.kill(), scheduler=processes.address)

    def test_an_interrupt_takes_back_what_has_not_begun(self, start: Callable[..., Processes]) -> None:
        """The scheduler is ready for the next sweep."""
        processes = start()
        processes.worker()

        def interrupted(*_: Any) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run_jobs(slow_square, JOBS, interrupted, scheduler=processes.address)
        assert squares(results(scheduler=processes.address)) == {job: job * job for job in JOBS}

    @pytest.mark.parametrize("address", ["nowhere", "host:8786", "http://host:8786", "tcp://host", "tcp://a b:1", ""])
    def test_an_address_of_another_form_is_refused(self, address: str) -> None:
        pytest.importorskip("distributed")

        with pytest.raises(WorkerError, match=r"must be an address like tcp://host:8786 \(got "):
            results(scheduler=address)

    def test_an_address_where_nobody_listens_is_explained(self, monkeypatch: pytest.MonkeyPatch) -> None:
        pytest.importorskip("distributed")
        monkeypatch.setattr(cluster, "CONNECT_S", 0.5)
        with socket.create_server(("127.0.0.1", 0)) as free:
            address = f"tcp://127.0.0.1:{free.getsockname()[1]}"

        with pytest.raises(WorkerError, match=r"no dask scheduler answered within 0\.5 s .*can this computer reach it"):
            results(scheduler=address)

    @pytest.mark.parametrize("said", [b"", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
    def test_somebody_else_at_the_address_is_explained(self, said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whether they say nothing, or what no scheduler says."""
        pytest.importorskip("distributed")
        monkeypatch.setattr(cluster, "CONNECT_S", 0.5)

        def answer() -> None:
            with suppress(OSError), server.accept()[0] as connection:
                connection.sendall(said)
                while connection.recv(1000):
                    pass

        with socket.create_server(("127.0.0.1", 0)) as server:
            thread = threading.Thread(target=answer)
            thread.start()
            with pytest.raises(WorkerError, match=r"no dask scheduler answered within 0\.5 s"):
                results(scheduler=f"tcp://127.0.0.1:{server.getsockname()[1]}")
            thread.join()


class TestHowTo:
    """What the page on clusters tells people to type is understood."""

    PAGE = (TESTS.parent / "docs" / "how-to" / "run-on-a-cluster.md").read_text("utf-8")

    @pytest.mark.parametrize("kind", ["scheduler", "worker"])
    def test_its_options_are_those_of_dask(self, kind: str) -> None:
        pytest.importorskip("distributed")
        shown = subprocess.run(
            [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--help"], capture_output=True, text=True, check=True
        ).stdout
        lines = [line for line in self.PAGE.splitlines() if f"dask {kind} " in line or f"[dask, {kind}" in line]
        used = {option for line in lines for option in re.findall(r"--[a-z-]+", line)}

        assert len(lines) == 3
        assert {option for option in used if option not in shown} == set()

    def test_its_kubernetes_file_fits_together(self) -> None:
        """The service leads to the scheduler, and each deployment finds its own pods."""
        from ruamel.yaml import YAML

        text = self.PAGE.partition("```yaml\n")[2].partition("```")[0]
        service, *deployments = YAML(typ="safe", pure=True).load_all(text)
        labels = {}
        for deployment in deployments:
            spec = deployment["spec"]
            assert spec["selector"]["matchLabels"] == spec["template"]["metadata"]["labels"]
            labels[deployment["metadata"]["name"]] = spec["selector"]["matchLabels"]
            (container,) = spec["template"]["spec"]["containers"]
            assert all(isinstance(word, str) for word in container["command"])

        assert service["spec"]["selector"] == labels["lfrsim-scheduler"]
        address = f"tcp://{service['metadata']['name']}:{service['spec']['ports'][0]['port']}"
        assert address in self.PAGE
