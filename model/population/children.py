"""Children at the start or on arrival: stage, school year, Dutch, learning and preschool.

A child and its match have the same talent, the same luck with language and the same selections: the
draws hang on the EU-11 child's key. What differs is what a home without Dutch, or arriving later,
has done by then (SD against SES-matched peers): a delay that builds up between the first and the
fourth birthday, or is there on arrival, and closes by a share a year at school. Children of
families that come later are not at school yet; they enrol in the months after their arrival.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model import calendar
from model.calendar import NEVER, NO_CHILD
from model.enums import BirthCountry, Eligibility, Population, Stage, Status
from model.kernel.compile import plain, step
from model.kernel.random_numbers import Block, draw4, draw4_many
from model.submodels.school.letter_groups import group_of

if TYPE_CHECKING:
    from model.population.households import Households
from model.kernel.keys import FIRST_CHILD, roles
from model.population import rules as entry_rules
from model.population.stock.past_at_school import live_school_years
from model.population.stratified_assignment import deviates
from model.registry import LeverRow, ParameterRow
from model.state import CHILD, LUCK_STEPS, ChildRow, FamilyRow
from model.submodels.early_years import rules as early_rules
from model.submodels.early_years.history import dutch_before_school, parent_dutch_then
from model.submodels.early_years.steps import eligibility
from model.submodels.school import rules_attendance, rules_learning, rules_tracks
from model.submodels.school.scores import track_of

_LONGER = 1
"""The second draw of a child at entry: does newcomer education last a year longer."""


@dataclass(frozen=True, slots=True)
class Cradle:
    """The children of EU-11 families in a row (m,): families in order, then oldest first."""

    family: np.ndarray
    birth_order: np.ndarray
    birth_month: np.ndarray
    is_abroad: np.ndarray

    def take(self, chosen: np.ndarray) -> Cradle:
        """Return the children chosen (m,)."""
        return Cradle(
            self.family[chosen],
            self.birth_order[chosen],
            self.birth_month[chosen],
            self.is_abroad[chosen],
        )


def list_children(house: Households, months: int) -> Cradle:
    """Return the children that are there, or are born within `months` months of the run."""
    n_at_entry = house.ages.shape[1]
    born = np.where(house.ages == NO_CHILD, months, house.entry_month[:, None] - house.ages)
    birth = np.concatenate([born, house.births], axis=1)
    is_abroad = np.concatenate([house.is_abroad, np.zeros_like(house.births, bool)], axis=1)
    family, place = np.nonzero(birth < months)
    n_entering = (house.ages != NO_CHILD).sum(axis=1)
    later = place - n_at_entry + n_entering[family]
    order = np.where(place < n_at_entry, place, later)
    return Cradle(family, order, birth[family, place], is_abroad[family, place])


def lay_children(
    seed: np.uint64,
    families: np.ndarray,
    family_of: np.ndarray,
    cradle: Cradle,
    match_keys: np.ndarray,
    pay_eur_week: np.ndarray,
    p: ParameterRow,
) -> np.ndarray:
    """Return the children (m,) with key, birth, talent and luck; the rest follows in `lay_lives`.

    `family_of` (m,) is the row in `families`, `match_keys` (m,) are family keys of the match,
    `pay_eur_week` (n,) what the parents of the EU-11 family of the pair usually earn.
    """
    children = np.zeros(family_of.size, CHILD)
    children["key"] = roles(families["key"][family_of], FIRST_CHILD, cradle.birth_order)
    children["birth_month"] = cradle.birth_month
    is_abroad = cradle.is_abroad & (families["population"][family_of] == Population.EU11)
    children["birth_country"] = np.where(is_abroad, BirthCountry.ABROAD, BirthCountry.NETHERLANDS)
    words = draw4_many(
        seed, roles(match_keys, FIRST_CHILD, cradle.birth_order), Block.POPULATION_TALENT, 0
    )
    children["talent"] = plain(entry_rules.talent)(
        education_level=families["parent_education"][family_of] - 1.0,
        pay_eur_week=pay_eur_week[family_of],
        deviation=deviates(words[:, 0]),
        w_education=p.talent_education,
        w_pay=p.talent_pay,
        usual_pay_eur_week=p.talent_usual_pay_eur_week,
    )
    children["learning_z"] = children["talent"]
    children["language_z"] = plain(entry_rules.own_dutch)(deviates(words[:, 1]), p.language_spread)
    children["preschool_luck"] = words[:, 2]
    programmes = draw4_many(
        seed, roles(match_keys, FIRST_CHILD, cradle.birth_order), Block.POPULATION_PROGRAMMES, 0
    )
    children["booklet_luck"], children["vocabulary_luck"] = (
        (LUCK_STEPS * programmes[:, :2]).astype(np.uint16).T
    )
    children["belonging"] = p.belonging_usual
    children["school"] = -1
    for name in ("language_at_4", "language_at_12"):
        children[name] = np.nan
    for name in ("first_school_month", "left_month"):
        children[name] = NEVER
    return children


@step
def lay_lives(
    seed: np.uint64,
    families: np.ndarray,
    children: np.ndarray,
    family_of: np.ndarray,
    luck_keys: np.ndarray,
    entry_month: np.ndarray,
    levers: np.ndarray,
    parameters: np.ndarray,
) -> None:
    """Write where each child (m,) is when its family enters.

    `luck_keys` (m,) are the keys of the EU-11 children whose luck they share.
    """
    lv: LeverRow = levers[0]
    p: ParameterRow = parameters[0]
    for c in range(children.size):
        family: FamilyRow = families[family_of[c]]
        child: ChildRow = children[c]
        month = entry_month[family_of[c]]
        age = month - child.birth_month
        child.stage = Stage.UNBORN if age < 0 else Stage.HOME
        child.letter_group = group_of(family, child, max(age, 0), month, p)
        if age < 0:
            continue
        if age >= calendar.COUNT_UNTIL:
            child.stage = Stage.AGED_OUT
            continue
        is_abroad = child.birth_country == BirthCountry.ABROAD
        months_here = month - family.entry_month if is_abroad else age
        arrived_at = age - months_here
        child.late_arrival = is_abroad and arrived_at >= calendar.TWELVE
        child.letter_group = group_of(family, child, age, month, p)
        luck = draw4(seed, luck_keys[c], Block.POPULATION_CHILD, 0)
        talent = child.learning_z
        school_age = max(calendar.FOUR, arrived_at)
        dutch = dutch_before_school(family, child, min(age, school_age), arrived_at, month, p)
        years = max(0, age - school_age) / 12.0
        _grow(child, talent, dutch, years, age, arrived_at, p)
        if family.status != Status.IN_NL:
            continue
        _preschool(family, child, age, arrived_at, month, luck[0], lv, p)
        if age >= calendar.FOUR and _is_enrolled(child, age, months_here, luck[1], p):
            years_at_12 = max(0, min(age, calendar.TWELVE) - school_age) / 12.0
            _enter_school(
                seed, luck_keys[c], child, talent, dutch, years_at_12, age, months_here, luck, lv, p
            )


@step
def _after_school_years(
    dutch: float, years: float, school_age: int, p: ParameterRow
) -> tuple[float, float]:
    """Return Dutch after years at school, and what learning lost meanwhile by too little Dutch."""
    after = rules_learning.dutch_after_years(
        language_z=dutch, years=years, catch_up_year=p.catch_up_year
    )
    lost = rules_learning.learning_lost_by_dutch(
        language_z=dutch,
        dutch_of_peers=rules_learning.usual_of_norm(
            rules_learning.dutch_short_of_peers(
                years_since_4=(school_age - calendar.FOUR) / 12.0,
                spread=p.language_spread,
                catch_up_year=p.catch_up_year,
            ),
            p.fixed_norm,
        ),
        years=years,
        catch_up_year=p.catch_up_year,
        w_language=p.learning_from_language_year,
        reversion_year=p.learning_own_year,
    )
    return after, lost


@step
def _grow(
    child: ChildRow,
    talent: float,
    dutch: float,
    years: float,
    age: int,
    arrived_at: int,
    p: ParameterRow,
) -> None:
    """Write Dutch and learning now, and Dutch at four and twelve where they lie behind."""
    school_age = max(calendar.FOUR, arrived_at)
    now, lost = _after_school_years(dutch, years, school_age, p)
    child.language_z = now
    child.learning_z = talent + lost
    if age >= calendar.FOUR and arrived_at < calendar.FOUR:
        child.language_at_4 = dutch
    if age >= calendar.TWELVE and arrived_at < calendar.TWELVE:
        since_12 = (age - calendar.TWELVE) / 12.0
        child.language_at_12 = _after_school_years(
            dutch, max(0.0, years - since_12), school_age, p
        )[0]


@step
def _preschool(
    family: FamilyRow,
    child: ChildRow,
    age: int,
    arrived_at: int,
    month: int,
    luck: float,
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """Give part of the target group preschool hours, with the gains that are left of them."""
    months = min(age, calendar.FOUR) - max(calendar.TWO_AND_A_HALF, arrived_at)
    if months < 0:
        return
    settled_at = max(calendar.TWO_AND_A_HALF, arrived_at)
    parent_dutch = parent_dutch_then(family, child, settled_at, month, p)
    child.ve_eligible = eligibility(family, child, parent_dutch, lv, p)
    share = p.share_ve_start
    if -family.arrival_month < 2 * calendar.ONE:
        share = p.share_ve_new
    elif family.population != 0:
        share = p.share_ve_comparable
    if child.ve_eligible != Eligibility.YES or luck >= share:
        return
    if age < calendar.FOUR:
        child.stage = Stage.VE
    child.ve_hours = early_rules.ve_hours_until(
        hours_total=lv.ve_hours_total,
        hours_short=p.ve_hours_until_2020,
        months=months,
        months_short=early_rules.months_of_short_preschool(
            min(age, calendar.FOUR) - age - months, months
        ),
        months_full=p.ve_months,
    )
    gain = early_rules.ve_gain(child.ve_hours, p.ve_gain_960h)
    kept = rules_learning.share_kept(p.fade_rate, age - calendar.FOUR)
    child.language_z += early_rules.ve_lasting_gain(gain, p.ve_persistent)
    child.gain_language = early_rules.ve_fading_gain(gain, p.ve_persistent) * kept
    child.gain_learning = early_rules.ve_learning_gain(gain, p.ve_learning_share) * kept
    if age >= calendar.FOUR:
        child.language_at_4 += gain


@step
def _is_enrolled(child: ChildRow, age: int, months_here: int, luck: float, p: ParameterRow) -> bool:
    """Most go to school; a newcomer or a young child may not be enrolled yet."""
    if child.birth_country != BirthCountry.ABROAD and age >= calendar.TWELVE:
        return True
    is_new = months_here < calendar.ONE and child.birth_country == BirthCountry.ABROAD
    share_out = p.share_not_enrolled_new if is_new else p.share_not_enrolled_settled
    return bool(luck >= share_out)


@step
def _enter_school(
    seed: np.uint64,
    luck_key: np.uint64,
    child: ChildRow,
    talent: float,
    dutch: float,
    years_at_12: float,
    age: int,
    months_here: int,
    luck: tuple[float, float, float, float],
    lv: LeverRow,
    p: ParameterRow,
) -> None:
    """Put the child in its group or year of the school year that begins."""
    arrived_at = age - months_here
    months_at_school = age - max(calendar.FOUR, arrived_at)
    child.is_enrolled = 1
    child.first_school_month = -months_at_school
    child.stage_year = 1
    if child.late_arrival != 0:
        child.belonging = rules_learning.belonging_since_arrival(
            usual=p.belonging_usual,
            on_arrival=p.belonging_late,
            months_at_school=months_at_school,
            months_late=p.belonging_late_months,
        )
    funded = lv.newcomer_months_vo if child.late_arrival != 0 else lv.newcomer_months_po
    support = rules_attendance.newcomer_months_at_entry(
        funded_months=funded,
        is_born_here=child.birth_country != BirthCountry.ABROAD,
        months_in_nl_before_4=max(0, calendar.FOUR - arrived_at),
    )
    child.newcomer_months_left = int(max(0.0, support - months_at_school))
    if age < calendar.TWELVE:
        child.stage = rules_tracks.group_of_age(age)
        return
    school_age = max(calendar.FOUR, arrived_at)
    dutch_at_12, lost = _after_school_years(dutch, years_at_12, school_age, p)
    value = rules_tracks.advice_value(
        score=talent + lost, language=dutch_at_12, w_language=p.advice_language
    )
    value = rules_tracks.with_noise(value=value, sd=p.advice_noise, luck=luck[2])
    if child.late_arrival != 0:
        longer = draw4(seed, luck_key, Block.POPULATION_CHILD, _LONGER)[0]
        _after_late_arrival(seed, luck_key, child, value, age, arrived_at, luck[3], longer, p)
    else:
        _in_secondary(seed, luck_key, child, value, age, luck[3], p)


@step
def _after_late_arrival(
    seed: np.uint64,
    luck_key: np.uint64,
    child: ChildRow,
    value: float,
    age: int,
    arrived_at: int,
    luck: float,
    longer: float,
    p: ParameterRow,
) -> None:
    """Newcomer education for two or three years or until 16, then a track, or entree from 16."""
    leaves_at = rules_tracks.leaves_newcomer_class_at(
        arrived_at_months=arrived_at,
        usual_months=p.isk_max_months,
        p_longer=p.isk_longer,
        luck=longer,
    )
    if leaves_at >= calendar.SIXTEEN:
        months_after = age - max(calendar.SIXTEEN, arrived_at + 1)
        if months_after < 0:
            child.stage = Stage.ISK
        else:
            n_years = months_after // calendar.ONE
            live_school_years(seed, luck_key, child, Stage.MBO1, 1, n_years, age, luck, p)
    elif age < leaves_at:
        child.stage = Stage.ISK
    else:
        value = rules_tracks.value_after_newcomer_class(value, p.isk_track_loss)
        stage = rules_tracks.stage_of_track(track_of(value, p))
        first_year = rules_tracks.year_after_newcomer_class(leaves_at)
        n_years = (age - leaves_at) // calendar.ONE
        live_school_years(seed, luck_key, child, stage, first_year, n_years, age, luck, p)
    if child.stage == Stage.ISK:
        child.stage_year = 1 + (age - arrived_at) // 12


@step
def _in_secondary(
    seed: np.uint64,
    luck_key: np.uint64,
    child: ChildRow,
    value: float,
    age: int,
    luck: float,
    p: ParameterRow,
) -> None:
    """A track by the score at twelve, and the year by age."""
    track = track_of(value, p)
    child.advice = 1 + track
    child.provisional_advice = 1 + track
    stage, n_years = rules_tracks.stage_of_track(track), rules_tracks.year_of_age(age) - 1
    live_school_years(seed, luck_key, child, stage, 1, n_years, age, luck, p)
