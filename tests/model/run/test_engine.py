"""The two ways of running give the same bits, on any number of threads, in any process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from model import FamilyModel
from model.enums import Housing, Status
from model.errors import Cancelled, HorizonError, InputError
from scenarios import load, names

Live = Callable[..., FamilyModel]
MONTHS = 36
DIGEST = """
from model import FamilyModel
model = FamilyModel(families=500, rng=1, collect=False)
for _ in range(14):
    model.step()
print(model.state.digest())
"""


@pytest.mark.parametrize("name", names())
def test_stepping_the_agents_is_stepping_the_model(name: str, lived: Live) -> None:
    by_model = lived(load(name), MONTHS)
    by_agents = FamilyModel(load(name), families=500, rng=1, collect=False)
    lived_in = by_agents.state.families["municipality"].copy()

    for _ in range(MONTHS):
        by_agents.agents.do("step")

    assert by_agents.month == MONTHS
    assert (by_agents.state.families["municipality"] != lived_in).sum() > 20
    assert by_model.state.equals(by_agents.state)


def test_the_order_of_families_does_not_matter(lived: Live) -> None:
    shuffled = FamilyModel(families=500, rng=1, collect=False)

    for _ in range(12):
        shuffled.agents.shuffle_do("step")

    assert lived(months=12).state.equals(shuffled.state)


def test_some_families_may_step_first_and_the_model_steps_the_rest(lived: Live) -> None:
    model = FamilyModel(families=500, rng=1, collect=False)

    model.agents.select(lambda family: family.row % 3 == 0).do("step")
    model.step()

    assert lived(months=1).state.equals(model.state)


def test_a_family_does_not_live_a_month_twice() -> None:
    model = FamilyModel(families=20, rng=1, collect=False)
    family = next(iter(model.agents))
    family.step()

    with pytest.raises(InputError, match="already lived 2023-08"):
        family.step()


@pytest.mark.parametrize("threads", [2, 3, 7])
def test_any_number_of_threads_gives_the_same_bits(threads: int, lived: Live) -> None:
    one = lived(months=15, families=6000)
    more = lived(months=15, families=6000, threads=threads)

    assert one.state.equals(more.state)
    assert one.outcomes().equals(more.outcomes())


def test_two_fresh_processes_give_the_same_bits(lived: Live) -> None:
    found = [
        subprocess.run([sys.executable, "-c", DIGEST], check=True, capture_output=True, text=True)
        for _ in range(2)
    ]

    assert [process.stdout.strip() for process in found] == [lived(months=14).state.digest()] * 2


def test_another_seed_gives_another_world(lived: Live) -> None:
    assert not lived(months=3).state.equals(lived(months=3, rng=2).state)


def test_a_shared_population_is_not_changed_by_a_run(lived: Live) -> None:
    first = lived(months=0)
    before = first.state.copy()

    second = lived(months=6, population=first.state)

    assert before.equals(first.state)
    assert second.state.equals(lived(months=6).state)


def test_a_run_stops_at_its_horizon() -> None:
    model = FamilyModel(families=20, rng=1, years=1, collect=False).run()

    assert model.month == 12
    assert not model.running
    for _ in range(3):  # each time, not the first time only
        with pytest.raises(HorizonError, match="1 years"):
            model.step()
    with pytest.raises(HorizonError, match="1 years"):
        model.run_for(2)
    assert model.time == 12


def test_progress_is_told_month_by_month_and_a_run_can_be_stopped_between_months() -> None:
    told: list[tuple[int, int]] = []
    model = FamilyModel(families=20, rng=1, years=1, collect=False)

    with pytest.raises(Cancelled, match="stopped after 5 of 12 months"):
        model.run(progress=lambda *done: told.append(done), stop=lambda: len(told) == 5)

    assert told == [(month, 12) for month in range(1, 6)]


def test_a_mesa_user_finds_what_he_expects() -> None:
    model = FamilyModel(families=200, rng=1)

    model.run_for(12)

    assert model.steps == model.month == 12
    mean: float = model.agents.agg("income", np.mean)
    assert mean > 0
    tied = model.agents.select(lambda family: family.housing == Housing.TIED)
    assert 0 < len(tied) < len(model.agents)
    places = {family.status for family in model.agents}
    assert places <= {Status.IN_NL, Status.ABROAD_TEMP, Status.AWAITED}
    assert model.datacollector is not None
    frame = model.datacollector.get_model_vars_dataframe()
    arriving = sum(family.status == Status.AWAITED for family in model.agents)
    assert list(frame["families_here"])[-1] == len(model.agents) - arriving
    family = next(iter(model.agents))
    assert family.children[0].stage is not None
    assert model.family_network().number_of_nodes() >= len(model.agents)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"families": 0}, "outside 2 to 2,000,000"),
        ({"families": -5}, "outside 2 to 2,000,000"),
        ({"families": "many"}, "is not a number;"),
        ({"families": 2.5}, "is not a number;"),
        ({"years": 0}, "outside 1 to 40"),
        ({"years": 200}, "outside 1 to 40"),
        ({"years": "ten"}, "not a number of years"),
        ({"rng": -1}, "not a whole number"),
        ({"rng": 1.5}, "not a whole number"),
        ({"parameters": {"work.p_hyre": 0.1}}, "Did you mean 'work.p_hire'"),
        ({"parameters": {"work.p_hire": 0.9}}, "outside its range 0.03 to 0.32"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_in_words(
    settings: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        FamilyModel(**({"families": 20, "rng": 1} | settings))  # type: ignore[arg-type]
