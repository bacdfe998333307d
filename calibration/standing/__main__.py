"""Live the base for twenty years, five times, and tell what moved: `make standing`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from calibration.standing.judge import Moved, OffWave, moved, off_wave
from calibration.standing.kept import keep
from calibration.standing.watch import Standing
from calibration.verdicts import NO, NOT_JUDGED, YES
from scenarios.runs.harness import evaluate

PAGE = Path(__file__).parents[2] / "docs" / "standing.md"
FAMILIES, YEARS, SEEDS = 8000, 20, 40

_PEOPLE = 100.0
"""From here on numbers are people; shares and years lie below."""

SHOWN_YEARS = (0, 5, 10, 15, 20)
"""Years from the start in which it is told who is there."""


class Run(NamedTuple):
    """What `Standing` counted: by quantity, children by age (years, ages), and who is there."""

    numbers: Mapping[str, np.ndarray]
    children: np.ndarray
    who: Sequence[Mapping[str, float]]


def live(seed: int, families: int = FAMILIES, years: int = YEARS) -> Run:
    """Live the base once."""
    watch = Standing()
    evaluate(families=families, years=years, seed=seed, groups=("all",), observers=[watch])
    return Run(watch.numbers, watch.children, watch.who)


def page(
    found: Sequence[Moved], wave: Sequence[OffWave], who: Sequence[Mapping[str, float]]
) -> str:
    """Return the page: what does not stand first, then what does, then what is not judged."""
    order = {NO: 0, YES: 1, NOT_JUDGED: 2}
    rows = sorted(found, key=lambda one: (order.get(one.verdict, 3), -_far(one)))
    count = {verdict: sum(one.verdict == verdict for one in found) for verdict in order}
    head = (
        "# Does the base stand still?\n\n"
        "Made by `make standing`. In the base nothing changes but who is there: what moves among\n"
        "people alike is the start state that the rules do not keep up.\n\n"
        f"{SEEDS} runs of {FAMILIES:,} families, {YEARS} years, laws of 2023. Children are compared"
        " by age and\nage on arrival, leaving by stage, year and age, families by how they came and"
        " how long they are\nhere (comparable: by the age of the oldest child), school years 2-20"
        " against 1-3; cells weigh as in\nthe first years. Shares and rates may move by 5% or .003,"
        " scores by .03 SD, money by 3%. A row with\nan error of more than half of that is not"
        " judged. `last` is the mean of the last five whole years.\n\n"
        f"**{count[YES]} stand, {count[NO]} move, {count[NOT_JUDGED]} are not judged.**\n\n"
        "| quantity | among | first | later | last | moved | error | may move | |\n"
        "|---|---|---:|---:|---:|---:|---:|---:|---|\n"
    )
    lines = [
        f"| {one.row.quantity} | {one.row.among} | {one.first:.4g} | {one.later:.4g} |"
        f" {one.last:.4g} | {one.moved:+.3g} | {one.error:.2g} | {one.tolerance:.2g} |"
        f" {_word(one.verdict)} |"
        for one in rows
    ]
    counts = (
        "\n\n## Counts follow the wave\n\n"
        "Children in July, at the size of the register, against the account"
        " (`docs/population.md`), in\nthe year in which they are farthest from it; within 4%.\n\n"
        "| age | year | account | model | off | |\n|---|---:|---:|---:|---:|---|\n"
    )
    bands = [
        f"| {one.band} | {one.year} | {one.account:,.0f} | {one.found:,.0f} | {one.off:+.1%} |"
        f" {_word(one.verdict)} |"
        for one in wave
    ]
    return head + "\n".join(lines) + counts + "\n".join(bands) + "\n" + _there(who)


def _there(who: Sequence[Mapping[str, float]]) -> str:
    """Return the table of who is there in some years."""
    shown = [year for year in SHOWN_YEARS if year < len(who)]
    head = (
        "\n## Who is there\n\n"
        "EU-11 families at the size of the register; the start is August 2023, then July of each"
        " year.\nOf the year before the start only those are there who are still here.\n\n"
        f"| | {' | '.join('start' if year == 0 else str(2023 + year) for year in shown)} |\n"
        f"|---|{'---:|' * len(shown)}\n"
    )
    lines = [
        f"| {name} | {' | '.join(_number(who[year][name]) for year in shown)} |" for name in who[0]
    ]
    return head + "\n".join(lines) + "\n"


def _number(value: float) -> str:
    return f"{value:.3g}" if value < _PEOPLE else f"{value:,.0f}"


def _far(one: Moved) -> float:
    return abs(one.moved) / max(1e-12, one.tolerance)


def _word(verdict: str) -> str:
    return {YES: "stands", NO: "**moves**"}.get(verdict, verdict)


def main(live: Callable[[int], Run] = live) -> None:
    """Live all runs, keep what was found, and write the page."""
    runs = [live(seed) for seed in range(1, 1 + SEEDS)]
    children = np.mean([run.children for run in runs], axis=0)
    who = [
        {name: float(np.mean([one[name] for one in same])) for name in same[0]}
        for same in zip(*(run.who for run in runs), strict=True)
    ]
    found, wave = moved([run.numbers for run in runs]), off_wave(children)
    keep(found, wave)
    text = page(found, wave, who)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
