"""The arguments of every command; kept apart so that `--help` needs no heavy import."""

from __future__ import annotations

import argparse
from collections.abc import Callable

Parser = argparse.ArgumentParser
LANGUAGES = ("nl", "en")


def add(command: str, parser: Parser) -> None:
    """Add the arguments of a command to its parser."""
    _ADD.get(command, lambda _: None)(parser)


def _settings(parser: Parser) -> None:
    parser.add_argument(
        "--families",
        metavar="N",
        default="all",
        help="families at the start, both populations together, or 'all' (default) for full size",
    )
    parser.add_argument("--years", type=int, default=15, metavar="Y", help="years to live (15)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="seed of all luck (1)")
    parser.add_argument("--threads", type=int, default=2, metavar="T", help="threads (2)")
    parser.add_argument("--out", metavar="DIR", help="folder to save tables and run.json in")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")


def _run(parser: Parser) -> None:
    parser.add_argument("scenario", help="a scenario (`veerkracht scenarios`) or a .toml file")
    _settings(parser)


def _compare(parser: Parser) -> None:
    parser.add_argument("base", help="the scenario to compare with")
    parser.add_argument("alternatives", nargs="+", help="one or more other scenarios")
    _settings(parser)


def _levers(parser: Parser) -> None:
    parser.add_argument("--recommendation", type=int, choices=range(1, 12), metavar="1-11")
    parser.add_argument("--language", choices=LANGUAGES, default="en")


def _scenarios(parser: Parser) -> None:
    parser.add_argument("--language", choices=LANGUAGES, default="en")


def _parameters(parser: Parser) -> None:
    parser.add_argument("--grade", choices=("A", "B", "C", "D"), help="only this grade")
    parser.add_argument("--submodel", help="only this submodel, such as housing")


def _check(parser: Parser) -> None:
    parser.add_argument("scenario", help="a scenario file, or the name of a shipped one")
    parser.add_argument("--against", help="the scenario to hold it against (its own by default)")
    parser.add_argument("--language", choices=LANGUAGES, default="en")


def _new(parser: Parser) -> None:
    parser.add_argument("name", help="name of the new scenario, such as my_plan")
    parser.add_argument(
        "--from", dest="base", default="s01_reference", help="scenario to start from"
    )
    parser.add_argument("--folder", default=".", help="where to write the file (here)")


def _validate(parser: Parser) -> None:
    parser.add_argument(
        "--families", metavar="N", default="20000", help="families (20000), or 'all'"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--threads", type=int, default=2, metavar="T")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")


def _dashboard(parser: Parser) -> None:
    parser.add_argument("--port", type=int, default=8765, help="port on this machine (8765)")


_ADD: dict[str, Callable[[Parser], None]] = {
    "run": _run,
    "compare": _compare,
    "levers": _levers,
    "scenarios": _scenarios,
    "parameters": _parameters,
    "check": _check,
    "new": _new,
    "validate": _validate,
    "dashboard": _dashboard,
}
