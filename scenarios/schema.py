"""The JSON schema of scenario files, made from the ledgers, for completion in editors.

`veerkracht schema` prints it; the library ships it beside its files and a test keeps it current.
"""

from __future__ import annotations

import json
from typing import Any

from model.clock import START, month_text
from model.levers import EXTRA_EDUCATION_TARGETS, LEVERS, Lever
from model.parameters import BY_PARAMETER
from scenarios.entries import MAX_RAMP
from scenarios.header import (
    ID_PATTERN,
    LANGUAGES,
    LETTER_LENGTH,
    LINES_PATTERN,
    RECOMMENDATIONS,
    STATUS_PATTERN,
    TEXTS,
)
from scenarios.targets import KINDS, MAX_YEARS, YEARS, names
from scenarios.values import REFORM_START, written

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MONTH_PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])$"

Schema = dict[str, Any]


def schema() -> Schema:
    """Return the JSON schema (draft 2020-12) of a scenario file."""
    return {
        "$schema": DIALECT,
        "title": "A scenario of Veerkracht",
        "description": "Only what differs from the scenarios it extends, or from 2023.",
        **_closed(
            {
                "id": _text("The name of the scenario; also the name of its results.", ID_PATTERN),
                **{key: _in_languages(key) for key in TEXTS},
                "extends": _one_or_more(_text("The id of a scenario, or the path of a file.")),
                "recommendations": _recommendations(),
                "status": _text(
                    "K the cabinet does it, W a bill, R researchers only, N the cabinet limits it.",
                    STATUS_PATTERN,
                ),
                "letter_lines": _text(f"Lines of the letter, 1 to {LETTER_LENGTH}.", LINES_PATTERN),
                "compare_with": _text("The scenario that this one is read against."),
                "levers": _closed({lever.name: _lever(lever) for lever in LEVERS}),
                "parameters": _parameters(),
            }
        ),
        "required": ["id", "title"],
        "$defs": {
            "month": _text(f"A month, {START} or later, as YYYY-MM.", MONTH_PATTERN),
            "start": {"anyOf": [{"const": REFORM_START}, {"$ref": "#/$defs/month"}]},
            "ramp_months": {"type": "integer", "minimum": 0, "maximum": MAX_RAMP},
            "for": _target(),
        },
    }


def schema_text() -> str:
    """Return the schema as a file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _lever(lever: Lever) -> Schema:
    value = _value(lever)
    numbers = ", ".join(map(str, lever.recommendations))
    description = (
        f"{lever.unit}; in 2023 {written(lever, lever.base)}, when switched on"
        f" {written(lever, lever.reform)}. Acts on: {lever.acts_on}. Recommendation {numbers},"
        f" status {lever.status}, lines {lever.letter_lines}."
    )
    if lever.name == REFORM_START:
        return {"description": description, **value}
    parts = {"value": value, "start": {"$ref": "#/$defs/start"}}
    if lever.kind in {"real", "integer"}:
        parts["ramp_months"] = {"$ref": "#/$defs/ramp_months"}
    parts |= {"end": {"$ref": "#/$defs/month"}, "for": {"$ref": "#/$defs/for"}}
    return {"description": description, **_plain_or_entries(value, parts)}


def _value(lever: Lever) -> Schema:
    match lever.kind:
        case "boolean":
            return {"type": "boolean"}
        case "choice":
            return {"enum": list(EXTRA_EDUCATION_TARGETS)}
        case "month":
            first, last = month_text(lever.low), month_text(lever.high)
            return _text(f"A month, {first} to {last}.", MONTH_PATTERN)
        case "integer":
            return {"type": "integer", "minimum": int(lever.low), "maximum": int(lever.high)}
        case _:
            return {"type": "number", "minimum": lever.low, "maximum": lever.high}


def _parameters() -> Schema:
    properties: Schema = {}
    for row in BY_PARAMETER.values():
        value = {"type": "number", "minimum": row.low, "maximum": row.high}
        month = {"$ref": "#/$defs/month"}
        described = f"{row.unit}; {row.value:g} unless changed, grade {row.grade}."
        entries = _plain_or_entries(value, {"value": value, "start": month, "end": month})
        properties[row.name] = {"description": described, **entries}
    submodels = dict.fromkeys(name.split(".")[0] for name in BY_PARAMETER)
    unquoted = {name: {"type": "object"} for name in submodels}
    return _closed(properties | unquoted)


def _plain_or_entries(value: Schema, parts: Schema) -> Schema:
    entry = {**_closed(parts), "required": ["value"]}
    return {"anyOf": [value, entry, {"type": "array", "items": entry, "minItems": 1}]}


def _target() -> Schema:
    properties: Schema = {
        key: {"type": "array", "items": {"enum": names(kind)}, "minItems": 1}
        for key, kind in KINDS.items()
    }
    properties[YEARS] = {
        "description": "Years in the Netherlands: from and up to.",
        "type": "array",
        "items": {"type": "number", "minimum": 0, "maximum": MAX_YEARS},
        "minItems": 2,
        "maxItems": 2,
    }
    return {
        "description": "The families that it is for.",
        **_closed(properties),
        "minProperties": 1,
    }


def _recommendations() -> Schema:
    number = {"type": "integer", "minimum": 1, "maximum": RECOMMENDATIONS}
    return {"type": "array", "items": number, "minItems": 1}


def _in_languages(key: str) -> Schema:
    texts = {language: {"type": "string", "minLength": 1} for language in LANGUAGES}
    about = f"The {key} in Dutch (nl) and English (en)."
    return {"description": about, **_closed(texts), "minProperties": 1}


def _one_or_more(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1, "uniqueItems": True}]}


def _text(description: str, pattern: str = "") -> Schema:
    rule = {"pattern": pattern} if pattern else {"minLength": 1}
    return {"description": description, "type": "string", **rule}


def _closed(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}
