"""Whom a scenario reaches: marks, neighbours, and why a lever reached nobody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboards.cli import main
from model.enums import FamilyType, Municipality
from model.outcomes.registry import COLUMNS
from model.policy.scenario import FROZEN_2023, LeverChange, ParameterChange, Scenario, Target
from model.registry import BY_NAME
from scenarios import load
from scenarios.pairs.reach import (
    CHILDREN,
    DIFFERENT,
    FAMILIES,
    SUPPORTED,
    THROUGH_OTHERS,
    Exposure,
    exposure,
    unreached,
)
from scenarios.pairs.why_not_reached import Reason


def moved(**levers: float) -> Scenario:
    """Return a scenario that moves some levers from the first month on."""
    changes = tuple(LeverChange(lever=name, value=value) for name, value in levers.items())
    return Scenario(id="moved", levers=changes)


def small(base: Scenario, alternative: Scenario) -> Exposure:
    """Return the exposure of 600 families over four years."""
    return exposure(base, alternative, families=600, years=4, rng=1)


def shares(found: Exposure, outcome: str, group: str = "all") -> pd.Series:
    """Return the yearly shares of an outcome, both populations together."""
    rows = found.table[(found.table["outcome"] == outcome) & (found.table["group"] == group)]
    sums = rows.groupby("school_year")[["numerator", "denominator"]].sum()
    return sums["numerator"] / sums["denominator"]


def test_a_scenario_against_itself_reaches_nobody() -> None:
    found = small(load("s01_reference"), load("s01_reference"))

    assert found.moved == ()
    assert shares(found, FAMILIES).max() == 0.0
    assert shares(found, DIFFERENT).max() == 0.0


def test_the_table_is_tidy() -> None:
    found = small(FROZEN_2023, moved(care_access_level=0.9))

    assert tuple(found.table.columns) == COLUMNS
    assert found.table["value"].between(0.0, 1.0).all()
    assert set(found.table.loc[found.table["dimension"] == "lever", "group"]) == {
        "care_access_level"
    }


def test_key_persons_reach_some_directly_and_others_through_them() -> None:
    found = small(FROZEN_2023, moved(key_persons_per_1000=20.0))

    direct, through = shares(found, FAMILIES), shares(found, THROUGH_OTHERS)

    assert 0.0 < direct.iloc[0] < 0.9
    assert through.iloc[0] > 0.0
    assert (shares(found, DIFFERENT) >= through).all()


def test_a_lever_that_is_turned_down_counts_who_was_reached_before() -> None:
    down = small(moved(taalschatten_reach=0.6), FROZEN_2023)
    up = small(FROZEN_2023, moved(taalschatten_reach=0.6))

    name = "taalschatten_reach"
    assert np.allclose(shares(down, CHILDREN, name), shares(up, CHILDREN, name))
    assert shares(up, CHILDREN, name).max() > 0.0


def test_a_measure_for_one_municipality_is_not_marked_elsewhere() -> None:
    there = Target(municipalities=(Municipality.HELMOND,))
    base = Scenario(
        id="base", levers=(LeverChange(lever="care_access_level", value=0.9, target=there),)
    )
    more = LeverChange(lever="pharos_reach", value=0.9)
    alternative = Scenario(id="more", levers=(*base.levers, more))

    assert small(base, alternative).moved == ("pharos_reach",)


def test_children_born_here_get_no_newcomer_money() -> None:
    found = small(load("s01_reference"), load("s14_newcomer"))

    assert shares(found, SUPPORTED, "netherlands").max() == 0.0
    assert shares(found, SUPPORTED, "abroad").max() > 0.0
    assert found.newcomers is not None
    assert found.newcomers.born_here == 0 < found.newcomers.of_born_here
    assert found.newcomers.elsewhere > 0


@pytest.mark.parametrize(
    ("levers", "name", "why"),
    [
        ({"bandwidth_extra_max": 0.5}, "bandwidth_extra_max", "needs"),
        ({"extra_education_target": 0.0}, "extra_education_target", "needs"),
        ({"knowledge_sharing_rate": 0.4}, "knowledge_sharing_rate", "of_places"),
        ({"reform_start": BY_NAME["reform_start"].low}, "reform_start", "only_a_month"),
        ({"care_access_level": 0.5}, "care_access_level", "same"),
    ],
)
def test_a_lever_that_reached_nobody_says_why(
    levers: dict[str, float], name: str, why: str
) -> None:
    found = small(FROZEN_2023, moved(**levers))

    assert found.unreached[name].kind == why


@pytest.mark.parametrize(
    ("name", "value", "whom"),
    [
        ("newcomer_months_vo", 36.0, "new_in_secondary"),
        ("housing_grace_weeks", 13.0, "tied_home"),
    ],
)
def test_nobody_concerned_is_named_from_the_state(name: str, value: float, whom: str) -> None:
    found = exposure(FROZEN_2023, moved(**{name: value}), families=4, years=1, rng=1)

    assert found.unreached[name] == Reason(kind="nobody", whom=whom)


def test_no_preschool_place_left_is_a_reason() -> None:
    few = ParameterChange(parameter="early_years.ve_places_ratio", value=0.2)
    base = Scenario(id="base", parameters=(few,))
    nowhere = replace(base, id="nowhere", levers=(LeverChange(lever="ve_hours_total", value=900),))

    why = exposure(base, nowhere, families=20, years=2, rng=1).unreached["ve_hours_total"]

    assert why.kind == "no_place"
    assert why.n > 0


def test_an_empty_target_group_is_a_reason() -> None:
    nobody = Target(family_types=(FamilyType.RECENT,), years_in_nl=(90.0, 99.0))
    change = LeverChange(lever="care_access_level", value=0.9, target=nobody)

    found = small(FROZEN_2023, Scenario(id="nobody", levers=(change,)))

    assert found.unreached == {"care_access_level": Reason(kind="no_target")}


def test_which_levers_reach_nobody_is_what_the_whole_exposure_says() -> None:
    nobody = Target(municipalities=(Municipality.WESTLAND,), years_in_nl=(90, 99))
    moved = Scenario(
        id="x",
        levers=(
            LeverChange(lever="info_point_coverage", value=1.0),
            LeverChange(lever="course_hours", value=300.0, target=nobody),
            LeverChange(lever="knowledge_sharing_rate", value=0.4),
        ),
    )
    found = unreached(FROZEN_2023, moved, families=200, years=2, seed=1)
    whole = exposure(FROZEN_2023, moved, families=200, years=2, rng=1)

    assert found == {"course_hours"}
    assert found == set(whole.unreached) - {"knowledge_sharing_rate"}


def test_the_command_prints_and_saves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(tmp_path / "reach.csv")
    asked = ["s01_reference", "s18_permanence", "--families", "300", "--years", "3"]

    assert main(["reach", *asked, "--quiet", "--out", file]) == 0
    shown = capsys.readouterr().out

    assert "Policy expects families to stay" in shown
    assert "another life" in shown
    assert tuple(pd.read_csv(file).columns) == COLUMNS
