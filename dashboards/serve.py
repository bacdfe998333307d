"""Serve the pages: `python -m dashboards.serve`, or `veerkracht dashboard`.

One process, on loopback unless told otherwise. It answers from the first moment on, with "loading"
until the model is ready, prints its address on a line of its own then, and ends quietly on Ctrl-C.
"""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from dashboards import stopping
from dashboards.hall.web import WAY_IN
from dashboards.serving.options import HOST, Options, options
from model.errors import InputError, StorageError, VeerkrachtError

if TYPE_CHECKING:
    import asyncio

    import uvicorn

    from dashboards.serving.guard import App, Receive, Scope, Send
    from model.kernel.compile import Compiling

LARGEST_MESSAGE = 1 << 20
SECONDS_TO_END = 2
MOST_CONNECTIONS = 8400
"""Two of every phone of every full room (its line and a post under way), and those of the pages. A
room has no more phones than fit, so none takes the connections of another."""

SPARE_FILES = 200
"""Files that the program needs beside its connections."""

PING_SECONDS, PONG_SECONDS = 3.0, 6.0
"""How often a page's browser is asked whether it is there, and how long it may take to say so: one
that is gone stops costing within ten seconds."""

ENVIRONMENT = {
    "SOLARA_APP": "dashboards.pages.app",
    "SOLARA_ASSETS_PROXY": "True",
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_TITLE": "Veerkracht",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    "SOLARA_SESSION_HTTP_ONLY": "True",
    "SOLARA_KERNEL_CULL_TIMEOUT": "60s",
    "SOLARA_KERNEL_MAX_COUNT": "150",
}
"""What Solara reads when it is imported: no telemetry, no banner, no error pages for developers. A
page whose browser is gone is kept for a minute; all that was set stands in its address."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped; returns the exit status."""
    asked = options(arguments)
    try:
        with _listen(asked.host, asked.port) as listener:
            _serve(listener, asked)
    except KeyboardInterrupt:
        _say("")
    except VeerkrachtError as error:
        print(f"veerkracht: {error}", file=sys.stderr)
        return 2
    return 0


