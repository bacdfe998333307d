"""The one door to the outside: answers of a data service, asked politely, refused when they stray.

Nothing else of the program opens a connection to elsewhere. Addresses are https, or plain http on
this machine; redirects and page links stay with the service that was asked. Requests are spaced,
faults that pass are tried again a few times, and what is too large or too slow is given up.
"""

from __future__ import annotations

import ipaddress
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import requests

from calibration.cbs.table import LARGEST
from model.errors import InputError

V4_VARIABLE, V3_VARIABLE = "VEERKRACHT_CBS_V4", "VEERKRACHT_CBS_V3"
"""Environment variables that name other addresses."""

V4, V3 = "https://datasets.cbs.nl/odata/v1", "https://opendata.cbs.nl"

SPACING = 0.25
"""Seconds between two requests."""
ATTEMPTS = 5
"""Times that one address is asked before giving up."""
WAITS = (1.0, 2.0, 4.0, 8.0)
"""Seconds between attempts, unless the service asks for more."""
LONGEST_WAIT = 60.0
"""Seconds that a service may ask to wait."""
TIMEOUT = (10.0, 60.0)
"""Seconds to connect, and between two pieces of an answer."""
LONGEST_ANSWER = 600.0
"""Seconds in which one answer has to be whole."""
REDIRECTS = 5

