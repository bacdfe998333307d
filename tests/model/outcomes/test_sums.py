"""Sums say what lies along their axes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from model import FamilyModel
from model.errors import InputError
from model.outcomes.observe import no_weights
from model.outcomes.registry import DENOMINATOR, INDEX, LAYERS, NUMERATOR, OUTCOMES, POPULATIONS
from model.outcomes.sums import GROUPS, Sums
from model.policy.scenario import FROZEN_2023
from model.run.simulation import Simulation


@pytest.fixture(scope="module")
def run() -> Simulation:
    return Simulation(FROZEN_2023, families=60, seed=2, years=2).run()


def test_axes_are_as_long_as_their_names(run: Simulation) -> None:
    sums = run.sums()

    assert sums.numbers.shape == (2, len(LAYERS), len(OUTCOMES), len(POPULATIONS), len(GROUPS), 2)
    assert sums.school_years == ("2023/24", "2024/25")


def test_a_number_is_found_by_its_names(run: Simulation) -> None:
    sums = run.sums()
    where = (slice(None), 1, INDEX["vsv_vo_expected"], 1, GROUPS.index("origin:netherlands"))
    names = ("vsv_vo_expected", "comparable", "origin:netherlands", "registered")

    assert np.array_equal(sums.numerators(*names), sums.numbers[(*where, NUMERATOR)])
    assert np.array_equal(sums.denominators(*names), sums.numbers[(*where, DENOMINATOR)])
    assert sums.denominators(*names)[0] > 0


def test_a_count_is_its_numerator(run: Simulation) -> None:
    table = run.sums().table()
    counted = table[(table["outcome"] == "n_children") & (table["dimension"] == "all")]
    ours = counted[counted["population"] == "eu11"]

    assert run.sums().denominators("n_children").tolist() == [1.0, 1.0]
    assert ours["value"].tolist() == run.sums().numerators("n_children").tolist()


def test_groups_of_a_dimension_share_out_everybody(run: Simulation) -> None:
    sums = run.sums().of_groups(["municipality"])
    together = sum(sums.numerators("n_children", group=group) for group in sums.groups)

    assert np.array_equal(together, run.sums().numerators("n_children"))


def test_a_table_of_some_groups_has_the_rows_of_the_whole_one_and_is_made_of_no_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = FamilyModel(families=60, rng=3, years=2, collect=False).run()
    whole = model.outcomes()
    made_of: list[tuple[str, ...]] = []
    table = Sums.table

    def noted(sums: Sums, *more: Any) -> pd.DataFrame:  # noqa: ANN401
        made_of.append(sums.groups)
        return table(sums, *more)

    monkeypatch.setattr(Sums, "table", noted)
    some = model.outcomes(groups=["all", "municipality", "family_type:recent"])

    wanted = whole["dimension"].isin(["all", "municipality"]) | (
        (whole["dimension"] == "family_type") & (whole["group"] == "recent")
    )
    keys = ["school_year", "outcome", "population", "dimension", "group"]
    pd.testing.assert_frame_equal(
        some.sort_values(keys, ignore_index=True),
        whole[wanted].sort_values(keys, ignore_index=True),
    )
    assert set(some["group"]) >= {"all", "rotterdam", "recent"}
    (groups,) = made_of
    dimensions = {name.partition(":")[0] for name in groups}
    assert dimensions == {"all", "municipality", "family_type"}
    with pytest.raises(InputError, match="no group 'gemeente'"):
        model.outcomes(groups=["gemeente"])


def test_a_run_that_has_seen_nothing_has_an_empty_table() -> None:
    empty = Sums.of_years({}, no_weights())

    assert empty.numerators("n_children").size == 0
    assert list(empty.table().columns) == list(Simulation(families=4, seed=1).sums().table())


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("vsv_mbo_expectd",), "no outcome 'vsv_mbo_expectd'. Did you mean 'vsv_mbo_expected'"),
        (("n_children", "eu_11"), "no population 'eu_11'. Did you mean 'eu11'"),
        (("n_children", "eu11", "municipality"), "no group 'municipality'"),
        (("n_children", "eu11", "all", "actuall"), "no layer 'actuall'. Did you mean 'actual'"),
    ],
)
def test_a_name_that_is_not_there_is_refused(
    run: Simulation, names: tuple[str, ...], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        run.sums().numerators(*names)
