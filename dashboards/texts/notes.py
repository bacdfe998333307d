"""What the author of a scenario should hear: what is left out, set aside, or beyond the run."""

from __future__ import annotations

from dashboards.texts import Texts
from dashboards.texts.scenario_words import target_words
from model.calendar import MONTHS_PER_YEAR, START_NUMBER, month_text
from model.policy.scenario import LeverChange
from model.registry import BY_NAME
from model.run.settings import checked_months
from scenarios.authoring.beyond import Beyond, beyond
from scenarios.files.extends import Resolved
from scenarios.files.left_out import LeftOut
from scenarios.files.values import plain_number, written


def notes(found: Resolved, years: int, t: Texts) -> list[str]:
    """Return a sentence for each thing to keep in mind of a scenario in a run of `years` years.

    Raises InputError when no run can be that long.
    """
    told = [t("note.set_aside", place=str(place)) for place in found.set_aside]
    told += [_left_out(one, t) for one in found.left_out]
    told += [_beyond(one, years, t) for one in beyond(found.scenario, checked_months(years))]
    return [t("note.prefix", text=text) for text in told]


def _left_out(one: LeftOut, t: Texts) -> str:
    change = one.change
    value = _value(one.name, change.value)
    if one.month is None:
        what = t("note.from_start", value=value)
    else:
        what = t("note.from", value=value, month=month_text(one.month))
    if change.end is not None:
        what += t("note.until", month=month_text(change.end))
    if isinstance(change, LeverChange):
        if change.ramp_months:
            what += t("note.ramp", months=str(change.ramp_months))
        if change.target is not None:
            what += t("note.whom", whom=target_words(change.target, t.language))
    return t("note.left_out", place=str(one.place), what=what, scenario=one.scenario)


def _beyond(one: Beyond, years: int, t: Texts) -> str:
    words = {
        "name": one.name,
        "month": month_text(one.month),
        "years": str(years),
        "last": month_text(START_NUMBER + years * MONTHS_PER_YEAR - 1),
    }
    if one.what == "start":
        needed = int(one.month - START_NUMBER) // MONTHS_PER_YEAR + 1
        return t("note.start", needed=str(needed), **words)
    return t("note.ramp_end", value=_value(one.name, one.value), **words)


def _value(name: str, value: float) -> str:
    return written(BY_NAME[name], value) if name in BY_NAME else plain_number(value)
