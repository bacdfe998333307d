"""What a researcher meets in a notebook: lines that tell, names that complete, Mesa's own ways."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pytest

import scenarios
from model import FamilyModel, OwnOutcomes, Simulation
from model.errors import InputError
from model.family_model import _REPORTERS, Rng
from model.policy import by_name
from model.policy.scenario import FROZEN_2023, Scenario
from scenarios import load

SMALL: dict[str, Any] = {"families": 20, "years": 1, "rng": 1}


@pytest.fixture(scope="module")
def model() -> FamilyModel:
    """A model before its first month; tests only read it."""
    return FamilyModel(**SMALL)


def test_everything_is_shown_in_a_line_or_a_small_table(model: FamilyModel) -> None:
    family = next(iter(model.agents))
    lines = [repr(one) for one in (model, model.simulation, family, model.policy, model.sums())]

    assert all("\n" not in line and len(line) < 200 for line in lines)
    assert "s00_frozen_2023: 20 families, seed 1, month 0 of 12 (2023-08)" in lines[0]
    assert f"Family {family.unique_id}: " in lines[2]
    assert repr(load("s04_chain")).startswith(
        "<Scenario s04_chain: Chain rule of 60 months; moves "
    )
    table = repr(model.state).splitlines()
    assert len(table) == 10
    assert table[1].split()[:2] == ["families", f"{model.state.families.size},"]


def test_fields_of_a_family_and_its_members_complete(model: FamilyModel) -> None:
    family = next(one for one in model.agents if one.children)
    child = family.children[0]

    assert {"is_poor", "origin", "adults", "income"} <= set(dir(family))
    assert set(model.state.children.dtype.names or ()) <= set(dir(child))
    assert "contract=" in repr(family.adults[0])


def test_a_child_has_the_number_by_which_commands_know_it(model: FamilyModel) -> None:
    family = next(one for one in model.agents if one.children)
    first = int(model.state.families["first_child"][family.row])

    assert family.children[0].unique_id == first + 1


def test_nodes_of_the_network_are_the_numbers_of_agents(model: FamilyModel) -> None:
    graph = model.family_network()
    kinds = dict(graph.nodes(data="kind"))
    nodes = {node for node, kind in kinds.items() if str(kind) == "family"}

    assert nodes == {family.unique_id for family in model.agents if family.row < 20}
    by_id = {family.unique_id: family for family in model.agents}
    assert all(graph.nodes[node]["trust"] == by_id[node].trust for node in nodes)


def test_a_scenario_is_given_by_name_file_or_itself() -> None:
    path = Path(scenarios.__file__).parent / "library" / "s04_chain.toml"
    given: list[Scenario | str | Path] = [load("s04_chain"), "s04_chain", path]
    settings = {**SMALL, "years": 6}

    assert {FamilyModel(one, **settings).policy.id for one in given} == {"s04_chain"}
    assert Simulation("s04_chain", families=20, years=6, seed=1).policy == given[0]
    with pytest.raises(InputError, match="Did you mean 's04_chain'"):
        FamilyModel("s04_chian", **SMALL)


def test_a_name_is_no_scenario_when_nobody_reads_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_name, "_readers", [])

    with pytest.raises(InputError, match="Write `import scenarios` first"):
        FamilyModel("s04_chain", **SMALL)


LUCK: dict[str, Callable[[], Rng]] = {
    "generator": lambda: np.random.default_rng(5),
    "bits": lambda: np.random.PCG64(5),
    "sequence": lambda: np.random.SeedSequence(5),
    "numbers": lambda: [5, 6],
    "number": lambda: np.int64(5),
}


@pytest.mark.parametrize("kind", LUCK)
def test_luck_is_given_as_mesa_and_numpy_take_it(kind: str) -> None:
    settings = {**SMALL, "families": 4}
    seeds = {FamilyModel(**{**settings, "rng": LUCK[kind]()}).seed for _ in range(2)}

    assert len(seeds) == 1
    assert all(isinstance(seed, int) for seed in seeds)


def test_two_models_of_one_generator_have_other_luck() -> None:
    rng = np.random.default_rng(5)

    assert FamilyModel(**{**SMALL, "rng": rng}).seed != FamilyModel(**{**SMALL, "rng": rng}).seed


def test_a_sweep_keeps_its_own_parameters_beside_what_is_collected() -> None:
    arguments = set(inspect.signature(FamilyModel.__init__).parameters)
    assert arguments.isdisjoint(_REPORTERS)

    rows = mesa.batch_run(
        FamilyModel, {"families": [4, 6], "years": 1}, rng=[1], number_processes=1,
        display_progress=False,
    )  # fmt: skip

    assert [row["families"] for row in rows] == [4, 6]
    assert all(row["families_here"] > 0 for row in rows)


def test_own_outcomes_are_noted_every_month() -> None:
    own = OwnOutcomes(trust=lambda view: view.state.families["trust"][view.is_here()].mean())
    model = FamilyModel(**SMALL)
    model.run(observers=[own])
    table = own.table()

    assert list(table.columns) == ["month", "month_text", "school_year", "trust"]
    assert list(table["month"]) == list(range(12))
    assert table["trust"].between(0, 1).all()
    assert repr(own) == "OwnOutcomes(trust; 12 months)"
    again = FamilyModel(**SMALL)
    again.run(observers=[own])
    assert len(own.table()) == 12
    with pytest.raises(InputError, match="'month' says of what a row is"):
        OwnOutcomes(month=lambda _: 0.0)


def test_a_run_shows_a_bar_when_asked_and_lives_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = FamilyModel(**SMALL).run(progress=True)
    assert " months [" in capsys.readouterr().err
    quiet = FamilyModel(**SMALL).run(progress=False)

    assert capsys.readouterr().err == ""
    assert shown.state.equals(quiet.state)


def test_types_go_with_every_package() -> None:
    root = Path(scenarios.__file__).parents[1]

    assert all(
        (root / name / "py.typed").is_file()
        for name in ("model", "scenarios", "calibration", "dashboards")
    )
    assert FROZEN_2023.id in repr(FROZEN_2023)
