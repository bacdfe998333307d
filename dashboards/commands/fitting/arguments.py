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


POLICIES = ("s05_flex_law", "s13_school_entry", "s15_preschool", "s19_housing", "s21_all")
"""Scenarios whose effects are looked at when nobody says otherwise."""

OUTCOMES = ("vsv_vo_expected", "vsv_mbo_expected", "learning_at_12")
"""What effects are of when nobody says otherwise."""


def sensitivity(parser: Parser) -> None:
    """Add the arguments of `sensitivity`."""
    _working(parser)
    parser.add_argument(
        "--parameters",
        nargs="+",
        metavar="NAME",
        help="only these numbers, or submodels such as school (all that are free)",
    )
    parser.add_argument("--base", default="s01_reference", help="the scenario to compare with")
    parser.add_argument(
        "--scenarios",
        nargs="+",
        default=list(POLICIES),
        metavar="SCENARIO",
        help=f"scenarios whose effects are looked at ({', '.join(POLICIES)})",
    )
    parser.add_argument(
        "--outcome",
        action="append",
        metavar="NAME",
        help=f"what effects are of; may be repeated ({', '.join(OUTCOMES)})",
    )
    parser.set_defaults(outcomes=OUTCOMES)
    _numbers(
        parser,
        ("--families", 1000, "N", "families of a run"),
        ("--years", 10, "Y", "years of a run"),
        ("--seed", 1, "S", "seed of all luck"),
        ("--trajectories", 4, "N", "times that each number is moved, from other places"),
        ("--runs", 400, "N", "runs that split what is not known over some numbers; 0 for none"),
        ("--most", 24, "N", "numbers that it is split over, those that tell most"),
    )
    _where(parser)


def explore(parser: Parser) -> None:
    """Add the arguments of `explore`."""
    parser.add_argument("base", help="the scenario to compare with")
    parser.add_argument("alternative", help="the scenario that may fail to help")
    parser.add_argument(
        "--out", required=True, metavar="DIR", help="folder to work in; what stopped goes on there"
    )
    parser.add_argument(
        "--outcome", default="vsv_mbo_expected", metavar="NAME", help="of what (vsv_mbo_expected)"
    )
    parser.add_argument(
        "--wanted", choices=("less", "more"), help="which way helps (less of leaving school)"
    )
    parser.add_argument(
        "--least",
        type=float,
        metavar="SIZE",
        help="the least effect that helps, as tables show it (the smallest that matters)",
    )
    parser.add_argument(
        "--draws",
        default="prior",
        metavar="WHICH",
        help="worlds drawn from the priors (prior, the usual), or from a posterior (posterior, or"
        " the draws.parquet of a calibration); then by the numbers that were not fitted",
    )
    _numbers(
        parser,
        ("--pairs", 400, "N", "worlds, each a pair of runs; at most 600"),
        ("--families", 4000, "N", "families of a run"),
        ("--years", 10, "Y", "years of a run"),
        ("--seed", 1, "S", "seed of all luck"),
    )
    _where(parser)


def certainty(parser: Parser) -> None:
    """Add the arguments of `certainty`."""
    parser.add_argument("scenario", help="a plan that comes with the program")
    parser.add_argument(
        "--outcome", default=OUTCOMES[0], metavar="NAME", help=f"the outcome ({OUTCOMES[0]})"
    )
    parser.add_argument(
        "--language", choices=("nl", "en"), default="en", help="language of the words (en)"
    )


def _working(parser: Parser) -> None:
    parser.add_argument(
        "--out", required=True, metavar="DIR", help="folder to work in; what stopped goes on there"
    )
    parser.add_argument(
        "--targets", metavar="FILE", help="targets of your own, instead of the program's"
    )


def _numbers(parser: Parser, *asked: tuple[str, int, str, str]) -> None:
    for name, default, metavar, what in asked:
        parser.add_argument(
            name, type=int, default=default, metavar=metavar, help=f"{what} ({default})"
        )


def _where(parser: Parser) -> None:
    parser.add_argument(
        "--workers", type=int, metavar="W", help="cores of this machine to use (all of them)"
    )
    parser.add_argument(
        "--cluster", metavar="ADDRESS", help="Dask scheduler to run on, such as tcp://host:8786"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar")


def _fit(parser: Parser) -> None:
    _working(parser)
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
    _numbers(
        parser,
        ("--families", 2000, "N", "families of a run"),
        ("--years", 10, "Y", "years of a run"),
        ("--seed", 1, "S", "seed of all luck"),
        ("--first", 400, "N", "runs that fill the priors"),
        ("--later", 130, "N", "runs of each later wave"),
        ("--waves", 4, "N", "waves at most, the first counted"),
    )
    _where(parser)
