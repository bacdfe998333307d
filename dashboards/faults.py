"""What this machine has too little of, in a sentence: space, memory, files, leave to write."""

from __future__ import annotations

import errno

_ADVICE = {
    errno.EACCES: "Choose another place, or ask for leave to write there.",
    errno.EPERM: "Choose another place, or ask for leave to write there.",
    errno.EROFS: "Choose a place that can be written.",
    errno.ENOSPC: "Free some space and run the same again.",
    errno.EDQUOT: "Free some space and run the same again.",
    errno.EMFILE: "Close some files, or allow more (ulimit -n), and run the same again.",
    errno.ENFILE: "Close some programs and run the same again.",
    errno.ENOMEM: "Take fewer --families or fewer --workers.",
    errno.EAGAIN: "End some programs, or take fewer --workers.",
}
_MEMORY = "memory is too short. Take fewer --families, fewer --replicates or fewer --workers."


def told(error: OSError | MemoryError) -> str:
    """Return what is wrong and what to do."""
    if isinstance(error, MemoryError) or error.errno == errno.ENOMEM:
        return _MEMORY
    where = f"{error.filename}: " if error.filename is not None else ""
    what = error.strerror or str(error) or type(error).__name__
    return " ".join(filter(None, (f"{where}{what}.", _ADVICE.get(error.errno or 0))))
