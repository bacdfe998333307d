"""The arguments of the commands that fit."""

from __future__ import annotations

import argparse

Parser = argparse.ArgumentParser


def draws(parser: Parser) -> None:
    """Add `--draws`."""
    parser.add_argument(
        "--draws",
        default="none",
        metavar="WHICH",
        help="also run each replicate with other parameters: drawn from their priors (prior), or"
        " from a posterior (posterior, or the draws.parquet of a calibration); none is usual",
    )


def identify(parser: Parser) -> None:
    """Add the arguments of `identify`."""
    _fit(parser)


def calibrate(parser: Parser) -> None:
    """Add the arguments of `calibrate`."""
    _fit(parser)


def _fit(parser: Parser) -> None:
    parser.add_argument(
        "--out", required=True, metavar="DIR", help="folder to work in; a stopped fit goes on there"
    )
    parser.add_argument(
        "--targets", metavar="FILE", help="targets of your own, instead of the program's"
    )
    parser.add_argument(
        "--parameters",
        nargs="+",
        metavar="NAME",
        help="numbers to fit, or submodels such as school (those that move a fitted figure)",
    )
    parser.add_argument(
        "--restricted",
        action="store_true",
        help="the targets may not be shown cell by cell: mark what comes out so",
    )
    for name, default, metavar, what in (
        ("--families", 2000, "N", "families of a run"),
        ("--years", 10, "Y", "years of a run"),
        ("--seed", 1, "S", "seed of all luck"),
        ("--first", 400, "N", "runs that fill the priors"),
        ("--later", 130, "N", "runs of each later wave"),
        ("--waves", 4, "N", "waves at most, the first counted"),
    ):
        parser.add_argument(
            name, type=int, default=default, metavar=metavar, help=f"{what} ({default})"
        )
    parser.add_argument(
        "--workers", type=int, metavar="W", help="cores of this machine to use (all of them)"
    )
    parser.add_argument(
        "--cluster", metavar="ADDRESS", help="Dask scheduler to run on, such as tcp://host:8786"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
