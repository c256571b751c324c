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
# What a column of the file holds -> the headings it is known by, besides its own name. "false_alerts" may also come as the
# parts that stand here on lines of their own.
ALIASES: dict[str, tuple[str, ...]] = {
    **DAY_ALIASES,
    "kind": ("kind of site", "deployment type", "type of deployment", "camera type", "van or fixed"),
    "faces": (
        "faces seen (est.)",
        "faces seen",
        "faces seen (estimate)",
        "faces seen (estimated)",
        "estimated faces seen",
        "number of faces seen",
        "faces scanned",
    ),
    "alerts": ("total alerts", "number of alerts", "total number of alerts", "alerts total"),
    "true_alerts": (
        "true alerts confirmed",
        "confirmed true alerts",
        "true alerts (confirmed)",
        "true alert confirmed",
        "total true alerts confirmed",
    ),
    "unconfirmed": (
        "true alerts unconfirmed",
        "unconfirmed true alerts",
        "unconfirmed true",
        "true alert unconfirmed",
        "unconfirmed_true",
    ),
    "false_alerts": ("total false alerts", "number of false alerts", "false alerts total"),
    "false_alerts_confirmed": ("confirmed false alerts", "false alert confirmed", "false confirmed"),
    "false_alerts_unconfirmed": ("unconfirmed false alerts", "false alert unconfirmed", "false unconfirmed"),
    "false_stopped": (
        "false alert engagements",
        "confirmed false alert engagements",
        "false alerts engaged",
        "false alerts stopped",
    ),
    "arrests": ("arrest", "number of arrests", "total arrests", "arrests made"),
    "other_disposal": ("other disposals", "other disposal(s)", "disposals", "other action", "other outcome"),
    "no_action": ("no further action", "nfa", "no actions", "no action taken"),
}
FALSE_FROM = ("false_alerts", "false_alerts_confirmed", "false_alerts_unconfirmed")
HEADINGS = Headings(ALIASES, ("date", "alerts"), (HOURS_FROM, FALSE_FROM[:2], FALSE_FROM[:1] + FALSE_FROM[2:]))
