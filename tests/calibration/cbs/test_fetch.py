"""A table is fetched whole or not at all, whatever a service does."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from calibration.cbs import fetch as fetching
from calibration.cbs import service, snapshot
from calibration.cbs.fetch import fetch
from calibration.cbs.service import Addresses, Service
from calibration.cbs.table import Table
from model.errors import InputError
from tests.calibration.cbs.made_up import (
    TABLE,
    Asked,
    Cbs,
    Clock,
    Fault,
    cut,
    redirect,
    reset,
    status,
    truncated,
)

NOW = datetime(2026, 11, 26, tzinfo=UTC)


class Fetches:
    """Fetches into a folder of its own, in a time of its own."""

    def __init__(self, cbs: Cbs, clock: Clock, folder: Path) -> None:
        self.cbs, self.clock, self.folder = cbs, clock, folder
        self.told: list[str] = []

    def __call__(self, table: str = TABLE, condition: str = "") -> Table:
        """Fetch a table of the service."""
        return fetch(
            table,
            self.folder,
            condition=condition,
            addresses=self.cbs.addresses,
            pace=self.clock.pace,
            now=NOW,
            say=self.told.append,
        )

    @property
    def about(self) -> dict[str, Any]:
        """What the folder says of itself."""
        return snapshot.manifest(self.folder)


@pytest.fixture
def fetched(cbs: Cbs, clock: Clock, tmp_path: Path) -> Fetches:
    return Fetches(cbs, clock, tmp_path / "out" / TABLE)


def cell(table: Table, measure: str, *keys: str) -> dict[str, Any]:
    cells = table.cells[table.cells["measure"] == table.named(measure).name]
    for dimension, key in zip(table.dimensions, keys, strict=True):
        cells = cells[cells[dimension.name] == key]
    (row,) = cells.to_dict("records")
    return {str(name): value for name, value in row.items()}


def test_a_table_of_v4_comes_with_marks_units_and_version(fetched: Fetches) -> None:
    table = fetched()

    pupils = cell(table, "Leerlingen", "T001040", "NL01", "2022SJ00")
    assert (pupils["value"], pupils["low"], pupils["high"]) == (2_150_300, 2_150_250, 2_150_350)
    assert cell(table, "Vsv'ers", "A051737", "GM1992", "2023SJ00")["value"] == 0.0
    secret = cell(table, "Vsv'ers", "A051737", "GM1992", "2024SJ00")
    assert (secret["mark"], secret["meaning"], secret["status"]) == (
        "Confidential",
        "secret",
        "Voorlopig",
    )
    assert math.isnan(secret["value"])
    about = fetched.about
    assert about["protocol"] == "OData v4"
    assert about["vintage"] == {"Version": "1", "Modified": "2026-06-01"}
    assert (about["announced"], about["cells"], about["pages"]) == (24, 24, 4)
    assert about["fetched"] == "2026-11-26T00:00:00+00:00"
    kept = {path.name for path in (fetched.folder / "metadata").iterdir()}
    assert {"Properties.json", "MeasureCodes.json", "PeriodenCodes.json"} <= kept


def test_a_table_that_v4_lacks_comes_from_v3_with_the_same_numbers(
    fetched: Fetches, tmp_path: Path
) -> None:
    first = fetched()
    fetched.folder = tmp_path / "v3"
    fetched.cbs.in_v4 = False

    second = fetched()

    assert fetched.about["protocol"] == "OData v3"
    assert f"{TABLE} is not in OData v4; asking OData v3." in fetched.told
    assert len(second.cells) == 27  # v3 sends empty cells, v4 leaves them out
    assert dict(second.meanings())["empty", ""] == 3
    for measure in ("Leerlingen", "Vsv'ers", "Aandeel vsv'ers"):
        place = ("A051735", "GM0599", "2023SJ00")
        one, other = cell(first, measure, *place), cell(second, measure, *place)
        assert {k: one[k] for k in ("value", "low", "high")} == {
            k: other[k] for k in ("value", "low", "high")
        }
    assert cell(second, "Vsv'ers", "T001040", "NL01", "2024SJ00")["mark"] == "."


@pytest.mark.parametrize("in_v4", [True, False])
def test_a_filter_is_kept_on_every_page(fetched: Fetches, in_v4: bool) -> None:
    fetched.cbs.in_v4, fetched.cbs.page_size = in_v4, 2

    table = fetched(condition="RegioS eq 'NL01'")

    assert set(table.cells["RegioS"]) == {"NL01"}
    assert fetched.about["filter"] == "RegioS eq 'NL01'"
    assert fetched.about["pages"] > 1


def test_what_was_written_is_read_back_and_a_change_in_it_is_found(fetched: Fetches) -> None:
    table = fetched()

    again = snapshot.load(fetched.folder)

    assert again.cells.to_dict("list").keys() == table.cells.to_dict("list").keys()
    assert str(again.cells.to_dict("records")) == str(table.cells.to_dict("records"))
    assert (again.measures, again.title) == (table.measures, table.title)
    path = fetched.folder / snapshot.CELLS
    path.write_text(path.read_text().replace("30210", "30211"))
    with pytest.raises(Exception, match=r"cells\.csv was changed since it was fetched"):
        snapshot.load(fetched.folder)


@pytest.mark.parametrize(
    "fault",
    [status(503), status(429, Retry_After="7"), status(500), cut, truncated, reset],
    ids=["503", "429", "500", "cut", "truncated", "reset"],
)
@pytest.mark.parametrize("place", ["Properties", "count", "skip=6", "MeasureCodes"])
def test_a_fault_that_passes_is_tried_again(fetched: Fetches, fault: Fault, place: str) -> None:
    if fault is truncated and place == "count":
        fetched.cbs.fail(place, status(503))  # what is no number is no count, and not asked again
    fetched.cbs.fail(place, fault, times=2)

    table = fetched()

    assert len(table.cells) == 24
    assert any(wait >= 1.0 for wait in fetched.clock.waited)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (status(503), "status 503"),
        (cut, "the answer was cut off"),
        (truncated, "no JSON, or was cut off"),
        (reset, "no connection"),
    ],
    ids=["503", "cut", "truncated", "reset"],
)
def test_a_fault_that_stays_ends_the_fetch_after_a_few_attempts(
    fetched: Fetches, fault: Fault, told: str
) -> None:
    fetched.cbs.fail("skip=12", fault, times=service.ATTEMPTS)

    with pytest.raises(InputError, match=rf"in 5 attempts: .*{told}"):
        fetched()

    assert not fetched.folder.parent.exists() or not list(fetched.folder.parent.iterdir())
    assert sum("skip=12" in one for one in fetched.cbs.asked) == service.ATTEMPTS


def test_a_service_that_says_nothing_is_given_up(
    fetched: Fetches, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "TIMEOUT", (1.0, 0.02))
    fetched.cbs.fail("skip=6", lambda _: fetched.cbs.hold.wait(60), times=service.ATTEMPTS)

    with pytest.raises(InputError, match="it did not answer in time"):
        fetched()


def test_a_service_may_ask_to_wait_but_not_for_ever(fetched: Fetches) -> None:
    fetched.cbs.fail("skip=6", status(429, Retry_After="7"))
    fetched.cbs.fail("skip=12", status(503, Retry_After="86400"))

    fetched()

    assert 7.0 in fetched.clock.waited
    assert max(fetched.clock.waited) == service.LONGEST_WAIT


def test_requests_are_spaced(fetched: Fetches) -> None:
    fetched()

    waits = [wait for wait in fetched.clock.waited if wait == service.SPACING]
    assert len(waits) == len(fetched.cbs.asked) - 1


def test_a_fetch_that_was_stopped_goes_on_where_it_was(fetched: Fetches) -> None:
    fetched.cbs.fail("skip=18", status(503), times=service.ATTEMPTS)
    with pytest.raises(InputError, match="run the same again later to go on"):
        fetched()
    before = list(fetched.cbs.asked)
    fetched.cbs.asked.clear()

    table = fetched()

    assert len(table.cells) == 24
    assert any("skip=6" in one for one in before)
    assert [one for one in fetched.cbs.asked if "skip" in one] == [
        f"/v1/CBS/{TABLE}/Observations?$skip=18"
    ]


KILLED = """
import os, signal, sys
from pathlib import Path
from calibration.cbs.fetch import fetch
from calibration.cbs.service import Addresses
def say(told):
    if told.startswith("12 of"):
        os.kill(os.getpid(), signal.SIGKILL)
