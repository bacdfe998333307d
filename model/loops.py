"""The compiled loops of a month: it opens, rows live it, and in October municipalities learn."""

from __future__ import annotations

import numpy as np

from model.ahead import look_ahead
from model.clock import MONTHS_PER_YEAR
from model.compiled import loop, step
from model.enums import Status
from model.keys import border_rank
from model.levers import BIT, BY_NAME
from model.month import EVERYBODY, family_levers, family_month
from model.rules import contact as contact_rules
from model.rules.early_years import places_open
from model.rules.housing import lives_across_border
from model.rules.language import course_places_year
from model.world import (
    COURSE,
    COURSE_ADMITTED,
    COURSE_ADULTS,
    N_COUNTS,
    N_PLACES,
    PRESCHOOL,
    QUEUE_LEVELS,
    VE_ENROLLED,
    VE_TARGET_GROUP,
    World,
    count_row,
    family_row,
    lever_row,
    parameter_row,
    place_row,
    queue_row,
    target_row,
)

_BORDER_SHARE_MOST = BY_NAME["border_family_share"].high
"""Families whose number is below it may live across the border under some policy."""
CHUNK = 2048
"""Rows that a thread takes at a time."""


@loop
def live_rows(w: World, month: int, n_rows: int, first_chunk: int, stride: int) -> None:
    """Let every `stride`-th chunk of rows, from `first_chunk` on, live a month."""
    start = first_chunk * CHUNK
    while start < n_rows:
        for i in range(start, min(n_rows, start + CHUNK)):
            look_ahead(w, i, n_rows)
            family_month(w, i, month)
        start += stride * CHUNK


@loop
def open_month(w: World, first: int, last: int, month: int) -> None:
    """Bring in the families of this month (rows), and work out who gets the open places."""
    for i in range(first, last):
        enter(w, i, month)
    p = parameter_row(w, month)
    for k in range(N_PLACES):
        place = place_row(w, k)
        lv = lever_row(w, month * w.n_variants + _municipal_levers(w, k))
        n_target = count_row(w, k * N_COUNTS + VE_TARGET_GROUP).n
        n_enrolled = count_row(w, k * N_COUNTS + VE_ENROLLED).n
        n_open = places_open(
            n_target_group=n_target, n_enrolled=n_enrolled, places_ratio=p.ve_places_ratio
        )
        place.ve_cutoff = _cutoff(w, PRESCHOOL, k, n_open)
        n_adults = count_row(w, k * N_COUNTS + COURSE_ADULTS).n
        yearly = course_places_year(lv.web_places_per_100, n_adults)
        place.web_credit += yearly / MONTHS_PER_YEAR
        place.web_credit -= count_row(w, k * N_COUNTS + COURSE_ADMITTED).n
        place.web_credit = min(place.web_credit, max(1.0, yearly))
        place.web_cutoff = _cutoff(w, COURSE, k, int(place.web_credit))


@step
def enter(w: World, i: int, month: int) -> None:
    """Bring in a family; settle on which side of the border it lives.

    It lives across the border when its own number is below the share (lines 485-488).
    """
    family = family_row(w, i)
    if family.status == Status.AWAITED:
        family.status = Status.IN_NL
    lv = lever_row(w, month * w.n_variants + family_levers(w, i, month))
    rank = border_rank(w.seed, family.key)
    is_border = lives_across_border(rank, lv.border_family_share)
    if is_border and family.is_border == 0:
        family.is_registered = 0
    family.is_border = is_border
    if rank < _BORDER_SHARE_MOST:
        family.touched |= lv.active & BIT.border_family_share


@loop
def open_start(w: World, n_rows: int) -> None:
    """Settle what levers say of the families that are there at the start."""
    for i in range(n_rows):
        enter(w, i, 0)


@step
def _municipal_levers(w: World, municipality: int) -> int:
    """Return the record of levers for a municipality itself: target groups by municipality only."""
    variant = 0
    for t in range(w.n_targets):
        target = target_row(w, t)
        is_whole = (
            target.family_types == EVERYBODY
            and target.letter_groups == EVERYBODY
            and target.years_from == -np.inf
            and target.years_to == np.inf
        )
        if is_whole and (target.municipalities >> municipality) & 1:
            variant |= 1 << t
    return variant


@step
def _cutoff(w: World, which: int, municipality: int, n_open: int) -> float:
    """Return the lowest priority that gets a place when only whole levels are let in."""
    first = (which * N_PLACES + municipality) * QUEUE_LEVELS
    level = QUEUE_LEVELS
    while level > 0 and n_open >= queue_row(w, first + level - 1).n:
        level -= 1
        n_open -= queue_row(w, first + level).n
    return float(level)


@loop
def close_year(w: World, month: int, learning: np.ndarray) -> None:
    """In October municipalities learn from each other and from the support team (e60, e61).

    `learning` (9, 9) holds how much a municipality (row) learns from each other one.
    """
    old = np.empty(N_PLACES)
    for k in range(N_PLACES):
        old[k] = place_row(w, k).practice
    p = parameter_row(w, month)
    year = month // MONTHS_PER_YEAR
    for k in range(N_PLACES):
        place = place_row(w, k)
        lv = lever_row(w, month * w.n_variants + _municipal_levers(w, k))
        share = contact_rules.share_supported(lv.vng_support_capacity, p.municipalities_nl)
        turn = (place.vng_rank + year * share) % 1.0
        seen, best = 0.0, old[k]
        for other in range(N_PLACES):
            seen += learning[k, other] * old[other]
            if learning[k, other] > 0.0:
                best = max(best, old[other])
        place.practice = contact_rules.practice_next_year(
            practice=old[k],
            mean_of_others=seen,
            best=best,
            sharing=lv.knowledge_sharing_rate,
            is_supported=turn < share,
            vng_gain=p.practice_vng,
            drift=p.practice_drift,
        )
