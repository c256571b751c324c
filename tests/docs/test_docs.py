"""The documentation does what it says: commands run, excerpts are what is printed, tables are what the program has."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator import load_scenario, run_study, summarise
from simulator.evidence.counted.measures import NAMES
from simulator.experiment.log import AlertLog
from simulator.experiment.store import alert_table
from simulator.report.run.folder import replication_table
from simulator.response.outcomes import FINDINGS, OUTCOMES, REASONS, RECORDED
from simulator.street.mask import TRUTHS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in DOCS.rglob("*.md"))
# Keys of summary.json under these are names of measures, truths, denominators and the like, which tables list.
NAMED_ELSEWHERE = ("measures", "rates", "alerts_by_truth_and_outcome")


@pytest.fixture(scope="module", autouse=True)
def generators() -> Iterator[None]:
    """Let the generators of the documentation be imported, as they are where ``docs/made/build.py`` runs."""
    sys.path.insert(0, str(DOCS / "made"))
    yield
    sys.path.remove(str(DOCS / "made"))


def said(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def code_in(page: str) -> set[str]:
    """Everything that a page writes as code within its text."""
    return set(re.findall(r"`([^`\n]+)`", said(page)))


@pytest.mark.parametrize("page", PAGES)
def test_generated_tables_are_up_to_date(page: str) -> None:
    """A key that was added to a scenario, or whose default changed, shows in the reference."""
    from build import with_tables

    assert with_tables(said(page)) == said(page), "run python docs/made/build.py"


def test_every_section_of_a_scenario_has_its_table() -> None:
    from field_tables import tables

    missing = [name for name in tables() if f"<!-- table: {name} -->" not in "".join(map(said, PAGES))]

    assert missing == []


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_commands_of_a_page_run_and_print_what_it_shows(page: str, tmp_path: Path) -> None:
    """Every command ends with 0 (or the code the page names), and excerpts are what the command above them prints."""
    from play import played

    assert played(said(page), tmp_path) == said(page), "run python docs/made/build.py"


@pytest.mark.slow
def test_commands_of_the_readme_run(tmp_path: Path) -> None:
    """Those in its table too; what installs and tests is left to CI, which runs it in an environment of its own."""
    from play import played

    played(said("README.md"), tmp_path, tables_too=True)


@pytest.mark.parametrize(
    "page",
    [
        "```sh\nlfrsim run nowhere\n```\n",
        "```sh\nrm -r results\n```\n",
        "<!-- exit code: 3 -->\n```sh\nlfrsim scenarios\n```\n",
        '```sh\nlfrsim scenarios\n```\n\n<!-- output: "nothing like it" 1 -->\n```text\n```\n',
        '```python\nprint("a")\n```\n\n<!-- output: "b" 1 -->\n```text\n```\n',
    ],
    ids=["fails", "not known", "does not fail", "not printed", "not printed by Python"],
)
def test_a_page_that_does_not_hold_is_refused(page: str, tmp_path: Path) -> None:
    """Negative control: no command is skipped and no failure passed over."""
    from play import PageError, played

    with pytest.raises(PageError):
        played(page, tmp_path)


def test_an_excerpt_is_replaced_by_what_is_printed(tmp_path: Path) -> None:
    from play import played

    page = '```python\nprint("one\\ntwo\\nthree")\n```\n\n<!-- output: "o" 1; "th" 1 -->\n```text\nold\n```\n'

    assert "```text\none\n...\nthree\n```" in played(page, tmp_path)


@pytest.fixture(scope="module")
def study() -> tuple[Any, list[AlertLog]]:
    """A small run of a scenario with groups, a record and another use of the officers, and its logs."""
    other = "{name: patrols, arrests_per_officer_hour: 0.01, wrongful_stops_per_officer_hour: 0.001, source: us}"
    record = "{faces: 1000, alerts: 10, recorded_false: 0, source: us, grade: assumed}"
    changes = ["campaign.deployments.0.count=2", f"other_use={other}", f"record={record}"]
    logs: list[AlertLog] = []
    return run_study(load_scenario("what-if-groups", changes), 5, sink=lambda _, log: logs.append(log)), logs


def keys_of(data: Any, inside: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from keys_of(value, inside or key)
    elif isinstance(data, list):
        for item in data:
            yield from keys_of(item, inside)


def test_every_field_of_the_summary_is_named(study: tuple[Any, list[AlertLog]]) -> None:
    named = code_in("docs/reference/outputs.md") | set(TRUTHS) | set(OUTCOMES)

    assert set(keys_of(summarise(study[0]).to_data())) - named == set()


def test_every_column_of_the_tables_is_named(study: tuple[Any, list[AlertLog]]) -> None:
    named = code_in("docs/reference/outputs.md")
    alerts = alert_table(study[0].scenario, study[1][0], "chance").column_names
    campaigns = [name.partition("[")[0] for name in replication_table(study[0]).column_names]

    assert set(alerts) - named == set()
    assert set(campaigns) - named == set()
    assert set(NAMES) - named == set()


def test_every_file_of_a_run_is_named(tmp_path: Path) -> None:
    from simulator.report.figures import FIGURES

    named = said("docs/reference/outputs.md")

    assert all(f"`{figure.NAME}`" in named for figure in FIGURES)
    assert all(name in named for name in ("alerts.csv", "replications.csv", "scenario.json", "provenance.json"))


@pytest.mark.parametrize("words", [OUTCOMES, REASONS[1:], TRUTHS, FINDINGS, RECORDED])
def test_every_word_of_the_outcome_is_explained(words: tuple[str, ...]) -> None:
    assert set(words) - code_in("docs/reference/outcomes.md") == set()


def test_every_command_and_option_is_explained() -> None:
    """The commands and options that the help lists stand in the reference, and no others have a heading there."""
    from simulator.cli.app import app

    text = said("docs/reference/commands.md")
    commands = {command.callback.__name__: command.callback for command in app.registered_commands if command.callback}
    headings = set(re.findall(r"^## (\w+)$", text, re.M))
    shown = subprocess.run(
        [sys.executable, "-m", "simulator.cli", "run", "--help"], capture_output=True, text=True, check=True
    )
    options = set(re.findall(r"--[a-z]+", shown.stdout)) - {"--help"}

    assert headings == set(commands)
    assert {option for option in options if f"`{option}" not in text} == set()


def test_every_public_name_is_explained() -> None:
    import simulator

    text = said("docs/reference/python.md")

    assert [name for name in simulator.__all__ if f"| `{name}" not in text] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_pages_and_headings(page: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", said(page)):
        name, _, anchor = target.partition("#")
        path = (ROOT / page).parent / name if name else ROOT / page

        assert path.is_file(), target
        assert not anchor or anchor in headings_of(path.read_text("utf-8")), target


def headings_of(text: str) -> set[str]:
    """Anchors of a page's headings, as Markdown makes them."""
    plain = (re.sub(r"[^\w\s-]", "", line.lstrip("#").lower()).strip() for line in re.findall("^#+ .+$", text, re.M))
    return {re.sub(r"[-\s]+", "-", line) for line in plain}


def test_every_page_is_in_the_table_of_contents() -> None:
    from ruamel.yaml import YAML

    def pages(node: Any) -> Iterator[str]:
        if isinstance(node, str):
            yield node
        for item in node if isinstance(node, list) else node.values() if isinstance(node, dict) else ():
            yield from pages(item)

    nav = YAML(typ="safe", pure=True).load(said("mkdocs.yml"))["nav"]

    assert sorted(f"docs/{name}" for name in pages(nav)) == PAGES
