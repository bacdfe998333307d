"""What the numbers were measured on: processor and versions, nothing that names a machine."""

from __future__ import annotations

import os
import platform
import resource
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("numba", "llvmlite", "numpy", "mesa", "pandas")


def describe() -> dict[str, str]:
    """Return the processor, its cores, the load at the start, versions and the date (UTC)."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": _processor(),
        "cores": str(cores()),
        "load at the start": f"{load:.1f}",
        "system": platform.system(),
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


def cores() -> int:
    """Return how many cores this process may use."""
    return os.process_cpu_count() if hasattr(os, "process_cpu_count") else (os.cpu_count() or 1)


def peak_mb() -> float:
    """Return the most memory that this process has held; on Linux without its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    if cpus.exists():
        for line in cpus.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
