"""A service on this machine that answers as CBS's do, with a made-up table and every fault."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from calibration.cbs.service import Addresses, Pace

TABLE = "99990NED"
"""No such table exists."""

# Made up: origin, region, school year; pupils (x 1 000), leavers, share in %, as v3 sends them.
ROWS = [
    ("T001040", "NL01", "2022SJ00", "2150.3", "30210", "1.40"),
    ("T001040", "NL01", "2023SJ00", "2142.8", "31077", "1.45"),
    ("T001040", "NL01", "2024SJ00", "2139.1", ".", "."),
    ("A051735", "NL01", "2022SJ00", "31.2", "905", "2.90"),
    ("A051735", "NL01", "2023SJ00", "32.9", "1010", "3.07"),
    ("A051735", "GM0599", "2023SJ00", "2.0", "65", "3.25"),
    ("A051737", "GM1992", "2022SJ00", "", "", ""),
    ("A051737", "GM1992", "2023SJ00", "0.0", "0", "."),
    ("A051737", "GM1992", "2024SJ00", "0.1", "x", "x"),
]
DIMENSIONS = ("Herkomst", "RegioS", "Perioden")
CODES = {
    "Herkomst": {"T001040": "Totaal", "A051735": "Polen", "A051737": "Bulgarije"},
    "RegioS": {"NL01": "Nederland", "GM0599": "Rotterdam", "GM1992": "Voorne aan Zee"},
    "Perioden": {"2022SJ00": "2022/'23", "2023SJ00": "2023/'24", "2024SJ00": "2024/'25*"},
}
MEASURES = [
    ("Leerlingen_1", "M001", "Leerlingen", "x 1 000", 1),
    ("Vsv_2", "M002", "Vsv'ers", "aantal", 0),
    ("Aandeel_3", "M003", "Aandeel vsv'ers", "%", 2),
]
WORDS = {".": "Unknown", "x": "Confidential"}
"""How v4 says what v3 says by a mark; a guess, as at CBS it was not seen."""

V3_WIDTH = {"RegioS": 6, "Herkomst": 7, "Perioden": 8}
"""v3 pads codes to one width."""


def observations() -> list[dict[str, Any]]:
    """Return the cells of the table as v4 sends them; empty ones are left out."""
    found: list[dict[str, Any]] = []
    for row in ROWS:
        for (_, code, _, _, _), text in zip(MEASURES, row[3:], strict=True):
            if text:
                cell = {
                    "Id": len(found),
                    "Measure": code,
                    "ValueAttribute": WORDS.get(text, "None"),
                }
                value = None if text in WORDS else float(text)
                keys = dict(zip(DIMENSIONS, row[:3], strict=True))
                found.append({**cell, "Value": value, "StringValue": None, **keys})
    return found


def untyped() -> list[dict[str, Any]]:
    """Return the rows of the table as v3 sends them without types: padded texts."""
    found = []
    for k, row in enumerate(ROWS):
        keys = {n: v.ljust(V3_WIDTH[n]) for n, v in zip(DIMENSIONS, row[:3], strict=True)}
        values = {m[0]: text.rjust(8) for m, text in zip(MEASURES, row[3:], strict=True)}
        found.append({"ID": k, **keys, **values})
    return found


def lists(version: str) -> dict[str, Any]:
    """Return descriptions of the table by the address under it, for v4 or v3."""
    status = {"2024SJ00": "Voorlopig"}
    if version == "v4":
        parts: dict[str, Any] = {
            f"{name}Codes": [
                {"Identifier": code, "Title": title, "Status": status.get(code, "Definitief")}
                for code, title in codes.items()
            ]
            for name, codes in CODES.items()
        }
        parts["Dimensions"] = [{"Identifier": n, "Title": n.lower()} for n in DIMENSIONS]
        parts["MeasureCodes"] = [
            {"Identifier": code, "Title": title, "Unit": unit, "Decimals": decimals}
            for _, code, title, unit, decimals in MEASURES
        ]
        return parts
    parts = {
        name: [
            {"Key": code.ljust(V3_WIDTH[name]), "Title": title, "Status": status.get(code)}
            for code, title in codes.items()
        ]
        for name, codes in CODES.items()
    }
    parts["DataProperties"] = [
        *({"Key": n, "Title": n.lower(), "Type": "Dimension"} for n in DIMENSIONS),
        {"Key": "", "Title": "Cijfers", "Type": "TopicGroup"},
        *(
            {"Key": key, "Title": title, "Type": "Topic", "Unit": unit, "Decimals": decimals}
            for key, _, title, unit, decimals in MEASURES
        ),
    ]
    return parts


class Asked(BaseHTTPRequestHandler):
    """One request; what is sent is decided by the service."""

    service: Cbs

    def do_GET(self) -> None:
        """Answer, or do what a fault says."""
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        self.service.asked.append(unquote(self.path))
        for k, (pattern, fault) in enumerate(self.service.faults):
            if re.search(pattern, unquote(self.path)):
                del self.service.faults[k]
                if fault(self):
                    return
                break
        self.service.answer(self, path, query)

    def give(self, content: bytes, status: int = 200, **headers: str) -> bool:
        """Send an answer, say so; underscores in names of headers are written as dashes."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)
        return True

    def log_message(self, *_: object) -> None:
        """Print nothing."""


Fault = Callable[[Asked], bool]
"""What goes wrong with one request; false when it is answered all the same."""


