"""What the steps of a month read and write: rows by number, without the cost of passing arrays.

Compiled, a `World` holds the addresses of the arrays, and a row is a pointer into them: passing
arrays themselves from step to step would cost more than the steps (each array is eight words, and
its references are counted). With compilation switched off (NUMBA_DISABLE_JIT=1) the same functions
take rows from record arrays, so that a month can be walked in a debugger.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from model.kernel.compile import before_compiling, is_compiled, step
from model.registry import LEVER_DTYPE, PARAMETER_DTYPE, LeverRow, ParameterRow
from model.state import (
    ADULT,
    CHILD,
    FAMILY,
    KEY_PERSON,
    PLACE,
    SCHOOL,
    AdultRow,
    ChildRow,
    FamilyRow,
    KeyPersonRow,
    PlaceRow,
    SchoolRow,
    f8,
    i4,
    i8,
    row_dtype,
    u1,
)

WAIT_LEVELS = 16
LOT_LEVELS = 64
QUEUE_LEVELS = WAIT_LEVELS * LOT_LEVELS
"""Priorities on a waiting list: months waited, and a lot within the month."""

PRESCHOOL, COURSE = 0, 1
"""The two waiting lists."""

VE_ENROLLED, VE_TARGET_GROUP, COURSE_ADULTS, COURSE_ADMITTED, VE_STAYING = 0, 1, 2, 3, 4
N_COUNTS = 5
"""What is counted per municipality in a month, for the next month. VE_STAYING are children in
preschool who will be there next month too."""

N_PLACES = 9


class TieRow:
    """A tie of a family to another one."""

    row: int = i4("row of the other family")


class SignalRow:
    """What a family shows others; both 0 when it is away."""

    is_informed: int = u1("knows enough to tell others")
    trust: int = u1("1 + 254 times its trust in institutions")


class TallyRow:
    """A number of a tally."""

    n: int = i8("how many")


class MonthsRow:
    """What a rule gives for a whole number of months, here or of age."""

    departure_hazard_year: float = f8("yearly leaving of a family that is so long here")
    usual_leaving: float = f8("how many times as much those leave, on average, for how they live")
    dutch_of_peers: float = f8("how far the Dutch of comparable children of that age is short, SD")


TIE, SIGNAL, TALLY = row_dtype(TieRow), row_dtype(SignalRow), row_dtype(TallyRow)
"""Arrays of plain numbers, seen as rows with one or two fields."""

MONTHS = row_dtype(MonthsRow)
N_MONTHS = 600
"""Months that are in the table, fifty years; for more a rule is asked itself."""


class World(NamedTuple):
    """The arrays of a run, as one thread sees them in a month.

    `signals` (n, 2) is what families showed last month, `signals_next` what they show now.
    `queue` (2, 9, QUEUE_LEVELS), `counts` (9, N_COUNTS) and `newcomers` (schools,) are the thread's
    own tallies of this month; whole numbers, so that their sum does not depend on the threads.
    `table` (N_MONTHS,) has what rules give for whole months, under the parameters of the month.
    `levers` (months, n_variants) has one record for every combination of target groups.
    """

    seed: Any
    families: Any
    adults: Any
    children: Any
    schools: Any
    key_persons: Any
    places: Any
    ties: Any
    signals: Any
    signals_next: Any
    levers: Any
    parameters: Any
    targets: Any
    table: Any
    queue: Any
    counts: Any
    newcomers: Any
    n_variants: Any
    n_targets: Any


def reader[R](field: str, _: type[R], dtype: np.dtype[Any]) -> Callable[[World, int], R]:
    """Return the function that gives row `i` of one of a world's arrays, as a record.

    The class, which declares the fields of `dtype`, serves the type checker.
    """
    position = World._fields.index(field)

    def read(w: World, i: int) -> R:
        found: R = w[position][i]
        return found

    def make_known() -> None:
        from numba.core import types
        from numba.extending import intrinsic, overload
        from numba.np.numpy_support import from_dtype

        record, size = from_dtype(dtype), dtype.itemsize

        @intrinsic
        def pointer(_: Any, base: Any, number: Any) -> Any:  # noqa: ANN401, ARG001
            def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:  # noqa: ANN401
                offset = builder.mul(values[1], context.get_constant(types.int64, size))
                place = builder.add(values[0], offset)
                return builder.inttoptr(place, context.get_value_type(signature.return_type))

            return record(types.uint64, types.int64), code

        # Numba compares the signatures of the two functions, so neither is annotated.
        def compiled(w, i):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            return pointer(w[position], i)  # type: ignore[call-arg]

        overload(read, inline="always")(lambda w, i: compiled)  # noqa: ARG005

    before_compiling(make_known)
    return read


family_row = reader("families", FamilyRow, FAMILY)
adult_row = reader("adults", AdultRow, ADULT)
child_row = reader("children", ChildRow, CHILD)
school_row = reader("schools", SchoolRow, SCHOOL)
key_person_row = reader("key_persons", KeyPersonRow, KEY_PERSON)
place_row = reader("places", PlaceRow, PLACE)
tie_row = reader("ties", TieRow, TIE)
signal_row = reader("signals", SignalRow, SIGNAL)
next_signal_row = reader("signals_next", SignalRow, SIGNAL)
lever_row = reader("levers", LeverRow, LEVER_DTYPE)
parameter_row = reader("parameters", ParameterRow, PARAMETER_DTYPE)
months_row = reader("table", MonthsRow, MONTHS)
queue_row = reader("queue", TallyRow, TALLY)
count_row = reader("counts", TallyRow, TALLY)
newcomer_row = reader("newcomers", TallyRow, TALLY)


@step
def queue_up(w: World, which: int, municipality: int, priority: int) -> None:
    """Stand in one of the two waiting lists of a municipality."""
    place = np.int64(municipality)  # a place is a small number, its queue is not
    queue_row(w, int((which * N_PLACES + place) * QUEUE_LEVELS + priority)).n += 1


@step
def school_there(w: World, municipality: int, school: int, luck: float) -> int:
    """Return the row of a school of the same kind as `school` in a municipality, by luck."""
    place = place_row(w, municipality)
    if school_row(w, school).is_secondary != 0:
        return int(place.first_secondary) + int(luck * place.n_secondary)
    return int(place.first_primary) + int(luck * place.n_primary)


def held(array: np.ndarray, dtype: np.dtype[Any] | None = None) -> Any:  # noqa: ANN401
    """Return what a World holds for an array: its address, or records to walk by hand.

    Whoever makes the World keeps the array alive.
    """
    if is_compiled():
        return np.uint64(array.ctypes.data)
    flat = array.reshape(-1)
    return flat.view(dtype or flat.dtype).view(np.recarray)


def walked(array: np.ndarray) -> np.ndarray:
    """Return structured rows as a step reads them outside a World: by hand when not compiled."""
    return array if is_compiled() else array.view(np.recarray)
