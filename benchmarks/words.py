"""Do twelve rooms hear the same? What the page says of a scenario, with twelve different seeds.

`make words`, or `python -m benchmarks.words`. Each seed is a visitor who opens the page: the words
at every look are held against all seeds together. Writes docs/words.md.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from dashboards.figures.scales import HEADLINES
from dashboards.service.answering import FIRST, REFINED
from dashboards.service.prepared import TODAY
from dashboards.texts import texts
from scenarios import load
from scenarios.asking.paired_sums import PairedSums
from scenarios.asking.question import Question
from scenarios.asking.replicates import Memory, Replicates
from scenarios.statistics.words import Look

DOCUMENT = Path(__file__).parents[1] / "docs" / "words.md"
SCENARIOS = ("s02_bandwidth", "s05_flex_law", "s08_information", "s15_preschool", "s19_housing")
LOOKS = range(FIRST, REFINED + 1, 4)
NAMED = ("less", "more")
SEEDS_APART = 1000
"""Seeds of replicates follow each other; those of visitors lie so far apart."""

HEAD = """# Words over seeds

What Verken says of a scenario beside today's policy, had it been opened with other seeds: {seeds}
visitors, each with up to {most} replicates of 500 families over 15 years. All of them together
stand for the truth. A word is wrong when it names a direction that all together do not have, or
calls small what all together are surely not. `make words` makes this page.

{wrong} of {said} words at all looks were wrong. {unconfirmed} of {named} last words name a
direction that all together do not confirm, because their 95% interval holds zero.

| scenario | outcome | all together | {columns} | wrong | not confirmed |
|---|---|---:|{lines}---:|---:|
"""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What visitors were told of an outcome: all looks, the last ones, and all seeds together."""

    scenario: str
    outcome: str
    words: Counter[str]
    last: Counter[str]
    together: Look
    wrong: int
    unconfirmed: int


def is_wrong(look: Look, low: float, high: float) -> bool:
    """Return whether what a look says is refuted by an interval of the truth."""
    word = look.word.removeprefix("seems_")
    smallest = look.answer.smallest.value
    return (
        (word == "less" and low > 0)
        or (word == "more" and high < 0)
        or (word == "small" and (low > smallest or high < -smallest))
        or (word == "none" and (low > 0 or high < 0))
    )


def together_of(lived: Sequence[PairedSums]) -> PairedSums:
    """Return the sums of all replicates of some answers to the same question."""
    return replace(
        lived[0],
        numerators=np.concatenate([one.numerators for one in lived], axis=-1),
        denominators=np.concatenate([one.denominators for one in lived], axis=-1),
    )


def told(scenario: str, seeds: int, memory: Memory) -> Iterator[Told]:
    """Yield what so many visitors were told of a scenario, outcome by outcome."""
    lived = []
    for seed in range(seeds):
        question = Question(
            base=load(TODAY), alternative=load(scenario), seed=1 + SEEDS_APART * seed
        )
        one = Replicates(question, memory)
        while one.n < REFINED:
            one.live()
        lived.append(one.sums())
    whole = together_of(lived)
    for outcome in HEADLINES:
        together = whole.look(outcome)
        looks = [[sums.first(n).look(outcome) for n in LOOKS] for sums in lived]
        low, high = together.answer.low, together.answer.high
        yield Told(
            scenario=scenario,
            outcome=outcome,
            words=Counter(look.word for one in looks for look in one),
            last=Counter(one[-1].word for one in looks),
            together=together,
            wrong=sum(is_wrong(look, low, high) for one in looks for look in one),
            unconfirmed=0 if low > 0 or high < 0 else sum(one[-1].word in NAMED for one in looks),
        )


def page(rows: Sequence[Told], seeds: int) -> str:
    """Return the page."""
    t = texts("en")
    words = sorted({word for row in rows for word in row.last})
    head = HEAD.format(
        seeds=seeds,
        most=REFINED,
        wrong=sum(row.wrong for row in rows),
        said=sum(sum(row.words.values()) for row in rows),
        unconfirmed=sum(row.unconfirmed for row in rows),
        named=sum(row.last[word] for row in rows for word in NAMED),
        columns=" | ".join(f'"{t(f"look.{word}")}"' for word in words),
        lines="---:|" * len(words),
    )
    return head + "".join(_row(row, words) + "\n" for row in rows)


def _row(row: Told, words: Sequence[str]) -> str:
    answer = row.together.answer
    counts = " | ".join(str(row.last[word]) for word in words)
    value, low, high = (f"{one:+.5f}" for one in (answer.value, answer.low, answer.high))
    # Where no replicate differs, chance has nothing to say.
    told = "the same in all" if math.isnan(answer.low) else f"{value} ({low} to {high})"
    what = f"{row.scenario} | `{row.outcome}` | {told}"
    return f"| {what} | {counts} | {row.wrong} | {row.unconfirmed} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Live it and write the page; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=12)
    given = parser.parse_args(arguments)
    memory = Memory(most_runs=1)
    rows = [row for name in SCENARIOS for row in told(name, given.seeds, memory)]
    DOCUMENT.write_text(page(rows, given.seeds), encoding="utf-8")
    print(page(rows, given.seeds))
    return int(any(row.wrong for row in rows))


if __name__ == "__main__":
    raise SystemExit(main())
