"""What several pages say alike: the scenario they are of, what does not match its record, and what to be careful about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from simulator.evidence.about.header import Header
from simulator.evidence.counted.measures import WRONGFUL_NOTE
from simulator.evidence.numbers import FEWEST_FOR_A_RANGE, count_range, counted, number, whole
from simulator.evidence.run.record_beside import OutsideCheck
from simulator.report.page import Line

FEWEST_FOR_AN_AVERAGE = 100
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
DASH = "–"


def title(about: Header) -> Iterator[Line]:
    """The scenario's title, and that it only asks what if, where it does."""
    yield Line(about.title, strong=True)
    if about.what_if:
        yield Line(about.what_if, label="WHAT IF")


def setting(about: Header) -> str:
    """What was simulated, as the beginning of a sentence: deployments, hours, threshold, list and preset."""
    return (
        f"{counted(about.deployments, 'deployment')}, {hours(about.camera_hours)}, threshold {about.threshold:g}, list of "
        f"{whole(about.list_size)}" + (f", preset {about.preset}" if about.preset else "")
    )


def hours(camera_hours: float) -> str:
    """Camera hours in words."""
    return f"{number(camera_hours)} camera hour{'' if camera_hours == 1 else 's'}"


def mismatch(checks: Sequence[OutsideCheck], campaigns: int, own_cell: bool = True) -> tuple[str, list[str], str]:
    """Say that *checks* over so many *campaigns* are not as recorded.

    The heading, each figure in words, and what all the simulated ranges are. *own_cell* is False where another threshold
    or list size was simulated than the scenario's own.
    """
    few = campaigns < FEWEST_FOR_A_RANGE
    heading = "LIKE ITS RECORD IN NONE OF THE FEW CAMPAIGNS" if few else "DOES NOT MATCH ITS RECORD"
    said = [
        f"{check.figure.replace('_', ' ')}: {whole(check.recorded)} recorded, {count_range(*check.campaign_90)} simulated"
        for check in checks
    ]
    ranges = counted(campaigns, "campaign") if few else "9 in 10 campaigns"
    other = "" if own_cell else "; the record is of another threshold or list size"
    return heading, said, f"({ranges}{other})"


def cautions(*groups: Iterable[str]) -> Iterator[Line]:
    """A caution for each text."""
    for group in groups:
        for text in group:
            yield Line(text, label="Caution")


__all__ = [
    "DASH", "FEWEST_FOR_AN_AVERAGE", "PER", "WRONGFUL_NOTE", "cautions", "hours", "mismatch", "setting", "title",
]  # fmt: skip
