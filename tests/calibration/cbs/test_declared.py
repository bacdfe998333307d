"""The declared tables say what they give, and what they name is there."""

from __future__ import annotations

from calibration.cbs.declared import declared
from calibration.targets.figures import load_figures
from calibration.targets.reader import load_targets
from model.registry import BY_PARAMETER

FIRST = ("84780NED", "71308ned", "85384NED", "03742", "85369NED")


def test_the_most_wanted_tables_come_first() -> None:
    assert tuple(declared())[: len(FIRST)] == FIRST


def test_every_table_says_what_it_gives_and_how_well_it_is_known() -> None:
    for table in declared().values():
        assert table.gives
        assert table.title
        assert table.grade in {"B", "C"}
        assert table.dimensions or table.grade == "C"


def test_what_would_be_replaced_is_there() -> None:
    tables = declared().values()

    assert {name for table in tables for name in table.parameters} <= set(BY_PARAMETER)
    assert {name for table in tables for name in table.targets} <= set(load_targets())
    assert {name for table in tables for name in table.figures} <= set(load_figures())
