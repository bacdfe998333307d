"""Between which values the numbers of the world may lie: as a table, and as SALib wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

from calibration.priors.meanings import meanings
from model.aliases import current
from model.errors import InputError, nearest
from model.evidence.ledger import Parameter
from model.registry import BY_PARAMETER

if TYPE_CHECKING:
    import pandas as pd

Of = Literal["prior", "limits"]


class Problem(TypedDict):
    """A problem of SALib: as many numbers, their names, and the ends of each."""

    num_vars: int
    names: list[str]
    bounds: list[list[float]]


def bounds(*names: str, of: Of = "prior") -> pd.DataFrame:
    """Return the free numbers of the world by dotted name, with value, range and meaning.

    `names` are dotted names, or submodels such as "school"; without any, all are there. The ends
    `low` and `high` are the 5% and 95% points of the prior, or the hard limits. Other columns: the
    `law` of the prior, `unit`, `grade` and `meaning`. Raises InputError for a name that is not
    there and a number that is fixed.
    """
    import pandas as pd

    told = meanings()
    rows = [
        {
            "name": row.name,
            "value": row.value,
            **dict(zip(("low", "high"), _ends(row, of), strict=True)),
            "law": row.prior.law,
            "unit": row.unit,
            "grade": row.grade,
            "meaning": told[row.name],
        }
        for row in _chosen(names)
    ]
    return pd.DataFrame(rows).set_index("name")


def problem(*names: str, of: Of = "prior") -> Problem:
    """Return the same as a problem of SALib; the names are those that `parameters=` takes.

    Raises InputError as `bounds` does.
    """
    rows = _chosen(names)
    return {
        "num_vars": len(rows),
        "names": [row.name for row in rows],
        "bounds": [list(_ends(row, of)) for row in rows],
    }


def _ends(row: Parameter, of: Of) -> tuple[float, float]:
    if of == "prior":
        return row.likely
    if of == "limits":
        return row.low, row.high
    message = f"of = {of!r} is not possible; choose 'prior' or 'limits'."
    raise InputError(message)


def _chosen(names: tuple[str, ...]) -> list[Parameter]:
    free = [row for row in BY_PARAMETER.values() if row.is_free]
    if not names:
        return free
    found: dict[str, Parameter] = {}
    for asked in names:
        name = current("parameter", asked)
        mine = [row for row in free if name in {row.name, row.name.split(".")[0]}]
        if not mine and name in BY_PARAMETER:
            message = f"{name} is fixed at {BY_PARAMETER[name].value:g}: it has no bounds."
            raise InputError(message)
        if not mine:
            known = [*BY_PARAMETER, *{one.split(".")[0] for one in BY_PARAMETER}]
            message = f"there is no parameter '{asked}'.{nearest(asked, known)}"
            raise InputError(message)
        found |= {row.name: row for row in mine}
    return list(found.values())
