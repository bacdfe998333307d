"""The pages and the report, from the terminal."""

from __future__ import annotations

import argparse
import os
import sys
from typing import NoReturn

from dashboards.commands.terminal import Terminal
from dashboards.report.report import write_report
from dashboards.texts import texts
from model.errors import InputError
from scenarios.runs.run import open_run


def dashboard(options: argparse.Namespace) -> NoReturn:
    """Become the program that serves the pages, so that signals reach it and nobody between."""
    command = [sys.executable, "-m", "dashboards.serve", "--host", options.host]
    command += ["--port", str(options.port), "--root-path", options.root_path]
    command += [part for name in options.name for part in ("--name", name)]
    os.execv(sys.executable, command)  # noqa: S606 - our own module


def report(options: argparse.Namespace) -> int:
    """Write the report and say where it is."""
    if options.reach < 0 or options.reach == 1:
        message = f"--reach {options.reach} is not possible. Give 0, or 2 families and more."
        raise InputError(message)
    name = options.file or f"report-{options.language}.html"
    run = open_run(options.folder)
    place = write_report(
        run, name, options.language, reach_families=options.reach, force=options.force
    )
    told = texts(options.language)("terminal.written", place=str(place))
    Terminal(stderr=place.is_standard_output).print(told, soft_wrap=True)
    return 0
