"""What is looked at before compiled code runs: it trusts every row number and knows no bounds."""

from __future__ import annotations

import operator
from enum import IntEnum
from pathlib import Path
from typing import Any

import numpy as np

from model.calendar import START_NUMBER, month_text
from model.enums import (
    BirthCountry,
    Contract,
    Education,
    Eligibility,
    FamilyType,
    HomeLanguage,
    Housing,
    LetterGroup,
    Municipality,
    Origin,
    Population,
    Stage,
    Status,
)
from model.errors import InputError
from model.policy.by_name import named
from model.policy.scenario import Scenario
from model.policy.timetable import Timetable, first_difference
from model.run.settings import told_number
from model.state import ADULT, ADULTS, ARRAYS, CHILD, FAMILY, KEY_PERSON, PLACE, SCHOOL, State

THREADS_MAX = 256

DTYPES: dict[str, np.dtype[Any]] = {
    "families": FAMILY,
    "adults": ADULT,
    "children": CHILD,
    "schools": SCHOOL,
    "key_persons": KEY_PERSON,
    "places": PLACE,
    "ties": np.dtype(np.int32),
    "signals": np.dtype(np.uint8),
}
"""Of what kind the arrays of a state are; `entries` may be of any whole number."""

_KINDS: dict[str, dict[str, type[IntEnum]]] = {
    "families": {
        "population": Population,
        "municipality": Municipality,
        "origin": Origin,
        "home_language": HomeLanguage,
        "parent_education": Education,
        "family_type": FamilyType,
        "status": Status,
        "housing": Housing,
    },
    "adults": {"contract": Contract},
    "children": {
        "stage": Stage,
        "birth_country": BirthCountry,
        "letter_group": LetterGroup,
        "count_stage": Stage,
        "risk_stage": Stage,
        "left_stage": Stage,
        "ve_eligible": Eligibility,
    },
    "schools": {"municipality": Municipality},
    "key_persons": {"municipality": Municipality, "home_language": HomeLanguage},
}


def checked_threads(threads: int) -> int:
    """Return the number of threads. Raises InputError unless it is a whole number from 1 on."""
    if isinstance(threads, bool) or not isinstance(threads, int | np.integer):
        message = f"threads = {threads!r} is not a number of threads; give a whole number from 1."
        raise InputError(message)
    if not 1 <= threads <= THREADS_MAX:
        message = (
            f"threads = {told_number(threads)} is outside 1 to {THREADS_MAX}; as many as this"
            " machine has cores is quickest, and the numbers do not depend on it."
        )
        raise InputError(message)
    return int(threads)


def checked_row(row: int, n_rows: int, when: str) -> int:
    """Return a row of the families that have entered. Raises InputError for any other number."""
    try:
        number = operator.index(row)
    except TypeError:
        message = f"row {row!r} is not a whole number; give a row from 0 to {n_rows - 1}."
        raise InputError(message) from None
    if isinstance(row, bool) or not 0 <= number < n_rows:
        message = (
            f"there is no family in row {row!r} in {when}; rows 0 to {n_rows - 1} have entered."
        )
        raise InputError(message)
    return number


def checked_population(population: State, n_start: int) -> State:
    """Return a population. Raises InputError unless it has the families that were asked for."""
    if not isinstance(population, State):
        message = (
            f"population is a {type(population).__name__}, not a State; give what"
            " `model.run.build.build_population` made, or the `state` of another model."
        )
        raise InputError(message)
    there = int(population.entries[0])
    if there != n_start:
        message = (
            f"the population has {there:,} families at the start, the model was asked for"
            f" {n_start:,}. Make the model with families={there}, or build another population."
        )
        raise InputError(message)
    return population


def checked_scenario(scenario: Scenario | str | Path) -> Scenario:
    """Return a scenario, given by itself, its name or its file. Raises InputError otherwise."""
    scenario = named(scenario)
    if not isinstance(scenario, Scenario):
        message = (
            f"scenario = {scenario!r} is not a Scenario. Give one by its name or file, as in"
            " 's05_flex_law'."
        )
        raise InputError(message)
    return scenario


def check_same_past(ours: Timetable, theirs: Timetable, month: int, scenario: str) -> None:
    """Raise InputError, saying what differs, unless months before `month` are the same in both."""
    apart = first_difference(ours, theirs, month)
    if apart is not None:
        name, first = apart
        message = (
            f"{scenario} asks something else of {name} in {month_text(START_NUMBER + first)}, and"
            f" the snapshot has lived on to {month_text(START_NUMBER + month)}. Take the snapshot"
            " before they part, or choose a scenario that is the same until then."
        )
        raise InputError(message)


