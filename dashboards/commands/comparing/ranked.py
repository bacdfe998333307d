"""The answer of a comparison: the scenarios in order, every pair, for whom, and how sure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dashboards.commands.comparing.naming import heading, titles
from dashboards.texts import Texts
from dashboards.texts.numbers import (
    MISSING,
    certainty,
    differences,
    level,
    people_a_year,
    span,
    unit_apart,
    written,
)
from model.outcomes.registry import MINIMUM_CELL
from scenarios.statistics.ranking import Ranking, full_size_factor, ranking

if TYPE_CHECKING:
    from scenarios.runs.run import Ensemble
    from scenarios.statistics.answer import Answer, NotKnowing

HEADLINES = ("vsv_mbo_expected", "vsv_vo_expected")
"""Outcomes that are ranked when none is asked: what the letter is about."""

MOST_PAIRS = 28
"""Pairs that are shown; of more, only neighbours in the order."""


def ranked(
    run: Ensemble, *, outcomes: Sequence[str], years: tuple[str, ...] | None, t: Texts
) -> Iterator[str]:
    """Yield the answer about each outcome: order, pairs, for whom and how sure."""
    factor = full_size_factor(run)
    for outcome in outcomes:
        yield "\n".join(_told(ranking(run, outcome, years=years), titles(run, t), factor, t)) + "\n"
    if not math.isnan(factor):
        yield t("terminal.full_size", factor=t.number(factor, 0 if factor >= 100 else 1))  # noqa: PLR2004


def _told(found: Ranking, names: Mapping[str, str], factor: float, t: Texts) -> Iterator[str]:
    who = t("terminal.children")
    yield t("terminal.about", what=heading(found.outcome, t), who=who, years=span(found.years, t))
    if found.is_small:
        yield "  " + t("terminal.small", least=str(MINIMUM_CELL))
        return
    yield t("terminal.order")
    base = next(iter(found.levels))
    for place, name in enumerate(found.order, 1):
        mark = t("terminal.is_base") if name == base else ""
        amount = level(found.outcome, found.levels[name], t)
        title = names[name] if name in names[name] else f"{names[name]} [{name}]"
        yield f"  {place:>2}. {amount:>9}  {title}{mark}"
    shown = _shown(found)
    unit = unit_apart(found.outcome, t)
    yield t("terminal.pair" if len(found.pairs) == 1 else "terminal.pairs", unit=unit)
    for one in shown:
        yield f"  {names[one.alternative]} - {names[one.base]}"
        yield f"      {_difference(one, factor, t)}"
    if len(shown) < len(found.pairs):
        yield "  " + t("terminal.more_pairs", n=str(len(found.pairs)))
    yield _how_sure(found, t)


def _shown(found: Ranking) -> tuple[Answer, ...]:
    if len(found.pairs) <= MOST_PAIRS:
        return found.pairs
    beside = {frozenset(pair) for pair in zip(found.order, found.order[1:], strict=False)}
    return tuple(one for one in found.pairs if {one.base, one.alternative} in beside)


def _difference(one: Answer, factor: float, t: Texts) -> str:
    digits = written(one, t)
    told = digits.difference
    if digits.low != MISSING:
        told += f" ({t('terminal.between', low=digits.low, high=digits.high)})"
    told += f": {t(f'terminal.reading.{one.reading}')}"
    if one.reading in {"lower", "higher"}:
        told += f", {certainty(one.p_sign, t)}"
    lines = [told]
    people = people_a_year(one, factor, t)
    if people:
        lines.append(t("terminal.at_full_size", people=people))
    if one.not_knowing is not None:
        lines.append(_not_knowing(one.not_knowing, one.outcome, t))
    return ";\n      ".join(lines)


def _not_knowing(unknown: NotKnowing, outcome: str, t: Texts) -> str:
    low, high = differences(outcome, t, unknown.low, unknown.high)
    if math.isnan(unknown.p_sign):
        return t("terminal.not_knowing_range", low=low, high=high)
    return t("terminal.not_knowing_too", low=low, high=high, p=t.percent(unknown.p_sign))


def _how_sure(found: Ranking, t: Texts) -> str:
    if found.n == 1:
        return t("terminal.once")
    values = {
        "n": str(found.n),
        "apart": str(found.n_apart),
        "pairs": str(len(found.pairs)),
        "behind": "" if math.isnan(found.behind) else _behind(found, t),
    }
    told = t("terminal.sure_one" if len(found.pairs) == 1 else "terminal.sure", **values)
    is_drawn = any(one.not_knowing for one in found.pairs)
    return told if is_drawn else f"{told} {t('terminal.only_chance')}"


def _behind(found: Ranking, t: Texts) -> str:
    of = t(f"counted.{found.pairs[0].of}")
    return t("terminal.behind", number=t.number(found.behind), of=of)
