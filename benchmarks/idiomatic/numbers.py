"""What all objects share: parameters and levers by name, the rules as plain Python."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from model.measuring.plain import Plain
from model.rules import (
    contact,
    early_years,
    housing,
    language,
    rights,
    school,
    stay,
    work,
)

_PLAIN = Plain()
CONTACT, EARLY, HOUSING = _PLAIN(contact), _PLAIN(early_years), _PLAIN(housing)
LANGUAGE, RIGHTS, SCHOOL = _PLAIN(language), _PLAIN(rights), _PLAIN(school)
STAY, WORK = _PLAIN(stay), _PLAIN(work)

_CONTRACTS = ("zero_hours", "bandwidth", "agency_a", "agency_b", "fixed", "permanent")
_EARNING = (*_CONTRACTS, "self_employed")
_TRACKS = ("vmbo_b", "vmbo_k", "vmbo_gt", "havo", "vwo")
_HOMES = ("tied", "shared", "lease", "social", "owner")

_GROUPS: dict[str, tuple[str, ...]] = {
    "p_end": tuple(f"p_end_{name}" for name in _EARNING),
    "cv": tuple(f"cv_{name}" for name in _EARNING if name != "bandwidth"),
    "labour": ("labour_index", "labour_sensitivity"),
    "offers": ("p_offer_zero_hours", "p_offer_self_employed", "p_offer_permanent"),
    "chain": ("chain_max_contracts", "chain_max_months"),
    "benefits": (
        *("benefit_share", "benefit_months", "assistance_eur_month", "assistance_years"),
        *("no_work_income_eur_month", "scale_second_adult"),
    ),
    "early_shift": ("early_start_hour", "early_end_hour"),
    "late_shift": ("late_start_hour", "late_end_hour"),
    "day_shift": ("day_start_hour", "day_end_hour"),
    "move": (
        *("p_move_0_3", "p_move_4_11", "p_move_12", "move_ratio_new", "move_ratio_settled"),
        *("move_ratio_shared", "move_new_years", "move_settled_years"),
    ),
    "upgrade": (
        *("owner_income_ratio", "p_upgrade_owner", "social_wait_years", "p_upgrade_social"),
        "p_upgrade_lease",
    ),
    "crowding": (*(f"crowding_{name}" for name in _HOMES), "crowding_persons", "crowding_spread"),
    "intention": (
        *("intention_base", "intention_per_year", "intention_years_max", "intention_permanent"),
        *("intention_lease", "intention_school", "intention_signal"),
    ),
    "hazard_year": tuple(f"hazard_year_{name}" for name in ("1", "2_3", "4_6", "7_15", "16")),
    "departs": ("intention_effect", "unemployed_ratio", "school_age_ratio", "two_earner_ratio"),
    "trust": ("trust_culture", "trust_codesign"),
    "care": ("care_level", "care_knowledge", "care_registered", "care_pharos", "care_border"),
    "take_up": tuple(
        f"take_up_{name}"
        for name in (
            *("knowledge", "trust", "registered", "intention", "guidance", "referral"),
            *("hours_fit", "focus"),
        )
    ),
    "school_day": (
        *("school_start_hour", "school_end_hour", "work_days_week", "care_use_base"),
        "care_outside_hours",
    ),
    "thresholds": tuple(f"threshold_{name}" for name in _TRACKS),
    "diploma": ("p_gt_havo", "p_gt_mbo3", "p_k_mbo4", "p_b_mbo3", "p_havo_vwo"),
    "leave": tuple(
        f"leave_{name}" for name in ("vo", "vo_lower", "pro", "mbo1", "mbo2", "mbo3", "mbo4")
    ),
}
"""Parameters that a rule takes one after the other."""


def parameters(row: np.void) -> SimpleNamespace:
    """Return the parameters of a month by name, and those that go together as tuples."""
    values = named(row)
    groups = {key: tuple(values[name] for name in names) for key, names in _GROUPS.items()}
    groups["cv"] = (groups["cv"][0], 0.0, *groups["cv"][1:])
    return SimpleNamespace(**values, groups=SimpleNamespace(**groups))


def named(row: np.void) -> dict[str, Any]:
    """Return the fields of a row as Python values by name."""
    return dict(zip(row.dtype.names or (), row.item(), strict=True))


class Entity:
    """An object whose attributes are the fields of a row of the model's arrays."""

    __slots__ = ()

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...  # noqa: ANN401
        def __setattr__(self, name: str, value: Any) -> None: ...  # noqa: ANN401

    def take(self, row: np.void) -> None:
        """Set every field of a row as an attribute."""
        for name, value in named(row).items():
            setattr(self, name, value)
