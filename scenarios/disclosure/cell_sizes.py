"""How many children the cells of a stored ensemble rest on, over all its runs, by DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.disclosure.rules import CELL, SIZES
from scenarios.format import parquet
from scenarios.store.query import Stored, connect, name

if TYPE_CHECKING:
    import pandas as pd

_KEYS = ("population", "school_year", "dimension", "group")


def sizes_of(stored: Stored) -> pd.DataFrame:
    """Return the sizes (columns SIZES) of all cells, as `suppression.sizes` has them of a table.

    Parts are read one by one, so that memory does not grow with the ensemble. Raises StorageError
    when one cannot be read.
    """
    import pandas as pd

    columns = {
        f"{one['layer']}/{one['outcome']}": one["of"]
        for one in stored.layout.series
        if one["sized_as"] is None
    }
    query = _over_runs(columns)
    frames = []
    for part in stored.parts:
        rows = parquet.read(part.path, [*_KEYS, *columns.values()])
        with connect() as connection:
            connection.register("cells", rows)
            frames.append(_long(connection.execute(query).df(), columns))
    cells = pd.concat(frames).groupby(list(CELL), sort=False)
    whole = cells.agg({"least_seen": "min", "total": "sum", "seen": "sum"}).reset_index()
    n_runs = sum(len(part.runs) for part in stored.parts)
    whole["least"] = whole["least_seen"].where(whole["seen"] == n_runs, 0.0)
    return whole.loc[whole["seen"] > 0, list(SIZES)].reset_index(drop=True)


def _over_runs(columns: dict[str, str]) -> str:
    """Return a query for smallest size above 0, sum, and number of runs in which it is above 0."""
    wanted = ", ".join(
        f"""min({name(of)}) FILTER ({name(of)} > 0)::DOUBLE AS {name(f"{key}/least_seen")},
            coalesce(sum({name(of)}), 0)::DOUBLE AS {name(f"{key}/total")},
            count_if({name(of)} > 0) AS {name(f"{key}/seen")} """
        for key, of in columns.items()
    )
    return f"""
        SELECT population, school_year, dimension, "group", {wanted}
        FROM cells GROUP BY ALL ORDER BY ALL
    """  # noqa: S608 - names of columns are quoted


def _long(wide: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    import pandas as pd

    frames = []
    for key in columns:
        layer, outcome = key.split("/")
        renamed = {f"{key}/{what}": what for what in ("least_seen", "total", "seen")}
        frame = wide[[*_KEYS, *renamed]].rename(columns=renamed)
        frames.append(frame.assign(layer=layer, outcome=outcome))
    return pd.concat(frames)[[*CELL, "least_seen", "total", "seen"]]
