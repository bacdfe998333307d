"""How the model comes to a published figure, or why it does not: `targets/links.csv`.

Every figure of grade A or B has one link. It is produced by a run; fed in as a parameter or lever;
about another population than the model's, so that it may be shown beside it but not scored; or not
modelled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, cast

from calibration.monitors.observed import LAST_YEAR, Observed, check_group
from calibration.targets.targets import FOLDER, Target, number_in, one_of, read_rows
from model.aliases import current
from model.errors import InputError, nearest
from model.outcomes.registry import ACTUAL, LAYERS
from model.registry import BY_NAME, BY_PARAMETER

LINKS = FOLDER / "links.csv"

Kind = Literal["produced", "fed in", "other population", "not modelled"]
KINDS: tuple[Kind, ...] = ("produced", "fed in", "other population", "not modelled")

_PATTERN = re.compile(r"P\d+[a-z]")
_YEARS = re.compile(r"(\d+)-(\d+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """How one figure, or all whose key begins like `key` up to a star, relates to the model.

    `measure` is an outcome or a measure of a watch, a pattern such as P7a, or for what is fed in a
    sum of parameters and levers. `years` are school years of the run, from 1. `factor` turns the
    model's number into the unit of the figure; `tolerance` is the share of the figure by which the
    model may differ where no range is printed; `reason` says why it is not scored, or what to keep
    in mind.
    """

    key: str
    kind: Kind
    measure: str
    population: str
    group: str
    layer: str
    years: tuple[int, int]
    factor: float
    tolerance: float
    reason: str

    def covers(self, key: str) -> bool:
        """Whether this link is about the figure with this key."""
        return key.startswith(self.key[:-1]) if self.key.endswith("*") else key == self.key

    @property
    def is_pattern(self) -> bool:
        """Whether a pattern decides on the figure."""
        return _PATTERN.fullmatch(self.measure) is not None

    def model_value(self, seen: Observed) -> float:
        """Return the model's number in the unit of the figure; NaN when nothing was seen."""
        if self.kind == "fed in":
            return self.factor * fed_in(self.measure, self.key)
        value = seen.value(self.measure, self.population, self.group, self.layer, self.years)
        return self.factor * value


def load_links(targets: dict[str, Target], path: Path = LINKS) -> dict[str, Link]:
    """Return the link of every figure of grade A or B, by key.

    Raises InputError when a row is not right, when a link covers no such figure, or when a figure
    has no link or two.
    """
    scored = [key for key, target in targets.items() if target.is_scored]
    found: dict[str, Link] = {}
    for where, row in read_rows(path, tuple(item.name for item in fields(Link))):
        link = _link(row, where)
        covered = [key for key in scored if link.covers(key)]
        if not covered:
            raise InputError(
                f"{where}: no figure of grade A or B has the key '{link.key}'."
                f"{nearest(link.key, scored)}"
            )
        for key in covered:
            if key in found:
                raise InputError(f"{where}: '{key}' has a link already. Keep one of the two.")
            _check_range(link, targets[key], where)
            found[key] = link
    missing = [key for key in scored if key not in found]
    if missing:
        raise InputError(
            f"{path.name}: no link for {', '.join(missing)}."
            " Say how the model shows it, or why not."
        )
    return found


def fed_in(expression: str, where: str) -> float:
    """Return a sum such as 'work.scale_child*2400+1200' of parameters, levers and numbers.

    A lever stands for its value of 2023, with `.reform` for the proposed one. Raises InputError for
    a name that is neither.
    """
    total = 0.0
    for term in expression.split("+"):
        product = 1.0
        for part in term.split("*"):
            product *= _part(part.strip(), where)
        total += product
    return total


def _part(text: str, where: str) -> float:
    if text in BY_PARAMETER:
        return BY_PARAMETER[text].value
    name, _, which = text.partition(".")
    if name in BY_NAME and which in ("", "reform"):
        return BY_NAME[name].reform if which else BY_NAME[name].base
    if not re.fullmatch(r"[\d.]+", text):
        raise InputError(
            f"{where}: there is no parameter or lever '{text}'."
            f"{nearest(text, (*BY_PARAMETER, *BY_NAME))}"
        )
    return number_in(text, "a number", where)


def _link(row: dict[str, str], where: str) -> Link:
    kind = cast("Kind", one_of(row["kind"], KINDS, "kind", where))
    if kind in ("produced", "fed in") and not row["measure"]:
        raise InputError(f"{where}: '{row['key']}' is {kind}; name the measure.")
    if kind in ("other population", "not modelled") and not row["reason"]:
        raise InputError(f"{where}: '{row['key']}' is {kind}; give the reason.")
    link = Link(
        key=row["key"],
        kind=kind,
        measure=row["measure"],
        population=row["population"],
        group=row["group"],
        layer=_layer(row["layer"], where),
        years=_years(row["years"], where),
        factor=number_in(row["factor"] or "1", "factor", where),
        tolerance=number_in(row["tolerance"] or "0", "tolerance", where),
        reason=row["reason"],
    )
    if kind == "fed in":
        fed_in(link.measure, where)
    elif link.measure and not link.is_pattern:
        check_group(link.measure, link.population, link.group, where)
    return link


def _layer(text: str, where: str) -> str:
    named = current("layer", text) or ACTUAL
    return one_of(named, LAYERS, "layer", where)


def _years(text: str, where: str) -> tuple[int, int]:
    if not text:
        return 0, LAST_YEAR
    match = _YEARS.fullmatch(text)
    if match is None or int(match[1]) > int(match[2]):
        raise InputError(f"{where}: years = '{text}'; write school years of the run as 4-14.")
    return int(match[1]), int(match[2])


def _check_range(link: Link, target: Target, where: str) -> None:
    """Raise InputError when a figure is scored without a range or a tolerance."""
    has_range = target.low is not None or target.high is not None
    is_exact = link.kind == "fed in"
    if link.kind == "produced" and not (has_range or is_exact or link.is_pattern or link.tolerance):
        raise InputError(
            f"{where}: {target.key} is printed without a range; give a tolerance, such as 0.1."
        )
