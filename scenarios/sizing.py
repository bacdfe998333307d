"""How many children the cells of a stored ensemble rest on, over all its runs, by DuckDB."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from scenarios.living import SERIES
from scenarios.parts import Part, column
from scenarios.results import connect
from scenarios.small_cells import CELL, REST, SIZED_AS, SIZES, WHOLES

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
        seen = connection.execute(_over_runs("cells", columns, '"group"')).df()
        rest = connection.execute(_over_runs(f"({_rests(columns)})", columns, f"'{REST}'")).df()
    whole = pd.concat([_long(seen, columns), _long(rest, columns)])
    total = 0 if n_runs is None else n_runs[0]
    whole["least"] = whole["least_seen"].where(whole["seen"] == total, 0.0)
    return whole.loc[whole["seen"] > 0, list(SIZES)].reset_index(drop=True)


def _numbers() -> dict[str, str]:
    """Return the name of each number ('layer/outcome') and how a row has it; 0 for nobody."""

    def of(outcome: str, layer: str) -> str:
        return f'coalesce("{column(outcome, layer, "of")}", 0)::DOUBLE'

    found = {
        f"{layer}/{outcome}": of(outcome, layer)
        for outcome, layer in SERIES
        if outcome not in SIZED_AS
    }
    for whole, levels in WHOLES.items():
        for layer in ("true", "registered"):
            known = [name for name in levels if (name, layer) in SERIES]
            if (whole, layer) in SERIES and known:
                rest = " - ".join(of(name, layer) for name in (whole, *known))
                found[f"{layer}/{whole} {REST}"] = rest
    return found


def _rests(columns: dict[str, str]) -> str:
    """Return a query for what the groups of each dimension leave out of everybody, per run.

    A dimension that says nothing of an outcome (nobody in any group) leaves nothing out.
    """
    kept = [name for name in columns if not name.endswith(REST)]
    left = ", ".join(
        f'CASE WHEN parts."{name}" > 0 THEN everybody."{name}" - parts."{name}" ELSE 0 END'
        f' AS "{name}"'
        for name in kept
    )
    none = "".join(f', 0.0 AS "{name}"' for name in columns if name not in kept)
    added = ", ".join(f'sum("{name}") AS "{name}"' for name in kept)
    return f"""
        SELECT parts.scenario, parts.school_year, parts.population, parts.dimension, {left}{none}
        FROM (SELECT {_RUN}, dimension, {added} FROM cells
              WHERE dimension <> 'all' GROUP BY ALL) AS parts
        JOIN (SELECT * FROM cells WHERE dimension = 'all') AS everybody
        USING (scenario, draw, replicate, school_year, population)
    """  # noqa: S608 - names of our own


def _over_runs(source: str, columns: dict[str, str], group: str) -> str:
    """Return a query for smallest size above 0, sum, and number of runs in which it is above 0."""
    wanted = ", ".join(
        f"""min("{name}") FILTER ("{name}" > 0) AS "{name}/least_seen",
            sum("{name}") AS "{name}/total", count_if("{name}" > 0) AS "{name}/seen" """
        for name in columns
    )
    return f"""
        SELECT population, school_year, dimension, {group} AS "group", {wanted}
        FROM {source} GROUP BY ALL ORDER BY ALL
    """  # noqa: S608 - names of our own


def _long(wide: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
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
