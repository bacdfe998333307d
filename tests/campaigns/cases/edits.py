"""Edits of run folders: what was changed is named or harmless, and no number comes out wrong."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.campaigns.campaign import Campaign, Case, Luck, Result, Said, command, one_of

SMALL = ("s00_frozen_2023", "s08_information", "--families", "40", "--years", "4")
LIVED = (*SMALL, "--replicates", "2", "--workers", "1", "--quiet")

COMMANDS = ("list", "show", "csv", "verify", "go on", "report")


def _prepare(folder: Path) -> Case:
    run, other = folder / "run", folder / "other"
    for path, seed in ((run, "3"), (other, "4")):
        made = command("compare", *LIVED, "--seed", seed, "--out", str(path))
        assert made.status == 0, made.err
    right = {name: _told(name, run, folder / name) for name in COMMANDS}
    for name, (said, _) in right.items():
        assert said.status == 0, f"{name}: {said.err}"

    def case(number: int, luck: Luck, place: Path) -> Result:
        edited = place / "edited"
        shutil.copytree(run, edited)
        what = _edit(edited, other, luck)
        findings = []
        for name in COMMANDS:
            # The folder has the name that it had, so that what is told may name it.
            copy = place / name / "run"
            shutil.copytree(edited, copy)
            said, found = _told(name, copy, place / f"{name} told")
            finding = said.finding
            if not finding and said.status == 0 and found != right[name][1]:
                finding = _unless_said(said, right[name][0])
            if finding:
                findings.append(f"{name}: {finding}")
        return Result(number, what, "named or harmless", "; ".join(findings))

    return case


def _unless_said(said: Said, right: Said) -> str:
    """Return what is wrong with other numbers, "" when words that are new name the edit."""
    told = ("damaged", "made again", "repaired", "different", "not finished", "stopped", "cannot")
    new, before = ((one.out + one.err).lower() for one in (said, right))
    named = any(new.count(word) > before.count(word) for word in told)
    return "" if named else "other numbers without a word"


def _told(name: str, run: Path, out: Path) -> tuple[Said, str]:
    """Run a command on a run; return what it said and the numbers that it gave."""
    out.mkdir(parents=True, exist_ok=True)
    if name == "list":
        said = command("results", str(run.parent))
        return said, ""
    if name == "show":
        said = command("results", str(run))
        return said, _numbers(said.out)
    if name == "csv":
        said = command("results", str(run), "--csv", str(out / "all.csv"))
        path = out / "all.csv"
        return said, path.read_text("utf-8-sig") if path.exists() else ""
    if name == "verify":
        said = command("verify", str(run))
        return said, "same" if said.status == 0 else ""
    if name == "report":
        path = out / "report.html"
        said = command("report", str(run), "--file", str(path), "--reach", "0")
        return said, path.read_text("utf-8") if path.exists() else ""
    said = command("compare", *LIVED, "--seed", "3", "--out", str(run))
    about = run / "run.json"
    digest = json.loads(about.read_text("utf-8")).get("data_digest") if said.status == 0 else ""
    return said, str(digest)


def _numbers(text: str) -> str:
    """Return the lines of a comparison that have numbers, without times and places."""
    return "\n".join(line for line in text.splitlines() if "│" in line or "%" in line)


def _edit(run: Path, other: Path, luck: Luck) -> str:
    """Change something in a run folder, as people and machines do; return what."""
    kind = one_of(luck, [*FILES, *RECORDS, "foreign", "stray"])
    if kind == "stray":
        name = one_of(luck, ["notes.txt", ".DS_Store", "runs/part.tmp", "Thumbs.db"])
        (run / name).parent.mkdir(exist_ok=True)
        (run / name).write_text("stray")
        return f"stray of {name}"
    ending = "*.json" if kind in RECORDS else "*"
    path = one_of(luck, sorted(path for path in run.rglob(ending) if path.is_file()))
    name = path.relative_to(run).as_posix()
    if kind == "foreign":
        shutil.copy(other / name, path)
    elif kind in FILES:
        FILES[kind](path, luck)
    else:
        record = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps(RECORDS[kind](record, luck)), "utf-8")
    return f"{kind} of {name}"


def _bit(path: Path, luck: Luck) -> None:
    data = bytearray(path.read_bytes())
    data[int(luck.integers(len(data)))] ^= 1 << int(luck.integers(8))
    path.write_bytes(data)


def _folder(path: Path, _: Luck) -> None:
    path.unlink()
    path.mkdir()


FILES: dict[str, Callable[[Path, Luck], object]] = {
    "bit": _bit,
    "cut": lambda path, luck: os.truncate(path, int(luck.integers(path.stat().st_size))),
    "empty": lambda path, _: path.write_bytes(b""),
    "gone": lambda path, _: path.unlink(),
    "copy": lambda path, _: shutil.copy(path, path.with_name(f"{path.stem} (1){path.suffix}")),
    "folder": _folder,
    "bytes": lambda path, luck: path.write_bytes(luck.bytes(200)),
}
"""What can happen to a file."""


def _field(record: dict[str, Any], luck: Luck) -> dict[str, Any]:
    wrong: list[Any] = [None, 0, "x", [], {}]
    return record | {one_of(luck, list(record)): one_of(luck, wrong)}


def _digit(record: dict[str, Any], luck: Luck) -> dict[str, Any]:
    """Change a digit anywhere: of a seed, a number of families, a digest."""
    text = json.dumps(record)
    at = one_of(luck, [k for k, sign in enumerate(text) if sign.isdigit()])
    other = one_of(luck, [sign for sign in "123456789" if sign != text[at]])
    changed: dict[str, Any] = json.loads(f"{text[:at]}{other}{text[at + 1 :]}")
    return changed


def _turned_round(record: dict[str, Any], luck: Luck) -> dict[str, Any]:
    """Turn a list round: base and policy change places, so that every sign would."""
    lists = [name for name, value in record.items() if isinstance(value, list) and len(value) > 1]
    name = "scenarios" if "scenarios" in lists else one_of(luck, lists)
    return record | {name: record[name][::-1]}


RECORDS = {"field": _field, "digit": _digit, "turned round": _turned_round}
"""What can be done to a record by who knows what it says."""

CAMPAIGN = Campaign(
    "edits",
    "edits of run folders, after each six commands: named or harmless, no wrong numbers",
    300,
    1,
    _prepare,
)
