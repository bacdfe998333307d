"""The page `docs/effects.md`: what every scenario does, before the world was put right and now.

`make effects` lives the scenarios and writes the page.
"""

from __future__ import annotations

import math
from pathlib import Path

from calibration.effects.changed import BEFORE, TELLING, TWICE, Changed, changed, load_reasons
from calibration.effects.live import (
    BASE,
    FAMILIES,
    NOW,
    OUTCOMES,
    REPLICATES,
    SEED,
    YEARS,
    Effect,
    read,
)
from dashboards.texts import Texts, texts
from dashboards.texts.numbers import differences, level, unit, unit_apart
from scenarios import load

PAGE = Path(__file__).parents[2] / "docs" / "effects.md"

_WORDS = {"sign": "other sign", "larger": "twice as large", "smaller": "half or less"}

_HEAD = """# What every scenario does, before and now

Made by `make effects`: every scenario against `{base}`, the same families with the same luck,
{replicates} times {families:,} families, {years} years, seed {seed}, EU-11 children and families,
the last five school years together. *Before* is the model at commit e35094d, before its world was
put right; it stays as it was. An effect in bold is one whose direction chance does not explain
(95%). With {replicates} pairs small effects are not told from none; a larger study is
`veerkracht compare`.

The table at the end has every effect whose sign changed, or that became at least {twice:.0f} times
as large or as small, with the reason. An effect below {telling:.0%} of the smallest difference that
matters (`veerkracht outcomes`) is not told there; that bound is our own choice. A reason with a
number in it was measured; the others follow from what was mended, and were not taken apart."""


def page() -> str:
    """Return the whole page as Markdown."""
    t = texts("en")
    before, now = read(BEFORE), read(NOW)
    lines = [
        _HEAD.format(
            base=BASE,
            replicates=REPLICATES,
            families=FAMILIES,
            years=YEARS,
            seed=SEED,
            twice=TWICE,
            telling=TELLING,
        ),
        "",
        "## The reference",
        "",
        "| outcome | unit | before | now |",
        "| --- | --- | ---: | ---: |",
    ]
    scenarios = list(dict.fromkeys(scenario for scenario, _ in now))
    for outcome in OUTCOMES:
        was, is_now = (rows[scenarios[0], outcome].base for rows in (before, now))
        lines.append(
            f"| {_label(outcome, t)} | {unit(outcome, t)} | {level(outcome, was, t)}"
            f" | {level(outcome, is_now, t)} |"
        )
    for scenario in scenarios:
        lines += ["", f"## {scenario}: {load(scenario).title_en}", ""]
        lines += ["| outcome | unit | before | now |", "| --- | --- | ---: | ---: |"]
        lines += [
            f"| {_label(outcome, t)} | {unit_apart(outcome, t)}"
            f" | {_effect(before[scenario, outcome], t)} | {_effect(now[scenario, outcome], t)} |"
            for outcome in OUTCOMES
        ]
    lines += ["", "## What changed, and why", ""]
    lines += ["| scenario | outcome | before | now | change | why |"]
    lines += ["| --- | --- | ---: | ---: | --- | --- |"]
    lines += [_row(one, t) for one in changed(before, now, load_reasons())]
    return "\n".join(lines) + "\n"


def write() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def _label(outcome: str, t: Texts) -> str:
    return t(f"outcome.{outcome}.label")


def _effect(effect: Effect, t: Texts) -> str:
    if math.isnan(effect.value):
        return "nobody"
    if effect.value == effect.low == effect.high:
        return differences(effect.outcome, t, effect.value)[0]
    value, low, high = differences(effect.outcome, t, effect.value, effect.low, effect.high)
    told = f"**{value}**" if effect.sign else value
    return f"{told} ({low} to {high})"


def _row(one: Changed, t: Texts) -> str:
    cells = (
        one.now.scenario.split("_")[0],
        _label(one.now.outcome, t),
        _effect(one.before, t),
        _effect(one.now, t),
        _WORDS[one.change],
        one.why,
    )
    return f"| {' | '.join(cells)} |"
