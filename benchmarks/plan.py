"""What is measured: sizes, months, rounds."""

from __future__ import annotations

from dataclasses import dataclass

SEED = 1


@dataclass(frozen=True)
class Plan:
    """What one run of the benchmark does.

    `sizes` families at the start live `months`; `by_agents` families live `agent_months` agent by
    agent, and as objects that only work; `counted` families have their draws counted; `full`
    families (None is the full size) live `years`; everything is done `rounds` times, and a new
    process is started `starts` times.
    """

    sizes: tuple[int, ...]
    months: int
    by_agents: int
    agent_months: int
    counted: int
    full: int | None
    years: int
    rounds: int
    starts: int


WHOLE = Plan(
    sizes=(1_000, 10_000, 100_000, 1_000_000),
    months=24,
    by_agents=1_000,
    agent_months=12,
    counted=300,
    full=None,
    years=15,
    rounds=5,
    starts=5,
)

QUICK = Plan(
    sizes=(1_000, 10_000, 100_000),
    months=12,
    by_agents=300,
    agent_months=12,
    counted=60,
    full=None,
    years=5,
    rounds=2,
    starts=2,
)
