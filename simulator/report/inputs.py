"""Inputs in plain words, for tables and figures that are read without the reference beside them."""

from __future__ import annotations

from simulator.evidence.numbers import number, share

_LOOKS = {
    "look": ("the operator", "alerts"),
    "second_look": ("the second look", "alerts"),
}
WORDS = {
    "joint_draws": "the quantities drawn jointly",
    "street.passages_per_hour": "passages an hour",
    "street.day_dispersion_k": "evenness of footfall by day",
    "street.share_passing_both": "share of visits that pass both ends",
    "street.between_ends_min": "minutes from one end to the other",
    "street.faces_per_passage": "faces counted per passage",
    "street.return_same_day": "share who come back the same day",
    "street.pool_people": "people the passers-by are drawn from",
    "street.visits_per_person": "visits of a person over the deployments",
    "street.visit_dispersion_k": "evenness of visits between people",
    "watchlist.listed_per_1000_passages": "listed people per 1,000 passages",
    "watchlist.true_alerts_per_1000_passages": "true alerts per 1,000 passages",
    "watchlist.growth_exponent": "how listed passages grow with the list",
    "watchlist.day_dispersion_k": "evenness of listed passages by day",
    "watchlist.footfall_elasticity": "how far listed people follow footfall",
    "watchlist.conditions_share": "share of the list with conditions",
    "watchlist.stale_share": "share of the list that is out of date",
    "recogniser.fmr_at_anchor": "false match rate of the system",
    "recogniser.slope_per_unit": "fall of false matches with the threshold",
    "recogniser.tpir_at_anchor": "share of listed people detected",
    "recogniser.capture_rate": "share of faces captured",
    "recogniser.score_sd": "spread of genuine scores",
    "recogniser.list_size_exponent": "how false alerts grow with the list",
    "recogniser.reference_list_size": "list the false match rate was measured with",
    "recogniser.fmr_day_dispersion_k": "evenness of false matches by day",
    "recogniser.lookalike_persistence_same_day": "look-alikes who alert again the same day",
    "recogniser.lookalike_persistence_across_days": "look-alikes who alert again on other days",
    "recogniser.detection_correlation": "detections that repeat by person",
    "recogniser.kin_per_100k_passages": "kin of listed people per 100,000 passages",
    "recogniser.kin_tpir_at_anchor": "kin taken for their relative, at the anchor",
    "officers.operators": "operators",
    "officers.teams": "plain-clothes teams",
    "officers.checkers": "units of uniformed officers",
    "officers.vans": "vans",
    "procedure.reach.median_min": "minutes until a person is out of reach",
    "procedure.review.median_min": "minutes of the operator's review",
    "procedure.search.median_min": "minutes to find the person",
    "procedure.check.median_min": "minutes of a check, right person",
    "procedure.check_wrong_person.median_min": "minutes of a check, wrong person",
    "procedure.custody.median_min": "minutes of a custody run",
    "procedure.not_found": "share of searches that find nobody",
    "procedure.bystander": "share of searches that end on a bystander",
    "procedure.remembered": "stopped people recognised that day",
    "procedure.check_error": "checks that take a wrong person for right",
    "procedure.other_offence_arrest": "wrong people arrested for a find",
    "procedure.second_look.correlation": "how alike both looks err",
    "procedure.disposals.wanted_arrest": "arrests in stops of wanted people",
    "procedure.disposals.wanted_other": "other disposals, wanted people",
    "procedure.disposals.conditions_arrest": "arrests in condition checks",
    "procedure.disposals.conditions_other": "other disposals, condition checks",
    "procedure.disposals.stale_arrest": "arrests in stops on an old record",
    "costs.officer_hour_gbp": "pounds per officer-hour",
    "costs.equipment_gbp": "pounds of equipment",
    "costs.station_hours_per_arrest": "hours at the station per arrest",
    **{
        f"procedure.{look}.{name}": words.format(who=who, what=what)
        for look, (who, what) in _LOOKS.items()
        for name, words in (
            ("accept_true", "share of right {what} {who} accepts"),
            ("accept_false", "share of false {what} {who} accepts"),
            ("d_prime", "how well {who} tells people apart"),
            ("criterion_follows_ppv", "how far {who} trusts the system"),
        )
    },
}


def words_of(key: str) -> str:
    """What the input *key* is, in a few words; the key itself where it has none."""
    return WORDS.get(key, key)


def written(x: float) -> str:
    """The value of an input with three digits: 4,100, 0.73, 1.45; a rare one as "1 in 8,430 million"."""
    if 0 < x < 1e-6:
        return f"1 in {number(1e-6 / x)} million"
    if 0.9999 < x < 1:
        return "over 0.9999"
    digits = share(x) if 0.99 < x < 1 else f"{x:.3g}"
    return f"{x:,.0f}" if abs(x) >= 1000 else digits


def short(x: float) -> str:
    """The value of an input where there is little room: as *written*, but a rare one as 1.2e-10."""
    return f"{x:.2g}" if 0 < x < 1e-6 else written(x)


def with_ends(x: float, ends: tuple[float, float] | None, to: str = " to ") -> str:
    """The value of an input with its interval, where it has one, as *short*."""
    return short(x) if ends is None else f"{short(x)} ({short(ends[0])}{to}{short(ends[1])})"
