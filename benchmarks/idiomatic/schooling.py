"""The fixed moments of a child's school year (the steps of `model/steps/school_year.py`)."""

from __future__ import annotations

from typing import Any

from benchmarks.idiomatic.numbers import SCHOOL, Entity
from model import ages
from model.clock import NEWCOMER_COUNTS, SchoolMonth
from model.enums import BirthCountry, Stage

_PO1, _PO2, _PO8 = int(Stage.PO1), int(Stage.PO2), int(Stage.PO8)
_ISK, _PRO, _VMBO_B = int(Stage.ISK), int(Stage.PRO), int(Stage.VMBO_B)
_HAVO, _VWO = int(Stage.HAVO), int(Stage.VWO)
_MBO1, _MBO4 = int(Stage.MBO1), int(Stage.MBO4)
_QUALIFIED, _LEFT = int(Stage.QUALIFIED), int(Stage.LEFT)
_BORN_HERE = int(BirthCountry.NETHERLANDS)
_ROOT_12 = 12.0**0.5


class Schooling(Entity):
    """What a child does at the fixed moments of a school year."""

    __slots__ = ()

    family: Any
    school: Any
    stage: int
    stage_year: int
    is_enrolled: bool
    has_repeated: int
    advice: int
    count_stage: int

    @property
    def score(self) -> float:
        """The effective score, SD."""
        return float(
            self.learning_z + self.gain_learning + self.change_effect + self.crowding_effect
        )

    def live_school_year(self, age: int) -> None:
        """Do what belongs to this month of the school year."""
        moment = self.family.model.month % 12
        if moment == SchoolMonth.AUGUST and self.family.model.month > 0:
            self._start_year(age)
        elif moment == SchoolMonth.OCTOBER:
            self.be_counted(age)
        elif moment == SchoolMonth.JANUARY:
            self._get_provisional_advice()
        elif moment == SchoolMonth.FEBRUARY:
            self._sit_transition_test()
        elif moment == SchoolMonth.JULY:
            self._sit_exam()
        if moment in NEWCOMER_COUNTS:
            self._count_as_newcomer()

    def _count_as_newcomer(self) -> None:
        if (
            self.is_enrolled
            and self.school is not None
            and self.birth_country != _BORN_HERE
            and self.family.model.month - self.first_school_month < ages.ONE
        ):
            self.school.newcomers_counted += 1

    def _start_year(self, age: int) -> None:
        self.school_changes_year = 0
        if not self.is_enrolled:
            return
        if _PO1 <= self.stage < _PO8:
            self._promote_po(age)
        elif self.stage == _PO8:
            self._enter_vo()
        elif self.stage == _ISK:
            self._leave_isk(age)
        elif _PRO <= self.stage <= _MBO4:
            self._promote_vo()

    def _promote_po(self, age: int) -> None:
        if self.stage == _PO1 and age < ages.FIRST_GROUP_UNTIL:
            return
        p, luck = self.family.model.p, self.family.model.random.random()
        base = p.p_repeat_early if self.stage <= _PO2 else p.p_repeat_po
        if luck < SCHOOL.shifted(base, -p.repeat_score, self.score) and self.has_repeated == 0:
            self.has_repeated = 1
            return
        self.stage += 1

    def _track(self, value: float) -> Any:  # noqa: ANN401 - what the rule returns
        return SCHOOL.track_of_score(value, *self.family.model.p.groups.thresholds)

    def enter_track(self, age: int) -> None:
        """Enter where age and score put a pupil who was born here."""
        self.stage = SCHOOL.stage_of_track(self._track(self.score))
        self.stage_year = min(SCHOOL.years_of_stage(self.stage), max(1, age // 12 - 11))

    def _enter_vo(self) -> None:
        track = self.advice - 1 if self.advice else self._track(self.score)
        self.stage = SCHOOL.stage_of_track(track)
        self.stage_year = 1
        self.has_repeated = 0
        if self.school is not None and not self.school.is_secondary and self.school.secondary:
            self.school = self.family.model.random.choice(self.school.secondary)

    def _leave_isk(self, age: int) -> None:
        p, month = self.family.model.p, self.family.model.month
        if month - self.first_school_month < p.isk_max_months - 1 and age < ages.SIXTEEN:
            self.stage_year += 1
            return
        self.has_repeated = 0
        if age >= ages.SIXTEEN:
            self.stage = _MBO1
            self.stage_year = 1
            return
        language = self.language_z + self.gain_language
        value = self.score - p.isk_track_loss + p.advice_language * language
        self.stage = SCHOOL.stage_of_track(self._track(value))
        self.stage_year = max(1, min(3, age // 12 - 12))

    def _promote_vo(self) -> None:
        if self.stage_year == 0:
            self.stage_year = 1
            self.has_repeated = 0
            return
        if self.stage_year >= SCHOOL.years_of_stage(self.stage):
            return
        p, random = self.family.model.p, self.family.model.random
        base = p.p_repeat_mbo if self.stage >= _MBO1 else p.p_repeat_vo
        p_repeats = SCHOOL.shifted(base, -p.repeat_score, self.score)
        if random.random() < p_repeats and self.has_repeated <= 1:
            self.has_repeated += 1
            if _VMBO_B < self.stage <= _VWO and random.random() < p.p_down_track:
                self.stage -= 1
            return
        self.stage_year += 1

    def _sit_exam(self) -> None:
        if not self.is_enrolled or not _PRO <= self.stage <= _MBO4:
            return
        if self.stage_year < SCHOOL.years_of_stage(self.stage):
            return
        p, random = self.family.model.p, self.family.model.random
        if random.random() >= SCHOOL.shifted(p.p_exam, p.exam_score, self.score):
            return
        self.stage = SCHOOL.next_after_diploma(self.stage, *p.groups.diploma, random.random())
        self.stage_year = {_HAVO: 3, _VWO: 4}.get(self.stage, 0)
        if self.stage == _QUALIFIED:
            self.is_enrolled = False

    def _get_provisional_advice(self) -> None:
        if self.stage != _PO8:
            return
        p, luck = self.family.model.p, self.family.model.random.random()
        language = self.language_z + self.gain_language
        value = self.score + p.advice_language * language
        self.provisional_advice = 1 + self._track(value + p.advice_noise * _ROOT_12 * (luck - 0.5))

    def _sit_transition_test(self) -> None:
        if self.stage != _PO8 or self.provisional_advice == 0:
            return
        p, month = self.family.model.p, self.family.model.month
        language = self.language_z + self.gain_language
        years = (month - max(self.family.arrival_month, self.birth_month)) / 12.0
        is_exempt = SCHOOL.is_test_exempt(years, language, p.exempt_years, p.exempt_language)
        value = self.score + p.advice_language * language
        if is_exempt:
            under = 1 + self._track(value - p.under_advice_exempt)
            self.provisional_advice = min(self.provisional_advice, under)
        noise = p.test_noise * _ROOT_12 * (self.family.model.random.random() - 0.5)
        tested = 1 + self._track(value + noise)
        self.advice = SCHOOL.final_advice(self.provisional_advice, tested, is_exempt)

    def be_counted(self, age: int) -> None:
        """1 October: leave with the yearly hazard; be counted for the next year."""
        self.risk_stage = self.count_stage
        self.vsv_hazard_year = 0.0
        if self.risk_stage > 0 and self.stage != _QUALIFIED and _ISK <= self.stage <= _MBO4:
            self.vsv_hazard_year = self._hazard(age)
            if self.family.model.random.random() < self.vsv_hazard_year:
                self.left_stage = self.risk_stage
                self.left_month = self.family.model.month
                self.stage = _LEFT
                self.is_enrolled = False
        self.count_stage = 0
        if SCHOOL.is_counted_for_vsv(self.stage, age):
            self.count_stage = self.stage
            self.count_year = self.stage_year

    def _hazard(self, age: int) -> Any:  # noqa: ANN401 - what the rule returns
        p, is_mbo = self.family.model.p, self.risk_stage >= _MBO1
        intercept = SCHOOL.leaving_intercept(self.risk_stage, self.count_year, *p.groups.leave)
        return SCHOOL.p_leave_year(
            *(intercept, self.in_year_change_months.bit_count()),
            *(p.leave_change_mbo if is_mbo else p.leave_change_vo, self.score, p.leave_learning),
            *(self.language_z + self.gain_language, p.leave_language, self.absent_days_12m),
            *(p.absent_normal_year, p.leave_absent_day, self.belonging, p.belonging_usual),
            *(p.leave_belonging, age >= ages.EIGHTEEN),
            *(p.leave_18_mbo if is_mbo else p.leave_18_vo, self.family.is_poor, p.leave_poor),
            *(p.labour_index, p.leave_labour_pull),
        )
