"""An answer in a sentence, for page and report: which way, by how much, and how sure that is."""

from __future__ import annotations

import math

from dashboards.texts import Texts
from dashboards.texts.numbers import (
    ALMOST_SURE,
    changes,
    differences,
    limit,
    so_many,
    unit_apart,
    unsigned,
    with_unit,
    written,
)
from model.outcomes.registry import MINIMUM_CELL
from scenarios.runs.parameter_samples import DRAWS_FOR_95
from scenarios.statistics.answer import Answer
from scenarios.statistics.over_time import OverTime


def sentence(answer: Answer, t: Texts) -> str:
    """Return the answer in a sentence."""
    digits = written(answer, t)
    ends = [unsigned(end) for end in (digits.low, digits.high)]
    if abs(answer.low) > abs(answer.high):
        ends.reverse()
    is_sure = answer.reading in {"lower", "higher"}
    if not is_sure:
        ends = [digits.low, digits.high]
    words = {
        "what": t(f"outcome.{answer.outcome}.label"),
        "base": digits.base,
        "alternative": digits.level_long,
        "difference": digits.size if is_sure else with_unit(answer.outcome, digits.difference, t),
        "low": ends[0],
        "high": ends[1],
        "unit": unit_apart(answer.outcome, t),
        "confidence": t.percent(answer.confidence),
        "smallest": limit(answer.outcome, answer.smallest.value, t),
        "n": str(answer.n),
        "least": str(MINIMUM_CELL),
    }
    if answer.reading == "once":
        words["difference"] = digits.size
        many = so_many(answer, t)
        words["many"] = f" ({many})" if many else ""
        return t(f"answer.once_{answer.direction}", **words)
    told = t(f"answer.{answer.reading}", **words)
    return f"{told} {t('answer.minor', **words)}" if is_sure and answer.is_minor else told


def certainty(answer: Answer, t: Texts) -> str:
    """Return how sure the answer is: of its sign, and of what not knowing the numbers leaves."""
    told = []
    if answer.reading in {"lower", "higher"}:
        told.append(t("answer.sure", p=_probability(answer.p_sign, t)))
    if answer.reading == "once":
        told.append(t("answer.chance_unknown"))
    elif answer.reading not in {"small", "nobody", "none"}:
        told.append(_not_knowing(answer, t))
    return " ".join(told)


def over_time(one: OverTime, t: Texts) -> str:
    """Return the standardised difference and the changes since the first school year.

    Empty where these are not shown, or nobody was seen.
    """
    answer = one.answer
    if answer.is_small or math.isnan(sum((answer.value, *one.standardised, *one.crude))):
        return ""
    base, alternative, base_crude, alternative_crude = changes(one, t)
    told = t(
        "answer.over_time",
        first=one.first,
        difference=with_unit(answer.outcome, written(answer, t).difference, t),
        base=base,
        alternative=with_unit(answer.outcome, alternative, t),
        base_crude=base_crude,
        alternative_crude=alternative_crude,
    )
    if one.pooled == 0.0:
        return told
    return f"{told} {t('answer.pooled', part=t.percent(one.pooled, 1))}"


def _not_knowing(answer: Answer, t: Texts) -> str:
    unknown = answer.not_knowing
    if unknown is None:
        return t("answer.only_chance")
    low, high = differences(answer.outcome, t, unknown.low, unknown.high)
    share = 0.0 if math.isnan(unknown.p_sign) else unknown.p_sign
    high = with_unit(answer.outcome, high, t)
    told = t("answer.not_knowing", low=low, high=high, p=t.percent(share))
    if answer.n < DRAWS_FOR_95:
        told += " " + t("answer.few_draws", n=t.number(answer.n), enough=t.number(DRAWS_FOR_95))
    return told


def _probability(p: float, t: Texts) -> str:
    if p >= ALMOST_SURE:
        return t("answer.almost", p=t.percent(ALMOST_SURE, 1))
    return t.percent(p, 1)
