"""The state of the world: one row per family, adult and child, as NumPy structured arrays.

Rows of one family's adults are `2 i` and `2 i + 1`; its children lie together from `first_child`.
Everybody who may ever live in the run is laid down before it starts, later arrivals and later
births included, so that a scenario meets the same people. Units are in the table of each field.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

type Row = Any
"""One row of a structured array, as compiled code sees it: `row.field` reads and writes."""

ADULTS = 2
"""Adult rows per family; in a one-parent family the second row is empty."""

_FAMILY: tuple[tuple[str, str, str], ...] = (
    ("key", "u8", "entity key for draws; from lineage, no policy can move it"),
    ("touched", "u8", "bits of the levers that reached the family this school year"),
    ("first_child", "i4", "row of the first child"),
    ("first_tie", "i4", "position of the first tie in the list of ties"),
    (
        "neighbourhood_rank",
        "f4",
        "0 to 1: lives in a focus area when below the municipality's share",
    ),
    ("key_person", "i4", "row of the key person the family may be tied to, -1 for none"),
    ("income_eur_month", "f4", "net equivalised income, EUR per month"),
    ("hours_cv", "f4", "coefficient of variation of hours, moving over six months"),
    ("roster_predictability", "f4", "0 to 1"),
    ("knowledge", "f4", "knowledge of schools, preschool, care and rights, 0 to 1"),
    ("trust", "f4", "trust in institutions, 0 to 1"),
    (
        "parent_dutch",
        "f4",
        "Dutch of the best-speaking parent, 0 to 1 (0.2 is about A1, 0.6 about B1)",
    ),
    ("settlement_intention", "f4", "intention to stay, 0 to 1"),
    ("care_access", "f4", "access to care, 0 to 1"),
    ("crowding", "f4", "persons per room"),
    ("notice_weeks", "f4", "weeks left in a tied home after the job ended; negative for none"),
    ("course_hours_left", "f4", "hours of Dutch course still to follow"),
    ("loan_eur", "f4", "civic-integration loan taken, EUR"),
    ("loan_debt_eur", "f4", "civic-integration loan still to repay, EUR"),
    ("unpaid_eur", "f4", "wage withheld last month and not recovered, EUR, net"),
    ("arrival_month", "i2", "run month of arrival in the Netherlands; negative before the start"),
    ("registration_month", "i2", "run month of registration in the BRP"),
    ("loan_month", "i2", "run month in which the loan was taken"),
    ("departure_month", "i2", "run month in which the family left for good"),
    ("moved_months", "u2", "bit k: moved k months ago (16 months)"),
    ("population", "u1", "enum Population"),
    ("municipality", "u1", "enum Municipality"),
    ("region", "u1", "labour-market region, 0 to 34"),
    ("origin", "u1", "enum Origin; sampling and reporting only"),
    ("home_language", "u1", "enum HomeLanguage"),
    ("parent_education", "u1", "enum Education"),
    ("family_type", "u1", "enum FamilyType"),
    ("n_adults", "u1", "1 or 2"),
    ("n_children", "u1", "children ever in this run, later births included"),
    ("n_ties", "u1", "ties to other families"),
    ("status", "u1", "enum Status"),
    ("housing", "u1", "enum Housing"),
    ("is_registered", "u1", "registered in the BRP"),
    ("is_border", "u1", "lives abroad near the border, school in the Netherlands"),
    ("is_poor", "u1", "income under the low-income line"),
    ("months_away", "u1", "months left of a temporary stay abroad"),
    ("course_wait", "u1", "months on the waiting list for a municipal course; 0 is not waiting"),
    ("lost_job", "u1", "an adult lost a job this month"),
    ("moved", "u1", "moved this month: 0 no, 1 voluntary, 2 forced"),
    ("voluntary_moves_year", "u1", "voluntary moves this school year"),
    ("forced_moves_year", "u1", "forced moves this school year"),
    ("forced_moves_total", "u1", "forced moves since the start"),
    ("voluntary_moves_total", "u1", "voluntary moves since the start"),
    ("is_informed", "u1", "knowledge above the threshold at which a family tells others"),
    ("course_funder", "u1", "who pays the course: 0 none, 1 municipality, 2 employer, 3 loan"),
    ("is_course_open", "u1", "an information point offered a course this month"),
)

_ADULT: tuple[tuple[str, str, str], ...] = (
    ("hours_contract", "f4", "usual hours per week of the job"),
    ("hours_guaranteed", "f4", "hours per week that the contract guarantees"),
    ("hours_worked", "f4", "hours per week worked this month"),
    ("hours_mean", "f4", "moving mean of hours (six months)"),
    ("hours_variance", "f4", "moving variance of hours (six months)"),
    ("wage_eur_hour", "f4", "gross hourly wage before the agency gap, EUR"),
    ("agency_weeks", "f4", "weeks worked in agency phase A"),
    ("employer", "u4", "number of the employer"),
    ("months_in_type", "u2", "months in the present contract type"),
    ("chain_months", "u2", "months in the present chain of fixed contracts"),
    ("months_since_employer", "u2", "months since the last job with `employer` ended"),
    ("months_without_work", "u2", "months without work in the present spell"),
    ("start_month", "i2", "run month in which the job started"),
    ("recall_months", "i2", "months until the old employer calls back; -1 for never"),
    ("contract", "u1", "enum Contract"),
    ("is_present", "u1", "the adult exists"),
    ("is_seeking", "u1", "takes part in the labour market"),
    ("is_malafide", "u1", "the employer breaks rules"),
    ("chain_count", "u1", "fixed contracts in the present chain"),
    ("shift_start", "u1", "usual start of work, half hours after midnight"),
    ("shift_end", "u1", "usual end of work, half hours after midnight"),
    ("has_employer_course", "u1", "the employer offers Dutch lessons"),
)

_CHILD: tuple[tuple[str, str, str], ...] = (
    ("key", "u8", "entity key for draws: family and birth order"),
    ("touched", "u8", "bits of the levers that reached the child this school year"),
    ("school_change_months", "u8", "bit k: changed school k months ago"),
    ("in_year_change_months", "u8", "bit k: changed school during a school year k months ago"),
    ("school", "i4", "row of the school, -1 for none"),
    ("language_z", "f4", "Dutch, SD against SES-matched peers"),
    ("learning_z", "f4", "learning, SD against SES-matched peers"),
    ("gain_language", "f4", "gains in Dutch from measures, SD; they fade"),
    ("gain_learning", "f4", "gains in learning from measures, SD; they fade"),
    ("change_effect", "f4", "loss from school changes, SD; it halves in about two years"),
    ("crowding_effect", "f4", "loss from crowded living, SD"),
    ("belonging", "f4", "belonging at school, 0 to 1"),
    ("absent_days_12m", "f4", "days absent, moving sum over twelve months"),
    ("home_alone_hours", "f4", "hours per week alone at home"),
    ("ve_hours", "f4", "hours of preschool education received"),
    ("preschool_luck", "f4", "the child's own number (0 to 1) in selections for early programmes"),
    ("language_at_4", "f4", "Dutch at the fourth birthday, SD; NaN before"),
    ("language_at_12", "f4", "Dutch at the twelfth birthday, SD; NaN before"),
    ("vsv_hazard_year", "f4", "probability of leaving at the last yearly count"),
    ("birth_month", "i2", "run month of birth; negative before the start"),
    ("first_school_month", "i2", "run month of first enrolment in a Dutch school"),
    ("left_month", "i2", "run month of leaving school without startkwalificatie"),
    ("stage", "u1", "enum Stage"),
    ("stage_year", "u1", "year within the stage, from 1"),
    ("birth_country", "u1", "enum BirthCountry"),
    ("letter_group", "u1", "enum LetterGroup at the start or on arrival"),
    ("is_enrolled", "u1", "enrolled in a school"),
    ("is_jgz_flagged", "u1", "language delay seen by the youth health service"),
    ("is_referred", "u1", "referred to preschool"),
    ("ve_wait", "u1", "months on the waiting list for preschool; 0 is not waiting"),
    ("newcomer_months_left", "u1", "months of newcomer support left"),
    ("has_newcomer_support", "u1", "newcomer support reached the child this month"),
    ("provisional_advice", "u1", "enum Track + 1; 0 for none"),
    ("advice", "u1", "enum Track + 1; 0 for none"),
    ("count_stage", "u1", "stage at the last yearly count (1 October); 0 outside the count"),
    ("count_registered", "u1", "registered and enrolled at that count"),
    ("count_year", "u1", "year within the stage at that count"),
    ("risk_stage", "u1", "stage at the count of a year ago, for whom leaving was drawn; else 0"),
    ("risk_registered", "u1", "registered and enrolled at that count"),
    ("left_stage", "u1", "stage from which the child left"),
    ("school_changes_year", "u1", "school changes this school year"),
    ("has_repeated", "u1", "years repeated"),
    ("late_arrival", "u1", "arrived at 12 or older"),
)

_SCHOOL: tuple[tuple[str, str, str], ...] = (
    ("municipality", "u1", "enum Municipality"),
    ("is_secondary", "u1", "1 for vo and mbo, 0 for po"),
    ("is_focus_area", "u1", "lies in a focus area of the national programme (NPLV)"),
    ("first_alike", "i4", "row of the first school of this kind in the municipality"),
    ("n_alike", "i4", "schools of this kind in the municipality; they lie together"),
    ("first_secondary", "i4", "row of the first secondary school in the municipality"),
    ("n_secondary", "i4", "secondary schools in the municipality; they lie together"),
    ("background_newcomers", "f4", "newcomer pupils that are not of the simulated families"),
    ("newcomers", "f4", "newcomer pupils at the last quarterly count"),
    ("contact_rank", "f4", "0 to 1: the school has a contact person when the share is above it"),
)

_KEY_PERSON: tuple[tuple[str, str, str], ...] = (
    ("municipality", "u1", "enum Municipality"),
    ("home_language", "u1", "enum HomeLanguage"),
    ("rank", "f4", "0 to 1: active when the lever's share of its maximum is above it"),
    ("n_families", "i4", "families tied to the key person"),
)

_PLACE: tuple[tuple[str, str, str], ...] = (
    ("practice", "f4", "quality of the municipality's practice, 0 to 1"),
    ("vng_rank", "f4", "order in which the support team comes by, 0 to 1"),
    ("focus_share", "f4", "share of families in focus areas"),
    ("in_brabant", "u1", "lies in Noord-Brabant"),
    ("ve_cutoff", "f4", "waiting priority from which a preschool place is given this month"),
    ("web_cutoff", "f4", "waiting priority from which a course place is given this month"),
    ("web_credit", "f4", "course places that are open and not yet given"),
)


def _dtype(fields: tuple[tuple[str, str, str], ...]) -> np.dtype[np.void]:
    return np.dtype([(name, kind) for name, kind, _ in fields], align=True)


FAMILY = _dtype(_FAMILY)
ADULT = _dtype(_ADULT)
CHILD = _dtype(_CHILD)
SCHOOL = _dtype(_SCHOOL)
KEY_PERSON = _dtype(_KEY_PERSON)
PLACE = _dtype(_PLACE)

MEANINGS: dict[str, dict[str, str]] = {
    "family": {name: meaning for name, _, meaning in _FAMILY},
    "adult": {name: meaning for name, _, meaning in _ADULT},
    "child": {name: meaning for name, _, meaning in _CHILD},
    "school": {name: meaning for name, _, meaning in _SCHOOL},
    "key_person": {name: meaning for name, _, meaning in _KEY_PERSON},
    "municipality": {name: meaning for name, _, meaning in _PLACE},
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
        return State(
            self.families.copy(),
            self.adults.copy(),
            self.children.copy(),
            self.schools.copy(),
            self.key_persons.copy(),
            self.places.copy(),
            self.ties,
            self.signals.copy(),
            self.entries,
        )

    def equals(self, other: State) -> bool:
        """Return whether two states are equal to the bit."""
        return all(
            getattr(self, name).tobytes() == getattr(other, name).tobytes()
            for name in State.__slots__
        )

    @property
    def bytes_per_family(self) -> float:
        """Memory of all arrays divided by the number of family rows."""
        arrays = (self.families, self.adults, self.children, self.ties, self.signals)
        return sum(array.nbytes for array in arrays) / max(1, self.families.size)


ARRAYS = tuple(State.__dataclass_fields__)
"""The names of the arrays of a state, in order."""
