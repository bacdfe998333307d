"""How many children the cells of a stored ensemble rest on, over all its runs, by DuckDB."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from model.outcomes import SERIES
from scenarios.parts import Part, column
from scenarios.results import connect
from scenarios.small_cells import CELL, SIZED_AS, SIZES

if TYPE_CHECKING:
    import pandas as pd

_RUN = "scenario, draw, replicate, school_year, population"


def sizes_of(parts: Sequence[Part]) -> pd.DataFrame:
    """Return the sizes (columns SIZES) of all cells, as `suppression.sizes` has them of a table."""
    columns = _numbers()
    files = [str(part.path) for part in parts]
    with connect() as connection:
        connection.execute(
            f"""
            CREATE TEMP VIEW cells AS
            SELECT {_RUN}, dimension, "group",
                   {", ".join(f'{expression} AS "{name}"' for name, expression in columns.items())}
            FROM read_parquet([{", ".join(f"'{_quoted(one)}'" for one in files)}])
            """  # noqa: S608 - names of our own; file names are quoted
        )
        n_runs = connection.execute(
            "SELECT count(*) FROM (SELECT DISTINCT scenario, draw, replicate FROM cells)"
        ).fetchone()
        whole = _long(connection.execute(_over_runs(columns)).df(), columns)
    total = 0 if n_runs is None else n_runs[0]
    whole["least"] = whole["least_seen"].where(whole["seen"] == total, 0.0)
    return whole.loc[whole["seen"] > 0, list(SIZES)].reset_index(drop=True)


def _numbers() -> dict[str, str]:
    """Return the name of each number ('layer/outcome') and how a row has it; 0 for nobody."""
    return {
        f"{layer}/{outcome}": f'coalesce("{column(outcome, layer, "of")}", 0)::DOUBLE'
        for outcome, layer in SERIES
        if outcome not in SIZED_AS
    }


def _over_runs(columns: dict[str, str]) -> str:
    """Return a query for smallest size above 0, sum, and number of runs in which it is above 0."""
    wanted = ", ".join(
        f"""min("{name}") FILTER ("{name}" > 0) AS "{name}/least_seen",
            sum("{name}") AS "{name}/total", count_if("{name}" > 0) AS "{name}/seen" """
        for name in columns
    )
    return f"""
        SELECT population, school_year, dimension, "group", {wanted}
        FROM cells GROUP BY ALL ORDER BY ALL
    """  # noqa: S608 - names of our own


def _long(wide: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    import pandas as pd

    keys = ["population", "school_year", "dimension", "group"]
    frames = []
    for name in columns:
        layer, outcome = name.split("/")
        renamed = {f"{name}/{what}": what for what in ("least_seen", "total", "seen")}
        frame = wide[[*keys, *renamed]].rename(columns=renamed)
        frames.append(frame.assign(layer=layer, outcome=outcome))
    return pd.concat(frames)[[*CELL, "least_seen", "total", "seen"]]


def _quoted(path: str) -> str:
    return path.replace("'", "''")
