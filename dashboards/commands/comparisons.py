"""The answers about a run as a text for the terminal, whoever asks: `compare` or `results`."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence

from dashboards.texts import texts
from dashboards.texts.numbers import MISSING, changes, differences, span, unit, written
from model.errors import InputError, nearest
from model.outcomes.registry import MINIMUM_CELL, full_name, last_years
from model.outcomes.sums import HELD
from scenarios.runs.parameter_samples import DRAWS_FOR_95, held_by
from scenarios.runs.run import Ensemble
from scenarios.statistics.answer import Answer
from scenarios.statistics.answers import answers
from scenarios.statistics.over_time import OverTime, over_times, told_as
from scenarios.statistics.overview import FEWEST_DRAWS

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

WHO = {"eu11": "EU-11", "comparable": "Dutch", "gap": "gap"}
EACH = "each"
"""What `--year` takes for all school years, one by one."""

LEGEND = (
    "Differences of shares are in percentage points. 95%: what chance leaves possible. Sign: the"
    " probability that its sign is right, as far as chance goes. Number: the children or families"
    " behind a level, on average per run and school year. Counted leavers are noisier."
    f" Small group: rests on fewer than {MINIMUM_CELL} children or families, or would give such a"
    " number away."
)
LEGEND_DRAWN = (
    "Not knowing: 95% of the differences under other values of the parameters, drawn from what is"
    " believed of each (docs/priors.md), with chance taken out; and the share of them with the same"
    " sign."
)
ONCE = "One replicate does not tell how large chance is: add --replicates 20."


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


def label(outcome: str) -> str:
    """Return how people call an outcome, in English."""
    return texts("en")(f"outcome.{outcome}.label")


def heading(outcome: str) -> str:
    """Return how people call an outcome, with its unit."""
    return f"{label(outcome)} ({unit(outcome, texts('en'))})"


def comparisons(
    run: Ensemble, *, outcomes: Sequence[str], by: str | None = None, year: str | None = None
) -> Iterator[str]:
    """Yield a text per alternative: a block of lines per outcome, group and year."""
    years = years_of(year, run.school_years)
    together = year is None
    found = answers(
        run, outcome=outcomes, dimension=by or told_as(run), years=years, together=together
    )
    changed = {} if by or not together else {_of(one.answer): one for one in over_times(run, found)}
    n = len(run.replicates)
    counted = f"School years {span(years, texts('en'))} together. " if together else ""
    for alternative in run.scenarios[1:]:
        mine = [one for one in found if one.alternative == alternative]
        yield (
            f"\n{alternative} against {run.base}\n"
            f"{counted}Same families, same luck, {n} time{'s' if n > 1 else ''}.\n\n"
            + _line("", "base", "policy", "difference (95%)", "sign", "number")
            + "".join(_blocks(mine, changed, is_by_year=not together))
        )
    if n == 1:
        yield ONCE
    yield LEGEND
    if any(one.group == HELD for one in found):
        yield standardised_as(run.base, run.school_years[0], changed.values())
    if any(one.not_knowing for one in found):
        yield LEGEND_DRAWN
    if run.about["settings"]["draws"] != "none" and n < DRAWS_FOR_95:
        yield few_draws(n)


def few_draws(n: int) -> str:
    """Return how little so many draws of the parameters say of not knowing."""
    if n < FEWEST_DRAWS:
        return f"One draw says nothing of not knowing. 95% takes --replicates {DRAWS_FOR_95}."
    return (
        f"{n} draws say little of not knowing: from the lowest to the highest they hold"
        f" {held_by(n):.0%} of it on average, so the range shown is too narrow. 95% takes"
        f" --replicates {DRAWS_FOR_95}."
    )


def standardised_as(base: str, first: str, changed: Collection[OverTime]) -> str:
    """Return what the words crude and standardised mean, and how much had to be pooled."""
    told = (
        "Numbers are crude: of the children of each year. Standardised: as if those of every year"
        f" were those of {first} in {base}, by stage of school, age and generation; that is how"
        f" years compare. Since {first}: the change in base and policy."
    )
    pooled = max((one.pooled for one in changed), default=0.0)
    if pooled == 0.0:
        return told
    part = texts("en").percent(pooled, 1)
    return (
        f"{told} Where nobody was in a cell in these years, it takes the rate of those nearest: at"
        f" most {part} of the children."
    )


def _of(answer: Answer) -> tuple[str, str, str]:
    return answer.alternative, answer.outcome, answer.population


def _blocks(
    found: Sequence[Answer],
    changed: Mapping[tuple[str, str, str], OverTime],
    *,
    is_by_year: bool,
) -> Iterator[str]:
    before = ""
    for one in found:
        head = ", ".join(
            (
                heading(one.outcome),
                *([_group(one.group)] if one.group != "all" else ()),
                *(one.years if is_by_year else ()),
            )
        )
        if head != before:
            yield head + "\n"
            before = head
        yield _numbers(one)
        if one.group == HELD and not one.is_small and _of(one) in changed:
            yield _since(changed[_of(one)])


def _since(one: OverTime) -> str:
    base, policy, base_crude, policy_crude = changes(one, texts("en"))
    return (
        f"       since {one.first}: {base} and {policy} (crude: {base_crude} and {policy_crude})\n"
    )


def _group(group: str) -> str:
    dimension, _, name = group.partition(":")
    return texts("en").part(f"enum.{dimension}").get(name, name)


def _numbers(answer: Answer) -> str:
    t, who = texts("en"), WHO[answer.population]
    if answer.is_small:
        return _line(who, "small group", "", "", "", "")
    digits = written(answer, t)
    difference = digits.difference
    if digits.low != MISSING:
        difference += f" ({digits.low} to {digits.high})"
    number = "" if digits.behind == MISSING else t.number(answer.behind)
    sign = "" if digits.p_sign == MISSING else digits.p_sign
    line = _line(who, digits.base, digits.level, difference, sign, number)
    unknown = answer.not_knowing
    if unknown is not None:
        ends = " to ".join(differences(answer.outcome, t, unknown.low, unknown.high))
        share = "" if math.isnan(unknown.p_sign) else t.percent(unknown.p_sign)
        line += _line("", "", "not knowing", f"({ends})", share, "")
    return line


def _line(who: str, base: str, policy: str, difference: str, sign: str, number: str) -> str:
    line = f"  {who:<5}{base:>11}{policy:>12}   {difference:<29}{sign:>7}{number:>9}"
    return line.rstrip() + "\n"
