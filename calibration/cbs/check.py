"""What the service of CBS does, held against what the client expects of it: `veerkracht cbs check`.

The client was written without the live service. Each expectation is one line: what was expected,
what was found, and whether they agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calibration.cbs import snapshot
from calibration.cbs.declared import declared
from calibration.cbs.fetch import (
    V3,
    V3_VINTAGE,
    V4,
    V4_VINTAGE,
    announced,
    checked,
    lists_of,
    v3_vintage,
    v4_vintage,
)
from calibration.cbs.forms.odata import Record, next_link, parsed, records
from calibration.cbs.marks import MEANINGS, PROVISIONAL
from calibration.cbs.service import Addresses, GoneError, Pace, Service
from model.errors import InputError

OF_V4 = ("Measure", "Value", "ValueAttribute", "StringValue")
"""Fields of an observation besides its dimensions."""
LISTS_OF_V4 = ("MeasureCodes", "Dimensions", "Observations", "Properties")
LISTS_OF_V3 = ("TableInfos", "DataProperties", "UntypedDataSet")
_PLAIN = (None, "", "None")


@dataclass(frozen=True, slots=True)
class Finding:
    """One expectation; `found` is as expected or says what there is instead."""

    table: str
    expected: str
    found: str
    agrees: bool


def check(
    table: str, *, addresses: Addresses | None = None, pace: Pace | None = None
) -> list[Finding]:
    """Ask both services for the beginning of a table and return what agrees and what differs.

    Nothing is kept. A service that does not answer is a finding too.
    """
    where = addresses or Addresses.chosen()
    shared = pace or Pace()
    found: list[Finding] = []
    for protocol, root, questions in ((V4, where.v4, _v4), (V3, where.v3, _v3)):
        found += _asked(table, protocol, Service(root, shared), questions)
    if not any(one.agrees and one.expected.endswith("has the table") for one in found):
        found.append(Finding(table, "one of the services has the table", "neither", agrees=False))
    return found


def check_snapshot(
    folder: Path, *, addresses: Addresses | None = None, pace: Pace | None = None
) -> list[Finding]:
    """Return whether CBS still has the version of a table that lies in a folder."""
    about = snapshot.manifest(folder)
    snapshot.load(folder)
    table, where = str(about["table"]), addresses or Addresses.chosen()
    try:
        if about["protocol"] == V4:
            root = Service(where.v4, pace or Pace())
            now = v4_vintage(root, f"{root.root}/CBS/{checked(table)}")
        elif about["protocol"] == V3:
            root = Service(where.v3, pace or Pace())
            now = v3_vintage(root, f"{root.root}/ODataApi/odata/{checked(table)}")
        else:
            raise InputError(f"{folder} was read from a file; nobody can say whether it changed.")
    except GoneError as error:
        return [Finding(table, "the table is still there", str(error), agrees=False)]
    return [
        Finding(table, f"{key} is {then}", now.get(key, "not sent"), agrees=now.get(key) == then)
        for key, then in about["vintage"].items()
    ]


Questions = Callable[[str, Service], Iterator[tuple[str, str, bool]]]


def _asked(table: str, protocol: str, service: Service, questions: Questions) -> list[Finding]:
    found: list[Finding] = []
    try:
        for expected, told, agrees in questions(checked(table), service):
            found.append(Finding(table, f"{protocol} {expected}", told, agrees))
    except GoneError:
        pass  # a table may be in one of the two services only
    except InputError as error:
        found.append(Finding(table, f"{protocol} answers", str(error), agrees=False))
    return found


def _v4(table: str, service: Service) -> Iterator[tuple[str, str, bool]]:
    base = f"{service.root}/CBS/{table}"
    vintage = v4_vintage(service, base)
    yield "has the table", "yes", True
    yield _has("says its version by", V4_VINTAGE, list(vintage))
    names = lists_of(service, base)
    yield _has("has the lists", LISTS_OF_V4, names)
    page = _page(service, f"{base}/Observations?$top=1000")
    cells = records(page, base)
    fields = list(cells[0]) if cells else []
    yield _has("sends observations with", OF_V4, fields)
    own = [name for name in fields if name not in {*OF_V4, "Id"}]
    yield _has("has for each dimension a list", [f"{name}Codes" for name in own], names)
    yield from _dimensions(table, own)
    yield _words(str(c["ValueAttribute"]) for c in cells if c.get("ValueAttribute") not in _PLAIN)
    yield from _link(service, page)
    yield _told(announced(service, f"{base}/Observations/$count"))


def _v3(table: str, service: Service) -> Iterator[tuple[str, str, bool]]:
    base = f"{service.root}/ODataApi/odata/{table}"
    vintage = v3_vintage(service, base)
    yield "has the table", "yes", True
    yield _has("says its version by", V3_VINTAGE, list(vintage))
    names = lists_of(service, base)
    yield _has("has the lists", LISTS_OF_V3, names)
    told = records(_page(service, f"{base}/DataProperties?$format=json"), base)
    topics = [str(one.get("Key")) for one in told if str(one.get("Type")) == "Topic"]
    own = [str(one.get("Key")) for one in told if str(one.get("Type", "")).endswith("Dimension")]
    yield _has("has for each dimension a list", own, names)
    yield from _dimensions(table, own)
    feed = f"{service.root}/ODataFeed/odata/{table}/UntypedDataSet"
    page = _page(service, f"{feed}?$format=json&$top=1000")
    rows = records(page, base)
    yield _has("sends rows with", [*own, *topics], list(rows[0]) if rows else [])
    values = [row.get(name) for row in rows for name in topics]
    are_texts = all(isinstance(value, str) for value in values)
    yield "sends untyped values as texts", "yes" if are_texts else "no", are_texts
    texts = (value.strip() for value in values if isinstance(value, str))
    yield _words(text for text in texts if text and not any(sign.isdigit() for sign in text))
    yield from _link(service, page)
    yield _told(announced(service, f"{feed}/$count"))


def _page(service: Service, address: str) -> Record:
    return service.get(address, parsed)[1]


def _has(words: str, wanted: Sequence[str], there: Sequence[Any]) -> tuple[str, str, bool]:
    missing = [name for name in wanted if name not in there]
    found = f"without {', '.join(missing)}; there are {', '.join(map(str, there)) or 'none'}"
    return f"{words} {', '.join(wanted)}", found if missing else "yes", not missing


def _dimensions(table: str, own: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """What `tables.toml` declares of the columns, if it does."""
    told = declared().get(table)
    if told is not None and told.dimensions:
        agrees = {name.lower() for name in told.dimensions} == {name.lower() for name in own}
        yield f"has the dimensions {', '.join(told.dimensions)}", ", ".join(own), agrees


def _words(words: Iterator[str]) -> tuple[str, str, bool]:
    known = {*MEANINGS, *PROVISIONAL}
    unknown = sorted({word for word in words if word.strip().lower() not in known})
    found = f"also {', '.join(unknown)}: kept as sent, with a meaning of 'other'"
    return "sends marks that are known", found if unknown else "yes", not unknown


def _link(service: Service, page: Record) -> Iterator[tuple[str, str, bool]]:
    link = next_link(page)
    if link is not None:
        try:
            service.address(link)
        except InputError as error:
            yield "links to its own pages", str(error), False
        else:
            yield "links to its own pages", "yes", True


def _told(count: int | None) -> tuple[str, str, bool]:
    return "counts its records", "no count" if count is None else f"{count:,}", count is not None
