"""Every number in the ledger changes something that somebody lives through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest

from model import FamilyModel
from model.policy.scenario import LeverChange, Scenario
from model.policy.timetable import build
from model.registry import BY_PARAMETER
from model.run.build import build_population
from model.state import State
from scenarios import load

NOT_YET_KNOWN = ("language_at_4", "language_at_12")
"""Fields of a child that are NaN until it is that old."""

# The others have one value only: a definition or the letter of the law.
FREE = [row.name for row in BY_PARAMETER.values() if row.low < row.high]


@dataclass(frozen=True)
class Place:
    """A world in which a number may matter: policy, other numbers, size and length."""

    scenario: str
    levers: tuple[tuple[str, float], ...] = ()
    parameters: tuple[tuple[str, float], ...] = ()
    families: int = 600
    months: int = 40

    def model(self, **changed: float) -> FamilyModel:
        """This world before its first month, with some numbers changed."""
        parameters = dict(self.parameters) | changed
        return FamilyModel(
            self.policy(),
            families=self.families,
            rng=1,
            years=4,
            parameters=parameters,
            population=self.people(parameters),
            collect=False,
        )

    def seen(self, **changed: float) -> Iterator[str]:
        """Live in this world and give the digest of all that is so, less and less often."""
        model = self.model(**changed)
        for month in (0, 1, 2, 4, 8, 16, 32, self.months):
            if month <= self.months:
                while model.month < month:
                    model.step()
                yield model.state.digest()

    def people(self, parameters: Mapping[str, float]) -> State:
        """Who is there: laid down with these numbers, with the lives that the ledger made."""
        plan = build(self.policy(), 48, parameters=parameters)
        return build_population(plan, 1, self.families)

    def policy(self) -> Scenario:
        """The scenario with every measure there from the start."""
        loaded = load(self.scenario)
        kept = [replace(one, start=None) for one in loaded.levers if one.target is None]
        more = [LeverChange(lever=lever, value=value) for lever, value in self.levers]
        return replace(loaded, levers=(*kept, *more))

    @cache  # noqa: B019 - a few places, alive for the whole session
    def usual(self) -> tuple[str, ...]:
        """What is seen with nothing changed."""
        return tuple(self.seen())


PLACES = (
    Place("s00_frozen_2023", parameters=(("work.labour_index", 0.85),)),
    Place("s21_all", levers=(("bandwidth_period_weeks", 2), ("vng_support_capacity", 40))),
    Place(
        "s00_frozen_2023",
        levers=(("extra_education_hours", 2), ("extra_education_target", 2)),
        parameters=(
            ("work.chain_max_contracts", 6),
            ("work.poverty_measure", 1),
            ("structure.peers_in_class", 0.1),
        ),
        families=3000,
        months=30,
    ),
    Place("s00_frozen_2023", families=20_000, months=1),
    # Who comes at eight to eleven and sits the test within four years is one in a thousand.
    Place("s00_frozen_2023", families=40_000, months=32),
    Place("s00_frozen_2023", levers=(("chain_interval_months", 20),), families=4000),
    # Nobody lives across the border unless a lever says so.
    Place("s00_frozen_2023", levers=(("border_family_share", 0.2),), families=2000),
)


@pytest.mark.parametrize("corner", range(6))
def test_the_world_can_be_lived_where_every_number_is_at_an_end_of_its_limits(corner: int) -> None:
    luck = np.random.default_rng(corner)
    ends = tuple(
        (row.name, row.low if luck.random() < 0.5 else row.high)
        for row in BY_PARAMETER.values()
        if row.low < row.high
    )

    model = Place("s21_all", parameters=ends, families=60).model()
    model.run_for(26)

    state = model.state
    for rows in (state.families, state.adults, state.children):
        for name in rows.dtype.names or ():
            if rows.dtype[name].kind == "f" and name not in NOT_YET_KNOWN:
                assert np.isfinite(rows[name]).all(), name


@pytest.mark.parametrize("name", FREE)
def test_a_number_matters(name: str) -> None:
    row = BY_PARAMETER[name]
    ends = row.likely if row.is_free else (row.low, row.high)
    values = [value for value in ends if value != row.value]

    assert any(
        seen != usual
        for place in PLACES
        for value in values
        for seen, usual in zip(place.seen(**{name: value}), place.usual(), strict=True)
    )
