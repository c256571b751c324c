"""Genuine scores: listed people against their own entries, kin against their relatives'."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.scenario.models import Scenario
from simulator.street.crowd import Crowd
from simulator.street.people import KIN, LISTED, PeopleTable, Rows
from simulator.street.recogniser import ScoreLaws, score_correlation
from simulator.street.visits import Visits


def genuine_rows(
    rng: np.random.Generator,
    scenario: Scenario,
    crowd: Crowd,
    recogniser: ScoreLaws,
    threshold: float,
    table: PeopleTable,
    visits: Visits,
) -> tuple[Rows, NDArray[np.bool_]]:
    """Listed people against their own entries, kin against their relatives'; and which slots were captured at all.

    Detections of one person are correlated through z = sqrt(r) U_person + sqrt(1 - r) e, and the face alerts at T
    when Phi(z) <= TPIR(T).
    """
    from scipy import special

    people, trips = table.people, table.trips
    inputs, own_threshold = crowd.inputs, scenario.recogniser.threshold.value
    captured = np.ones(visits.exists.shape, dtype=bool)
    lossy = bool(np.any(recogniser.false_capture < 1))
    if lossy:
        u = rng.random(captured.shape)
        captured = u < recogniser.false_capture[people.replication[trips.person]][:, None]
    parts = []
    for kind, law, key in (
        (LISTED, recogniser.tpir, "recogniser.detection_correlation"),
        (KIN, recogniser.kin_tpir, "recogniser.kin_detection_correlation"),
    ):
        r = score_correlation(inputs[key], law(own_threshold))
        constant = rng.standard_normal(len(people))[trips.person]
        mine = np.flatnonzero(people.kind[trips.person] == kind)
        who = trips.person[mine]
        replication = people.replication[who]
        fresh = rng.standard_normal((len(mine), visits.slots))
        share = r[replication][:, None]
        z = np.sqrt(share) * constant[mine][:, None] + np.sqrt(1 - share) * fresh
        if lossy:
            captured[mine] = special.ndtr(z) < recogniser.false_capture[replication][:, None]
        trip, slot = np.nonzero(visits.exists[mine])
        shift = crowd.groups.score_shift[people.group[who[trip]]]
        score = recogniser.genuine_scores(special.ndtr(z[trip, slot]), replication[trip], shift, kind == KIN)
        high = np.flatnonzero(score >= threshold)
        trip, slot = trip[high], slot[high]
        person = who[trip]
        parts.append(
            Rows(
                mine[trip] * visits.slots + slot,
                score[high],
                people.rank[person],
                np.full(len(trip), kind == LISTED),
                people.category[person],
                people.stale[person],
                people.group[person],
            )
        )
    return Rows.join(parts), captured
