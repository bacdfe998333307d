"""To another municipality and off the register: what is lost, what stays, and the way back."""

from __future__ import annotations

import numpy as np

from model import FamilyModel
from model.calendar import FOUR, NEVER
from model.enums import Housing, Municipality, Population, Stage, Status
from model.policy.scenario import LeverChange, Scenario, Target
from model.registry import BIT
from tests.model.submodels.months_at_home import FORCED, film

BY_MUNICIPALITY = 1
"""Who pays a course that the municipality gives (`course_funder`)."""


def test_a_forced_move_may_end_registration_and_school_for_a_while() -> None:
    struck, out_of_school, back, resumed = 0, 0, 0, 0
    for month in film():
        was, now = month.before.families, month.after.families
        off = month.stayed & (was["is_registered"] == 1) & (now["is_registered"] == 0)
        assert (now["moved"][off] == FORCED).all()
        struck += int(off.sum())
        back += int(
            (month.stayed & (was["is_registered"] == 0) & (now["is_registered"] == 1)).sum()
        )
        for i in np.flatnonzero(off):
            rows = slice(
                int(now["first_child"][i]), int(now["first_child"][i] + now["n_children"][i])
            )
            out_of_school += int((month.before.children["is_enrolled"][rows] > 0).sum())
        pupil = (month.before.children["is_enrolled"] == 0) & (
            month.after.children["is_enrolled"] == 1
        )
        before = month.before.children["stage"][pupil]
        # Who left school without a diploma comes back in other ways.
        kept = (before > Stage.VE) & (before < Stage.QUALIFIED)
        resumed += int(kept.sum())
        same_year = month.number % 12 not in (0, 11)
        if same_year:
            assert (month.after.children["stage"][pupil][kept] == before[kept]).all()

    assert struck > 3
    assert out_of_school > 2
    assert back > 3
    assert resumed > 0


def test_who_is_put_out_of_sight_leaves_preschool_and_every_line() -> None:
    at_preschool, in_line, on_course = 0, 0, 0
    for month in film():
        was, now = month.before.families, month.after.families
        off = month.stayed & (was["is_registered"] == 1) & (now["is_registered"] == 0)
        in_line += int((was["course_wait"][off] > 0).sum())
        on_course += int((was["course_funder"][off] == BY_MUNICIPALITY).sum())
        assert (now["course_wait"][off] == 0).all()
        # Who paid the last course stays written where parents know enough Dutch for none.
        is_open = now["course_hours_left"][off] > 0.0
        assert (now["course_funder"][off][is_open] != BY_MUNICIPALITY).all()
        for i in np.flatnonzero(off):
            rows = slice(
                int(now["first_child"][i]), int(now["first_child"][i] + now["n_children"][i])
            )
            at_preschool += int((month.before.children["stage"][rows] == Stage.VE).sum())
            assert not (month.after.children["stage"][rows] == Stage.VE).any()

    assert at_preschool + in_line + on_course > 0


def test_half_of_who_fell_off_the_register_are_back_in_two_years_with_their_first_date() -> None:
    model = FamilyModel(
        families=1600, rng=1, years=3, parameters={"housing.p_off_register": 0.0}, collect=False
    )
    families = model.state.families
    off = (families["is_border"] == 0) & (families["is_registered"] == 1)
    off &= families["population"] == Population.EU11
    first = families["registration_month"].copy()
    families["is_registered"][off] = 0
    model.run_for(24)
    off &= families["status"] == Status.IN_NL
    back = off & (families["is_registered"] == 1)

    assert off.sum() > 400
    assert 0.4 < back.sum() / off.sum() < 0.75
    assert (families["registration_month"][off] == first[off]).all()


def test_the_municipality_changes_in_the_month_after_the_move() -> None:
    n = 0
    for month in film():
        was, now = month.before.families, month.after.families
        changed = month.stayed & (was["municipality"] != now["municipality"])
        assert (was["moves_to"][changed] == now["municipality"][changed] + 1).all()
        assert (now["moved"][now["moves_to"] > 0] > 0).all()
        n += int(changed.sum())

    assert n > 20


def test_after_a_move_to_another_municipality_acquaintances_stay_and_places_in_line_are_lost() -> (
    None
):
    lost = 0
    for month in film():
        was, now = month.before.families, month.after.families
        gone = month.stayed & (was["moves_to"] > 0)
        assert (now["n_ties"][gone] == was["n_ties"][gone]).all()
        assert (now["first_tie"][gone] == was["first_tie"][gone]).all()
        waited = gone & (was["listed_month"] != NEVER)
        assert (now["listed_month"][waited] != was["listed_month"][waited]).all()
        assert (now["course_wait"][gone] <= 1).all()
        lost += int(waited.sum())
        served = gone & (now["key_person"] >= 0)
        there = month.after.key_persons[now["key_person"][served]]
        assert (there["municipality"] == now["municipality"][served]).all()
        assert (there["home_language"] == now["home_language"][served]).all()

    assert lost > 5


def test_levers_of_the_new_municipality_hold_from_the_next_month() -> None:
    there = Target(municipalities=(Municipality.ROTTERDAM,))
    change = LeverChange(lever="digital_info_reach", value=1.0, target=there)
    scenario = Scenario(id="rotterdam", levers=(change,))
    model = FamilyModel(scenario, families=3000, rng=1, years=2, collect=False)
    arrived, packed = 0, 0
    for month in range(24):
        was = model.state.families.copy()
        model.step()
        now = model.state.families
        here = (was["status"] == Status.IN_NL) & (now["status"] == Status.IN_NL)
        reached = (now["touched"] & BIT.digital_info_reach) != 0
        came = here & (was["moves_to"] == Municipality.ROTTERDAM + 1)
        elsewhere = here & ~came & ((was["touched"] & BIT.digital_info_reach) == 0)
        assert reached[came].all()
        # In the first month the lever finds who lives there; later nobody but who comes.
        assert month == 0 or not reached[elsewhere].any()
        arrived += int(came.sum())
        packed += int((now["moves_to"][elsewhere] == Municipality.ROTTERDAM + 1).sum())

    assert packed > 5
    assert arrived > 5


def test_of_all_moves_as_many_lead_to_another_municipality_as_was_found() -> None:
    model = FamilyModel(families=3000, rng=1, years=4, collect=False)
    children = model.state.children
    moves, across = {True: 0, False: 0}, {True: 0, False: 0}
    for month in range(48):
        model.step()
        now = model.state.families
        # A social home is of the list of one's own municipality.
        moved = (now["moved"] > 0) & (now["housing"] != Housing.SOCIAL)
        moved &= (now["municipality"] != Municipality.BORDER) & (now["status"] == Status.IN_NL)
        for i in np.flatnonzero(moved):
            first, n = int(now["first_child"][i]), int(now["n_children"][i])
            age = month - children["birth_month"][first : first + n]
            is_young = bool(age[age >= 0].min(initial=1200) < FOUR)
            moves[is_young] += 1
            across[is_young] += int(now["moves_to"][i] > 0)

    for is_young, share in ((True, 0.42), (False, 0.32)):
        n = moves[is_young]
        assert n > 150
        assert abs(across[is_young] / n - share) < 4 * np.sqrt(share * (1 - share) / n)


def test_nobody_moves_across_the_border_of_the_country() -> None:
    for month in film():
        was, now = month.before.families, month.after.families
        border = was["municipality"] == Municipality.BORDER
        assert (now["moves_to"][border] == 0).all()
        assert (now["municipality"][border] == Municipality.BORDER).all()
        assert (now["municipality"][~border] != Municipality.BORDER).all()