def check_state(state: State, months: int) -> None:
    """Raise InputError unless compiled code can live `months` months on the arrays of a state.

    Arrays have their kind, lie whole in memory, fit each other, and point nowhere outside. Numbers
    that a user writes into an array later are not seen here.
    """
    for name in ARRAYS:
        _check_array(name, getattr(state, name))
    _check_sizes(state, months)
    _check_links(state)
    for name, fields in _KINDS.items():
        for field, kind in fields.items():
            _check_between(name, field, getattr(state, name)[field], 0, max(kind) + 1)


def check_same_shape(name: str, array: object, before: np.ndarray) -> None:
    """Raise InputError unless an array may take the place of another one of a running model."""
    if not isinstance(array, np.ndarray) or array.shape != before.shape:
        shape = getattr(array, "shape", type(array).__name__)
        message = (
            f"state.{name} was replaced by another of shape {shape}; it has to have the shape"
            f" {before.shape}. Families and children cannot come or go in a running model."
        )
        raise InputError(message)


def _check_array(name: str, array: np.ndarray) -> None:
    if not isinstance(array, np.ndarray):
        _refuse(f"state.{name} is a {type(array).__name__}, not an array")
    dtype = DTYPES.get(name)
    if (array.dtype != dtype) if dtype is not None else array.dtype.kind not in "iu":
        _refuse(f"the rows of state.{name} are not what this version of the model has there")
    if not (array.flags.c_contiguous and array.flags.aligned):
        _refuse(f"state.{name} does not lie whole in memory; use np.ascontiguousarray on it")
    if name not in {"ties", "entries"} and not array.flags.writeable:
        _refuse(f"state.{name} cannot be written; give a copy of it")


def _check_sizes(state: State, months: int) -> None:
    n = state.families.size
    wanted = {
        "adults": ((ADULTS * n,), state.adults),
        "places": ((len(Municipality),), state.places),
        "signals": ((n, 2), state.signals),
    }
    for name, (shape, array) in wanted.items():
        if array.shape != shape:
            _refuse(f"state.{name} has the shape {array.shape}, not {shape}, for {n} families")
    for name in ("families", "children", "schools", "key_persons", "ties", "entries"):
        if getattr(state, name).ndim != 1:
            _refuse(f"state.{name} has {getattr(state, name).ndim} axes instead of one")
    entries = state.entries
    if entries.size <= months:
        message = (
            f"the population was laid down for {max(0, entries.size - 1)} months, the run has"
            f" {months}. Build it for as many months, or make the run shorter."
        )
        raise InputError(message)
    if entries[0] < 0 or entries[-1] > n or (np.diff(entries) < 0).any():
        _refuse("state.entries does not go up to the number of families")


def _check_links(state: State) -> None:
    """See that what points to rows of another array points to rows that are there."""
    families, children, schools = state.families, state.children, state.schools
    _check_span(families, "families", ("first_child", "n_children"), children.size)
    _check_span(families, "families", ("first_tie", "n_ties"), state.ties.size)
    _check_between("state", "ties", state.ties, 0, families.size)
    _check_between("families", "key_person", families["key_person"], -1, state.key_persons.size)
    _check_between("children", "school", children["school"], -1, schools.size)
    for kind in ("alike", "secondary"):
        _check_span(schools, "schools", (f"first_{kind}", f"n_{kind}"), schools.size)
    _check_between("families", "moves_to", families["moves_to"], 0, len(Municipality) + 1)
    for kind, n in (
        ("primary", schools.size),
        ("secondary", schools.size),
        ("key_person", state.key_persons.size),
    ):
        plural = "key_persons" if kind == "key_person" else kind
        _check_span(state.places, "places", (f"first_{kind}", f"n_{plural}"), n)


def _check_span(array: np.ndarray, name: str, fields: tuple[str, str], n: int) -> None:
    """See that the rows that a row points to (the first, and how many) are among `n` rows."""
    first, count = (array[field].astype(np.int64) for field in fields)
    _check_between(name, fields[0], first, 0, n + 1)
    _check_between(name, fields[1], first + count, 0, n + 1)
    _check_between(name, fields[1], count, 0, n + 1)


def _check_between(name: str, field: str, values: np.ndarray, low: float, end: float) -> None:
    """Raise InputError unless all values lie from `low` up to, not including, `end`."""
    if values.size and not (values.min() >= low and values.max() < end):
        row = int(np.flatnonzero((values < low) | (values >= end))[0])
        _refuse(f"{name}['{field}'] points outside what there is ({values[row]}, place {row})")


def _refuse(what: str) -> None:
    message = (
        f"{what}. Give a population that `model.run.build.build_population` made with this version"
        " of the model."
    )
    raise InputError(message)
