"""Exposure: whom a scenario reaches, by which lever, directly or through others, year by year.

A lever reaches a family in the steps of the month, which leave its mark where its value counts.
Both runs are marked, each against the other, so that a lever that is turned down counts those who
were reached in the base and no longer are. Through others means: a life that differs from the base
though no lever has touched the family or one of its children up to then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.calendar import COUNT_UNTIL, MONTHS_PER_YEAR, SchoolMonth, school_year
from model.enums import BirthCountry, Population, Status
from model.outcomes.observers import Progress, Stop
from model.outcomes.registry import ACTUAL, COLUMNS
from model.policy.scenario import Scenario
from model.registry import LEVERS
from scenarios.pairs.pair import ALTERNATIVE, BASE, Pair
from scenarios.pairs.why_not_reached import OF_PLACES, Reason, Witness

if TYPE_CHECKING:
    import pandas as pd

NEWCOMER_LEVERS = ("newcomer_months_po", "newcomer_months_vo", "newcomer_threshold_pupils")

FAMILIES, CHILDREN = "reached_families", "reached_children"
THROUGH_OTHERS, DIFFERENT = "reached_through_others", "different_families"
SUPPORTED, PRACTICE = "newcomer_support", "reached_municipalities"
"""What the rows of an exposure count: shares of families or children, of pupils for newcomer
support (by birth country), of the nine places for municipal practice."""


@dataclass(frozen=True, kw_only=True)
class Newcomers:
    """Pupil-years of children born here and elsewhere, and in how many there was newcomer money."""

    born_here: int
    of_born_here: int
    elsewhere: int
    of_elsewhere: int


@dataclass(frozen=True, kw_only=True)
class Exposure:
    """Whom an alternative reaches.

    `table` is tidy (columns of `model.outcomes.registry.COLUMNS`): per school year and population,
    dimension 'lever' with the lever as group, 'all' for any lever, 'birth_country' for newcomer
    support. `moved` are the levers that stand elsewhere than in the base, `unreached` says for each
    lever that reached nobody why; `newcomers` is there when a lever of newcomer money is moved.
    """

    base: str
    alternative: str
    table: pd.DataFrame
    moved: tuple[str, ...]
    unreached: Mapping[str, Reason]
    newcomers: Newcomers | None = None

    def by_lever(self, population: str = "eu11") -> pd.DataFrame:
        """Return a row per lever: mean share of families and children reached over the years.

        Columns lever, years (school years with anybody reached), families, children.
        """
        rows = self.table[
            (self.table["dimension"] == "lever") & (self.table["population"] == population)
        ]
        found = rows.pivot_table(
            index="group", columns="outcome", values="value", aggfunc="mean", sort=False
        )
        years = rows[(rows["outcome"] == CHILDREN) & (rows["value"] > 0.0)].groupby("group").size()
        result = found.reindex(columns=[FAMILIES, CHILDREN]).set_axis(
            ["families", "children"], axis=1
        )
        result.insert(0, "years", years.reindex(result.index, fill_value=0))
        return result.rename_axis("lever").reset_index()


def exposure(
    base: Scenario,
    alternative: Scenario,
    *,
    families: int | None = 2000,
    years: int = 15,
    rng: int = 1,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Exposure:
    """Live both scenarios with the same families and return whom the alternative reaches.

    Raises InputError when the two do not start with the same people or cannot be laid out, and
    Cancelled when `stop()` says so.
    """
    pair = Pair.of(base, alternative, families=families, years=years, seed=rng, marked=True)
    watcher = _Watcher(pair)
    pair.run(watcher.watch, progress, stop)
    table = watcher.table(alternative.id)
    reached = table[(table["dimension"] == "lever") & (table["numerator"] > 0.0)]["group"]
    return Exposure(
        base=base.id,
        alternative=alternative.id,
        table=table,
        moved=watcher.witness.moved,
        unreached=watcher.witness.reasons(set(reached)),
        newcomers=watcher.newcomers(),
    )


def unreached(
    base: Scenario,
    alternative: Scenario,
    *,
    families: int | None,
    years: int,
    seed: int,
    stop: Stop | None = None,
) -> frozenset[str]:
    """Return which levers that stand elsewhere than in the base reach no EU-11 family in a pair.

    Those that act on municipalities are none of them. Raises as `exposure` does.
    """
    pair = Pair.of(base, alternative, families=families, years=years, seed=seed, marked=True)
    moved = set(Witness(pair).moved) - set(OF_PLACES)
    ours = pair.states[BASE].families["population"] == Population.EU11
    marks = np.uint64(0)

    def watch(pair: Pair) -> None:
        nonlocal marks
        if pair.month % MONTHS_PER_YEAR == SchoolMonth.JULY:
            marks |= np.bitwise_or.reduce(_family_marks(pair, _child_marks(pair))[ours])

    pair.run(watch, None, stop)
    return frozenset(one.name for one in LEVERS if one.name in moved and not int(marks) & one.bit)


class _Watcher:
    """What is noted every month of a marked pair of runs."""

    def __init__(self, pair: Pair) -> None:
        n = pair.states[BASE].families.size
        self.witness = Witness(pair)
        self._touched_ever, self._through_ever = np.zeros(n, bool), np.zeros(n, bool)
        self._different, self._through = np.zeros(n, bool), np.zeros(n, bool)
        self._rows: list[tuple[str, str, str, str, str, float, float]] = []
        self._supported = np.zeros((len(BirthCountry), 2), np.int64)

    def watch(self, pair: Pair) -> None:
        """Note the month, which is lived and still open."""
        differ = pair.differing()
        self._touched_ever |= _families_touched(pair, ~np.uint64(0))
        through = differ & ~self._touched_ever
        self._different |= differ
        self._through |= through
        self.witness.watch(pair)
        if pair.month % MONTHS_PER_YEAR == SchoolMonth.JULY:
            self._year(pair)
            self._different[:], self._through[:] = False, False

    def _year(self, pair: Pair) -> None:
        here, children = _present(pair)
        owner = pair.family_of_child
        of_children = _child_marks(pair)
        of_families = _family_marks(pair, of_children)
        families = pair.states[BASE].families
        for population in Population:
            ours = here & (families["population"] == population)
            theirs = children & ours[owner]
            self._population(population, "all", "all", {
                FAMILIES: of_families[ours] != 0,
                CHILDREN: of_children[theirs] != 0,
                THROUGH_OTHERS: self._through[ours],
                DIFFERENT: self._different[ours],
            }, pair.month)  # fmt: skip
            for lever in LEVERS:
                if lever.name in self.witness.moved:
                    bit = np.uint64(lever.bit)
                    found = {FAMILIES: of_families[ours] & bit, CHILDREN: of_children[theirs] & bit}
                    marks = {name: marks != 0 for name, marks in found.items()}
                    self._population(population, "lever", lever.name, marks, pair.month)
            self._newcomers(population, theirs, pair)
        self._municipalities(pair)

    def _population(
        self,
        population: Population,
        dimension: str,
        group: str,
        found: Mapping[str, np.ndarray],
        month: int,
    ) -> None:
        who = population.name.lower()
        for outcome, chosen in found.items():
            n, total = float(chosen.sum()), float(chosen.size)
            self._rows.append((school_year(month), who, dimension, group, outcome, n, total))

    def _newcomers(self, population: Population, chosen: np.ndarray, pair: Pair) -> None:
        """Note who has newcomer support in the alternative, by where pupils were born."""
        children = pair.states[ALTERNATIVE].children
        pupils = chosen & (children["is_enrolled"] != 0)
        for country in BirthCountry:
            rows = pupils & (children["birth_country"] == country)
            support = children["has_newcomer_support"][rows] != 0
            self._supported[country] += support.sum(), support.size
            self._population(
                population,
                "birth_country",
                country.name.lower(),
                {SUPPORTED: support},
                pair.month,
            )

    def _municipalities(self, pair: Pair) -> None:
        practice = [state.places["practice"] for state in pair.states]
        found = {PRACTICE: practice[BASE] != practice[ALTERNATIVE]}
        self._population(Population.EU11, "all", "all", found, pair.month)

    def table(self, scenario: str) -> pd.DataFrame:
        """Return the tidy table of what was noted."""
        import pandas as pd

        names = [*COLUMNS[2:4], "dimension", "group", "outcome", "numerator", "denominator"]
        table = pd.DataFrame(self._rows, columns=names)
        table["value"] = table["numerator"] / table["denominator"].where(table["denominator"] > 0)
        table = table.fillna({"value": 0.0}).assign(scenario=scenario, replicate=0, layer=ACTUAL)
        return table[list(COLUMNS)]

    def newcomers(self) -> Newcomers | None:
        """Return who had newcomer money, when a lever of it is moved."""
        if not set(NEWCOMER_LEVERS) & set(self.witness.moved):
            return None
        here, abroad = self._supported[[BirthCountry.NETHERLANDS, BirthCountry.ABROAD]].tolist()
        return Newcomers(
            born_here=here[0], of_born_here=here[1], elsewhere=abroad[0], of_elsewhere=abroad[1]
        )


def _present(pair: Pair) -> tuple[np.ndarray, np.ndarray]:
    """Return which families were here this school year in either run, and which children."""
    here = np.zeros(pair.states[BASE].families.size, bool)
    for state in pair.states:
        status, gone = state.families["status"], state.families["departure_month"]
        left_this_year = gone.astype(np.int64) > pair.month - MONTHS_PER_YEAR
        here |= np.isin(status, (Status.IN_NL, Status.ABROAD_TEMP))
        here |= (status == Status.EMIGRATED) & left_this_year
    ages = pair.month - pair.states[BASE].children["birth_month"].astype(np.int64)
    owner = pair.family_of_child
    return here, (owner >= 0) & here[owner] & (ages >= 0) & (ages < COUNT_UNTIL)


def _child_marks(pair: Pair) -> np.ndarray:
    """Return the bits by which a child was reached this school year: its own and its family's."""
    owner = pair.family_of_child
    result = np.zeros(owner.size, np.uint64)
    for state in pair.states:
        result |= state.children["touched"] | state.families["touched"][owner]
    return result


def _family_marks(pair: Pair, of_children: np.ndarray) -> np.ndarray:
    """Return the bits by which a family, or a child of it, was reached this school year."""
    owner = pair.family_of_child
    result = np.zeros(pair.states[BASE].families.size, np.uint64)
    for state in pair.states:
        result |= state.families["touched"]
    np.bitwise_or.at(result, owner[owner >= 0], of_children[owner >= 0])
    return result


def _families_touched(pair: Pair, bits: np.uint64) -> np.ndarray:
    """Return which families, or a child of theirs, one of these levers has reached this year."""
    return np.asarray((_family_marks(pair, _child_marks(pair)) & bits) != 0)
