"""Every outcome says once how it is read: unit, decimals, what matters, other names, years."""

import pytest

from model.calendar import school_year
from model.errors import InputError
from model.outcomes.registry import ALIASES, BY_OUTCOME, INDEX, OUTCOMES, full_name, last_years

YEARS = tuple(school_year(12 * year) for year in range(15))


def test_the_last_five_complete_school_years_count() -> None:
    assert last_years(YEARS) == ("2032/33", "2033/34", "2034/35", "2035/36", "2036/37")


def test_the_last_year_of_a_run_is_not_complete_as_its_leavers_are_counted_after_it() -> None:
    assert YEARS[-1] == "2037/38"
    assert YEARS[-1] not in last_years(YEARS)


@pytest.mark.parametrize(
    ("lived", "count"), [(1, ("2023/24",)), (2, ("2023/24",)), (3, ("2023/24", "2024/25"))]
)
def test_a_short_run_has_the_years_it_has(lived: int, count: tuple[str, ...]) -> None:
    assert last_years(YEARS[:lived]) == count


def test_leaving_is_expected_leaving_where_nothing_is_said() -> None:
    assert full_name("vsv_mbo") == "vsv_mbo_expected"
    assert full_name("vsv_mbo_counted") == "vsv_mbo_counted"


def test_other_names_mean_one_outcome_and_are_no_outcome_themselves() -> None:
    assert set(ALIASES.values()) <= set(INDEX)
    assert not set(ALIASES) & set(INDEX)
    assert len(ALIASES) == sum(len(outcome.aliases) for outcome in OUTCOMES)


def test_an_unknown_outcome_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(InputError, match=r"no outcome 'preschol'.*Did you mean 'preschool'"):
        full_name("preschol")


def test_only_shares_are_read_as_percentages() -> None:
    for outcome in OUTCOMES:
        assert outcome.measure.is_share == ("share" in outcome.unit)
        assert outcome.measure.scale in {1.0, 100.0}


def test_every_difference_that_matters_is_an_assumption_with_its_reason() -> None:
    for outcome in OUTCOMES:
        assert outcome.smallest.grade == "D"
        assert outcome.smallest.reason
        assert (outcome.smallest.value > 0) == (outcome.level != "count")


def test_what_is_counted_is_named_for_every_ratio() -> None:
    for outcome in OUTCOMES:
        assert bool(outcome.of) == (outcome.level != "count")
    assert BY_OUTCOME["vsv_mbo_expected"].of == "students"
