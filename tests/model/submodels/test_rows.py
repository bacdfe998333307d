"""A field of a row, a lever, a parameter or an outcome that does not exist is refused by mypy."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from mypy import api

from model.enums import Contract, Housing, Status
from model.outcomes.registry import AT, INDEX
from model.registry import BIT, BY_NAME, PARAMETER_DTYPE, ParameterRow
from model.state import (
    AdultRow,
    ChildRow,
    Column,
    FamilyRow,
    KeyPersonRow,
    PlaceRow,
    SchoolRow,
    columns,
    f4,
    row_dtype,
    u1,
    u2,
)

ROOT = Path(__file__).parents[3]

SNIPPET = """
import numpy as np
from model.registry import BIT, LeverRow
from model.outcomes.registry import AT
from model.registry import ParameterRow
from model.policy.timetable import Timetable
from model.kernel.rows import World, adult_row, child_row, family_row, lever_row, parameter_row

def right(w: World, plan: Timetable, lv: LeverRow, p: ParameterRow) -> np.uint64:
    family, child = family_row(w, 0), child_row(w, 0)
    family.trust += p.trust_slow + lv.pharos_reach
    family.trust += parameter_row(w, 0).trust_slow + lever_row(w, 0).pharos_reach
    child.gain_language -= plan.parameters_in(0).fade_rate + AT.trust
    return lv.active & BIT.pharos_reach

def wrong(w: World, plan: Timetable, lv: LeverRow, p: ParameterRow) -> None:
    family_row(w, 0).trsut
    adult_row(w, 0).contrct
    child_row(w, 0).stge
    p.trust_slwo
    parameter_row(w, 0).trust_slwo
    plan.parameters_in(0).trust_slwo
    lv.pharos_raech
    lever_row(w, 0).pharos_raech
    BIT.pharos_raech
    AT.trsut
    p.trust_slow = 0.5
"""


@pytest.mark.slow
def test_mypy_refuses_a_field_that_is_misspelt_and_a_parameter_that_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    snippet = tmp_path / "snippet.py"
    snippet.write_text(SNIPPET, "utf-8")

    told, _, _ = api.run(["--no-error-summary", str(snippet)])

    refused = [int(line) for line in re.findall(r"snippet\.py:(\d+): error", told)]
    lines = SNIPPET.splitlines()
    first = next(k for k, line in enumerate(lines, start=1) if line.startswith("def wrong"))
    assert refused == list(range(first + 1, len(lines) + 1)), told


def test_names_of_levers_and_outcomes_are_those_of_their_fields() -> None:
    assert BY_NAME["pharos_reach"].bit == BIT.pharos_reach
    assert INDEX["trust"] == AT.trust
    assert len(set(BY_NAME.values())) == len(BY_NAME)


def test_levers_are_numbered_in_order() -> None:
    assert [lever.number for lever in BY_NAME.values()] == list(range(1, len(BY_NAME) + 1))


def test_outcomes_of_contracts_and_homes_follow_their_enumerations() -> None:
    names = list(INDEX)

    at_contract, at_home = AT.contract_zero_hours, AT.housing_tied
    assert names[at_contract : at_contract + len(Contract)] == [
        f"contract_{one.name.lower()}" for one in Contract
    ]
    assert names[at_home : at_home + len(Housing)] == [
        f"housing_{one.name.lower()}" for one in Housing
    ]


def test_a_row_of_parameters_has_the_fields_that_its_class_declares() -> None:
    declared = {
        name for one in ParameterRow.__mro__ for name in vars(one).get("__annotations__", {})
    }

    assert set(PARAMETER_DTYPE.names or ()) == declared


def test_every_field_of_a_row_says_what_it_means() -> None:
    assert all(column.meaning.strip() for column in columns(FamilyRow).values())
    assert columns(FamilyRow)["status"] == Column("u1", f"enum {Status.__name__}")


def test_a_field_is_stored_as_it_is_annotated() -> None:
    class Right:
        trust: float = f4("0 to 1")
        months: int = u2("months")

    class Wrong:
        trust: float = u1("0 to 1")

    assert row_dtype(Right).names == ("trust", "months")
    with pytest.raises(TypeError, match=r"Wrong\.trust is annotated .* and stored as uint8"):
        row_dtype(Wrong)


ARRAYS_OF = {
    FamilyRow: ("families", "family"),
    AdultRow: ("adults", "adult"),
    ChildRow: ("children", "child"),
    SchoolRow: ("schools",),
    KeyPersonRow: ("key_persons",),
    PlaceRow: ("places",),
}


def misspelt(tree: ast.Module) -> tuple[int, list[str]]:
    """How often a column of an array is named by its text, and which of the names no row has."""
    row_of = {name: row for row, names in ARRAYS_OF.items() for name in names}
    n, wrong = 0, []
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            name = ast.unparse(node.value).rpartition(".")[2]
            field = node.slice.value
            if name in row_of and isinstance(field, str):
                n += 1
                wrong += [f"{name}[{field!r}]"] if field not in columns(row_of[name]) else []
    return n, wrong


def test_every_column_that_is_named_by_its_text_exists() -> None:
    found = [
        misspelt(ast.parse(path.read_text("utf-8")))
        for folder in ("model", "calibration")
        for path in (ROOT / folder).rglob("*.py")
    ]

    assert sum(n for n, _ in found) > 100
    assert [name for _, names in found for name in names] == []
    assert misspelt(ast.parse('state.families["trsut"] + children["stage"]')) == (
        2,
        ["families['trsut']"],
    )
