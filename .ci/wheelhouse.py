"""List the wheels of a folder, for who admits them and for pip: `.ci/wheelhouse.py DIR`.

LIST.txt has a line for each wheel (size, SHA-256, name) and their sum; install.txt is what pip
installs from, without a network and only if every hash holds.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path


def written(folder: Path) -> str:
    """Write both lists; return what there is in one line. Raises SystemExit without wheels."""
    wheels = sorted(folder.glob("*.whl"), key=lambda path: path.name.lower())
    if not wheels:
        message = f"{folder} has no wheel in it."
        raise SystemExit(message)
    sizes = [path.stat().st_size for path in wheels]
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in wheels]
    total = f"{len(wheels)} wheels, {sum(sizes) / 1e6:.1f} MB"
    lines = [
        f"{size:>12,}  {digest}  {path.name}"
        for path, size, digest in zip(wheels, sizes, hashes, strict=True)
    ]
    (folder / "LIST.txt").write_text("\n".join([*lines, total, ""]), encoding="utf-8")
    wanted = [
        f"./{path.name} --hash=sha256:{digest}" for path, digest in zip(wheels, hashes, strict=True)
    ]
    (folder / "install.txt").write_text("\n".join([*wanted, ""]), encoding="utf-8")
    return f"{total} in {folder}: LIST.txt has names, sizes and hashes, install.txt is for pip."


if __name__ == "__main__":
    print(written(Path(sys.argv[1])))
