"""A longer look beside a page: asked for, and looked at until it is there."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Literal, cast

import solara
import solara.lab

from dashboards.service.studies import Studies, Study, Work
from model.errors import VeerkrachtError

LOOK_SECONDS = 0.5
FULL_SECONDS = 2.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Looked[Found]:
    """How far a study is; `found` is there when it is "done", `fault` is for people."""

    key: str = ""
    state: Literal["waiting", "full", "fault", "done"] = "waiting"
    percent: int = 0
    found: Found | None = None
    fault: str = ""


def use_study[Found](studies: Studies, study: Study[Found] | None, part: str = "") -> Looked[Found]:
    """Ask for a study for this page; None asks for nothing, and stops what was asked before.

    A page that asks for more than one at a time gives each a `part` of its own. What is there
    already is given at once.
    """
    session = solara.use_memo(lambda: f"{solara.get_kernel_id()} {part}", [])
    nothing: Looked[Found] = Looked()
    told = solara.use_reactive(nothing)

    async def run() -> None:
        if study is None:
            studies.leave(session)
            return
        while (work := studies.want(session, study)) is None:
            told.set(Looked(key=study.key, state="full"))
            await asyncio.sleep(FULL_SECONDS)
        while True:
            seen = _looked(work)
            if seen != told.value:
                told.set(seen)
            if work.is_over:
                return
            await asyncio.sleep(LOOK_SECONDS)

    solara.lab.use_task(run, dependencies=[None if study is None else study.key])
    solara.use_effect(lambda: lambda: studies.leave(session), [])
    if study is None:
        return nothing
    if told.value.key == study.key:
        return told.value
    kept = studies.find(study.key)
    # What is found under a key is what the study asks for.
    return nothing if kept is None or kept.found is None else cast("Looked[Found]", _looked(kept))


def _looked[Found](work: Work[Found]) -> Looked[Found]:
    key = work.study.key
    if work.fault is not None:
        return Looked(key=key, state="fault", fault=_words(work.fault))
    if work.found is not None:
        return Looked(key=key, state="done", percent=100, found=work.found)
    return Looked(key=key, percent=round(100 * work.share))


def _words(fault: BaseException) -> str:
    if isinstance(fault, VeerkrachtError):
        return str(fault)
    _log.error("A study failed", exc_info=fault)
    return ""
