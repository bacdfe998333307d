"""A file proves its numbers: lived again they are the same, or it is said what is not as it was."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from dashboards.cli import main
from dashboards.commands.proving import again
from dashboards.commands.proving.verify import CANNOT_TELL, DIFFERENT, OTHER_VERSION
from dashboards.proof.carriers import in_svg, proof_in
from dashboards.proof.record import Proof
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from scenarios.destinations import ABOUT
from scenarios.runs import parameter_samples
from scenarios.runs.run import run_pairs

POLICY = Scenario(
    id="more_care",
    title_en="More <care> & </svg> more",
    levers=(LeverChange(lever="care_access_level", value=0.9),),
)
OUTCOME = "hours_cv"
FILES = ("f.svg", "f.png", "n.csv", "nl.csv", "n.xlsx", "r.html", "t.html")
Verify = Callable[[Path], tuple[int, str]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a file of each kind, all made of one small run."""
    folder = tmp_path_factory.mktemp("proofs")
    run = run_pairs(
        (FROZEN_2023, POLICY),
        families=40,
        years=2,
        replicates=range(2),
        seed=3,
        out=folder / "run",
        workers=1,
    )
    where = str(run.folder)
    few = ("--outcome", OUTCOME)
    for words in (
        ("figure", where, str(folder / "f.svg"), *few),
        ("figure", where, str(folder / "f.png"), *few, "--language", "nl"),
        ("results", where, "--csv", str(folder / "n.csv"), *few, "--by", "family_type"),
        ("results", where, "--csv-nl", str(folder / "nl.csv"), *few, "--year", "each"),
        ("results", where, "--excel", str(folder / "n.xlsx"), *few, "--layer", "both"),
        ("report", where, "--file", str(folder / "r.html"), "--reach", "0"),
        (
            *("twins", "s00_frozen_2023", "s11_care_hours", "--family", "2", "--quiet"),
            *("--families", "40", "--years", "5", "--figure", str(folder / "t.html")),
        ),
    ):
        assert main(list(words)) == 0
    return folder


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]) -> Verify:
    """Give what verifies a file, and returns the status and what was said."""

    def ask(path: Path) -> tuple[int, str]:
        capsys.readouterr()
        status = main(["verify", str(path), "--quiet", "--workers", "1"])
        told = capsys.readouterr()
        return status, told.out + told.err

    return ask


def copied(files: Path, name: str, folder: Path) -> Path:
    """Return a copy of a file, with what lies beside it."""
    for beside in (name, name + ABOUT):
        if (files / beside).exists():
            shutil.copy(files / beside, folder / beside)
    return folder / name


def forged(proof: Proof, **changes: object) -> Proof:
    """Return a proof with other fields, to be sealed as if nothing had happened."""
    return {**proof, **changes}  # type: ignore[typeddict-item]


@pytest.mark.parametrize("name", FILES)
def test_a_file_lived_again_is_the_same(files: Path, verify: Verify, name: str) -> None:
    status, told = verify(files / name)

    assert status == 0, told
    numbers = re.search(r"all ([\d,]+) numbers of the file are what they were", told)
    assert numbers is not None
    assert int(numbers[1].replace(",", "")) > 10


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_its_scenarios_parameters_seeds_and_digests(files: Path, name: str) -> None:
    proof, _ = proof_in(files / name)

    assert proof["scenarios"][0]["id"] == "s00_frozen_2023"
    assert proof["scenarios"][1]["levers"]
    assert proof["parameters"]["school.fade_rate"] > 0
    assert proof["seeds"]["0"] in {1, 3}
    assert len(proof["code_digest"]) == len(proof["data_digest"]) == 64


@pytest.mark.parametrize("name", ["f.svg", "f.png", "r.html", "t.html", "n.csv", "n.xlsx"])
def test_a_part_of_a_file_proves_nothing(
    files: Path, verify: Verify, name: str, tmp_path: Path
) -> None:
    path = copied(files, name, tmp_path)
    path.write_bytes(path.read_bytes()[:-9])

    status, told = verify(path)

    assert (status, "a part of the file is missing" in told) == (CANNOT_TELL, True), told


@pytest.mark.parametrize("name", ["f.svg", "r.html", "t.html", "n.csv", "nl.csv"])
def test_one_changed_digit_is_seen(files: Path, verify: Verify, name: str, tmp_path: Path) -> None:
    path = copied(files, name, tmp_path)
    text = path.read_text("utf-8")
    at = max(found.start() for found in re.finditer(r"[1-8]", text[:-200]))
    path.write_text(f"{text[:at]}9{text[at + 1 :]}", "utf-8")

    status, told = verify(path)

    assert (status, "not as it was written" in told) == (CANNOT_TELL, True), told


def test_one_changed_cell_of_a_workbook_is_seen(
    files: Path, verify: Verify, tmp_path: Path
) -> None:
    path = copied(files, "n.xlsx", tmp_path)
    book = openpyxl.load_workbook(path)
    book.save(path)
    assert verify(path)[0] == 0
    book["numbers"]["B2"] = "nobody"
    book.save(path)

    assert verify(path)[0] == CANNOT_TELL


