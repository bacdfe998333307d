"""Cells of a fetched table become a target, and the target gets a verdict."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from calibration.cbs import snapshot
from calibration.cbs.fetch import fetch
from calibration.cbs.table import Table
from calibration.monitors.observed import Observed
from calibration.targets.meets import circular, meets, same_quantity
from calibration.targets.new import Source, Wanted, circular_with, new_target
from calibration.targets.reader import load_targets, targets_in
from calibration.targets.target import Target
from model.disk import cache
from model.errors import InputError
from tests.calibration.cbs.made_up import TABLE, Cbs, Clock

World = Callable[..., Observed]
TARGETS = load_targets()
SOURCE = Source(table=TABLE, vintage=f"CBS {TABLE} Modified 2026-06-01")
LAST_YEAR = {"Herkomst": "Totaal", "RegioS": "Nederland", "Perioden": "2023/'24"}
LIKE = TARGETS["leaving_vo_eu11"]
RATE = Wanted(
    value="M003",
    keep=LAST_YEAR,
    like=LIKE,
    discrepancy=0.1,
    reason="All pupils; the model has two populations.",
)


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Table:
    """The made-up table as it is fetched from a service on this machine, and read back."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    service = Cbs()
    fetch(TABLE, tmp_path / "kept", addresses=service.addresses, pace=Clock().pace)
    service.stop()
    return snapshot.load(tmp_path / "kept")


def made(table: Table, tmp_path: Path, wanted: Wanted = RATE, source: Source = SOURCE) -> Target:
    """Return the target that is read back from what `target new` writes."""
    path = tmp_path / "mine.toml"
    path.write_text(new_target(table, wanted, source), encoding="utf-8")
    (target,) = targets_in(path)
    return target


def test_from_a_fetched_table_to_a_target_to_a_verdict(
    table: Table, tmp_path: Path, world: World
) -> None:
    named = replace(RATE, value="Aandeel vsv'ers", n="Leerlingen", numerator="Vsv'ers")

    target = made(table, tmp_path, named)

    assert (target.value, target.n, target.numerator) == (1.45, 2_142_800, 31_077)
    assert target.rounding == pytest.approx(0.01)
    assert (target.year, target.vintage) == ("2023/'24", SOURCE.vintage)
    assert target.quantity == LIKE.quantity
    assert target.figures == (TABLE,)
    near = meets(target, [world({("vsv_vo_expected", "eu11", "all"): 0.0146})], families=1000)
    far = meets(target, [world({("vsv_vo_expected", "eu11", "all"): 0.03})], families=1000)
    assert (near.holds, far.holds) == (True, False)
    assert near.behind == 1000.0
    assert same_quantity(target, TARGETS) is LIKE


def test_runs_with_other_luck_tell_the_noise_and_the_size_that_drowns_it(
    table: Table, tmp_path: Path, world: World
) -> None:
    target = made(table, tmp_path)
    runs = [world({("vsv_vo_expected", "eu11", "all"): rate}) for rate in (0.013, 0.015, 0.017)]

    found = meets(target, runs, families=1000)

    assert found.values == pytest.approx((1.3, 1.5, 1.7))
    assert found.noise == pytest.approx(0.2)
    assert found.quiet_families == pytest.approx(1000 * (0.2 / (0.5 * target.total_error)) ** 2)
    unseen = meets(target, [world(without="vsv_vo_expected")] * 2, families=1000)
    assert unseen.holds is None


def test_a_file_without_discrepancy_or_quantity_says_what_is_missing(
    table: Table, tmp_path: Path
) -> None:
    for wanted, missing in (
        (replace(RATE, reason=None), "reason"),
        (replace(RATE, discrepancy=None), "discrepancy"),
        (replace(RATE, like=None), "measure"),
    ):
        with pytest.raises(InputError, match=f"'{missing}' is missing"):
            made(table, tmp_path, wanted)


def test_numerator_and_denominator_make_a_share_of_their_own(table: Table, tmp_path: Path) -> None:
    target = made(table, tmp_path, replace(RATE, value=None, n="M001", numerator="M002"))

    assert target.value == pytest.approx(100 * 31_077 / 2_142_800)
    assert target.rounding is None
    assert target.standard_error > 0.0


def test_a_number_that_may_still_change_says_so(table: Table) -> None:
    keep = {**LAST_YEAR, "Perioden": "2024/'25*"}

    text = new_target(table, Wanted(value="M001", keep=keep, unit="pupils"), SOURCE)

    entry = tomllib.loads(text)["target"][0]
    assert entry["vintage"].endswith(", Voorlopig (may still change)")
    assert entry["value"] == 2_139_100
    assert entry["rounding"] == 100.0


def test_an_interval_is_a_target_of_an_interval(table: Table, tmp_path: Path) -> None:
    row = table.cells["measure"] == "M003"
    for name, value in (("value", float("nan")), ("low", 0.0), ("high", 5.0)):
        table.cells.loc[row, name] = value
    table.cells.loc[row, ["mark", "meaning"]] = ["<5", "interval"]

    target = made(table, tmp_path)

    assert (target.kind, target.value, target.bounds) == ("interval", None, (0.0, 5.0))


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({}, "give --value .* or --n and --numerator"),
        ({"value": "M003", "keep": {"RegioS": "NL01"}}, "5 cells of 'M003' are left.*Perioden: "),
        ({"value": "M003", "keep": {"RegioS": "GM9"}}, "no row has RegioS = 'GM9'"),
        (
            {"value": "M002", "keep": {**LAST_YEAR, "Perioden": "2024SJ00"}, "unit": "pupils"},
            r"holds Unknown here \(unknown\), which is no number, and no target",
        ),
        (
            {"n": "M001", "numerator": "M002", "keep": {**LAST_YEAR, "Perioden": "2024SJ00"}},
            "so nobody knows how many",
        ),
        ({"value": "M001", "keep": LAST_YEAR}, "Say with --unit what that is"),
        ({"value": "M001", "keep": LAST_YEAR, "unit": "pupil"}, "Did you mean 'pupils'"),
        ({"value": "M002", "keep": LAST_YEAR, "unit": "percent"}, "is a rate. Give the column"),
        ({"value": "M003", "keep": LAST_YEAR, "unit": "euro"}, "is in percent, and 'euro' is not"),
        ({"n": "M002", "numerator": "M001", "keep": LAST_YEAR}, "that is never less"),
        (
            {"value": "M003", "n": "50000", "numerator": "M002", "keep": LAST_YEAR},
            "says 1.45 percent, but numerator over n is 62.154: it is a share of others",
        ),
        (
            {"value": "M003", "keep": LAST_YEAR, "like": TARGETS["advice_gap"]},
            "compares two numbers, and a cell is one",
        ),
    ],
)
def test_what_no_target_can_be_of_is_refused(
    table: Table, wanted: dict[str, Any], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        new_target(table, Wanted(**wanted), SOURCE)


def test_parameters_from_the_same_table_make_a_target_circular(
    table: Table, tmp_path: Path
) -> None:
    assert "school.leave_mbo2" in circular_with("84782NED")
    assert circular_with("8478") == ()
    assert circular_with("duo") == ()
    source = Source(table="84782NED", vintage="CBS 84782NED")
    target = made(table, tmp_path, source=source)
    assert target.use == "check"
    assert "school.leave_mbo2" in target.inputs
    assert circular(target) == ()

    path = tmp_path / "mine.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"school.leave_mbo2", ', ""), encoding="utf-8")
    (target,) = targets_in(path)
    assert circular(target) == ("school.leave_mbo2",)
