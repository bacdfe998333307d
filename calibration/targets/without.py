"""Figures of grade A and B that the model is not held to, and why: `without.csv`.

The reason is one word of REASONS. An "input" may say in `given` which parameters and levers it was
fed in as; that the two agree is looked at, and proves nothing about the model.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from calibration.targets.figures import (
    FOLDER,
    Figure,
    covered,
    number_in,
    one_of,
    read_rows,
)
from model.errors import InputError, nearest
from model.registry import BY_NAME, BY_PARAMETER

WITHOUT = FOLDER / "without.csv"

REASONS: dict[str, str] = {
    "input": "the model was given it, or a prior rests on it",
    "population": "it is about other people than those of the model",
    "measure": "the model does not count it",
    "mechanism": "the model has nothing that would make it",
    "definition": "it is counted in another way, or nobody knows how",
    "effect": "it is what something does, not how much there is: for a prior",
    "place": "it is about one region or municipality",
    "totals": "it is a number of the whole country",
    "abroad": "it is from another country",
    "words": "it is a direction without a size",
    "older": "another count of the same quantity is better",
    "merged": "it follows from another figure",
}
"""Why a figure has no target, in one word, and what the word means."""

EXACT = 1e-9
"""By how much an input may differ that is printed without a range and has no tolerance."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Without:
    """Why one figure, or all whose keys begin like `figures` up to its star, has no target.

    `factor` turns what was `given` into the unit of the figure; `tolerance` is the share of the
    figure by which it may differ where no range is printed.
    """

    figures: str
    why: str
    given: str
    factor: float
    tolerance: float
    note: str

    def given_value(self) -> float:
        """Return what the model was given, in the unit of the figure."""
        return self.factor * given_in(self.given, self.figures)

    def allowed(self, figure: Figure) -> tuple[float, float]:
        """Return between what a given number agrees with the figure."""
        slack = abs(figure.value) * self.tolerance + EXACT
        low = figure.value - slack if figure.low is None else figure.low - EXACT
        high = figure.value + slack if figure.high is None else figure.high + EXACT
        return low, high


def load_without(
    figures: Mapping[str, Figure], held: Collection[str], path: Path = WITHOUT
) -> dict[str, Without]:
    """Return why each figure of grade A or B that no target is `held` to has none, by key.

    Raises InputError for a row that is not right, one about a figure with a target or with another
    row, and for a figure with neither target nor row.
    """
    scored = [key for key, figure in figures.items() if figure.is_scored]
    found: dict[str, Without] = {}
    for where, row in read_rows(path, tuple(item.name for item in fields(Without))):
        without = _without(row, where)
        keys = [key for key in covered(without.figures, scored) if key not in held]
        if not keys:
            raise InputError(
                f"{where}: no figure of grade A or B without a target has the key"
                f" '{without.figures}'.{nearest(without.figures, scored)}"
            )
        for key in keys:
            if key in found:
                raise InputError(f"{where}: '{key}' has a reason already. Keep one of the two.")
            found[key] = without
    missing = [key for key in scored if key not in found and key not in held]
    if missing:
        raise InputError(
            f"{path.name}: {', '.join(missing)} has neither a target nor a reason. Give it a"
            " quantity in decisions.csv, or say here in one word why not."
        )
    return found


def given_in(expression: str, where: str) -> float:
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


def _without(row: dict[str, str], where: str) -> Without:
    if not row["note"].strip():
        raise InputError(f"{where}: '{row['figures']}' has no note. Say in a sentence why.")
    without = Without(
        figures=row["figures"],
        why=one_of(row["why"], tuple(REASONS), "why", where),
        given=row["given"],
        factor=number_in(row["factor"] or "1", "factor", where),
        tolerance=number_in(row["tolerance"] or "0", "tolerance", where),
        note=row["note"],
    )
    if without.given:
        if without.why != "input":
            raise InputError(f"{where}: '{without.why}' and given. Only an input was given.")
        given_in(without.given, where)
    return without
