"""Scenario files: TOML made for people, read into scenarios of the model.

`load` takes the id of a scenario in the library or the path of a file. Everything that a person can
get wrong is refused with the file, the line, the key, what was found and what is allowed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from model.errors import InputError, StorageError, nearest
from model.scenario import FROZEN_2023, Scenario
from scenarios.entries import lever_settings, parameter_settings
from scenarios.header import header, names_of
from scenarios.merge import Resolved, resolved
from scenarios.reading import Place, table, words

LIBRARY = Path(__file__).resolve().parent / "library"
SUFFIX = ".toml"

_POSITION = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


def names() -> list[str]:
    """Return the ids of the scenarios in the library, in order."""
    return sorted(path.stem for path in LIBRARY.glob(f"*{SUFFIX}"))


def load(name_or_path: str | Path) -> Scenario:
    """Return a scenario of the library by its id, or the one in a .toml file.

    Raises InputError for an unknown name and for every mistake in a file, StorageError when a file
    cannot be read.
    """
    return Reader().read(name_or_path).scenario


class Reader:
    """Reads scenarios and what they extend, each file once."""

    def __init__(self) -> None:
        self._read: dict[Path, Resolved] = {}
        self._reading: list[Path] = []

    def read(
        self, name_or_path: str | Path, folder: Path | None = None, place: Place | None = None
    ) -> Resolved:
        """Return a scenario with all it extends; names are looked for in `folder` too."""
        path = locate(name_or_path, folder, place)
        key = path.resolve()
        if key in self._reading:
            chain = " extends ".join(step.name for step in [*self._reading, key])
            message = (
                f"{place}: the files extend each other in a circle: {chain}. Leave one link out."
            )
            raise InputError(message)
        if key not in self._read:
            self._reading.append(key)
            self._read[key] = self._resolve(path, str(key))
            self._reading.pop()
        return self._read[key]

    def _resolve(self, path: Path, key: str) -> Resolved:
        text = _text(path)
        place = Place(label(path), text)
        raw = _parsed(text, place)
        fields = header(place, raw)
        _own_name(place, path, fields["id"])
        if "extends" in raw:
            at = place.at("extends")
            parents = [self.read(n, path.parent, at) for n in names_of(at, raw["extends"])]
        else:
            parents = []
        fields["compare_with"] = _compare_with(place, path, raw, fields["id"], parents)
        own = (
            lever_settings(place.at("levers"), _section(place, raw, "levers"), key),
            parameter_settings(place.at("parameters"), _section(place, raw, "parameters"), key),
        )
        return resolved(key, Scenario(**fields), parents, own, place)


def locate(
    name_or_path: str | Path, folder: Path | None = None, place: Place | None = None
) -> Path:
    """Return the file of a scenario: of the library by id, else a path, seen from `folder`.

    Raises InputError with the nearest known name when there is no such scenario or file.
    """
    name = str(name_or_path)
    where = f"{place}: " if place else ""
    if name in names():
        return LIBRARY / f"{name}{SUFFIX}"
    path = (folder or Path()) / name
    if path.suffix == SUFFIX or len(Path(name).parts) > 1:
        if path.is_file():
            return path
        known = [found.name for found in _files(path.parent)]
        what = "is a folder, not a file" if path.is_dir() else "does not exist"
        message = f"{where}the file '{name}' {what}.{nearest(path.name, known)}"
        raise InputError(f"{message} Give the path of a .toml file or the id of a scenario.")
    beside = path.with_name(f"{path.name}{SUFFIX}") if path.name else path
    if folder is not None and folder != LIBRARY and beside.is_file():
        return beside
    near = nearest(name, [*names(), *(found.stem for found in _files(folder))])
    message = f"{where}there is no scenario '{name}'.{near} `veerkracht scenarios` lists them."
    raise InputError(message)


def in_library(path: Path) -> bool:
    """Whether a file is one of the scenarios that come with the program."""
    return path.resolve().parent == LIBRARY


def label(path: Path) -> str:
    """Return how messages call a file: as it was given, or by name when it is in the library."""
    return path.name if in_library(path) else str(path)


def _files(folder: Path | None) -> list[Path]:
    return sorted(folder.glob(f"*{SUFFIX}")) if folder and folder.is_dir() else []


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").rstrip() + "\n"
    except UnicodeDecodeError as error:
        before = error.object[: error.start].count(b"\n") + 1
        message = (
            f"{label(path)}, line {before}: this is not plain text in UTF-8. Save it as UTF-8."
        )
        raise InputError(message) from None
    except OSError as error:
        reason = error.strerror or "unknown reason"
        message = f"{label(path)} cannot be read: {reason}. Check the file and its permissions."
        raise StorageError(message) from None


def _parsed(text: str, place: Place) -> Mapping[str, Any]:
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _broken(str(error), text, place.file) from None
    except ValueError as error:
        message = f"{place.file}: a number or date in it is beyond all bounds ({error})."
        raise InputError(message) from None
    except RecursionError:
        message = (
            f"{place.file}: lists or tables are nested too deeply. A scenario needs two levels."
        )
        raise InputError(message) from None
    if not found:
        message = (
            f"{place.file}: the file says nothing. `veerkracht new NAME --from s01_reference`"
            " writes one to start from."
        )
        raise InputError(message)
    return found


def _broken(error: str, text: str, file: str) -> InputError:
    """Return the parser's complaint in plain words, with line, column and the line itself."""
    position = _POSITION.search(error)
    reason = _POSITION.sub("", error).strip().rstrip(".")
    if position is None or position[1] is None:
        last = text.rstrip().count("\n") + 1
        advice = "Something that was opened is not closed: a quote, a bracket or a brace."
        return InputError(f"{file}, line {last}: the file stops too early ({reason}). {advice}")
    number = int(position[1])
    lines = text.split("\n")
    line = lines[number - 1].strip() if number <= len(lines) else ""
    where = f"{file}, line {number}, column {position[2]}"
    return InputError(f"{where}: this cannot be read ({reason}): {line}\n{_hint(reason, line)}")


