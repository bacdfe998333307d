"""The arguments of the commands about figures from outside."""

from __future__ import annotations

import argparse

Parser = argparse.ArgumentParser


def cbs(parser: Parser) -> None:
    """Add the arguments of `cbs fetch`, `cbs check` and `cbs list`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    fetch = actions.add_parser(
        "fetch", help="fetch a table of CBS, or read a file, and keep it with what it means"
    )
    fetch.add_argument("table", nargs="?", help="number of the table, such as 84780NED")
    fetch.add_argument("--out", required=True, metavar="DIR", help="folder to keep it in")
    fetch.add_argument(
        "--filter", metavar="F", help="only these cells, in OData: \"RegioS eq 'GM0599'\""
    )
    _addresses(fetch)
    fetch.add_argument("--quiet", action="store_true", help="do not say how far it is")
    fetch.add_argument(
        "--from-file",
        metavar="FILE",
        help="read this instead: StatLine or DUO CSV, OData JSON, Eurostat TSV, Excel, SAV",
    )
    _how_to_read(fetch)
    check = actions.add_parser(
        "check", help="say what differs at CBS from what this program expects"
    )
    check.add_argument(
        "tables", nargs="*", metavar="TABLE", help="numbers, or folders that were fetched (all)"
    )
    _addresses(check)
    actions.add_parser("list", help="list the tables that matter, and what they would replace")


def target(parser: Parser) -> None:
    """Add the arguments of `target new` and `target check`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    new = actions.add_parser("new", help="write a commented target made of cells of a table")
    new.add_argument("table", metavar="FILE", help="a folder of `cbs fetch`, or a file it can read")
    new.add_argument("--value", metavar="COLUMN", help="column with the rate or number")
    new.add_argument("--n", metavar="COLUMN", help="of how many it is a share: a column or number")
    new.add_argument("--numerator", metavar="COLUMN", help="column with how many of them")
    new.add_argument(
        "--keep",
        action="append",
        default=[],
        metavar="COLUMN=WORD",
        help="which rows, by code or words; may be repeated",
    )
    new.add_argument("--like", metavar="TARGET", help="a target about the same quantity")
    new.add_argument("--id", metavar="NAME", help="name of the target")
    new.add_argument("--unit", metavar="UNIT", help="unit of the target, such as percent")
    new.add_argument(
        "--discrepancy", type=float, metavar="D", help="by how much the model may differ besides"
    )
    new.add_argument("--reason", metavar="WORDS", help="why it may differ")
    new.add_argument("--out", metavar="FILE", help="file to write (.toml); else it is printed")
    new.add_argument("--decimal", choices=("comma", "point"), help="decimal sign of the file")
    new.add_argument("--sheet", metavar="NAME", help="sheet of an Excel file")
    check = actions.add_parser(
        "check", help="say what a target asks of the model, and how near runs come"
    )
    check.add_argument("file", help="a file of targets (.toml)")
    check.add_argument("--families", metavar="N", default="2000", help="families of a run (2000)")
    check.add_argument(
        "--replicates", type=int, default=3, metavar="K", help="runs, each with other luck (3)"
    )
    check.add_argument("--years", type=int, default=15, metavar="Y", help="years to live (15)")
    check.add_argument("--seed", type=int, default=1, metavar="S", help="seed of all luck (1)")
    check.add_argument("--no-runs", action="store_true", help="look at the file only")


def _addresses(parser: Parser) -> None:
    parser.add_argument("--v4", metavar="ADDRESS", help="where OData v4 is (VEERKRACHT_CBS_V4)")
    parser.add_argument("--v3", metavar="ADDRESS", help="where OData v3 is (VEERKRACHT_CBS_V3)")


def _how_to_read(parser: Parser) -> None:
    """Add what may have to be said of a file."""
    parser.add_argument(
        "--value",
        action="append",
        default=[],
        metavar="COLUMN",
        help="a column of numbers of the file; may be repeated",
    )
    parser.add_argument(
        "--decimal", choices=("comma", "point"), help="what stands before decimals in the file"
    )
    parser.add_argument("--sheet", metavar="NAME", help="sheet of an Excel file")
