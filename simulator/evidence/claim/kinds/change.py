"""A claim that offences fell: whether such a fall can be told from what comes and goes by itself."""

from __future__ import annotations

from simulator.claim.kinds import ChangeClaim
from simulator.claim.models import Claim, ClaimFile
from simulator.evidence.claim.agreement import from_documents
from simulator.evidence.claim.fall_found import FallFound, fall_found, fall_in_words
from simulator.evidence.claim.falls import ChangeEvidence, ClaimedFall, Phi, PlaceboWindow, judge_change
from simulator.evidence.claim.judged import Weighed
from simulator.evidence.claim.kinds.fact import other_subjects
from simulator.evidence.claim.verdict import Precision
from simulator.evidence.statistics.intervals import Interval

# A change is shown where the tests named here find it at this level, for every base period and every measured dispersion.
SIGNIFICANT = 0.05
# The dispersion known or estimated; and wards without the cameras, all windows together.
BY_COUNTS = ("before_after", "before_after_t")
BESIDE_PLACES = "placebo_pooled"


def weigh(claim: Claim, file: ClaimFile) -> Weighed:
    """Weigh a claimed fall from every base period that it could mean, by every method its figures allow."""
    changed = claim.change
    if changed is None:
        raise ValueError("the claim is not of a change")
    documents = from_documents(claim, file)
    # a base period that is named twice is the last of that name
    tested = {base.words: judge_change(_fall(changed, base.offences)) for base in changed.bases}
    falls = tuple(fall_found(words, item) for words, item in tested.items())
    shown = all(map(_shown, falls))
    return Weighed(
        unit=f"offence recorded in {changed.place}",
        key_figure=fall_in_words(falls),
        numbers=documents,
        precision=Precision(
            shown=shown and not claim.asserts_cause,
            why=("cause" if claim.asserts_cause else "inside") if shown else "noise",
        ),
        per_what=other_subjects(documents),
        change=falls,
    )


def _shown(item: ChangeEvidence | FallFound) -> bool:
    """Whether the fall is told from what comes and goes by counts, and beside other places where these are given."""
    named = [item_ for item_ in item.methods if item_.measured and item_.method in (*BY_COUNTS, BESIDE_PLACES)]
    return bool(named) and all(method.p <= SIGNIFICANT for method in named)


def least_fall(changed: ChangeClaim) -> float | None:
    """The smallest fall, to a whole per cent, that would be told from what comes and goes; None where none would."""
    for per_cent in range(1, 100):
        smaller = changed.model_copy(update={"fall": per_cent / 100})
        if all(_shown(judge_change(_fall(smaller, base.offences))) for base in changed.bases):
            return per_cent / 100
    return None


def _fall(changed: ChangeClaim, offences: int) -> ClaimedFall:
    return ClaimedFall(
        changed.fall,
        offences,
        changed.months,
        tuple(
            Phi(
                item.measured_on,
                item.value,
                item.df,
                None if item.low is None or item.high is None else Interval(item.low, item.high),
            )
            for item in changed.dispersions
        ),
        placebos=tuple(
            PlaceboWindow(
                item.first, changed.months, item.wards, changed.fall, item.share, item.median, item.sd, item.min_base
            )
            for item in changed.placebos
        ),
        placebo_wards=changed.placebo_wards,
        picked_from=changed.picked_from,
    )


__all__ = ["SIGNIFICANT", "least_fall", "weigh"]
