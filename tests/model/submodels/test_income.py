"""Income as families live it: over a year, by person, with rights that end."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from model import FamilyModel
from model.calendar import MONTHS_PER_YEAR
from model.enums import Contract, Status
from model.state import ADULTS

YEARS = 2


def at_hand(model: FamilyModel) -> np.ndarray:
    """Return which families (n,) live here now."""
    return np.asarray(model.state.families["status"] == Status.IN_NL)


def test_poverty_is_of_the_income_of_a_school_year_and_not_of_its_last_month(
    lived: Callable[..., FamilyModel],
) -> None:
    model = lived(months=0)
    line = model.timetable.parameters_in(0).low_income_line_eur_month
    for _ in range(YEARS):
        seen = []
        always = at_hand(model)
        for _ in range(MONTHS_PER_YEAR):
            model.step()
            always &= at_hand(model)
            seen.append(model.state.families["income_eur_month"].astype(float))
        families, mean = model.state.families, np.mean(seen, axis=0)
        np.testing.assert_allclose(families["income_12m_eur"][always], mean[always], rtol=1e-4)
        sure = always & (abs(mean - line) > 1.0)
        assert np.array_equal(families["is_poor"][sure] != 0, mean[sure] < line)
        poor_this_month = (seen[-1] < line) & always
        assert (poor_this_month & (families["is_poor"] == 0)).sum() > 5


def test_a_family_that_lost_its_work_before_the_start_has_months_of_pay_in_its_year(
    lived: Callable[..., FamilyModel],
) -> None:
    state = lived(months=0).state
    families = state.families[at_hand(lived(months=0))]
    adults = state.adults.reshape(-1, ADULTS)[: families.size]
    contract, spell = adults["contract"], adults["months_without_work"]
    is_idle = (adults["is_seeking"] == 0) | (contract == Contract.NONE)
    seeks = adults["is_seeking"][:, 0] != 0
    fresh = is_idle.all(axis=1) & seeks & (adults["is_seeking"][:, 1] == 0) & (spell[:, 0] < 6)
    settled = families["arrival_month"] < -24

    lost = fresh & settled
    assert lost.sum() > 3
    assert (families["income_12m_eur"][lost] > families["income_eur_month"][lost]).all()
    kept = ~is_idle[:, 0] & ((adults["is_seeking"][:, 1] == 0) | ~is_idle[:, 1]) & settled
    np.testing.assert_allclose(
        families["income_12m_eur"][kept], families["income_eur_month"][kept], rtol=1e-4
    )


@pytest.mark.parametrize(("measure", "line"), [(0, 2292), (1, 2733)])
def test_either_published_measure_of_poverty_can_be_asked_for(
    lived: Callable[..., FamilyModel], measure: int, line: float
) -> None:
    model = lived(months=1, families=3000, parameters={"work.poverty_measure": measure})
    families = model.state.families
    birth = model.state.children["birth_month"]
    is_young = (birth <= 0) & (birth > -18 * MONTHS_PER_YEAR)
    ends = np.cumsum(families["n_children"])
    n_young = np.diff(np.concatenate([[0], np.cumsum(is_young)[ends - 1]]))
    of_two = at_hand(model) & (families["n_adults"] == ADULTS) & (n_young == 2)

    net = families["income_12m_eur"][of_two] * (1.0 + 0.37 + 2 * 0.27)
    is_poor = families["is_poor"][of_two] != 0
    assert 5 < is_poor.sum() < 0.6 * is_poor.size
    assert np.array_equal(is_poor, net < line)


def test_learning_and_leaving_follow_the_income_of_a_year(
    lived: Callable[..., FamilyModel],
) -> None:
    usual, richer = lived(months=14), lived(months=14)
    for name in ("income_12m_eur", "income_last_year_eur"):
        richer.state.families[name] *= 4.0
    usual.step()
    richer.step()

    before, after = (model.state.children for model in (usual, richer))
    at_school = before["is_enrolled"] != 0
    assert np.array_equal(
        usual.state.families["income_eur_month"], richer.state.families["income_eur_month"]
    )
    assert (after["learning_z"][at_school] > before["learning_z"][at_school]).mean() > 0.9
    counted = before["risk_stage"] > 0
    assert (after["vsv_hazard_year"] <= before["vsv_hazard_year"])[counted].all()
    assert (after["vsv_hazard_year"] < before["vsv_hazard_year"])[counted].any()
