"""The model as a Mesa user expects it: a face on the run, over the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import mesa
import numpy as np

from model.agents import Family
from model.enums import Contract
from model.errors import InputError
from model.outcomes.observers import Observer, Progress, Stop
from model.outcomes.registry import ACTUAL, Choice
from model.outcomes.sums import Sums
from model.policy.scenario import FROZEN_2023, Scenario
from model.policy.timetable import Timetable
from model.run.bar import shown
from model.run.settings import seed_of
from model.run.simulation import Simulation
from model.run.snapshot import Snapshot
from model.state import ADULTS, State

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


Rng = (
    int
    | np.integer[Any]
    | Sequence[int]
    | np.random.SeedSequence
    | np.random.BitGenerator
    | np.random.Generator
)
"""What Mesa and NumPy take for `rng`."""


class FamilyModel(mesa.Model):  # type: ignore[type-arg]
    """Families of EU labour migrants and comparable Dutch families, month by month.

    Args:
        scenario: what policy does: an object, or a name or file once `scenarios` is imported;
            without one, everything stays as in 2023.
        families: families at the start, both populations together; None or "all" is the full size
            (the stock: 69,550 EU-11 families, and as many comparable ones).
        rng: a seed (a whole number), or what else Mesa and NumPy take: a generator, a seed
            sequence, several numbers. The seed is kept in `seed`; without one, it is drawn.
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
        scenario: Scenario | str | Path | None = None,
        *,
        families: int | str | None = 2000,
        rng: Rng | None = None,
        years: int = 15,
        parameters: Mapping[str, float] | None = None,
        threads: int = 1,
        reference: Scenario | str | Path = FROZEN_2023,
        population: State | None = None,
        collect: bool = True,
    ) -> None:
        simulation = Simulation(
            scenario,
            families=families,
            seed=seed_of(rng),
            years=years,
            parameters=parameters,
            threads=threads,
            reference=reference,
            population=population,
        )
        self._put_on(simulation, collect=collect)

    def _put_on(self, simulation: Simulation, *, collect: bool) -> None:
        """Become the face of a run: Mesa's clock stands where the run is."""
        self.simulation = simulation
        self.seed = simulation.seed
        super().__init__(rng=self.seed)
        self._has_agents = False
        self.datacollector = None
        self._is_behind = True
        if simulation.month > 0:
            self.run_for(simulation.month)
        self._is_behind = False
        self.running = self.month < self.horizon
        if collect:
            self.datacollector = mesa.DataCollector(model_reporters=_REPORTERS)

    @classmethod
    def from_snapshot(
        cls,
        snapshot: Snapshot | Path | str,
        scenario: Scenario | str | Path | None = None,
        *,
        threads: int = 1,
        collect: bool = True,
    ) -> Self:
        """Return a model that goes on from a snapshot or its file, any number of times.

        It goes on under the scenario of the snapshot, or under another one that asks the same of
        every month that has been lived. Mesa's own generators start anew; no number of the model
        hangs on them. Raises StorageError for a file that is damaged, and InputError when another
        version made it or another scenario would have gone another way.
        """
        kept = snapshot if isinstance(snapshot, Snapshot) else Snapshot.read(snapshot)
        model = cls.__new__(cls)
        cls._put_on(model, Simulation.from_snapshot(kept, scenario, threads), collect=collect)
        if model.datacollector is not None:
            for name, rows in kept.collected.items():
                model.datacollector.model_vars[name] = rows.tolist()
        return model

    def snapshot(self) -> Snapshot:
        """Return the model as it is now, between two months or two families of a month.

        Of what the data collector noted of the model, numbers go with it.
        """
        kept = self.simulation.snapshot()
        if self.datacollector is None:
            return kept
        columns = {name: np.array(rows) for name, rows in self.datacollector.model_vars.items()}
        return replace(kept, collected={k: v for k, v in columns.items() if v.dtype.kind in "biuf"})

    def __repr__(self) -> str:
        return f"<FamilyModel of {self.simulation.told()}>"

    def __getstate__(self) -> dict[str, Any]:
        """Return what a copy needs. Raises InputError in the middle of a step."""
        self._check_between_steps()
        return self.__dict__

    def __copy__(self) -> Self:
        """Return a model of its own: half a copy would share months with this one."""
        return deepcopy(self)

    def _check_between_steps(self) -> None:
        # While Mesa makes a step, the next one does not stand in its list of events yet.
        following = self._default_schedule.next_scheduled_time
        if following is not None and following <= self.time:
            message = (
                f"the model is in the middle of a step ({self.month_text}); copy it between two"
                " steps, not from an observer, a reporter or an agent."
            )
            raise InputError(message)

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
        if self._is_behind:
            return
        self.simulation.step()
        if self._has_agents:
            self._renew_agents()
        if self.datacollector is not None:
            self.datacollector.collect(self)
        self.running = self.month < self.horizon

    def _advance_time(self, until: float) -> None:
        # Mesa takes a step that fails out of its list of events, and would be silent from then on.
        if not self._is_behind and self.month >= self.horizon:
            self.simulation.open()
        super()._advance_time(until)

    def live_family(self, row: int) -> None:
        """Let one family live the present month; the month closes with the last one."""
        if self.simulation.live_family(row):
            self._advance_time(self.time + 1)

    def run(
        self,
        progress: Progress | bool | None = None,
        stop: Stop | None = None,
        observers: Iterable[Observer] = (),
    ) -> FamilyModel:
        """Live on to the horizon and return the model.

        `progress` hears of months done and all months after each, True shows a bar; `observers`
        (`model.outcomes.observers`) see each month. Raises Cancelled when `stop()` says so between
        two months.
        """
        with shown(progress) as report:
            self.simulation.run(report, stop, observers, step=self.step)
        return self

    def sums(self) -> Sums:
        """Return what has been added up so far, with named axes."""
        return self.simulation.sums()

    def outcomes(
        self,
        replicate: int = 0,
        layer: Choice = ACTUAL,
        groups: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """Return the tidy table of what has been observed so far; columns in its registry.

        `layer` is what is actually so, or "registered" for what CBS and DUO would see; None is
        both. `groups` are those it is made for: "all", a dimension ("municipality") or one group of
        it ("municipality:rotterdam"); None is every group. Raises InputError for another.
        """
        sums = self.sums() if groups is None else self.sums().of_groups(groups)
        return sums.table(self.policy.id, replicate, layer)

    def family_network(self, rows: np.ndarray | None = None) -> nx.Graph[Any]:
        """Return the network of a selection of families (rows), or of all that are here.

        A family's node is its `unique_id`.
        """
        from model.network.graphs import family_network  # noqa: PLC0415 - only who looks at it needs it

        chosen = np.flatnonzero(self.simulation.is_here()) if rows is None else rows
        return family_network(self.state, chosen)

    def _renew_agents(self) -> None:
        """Make agents for families that are here or come this month; remove the others."""
        here = self.simulation.is_here()
        here[self.simulation.coming()] = True
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


def _n_here(model: FamilyModel) -> int:
    return int(model.simulation.is_here().sum())


def _share_moved(model: FamilyModel) -> float:
    return float((_of_those_here(model, "moved") > 0).mean())


def _mean_income(model: FamilyModel) -> float:
    return float(_of_those_here(model, "income_eur_month").mean())


_REPORTERS: dict[str, Callable[[FamilyModel], float]] = {
    "families_here": _n_here,
    "share_permanent": _share_permanent,
    "moved_this_month": _share_moved,
    "mean_income": _mean_income,
}
"""What the data collector notes; no name is that of an argument, which a sweep would have as well.

Functions have a name, since a model is copied to other processes with them."""
