"""Write the pages of `docs/` that are made from the program: `python -m dashboards.documents`."""

from __future__ import annotations

import sys

from dashboards.documents import (
    calibrated,
    causal_graph,
    effects,
    evidence,
    files,
    limits,
    priors,
    recommendations,
    targets,
    trace,
    validation,
)
from dashboards.documents.odd import page as odd
from model.errors import VeerkrachtError


def main() -> None:
    """Write the pages that are made from the program anew."""
    calibrated.write()
    causal_graph.write()
    effects.write()
    evidence.write()
    files.write()
    limits.write()
    odd.write()
    priors.write()
    recommendations.write()
    targets.write()
    validation.write()
    trace.write()


if __name__ == "__main__":
    try:
        main()
    except VeerkrachtError as error:
        sys.exit(f"python -m dashboards.documents: {error}")