class Cbs:
    """The service: `root` is its address, `faults` what goes wrong next, `asked` what was asked."""

    def __init__(self) -> None:
        self.faults: list[tuple[str, Fault]] = []
        self.asked: list[str] = []
        self.in_v4, self.in_v3, self.counts = True, True, True
        self.page_size, self.version = 6, "1"
        self.cells, self.rows = observations(), untyped()
        self.link: Callable[[str], str] = lambda address: address
        self.hold = threading.Event()
        handler = type("Handler", (Asked,), {"service": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.root = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def addresses(self) -> Addresses:
        """Where both services of CBS are."""
        return Addresses(f"{self.root}/v1", f"{self.root}/v3")

    def fail(self, pattern: str, fault: Fault, times: int = 1) -> None:
        """Let the next requests whose address fits go wrong."""
        self.faults += [(pattern, fault)] * times

    def data_asked(self) -> list[str]:
        """Return the requests for data."""
        return [one for one in self.asked if re.search(r"/(Observations|UntypedDataSet)\?|s$", one)]

    def answer(self, asked: Asked, path: str, query: dict[str, str]) -> None:
        """Answer as CBS does: v4 under /v1/CBS, v3 under /v3/ODataApi and /v3/ODataFeed."""
        match path.strip("/").split("/"):
            case ["v1", "CBS", str(table), *rest] if self.in_v4 and table == TABLE:
                self._v4(asked, rest, query)
            case ["v3", "ODataApi" | "ODataFeed", "odata", str(table), *rest] if (
                self.in_v3 and table == TABLE
            ):
                self._v3(asked, rest, query)
            case _:
                fault = {"error": {"code": "", "message": "The dataset does not exist."}}
                asked.give(json.dumps(fault).encode(), 404)

    def _v4(self, asked: Asked, rest: list[str], query: dict[str, str]) -> None:
        parts = lists("v4")
        names = [*parts, "Properties", "Observations"]
        if rest == ["Properties"]:
            about = {"Identifier": TABLE, "Title": "Leerlingen (verzonnen)"}
            version = {"Version": self.version, "Modified": f"2026-06-{self.version:>02}"}
            count = {"ObservationCount": len(self.cells)} if self.counts else {}
            self._send(asked, {**about, **version, **count})
        elif rest[:1] == ["Observations"]:
            self._data(asked, rest, query, self.cells, "@odata.nextLink")
        else:
            self._list(asked, rest, parts, names)

    def _v3(self, asked: Asked, rest: list[str], query: dict[str, str]) -> None:
        parts = lists("v3")
        modified = {"Modified": f"2026-06-{self.version:>02}"}
        parts["TableInfos"] = [{"ID": 0, "Title": "Leerlingen (verzonnen)", **modified}]
        names = [*parts, "UntypedDataSet", "TypedDataSet"]
        if rest[:1] == ["UntypedDataSet"]:
            self._data(asked, rest, query, self.rows, "odata.nextLink")
        else:
            self._list(asked, rest, parts, names)

    def _list(self, asked: Asked, rest: list[str], parts: dict[str, Any], names: list[str]) -> None:
        if not rest:
            self._send(
                asked, {"value": [{"name": n, "url": f"http://cbs.example/{n}"} for n in names]}
            )
        elif rest[0] in parts:
            self._send(asked, {"value": parts[rest[0]]})
        else:
            asked.give(b'{"error": {"message": "No such list."}}', 404)

    def _data(
        self,
        asked: Asked,
        rest: list[str],
        query: dict[str, str],
        records: list[dict[str, Any]],
        link: str,
    ) -> None:
        condition = query.get("$filter", "")
        match = re.fullmatch(r"(\w+) eq '(.*)'", condition)
        if condition and (match is None or match[1] not in DIMENSIONS):
            told = f"Could not find a property in '{condition}'."
            asked.give(json.dumps({"odata.error": {"message": {"value": told}}}).encode(), 400)
            return
        chosen = [one for one in records if match is None or one[match[1]] == match[2]]
        if rest[1:] == ["$count"]:
            if self.counts:
                asked.give(b"\xef\xbb\xbf" + str(len(chosen)).encode())
            else:
                asked.give(b'{"error": {"message": "No counts here."}}', 501)
            return
        skip = int(query.get("$skip", 0))
        page: dict[str, Any] = {"value": chosen[skip : skip + self.page_size]}
        if skip + self.page_size < len(chosen):
            told = f"$filter={condition}&" if condition else ""
            here = f"{self.root}{urlsplit(asked.path).path}?{told}$skip={skip + self.page_size}"
            page[link] = self.link(here)
        self._send(asked, page)

    def _send(self, asked: Asked, page: dict[str, Any]) -> None:
        asked.give(json.dumps(page).encode(), Content_Type="application/json")

    def stop(self) -> None:
        """End the service."""
        self.hold.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def status(code: int, content: bytes = b"<html>busy</html>", **headers: str) -> Fault:
    """Answer with a status."""
    return lambda asked: asked.give(content, code, **headers)


def redirect(location: str) -> Fault:
    """Send on to another address."""
    return status(302, b"", Location=location)


def cut(asked: Asked) -> bool:
    """Announce more than is sent, and close."""
    asked.send_response(200)
    asked.send_header("Content-Length", "5000")
    asked.end_headers()
    asked.wfile.write(b'{"value": [')
    asked.wfile.flush()
    asked.connection.shutdown(socket.SHUT_RDWR)
    return True


def truncated(asked: Asked) -> bool:
    """Send the beginning of an answer as if it were whole."""
    asked.give(b'{"value": [{"Id": 0, "Measure": "M0')
    return True


def reset(asked: Asked) -> bool:
    """Close without a word."""
    asked.connection.shutdown(socket.SHUT_RDWR)
    return True


class Clock:
    """Time that passes only when somebody waits; `waited` is for how long."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waited: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.waited.append(seconds)
        self.now += seconds

    @property
    def pace(self) -> Pace:
        """A pace in this time."""
        return Pace(clock=lambda: self.now, sleep=self.sleep)
