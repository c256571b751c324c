"""Writing the fitted scenario: the user's own file with new values in it, and the joint draws beside it."""

from __future__ import annotations

import io
import os
import tempfile
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from simulator.evidence.fit.campaign_table import campaign_table
from simulator.evidence.fit.fitted_inputs import FittedInputs, fitted_inputs
from simulator.evidence.fit.fitted_values import DIGITS, FMR, FittedInput
from simulator.evidence.fit.prior import evidence_after
from simulator.evidence.fit.share_recorded import Progress, ShareRecorded, share_recorded
from simulator.evidence.fit.whole_fit import Fit
from simulator.experiment.files import OutputError, write_whole
from simulator.scenario import ScenarioError, load_scenario
from simulator.scenario.explain import comes_of
from simulator.scenario.models import Scenario
from simulator.scenario.numbers import two_readings
from simulator.scenario.quantity import Array

if TYPE_CHECKING:
    from collections.abc import Mapping

GRADE = "derived"
# The share that is recorded depends a little on the rates it corrects; once more is enough.
ROUNDS = 2
ODD = "this follows from the record: are its counts, lists and hours read as they are meant?"


def files_of(path: Path) -> tuple[Path, Path]:
    """The scenario *path*, and the file of joint draws that may stand beside it."""
    return path, path.with_name(f"{path.stem}.draws.csv")


def check_free(path: Path, table: Path | None = None) -> None:
    """Raise OutputError where *path* cannot be a new scenario, or *table* its campaign, or one exists: nothing is overwritten."""
    if path.suffix not in (".yaml", ".yml"):
        raise OutputError(f"-o {path}: must end in .yaml: it is a scenario")
    if table is not None and (table.suffix != ".csv" or table.resolve() == files_of(path)[1].resolve()):
        raise OutputError(f"--table {table}: must end in .csv, and be another file than the draws")
    for option, file in [
        *(("-o", file) for file in files_of(path)),
        *([("--table", table)] if table is not None else []),
    ]:
        at = f"{option} {path if option == '-o' else table}"
        if file.exists() or file.is_symlink():
            raise OutputError(f"{at}: {file} exists and is not overwritten; choose another name, or remove it")
        if not file.parent.is_dir():
            raise OutputError(f"{at}: there is no folder {file.parent}; make it, or choose another")
        if not os.access(file.parent, os.W_OK):
            raise OutputError(f"{at}: the folder {file.parent} cannot be written to; choose another")


def settle(fit: Fit, source: Path, progress: Progress = None) -> FittedInputs:
    """The fitted inputs of the scenario in the file *source*, corrected for what a force does not record.

    *progress* is called with every few simulated campaigns more.
    """
    found = fitted_inputs(fit, ShareRecorded())
    for _ in range(ROUNDS):
        if found.of(FMR) is None and fit.true_per_face is None:
            return found
        found = fitted_inputs(fit, share_recorded(_loaded(fit, found, source), progress=progress))
    return found


def write_fitted(fit: Fit, found: FittedInputs, source: Path, path: Path, table: Path | None = None) -> None:
    """Write the scenario *source* with the *found* inputs to *path*, and joint draws beside it where there are any.

    With *table* the deployments of the record are written there and are its campaign. The scenario comes last, so that it
    never names a file that is not there.
    """
    check_free(path, table)
    _loaded(fit, found, source, with_table=table is not None)
    try:
        for file, text in _texts(fit, found, source, path, table).items():
            write_whole(file, text.encode())
    except OSError as error:
        raise OutputError(f"-o {path}: cannot be written ({error.strerror}); choose another place") from None


def _texts(fit: Fit, found: FittedInputs, source: Path, path: Path, table: Path | None) -> dict[Path, str]:
    """All that is written, by file, the scenario at *path* last."""
    texts = {files_of(path)[1]: draws_text(columns_of(fit, found))} if found.draws else {}
    if table is not None:
        texts[table] = campaign_table(fit).text
    return texts | {path: fitted_text(fit, found, source, path, table)}


