"""What the keys of a scenario mean, at more length than the models say it; and the units that their names carry."""

from __future__ import annotations

# The first pattern that a key's name contains gives its unit.
UNITS = {
    "passages_per_hour": "passages an hour",
    "per_1000_passages": "per 1,000 passages",
    "per_100k_passages": "per 100,000 passages",
    "per_officer_hour": "per officer-hour",
    "per_unit": "per unit of score",
    "_min$": "minutes",
    "^hours$": "hours",
    "_gbp$": "pounds",
    "hours_per_arrest": "officer-hours per arrest",
    "faces_per_passage": "faces per passage",
    "^fmr_at": "per comparison",
    "(^|_)size$": "entries",
    "(threshold$|score_sd|score_shift)": "score",
    "officers_per": "officers",
}

MEANINGS = {
    # Scenario
    "Scenario.name": "Short name; names the output folder that the program suggests.",
    "Scenario.title": "One line, printed above every result.",
    "Scenario.description": "A sentence or two, printed by `describe`.",
    "Scenario.what_if": "Why this is not a picture of any real place; printed with every result. For assumed "
    "alternatives.",
    "Scenario.caveats": "Sentences that must be said with every result: the gravest on the first screen, all with `--details`.",
    "Scenario.campaign": "The deployments.",
    "Scenario.street": "Who walks past.",
    "Scenario.watchlist": "Who is listed, and how often listed people pass.",
    "Scenario.recogniser": "The face recognition system.",
    "Scenario.officers": "Who is there to act.",
    "Scenario.procedure": "What they do, how long it takes and where it errs.",
    "Scenario.costs": "Prices, for costs per arrest.",
    "Scenario.other_use": "Another use of the same officers, with figures of your own. None is shipped.",
    "Scenario.record": "A published record of the same campaign, printed beside the simulated one.",
    "Scenario.recorded_elsewhere": "What a force counted of other deployments, printed beside the simulated stops.",
    "Scenario.joint_draws": "Draws of several quantities together, instead of their separate intervals.",
    # Campaign
    "Campaign.deployments": "One by one, in any order.",
    "Campaign.table": "CSV file beside the scenario with a row for each deployment: see [a table of "
    "deployments](#a-table-of-deployments).",
    "Campaign.first_date": "A calendar: from this day on.",
    "Campaign.last_date": "The last day on which there may be a deployment.",
    "Campaign.every": "`week`: on the `weekdays` of every week.",
    "Campaign.weekdays": "With `every: week`: days such as `[tue, fri]` or `[Tuesday, Friday]`. None: the day of `first_date`.",
    "Campaign.start": 'Camera-on of a calendar, such as "11:30".',
    "Campaign.hours": "Hours with the cameras on, each day of a calendar.",
    "Campaign.holidays": "Dates that a calendar and a `count` leave out.",
    "Campaign.deployments_a_year": "How many such deployments there are in a year, where no calendar says so.",
    "Deployment.place": "Where. People, pool and look-alikes are shared within a place, not between places. For all "
    "deployments or for none.",
    "Deployment.passages_per_hour": "Instead of `street.passages_per_hour`.",
    "Deployment.threshold": "Instead of `recogniser.threshold`.",
    "Deployment.watchlist_size": "Instead of `watchlist.size`.",
    "Deployment.operators": "Instead of `officers.operators`; so with all staff.",
    "Deployment.teams": "As `operators`.",
    "Deployment.checkers": "As `operators`.",
    "Deployment.vans": "As `operators`.",
    "Deployment.date": "Such as 2025-10-01.",
    "Deployment.start": 'Camera-on, such as "11:30".',
    "Deployment.hours": "Hours with the cameras on, above 0, at most 24.",
    "Deployment.count": "So many such deployments in all, the first on `date`.",
    "Deployment.every": "How long from one of them to the next.",
    "Deployment.source": "Who says so.",
    # Street
    "Street.passages_per_hour": "Mean over the campaign's camera hours, all camera ends together. A passage is one "
    "person walking once through one camera's zone.",
    "Street.profile": 'Relative footfall from each clock time on, such as `{"09:00": 0.8, "12:00": 1.1}`; before the '
    "first time the last weight holds. Only the shape counts: it is scaled to keep `passages_per_hour`. None: flat.",
    "Street.day_dispersion_k": "Shape k of the gamma factor by which a day's footfall departs from its mean "
    "(coefficient of variation 1/√k). None: Poisson, no difference between days.",
    "Street.camera_ends": "1 or 2 places with cameras.",
    "Street.share_passing_both": "Share of visits that pass the other end too. Needs `camera_ends: 2`.",
    "Street.between_ends_min": "Walk from one end to the other.",
    "Street.faces_per_passage": "Faces that the system counts for each passage. Changes the number of faces, not the "
    "number of alerts.",
    "Street.return_same_day": "Share of people who come past once more on the same day.",
    "Street.pool_people": "The people of each place whom visits are drawn from; each comes to each deployment a Poisson "
    "number of times. None, and no `visits_per_person`: nobody comes on two days; `return_same_day` holds all the same.",
    "Street.visits_per_person": "In place of `pool_people`: how often each of them comes in this campaign, on average, "
    "returns on the same day left aside. The pool follows (`describe` says how large it is). "
    "Another number of deployments needs another number here.",
    "Street.visit_dispersion_k": "Shape k of the gamma weight, with mean 1, by which some people come more often than others "
    "(coefficient of variation 1/√k), on all days alike. None: all come equally often.",
    "Street.groups": "Groups of passers-by with their own ratios of error. None: everybody is alike.",
    "Street.group_matrix": "One row per group of the passer-by, one column per group of the list entry: relative false "
    "match rates. Scaled so that the overall rate stays as calibrated. None: all 1.",
    "Group.name": "Printed in results.",
    "Group.street_share": "Share of passers-by. Sums to 1 over the groups.",
    "Group.list_share": "Share of list entries. Sums to 1 over the groups.",
    "Group.listed_passages_share": "Share of the passages by listed people. None: as `list_share`. For all groups or "
    "for none.",
    "Group.score_shift": "Added to the mean genuine score: below 0 makes the group harder to recognise (a lower TPIR).",
    # Watchlist
    "Watchlist.size": "N, the entries that a face is compared with. 1 or more.",
    "Watchlist.reference_size": "The list size at which the listed rate below was measured. **Give it if you want to "
    "vary `size`**: without it the listed rate is taken to hold at whatever `size` is, and does not grow.",
    "Watchlist.listed_per_1000_passages": "Passages by listed people, of all passages. Give this one or the next.",
    "Watchlist.true_alerts_per_1000_passages": "Expected true alerts of all passages, before arrests and repeats, "
    "where only this product of listed share and TPIR is known. The listed share follows from it and the TPIR.",
    "Watchlist.reference_threshold": "The threshold at which that product was measured. None: the recogniser's anchor "
    "(with a table: the scenario's own threshold).",
    "Watchlist.growth_exponent": "Listed passages grow as (size / reference_size) to this power. 1: in proportion. 0: "
    "not at all.",
    "Watchlist.day_dispersion_k": "As in the street, for the passages of listed people, footfall's part included. None: no "
    "difference between days but footfall's.",
    "Watchlist.any_place_share": "Share of the listed people who may come to any place; the others belong to one. An arrest at "
    "one place takes them from all. For campaigns with several places and a pool.",
    "Watchlist.footfall_elasticity": "e: a day with twice the footfall brings 2^e times as many listed people. 1: they come "
    "as all others do. 0: footfall says nothing of them.",
    "Watchlist.conditions_share": "Share of entries listed so that conditions (of bail, of a court) can be checked; "
    "the rest are wanted.",
    "Watchlist.stale_share": "Share of entries that are out of date: the person is no longer wanted.",
    # Recogniser
    "Recogniser.preset": "`field` (the Met's record) or `npl` (the laboratory test): fills in the six keys from "
    "`fmr_at_anchor` to `score_sd`, each of which you may still give yourself.",
    "Recogniser.table": "CSV file beside the scenario, instead of a preset. Columns: T or threshold; FMR (per comparison) or "
    "FPIR (per search of a list); TPIR or FNIR; with FPIR the list size N, unless `reference_list_size` gives it. See "
    "[Use your own error rates](../how-to/use-own-error-rates.md#give-a-table).",
    "Recogniser.threshold": "T: a face scoring at or above it raises an alert. 0 to 1.",
    "Recogniser.fmr_at_anchor": "FMR: share of comparisons of two different people that score at or above the anchor.",
    "Recogniser.anchor_threshold": "The threshold at which the rates with `at_anchor` in their name hold.",
    "Recogniser.slope_per_unit": "b: FMR(T) = FMR at the anchor × exp(−b (T − anchor)).",
    "Recogniser.tpir_at_anchor": "TPIR: share of passages by listed people that alert on their own entry, at the "
    "anchor, capture included. Must be below `capture_rate`.",
    "Recogniser.capture_rate": "Share of passages in which a usable face is captured.",
    "Recogniser.score_sd": "Standard deviation of genuine scores: how fast TPIR falls with T.",
    "Recogniser.list_size_exponent": "γ in FPIR = 1 − exp(−FMR N₀ (N/N₀)^γ). 1: every entry adds its share. 0: list size "
    "plays no part.",
    "Recogniser.reference_list_size": "N₀: the list size at which the FMR was measured, where γ changes nothing. `field` has "
    "16,000, `npl` 178,000; own values must name theirs where γ is not 1, and a table with FPIR without a column N.",
    "Recogniser.fmr_day_dispersion_k": "Gamma shape of a day's level of the FMR. None: the same every day.",
    "Recogniser.lookalike_persistence_same_day": "Share of false exceedances that belong to the person for the day, so "
    "that the next passage that day alerts again.",
    "Recogniser.lookalike_persistence_across_days": "The part of these that belongs to the person for good. At most "
    "the share above.",
    "Recogniser.detection_correlation": "Correlation of being detected or not between two passages of one listed "
    "person, at the scenario's threshold.",
    "Recogniser.kin_per_100k_passages": "Passages by close kin of listed people, at the reference size. 0: no separate "
    "stream.",
    "Recogniser.kin_tpir_at_anchor": "Chance per passage that they alert on the relative's entry, at the anchor.",
    "Recogniser.kin_detection_correlation": "As `detection_correlation`, for kin.",
    # Officers
    "Officers.operators": "People who review alerts on a screen. 0 of any staff means that nobody comes.",
    "Officers.teams": "Plain-clothes teams who look for the person and hold them.",
    "Officers.checkers": "Units of two uniformed officers who check identity and arrest.",
    "Officers.vans": "Vans that take arrested people away.",
    "Officers.officers_per_team": "For officer-hours only.",
    "Officers.officers_per_van": "For officer-hours only; besides the checker unit, which rides along.",
    "Officers.shifts": "Other numbers of staff later in every deployment, in order of time.",
    "Shift.after_min": "Minutes after the cameras go on.",
    "Shift.operators": "Operators from then on. None: as before. The same for the next three.",
    "Shift.teams": "Teams from then on.",
    "Shift.checkers": "Checker units from then on.",
    "Shift.vans": "Vans from then on.",
    # Procedure
    "Procedure.reach": "From the alert until the person can no longer be found.",
    "Procedure.review": "The operator's look at the screen.",
    "Procedure.search": "From setting out to reaching the person.",
    "Procedure.check": "Identity check of somebody who is the entry.",
    "Procedure.check_wrong_person": "Identity check until a wrong person is let go (or arrested in error).",
    "Procedure.custody": "Van and checker unit away, until they are back.",
    "Procedure.look": "The operator's adjudication: what share of right and of wrong alerts is accepted.",
    "Procedure.second_look": "An officer compares the live face before the stop. None: there is no such look.",
    "Procedure.not_found": "Share of searches, ended in reach and not on a bystander, that do not find the person.",
    "Procedure.bystander": "Share of searches that end with a stop of somebody else.",
    "Procedure.remembered": "Chance that somebody stopped earlier that day is recognised at the next alert and left "
    "alone.",
    "Procedure.check_error": "Share of identity checks of wrong people that take them for the listed person: a "
    "wrongful arrest.",
    "Procedure.other_offence_arrest": "Share of the other wrong people who are arrested for something found in the "
    "stop.",
    "Procedure.disposals": "How stops of rightly matched people end.",
    "Procedure.hold_limit_min": "A stopped person for whom no checkers come within this time is let go "
    "(`no_checkers`).",
    "Procedure.van_limit_min": "An arrested person for whom no van comes within this time is taken away by other means "
    "(`no_van`).",
    "Duration.median_min": "Half of all times are shorter.",
    "Duration.law": "Shape of the spread from case to case.",
    "Duration.log_sd": "For the log-normal law: standard deviation of the logarithm. 0.5: two thirds lie within a "
    "factor 1.6.",
    "Review.accept_true": "Share accepted of alerts on the right person.",
    "Review.accept_false": "Share accepted of alerts on a wrong person.",
    "Review.d_prime": "d′ of signal detection: how well right and wrong are told apart. With `criterion`, instead of "
    "the shares.",
    "Review.criterion": "c of signal detection, −6 to 6: negative is inclined to accept.",
    "Review.criterion_follows_ppv": "How far c follows the share of alerts that are true (the PPV): 0 not at all, 1 as "
    "an ideal observer's would.",
    "Review.ppv_reference": "The PPV at which the shares (or c) were measured.",
    "SecondLook.accept_true": "As above, for the look at the live face.",
    "SecondLook.accept_false": "As above.",
    "SecondLook.d_prime": "As above.",
    "SecondLook.criterion": "As above.",
    "SecondLook.correlation": "Correlation of the two looks: they compare the same two faces. 0: independent.",
    "Disposals.wanted_arrest": "Stops of wanted people that end in arrest, of all such stops that are checked.",
    "Disposals.wanted_other": "Of the same stops, those dealt with short of arrest (a summons, a warning). The rest "
    "are released with no action.",
    "Disposals.conditions_arrest": "Stops of people listed for their conditions that end in arrest, of all such stops "
    "that are checked.",
    "Disposals.conditions_other": "Of the same stops, those dealt with short of arrest. The rest have complied and are "
    "released.",
    "Disposals.stale_arrest": "Stops on an out-of-date entry that end in arrest, of all such stops that are checked. "
    "The rest are released.",
    # Costs, other use, record, joint draws
    "Costs.officer_hour_gbp": "Cost of one officer-hour.",
    "Costs.equipment_gbp": "Charged to this campaign as a whole.",
    "Costs.station_hours_per_arrest": "Officer-hours off the street for each arrest, after the custody run.",
    "Alternative.source": "Who says that it may hold.",
    "Alternative.grade": "As of a quantity: measured, derived, recalled or assumed.",
    "OtherUse.name": 'Such as "patrols".',
    "OtherUse.arrests_per_officer_hour": "Arrests in that use.",
    "OtherUse.wrongful_stops_per_officer_hour": "Wrongful stops in that use.",
    "OtherUse.source": "Required: these figures are yours.",
    "Record.faces": "Faces counted in the record.",
    "Record.alerts": "Alerts in the record.",
    "Record.arrests": "Arrests in the record.",
    "Record.recorded_false": "False alerts in the record.",
    "Record.unconfirmed_true": "Alerts that the record counts as true without confirmation.",
    "Record.calibrated": "Which of these figures served to set the scenario's inputs: agreement with them proves "
    "nothing.",
    "Record.source": "Required.",
    "Record.grade": "Required.",
    "RecordedElsewhere.what": "Whose count it is and of when, as in `the Met, September 2024 to September 2025`.",
    "RecordedElsewhere.faces": "Faces counted there.",
    "RecordedElsewhere.alerts": "Alerts among them.",
    "RecordedElsewhere.stopped_on_false_alert": "People stopped after alerts recorded as false.",
    "RecordedElsewhere.arrested_on_false_alert": "Those of them who were arrested.",
    "RecordedElsewhere.false_alerts_of": "Of whom the false alerts were, where that is published.",
    "RecordedElsewhere.source": "Required.",
    "RecordedElsewhere.grade": "Required.",
    "RecordedGroup.people": "One group of people, in the words of the source, as in `Black people`.",
    "RecordedGroup.number": "How many of those false alerts were of them.",
    "RecordedGroup.of": "Of how many false alerts.",
    "RecordedGroup.source": "Required.",
    "RecordedGroup.grade": "Required.",
    "JointDraws.file": "CSV file beside the scenario. Its columns are dotted keys of quantities, its rows are equally "
    "likely.",
    "JointDraws.source": "Where the draws come from.",
}
