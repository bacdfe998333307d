"""What comparable children meet on average, which the ledger holds so that it costs nothing.

    python -m calibration.peers

prints it. It is shipped, and not taken from the run: else what happens to one family would move
what all others learn, a policy for some would reach those it is not for, and a small run would
learn otherwise than a large one. Run it when what families meet has changed.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence

import numpy as np

from model import FamilyModel
from model.calendar import FOUR, THIRTEEN, SchoolMonth
from model.enums import Contract, Population, Status
from model.registry import BY_NAME, BY_PARAMETER
from model.state import State
from model.submodels.care.rules import carer_outside_hours, share_in_childcare

AGES = (("4-7", 4, 8), ("8-12", 8, 13), ("13-17", 13, 18), ("4-17", 4, 18))
"""Ages in years for which it is told; the ledger has one number for all of them."""

FIRST_MONTH = 36
"""From here on the months of a run have shaped what is measured."""


def family_of_children(state: State) -> np.ndarray:
    """Return for every child (c,) the row of its family."""
    order = np.argsort(state.families["first_child"], kind="stable")
    return np.repeat(order, state.families["n_children"][order])


def _parameter(name: str) -> float:
    return float(BY_PARAMETER[name].value)


def outside_hours(state: State, families: np.ndarray) -> np.ndarray:
    """Return how far the main carers of some families (k,) work outside childcare hours, 0 to 1."""
    found = np.zeros(families.size)
    opens, closes = (float(BY_NAME[f"childcare_{end}_hour"].base) for end in ("open", "close"))
    for k, row in enumerate(families):
        family = state.families[row]
        carer = state.adults[2 * row + int(family["n_adults"]) - 1]
        if carer["contract"] == Contract.NONE:
            continue
        found[k] = carer_outside_hours(
            start=carer["shift_start"] / 2.0,
            end=carer["shift_end"] / 2.0,
            opens=opens,
            closes=closes,
            usual_opens=_parameter("care.care_usual_open_hour"),
            usual_closes=_parameter("care.care_usual_close_hour"),
            share_formal=share_in_childcare(
                education_level=float(family["parent_education"]) - 1.0,
                knowledge=float(family["knowledge"]),
                usual=_parameter("care.care_formal"),
                per_level=_parameter("care.care_formal_education"),
            ),
            share_early_late=_parameter("care.care_early_late"),
            hours_full=_parameter("early_years.hours_outside_nil"),
        )
    return found


def _met(state: State, month: int) -> dict[str, dict[str, float]]:
    """Return what comparable pupils meet at the end of a school year, by age."""
    families, children = state.families, state.children
    family = family_of_children(state)
    is_peer = (families["population"][family] == Population.COMPARABLE) & (
        families["status"][family] == Status.IN_NL
    )
    age = month - children["birth_month"].astype(np.int64)
    found: dict[str, dict[str, float]] = {}
    for name, low, high in AGES:
        chosen = is_peer & (children["is_enrolled"] != 0) & (age >= 12 * low) & (age < 12 * high)
        rows = family[chosen]
        income = np.maximum(
            families["income_12m_eur"][rows], _parameter("school.income_floor_eur_month")
        )
        young = family[chosen & (age < THIRTEEN) & (age >= FOUR)]
        found[name] = {
            "school.absent_normal_year": float(children["absent_days_12m"][chosen].mean()),
            "school.income_reference_eur_month": float(np.log(income).mean()),
            "school.shift_usual_share": float(outside_hours(state, young).mean())
            if young.size
            else math.nan,
            "school.peers_school_changes": float(children["school_changes_year"][chosen].mean()),
            "school.peers_crowded": float(
                (families["crowding"][rows] >= _parameter("housing.crowded_from")).mean()
            ),
            "learning": float(children["learning_z"][chosen].mean()),
            "talent": float(children["talent"][chosen].mean()),
            "change_effect": float(children["change_effect"][chosen].mean()),
            "crowding_effect": float(children["crowding_effect"][chosen].mean()),
            "language": float(np.minimum(0.0, children["language_z"][chosen]).mean()),
        }
    return found


def measured(
    families: int, years: int, seeds: Sequence[int]
) -> dict[str, dict[str, tuple[float, float]]]:
    """Return what comparable pupils meet, by age and quantity: mean over seeds and years, error.

    The error is that of the mean over the seeds. Income is the one whose logarithm is the mean.
    """
    seen: dict[str, dict[str, list[float]]] = {}
    for seed in seeds:
        model = FamilyModel(families=families, rng=seed, years=years, collect=False)
        of_seed: dict[str, dict[str, list[float]]] = {}
        for month in range(12 * years - 1):
            model.step()
            if month >= FIRST_MONTH and month % 12 == SchoolMonth.JULY - 1:
                for age, values in _met(model.state, month).items():
                    for name, value in values.items():
                        of_seed.setdefault(age, {}).setdefault(name, []).append(value)
        for age, kept in of_seed.items():
            for name, all_years in kept.items():
                mean = float(np.mean(all_years))
                is_log = name == "school.income_reference_eur_month"
                seen.setdefault(age, {}).setdefault(name, []).append(
                    math.exp(mean) if is_log else mean
                )
    return {
        age: {
            name: (
                float(np.mean(values)),
                float(np.std(values, ddof=1) / math.sqrt(len(values))) if len(values) > 1 else 0.0,
            )
            for name, values in quantities.items()
        }
        for age, quantities in seen.items()
    }


def main() -> None:
    """Print what comparable children meet, and what the ledger says."""
    rows = measured(3000, 10, (1, 2))
    for name in next(iter(rows.values())):
        held = f"{_parameter(name):.4f}" if name in BY_PARAMETER else "-"
        told = "  ".join(
            f"{age}: {of[name][0]:.4f} ({of[name][1]:.4f})" for age, of in rows.items()
        )
        sys.stdout.write(f"{name:40} ledger {held:>10}  {told}\n")


if __name__ == "__main__":
    main()
