"""Forecast recorded deployments and write what was found into docs/validation.md: python results/forecasts.py RECORDS.csv

RECORDS.csv is a file of the Met's published deployment records from 2023 to July 2025, which the project does not ship.
Writes the section between the marks and two figures in docs/images/. The model is chosen inside 2024; 2025 is scored with it.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

# small matrices: threads of the linear algebra would wait for each other most of the time
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from simulator.evidence.check.checked import Checked, checked
from simulator.evidence.check.found import CheckFound
from simulator.evidence.check.judged import JointScores
from simulator.evidence.check.planned import WORDS
from simulator.evidence.check.question import Split, question_of
from simulator.evidence.check.rolling import Choice
from simulator.evidence.numbers import number, whole
from simulator.record import read_records
from simulator.report.check.folder import write_check
from simulator.report.check.sentences import WHO, chance, gain, mean_pit, score, share
from simulator.response.engines import engine_named
from simulator.scenario import load_scenario

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE = DOCS / "validation.md"
BEGIN, END = "<!-- forecasts: begin -->\n", "<!-- forecasts: end -->"
SCENARIO, REPLICATIONS, SEED = "croydon-van", 1000, 1
# Before December 2023 faces were counted, and vans used, in another way: 0.3 alerts an hour against 1.3.
SPLIT = Split(train_until=dt.date(2024, 12, 31), train_from=dt.date(2023, 12, 1))
FORK = Split(train_until=SPLIT.train_until)
WIDTH = 124
FIGURES = {"pit.png": "check-pit.png", "forecasts.png": "check-forecasts.png"}


def checked_in(path: Path, split: Split) -> Checked:
    """What the check finds in the records at *path*, divided by *split*."""
    question = question_of(load_scenario(SCENARIO), read_records(path, "Met deployment records"), split)
    return checked(question, REPLICATIONS, SEED, engine_named("auto"))


def section(found: CheckFound, fork: CheckFound) -> str:
    """The section in words and tables; *fork* is what is found without a first training day."""
    tested, training, choice = found.tested, found.training, found.choice
    assert training is not None
    assert choice is not None
    assert fork.training is not None
    model, base = found.forecasters["model"], found.forecasters["baseline"]
    alerts, arrests = (gain(model[name].crps_below_baseline) for name in ("alerts", "arrests"))
    low, came = whole(base["alerts"].total.mean), whole(base["alerts"].total.observed)
    rerun = ", ".join(f"{base[name].coverage['90'].share:.2f}" for name in WORDS)
    scores = ", ".join(score(base[name].crps) for name in WORDS)
    text = f"""## Forecasting recorded deployments

`lfrsim check`, `tests/evidence/test_forecast_check.py`, `test_forecast_model.py`, `test_forecast_scores.py`

Can the outcome of a deployment be forecast from what a planner knows beforehand: site, date, planned hours, list size and
threshold? {whole(tested.rows)} deployments of the Met's vans from {tested.first} to {tested.last} were forecast from
{whole(training.rows)} earlier ones ({training.first} to {training.last}). Observed are the Met's own published
records, which are not shipped. This section is written by `python results/forecasts.py RECORDS.csv`.

Three forecasts stand side by side. The **scenario** is `{SCENARIO}`, simulated {whole(found.run.replications)} times for
each deployment with inputs drawn from their intervals. The **trained model** is a negative binomial whose rate per hour is
pooled in part over sites and moves with time. The **baseline** is a negative binomial with one rate per hour for all.

{coverage(found)}

Coverage is by the randomised PIT, averaged over 100 randomisations; in brackets a 95 % interval that allows for
deployments of one day and of one site being alike (the wider of the two). CRPS is in counts per deployment; less is
better. Log score: minus the logarithm of the probability of what came, per deployment.

![PIT histograms of the three forecasts](images/check-pit.png)

Central intervals can hold while forecasts are too low, if what is missing above is made up for below:

{leaning(found)}

{totals(found)}

![Every tested deployment beside its forecast](images/check-forecasts.png)

What this shows:

- Alerts and arrests can be forecast with intervals that hold about as often as they say. Against the baseline the trained
  model's CRPS is {alerts} lower for alerts and {arrests} lower for arrests (95 %, by cluster). Part of that is the level: rates
  rose, and the baseline's totals are far too low ({low} alerts against {came}).
- {leaning_words(found)}
- {scenario_words(found)}
- {false_words(found)}

What it does not show:

- A forecast that holds says that counts are predictable, not that the alerts were right, the stops justified, or the
  record complete.
- All sites are of one force, and at one threshold in the tested rows. The next change of threshold, software or policy is
  not in any of these intervals.
- Nobody was blind. The rule of choice was fixed, and the model chosen by it, before 2025 was scored, and nothing in the model
  was altered afterwards. But it was known from published totals that rates had risen in 2025, and a trend was among the
  candidates. And the first training day was settled by figures on the tested rows: see the end of this section.

