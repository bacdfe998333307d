"""The state of the world: one row per family, adult and child, as NumPy structured arrays.

Rows of one family's adults are `2 i` and `2 i + 1`; its children lie together from `first_child`.
Everybody who may ever live in the run is laid down before it starts, later arrivals and later
births included, so that a scenario meets the same people.

Each class ending in `Row` declares the fields of one kind of row, with their storage, meaning and
unit; the data types of the arrays are made from it. No object of these classes exists: a row is a
record of an array, and the class is what a type checker knows of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, get_type_hints

import numpy as np

from model.row_bytes import copied, solid

LUCK_STEPS = 65_536.0
"""In how many steps a child's own numbers for programmes are kept."""

ADULTS = 2
"""Adult rows per family; in a one-parent family the second row is empty."""

REGIONS = 35
"""Labour-market regions of the Netherlands (S20)."""


class Column(NamedTuple):
    """How a field of a row is stored (a NumPy type code), and what it means."""

    kind: str
    meaning: str


def _stored(kind: str) -> Callable[[str], Any]:
    return partial(Column, kind)


f4, f8, i2, i4, i8 = map(_stored, ("f4", "f8", "i2", "i4", "i8"))
u1, u2, u4, u8 = map(_stored, ("u1", "u2", "u4", "u8"))


class FamilyRow:
    """One family."""

    key: np.uint64 = u8("entity key for draws; from lineage, no policy can move it")
    touched: np.uint64 = u8("bits of the levers that reached the family this school year")
    first_child: int = i4("row of the first child")
    first_tie: int = i4("position of the first tie in the list of ties")
    letter_rank: float = f4("0 to 1: in a group of the letter when below the group's share")
    leaving_left: float = f4("leaving that is left before the family leaves for good")
    neighbourhood_rank: float = f4("0 to 1: in a focus area when below the municipality's share")
    key_person: int = i4("row of the key person the family may be tied to, -1 for none")
    entry_pay_eur_week: float = f4(
        "gross pay in a usual week when it came or began, EUR; its children's talent follows it"
    )
    income_eur_month: float = f4("net equivalised income, EUR per month")
    income_12m_eur: float = f4("net equivalised income, EUR per month, mean of twelve months")
    income_last_year_eur: float = f4("the same over the last school year")
    hours_cv: float = f4("coefficient of variation of hours, moving over six months")
    roster_predictability: float = f4("0 to 1")
    knowledge: float = f4("knowledge of schools, preschool, care and rights, 0 to 1")
    trust: float = f4("trust in institutions, 0 to 1")
    parent_dutch: float = f4(
        "Dutch of the best-speaking parent, 0 to 1 (0.2 is about A1, 0.6 about B1)"
    )
    settlement_intention: float = f4("1: plans to stay; 0: here for the time being")
    knowledge_ceiling: float = f4("knowledge that living here alone leads to, lasting, 0 to 1")
    trust_ceiling: float = f4("trust that living here alone leads to, lasting, 0 to 1")
    dutch_ceiling: float = f4("Dutch that living here alone leads to, lasting, 0 to 1")
    care_access: float = f4("access to care, 0 to 1")
    crowding: float = f4("persons per room")
    notice_weeks: float = f4("weeks left in a tied home after the job ended; negative for none")
    course_hours_left: float = f4("hours of Dutch course still to follow")
    loan_eur: float = f4("civic-integration loan taken, EUR")
    loan_debt_eur: float = f4("civic-integration loan still to repay, EUR")
    unpaid_eur: float = f4("wage withheld, not recovered and not yet missed, EUR, net")
    arrival_month: int = i2("run month of arrival in the Netherlands; negative before the start")
    entry_month: int = i2("run month in which it came with children, or began here")
    exit_month: int = i2("run month in which a comparable family is counted no more; else never")
    registration_month: int = i2("run month of registration in the BRP")
    loan_month: int = i2("run month in which the loan was taken")
    departure_month: int = i2("run month in which the family left for good")
    last_chosen_move: int = i2("run month of the last move of one's own choice; NEVER before")
    listed_month: int = i2("run month in which the family asked for a social home here")
    moved_months: np.uint16 = u2("bit k: moved k months ago (16 months)")
    population: int = u1("enum Population")
    municipality: int = u1("enum Municipality")
    region: int = u1("labour-market region, 0 to 34")
    origin: int = u1("enum Origin; sampling and reporting only")
    home_language: int = u1("enum HomeLanguage")
    parent_education: int = u1("enum Education")
    family_type: int = u1("enum FamilyType")
    n_adults: int = u1("1 or 2")
    n_children: int = u1("children ever in this run, later births included")
    n_ties: int = u1("ties to other families")
    status: int = u1("enum Status")
    housing: int = u1("enum Housing")
    is_registered: int = u1("registered in the BRP")
    is_border: int = u1("lives abroad near the border, school in the Netherlands")
    is_poor: int = u1("income of twelve months under the poverty line")
    claims_allowances: int = u1("claims the allowances of this year")
    months_away: int = u1("months left of a temporary stay abroad")
    moves_to: int = u1("1 + the municipality to which the family goes next month; 0 for none")
    course_wait: int = u1("months on the waiting list for a municipal course; 0 is not waiting")
    lost_job: int = u1(
        "1: an adult lost a job this month; 2: one left an agency for another employer"
    )
    moved: int = u1("moved this month: 0 no, 1 voluntary, 2 forced")
    voluntary_moves_year: int = u1("voluntary moves this school year")
    forced_moves_year: int = u1("forced moves this school year")
    forced_moves_total: int = u1("forced moves since the start")
    voluntary_moves_total: int = u1("voluntary moves since the start")
    is_informed: int = u1("knowledge above the threshold at which a family tells others")
    course_funder: int = u1("who pays the course: 0 none, 1 municipality, 2 employer, 3 loan")
    is_course_open: int = u1("an information point offered a course this month")


