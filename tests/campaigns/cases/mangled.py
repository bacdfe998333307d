"""Mangled files: a mutation is drawn with its meaning, and what is accepted is held against it."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from calibration.targets.figures import FOLDER
from calibration.targets.reader import targets_in
from model.enums import Municipality
from model.errors import VeerkrachtError
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from scenarios import load
from scenarios.runs.run import open_run, run_pairs
from tests.campaigns.campaign import (
    Campaign,
    Case,
    HangError,
    Luck,
    Result,
    bounded,
    last_line,
    one_of,
)
from tests.campaigns.cases.drafts import MUTATIONS, Mutated, draft

SHARES = {"harmless": 0.25, "refused": 0.5, "changes": 0.25}
SIZE = 20_000


def tried[T](read: Callable[[], T]) -> tuple[T | None, str, str]:
    """Return what was read, the refusal in words, and the finding; two of the three are empty."""
    try:
        with bounded():
            return read(), "", ""
    except VeerkrachtError as error:
        words = str(error)
        return None, words or "(no words)", "" if words else "refused without a word"
    except HangError:
        return None, "", "it never ends"
    except Exception as error:  # noqa: BLE001 - any other end is what is looked for
        return None, "", f"traceback: {last_line(error)}"


def _prepare(folder: Path) -> Case:
    run = _finished(folder / "run")
    targets = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.toml"))}

    def case(number: int, luck: Luck, place: Path) -> Result:
        kind = luck.choice(3, p=[0.6, 0.2, 0.2])
        if kind == 0:
            return _scenario(number, luck, place)
        if kind == 1:
            return _target(number, luck, place, targets[one_of(luck, list(targets))])
        return _run(number, luck, place, run)

    return case


def _meaning(luck: Luck) -> str:
    return str(luck.choice(list(SHARES), p=list(SHARES.values())))


def _scenario(number: int, luck: Luck, place: Path) -> Result:
    one = draft(luck)
    mutated = one_of(luck, MUTATIONS[_meaning(luck)])(one, luck)
    path = place / "drawn.toml"
    path.write_text(one.text(), "utf-8")
    before, refused, finding = tried(lambda: load(path))
    if before is None:
        what = f"a right file: {refused or finding}"
        return Result(number, "scenario: a right file", "harmless", what)
    path.write_bytes(mutated.data)
    after, refused, finding = tried(lambda: load(path))
    finding = finding or _against(mutated, before, after, refused)
    return Result(number, f"scenario: {mutated.what}", mutated.meaning, finding)


def _against(mutated: Mutated, before: Scenario, after: Scenario | None, refused: str) -> str:
    if mutated.meaning == "refused":
        return "" if after is None else "accepted"
    if after is None:
        return f"refused: {refused[:300]}"
    if mutated.meaning == "harmless":
        return "" if _levers(before) == _levers(after) else "it says something else now"
    levers = {change.lever: (change.value, _places(change)) for change in after.levers}
    values = {change.parameter: change.value for change in after.parameters}
    where = () if mutated.place is None else (mutated.place,)
    wrong = [name for name, value in mutated.levers.items() if levers.get(name) != (value, where)]
    wrong += [name for name, value in mutated.parameters.items() if values.get(name) != value]
    return f"{wrong} did not change as written" if wrong else ""


def _places(change: LeverChange) -> tuple[Municipality, ...]:
    return () if change.target is None else tuple(change.target.municipalities)


def _levers(one: Scenario) -> tuple[set[object], set[object]]:
    return set(one.levers), set(one.parameters)


_WRONG_LINES = {
    "kind": '"niveau"',
    "use": '"perhaps"',
    "grade": '"E"',
    "population": '"martians"',
    "layer": '"imagined"',
    "link": '"probit"',
    "measure": '"happiness"',
    "unit": '"furlong"',
    "years": "[9, 4]",
    "value": '"3,5"',
    "factor": "nan",
    "discrepancy": "-1.0",
    "id": '""',
}
"""What a line of a target cannot say."""


def _target(number: int, luck: Luck, place: Path, text: str) -> Result:
    block = one_of(luck, text.split("[[target]]\n")[1:])
    lines = block.strip("\n").splitlines()
    wanted = tomllib.loads("[[target]]\n" + block)["target"][0]["discrepancy"]
    meaning = _meaning(luck)
    if meaning == "harmless":
        what, data = _target_written(lines, luck)
    elif meaning == "changes":
        what, wanted = "another discrepancy", float(f"{luck.uniform(0.1, 9):.4g}")
        data = _of_target(
            f"discrepancy = {wanted}" if _key(line) == "discrepancy" else line for line in lines
        )
    else:
        what, data = _target_wrong(lines, luck)
    path = place / "drawn.toml"
    path.write_bytes(data)
    read, refused, finding = tried(lambda: targets_in(path))
    if not finding:
        if meaning == "refused":
            finding = "" if read is None else "accepted"
        elif read is None:
            finding = f"refused: {refused[:300]}"
        elif read[0].discrepancy != wanted:
            finding = "it says something else now"
    return Result(number, f"target: {what}", meaning, finding)


def _of_target(lines: Iterable[str]) -> bytes:
    return "\n".join(["[[target]]", *lines, ""]).encode()


def _target_written(lines: list[str], luck: Luck) -> tuple[str, bytes]:
    """Return a target written in another way that says the same."""
    what = one_of(luck, ["a comment", "another order", "ends of lines of Windows", "a byte order"])
    if what == "a comment":
        at = int(luck.integers(len(lines) + 1))
        return what, _of_target([*lines[:at], "# é", *lines[at:]])
    if what == "another order":
        return what, _of_target(lines[k] for k in luck.permutation(len(lines)))
    if what == "a byte order":
        return what, b"\xef\xbb\xbf" + _of_target(lines)
    return what, _of_target(lines).replace(b"\n", b"\r\n")


def _target_wrong(lines: list[str], luck: Luck) -> tuple[str, bytes]:
    """Return a target that says what none can say."""
    what = one_of(luck, [*_WRONG_LINES, *_WRONG_TARGETS])
    if what in _WRONG_LINES:
        rest = [line for line in lines if _key(line) != what]
        return f"wrong {what}", _of_target([*rest, f"{what} = {_WRONG_LINES[what]}"])
    return what, _WRONG_TARGETS[what](lines, luck)


def _without(names: tuple[str, ...]) -> Callable[[list[str], Luck], bytes]:
    def change(lines: list[str], luck: Luck) -> bytes:
        gone = one_of(luck, names)
        return _of_target(line for line in lines if _key(line) != gone)

    return change


def _unquoted(lines: list[str], luck: Luck) -> bytes:
    k = one_of(luck, [k for k, line in enumerate(lines) if '"' in line])
    return _of_target([*lines[:k], lines[k].replace('"', "", 1), *lines[k + 1 :]])


_WRONG_TARGETS: dict[str, Callable[[list[str], Luck], bytes]] = {
    "a key that is not there": lambda lines, _: _of_target([*lines, "colour = 1"]),
    "a key is missing": _without(("kind", "use", "factor", "reason", "years")),
    "a quote is missing": _unquoted,
    "twice": lambda lines, _: _of_target([*lines, "", "[[target]]", *lines]),
    "bytes that are no text": lambda lines, _: _of_target(lines) + b"# \xe9\n",
    "UTF-16": lambda lines, _: _of_target(lines).decode().encode("utf-16"),
    "nested too deep": lambda lines, _: _of_target([*lines, "deep = " + "[" * 3000 + "]" * 3000]),
    "a date beyond all": lambda lines, _: _of_target([*lines, "year_of = 99999-99-99"]),
}
"""What can be done to a target that makes it wrong."""


def _key(line: str) -> str:
    return line.split(" = ", 1)[0]


def _finished(folder: Path) -> Path:
    run_pairs((FROZEN_2023,), families=20, years=1, seed=3, workers=1, out=folder)
    return folder


def _run(number: int, luck: Luck, place: Path, run: Path) -> Result:
    copy = place / "run"
    shutil.copytree(run, copy)
    path = copy / "run.json"
    record = json.loads(path.read_text("utf-8"))
    meaning = one_of(luck, ["harmless", "refused", "refused"])
    if meaning == "harmless":
        what = one_of(luck, ["laid out", "on one line", "keys in another order"])
        if what == "keys in another order":
            names = list(record)
            record = {names[k]: record[names[k]] for k in luck.permutation(len(names))}
        text = json.dumps(record, indent=None if what == "on one line" else 3)
    else:
        what = one_of(
            luck, ["field gone", "value changed", "cut", "no record", "too deep", "bytes"]
        )
        text = _damaged(what, record, path.read_text("utf-8"), luck)
    path.write_text(text, "utf-8", errors="surrogateescape")
    read, refused, finding = tried(lambda: open_run(copy))
    if not finding:
        if meaning == "refused" and read is not None:
            finding = "accepted"
        elif meaning == "harmless" and read is None:
            finding = f"refused: {refused[:300]}"
    return Result(number, f"run.json: {what}", meaning, finding)


RUIN = ("field gone", "value changed", "cut", "no record", "too deep", "bytes")
"""What makes a record of a run none."""


def _damaged(what: str, record: dict[str, Any], text: str, luck: Luck) -> str:
    if what == "cut":
        return text[: int(luck.integers(len(text) - 2))]
    if what == "no record":
        return one_of(luck, ["", "null", "[]", "7", '"run"', "{}", "nan"])
    if what == "too deep":
        return "[" * 100_000
    if what == "bytes":
        return f"{text[:40]}\udcff{text[40:]}"
    holder, name = _somewhere(record, luck)
    if what == "field gone":
        del holder[name]
    else:
        others: list[Any] = [None, 0, "x", [], {}, -1, True, 1e300]
        holder[name] = one_of(luck, [one for one in others if one != holder[name]])
    return json.dumps(record)


def _somewhere(record: dict[str, Any], luck: Luck) -> tuple[dict[str, Any], str]:
    """Return a table of a record and one of its names, at any depth."""
    places = [(record, name) for name in record]
    for value in record.values():
        if isinstance(value, dict):
            places += [(value, name) for name in value]
    return one_of(luck, places)


CAMPAIGN = Campaign(
    "mangled",
    "scenario, target and run files: no traceback, none accepted against its meaning, none hangs",
    SIZE,
    300,
    _prepare,
)
