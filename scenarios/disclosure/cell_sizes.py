"""How many children the cells of a stored ensemble rest on, over all its runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from model.outcomes.registry import Layer
from scenarios.disclosure.rules import CELL, SIZES
from scenarios.format import parquet
from scenarios.store.query import Stored

if TYPE_CHECKING:
    import pandas as pd

_KEYS = ["population", "school_year", "dimension", "group"]


def sizes_of(stored: Stored) -> pd.DataFrame:
    """Return the sizes (columns SIZES) of all cells, as `suppression.sizes` has them of a table.

    Parts are read one by one, so that memory does not grow with the ensemble. Raises StorageError
    when one cannot be read.
    """
    import pandas as pd

    columns = {
        (one["layer"], one["outcome"]): one["of"]
        for one in stored.layout.series
        if one["sized_as"] is None
    }
    frames = [_of_part(part.path, columns) for part in stored.parts]
    cells = pd.concat(frames).groupby(list(CELL), sort=False)
    whole = cells.agg({"least_seen": "min", "total": "sum", "seen": "sum"}).reset_index()
    n_runs = sum(len(part.runs) for part in stored.parts)
    whole["least"] = whole["least_seen"].where(whole["seen"] == n_runs, 0.0)
    return whole.loc[whole["seen"] > 0, list(SIZES)].reset_index(drop=True)


def _of_part(path: Path, columns: Mapping[tuple[Layer, str], str]) -> pd.DataFrame:
    """Return of each cell of a part the smallest size above 0, the sum, and in how many runs."""
    import pandas as pd

    rows = parquet.read(path, [*_KEYS, *columns.values()])
    keys = rows.select(_KEYS).to_pandas(categories=_KEYS)
    numbers = keys.groupby(_KEYS, sort=False, observed=True).ngroup().to_numpy()
    order = np.argsort(numbers, kind="stable")
    starts = np.flatnonzero(np.diff(numbers[order], prepend=-1))
    cells = keys.iloc[order[starts]].astype(str).reset_index(drop=True)
    frames = []
    for (layer, outcome), column in columns.items():
        sizes = np.nan_to_num(rows[column].cast(pa.float64()).to_numpy())[order]
        above = np.where(sizes > 0, sizes, np.inf)
        frame = cells.assign(
            layer=layer,
            outcome=outcome,
            least_seen=np.minimum.reduceat(above, starts),
            total=np.add.reduceat(sizes, starts),
            seen=np.add.reduceat((sizes > 0).astype(int), starts),
        )
        frames.append(frame[frame["seen"] > 0])
    found: pd.DataFrame = pd.concat(frames)[[*CELL, "least_seen", "total", "seen"]]
    return found
