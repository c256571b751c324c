"""Score every interval that a command prints, and write the table into docs/validation.md: python verify/coverage.py

Takes about half an hour on two cores. What is finished is kept, so that a run that was stopped goes on. Ends with 4 where
an interval fails or is not covered.
"""
# ruff: noqa: E402  (the path is mended before anything is imported from it)

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path

# beside this file a module called coverage would be found by whoever looks for the package of that name
ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)
# small matrices: threads of the linear algebra would wait for each other most of the time
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from verify import analyses, at_draws, beside, page, summaries, thresholds, worlds
from verify.covered import not_covered
from verify.exact import CONTROL, controls, exact_scores
from verify.score import Scored, Tallies, groups

SEEDS, CHUNK = 2000, 50
Score = Callable[[Path, int], Iterable[Scored]]


@dataclass(frozen=True)
class Source:
    """Something that prints intervals: what one seed gives, *banks* that it needs first, and how many seeds at most."""

    score: Score
    bank: Callable[[Path], object]
    most: int = SEEDS


def _run(world: str, folder: Path, seed: int) -> Iterator[Scored]:
    return summaries.run_bank(world, folder).scores(seed)


def _compare(pair: str, folder: Path, seed: int) -> Iterator[Scored]:
    return summaries.compare_bank(pair, folder).scores(seed)


def _precise(world: str, measure: str, folder: Path, seed: int) -> Iterator[Scored]:
    return summaries.run_bank(world, folder).precise(measure, seed)


def _precise_pair(pair: str, measure: str, folder: Path, seed: int) -> Iterator[Scored]:
    return summaries.compare_bank(pair, folder).precise(measure, seed)


def _exact(_: Path, seed: int) -> Iterator[Scored]:
    return exact_scores(seed)


def sources() -> dict[str, Source]:
    """Everything that is scored, by a name that is also that of its files."""
    found = {}
    for world in (world for world in worlds.WORLDS if world != at_draws.WORLD):
        found[f"run {world}"] = Source(partial(_run, world), partial(worlds.study_bank, world))
    for pair in worlds.PAIRS:
        found[f"compare {pair}"] = Source(partial(_compare, pair), partial(worlds.comparison_bank, pair))
    for world, measure in PRECISE:
        bank = partial(worlds.study_bank, world)
        found[f"auto {world} {measure}"] = Source(partial(_precise, world, measure), bank)
    pair, measure = "street, threshold", "wrongful_stops"
    found["auto pair"] = Source(partial(_precise_pair, pair, measure), partial(worlds.comparison_bank, pair))
    for draws in (None, thresholds.DRAWS, *thresholds.FEW_DRAWS):
        name = "sweep" if draws is None else f"sweep with {draws} draws"
        most = 500 if draws in thresholds.FEW_DRAWS else SEEDS
        found[name] = Source(partial(thresholds.sweep_scores, draws=draws), thresholds.truth, most)
    found["choose"] = Source(thresholds.choose_scores, thresholds.truth)
    for simulate in (False, True):
        name = "sensitivity simulated" if simulate else "sensitivity"
        truths = partial(analyses.sensitivity_truths, simulate=simulate)
        found[name] = Source(partial(analyses.sensitivity_scores, simulate=simulate), truths, most=200)
    found["run at draws"] = Source(at_draws.draw_scores, at_draws.truths, most=at_draws.DRAWS)
    found["run beside"] = Source(beside.beside_scores, beside.truths, most=200)
    found["fit"] = Source(analyses.fit_scores, analyses.fit_truths, most=500)
    found["exact"] = Source(_exact, lambda _: None)
    return found


PRECISE = (
    ("street", "wrongful_stops"),
    ("street", "liberty_lost_min"),
    ("clusters", "wrongful_stops"),
    ("rare", "wrongful_stops"),
    (worlds.COMPOUND, worlds.COMPOUND_MEASURE),
)


@dataclass(frozen=True)
class Piece:
    """Seeds *first* to *last* of the source *name*; first 0 makes its bank."""

    name: str
    first: int
    last: int

    def path(self, folder: Path) -> Path:
        """Where it is kept."""
        return folder / f"{self.name}-{self.first}-{self.last}.json"


