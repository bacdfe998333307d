"""The structure of the four packages, checked by `make lint`: `python -m tests.structure`.

A folder is a subject of at most twelve files, a file is read in one sitting, imports form no circle
and no tower, and a rule is called by keyword. The limits stand below; whoever reaches one makes two
rooms out of one.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
PACKAGES = ("model", "scenarios", "calibration", "dashboards")
CALLERS = (*PACKAGES, "tests", "benchmarks")

FILES_IN_A_FOLDER = 12
"""Python files beside `__init__.py`."""
LINES_OF_A_FILE = 400
IMPORT_DEPTH = 10
"""Modules in the longest chain of imports inside one package."""
FROM_ARGUMENTS = 3
"""From so many arguments on a rule is called by keyword, so that no two can be swapped."""
LEAST_RULES = 80
"""So many rules are found to be called, or the search itself is broken."""


def files() -> list[Path]:
    """Return the Python files of the four packages."""
    return [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]


def sizes(paths: list[Path], root: Path = ROOT) -> Iterator[str]:
    """Name the folders with too many files and the files with too many lines."""
    folders: dict[Path, int] = {}
    for path in paths:
        if path.name != "__init__.py":
            folders[path.parent] = folders.get(path.parent, 0) + 1
        n = len(path.read_text("utf-8").splitlines())
        if n > LINES_OF_A_FILE:
            yield f"{path.relative_to(root)} has {n} lines; at most {LINES_OF_A_FILE}"
    for folder, n in folders.items():
        if n > FILES_IN_A_FOLDER:
            yield f"{folder.relative_to(root)}/ has {n} Python files; at most {FILES_IN_A_FOLDER}"


def imports() -> dict[str, set[str]]:
    """Return what each module of the four packages imports of them, types apart."""
    graph = grimp.build_graph(*PACKAGES, exclude_type_checking_imports=True)
    return {
        module: set(graph.find_modules_directly_imported_by(module)) for module in graph.modules
    }


def towers(arrows: dict[str, set[str]]) -> Iterator[str]:
    """Name a circle of imports, or the chains inside one package that are too long."""
    try:
        order = tuple(TopologicalSorter(arrows).static_order())
    except CycleError as error:
        yield f"imports form a circle: {' -> '.join(error.args[1])}"
        return
    chains: dict[str, tuple[str, ...]] = {}
    for module in order:
        package = module.split(".")[0]
        below = [chains[one] for one in sorted(arrows[module]) if one.split(".")[0] == package]
        chains[module] = (module, *max(below, key=len, default=()))
    for package in sorted({module.split(".")[0] for module in order}):
        mine = (chain for module, chain in chains.items() if module.split(".")[0] == package)
        longest = max(mine, key=len)
        if len(longest) > IMPORT_DEPTH:
            yield f"{len(longest)} imports deep, at most {IMPORT_DEPTH}: {' -> '.join(longest)}"


def module_of(path: Path) -> str:
    """Return the dotted name of a file in this checkout."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def declared_rules() -> dict[str, int]:
    """Return how many arguments each rule takes, by module and name."""
    return {
        f"{module_of(path)}.{node.name}": len(node.args.args)
        for path in (ROOT / "model").rglob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and "rule" in map(ast.unparse, node.decorator_list)
    }


def names_in(tree: ast.Module, module: str, rules: dict[str, int]) -> dict[str, str]:
    """Return what the imported names of a module stand for, and its own rules."""
    own = {name.rpartition(".")[2]: name for name in rules if name.rpartition(".")[0] == module}
    imported = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return own | imported


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` as it is written; nothing for any other expression."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def calls(tree: ast.Module, module: str, rules: dict[str, int]) -> Iterator[tuple[str, ast.Call]]:
    """Return the calls of rules in a module, each with the full name of the rule."""
    names = names_in(tree, module, rules)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            head, _, rest = dotted(node.func).partition(".")
            full = f"{names.get(head, head)}.{rest}".removesuffix(".")
            if full in rules:
                yield full, node


def by_position(tree: ast.Module, module: str, rules: dict[str, int]) -> list[str]:
    """Return the calls of rules with three arguments or more that give one by position."""
    return [
        f"{module}:{node.lineno} {name}"
        for name, node in calls(tree, module, rules)
        if rules[name] >= FROM_ARGUMENTS and node.args
    ]


def rule_calls() -> Iterator[str]:
    """Name the calls of rules by position, or say that too few rules were found."""
    rules = declared_rules()
    called: set[str] = set()
    for folder in CALLERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            called |= {name for name, _ in calls(tree, module_of(path), rules)}
            wrong = by_position(tree, module_of(path), rules)
            yield from (f"{one} is called by position" for one in wrong)
    if len(called) < LEAST_RULES:
        yield f"only {len(called)} rules are found to be called; at least {LEAST_RULES}"


def main() -> int:
    """Print what stands in the way; return 1 if anything does."""
    found = [*sizes(files()), *towers(imports()), *rule_calls()]
    print("\n".join(found) or "Structure: folders, files, imports and rule calls are as agreed.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
