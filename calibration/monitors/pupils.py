"""Pupils one by one at each count of October: what regressions are held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from calibration.monitors.logistic import logistic
from model.calendar import MONTHS_PER_YEAR, SchoolMonth
from model.enums import BirthCountry, Education, Stage
from model.outcomes.observers import Observer, View
from model.outcomes.registry import POPULATIONS

REGRESSED: Mapping[str, tuple[Stage, Stage]] = {
    "leaving_vo": (Stage.PRO, Stage.VWO),
    "leaving_mbo": (Stage.MBO1, Stage.MBO4),
}
"""What is regressed: the yearly chance of leaving from the first to the last of these stages."""

COVARIATES: Mapping[str, str] = {
    "age": "years, at the count",
    "learning": "learning, in SD",
    "language": "Dutch, in SD",
    "poor": "1 for an income of twelve months under the poverty line, else 0",
    "log_income": "natural logarithm of the income of twelve months",
    "low_education": "1 for parents with low education, else 0",
    "high_education": "1 for parents with high education, else 0",
    "born_abroad": "1 for a child that was born abroad, else 0",
    "eu11": "1 for a family of EU-11 origin, 0 for a comparable one",
    "absent_days": "days absent in twelve months",
    "stage": "years of school from pro (0) to vwo (5), or the level of mbo",
}
"""What a regression may name, and what each is."""

LEAST_INCOME = 1.0
"""EUR a month below which the logarithm of an income is taken of this."""


class Pupils(Observer):
    """Rows of registered pupils for whom leaving was drawn at a count, of all counts of a run."""

    def __init__(self) -> None:
        self.rows: list[np.ndarray] = []

    def month(self, view: View) -> None:
        """Note the pupils of a year's count, in the month after which leaving is known."""
        month = view.month
        if month % MONTHS_PER_YEAR != SchoolMonth.OCTOBER or month <= MONTHS_PER_YEAR:
            return
        state, here = view.state, view.is_here()
        children, families = state.children, state.families
        first, n = (families[name].astype(np.int64) for name in ("first_child", "n_children"))
        family = np.repeat(np.arange(families.size), n)
        family = family[np.argsort(first[family], kind="stable")]
        stage = children["risk_stage"].astype(np.int64)
        is_counted = here[family] & (children["risk_registered"] != 0)
        is_counted &= (stage >= Stage.PRO) & (stage <= Stage.MBO4)
        rows = np.flatnonzero(is_counted)
        child, home = children[rows], families[family[rows]]
        is_mbo = stage[rows] >= Stage.MBO1
        income = np.maximum(home["income_12m_eur"], LEAST_INCOME)
        score = sum(
            child[name].astype(float)
            for name in ("learning_z", "gain_learning", "change_effect", "crowding_effect")
        )
        covariates = {
            "age": (month - child["birth_month"]) / MONTHS_PER_YEAR,
            "learning": score,
            "language": child["language_z"].astype(float) + child["gain_language"],
            "poor": home["is_poor"] != 0,
            "log_income": np.log(income),
            "low_education": home["parent_education"] == Education.LOW,
            "high_education": home["parent_education"] == Education.HIGH,
            "born_abroad": child["birth_country"] == BirthCountry.ABROAD,
            "eu11": home["population"] == POPULATIONS.index("eu11"),
            "absent_days": child["absent_days_12m"],
            "stage": stage[rows] - np.where(is_mbo, Stage.MBO1 - 1, Stage.PRO),
        }
        year = np.full(rows.size, view.year - 1)
        told = (year, home["population"], stage[rows], child["vsv_hazard_year"])
        columns = (*told, *(covariates[name] for name in COVARIATES))
        self.rows.append(np.column_stack(columns).astype(np.float32))

    def coefficient(
        self,
        measure: str,
        population: str,
        years: tuple[int, int],
        covariates: Sequence[str],
        term: str,
    ) -> tuple[float, int]:
        """Return the log-odds that one covariate adds, all others equal, and over how many rows.

        NaN where too few pupils were seen, or they do not tell the covariates apart.
        """
        if not self.rows:
            return float("nan"), 0
        whole = np.concatenate(self.rows).astype(float)
        first, last = REGRESSED[measure]
        chosen = (whole[:, 0] >= years[0]) & (whole[:, 0] <= years[1])
        chosen &= (whole[:, 2] >= first) & (whole[:, 2] <= last)
        if population != "both":
            chosen &= whole[:, 1] == POPULATIONS.index(population)
        places = [list(COVARIATES).index(name) + _BEFORE for name in covariates]
        found = logistic(whole[np.ix_(chosen, places)], whole[chosen, 3])
        return float(found[list(covariates).index(term)]), int(chosen.sum())


_BEFORE = 4
"""Columns before the covariates: school year, population, stage, chance of leaving."""
