"""This machine's cores: worker processes that are forked from one that has the model ready.

A server process imports the model and runs it once, small, so that compiled code is read (or made)
once; workers are forked from it and start at once. What was never compiled this process compiles
before that, and says how far it is. Where a system cannot fork, this process makes
the compiled code and each worker reads it. Each worker uses one thread. A worker whose parent is
gone, by whatever death, ends itself.

What a worker leaves goes through a file, and only its name through the pipe that all workers share:
a worker that is killed while it writes something large into that pipe would leave everybody waiting
for the rest of it.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from multiprocessing import connection, forkserver, resource_tracker
from multiprocessing.context import BaseContext
from multiprocessing.synchronize import Event
from pathlib import Path
from types import TracebackType
from typing import Self

from model.disk.scratch import Scratch
from model.errors import StorageError
from model.kernel.compile import cache_folder, is_compiled
from scenarios.runs.main_guard import check_main_guard
from scenarios.runs.places import Made, Work, live

ONE_THREAD = dict.fromkeys(
    (
        "MKL_NUM_THREADS",
        "NUMBA_NUM_THREADS",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
    ),
    "1",
)
"""Settings under which numerical libraries use one thread."""

WARM = "scenarios.runs.warm"
"""The module that the server imports before it forks workers."""

WHOLE = "whole"
"""A file that stands beside compiled code of which nothing is missing."""

FORKING = "forkserver"

_stop: Event | None = None


SECONDS_TO_GO = 0.3
"""How long a process that was killed is given to be gone."""


class Local:
    """A pool of worker processes; it is renewed when one of them dies."""

    def __init__(self, workers: int) -> None:
        check_main_guard()
        self._workers = workers
        self._context = _context()
        self._folder = Scratch()
        try:
            self._open()
        except BaseException:
            self._folder.remove()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def submit[T: Made](self, task: Work[T]) -> Future[T]:
        """Give out a task."""
        with _started():
            named = self._pool.submit(_live_here, task, str(self._folder.path))
        future: Future[T] = Future()
        named.add_done_callback(partial(_hand_over, future))
        return future

    def size(self) -> int:
        """Return the number of processes."""
        return self._workers

    def is_death(self, error: BaseException) -> bool:
        """Return whether the pool broke."""
        return isinstance(error, BrokenExecutor)

    def renew(self) -> None:
        """Replace the pool; when one worker dies, the standard library ends them all.

        When the server that forks them died they live on: they are told to stop. A server that is
        dying still counts as one that lives, so it is given a moment to be gone.
        """
        self._told.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
        time.sleep(SECONDS_TO_GO)
        self._open()

    def stop(self) -> None:
        """Stop between two months what is still being lived, and end the workers."""
        self._told.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._folder.remove()

    def _open(self) -> None:
        if self._context.get_start_method() == FORKING and not _is_ready():
            make_ready()  # the first time it takes a minute, and only this process can say so
        with _started():
            self._told = self._context.Event()
            if self._context.get_start_method() == FORKING:
                forkserver.ensure_running()
            else:
                import_module(WARM)
            self._pool = ProcessPoolExecutor(
                self._workers,
                mp_context=self._context,
                initializer=_begin,
                initargs=(self._told,),
            )


def make_ready() -> None:
    """Let a small run compile, or read, all that a run needs."""
    from model.run.simulation import Simulation

    Simulation(families=2, seed=0, years=1).run()
    folder = cache_folder()
    if is_compiled() and folder is not None:
        with suppress(OSError):
            (folder / WHOLE).touch()


def _is_ready() -> bool:
    """Return whether nothing has to be compiled before a run."""
    folder = cache_folder()
    return not is_compiled() or (folder is not None and (folder / WHOLE).exists())


def _context() -> BaseContext:
    """Return the way in which workers start on this system."""
    if FORKING not in multiprocessing.get_all_start_methods() or not hasattr(os, "fork"):
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context(FORKING)
    context.set_forkserver_preload(["__main__", WARM])
    return context


@contextmanager
def _started() -> Iterator[None]:
    """Let processes that start now use one thread each, and leave Ctrl-C to this one.

    Raises BrokenExecutor when the server that forks them is gone, and StorageError when the system
    has no room for what processes share.
    """
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    try:
        with _deaf():
            yield
    except (ConnectionError, EOFError) as error:
        message = "the server that forks workers is gone"
        raise BrokenExecutor(message) from error
    except OSError as error:
        message = (
            f"no worker processes can be started: {error.strerror or error}. Free some of what they"
            " share (/dev/shm on Linux), or take --workers 1."
        )
        raise StorageError(message) from error
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _deaf() -> Iterator[None]:
    """Keep Ctrl-C from processes that start now, also while they import the model."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # it would let Ctrl-C through again once it has started
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(stop: Event) -> None:
    """Prepare a worker: the parent decides on interruptions, and its death is ours."""
    global _stop  # noqa: PLW0603 - one for the life of the worker
    _stop = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _live_here[T: Made](task: Work[T], folder: str) -> str:
    """Live a task in a worker; return the name of the file that holds what it leaves."""
    lived = live(task, stop=None if _stop is None else _stop.is_set)
    try:
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            pickle.dump(lived, file, pickle.HIGHEST_PROTOCOL)
    except OSError as error:
        message = (
            f"a worker cannot write in {folder}: {error.strerror}. Free some space, or set TMPDIR"
            " to a folder with more, and run the same again to go on."
        )
        raise StorageError(message) from error
    return file.name


def _hand_over[T: Made](future: Future[T], named: Future[str]) -> None:
    """Give what stands in a worker's file, or its error, to whoever waits for it."""
    if named.cancelled():
        future.cancel()
        future.set_running_or_notify_cancel()
        return
    error = named.exception()
    if error is not None:
        future.set_exception(error)
        return
    path = Path(named.result())
    try:
        # A file that a worker of our own wrote a moment ago, in a folder that is ours alone.
        future.set_result(pickle.loads(path.read_bytes()))  # noqa: S301
    except OSError as trouble:
        message = f"{path} cannot be read: {trouble.strerror}. Run the same again to go on."
        future.set_exception(StorageError(message))
    except Exception as trouble:  # noqa: BLE001 - whatever it is, nobody may wait for ever
        future.set_exception(trouble)
    path.unlink(missing_ok=True)
