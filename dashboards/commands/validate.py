"""The model held against what is published."""

from __future__ import annotations

import argparse

import calibration.validate as validation
from dashboards.commands.run import families_of


def validate(options: argparse.Namespace) -> int:
    """Print pattern by pattern, and figure by figure, whether the base holds."""
    size = families_of(options.families)
    table = validation.run(
        families=size, seed=options.seed, threads=options.threads, quiet=options.quiet
    )
    print(validation.text(table))
    return 0
