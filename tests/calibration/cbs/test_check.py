"""`check` tells what the service does otherwise than the client expects."""

from __future__ import annotations

from pathlib import Path

import pytest

from calibration.cbs.check import Finding, check, check_snapshot
from calibration.cbs.fetch import fetch
from tests.calibration.cbs.made_up import TABLE, Cbs, Clock, status


@pytest.fixture
def checked(cbs: Cbs, clock: Clock) -> list[Finding]:
    return check(TABLE, addresses=cbs.addresses, pace=clock.pace)


def differing(found: list[Finding]) -> dict[str, str]:
    return {one.expected: one.found for one in found if not one.agrees}


def test_a_service_as_expected_differs_in_nothing(checked: list[Finding]) -> None:
    assert differing(checked) == {
        "OData v3 says its version by Modified, MetaDataModified": (
            "without MetaDataModified; there are Modified"
        ),
        "OData v4 says its version by Version, Modified, ObservationsModified": (
            "without ObservationsModified; there are Version, Modified"
        ),
    }
    assert len(checked) > 12


@pytest.mark.parametrize("word", ["Unheard-of", "Onbetrouwbaar"])
def test_words_that_nobody_saw_before_are_told(cbs: Cbs, clock: Clock, word: str) -> None:
    cbs.cells[0]["ValueAttribute"] = word

    found = differing(check(TABLE, addresses=cbs.addresses, pace=clock.pace))

    assert found["OData v4 sends marks that are known"].startswith(f"also {word}: kept as sent")


def test_other_fields_links_and_counts_are_told(cbs: Cbs, clock: Clock) -> None:
    cbs.counts = False
    cbs.link = lambda _: "https://elsewhere.example/"
    for cell in cbs.cells:
        cell["Waarde"] = cell.pop("Value")

    found = differing(check(TABLE, addresses=cbs.addresses, pace=clock.pace))

    assert found["OData v4 counts its records"] == "no count"
    assert "points to another place" in found["OData v4 links to its own pages"]
    assert (
        "without Value;"
        in found["OData v4 sends observations with Measure, Value, ValueAttribute, StringValue"]
    )


def test_a_table_in_one_service_is_enough_and_in_none_is_told(cbs: Cbs, clock: Clock) -> None:
    cbs.in_v4 = False
    found = check(TABLE, addresses=cbs.addresses, pace=clock.pace)
    assert all(one.expected.startswith("OData v3") for one in found)

    cbs.in_v3 = False
    found = check(TABLE, addresses=cbs.addresses, pace=clock.pace)
    assert differing(found) == {"one of the services has the table": "neither"}


def test_a_service_that_does_not_answer_is_a_finding(cbs: Cbs, clock: Clock) -> None:
    cbs.fail("/v1/", status(503), times=5)

    found = differing(check(TABLE, addresses=cbs.addresses, pace=clock.pace))

    assert "status 503" in found["OData v4 answers"]


@pytest.mark.parametrize("in_v4", [True, False])
def test_a_fetched_table_is_held_against_the_version_of_today(
    cbs: Cbs, clock: Clock, tmp_path: Path, in_v4: bool
) -> None:
    cbs.in_v4 = in_v4
    fetch(TABLE, tmp_path / "kept", addresses=cbs.addresses, pace=clock.pace)
    assert not differing(
        check_snapshot(tmp_path / "kept", addresses=cbs.addresses, pace=clock.pace)
    )

    cbs.version = "2"
    found = check_snapshot(tmp_path / "kept", addresses=cbs.addresses, pace=clock.pace)

    assert differing(found)["Modified is 2026-06-01"] == "2026-06-02"
    cbs.in_v3 = cbs.in_v4 = False
    gone = check_snapshot(tmp_path / "kept", addresses=cbs.addresses, pace=clock.pace)
    assert "the table is still there" in differing(gone)
