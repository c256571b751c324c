"""The compiled engine made wrong on purpose, one rule at a time: the comparison with the processes sees each of them.

A mutant is a copy of the kernel's source with one place changed. It runs as plain Python on plain objects, so nothing is
compiled, and whatever is read before it was written is an error.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numba
import numpy as np
import pytest
from behaviour.engine_fuzz import Configuration, differing_rows, random_plan

from simulator import response
from simulator.response.columns import Plan, Resolved, kinds
from simulator.response.process import by_processes
from simulator.response.resolve import Engine, Roster
from simulator.response.sessions import arrivals_of, changes_of, first_deployments
from simulator.street.people import Index

SOURCE = Path(response.__path__[0])
KERNEL = ("kernel", "kernel_stages", "kernel_desk", "kernel_columns")
# Read for the fingerprint only.
BESIDE = ("outcomes", "plan", "columns")
ROSTER = ("day", "since_s", "staff", "own_staff", "hold_limit_s", "van_limit_s")
# The part of the fuzz on which every mutant is tried.
PART = range(32)


@dataclass(frozen=True)
class Change:
    """What stands in a *module* once, and what stands there instead."""

    module: str
    old: str
    new: str


def in_kernel(old: str, new: str) -> Change:
    return Change("kernel", old, new)


def in_stages(old: str, new: str) -> Change:
    return Change("kernel_stages", old, new)


def at_desk(old: str, new: str) -> Change:
    return Change("kernel_desk", old, new)


SHIFTS = "        while change < len(change_s) and change_s[change] == now:\n"
COMPLETIONS = "        complete_all(rows, people, desk, day, now)\n" + SHIFTS
AT_CHANGE = """            i = change_desk[change]
            change_staff(desk, day, i * KINDS, staff, change_shift[change], own_staff[i])
            change += 1
