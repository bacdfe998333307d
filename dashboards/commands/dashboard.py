"""The pages, from the terminal."""

from __future__ import annotations

import argparse
import subprocess
import sys


def dashboard(options: argparse.Namespace) -> int:
    """Start the pages on this machine and wait until they are stopped."""
    command = [sys.executable, "-m", "dashboards.serve", "--port", str(options.port)]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own module
