"""What several pages say alike: the scenario they are of, what does not match its record, and what to be careful about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from simulator.evidence.about.header import LAID, Header, Unit
from simulator.evidence.counted.depletion import Depletion
from simulator.evidence.counted.measures import WRONGFUL_NOTE
from simulator.evidence.numbers import count_range, counted, number, percent, whole
from simulator.evidence.run.record_beside import OutsideCheck
from simulator.record.records import LeftOut
from simulator.report.page import Line

FEWEST_FOR_AN_AVERAGE = 100
MOST_LINES = 10
# What measures are out of, by the keys of rates.
PER = {
    "face": "face counted",
    "passage": "passage",
    "alert": "alert",
    "stop": "stop",
    "arrest": "arrest",
    "camera_hour": "camera hour",
    "deployment": "deployment",
}
# The counts of a campaign and how tables name them, parts under what they are parts of.
ROWS = (
    ("faces", "faces counted"),
    ("alerts", "alerts"),
    ("false_alerts", "  false alerts"),
    ("true_alerts", "  true alerts"),
    ("stops", "stops"),
    ("wrongful_stops", "  wrongful stops"),
    ("liberty_lost_min", "    minutes lost (cells aside)"),
    ("no_action_stops", "stops with no action"),
    ("no_action_or_complied_stops", "  with complied condition checks"),
    ("no_action_wrong_person", "  part: wrong person"),
    ("no_action_stale_record", "  part: stale record"),
    ("no_action_right_person", "  part: right person let go"),
    ("bystander_stops", "stops of a bystander"),
    ("arrests", "arrests"),
    ("wrongful_arrests", "  as the listed person, in error"),
    ("stale_arrests", "  right person, stale record"),
    ("other_offence_arrests", "  wrong person, something found"),
    ("people_falsely_alerted", "people falsely alerted on"),
    ("people_falsely_alerted_twice", "  more than once"),
    ("people_wrongly_stopped_twice", "wrongly stopped more than once"),
    ("listed_people", "listed people who came past"),
    ("listed_stopped", "  stopped"),
    ("listed_missed", "  missed"),
    ("crowded_out", "  missed through false alerts"),
    ("after_camera_off", "alerts handled past camera-off"),
)
# What the closed form of alerts taken away counts, and what not.
BY_FORMULA = "(by a formula: officers reach everybody, and it leaves out who is held, is recognised or alerts again)"
DASH = "–"
MOST_COLUMNS = 20


def ignored(columns: Sequence[str]) -> Iterator[Line]:
    """The *columns* of a record that nothing was taken from."""
    if columns:
        more = f" and {len(columns) - MOST_COLUMNS} more" if len(columns) > MOST_COLUMNS else ""
        yield Line(f"Columns that mean nothing here: {', '.join(columns[:MOST_COLUMNS])}{more}.")


def title(about: Header) -> Iterator[Line]:
    """The scenario's title, that it only asks what if, where it does, and how its days were read, where it matters."""
    yield Line(about.title, strong=True)
    if about.what_if:
        yield Line(about.what_if, label="WHAT IF")
    yield from notes(about)


def notes(about: Header) -> Iterator[Line]:
    """What must be said of how the scenario's days were read."""
    yield from (Line(text, label="Note") for text in about.notes or ())


def setting(about: Header) -> str:
    """What was simulated, as the beginning of a sentence: deployments, hours, threshold, list and preset."""
    preset = f", preset {about.preset}" if about.preset else ""
    year = "A year: " if about.year else ""
    return f"{year}{deployments(about)}, threshold {threshold(about)}, list of {list_size(about)}{preset}"


def threshold(about: Header) -> str:
    """The threshold, or from which to which those of single deployments go."""
    low, high = about.thresholds or (about.threshold, about.threshold)
    return f"{low:g} to {high:g} by deployment" if low < high else f"{low:g}"


def list_size(about: Header) -> str:
    """The size of the list, or from which to which those of single deployments go."""
    low, high = about.list_sizes or (about.list_size, about.list_size)
    return f"{whole(low)} to {whole(high)} by deployment" if low < high else whole(low)


def deployments(about: Header) -> str:
    """How many deployments were simulated, at how many places and how a year of them was laid out, and camera hours."""
    laid = "" if about.year is None else LAID[about.year]
    places = f" at {about.places} places" if about.places else ""
    return f"{counted(about.deployments, 'deployment')}{places}{laid}, {hours(about.camera_hours)}"


def hours(camera_hours: float) -> str:
    """Camera hours in words."""
    return f"{number(camera_hours)} camera hour{'' if camera_hours == 1 else 's'}"


