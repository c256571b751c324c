"""Ciw: a network of queues, given the alerts as arrivals.

The common flow is what Ciw is made for. Of the full procedure it expresses priorities (customer classes), being out of
reach (reneging), no second alert on the same person (baulking), the second look and bystanders (a custom router), the
team held until checkers come (no room to queue for checkers, so the team is blocked) and breaks (a schedule).

Left out or different, since a customer has one server at a time: vans, waiting for one and its limit (the checkers'
service includes the custody run, as if there were always a van); the limit to holding (the blocked do not renege);
priorities among those for whom a team is held; and a shift that begins is complete at once, while the officers of the
shift before finish their work, so that for some minutes there are more of them than there should be. During a break
two persons may queue for checkers without a team.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from random import Random

import ciw

from peers import flow
from peers.flow import LOG_SD, Row

NAME = "Ciw"
DISTRIBUTION = "Ciw"

OPERATORS, TEAMS, CHECKERS, VANS, EXIT = 1, 2, 3, 4, -1
REVIEW, SEARCH, CUSTODY = (ciw.dists.Lognormal(median, LOG_SD) for median in (flow.REVIEW, flow.SEARCH, flow.CUSTODY))


def arrivals(
    hours: list[float], alerts_per_hour: float, shares: dict[str, float], rng: Random
) -> dict[str, ciw.dists.Distribution]:
    """The times of the alerts of each class in *shares*, as a sequence of gaps that ends with an infinite one."""
    times: dict[str, list[float]] = {name: [0.0] for name in shares}
    for begin, end in flow.days(hours):
        at = begin + rng.expovariate(alerts_per_hour / flow.HOUR_S)
        while at <= end:
            times[rng.choices(list(shares), list(shares.values()))[0]].append(at)
            at += rng.expovariate(alerts_per_hour / flow.HOUR_S)
    return {
        name: ciw.dists.Sequential([later - earlier for earlier, later in pairwise(mine)] + [float("inf")])
        for name, mine in times.items()
    }


def common_network(
    hours: list[float], alerts_per_hour: float, true_share: float, staff: dict[str, int], rng: Random
) -> ciw.network.Network:
    """The common flow: four stations, two classes."""
    alerts = arrivals(hours, alerts_per_hour, {"true": true_share, "false": 1 - true_share}, rng)

    def routing(accepted: float, arrested: float) -> list[list[float]]:
        return [[0.0, accepted, 0.0, 0.0], [0.0, 0.0, 1 - flow.NOT_FOUND, 0.0], [0.0, 0.0, 0.0, arrested], [0.0] * 4]

    def services(check: float) -> list[ciw.dists.Distribution]:
        return [REVIEW, SEARCH, ciw.dists.Lognormal(check, LOG_SD), CUSTODY]

    return ciw.create_network(
        arrival_distributions={name: [mine, None, None, None] for name, mine in alerts.items()},
        service_distributions={"true": services(flow.CHECK), "false": services(flow.CHECK_WRONG)},
        routing={"true": routing(flow.ACCEPT_TRUE, flow.ARRESTED_SHARE), "false": routing(flow.ACCEPT_FALSE, 0.0)},
        number_of_servers=[staff[name] for name in ("operators", "teams", "checkers", "vans")],
    )


def common_row(alert: ciw.Individual) -> Row:
    """The row of one alert: how it ended follows from where it left."""
    visits = alert.data_records
    outcome = (flow.DISMISSED, flow.MISSED, flow.RELEASED, flow.ARRESTED)[visits[-1].node - 1]
    check = visits[2].service_time if len(visits) > 2 else 0.0
    first = visits[0]
    return (
        first.arrival_date,
        alert.customer_class == "false",
        outcome,
        visits[-1].exit_date,
        first.waiting_time,
        check,
    )


class InReach(ciw.dists.Distribution):
    """Seconds until the person is out of reach."""

    def sample(self, t: float | None = None, ind: ciw.Individual | None = None) -> float:
        """Called by Ciw when an alert joins a queue."""
        return max(ind.leaves - t, 0.0)


class CheckAndCustody(ciw.dists.Distribution):
    """How long checkers are taken up: the check, and after an arrest the custody run too."""

    def sample(self, t: float | None = None, ind: ciw.Individual | None = None) -> float:
        """Called by Ciw when checkers begin."""
        check = ind.rng.lognormvariate(flow.CHECK_WRONG if ind.wrong else flow.CHECK, LOG_SD)
        if ind.wrong or ind.rng.random() >= flow.ARRESTED_SHARE:
            return check
        ind.outcome = flow.ARRESTED
        return check + ind.rng.lognormvariate(flow.CUSTODY, LOG_SD)


class Procedure(ciw.routing.NetworkRouting):
    """What an alert carries with it, and where it goes next."""

    def __init__(self, rng: Random, people: flow.People, false: bool) -> None:
        self.rng = rng
        self.people = people
        self.false = false

    def initialise(self, simulation: ciw.Simulation) -> None:
        """Called by Ciw."""
        self.simulation = simulation

    def initialise_individual(self, ind: ciw.Individual) -> None:
        """Called by Ciw when an alert arises; how it ends is written over as it goes on."""
        ind.rng = self.rng
        ind.false = ind.wrong = self.false
        ind.person = self.people.next(self.rng)
        ind.leaves = self.simulation.current_time + self.rng.lognormvariate(flow.REACH, LOG_SD)
        ind.outcome = flow.REPEAT

    def next_node(self, ind: ciw.Individual, node_id: int) -> ciw.Node:
        """Called by Ciw at the end of a service."""
        goes_on = (self.after_review, self.after_search, self.after_check)[node_id - 1](ind)
        if not goes_on and ind.outcome != flow.ARRESTED:
            self.people.closed.remove(ind.person)
        return self.simulation.nodes[node_id + 1 if goes_on else EXIT]

    def next_node_for_jockeying(self, ind: ciw.Individual, node_id: int) -> ciw.Node:
        """Called by Ciw when somebody walks out of reach while waiting."""
        ind.outcome = flow.NOT_REVIEWED if node_id == OPERATORS else flow.NO_TEAM
        self.people.closed.remove(ind.person)
        return self.simulation.nodes[EXIT]

    def after_review(self, ind: ciw.Individual) -> bool:
        """The operator has compared the face on the screen with the entry."""
        if self.rng.random() >= (flow.ACCEPT_FALSE if ind.false else flow.ACCEPT_TRUE):
            ind.outcome = flow.DISMISSED
            return False
        ind.outcome = flow.GONE
        return ind.leaves > self.simulation.current_time

    def after_search(self, ind: ciw.Individual) -> bool:
        """The team has looked for the person, and at the live face."""
        bystander = self.rng.random() < flow.BYSTANDER
        ind.wrong = ind.false or bystander
        if not bystander:
            if ind.leaves <= self.simulation.current_time or self.rng.random() < flow.NOT_FOUND:
                ind.outcome = flow.MISSED
                return False
            if self.rng.random() >= (flow.SECOND_LOOK_FALSE if ind.false else flow.SECOND_LOOK_TRUE):
                ind.outcome = flow.DISMISSED
                return False
        ind.outcome = flow.RELEASED
        return True

    def after_check(self, ind: ciw.Individual) -> bool:
        """The checkers are free again, from the station if it was an arrest."""
        return False


def baulk_if_open(n: int, Q: ciw.Simulation, next_ind: ciw.Individual, next_node: ciw.Node) -> float:
    """No second alert on a person whose alert is open or who was arrested: the chance not to join, 0 or 1."""
    closed = Q.network.customer_classes[next_ind.customer_class].routing.people.closed
    if next_ind.person in closed:
        return 1.0
    closed.add(next_ind.person)
    next_ind.outcome = flow.GONE
    return 0.0


def full_network(
    hours: list[float], alerts_per_hour: float, true_share: float, staff: dict[str, int], rng: Random
) -> ciw.network.Network:
    """As much of the full procedure as a network of queues can express: three stations, four classes."""
    people = flow.People()
    shares = {
        f"{truth} {priority}": of_truth * of_priority
        for truth, of_truth in (("true", true_share), ("false", 1 - true_share))
        for priority, of_priority in (("wanted", 1 - flow.LOW_PRIORITY), ("conditions", flow.LOW_PRIORITY))
    }
    in_reach, check = InReach(), CheckAndCustody()
    return ciw.create_network(
        arrival_distributions={
            name: [mine, None, None] for name, mine in arrivals(hours, alerts_per_hour, shares, rng).items()
        },
        service_distributions={name: [REVIEW, SEARCH, check] for name in shares},
        priority_classes={name: int(name.endswith("conditions")) for name in shares},
        reneging_time_distributions={name: [in_reach, in_reach, None] for name in shares},
        baulking_functions={name: [baulk_if_open, None, None] for name in shares},
        routing={name: Procedure(rng, people, name.startswith("false")) for name in shares},
        number_of_servers=[staff["operators"], *(on_duty(hours, staff, name) for name in ("teams", "checkers"))],
        # with a schedule, room to queue has to include those in service
        queue_capacities=[float("inf"), float("inf"), staff["checkers"]],
    )


def on_duty(hours: list[float], staff: dict[str, int], name: str) -> ciw.Schedule | int:
    """How many are there, and until when, with breaks."""
    number = staff[name]
    shifts = [
        shift
        for begin, end in flow.breaks(hours)
        for shift in ((number, begin), (max(number - flow.ON_BREAK[name], 0), end))
    ]
    shifts.append((number, flow.days(hours)[-1][1] + 2 * flow.DAY_S))
    return ciw.Schedule([on for on, _ in shifts], [until for _, until in shifts])


def full_row(alert: ciw.Individual) -> Row:
    """The row of one alert."""
    visits = alert.data_records
    first, last = visits[0], visits[-1]
    waited = 0.0 if alert.outcome == flow.REPEAT else first.waiting_time
    taken_up = last.service_time if last.node == CHECKERS else 0.0
    return first.arrival_date, alert.false, alert.outcome, last.exit_date, waited, taken_up


def logs(
    hours: list[float],
    alerts_per_hour: float,
    true_share: float,
    staff: dict[str, int],
    seed: int,
    number: int,
    full: bool,
) -> Iterator[list[Row]]:
    """The logs of so many campaigns."""
    network, row = (full_network, full_row) if full else (common_network, common_row)
    until = flow.days(hours)[-1][1] + flow.DAY_S
    for i in range(number):
        ciw.seed(seed * number + i)
        simulation = ciw.Simulation(network(hours, alerts_per_hour, true_share, staff, Random(seed * number + i)))
        simulation.simulate_until_max_time(until)
        yield [row(alert) for alert in simulation.get_all_individuals()]


def campaigns(
    hours: list[float],
    alerts_per_hour: float,
    true_share: float,
    staff: dict[str, int],
    seed: int,
    number: int,
    full: bool,
) -> int:
    """Simulate so many campaigns; the number of alerts handled in all."""
    return sum(len(log) for log in logs(hours, alerts_per_hour, true_share, staff, seed, number, full))
