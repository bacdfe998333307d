"""New processes: import, the first compilation, and a start with compiled code on disk.

In processor time, so that other work on the machine counts for little.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from dashboards.cli import COMMANDS

FAMILIES, YEARS = 2_000, 15

_NOTHING = "pass"
_IMPORT = "from model import FamilyModel"
_FACES = {
    "tasks": "import scenarios.runs.task, scenarios.runs.places",
    "pages": "import dashboards.pages.app",
} | {
    f"command {name}": f"import dashboards.cli, dashboards.commands.{module}"
    for name, (module, _) in COMMANDS.items()
}
_RUN = f"""
import json, time
start = time.process_time()
from model import FamilyModel
imported = time.process_time()
model = FamilyModel(families={FAMILIES}, rng=1, years={YEARS})
made = time.process_time()
model.run()
run = time.process_time()
model.outcomes()
print(json.dumps({{
    "import": imported - start, "population": made - imported, "run": run - made,
    "table": time.process_time() - run,
}}))
"""

_ASKED = f"""
from scenarios import evaluate
evaluate(families={FAMILIES}, years={YEARS}, seed=1).numerators("hours_cv")
"""


def starts(repeats: int, tell: Callable[[str], None]) -> dict[str, Any]:
    """Return seconds of new processes: the fastest of `repeats`, the first compilation once."""
    with tempfile.TemporaryDirectory() as cache:
        environment = os.environ | {"XDG_CACHE_HOME": cache}
        tell("a first start, which compiles everything")
        first, _ = _timed(_RUN, environment)
        seconds: dict[str, list[float]] = {"nothing": [], "import": [], "second": [], "asked": []}
        parts: list[dict[str, float]] = []
        for turn in range(repeats):
            tell(f"start {turn + 1} of {repeats} with compiled code on disk")
            seconds["nothing"].append(_timed(_NOTHING, environment)[0])
            seconds["import"].append(_timed(_IMPORT, environment)[0])
            seconds["asked"].append(_timed(_ASKED, environment)[0])
            taken, printed = _timed(_RUN, environment)
            seconds["second"].append(taken)
            parts.append(json.loads(printed))
        tell("commands, tasks and pages")
        faces = {
            code: min(_timed(code, environment)[0] for _ in range(repeats))
            for code in dict.fromkeys(_FACES.values())
        }
    imports = {name: faces[code] for name, code in _FACES.items()}
    fastest = min(range(repeats), key=lambda turn: seconds["second"][turn])
    return {
        "python_seconds": min(seconds["nothing"]),
        "import_seconds": min(seconds["import"]),
        "imports": imports,
        "first_start_seconds": first,
        "second_start_seconds": min(seconds["second"]),
        "asked_seconds": min(seconds["asked"]),
        "second_start_parts": parts[fastest],
    }


def _timed(code: str, environment: dict[str, str]) -> tuple[float, str]:
    """Return the processor seconds of a process, and what it printed."""
    start = _of_children()
    done = subprocess.run(  # noqa: S603 - the code is above
        [sys.executable, "-c", code],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return _of_children() - start, done.stdout


def _of_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
