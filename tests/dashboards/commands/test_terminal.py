"""The terminal shows texts of people as they are, and ends in words when it cannot print."""

import argparse
import ast
import errno
import shlex
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest
from rich.table import Table

from dashboards.cli import main
from dashboards.commands import lists
from dashboards.commands.terminal import Terminal
from scenarios import names

COMMANDS = Path(__file__).parents[3] / "dashboards"


def test_brackets_pictures_and_signs_are_text_in_lines_tables_and_titles(
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = Table(title="[/x] :smile:", caption="[bold]c[/bold]")
    made.add_column("[/x]")
    made.add_row("\x1b[31m [/x]")
    console = Terminal()
    console.print("Saved in out [draft] [/x] :warning:")
    console.print(made)
    told = capsys.readouterr().out

    assert "Saved in out [draft] [/x] :warning:\n" in told
    assert "[/x] :smile:" in told
    assert "[bold]c[/bold]" in told
    assert "\\x1b[31m [/x]" in told
    assert "\x1b" not in told


def test_no_command_has_another_console() -> None:
    found = [
        path.name
        for path in COMMANDS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "rich.console"
        and any(name.name == "Console" for name in node.names)
    ]

    assert found == ["terminal.py"]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", names())
def test_an_explanation_has_no_place_left_to_fill_in(
    name: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", name, "--language", language]) == 0
    told = capsys.readouterr().out

    assert "{" not in told
    assert told.count("\n- ") or "s00" in name


def run(
    *words: str, stdout: int | IO[str] = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Return a command that was run on its own, with its output elsewhere."""
    return subprocess.run(
        [sys.executable, "-m", "dashboards", *words],
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env=environment or None,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", [("check", "s05_flex_law"), ("levers",), ("schema",)])
def test_output_that_finds_no_room_ends_in_one_message(words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        found = run(*words, stdout=full)

    assert found.returncode == 2
    assert found.stderr == f"veerkracht {words[0]}: cannot print: No space left on device.\n"


def closed(*words: str, close: str) -> subprocess.CompletedProcess[str]:
    """Return a command of which a shell closed something before it began."""
    line = f"{shlex.join([sys.executable, '-m', 'dashboards', *words])} {close}"
    return subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="closes standard output as a Unix shell does")
def test_output_that_is_closed_is_said_before_anything_is_done() -> None:
    found = closed("levers", close=">&-")

    assert found.returncode == 2
    assert found.stderr == "veerkracht levers: cannot print: standard output is closed.\n"
    assert closed("levers", close=">&- 2>&-").returncode == 2


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (MemoryError(), "memory is too short. Take fewer --families"),
        (OSError(errno.EMFILE, "Too many open files", "a.toml"), "a.toml: Too many open files."),
        (OSError(errno.EROFS, "Read-only file system", "b"), "Choose a place that can be written."),
        (OSError(errno.ECONNRESET, "Connection reset"), "levers: Connection reset."),
    ],
)
def test_what_the_machine_lacks_is_said_in_one_line(
    fault: Exception, says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(_: argparse.Namespace) -> int:
        raise fault

    monkeypatch.setattr(lists, "levers", failing)

    assert main(["levers"]) == 2
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1


def test_a_terminal_that_knows_few_letters_gets_what_it_can_show() -> None:
    found = run("check", "s05_flex_law", PYTHONIOENCODING="ascii")

    assert (found.returncode, found.stderr) == (0, "")
    assert "36 ? 24 months" in found.stdout


def test_a_refused_argument_is_shown_without_its_signs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["check", "a", "\x1b[31mb"])

    assert "\\x1b[31mb" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("dashboard", "--prot=8770"),
            "unrecognized arguments: --prot=8770. Did you mean '--port'?",
        ),
        (
            ("cbs", "fetch", "1", "--out", "a", "--fitler", "b"),
            "--fitler b. Did you mean '--filter'?",
        ),
        (("check", "a", "b"), "unrecognized arguments: b.\n"),
    ],
)
def test_an_argument_that_is_not_known_is_refused_by_its_command(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(words)

    said = capsys.readouterr().err
    assert said.startswith(f"usage: veerkracht {words[0]} ")
    assert told in said