"""
GRANTS = "        while day.due_to != NOBODY:\n            grant_all(rows, people, desk, day, granted, now)\n"
GRANTED = "                granted[number] = row\n                number += 1\n"
END_OF_RUN = "    release(rows, desk, day, VANS, row)\n    release(rows, desk, day, CHECKERS, row)\n"
START_OF_CHECK = '    """Checkers establish who it is."""\n    release(rows, desk, day, TEAMS, row)\n'

MUTANTS: dict[str, tuple[Change, ...]] = {
    # staff
    "one van too many": (at_desk("else staff[shift, kind]", "else staff[shift, kind] + (kind == VANS)"),),
    "shifts do not change": (at_desk("else staff[shift, kind]", "else staff[0, kind]"),),
    "debt ignored by grants": (in_kernel("desk[pool].busy < desk[pool].staff", "desk[pool].busy != desk[pool].staff"),),
    "debt ignored by requests": (at_desk("desk[pool].busy < desk[pool].staff", "desk[pool].busy != desk[pool].staff"),),
    "debt forgiven at the shift": (
        at_desk(
            "    owe_grants(day, its_desk)\n\n\n",
            "        desk[its_desk + kind].busy = min(desk[its_desk + kind].busy, desk[its_desk + kind].staff)\n"
            "    owe_grants(day, its_desk)\n\n\n",
        ),
    ),
    "a desk's own staff ignored": (at_desk("if own_staff[kind] >= 0", "if False"),),
    "one desk for all of a session": (in_kernel("(deployment - opens) * KINDS", "0"),),
    "the team is released after the check": (
        in_stages(START_OF_CHECK, START_OF_CHECK.replace("    release(rows, desk, day, TEAMS, row)\n", "")),
        in_stages(
            "    rows[row].check_end_s = now\n",
            "    rows[row].check_end_s = now\n    release(rows, desk, day, TEAMS, row)\n",
        ),
    ),
    "the team is released in the round of the grant": (
        in_kernel(GRANTED, GRANTED + "                desk[its_desk + TEAMS].busy -= kind == CHECKERS\n"),
        in_kernel(
            "            start_check(", "            desk[rows[row].desk + TEAMS].busy += 1\n            start_check("
        ),
    ),
    "the checkers do not ride along": (
        in_stages(END_OF_RUN, "    release(rows, desk, day, VANS, row)\n"),
        in_stages(
            "    rows[row].run_start_s = now\n",
            "    rows[row].run_start_s = now\n    release(rows, desk, day, CHECKERS, row)\n",
        ),
        in_stages("def start_run(rows: Rows, day:", "def start_run(rows: Rows, desk: Desk, day:"),
        in_stages("        start_run(rows, day, row, now)", "        start_run(rows, desk, day, row, now)"),
        in_kernel("            start_run(rows, day, row, now)", "            start_run(rows, desk, day, row, now)"),
    ),
    "the hold limit is ignored": (in_stages("CHECKERS, now + day.hold_limit_s)", "CHECKERS, now + 1e9)"),),
    "the van limit is ignored": (in_stages("VANS, now + day.van_limit_s)", "VANS, now + 1e9)"),),
    "a limit of nothing is a limit": (in_stages("if day.hold_limit_s <= 0.0:", "if False:"),),
    # ties
    "arrivals before completions": (
        in_kernel(COMPLETIONS, COMPLETIONS.splitlines(keepends=True)[1]),
        in_kernel(GRANTS, COMPLETIONS.splitlines(keepends=True)[0] + GRANTS),
    ),
    "shift changes after the grants": (
        in_kernel(COMPLETIONS, COMPLETIONS.splitlines(keepends=True)[0] + "        while False:\n"),
        in_kernel(
            "    # Nobody will come any more",
            SHIFTS + AT_CHANGE + "    # Nobody will come any more",
        ),
    ),
    "one round of grants at an instant": (
        in_kernel("        while day.due_to != NOBODY:", "        if day.due_to != NOBODY:"),
    ),
    "a free officer goes to whoever asks first": (at_desk("    if quiet and desk", "    if desk"),),
    "queues by row backwards": (at_desk("    return a < b\n", "    return a > b\n"),),
    "queues by row, not by time joined": (at_desk("if rows[a].joined_s != rows[b].joined_s:", "if False:"),),
    "priority ignored": (at_desk("if rows[a].priority != rows[b].priority:", "if False:"),),
    "priority upside down": (at_desk("rows[a].priority < rows[b].priority", "rows[a].priority > rows[b].priority"),),
    "being out of reach loses ties in the queue": (
        in_kernel("elif rows[row].leaves_s <= now:", "elif rows[row].leaves_s < now:"),
    ),
    "being out of reach loses ties after the review": (
        in_stages("    elif rows[row].leaves_s <= now:", "    elif rows[row].leaves_s < now:"),
    ),
    "being out of reach loses ties after the search": (
        in_stages("(rows[row].leaves_s <= now and not", "(rows[row].leaves_s < now and not"),
    ),
    "an alert is open at the instant of leaving": (
        in_stages("elif now < person.open_until_s:", "elif now <= person.open_until_s:"),
    ),
    # people
    "depletion forgotten": (in_stages("if person.arrested or person.held:", "if person.held:"),),
    "arrested for all replications": (
        in_kernel(
            "person.arrested = person.held = False",
            "person.arrested, person.held = getattr(person, 'arrested', False), False",
        ),
    ),
    "arrested only when the run ends": (
        in_stages("        people[rows[row].person].arrested = True\n", "        pass\n"),
        in_stages(
            "    rows[row].run_end_s = now\n",
            "    rows[row].run_end_s = now\n    people[rows[row].person].arrested |= not rows[row].bystander\n",
        ),
    ),
    "a held person walks past": (in_stages("if person.arrested or person.held:", "if person.arrested:"),),
    "a bystander is taken for the person": (
        in_stages("        if not bystander:\n            person =", "        if True:\n            person ="),
    ),
    "a bystander's arrest depletes": (in_stages("    if not rows[row].bystander:\n", "    if True:\n"),),
    "repeats are new alerts": (in_stages("elif now < person.open_until_s:", "elif False:"),),
    "a queue is not an open alert": (in_stages("        person.open_until_s = rows[row].leaves_s\n", ""),),
    "remembered people forgotten": (in_stages("elif rows[row].remembered and", "elif False and"),),
    "everybody is remembered": (in_stages("elif rows[row].remembered and", "elif"),),
    "remembered on other days": (in_stages("if rows[stop].date == rows[row].date:", "if True:"),),
    "only the last stop is remembered": (in_stages("stop = rows[stop].stop_before", "stop = NOBODY"),),
    # times
    "who leaves a queue leaves it late": (
        in_kernel("NONE, rows[row].leaves_s)", "NONE, rows[row].leaves_s + 1 / 1024)"),
    ),
    # times that lie on the grid cannot tell these two sums apart, others can
    "a sum in another order": (
        in_stages("now + rows[row].review_s)", "rows[row].time_s + (now - rows[row].time_s + rows[row].review_s))"),
    ),
}


def mutant(changes: tuple[Change, ...], folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The kernel with *changes* as a package *name* in *folder*, not compiled."""
    package = folder / name
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    for module in (*KERNEL, *BESIDE):
        text = (SOURCE / f"{module}.py").read_text(encoding="utf-8")
        for change in changes:
            if change.module == module:
                assert text.count(change.old) == 1, f"{change.old!r} must stand in {module}.py once"
                text = text.replace(change.old, change.new)
        for other in KERNEL:
            text = text.replace(f"from simulator.response.{other} import", f"from {name}.{other} import")
        (package / f"{module}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setattr(numba.config, "DISABLE_JIT", True)
    made = importlib.import_module(f"{name}.kernel")
    assert Path(str(made.__file__)).parent == package
    return plainly(made)


class Record(SimpleNamespace):
    """A record of numpy as a plain object, which has nothing until it is written."""

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)

    def __setitem__(self, name: str, value: Any) -> None:
        setattr(self, name, value)


