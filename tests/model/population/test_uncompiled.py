"""Who steps through the model with a debugger switches compilation off: the same people come."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from model.policy.scenario import FROZEN_2023
from model.policy.timetable import build
from model.run.build import build_population
from model.state import State

FAMILIES, YEARS = 40, 1
WRITE = f"""
import sys, warnings
import numpy as np
from model.policy.scenario import FROZEN_2023
from model.policy.timetable import build
from model.run.build import build_population

warnings.simplefilter("ignore")
state = build_population(build(FROZEN_2023, {12 * YEARS}), 1, {FAMILIES})
np.savez(sys.argv[1], families=state.families, adults=state.adults, children=state.children)
"""


def test_without_compilation_the_same_families_are_laid_down(tmp_path: Path) -> None:
    kept = tmp_path / "people.npz"
    subprocess.run(
        [sys.executable, "-c", WRITE, str(kept)],
        check=True,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
    )
    compiled: State = build_population(build(FROZEN_2023, 12 * YEARS), 1, FAMILIES)
    with np.load(kept) as people:
        for name, rows in people.items():
            for field in rows.dtype.names:
                np.testing.assert_allclose(
                    rows[field], getattr(compiled, name)[field], rtol=1e-6, err_msg=field
                )
