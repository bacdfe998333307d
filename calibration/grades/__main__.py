"""Live the study and keep it: `make grades`."""

from __future__ import annotations

import argparse
from pathlib import Path

from calibration.grades.found import write
from calibration.grades.live import live


def main() -> None:
    """Live what the command line asks for, and write the tables."""
    parser = argparse.ArgumentParser(description="What each grade of evidence leaves possible.")
    parser.add_argument("--runs", type=Path, default=Path("build/grades"))
    parser.add_argument("--workers", type=int)
    options = parser.parse_args()
    write(live(options.runs, workers=options.workers))


if __name__ == "__main__":
    main()
