"""Edits of run folders: what was changed is named or harmless, and no number comes out wrong."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from tests.campaigns.campaign import Campaign, Case, Luck, Result, Said, command, one_of

SMALL = ("s00_frozen_2023", "s08_information", "--families", "20", "--years", "4")
LIVED = (*SMALL, "--replicates", "2", "--workers", "1", "--quiet")

COMMANDS = ("list", "show", "csv", "verify", "go on", "report")


def _prepare(folder: Path) -> Case:
    run, other = folder / "run", folder / "other"
    for path, seed in ((run, "3"), (other, "4")):
        made = command("compare", *LIVED, "--seed", seed, "--out", str(path))
        assert made.status == 0, made.err
    right = {name: _told(name, run, folder / name) for name in COMMANDS}

    def case(number: int, luck: Luck, place: Path) -> Result:
        # The folder has the name that it had, so that what is told may name it.
        copy = place / "run"
        shutil.copytree(run, copy)
        what = _edit(copy, other, luck)
        name = COMMANDS[number % len(COMMANDS)]
        said, found = _told(name, copy, place / name)
        finding = said.finding
        if not finding and said.status == 0 and not _same(found, right[name][1]):
            finding = _unless_said(said)
        return Result(number, f"{what}, then {name}", "named or harmless", finding)

    return case


def _unless_said(said: Said) -> str:
    words = (said.out + said.err).lower()
    told = ("damaged", "made again", "repaired", "different", "not finished", "stopped", "cannot")
    return "" if any(word in words for word in told) else "other numbers without a word"


def _same(found: str, right: str) -> bool:
    return found == right


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
        said = command("report", str(run), "--out", str(out / "report.html"))
        return said, "written" if said.status == 0 else ""
    said = command("compare", *LIVED, "--seed", "3", "--out", str(run))
    about = run / "run.json"
    digest = json.loads(about.read_text("utf-8")).get("data_digest") if said.status == 0 else ""
    return said, str(digest)


def _numbers(text: str) -> str:
    """Return the lines of a comparison that have numbers, without times and places."""
    return "\n".join(line for line in text.splitlines() if "│" in line or "%" in line)


def _edit(run: Path, other: Path, luck: Luck) -> str:
    """Change something in a run folder, as people and machines do; return what."""
    files = sorted(path for path in run.rglob("*") if path.is_file())
    path = one_of(luck, files)
    name = path.relative_to(run).as_posix()
    kind = one_of(
        luck,
        ["bit", "cut", "empty", "gone", "copy", "foreign", "field", "stray", "folder", "bytes"],
    )
    if kind == "bit":
        data = bytearray(path.read_bytes())
        data[int(luck.integers(len(data)))] ^= 1 << int(luck.integers(8))
        path.write_bytes(data)
    elif kind == "cut":
        os.truncate(path, int(luck.integers(path.stat().st_size)))
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "gone":
        path.unlink()
    elif kind == "copy":
        shutil.copy(path, path.with_name(f"{path.stem} (1){path.suffix}"))
    elif kind == "foreign":
        shutil.copy(other / name, path)
    elif kind == "field":
        name = _field(run / "run.json", luck)
    elif kind == "stray":
        name = one_of(luck, ["notes.txt", ".DS_Store", "runs/part.tmp", "Thumbs.db"])
        (run / name).parent.mkdir(exist_ok=True)
        (run / name).write_text("stray")
    elif kind == "folder":
        path.unlink()
        path.mkdir()
    else:
        path.write_bytes(luck.bytes(200))
    return f"{kind} of {name}"


def _field(path: Path, luck: Luck) -> str:
    record = json.loads(path.read_text("utf-8"))
    name = one_of(luck, list(record))
    record[name] = one_of(luck, [None, 0, "x", [], {}])
    path.write_text(json.dumps(record), "utf-8")
    return f"{name} in run.json"


CAMPAIGN = Campaign(
    "edits",
    "edits of run folders, a command after each: named or harmless, no wrong numbers",
    300,
    6,
    _prepare,
)
