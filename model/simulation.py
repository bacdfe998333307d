"""The model as a Mesa user expects it, over the same rows that the compiled loop walks."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import mesa
import networkx as nx
import numpy as np
import pandas as pd

from model.agents import Family
from model.clock import MONTHS_PER_YEAR, START_NUMBER, SchoolMonth, month_text, school_year
from model.engine import Engine
from model.enums import Contract, Status
from model.errors import Cancelled, HorizonError, InputError
from model.network import family_network
from model.observe import observe
from model.population import build_population
from model.scenario import FROZEN_2023, ParameterChange, Scenario
from model.state import ADULTS, State
from model.tables import tidy
from model.timetable import Timetable, build

YEARS_MAX = 40
"""Longest run in years; beyond it nothing in the evidence says anything."""
FAMILIES_MIN, FAMILIES_MAX = 2, 2_000_000

Progress = Callable[[int, int], object]
Stop = Callable[[], bool]


class FamilyModel(mesa.Model):  # type: ignore[type-arg]
    """Families of EU labour migrants and comparable Dutch families, month by month.

    Args:
        scenario: what policy does; without one, everything stays as in 2023.
        families: families at the start, both populations together; None or "all" is the full size
            (48,500 EU-11 children, the letter's vulnerable groups, and as many comparable ones).
        rng: seed, a whole number; without one, a new one is drawn and kept in `seed`.
        years: how long the run may be, in years.
        parameters: other values by dotted name, as in `{"school.fade_rate": 0.2}`.
        threads: threads of the compiled loop; the numbers do not depend on it.
        reference: the scenario against which levers count as moved, for the report on reach.
        population: a state that `build_population` laid down, to share between runs; it is copied.
        collect: whether the data collector notes a few numbers every month.

    Raises InputError for what cannot be used.
    """

    def __init__(
        self,
        scenario: Scenario | None = None,
        *,
        families: int | str | None = 2000,
        rng: int | None = None,
        years: int = 15,
        parameters: Mapping[str, float] | None = None,
        threads: int = 1,
        reference: Scenario = FROZEN_2023,
        population: State | None = None,
        collect: bool = True,
    ) -> None:
        self.seed = secrets.randbits(32) if rng is None else _checked_seed(rng)
        super().__init__(rng=self.seed)
        self.policy = scenario or FROZEN_2023
        self.horizon = _checked_years(years) * MONTHS_PER_YEAR
        self.timetable = timetable(self.policy, self.horizon, parameters, reference)
        size = checked_families(families)
        if population is None:
            population = build_population(self.timetable, self.seed, size)
        self.state = population.copy()
        self._engine = Engine(self.state, self.timetable, self.seed, threads)
        self._sums: dict[str, np.ndarray] = {}
        self._has_agents = False
        self._lived: np.ndarray | None = None
        self.datacollector = mesa.DataCollector(model_reporters=_REPORTERS) if collect else None

    @property
    def scenario(self) -> None:
        """Mesa keeps a scenario of its own kind here, and its viewer wants that or none.

        The scenario of the run is `policy`.
        """

    @scenario.setter
    def scenario(self, _: object) -> None:
        """Mesa sets a scenario of its own kind while it is made; ours stands."""

    @property
    def month(self) -> int:
        """The month of the run that comes next; 0 is the first."""
        return self._engine.month

    @property
    def month_text(self) -> str:
        """The calendar month that comes next, as 'YYYY-MM'."""
        return month_text(START_NUMBER + self.month)

    @property  # type: ignore[misc]
    def agents(self) -> Any:  # noqa: ANN401 - Mesa's own AgentSet
        """The families that are in the country; made when first asked for."""
        if not self._has_agents:
            self._has_agents = True
            self._renew_agents()
        return self._all_agents

    def step(self) -> None:
        """Live one month."""
        self._check_horizon()
        self._engine.open()
        if self._lived is None:
            self._engine.live()
        else:
            for row in np.flatnonzero(~self._lived[: self._engine.n_rows]):
                self._engine.live_row(int(row))
        self._close()

    def live_family(self, row: int) -> None:
        """Let one family live the present month; the month closes with the last one."""
        self._check_horizon()
        self._engine.open()
        if self._lived is None:
            self._lived = ~self._is_here()
        if self._lived[row]:
            message = f"family {row + 1} has already lived {self.month_text}; step the others first"
            raise InputError(message)
        self._engine.live_row(row)
        self._lived[row] = True
        if self._lived.all():
            self._advance_time(self.time + 1)

    def run(self, progress: Progress | None = None, cancelled: Stop | None = None) -> FamilyModel:
        """Live on to the horizon; report (months done, all months) after each; return the model.

        Raises Cancelled when `cancelled()` says so between two months.
        """
        while self.month < self.horizon:
            if cancelled is not None and cancelled():
                message = f"stopped after {self.month} of {self.horizon} months"
                raise Cancelled(message)
            self.step()
            if progress is not None:
                progress(self.month, self.horizon)
        return self

    def outcomes(self, replicate: int = 0) -> pd.DataFrame:
        """Return the tidy table of what has been observed so far; columns in `model.outcomes`."""
        return tidy(self._sums, self.policy.id, replicate)

    def family_network(self, rows: np.ndarray | None = None) -> nx.Graph[Any]:
        """Return the network of a selection of families (rows), or of all that are here."""
        if rows is None:
            rows = np.flatnonzero(self._is_here())
        return family_network(self.state, rows)

    def _is_here(self) -> np.ndarray:
        status = np.ascontiguousarray(self.state.families["status"])
        here: np.ndarray = (status == Status.IN_NL) | (status == Status.ABROAD_TEMP)
        return here

    def _check_horizon(self) -> None:
        if self.month >= self.horizon:
            message = (
                f"the run was laid down for {self.horizon // MONTHS_PER_YEAR} years and has lived"
                " them; make the model with more years to go on"
            )
            raise HorizonError(message)

    def _close(self) -> None:
        month, world, rows = self.month, self._engine.world, self._engine.n_rows
        self._engine.close()
        self._lived = None
        moment = month % MONTHS_PER_YEAR
        if moment == SchoolMonth.OCTOBER and month > MONTHS_PER_YEAR:
            seen = observe(world, rows, month, is_october=True)
            self._keep(school_year(month - MONTHS_PER_YEAR), seen)
        elif moment == SchoolMonth.JULY:
            self._keep(school_year(month), observe(world, rows, month, is_october=False))
        if self._has_agents:
            self._renew_agents()
        if self.datacollector is not None:
            self.datacollector.collect(self)
        self.running = self.month < self.horizon

    def _keep(self, year: str, seen: np.ndarray) -> None:
        self._sums[year] = self._sums[year] + seen if year in self._sums else seen

    def _renew_agents(self) -> None:
        """Make agents for families that are here or come this month; remove the others."""
        here = self._is_here()
        if self.month < self.horizon:
            first, last = self.state.entries[self.month : self.month + 2]
            here[first:last] = True
        known = {agent.row: agent for agent in self._all_agents}
        for row, agent in known.items():
            if not here[row]:
                agent.remove()
        for row in np.flatnonzero(here):
            if int(row) not in known:
                Family(self, int(row))


def timetable(
    scenario: Scenario, months: int, parameters: Mapping[str, float] | None, reference: Scenario
) -> Timetable:
    """Lay out a scenario, with other parameter values where they are given."""
    if parameters:
        changes = tuple(ParameterChange(parameter=k, value=v) for k, v in parameters.items())
        scenario = replace(scenario, parameters=changes + scenario.parameters)
    return build(scenario, months, reference)


def checked_families(families: int | str | None) -> int | None:
    """Return the number of families, None for the full size. Raises InputError."""
    if families is None or families == "all":
        return None
    if isinstance(families, bool) or not isinstance(families, int | np.integer):
        message = f"families = {families!r} is not a number; give a whole number or 'all'."
        raise InputError(message)
    if not FAMILIES_MIN <= families <= FAMILIES_MAX:
        message = (
            f"families = {families} is outside {FAMILIES_MIN} to {FAMILIES_MAX:,}; 2,000 gives a"
            " first picture, 'all' is the full size."
        )
        raise InputError(message)
    return int(families)


def _checked_years(years: int) -> int:
    if isinstance(years, bool) or not isinstance(years, int | np.integer):
        message = f"years = {years!r} is not a number of years; give a whole number."
        raise InputError(message)
    if not 1 <= years <= YEARS_MAX:
        message = (
            f"years = {years} is outside 1 to {YEARS_MAX}; the model says nothing beyond"
            f" {YEARS_MAX} years. 15 years lets a newborn reach mbo age."
        )
        raise InputError(message)
    return int(years)


def _checked_seed(seed: int) -> int:
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or not 0 <= seed < 2**64:
        message = f"the seed {seed!r} is not a whole number from 0 to 2**64 - 1."
        raise InputError(message)
    return int(seed)


def _share_permanent(model: FamilyModel) -> float:
    here = np.flatnonzero(model._is_here())  # noqa: SLF001
    return float((model.state.adults["contract"][ADULTS * here] == Contract.PERMANENT).mean())


_REPORTERS: dict[str, Callable[[FamilyModel], float]] = {
    "families": lambda model: int(model._is_here().sum()),  # noqa: SLF001
    "share_permanent": _share_permanent,
    "moved_this_month": lambda model: float(
        (model.state.families["moved"][model._is_here()] > 0).mean()  # noqa: SLF001
    ),
    "mean_income": lambda model: float(
        model.state.families["income_eur_month"][model._is_here()].mean()  # noqa: SLF001
    ),
}
