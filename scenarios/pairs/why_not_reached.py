"""Why a lever reached nobody, read off the state of the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.calendar import FOUR, SIX, START_NUMBER, THREE, TWELVE, TWO_AND_A_HALF, month_text
from model.enums import BirthCountry, Contract, Housing, Status
from model.registry import BY_NAME, LEVERS
from model.state import ADULTS, REGIONS, State
from scenarios.pairs.pair import ALTERNATIVE, BASE, Pair

NEEDS: dict[str, tuple[str, ...]] = {
    "bandwidth_extra_max": ("zero_hours_abolished",),
    "bandwidth_period_weeks": ("zero_hours_abolished",),
    "min_hours_cut": ("zero_hours_abolished",),
    "flex_displacement": ("zero_hours_abolished",),
    "extra_education_target": ("extra_education_hours",),
    "info_contact_rate": ("info_point_coverage", "brabant_model_share"),
    "codesign_level": (
        "info_point_coverage",
        "brabant_model_share",
        "key_persons_per_1000",
        "school_contact_share",
    ),
    "key_person_target": ("key_persons_per_1000",),
    "civic_loan_window_months": ("civic_loan_max_eur",),
    "civic_loan_max_eur": ("civic_loan_window_months",),
    "spuk_end_year": ("spuk_focus_boost",),
    "newcomer_threshold_pupils": ("newcomer_months_po",),
}
"""Levers that act only together with one of these, and do nothing while all of them are 0."""

OF_PLACES = ("knowledge_sharing_rate", "vng_support_capacity")
"""Levers that act on municipalities, and on families only through them."""

Kind = Literal[
    "same", "only_a_month", "of_places", "needs", "no_target", "nobody", "no_place", "unmet"
]
HERE = "here"


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a lever reached nobody.

    `same`: it has the value of the base in every month. `only_a_month`: it moves no value, only
    when others start. `of_places`: it acts on municipalities, and practice differs in `n` of them.
    `needs`: none of `levers` is switched on. `no_target`: no family was in its target group.
    `nobody`: there was no family of those it concerns (`whom`). `no_place`: `n` families waited at
    once for what it gives, and none got in. `unmet`: from `since` on, for `months` months, at most
    `n` families were of those it concerns, and none met it.
    """

    kind: Kind
    whom: str = HERE
    n: int = 0
    levers: tuple[str, ...] = ()
    since: str = ""
    months: int = 0


@dataclass(frozen=True, slots=True)
class Present:
    """A state in a month: who is here, whose children they are, how old (months)."""

    state: State
    here: np.ndarray
    owner: np.ndarray
    ages: np.ndarray
    levers: np.void

    def work_in(self, *contracts: Contract) -> np.ndarray:
        """Return which families have an adult with one of these contracts."""
        seeking = self.state.adults["is_seeking"] != 0
        found = np.isin(self.state.adults["contract"], contracts) & seeking
        return np.asarray(found.reshape(-1, ADULTS).any(axis=1))

    def with_child(self, chosen: np.ndarray) -> np.ndarray:
        """Return which families have such a child."""
        result = np.zeros(self.here.size, bool)
        result[self.owner[chosen & (self.owner >= 0)]] = True
        return result

    def aged(self, low: int, high: int) -> np.ndarray:
        """Return which families have a child from `low` to under `high` months."""
        return self.with_child((self.ages >= low) & (self.ages < high))

    def pupils(self) -> np.ndarray:
        """Return which children are enrolled."""
        return np.asarray(self.state.children["is_enrolled"] != 0)

    def newcomers(self, low: int, high: int) -> np.ndarray:
        """Return which families have a pupil of this age who was born abroad."""
        abroad = self.state.children["birth_country"] == BirthCountry.ABROAD
        return self.with_child(self.pupils() & abroad & (self.ages >= low) & (self.ages < high))

    def registered(self) -> np.ndarray:
        """Return which families are registered."""
        return np.asarray(self.state.families["is_registered"] != 0)


Concerns = Callable[[Present], np.ndarray]
_ALL_WORK = tuple(one for one in Contract if one != Contract.NONE)
_ON_CALL = (Contract.ZERO_HOURS, Contract.BANDWIDTH)
_AGENCY = (Contract.AGENCY_A, Contract.AGENCY_B)