def test_a_picture_that_was_painted_over_is_seen(
    files: Path, verify: Verify, tmp_path: Path
) -> None:
    path = copied(files, "f.png", tmp_path)
    other = tmp_path / "other.png"
    with Image.open(path) as image:
        image.putpixel((5, 5), (255, 0, 0))
        image.save(other)
    assert "carries no proof" in verify(other)[1]
    real, mark = path.read_bytes(), b"IDAT"
    at = real.index(mark) + 40
    path.write_bytes(real[:at] + bytes([real[at] ^ 1]) + real[at + 1 :])

    assert verify(path)[0] == CANNOT_TELL


@pytest.mark.parametrize("content", [b"", b"no picture", b"<svg></svg>", b"\x89PNG\r\n\x1a\n"])
def test_a_file_without_proof_cannot_be_told_of(
    verify: Verify, content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "file.svg"
    path.write_bytes(content)

    status, told = verify(path)

    assert (status, "Cannot tell" in told) == (CANNOT_TELL, True), told
    assert "Traceback" not in told


def test_a_csv_that_lost_what_lay_beside_it_cannot_be_told_of(
    files: Path, verify: Verify, tmp_path: Path
) -> None:
    path = copied(files, "n.csv", tmp_path)
    (tmp_path / f"n.csv{ABOUT}").unlink()

    assert "carries no proof" in verify(path)[1]


def test_numbers_that_do_not_come_back_are_named(
    files: Path, verify: Verify, tmp_path: Path
) -> None:
    proof, _ = proof_in(files / "f.svg")
    (title, rows), *_ = proof["numbers"].items()
    column = rows[0].index("difference")
    other = [list(row) for row in rows]
    other[2][column] = "0.125"
    path = tmp_path / "forged.svg"
    path.write_text(in_svg("<svg></svg>", forged(proof, numbers={title: other})), "utf-8")

    status, told = verify(path)

    assert status == DIFFERENT
    assert f"{OUTCOME}, row 3, difference: 0.125 there, {rows[2][column]} now" in told


def test_a_file_of_another_version_is_not_lived(
    files: Path, verify: Verify, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof, _ = proof_in(files / "f.svg")
    path = tmp_path / "old.svg"
    path.write_text(in_svg("<svg></svg>", forged(proof, code_digest="0" * 64)), "utf-8")
    monkeypatch.setattr(again, "run_pairs", None)

    status, told = verify(path)

    assert (status, "another version of the model" in told) == (OTHER_VERSION, True), told


def test_draws_that_are_not_here_cannot_be_lived_again(
    files: Path, verify: Verify, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parameter_samples, "POSTERIOR", tmp_path / "none.parquet")
    proof, _ = proof_in(files / "f.svg")
    settings = {**proof["settings"], "draws": "posterior", "draws_from": "posterior abc"}
    path = tmp_path / "drawn.svg"
    path.write_text(in_svg("<svg></svg>", forged(proof, settings=settings)), "utf-8")

    status, told = verify(path)

    assert (status, "draws of parameters from a file" in told) == (CANNOT_TELL, True), told


def test_a_proof_is_no_markup_and_no_script(files: Path) -> None:
    for name in ("f.svg", "r.html"):
        proof, _ = proof_in(files / name)
        assert proof["scenarios"][1]["title_en"] == POLICY.title_en
    assert (files / "f.svg").read_text("utf-8").count("</svg>") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("f.jpg", "--outcome", OUTCOME), "Let it end in .svg or .png"),
        (("f.svg", "--outcome", "hours"), "hours"),
        (("f.svg", "--outcome", OUTCOME, "--scenario", "s99"), "no scenario s99"),
    ],
)
def test_a_figure_that_cannot_be_drawn_says_why(
    files: Path,
    words: tuple[str, ...],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    status = main(["figure", str(files / "run"), *words])

    assert (status, said in capsys.readouterr().err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_the_same_numbers_give_the_same_picture(files: Path, tmp_path: Path) -> None:
    for name in ("f.svg", "f.png"):
        words = ["--outcome", OUTCOME] + ([] if name == "f.svg" else ["--language", "nl"])
        assert main(["figure", str(files / "run"), str(tmp_path / name), *words]) == 0
        assert (tmp_path / name).read_bytes() == (files / name).read_bytes()


def test_a_report_carries_a_paragraph_on_its_method(files: Path) -> None:
    page = (files / "r.html").read_text("utf-8")
    proof, _ = proof_in(files / "r.html")

    assert "<h2>Methode</h2>" in page
    assert f"Code {proof['code_digest'][:12]}, getallen {proof['data_digest'][:12]}" in page
    assert "40 gezinnen bij de start leefden 2 jaar onder elk scenario, 2 keer" in page
    assert json.dumps(proof["asked"]) == '{"language": "nl", "reach_families": 0}'
