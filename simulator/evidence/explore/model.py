"""What the page's simulation reads besides its people: rosters, criteria, codes and rules, as plain data."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.evidence.counted.kinds import END_OF, ENDS, KINDS
from simulator.evidence.counted.measures import RULES
from simulator.evidence.counted.tally import AGAIN, HAPPENS, PEOPLE, SPANS
from simulator.evidence.explore.bank import NOT_LISTED
from simulator.evidence.explore.ends import ENDS_OF_ALERTS, end_of_kinds
from simulator.evidence.explore.thinning import FOOTFALL_PARTS
from simulator.experiment.replications import Drawn
from simulator.response import kernel_columns
from simulator.response import outcomes as o
from simulator.response.columns import TIMES
from simulator.response.javascript import fields_of
from simulator.response.kernel_desk import PERSON, POOL, ROW
from simulator.response.sessions import changes_of, first_deployments
from simulator.scenario.campaign import clock_to_s
from simulator.scenario.days import hours_of
from simulator.scenario.models import Scenario
from simulator.street.mask import FALSE_OTHER_ENTRY, TRUTHS

# In the order of the engine.
STAFF = ("vans", "checkers", "teams", "operators")


def model_of(scenario: Scenario, drawn: Drawn) -> dict[str, Any]:
    """The data by the names that ``simulate.js`` has for them; of deployments and rules, so the same for every block."""
    roster = drawn.roster
    first_change, change_s, change_desk, change_shift = changes_of(roster)
    kind_of_day = drawn.expectations.kind_of_day
    shifts = [[getattr(shift, kind) for kind in STAFF] for shift in scenario.officers.shifts]
    return {
        "days": len(roster.day),
        "truths": len(TRUTHS),
        "not_listed": NOT_LISTED,
        "footfall_parts": FOOTFALL_PARTS,
        "kind_of_day": [0] * len(roster.day) if kind_of_day is None else kind_of_day.tolist(),
        "plan_columns": [kernel_columns.SECONDS, kernel_columns.NUMBERS, kernel_columns.FLAGS],
        "ends": kernel_columns.ENDS,
        "times": TIMES,
        "row": fields_of(ROW),
        "person": fields_of(PERSON),
        "pool": fields_of(POOL),
        "day": roster.day.tolist(),
        "since_s": roster.since_s.tolist(),
        "own_staff": roster.own_staff.tolist(),
        "shifts": shifts,
        "first_of": first_deployments(roster.session).tolist(),
        "first_change": first_change.tolist(),
        "change_s": change_s.tolist(),
        "change_desk": change_desk.tolist(),
        "change_shift": change_shift.tolist(),
        "on_s": [clock_to_s(day.start) for day in scenario.campaign.days],
        "dates": [day.date.isoformat() for day in scenario.campaign.days],
        "codes": {
            "dismissed": o.DISMISSED,
            "arrested": o.ARRESTED,
            "void": o.VOID,
            "false_other_entry": FALSE_OTHER_ENTRY,
        },
        "off_s": (hours_of(scenario.campaign) * 3600.0).tolist(),
        "end_of": END_OF.tolist(),
        "happens": HAPPENS.tolist(),
        "again": AGAIN.tolist(),
        "void": KINDS.void.astype(int).tolist(),
        "kinds": len(KINDS.truth),
        "number_of_ends": len(ENDS),
        "spans": SPANS,
        "people": PEOPLE,
        "end_of_kinds": end_of_kinds(),
        "ends_of_alerts": len(ENDS_OF_ALERTS),
        "true_kinds": np.flatnonzero(~KINDS.false).tolist(),
        "false_kinds": np.flatnonzero(KINDS.false).tolist(),
        "dealt_with": [end.false and end.did == "already_dealt_with" for end in ENDS_OF_ALERTS].index(True),
        "rules": {name: np.flatnonzero(rule).tolist() for name, rule in RULES.items()},
    }


__all__ = ["STAFF", "model_of"]
