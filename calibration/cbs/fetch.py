"""A table of CBS, fetched whole or not at all: OData v4, and v3 for tables that v4 lacks.

Pages that came are kept in the cache under the version of the table, so a fetch that was stopped
goes on where it was. A table that changes on the way, fewer cells than announced, a page that comes
round again: each ends the fetch, and nothing is written.

Written after CBS's descriptions and what public clients show; never tried on the live service.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, urljoin

from calibration.cbs import snapshot
from calibration.cbs.forms import odata
from calibration.cbs.forms.odata import Record, next_link, parsed, parts_of, records
from calibration.cbs.service import Addresses, GoneError, Pace, RefusedError, Service
from calibration.cbs.table import LARGEST, Table
from model.disk import shelf
from model.errors import InputError

MOST_PAGES = 2_000
"""Pages of one table; more is given up."""
MOST_LISTS = 200
"""Code lists of one table."""

V4, V3 = "OData v4", "OData v3"
V4_VINTAGE = ("Version", "Modified", "ObservationsModified")
V3_VINTAGE = ("Modified", "MetaDataModified")
"""What the services say of the version of a table; those that they send are compared."""

Say = Callable[[str], None]

_TABLE = re.compile(r"[0-9A-Za-z_]{1,20}", re.ASCII)
_LIST = re.compile(r"\w{1,80}", re.ASCII)
_QUOTED = re.compile(r"'((?:[^']|'')*)'")
_DATA = frozenset({"Observations", "TypedDataSet", "UntypedDataSet"})


@dataclass(slots=True)
class Sent:
    """What a service sent of a table: descriptions by name, as records and as sent, and data."""

    protocol: str
    address: str
    about: dict[str, list[Record]] = field(default_factory=dict)
    as_sent: dict[str, bytes] = field(default_factory=dict)
    vintage: dict[str, str] = field(default_factory=dict)
    data: list[Record] = field(default_factory=list)
    announced: int | None = None
    pages: int = 0
    bytes: int = 0
    digest: str = ""


def fetch(
    table: str,
    folder: Path,
    *,
    condition: str = "",
    addresses: Addresses | None = None,
    pace: Pace | None = None,
    now: datetime | None = None,
    say: Say | None = None,
) -> Table:
    """Fetch a table, write it to a folder (`snapshot.write`), and return it.

    `condition` is an OData filter, such as "RegioS eq 'GM0599'". Raises InputError or StorageError
    with nothing written; what came is kept in the cache.
    """
    checked(table)
    snapshot.check_free(folder)
    where = addresses or Addresses.chosen()
    tell = say or (lambda _: None)
    try:
        sent = sent_by_v4(table, condition, Service(where.v4, pace or Pace()), tell)
        found = odata.table_v4(sent.about, sent.data, table)
    except GoneError:
        tell(f"{table} is not in {V4}; asking {V3}.")
        try:
            sent = sent_by_v3(table, condition, Service(where.v3, pace or Pace()), tell)
        except GoneError as error:
            raise InputError(
                f"CBS has no table '{table}', in {V4} nor in {V3}. Check its number on StatLine; a"
                f" table that was stopped may have a successor. ({error})"
            ) from None
        found = odata.table_v3(sent.about, sent.data, table)
    origin = snapshot.Origin(
        table=table,
        protocol=sent.protocol,
        address=sent.address,
        filter=condition,
        vintage=sent.vintage,
        announced=sent.announced,
        pages=sent.pages,
        bytes=sent.bytes,
        sha256=sent.digest,
    )
    snapshot.write(found, origin, folder, sent=sent.as_sent, now=now)
    return found


def checked(table: str) -> str:
    """Return the number of a table. Raises InputError for what cannot be one."""
    if _TABLE.fullmatch(table) is None:
        raise InputError(f"'{table}' is no number of a table. Give one such as 84780NED.")
    return table


def sent_by_v4(table: str, condition: str, service: Service, say: Say) -> Sent:
    """Return what v4 sends of a table. Raises GoneError when v4 lacks it, else InputError."""
    base = f"{service.root}/CBS/{table}"
    sent = Sent(V4, base)
    sent.vintage = v4_vintage(service, base, sent)
    with _whole(base):
        _rest_of_v4(sent, service, table, condition, say)
    return sent


def _rest_of_v4(sent: Sent, service: Service, table: str, condition: str, say: Say) -> None:
    base = sent.address
    for name in lists_of(service, base):
        if name not in _DATA | {"Properties"}:
            _describe(sent, service, name, f"{base}/{name}")
    told = sent.about["Properties"][0].get("ObservationCount")
    _take(
        sent,
        service,
        data=f"{base}/Observations",
        count=f"{base}/Observations/$count",
        query=f"$filter={quote(condition)}" if condition else "",
        told=None if condition or told is None else int(told),
        say=say,
    )
    _same_version(sent.vintage, v4_vintage(service, base), table)


def sent_by_v3(table: str, condition: str, service: Service, say: Say) -> Sent:
    """Return what v3 sends of a table. Raises GoneError when v3 lacks it, else InputError."""
    base = f"{service.root}/ODataApi/odata/{table}"
    sent = Sent(V3, base)
    sent.vintage = v3_vintage(service, base, sent)
    with _whole(base):
        _rest_of_v3(sent, service, table, condition, say)
    return sent


def _rest_of_v3(sent: Sent, service: Service, table: str, condition: str, say: Say) -> None:
    base = sent.address
    feed = f"{service.root}/ODataFeed/odata/{table}/UntypedDataSet"
    for name in lists_of(service, base):
        if name not in _DATA | {"TableInfos"}:
            _describe(sent, service, name, f"{base}/{name}?$format=json")
    query = f"$filter={quote(padded(condition, sent.about))}" if condition else ""
    _take(
        sent,
        service,
        data=f"{feed}?$format=json",
        count=f"{feed}/$count",
        query=query,
        told=None,
        say=say,
    )
    _same_version(sent.vintage, v3_vintage(service, base), table)


@contextmanager
def _whole(base: str) -> Iterator[None]:
    """A part that is gone, of a table that is there, ends the fetch: no other service has it."""
    try:
        yield
    except GoneError as error:
        raise InputError(f"{base} is there, but not all of it: {error}") from None


def v4_vintage(service: Service, base: str, sent: Sent | None = None) -> dict[str, str]:
    """Return what v4 says of the version of a table, kept in `sent` too."""
    content, properties = service.get(f"{base}/Properties", parsed)
    if sent is not None:
        sent.as_sent["Properties"] = content
        sent.about["Properties"] = [properties]
    return {key: str(properties[key]) for key in V4_VINTAGE if properties.get(key)}


def v3_vintage(service: Service, base: str, sent: Sent | None = None) -> dict[str, str]:
    """Return what v3 says of the version of a table, kept in `sent` too."""
    content, page = service.get(f"{base}/TableInfos?$format=json", parsed)
    infos = records(page, f"{base}/TableInfos")
    if not infos:
        raise GoneError(f"{base} describes no table.")
    if sent is not None:
        sent.as_sent["TableInfos"] = content
        sent.about["TableInfos"] = infos
    return {key: str(infos[0][key]) for key in V3_VINTAGE if infos[0].get(key)}


def lists_of(service: Service, base: str) -> list[str]:
    """Return the names of what a table has: code lists, descriptions and data."""
    _, index = service.get(f"{base}?$format=json", parsed)
    names = [str(one.get("name")) for one in records(index, base)]
    found = [name for name in names if _LIST.fullmatch(name)]
    if not found or len(found) > MOST_LISTS:
        raise InputError(f"{base} names {len(found)} parts of a table; 1 to {MOST_LISTS} can be.")
    return found


def padded(condition: str, about: Mapping[str, Sequence[Record]]) -> str:
    """Return a filter with the blanks that v3 pads its codes with: 'NL01' becomes 'NL01  '."""
    keys = [str(one["Key"]) for codes in about.values() for one in codes if "Key" in one]
    whole = {key.strip(): key for key in keys if key != key.strip()}
    return _QUOTED.sub(lambda match: f"'{whole.get(match[1].strip(), match[1])}'", condition)


def _describe(sent: Sent, service: Service, name: str, address: str) -> None:
    """Keep a code list, with the pages that follow."""
    found: list[Record] = []
    for k, (content, page) in enumerate(_Pages(service, {}).of(address)):
        found += parts_of(page, address)
        sent.as_sent[name if k == 0 else f"{name}_{k + 1}"] = content
    sent.about[name] = found


def _take(
    sent: Sent, service: Service, *, data: str, count: str, query: str, told: int | None, say: Say
) -> None:
    """Keep all data: as many records as announced, or none.

    When pages of an earlier fetch do not add up, all are asked anew.
    """
    sent.announced = announced(service, f"{count}?{query}" if query else count)
    if sent.announced is None:
        sent.announced = told
    if sent.announced == 0:
        raise InputError(f"{sent.address}: no cell meets the filter. Check its codes.")
    sign = "&" if "?" in data else "?"
    address = f"{data}{sign}{query}" if query else data
    pages = _Pages(service, sent.vintage)
    try:
        _add(sent, pages, address, say)
    except InputError:
        if not pages.from_cache:
            raise
        say("What was kept of an earlier fetch does not add up; asking all of it anew.")
        _add(sent, _Pages(service, sent.vintage, is_fresh=True), address, say)


def _add(sent: Sent, pages: _Pages, address: str, say: Say) -> None:
    sent.data, sent.pages, sent.bytes = [], 0, 0
    whole = hashlib.sha256()
    for content, page in pages.of(address):
        sent.data += records(page, sent.address)
        sent.pages += 1
        sent.bytes += len(content)
        whole.update(content)
        say(f"{len(sent.data):,} of {sent.announced or 'an unknown number of'} records")
        if sent.bytes > LARGEST:
            raise InputError(
                f"{sent.address} has more than {LARGEST / 1e6:.0f} MB. Ask for a part of the table"
                " with --filter."
            )
    sent.digest = whole.hexdigest()
    if sent.announced is not None and len(sent.data) != sent.announced:
        raise InputError(
            f"{sent.address} announced {sent.announced} records and sent {len(sent.data)}. Nothing"
            " is written; run the same again later."
        )


def announced(service: Service, address: str) -> int | None:
    """Return how many records a service says there are; None when it does not tell."""
    try:
        return service.get(address, _count)[1]
    except (GoneError, RefusedError):
        return None


def _count(content: bytes, _: str) -> int | None:
    text = content.decode("utf-8-sig", "replace").strip()
    return int(text) if text.isascii() and text.isdigit() else None


class _Pages:
    """Pages one after another, from the cache where this version of one lies there.

    `from_cache` counts those that did.
    """

    def __init__(
        self, service: Service, vintage: Mapping[str, str], *, is_fresh: bool = False
    ) -> None:
        self.from_cache = 0
        self._service = service
        self._vintage = vintage
        self._is_fresh = is_fresh

    def of(self, address: str) -> Iterator[tuple[bytes, Record]]:
        """Yield every page as sent and parsed. Raises InputError for a circle or too many."""
        seen: set[str] = set()
        here: str | None = self._service.address(address)
        while here is not None:
            if here in seen:
                raise InputError(f"{here} comes round again: its pages form a circle.")
            seen.add(here)
            if len(seen) > MOST_PAGES:
                raise InputError(
                    f"{address} has more than {MOST_PAGES} pages. Ask for a part with --filter."
                )
            content, page = self._page(here)
            yield content, page
            link = next_link(page)
            here = None if link is None else self._service.address(urljoin(here, link))

    def _page(self, address: str) -> tuple[bytes, Record]:
        """Return a page; one that has a version is kept in the cache under it."""
        if not self._vintage:
            return self._service.get(address, _records_page)
        versions = (f"{key}={value}" for key, value in sorted(self._vintage.items()))
        key = "\n".join(["cbs page", address, *versions])
        kept = None if self._is_fresh else shelf.get("downloads", key)
        if kept is not None:
            self.from_cache += 1
            return kept, _records_page(kept, address)
        content, page = self._service.get(address, _records_page)
        shelf.put("downloads", key, content)
        return content, page


def _records_page(content: bytes, address: str) -> Record:
    page = parsed(content, address)
    parts_of(page, address)
    return page


def _same_version(before: Mapping[str, str], after: Mapping[str, str], table: str) -> None:
    if before != after:
        told = ", ".join(
            f"{key} {before.get(key, '-')} → {after.get(key, '-')}"
            for key in sorted({*before, *after})
            if before.get(key) != after.get(key)
        )
        raise InputError(
            f"{table} changed while it was fetched ({told}). Nothing is kept of it; run the same"
            " again."
        )
