"""What no table can say: texts replaced after (or before) the move; each says when it no longer fits."""
CONTRACTS="""
[[tool.importlinter.contracts]]
name = "Arrows run down the rooms of the model"
type = "layers"
layers = [
  "model.family_model",
  "model.agents",
  "model.run",
  "model.network",
  "model.population | model.outcomes",
  "model.policy",
  "model.submodels | model.luck",
  "model.kernel",
  "model.registry",
  "model.evidence",
  "model.family_rows",
  "model.state",
  "model.calendar",
  "model.disk",
  "model.enums | model.errors | model.aliases",
]
# The registry gathers what the rooms declare; a declaration knows only the ledger.
ignore_imports = [
  "model.registry -> model.submodels.*.parameters",
  "model.registry -> model.submodels.*.levers",
  "model.registry -> model.population.parameters",
  "model.registry -> model.population.parameters_start",
  "model.registry -> model.network.parameters",
]

[[tool.importlinter.contracts]]
name = "A run is set up, lived by the engine, month by month"
type = "layers"
containers = ["model.run"]
layers = [
  "simulation",
  "relive | build | snapshot",
  "engine",
  "schedule",
  "checks | settings",
]

[[tool.importlinter.contracts]]
name = "Arrows run down the rooms of the scenarios"
type = "layers"
layers = [
  "scenarios.pairs",
  "scenarios.statistics",
  "scenarios.runs | scenarios.disclosure",
  "scenarios.store",
  "scenarios.format",
  "scenarios.authoring",
  "scenarios.files",
  "scenarios.destinations",
]

[[tool.importlinter.contracts]]
name = "Arrows run down the rooms of the dashboards"
type = "layers"
layers = [
  "dashboards.app | dashboards.cli | dashboards.mesa_viz",
  "dashboards.commands | dashboards.pages | dashboards.serve",
  "dashboards.report | dashboards.service | dashboards.components | dashboards.documents",
  "dashboards.figures | dashboards.exports",
  "dashboards.texts",
]

[[tool.importlinter.contracts]]
name = "Arrows run down the rooms of the calibration"
type = "layers"
layers = [
  "calibration.validate",
  "calibration.patterns | calibration.targets",
  "calibration.monitors",
  "calibration.readers | calibration.sources",
]

[[tool.importlinter.contracts]]
name = "Only the kernel knows Numba and llvmlite"
type = "forbidden"
source_modules = [
  "model.submodels", "model.population", "model.network", "model.outcomes", "model.policy",
  "model.evidence", "model.registry", "model.run", "model.disk", "model.state", "model.calendar",
  "scenarios", "calibration", "dashboards",
]
forbidden_modules = ["numba", "llvmlite"]
allow_indirect_imports = true
"""
PATCHES={"before":[
("tests/test_seams.py",'    "model.loops": frozenset(),\n',''),
("model/cache.py","_sweep_at_times","sweep_at_times"),
("model/cache.py","len(content) > LARGEST_SHARE * LIMIT","not fits(len(content))"),
("model/cache.py","def sweep() -> None:",'''def fits(size: int) -> bool:
    """Return whether an entry of so many bytes is kept at all."""
    return size <= LARGEST_SHARE * LIMIT


def sweep() -> None:'''),
("model/cache.py",'''
    cache.get("answers", key), cache.put("answers", key, content)

Compiled code''',"""
Compiled code"""),
("model/whole.py",'"""Ending of a file that is being written."""','"""Ending of a file that is being written; one that nobody finished is swept."""'),
("model/populations.py","from model import cache, population\n","from model import cache\n"),
("model/populations.py","from model.packing import","from model.population import build_population\nfrom model.packing import"),
("model/populations.py","population.build_population(","build_population("),
],"after":[
("model/population/children.py","from model.population.households import Households\n","\nif TYPE_CHECKING:\n    from model.population.households import Households\n"),
("model/population/children.py","import numpy as np\n","from typing import TYPE_CHECKING\n\nimport numpy as np\n"),
*[(f"scenarios/statistics/{n}.py",old,new) for n in ("overview","answers") for old,new in (("from scenarios.runs.run import Ensemble\n",""),("if TYPE_CHECKING:\n    import pandas as pd\n","if TYPE_CHECKING:\n    import pandas as pd\n    from scenarios.runs.run import Ensemble\n"))],

("pyproject.toml",'"model/steps/**" = [','"model/submodels/**/{steps,jobs,hours_and_income,month,year,scores}.py" = ['),
("model/population/parameters.py","class Population(PopulationStart):","class Population:"),
("model/registry.py","""@dataclass(frozen=True, kw_only=True)
class Parameters:""",'''@dataclass(frozen=True, kw_only=True)
class WholePopulation(Population, PopulationStart):
    """The families that there are, and how they stand at the start or on arrival."""


@dataclass(frozen=True, kw_only=True)
class Parameters:'''),
("model/registry.py","    Population, Network, Work, Rights,","    WholePopulation, Network, Work, Rights,"),
("model/registry.py","population: Population = field(default_factory=Population)","population: WholePopulation = field(default_factory=WholePopulation)"),
("model/registry.py","from model.population.parameters import Population\n","from model.population.parameters import Population\nfrom model.population.parameters_start import PopulationStart\n"),
("model/outcomes/tidy.py","from model.outcomes.sums import Sums\n","\nif TYPE_CHECKING:\n    from model.outcomes.sums import Sums\n"),
("model/outcomes/tidy.py","import numpy as np\n","from typing import TYPE_CHECKING\n\nimport numpy as np\n"),
("model/population/parameters.py","from model.population.parameters_start import PopulationStart\n",""),
# commands
*[("dashboards/cli.py",f'": ("{a}", "',f'": ("{b}", "') for a,b in {"reach":"pairs.reach","twins":"pairs.twins","attribute":"pairs.attribute","cohorts":"pairs.cohorts","cohorts":"pairs.cohorts","audit":"checks","validate":"checks","report":"show","dashboard":"show"}.items()],
# long first lines
("calibration/monitors/observed.py","`table` is the tidy table of model.outcomes.registry, `counts` that of calibration.monitors.measures","`table` is the tidy table of outcomes, `counts` that of calibration.monitors.measures"),
("model/family_model.py","columns in `model.outcomes.registry`","columns in its registry"),
("model/evidence/ledger.py","`source` is a key of `model/evidence/sources.toml`;","`source` is a key of `sources.toml`;"),
("scenarios/runs/run.py","columns of `model.outcomes.registry.COLUMNS`, and `draw`","columns of `COLUMNS`, and `draw`"),
("scenarios/runs/warm.py","Imported by the server process of `scenarios.runs.local`: a","Imported by the server process of `local`: a"),
# which code reads which parameter
("calibration/readers.py",'NOT_READERS = ("parameters", "levers.py", "ledger.py")','NOT_READERS = (\n    "parameters.py",\n    "parameters_start.py",\n    "levers.py",\n    "ledger.py",\n    "registry.py",\n)'),
("calibration/readers.py","inside.parts[0] in NOT_READERS","inside.name in NOT_READERS"),
("calibration/readers.py","""            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("model.rules"):
                self._remember(node)
""","""            if isinstance(node, ast.ImportFrom):
                self._remember(node)
"""),
("calibration/readers.py","""        base = (node.module or "").removeprefix("model.")
        for item in node.names:
            self.rules[item.asname or item.name] = f"{base}.{item.name}"
""","""        base = (node.module or "").removeprefix("model.")
        for item in node.names:
            name = f"{base}.{item.name}"
            if ".rules" in name:
                self.rules[item.asname or item.name] = name
"""),
("calibration/readers.py","`rules.work.p_hired`, `steps.school._learn`. A parameter that\n    nothing reads","`submodels.work.rules.p_hired`, say. A parameter that nothing\n    reads"),
("tests/model/evidence/test_ledger.py",'("rules.school.p_leave_year",)','("submodels.school.rules_leaving.p_leave_year",)'),
("tests/model/evidence/test_ledger.py",'"rules.school.faded"','"submodels.school.rules_learning.faded"'),
("tests/model/evidence/test_ledger.py",'("rules.population.wage_at_entry",)','("population.rules.wage_at_entry",)'),
("tests/model/disk/test_cache.py","from model.disk import cache\nletter","from model.disk import cache, shelf\nletter"),
("tests/model/disk/test_cache.py",'    cache.put("answers", "the same key", letter','    shelf.put("answers", "the same key", letter'),
("tests/model/disk/test_cache.py",'found = cache.get("answers", "the same key")','found = shelf.get("answers", "the same key")'),
("tests/scenarios/store/test_kill.py","    from scenarios import parts, store\n","    from scenarios.format import parts\n    from scenarios.store import run_folder\n"),
("tests/scenarios/store/test_kill.py","store.RUNS_PER_PART","run_folder.RUNS_PER_PART"),
("tests/scenarios/store/test_kill.py","store.write_part","run_folder.write_part"),
("tests/model/evidence/test_ledger.py",'"rules.work.p_hired"','"submodels.work.rules.p_hired"'),
("tests/model/evidence/test_ledger.py",'("rules.school.leaving_intercept",)','("submodels.school.rules_leaving.leaving_intercept",)'),
("tests/model/evidence/test_ledger.py",'"population_origins.municipality_shares"','"population.origins.municipality_shares"'),
# recommendations and the causal graph
("dashboards/documents/recommendations.py","""    return tomllib.loads(TEXTS.read_text("utf-8"))
""","""    return tomllib.loads(GRAPH.read_text("utf-8")) | tomllib.loads(TEXTS.read_text("utf-8"))
"""),
("dashboards/documents/recommendations.py",'TEXTS = Path(__file__)','GRAPH = Path(model.__file__).parent / "evidence" / "causal_graph.toml"\nTEXTS = Path(__file__)'),
("dashboards/documents/recommendations.py","from calibration.sources","import model\nfrom calibration.sources"),
("dashboards/documents/recommendations.py","Return what `recommendations.toml` holds: `edge` by name and the list `recommendation`.","Return the arrows of the causal graph (`edge`, by name) and the list `recommendation`."),
("dashboards/documents/recommendations.py","and `dashboards/documents/recommendations.toml`; a test holds that it is current.","`model/evidence/causal_graph.toml` and `dashboards/documents/recommendations.toml`; a test\nholds that it is current."),
# tests on the text of the model
("tests/model/submodels/test_rules.py","""    for module in pkgutil.iter_modules(rules.__path__):
        loaded = importlib.import_module(f"model.rules.{module.name}")
        for name, value in vars(loaded).items():
            if hasattr(value, "py_func") and value.py_func.__module__ == loaded.__name__:
                found.append((f"{module.name}.{name}", value))
""","""    for path in RULES:
        module = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
        loaded = importlib.import_module(module)
        for name, value in vars(loaded).items():
            if hasattr(value, "py_func") and value.py_func.__module__ == module:
                found.append((f"{path.parent.name}.{name}", value))
"""),
("tests/model/submodels/test_rules.py","from model import rules\n",""),
("tests/model/submodels/test_rules.py","import pkgutil\n",""),
("tests/model/submodels/test_rules.py","ROOT = Path(model.__file__).parent\n",'ROOT = Path(model.__file__).parent\nRULES = sorted(ROOT.glob("*/**/rules*.py"))\n'),
("tests/model/submodels/test_rules.py",'(ROOT / "month.py")','(ROOT / "run" / "schedule.py")'),
("tests/model/submodels/test_rules.py",'        *ROOT.glob("rules/*.py"),\n        *ROOT.glob("steps/*.py"),\n        ROOT / "month.py",\n','        *ROOT.glob("submodels/**/*.py"),\n        ROOT / "run" / "schedule.py",\n'),
("tests/model/submodels/test_rules.py",'[*ROOT.glob("rules/*.py"), *ROOT.glob("steps/*.py")]','ROOT.glob("submodels/*/*.py")'),
("tests/model/submodels/test_rules.py",'        path.name\n        for path in ROOT.glob("submodels/*/*.py")','        f"{path.parent.name}/{path.name}"\n        for path in ROOT.glob("submodels/*/*.py")'),
("tests/model/submodels/test_rules.py",'["contact.py", "contact.py", "early_years.py"]','[\n        "contact/rules.py",\n        "contact/steps.py",\n        "early_years/rules.py",\n    ]'),
("tests/model/submodels/test_rules.py",'for path in ROOT.glob("rules/*.py"):','for path in RULES:'),
("tests/model/kernel/test_compile.py",'tmp_path / "model" / "draws.py"','tmp_path / "model" / "kernel" / "random_numbers.py"'),
("tests/model/population/test_population.py","""    allowed = {
        "population_origins.py",
        "population.py",
        "checks.py",  # the values that a population given by hand may hold
        "observe.py",
        "outcomes.py",
        "tables.py",
        "agents.py",
        "state.py",
    }
    found = [
        path.name
        for path in PACKAGE.rglob("*.py")
        if path.name not in allowed
""","""    allowed = {
        "population/origins.py",
        "run/build.py",
        "run/checks.py",  # the values that a population given by hand may hold
        "outcomes/observe.py",
        "outcomes/registry.py",
        "outcomes/tidy.py",
        "agents.py",
        "state.py",
    }
    found = [
        path.name
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).as_posix() not in allowed
"""),
("tests/model/kernel/test_compile.py","calls draw4 in draws.py, which","calls draw4 in random_numbers.py, which"),
("calibration/targets/targets.py","(`dashboards.documents.priors`)","(docs/priors.md)"),
("dashboards/figures/series.py","hidden cells (columns `scenarios.disclosure.rules.CELL`) of everybody","hidden cells of everybody (columns `CELL` of disclosure)"),
("docs/scaling.md","`test_ensemble.py`","`test_run.py`"),
("scenarios/runs/task.py","""        sums = evaluate(
            families=task.families,
            years=task.years,
            seed=task.seed,
            base=scenario,
            groups=GROUPS,
            progress=heard,
            stop=stop,
            sample=task.parameters,
            reference=task.reference,
            threads=task.threads,
            population=population,
        )
        runs.append(_run(task, scenario, sums))
""","""        run = Simulation(
            scenario,
            families=task.families,
            years=task.years,
            seed=task.seed,
            parameters=task.parameters,
            reference=task.reference,
            threads=task.threads,
            population=population,
        )
        sums = run.run(heard, stop).sums().of_groups(GROUPS)
        runs.append(_run(task, scenario, sums))
"""),
("scenarios/runs/task.py","from scenarios.runs.harness import evaluate\n","from model.run.simulation import Simulation\n"),
("model/run/relive.py","from model.run.engine import Engine\n","\nif TYPE_CHECKING:\n    from model.run.engine import Engine\n"),
("model/run/relive.py","from contextlib import contextmanager\n","from contextlib import contextmanager\nfrom typing import TYPE_CHECKING\n"),
("tests/test_seams.py",'    "model.submodels": frozenset(),\n','    "model.submodels.rights.steps": frozenset(),\n    "model.submodels.housing.steps": frozenset(),\n    "model.submodels.stay.steps": frozenset(),\n    "model.submodels.contact.steps": frozenset(),\n    "model.submodels.language.steps": frozenset(),\n    "model.submodels.early_years.steps": frozenset(),\n    "model.submodels.work.jobs": frozenset(),\n    "model.submodels.work.hours_and_income": frozenset(),\n    "model.submodels.school.month": frozenset(),\n    "model.submodels.school.year": frozenset(),\n    "model.submodels.school.scores": frozenset(),\n'),
("tests/test_seams.py",'''    """Return the first two parts of a module's name: a file of the model, or a folder of it."""
    return ".".join(module.split(".")[:2])
''','''    """Return the room of the kernel that a module is, or lies in; else the module itself."""
    parts = module.split(".")
    above = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((name for name in above if name in KERNEL), module)
'''),
("tests/model/submodels/test_rules.py",'ROOT / "engine.py"','ROOT / "run" / "engine.py"'),
("tests/model/submodels/test_formulas.py",'DECLARED = ("rules", "parameters", "levers.py", "ledger.py")','DECLARED = re.compile(r"(rules|parameters)\\w*\\.py|levers\\.py|ledger\\.py|registry\\.py")'),
("tests/model/submodels/test_formulas.py","""    *("households.py", "household_ages.py", "key_persons.py", "network.py", "schools.py"),
    *("population_home.py", "population_origins.py", "population_work.py"),
""","""    *("network/acquaintances.py", "network/key_persons.py", "network/municipalities.py"),
    *("population/homes.py", "population/households.py", "population/origins.py"),
    *("population/schools.py", "population/work.py"),
"""),
("tests/model/submodels/test_formulas.py","""        if inside.parts[0] not in (*DECLARED, *LAID_OUT):
            n_steps += inside.parts[0] == "steps"
            found[""","""        if not DECLARED.fullmatch(path.name) and inside.as_posix() not in LAID_OUT:
            n_steps += inside.parts[0] == "submodels"
            found["""),
*[(f"dashboards/documents/{n}.py",'\n\nif __name__ == "__main__":\n    write()\n',"\n") for n in ("evidence","recommendations","priors")],
# lint
("pyproject.toml",'layers = ["dashboards", "calibration", "scenarios", "model"]\n','layers = ["dashboards", "calibration", "scenarios", "model"]\n'+CONTRACTS),
("Makefile","	@.venv/bin/lint-imports --no-logo\n","	@.venv/bin/lint-imports --no-logo\n	@$(PY) -m tests.structure\n"),
("pyproject.toml",'  "hypothesis",\n','  "grimp", # the graph of imports; import-linter stands on it\n  "hypothesis",\n'),
("pyproject.toml",'"benchmarks/**" = ["INP001", "T201"]','"tests/structure.py" = ["T201"]\n"benchmarks/**" = ["INP001", "T201"]'),
# words
("docs/statistics.md","""`scenarios/statistics/answer.py`, `statistics.py`, `not_knowing.py`,
`anytime.py`, `settle.py`, `pair.py`, `trace.py`, `twins.py`, `telling.py`, `attribution.py`,
`audit.py`; `model/policy/channels.py`. Tests beside each in `tests/scenarios/`.""","""`scenarios/statistics/`, `scenarios/pairs/` and
`model/policy/channels.py`; tests in the same folders under `tests/`."""),
("dashboards/documents/evidence_introduction.md","`model/parameters` and","the `parameters.py` of each room of `model/` and"),
("README.md","`model/parameters/` declares every number beside its source","`parameters.py` in each room of `model/` declares its numbers beside their source"),
("CONTRIBUTING.md","`model/rules/<submodel>.py`","`model/submodels/<submodel>/rules.py`"),
("CONTRIBUTING.md","`model/steps/<submodel>.py`","`model/submodels/<submodel>/steps.py`"),
("CONTRIBUTING.md","`model/parameters/<submodel>.py`","`model/submodels/<submodel>/parameters.py`"),
("docs/architecture.md","- **Rules** (`model/rules/`)","- **Rules** (`model/submodels/*/rules*.py`)"),
("docs/architecture.md","- **Steps** (`model/steps/`)","- **Steps** (beside them)"),
]}
NEW={
"dashboards/documents/__main__.py":'''"""Write the pages of `docs/` that are made from the program: `python -m dashboards.documents`."""

from __future__ import annotations

from dashboards.documents import evidence, recommendations


def main() -> None:
    """Write `docs/evidence.md` and `docs/recommendations.md` anew."""
    evidence.write()
    recommendations.write()


if __name__ == "__main__":
    main()
''',
}
LINES=[
("python -m calibration.priors","python -m dashboards.documents"),
("python -m dashboards.documents.priors","python -m dashboards.documents"),
("python -m calibration.evidence_page","python -m dashboards.documents"),
("python -m dashboards.recommendations_page","python -m dashboards.documents"),
("python -m dashboards.documents.recommendations","python -m dashboards.documents"),
("python -m dashboards.documents.evidence","python -m dashboards.documents"),
]