def _say(text: str) -> None:
    """Print a text; whoever uses the pages still needs them when nobody reads this any more."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        message = f"cannot print: {error.strerror}."
        raise StorageError(message) from error


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens, so that a taken port is known before anything slow starts."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise InputError(f"--host {host}: there is no such address ({error.strerror}).") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        raise InputError(
            f"Cannot listen on {host}, port {port} ({error.strerror})."
            " Stop the program that uses it, or choose another port with --port, or 0 for any."
        ) from error
    return listener


class _Part:
    """Prints each part of a compilation once, when it begins."""

    def __init__(self) -> None:
        self._at = ""

    def __call__(self, at: Compiling) -> None:
        if at.part != self._at:
            self._at = at.part
            _say(f"Compiling the model, this time only: {at.part} (from about {at.share:.0%})")


def _warm_up() -> None:
    """Compile the model, or read it from disk, before anybody waits for it."""
    _say("Loading the model (compiling it the first time, about a minute) …")
    begun = time.monotonic()
    from model.kernel.compile import listening
    from scenarios import evaluate

    with listening(_Part()):
        evaluate(families=20, years=1).table()
    _say(f"… done in {time.monotonic() - begun:.0f} s. Starting the pages …")


def _serve(listener: socket.socket, asked: Options) -> None:
    import uvicorn

    from dashboards.serving import log
    from dashboards.serving.opening import Opening
    from dashboards.serving.patience import Patience

    log.quiet()
    # Solara tells of cookies and proxies; there is nothing to do about either.
    warnings.filterwarnings("ignore", module=r"solara\.")
    faults: list[BaseException] = []

    def failed(error: BaseException) -> None:
        faults.append(error)
        server.should_exit = True

    def ready() -> None:
        _say(f"The pages are ready; stop them with Ctrl-C.\n{_address(listener, asked)}")
        if asked.code:
            _say(
                f"Who opens another address of this server is asked for the code {asked.code}."
                " Nothing is encrypted: on a network that you do not trust, put a proxy with TLS"
                " before it."
            )
        _say(f"Open a room for a workshop with phones at {_address(listener, asked, WAY_IN)}")

    port = listener.getsockname()[1]
    opening = Opening(lambda: _made(asked, port), ready=ready, failed=failed)
    server = uvicorn.Server(_config(opening, uvicorn.Config, Patience))
    server.run(sockets=[listener])
    if faults:
        raise faults[0]


def _config(
    app: App, make: type[uvicorn.Config], protocol: type[asyncio.Protocol]
) -> uvicorn.Config:
    return make(
        app,
        http=protocol,
        log_config=None,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=connections(),
        ws_max_size=LARGEST_MESSAGE,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PONG_SECONDS,
        timeout_graceful_shutdown=SECONDS_TO_END,
    )


def _made(asked: Options, port: int) -> App:
    """Return the pages with all that stands before them.

    The model is ready then, and so is the answer that whoever opens the first page sees first.
    """
    _warm_up()
    _set_environment(asked.root_path)

    import solara.server.settings
    import solara.server.starlette
    from solara.server.kernel_context import contexts

    from dashboards.documents.causal_graph import numbers_of
    from dashboards.hall.live import Lives
    from dashboards.hall.rooms import Rooms
    from dashboards.hall.web.hosts import Hosts
    from dashboards.hall.web.phones import Phones
    from dashboards.hall.web.reach import place
    from dashboards.pages.places import ADDRESSES, PLACES
    from dashboards.pages.vergelijk.closer.takes import file_of
    from dashboards.pages.verken import state, view
    from dashboards.report.taken import taken
    from dashboards.service.catalogue import catalogue
    from dashboards.service.data import archive_of, csv_of
    from dashboards.service.lives import prepared_lives
    from dashboards.service.prepared import prepared
    from dashboards.service.runner import answers, studies
    from dashboards.service.studied import prepared_groups
    from dashboards.serving.data import Data
    from dashboards.serving.door import Door
    from dashboards.serving.guard import Guard
    from dashboards.serving.lost import Lost

    known = catalogue()
    answers().first(view.question(state.default(tuple(known)), known))
    for question in prepared(known).values():
        answers().prepare(question)
    studies().prepare([*prepared_lives(known), *prepared_groups(known)])
    # Which numbers carry out an arrow is read from the text of the model, which takes a second.
    Thread(target=numbers_of, name="veerkracht-arrows", daemon=True).start()
    packing = partial(_packed, solara.server.starlette.app, asked.root_path)
    Thread(target=packing, name="veerkracht-files", daemon=True).start()
    numbers = {"csv": partial(csv_of, answers()), "zip": partial(archive_of, answers())}
    files = partial(file_of, taken, studies())
    pages: App = Data(_closing(solara.server.starlette.app), numbers, files)
    pages = Lost(pages, PLACES, hall=WAY_IN, root_path=asked.root_path)
    lives = Lives(Rooms(), answers(), known)
    where = place(
        host=asked.host,
        names=asked.names,
        port=port,
        root_path=asked.root_path,
        is_local=asked.is_local,
    )
    pages = Hosts(pages, lives, where)
    if asked.code:
        pages = Door(pages, asked.code, root_path=asked.root_path, ways_in=(*ADDRESSES, WAY_IN))
    # Who has the code of a room need not have that of the pages.
    pages = Phones(pages, lives, root_path=asked.root_path, own=where.hosts)
    own = {"localhost", "127.0.0.1", "::1", asked.host, *asked.names}
    return Guard(
        pages,
        names=own if asked.is_local else own | {socket.gethostname()},
        assets=solara.server.settings.assets.proxy_cache_dir,
        any_address=not asked.is_local,
        root_path=asked.root_path,
        listener=answers(),
        kernels=lambda: len(contexts),
        pages=ADDRESSES,
    )


def _packed(app: App, root_path: str) -> None:
    """Have the files of the pages packed before anybody waits for them."""
    import asyncio

    from dashboards.serving.warming import warm_up

    with suppress(Exception):  # who opens the page asks for them again, and hears what is wrong
        asyncio.run(warm_up(app, root_path))


def connections() -> int:
    """Return how many connections may be open at once, as far as this system opens files for us."""
    try:
        import resource
    except ImportError:  # a system without such a limit
        return MOST_CONNECTIONS
    kind, wanted = resource.RLIMIT_NOFILE, MOST_CONNECTIONS + SPARE_FILES
    now, most = resource.getrlimit(kind)
    if now < wanted:
        now = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(kind, (now, most))
    return max(1, min(MOST_CONNECTIONS, now - SPARE_FILES))


def _closing(app: App) -> App:
    """Return the app, which stops what is being worked out when it ends."""

    async def closing(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, receive, send)
        if scope["type"] == "lifespan":
            from dashboards.service.runner import answers, studies

            studies().close()
            answers().close()

    return closing


def _set_environment(root_path: str) -> None:
    from model.disk import cache

    home = (cache.folder() or Path(tempfile.gettempdir())) / "pages"
    os.environ.update(
        ENVIRONMENT,
        SOLARA_HOME=str(home),
        SOLARA_ROOT_PATH=root_path,
    )


def _address(listener: socket.socket, asked: Options, page: str = "") -> str:
    port = listener.getsockname()[1]
    name = asked.names[0] if asked.names else socket.gethostname()
    host = HOST if asked.is_local and not asked.names else name
    rest = f"{asked.root_path}{page or '/'}" if asked.root_path or asked.code or page else ""
    query = f"?code={asked.code}" if asked.code else ""
    return f"http://{host}:{port}{rest}{query}"


if __name__ == "__main__":
    stopping.listen()
    sys.exit(main())