def _covered(present: Present) -> np.ndarray:
    share = max(present.levers["info_point_coverage"], present.levers["brabant_model_share"])
    return np.asarray((present.state.families["region"] + 0.5) / REGIONS < share)


def _in_focus(present: Present) -> np.ndarray:
    families, places = present.state.families, present.state.places
    return np.asarray(
        families["neighbourhood_rank"] < places["focus_share"][families["municipality"]]
    )


_DESK = ("near_desk", _covered)
_CALL = ("on_call", lambda present: present.work_in(*_ON_CALL))
_TOWN_COURSE = ("registered", Present.registered)
_TIED = (
    "tied_home",
    lambda present: present.state.families["housing"] == Housing.TIED,
)
_PUPIL = ("pupil", lambda present: present.with_child(present.pupils()))
_TODDLER = (
    "toddler",
    lambda present: present.aged(TWO_AND_A_HALF, FOUR),
)
_NEW_PO = (
    "new_in_primary",
    lambda present: present.newcomers(FOUR, TWELVE),
)
_KEY = ("key_person", lambda present: present.state.families["key_person"] >= 0)
_FOCUS = ("focus_area", _in_focus)
_BORDER = (
    "border",
    lambda present: present.state.families["is_border"] != 0,
)

CONCERNED: dict[str, tuple[str, Concerns]] = {
    "info_point_coverage": _DESK,
    "info_contact_rate": _DESK,
    "brabant_model_share": _DESK,
    "legal_help_access": (
        "bad_job",
        lambda present: (
            present.work_in(*_ON_CALL)
            | (present.state.adults["is_malafide"] != 0).reshape(-1, ADULTS).any(axis=1)
        ),
    ),
    "web_places_per_100": _TOWN_COURSE,
    "course_hours": _TOWN_COURSE,
    "services_wait_months": _TOWN_COURSE,
    "civic_loan_max_eur": _TOWN_COURSE,
    "civic_loan_window_months": _TOWN_COURSE,
    "employer_language_share": ("at_work", lambda present: present.work_in(*_ALL_WORK)),
    "oo_language_budget_eur": (
        "employer_course",
        lambda present: (
            (present.state.adults["has_employer_course"] != 0).reshape(-1, ADULTS).any(axis=1)
        ),
    ),
    "zero_hours_abolished": _CALL,
    "bandwidth_extra_max": _CALL,
    "bandwidth_period_weeks": _CALL,
    "min_hours_cut": _CALL,
    "flex_displacement": _CALL,
    "agency_phase_a_weeks": ("agency", lambda present: present.work_in(*_AGENCY)),
    "agency_phase_b_months": ("agency", lambda present: present.work_in(*_AGENCY)),
    "agency_equal_terms": ("agency", lambda present: present.work_in(*_AGENCY)),
    "chain_interval_months": (
        "fixed_term",
        lambda present: present.work_in(Contract.FIXED),
    ),
    "inspection_intensity": ("at_work", lambda present: present.work_in(*_ALL_WORK)),
    "registration_outreach": (
        "unregistered",
        lambda present: ~present.registered() & (present.state.families["is_border"] == 0),
    ),
    "housing_decoupled": _TIED,
    "housing_grace_weeks": _TIED,
    "culture_sensitive_share": _PUPIL,
    "childcare_open_hour": _PUPIL,
    "childcare_close_hour": _PUPIL,
    "key_persons_per_1000": _KEY,
    "key_person_target": _KEY,
    "school_contact_share": _PUPIL,
    "extra_education_hours": _PUPIL,
    "extra_education_target": _PUPIL,
    "newcomer_months_po": _NEW_PO,
    "newcomer_threshold_pupils": _NEW_PO,
    "newcomer_months_vo": (
        "new_in_secondary",
        lambda present: present.newcomers(TWELVE, 12 * 23),
    ),
    "ve_guidance_level": _TODDLER,
    "ve_eligibility_share": _TODDLER,
    "ve_hours_total": _TODDLER,
    "jgz_referral_strength": ("under_four", lambda present: present.aged(0, FOUR)),
    "taalschatten_reach": ("under_four", lambda present: present.aged(0, FOUR)),
    "vocab_programme_reach": (
        "three_to_six",
        lambda present: present.aged(THREE, SIX),
    ),
    "spuk_focus_boost": _FOCUS,
    "spuk_end_year": _FOCUS,
    "border_family_share": _BORDER,
    "cross_border_coordination": _BORDER,
}
"""Whom a lever can reach at all, by name; levers that are not here concern every family."""

