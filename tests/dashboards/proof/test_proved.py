"""A file proves its numbers: lived again they are the same, or it is said what is not as it was."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from PIL import Image

from dashboards.cli import main
from dashboards.commands.proving import again, lives
from dashboards.commands.proving.verify import CANNOT_TELL, DIFFERENT, OTHER_VERSION
from dashboards.exports.answers import proved
from dashboards.proof.carriers import beside_table, in_svg, proof_in
from dashboards.proof.record import Proof
from dashboards.report.taken import taken
from model.policy.scenario import FROZEN_2023, LeverChange, Scenario
from scenarios.asking.question import Question
from scenarios.asking.replicates import Memory, Replicates
from scenarios.destinations import ABOUT
from scenarios.pairs.attribution import Attribution, attribute
from scenarios.runs import parameter_samples
from scenarios.runs.run import run_pairs

POLICY = Scenario(
    id="more_care",
    title_en="More <care> & </svg> more",
    levers=(LeverChange(lever="care_access_level", value=0.9),),
)
OUTCOME = "hours_cv"
ASKED = Question(base=FROZEN_2023, alternative=POLICY, families=40, years=2, seed=3)
ANSWER = f"veerkracht-{OUTCOME}-{ASKED.key}.csv"
OF_A_RUN = ("f.svg", "f.png", "n.csv", "nl.csv", "n.xlsx", "n.parquet", "r.html")
OF_LIVES = (
    *("t.html", "t/events.csv", "t/series.csv", "t/chain.csv", "t/acquaintances.csv"),
    *("c/cohorts.csv", "c/split.csv", "flows.csv", "reach.csv", "reach.parquet"),
    ANSWER,
)
FILES = (*OF_A_RUN, *OF_LIVES)
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
    pair = ("s00_frozen_2023", "s11_care_hours", "--families", "40", "--quiet")
    for words in (
        ("figure", where, str(folder / "f.svg"), *few),
        ("figure", where, str(folder / "f.png"), *few, "--language", "nl"),
        ("results", where, "--csv", str(folder / "n.csv"), *few, "--by", "family_type"),
        ("results", where, "--csv-nl", str(folder / "nl.csv"), *few, "--year", "each"),
        ("results", where, "--excel", str(folder / "n.xlsx"), *few, "--layer", "both"),
        (
            *("attribute", "s00_frozen_2023", "more_care", "--run", where, "--quiet"),
            *("--channel", "absence", "--channel", "income"),
        ),
        ("report", where, "--file", str(folder / "r.html"), "--reach", "0"),
        (
            *("twins", *pair, "--family", "2", "--years", "5"),
            *("--figure", str(folder / "t.html"), "--csv", str(folder / "t")),
        ),
        (
            *("cohorts", *pair, "--years", "3", "--replicates", "2", "--seed", "3"),
            *("--csv", str(folder / "c")),
        ),
        (
            *("flows", *pair, "--years", "3", "--replicates", "2", "--seed", "3"),
            *("--csv", str(folder / "flows.csv")),
        ),
        ("reach", *pair, "--years", "3", "--out", str(folder / "reach.csv")),
        ("reach", *pair, "--years", "3", "--out", str(folder / "reach.parquet")),
    ):
        assert main(list(words)) == 0
    those = Replicates(ASKED, Memory())
    for _ in range(3):
        next(those)
    packed = taken(run, "parquet", "nl", outcomes=[OUTCOME], differs=[])
    with zipfile.ZipFile(BytesIO(packed.content)) as archive:
        for name in archive.namelist():
            (folder / name.replace("numbers", "n")).write_bytes(archive.read(name))
    for name, content in proved(those.sums(), OUTCOME, ASKED).items():
        (folder / name).write_bytes(content)
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
    (folder / name).parent.mkdir(exist_ok=True)
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
    _, tables = proof_in(files / name)
    cells = sum(len(row) for rows in tables.values() for row in rows[1:])
    assert int(numbers[1].replace(",", "")) == cells > 0


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_its_scenarios_parameters_seeds_and_digests(files: Path, name: str) -> None:
    proof, _ = proof_in(files / name)

    assert proof["scenarios"][0]["id"] == "s00_frozen_2023"
    assert proof["scenarios"][1]["levers"]
    assert proof["parameters"]["school.fade_rate"] > 0
    assert proof["seeds"]["0"] in {1, 3}
    assert len(proof["code_digest"]) == len(proof["data_digest"]) == 64


@pytest.mark.parametrize(
    "name",
    ["f.svg", "f.png", "r.html", "t.html", "n.csv", "n.xlsx", "n.parquet", "reach.csv", ANSWER],
)
def test_a_part_of_a_file_proves_nothing(
    files: Path, verify: Verify, name: str, tmp_path: Path
) -> None:
    path = copied(files, name, tmp_path)
    path.write_bytes(path.read_bytes()[:-9])

    status, told = verify(path)

    assert (status, "a part of the file is missing" in told) == (CANNOT_TELL, True), told


@pytest.mark.parametrize(
    "name", ["f.svg", "r.html", "t.html", "n.csv", "nl.csv", "flows.csv", ANSWER]
)
def test_one_changed_digit_is_seen(files: Path, verify: Verify, name: str, tmp_path: Path) -> None:
    path = copied(files, name, tmp_path)
    text = path.read_text("utf-8")
    at = max(found.start() for found in re.finditer(r"[1-8]", text[:-200]))
    path.write_text(f"{text[:at]}9{text[at + 1 :]}", "utf-8")

    status, told = verify(path)

    assert (status, "not as it was written" in told) == (CANNOT_TELL, True), told


@pytest.mark.parametrize("name", ["n.parquet", "reach.parquet"])
def test_one_changed_cell_of_a_parquet_file_is_seen(
    files: Path, verify: Verify, name: str, tmp_path: Path
) -> None:
    path = copied(files, name, tmp_path)
    table = pd.read_parquet(path)
    number = next(column for column in table if table[column].dtype == float)
    table.loc[0, number] = 0.125
    table.to_parquet(path, index=False)

    assert verify(path)[0] == CANNOT_TELL


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


@pytest.mark.parametrize("name", ["flows.csv", "c/split.csv", "t/series.csv", ANSWER])
def test_a_number_of_lives_that_does_not_come_back_is_named(
    files: Path, verify: Verify, name: str, tmp_path: Path
) -> None:
    proof, numbers = proof_in(files / name)
    (rows,) = numbers.values()
    lines = (files / name).read_text("utf-8").splitlines()
    column = len(rows[1]) - 2
    lines[1] = ",".join([*rows[1][:column], "other", *rows[1][column + 1 :]])
    path = tmp_path / "forged.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    about = {"proof": beside_table(path.read_bytes(), proof)}
    path.with_name(path.name + ABOUT).write_text(json.dumps(about), "utf-8")

    status, told = verify(path)

    assert status == DIFFERENT
    assert f"{rows[0][column]}: other there, {rows[1][column] or '–'} now" in told


def test_the_parts_of_a_difference_in_a_report_are_split_once_more(
    files: Path, verify: Verify, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof, _ = proof_in(files / "r.html")
    (title,) = [title for title, rows in proof["numbers"].items() if "channel" in rows[0]]

    def other(*words: object, **named: object) -> Attribution:
        found = attribute(*words, **named)  # type: ignore[arg-type]
        return replace(found, parts=found.parts.assign(effect=0.125))

    monkeypatch.setattr(lives, "attribute", other)

    status, told = verify(copied(files, "r.html", tmp_path))

    assert status == DIFFERENT
    before = proof["numbers"][title][1][2] or "–"
    assert f"{title}, row 2, effect: {before} there, 0.125 now" in told


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
    assert (proof["asked"]["language"], proof["asked"]["reach_families"]) == ("nl", 0)
    assert [one["outcomes"] for one in proof["asked"]["attributions"]] == [["vsv_mbo_expected"]]
