"""Scenario files written for people to change: each lever with its unit, range and meaning."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from model.calendar import month_text
from model.disk.whole import write_new, write_whole
from model.evidence.declaring import Lever
from model.policy.scenario import TARGET_LISTS, ParameterChange, Scenario, Target
from model.registry import BY_NAME, LEVERS
from scenarios.authoring.json_schema import FILE, is_ours, schema_text
from scenarios.files.changes import LAY_OVER, Change
from scenarios.files.checks import Place
from scenarios.files.extends import laid_over, reform_month
from scenarios.files.header import LONGEST_TEXT, valid_id
from scenarios.files.load import SUFFIX, in_library, load, locate, names
from scenarios.files.target_groups import YEARS
from scenarios.files.values import allowed, plain_number, written

STARTS = {"nl": "Mijn versie van: ", "en": "My version of: "}
"""How the title of a new file begins. Its question is that of the base; a caveat, like status and
lines, is about the base only."""

_HEAD = """\
#:schema ./schema.json
# {name}: made from {base}. Change what you like and save.
# `veerkracht check {name}.toml` tells what your file changes, `veerkracht run {name}.toml` runs it.
# With schema.json beside it, an editor completes names and shows units and ranges.
#
# A lever can be set in three ways:
#   course_hours = 250
#   course_hours = {{ value = 250, start = "2025-01", ramp_months = 12, end = "2035-08" }}
#   course_hours = [
#     {{ value = 250, start = "2025-01" }},
#     {{ value = 400, for = {{ municipalities = ["rotterdam"], years_in_nl = [0, 2] }} }},
#   ]
# Without a start it holds from the start of the run; start = "reform_start" means with the bill.
# What you set takes the place of all that {base} says of that lever, also of what comes later.
# With lay_over = true an entry lies over it instead: it holds in its own months, the rest stays.
#   course_hours = {{ value = 400, start = "2026-01", end = "2027-01", lay_over = true }}
# A lever without a line of its own is as in {base}.
"""

_LEVERS = """
# Lines without # are set in {base}. To set another lever, take away the # before its name.
[levers]
"""

_PARAMETERS = """
# Assumptions about the world, not policy. `veerkracht parameters` lists all of them.
[parameters]
"""


def new(name: str, base_id: str, folder: Path, meanings: Mapping[str, str] | None = None) -> Path:
    """Write a commented scenario file that starts as a copy of a base, and return its path.

    `meanings` gives a sentence per lever for the comments. Raises InputError when the name cannot
    be an id, is taken, or the file is there already; StorageError when it cannot be written.
    """
    at = Place("NAME")
    scenario_id = valid_id(at, name.removesuffix(SUFFIX))
    if scenario_id in names():
        advice = f"The program comes with a scenario of that name; take '{scenario_id}_mine', say."
        raise at.refusal(f"'{scenario_id}' is taken", advice)
    base = load(base_id)
    path = Path(folder) / f"{scenario_id}{SUFFIX}"
    reference = _reference(base_id, path.parent)
    write_new(path, scenario_text(scenario_id, base, reference, meanings or {}).encode())
    return path


def lay_schema(folder: Path) -> bool:
    """Lay the schema for editors into a folder of scenario files; say whether it lies there now.

    An older one is renewed; a file of that name that is not ours stays as it is. Raises
    StorageError when it cannot be written.
    """
    path = Path(folder) / FILE
    if os.path.lexists(path):
        try:
            found = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return False
        if not is_ours(found):
            return False
        if found == schema_text():
            return True
    write_whole(path, schema_text().encode())
    return True


def _reference(base_id: str, folder: Path) -> str:
    """Return how a file in `folder` names the base: by id, or by its path from there."""
    path = locate(base_id)
    if in_library(path):
        return path.stem
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def scenario_text(name: str, base: Scenario, reference: str, meanings: Mapping[str, str]) -> str:
    """Return a scenario file that extends `reference` and sets again what the base sets."""
    parts = [_HEAD.format(name=name, base=base.id), "\n", _header(name, base, reference)]
    parts.append(_LEVERS.format(base=base.id))
    reform = reform_month(base)
    for lever in LEVERS:
        changes = [change for change in base.levers if change.lever == lever.name]
        parts.append(_lever(lever, _entries(changes, reform), meanings.get(lever.name, "")))
    parts.append(_PARAMETERS)
    for parameter in dict.fromkeys(change.parameter for change in base.parameters):
        values = [change for change in base.parameters if change.parameter == parameter]
        parts.append(_assignment(_quoted(parameter), _entries(values, reform)))
    return "".join(parts)


def short_text(name: str, base: Scenario, reference: str) -> str:
    """Return a scenario file as `scenario_text` does, without its comments."""
    lines = scenario_text(name, base, reference, {}).splitlines()
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("#"))


def header_lines(name: str, titles: Mapping[str, str]) -> list[str]:
    """Return the lines of a scenario file that say what it is called, in each language."""
    told = [f"title.{language} = {_quoted(title)}" for language, title in titles.items()]
    return [f"id = {_quoted(name)}", *told]


def _header(name: str, base: Scenario, reference: str) -> str:
    titles = {language: getattr(base, f"title_{language}") for language in STARTS}
    lines = header_lines(name, {one: _mine(title, STARTS[one]) for one, title in titles.items()})
    for language in STARTS:
        text = getattr(base, f"question_{language}")
        lines += [f"question.{language} = {_quoted(text)}"] if text else []
    lines.append(f"extends = [{_quoted(reference)}]")
    if base.recommendations:
        lines.append(f"recommendations = {list(base.recommendations)}")
    lines.append(f"compare_with = {_quoted(reference)}")
    return "\n".join(lines) + "\n"


def _mine(title: str, start: str) -> str:
    """Return the title of a new version; a version of a version is one."""
    return f"{start}{title.removeprefix(start)}"[: LONGEST_TEXT["title"]]


def _lever(lever: Lever, rows: list[str], meaning: str) -> str:
    """Return a lever's comment and its line, commented out when the base does not set it."""
    numbers = ", ".join(map(str, lever.recommendations))
    values = (
        f"{lever.unit}: {allowed(lever)}; in 2023 {written(lever, lever.base)}, when switched on"
        f" {written(lever, lever.reform)}."
    )
    origin = (
        f"Recommendation {numbers}, status {lever.status}, lines {lever.letter_lines}."
        f" Acts on: {lever.acts_on}."
    )
    comment = "".join(f"# {line}\n" for line in (meaning, values, origin) if line)
    if not rows:
        return f"\n{comment}# {lever.name} = {written(lever, lever.base)}\n"
    return f"\n{comment}{_assignment(lever.name, rows)}"


