"""Every number in the ledger changes something that somebody lives through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest

from model import FamilyModel
from model.policy.scenario import LeverChange, Scenario
from model.registry import BY_PARAMETER
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

    def live(self, name: str = "", value: float = 0.0) -> State:
        """Live in this world, with one number changed."""
        parameters = dict(self.parameters) | ({name: value} if name else {})
        model = FamilyModel(
            self.policy(),
            families=self.families,
            rng=1,
            years=4,
            parameters=parameters,
            collect=False,
        )
        for _ in range(self.months):
            model.step()
        return model.state

    def policy(self) -> Scenario:
        """The scenario with every measure there from the start."""
        loaded = load(self.scenario)
        kept = [replace(one, start=None) for one in loaded.levers if one.target is None]
        more = [LeverChange(lever=lever, value=value) for lever, value in self.levers]
        return replace(loaded, levers=(*kept, *more))

    @cache  # noqa: B019 - a few places, alive for the whole session
    def usual(self) -> State:
        """The same world with nothing changed."""
        return self.live()


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

    state = Place("s21_all", parameters=ends, families=60, months=26).live()

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
        not place.live(name, value).equals(place.usual()) for place in PLACES for value in values
    )
