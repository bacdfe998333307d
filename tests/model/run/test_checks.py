"""What compiled code would take on trust is looked at before: rows, sizes, threads, numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from model import FamilyModel
from model.errors import HorizonError, InputError
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from model.policy.timetable import build
from model.run.build import build_population
from model.run.engine import Engine

FAMILIES, YEARS = 40, 3


def made(**more: Any) -> FamilyModel:  # noqa: ANN401
    """A small model."""
    return FamilyModel(**({"families": FAMILIES, "rng": 1, "years": YEARS} | more))


@pytest.mark.parametrize(
    ("name", "other", "said"),
    [
        ("families", lambda old: old[:-1].copy(), "has to have the shape"),
        ("families", lambda old: old["trust"].copy(), "not what this version of the model has"),
        ("families", lambda old: np.repeat(old, 2)[::2], "does not lie whole in memory"),
        ("adults", lambda old: np.append(old, old[:1]), "has to have the shape"),
        ("adults", lambda old: old.tolist(), "shape list"),
        ("children", lambda old: np.frombuffer(old.tobytes(), old.dtype), "cannot be written"),
        ("ties", lambda old: old + 10**6, r"\['ties'\] points outside"),
        ("ties", lambda old: old.astype(np.int64), "not what this version of the model has"),
        ("signals", lambda old: old[:, :1].copy(), "has to have the shape"),
        ("entries", lambda old: old[::-1].copy(), "does not go up"),
    ],
)
def test_an_array_that_does_not_fit_is_refused_before_it_is_used(
    name: str, other: Callable[[np.ndarray], Any], said: str
) -> None:
    model = made()
    model.run_for(2)
    setattr(model.state, name, other(getattr(model.state, name)))

    with pytest.raises(InputError, match=said):
        model.step()


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("families", "first_child", 10**6),
        ("families", "first_tie", -5),
        ("families", "municipality", 9),
        ("families", "population", 2),
        ("families", "key_person", 10**6),
        ("adults", "contract", 99),
        ("children", "school", 10**6),
        ("schools", "n_alike", 10**6),
    ],
)
def test_a_population_that_points_outside_itself_is_refused(
    name: str, field: str, value: int
) -> None:
    people = made().state.copy()
    has_ties = people.families["n_ties"] > 0
    row = int(np.argmax(has_ties)) if name == "families" else 0
    getattr(people, name)[field][row] = value

    with pytest.raises(InputError, match="points outside what there is"):
        made(population=people)


def test_a_population_of_another_size_or_kind_or_of_fewer_months_is_refused() -> None:
    people = made().state

    with pytest.raises(InputError, match=r"has 40 families at the start.*asked for 20"):
        made(families=20, population=people)
    with pytest.raises(InputError, match="has 40 families at the start"):
        made(families="all", population=people)
    with pytest.raises(InputError, match="laid down for 36 months, the run has 48"):
        made(years=4, population=people)
    with pytest.raises(InputError, match="population is a ndarray, not a State"):
        made(population=people.families)


def test_a_population_of_more_months_gives_the_same_people_the_same_lives() -> None:
    longer = made(years=5).state

    found, wanted = (made(population=people).run().sums() for people in (longer, None))

    assert found.numbers.tobytes() == wanted.numbers.tobytes()


@pytest.mark.parametrize("row", [-1, -41, 10**9, 2**70, 1.0, "0", None, True])
def test_a_family_that_is_not_there_is_refused_and_nothing_is_written(row: Any) -> None:  # noqa: ANN401
    model, undisturbed = made(), made()
    model.run_for(11)

    with pytest.raises(InputError, match=r"no family in row|is not a whole number"):
        model.live_family(row)

    assert model.month == 11
    assert model.run().state.equals(undisturbed.run().state)


@pytest.mark.parametrize("threads", [0, -1, 1.5, None, "2", True, 10**9])
def test_a_number_of_threads_that_cannot_be_is_refused(threads: Any) -> None:  # noqa: ANN401
    with pytest.raises(InputError, match=r"threads = .*(outside 1 to 256|whole number from 1)"):
        made(threads=threads)


@pytest.mark.parametrize("value", ["0,2", "0.2", None, True, [0.2], float("nan")])
def test_a_value_of_a_parameter_that_is_no_number_is_refused(value: Any) -> None:  # noqa: ANN401
    with pytest.raises(InputError, match=r"school.fade_rate = .* (is not a number|lies outside)"):
        made(parameters={"school.fade_rate": value})


def test_a_value_of_a_lever_that_is_no_number_is_refused() -> None:
    wrong = LeverChange(lever="web_places_per_100", value="20")  # type: ignore[arg-type]

    with pytest.raises(InputError, match="web_places_per_100 = '20' is not a number"):
        made(scenario=Scenario(id="mine", levers=(wrong,)))


def test_what_is_no_scenario_is_refused() -> None:
    with pytest.raises(InputError, match="scenario = 5 is not a Scenario"):
        made(scenario=5)
    with pytest.raises(InputError, match="is not a Scenario"):
        made(reference=None)


def test_an_engine_lives_no_month_that_was_not_laid_down() -> None:
    plan = build(FROZEN_2023, 2)
    engine = Engine(build_population(build(FROZEN_2023, 24), 1, 20), plan, 1)
    engine.step()
    engine.step()

    with pytest.raises(HorizonError, match="all 2 months"):
        engine.step()


@pytest.mark.parametrize("given", [[1], "school.fade_rate", 5, {"school.fade_rate"}])
def test_parameters_without_names_are_refused_in_words(given: object) -> None:
    with pytest.raises(InputError, match="give values by name, such as parameters="):
        made(parameters=given)


@pytest.mark.parametrize("digits", [400, 9000])
def test_a_number_that_is_larger_than_any_is_refused_in_words(digits: int) -> None:
    huge = 10**digits
    with pytest.raises(InputError, match=r"school.fade_rate is larger than any number can be"):
        made(parameters={"school.fade_rate": huge})
    with pytest.raises(InputError, match="housing_decoupled is larger than any number can be"):
        made(
            scenario=Scenario(id="x", levers=(LeverChange(lever="housing_decoupled", value=huge),))
        )
    for name in ("families", "years", "rng", "threads"):
        with pytest.raises(InputError, match="a number of more than twenty digits"):
            made(**{name: huge})