def _assignment(key: str, rows: list[str]) -> str:
    if len(rows) == 1:
        return f"{key} = {rows[0]}\n"
    return f"{key} = [\n" + "".join(f"  {row},\n" for row in rows) + "]\n"


def _entries(changes: Sequence[Change], reform: float) -> list[str]:
    """Return the changes of one lever or parameter as they are written, in the order laid out."""
    flags = laid_over(changes, reform)
    return [_entry(change, over=over) for change, over in zip(changes, flags, strict=True)]


def _entry(change: Change, *, over: bool) -> str:
    """Return one change as it is written: a plain value when there is no more to say."""
    if isinstance(change, ParameterChange):
        parts = [f"value = {plain_number(change.value)}", *_months(change)]
    else:
        parts = [f"value = {written(BY_NAME[change.lever], change.value)}", *_months(change)]
        if change.ramp_months:
            parts.append(f"ramp_months = {change.ramp_months}")
        if change.target is not None:
            parts.append(f"for = {_target(change.target)}")
    parts += [f"{LAY_OVER} = true"] if over else []
    if len(parts) == 1:
        return parts[0].removeprefix("value = ")
    return f"{{ {', '.join(parts)} }}"


def _months(change: Change) -> list[str]:
    start = change.start if isinstance(change.start, str | None) else month_text(change.start)
    parts = [f"start = {_quoted(start)}"] if start else []
    return parts + ([f"end = {_quoted(month_text(change.end))}"] if change.end is not None else [])


def _target(target: Target) -> str:
    parts = []
    for key in TARGET_LISTS:
        members = ", ".join(_quoted(member.name.lower()) for member in getattr(target, key))
        parts += [f"{key} = [{members}]"] if members else []
    if target.years_in_nl is not None:
        first, last = target.years_in_nl
        parts.append(f"{YEARS} = [{plain_number(first)}, {plain_number(last)}]")
    return f"{{ {', '.join(parts)} }}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