def work(piece: Piece, folder: Path) -> Piece:
    """Do a *piece* and keep it in *folder*."""
    source, tallies = sources()[piece.name], Tallies()
    if not piece.first:
        source.bank(folder)
        return piece
    for seed in range(piece.first, piece.last + 1):
        tallies.add(source.score(folder, seed))
    path = piece.path(folder)
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(tallies.to_data()), "utf-8")
    beside.rename(path)
    return piece


def pieces(names: Iterable[str], seeds: int) -> list[Piece]:
    """All pieces of work, source after source."""
    known = sources()
    lasts = ((name, min(seeds, known[name].most)) for name in names)
    return [
        Piece(name, first, min(first + CHUNK - 1, last)) for name, last in lasts for first in range(1, last + 1, CHUNK)
    ]


def collect(names: Iterable[str], seeds: int, folder: Path, workers: int) -> Tallies:
    """Score so many *seeds* of the sources *names*, but what *folder* has already, by so many *workers*."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pieces(names, seeds)
    todo = [piece for piece in wanted if not piece.path(folder).exists()]
    # a bank that two sources share is made once
    banks = {repr(sources()[piece.name].bank): Piece(piece.name, 0, 0) for piece in todo}
    for stage in (list(banks.values()), todo):
        for number, piece in enumerate(_done(stage, folder, workers), 1):
            print(f"{number} of {len(stage)}: {piece.name} {piece.first}-{piece.last}", file=sys.stderr)
    tallies = Tallies()
    for piece in wanted:
        tallies = tallies.plus(Tallies.from_data(json.loads(piece.path(folder).read_text("utf-8"))))
    return tallies


def _done(stage: Sequence[Piece], folder: Path, workers: int) -> Iterator[Piece]:
    """The pieces of a *stage* as they are done: by this process, or by several."""
    if workers == 1:
        yield from (work(piece, folder) for piece in stage)
        return
    with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
        for done in as_completed([pool.submit(work, piece, folder) for piece in stage]):
            yield done.result()


def code() -> str:
    """A name for all that decides the numbers: results of other code are not taken up."""
    paths = [*(ROOT / "simulator").rglob("*.py"), *(ROOT / "verify").glob("*.*"), *(ROOT / "scenarios").glob("*.*")]
    digest = hashlib.sha256()
    for path in sorted(
        path for path in paths if path.name not in {"coverage.py", "page.py", "covered.py", "README.md"}
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def main() -> int:
    """Score, write the page, and say what fails."""
    asked = argparse.ArgumentParser(description="Coverage of every interval that a command prints.")
    asked.add_argument("--seeds", type=int, default=SEEDS, help="seeds of each source, at most (default 2,000)")
    asked.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    asked.add_argument("--work", type=Path, default=ROOT / "verify" / "work", help="where finished pieces are kept")
    asked.add_argument("--only", nargs="*", metavar="NAME", help=f"sources: {', '.join(sources())}")
    asked.add_argument("--print", action="store_true", help="print the table and leave docs/ as it is")
    given = asked.parse_args()
    names = [name for name in sources() if not given.only or any(name.startswith(one) for one in given.only)]
    tallies = collect(names, given.seeds, given.work / code(), given.workers)
    rows = tallies.scored
    scored = page.merged(groups(tallies.plus(controls())))
    forgotten = [] if given.only else not_covered(tallies)
    text = page.section(scored, rows, given.seeds, forgotten)
    if given.print or given.only:
        print(text)
    else:
        page.put(text)
        page.draw(scored, rows, given.seeds)
    failing = [group for group in scored if group.command != CONTROL and group.failing(rows)]
    blind = [group.kind for group in scored if group.command == CONTROL and not group.failing(rows)]
    for name in forgotten:
        print(f"not covered: {name}; score it in verify/, or say in verify/covered.py why not", file=sys.stderr)
    for name in blind:
        print(f"not found out: {name}; the scoring is at fault, believe none of it", file=sys.stderr)
    print(f"{len(failing)} of {len(scored)} lines have a row that fails", file=sys.stderr)
    return 4 if failing or forgotten or blind else 0


if __name__ == "__main__":
    sys.exit(main())