def _loaded(fit: Fit, found: FittedInputs, source: Path, with_table: bool = False) -> Scenario:
    """The fitted scenario as the loader reads it, which checks all of it."""
    with tempfile.TemporaryDirectory() as folder:
        path, table = Path(folder) / "fitted.yaml", Path(folder) / "table.csv"
        for file, text in _texts(fit, found, source, path, table if with_table else None).items():
            file.write_text(text, "utf-8")
        try:
            return load_scenario(path)
        except ScenarioError as error:
            # the file is none of the user's: what is wrong is what the record says, or how it was read
            wrong = (
                replace(problem, place=fit.records.label, rule=f"{problem.rule}; {ODD}") for problem in error.problems
            )
            raise ScenarioError(*wrong) from None


def columns_of(fit: Fit, found: FittedInputs) -> dict[str, Array]:
    """The joint draws; columns that the scenario brought itself and that the record does not set are kept, row by row."""
    import numpy as np

    own = fit.scenario.joint_draws
    columns = dict(found.draws)
    rows = len(next(iter(columns.values())))
    set_anew = {item.key for item in found.inputs}
    for key, column in (own.columns if own else {}).items():
        if key not in columns and key not in set_anew:
            # rows of the two laws are paired in a fixed order that has nothing to do with either
            order = np.random.default_rng(len(column)).permutation(rows) * len(column) // rows
            columns[key] = np.array(column)[order]
    return columns


def draws_text(columns: Mapping[str, Array]) -> str:
    """A CSV file of *columns* by dotted key."""
    lines = [",".join(columns)]
    lines += [",".join(f"{x:.6g}" for x in row) for row in zip(*(c.tolist() for c in columns.values()), strict=True)]
    return "\n".join(lines) + "\n"


def fitted_text(fit: Fit, found: FittedInputs, source: Path, path: Path, table: Path | None = None) -> str:
    """The text of *source*, comments kept, with the *found* inputs and its campaign in *table*, as it is to stand at *path*."""
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    tree = yaml.load(source.read_text("utf-8-sig"))
    for item in found.inputs:
        _put(tree, item.key, _mapping(item, fit))
    for key, value in found.plain.items():
        _put(tree, key, value)
    if found.list_size is not None:
        size = {"value": found.list_size, "source": f"mean of the lists of the record; {found.origin}", "grade": GRADE}
        _put(tree, "watchlist.reference_size", CommentedMap(size))
    if found.draws and fit.everywhere.list_size is not None and fit.scenario.recogniser.list_size_exponent.value == 1:
        # other exponents were fitted around the scenario's own list, and stay there
        size = {"value": round(fit.everywhere.list_size), "source": "mean of the lists of the record", "grade": GRADE}
        _put(tree, "recogniser.reference_list_size", CommentedMap(size))
    for key in found.removed:
        section, name = key.split(".")
        tree[section].pop(name, None)
    _tell(tree, fit, found, path)
    if table is not None:
        _own_campaign(tree, fit, _relative(table.resolve(), path))
    if found.draws:
        name = PurePath(fit.records.label).name
        tree["joint_draws"] = {
            "file": files_of(path)[1].name,
            "source": f"lfrsim fit from {name}: level and slope together",
        }
    elif "joint_draws" in tree:
        tree["joint_draws"]["file"] = _from(source, tree["joint_draws"]["file"], path)
    if tree["recogniser"].get("table"):
        tree["recogniser"]["table"] = _from(source, tree["recogniser"]["table"], path)
    stream = io.StringIO()
    yaml.dump(tree, stream)
    return stream.getvalue()


def _from(source: Path, name: str, path: Path) -> str:
    """The file *name* beside *source*, as seen from the folder of *path*."""
    return _relative((source.parent / name).resolve(), path)


def _relative(file: Path, path: Path) -> str:
    try:
        return Path(os.path.relpath(file, path.parent.resolve())).as_posix()
    except ValueError:
        return file.as_posix()  # another drive


def _put(tree: Any, key: str, value: Any) -> None:
    *sections, name = key.split(".")
    for section in sections:
        if section not in tree:
            tree[section] = {}
        tree = tree[section]
    # a flow mapping cannot hold a block mapping; and a comment after the old value spoke of the old value
    comments = getattr(getattr(tree, "ca", None), "items", {})
    if name in comments and not isinstance(value, float):
        comments.pop(name)
    if name in tree or not hasattr(tree, "insert"):
        tree[name] = value
    else:
        # not last, where a blank line or comment may belong to the next section
        tree.insert(max(len(tree) - 1, 0), name, value)


