"""List the wheels of a folder, for who admits them and for pip: `.ci/wheelhouse.py DIR LOCK`.

LIST.txt has a line for each wheel (size, SHA-256, name) and their sum; install.txt is what pip
installs from, without a network and only if every hash holds. A wheel whose hash the lock does not
have was built on this machine, from sources whose hash was checked; LIST.txt says so.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

BUILT = "built here"


def written(folder: Path, lock: Path) -> str:
    """Write both lists; return what there is in one line. Raises SystemExit without wheels."""
    locked = lock.read_text(encoding="utf-8")
    lines, wanted, total = [], [], 0
    for path in sorted(folder.glob("*.whl"), key=lambda path: path.name.lower()):
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        note = "" if digest in locked else f"  ({BUILT})"
        lines.append(f"{len(content):>12,}  {digest}  {path.name}{note}")
        wanted.append(f"./{path.name} --hash=sha256:{digest}")
        total += len(content)
    if not lines:
        message = f"{folder} has no wheel in it."
        raise SystemExit(message)
    there = f"{len(lines)} wheels, {total / 1e6:.1f} MB"
    (folder / "LIST.txt").write_text("\n".join([*lines, there, ""]), encoding="utf-8")
    (folder / "install.txt").write_text("\n".join([*wanted, ""]), encoding="utf-8")
    return f"{there} in {folder}: LIST.txt has names, sizes and hashes, install.txt is for pip."


if __name__ == "__main__":
    print(written(Path(sys.argv[1]), Path(sys.argv[2])))
