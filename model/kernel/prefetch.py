"""Rows that are needed soon are asked for early, so that the loop over families need not wait.

A population that is larger than the processor's caches lies in main memory, which answers a hundred
times slower. In a smaller one asking costs more than it saves, so nobody asks. A hint changes no
number; with compilation switched off nothing happens here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from model.kernel.compile import before_compiling, step
from model.kernel.rows import World, adult_row, child_row, family_row, signal_row, tie_row
from model.state import ADULTS

FAMILY_AHEAD, CHILDREN_AHEAD, SIGNALS_AHEAD = 16, 8, 4
"""How many families ahead a row is asked for: children and ties are found through the family, and
what other families show through the ties."""

FAR_FROM = 100_000
"""Rows of families from which a state is larger than most caches."""

_LINE = 64
"""Bytes of a cache line."""


@cache
def _prefetch() -> Any:  # noqa: ANN401
    """Return what asks for the cache line of a byte of a record, to be written soon."""
    from llvmlite import ir
    from numba.core import types
    from numba.extending import intrinsic

    @intrinsic
    def prefetch(_: Any, record: Any, byte: Any) -> Any:  # noqa: ANN401, ARG001
        def code(context: Any, builder: Any, _: Any, values: Any) -> Any:  # noqa: ANN401
            number, pointer = ir.IntType(32), ir.IntType(8).as_pointer()
            kind = ir.FunctionType(ir.VoidType(), [pointer, number, number, number])
            hint = builder.module.declare_intrinsic("llvm.prefetch", [pointer], kind)
            place = builder.gep(builder.bitcast(values[0], pointer), [values[1]])
            is_write, keep, is_data = number(1), number(3), number(1)
            builder.call(hint, [place, is_write, keep, is_data])
            return context.get_dummy_value()

        return types.void(record, types.int64), code

    return prefetch


def _asker(row: Callable[[World, int], Any], lines: int) -> Callable[[World, int], None]:
    """Return the function that asks for the first cache lines of row `i` of an array."""

    def ask(w: World, i: int) -> None:
        pass

    def make_known() -> None:
        from numba.extending import overload

        prefetch = _prefetch()

        # Numba compares the signatures of the two functions, so neither is annotated.
        def compiled(w, i):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            record = row(w, i)
            for line in range(lines):
                prefetch(record, line * _LINE)

        overload(ask, inline="always")(lambda w, i: compiled)  # noqa: ARG005

    before_compiling(make_known)
    return ask


_ask_family = _asker(family_row, 2)
_ask_adults = _asker(adult_row, 2)
_ask_children = _asker(child_row, 3)
_ask_ties = _asker(tie_row, 1)
_ask_signal = _asker(signal_row, 1)


@step
def look_ahead(w: World, i: int, n_rows: int) -> None:
    """Ask for the rows of the families that come after family `i`."""
    last = n_rows - 1
    soon = min(i + FAMILY_AHEAD, last)
    _ask_family(w, soon)
    _ask_adults(w, ADULTS * soon)
    family = family_row(w, min(i + CHILDREN_AHEAD, last))
    _ask_children(w, family.first_child)
    _ask_ties(w, family.first_tie)
    family = family_row(w, min(i + SIGNALS_AHEAD, last))
    for k in range(family.first_tie, family.first_tie + family.n_ties):
        _ask_signal(w, tie_row(w, k).row)
