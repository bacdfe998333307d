"""The first moment of the command `veerkracht`, which is also `python -m dashboards`.

Until the commands are read, a tenth of a second, nothing can answer Ctrl-C in words; so it ends the
program without any, and not with a traceback.
"""

import signal


def start() -> int:
    """Run the command of the terminal; return its exit status."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from dashboards import cli

    return cli.start()


if __name__ == "__main__":
    raise SystemExit(start())
