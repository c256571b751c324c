"""What a scenario assumes, one plain sentence for each part of it."""

from __future__ import annotations

from collections.abc import Callable

from simulator.evidence.about.header import LAID
from simulator.evidence.counted.depletion import people_of_pool, visits_per_person
from simulator.evidence.describe.days import days_in_words
from simulator.evidence.numbers import amount, counted, number, whole
from simulator.scenario.days import ends_by_day
from simulator.scenario.models import Scenario
from simulator.scenario.year import NOT_KNOWN, laid_out, year_of


def assumptions(scenario: Scenario) -> tuple[str, ...]:
    """The sentences, in the order of the file."""
    when = [*days_in_words(scenario), _year(scenario)]
    said = [*when, _street(scenario), _pool(scenario), _watchlist(scenario), _recogniser(scenario)]
    said.append(_officers(scenario))
    if scenario.street.day_dispersion_k is not None:
        said.insert(len(when) + 3, _footfall(scenario))
    groups = scenario.street.groups
    if groups:
        names = ", ".join(group.name for group in groups)
        said.append(f"Groups ({names}) with assumed ratios: any disparity in the results follows from them.")
    return tuple(said)


def _year(scenario: Scenario) -> str:
    year = year_of(scenario)
    if year is None:
        return f"{NOT_KNOWN[:1].upper()}{NOT_KNOWN[1:]}."
    if year is scenario:
        return "These deployments are a year."
    campaign, laid = year.campaign, laid_out(year)
    until = f" to {campaign.days[-1].date}" if laid == "calendar" else ""
    return (
        f"A year of it (--year): {counted(len(campaign.days), 'deployment')}{LAID[laid] if laid else ''}{until}, "
        f"{number(campaign.camera_hours)} camera hours."
    )


def _street(scenario: Scenario) -> str:
    street = scenario.street
    return (
        f"{_by_day(scenario, 'street.passages_per_hour', number)} passages an hour past {street.camera_ends} camera "
        f"{'end' if street.camera_ends == 1 else 'ends'}; each passage is counted as "
        f"{number(street.faces_per_passage.value)} {'face' if street.faces_per_passage.value == 1 else 'faces'}."
    )


def _pool(scenario: Scenario) -> str:
    street, visits = scenario.street, visits_per_person(scenario)
    if not street.is_pooled:
        return "Nobody comes on more than one day."
    of, over = number(people_of_pool(scenario)), counted(len(scenario.campaign.days), "deployment")
    at_each, most = ("", "")
    if len(scenario.campaign.places) > 1:
        at_each = " at each place" if street.visits_per_person is None else " at the largest place"
        most = " where they come most" if street.visits_per_person is None else ""
    spread = street.visit_dispersion_k
    alike = (
        "all equally often" if spread is None else f"some far more often than others (gamma, k {number(spread.value)})"
    )
    return (
        f"Passers-by are drawn from a pool of {of} people{at_each} who each come {number(visits)} times over {over}{most}, on "
        f"average, {alike}."
    )


def _watchlist(scenario: Scenario) -> str:
    watchlist = scenario.watchlist
    rate, what = (
        (watchlist.listed_per_1000_passages, "passages by listed people")
        if watchlist.listed_per_1000_passages is not None
        else (watchlist.true_alerts_per_1000_passages, "true alerts before depletion and repeats")
    )
    return (
        f"A watchlist of {_by_day(scenario, 'watchlist.size', whole)}; {amount(rate.value if rate else 0.0, what)} per 1,000 "
        f"passages at a list of {whole(watchlist.size_of_reference)}; {number(100 * watchlist.conditions_share.value)} % "
        f"of entries are there to check conditions, {number(100 * watchlist.stale_share.value)} % are out of date."
    )


def _footfall(scenario: Scenario) -> str:
    elasticity = scenario.watchlist.footfall_elasticity.value
    return (
        f"Footfall differs from day to day; a day with twice the people brings {number(2**elasticity)} times as many who are "
        f"listed (footfall_elasticity {elasticity:g})."
    )


def _recogniser(scenario: Scenario) -> str:
    recogniser = scenario.recogniser
    kind = f"preset {recogniser.preset}" if recogniser.preset else (recogniser.table or "own values")
    return f"The system alerts at {_by_day(scenario, 'recogniser.threshold', '{:g}'.format)} and above ({kind})."


def _by_day(scenario: Scenario, key: str, write: Callable[[float], str]) -> str:
    """What *key* is on all deployments, or from which to which value its own ones go."""
    low, high = ends_by_day(scenario, key)
    return f"{write(low)} to {write(high)}" if low < high else write(low)


def _officers(scenario: Scenario) -> str:
    return (
        f"{_staff(scenario, 'operators', 'operator')}, {_staff(scenario, 'teams', 'plain-clothes team')} of "
        f"{scenario.officers.officers_per_team}, {_staff(scenario, 'checkers', 'unit')} of two uniformed officers, "
        f"{_staff(scenario, 'vans', 'van')}."
    )


def _staff(scenario: Scenario, key: str, one: str) -> str:
    """How many there are of some staff with their noun."""
    number_of = _by_day(scenario, f"officers.{key}", whole)
    return f"{number_of} {one}{'' if number_of == '1' else 's'}"


__all__ = ["assumptions"]
