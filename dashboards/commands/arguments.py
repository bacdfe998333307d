"""The arguments of every command; kept apart so that `--help` needs no heavy import."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from dashboards.commands.fitting import arguments as fitting
from dashboards.commands.outside import arguments as outside
from dashboards.commands.proving import arguments as proving

Parser = argparse.ArgumentParser
LANGUAGES = ("nl", "en")
CACHED = ("compiled", "populations", "answers", "downloads")
"""The kinds of `model.disk.cache`, whose import costs more than a list of them; a test compares."""


def add(command: str, parser: Parser) -> None:
    """Add the arguments of a command to its parser."""
    if command in _ADD:
        _ADD[command](parser)


def _settings(parser: Parser) -> None:
    parser.add_argument(
        "--families",
        metavar="N",
        default="all",
        help="families at the start, both populations together, or 'all' (default) for full size",
    )
    parser.add_argument("--years", type=int, default=15, metavar="Y", help="years to live (15)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="seed of all luck (1)")
    parser.add_argument(
        "--workers", type=int, metavar="W", help="cores of this machine to use (all of them)"
    )
    parser.add_argument(
        "--out", metavar="DIR", help="folder to save in; a stopped run goes on there"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar")


def _run(parser: Parser) -> None:
    parser.add_argument("scenario", help="a scenario (`veerkracht scenarios`) or a .toml file")
    parser.add_argument(
        "--replicates", type=int, default=1, metavar="N", help="runs, each with other luck (1)"
    )
    fitting.draws(parser)
    _language(parser)
    _settings(parser)


def _compare(parser: Parser) -> None:
    parser.add_argument("base", help="the scenario to compare with")
    parser.add_argument("alternatives", nargs="+", help="one or more other scenarios")
    how_many = parser.add_mutually_exclusive_group()
    how_many.add_argument(
        "--replicates", type=int, default=1, metavar="N", help="pairs, each with other luck (1)"
    )
    how_many.add_argument(
        "--until-settled",
        metavar="OUTCOME",
        help="run pairs until the order of the scenarios in this outcome is settled",
    )
    parser.add_argument(
        "--budget", type=int, default=200, metavar="N", help="most pairs for --until-settled (200)"
    )
    fitting.draws(parser)
    _cluster(parser)
    _chosen(parser)
    _language(parser)
    _settings(parser)


def _language(parser: Parser) -> None:
    parser.add_argument(
        "--language", choices=LANGUAGES, default="en", help="of what is printed: en (default) or nl"
    )


def _cluster(parser: Parser) -> None:
    parser.add_argument(
        "--cluster", metavar="ADDRESS", help="Dask scheduler to run on, such as tcp://host:8786"
    )


def _chosen(parser: Parser) -> None:
    parser.add_argument(
        "--outcome", action="append", metavar="NAME", help="only this outcome; may be repeated"
    )
    parser.add_argument(
        "--by",
        choices=("municipality", "family_type", "letter_group", "origin", "years_in_nl"),
        help="a row for each group of this kind",
    )
    parser.add_argument("--year", metavar="YEAR", help="a school year, such as 2030/31, or 'each'")


def _force(parser: Parser) -> None:
    parser.add_argument(
        "--force", action="store_true", help="write over a file that is no export of veerkracht too"
    )


def _reach(parser: Parser) -> None:
    parser.add_argument("base", help="the scenario to compare with")
    parser.add_argument("alternative", help="the scenario whose reach is asked")
    parser.add_argument(
        "--families", metavar="N", default="4000", help="families (4000), or 'all' for full size"
    )
    parser.add_argument("--years", type=int, default=15, metavar="Y", help="years to live (15)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="seed of all luck (1)")
    parser.add_argument(
        "--population",
        choices=("eu11", "comparable"),
        default="eu11",
        help="whose reach is shown (eu11); the file has both",
    )
    parser.add_argument(
        "--out",
        metavar="FILE",
        help="write the rows to FILE (.csv or .parquet), or to - (standard output)",
    )
    _force(parser)
    _language(parser)
    parser.add_argument("--quiet", action="store_true", help="no progress bar")


def _results(parser: Parser) -> None:
    parser.add_argument("folder", nargs="?", default=".", help="where to look (here), or a run")
    parser.add_argument(
        "--csv", metavar="FILE", help="write the numbers of the run as CSV; - prints them"
    )
    parser.add_argument(
        "--csv-nl", metavar="FILE", help="the same for Dutch spreadsheets: ; and decimal comma"
    )
    parser.add_argument(
        "--excel", metavar="FILE", help="write a summary and the numbers of the run as .xlsx"
    )
    parser.add_argument(
        "--layer",
        default="actual",
        metavar="LAYER",
        help="what is actually so (actual), what CBS and DUO would see (registered), or both",
    )
    parser.add_argument(
        "--all-cells",
        action="store_true",
        help="small groups too, with a mark: their people are made up",
    )
    _force(parser)
    _chosen(parser)
    _language(parser)


def _pair(parser: Parser, families: int) -> None:
    parser.add_argument("base", help="the scenario to compare with")
    parser.add_argument("alternative", help="the other scenario")
    _size(parser, families)


def _size(parser: Parser, families: int) -> None:
    parser.add_argument(
        "--families",
        metavar="N",
        default=str(families),
        help=f"families at the start, both populations together ({families}), or 'all'",
    )
    parser.add_argument("--years", type=int, default=15, metavar="Y", help="years to live (15)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="seed of all luck (1)")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")


def _twins(parser: Parser) -> None:
    _pair(parser, 2000)
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--child", type=int, metavar="ID", help="the child to follow")
    who.add_argument("--family", type=int, metavar="ID", help="the family to follow")
    parser.add_argument(
        "--most", type=int, default=5, metavar="N", help="telling pairs of each kind to list (5)"
    )
    parser.add_argument("--csv", metavar="DIR", help="folder to write events and series in")
    parser.add_argument(
        "--figure", metavar="FILE", help="write the time line as an HTML file; - prints it"
    )
    _force(parser)
    _language(parser)


def _cohorts(parser: Parser) -> None:
    _pair(parser, 4000)
    parser.add_argument(
        "--by",
        choices=("birth", "arrival"),
        default="birth",
        help="a cohort is born (default), or comes to the country, in one school year",
    )
    parser.add_argument(
        "--population",
        choices=("eu11", "comparable"),
        default="eu11",
        help="whose cohorts are shown (eu11); the file has both",
    )
    parser.add_argument(
        "--replicates", type=int, default=1, metavar="N", help="pairs, each with other luck (1)"
    )
    parser.add_argument(
        "--csv", metavar="DIR", help="folder to write the cohorts and the split difference in"
    )
    _force(parser)
    _language(parser)


def _flows(parser: Parser) -> None:
    _pair(parser, 4000)
    parser.add_argument(
        "--population",
        choices=("eu11", "comparable"),
        default="eu11",
        help="whose contracts are shown (eu11); the file has both",
    )
    parser.add_argument(
        "--replicates", type=int, default=3, metavar="N", help="pairs, each with other luck (3)"
    )
    parser.add_argument("--csv", metavar="FILE", help="file to write the flows in, - to print it")
    _force(parser)
    _language(parser)


def _attribute(parser: Parser) -> None:
    parser.add_argument("base", help="the scenario to compare with")
    parser.add_argument("alternative", help="the other scenario")
    for name, metavar, what in (
        ("--families", "N", "families at the start, both populations together, or 'all' (1000)"),
        ("--years", "Y", "years to live (15)"),
        ("--seed", "S", "seed of all luck (1)"),
        ("--replicates", "N", "pairs, each with other luck (20)"),
    ):
        kind = str if name == "--families" else int
        parser.add_argument(
            name, type=kind, metavar=metavar, help=f"{what}; with --run those of the run"
        )
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    parser.add_argument(
        "--outcome",
        action="append",
        metavar="NAME",
        help="outcome to split (vsv_mbo_expected); may be repeated",
    )
    parser.add_argument(
        "--channel", action="append", metavar="NAME", help="only this channel; may be repeated"
    )
    parser.add_argument("--population", choices=("eu11", "comparable", "gap"), default="eu11")
    parser.add_argument(
        "--exact", action="store_true", help="run every subset of channels instead of two orders"
    )
    parser.add_argument("--workers", type=int, metavar="W", help="cores to use (all of them)")
    parser.add_argument(
        "--run", metavar="RUN", help="explain a run: with its settings, kept for its report"
    )
    _language(parser)


def _audit(parser: Parser) -> None:
    parser.add_argument("scenario", help="the scenario to audit")
    parser.add_argument("--base", help="the scenario to pair it with (its own by default)")
    _size(parser, 1000)
    parser.add_argument(
        "--replicates", type=int, default=20, metavar="N", help="pairs for the variances (20)"
    )
    parser.add_argument("--workers", type=int, metavar="W", help="cores to use (all of them)")
    _language(parser)


def _report(parser: Parser) -> None:
    parser.add_argument("folder", metavar="RUN", help="the folder of a run")
    parser.add_argument("--language", choices=LANGUAGES, default="nl", help="nl (default) or en")
    parser.add_argument(
        "--file",
        metavar="FILE",
        help="where to write (report-LANGUAGE.html here); - prints it",
    )
    _force(parser)
    parser.add_argument(
        "--reach",
        type=int,
        default=2000,
        metavar="N",
        help="families to look with who is reached (2000); 0 leaves it out",
    )


def _list(parser: Parser) -> None:
    parser.add_argument("--csv", metavar="FILE", help="write the list as CSV; - prints it")
    parser.add_argument("--json", metavar="FILE", help="write the list as JSON; - prints it")
    _force(parser)


def _outcomes(parser: Parser) -> None:
    _list(parser)
    _language(parser)


def _levers(parser: Parser) -> None:
    _list(parser)
    parser.add_argument("--recommendation", type=int, choices=range(1, 12), metavar="1-11")
    _language(parser)


def _scenarios(parser: Parser) -> None:
    _list(parser)
    _language(parser)


def _parameters(parser: Parser) -> None:
    _list(parser)
    parser.add_argument("--grade", choices=("A", "B", "C", "D"), help="only this grade")
    parser.add_argument("--submodel", help="only this submodel, such as housing")


def _check(parser: Parser) -> None:
    parser.add_argument("scenario", help="a scenario file, or the name of a shipped one")
    parser.add_argument("--against", help="the scenario to hold it against (its own by default)")
    parser.add_argument(
        "--years", type=int, default=15, metavar="Y", help="years of a run to hold it against (15)"
    )
    _language(parser)


def _new(parser: Parser) -> None:
    parser.add_argument("name", help="name of the new scenario, such as my_plan")
    parser.add_argument(
        "--from", dest="base", default="s01_reference", help="scenario to start from"
    )
    parser.add_argument("--folder", default=".", help="where to write the file (here)")


def _validate(parser: Parser) -> None:
    parser.add_argument("--families", metavar="N", default="4000", help="families (4000), or 'all'")
    parser.add_argument("--years", type=int, default=15, metavar="N", help="years (15), 6 or more")
    parser.add_argument("--seeds", type=int, default=5, metavar="N", help="how many seeds (5)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the first of them (1)")
    parser.add_argument(
        "--quick", action="store_true", help="one seed: shows numbers and judges nothing"
    )
    parser.add_argument("--full", action="store_true", help="also list figures without a target")
    parser.add_argument("--threads", type=int, default=2, metavar="T")
    parser.add_argument("--csv", metavar="FILE", help="also write the report as CSV; - prints it")
    _force(parser)
    parser.add_argument("--quiet", action="store_true", help="no progress bar")


def _cache(parser: Parser) -> None:
    parser.add_argument(
        "--clear",
        nargs="*",
        choices=CACHED,
        metavar="KIND",
        help=f"let go of everything, or only of these kinds: {', '.join(CACHED)}",
    )
    _language(parser)


def _dashboard(parser: Parser) -> None:
    from dashboards.serving.options import add_arguments

    add_arguments(parser)


_ADD: dict[str, Callable[[Parser], None]] = {
    "run": _run,
    "compare": _compare,
    "reach": _reach,
    "results": _results,
    "verify": proving.verify,
    "figure": proving.figure,
    "twins": _twins,
    "flows": _flows,
    "cohorts": _cohorts,
    "attribute": _attribute,
    "audit": _audit,
    "report": _report,
    "levers": _levers,
    "outcomes": _outcomes,
    "scenarios": _scenarios,
    "parameters": _parameters,
    "check": _check,
    "new": _new,
    "validate": _validate,
    "sensitivity": fitting.sensitivity,
    "identify": fitting.identify,
    "calibrate": fitting.calibrate,
    "certainty": fitting.certainty,
    "explore": fitting.explore,
    "cbs": outside.cbs,
    "target": outside.target,
    "cache": _cache,
    "dashboard": _dashboard,
}
