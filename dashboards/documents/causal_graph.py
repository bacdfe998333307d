"""The page on the causal graph and its picture: `docs/causal_graph.md` and `.svg`.

Run `python -m dashboards.documents` after a change of the graph, of rules that cite its arrows, or
of what the texts say of them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from calibration.readers import rules_reading
from dashboards.documents.odd.rules import ROOT, rules
from dashboards.documents.recommendations import cited
from dashboards.figures.causal_graph import picture
from dashboards.texts import texts
from model.evidence.graph import Arrow, arrows, recommendations
from model.evidence.ledger import Parameter
from model.registry import BY_PARAMETER

PAGE = Path(__file__).parents[2] / "docs" / "causal_graph.md"
PICTURE = PAGE.with_suffix(".svg")
CITED = re.compile(r"\be(\d\d)(?:-e(\d\d))?\b")
"""An arrow, or the first and the last of several, in a docstring."""

INTRODUCTION = """# The causal graph

What leads to what in the model, by what the letter and the literature name. A whole line: the size
of the arrow was read somewhere; a broken one: recalled; a dotted one: assumed. In the picture as it
stands in the reference (`make docs`) each arrow leads to its part of this page: what it says, what
is known of it, its sources, and the rules that carry it out. The page Aanbevelingen shows the same
picture, with the arrows of a recommendation in colour. Made by `python -m dashboards.documents`
from `model/evidence/`, the rules and the texts; a test holds that it is current.

![All arrows of the model](causal_graph.svg)

Grades: A in the letter, B read on a public page, C recalled, D assumed. A size graded C or D is an
assumption and no finding."""


@cache
def page() -> str:
    """Return the whole page as Markdown."""
    parts = [INTRODUCTION, *map(_arrow, arrows().values())]
    return "\n\n".join(parts) + "\n"


def drawn() -> str:
    """Return the picture, whose arrows lead to their parts of the page."""
    return picture(texts("en"), address=lambda one: f"causal_graph.html#{one.name}") + "\n"


def write() -> Path:
    """Write the page and the picture, and return where the page is."""
    PAGE.write_text(page(), encoding="utf-8")
    PICTURE.write_text(drawn(), encoding="utf-8")
    return PAGE


def _arrow(arrow: Arrow) -> str:
    said = texts("en")
    sides = (
        ", ".join(said(f"node.{one}") for one in side) for side in (arrow.causes, arrow.effects)
    )
    says, known = (said(f"arrow.{arrow.name}.{part}") for part in ("says", "known"))
    grades = f"Grade of the direction {arrow.sign}, of the size {arrow.size}."
    told = [
        f'<a id="{arrow.name}"></a>',
        f"## {arrow.name}: {' → '.join(sides)}",
        f"{says} {grades} {known}{cited(arrow)}",
        _carried_out(arrow.name),
    ]
    of = [str(one.number) for one in recommendations() if any(arrow.name in p for p in one.paths)]
    if of:
        told.append(f"On a path of recommendation {', '.join(of)}.")
    return "\n\n".join(told)


def _readers(arrow: str) -> list[str]:
    """Return the rules that cite an arrow, as links; else the functions and files that do."""
    named = {f"{one.place}.{one.name}": one.name for one in rules()}
    found = [place for place, some in _citations() if arrow in some]
    as_rules = [f"[`{named[one]}`](odd.md#rule-{named[one]})" for one in found if one in named]
    functions = [f"`{one}`" for one in found if one not in named]
    return as_rules or functions


@cache
def numbers_of() -> Mapping[str, tuple[Parameter, ...]]:
    """Return for each arrow the numbers that are read by what carries it out.

    A rule may carry out several arrows: then its numbers are those of each.
    """
    found: dict[str, tuple[Parameter, ...]] = {}
    readers = rules_reading()
    for arrow in arrows():
        places = {place for place, some in _citations() if arrow in some}
        found[arrow] = tuple(
            row for row in BY_PARAMETER.values() if places & set(readers[row.field])
        )
    return found


def _carried_out(arrow: str) -> str:
    found = _readers(arrow)
    return f"Carried out by {', '.join(found)}." if found else "No rule cites it."


@cache
def _citations() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple(_found())


def _found() -> Iterator[tuple[str, frozenset[str]]]:
    """Yield every function and module under `model` that cites arrows, and which."""
    for path in sorted(ROOT.rglob("*.py")):
        place = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        tree = ast.parse(path.read_text("utf-8"))
        for node in (tree, *tree.body):
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
                told = set(_named(ast.get_docstring(node) or ""))
                if told:
                    yield place + ("" if node is tree else f".{node.name}"), frozenset(told)  # type: ignore[union-attr]


def _named(text: str) -> Iterator[str]:
    for first, last in CITED.findall(text):
        for number in range(int(first), int(last or first) + 1):
            yield f"e{number:02}"
