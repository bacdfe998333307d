"""Attributions beside the run that they explain, so that a report finds them.

A file for each outcome and population: a second attribution stands beside the first. Files of
before, which held all outcomes of a pair of scenarios together, are still read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.aliases import current
from model.compiled import code_digest
from model.errors import StorageError
from model.whole import write_whole
from scenarios.attribution import DIRECT, PART_COLUMNS, WHOLE, Attribution

if TYPE_CHECKING:
    import pandas as pd

PREFIX, SUFFIX = "attribution-", ".json"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A stored attribution of one outcome: its parts, and what they were worked out with.

    `parts` has the columns `scenarios.attribution.PART_COLUMNS`; `settings` holds families (None
    for the full size), years, rng, replicates, method and last_years.
    """

    base: str
    alternative: str
    outcome: str
    population: str
    channels: tuple[str, ...]
    settings: Mapping[str, Any]
    parts: pd.DataFrame


def attribution_path(
    folder: Path, base: str, alternative: str, outcome: str, population: str
) -> Path:
    """Return where an attribution lies in a run folder."""
    return folder / f"{PREFIX}{base}-{alternative}-{outcome}-{population}{SUFFIX}"


def keep_attribution(found: Attribution, folder: str | Path) -> tuple[Path, ...]:
    """Write an attribution into the folder of a run, a file per outcome; return their paths.

    One of the same outcome and population is replaced. Raises StorageError when there is no such
    folder, or it cannot be written.
    """
    home = Path(folder).expanduser()
    if not home.is_dir():
        message = f"there is no folder {home}. Give the folder of a run (--run RUN)."
        raise StorageError(message)
    paths = []
    for outcome in found.outcomes:
        rows = found.parts[found.parts["outcome"] == outcome]
        about = {
            "program": "veerkracht",
            "kind": "attribution",
            "base": found.base,
            "alternative": found.alternative,
            "outcome": outcome,
            "population": found.population,
            "channels": list(found.channels),
            "settings": dict(found.settings),
            "code_digest": code_digest(),
            "parts": [[_plain(cell) for cell in row] for row in rows.itertuples(index=False)],
        }
        path = attribution_path(home, found.base, found.alternative, outcome, found.population)
        write_whole(path, (json.dumps(about, indent=1, ensure_ascii=False) + "\n").encode())
        paths.append(path)
    return tuple(paths)


def kept_attributions(folder: Path, base: str, alternative: str) -> list[Kept]:
    """Return the attributions of a pair of scenarios in a run folder, by outcome and population.

    Raises StorageError when a file is damaged.
    """
    start = f"{PREFIX}{base}-{alternative}"
    paths = [
        path
        for path in folder.iterdir()
        if path.suffix == SUFFIX and (path.stem == start or path.stem.startswith(f"{start}-"))
    ]
    found: dict[tuple[str, str], Kept] = {}
    # The file of before has no outcome in its name and comes first; a newer one goes over it.
    for one in (kept for path in sorted(paths, key=lambda one: one.stem) for kept in _read(path)):
        if (one.base, one.alternative) == (base, alternative):
            found[one.outcome, one.population] = one
    return [found[key] for key in sorted(found)]


def _read(path: Path) -> list[Kept]:
    """Return what a file holds: one outcome, or in a file of before all that were asked."""
    import pandas as pd

    try:
        about = json.loads(path.read_text("utf-8"))
        parts = pd.DataFrame(about["parts"], columns=list(PART_COLUMNS))
        numbers = list(PART_COLUMNS[2:])
        parts[numbers] = parts[numbers].astype(float)
        names = parts["channel"][~parts["channel"].isin((DIRECT, WHOLE))]
        return [
            Kept(
                base=about["base"],
                alternative=about["alternative"],
                outcome=current("outcome", str(outcome)),
                population=about["population"],
                channels=tuple(about.get("channels", dict.fromkeys(names))),
                settings=about["settings"],
                parts=rows.assign(outcome=current("outcome", str(outcome))),
            )
            for outcome, rows in parts.groupby("outcome", sort=False)
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path} is damaged ({error}). Remove it, and run `veerkracht attribute` again."
        raise StorageError(message) from None


def _plain(cell: Any) -> Any:  # noqa: ANN401 - a cell of a table
    """Return a cell as JSON has it; nothing for what is not a number."""
    import pandas as pd

    if isinstance(cell, str):
        return cell
    return None if pd.isna(cell) else float(cell)
