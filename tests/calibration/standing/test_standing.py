"""What stands still stands, what moves is told, and who is there moves nothing."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from calibration.standing import __main__ as page
from calibration.standing import kept
from calibration.standing.judge import Moved, moved, off_wave
from calibration.standing.rows import rows
from calibration.standing.watch import (
    ADULT,
    AGES,
    CHILD_CELLS,
    CHILDREN,
    COUNTED,
    FAMILIES,
    FAMILY_CELLS,
    LEAVING_CELLS,
    Standing,
)
from calibration.verdicts import NO, NOT_JUDGED, NOT_SEEN, YES
from model.errors import StorageError
from scenarios.runs.harness import evaluate

YEARS = 20
LEVEL, PEOPLE = 0.4, 100.0


def made_up(level: float = LEVEL, years: int = YEARS) -> dict[str, np.ndarray]:
    """Return a run in which every quantity has one level, in every cell and year."""
    found = {}
    for names, shape in (
        (CHILDREN, CHILD_CELLS),
        ((*FAMILIES, *ADULT, *COUNTED), FAMILY_CELLS),
        (("leaving",), LEAVING_CELLS),
    ):
        for name in names:
            found[name] = np.full((years, int(np.prod(shape)), 2), PEOPLE)
            found[name][..., 0] *= level
    return found


def of(found: list[Moved], key: str) -> Moved:
    return next(one for one in found if one.row.key == key)


OWNER = "standing.owner.here_3-9_years"
LEARNING = "standing.learning.born_here_5-11"


def test_what_has_one_level_stands_still_everywhere() -> None:
    found = moved([made_up(), made_up()])

    assert len(found) == len(rows()) > 100
    assert {one.verdict for one in found} == {YES}
    assert all(one.first == one.later == pytest.approx(LEVEL) for one in found)


def test_no_row_is_there_twice_and_each_has_cells() -> None:
    assert len({row.key for row in rows()}) == len(rows())
    assert all(row.cells.size > 0 for row in rows())


@pytest.mark.parametrize(("times", "verdict"), [(1.04, YES), (1.08, NO), (0.92, NO)])
def test_a_share_may_move_by_a_twentieth(times: float, verdict: str) -> None:
    runs = [made_up(), made_up()]
    for run in runs:
        run["owner"][3:, :, 0] *= times

    found = of(moved(runs), OWNER)

    # Two of the nineteen later years are among the first.
    assert found.moved == pytest.approx(17 / 19 * (times - 1.0) * LEVEL)
    assert found.verdict == verdict


def test_a_score_may_move_by_three_hundredths_whatever_its_level() -> None:
    for by, verdict in ((0.03, YES), (0.04, NO)):
        runs = [made_up(level=0.0), made_up(level=0.0)]
        for run in runs:
            run["learning"][3:, :, 0] += by * PEOPLE
        assert of(moved(runs), LEARNING).verdict == verdict


def test_who_is_there_moves_nothing_where_people_alike_do_not_change() -> None:
    runs = [made_up(), made_up()]
    for run in runs:
        cells = run["owner"].shape[1]
        run["owner"][..., 0] = PEOPLE * np.linspace(0.1, 0.9, cells)
        run["owner"][10:] *= np.linspace(5.0, 0.2, cells)[None, :, None]

    assert of(moved(runs), OWNER).moved == pytest.approx(0.0, abs=1e-12)


def test_one_run_and_runs_that_lie_apart_are_not_judged() -> None:
    assert {one.verdict for one in moved([made_up()])} == {NOT_JUDGED}
    runs = [made_up(), made_up()]
    runs[0]["owner"][3:, :, 0] *= 1.2
    assert of(moved(runs), OWNER).verdict == NOT_JUDGED


def test_what_nobody_is_is_not_seen() -> None:
    runs = [made_up(), made_up()]
    for run in runs:
        run["owner"][:] = 0.0

    assert of(moved(runs), OWNER).verdict == NOT_SEEN


def test_counts_are_held_against_the_wave_in_the_year_in_which_they_are_farthest() -> None:
    children = np.zeros((YEARS, AGES))
    wave = np.array([off.account for off in off_wave(children)])
    assert (wave > 0.0).all()
    children[:, 0] = 29_442
    small = off_wave(children)[0]

    assert small.band == "0-4"
    assert small.year == 2024
    assert small.off == pytest.approx(29_442 / 30_038 - 1.0)
    assert small.verdict == YES
    children[7, 0] *= 1.05
    assert (off_wave(children)[0].year, off_wave(children)[0].verdict) == (2031, NO)


def test_a_run_is_counted_as_it_ends() -> None:
    watch = Standing()
    evaluate(families=600, years=2, seed=2, groups=("all",), observers=[watch])
    sums: Mapping[str, np.ndarray] = watch.numbers
    state = watch.state

    assert (watch.children.sum(axis=1) > 90_000).all()
    here = np.isin(state.families["status"], (1, 2))
    assert sums["owner"][1, :, 1].sum() == here.sum()
    assert sums["knowledge"][1, :, 0].sum() == pytest.approx(
        state.families["knowledge"][here].sum(dtype=float), rel=1e-5
    )
    assert 0 < sums["leaves_country"][:, :, 0].sum() < 0.2 * sums["leaves_country"][:, :, 1].sum()
    assert sums["leaving"][0, :, 1].sum() > 0.0
    assert sums["leaving"][1].sum() == 0.0
    start = watch.who[0]
    assert len(watch.who) == 3
    assert start["families with a minor"] + 0.0 < 65_000 < 1.3 * start["families with a minor"]
    assert start["0-4"] == pytest.approx(30_285, rel=0.1)
    assert watch.who[1]["families that came or began in the year"] == pytest.approx(6550, rel=0.1)


def test_the_page_tells_what_moves_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "PAGE", tmp_path / "standing.md")
    monkeypatch.setattr(kept, "MOVED", tmp_path / "moved.csv")
    monkeypatch.setattr(kept, "AGES", tmp_path / "ages.csv")
    kept.stood.cache_clear()
    kept.aged.cache_clear()

    def live(seed: int) -> page.Run:
        run = made_up()
        run["owner"][3:, :, 0] *= 1.3 + 0.001 * seed
        return page.Run(run, np.full((YEARS, AGES), 5000.0), [{"group 1": 20_250.0}] * (1 + YEARS))

    page.main(live)
    lines = (tmp_path / "standing.md").read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("| ")]

    assert "owner" in table[1]
    assert table[1].endswith("**moves** |")
    assert "5 move" in "\n".join(lines)
    assert any(line.startswith("| 18-22 |") for line in table)
    assert "| group 1 | 20,250 | 20,250 | 20,250 | 20,250 | 20,250 |" in table
    assert {one.quantity for one in kept.stood() if one.verdict == NO} == {"owner"}
    assert [one.verdict for one in kept.aged()] == [NO] * 4
    kept.stood.cache_clear()
    kept.aged.cache_clear()


def test_the_tables_that_are_kept_are_those_of_the_page() -> None:
    lines = page.PAGE.read_text(encoding="utf-8").splitlines()
    told = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    by_page = {
        (row[0], row[1]): (float(row[5]), {"stands": YES, "**moves**": NO}.get(row[8], row[8]))
        for row in told
        if len(row) == 9 and row[0] not in {"quantity", "---"}
    }
    by_table = {(one.quantity, one.among): one for one in kept.stood()}

    assert by_page.keys() == by_table.keys()
    assert len(by_table) == len(rows())
    for place, (how_far, verdict) in by_page.items():
        assert by_table[place].moved == pytest.approx(how_far, rel=0.01)
        assert by_table[place].verdict == verdict
    bands = [row[:4] for row in told if len(row) == 6 and row[4].endswith("%")]
    assert bands == [
        [one.band, str(one.year), f"{one.account:,}", f"{one.found:,}"] for one in kept.aged()
    ]


def test_a_table_of_another_form_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOVED", tmp_path / "moved.csv")
    kept.MOVED.write_text("quantity,among\nowner,all\n", encoding="utf-8")
    kept.stood.cache_clear()

    with pytest.raises(StorageError, match="make standing"):
        kept.stood()
