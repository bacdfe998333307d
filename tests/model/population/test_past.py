"""The start is the model's own past: lives that come with the package, or that a draw makes."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from model.enums import Contract, FamilyType, Population, Status
from model.policy.scenario import FROZEN_2023
from model.policy.timetable import Timetable, build
from model.population.past import lives as past
from model.population.past.lives import (
    ADULT_LIVED,
    CHILD_LIVED,
    FAMILY_LIVED,
    FORMAT,
    fewer,
    gather,
    ledger_digest,
    nobody,
    read,
    shipped,
    told,
)
from model.population.past.reads import NOT_READ
from model.registry import BY_PARAMETER
from model.run.build import build_population, lives_of
from model.run.engine import live_out
from model.run.past import lived, rules_digest
from model.state import ADULT, ADULTS, CHILD, FAMILY, State

OWN_OF_A_FAMILY = {
    "key", "touched", "first_child", "first_tie", "letter_rank", "leaving_left",
    "neighbourhood_rank", "key_person", "loan_eur", "loan_debt_eur",
    "arrival_month", "entry_month", "exit_month", "loan_month", "departure_month", "population",
    "municipality", "region", "origin", "home_language", "parent_education", "family_type",
    "n_adults", "n_children", "n_ties", "status", "is_border", "months_away", "moves_to",
    "lost_job", "moved", "voluntary_moves_year", "forced_moves_year", "forced_moves_total",
    "voluntary_moves_total", "is_course_open",
}  # fmt: skip
"""Who it is, and what counts from the start or from the month itself."""
OWN_OF_A_CHILD = {
    "key", "touched", "school", "talent", "preschool_luck", "booklet_luck", "vocabulary_luck",
    "birth_month", "birth_country", "letter_group", "late_arrival", "school_changes_year",
    "vsv_hazard_year", "risk_stage", "risk_year", "risk_registered",
}  # fmt: skip
"""Who it is; what a year ago was at risk is written at the count, from that of last year."""


def plan_with(months: int = 12, **parameters: float) -> Timetable:
    """Return the timetable of the base with other numbers, by dotted name with a double line."""
    changes = {name.replace("__", "."): value for name, value in parameters.items()}
    return build(FROZEN_2023, months, parameters=changes)


@cache
def start(families: int | None = 6000) -> State:
    return build_population(build(FROZEN_2023, 12), 1, families)


def test_the_lives_of_the_package_are_of_todays_rules_and_ledger() -> None:
    kept, what_to_do = shipped(), "run `make past`, and keep model/population/past/lives.bin"

    assert kept.ledger == ledger_digest(build(FROZEN_2023, 1).parameters[0]), what_to_do
    assert kept.rules == rules_digest(), what_to_do


@pytest.mark.parametrize(
    ("row", "own", "lived_through"),
    [
        (FAMILY, OWN_OF_A_FAMILY, FAMILY_LIVED),
        (ADULT, {"employer"}, ADULT_LIVED),
        (CHILD, OWN_OF_A_CHILD, CHILD_LIVED),
    ],
    ids=["family", "adult", "child"],
)
def test_what_a_row_holds_is_its_own_or_lived_through(
    row: np.dtype, own: set[str], lived_through: tuple[str, ...]
) -> None:
    assert own.isdisjoint(lived_through)
    assert own | set(lived_through) == set(row.names or ())


def test_lives_come_back_from_their_bytes() -> None:
    one = gather(lived(3, nobody(), 40, 1), 12, "rules", "ledger")
    back = read(told(one))

    assert (back.rules, back.ledger) == ("rules", "ledger")
    assert np.array_equal(back.families["housing"], one.families["housing"])
    np.testing.assert_allclose(back.children["learning_z"], one.children["learning_z"], atol=2e-3)
    assert told(back) == told(read(told(back)))


def test_an_income_that_a_short_number_cannot_hold_comes_back() -> None:
    one = gather(lived(3, nobody(), 40, 1), 12, "rules", "ledger")
    one.families["income_eur_month"][0] = 123_456.0

    back = read(told(one))

    assert back.families["income_eur_month"][0] == 123_456.0
    assert np.isfinite(back.families["income_eur_month"]).all()


def test_lives_that_cannot_be_read_say_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = told(nobody())
    with pytest.raises(ValueError, match="not whole"):
        read(whole[:-20])
    monkeypatch.setattr(past, "FORMAT", "veerkracht lives 0")
    with pytest.raises(ValueError, match=f"{FORMAT}.*lives 0"):
        read(whole)
    monkeypatch.setattr(past, "FORMAT", FORMAT)
    monkeypatch.setattr(past, "FAMILY_LIVED", (*FAMILY_LIVED, "loan_eur"))
    with pytest.raises(ValueError, match="other fields of families: loan_eur"):
        read(whole)


def test_a_start_from_the_lives_of_one_family_is_that_family_many_times() -> None:
    one = shipped()
    chosen = np.flatnonzero(one.adults["contract"][:, 0] == Contract.AGENCY_B)[:1]
    of_one = replace(
        one, families=one.families[chosen], adults=one.adults[chosen],
        family_kind=one.family_kind[chosen], span=one.span[chosen],
        pay=one.pay[chosen],
    )  # fmt: skip
    state = build_population(build(FROZEN_2023, 12), 1, 200, of_one)
    here = state.families["status"] == Status.IN_NL

    assert (state.adults["contract"][::ADULTS][here] == Contract.AGENCY_B).all()
    assert (state.families["knowledge"][here] == one.families["knowledge"][chosen]).all()


def test_who_comes_from_abroad_takes_over_nobodys_life() -> None:
    plan = build(FROZEN_2023, 24)
    drawn, new = (build_population(plan, 1, 1000, one) for one in (shipped(), nobody()))
    comes = (new.families["entry_month"] >= 0) & (new.families["family_type"] == FamilyType.RECENT)

    assert comes.any()
    for name in ("housing", "parent_dutch", "is_registered", "crowding"):
        assert np.array_equal(drawn.families[name][comes], new.families[name][comes]), name
        assert not np.array_equal(drawn.families[name], new.families[name]), name


def test_a_life_is_of_the_same_schooling_adults_and_nearly_the_same_stay() -> None:
    state = start()
    eu11 = (state.families["population"] == Population.EU11) & (
        state.families["status"] == Status.IN_NL
    )
    years = -state.families["arrival_month"][eu11] / 12.0
    dutch, secure = state.families["parent_dutch"][eu11], state.adults["contract"][::ADULTS][eu11]
    education = state.families["parent_education"][eu11]
    lived_long = years > 15

    assert dutch[lived_long].mean() > dutch[years < 3].mean() + 0.2
    assert (secure[lived_long] == Contract.PERMANENT).mean() > 0.3
    assert dutch[education == 2].mean() > dutch[education == 0].mean()
    present = state.adults["is_present"].reshape(-1, ADULTS).sum(axis=1)
    assert np.array_equal(present, state.families["n_adults"])


def test_numbers_that_no_month_before_the_start_reads_make_no_other_past() -> None:
    usual, other = (build(FROZEN_2023, 48) for _ in range(2))
    named = {row.field: row for row in BY_PARAMETER.values()}
    derived = {name for name in NOT_READ if name.startswith("letter_share_")}
    for name in NOT_READ - derived:
        row = named[name]
        other.parameters[name] = row.high if row.value != row.high else row.low
    lives = [
        told(gather(live_out(build_population(plan, 5, 300, nobody()), plan, 5), 48, "", ""))
        for plan in (usual, other)
    ]

    assert lives[0] == lives[1]
    assert lives_of(other, live_out) is shipped()


def test_a_draw_of_a_number_that_is_read_has_lived_with_it() -> None:
    bad_times = plan_with(work__labour_index=0.8)
    own = lives_of(bad_times, live_out)
    state = build_population(bad_times, 1, 6000, own)

    def without_work(of: State) -> float:
        here = of.families["status"] == Status.IN_NL
        return float((of.adults["contract"][::ADULTS][here] == Contract.NONE).mean())

    assert own.ledger != shipped().ledger
    assert without_work(state) > without_work(start()) + 0.02
    assert lives_of(bad_times, live_out).digest == own.digest


def test_the_kept_lives_are_like_all_of_their_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "FAMILIES_OF_A_YEAR", 5)
    monkeypatch.setattr(past, "FAMILIES_OF_A_FIRST_YEAR", 5)
    monkeypatch.setattr(past, "CHILDREN_OF_A_KIND", 20)
    whole = gather(lived(3, nobody(), 8000, 5), 60, "rules", "ledger")
    kept = fewer(whole)
    alike = [one.family_kind * 100 + one.span // 12 for one in (kept, whole)]
    most = np.unique(alike[0], return_counts=True)[1]
    sizes = dict(zip(*np.unique(alike[1], return_counts=True), strict=True))
    full = [np.flatnonzero(one == kind) for one in alike for kind in sizes if sizes[kind] > 15]
    half = len(full) // 2

    assert most.max() == 5
    assert np.unique(kept.child_kind, return_counts=True)[1].max() == 20
    assert half > 20
    assert (np.diff(kept.family_kind.astype(int) * 1000 + kept.span) >= 0).all()
    # By contract first, then home and income: a fifth of a kind is one of five.
    for few, all_of_them in zip(full[:half], full[half:], strict=True):
        shares = [
            float((lives.adults["contract"][rows, 0] == Contract.PERMANENT).mean())
            for lives, rows in ((kept, few), (whole, all_of_them))
        ]
        assert shares[0] == pytest.approx(shares[1], abs=0.21)
