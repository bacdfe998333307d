"""All differences of a run from its base as a text, whoever asks: `compare` or `results`."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from dashboards.commands.comparing.naming import heading, titles
from dashboards.texts import Texts
from dashboards.texts.numbers import MISSING, changes, differences, people_a_year, span, written
from model.errors import InputError, nearest
from model.outcomes.registry import MINIMUM_CELL, full_name, last_years
from model.outcomes.sums import HELD
from scenarios.runs.parameter_samples import DRAWS_FOR_95, held_by
from scenarios.runs.run import Ensemble
from scenarios.statistics.answer import Answer
from scenarios.statistics.answers import answers
from scenarios.statistics.over_time import OverTime, over_times, told_as
from scenarios.statistics.overview import FEWEST_DRAWS
from scenarios.statistics.ranking import full_size_factor

SHOWN = (
    "vsv_vo_expected",
    "vsv_vo_counted",
    "vsv_mbo_expected",
    "vsv_mbo_counted",
    "contract_permanent",
    "hours_cv",
    "income_eur_month",
    "forced_moves",
    "voluntary_moves",
    "poor_share",
    "ve_take_up",
    "language_at_4",
    "language_at_12",
    "absent_days",
)
"""Outcomes on the screen when none is asked; the file has them all."""

COLUMNS = ("base", "policy", "difference", "sign", "number")
WIDE = 78
"""Signs that a row takes on one line."""

Line = Callable[..., str]
"""Lays out the cells of a row: whose it is, and those of COLUMNS."""

EACH = "each"
"""What `--year` takes for all school years, one by one."""


def outcomes_of(asked: Sequence[str] | None, settled: str | None = None) -> tuple[str, ...]:
    """Return the outcomes to show: those asked, or the one to settle and a choice.

    Raises InputError for one that does not exist.
    """
    if asked:
        return tuple(dict.fromkeys(map(full_name, asked)))
    return tuple(dict.fromkeys((*([full_name(settled)] if settled else ()), *SHOWN)))


def years_of(asked: str | None, lived: Sequence[str]) -> tuple[str, ...]:
    """Return the school years that are asked; without a wish the last complete ones.

    Raises InputError for a year that is not lived.
    """
    if asked is None:
        return last_years(lived)
    if asked == EACH:
        return tuple(lived)
    if asked not in lived:
        message = (
            f"--year {asked}: this run has no such school year; it has {lived[0]} to {lived[-1]}."
        )
        raise InputError(message + nearest(asked, lived))
    return (asked,)


def answer_years(year: str | None) -> tuple[str, ...] | None:
    """Return the school years that the answer is of: the one that is asked, None for the last."""
    return None if year in {None, EACH} else (str(year),)


def comparisons(
    run: Ensemble,
    *,
    outcomes: Sequence[str],
    t: Texts,
    by: str | None = None,
    year: str | None = None,
    width: int = WIDE,
) -> Iterator[str]:
    """Yield a text per alternative: a block of lines per outcome, group and year.

    Where the terminal is too narrow for a row, the difference stands under the levels.
    """
    line = _line if width >= WIDE else _two_lines
    years = years_of(year, run.school_years)
    together = year is None
    found = answers(
        run, outcome=outcomes, dimension=by or told_as(run), years=years, together=together
    )
    changed = {} if by or not together else {_of(one.answer): one for one in over_times(run, found)}
    n, names, factor = len(run.replicates), titles(run, t), full_size_factor(run)
    counted = t("terminal.together", years=span(years, t)) + " " if together else ""
    times = t("terminal.same_luck" if n > 1 else "terminal.same_luck_once", n=str(n))
    columns = [t(f"terminal.column.{name}") for name in COLUMNS]
    for alternative in run.scenarios[1:]:
        mine = [one for one in found if one.alternative == alternative]
        against = t("terminal.against", what=names[alternative], base=names[run.base])
        blocks = "".join(_blocks(mine, changed, factor, t, is_by_year=not together, line=line))
        yield f"\n{against}\n{counted}{times}\n\n{line('', *columns)}{blocks}"
    yield from _legend(run, found, changed, t)


def _legend(
    run: Ensemble,
    found: Sequence[Answer],
    changed: Mapping[tuple[str, str, str], OverTime],
    t: Texts,
) -> Iterator[str]:
    n = len(run.replicates)
    if n == 1:
        yield t("terminal.add_replicates")
    yield t("terminal.legend", least=str(MINIMUM_CELL))
    if any(one.group == HELD for one in found):
        yield standardised_as(titles(run, t)[run.base], run.school_years[0], changed.values(), t)
    if any(one.not_knowing for one in found):
        yield t("terminal.legend_drawn")
    if run.about["settings"]["draws"] != "none" and n < DRAWS_FOR_95:
        yield few_draws(n, t)


def few_draws(n: int, t: Texts) -> str:
    """Return how little so many draws of the parameters say of not knowing."""
    enough = str(DRAWS_FOR_95)
    if n < FEWEST_DRAWS:
        return t("terminal.one_draw", enough=enough)
    return t("terminal.few_draws", n=str(n), held=t.percent(held_by(n)), enough=enough)


def standardised_as(base: str, first: str, changed: Collection[OverTime], t: Texts) -> str:
    """Return what the words crude and standardised mean, and how much had to be pooled."""
    told = t("terminal.standardised", first=first, base=base)
    pooled = max((one.pooled for one in changed), default=0.0)
    if pooled == 0.0:
        return told
    return f"{told} {t('terminal.pooled', part=t.percent(pooled, 1))}"


def _of(answer: Answer) -> tuple[str, str, str]:
    return answer.alternative, answer.outcome, answer.population


def _blocks(
    found: Sequence[Answer],
    changed: Mapping[tuple[str, str, str], OverTime],
    factor: float,
    t: Texts,
    *,
    is_by_year: bool,
    line: Line,
) -> Iterator[str]:
    before = ""
    for one in found:
        head = ", ".join(
            (
                heading(one.outcome, t),
                *([_group(one.group, t)] if one.group != "all" else ()),
                *(one.years if is_by_year else ()),
            )
        )
        if head != before:
            yield head + "\n"
            before = head
        yield _numbers(one, t, line)
        if one.is_small:
            continue
        people = people_a_year(one, factor, t)
        if people:
            yield f"        {t('terminal.at_full_size', people=people)}\n"
        if one.group == HELD and _of(one) in changed:
            yield _since(changed[_of(one)], t)


def _since(one: OverTime, t: Texts) -> str:
    names = ("base", "policy", "base_crude", "policy_crude")
    told = dict(zip(names, changes(one, t), strict=True))
    return f"        {t('terminal.since', first=one.first, **told)}\n"


def _group(group: str, t: Texts) -> str:
    dimension, _, name = group.partition(":")
    return t.part(f"enum.{dimension}").get(name, name)


def _numbers(answer: Answer, t: Texts, line: Line) -> str:
    who = t(f"terminal.who.{answer.population}")
    if answer.is_small:
        return line(who, t("terminal.small_group"), "", "", "", "")
    digits = written(answer, t)
    difference = digits.difference
    if digits.low != MISSING:
        difference += f" ({t('terminal.between', low=digits.low, high=digits.high)})"
    number = "" if digits.behind == MISSING else t.number(answer.behind)
    sign = "" if digits.p_sign == MISSING else digits.p_sign
    told = line(who, digits.base, digits.level, difference, sign, number)
    unknown = answer.not_knowing
    if unknown is not None:
        low, high = differences(answer.outcome, t, unknown.low, unknown.high)
        ends = t("terminal.between", low=low, high=high)
        share = "" if math.isnan(unknown.p_sign) else t.percent(unknown.p_sign)
        told += line("", "", t("terminal.not_knowing"), f"({ends})", share, "")
    return told


def _line(who: str, base: str, policy: str, difference: str, sign: str, number: str) -> str:
    line = f"  {who:<6}{base:>10}{policy:>12}   {difference:<29}{sign:>7}{number:>9}"
    return line.rstrip() + "\n"


def _two_lines(*cells: str) -> str:
    """Return a row as two lines: the levels, and under them what stands in the other cells."""
    who, base, policy, *rest = cells
    under = "  ".join(filter(None, rest))
    levels = f"  {who:<6}{base:>10}{policy:>12}".rstrip()
    return f"{levels}\n        {under}\n" if under else f"{levels}\n"