def mismatch(checks: Sequence[OutsideCheck], unit: Unit, own_cell: bool = True) -> tuple[str, list[str], str]:
    """Say that *checks* over campaigns, each a *unit*, are not as recorded.

    The heading, each figure in words, and what all the simulated ranges are. *own_cell* is False where another threshold
    or list size was simulated than the scenario's own.
    """
    said = [
        f"{check.figure.replace('_', ' ')}: {whole(check.recorded)} recorded, {count_range(*check.campaign_90)} simulated"
        for check in checks
    ]
    other = "" if own_cell else "; the record is of another threshold or list size"
    return "DOES NOT MATCH ITS RECORD", said, f"(9 in 10 {unit}s{other})"


def few(campaigns: int, unit: Unit, what: str = "averages and ranges") -> Iterator[str]:
    """That so few *campaigns* leave *what* rough."""
    if campaigns == 1:
        yield f"1 {unit} is an example, no average (-n 1000)."
    elif campaigns < FEWEST_FOR_AN_AVERAGE:
        yield f"{campaigns} {unit}s are few; {what} are rough (-n 1000)."


def depletion_first(found: Depletion | None, compared: str = "", where: str = "") -> Iterator[Line]:
    """Say how often people come past where their arrests take a large part of the alerts; *compared* is what differs.

    *where*: ahead of the sentence, where it holds if not on the whole page.
    """
    if found is None or found.voided is None or not found.is_large:
        return
    low, high = map(percent, found.voided)
    taken, why = high, "the person has been arrested before or is being dealt with"
    if not found.simulated:
        taken, why = f"about {high}", f"the person has been arrested before {BY_FORMULA}"
    if compared:
        taken = f"{low} to {high}, depending on the {compared}," if low != high else f"{high} at every {compared}"
    place = " at the place where they come most" if found.places > 1 else ""
    yield Line(
        f"{where}people come past {number(found.visits_per_person)} times each{place}, on average over these deployments "
        f"({found.key}), and nobody comes again after an arrest. Of the alerts that would otherwise happen {taken} do not, "
        f"because {why}. A higher threshold then finds many of the same people on a later visit, so that raising it looks "
        f"cheaper than it is where people come less often.",
        label="THE SAME PEOPLE AGAIN",
    )


def depletion_in_short(found: Depletion | None, thresholds: bool = False) -> Iterator[Line]:
    """The same in two lines, for a first screen; *thresholds*: where several are compared."""
    if found is None or found.voided is None or not found.is_large:
        return
    low, high = map(percent, found.voided)
    taken, why = high if low == high else f"{low} to {high}", "was arrested or held"
    if not found.simulated:
        taken, why = f"by formula about {taken}", "was arrested before"
    cheaper = ", so a higher threshold looks cheaper than it is" * thresholds
    yield Line(
        f"people come past {number(found.visits_per_person)} times each; {taken} of the alerts that would happen do not, because "
        f"the person {why}{cheaper}.",
        label="THE SAME PEOPLE AGAIN",
    )


def rows_left_out(lines: Sequence[int], false: LeftOut) -> str:
    """Which *lines* of a file were left out for their mistakes, and the *false* alerts that went with them."""
    many = len(lines) != 1
    what = f"{whole(len(lines))} rows with mistakes were" if many else "1 row with a mistake was"
    more = f" and {whole(len(lines) - MOST_LINES)} more" if len(lines) > MOST_LINES else ""
    listed = f"line{'s' if many else ''} {', '.join(map(str, lines[:MOST_LINES]))}{more}"
    these = "these rows" if many else "this row"
    of = these if false.rows == len(lines) else f"the {false.rows} of them whose count can be read"
    if false.rows == 0:
        lost = f"How many false alerts {these} had cannot be read"
    elif false.events == 0:
        lost = f"No false alert is recorded in {of}"
    elif false.events == 1:
        lost = f"The false alert of {of} is in no figure here"
    else:
        lost = f"The {whole(false.events)} false alerts of {of} are in no figure here"
    return f"{what} left out (--skip-bad): {listed}. {lost}."


def numbers_left_out(left_out: Mapping[str, Mapping[str, int]], rows: int) -> Iterator[Line]:
    """In how many of so many *rows* a number is not known, by column and reason (*left_out*), where that is so in any."""
    said = [
        f"{name.replace('_', ' ')} {' and '.join(f'{whole(n)} ({reason})' for reason, n in reasons.items())}"
        for name, reasons in left_out.items()
    ]
    if said:
        yield Line(
            f"Rows of {whole(rows)} that do not give a number, and are in no figure made of it: {', '.join(said)}."
        )


def cautions(*groups: Iterable[str]) -> Iterator[Line]:
    """A caution for each text."""
    for group in groups:
        for text in group:
            yield Line(text, label="Caution")


__all__ = [
    "DASH", "FEWEST_FOR_AN_AVERAGE", "PER", "ROWS", "WRONGFUL_NOTE", "cautions", "depletion_first", "depletion_in_short",
    "deployments", "few", "hours", "ignored", "list_size", "mismatch", "notes", "numbers_left_out", "rows_left_out", "setting",
    "threshold", "title",
]  # fmt: skip
