"""What starts at once: runs, workers, commands and pages import no more than they need to begin."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dashboards.cli import COMMANDS

STORED = Path(__file__).parent / "data" / "run_format2"

HEAVY = ("mesa", "networkx", "pandas")
"""Packages for people who look: they come when a table or a graph is made, or a FamilyModel."""

COMPILER = ("numba", "llvmlite")
"""What compiles the model: it comes when a family lives, and whoever only reads starts without."""

SCIPY = {"linalg", "special"}
"""Parts of SciPy with which people are laid down: its special functions, and what these import."""

LIVED = """
from scenarios import evaluate
from scenarios.pairs.pair import Pair
from model.policy.scenario import FROZEN_2023
sums = evaluate({"housing_decoupled": 1}, families=4, years=1, seed=1)
assert sums.numerators("n_families").sum() > 0
Pair.of(FROZEN_2023, FROZEN_2023, families=4, years=1).run(lambda pair: pair.differing())
"""

TASK = """
import scenarios.runs.warm
from model.policy.scenario import FROZEN_2023
from scenarios.runs.places import live
from scenarios.runs.task import Task
task = {"families": 4, "years": 1, "replicate": 0, "seed": 1}
live(Task(scenarios=(FROZEN_2023,), reference=FROZEN_2023, **task))
"""

SHOWN = """
import json, sys
scipy = {name.split(".")[1] for name in sys.modules if name.startswith("scipy.")}
print(json.dumps([sorted(sys.modules), sorted(one for one in scipy if one.isalpha())]))
"""


def loaded(code: str) -> tuple[set[str], set[str]]:
    """Return the modules, and the parts of SciPy, that a new process has after some code."""
    done = subprocess.run(
        [sys.executable, "-c", code + SHOWN], capture_output=True, text=True, check=True
    )
    modules, scipy = json.loads(done.stdout.splitlines()[-1])
    return set(modules), set(scipy)


ALL_COMMANDS = "\n".join(
    f"import dashboards.commands.{module}"
    for module in sorted({module for module, _ in COMMANDS.values()})
)


@pytest.mark.parametrize(
    ("code", "of_scipy"),
    [
        pytest.param(LIVED, SCIPY, id="evaluate and a pair"),
        pytest.param(TASK, SCIPY, id="a worker"),
        pytest.param("import dashboards.pages.app", set(), id="the pages"),
        pytest.param(ALL_COMMANDS, set(), id="every command"),
    ],
)
def test_nothing_heavy_is_imported_to_start(code: str, of_scipy: set[str]) -> None:
    modules, scipy = loaded(code)

    assert modules.isdisjoint(HEAVY)
    assert scipy - {"version"} <= of_scipy


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import dashboards.pages.app", id="the pages"),
        pytest.param(ALL_COMMANDS, id="every command"),
        pytest.param("import scenarios.runs.local, scenarios.runs.task", id="who hands out tasks"),
        pytest.param("from model import Simulation", id="a run before it is asked for"),
        pytest.param(
            "from dashboards.cli import main\nmain(['outcomes'])\nmain(['scenarios'])", id="a list"
        ),
        pytest.param(
            "from model.run.snapshot import made_by\nassert made_by()['numba'] > '0.6'",
            id="what numbers are made with",
        ),
    ],
)
def test_the_compiler_comes_only_when_a_family_lives(code: str) -> None:
    modules, _ = loaded(code)

    assert modules.isdisjoint({*COMPILER, "solara"} if "app" not in code else COMPILER)


@pytest.mark.parametrize(
    ("code", "package"),
    [
        ("from model import FamilyModel", "mesa"),
        (LIVED, "numba"),
        ("from scenarios import evaluate; evaluate(families=4, years=1).table()", "pandas"),
        ("from model import FamilyModel; FamilyModel(families=4).family_network()", "networkx"),
    ],
)
def test_what_is_heavy_comes_with_what_needs_it(code: str, package: str) -> None:
    assert package in loaded(code)[0]


def test_the_numbers_of_a_run_are_read_without_what_makes_runs_databases_or_workbooks() -> None:
    modules, _ = loaded(
        "import dashboards.commands.results\n"
        "from dashboards.exports.asked import Asked\n"
        "from dashboards.exports.tables import write_csv\n"
        "from scenarios.runs.run import open_run\n"
        f"run = open_run({str(STORED)!r})\n"
        "asked = Asked(outcome=('hours_cv',))\n"
        "write_csv('/dev/null', asked.table(run), run, asked=asked)\n"
    )

    assert modules.isdisjoint({"duckdb", "numba", "openpyxl"})
