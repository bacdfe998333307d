"""Scenario files: TOML made for people, read into scenarios of the model.

`load` takes the id of a scenario in the library or the path of a file. Everything that a person can
get wrong is refused with the file, the line, the key, what was found and what is allowed: all that
is wrong with a file at once.
"""

from __future__ import annotations

import errno
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from model.aliases import current
from model.errors import InputError, StorageError, VeerkrachtError, nearest, printable, shortened
from model.policy.scenario import FROZEN_2023, Scenario
from scenarios.files.changes import Setting, lever_settings, parameter_settings
from scenarios.files.checks import (
    LONG_FILE,
    MistakeError,
    Mistakes,
    Place,
    shown,
    table,
    words,
)
from scenarios.files.extends import Resolved, resolved
from scenarios.files.header import REQUIRED, header, names_of
from scenarios.files.toml_text import parsed

LIBRARY = Path(__file__).resolve().parents[1] / "library"
SUFFIX = ".toml"

GIVEN = LIBRARY / "given"
"""Where a scenario stands that came without a file: nowhere, as there is no such folder."""

OPEN = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""Paths of what is open already; a scenario may be read from there too."""

LARGEST = 1_000_000
"""Bytes of the largest scenario file."""

MOST_DEEP = 50
"""Files that extend each other in a row."""

LETTERS_OWN = ("status", "letter_lines")
"""Keys that say what the letter says; only scenarios of the library do."""


def names() -> list[str]:
    """Return the ids of the scenarios in the library, in order."""
    return sorted(path.stem for path in LIBRARY.glob(f"*{SUFFIX}"))


def load(name_or_path: str | Path) -> Scenario:
    """Return a scenario of the library by its id, or the one in a .toml file.

    Raises InputError for an unknown name and with all mistakes in a file, StorageError when a file
    cannot be read.
    """
    return read(name_or_path).scenario


def read(name_or_path: str | Path) -> Resolved:
    """Return a scenario as `load` does, with what its author should hear about it."""
    return Reader().read(name_or_path)


def read_given(text: str, name: str) -> Resolved:
    """Return the scenario in a text that somebody hands over, which messages call `name`.

    It builds on scenarios of the library only: no other file of this machine is looked at. Raises
    InputError with all mistakes in it.
    """
    if len(text.encode(errors="replace")) > LARGEST:
        message = f"{name} is too large for a scenario: more than {LARGEST:,} bytes."
        raise InputError(message)
    return Reader(library_only=True).given(text, name)


class Reader:
    """Reads scenarios and what they extend, each file once.

    With `library_only` a scenario can build on those of the library, and on no other file.
    """

    def __init__(self, *, library_only: bool = False) -> None:
        self._library_only = library_only
        self._read: dict[Path, Resolved] = {}
        self._refused: dict[Path, VeerkrachtError] = {}
        self._reading: list[Path] = []

    def read(
        self, name_or_path: str | Path, folder: Path | None = None, place: Place | None = None
    ) -> Resolved:
        """Return a scenario with all it extends; names are looked for in `folder` too.

        `place` is where a file names it.
        """
        if place is not None:
            self._check_known(str(name_or_path), place)
        path = locate(name_or_path, folder, place)
        key = path.resolve()
        if place is not None:
            self._check_chain(key, place)
        if key in self._refused:
            raise self._refused[key]
        if key not in self._read:
            self._reading.append(key)
            try:
                self._read[key] = self._resolve(path, str(key), place)
            except VeerkrachtError as error:
                self._refused[key] = error
                raise
            finally:
                self._reading.pop()
        return self._read[key]

    def given(self, text: str, name: str) -> Resolved:
        """Return the scenario in a text, which messages call `name`."""
        called = shortened(printable(Path(name).name), LONG_FILE) or "scenario.toml"
        whole = text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip() + "\n"
        return self._made(whole, called, path=GIVEN / "given.toml", key=called, asker=None)

    def _check_known(self, name: str, place: Place) -> None:
        """Refuse a name that is none of the library, when no other may be read."""
        if self._library_only and current("scenario", name) not in names():
            raise place.refusal(
                f"{shown(name)} is no scenario of the program",
                "A plan that is handed over builds on those only; put all it sets in one file."
                + nearest(name, names()),
            )

    def _check_chain(self, key: Path, place: Place) -> None:
        if key in self._reading:
            chain = " extends ".join(step.name for step in [*self._reading, key])
            message = f"the files extend each other in a circle: {chain}. Leave one link out."
            raise MistakeError(place.file, place.line, f"{place}: {message}")
        if len(self._reading) >= MOST_DEEP:
            advice = f"At most {MOST_DEEP} can; put what they say together in fewer files."
            raise place.refusal("more and more files extend each other", advice)

    def _resolve(self, path: Path, key: str, asker: Place | None) -> Resolved:
        return self._made(_text(path), label(path), path=path, key=key, asker=asker)

    def _made(self, text: str, file: str, *, path: Path, key: str, asker: Place | None) -> Resolved:
        mistakes = Mistakes()
        source = parsed(text, file, mistakes, is_shown=asker is None)
        place, raw = Place(file, source.text), source.table
        _check_is_scenario(raw, place, asker, mistakes)
        fields = header(place, raw, mistakes)
        if "id" in fields:
            with mistakes.heard():
                _check_name(place, path, fields["id"])
        parents = self._parents(place, raw, path.parent, mistakes)
        with mistakes.heard():
            if "compare_with" in raw:
                at = place.at("compare_with")
                self._check_known(words(at, raw["compare_with"]), at)
            fields["compare_with"] = _compare_with(place, path, raw, fields.get("id", ""), parents)
        own = _settings(place, raw, key, mistakes)
        mistakes.tell(file, source.broken)
        aside = self._set_aside(place, path, fields, parents)
        return replace(
            resolved(key, Scenario(**fields), parents, own, place), set_aside=tuple(aside)
        )

    def _parents(
        self, place: Place, raw: Mapping[str, Any], folder: Path, mistakes: Mistakes
    ) -> list[Resolved]:
        found: list[Resolved] = []
        at = place.at("extends")
        if "extends" in raw:
            with mistakes.heard():
                for name in names_of(at, raw["extends"]):
                    with mistakes.heard():
                        found.append(self.read(name, folder, at))
        return found

    def _set_aside(
        self, place: Place, path: Path, fields: dict[str, Any], parents: list[Resolved]
    ) -> list[Place]:
        """Take from a plan of somebody what the letter says of its own; return the places."""
        if in_library(path):
            return []
        below = {Path(key) for parent in parents for key in parent.ancestry}
        of_library = [self._read[key].scenario for key in below if in_library(key)]
        for name in ("caveat_nl", "caveat_en"):
            if any(getattr(one, name) == fields.get(name) for one in of_library):
                fields.pop(name)
        return [place.at(key) for key in LETTERS_OWN if fields.pop(key, "")]


def locate(
    name_or_path: str | Path, folder: Path | None = None, place: Place | None = None
) -> Path:
    """Return the file of a scenario: of the library by id, else a path, seen from `folder`.

    Raises InputError with the nearest known name when there is no such scenario or file, or when it
    is no scenario file.
    """
    name = current("scenario", str(name_or_path))
    if name in names():
        return LIBRARY / f"{name}{SUFFIX}"
    if place is None and name.startswith(OPEN):
        return Path(name)
    where = f"{place}: " if place else ""
    called = shortened(printable(name), LONG_FILE)
    path = (folder or Path()) / name
    if path.suffix == SUFFIX or len(Path(name).parts) > 1:
        fault = _fault(path)
        if not fault:
            return path
        near = nearest(path.name, _beside(path)) if fault == MISSING else ""
        advice = "Give the path of a .toml file or the id of a scenario."
        raise _refused(place, f"{where}the file '{called}' {fault}.{near} {advice}")
    beside = path.with_name(f"{path.name}{SUFFIX}") if path.name else path
    if folder is not None and folder != LIBRARY and not _fault(beside):
        return beside
    known = [*names(), *(found.stem for found in _files(folder))]
    begun = [one for one in known if name and one.startswith(f"{name}_")]
    near = f" Did you mean '{begun[0]}'?" if len(begun) == 1 else nearest(name, known)
    message = f"{where}there is no scenario '{called}'.{near} `veerkracht scenarios` lists them."
    raise _refused(place, message)


MISSING = "does not exist"


def in_library(path: Path) -> bool:
    """Whether a file is one of the scenarios that come with the program."""
    return path.resolve().parent == LIBRARY


def label(path: Path) -> str:
    """Return how messages call a file: as it was given, or by name when it is in the library."""
    name = printable(path.name if in_library(path) else str(path))
    return name if len(name) <= LONG_FILE else f"…{name[-LONG_FILE:]}"


def _refused(place: Place | None, message: str) -> InputError:
    return MistakeError(place.file, place.line, message) if place else InputError(message)


def _fault(path: Path) -> str:
    """Return why a path is no scenario file, '' when it may be one."""
    try:
        found = path.stat()
    except ValueError:
        return "has a name that no file can have"
    except (FileNotFoundError, NotADirectoryError):
        return "is a link to a file that is not there" if path.is_symlink() else MISSING
    except OSError as error:
        told = {
            errno.ELOOP: "is a link that leads back to itself",
            errno.ENAMETOOLONG: "has a name that is too long for a file",
        }
        return told.get(error.errno or 0, f"cannot be looked at ({error.strerror})")
    if stat.S_ISDIR(found.st_mode):
        return "is a folder, not a file"
    if not stat.S_ISREG(found.st_mode):
        return "is no ordinary file"
    if path.suffix != SUFFIX:
        return f"is not a {SUFFIX} file"
    return ""


def _files(folder: Path | None) -> list[Path]:
    return sorted(folder.glob(f"*{SUFFIX}")) if folder and folder.is_dir() else []


def _beside(path: Path) -> list[str]:
    """Return the names of scenario files in the folder of a path that is none."""
    return [found.name for found in _files(path.parent) if not _fault(found)]


def _text(path: Path) -> str:
    """Return the text of a file; every line ends in a single new line."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            message = f"{label(path)} is too large for a scenario: more than {LARGEST:,} bytes."
            raise InputError(message)
        return content.decode("utf-8-sig").replace("\r\n", "\n").rstrip() + "\n"
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


