"""A figure of a run as a file: SVG or PNG, with all that is needed to prove it."""

from __future__ import annotations

import argparse

from dashboards.commands.terminal import Terminal
from dashboards.report.pictures import Picture, form_of, is_picture, picture
from dashboards.texts import texts
from model.errors import InputError
from scenarios.destinations import destination
from scenarios.runs.run import open_run


def figure(options: argparse.Namespace) -> int:
    """Draw the difference of an outcome and say where the file is."""
    form = form_of(options.file)
    place = destination(options.file, is_picture, force=options.force)
    run = open_run(options.folder)
    others = run.scenarios[1:]
    if options.scenario is None and len(others) > 1:
        told = ", ".join(others)
        raise InputError(f"this run has several scenarios: {told}. Name one with --scenario.")
    asked = Picture(
        outcome=options.outcome,
        scenario=options.scenario or "".join(others),
        language=options.language,
        form=form,
    )
    place.write(picture(run, asked))
    t = texts(options.language)
    console = Terminal(stderr=place.is_standard_output)
    console.print(t("terminal.written", place=str(place)), soft_wrap=True)
    console.print(t("stored.proves", place=str(place)), soft_wrap=True)
    return 0