fetch(sys.argv[1], Path(sys.argv[2]), addresses=Addresses(sys.argv[3], sys.argv[4]), say=say)
"""


def test_a_fetch_that_was_killed_goes_on_and_leaves_no_half_table(fetched: Fetches) -> None:
    where = fetched.cbs.addresses
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, TABLE, str(fetched.folder), where.v4, where.v3],
        check=False,
        env=dict(os.environ),
        cwd=Path(__file__).parents[3],
    )
    assert killed.returncode == -signal.SIGKILL
    assert not fetched.folder.exists()
    fetched.cbs.asked.clear()

    table = fetched()

    assert len(table.cells) == 24
    skips = [one.rpartition("=")[2] for one in fetched.cbs.asked if "skip" in one]
    assert skips == ["12", "18"]


def test_pages_of_another_version_are_not_mixed_in(fetched: Fetches) -> None:
    fetched.cbs.fail("skip=18", status(503), times=service.ATTEMPTS)
    with pytest.raises(InputError):
        fetched()
    fetched.cbs.version = "2"
    fetched.cbs.cells[0]["Value"] = 9999.9

    table = fetched()

    assert cell(table, "Leerlingen", "T001040", "NL01", "2022SJ00")["value"] == 9_999_900.0
    assert fetched.about["vintage"]["Version"] == "2"


def test_kept_pages_that_do_not_add_up_are_asked_anew(fetched: Fetches) -> None:
    whole = fetched.cbs.cells
    fetched.cbs.cells, fetched.cbs.counts = whole[:12], False
    fetched()
    fetched.folder = fetched.folder.with_name("again")
    fetched.cbs.cells, fetched.cbs.counts = whole, True

    table = fetched()

    assert len(table.cells) == 24
    assert any("asking all of it anew" in told for told in fetched.told)


def test_a_table_that_changes_on_the_way_is_not_kept(fetched: Fetches) -> None:
    def changes(_: Asked) -> bool:
        fetched.cbs.version = "2"
        return False

    fetched.cbs.fail("skip=12", changes)

    with pytest.raises(InputError, match=r"changed while it was fetched \(.*Version 1 → 2"):
        fetched()
    assert not fetched.folder.exists()


@pytest.mark.parametrize("in_v4", [True, False])
def test_fewer_cells_than_announced_are_no_table(fetched: Fetches, in_v4: bool) -> None:
    fetched.cbs.in_v4 = in_v4
    fetched.cbs.fail("count", status(200, b"25"))

    with pytest.raises(InputError, match="announced 25 records and sent"):
        fetched()
    assert not fetched.folder.exists()


def test_without_a_count_the_manifest_says_that_there_was_none(fetched: Fetches) -> None:
    fetched.cbs.counts = False

    fetched()

    assert fetched.about["announced"] is None


@pytest.mark.parametrize("content", [b"<!DOCTYPE html><html>Not here</html>", b"Not found"])
def test_a_table_that_is_gone_is_told_apart_from_figures(fetched: Fetches, content: bytes) -> None:
    fetched.cbs.fail("/v1/CBS", status(200, content))
    fetched.cbs.in_v3 = False

    with pytest.raises(InputError, match=r"no table '99990NED', in OData v4 nor in OData v3"):
        fetched()


def test_a_part_of_a_table_that_is_gone_ends_the_fetch(fetched: Fetches) -> None:
    fetched.cbs.fail("PeriodenCodes", status(404))

    with pytest.raises(InputError, match="is there, but not all of it"):
        fetched()


def test_a_filter_that_the_service_refuses_is_told_in_its_words(fetched: Fetches) -> None:
    with pytest.raises(InputError, match=r"status 400.*Could not find a property in 'Regio eq"):
        fetched(condition="Regio eq 'NL01'")
    with pytest.raises(InputError, match="no cell meets the filter"):
        fetched(condition="RegioS eq 'GM9999'")


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.example/Observations?$skip=6",
        "http://127.0.0.1:1/v1/CBS/Observations",
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "http://user@127.0.0.1/x",
    ],
)
def test_page_links_to_elsewhere_are_not_followed(fetched: Fetches, link: str) -> None:
    fetched.cbs.link = lambda _: link

    with pytest.raises(InputError, match="points to another place"):
        fetched()


def test_redirects_are_followed_at_home_only(fetched: Fetches, tmp_path: Path) -> None:
    fetched.cbs.fail("MeasureCodes", redirect(f"/v1/CBS/{TABLE}/MeasureCodes?again"))
    assert len(fetched().cells) == 24
    fetched.folder = tmp_path / "elsewhere"
    for place, told in (
        ("https://elsewhere.example/", "is not http"),
        ("http://elsewhere.example/", "points to another place"),
        ("file:///etc/passwd", "is not http"),
        ("", "is not http"),
    ):
        fetched.cbs.fail("MeasureCodes", redirect(place))
        with pytest.raises(InputError, match=told):
            fetched()
    fetched.cbs.fail("MeasureCodes", redirect(f"/v1/CBS/{TABLE}/MeasureCodes"), times=9)
    with pytest.raises(InputError, match="round in a circle"):
        fetched()


def test_pages_that_form_a_circle_or_never_end_are_given_up(
    fetched: Fetches, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MOST_PAGES", 3)
    with pytest.raises(InputError, match="more than 3 pages"):
        fetched()
    home = fetched.cbs.root
    fetched.cbs.link = lambda _: f"{home}/v1/CBS/{TABLE}/Observations"
    fetched.cbs.version = "3"
    with pytest.raises(InputError, match="comes round again"):
        fetched()


def test_a_table_that_is_too_large_is_given_up(
    fetched: Fetches, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 1500)
    with pytest.raises(InputError, match="has more than 0 MB"):
        fetched()
    door = Service(fetched.cbs.root, fetched.clock.pace, largest=100)
    with pytest.raises(InputError, match="sends more than 0 MB"):
        door.get(f"v1/CBS/{TABLE}/Properties", lambda content, _: content)


def test_cells_that_come_twice_are_refused(fetched: Fetches) -> None:
    fetched.cbs.cells[7] = dict(fetched.cbs.cells[6])

    with pytest.raises(InputError, match=r"observation 8: the cell .* is there twice"):
        fetched()


def test_what_lies_in_a_folder_is_not_written_over(fetched: Fetches) -> None:
    fetched.folder.mkdir(parents=True)
    (fetched.folder / "mine.txt").write_text("mine")

    with pytest.raises(InputError, match="is there already"):
        fetched()
    assert [path.name for path in fetched.folder.iterdir()] == ["mine.txt"]
    assert fetched.cbs.asked == []


@pytest.mark.parametrize("table", ["", "../x", "84780NED/..", "a" * 21, "84780 NED", "é"])
def test_what_is_no_number_of_a_table_is_refused(fetched: Fetches, table: str) -> None:
    with pytest.raises(InputError, match="is no number of a table"):
        fetched(table)


def test_names_of_lists_that_lead_out_of_the_folder_are_passed_over(
    fetched: Fetches,
) -> None:
    index = {"value": [{"name": n} for n in ("../../evil", "MeasureCodes", "Observations")]}
    fetched.cbs.fail(rf"{TABLE}\?", status(200, json.dumps(index).encode()))

    fetched()

    assert {path.name for path in (fetched.folder / "metadata").iterdir()} == {
        "Properties.json",
        "MeasureCodes.json",
    }


@pytest.mark.parametrize(
    "address",
    [
        "http://datasets.cbs.nl/odata/v1",
        "http://10.0.0.1/",
        "http://127.0.0.1.example.com/",
        "ftp://127.0.0.1",
        "file:///tmp",
        "https://",
        "https://user:word@cbs.example",
        "https://cbs.example/?x",
        "cbs.example",
        "https://cbs.example:99999",
    ],
)
def test_an_address_is_https_or_on_this_machine(address: str) -> None:
    with pytest.raises(InputError, match="cannot be used"):
        Addresses.chosen({"v4": address})


def test_addresses_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Addresses.chosen() == Addresses(service.V4, service.V3)
    monkeypatch.setenv(service.V3_VARIABLE, "https://mirror.example/cbs/")
    assert Addresses.chosen().v3 == "https://mirror.example/cbs"
    assert Addresses.chosen({"v3": "http://localhost:8000"}).v3 == "http://localhost:8000"


@pytest.mark.parametrize(
    ("link", "asked"),
    [
        ("http://cbs.example/odata/x?$skip=5", "https://cbs.example/odata/x?$skip=5"),
        ("/odata/y", "https://cbs.example/odata/y"),
        ("https://cbs.example:443/z", "https://cbs.example/z"),
    ],
)
def test_plain_links_of_the_same_service_are_asked_over_https(
    clock: Clock, link: str, asked: str
) -> None:
    door = Service("https://cbs.example", clock.pace)

    assert door.address(link) == asked
    for other in ("https://cbs.example:8443/", "http://cbs.example:8000/", "https://a.cbs.example"):
        with pytest.raises(InputError, match="points to another place"):
            door.address(other)
