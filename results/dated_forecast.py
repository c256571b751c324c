"""Make the dated forecast of the Met's deployments in results/forecasts/: python results/dated_forecast.py RECORDS.csv

RECORDS.csv is a file of the Met's published deployment records from December 2023 to July 2025, which the project does not
ship. What is kept are coefficients and the file's hash. To score it on a later record: lfrsim check FORECAST.json RECORDS.csv
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sys
from pathlib import Path

# small matrices: threads of the linear algebra would wait for each other most of the time
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from simulator.evidence.check.dated import DatedForecast
from simulator.evidence.check.dated_made import Plan, Told, dated_forecast
from simulator.evidence.check.planned import recorded
from simulator.record import read_records
from simulator.report.pages import page_of
from simulator.report.render.markdown import markdown

FOLDER = Path(__file__).resolve().parent / "forecasts"
NAME = "met-from-2025-07-12"
# Before December 2023 faces were counted, and vans used, in another way: 0.3 alerts an hour against 1.3.
TRAIN_FROM, TRAIN_UNTIL = dt.date(2023, 12, 1), dt.date(2025, 7, 11)
SEEN = (
    "The pilot at North End, Croydon: 14 rows from 1 October 2025 to 16 January 2026 (200 alerts, 103 arrests, 1 recorded false "
    "alert), and totals of 24 deployments to 25 March 2026 (335 alerts, 173 arrests, 1 recorded false alert). No row of them "
    "trained anything, and no prior was set by them; but that there would be fixed cameras, and where, is known only from them.",
    "Totals of the Met's report year to September 2025 (203 deployments, 2,077 alerts, 962 arrests, 10 recorded false alerts), "
    "and its arrests in 2025 (1,135).",
    "That on later rows, which its maker has not seen, an earlier form of this model gained 2 % (-3 to 6) over the baseline for "
    "alerts of vans and 3 % (-3 to 8) for arrests, and did worse with a trend than without. So the trend was taken out and the "
    "rule of choice written down on 28 November 2026.",
    "Arrests of the eleven days at North End from 22 January to 16 April 2026, and nothing of the Met's after that day.",
)
WOULD_CHANGE = (
    "Fixed cameras at more places: no training row has any. Their effect is a prior, a factor of two either way, and the first "
    "of them took more alerts an hour than vans did.",
    "Another threshold than 0.64, another algorithm, or lists of another kind of people: none is in any interval.",
    "Another way of counting what an alert is, or of recording false ones.",
)
WEAKNESSES = (
    "Hours. Everything is per hour, later rows often print none, and the mean of the last training year stands in for them. "
    "Where deployments become shorter or longer unseen, every total is off by as much. Days at North End were shorter (about 4.2 "
    "hours, inferred): score such rows alone with --assume-hours 4.2 as well.",
    "The level wanders: by the end of 2027 a month's total is hardly known to a factor of two.",
    "Against one rate for all no gain was shown on the 112 rows of 2025 (docs/validation.md), and none is promised here.",
    "The baseline of false alerts had one rate for 0.60 and 0.64 alike until 28 November 2026, which any forecast of fewer at "
    "0.64 beat. Since then it has a rate at each threshold, the plans have only their share of July 2025, and 12 July, of "
    "which no row trained the model, is forecast. The models are the same.",
    "Words stand for places. A new place is taken to be an average one.",
)


def plans(last_year: tuple[str, ...]) -> tuple[Plan, ...]:
    """Plans to be forecast: vans at the sites of the *last_year* of training, in their order, or at new ones; North End."""
    # 16 deployments a month as in that year; at North End about four of some 4.2 hours, as the pilot had
    usual = "at the sites of the last training year in turn"
    return (
        Plan(kind="van", where=usual, sites=last_year, deployments=16, hours=5.4),
        Plan(kind="van", where="each at a place that no training row has", sites=(), deployments=16, hours=5.4),
        Plan(kind="fixed", where="North End, Croydon", sites=("North End Croydon",), deployments=4, hours=4.2),
    )


def made_from(path: Path) -> DatedForecast:
    """The forecast from the records at *path*."""
    records = read_records(path, path.name).between(TRAIN_FROM, TRAIN_UNTIL)
    told = Told(
        title="Deployments of the Metropolitan Police from 12 July 2025",
        made=dt.date.today(),
        train_until=TRAIN_UNTIL,
        forecast_until=dt.date(2027, 12, 31),
        seen=SEEN,
        would_change=WOULD_CHANGE,
        weaknesses=WEAKNESSES,
    )
    training = recorded(records.frame[records.frame["hours"].notna()])
    last_year = training.take(training.planned.day > training.planned.day.max() - 365).planned.site
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return dated_forecast(training, path.name, digest, told, plans(last_year))


def main() -> None:
    """Make it, and write it as JSON and as a page."""
    if len(sys.argv) != 2:
        sys.exit("usage: python results/dated_forecast.py RECORDS.csv")
    made = made_from(Path(sys.argv[1]))
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{NAME}.json").write_text(made.to_json(), "utf-8")
    (FOLDER / f"{NAME}.md").write_text(f"# {made.title}\n\n{markdown(page_of(made), 2)}", "utf-8")
    print(f"wrote results/forecasts/{NAME}.json and .md", file=sys.stderr)


if __name__ == "__main__":
    main()
