"""The figures of a run's report as pictures in the page, and the words that say the same."""

from __future__ import annotations

from simulator.evidence.run.found import RunFound
from simulator.evidence.run.pictures import RunPictures
from simulator.evidence.wider.found import RunWider
from simulator.report.run.settings import CURVE


def drawings(found: RunFound, pictures: RunPictures | None, wider: RunWider | None) -> dict[str, bytes]:
    """PNG files by the names of the figures: the curve of thresholds, and the day of one deployment."""
    from simulator.report.figures import threshold_curve, timeline
    from simulator.report.figures.embedded import png_of

    made = {}
    curve = threshold_curve.draw(wider.tradeoff, found) if wider else None
    if curve is not None:
        made[CURVE] = png_of(curve)
    if pictures is not None:
        made[timeline.NAME] = png_of(timeline.draw(found, pictures))
    return made


def curve_words(wider: RunWider) -> str:
    """What the curve of thresholds shows."""
    from simulator.report.figures.threshold_words import headline, side_words

    tradeoff = wider.tradeoff
    if tradeoff.per is None:
        return "Neither camera hours nor faces are known here, so that there is no curve of false alerts by threshold."
    said = [f"{head}: {text}" for head, text in side_words(tradeoff, tradeoff.per)]
    return " ".join([f"{headline(tradeoff, tradeoff.per)}.", *said])


def day_words(found: RunFound, pictures: RunPictures) -> str:
    """What the day of one deployment shows."""
    from simulator.report.figures.ends import headline, subtitle

    return f"{headline(found, pictures).rstrip('.')}. {subtitle(found, pictures)}"


__all__ = ["curve_words", "day_words", "drawings"]