def _check_is_scenario(
    raw: Mapping[str, Any], place: Place, asker: Place | None, mistakes: Mistakes
) -> None:
    """Refuse a file that holds something else; of a file that another names, nothing is shown."""
    if asker is not None and not REQUIRED.keys() & raw.keys():
        raise asker.refusal(f"{place.file} is no scenario file", NOT_ONE)
    if not raw:
        mistakes.tell()
        message = (
            f"{place.file}: the file says nothing. `veerkracht new NAME --from s01_reference`"
            " writes one to start from."
        )
        raise InputError(message)


NOT_ONE = "A scenario has an id and a title; name one, or the id of a scenario."


def _settings(
    place: Place, raw: Mapping[str, Any], key: str, mistakes: Mistakes
) -> tuple[list[Setting], list[Setting]]:
    """Return what a file sets itself: levers, and parameters."""
    found: list[list[Setting]] = []
    for name, settings in (("levers", lever_settings), ("parameters", parameter_settings)):
        mine: list[Setting] = []
        with mistakes.heard():
            form = f"[{name}] with one line per name below it"
            at = place.at(name)
            mine = settings(at, table(at, raw.get(name, {}), form), key)
        found.append(mine)
    return found[0], found[1]


def _check_name(place: Place, path: Path, name: str) -> None:
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
    found = None if name == own else locate(name, path.parent, at)
    if found is None or found.resolve() == path.resolve():
        raise at.refusal(
            "it is compared with itself", "Name another scenario, or leave the key out."
        )
    if not in_library(found):
        _check_base(found, at)
    return _reference(found)


def _check_base(path: Path, place: Place) -> None:
    """Refuse a base that is no scenario file; nothing of it is shown."""
    try:
        held = tomllib.loads(_text(path))
    except (ValueError, RecursionError):
        held = {}
    if not REQUIRED.keys() <= held.keys():
        raise place.refusal(f"{label(path)} is no scenario file", NOT_ONE)


def _reference(path: Path) -> str:
    """Return by what name `load` finds a file from any folder."""
    return path.stem if in_library(path) else str(path)
