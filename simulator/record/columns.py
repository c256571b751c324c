"""The columns of a deployment record: their names here, and the names that published records give them."""

from __future__ import annotations

from simulator.scenario.headings import DAY_ALIASES, HOURS_FROM, Headings

COUNTS = (
    "watchlist_size",
    "faces",
    "alerts",
    "true_alerts",
    "unconfirmed",
    "false_alerts",
    "false_stopped",
    "arrests",
    "other_disposal",
    "no_action",
)
NUMBERS = ("hours", "watchlist_size", "threshold", *COUNTS[1:])
FRAME_COLUMNS = ("row", "date", "place", "site", "kind", *NUMBERS)
_ALERTS = ("alerts", "alert", "matches", "match")


def _alerts(*which: str) -> tuple[str, ...]:
    """The names of alerts of a kind, in both orders: "false alerts", "alerts false"."""
    return tuple(name for it in which for what in _ALERTS for name in (f"{it} {what}", f"{what} {it}"))


def _after(*which: str) -> tuple[str, ...]:
    """The names of what followed alerts of a kind."""
    done = ("engagements", "engagement", "engaged", "stopped", "stops", "interventions", "intervention")
    return tuple(f"{it} {what}" for it in which for what in done)


# What a column of the file holds -> the headings it is known by, besides its own name, whatever "total" or "number of"
# stands around it. "false_alerts" may also come as the parts that stand here on lines of their own.
ALIASES: dict[str, tuple[str, ...]] = {
    **DAY_ALIASES,
    "deployments": (),
    "kind": ("kind of site", "deployment type", "type of deployment", "camera type", "van or fixed"),
    # hours, where no column has them
    "start": ("start time", "time start", "started", "time on", "camera on", "cameras on", "deployment start"),
    "end": (
        *("end time", "time end", "ended", "finish", "finish time", "time off", "camera off", "cameras off"),
        "deployment end",
    ),
    "faces": (
        *("faces seen (est.)", "faces seen", "faces seen (estimate)", "faces seen (estimated)", "estimated faces seen"),
        *("faces scanned", "faces viewed", "faces processed", "faces detected", "match attempts"),
    ),
    "alerts": ("alert", "alerts generated", "alerts raised", "all alerts", "system alerts"),
    "true_alerts": (
        *_alerts("true", "positive", "correct", "true positive"),
        *("true alerts confirmed", "confirmed true alerts", "true alert confirmed", "true positives"),
        *("true positives confirmed", "positive alerts confirmed", "confirmed positive alerts"),
    ),
    "unconfirmed": (
        *(
            "true alerts unconfirmed",
            "unconfirmed true alerts",
            "unconfirmed true",
            "true alert unconfirmed",
            "true unconfirmed",
        ),
        *("unconfirmed alerts", "positive alerts unconfirmed", "unconfirmed positive alerts"),
    ),
    "false_alerts": (*_alerts("false", "incorrect", "false positive", "wrong"), "false positives"),
    "false_alerts_confirmed": ("confirmed false alerts", "false alert confirmed", "false confirmed"),
    "false_alerts_unconfirmed": ("unconfirmed false alerts", "false alert unconfirmed", "false unconfirmed"),
    "false_stopped": (
        *_after("false", "false alert", "false alerts", "confirmed false alert", "incorrect", "incorrect alert"),
        *_after("wrong", "wrongful"),
    ),
    "arrests": ("arrest", "arrests made", "persons arrested", "people arrested"),
    "other_disposal": ("other disposals", "other disposal(s)", "disposals", "other action", "other outcome"),
    "no_action": ("no further action", "nfa", "no actions", "no action taken"),
}
FALSE_FROM = ("false_alerts", "false_alerts_confirmed", "false_alerts_unconfirmed")
_FALSE = (
    "(?:false|incorrect|wrong|mis[a-z]+|erroneous|error|mistak|negative|unmatched|no[nt] match|reject|dismiss|discount)"
    "\\w*"
)
# A heading with one of these words is not passed over where no column holds what it may say: the last word decides.
ABOUT = {
    "date": "dates?",
    "period": "years?|months?|quarters?",
    "deployments": "^(?:number|no|nr|count|total)(?: of)? deployments(?: \\w+)*$",
    "kind": "^(?:(?:site|camera|system|lfr) )?(?:types?|modes?)$|lamp ?posts?|static",
    "threshold": "thresholds?|cut ?offs?|similarity|confidence|scores?|settings?|sens\\w*|levels?|^t$",
    "watchlist_size": "(?:watch ?)?lists?|gallery|enrolled",
    "hours": "hours?|hrs?",
    "duration_min": "mins|minutes",
    "duration": "durations?|length|times?",
    "false_stopped": f"{_FALSE}(?: \\w+)*? (?:engag|interven|stop)\\w*(?: \\w+)*",
    "false_alerts": f"{_FALSE}(?: \\w+)*|fps?|fas?",
    "false_alerts_confirmed": f"{_FALSE}(?: \\w+)*",
    "false_alerts_unconfirmed": f"{_FALSE}(?: \\w+)*",
    "unconfirmed": "(?:un(?:confirm|verif|resolv)\\w+|undetermined|inconclusive|pending|"
    "(?:not|never)(?: yet)? (?:confirm|verif|resolv)\\w+)(?: \\w+)*",
    "true_alerts": "(?:true|(?<!false )positive|correct|genuine|confirmed|verified)s?(?: \\w+)*|tps?",
    "alerts": "alerts?|match(?:es)?|hits?|identifications?",
    "faces": "faces?|people|passers|pedestrians|footfall|crowd(?: size)?|scans?|scanned|individuals|persons",
    "arrests": "arrest\\w*",
    "other_disposal": "dispos\\w+",
    "no_action": "no (?:further )?action|nfa|released",
    "place": "places?|locations?|sites?|venues?|areas?|towns?|cit(?:y|ies)|"
    "boroughs?|districts?|wards?|events?|streets?|postcodes?",
}
# What happened after true alerts, and which deployment it is, is nothing that anything here is estimated from.
OF_NO_USE = (
    "(?:true|positive|correct)(?: \\w+)? (?:engag|interven|stop)\\w*|^deployment(?: (?:type|number|id|no|ref\\w*))?$"
)
_TOGETHER = (
    "counts arrests and other disposals together, and nothing is taken from it; if all of them are arrests: "
    '--column arrests="{heading}"'
)
_PERIOD = (
    "is no day: give each deployment a row with its date; lfrsim claim computes what totals of a month or a year allow, as in "
    "lfrsim claim --false-alerts 2 --faces 9000"
)
_NO_TOTAL = (
    "; add one with all alerts of each row; true and false ones are all of them only where none was left unconfirmed"
)
HEADINGS = Headings(
    ALIASES,
    ("date", "alerts"),
    (HOURS_FROM, FALSE_FROM[:2], FALSE_FROM[:1] + FALSE_FROM[2:]),
    about=ABOUT,
    not_a_column={"period": _PERIOD},
    made_of={"alerts": ("true_alerts", _NO_TOTAL)},
    parts={
        "period": ("date",),
        **dict.fromkeys(HOURS_FROM, (*HOURS_FROM, "start")),
        "false_alerts": FALSE_FROM,
        "false_alerts_confirmed": FALSE_FROM[:2],
        "false_alerts_unconfirmed": (FALSE_FROM[0], FALSE_FROM[2]),
    },
    of_no_use=OF_NO_USE,
    remarks={"arrests?\\b.*\\bdispos\\w*|dispos\\w*\\b.*\\barrests?": _TOGETHER},
    name_it='--column {field}="{heading}"',
    leave_it='--column ignore="{heading}"',
)
