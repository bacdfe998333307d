"""The committed targets are those that the script makes; what it cannot use it refuses."""

from pathlib import Path

import pytest

from calibration.targets import make
from calibration.targets.digest import DIGEST, digest_of
from calibration.targets.figures import FOLDER, load_figures
from calibration.targets.reader import current_digest, load_targets
from model.errors import InputError


def test_the_targets_and_their_digest_are_those_that_the_script_makes() -> None:
    for path, text in make.texts().items():
        assert path.read_text(encoding="utf-8") == text, (
            f"{path.name} is not what is made; run python -m calibration.targets.make"
        )


def test_every_file_of_targets_is_made() -> None:
    assert {path for path in make.texts() if path.suffix == ".toml"} == set(FOLDER.glob("*.toml"))


def test_the_draw_keeps_one_in_four_and_hangs_on_nothing_but_the_names() -> None:
    ids = [f"target_{k}" for k in range(9)]
    kept = make.kept_for_checking("work", ids)

    assert len(kept) == 3
    assert make.kept_for_checking("work", ids[::-1]) == kept
    assert make.kept_for_checking("homes", ids) != kept


def test_the_draw_is_the_one_of_the_key() -> None:
    for subject, entries in make.made().items():
        free = [entry["id"] for entry in entries if not entry["inputs"]]
        checked = {e["id"] for e in entries if e["use"] == "check" and not e["inputs"]}
        assert checked == make.kept_for_checking(subject, free)


def test_a_discrepancy_a_split_or_a_prior_makes_another_digest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from dataclasses import replace  # noqa: PLC0415

    targets = list(load_targets().values())
    before = digest_of(targets)

    wider = [replace(targets[0], discrepancy=9.0), *targets[1:]]
    other = [replace(targets[0], use="check" if targets[0].use == "fit" else "fit"), *targets[1:]]
    for changed in (wider, other):
        assert digest_of(changed)["whole"] != before["whole"]
        assert digest_of(changed)["priors"] == before["priors"]
    assert digest_of(targets[::-1]) == before
    assert current_digest() == before["whole"]
    assert before["whole"] in DIGEST.read_text(encoding="utf-8")

    rows = dict(make_priors_wider())
    monkeypatch.setattr("calibration.targets.digest.BY_PARAMETER", rows)
    assert digest_of(targets)["priors"] != before["priors"]
    assert digest_of(targets)["targets"] == before["targets"]


def make_priors_wider() -> dict[str, object]:
    """Return the ledger with one range that is wider."""
    from dataclasses import replace  # noqa: PLC0415

    from model.registry import BY_PARAMETER  # noqa: PLC0415

    row = BY_PARAMETER["work.p_hire"]
    return {**BY_PARAMETER, row.name: replace(row, high=row.high * 2.0)}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",vsv.vo_eu11;", ",vsv.vo_eu1;", "Did you mean 'vsv.vo_eu11'?"),
        (",vsv.vo_eu11;", ",kids.bornnl;", "no figure of grade A or B 'kids.bornnl'"),
        (",4-8,", ",8,", "years = '8'; write school years"),
        (",leaving,", ",leavings,", "subject = 'leavings' is not known"),
        (",100,", ",much,", "factor = 'much' is not a number"),
        ("vsv_vo_expected", "vsv_vo", "is not observed"),
    ],
)
def test_a_wrong_decision_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    lines = make.DECISIONS.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "decisions.csv"
    path.write_text("\n".join([lines[0], lines[1].replace(old, new)]) + "\n", encoding="utf-8")

    with pytest.raises(InputError) as refusal:
        make.made(path, load_figures())
    assert message in str(refusal.value)
    assert "decisions.csv, line 2" in str(refusal.value)
