"""Forecast recorded deployments and write what was found into docs/validation.md: python results/forecasts.py RECORDS.csv

RECORDS.csv is a file of the Met's published deployment records from 2023 to July 2025, which the project does not ship.
Writes the section between the marks and two figures in docs/images/. The model is chosen inside 2024, by the rule of
simulator/evidence/check/rolling.py; 2025 is scored with it.
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
from simulator.evidence.check.skill import RULE
from simulator.evidence.numbers import number, whole
from simulator.record import read_records
from simulator.report.check.folder import write_check
from simulator.report.check.sentences import WHO, chance, gain, mean_pit, score, share, shown
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


def checked_in(path: Path, split: Split, replications: int) -> Checked:
    """What the check finds in the records at *path*, divided by *split*."""
    question = question_of(load_scenario(SCENARIO), read_records(path, "Met deployment records"), split)
    return checked(question, replications, SEED, engine_named("auto"))


def section(found: CheckFound, fork: CheckFound) -> str:
    """The section in words and tables; *fork* is what is found without a first training day."""
    tested, training, choice = found.tested, found.training, found.choice
    assert training is not None
    assert choice is not None
    assert fork.training is not None
    model = found.forecasters["model"]
    alerts, arrests = (gain(model[name].skill["all"]) for name in ("alerts", "arrests"))
    # the page says so in words; with another record they have to be written anew
    assert not any(item.shown for one in model.values() for item in one.skill.values())
    text = f"""## Forecasting recorded deployments

`lfrsim check`, `tests/evidence/test_forecast_check.py`, `test_forecast_model.py`, `test_forecast_scores.py`

Can the outcome of a deployment be forecast from what a planner knows beforehand: site, kind of site, date, planned hours,
list size and threshold? {whole(tested.rows)} deployments of the Met's vans from {tested.first} to {tested.last} were forecast
from {whole(training.rows)} earlier ones ({training.first} to {training.last}). Observed are the Met's own published
records, which are not shipped. This section is written by `python results/forecasts.py RECORDS.csv`.

**In short: no skill beyond one rate per hour for all is shown.** The trained model's CRPS is {alerts} lower for alerts and
{arrests} lower for arrests; with only {model["alerts"].skill["all"].months} months that is no claim. On later rows that nobody
here had seen (vans, hours assumed), an earlier form of this model gained 2 % (-3 to 6) for alerts and 3 %
(-3 to 8) for arrests.

Three forecasts stand side by side. The **scenario** is `{SCENARIO}`, simulated {whole(found.run.replications)} times with
inputs drawn from their intervals. The **trained model** is a negative binomial whose rate per hour is
pooled in part over sites and moves with time. The **baseline** is a negative binomial with one rate per hour for all sites
and both kinds, of false alerts one at each threshold;
where the training rows have vans and fixed cameras, a second one has a rate for each. Here all are vans.

{skills(found)}

The rule: {RULE}. The interval is Student's, with the variance of drawing whole sites again plus that of drawing whole months
again, less what is in both.

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

- Intervals of alerts and arrests hold about as often as they say.
- {level_words(found)}
- {leaning_words(found)}
- {scenario_words(found)}
- {false_words(found)}

What it does not show:

- A forecast that holds says that counts are predictable, not that the alerts were right, the stops justified, or the
  record complete.
- All sites are of one force, and at one threshold in the tested rows. The next change of threshold, software or policy is
  not in any of these intervals.
- Nobody was blind. It was known from published totals that rates had risen in 2025, and the first training day was settled
  by figures on the tested rows: see the end of this section. What comes after July 2025 is forecast in
  `results/forecasts/`, with its date and the score that will be used.

How the model was chosen, by one rule since {choice.rule_since}: {choice.rule}. {whole(len(choice.compared))} candidates were
trained at {len(choice.origins)} month ends ({choice.origins[0]} to {choice.origins[-1]}) and forecast the following half year
as far as the end of 2024, {whole(choice.forecasts)} forecasts of each candidate; CRPS is as a share of the baseline's:

{candidates(choice)}

Before that day the lowest CRPS won, and a trend that goes on was a candidate and was chosen. On later rows the model with it did
worse than without, so it was withdrawn and the rule made to ask for more than a lucky third digit. Rows up to July 2025 are
therefore no test of the rule; later ones are. Tried by hand in 2024 and not taken up: names of sites taken whole, effects of
months, arrests as a share of alerts, and typing in which district of London each site is in.

