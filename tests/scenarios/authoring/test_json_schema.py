"""The JSON schema of scenario files, for completion in editors."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from dashboards.cli import main
from model.registry import BY_PARAMETER, LEVERS
from scenarios import load, names
from scenarios.authoring.json_schema import schema, schema_text
from scenarios.authoring.template import lay_schema, scenario_text
from scenarios.files.load import LIBRARY
from scenarios.files.values import allowed

VALIDATOR = Draft202012Validator(schema())
HEAD: dict[str, Any] = {"id": "mine", "title": {"nl": "Mijn proef"}}


def test_the_schema_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(schema())


def test_the_command_prints_the_schema_and_nothing_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["schema"]) == 0

    assert capsys.readouterr().out == schema_text()


def test_an_editor_reads_it_at_once() -> None:
    assert len(schema_text().encode()) < 100_000


def test_a_new_file_has_the_schema_that_it_names_beside_it(tmp_path: Path) -> None:
    assert main(["new", "mine", "--from", "s05_flex_law", "--folder", str(tmp_path)]) == 0

    first = (tmp_path / "mine.toml").read_text("utf-8").splitlines()[0]
    named = tmp_path / first.removeprefix("#:schema ")
    assert named.read_text("utf-8") == schema_text()


def test_the_schema_of_another_version_is_renewed(tmp_path: Path) -> None:
    old = schema() | {"required": ["id"]}
    (tmp_path / "schema.json").write_text(json.dumps(old), "utf-8")

    assert lay_schema(tmp_path)
    assert (tmp_path / "schema.json").read_text("utf-8") == schema_text()


@pytest.mark.parametrize("text", ['{"title": "Invoices"}', "[]", "not JSON", "\udcff"])
def test_a_schema_that_is_not_ours_stays(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = text.encode("utf-8", "surrogateescape")
    (tmp_path / "schema.json").write_bytes(theirs)

    assert main(["new", "mine", "--folder", str(tmp_path)]) == 0
    assert (tmp_path / "schema.json").read_bytes() == theirs
    assert "is not ours and stays as it is" in capsys.readouterr().out


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
    for row in BY_PARAMETER.values():
        described = properties["parameters"]["properties"][row.name]["description"]
        low, high, unit = re.split(r" to | ", described, maxsplit=2)
        assert (float(low), float(high), unit) == (row.low, row.high, row.unit)
    for lever in LEVERS:
        described = properties["levers"]["properties"][lever.name]["description"]
        assert described.startswith(f"{allowed(lever)} ({lever.unit}); in 2023 ")
    hours = properties["levers"]["properties"]["course_hours"]
    assert hours["anyOf"][0] == {"type": "integer", "minimum": 30, "maximum": 600}
    assert "30 to 600 (hours per participant)" in hours["description"]


@pytest.mark.parametrize(
    "mistake",
    [
        {"levers": {"course_hour": 50}},
        {"levers": {"course_hours": 5}},
        {"levers": {"course_hours": "50"}},
        {"levers": {"course_hours": {"value": 5}}},
        {"levers": {"course_hours": [{"value": 50}, {"value": 5}]}},
        {"levers": {"course_hours": []}},
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
        {"parameters": {"work.labour_index": "1"}},
        {"parameters": {"work.labour_index": {"value": 1, "strat": "2025-01"}}},
        {"parameters": {"work.labour_indx": 1}},
        {"status": "X"},
        {"recommendations": [12]},
        {"title": {"de": "x"}},
        {"caveats": {"nl": "x"}},
    ],
)
def test_the_schema_finds_a_mistake(mistake: dict[str, Any]) -> None:
    assert list(VALIDATOR.iter_errors(HEAD)) == []
    assert list(VALIDATOR.iter_errors(HEAD | mistake))
