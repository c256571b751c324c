"""Pictures of a run to share, 1,200 x 675 pixels each, that say inside themselves what they are and how sure."""

from __future__ import annotations

from pathlib import Path

from simulator.evidence.run.found import RunFound
from simulator.evidence.run.pictures import RunPictures
from simulator.evidence.sweep.tradeoff import Tradeoff
from simulator.report.figures import run_headline, run_thousand, threshold_curve
from simulator.report.figures.card import save_card


def write_pictures(
    found: RunFound, pictures: RunPictures, tradeoff: Tradeoff | None, folder: Path, stem: str
) -> list[Path]:
    """Write the headline, a thousand alerts and the threshold curve as ``<stem>-<name>.png`` into *folder*; return the files.

    There is no threshold curve without a *tradeoff*, nor where neither camera hours nor faces are known.
    """
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {run_headline.NAME: run_headline.draw(found), run_thousand.NAME: run_thousand.draw(found, pictures)}
    curve = tradeoff and threshold_curve.draw(tradeoff, found)
    if curve:
        drawn[threshold_curve.NAME] = curve
    return [save_card(figure, folder / f"{stem}-{name}.png") for name, figure in drawn.items()]


__all__ = ["write_pictures"]
