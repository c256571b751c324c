"""What the scripts of the lanes say and draw, besides the day itself: words of the catalogue, and a sign for every end."""

from __future__ import annotations

from typing import Any

from simulator.evidence.explore.ends import ENDS_OF_ALERTS
from simulator.report.catalogue import words
from simulator.report.pictured import LOOKS
from simulator.report.render.svg.icons import sign

# Of the catalogue's section the parts that a script says; all else stands in the page.
SAID = (
    "lanes", "busy", "busy_of", "waiting", "waiting_now", "waits", "play", "pause", "step", "back", "next_alert", "again",
    "to_end", "speed", "speeds", "scrub", "truth", "truth_hint",
    "start", "start_still", "ended", "none_ended", "names", "wrong_side", "right_side", "just_now",
    "of_alert", "minutes", "held", "so_far", "over", "counts", "wrong", "none_out", "one_wrong", "one_wrong_open", "more",
    "bystanders", "events", "table", "key",
)  # fmt: skip


def terms() -> dict[str, Any]:
    """The *words* of the catalogue and the *ends* of alerts, false ones first, each with its sign as SVG."""
    catalogue = words("replay")
    return {
        "words": {name: catalogue[name] for name in SAID},
        "ends": [
            {
                "did": end.did,
                "words": end.words,
                "false": end.false,
                "stopped": end.stopped,
                "sign": sign("diamond" if end.false else "circle", LOOKS[end.did]),  # type: ignore[index]
            }
            for end in ENDS_OF_ALERTS
        ],
    }


__all__ = ["terms"]