class AdultRow:
    """One adult of a family."""

    employed_months: np.uint64 = u8("bit k: an employee k months ago (60 months count)")
    hours_contract: float = f4("usual hours per week of the job")
    hours_guaranteed: float = f4("hours per week that the contract guarantees")
    hours_worked: float = f4("hours per week worked this month")
    hours_mean: float = f4("moving mean of hours (six months)")
    hours_variance: float = f4("moving variance of hours (six months)")
    wage_eur_hour: float = f4("gross hourly wage before the gap of the contract, EUR")
    last_pay_eur_week: float = f4("gross pay at usual hours in the last job, EUR per week")
    agency_weeks: float = f4("weeks worked in agency phase A")
    employer: np.uint32 = u4("number of the employer")
    months_in_type: int = u2("months in the present contract type")
    chain_months: int = u2("months in the present chain of fixed contracts")
    months_since_employer: int = u2("months since the last job with `employer` ended")
    months_without_work: int = u2("months without work in the present spell")
    months_worked: int = u2("months of work in the Netherlands")
    start_month: int = i2("run month in which the job started")
    recall_months: int = i2("months until the old employer calls back; -1 for never")
    contract: int = u1("enum Contract")
    is_present: int = u1("the adult exists")
    is_seeking: int = u1("takes part in the labour market")
    is_malafide: int = u1("the employer breaks rules")
    chain_count: int = u1("fixed contracts in the present chain")
    shift_start: int = u1("usual start of work, half hours after midnight")
    shift_end: int = u1("usual end of work, half hours after midnight")
    benefit_months: int = u1("months of unemployment benefit that are still due")
    has_employer_course: int = u1("the employer offers Dutch lessons")
    phase_limit: int = u1(
        "limit of the law when the agency phase began: weeks of A, months of B; else 0"
    )


