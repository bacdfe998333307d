"""Reading targets: `<subject>.toml`, made by `calibration.targets.make` or written alike.

What is wrong is refused with the file, the target, what was found and what is allowed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from calibration.targets.digest import digest_of
from calibration.targets.figures import FOLDER, UNITS, one_of
from calibration.targets.quantities import (
    COMPARED,
    Compared,
    Place,
    Quantity,
    Regression,
    check_quantity,
    other_place,
)
from calibration.targets.target import (
    BASES,
    KINDS,
    LINKS,
    USES,
    Basis,
    Kind,
    Link,
    Target,
    Use,
    check_target,
)
from model.errors import InputError, nearest
from model.outcomes.registry import LAYERS, Layer

LEAST_CHECKED = 4
"""One in this many targets of a subject is kept for checking, at least."""

WORDS = (
    "id",
    "kind",
    "use",
    "grade",
    "measure",
    "population",
    "group",
    "layer",
    "unit",
    "link",
    "reason",
    "year",
)
NUMBERS = ("factor", "discrepancy")
LISTS = ("inputs", "figures")
NEEDED = (*WORDS, *NUMBERS, *LISTS, "years")
"""What every target has; `reason` is that of its discrepancy."""

PERHAPS_NUMBERS = (
    "value",
    "low",
    "high",
    "n",
    "numerator",
    "design_effect",
    "rounding",
    "standard_error",
)
PERHAPS_WORDS = ("compared", "vintage", "breaks")
ALLOWED = (*NEEDED, *PERHAPS_NUMBERS, *PERHAPS_WORDS, "against", "at", "standardised", "regression")

_TWO = 2


def load_targets(folder: Path = FOLDER) -> dict[str, Target]:
    """Return all targets by id, subject by subject. Raises InputError for what is not right."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise InputError(f"{folder.name}: no file of targets is here, such as leaving.toml.")
    found: dict[str, Target] = {}
    quantities: dict[tuple[object, ...], str] = {}
    for file in files:
        subject = []
        for where, entry in _entries(file):
            target = target_of(entry, file.stem, where)
            if target.id in found:
                raise InputError(f"{where}: this id is there twice. Give it another name.")
            same = quantities.setdefault(target.quantity.identity, target.id)
            if same != target.id:
                raise InputError(
                    f"{where}: '{same}' is about the same quantity of the model. Keep one of the"
                    " two; a figure that is left out says why in without.csv."
                )
            found[target.id] = target
            subject.append(target)
        _check_split(file.name, subject)
    return found


def targets_in(file: Path) -> list[Target]:
    """Return the targets of one file, such as one of `veerkracht target new`, in their order.

    Raises InputError for what is not right; ids may not be there twice.
    """
    found: dict[str, Target] = {}
    for where, entry in _entries(file):
        target = target_of(entry, file.stem, where)
        if target.id in found:
            raise InputError(f"{where}: this id is there twice. Give it another name.")
        found[target.id] = target
    return list(found.values())


def target_of(entry: Mapping[str, Any], subject: str, where: str) -> Target:
    """Return the target that one table describes. Raises InputError for what is not right."""
    for name in entry:
        if name not in ALLOWED:
            raise InputError(f"{where}: there is no '{name}'.{nearest(name, ALLOWED)}")
    for name in NEEDED:
        if name not in entry:
            raise InputError(f"{where}: '{name}' is missing. Every target has {', '.join(NEEDED)}.")
    word = {name: _word(entry, name, where) for name in (*WORDS, *PERHAPS_WORDS) if name in entry}
    number = {
        name: _number(entry, name, where) for name in (*NUMBERS, *PERHAPS_NUMBERS) if name in entry
    }
    target = Target(
        id=word["id"],
        subject=subject,
        kind=cast("Kind", one_of(word["kind"], KINDS, "kind", where)),
        use=cast("Use", one_of(word["use"], USES, "use", where)),
        grade=cast("Basis", one_of(word["grade"], BASES, "grade", where)),
        quantity=_quantity(entry, word, number["factor"], where),
        value=number.get("value"),
        low=number.get("low"),
        high=number.get("high"),
        unit=one_of(word["unit"], UNITS, "unit", where),
        n=number.get("n"),
        numerator=number.get("numerator"),
        design_effect=number.get("design_effect", 1.0),
        rounding=number.get("rounding"),
        given_error=number.get("standard_error"),
        discrepancy=number["discrepancy"],
        reason=word["reason"],
        link=cast("Link", one_of(word["link"], LINKS, "link", where)),
        inputs=_words(entry, "inputs", where),
        figures=_words(entry, "figures", where),
        year=word["year"],
        vintage=word.get("vintage", ""),
        breaks=word.get("breaks", ""),
    )
    check_target(target, where)
    return target


