"""Ctrl-C before the commands are read: the program ends, and says nothing."""

import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")

HIT = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from dashboards.__main__ import start
class Finder:
    def find_spec(name, path, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder)
sys.argv[1:] = ["levers"]
sys.exit(start())
"""


@pytest.mark.parametrize("name", ["dashboards.cli", "argparse", "model.errors"])
def test_ctrl_c_while_the_program_is_read_leaves_no_traceback(name: str) -> None:
    found = subprocess.run(
        [sys.executable, "-c", HIT.format(name=name)], capture_output=True, text=True, check=False
    )

    assert (found.returncode, found.stdout, found.stderr) == (-signal.SIGINT, "", "")


def test_ctrl_c_while_a_command_is_read_is_told() -> None:
    words = HIT.format(name="dashboards.commands.lists")
    found = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=False
    )

    assert (found.returncode, found.stderr) == (130, "\nStopped.\n")


LISTENING = """
import os, signal, sys, threading
signal.signal(signal.SIGINT, signal.default_int_handler)
from dashboards.__main__ import start
begin = threading.Thread.start
def hit(thread):
    os.kill(os.getpid(), signal.SIGINT)
    begin(thread)
threading.Thread.start = hit
sys.argv[1:] = ["levers"]
sys.exit(start())
"""


def test_ctrl_c_while_it_begins_to_listen_leaves_no_traceback() -> None:
    found = subprocess.run(
        [sys.executable, "-c", LISTENING], capture_output=True, text=True, check=False
    )

    assert found.returncode == 130
    assert "Traceback" not in found.stderr
