"""The command `veerkracht`: the terminal is a face too. Heavy imports wait for their command."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module, metadata
from io import TextIOWrapper
from typing import NoReturn

from dashboards import faults, stopping
from model.errors import LONGEST, VeerkrachtError, nearest, printable, shortened

COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("run", "let families live under a scenario and save what happened"),
    "compare": ("comparing.compare", "let the same families live under two or more scenarios"),
    "reach": (
        "pairs.reach",
        "say whom a scenario reaches: by which lever, directly or through others",
    ),
    "results": ("results", "list stored runs, or write one as CSV or Excel"),
    "verify": (
        "proving.verify",
        "make a run, a figure or a file of numbers again: the same, or different and where",
    ),
    "twins": ("pairs.twins", "follow one family under two policies, and see where its lives part"),
    "flows": ("pairs.flows", "follow families from contract to contract, under two policies"),
    "cohorts": ("pairs.cohorts", "follow children born, or arrived, in one year to 18 and to 23"),
    "attribute": (
        "pairs.attribute",
        "split a difference over the ways by which policy reaches children",
    ),
    "audit": ("checks", "check that two worlds hold the same people with the same luck"),
    "report": ("show", "write a run as one HTML file to hand over"),
    "figure": ("proving.figure", "draw a difference of a run as SVG or PNG that proves itself"),
    "scenarios": ("lists", "list the scenarios that come with the program"),
    "levers": ("lists", "list the levers of policy, or those of one recommendation"),
    "outcomes": ("lists", "list what is observed, with unit and what difference matters"),
    "parameters": ("lists", "list the numbers of the world, with source and grade"),
    "explain": ("lists", "print the month: the steps that every family goes through"),
    "check": ("files", "explain a scenario file in plain words, and find mistakes in it"),
    "new": ("files", "write a commented scenario file to start from"),
    "schema": ("files", "print the JSON schema of scenario files, for editors"),
    "validate": ("checks", "hold the model against what is published"),
    "sensitivity": (
        "fitting.sensitivity",
        "say which numbers of the world figures and policy effects hang on",
    ),
    "identify": (
        "fitting.calibrate",
        "say what the targets can pin down before anything is fitted",
    ),
    "calibrate": (
        "fitting.calibrate",
        "fit numbers of the world to targets, and leave draws of them",
    ),
    "certainty": (
        "fitting.certainty",
        "say what an outcome of a plan rests on, and what would turn it",
    ),
    "explore": (
        "fitting.explore",
        "find where a policy fails to help, among worlds that the evidence allows",
    ),
    "cbs": ("outside.cbs", "fetch tables of CBS, read own files, and check what CBS sends"),
    "target": ("outside.target", "make a target of a table, and see how near the model comes"),
    "cache": ("cache", "say what is kept to save time, and clear it"),
    "dashboard": ("show", "open the pages on this machine"),
}
"""Commands: the module under `dashboards.commands` that has them, and one line of help."""

FAULT, INTERRUPTED = 2, 130


class Parser(argparse.ArgumentParser):
    """A parser whose refusals hold no signs that steer the terminal."""

    def error(self, message: str) -> NoReturn:
        """End the program with what is wrong with an argument."""
        super().error(shortened(printable(message), LONGEST))

    def options(self) -> list[str]:
        """Return the options of this parser and of the commands below it, such as `cbs fetch`."""
        below = [action.choices for action in self._actions if action.nargs == argparse.PARSER]
        parts = [
            part for choices in below if isinstance(choices, dict) for part in choices.values()
        ]
        return [*self._option_string_actions, *(name for part in parts for name in part.options())]


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; it imports nothing heavy."""
    top = Parser(
        prog="veerkracht",
        description="EU labour-migrant families in the Netherlands, under one policy and another.",
        epilog="`veerkracht COMMAND --help` explains a command.",
    )
    version = f"veerkracht {metadata.version('veerkracht')}"
    top.add_argument("--version", action="version", version=version)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    from dashboards.commands import arguments

    for name, (_, line) in COMMANDS.items():
        arguments.add(name, commands.add_parser(name, help=line, description=_sentence(line)))
    return top


def _sentence(line: str) -> str:
    return line[0].upper() + line[1:] + "."


def understood(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Return what a command line asks; end the program when it has an argument that is not known.

    The command itself refuses it, with its own usage and the nearest option that it has.
    """
    options, unknown = parser().parse_known_args(argv)
    if unknown:
        _refuse(options.command, unknown)
    return options


def _refuse(command: str, unknown: Sequence[str]) -> NoReturn:
    from dashboards.commands import arguments

    asked = Parser(prog=f"veerkracht {command}")
    arguments.add(command, asked)
    name = unknown[0].partition("=")[0]
    asked.error(f"unrecognized arguments: {' '.join(unknown)}.{nearest(name, asked.options())}")


def start() -> int:
    """Run the command of the terminal, which a signal may stop; return its exit status."""
    try:
        stopping.listen()
        status = main()
    except stopping.Stopped as stopped:
        status = stopped.status
    stopping.close()
    return status


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return 0, or another status after one clear message on standard error."""
    options = understood(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    name = f"veerkracht {options.command}"
    if sys.stdout is None:
        _say(f"{name}: cannot print: standard output is closed.")
        return FAULT
    try:
        module = import_module(f"dashboards.commands.{COMMANDS[options.command][0]}")
        status = int(getattr(module, options.command)(options) or 0)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        stopped = error if isinstance(error, KeyboardInterrupt) else stopping.asked()
        if stopped is not None:
            _say(f"\nStopped.{_GOES_ON if getattr(options, 'out', None) else ''}")
            return stopped.status if isinstance(stopped, stopping.Stopped) else INTERRUPTED
        if not _is_told(error, name):
            raise
        return FAULT
    return status


def _is_told(error: BaseException, name: str) -> bool:
    """Say what is wrong in one message; return False for what is a fault of the program."""
    if isinstance(error, VeerkrachtError):
        _say(f"{name}: {error}")
    elif isinstance(error, MemoryError):
        _say(f"{name}: {faults.told(error)}")
    elif not isinstance(error, OSError):
        return False
    elif error.filename is None and error.errno in _OF_PRINTING:
        _give_up_output()
        if not isinstance(error, BrokenPipeError):
            _say(f"{name}: cannot print: {error.strerror}.")
    else:
        _say(f"{name}: {shortened(printable(faults.told(error)), LONGEST)}")
    return True


_OF_PRINTING = {errno.EBADF, errno.EFBIG, errno.EIO, errno.ENOSPC, errno.EPIPE}
"""What is wrong without the name of a file: other faults of writing become a StorageError, which
names the place, where they occur."""

_GOES_ON = " The same command goes on with what lies in --out."


def _say(text: str) -> None:
    """Print on standard error, if that can be."""
    with suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def _give_up_output() -> None:
    """Leave nothing in standard output that Python would try to print once more at the end."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(start())
