"""The JSON schema of scenario files, for completion in editors."""

import json
import tomllib
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from model.levers import LEVERS
from model.parameters import BY_PARAMETER
from scenarios import load, names
from scenarios.files import LIBRARY
from scenarios.schema import schema, schema_text
from scenarios.write import scenario_text

VALIDATOR = Draft202012Validator(schema())
HEAD: dict[str, Any] = {"id": "mine", "title": {"nl": "Mijn proef"}}


def test_the_schema_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(schema())


def test_the_shipped_schema_is_current() -> None:
    shipped = (LIBRARY / "schema.json").read_text("utf-8")

    assert shipped == schema_text(), "Run: veerkracht schema > scenarios/library/schema.json"


@pytest.mark.parametrize("name", names())
def test_every_shipped_scenario_fits_the_schema(name: str) -> None:
    VALIDATOR.validate(tomllib.loads((LIBRARY / f"{name}.toml").read_text("utf-8")))


@pytest.mark.parametrize("name", names())
def test_every_new_file_fits_the_schema(name: str) -> None:
    VALIDATOR.validate(tomllib.loads(scenario_text("mine", load(name), name, {})))


def test_the_schema_names_every_lever_and_parameter_with_its_range() -> None:
    properties = json.loads(schema_text())["properties"]

    assert list(properties["levers"]["properties"]) == [lever.name for lever in LEVERS]
    assert set(BY_PARAMETER) <= set(properties["parameters"]["properties"])
    hours = properties["levers"]["properties"]["course_hours"]
    assert hours["anyOf"][0] == {"type": "integer", "minimum": 30, "maximum": 600}
    assert "hours per participant" in hours["description"]


@pytest.mark.parametrize(
    "mistake",
    [
        {"levers": {"course_hour": 50}},
        {"levers": {"course_hours": 5}},
        {"levers": {"course_hours": "50"}},
        {"levers": {"course_hours": {"value": 50, "strat": "2025-01"}}},
        {"levers": {"course_hours": {"start": "2025-01"}}},
        {"levers": {"course_hours": {"value": 50, "start": "2025-13"}}},
        {"levers": {"course_hours": {"value": 50, "for": {"origin": ["poland"]}}}},
        {"levers": {"course_hours": {"value": 50, "for": {"municipalities": ["helmont"]}}}},
        {"levers": {"course_hours": {"value": 50, "for": {}}}},
        {"levers": {"zero_hours_abolished": 1}},
        {"levers": {"zero_hours_abolished": {"value": True, "ramp_months": 3}}},
        {"levers": {"extra_education_target": "some"}},
        {"parameters": {"work.labour_index": 3}},
        {"status": "X"},
        {"recommendations": [12]},
        {"title": {"de": "x"}},
        {"caveats": {"nl": "x"}},
    ],
)
def test_the_schema_finds_a_mistake(mistake: dict[str, Any]) -> None:
    assert list(VALIDATOR.iter_errors(HEAD)) == []
    assert list(VALIDATOR.iter_errors(HEAD | mistake))