How the model was chosen: {whole(len(choice.compared))} candidates were trained at {len(choice.origins)} month ends
({choice.origins[0]} to {choice.origins[-1]}) and forecast the following half year as far as the end of 2024,
{whole(choice.forecasts)} forecasts of each candidate. The lowest CRPS, as a share of the baseline's and averaged over alerts
and arrests, won:

{candidates(choice)}

The best few differ by less than 0.3 %, which may well be chance. Tried by hand at the same month ends and not taken up: names of
sites taken whole, without shared words (worse than one rate); effects of months (no gain); arrests as a share of the
alerts forecast, and the average of that and the plain forecast (no safe gain). Typing in which district of London each site
is in did better than the words of its name (alerts 6.7 % instead of 5.2 % below the baseline) and was left out, because a
record elsewhere has no such list.

{months(found)}

The baseline's figures were set before this model existed, from another program: coverage 0.85, 0.84 and 0.92, CRPS 3.19, 1.61
and 0.063. Training rows from December 2023 on give {rerun} and {scores}; training rows from
{fork.training.first} on would give a CRPS of {score(fork.forecasters["baseline"]["alerts"].crps)} for alerts,
so the first is what was meant. Coverage differs by what one randomisation of the PIT makes of it
(standard deviation 0.01 to 0.02); the CRPS of arrests stays 0.01 higher, and why is not known.

{fork_words(found, fork)}
"""
    return filled(text)


def filled(text: str) -> str:
    """*text* with its paragraphs and list items broken at the page's width; tables, headings and images stay."""
    blocks = []

    def fill(words: str, **indents: str) -> str:
        return textwrap.fill(" ".join(words.split()), WIDTH, break_on_hyphens=False, **indents)

    for block in text.strip().split("\n\n"):
        if block.startswith(("|", "#", "!")):
            blocks.append(block)
        elif block.startswith("- "):
            items = block[2:].split("\n- ")
            blocks.append("\n".join(fill(item, initial_indent="- ", subsequent_indent="  ") for item in items))
        else:
            blocks.append(fill(block))
    return "\n\n".join(blocks) + "\n"


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table as the page has it."""
    lines = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def by_forecaster(found: CheckFound, columns: Sequence[str], cells: Callable[[JointScores], Sequence[str]]) -> str:
    """A table with a row for each measure and forecaster; the first of its *columns* names the measure."""
    rows = [
        [words, label, *cells(found.forecasters[who][name])]
        for name, words in WORDS.items()
        for who, label in WHO.items()
        if name in found.forecasters[who]
    ]
    return markdown_table([columns[0], "forecast by", *columns[1:]], rows)


def coverage(found: CheckFound) -> str:
    """Coverage and scores."""

    def cells(scores: JointScores) -> Sequence[str]:
        held = (share(scores.coverage[level]) for level in ("50", "80", "90"))
        return [*held, score(scores.crps), gain(scores.crps_below_baseline), score(scores.log_score)]

    return by_forecaster(
        found, ["measure", "50 %", "80 %", "90 %", "CRPS", "below baseline (95 %)", "log score"], cells
    )


def leaning(found: CheckFound) -> str:
    """Mean PIT and the shares above the median and above the 90 % point."""

    def cells(scores: JointScores) -> Sequence[str]:
        lean = scores.leaning
        return mean_pit(lean.mean_pit), share(lean.above_median), share(lean.above_90)

    return by_forecaster(
        found,
        ["measure", "mean PIT (0.50 if right)", "above the median (0.50)", "above the 90 % point (0.10)"],
        cells,
    )


def totals(found: CheckFound) -> str:
    """Totals within their forecasts."""

    def cells(scores: JointScores) -> Sequence[str]:
        total = scores.total
        low, high = map(whole, total.range_90)
        chances = chance(total.at_most), chance(total.at_least)
        return [whole(total.observed), number(total.mean), f"{low} to {high}", *chances]

    over = f"total over {whole(found.tested.rows)} deployments"
    return by_forecaster(
        found, [over, "observed", "forecast", "90 % range", "P(so few or fewer)", "P(so many or more)"], cells
    )


def leaning_words(found: CheckFound) -> str:
    """That the trained model is too low on one side, in numbers."""
    said = []
    for name in ("alerts", "arrests"):
        lean = found.forecasters["model"][name].leaning
        above, upper = (round(100 * item.share) for item in (lean.above_median, lean.above_90))
        said.append(
            f"{name}: {above} % of deployments above its median, {upper} % above its 90 % point where 10 % should be, mean PIT "
            f"{mean_pit(lean.mean_pit).replace('–', ' to ')}"
        )
    return (
        f"One-sidedly the trained model is too low, though its central intervals hold: {'; '.join(said)}. Whoever plans for the "
        f"busy day by its 90 % point would have been caught out more often than one "
        f"time in ten on these rows. Its ranges of the totals are wide."
    )


def scenario_words(found: CheckFound) -> str:
    """How the scenario did, and why that is no verdict on it."""
    alerts = found.forecasters["scenario"]["alerts"]
    return (
        f"The scenario forecasts every site as if it were the centre of Croydon, which has more alerts per hour than most: "
        f"{number(alerts.total.mean)} alerts are forecast, {whole(alerts.total.observed)} came, and its 90 % intervals held "
        f"{alerts.coverage['90'].share:.2f} of the rows. That is no fault of the scenario, and no use for planning elsewhere. "
        f"It shares some of the tested rows with its own inputs (Croydon to May 2025), so where it does well that is no "
        f"independent check."
    )


def false_words(found: CheckFound) -> str:
    """What can be said of false alerts, with the negative control."""
    learnt, model = found.false_alerts, found.forecasters["model"]["false_alerts"]
    assert learnt is not None
    control, laboratory, prior, total = learnt.control, learnt.laboratory_slope, learnt.slope_prior, model.total
    return (
        f"Coverage cannot judge recorded false alerts: only {whole(total.observed)} came. **A rate 14 times too low still has "
        f"a coverage of {share(control.coverage['90'])} of 90 % intervals.** Its total gives it away: P(so many or more) "
        f"{chance(control.total.at_least)}, log score {score(control.log_score)} against {score(model.log_score)}. The training "
        f"rows hold no event at 0.64, so the fall from 0.60 rests on a prior for the slope (normal, {prior.mean:g}, sd "
        f"{prior.sd:g}, above {prior.least:g}): {number(total.mean)} are forecast, {whole(total.observed)} came (P(so many or "
        f"more) {chance(total.at_least)}). That prior was itself fitted to Met records up to July 2025, the tested rows among "
        f"them; with the laboratory's slope alone ({laboratory.mean:g}, sd {laboratory.sd:g}) "
        f"{number(laboratory.total.mean)} are forecast ({chance(laboratory.total.at_least)})."
    )


def candidates(choice: Choice) -> str:
    """CRPS of each candidate as a share of the baseline's."""
    rows = [
        [
            (" + ".join(item.parts) or "one rate, not known exactly") + (" (chosen)" if item is choice.chosen else ""),
            *(f"{x:.3f}" for x in (item.crps_of_baseline["alerts"], item.crps_of_baseline["arrests"], item.mean)),
        ]
        for item in choice.compared
    ]
    return markdown_table(["parts", "alerts", "arrests", "mean"], rows)


