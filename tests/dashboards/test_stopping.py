"""Stopping a command: in order at the first signal, at once at the second, never a traceback."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")

BUSY = """
import dashboards.cli as cli, os, sys
from dashboards.commands import lists
def levers(options):
    from model.disk.scratch import Scratch
    with Scratch() as kept:
        print("ready", kept.path, flush=True)
        {body}
lists.levers = levers
sys.argv[1:] = ["levers"]
sys.exit(cli.start())
"""
AT_A_TERMINAL = """
import signal
signal.signal(signal.SIGHUP, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)
"""
"""A command takes over what is ignored by whoever starts it; that may be these tests (nohup)."""

WAIT = """
        import threading
        threading.Event().wait(60)
"""
ELSEWHERE = """
        import signal, threading
        def tell():
            signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
        threading.Timer(0.2, tell).start()
        threading.Event().wait()
"""
"""A wait without end, and a signal that another thread is given: Python notes it and waits on."""

STUBBORN = """
        import threading
        try:
            print("trying", flush=True)
            threading.Event().wait(60)
        finally:
            print("cleaning", flush=True)
            while True:
                threading.Event().wait(60)
"""
DEAF = """
        import threading
        class Falling:
            def __del__(self):
                print("falling", flush=True)
                threading.Event().wait(60)
        fallen = Falling()
        del fallen
        threading.Event().wait(60)
"""

DISGUISED = """
        import threading
        try:
            print("trying", flush=True)
            threading.Event().wait(60)
        except BaseException:
            raise RuntimeError("std::bad_cast") from None
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return Path(tempfile.mkdtemp(dir=tmp_path))


def begun(body: str, place: Path, *before: str) -> subprocess.Popen[str]:
    """Return a command that is busy and has said so."""
    start = BUSY.format(body=body) if before else AT_A_TERMINAL + BUSY.format(body=body)
    busy = subprocess.Popen(
        [*before, sys.executable, "-c", start],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"TMPDIR": str(place)},
    )
    assert busy.stdout is not None
    assert busy.stdout.readline().startswith("ready")
    return busy


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_order(number: signal.Signals, place: Path) -> None:
    busy = begun(WAIT, place)
    busy.send_signal(number)
    _, said = busy.communicate(timeout=60)

    assert busy.returncode == 128 + number
    assert said == "\nStopped.\n"
    assert list(place.iterdir()) == []


def test_a_signal_that_does_not_end_a_wait_is_heard_all_the_same(place: Path) -> None:
    busy = begun(ELSEWHERE, place)
    _, said = busy.communicate(timeout=60)

    assert (busy.returncode, said) == (128 + signal.SIGTERM, "\nStopped.\n")


def test_a_second_signal_ends_it_at_once(place: Path) -> None:
    busy = begun(STUBBORN, place)
    assert busy.stdout is not None
    assert busy.stdout.readline() == "trying\n"
    busy.send_signal(signal.SIGINT)
    assert busy.stdout.readline() == "cleaning\n"
    busy.send_signal(signal.SIGTERM)
    _, said = busy.communicate(timeout=60)

    assert (busy.returncode, said) == (128 + signal.SIGTERM, "")


def test_a_signal_where_python_can_raise_nothing_is_heard_a_little_later(place: Path) -> None:
    busy = begun(DEAF, place)
    assert busy.stdout is not None
    assert busy.stdout.readline() == "falling\n"
    busy.send_signal(signal.SIGINT)
    _, said = busy.communicate(timeout=60)

    assert (busy.returncode, said) == (128 + signal.SIGINT, "\nStopped.\n")


def test_a_signal_that_a_library_turns_into_an_error_of_its_own_stops_in_order(place: Path) -> None:
    busy = begun(DISGUISED, place)
    assert busy.stdout is not None
    assert busy.stdout.readline() == "trying\n"
    busy.send_signal(signal.SIGTERM)
    _, said = busy.communicate(timeout=60)

    assert (busy.returncode, said) == (128 + signal.SIGTERM, "\nStopped.\n")
    assert list(place.iterdir()) == []


def test_what_was_started_with_nohup_goes_on(place: Path) -> None:
    body = f"import signal; signal.raise_signal(signal.SIGHUP); print('on', flush=True); {WAIT}"
    busy = begun(body, place, "nohup")
    assert busy.stdout is not None
    assert busy.stdout.readline() == "on\n"
    busy.send_signal(signal.SIGTERM)
    busy.communicate(timeout=60)

    assert busy.returncode == 128 + signal.SIGTERM