def _mapping(item: FittedInput, fit: Fit) -> Any:
    from ruamel.yaml.comments import CommentedMap

    found = CommentedMap()
    if item.law is None:
        numbers = dict(zip(("value", "low", "high"), (item.value, *item.interval_95), strict=True))
        found.update({key: int(x) if x.is_integer() else _read_alike(item.key, x) for key, x in numbers.items()})
    else:
        names = ("shape", "rate") if item.law.name == "gamma" else ("a", "b")
        law = CommentedMap(zip(names, item.law.numbers, strict=True))
        law.fa.set_flow_style()
        found[item.law.name] = law
    found.update({"source": item.source, "grade": item.grade})
    own = fit.scenario.recogniser.fmr_at_anchor
    if item.key == FMR and (after := evidence_after(fit.level_prior, own, fit.records.frame, fit.question)):
        found["from"] = CommentedMap(after.model_dump(exclude_none=True))
        found["from"].fa.set_flow_style()
    found.fa.set_block_style()
    return found


def _read_alike(key: str, number: float) -> float:
    """The *number* with a digit less where its three decimals might be read as thousands of what comes in thousands."""
    return float(f"{number:.{DIGITS - 1}g}") if two_readings(f"{number}", comes_of(key)) else number


def _tell(tree: Any, fit: Fit, found: FittedInputs, path: Path) -> None:
    """Name, title, caveats and record of the fitted scenario: what it is, and what can no longer test it."""
    from ruamel.yaml.comments import CommentedSeq

    tree["name"] = path.stem
    tree["title"] = f"{tree['title']} (fitted to {PurePath(fit.records.label).name})"
    if not tree.get("caveats"):
        tree.insert(list(tree).index("title") + 1, "caveats", CommentedSeq())
    for caveat in reversed(_caveats(fit, found)):
        tree["caveats"].insert(0, caveat)
    record = tree.get("record")
    if record and fit.scenario.record:
        calibrated = record.get("calibrated") or []
        # these days may be among those fitted to: no figure is claimed as a check
        shared = CommentedSeq(key for key in fit.scenario.record.figures if key not in calibrated)
        shared.fa.set_flow_style()
        record["shares_data"] = shared
        for key in list(record.get("fitted_inputs") or {}):
            if found.of(key) is not None:
                del record["fitted_inputs"][key]
        if "fitted_inputs" in record and not record["fitted_inputs"]:
            del record["fitted_inputs"]


def _own_campaign(tree: Any, fit: Fit, name: str) -> None:
    """Put the deployments of the record, in the file *name*, in place of the campaign, and what they counted for its record."""
    table, label = campaign_table(fit), PurePath(fit.records.label).name
    tree["campaign"] = {"table": name}
    record = {**table.figures, "shares_data": [*table.figures], "source": f"{label}: sums over its deployments"}
    tree["record"] = record | {"grade": "measured"}
    left = f"; left out are {table.left_out}" if table.left_out else ""
    days = f"{table.deployments} deployments, {fit.records.first} to {fit.records.last}"
    tree["title"] = f"The campaign of {label}: {days} (other inputs from {fit.scenario.name})"
    tree["caveats"].insert(
        0,
        f"The campaign is the {days}, of {label}{left}. It prints no clock times: they start at 11:00, one after the other at "
        f"one place. What the record does not set, costs and staff among it, is that of {fit.scenario.name}.",
    )


def _caveats(fit: Fit, found: FittedInputs) -> list[str]:
    said = ["The record behind the fitted inputs is " + _spoken(fit)]
    divided = found.share_recorded.divided({item.key for item in found.inputs})
    shares = [f"{share:.2f} of {kind}" for kind, share in divided.items()]
    if fit.street.sites > 1 and not fit.question.error_rates_only:
        said.append(
            f"Footfall, true alerts and disposals are the mean of {fit.street.sites} sites of the record, which is no one place."
        )
    if shares:
        said.append(
            f"A force does not record alerts by people in custody, repeats and people it recognises. The fitted rates were "
            f"divided by the share that is left ({' and '.join(shares)} alerts), which rests on this scenario's visits, "
            f"persistence and memory."
        )
    return said


def _spoken(fit: Fit) -> str:
    name = PurePath(fit.records.label).name
    return (
        f"{name}: {len(fit.records)} deployments, {fit.records.first} to {fit.records.last}"
        + (f", {fit.records.skipped} rows left out for mistakes" if fit.records.skipped else "")
        + f"; false alerts counted per {fit.question.unit}."
    )