def _hint(reason: str, line: str) -> str:
    """Return what is most likely wrong with a line."""
    if re.search(r"=\s*\d{4}-\d{2}(?!-?\d)", line):
        return 'A month stands between quotes, for example start = "2028-01".'
    if "overwrite" in reason or "twice" in reason or "Cannot declare" in reason:
        return "The same key or section stands in the file twice. Keep one of them."
    if re.search(r"=\s*(True|False|yes|no|ja|nee)\b", line):
        return "Yes and no are written true and false, in small letters, without quotes."
    if re.search(r"\d,\d", line) and "[" not in line:
        return "A decimal point is a point, not a comma: 0.5."
    if line.count('"') % 2:
        return "A text begins and ends with a double quote on the same line."
    if line.count("{") != line.count("}") or re.search(r",\s*}", line):
        return "What stands between { and } stays on one line, with no comma before the }."
    if "=" not in line and not line.startswith("["):
        return "Every line is: name = value. Comments begin with #."
    return "Texts and months stand between double quotes; numbers, true and false do not."


def _section(place: Place, raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return table(place.at(name), raw.get(name, {}), f"[{name}] with one line per name below it")


def _own_name(place: Place, path: Path, name: str) -> None:
    """Refuse an id that is another file's: results of the two could not be told apart."""
    if in_library(path):
        if name != path.stem:
            raise place.at("id").refusal(
                f"found '{name}'", f"It must be the file name, '{path.stem}'."
            )
    elif name in names():
        advice = f"The program comes with a scenario of that id; call yours '{name}_mine', say."
        raise place.at("id").refusal(f"'{name}' is taken", advice)


def _compare_with(
    place: Place, path: Path, raw: Mapping[str, Any], own: str, parents: list[Resolved]
) -> str:
    """Return the base that a scenario is read against: as named, else what it extends first."""
    if "compare_with" not in raw:
        base = Path(parents[0].key) if parents else LIBRARY / f"{FROZEN_2023.id}{SUFFIX}"
        return _reference(base) if own != FROZEN_2023.id else ""
    at = place.at("compare_with")
    name = words(at, raw["compare_with"])
    if name == own:
        raise at.refusal(
            "it is compared with itself", "Name another scenario, or leave the key out."
        )
    return _reference(locate(name, path.parent, at))


def _reference(path: Path) -> str:
    """Return by what name `load` finds a file from any folder."""
    return path.stem if in_library(path) else str(path)
