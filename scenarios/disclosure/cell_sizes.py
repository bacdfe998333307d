"""How many children the cells of a stored ensemble rest on, over all its runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from scenarios.disclosure.rules import SIZES
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

    series = [one for one in stored.layout.series if one["sized_as"] is None]
    found = _Sizes(n=len(series))
    for part in stored.parts:
        found.add(part.path, [one["of"] for one in series])
    n_runs = sum(len(part.runs) for part in stored.parts)
    which, cells = np.nonzero(found.seen.T)
    keys = pd.DataFrame(list(found.cells), columns=_KEYS).take(cells)
    names = pd.DataFrame({name: [one[name] for one in series] for name in ("layer", "outcome")})
    least_seen = found.least_seen[cells, which]
    whole = pd.concat(
        [keys.reset_index(drop=True), names.take(which).reset_index(drop=True)], axis=1
    )
    whole = whole.assign(
        least=np.where(found.seen[cells, which] == n_runs, least_seen, 0.0),
        least_seen=least_seen,
        total=found.total[cells, which],
    )
    return whole[list(SIZES)]


@dataclass
class _Sizes:
    """Of each cell (rows) and series (`n` columns) what was found in the parts so far.

    The smallest size above 0, the sum, and in how many runs there was anybody.
    """

    n: int
    cells: dict[tuple[str, ...], int] = field(default_factory=dict)
    least_seen: np.ndarray = field(init=False)
    total: np.ndarray = field(init=False)
    seen: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.least_seen = np.empty((0, self.n))
        self.total = np.empty((0, self.n))
        self.seen = np.empty((0, self.n), np.int64)

    def add(self, path: Path, columns: Sequence[str]) -> None:
        """Read a part. Raises StorageError when that cannot be done."""
        rows = parquet.read(path, [*_KEYS, *dict.fromkeys(columns)])
        keys = rows.select(_KEYS).to_pandas(categories=_KEYS)
        numbers = keys.groupby(_KEYS, sort=False, observed=True).ngroup().to_numpy()
        order = np.argsort(numbers, kind="stable")
        starts = np.flatnonzero(np.diff(numbers[order], prepend=-1))
        cells = keys.iloc[order[starts]].astype(str).itertuples(index=False, name=None)
        at = np.array([self.cells.setdefault(one, len(self.cells)) for one in cells])
        new = ((0, len(self.cells) - len(self.seen)), (0, 0))
        self.least_seen = np.pad(self.least_seen, new, constant_values=np.inf)
        self.total, self.seen = np.pad(self.total, new), np.pad(self.seen, new)
        for k, column in enumerate(columns):
            sizes = np.nan_to_num(rows[column].cast(pa.float64()).to_numpy())[order]
            least = np.minimum.reduceat(np.where(sizes > 0, sizes, np.inf), starts)
            self.least_seen[at, k] = np.minimum(self.least_seen[at, k], least)
            self.total[at, k] += np.add.reduceat(sizes, starts)
            self.seen[at, k] += np.add.reduceat((sizes > 0).astype(np.int64), starts)
