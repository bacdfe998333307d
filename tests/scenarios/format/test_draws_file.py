"""Files of draws: what they say of themselves, and when they are refused."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from model.errors import InputError, StorageError
from model.evidence.ledger import uniform
from model.registry import BY_PARAMETER
from scenarios.format import draws_file
from scenarios.format.draws_file import about_draws, read_draws, write_draws
from scenarios.runs.parameter_samples import prior_draw, source, values


def written(folder: Path, draws: pd.DataFrame | None = None) -> Path:
    path = folder / "draws.parquet"
    if draws is None:
        draws = pd.DataFrame([prior_draw(1, number) for number in (1, 2, 3)])
    write_draws(path, draws, fitted=["work.p_hire"], digests={"targets": "0a"}, restricted=False)
    return path


def test_what_is_read_is_what_was_written_and_says_what_it_was_made_for(tmp_path: Path) -> None:
    path = written(tmp_path)

    about = about_draws(path)

    assert read_draws(path).to_dict("records") == [prior_draw(1, number) for number in (1, 2, 3)]
    assert about["fitted"] == ["work.p_hire"]
    assert about["digests"] == {"targets": "0a"}


def test_draws_for_another_ledger_are_refused_with_the_differences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path)
    row = BY_PARAMETER["work.p_hire"]
    other = {**BY_PARAMETER, row.name: replace(row, prior=uniform(0.1, 0.2))}
    del other["school.fade_rate"]
    monkeypatch.setattr(draws_file, "BY_PARAMETER", other)

    with pytest.raises(InputError) as refused:
        read_draws(path)

    assert "school.fade_rate is gone; work.p_hire was" in str(refused.value)
    assert "(uniform 0.1, 0.2)" in str(refused.value)
    assert "Calibrate again" in str(refused.value)


def test_draws_that_leave_a_parameter_out_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, pd.DataFrame([prior_draw(1, 1)]).drop(columns="work.p_hire"))

    with pytest.raises(StorageError, match="no draw of every parameter"):
        read_draws(path)


@pytest.mark.parametrize("content", [b"no table", None])
def test_a_file_that_is_no_file_of_draws_is_refused(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "other.parquet"
    if content is None:
        pd.DataFrame({"work.p_hire": [0.1]}).to_parquet(path)
    else:
        path.write_bytes(content)

    with pytest.raises((InputError, StorageError), match="Calibrate again"):
        source(path)


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere: give none, prior, posterior, or a file"):
        values(tmp_path / "nowhere", 1)