def _quantity(
    entry: Mapping[str, Any], word: Mapping[str, str], factor: float, where: str
) -> Quantity:
    place = Place(
        measure=word["measure"],
        population=word["population"],
        group=word["group"],
        layer=cast("Layer", one_of(word["layer"], LAYERS, "layer", where)),
        years=_years(entry["years"], where),
        standardised=_truth(entry, "standardised", where),
    )
    against = _table(entry, "against", where)
    if "years" in against:
        against["years"] = _years(against["years"], where)
    at = _table(entry, "at", where)
    quantity = Quantity(
        place=place,
        compared=cast(
            "Compared", one_of(word.get("compared", "alone"), COMPARED, "compared", where)
        ),
        other=other_place(place, against, where) if "against" in entry else None,
        at=tuple((name, _number(at, name, where)) for name in at),
        factor=factor,
        regression=_regression(entry, where) if "regression" in entry else None,
    )
    check_quantity(quantity, where)
    return quantity


def _regression(entry: Mapping[str, Any], where: str) -> Regression:
    told = _table(entry, "regression", where)
    if set(told) != {"covariates", "term"}:
        raise InputError(
            f"{where}: regression has {', '.join(told) or 'nothing'}. It has covariates and term,"
            ' as in regression = { covariates = ["age", "learning"], term = "learning" }.'
        )
    return Regression(covariates=_words(told, "covariates", where), term=_word(told, "term", where))


def _entries(file: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield where each target of a file stands, and its table."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
        raw = tomllib.loads(text.replace("\r\n", "\n"))
    except OSError as error:
        raise InputError(f"{file.name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError(
            f"{file.name}, line {line}: this is not plain text in UTF-8. Save it as UTF-8."
        ) from None
    except RecursionError:
        raise InputError(f"{file.name}: lists within lists, deeper than anybody needs.") from None
    except ValueError as error:
        raise InputError(f"{file.name}: {error}. Each target begins with [[target]].") from error
    entries = raw.get("target")
    if set(raw) != {"target"} or not isinstance(entries, list):
        raise InputError(
            f"{file.name} has {', '.join(raw) or 'nothing'}. It holds targets alone, each of which"
            " begins with [[target]]."
        )
    for number, entry in enumerate(entries, start=1):
        name = entry.get("id") if isinstance(entry, Mapping) else None
        where = f"{file.name}, target {number}"
        if not isinstance(entry, Mapping):
            raise InputError(f"{where}: found {entry!r}. A target begins with [[target]].")
        yield (f"{where} ('{name}')" if isinstance(name, str) else where), entry


def _check_split(file: str, targets: Sequence[Target]) -> None:
    kept = sum(target.use == "check" for target in targets)
    if LEAST_CHECKED * kept < len(targets):
        raise InputError(
            f"{file}: {kept} of {len(targets)} targets are kept for checking. Keep at least one in"
            f" {LEAST_CHECKED}."
        )


def _word(entry: Mapping[str, Any], name: str, where: str) -> str:
    value = entry[name]
    if not isinstance(value, str):
        raise InputError(f"{where}: {name} = {value!r}. Give words between quotes.")
    if name == "id" and not value.strip():
        raise InputError(f'{where}: the id is empty. Give a name of its own, as in "own_home".')
    return value.strip()


def _number(entry: Mapping[str, Any], name: str, where: str) -> float:
    value = entry[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value + 0.0:
        raise InputError(f"{where}: {name} = {value!r}. Give a number, such as 0.5.")
    return float(value)


def _truth(entry: Mapping[str, Any], name: str, where: str) -> bool:
    value = entry.get(name, False)
    if not isinstance(value, bool):
        raise InputError(f"{where}: {name} = {value!r}. Write true or false, without quotes.")
    return value


def _words(entry: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = entry[name]
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise InputError(f'{where}: {name} = {value!r}. Give a list of names, as in ["a", "b"].')
    return tuple(value)


def _years(value: object, where: str) -> tuple[int, int]:
    if (
        not isinstance(value, list)
        or len(value) != _TWO
        or not all(type(year) is int for year in value)
    ):
        raise InputError(
            f"{where}: years = {value!r}; write the first and last school year of the run, as in"
            " [4, 8]."
        )
    return value[0], value[1]


def _table(entry: Mapping[str, Any], name: str, where: str) -> dict[str, Any]:
    value = entry.get(name, {})
    if not isinstance(value, Mapping):
        raise InputError(f"{where}: {name} = {value!r}. Write a table, as in {{ a = 1.0 }}.")
    return dict(value)


def current_digest() -> str:
    """Return the digest of the targets and priors that are here now."""
    return digest_of(load_targets().values())["whole"]