def months(found: CheckFound) -> str:
    """The second score, month by month."""
    said = [
        f"{WORDS[name]}: coverage of 90 % intervals {share(item.model.coverage['90'])}, CRPS {score(item.model.crps)} against "
        f"{score(item.baseline.crps)} of the baseline, {gain(item.model.crps_below_baseline)} lower"
        for name, item in (found.monthly or {}).items()
    ]
    return (
        f"Second score, with nothing chosen or tuned again: both are trained anew before every month of 2025, on all that was "
        f"recorded before it: {'; '.join(said)}."
    )


def fork_words(found: CheckFound, fork: CheckFound) -> str:
    """What another first training day would have given, and how this one was settled."""
    assert found.choice is not None
    assert fork.choice is not None
    assert fork.training is not None
    model, baseline = fork.forecasters["model"], fork.forecasters["baseline"]
    own, other = (", ".join(choice.parts) for choice in (found.choice, fork.choice))
    gains = [gain(model[name].crps_below_baseline) for name in ("alerts", "arrests")]
    scores = [f"{score(model[name].crps)} against {score(baseline[name].crps)}" for name in ("alerts", "arrests")]
    return (
        f"**A fork that was not blind.** Those figures are on the tested rows of 2025, so the training window was settled with "
        f"their help. With all rows from {fork.training.first} on, the rule of choice takes the parts {other} "
        f"instead of {own}, and the trained model's CRPS is {gains[0]} below the baseline's for alerts "
        f"({scores[0]}) and {gains[1]} for arrests "
        f"({scores[1]}). The window printed above is the one with the lesser gain; the gain is smaller mostly because its "
        f"baseline is better."
    )


def put(text: str) -> None:
    """Replace what stands between the marks of the page."""
    before, rest = PAGE.read_text("utf-8").split(BEGIN)
    PAGE.write_text(before + BEGIN + text + rest[rest.index(END) :], "utf-8")


def main() -> None:
    """Check, write the section and its figures."""
    if len(sys.argv) != 2:
        sys.exit("usage: python results/forecasts.py RECORDS.csv")
    path = Path(sys.argv[1])
    made = checked_in(path, SPLIT)
    with tempfile.TemporaryDirectory() as folder:
        write_check(made, Path(folder))
        for name, shown in FIGURES.items():
            (DOCS / "images" / shown).write_bytes((Path(folder) / name).read_bytes())
    put(section(made.found, checked_in(path, FORK).found))
    print("wrote the section on forecasts in docs/validation.md and its figures", file=sys.stderr)


if __name__ == "__main__":
    main()