{months(found)}

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
        if name in found.forecasters.get(who, {})
    ]
    return markdown_table([columns[0], "forecast by", *columns[1:]], rows)


def coverage(found: CheckFound) -> str:
    """Coverage and scores."""

    def cells(scores: JointScores) -> Sequence[str]:
        held = (share(scores.coverage[level]) for level in ("50", "80", "90"))
        return [*held, score(scores.crps), score(scores.log_score)]

    return by_forecaster(found, ["measure", "50 %", "80 %", "90 %", "CRPS", "log score"], cells)


def skills(found: CheckFound) -> str:
    """How far CRPS lies below the baseline's, and whether that is shown."""
    rows = [
        [WORDS[name], WHO[who], whole(item.rows), whole(item.sites), whole(item.months), gain(item), shown(item)]
        for name in WORDS
        for who, measures in found.forecasters.items()
        for item in ([measures[name].skill["all"]] if "all" in measures[name].skill else [])
    ]
    columns = ["measure", "forecast by", "rows", "sites", "months", "CRPS below the baseline's (95 %)", "a gain is"]
    return markdown_table(columns, rows)


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


def level_words(found: CheckFound) -> str:
    """How far the totals of baseline and model are from what came: rates moved."""
    base, model = (found.forecasters[who]["alerts"].total for who in ("baseline", "model"))
    said = [f"{whole(one.mean)} (90 %: {' to '.join(map(whole, one.range_90))})" for one in (base, model)]
    return (
        f"The level moves: rates rose in 2025. {whole(base.observed)} alerts came; the baseline forecast {said[0]}, far too "
        f"low and too sure; the model {said[1]}, low and wide."
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
    """CRPS of each candidate as a share of the baseline's, and the error of its distance to the lowest."""
    rows = [
        [
            " + ".join(item.parts) + (" (chosen)" if item is choice.chosen else ""),
            *(f"{x:.3f}" for x in (item.crps_of_baseline["alerts"], item.crps_of_baseline["arrests"], item.mean)),
            f"{item.error:.3f}",
        ]
        for item in choice.compared
    ]
    return markdown_table(["parts", "alerts", "arrests", "mean", "standard error above the lowest"], rows)


def months(found: CheckFound) -> str:
    """The second score, month by month."""
    said = [
        f"{WORDS[name]}: coverage of 90 % intervals {share(item.model.coverage['90'])}, CRPS {score(item.model.crps)} against "
        f"{score(item.baseline.crps)} of the baseline, {gain(item.model.skill['all'])} lower "
        f"({shown(item.model.skill['all'])})"
        for name, item in (found.monthly or {}).items()
    ]
    return (
        f"Second score, with nothing chosen or tuned again: both are trained anew before every month of 2025, on all that was "
        f"recorded before it: {'; '.join(said)}. No gain is shown there either."
    )


def fork_words(found: CheckFound, fork: CheckFound) -> str:
    """What another first training day would have given, and how this one was settled."""
    assert found.choice is not None
    assert fork.choice is not None
    assert fork.training is not None
    model, baseline = fork.forecasters["model"], fork.forecasters["baseline"]
    own, other = (", ".join(choice.parts) for choice in (found.choice, fork.choice))
    skill = [model[name].skill["all"] for name in ("alerts", "arrests")]
    gains = [gain(item) for item in skill]
    assert not any(item.shown for item in skill)
    scores = [f"{score(model[name].crps)} against {score(baseline[name].crps)}" for name in ("alerts", "arrests")]
    return (
        f"**A fork that was not blind.** The first training day, {SPLIT.train_from}, was settled with the help of the "
        f"baseline's "
        f"figures on the tested rows. With all rows from {fork.training.first} on, the rule takes the parts {other} (here: "
        f"{own}), and the trained model's CRPS is {gains[0]} below the baseline's for alerts ({scores[0]}) and {gains[1]} for "
        f"arrests ({scores[1]}): more, because that baseline is worse, and no gain is shown ({shown(skill[0])}). The window "
        f"printed above is the one with the lesser gain."
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
    made = checked_in(path, SPLIT, REPLICATIONS)
    with tempfile.TemporaryDirectory() as folder:
        write_check(made, Path(folder))
        for name, shown in FIGURES.items():
            (DOCS / "images" / shown).write_bytes((Path(folder) / name).read_bytes())
    # of the fork only the model and the baseline are shown, which no simulation changes
    put(section(made.found, checked_in(path, FORK, 100).found))
    print("wrote the section on forecasts in docs/validation.md and its figures", file=sys.stderr)


if __name__ == "__main__":
    main()
