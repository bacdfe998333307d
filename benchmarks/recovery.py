"""Does a fit of one's own find what is true? `make recovery ARGS="fit"` (minutes; none is lived).

Prints how often intervals hold runs that were held back, by the likelihood of a fit and by one that
leaves out the luck of a run, whose intervals have to hold too little.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from calibration.fitting.kept import PLAN, Folder
from calibration.posterior.recovery import SHARES, TRUTHS, allowed, recovered
from calibration.targets.reader import load_targets, targets_in
from model.errors import VeerkrachtError


def main() -> None:
    """Hold runs of a calibration back, find them again, and print how often intervals hold them."""
    parser = argparse.ArgumentParser(description="Does a fit find what is true?")
    parser.add_argument("fit", type=Path, help="the folder of a calibration")
    parser.add_argument("--targets", type=Path, help="its targets, if they were a file")
    parser.add_argument("--truths", type=int, default=TRUTHS)
    options = parser.parse_args()
    if not (options.fit / PLAN).exists():
        parser.error(f"{options.fit} holds no calibration: {PLAN} is not there")
    plan = json.loads((options.fit / PLAN).read_text("utf-8"))
    there = targets_in(options.targets) if options.targets else list(load_targets().values())
    targets = [one for one in there if one.id in plan["targets"] and one.use == "fit"]
    try:
        found = recovered(Folder(options.fit), plan, targets, options.truths)
    except VeerkrachtError as error:
        parser.error(str(error))
    for kind, one in found.items():
        print(f"{kind}: {one.truths} truths, {one.figures} figures, {one.numbers} numbers")
        for of, covered, uniform in (
            ("all numbers", one.covered, one.uniform),
            (f"{one.known} of which figures speak", one.covered_known, one.uniform_known),
        ):
            if uniform is None:
                continue
            held = ", ".join(
                f"{share:.0%}: {by:.3f} ± {allowed(share, one.truths):.3f}"
                for share, by in zip(SHARES, covered, strict=True)
            )
            print(f"  {of}: {held}; uniform ranks p = {uniform:.3f}")


if __name__ == "__main__":
    main()
