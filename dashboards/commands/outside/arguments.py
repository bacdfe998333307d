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
