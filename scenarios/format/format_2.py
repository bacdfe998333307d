"""Run folders of format 2 (until November 2026), read for good.

They did not say themselves what they held: units and moments stand here as they were, and what
was observed is read from the columns of their parts. The layer `actual` was called `true`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from model.aliases import current
from scenarios.format import parquet
from scenarios.format.damage import DamagedError
from scenarios.format.parts import number_of
from scenarios.format.sealed import checked

FORMAT = 2
TABLE = "outcomes"

_UNITS: dict[tuple[str, str], str] = {
    ("child", "share per year"): "vsv_vo_expected vsv_vo_counted vsv_mbo_expected vsv_mbo_counted"
    " vsv_mbo1_expected vsv_mbo2_expected vsv_mbo3_expected vsv_mbo4_expected vsv_adult_share",
    ("family", "share of families"): "contract_zero_hours contract_bandwidth contract_agency_a"
    " contract_agency_b contract_fixed contract_permanent contract_self_employed contract_none"
    " housing_tied housing_private_shared housing_private_own_lease housing_social housing_owner"
    " crowded_share registered_share unemployed_share",
    ("family", "coefficient of variation"): "hours_cv",
    ("family", "index 0 to 1"): "roster_predictability knowledge trust parent_dutch"
    " settlement_intention care_access",
    ("family", "EUR per month"): "income_eur_month",
    ("family", "moves per family and year"): "forced_moves voluntary_moves",
    ("family", "share of families per year"): "departures",
    ("count", "families"): "n_families",
    ("child", "share of children"): "poor_share ve_take_up not_enrolled",
    ("child", "SD"): "language_at_4 language_at_12 learning_at_12",
    ("child", "days per year"): "absent_days",
    ("child", "hours per week"): "home_alone_hours",
    ("child", "index 0 to 1"): "belonging",
    ("child", "changes per child and year"): "school_changes",
    ("child", "hours"): "ve_hours",
    ("child", "share of advices"): "advice_havo_vwo advice_pro_vmbo_b advice_vmbo_k"
    " advice_vmbo_gt",
    ("count", "children"): "n_children",
    ("count", "pupils"): "n_vo",
    ("count", "students"): "n_mbo",
}  # fmt: skip
"""Outcomes by what they were counted of and their unit."""

_UNIT_OF = {name: kind for kind, names in _UNITS.items() for name in names.split()}
_SIZED_AS = {"vsv_adult_share": "vsv_vo_expected"}


class _About(TypedDict):
    finished: bool
    started: str
    scenarios: list[dict[str, Any]]
    settings: dict[str, Any]
    seeds: dict[str, int]
    parameters: dict[str, float]
    made_by: str
    code_digest: str
    versions: dict[str, str]
    python: str
    draws_sha256: NotRequired[str]
    ended: NotRequired[str]
    parts: NotRequired[dict[str, str]]
    data_digest: NotRequired[str]


def translated(record: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return a record of format 2 as one of today, with what its parts say of their columns.

    Its levers were not kept, nor units of its parameters. Raises StorageError when the record or
    its first part cannot be read.
    """
    about = checked(_About, record, folder / "run.json")
    return {
        **about,
        "program": record["program"],
        "format": FORMAT,
        "levers": [],
        "parameters": [
            {"name": name, "unit": "", "value": value}
            for name, value in about["parameters"].items()
        ],
        "ensemble": "",
        **_layout(folder / TABLE),
    }


def _layout(table: Path) -> dict[str, Any]:
    """Return what the parts hold, by the first of them; nothing when there is none yet."""
    parts = [path for path in table.glob("part-*.parquet") if number_of(path) is not None]
    first = min(parts, default=None)
    if first is None:
        return {"series": [], "populations": [], "groups": [], "school_years": []}
    columns = parquet.footer(first).columns
    names = [name.removesuffix(".sum") for name in columns if name.endswith(".sum")]
    keys = ("school_year", "population", "dimension", "group", "place")
    if not {*keys, *(f"{name}.of" for name in names)} <= set(columns):
        raise DamagedError(first, "it lacks columns that say what its rows are of")
    rows = parquet.read(first, keys).to_pydict()
    groups = dict(
        zip(rows["place"], zip(rows["dimension"], rows["group"], strict=True), strict=True)
    )
    return {
        "series": [_series(name) for name in names],
        "school_years": sorted(set(rows["school_year"])),
        "populations": list(dict.fromkeys(rows["population"])),
        "groups": [list(groups[place]) for place in sorted(groups)],
    }


def _series(name: str) -> dict[str, Any]:
    outcome, _, layer = name.rpartition(".")
    level, unit = _UNIT_OF.get(outcome, ("child", ""))
    return {
        "outcome": outcome,
        "layer": current("layer", layer),
        "unit": unit,
        "level": level,
        "moment": "october" if outcome.startswith("vsv_") else "july",
        "sized_as": _SIZED_AS.get(outcome),
        "total": f"{name}.sum",
        "of": f"{name}.of",
    }