_QUEUES: dict[str, Concerns] = {
    "course_hours": lambda present: present.state.families["course_wait"] > 0,
    "ve_hours_total": lambda present: present.with_child(present.state.children["ve_wait"] > 0),
}
"""Who waits for what a lever gives."""


class Witness:
    """Keeps count, month by month, of whom the moved levers could have reached."""

    def __init__(self, pair: Pair) -> None:
        active = np.zeros(pair.horizon, np.uint64)
        for plan in pair.timetables:
            active |= np.bitwise_or.reduce(plan.levers["active"], axis=1)
        apart = {lever.name: active & np.uint64(lever.bit) != 0 for lever in LEVERS}
        self._months = {name: np.flatnonzero(found) for name, found in apart.items() if found.any()}
        self.moved = tuple(self._months)
        self._pair = pair
        self._concerned: Counter[str] = Counter()
        self._targeted: Counter[str] = Counter()
        self._waiting: Counter[str] = Counter()
        self._practice = 0

    def watch(self, pair: Pair) -> None:
        """Count the families that each moved lever concerns this month."""
        now = [name for name, months in self._months.items() if pair.month in months]
        if not now:
            return
        state = pair.states[ALTERNATIVE]
        here = np.isin(state.families["status"], (Status.IN_NL, Status.ABROAD_TEMP))
        ages = pair.month - state.children["birth_month"].astype(np.int64)
        levers = pair.timetables[ALTERNATIVE].levers[pair.month, 0]
        present = Present(state, here, pair.family_of_child, ages, levers)
        variants = self._variants(pair, here)
        practice = [one.places["practice"] for one in pair.states]
        self._practice = max(self._practice, int((practice[BASE] != practice[ALTERNATIVE]).sum()))
        for name in now:
            mine = here & CONCERNED[name][1](present) if name in CONCERNED else here
            self._concerned[name] = max(self._concerned[name], int(mine.sum()))
            if name in _QUEUES:
                waiting = int((here & _QUEUES[name](present)).sum())
                self._waiting[name] = max(self._waiting[name], waiting)
            moved = np.bitwise_and(variants, np.uint64(BY_NAME[name].bit)) != 0
            self._targeted[name] = max(self._targeted[name], int(moved.sum()))

    def _variants(self, pair: Pair, here: np.ndarray) -> np.ndarray:
        """Return the bits of the levers that are moved for each family that is here."""
        plan = pair.timetables[ALTERNATIVE]
        active = plan.levers["active"][pair.month]
        return np.asarray(active[pair.runs[ALTERNATIVE].variants(np.flatnonzero(here))])

    def reasons(self, reached: set[str]) -> dict[str, Reason]:
        """Return why each moved or named lever that is not in `reached` reached nobody."""
        base, alternative = self._pair.scenarios
        theirs = {change.lever for change in base.levers}
        named = {change.lever for change in alternative.levers} - theirs
        result = {}
        for lever in LEVERS:
            if lever.name in self.moved and lever.name not in reached:
                result[lever.name] = self._why(lever.name)
            elif lever.name in named and lever.name not in self.moved:
                result[lever.name] = Reason(kind="same")
        return result

    def _why(self, name: str) -> Reason:
        if name == "reform_start":
            return Reason(kind="only_a_month")
        if name in OF_PLACES:
            return Reason(kind="of_places", n=self._practice)
        plan = self._pair.timetables[ALTERNATIVE].levers
        needs = NEEDS.get(name, ())
        if needs and not any((plan[one] > 0.0).any() for one in needs):
            return Reason(kind="needs", levers=needs)
        if self._targeted[name] == 0 and plan.shape[1] > 1:
            return Reason(kind="no_target")
        whom = CONCERNED[name][0] if name in CONCERNED else HERE
        if self._concerned[name] == 0:
            return Reason(kind="nobody", whom=whom)
        if self._waiting[name] > 0:
            return Reason(kind="no_place", n=self._waiting[name])
        months = self._months[name]
        since = month_text(START_NUMBER + int(months[0]))
        n = self._concerned[name]
        return Reason(kind="unmet", whom=whom, n=n, since=since, months=months.size)
