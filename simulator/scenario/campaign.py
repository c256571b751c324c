"""When and where the cameras are on: deployments one by one, from a table, or by a calendar."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from simulator.scenario.errors import shown
from simulator.scenario.force import MOST_STAFF
from simulator.scenario.part import Date, Part
from simulator.scenario.quantity import LARGEST_LIST


def clock_to_s(text: str) -> float:
    """Seconds after midnight of a clock time such as ``"11:30"``."""
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", text)
    if not found or not ((int(found[1]) < 24 and int(found[2]) < 60) or text == "24:00"):
        raise ValueError(f'must be a clock time such as "11:30", in quotes (got {shown(text)})')
    return int(found[1]) * 3600.0 + int(found[2]) * 60.0


def _checked_clock(text: str) -> str:
    clock_to_s(text)
    return text


Clock = Annotated[str, AfterValidator(_checked_clock)]
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _weekday(value: Any) -> Any:
    """The first three letters of the day that *value* names, in full or abbreviated: ``tue`` of Tuesday, Tues or Tu."""
    word = value.strip().rstrip(".").lower() if isinstance(value, str) else ""
    named = [day for day in DAYS if len(word) >= 2 and (day.startswith(word) or word == f"{day[:3]}s")]
    if not named:
        raise ValueError(f"must be a day of the week, such as tue or Tuesday (got {shown(value)})")
    return named[0][:3]


Weekday = Annotated[str, BeforeValidator(_weekday)]
# Half a minute: shorter is a slip of the pen, and rates per hour of it would mean nothing.
SHORTEST_HOURS = 0.01
LONGEST_HOURS = 24
MOST_DEPLOYMENTS = 100_000
DAY_S = 86_400.0


def _whole(number: float) -> float:
    if number != int(number):
        raise ValueError(f"must be a whole number (got {number:g})")
    return number


class Setting(Part):
    """What may differ from deployment to deployment; what is left out is as in the sections of the scenario."""

    place: str | None = Field(
        default=None, min_length=1, description="people, pool and look-alikes are those of a place"
    )
    passages_per_hour: float | None = Field(default=None, ge=0, le=1e9, description="mean over these hours")
    threshold: float | None = Field(default=None, ge=0, le=1)
    watchlist_size: Annotated[float, AfterValidator(_whole)] | None = Field(default=None, ge=1, le=LARGEST_LIST)
    operators: int | None = Field(default=None, ge=0, le=MOST_STAFF)
    teams: int | None = Field(default=None, ge=0, le=MOST_STAFF)
    checkers: int | None = Field(default=None, ge=0, le=MOST_STAFF)
    vans: int | None = Field(default=None, ge=0, le=MOST_STAFF)


class Deployment(Setting):
    """One use of the cameras: a *date*, a *start* on the clock and *hours* with the cameras on."""

    date: Date
    start: Clock = "11:00"
    hours: float = Field(ge=SHORTEST_HOURS, le=LONGEST_HOURS)
    count: int = Field(default=1, ge=1, le=MOST_DEPLOYMENTS, description="the same again so many times in all")
    every: Literal["day", "week"] = Field(default="day", description="how often, where count is above 1")
    source: str | None = None

    @model_validator(mode="after")
    def _within_calendar(self) -> Self:
        if self.every == "week" and self.count == 1:
            raise ValueError("every: week needs a count, of how many there are in all")
        # a day is left for what goes on past midnight
        if (dt.date.max - self.date).days < self.count * self.step_days:
            raise ValueError(f"count: {self.count} {self.every}s from {self.date} run past the end of the calendar")
        return self

    @property
    def step_days(self) -> int:
        """Days from one to the next."""
        return 7 if self.every == "week" else 1

    @property
    def starts_s(self) -> float:
        """When the cameras go on, in seconds since midnight before 1 January of the year 1."""
        return self.date.toordinal() * DAY_S + clock_to_s(self.start)


class Campaign(Part):
    """The deployments: as a list, as a *table* beside the file, or by a calendar from *first_date* to *last_date*."""

    deployments: tuple[Deployment, ...] = ()
    table: str | None = Field(default=None, description="CSV file beside the scenario, one deployment per row")
    first_date: Date | None = None
    last_date: Date | None = Field(default=None, description="the last day on which there may be one")
    every: Literal["day", "week"] = "day"
    weekdays: tuple[Weekday, ...] = Field(default=(), description="with every: week; none: that of first_date")
    start: Clock = "11:00"
    hours: float | None = Field(default=None, ge=SHORTEST_HOURS, le=LONGEST_HOURS)
    holidays: tuple[Date, ...] = Field(default=(), description="days that calendar and counts leave out")
    deployments_a_year: int | None = Field(
        default=None, ge=1, le=MOST_DEPLOYMENTS, description="the pace at which a year of such deployments is laid out"
    )
    read_table: tuple[Deployment, ...] = Field(default=(), exclude=True, description="filled by the loader")
    notes: tuple[str, ...] = Field(
        default=(), exclude=True, description="filled by the loader: what must be said of how the days were read"
    )
    replaced: tuple[str, ...] = Field(
        default=(), exclude=True, description="keys of own values of deployments that give way to values compared"
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        of_calendar = ("last_date", "hours", "weekdays", "every", "start")
        extra = [name for name in of_calendar if getattr(self, name) != type(self).model_fields[name].default]
        ways = [bool(self.deployments), self.table is not None, self.first_date is not None]
        if not any(ways):
            if "deployments" in self.model_fields_set:
                raise ValueError("deployments: must have at least 1 (got 0)")
            if extra:
                raise ValueError("first_date is missing: a calendar needs first_date, last_date and hours")
        if sum(ways) != 1:
            given = [name for name in ("deployments", "table", "first_date") if getattr(self, name)]
            rule = "give either deployments, or table, or a calendar (first_date, last_date and hours)"
            raise ValueError(f"{rule} (got {' and '.join(given) or 'none of them'})")
        if self.first_date is None:
            if extra:
                raise ValueError(f"{extra[0]}: belongs to a calendar, which needs first_date, last_date and hours")
            if self.table and self.holidays:
                raise ValueError(
                    "holidays: a table has a row for each deployment: leave the rows of these days out of it"
                )
        else:
            self._check_calendar(self.first_date)
        self._check_places()
        number = len(list(islice(self._laid_out(), MOST_DEPLOYMENTS + 1)))
        if number > MOST_DEPLOYMENTS:
            got = f"{sum(item.count for item in self.deployments):,}" if self.deployments else "more"
            raise ValueError(f"deployments: at most {MOST_DEPLOYMENTS:,} in all, counts included (got {got})")
        if number == 0 and self.table is None:
            rule = "no deployment is left: no day from first_date to last_date is on these weekdays"
            raise ValueError(
                f"holidays: leave no deployment over ({len(self.holidays)} given)" if self.holidays else rule
            )
        return self

    def _check_calendar(self, first: dt.date) -> None:
        missing = [name for name in ("last_date", "hours") if getattr(self, name) is None]
        if missing:
            raise ValueError(f"{missing[0]} is missing: a calendar needs first_date, last_date and hours")
        if self.last_date is not None and self.last_date < first:
            raise ValueError(f"last_date: must not be before first_date, {first} (got {self.last_date})")
        # a day is left for what goes on past midnight, a year for a calendar that is continued to one
        if first.year > dt.MAXYEAR - 2 or (self.last_date or first).year > dt.MAXYEAR - 2:
            raise ValueError(f"last_date: must be before the year {dt.MAXYEAR - 1} (got {self.last_date})")
        if self.weekdays and self.every == "day":
            raise ValueError("weekdays: go with every: week, which must stand beside them")
        if self.deployments_a_year is not None:
            raise ValueError("deployments_a_year: a calendar says itself how many there are in a year: leave it out")

    def _check_places(self) -> None:
        without = [str(item.date) for item in self.deployments if item.place is None]
        if 0 < len(without) < len(self.deployments):
            more = f" and {len(without) - 3} more" if len(without) > 3 else ""
            raise ValueError(
                f"deployments: some have a place and others none ({', '.join(without[:3])}{more}): give all of them one"
            )

    def _laid_out(self) -> Iterator[Deployment]:
        """Every single deployment, in the order of the file."""
        if self.first_date is not None and self.last_date is not None and self.hours is not None:
            for date in self._calendar(self.first_date, self.last_date):
                yield Deployment(date=date, start=self.start, hours=self.hours)
        for item in (*self.deployments, *self.read_table):
            for turn in range(item.count):
                date = item.date + dt.timedelta(days=turn * item.step_days)
                if item.count == 1 or date not in self.holidays:
                    yield item.model_copy(update={"date": date, "count": 1, "every": "day"}) if item.count > 1 else item

    def _calendar(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        """The days of the calendar."""
        on = {[day[:3] for day in DAYS].index(day) for day in self.weekdays} if self.weekdays else {first.weekday()}
        for number in range((last - first).days + 1):
            date = first + dt.timedelta(days=number)
            if date not in self.holidays and (self.every == "day" or date.weekday() in on):
                yield date

    @cached_property
    def days(self) -> tuple[Deployment, ...]:
        """Every single deployment in order of time, whatever the order of the file."""
        return tuple(sorted(self._laid_out(), key=lambda day: day.starts_s))

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy it; the days are laid out anew."""
        copied = super().model_copy(update=update, deep=deep)
        for laid_out in ("days", "places"):
            copied.__dict__.pop(laid_out, None)
        return copied

    @cached_property
    def places(self) -> tuple[str | None, ...]:
        """The names of the places, in the order in which they are first visited; None is the place without a name."""
        return tuple(dict.fromkeys(day.place for day in self.days))

    @property
    def camera_hours(self) -> float:
        """Hours with the cameras on, over all deployments."""
        return sum(day.hours for day in self.days)


__all__ = ["Campaign", "Clock", "Deployment", "clock_to_s"]
