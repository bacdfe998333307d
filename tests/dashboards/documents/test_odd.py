"""The description in the form of the field is current and complete, and its bounds hold."""

from __future__ import annotations

import re

import numpy as np
import pytest

from dashboards.documents.odd import page as odd
from dashboards.documents.odd.processes import asked
from dashboards.documents.odd.rules import rules
from dashboards.documents.odd.variables import ROWS, bounds
from model import FamilyModel
from model.enums import Status
from model.kernel.random_numbers import Block
from model.outcomes.registry import BY_OUTCOME
from model.registry import BY_PARAMETER, LEVERS
from model.run.schedule import MONTH
from model.run.settings import YEARS_MAX
from model.state import columns

ARRAYS = {
    "family": "families",
    "adult": "adults",
    "child": "children",
    "school": "schools",
    "key person": "key_persons",
    "municipality": "places",
}
ELEMENTS = (
    "1. Purpose and patterns",
    "2. Entities, state variables and scales",
    "3. Process overview and scheduling",
    "4. Design concepts",
    "5. Initialisation",
    "6. Input data",
    "7. Submodels",
)
CONCEPTS = (
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction",
    "Sensing", "Interaction", "Stochasticity", "Collectives", "Observation",
)  # fmt: skip


def test_the_page_is_current() -> None:
    assert odd.PAGE.read_text("utf-8") == odd.page(), "run: python -m dashboards.documents"


def test_it_has_the_seven_elements_and_the_eleven_concepts_in_order() -> None:
    text = odd.page()

    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == list(ELEMENTS)
    named = re.findall(r"^\*\*(\d+)\. ([^.]+)\.\*\*", text, re.MULTILINE)
    assert named == [(str(k), name) for k, name in enumerate(CONCEPTS, 1)]


def test_every_place_for_a_table_is_filled_and_every_table_has_a_place() -> None:
    places = re.findall(r"^\[\[(\w+)\]\]$", odd.TEXT.read_text("utf-8"), re.MULTILINE)

    assert sorted(places) == sorted(odd.TABLES)
    assert "[[" not in odd.page()


def test_nothing_is_left_out() -> None:
    text = odd.page()
    named = [
        *(f"| `{field}` |" for row in ROWS.values() for field in columns(row)),
        *(f"| `{name}` |" for name in (*BY_PARAMETER, *BY_OUTCOME)),
        *(f"| `{lever.name}` |" for lever in LEVERS),
        *(f"`{step.function}` |" for step in MONTH),
        *(f'<a id="rule-{rule.name}"></a>' for rule in rules()),
    ]

    assert [name for name in named if name not in text] == []
    assert f"up to {YEARS_MAX} years" in text


def test_every_draw_that_is_asked_for_is_of_a_known_block() -> None:
    found = {one.block for one in asked()}

    assert found <= {block.name for block in Block}
    assert {"WORK", "ADVICE", "NETWORK", "POPULATION_PAST", "PARAMETERS"} <= found


def test_schedule_has_the_order_of_the_code() -> None:
    called = re.findall(r"^\| \d+\. `([\w.]+)`", odd.page(), re.MULTILINE)

    assert called[:3] == ["Engine.open", "open_month", "Engine.live"]
    assert called[-2:] == ["Engine.close", "close_year"]
    assert [name for name in called if name in {step.function for step in MONTH}] == [
        step.function for step in MONTH
    ]


@pytest.fixture(scope="module")
def lived() -> list[dict[str, np.ndarray]]:
    """Give the arrays of a run at the end of each of some months."""
    run = FamilyModel(families=120, years=5, rng=4)
    found = []
    for _ in range(5):
        for _ in range(12):
            run.step()
        found.append({name: getattr(run.state, array).copy() for name, array in ARRAYS.items()})
    return found


def test_what_lives_keeps_to_the_bounds_that_are_told(
    lived: list[dict[str, np.ndarray]],
) -> None:
    broken = []
    for arrays in lived:
        here = arrays["family"]["status"] != Status.AWAITED
        for entity, row in ROWS.items():
            for field, column in columns(row).items():
                low, high, _ = bounds(field, column)
                values = arrays[entity][field]
                values = values[here] if entity == "family" else values
                values = values[np.isfinite(values)] if values.dtype.kind == "f" else values
                if values.size and not (values.min() >= low and values.max() <= high + 1e-6):
                    broken.append(f"{entity}.{field}: {values.min()} to {values.max()}")
    assert broken == []
