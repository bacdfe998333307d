"""The JSON schema of scenario files, made from the ledgers, for completion in editors.

`veerkracht schema` prints it and `veerkracht new` lays it beside the file that it writes. Of a key
that the cursor is on, editors show the description only, so range and unit stand in it too. What
many keys share stands once in `$defs`: all of it is under 100 kB, which editors read at once.
"""

from __future__ import annotations

import json
from typing import Any

from model.calendar import START, month_text
from model.evidence.declaring import EXTRA_EDUCATION_TARGETS, Lever
from model.policy.scenario import TARGET_LISTS
from model.registry import BY_PARAMETER, LEVERS
from scenarios.files.changes import LAY_OVER, MAX_RAMP
from scenarios.files.header import (
    ID_PATTERN,
    LANGUAGES,
    LETTER_LENGTH,
    LINES_PATTERN,
    LONGEST_TEXT,
    RECOMMENDATIONS,
    STATUS_PATTERN,
    TEXTS,
)
from scenarios.files.target_groups import MAX_YEARS, YEARS, names
from scenarios.files.values import REFORM_START, allowed, plain_number, written

FILE = "schema.json"
"""The name under which scenario files look for it, in their own folder."""

TITLE = "A scenario of Veerkracht"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
MONTH_PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])$"

Schema = dict[str, Any]


def schema() -> Schema:
    """Return the JSON schema (draft 2020-12) of a scenario file."""
    return {
        "$schema": DIALECT,
        "title": TITLE,
        "description": "Only what differs from the scenarios it extends, or from 2023.",
        **_closed(
            {
                "id": _text("The name of the scenario; also the name of its results.", ID_PATTERN),
                **{key: _in_languages(key) for key in TEXTS},
                "extends": _one_or_more(_text("The id of a scenario, or the path of a file.")),
                "recommendations": _recommendations(),
                "status": _text(
                    "What the letter says, in scenarios of the program only: K the cabinet does it,"
                    " W a bill, R researchers only, N the cabinet limits it.",
                    STATUS_PATTERN,
                ),
                "letter_lines": _text(
                    f"Lines of the letter, 1 to {LETTER_LENGTH}; in scenarios of the program only.",
                    LINES_PATTERN,
                ),
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
            LAY_OVER: {
                "description": "True: it lies over what is inherited and holds in its own months;"
                " false: it takes the place of all that is inherited.",
                "type": "boolean",
            },
            **_forms_of_parameters(),
            **_forms_of_levers(),
        },
    }


def schema_text() -> str:
    """Return the schema as a file, without a blank that no editor needs."""
    return json.dumps(schema(), separators=(",", ":"), ensure_ascii=False) + "\n"


def is_ours(text: str) -> bool:
    """Say whether a text is a schema that some version of this program wrote."""
    try:
        found = json.loads(text)
    except ValueError:
        return False
    return isinstance(found, dict) and found.get("title") == TITLE


def _lever(lever: Lever) -> Schema:
    description = (
        f"{allowed(lever)} ({lever.unit}); in 2023 {written(lever, lever.base)}, when switched on"
        f" {written(lever, lever.reform)}. Acts on: {lever.acts_on}."
    )
    if lever.name == REFORM_START:
        return {**_value(lever), "description": description}
    entries = {"$ref": f"#/$defs/{_kind(lever)}"}
    return {"description": description, "anyOf": [_value(lever), entries]}


def _kind(lever: Lever) -> str:
    """Return the name of the entries that levers of this kind and range have in common."""
    ranged = lever.kind in {"real", "integer"}
    return f"{lever.kind}-{lever.low:g}-{lever.high:g}" if ranged else lever.kind


def _forms_of_levers() -> Schema:
    """Return the entries of levers with start, ramp, end and group, once for each kind."""
    found: Schema = {}
    for lever in LEVERS:
        if lever.name == REFORM_START:
            continue
        parts = {"value": _value(lever), "start": {"$ref": "#/$defs/start"}}
        if lever.kind in {"real", "integer"}:
            parts["ramp_months"] = {"$ref": "#/$defs/ramp_months"}
        parts |= {"end": {"$ref": "#/$defs/month"}, "for": {"$ref": "#/$defs/for"}}
        parts[LAY_OVER] = {"$ref": f"#/$defs/{LAY_OVER}"}
        found |= _entries(_kind(lever), parts)
    return found


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
        low, high = plain_number(row.low), plain_number(row.high)
        properties[row.name] = {
            "description": f"{low} to {high} {row.unit}",
            "minimum": json.loads(low),
            "maximum": json.loads(high),
            "$ref": "#/$defs/n",
        }
    submodels = dict.fromkeys(name.split(".")[0] for name in BY_PARAMETER)
    unquoted = {name: {"type": "object"} for name in submodels}
    return _closed(properties | unquoted)


def _forms_of_parameters() -> Schema:
    """Return the forms of any parameter; in entries the program checks the range, no editor."""
    number, month = {"type": "number"}, {"$ref": "#/$defs/month"}
    over = {"$ref": f"#/$defs/{LAY_OVER}"}
    parts = {"value": number, "start": month, "end": month, LAY_OVER: over}
    entries = _entries("dated", parts)
    return {"n": {"anyOf": [number, {"$ref": "#/$defs/dated"}]}, **entries}


def _entries(name: str, parts: Schema) -> Schema:
    """Return two definitions: an entry or a list of them, by this name, and the entry itself."""
    entry = f"{name}-entry"
    one = {"$ref": f"#/$defs/{entry}"}
    several = {"type": "array", "items": one, "minItems": 1}
    return {
        name: {"anyOf": [one, several]},
        entry: {**_closed(parts), "required": ["value"]},
    }


def _target() -> Schema:
    properties: Schema = {
        key: {"type": "array", "items": {"enum": names(kind)}, "minItems": 1}
        for key, kind in TARGET_LISTS.items()
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
    text = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT[key]}
    texts = dict.fromkeys(LANGUAGES, text)
    about = f"The {key}, or in Dutch (nl) and English (en)."
    return {"description": about, "anyOf": [text, {**_closed(texts), "minProperties": 1}]}


def _one_or_more(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1, "uniqueItems": True}]}


def _text(description: str, pattern: str = "") -> Schema:
    rule = {"pattern": pattern} if pattern else {"minLength": 1}
    return {"description": description, "type": "string", **rule}


def _closed(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}
