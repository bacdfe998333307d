"""Makes the targets: published figures and our decisions in, `<subject>.toml` and their digest out.

Run `python -m calibration.targets.make` after a change of `figures.csv`, `decisions.csv`
or of the priors. Which targets are kept for checking is drawn here, with a key that
never changes: those that are circular, and one in four of the others of each subject.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from calibration.targets.digest import DIGEST, digest_text
from calibration.targets.figures import (
    FOLDER,
    Figure,
    load_figures,
    number_in,
    one_of,
    read_rows,
    words_in,
)
from calibration.targets.quantities import right_layer
from calibration.targets.reader import LEAST_CHECKED, target_of
from model.errors import InputError, nearest

DECISIONS = FOLDER / "decisions.csv"
SUBJECTS = ("leaving", "school", "work", "homes", "people", "still")

KEY = "Veerkracht, targets that are kept for checking"
"""Key of the draw; another key is another split."""

COLUMNS = (
    "id",
    "subject",
    "kind",
    "measure",
    "population",
    "group",
    "years",
    "standardised",
    "compared",
    "against",
    "at",
    "factor",
    "unit",
    "link",
    "figures",
    "low",
    "high",
    "design_effect",
    "discrepancy",
    "inputs",
    "reason",
)
"""Columns of `decisions.csv`.

`figures` are the keys that the quantity is held to: the first gives the numbers, the others are
about the same quantity. `low` and `high` are our reading of what the letter says in words.
"""

Entry = dict[str, Any]


def made(
    decisions: Path = DECISIONS, figures: Mapping[str, Figure] | None = None
) -> dict[str, list[Entry]]:
    """Return the targets of each subject as tables, drawn and checked.

    Raises InputError for a row that is not right.
    """
    known = load_figures() if figures is None else figures
    found: dict[str, list[Entry]] = {subject: [] for subject in SUBJECTS}
    where_of: dict[str, str] = {}
    for where, row in read_rows(decisions, COLUMNS):
        subject = one_of(row["subject"], SUBJECTS, "subject", where)
        entry = _entry(row, known, where)
        where_of[entry["id"]] = where
        found[subject].append(entry)
    for subject, entries in found.items():
        kept = kept_for_checking(subject, [entry["id"] for entry in entries if not entry["inputs"]])
        for entry in entries:
            entry["use"] = "check" if entry["inputs"] or entry["id"] in kept else "fit"
            target_of(entry, subject, where_of[entry["id"]])
    return found


def kept_for_checking(subject: str, ids: list[str]) -> set[str]:
    """Return which of a subject's targets are kept for checking: a keyed draw of one in four.

    Nobody chooses: the order is that of a hash of the key, the subject and the id.
    """
    drawn = sorted(
        ids, key=lambda one: hashlib.sha256(f"{KEY}|{subject}|{one}".encode()).hexdigest()
    )
    return set(drawn[: math.ceil(len(ids) / LEAST_CHECKED)])


def texts() -> dict[Path, str]:
    """Return everything that is made: files and what they hold."""
    targets = made()
    found = {
        FOLDER / f"{subject}.toml": toml_text(subject, entries)
        for subject, entries in targets.items()
    }
    read = [
        target_of(entry, subject, subject)
        for subject, entries in targets.items()
        for entry in entries
    ]
    found[DIGEST] = digest_text(read)
    return found


def toml_text(subject: str, entries: list[Entry]) -> str:
    """Return the file of one subject."""
    lines = [
        f"# Targets: {subject}. Made by `python -m calibration.targets.make` from figures.csv and",
        "# decisions.csv; a change is made there.",
    ]
    for entry in entries:
        lines += ["", "[[target]]"]
        lines += [f"{name} = {_toml(value)}" for name, value in entry.items()]
    return "\n".join(lines) + "\n"


def write() -> None:
    """Write the targets and their digest."""
    for path, text in texts().items():
        path.write_text(text, encoding="utf-8")


def _entry(row: dict[str, str], figures: Mapping[str, Figure], where: str) -> Entry:
    keys = words_in(row["figures"])
    for key in keys:
        if key not in figures or not figures[key].is_scored:
            raise InputError(
                f"{where}: there is no figure of grade A or B '{key}'.{nearest(key, figures)}"
            )
    first = figures[keys[0]] if keys else None
    entry: Entry = {
        "id": row["id"],
        "kind": row["kind"],
        "use": "",
        "grade": first.grade if first else "demand",
        "measure": row["measure"],
        "population": row["population"],
        "group": row["group"],
        "layer": right_layer(row["measure"]),
        "years": _years(row["years"], where),
    }
    if row["standardised"]:
        entry["standardised"] = (
            one_of(row["standardised"], ("yes",), "standardised", where) == "yes"
        )
    if row["compared"]:
        entry["compared"] = row["compared"]
    if row["against"]:
        name, _, value = row["against"].partition("=")
        entry["against"] = {name: _years(value, where) if name == "years" else value}
    if row["at"]:
        pairs = [part.partition("=") for part in words_in(row["at"])]
        entry["at"] = {name: number_in(value, "at", where) for name, _, value in pairs}
    entry["factor"] = number_in(row["factor"], "factor", where)
    entry |= _numbers(row, first, where)
    entry |= {
        "unit": row["unit"],
        "link": row["link"],
        "discrepancy": number_in(row["discrepancy"], "discrepancy", where),
        "reason": row["reason"],
        "inputs": list(words_in(row["inputs"])),
        "figures": list(keys),
        "year": first.year if first else "any",
    }
    if first and first.vintage:
        entry["vintage"] = first.vintage
    if first and first.breaks:
        entry["breaks"] = first.breaks
    return entry


def _numbers(row: dict[str, str], first: Figure | None, where: str) -> Entry:
    """Return what is known of a quantity: from the first figure, or our reading of its words."""
    numbers = {name: row[name] for name in ("low", "high", "design_effect") if row[name]}
    found = {name: number_in(value, name, where) for name, value in numbers.items()}
    if first is None:
        return {"value": 0.0} | found
    if row["kind"] == "interval":
        if first.low is None or first.high is None:
            raise InputError(
                f"{where}: {first.key} is printed without a range. Give it a low and"
                " a high in figures.csv, or the target another kind."
            )
        found |= {"low": first.low, "high": first.high}
    elif row["kind"] in {"level", "ratio"}:
        found |= {
            name: int(value) if name in {"n", "numerator"} else value
            for name in ("value", "n", "numerator", "rounding", "standard_error")
            if (value := getattr(first, name)) is not None
        }
    return found


def _years(text: str, where: str) -> list[int]:
    first, _, last = text.partition("-")
    if not (first.isdigit() and last.isdigit()):
        raise InputError(f"{where}: years = '{text}'; write school years of the run as 4-8.")
    return [int(first), int(last)]


def _toml(value: object) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(_toml(one) for one in value)}]"
    if isinstance(value, dict):
        pairs = [f"{_toml(name)} = {_toml(one)}" for name, one in value.items()]
        return f"{{ {', '.join(pairs)} }}"
    return repr(value)


if __name__ == "__main__":
    write()
