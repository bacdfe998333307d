"""Under which address phones can reach this machine; nothing is sent to find out."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass

import segno

ELSEWHERE = "192.0.2.1"
"""An address that is nobody's (RFC 5737): which of ours would speak to it?"""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the pages are served: names and numbers under which others may find it, port, path.

    `is_local` says that the server listens to this machine alone, and nothing stands before it.
    """

    hosts: tuple[str, ...]
    port: int
    root_path: str = ""
    is_local: bool = False

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return the addresses of the page where phones give the code; none for a local server."""
        if self.is_local:
            return ()
        return tuple(
            f"http://{host}:{self.port}{self.root_path}/z"
            for host in self.hosts
            if not is_loopback(host)
        )


def place(*, host: str, names: tuple[str, ...], port: int, root_path: str, is_local: bool) -> Place:
    """Return where a server that listens on `host` is found."""
    try:
        is_any = ipaddress.ip_address(host).is_unspecified
    except ValueError:
        is_any = False
    numbers = numbers_of_this_machine() if is_any else (host,)
    return Place(
        hosts=(*names, *numbers),
        port=port,
        root_path=root_path,
        is_local=is_local and not names,
    )


def numbers_of_this_machine() -> tuple[str, ...]:
    """Return the numerical addresses (IPv4) of this machine, the one to the network first."""
    found: dict[str, None] = {}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            # Connecting a datagram socket sends nothing; it only chooses the way out.
            asked.connect((ELSEWHERE, 9))
            found[asked.getsockname()[0]] = None
        except OSError:
            pass
    try:
        known = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        known = []
    found |= {str(address[4][0]): None for address in known}
    return tuple(one for one in found if not is_loopback(one))


def is_loopback(host: str) -> bool:
    """Return whether a name or number means this machine itself."""
    try:
        found = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host.lower() in {"localhost", ""}
    return found.is_loopback or found.is_unspecified


def picture(address: str) -> str:
    """Return the QR code of an address as an SVG image."""
    made = segno.make(address, error="m", micro=False)
    return str(made.svg_inline(scale=1, border=4, omitsize=True, svgclass=None, lineclass=None))