_PASSING = frozenset({429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_OK = 200
_PIECE = 65_536
_SHOWN = 300
_PORTS = {"https": 443, "http": 80}


class GoneError(InputError):
    """A service does not have what was asked: 404, or a page for people instead of figures."""


class RefusedError(InputError):
    """A service understands what was asked and does not give it, such as for a wrong filter."""


Wait = tuple[str, float]
"""What went wrong and may pass, and the seconds that a service asks to wait."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the two services are."""

    v4: str = V4
    v3: str = V3

    @classmethod
    def chosen(cls, given: Mapping[str, str | None] | None = None) -> Addresses:
        """Return the addresses that are given ("v4", "v3"), else set, else the usual ones."""
        told = given or {}
        v4 = told.get("v4") or os.environ.get(V4_VARIABLE) or V4
        v3 = told.get("v3") or os.environ.get(V3_VARIABLE) or V3
        return cls(_setting(v4), _setting(v3))


@dataclass(slots=True)
class Pace:
    """Time, so that tests can bring their own: when it is, and how to wait."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _last: float | None = field(default=None, init=False)

    def wait_turn(self) -> None:
        """Wait until SPACING has passed since the last request."""
        now = self.clock()
        if self._last is not None and (left := self._last + SPACING - now) > 0:
            self.sleep(left)
        self._last = self.clock()


class Service:
    """One service at one address. `received` counts the bytes of all that came.

    `get` raises GoneError or InputError; after `largest` bytes together nothing more is taken.
    """

    def __init__(self, root: str, pace: Pace, *, largest: int = LARGEST) -> None:
        self.root = _setting(root)
        self.received = 0
        self._pace = pace
        self._largest = largest
        self._session = requests.Session()
        # Proxies and certificates of the user's machine count, but not for this machine itself.
        self._session.trust_env = not _is_loopback(self.root)
        self._session.auth = _without_password
        self._session.headers.update({"Accept": "application/json", "User-Agent": "veerkracht"})

    def address(self, link: str) -> str:
        """Return a page link as it may be asked: of this service, over its own protocol.

        v3 sends links of plain http to itself; they are asked over https. Raises InputError.
        """
        home, there = urlsplit(self.root), urlsplit(urljoin(self.root + "/", link))
        same_name = there.hostname == home.hostname
        usual = there.scheme in _PORTS and _port(there.geturl()) == _PORTS[there.scheme]
        is_here = same_name and _port(there.geturl()) == _port(self.root)
        is_upgrade = same_name and usual and _port(self.root) == _PORTS["https"]
        if "@" in there.netloc or there.scheme not in _PORTS or not (is_here or is_upgrade):
            raise InputError(
                f"{home.hostname} points to another place: {there.scheme}://{there.netloc}."
                " Only its own pages are followed. If CBS has moved, set the address anew"
                f" ({V4_VARIABLE}, {V3_VARIABLE})."
            )
        return there._replace(scheme=home.scheme, netloc=home.netloc, fragment="").geturl()

    def get[Read](self, link: str, read: Callable[[bytes, str], Read]) -> tuple[bytes, Read]:
        """Return what is at an address of this service as sent, and what `read` makes of it.

        `read` takes content and address; what it cannot read (InputError) was cut off on the way,
        perhaps, and is asked again like what did not come.
        """
        address, told = self.address(link), ""
        for attempt in range(ATTEMPTS):
            self._pace.wait_turn()
            try:
                found = self._once(address)
            except requests.exceptions.SSLError as error:
                raise InputError(f"{self._name}: its certificate does not hold: {error}.") from None
            except requests.exceptions.RequestException as error:
                told = _in_words(error)
                wait = 0.0
            else:
                if isinstance(found, bytes):
                    try:
                        return found, read(found, address)
                    except InputError as error:
                        told, wait = str(error), 0.0
                else:
                    told, wait = found
            if attempt < ATTEMPTS - 1:
                self._pace.sleep(min(max(wait, WAITS[attempt]), LONGEST_WAIT))
        raise InputError(
            f"{self._name} did not give {address} in {ATTEMPTS} attempts: {told}. What came before"
            " is kept: run the same again later to go on."
        )

    @property
    def _name(self) -> str:
        return urlsplit(self.root).netloc

    def _once(self, address: str) -> bytes | Wait:
        """Return the answer, unpacked, or what went wrong and may pass."""
        for _ in range(REDIRECTS + 1):
            with self._session.get(
                address, stream=True, timeout=TIMEOUT, allow_redirects=False
            ) as response:
                status = response.status_code
                if status in _REDIRECTS:
                    address = self._redirected(address, response.headers.get("Location", ""))
                    continue
                if status in _PASSING:
                    return f"status {status}", _seconds(response.headers.get("Retry-After", ""))
                content = self._content(response)
            if status in _GONE:
                raise GoneError(f"{self._name} has no {address} (status {status}).")
            if status != _OK:
                raise RefusedError(
                    f"{self._name} refuses {address} (status {status}): {_shown(content)}"
                )
            if _is_page(content):
                raise GoneError(
                    f"{self._name} sends a page for people instead of figures at {address}. The"
                    " table may be gone or have another number."
                )
            return content
        raise InputError(f"{self._name} sends {address} round in a circle.")

    def _redirected(self, address: str, location: str) -> str:
        there = urljoin(address, location)
        if not location or urlsplit(there).scheme != urlsplit(self.root).scheme:
            raise InputError(
                f"{self._name} sends on to '{location}', which is not"
                f" {urlsplit(self.root).scheme}. It is not followed."
            )
        return self.address(there)

    def _content(self, response: requests.Response) -> bytes:
        started, pieces, size = self._pace.clock(), [], 0
        for piece in response.iter_content(_PIECE):
            size += len(piece)
            if self.received + size > self._largest:
                raise InputError(
                    f"{self._name} sends more than {self._largest / 1e6:.0f} MB. Ask for a part of"
                    " the table with --filter."
                )
            if self._pace.clock() - started > LONGEST_ANSWER:
                raise requests.exceptions.ReadTimeout
            pieces.append(piece)
        self.received += size
        return b"".join(pieces)


def _setting(address: str) -> str:
    """Return a base address. Raises InputError unless it is https, or http on this machine."""
    parts = urlsplit(address)
    is_right = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(address))
    try:
        is_right = is_right and bool(parts.hostname) and _port(address) is not None
    except ValueError:
        is_right = False
    if not is_right or parts.query or parts.fragment or "@" in parts.netloc:
        raise InputError(
            f"the address '{address}' cannot be used. Give one that begins with https://, such as"
            f" {V4}; plain http is for a service on this machine (http://127.0.0.1:8000)."
        )
    return address.rstrip("/")


def _is_loopback(address: str) -> bool:
    name = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def _port(address: str) -> int | None:
    parts = urlsplit(address)
    return parts.port or _PORTS.get(parts.scheme)


def _seconds(text: str) -> float:
    return float(text) if text.isascii() and text.isdigit() else 0.0


def _is_page(content: bytes) -> bool:
    """Whether something came that is neither JSON nor a number; an empty answer was cut off."""
    begin = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return bool(begin) and begin not in b"{[0123456789"


def _shown(content: bytes) -> str:
    """Return the words of a refusal, for a message."""
    import json

    text = content.decode("utf-8", "replace")
    try:
        page = json.loads(text)
        fault = page.get("error") or page.get("odata.error")
        told = fault["message"]
        text = told["value"] if isinstance(told, dict) else told
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        text = " ".join(text.split())
    return f"{str(text)[:_SHOWN]}"


def _in_words(error: requests.exceptions.RequestException) -> str:
    if isinstance(error, requests.exceptions.Timeout):
        return "it did not answer in time"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the answer was cut off"
    if isinstance(error, requests.exceptions.ContentDecodingError):
        return "the answer could not be unpacked"
    if isinstance(error, requests.exceptions.ConnectionError):
        return "no connection (is there a network here?)"
    return type(error).__name__


def _without_password(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Send no password that lies in a .netrc file."""
    return request
