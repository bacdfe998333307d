"""One run: a scenario lived month by month by one population, and what is added up of it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np

from model.calendar import MONTHS_PER_YEAR, START_NUMBER, SchoolMonth, month_text, school_year
from model.errors import Cancelled, HorizonError, InputError
from model.family_rows import FamilyRows
from model.outcomes.observe import no_weights, observe
from model.outcomes.observers import Observer, Progress, Stop, View, is_here, read_only
from model.outcomes.sums import Sums
from model.policy.channels import neutralised
from model.policy.scenario import FROZEN_2023, Scenario
from model.policy.timetable import Timetable, asked_before, build
from model.run.build import Populations, families_at_start, laid_down
from model.run.checks import check_same_past, checked_population, checked_row, checked_scenario
from model.run.engine import Engine, live_out
from model.run.relive import levers_of, relived
from model.run.settings import checked_families, checked_months, checked_seed, checked_settings
from model.run.shared import Past, Pasts, digest_of
from model.run.snapshot import Snapshot, check_made_by
from model.state import State


class Simulation:
    """Families of EU labour migrants and comparable Dutch families, month by month.

    This is the run itself, for programs; `FamilyModel` puts Mesa's face on it.

    Args:
        scenario: what policy does, also by its name or file; without one, all stays as in 2023.
        families: families at the start, both populations together; None or "all" is the full size
            (the stock: 69,550 EU-11 families, and as many comparable ones).
        seed: a whole number; without one, a new one is drawn and kept in `seed`.
        years: how long the run may be, in years.
        parameters: other values by dotted name, as in `{"school.fade_rate": 0.2}`.
        threads: threads of the compiled loop; the numbers do not depend on it.
        reference: the scenario against which levers count as moved, for the report on reach.
        population: a state that `build_population` laid down, to share between runs, or
            `Populations` that keep those that were laid down before; what is shared is copied.
        off: channels (`model.policy.channels`) that are switched off.
        weights: what standardised numbers are weighted by, as in `Sums.weights` of the base of a
            pair; without them, this run's own first school year.
        pasts: moments of runs with the same people: this one goes on from the latest that it would
            have come to as well, so an observer does not see the months before.

    Raises InputError for what cannot be used.
    """

    def __init__(
        self,
        scenario: Scenario | str | Path | None = None,
        *,
        families: int | str | None = 2000,
        seed: int | None = None,
        years: int = 15,
        parameters: Mapping[str, float] | None = None,
        threads: int = 1,
        reference: Scenario | str | Path = FROZEN_2023,
        population: State | Populations | None = None,
        off: Iterable[str] = (),
        weights: np.ndarray | None = None,
        pasts: Pasts | None = None,
    ) -> None:
        self.seed = secrets.randbits(32) if seed is None else checked_seed(seed)
        self.policy = FROZEN_2023 if scenario is None else checked_scenario(scenario)
        self.reference = checked_scenario(reference)
        self.parameters = checked_settings(parameters)
        self.horizon = checked_months(years)
        self.off = tuple(off)
        self.families = checked_families(families)
        plan = build(self.policy, self.horizon, self.reference, self.parameters)
        self.timetable = _without(plan, self.off)
        is_own = isinstance(population, State)  # nobody knows who is in it
        self._people = secrets.token_bytes(16) if is_own else plan.parameters[:1].tobytes()
        self._given = digest_of(weights)
        self._weights = no_weights() if weights is None else weights.copy()
        self._sums: dict[str, np.ndarray] = {}
        self._lived: np.ndarray | None = None
        self._observers: tuple[Observer, ...] = ()
        past = None if pasts is None else pasts.furthest(self.asked, weights)
        if past is None:
            state = self._laid_down(plan, population)
            self._engine = Engine(state, self.timetable, self.seed, threads)
        else:
            self._go_on_from(past, past.state.copy(), threads)

    def _go_on_from(self, past: Past, state: State, threads: int) -> None:
        """Become what a run was that has been asked the same so far, on a state of its own."""
        self._engine = Engine(state, self.timetable, self.seed, threads, past.moment)
        self._sums = {year: seen.copy() for year, seen in past.sums.items()}
        if past.given == self._given:
            self._weights = past.weights.copy()

    def catch_up(self, other: Simulation) -> None:
        """Become what another run has become, to the bit, which has been asked the same so far.

        Raises InputError when it has been asked something else, or other weights were given.
        """
        month, past = other.month, other.past()
        if other.horizon != self.horizon or other.asked[month] != self.asked[month]:
            message = f"{other.policy.id} and {self.policy.id} have lived other months"
            raise InputError(message)
        if not past.fits(None if self._given is None else self._weights):
            message = f"{other.policy.id} and {self.policy.id} are weighted otherwise"
            raise InputError(message)
        self._go_on_from(past, past.state, self._engine.threads)

    def _laid_down(self, plan: Timetable, population: State | Populations | None) -> State:
        """Return the state before the first month."""
        if population is None:
            return laid_down(plan, self.seed, self.families, live_out)
        if isinstance(population, Populations):
            population = population.of(plan, self.seed, self.families, live_out)
        n_start = families_at_start(self.families, plan.parameters_in(0))
        return checked_population(population, n_start).copy()

    @classmethod
    def from_snapshot(
        cls,
        snapshot: Snapshot | Path | str,
        scenario: Scenario | str | Path | None = None,
        threads: int = 1,
    ) -> Self:
        """Return a run that goes on from a snapshot or its file, any number of times.

        It goes on under the scenario of the snapshot, or under another one that asks the same of
        every month that has been lived. Raises StorageError for a file that is damaged, and
        InputError when another version made it or another scenario would have gone another way.
        """
        kept = snapshot if isinstance(snapshot, Snapshot) else Snapshot.read(snapshot)
        check_made_by(kept.made_by, "the snapshot")
        run = cls.__new__(cls)
        cls._go_on(run, kept, checked_scenario(scenario or kept.scenario), threads)
        return run

    def _go_on(self, kept: Snapshot, scenario: Scenario, threads: int) -> None:
        """Become the run of a snapshot."""
        self.seed, self.horizon, self.families = kept.seed, kept.months, kept.families
        self.policy, self.reference = scenario, kept.reference
        self.parameters, self.off = dict(kept.parameters), tuple(kept.off)
        given = self.horizon, self.reference, self.parameters
        plan = build(scenario, *given)
        if scenario is not kept.scenario:
            before = build(kept.scenario, *given)
            check_same_past(plan, before, kept.moment.first_free, scenario.id)
        self.timetable = _without(plan, self.off)
        self._people = plan.parameters[:1].tobytes()
        self._given = digest_of(kept.weights)  # a snapshot does not say, so they are not its own
        self._engine = Engine(kept.state.copy(), self.timetable, self.seed, threads, kept.moment)
        self._sums = {year: np.array(seen) for year, seen in kept.sums.items()}
        self._weights = kept.weights.copy()
        self._lived = None if kept.lived is None else kept.lived.copy()
        self._observers = ()

    def snapshot(self) -> Snapshot:
        """Return the run as it is now, between two months or two families of a month."""
        return Snapshot(
            scenario=self.policy,
            reference=self.reference,
            parameters=dict(self.parameters),
            off=self.off,
            families=self.families,
            months=self.horizon,
            seed=self.seed,
            state=self.state.copy(),
            moment=self._engine.moment(),
            lived=None if self._lived is None else self._lived.copy(),
            sums={year: seen.copy() for year, seen in self._sums.items()},
            weights=self._weights.copy(),
        )

    @cached_property
    def asked(self) -> tuple[bytes, ...]:
        """For each month a digest of people, luck and all that the months before it ask of whom."""
        start = f"{self.seed} {self.families} {self.horizon} ".encode() + self._people
        return asked_before(self.timetable, start)

    def past(self) -> Past:
        """Return what the run has become so far, for others that would have come to the same."""
        return Past(
            state=self.state.copy(),
            moment=self._engine.moment(),
            sums={year: seen.copy() for year, seen in self._sums.items()},
            weights=self._weights.copy(),
            given=self._given,
        )

    def __getstate__(self) -> dict[str, Any]:
        """Return what a copy needs; who looks at this run does not look at its copies."""
        return {**self.__dict__, "_observers": ()}

    def __repr__(self) -> str:
        return f"<Simulation of {self.told()}>"

    def told(self) -> str:
        """Return in a line what is run, and how far it is."""
        size = "full size" if self.families is None else f"{self.families:,} families"
        return (
            f"{self.policy.id}: {size}, seed {self.seed}, month {self.month} of {self.horizon}"
            f" ({self.month_text}), {int(self.is_here().sum()):,} families here"
        )

    def __copy__(self) -> Self:
        """Return a run of its own: half a copy would share months with this one."""
        return deepcopy(self)

    @property
    def state(self) -> State:
        """The arrays of the run; an array may be written, or replaced by another like it."""
        return self._engine.state

    @property
    def month(self) -> int:
        """The month of the run that comes next; 0 is the first."""
        return self._engine.month

    @property
    def month_text(self) -> str:
        """The calendar month that comes next, as 'YYYY-MM'."""
        return month_text(START_NUMBER + self.month)

    def step(self) -> None:
        """Live one month. Raises HorizonError after the last."""
        self.open()
        self.live()
        self.close()

    def open(self) -> None:
        """Open the present month: families enter, open places go to who waits longest.

        A month that is open stays so. Raises HorizonError after the last.
        """
        if self.month >= self.horizon:
            message = (
                f"the run was laid down for {self.horizon // MONTHS_PER_YEAR} years and has lived"
                " them; make the model with more years to go on"
            )
            raise HorizonError(message)
        self._engine.open()

    def live(self) -> None:
        """Let all families that have not done so live the open month."""
        if self._lived is None:
            self._engine.live()
            self._lived = np.ones(self.state.families.size, bool)
        else:
            for row in np.flatnonzero(~self._lived[: self._engine.n_rows]):
                self._engine.live_row(int(row))
                self._lived[row] = True

    def close(self) -> None:
        """Observe the month, which all have lived, and close it."""
        if self._observers:
            view = self.view()
            for observer in self._observers:
                observer.month(view)
        moment = self.month % MONTHS_PER_YEAR
        if moment == SchoolMonth.OCTOBER and self.month > MONTHS_PER_YEAR:
            self._keep(school_year(self.month - MONTHS_PER_YEAR), is_october=True)
        elif moment == SchoolMonth.JULY:
            self._keep(school_year(self.month), is_october=False)
        self._engine.close()
        self._lived = None

    def coming(self) -> np.ndarray:
        """Return the rows (k,) of families that come in with the present month."""
        return self._engine.coming()

    def live_family(self, row: int) -> bool:
        """Let one family live the present month; return whether all have, so that it can close.

        Raises InputError for a family that has lived it already.
        """
        self.open()
        row = checked_row(row, self._engine.n_rows, self.month_text)
        if self._lived is None:
            self._lived = ~is_here(self.state)
        if self._lived[row]:
            message = f"family {row + 1} has already lived {self.month_text}; step the others first"
            raise InputError(message)
        self._engine.live_row(row)
        self._lived[row] = True
        return bool(self._lived.all())

    def run(
        self,
        progress: Progress | None = None,
        stop: Stop | None = None,
        observers: Iterable[Observer] = (),
        step: Callable[[], object] | None = None,
    ) -> Self:
        """Live on to the horizon and return the run.

        `progress` hears of months done and all months after each, `observers` see each month, and
        `step` is how a month is lived, when a face has a way of its own. Raises Cancelled when
        `stop()` says so between two months.
        """
        self._observers = tuple(observers)
        try:
            if self._observers:
                begun = self.view()
                for observer in self._observers:
                    observer.start(begun)
            while self.month < self.horizon:
                if stop is not None and stop():
                    message = f"stopped after {self.month} of {self.horizon} months"
                    raise Cancelled(message)
                (step or self.step)()
                if progress is not None:
                    progress(self.month, self.horizon)
        finally:
            self._observers = ()
        return self

    def sums(self) -> Sums:
        """Return what has been added up so far, with named axes."""
        return Sums.of_years(self._sums, self._weights)

    def is_here(self) -> np.ndarray:
        """Return which families (n,) are in the country or away for a while."""
        return is_here(self.state)

    def view(self) -> View:
        """Return what an observer would see now; its month is the one that comes next."""
        month = min(self.month, self.horizon - 1)
        return View(
            month=self.month,
            horizon=self.horizon,
            state=read_only(self.state),
            n_rows=int(self.state.entries[month + 1]),
            levers=self.timetable.levers[month],
            parameters=self.timetable.parameters_in(month),
        )

    def variants(self, rows: np.ndarray) -> np.ndarray:
        """Return which of the month's records of levers holds for each of some families (rows)."""
        if self.timetable.levers.shape[1] == 1:
            return np.zeros(rows.size, np.int64)
        return np.array([self._engine.variant(int(row)) for row in rows], np.int64)

    def levers_of(self, row: int, before: FamilyRows) -> np.void:
        """Return the levers that hold for a family in the open month, when it begins as `before`.

        One record of LEVER_DTYPE; its field `active` has the bits of those that are moved.
        """
        return levers_of(self._engine, row, before)

    def relive(
        self,
        row: int,
        before: FamilyRows,
        *,
        levers: Mapping[str, float] | None = None,
        parameters: Mapping[str, float] | None = None,
        around: Mapping[str, np.ndarray] | None = None,
    ) -> FamilyRows:
        """Let one family live the open month again from `before` on, and leave no trace of it.

        Returns its rows afterwards. `levers` and `parameters` (names of columns of the timetable)
        have other values in that month; `around` is what the family sees of "signals" (other
        families), "places" (municipalities) and "schools". Raises InputError when no month is open,
        and for names and shapes that do not fit.
        """
        return relived(
            self._engine,
            row,
            before,
            levers=levers or {},
            parameters=parameters or {},
            around=around or {},
        )

    def _keep(self, year: str, *, is_october: bool) -> None:
        engine = self._engine
        seen = observe(
            engine.world,
            engine.n_rows,
            self.month,
            self._weights,
            is_october=is_october,
            is_first=year == school_year(0),
        )
        self._sums[year] = self._sums[year] + seen if year in self._sums else seen


def _without(plan: Timetable, channels: tuple[str, ...]) -> Timetable:
    """Return a timetable in which some channels are switched off."""
    if not channels:
        return plan
    return replace(plan, parameters=neutralised(plan.parameters, channels))
