"""A path is a path: no sign in it is read as a pattern or an address."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from model.policy.scenario import Scenario
from scenarios.disclosure.cell_sizes import sizes_of
from scenarios.runs.run import open_run, run_pairs
from scenarios.runs.verify import verify
from scenarios.statistics.overview import overview
from scenarios.store.list_runs import list_runs

Pair = tuple[Scenario, Scenario]
SMALL: dict[str, Any] = {"families": 40, "years": 2, "replicates": range(1), "workers": 1}


@pytest.fixture(scope="module")
def made(pair: Pair, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give two ensembles with other numbers."""
    place = tmp_path_factory.mktemp("made")
    for seed, name in ((1, "mine"), (2, "other")):
        run_pairs(pair, **SMALL, seed=seed, out=place / name)
    return place / "mine", place / "other"


@pytest.mark.parametrize(
    ("name", "sibling"),
    [
        ("runs [a]", "runs a"),
        ("q?", "qx"),
        ("all*", "allx"),
        ("a{b,c}", "ab"),
        ("it's", "its"),
        ('say "so"', "say so"),
        ("s3:", "s3"),
        ("file:x", "x"),
        ("50%20", "50 "),
        ("~", "home"),
    ],
)
def test_the_numbers_are_those_of_the_folder_that_is_named(
    made: tuple[Path, Path], tmp_path: Path, name: str, sibling: str
) -> None:
    shutil.copytree(made[0], tmp_path / name)
    shutil.copytree(made[1], tmp_path / sibling)
    expected, found = open_run(made[0]), open_run(tmp_path / name)

    assert found.digest == expected.digest
    assert found.table().equals(expected.table())
    assert not found.table().equals(open_run(made[1]).table())
    assert sizes_of(found.stored).equals(sizes_of(expected.stored))
    shown = [overview(one, outcome="poor_share", dimension="all") for one in (found, expected)]
    assert shown[0].equals(shown[1])
    assert {one.folder.name for one in list_runs(tmp_path)} == {name, sibling}


def test_a_run_in_a_folder_with_such_a_name_is_written_and_verified(
    pair: Pair, tmp_path: Path, made: tuple[Path, Path]
) -> None:
    folder = tmp_path / "runs [a] *?"

    found = run_pairs(pair, **SMALL, seed=1, out=folder)

    assert found.digest == open_run(made[0]).digest
    assert verify(folder, workers=1).is_same
