"""The hall on a port of this machine, in a thread, with whatever answers it is given."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from dashboards.hall.live import Lives
from dashboards.hall.rooms import Rooms
from dashboards.hall.web.hosts import Hosts
from dashboards.hall.web.phones import Phones
from dashboards.service.answering import Answering
from dashboards.service.catalogue import catalogue
from dashboards.serving.guard import Guard
from dashboards.serving.patience import Patience
from tests.dashboards.hall.conftest import PLACE, beyond


@dataclass
class Served:
    """A hall that is served: its address, its rooms, and the process's way to end it."""

    address: str
    lives: Lives


@contextmanager
def served(answering: Answering, assets: Path, port: int = 0) -> Iterator[Served]:
    """Serve a hall with no rooms, behind the guard, until left."""
    lives = Lives(Rooms(), answering, catalogue())
    app = Phones(Hosts(beyond, lives, PLACE), lives, own=PLACE.hosts)
    guarded = Guard(app, names={"127.0.0.1"}, assets=assets)
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(256)
        server = uvicorn.Server(
            uvicorn.Config(
                guarded,
                http=Patience,
                lifespan="off",
                log_level="error",
                timeout_graceful_shutdown=1,
            )
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}", lives)
        finally:
            server.should_exit = True
            thread.join()