class ChildRow:
    """One child."""

    key: np.uint64 = u8("entity key for draws: family and birth order")
    touched: np.uint64 = u8("bits of the levers that reached the child this school year")
    school_change_months: np.uint64 = u8("bit k: changed school k months ago")
    in_year_change_months: np.uint64 = u8("bit k: changed school during a school year k months ago")
    school: int = i4("row of the school, -1 for none")
    language_z: float = f4("Dutch, SD against SES-matched peers")
    learning_z: float = f4("learning, SD; what comparable children meet on average costs nothing")
    talent: float = f4("learning that the child brings, by itself and its parents, SD; lasting")
    gain_language: float = f4("gains in Dutch from measures, SD; they fade")
    gain_learning: float = f4("gains in learning from measures, SD; they fade")
    change_effect: float = f4("loss from school changes, SD; it halves in about two years")
    crowding_effect: float = f4("loss from crowded living, SD")
    belonging: float = f4("belonging at school, 0 to 1")
    absent_days_12m: float = f4("days absent, moving sum over twelve months")
    home_alone_hours: float = f4("hours per week alone at home")
    ve_hours: float = f4("hours of preschool education received")
    preschool_luck: float = f4("the child's own number (0 to 1) for the target group of preschool")
    language_at_4: float = f4("Dutch at the fourth birthday, SD; NaN before")
    language_at_12: float = f4("Dutch at the twelfth birthday, SD; NaN before")
    vsv_hazard_year: float = f4("probability of leaving at the last yearly count")
    booklet_luck: np.uint16 = u2("the child's own number for language booklets, in 65,536 steps")
    vocabulary_luck: np.uint16 = u2(
        "the child's own number for the vocabulary programme, in 65,536 steps"
    )
    birth_month: int = i2("run month of birth; negative before the start")
    first_school_month: int = i2("run month of first enrolment in a Dutch school")
    left_month: int = i2("run month of leaving school without startkwalificatie")
    stage: int = u1("enum Stage")
    stage_year: int = u1("year within the stage, from 1")
    birth_country: int = u1("enum BirthCountry")
    letter_group: int = u1("enum LetterGroup at the start or on arrival")
    is_enrolled: int = u1("enrolled in a school")
    is_jgz_flagged: int = u1("language delay seen by the youth health service")
    is_referred: int = u1("referred to preschool")
    ve_eligible: int = u1("enum Eligibility: in the target group of preschool")
    ve_wait: int = u1("months on the waiting list for preschool; 0 is not waiting")
    newcomer_months_left: int = u1("months of newcomer support left")
    has_newcomer_support: int = u1("newcomer support reached the child this month")
    provisional_advice: int = u1("enum Track + 1; 0 for none")
    advice: int = u1("enum Track + 1; 0 for none")
    count_stage: int = u1("stage at the last yearly count (1 October); 0 outside the count")
    count_registered: int = u1("registered and enrolled at that count")
    count_year: int = u1("year within the stage at that count")
    risk_stage: int = u1("stage at the count of a year ago, for whom leaving was drawn; else 0")
    risk_year: int = u1("year within the stage at the count of a year ago")
    risk_registered: int = u1("registered and enrolled at that count")
    left_stage: int = u1("stage from which the child left")
    school_changes_year: int = u1("school changes this school year")
    has_repeated: int = u1("years repeated")
    has_switched: int = u1("changed field within this level of mbo")
    has_startkwalificatie: int = u1("has one; who is still at school is counted, and no leaver")
    late_arrival: int = u1("arrived at 12 or older")


class SchoolRow:
    """One school."""

    municipality: int = u1("enum Municipality")
    is_secondary: int = u1("1 for vo and mbo, 0 for po")
    is_focus_area: int = u1("lies in a focus area of the national programme (NPLV)")
    first_alike: int = i4("row of the first school of this kind in the municipality")
    n_alike: int = i4("schools of this kind in the municipality; they lie together")
    first_secondary: int = i4("row of the first secondary school in the municipality")
    n_secondary: int = i4("secondary schools in the municipality; they lie together")
    background_newcomers: float = f4("newcomer pupils that are not of the simulated families")
    newcomers: float = f4("newcomer pupils at the last quarterly count")
    contact_rank: float = f4("0 to 1: the school has a contact person when the share is above it")


class KeyPersonRow:
    """One key person: a trusted person of the community."""

    municipality: int = u1("enum Municipality")
    home_language: int = u1("enum HomeLanguage")
    rank: float = f4("0 to 1: active when the lever's share of its maximum is above it")
    n_families: int = i4("families tied to the key person")


class PlaceRow:
    """One municipality."""

    practice: float = f4("quality of the municipality's practice, 0 to 1")
    vng_rank: float = f4("order in which the support team comes by, 0 to 1")
    focus_share: float = f4("share of families in focus areas")
    in_brabant: int = u1("lies in Noord-Brabant")
    leaving_mbo: float = f4("log-odds of leaving mbo against the country")
    first_region: int = u1("its labour-market region, or the first of its regions")
    n_regions: int = u1("regions that it stands for; they follow each other")
    social_wait_months: float = f4("months on the list before a social home may be let")
    p_social_month: float = f4("probability per month of being let a social home, after that")
    movers_share: float = f4("share of those who leave another municipality that comes here")
    first_primary: int = i4("row of its first primary school")
    n_primary: int = i4("its primary schools; they lie together")
    first_secondary: int = i4("row of its first secondary school")
    n_secondary: int = i4("its secondary schools; they lie together")
    first_key_person: int = i4("row of its first key person")
    n_key_persons: int = i4("its key persons; they lie together")
    ve_cutoff: float = f4("waiting priority from which a preschool place is given this month")
    ve_carried: float = f4("child-months of preschool that were not used, or used too much")
    web_cutoff: float = f4("waiting priority from which a course place is given this month")
    web_credit: float = f4("course places that are open and not yet given")


