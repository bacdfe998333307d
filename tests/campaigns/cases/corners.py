"""Corners of the limits: parameters and levers at their ends, many at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from model import FamilyModel
from model.errors import InputError
from model.policy.scenario import LeverChange, Scenario
from model.registry import BY_PARAMETER, DERIVED, LEVERS
from tests.campaigns.campaign import Campaign, Case, Luck, Result, last_line
from tests.model.test_invariants import check

FAMILIES, YEARS = 60, 6
SHARE_AT_AN_END = 0.3


def _prepare(_: Path) -> Case:
    return _case


def _case(number: int, luck: Luck, _: Path) -> Result:
    names = [name for name in BY_PARAMETER if name not in DERIVED]
    at_end = {
        name: BY_PARAMETER[name].high if luck.random() < 0.5 else BY_PARAMETER[name].low
        for name in names
        if luck.random() < SHARE_AT_AN_END
    }
    levers = [
        LeverChange(lever=one.name, value=one.high if luck.random() < 0.5 else one.low)
        for one in LEVERS
        if luck.random() < 0.5
    ]
    scenario = Scenario(id="corner", levers=tuple(levers))
    what = f"{len(at_end)} parameters and {len(levers)} levers at an end"
    try:
        return Result(number, what, "bounded", _lived(number, scenario, at_end))
    except InputError as refused:
        return Result(number, what, "refused", "" if str(refused) else "refused without a word")
    except Exception as error:  # noqa: BLE001 - any other end is what is looked for
        return Result(number, what, "bounded", f"traceback: {last_line(error)}")


def _lived(seed: int, scenario: Scenario, parameters: dict[str, float]) -> str:
    model = FamilyModel(
        families=FAMILIES, rng=seed, years=YEARS, scenario=scenario, parameters=parameters
    )
    hours_max = parameters.get("work.hours_week_max", BY_PARAMETER["work.hours_week_max"].value)
    try:
        for month in range(YEARS * 12):
            before = model.state.copy()
            model.step()
            check(before, model.state, month, hours_max)
    except AssertionError as broken:
        return f"month {model.month}: {str(broken).splitlines()[0] if str(broken) else 'a bound'}"
    table = model.outcomes()
    if not np.isfinite(table["value"]).all():
        return "an outcome is no number"
    shares = table[table["outcome"].str.endswith("_share")]
    inside = shares["value"].between(-1e-9, 1 + 1e-9)
    return "" if inside.all() else f"a share outside 0 to 1: {shares[~inside].iloc[0].to_dict()}"


CAMPAIGN = Campaign(
    "corners",
    "corners of the limits: bounds of every state hold, counts add up, nothing crashes",
    500,
    2,
    _prepare,
)
