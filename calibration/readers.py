"""Which code of the model reads which parameter, found in its text.

A parameter is read where a function writes `p.p_hire`, or `getattr(p, f"cv_{contract}")`. When it
is handed to a rule, at once or by a variable of the function, the rule is the reader, else the
function that reads it. Who reads a number that is derived from a parameter reads the parameter.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from pathlib import Path

import model
from model.registry import BY_PARAMETER, DERIVED

ROOT = Path(model.__file__).parent
NOT_READERS = (
    "parameters.py",
    "parameters_start.py",
    "levers.py",
    "ledger.py",
    "registry.py",
)
"""Where parameters are declared; nothing is read there."""

_RECORD = "p"
_TABLES = ("p", "table", "parameters")


@cache
def rules_reading() -> dict[str, tuple[str, ...]]:
    """Return for every parameter (field name) the rules and functions that read it, in order.

    Names are dotted, under `model`: `submodels.work.rules.p_hired`, say. A parameter that nothing
    reads has an empty tuple.
    """
    known = [*(row.field for row in BY_PARAMETER.values()), *DERIVED]
    found: dict[str, set[str]] = {name: set() for name in known}
    for path in sorted(ROOT.rglob("*.py")):
        inside = path.relative_to(ROOT)
        if inside.name in NOT_READERS:
            continue
        module = ".".join(inside.with_suffix("").parts)
        for name, reader in _Reader(module, known).read(path.read_text(encoding="utf-8")):
            found[name].add(reader)
    for readers in found.values():
        derived = readers & set(DERIVED)
        readers.difference_update(derived)
        readers.update(*(found[one] for one in derived))
    return {row.field: tuple(sorted(found[row.field])) for row in BY_PARAMETER.values()}


def unread() -> list[str]:
    """Return the parameters (field names) that nothing reads."""
    return [name for name, readers in rules_reading().items() if not readers]


@dataclass(frozen=True)
class _Place:
    """Where a node stands: who reads there, and what is known of the variables of the function."""

    function: str
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    uses: dict[str, set[str]] = field(default_factory=dict)
    readers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.readers:
            object.__setattr__(self, "readers", (self.function,))

    def by(self, *readers: str | None) -> _Place:
        """Return the same place with other readers, if there are any."""
        known = tuple(reader for reader in readers if reader)
        return replace(self, readers=known) if known else self

    def users(self, node: ast.Assign) -> tuple[str, ...]:
        """Return who uses the variables to which a value is assigned."""
        names = {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
        targets = {
            name.id
            for target in node.targets
            for name in ast.walk(target)
            if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
        }
        found = set().union(*(self.uses.get(name, set()) for name in targets & names))
        return tuple(sorted(found))


def _derived(node: ast.Assign) -> tuple[str, ...]:
    """Return the derived number that is worked out here, if it is one."""
    keys = [target.slice for target in node.targets if isinstance(target, ast.Subscript)]
    texts = [key.value for key in keys if isinstance(key, ast.Constant)]
    return tuple(str(text) for text in texts if text in DERIVED)


class _Reader:
    """Reads one module; `known` are the field names to look for."""

    def __init__(self, module: str, known: list[str]) -> None:
        self.module = module
        self.known = known
        self.rules: dict[str, str] = {}

    def read(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield (field, reader) for every place where a field is read."""
        tree = ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                self._remember(node)
        yield from self._within(tree, _Place(self.module))

    def _remember(self, node: ast.ImportFrom) -> None:
        """Keep under which names rules or modules of rules are imported."""
        base = (node.module or "").removeprefix("model.")
        for item in node.names:
            name = f"{base}.{item.name}"
            if ".rules" in name:
                self.rules[item.asname or item.name] = name

    def _within(self, node: ast.AST, place: _Place) -> Iterator[tuple[str, str]]:
        if isinstance(node, ast.FunctionDef):
            name = f"{self.module}.{node.name}"
            place = _Place(name, _loop_words(node), self._uses(node, name))
        elif isinstance(node, ast.Call):
            place = place.by(self._rule(node))
        elif isinstance(node, ast.Assign):
            place = place.by(*place.users(node))
            inside = [name for part in ast.walk(node) for name in self._fields(part, place.words)]
            yield from product(inside, _derived(node))
        yield from product(self._fields(node, place.words), place.readers)
        for child in ast.iter_child_nodes(node):
            yield from self._within(child, place)

    def _uses(self, function: ast.FunctionDef, name: str) -> dict[str, set[str]]:
        """Return for every variable of a function the rules to which it is handed.

        Where it is used without a rule, the function itself stands among them.
        """
        found: dict[str, set[str]] = {}

        def look(node: ast.AST, reader: str) -> None:
            if isinstance(node, ast.Call):
                reader = self._rule(node) or reader
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                found.setdefault(node.id, set()).add(reader)
            for child in ast.iter_child_nodes(node):
                look(child, reader)

        look(function, name)
        return found

    def _rule(self, call: ast.Call) -> str | None:
        """Return the rule that is called, also as `plain(rule)(arrays)`, if it is one."""
        called = call.func
        if isinstance(called, ast.Call) and ast.unparse(called.func) == "plain":
            called = called.args[0]
        if isinstance(called, ast.Name):
            return self.rules.get(called.id)
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            module = self.rules.get(called.value.id)
            return f"{module}.{called.attr}" if module else None
        return None

    def _fields(self, node: ast.AST, words: dict[str, tuple[str, ...]]) -> list[str]:
        """Return the fields that this node itself reads."""
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            is_record = isinstance(node.value, ast.Name) and node.value.id == _RECORD
            return [node.attr] if is_record and node.attr in self.known else []
        key = _key(node)
        if key is None:
            return []
        pattern = re.compile("|".join(_patterns(key, words)) or r"(?!)")
        return [name for name in self.known if pattern.fullmatch(name)]


def _key(node: ast.AST) -> ast.expr | None:
    """Return the key by which a table is read: `table[key]`, or `getattr(p, key)`."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        table, key = node.value, node.slice
    elif isinstance(node, ast.Call) and ast.unparse(node.func) == "getattr":
        table, key = node.args[0], node.args[1]
    else:
        return None
    name = table.id if isinstance(table, ast.Name) else getattr(table, "attr", "")
    return key if name in _TABLES else None


def _patterns(key: ast.expr, words: dict[str, tuple[str, ...]]) -> list[str]:
    """Return regular expressions for the text of a key; a part not known matches any word."""
    if isinstance(key, ast.IfExp):
        return _patterns(key.body, words) + _patterns(key.orelse, words)
    if isinstance(key, ast.Constant):
        return [re.escape(key.value)] if isinstance(key.value, str) else []
    if not isinstance(key, ast.JoinedStr):
        return []
    parts: list[tuple[str, ...]] = []
    for part in key.values:
        if isinstance(part, ast.Constant):
            parts.append((re.escape(str(part.value)),))
        elif isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name):
            parts.append(words.get(part.value.id, (r"\w+",)))
        else:
            parts.append((r"\w+",))
    return ["".join(choice) for choice in product(*parts)]


def _loop_words(function: ast.FunctionDef) -> dict[str, tuple[str, ...]]:
    """Return the words that loop variables of a function run over, where they are written out."""
    found = {}
    for node in ast.walk(function):
        if isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Name):
            items = node.iter.elts if isinstance(node.iter, ast.Tuple | ast.List) else []
            texts = [item.value for item in items if isinstance(item, ast.Constant)]
            if texts and len(texts) == len(items) and all(isinstance(t, str) for t in texts):
                found[node.target.id] = tuple(re.escape(str(text)) for text in texts)
    return found
