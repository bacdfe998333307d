"""Targets as a fit takes them: the plan, and the figures on the scale of the fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from calibration.fitting.held import Held, scaled
from calibration.fitting.plan import Plan
from calibration.fitting.unknowns import Unknowns
from calibration.targets.digest import digest_of
from calibration.targets.target import Target
from model.errors import InputError
from scenarios.format.records import made_by


def planned(unknowns: Unknowns, targets: Sequence[Target], **sizes: Any) -> Plan:  # noqa: ANN401 - Plan has the types
    """Return the plan to fit numbers to those targets that may be fitted; the rest are checks.

    `sizes` are fields of Plan. Raises InputError where none of the targets may be fitted.
    """
    if not any(target.use == "fit" for target in targets):
        raise InputError('none of the targets may be fitted. Give one of them use = "fit".')
    return Plan(
        parameters=unknowns.names,
        targets=tuple(target.id for target in targets),
        digests=digest_of(targets),
        made_by=made_by(),
        **sizes,
    )


def held_to(targets: Sequence[Target]) -> Held:
    """Return targets as what a fit is held to."""
    ends = np.array([target.bounds for target in targets])
    is_log = np.array([target.link == "log" for target in targets])
    # By how much an error in the unit is one on the scale: at an end of its own for a log.
    is_at = is_log[:, None] & (ends > 0.0) & np.isfinite(ends)
    per_unit = np.where(is_at, 1.0 / np.where(is_at, ends, 1.0), 1.0)
    low, high = scaled(ends.T, is_log)
    return Held(
        names=tuple(target.id for target in targets),
        low=np.where(np.isnan(low), -np.inf, low),
        high=high,
        error=per_unit * np.array([[target.standard_error] for target in targets]),
        discrepancy=per_unit * np.array([[target.discrepancy] for target in targets]),
        is_log=is_log,
    )
