"""The arguments of commands that prove; kept apart so that `--help` needs no heavy import."""

from __future__ import annotations

import argparse

Parser = argparse.ArgumentParser
LANGUAGES = ("nl", "en")


def verify(parser: Parser) -> None:
    """Add the arguments of `verify`."""
    parser.add_argument(
        "folder", metavar="RUN", help="the folder of a run, or a file that was made of one"
    )
    parser.add_argument(
        "--replicates", type=int, metavar="N", help="run only the first N replicates of a run again"
    )
    parser.add_argument(
        "--live-again",
        action="store_true",
        help="also when another version of the model made it: live it with this one",
    )
    parser.epilog = (
        "A file is a report, a figure (.svg, .png), a page of twins, a CSV or Parquet file"
        " with the .about.json beside it, or an Excel file. Exit status: 0 the same numbers;"
        " 1 other numbers; 2 damaged or not possible; 3 another version of the model made"
        " it, so that it was not lived again;"
        " 4 nobody can tell, since the file carries no proof, or was cut or edited."
    )
    parser.add_argument("--workers", type=int, metavar="W", help="cores to use (all of them)")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    parser.add_argument(
        "--cluster", metavar="ADDRESS", help="Dask scheduler to run on, such as tcp://host:8786"
    )
    _language(parser, "of what is printed: en (default) or nl")


def figure(parser: Parser) -> None:
    """Add the arguments of `figure`."""
    parser.add_argument("folder", metavar="RUN", help="the folder of a run")
    parser.add_argument(
        "file", metavar="FILE", help="where to write: a name ending in .svg or .png"
    )
    parser.add_argument(
        "--outcome", required=True, metavar="NAME", help="what is drawn (`veerkracht outcomes`)"
    )
    parser.add_argument(
        "--scenario", metavar="NAME", help="which scenario, if the run has several beside its base"
    )
    parser.add_argument(
        "--force", action="store_true", help="write over a file that is no export of veerkracht too"
    )
    _language(parser, "of the words in it: en (default) or nl")


def _language(parser: Parser, told: str) -> None:
    parser.add_argument("--language", choices=LANGUAGES, default="en", help=told)