def columns(row: type) -> dict[str, Column]:
    """Return the fields that a class declares, in order."""
    return {name: value for name, value in vars(row).items() if isinstance(value, Column)}


def row_dtype(row: type, *, align: bool = True) -> np.dtype[np.void]:
    """Return the data type of the rows that a class declares.

    Raises TypeError when a field is annotated as a number that is not what is stored: fractions
    are `float`, whole numbers `int` or the NumPy type itself.
    """
    hints = get_type_hints(row)
    fields = [(name, np.dtype(column.kind)) for name, column in columns(row).items()]
    for name, stored in fields:
        usual = float if stored.kind == "f" else int
        if hints[name] not in (usual, stored.type):
            message = f"{row.__name__}.{name} is annotated {hints[name]} and stored as {stored}"
            raise TypeError(message)
    return np.dtype(fields, align=align)


FAMILY = row_dtype(FamilyRow)
ADULT = row_dtype(AdultRow)
CHILD = row_dtype(ChildRow)
SCHOOL = row_dtype(SchoolRow)
KEY_PERSON = row_dtype(KeyPersonRow)
PLACE = row_dtype(PlaceRow)

MEANINGS: dict[str, dict[str, str]] = {
    entity: {name: column.meaning for name, column in columns(row).items()}
    for entity, row in {
        "family": FamilyRow,
        "adult": AdultRow,
        "child": ChildRow,
        "school": SchoolRow,
        "key_person": KeyPersonRow,
        "municipality": PlaceRow,
    }.items()
}
"""What each state variable means, with its unit, by entity."""


@dataclass(slots=True)
class State:
    """All arrays of a run. `copy()` is a snapshot.

    Shapes: `families` (n,), `adults` (2 n,), `children` (c,), `schools` (s,), `key_persons` (k,),
    `places` (9,), `ties` (t,) rows of other families, `signals` (n, 2) what a family showed last
    month (is_informed, trust in 1/255), both 0 when it is away; `entries` (months + 1,)
    the first row of the families that enter in each month; rows before `entries[0]` are there at
    the start.
    """

    families: np.ndarray
    adults: np.ndarray
    children: np.ndarray
    schools: np.ndarray
    key_persons: np.ndarray
    places: np.ndarray
    ties: np.ndarray
    signals: np.ndarray
    entries: np.ndarray

    def copy(self) -> State:
        """Return an independent copy; `ties` and `entries` never change and are shared."""
        shared = {"ties", "entries"}
        arrays = ((name, getattr(self, name)) for name in ARRAYS)
        return State(*(array if name in shared else copied(array) for name, array in arrays))

    def __repr__(self) -> str:
        lines = [f"<State of {self.families.size:,} families, those to come included>"]
        for name in ARRAYS:
            array: np.ndarray = getattr(self, name)
            fields = f", {len(array.dtype.names)} fields" if array.dtype.names else ""
            shape = " x ".join(f"{n:,}" for n in array.shape)
            lines.append(f"  {name:<12}{shape:>14}{fields}")
        return "\n".join(lines)

    def equals(self, other: State) -> bool:
        """Return whether two states are equal to the bit."""
        return self.digest() == other.digest()

    def digest(self) -> str:
        """Return the SHA-256 (hex) of all rows."""
        digest = hashlib.sha256()
        for name in ARRAYS:
            array: np.ndarray = getattr(self, name)
            digest.update(f"{name} {array.shape}".encode())
            digest.update(solid(array).tobytes())
        return digest.hexdigest()

    @property
    def bytes_per_family(self) -> float:
        """Memory of all arrays divided by the number of family rows."""
        arrays = (self.families, self.adults, self.children, self.ties, self.signals)
        return sum(array.nbytes for array in arrays) / max(1, self.families.size)


ARRAYS = tuple(State.__dataclass_fields__)
"""The names of the arrays of a state, in order."""


class Moment(NamedTuple):
    """Where an engine is in its months, beside the state: the month that comes next or is open.

    `shown` (n, 2) is what families have shown in the open month so far. `queue` (2, 9,
    QUEUE_LEVELS), `counts` (9, N_COUNTS) and `newcomers` (schools,) are the tallies of all threads
    together: those of the last month, or of the open month so far.
    """

    month: int
    is_open: bool
    shown: np.ndarray
    queue: np.ndarray
    counts: np.ndarray
    newcomers: np.ndarray

    @property
    def first_free(self) -> int:
        """The first month that a policy can still move; month 0 is read when a run begins."""
        return max(1, self.month + self.is_open)


CHUNK = 2048
"""Rows that a thread takes at a time."""
