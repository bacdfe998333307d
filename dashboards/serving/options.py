"""Where and to whom the pages are served, as it is said on the command line."""

from __future__ import annotations

import argparse
import ipaddress
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

HOST, PORT = "127.0.0.1", 8765
LAST_PORT = 65_535

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without those that look like another letter or a figure."""

CODE_LENGTH = 6


@dataclass(frozen=True, kw_only=True)
class Options:
    """Where the pages are served, under which names and path, and with which code (empty: none)."""

    host: str
    port: int
    names: tuple[str, ...]
    root_path: str
    code: str

    @property
    def is_local(self) -> bool:
        """Whether only this computer can reach them."""
        return _is_loopback(self.host)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what may be said of where and to whom the pages are served."""
    parser.add_argument(
        "--host",
        default=HOST,
        help="address to listen on; the default can only be reached from this computer, 0.0.0.0"
        " from the whole network, which then needs the code that is printed",
    )
    parser.add_argument("--port", type=_port, default=PORT, help="0 takes a free one (%(default)s)")
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        help="a host name under which others reach this server; may be given more than once",
    )
    parser.add_argument(
        "--root-path",
        type=_root_path,
        default="",
        metavar="PATH",
        help="the path under which a proxy offers the pages, such as /veerkracht",
    )


def options(arguments: Sequence[str] | None) -> Options:
    """Return what was asked; a wrong argument ends the program with what is wrong about it.

    Pages that others can reach get a code, new with every start.
    """
    parser = argparse.ArgumentParser(
        prog="python -m dashboards.serve", description="Serve the pages of Veerkracht."
    )
    add_arguments(parser)
    given = parser.parse_args(arguments)
    is_open = not _is_loopback(given.host) or bool(given.name)
    return Options(
        host=given.host,
        port=given.port,
        names=tuple(given.name),
        root_path=given.root_path,
        code=_new_code() if is_open else "",
    )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= LAST_PORT):
        message = f"'{text}' is not a port; choose a whole number from 0 to {LAST_PORT}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _root_path(text: str) -> str:
    path = text.rstrip("/")
    if path and not re.fullmatch(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+", path):
        message = f"'{text}' is not a path; it begins with / and has letters and figures, as /demo"
        raise argparse.ArgumentTypeError(message)
    return path


def _new_code() -> str:
    """Return a code that nobody guesses."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