def plainly(made: ModuleType) -> Engine:
    """The engine of the module *made* as plain Python: objects for records, Python's own numbers in the columns."""

    def engine(roster: Roster, first_row: Index, plan: Plan) -> Resolved:
        n, written = len(plan), (*made.ENDS, *made.TIMES)
        ends, times = np.full((len(made.ENDS), n), None), np.full((len(made.TIMES), n), None)
        made.resolve_block(
            [[getattr(plan, name).tolist() for name in names] for names in (made.SECONDS, made.NUMBERS, made.FLAGS)],
            (ends, times),
            *(
                [Record() for _ in range(number)]
                for number in (n, int(plan.person.max(initial=-1)) + 1, 4 * len(roster.day), 1)
            ),
            [0] * (4 * n),
            first_row.tolist(),
            arrivals_of(roster, first_row, plan.time_s).tolist(),
            [_plain(getattr(roster, name)) for name in ROSTER],
            [_plain(values) for values in (first_deployments(roster.session), *changes_of(roster))],
        )
        log = dict(zip(written, (*ends, *times), strict=True))
        return Resolved(**{name: np.array(log[name], kind.dtype) for name, kind in kinds(Resolved).items()})

    return engine


def _plain(values: Any) -> Any:
    return values if values.ndim > 1 else values.tolist()


@cache
def by_the_processes(number: int) -> tuple[Configuration, Resolved]:
    """Plan *number* of the fuzz, and how the processes resolve it."""
    one = random_plan(number)
    return one, by_processes(one.roster, one.first_row, one.plan)


def differences(engine: Engine) -> Iterator[int]:
    """How many alerts *engine* resolves otherwise, in one plan after the other."""
    for one, right in map(by_the_processes, PART):
        yield len(differing_rows(right, engine(one.roster, one.first_row, one.plan)))


def test_the_unchanged_kernel_run_like_a_mutant_agrees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In every plan: so whatever a mutant does differently comes from its change."""
    assert sum(differences(mutant((), tmp_path, "unchanged_kernel", monkeypatch))) == 0


@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_kernel_is_caught(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one plan at least; the first is enough."""
    package = "mutant_" + "".join(filter(str.isalnum, name))

    assert any(differences(mutant(MUTANTS[name], tmp_path, package, monkeypatch)))
