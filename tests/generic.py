"""A month compiled for any x86-64 processor gives the same bits: `make generic` (minutes).

The months of a run are lived twice, each in a process of its own: compiled for this processor, and
for a generic one, which has nothing of what processors have had beside since 2003. The second
compiles everything anew.
"""

from __future__ import annotations

import argparse
import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path

from model.calendar import MONTHS_PER_YEAR
from model.policy.timetable import build
from model.run.build import laid_down
from model.run.engine import live_out
from scenarios import load

SCENARIO, FAMILIES, SEED, MONTHS = "s21_all", 200, 3, 15 * MONTHS_PER_YEAR
GENERIC = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""}


def main() -> int:
    """Compare; return 1 when bits differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--people", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.people is not None:
        print(lived(options.people))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "people"
        place.write_bytes(people())
        here, generic = told(place), told(place, **GENERIC)
    print(f"this processor: {here}\na generic one:  {generic}")
    if here.split()[0] == generic.split()[0]:
        print("This processor has nothing that a generic one lacks: nothing was compared.")
        return 1
    is_same = here.split()[1] == generic.split()[1]
    print("The same bits." if is_same else "Other bits.")
    return 0 if is_same else 1


def people() -> bytes:
    """Return who lives the months, laid down once: NumPy's last digit is the processor's too."""
    return pickle.dumps(laid_down(build(load(SCENARIO), MONTHS), SEED, FAMILIES, live_out))


def lived(place: Path) -> str:
    """Return for which processor the months were compiled, and the digest of what was lived."""
    state = live_out(pickle.loads(place.read_bytes()), build(load(SCENARIO), MONTHS), SEED)  # noqa: S301 - written above
    from numba.core.registry import cpu_target  # noqa: PLC0415 - only the one who compiled

    _, name, features = cpu_target.target_context.codegen().magic_tuple()
    return f"{name}+{len(list(filter(None, features.split(','))))} {state.digest()}"


def told(place: Path, **environment: str) -> str:
    """Return what a new process says."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.generic", "--people", str(place)],
        env=os.environ | environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
