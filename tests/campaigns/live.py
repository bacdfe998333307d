"""Live campaigns: `python -m tests.campaigns [NAME ...] [--seed S] [--minutes M] [--only K]`.

What is lived is kept in `.campaigns`, by the code that is tried, the cases and the
seed: the same command goes on where it was stopped. The page `docs/reliability.md` is written when
all cases were lived, and with `--page` of those that were.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import asdict
from multiprocessing import connection
from multiprocessing.connection import Connection
from pathlib import Path

from dashboards import stopping
from model.disk.scratch import Scratch
from tests.campaigns.campaign import (
    ROOT,
    Campaign,
    Case,
    Result,
    all_below,
    code,
    digest_of,
    luck_of,
)
from tests.campaigns.cases import (
    arguments,
    corners,
    edits,
    kills,
    machines,
    mangled,
    packages,
    together,
)
from tests.campaigns.page import write

CAMPAIGNS: dict[str, Campaign] = {
    one.CAMPAIGN.name: one.CAMPAIGN
    for one in (mangled, kills, edits, arguments, machines, corners, together, packages)
}
KEPT = ROOT / ".campaigns"
SEED, MINUTES = 1, 90
PROCESSES = 2
PIECES = {"mangled": 500, "corners": 5, "edits": 5, "arguments": 20}
"""Cases that a process lives before it hands them over; one elsewhere."""


def start() -> int:
    """Live what is asked until a signal stops it; return the exit status."""
    stopping.listen()
    try:
        return main()
    except stopping.Stopped as stopped:
        print("\nStopped. The same command goes on.", flush=True)
        return stopped.status


def main(arguments_: Sequence[str] | None = None) -> int:
    """Live what is asked; return how many findings there are, at most 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*CAMPAIGNS, []], metavar="NAME")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--minutes", type=float, default=MINUTES, help=f"at most ({MINUTES})")
    parser.add_argument("--only", type=int, metavar="K", help="only this case, told in full")
    parser.add_argument("--page", action="store_true", help="only write the page of what was lived")
    options = parser.parse_args(arguments_)
    chosen = [CAMPAIGNS[name] for name in options.names or CAMPAIGNS]
    if options.only is not None:
        (found,) = lived(chosen[0].name, [options.only], options.seed)
        print(json.dumps(asdict(found), indent=2, ensure_ascii=False))
        return int(bool(found.finding))
    until = time.monotonic() + (0.0 if options.page else options.minutes * 60)
    with Scratch() as top:
        # Of the processes that live them; it goes whatever they leave.
        os.environ["TMPDIR"] = str(top.path)
        results = {one.name: _all(one, options.seed, until) for one in chosen}
    whole = {name: _kept(_file(name, options.seed)) for name in CAMPAIGNS}
    is_whole = all(len(whole[one.name]) == one.size for one in CAMPAIGNS.values())
    if is_whole or options.page:
        last = {name: _last(name, options.seed) for name in CAMPAIGNS}
        write(
            CAMPAIGNS,
            {name: _kept(path) for name, path in last.items()},
            {name: path.parent.name for name, path in last.items()},
            seed=options.seed,
        )
        print("docs/reliability.md is written.")
    if not is_whole:
        print("Not all cases were lived: the same command goes on.")
    return int(any(one.finding for found in results.values() for one in found))


def _all(campaign: Campaign, seed: int, until: float) -> list[Result]:
    """Live the cases of a campaign that are not lived yet, while there is time."""
    path = _file(campaign.name, seed)
    found = _kept(path)
    todo = sorted(set(range(campaign.size)) - {one.number for one in found})
    begun = time.monotonic()
    with path.open("a", encoding="utf-8") as file:
        for results in _pieces(campaign.name, todo, seed, until):
            for one in results:
                file.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
                if one.finding:
                    print(f"{campaign.name} {one.number}: {one.what}: {one.finding}", flush=True)
            file.flush()
            found += results
    wrong = sum(bool(one.finding) for one in found)
    print(
        f"{campaign.name}: {len(found):,} of {campaign.size:,} cases, {wrong} findings,"
        f" {time.monotonic() - begun:.0f} s",
        flush=True,
    )
    return found


def _pieces(name: str, todo: Sequence[int], seed: int, until: float) -> Iterator[list[Result]]:
    size = PIECES.get(name, 1)
    pieces = [todo[k : k + size] for k in range(0, len(todo), size)]
    if not pieces:
        return
    context = multiprocessing.get_context("spawn")
    told, tell = context.Pipe(duplex=False)
    with ProcessPoolExecutor(
        min(PROCESSES, len(pieces)), mp_context=context, initializer=_begin, initargs=(told,)
    ) as pool:
        try:
            asked = [pool.submit(lived, name, piece, seed, until) for piece in pieces]
            for future in as_completed(asked):
                yield future.result()
        except BaseException:
            tell.close()
            raise


def _begin(told: Connection) -> None:
    """Let a process that lives cases end, with all that it began, when it is told or orphaned."""
    # Not ignored: what it begins would be born deaf, and kills could not interrupt it.
    signal.signal(signal.SIGINT, lambda *_: None)
    threading.Thread(target=_end_with_parent, args=(told,), daemon=True).start()


def _end_with_parent(told: Connection) -> None:
    parent = multiprocessing.parent_process()
    connection.wait([told, *([parent.sentinel] if parent else [])])
    for pid in all_below(os.getpid()):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    os._exit(1)


_cases: dict[str, Case] = {}


def lived(
    name: str, numbers: Sequence[int], seed: int, until: float = float("inf")
) -> list[Result]:
    """Live cases in this process, each in a folder of its own; none after `until`."""
    if time.monotonic() > until:
        return []
    campaign = CAMPAIGNS[name]
    top = Path(tempfile.mkdtemp(prefix="campaign-"))
    try:
        if name not in _cases:
            shared = Path(tempfile.mkdtemp(prefix="campaign-"))
            _cases[name] = campaign.prepare(shared)
        case = _cases[name]
        found = []
        for number in numbers:
            place = top / str(number)
            place.mkdir()
            found.append(case(number, luck_of(name, number, seed), place))
            shutil.rmtree(place, ignore_errors=True)
        return found
    finally:
        shutil.rmtree(top, ignore_errors=True)


def _file(name: str, seed: int) -> Path:
    folder = KEPT / code()
    folder.mkdir(parents=True, exist_ok=True)
    cases = Path(str(sys.modules[CAMPAIGNS[name].prepare.__module__].__file__))
    return folder / f"{name}-{digest_of([cases])}-{seed}.jsonl"


def _last(name: str, seed: int) -> Path:
    """Return where the cases of a campaign were lived last, of whichever code."""
    mine = _file(name, seed)
    lived_in = [path for path in KEPT.glob(f"*/{mine.name}") if path.stat().st_size]
    return max(lived_in, key=lambda path: path.stat().st_mtime, default=mine)


def _kept(path: Path) -> list[Result]:
    """Return what was lived before; a line that was cut when it was stopped does not count."""
    found = {}
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        try:
            one = Result(**json.loads(line))
        except (TypeError, ValueError):
            continue
        found[one.number] = one
    return list(found.values())
