"""The model as a Mesa user expects it: a face on the run, over the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from model.agents import Family
from model.enums import Contract
from model.observers import Observer, Progress, Stop
from model.outcomes import ACTUAL, Choice
from model.scenario import FROZEN_2023, Scenario
from model.simulation import Simulation
from model.state import ADULTS, State
from model.sums import Sums
from model.timetable import Timetable

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


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

    Raises InputError for what cannot be used. `simulation` is the run without Mesa.
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
        self.simulation = Simulation(
            scenario,
            families=families,
            seed=rng,
            years=years,
            parameters=parameters,
            threads=threads,
            reference=reference,
            population=population,
        )
        self.seed = self.simulation.seed
        super().__init__(rng=self.seed)
        self._has_agents = False
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
    def policy(self) -> Scenario:
        """The scenario of the run."""
        return self.simulation.policy

    @property
    def state(self) -> State:
        """The arrays of the run."""
        return self.simulation.state

    @property
    def timetable(self) -> Timetable:
        """The values of levers and parameters in every month."""
        return self.simulation.timetable

    @property
    def horizon(self) -> int:
        """The months that the run may live."""
        return self.simulation.horizon

    @property
    def month(self) -> int:
        """The month of the run that comes next; 0 is the first."""
        return self.simulation.month

    @property
    def month_text(self) -> str:
        """The calendar month that comes next, as 'YYYY-MM'."""
        return self.simulation.month_text

    @property  # type: ignore[misc]
    def agents(self) -> Any:  # noqa: ANN401 - Mesa's own AgentSet
        """The families that are in the country; made when first asked for."""
        if not self._has_agents:
            self._has_agents = True
            self._renew_agents()
        return self._all_agents

    def step(self) -> None:
        """Live one month."""
        self.simulation.step()
        if self._has_agents:
            self._renew_agents()
        if self.datacollector is not None:
            self.datacollector.collect(self)
        self.running = self.month < self.horizon

    def live_family(self, row: int) -> None:
        """Let one family live the present month; the month closes with the last one."""
        if self.simulation.live_family(row):
            self._advance_time(self.time + 1)

    def run(
        self,
        progress: Progress | None = None,
        stop: Stop | None = None,
        observers: Iterable[Observer] = (),
    ) -> FamilyModel:
        """Live on to the horizon and return the model.

        `progress` hears of months done and all months after each, `observers` (`model.observers`)
        see each month. Raises Cancelled when `stop()` says so between two months.
        """
        self.simulation.run(progress, stop, observers, step=self.step)
        return self

    def sums(self) -> Sums:
        """Return what has been added up so far, with named axes."""
        return self.simulation.sums()

    def outcomes(self, replicate: int = 0, layer: Choice = ACTUAL) -> pd.DataFrame:
        """Return the tidy table of what has been observed so far; columns in `model.outcomes`.

        `layer` is what is actually so, or "registered" for what CBS and DUO would see; None is
        both. Raises InputError for another.
        """
        return self.sums().table(self.policy.id, replicate, layer)

    def family_network(self, rows: np.ndarray | None = None) -> nx.Graph[Any]:
        """Return the network of a selection of families (rows), or of all that are here."""
        from model.graphs import family_network  # noqa: PLC0415 - only who looks at it needs it

        chosen = np.flatnonzero(self.simulation.is_here()) if rows is None else rows
        return family_network(self.state, chosen)

    def _renew_agents(self) -> None:
        """Make agents for families that are here or come this month; remove the others."""
        here = self.simulation.is_here()
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


def _share_permanent(model: FamilyModel) -> float:
    here = np.flatnonzero(model.simulation.is_here())
    return float((model.state.adults["contract"][ADULTS * here] == Contract.PERMANENT).mean())


def _of_those_here(model: FamilyModel, field: str) -> np.ndarray:
    return np.asarray(model.state.families[field][model.simulation.is_here()])


_REPORTERS: dict[str, Callable[[FamilyModel], float]] = {
    "families": lambda model: int(model.simulation.is_here().sum()),
    "share_permanent": _share_permanent,
    "moved_this_month": lambda model: float((_of_those_here(model, "moved") > 0).mean()),
    "mean_income": lambda model: float(_of_those_here(model, "income_eur_month").mean()),
}
