"""Other packages ask the model through its face: no private name, no compiled code, no pointer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OUTSIDE = ("scenarios", "calibration", "dashboards", "benchmarks")

KERNEL: dict[str, frozenset[str]] = {
    "model.kernel.compile": frozenset(
        {"Compiling", "cache_folder", "code_digest", "is_compiled", "listening"}
    ),
    "model.population.stratified_assignment": frozenset(),
    "model.kernel.random_numbers": frozenset({"Block"}),
    "model.run.engine": frozenset({"live_out"}),
    "model.kernel.keys": frozenset(),
    "model.policy.target_group": frozenset(),
    "model.run.schedule": frozenset({"MONTH"}),
    "model.outcomes.observe": frozenset(),
    "model.run.relive": frozenset(),
    "model.submodels.rights.steps": frozenset(),
    "model.submodels.housing.steps": frozenset(),
    "model.submodels.stay.steps": frozenset(),
    "model.submodels.contact.steps": frozenset(),
    "model.submodels.language.steps": frozenset(),
    "model.submodels.early_years.steps": frozenset(),
    "model.submodels.care.steps": frozenset(),
    "model.submodels.work.jobs": frozenset(),
    "model.submodels.work.hours_and_income": frozenset(),
    "model.submodels.leaving.steps": frozenset(),
    "model.submodels.school.changing": frozenset(),
    "model.submodels.school.month": frozenset(),
    "model.submodels.school.year": frozenset(),
    "model.submodels.school.scores": frozenset(),
    "model.network.ties": frozenset(),
    "model.kernel.rows": frozenset(),
    "model.kernel.compiler": frozenset(),
}
"""The rooms that know Numba, pointers or the inside of a month, and what of them is for all."""

INSIDE = frozenset({"ctypes", "engine", "engines", "py_func", "world", "worlds"})
"""Attributes by which one would come behind the face."""

READS_TEXT = ROOT / "dashboards" / "documents" / "odd"
"""Tells of the schedule as the engine calls it, and so reads the text of the engine."""

OF_OTHERS = frozenset({"_asdict", "_exit", "_fields", "_replace"})
"""Public names of the standard library that begin with an underscore."""


def faults(text: str) -> Iterator[str]:
    """Yield what a module may not do, line by line."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.ImportFrom(module=str(module), names=names):
                for name in names:
                    yield from _imported(node.lineno, module, name.name)
            case ast.Import(names=names):
                for name in names:
                    if _room(name.name) in KERNEL:
                        yield f"{node.lineno}: imports {name.name}"
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=attr) if attr not in INSIDE:
                pass
            case ast.Attribute(attr=attr) if _is_inside(attr):
                yield f"{node.lineno}: reads .{attr}"
            case ast.Call(
                func=ast.Name(id="getattr" | "setattr"), args=[_, ast.Constant(value=str(name)), *_]
            ) if _is_inside(name):
                yield f"{node.lineno}: reads .{name} by its text"


def _is_inside(attribute: str) -> bool:
    is_private = attribute.startswith("_") and not attribute.endswith("__")
    return (is_private and attribute not in OF_OTHERS) or attribute in INSIDE


def _imported(line: int, module: str, name: str) -> Iterator[str]:
    if module.split(".", maxsplit=1)[0] not in {"model", *OUTSIDE}:
        return
    if name.startswith("_"):
        yield f"{line}: imports {name} of {module}"
    room = _room(module)
    if room in KERNEL and name not in KERNEL[room]:
        yield f"{line}: imports {name} of {module}"
    if f"{module}.{name}" in KERNEL:
        yield f"{line}: imports {module}.{name}"


def _room(module: str) -> str:
    """Return the room of the kernel that a module is, or lies in; else the module itself."""
    parts = module.split(".")
    above = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((name for name in above if name in KERNEL), module)


@pytest.mark.parametrize("package", OUTSIDE)
def test_the_model_is_asked_through_its_face(package: str) -> None:
    found = {
        f"{path.relative_to(ROOT)}:{fault}"
        for path in (ROOT / package).rglob("*.py")
        if path.parent != READS_TEXT
        for fault in faults(path.read_text(encoding="utf-8"))
    }

    assert found == set()


def test_every_room_of_the_kernel_is_there() -> None:
    for room in KERNEL:
        path = ROOT / room.replace(".", "/")
        assert path.is_dir() or path.with_suffix(".py").is_file(), room


@pytest.mark.parametrize(
    "line",
    [
        "from model.run.engine import Engine",
        "from model.submodels.contact.steps import REGIONS",
        "from model.kernel import rows as world",
        "import model.kernel.random_numbers",
        "from model.run.schedule import family_month",
        "from model.outcomes.sums import _place",
        "sums = model._sums",
        "world = pair.engines[0].world",
        "address = state.families.ctypes.data",
        "plain = rule.py_func",
        "engine = getattr(model, '_engine')",
        "setattr(pair, 'engines', engines)",
    ],
)
def test_a_way_behind_the_face_is_found(line: str) -> None:
    assert list(faults(line))


@pytest.mark.parametrize(
    "line",
    [
        "from model import FamilyModel",
        "from model.kernel.compile import code_digest",
        "from model.run.schedule import MONTH",
        "self._done = 1",
        "row = record._replace(month=1)",
    ],
)
def test_the_face_is_open(line: str) -> None:
    assert list(faults(line)) == []
