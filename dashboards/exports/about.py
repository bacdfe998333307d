"""What goes with every export: what made the numbers, and what a reader has to know of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from model.outcomes.registry import MINIMUM_CELL
from scenarios.disclosure.rules import MARK, SMALL
from scenarios.statistics.overview import CHANCE, LARGEST_ERROR, LARGEST_ERROR_SD, UNKNOWN

if TYPE_CHECKING:
    from scenarios.runs.run import Ensemble

KINDS = ("csv", "csv_nl", "parquet", "excel", "report")
"""As what a comparison can be taken along from a page."""

Differs = tuple[str, Sequence[str]]
"""The title of a plan, and what it sets elsewhere than the base."""

GENERAL = (
    "The model says what follows from what under stated assumptions; it is not a forecast.",
    "Most effect sizes are assumptions (grade D in the ledger: veerkracht parameters --grade D).",
    f"mark '{MARK}': fewer than {MINIMUM_CELL} children or families, or it would give one away.",
)
"""What a reader of any numbers has to know."""

NOTES = (
    *GENERAL,
    f"mark '{SMALL}': such a number that was asked for (--all-cells); its people are made up.",
    f"'{CHANCE}': standard error over {LARGEST_ERROR:.0%} of the level or {LARGEST_ERROR_SD} SD.",
    f"mark_difference '{CHANCE}': the 95% interval holds 0; chance can explain the difference.",
    f"mark '{UNKNOWN}': one replicate does not tell how large chance is.",
    "low, high, p_sign and standard_error: chance only, at the parameters of the ledger.",
    "low_, high_ and p_sign_not_knowing: 95% of the effects over draws of the parameters.",
)
"""What a reader of a comparison has to know."""


def about(ensemble: Ensemble) -> dict[str, str]:
    """Return what made the numbers, as short texts by name."""
    told, settings = ensemble.about, ensemble.about["settings"]
    size = settings["families"]
    return {
        "base": ensemble.base,
        "scenarios": ", ".join(ensemble.scenarios),
        "families": "full size" if size is None else str(size),
        "years": str(settings["years"]),
        "seed": str(settings["seed"]),
        "replicates": str(len(ensemble.replicates)),
        "draws": str(settings["draws"]),
        "made by": str(told["made_by"]),
        "code digest": str(told["code_digest"]),
        "ensemble": told["ensemble"],
        "data digest": ensemble.digest,
        "ended": local_time(str(told["ended"])),
        "run again": f"veerkracht verify {ensemble.folder.name}",
    }


def local_time(moment: str) -> str:
    """Return a moment in ISO form as the clock here shows it, with its zone: '… 19:40 +01:00'.

    What is no moment stays as it is.
    """
    try:
        here = datetime.fromisoformat(moment).astimezone()
    except (ValueError, OverflowError):
        return moment
    return f"{here:%Y-%m-%d %H:%M} {here.isoformat()[-6:]}"
