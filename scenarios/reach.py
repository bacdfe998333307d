"""Who is reached: how many families and children a lever touches, and how many lives change."""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.ages import COUNT_UNTIL
from model.clock import MONTHS_PER_YEAR, school_year
from model.enums import Population, Status
from model.levers import LEVERS
from model.scenario import Scenario
from scenarios.worlds import ALTERNATIVE, Progress, Stop, Worlds

ANY, CHANGED = "any", "changed"
"""Two rows beside the levers: reached by any of them, and living another life than in the base."""

REACH_COLUMNS = (
    "school_year",
    "population",
    "reached_by",
    "share_families",
    "share_children",
    "n_families",
    "n_children",
)


def reach(
    base: Scenario,
    alternative: Scenario,
    *,
    families: int | None = 2000,
    years: int = 15,
    rng: int = 1,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> pd.DataFrame:
    """Return the shares of families and children that each lever reaches in each school year.

    Columns REACH_COLUMNS; `reached_by` is a lever, ANY of them, or CHANGED: the family's life has
    parted from its life in the base, directly or through others, at any time so far. A child is
    reached with its family or on its own. Levers count as moved against the base. Raises InputError
    when the two scenarios do not start with the same people.
    """
    worlds = Worlds(base, alternative, families=families, years=years, rng=rng)
    parted = np.zeros(worlds.states[ALTERNATIVE].families.size, bool)
    frames: list[pd.DataFrame] = []

    def watch(present: Worlds) -> None:
        np.logical_or(parted, present.differing(), out=parted)
        if present.month % MONTHS_PER_YEAR == MONTHS_PER_YEAR - 1:
            frames.append(_year(present, parted))

    worlds.run(watch, progress, cancelled)
    table = pd.concat(frames, ignore_index=True)
    seen = table.groupby("reached_by")["share_families"].transform("max") > 0
    return table[seen | table["reached_by"].isin((ANY, CHANGED))].reset_index(drop=True)


def _year(worlds: Worlds, parted: np.ndarray) -> pd.DataFrame:
    state = worlds.states[ALTERNATIVE]
    owner = worlds.family_of_child
    here = np.isin(state.families["status"], (Status.IN_NL, Status.ABROAD_TEMP))
    ages = worlds.month - state.children["birth_month"].astype(np.int64)
    present = (owner >= 0) & here[owner] & (ages >= 0) & (ages < COUNT_UNTIL)
    of_children = state.children["touched"] | state.families["touched"][owner]
    of_families = state.families["touched"].copy()
    np.bitwise_or.at(of_families, owner[present], state.children["touched"][present])
    reached = {lever.name: np.uint64(lever.bit) for lever in LEVERS}
    frames = []
    for population in Population:
        ours = here & (state.families["population"] == population)
        theirs = present & ours[owner]
        marks = of_families[ours], of_children[theirs]
        lives = parted[ours], parted[owner[theirs]]
        found = {name: [_share(one & bit != 0) for one in marks] for name, bit in reached.items()}
        found[ANY] = [_share(one != 0) for one in marks]
        found[CHANGED] = [_share(one) for one in lives]
        rows = [(name, *shares) for name, shares in found.items()]
        frame = pd.DataFrame(rows, columns=list(REACH_COLUMNS[2:5]))
        frame = frame.assign(
            school_year=school_year(worlds.month),
            population=population.name.lower(),
            n_families=int(ours.sum()),
            n_children=int(theirs.sum()),
        )
        frames.append(frame[list(REACH_COLUMNS)])
    return pd.concat(frames, ignore_index=True)


def _share(chosen: np.ndarray) -> float:
    return float(chosen.mean()) if chosen.size else 0.0
