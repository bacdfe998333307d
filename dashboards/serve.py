"""Serve the pages: `python -m dashboards.serve`.

One process on loopback. It says what it does while it starts, prints its address on a line of its
own when the pages are ready, and ends quietly on Ctrl-C.
"""

from __future__ import annotations

import argparse
import ipaddress
import os
import socket
import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

from dashboards.service.guard import App, Guard, Message, Receive, Scope, Send
from model.errors import InputError, VeerkrachtError

HOST, PORT = "127.0.0.1", 8765
LARGEST_MESSAGE = 1 << 20
SECONDS_TO_END = 2
LAST_PORT = 65_535

ENVIRONMENT = {
    "SOLARA_APP": "dashboards.app",
    "SOLARA_ASSETS_PROXY": "True",
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_TITLE": "Veerkracht",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    "SOLARA_SESSION_HTTP_ONLY": "True",
    "SOLARA_KERNEL_CULL_TIMEOUT": "30m",
}
"""What Solara reads when it is imported: no telemetry, no banner, no error pages for developers."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        with _listen(options.host, options.port) as listener:
            _warm_up()
            _serve(listener, options.host, options.name)
    except KeyboardInterrupt:
        print()
    except VeerkrachtError as error:
        print(f"veerkracht: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dashboards.serve", description="Serve the pages of Veerkracht."
    )
    parser.add_argument(
        "--host",
        default=HOST,
        help="address to listen on; the default can only be reached from this computer, 0.0.0.0"
        " from the whole network",
    )
    parser.add_argument("--port", type=_port, default=PORT, help="0 takes a free one (%(default)s)")
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        help="a host name under which others reach this server; may be given more than once",
    )
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= LAST_PORT):
        message = f"'{text}' is not a port; choose a whole number from 0 to {LAST_PORT}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


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


def _warm_up() -> None:
    """Compile the model, or read it from disk, before anybody waits for it."""
    from model.kernel.compile import cache_folder

    kept = cache_folder()
    if kept is not None and any(kept.rglob("*.nbi")):
        print("Loading the model …", flush=True)
    else:
        print("Compiling the model (only the first time, about a minute) …", flush=True)
    begun = time.monotonic()
    from scenarios import evaluate

    evaluate(families=20, years=1).table()
    print(f"… done in {time.monotonic() - begun:.0f} s. Starting the pages …", flush=True)


def _serve(listener: socket.socket, host: str, names: Sequence[str]) -> None:
    _set_environment()
    # Solara tells of cookies and proxies; on loopback there is nothing to do about either.
    warnings.filterwarnings("ignore", module=r"solara\.")

    import solara.server.settings
    import solara.server.starlette
    import uvicorn

    from dashboards.service.runner import shared

    is_local = _is_loopback(host)
    known = {"localhost", "127.0.0.1", "::1", host, *names}
    guard = Guard(
        _announcing(solara.server.starlette.app, _address(listener, is_local)),
        names=known if is_local else known | {socket.gethostname()},
        assets=solara.server.settings.assets.proxy_cache_dir,
        any_address=not is_local,
    )
    config = uvicorn.Config(
        guard,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        ws_max_size=LARGEST_MESSAGE,
        timeout_graceful_shutdown=SECONDS_TO_END,
    )
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        shared().close()


def _set_environment() -> None:
    import plotly

    from model.disk import cache

    scripts = Path(plotly.__file__).parent / "package_data"
    home = (cache.folder() or Path(tempfile.gettempdir())) / "pages"
    os.environ.update(
        ENVIRONMENT, SOLARA_ASSETS_EXTRA_LOCATIONS=str(scripts), SOLARA_HOME=str(home)
    )


def _announcing(app: App, address: str) -> App:
    """Return the app, which now prints its address once it has started."""

    async def announcing(scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            await send(message)
            if message["type"] == "lifespan.startup.complete":
                print(f"The pages are ready; stop them with Ctrl-C.\n{address}", flush=True)

        await app(scope, receive, sending if scope["type"] == "lifespan" else send)

    return announcing


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(listener: socket.socket, local: bool) -> str:
    port = listener.getsockname()[1]
    return f"http://{HOST}:{port}" if local else f"http://{socket.gethostname()}:{port}"


if __name__ == "__main__":
    sys.exit(main())
