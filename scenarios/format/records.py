"""What one run leaves: its sums, their digest, and what made it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import metadata

import numpy as np

PACKAGES = ("numba", "numpy")
"""Packages whose version may move a number in its last digit."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one run left: sums (school years, series, 2 populations, groups, 2) and their digest.

    The last axis has what was added up and of how many. `weights` (weighted series, 2 populations,
    cells) are what standardised numbers are weighted by, of none in a run of before there were any.
    The digest is over years and numbers.
    """

    scenario: str
    draw: int
    replicate: int
    years: tuple[str, ...]
    sums: np.ndarray
    weights: np.ndarray
    digest: str


@cache
def made_by() -> str:
    """Return the digest of the model's code and the versions of the packages under it."""
    versions = (f"{name} {metadata.version(name)}" for name in PACKAGES)
    from model.kernel.compile import code_digest

    return ", ".join((f"model {code_digest()[:16]}", *versions))


def run_digest(years: tuple[str, ...], sums: np.ndarray, weights: np.ndarray) -> str:
    """Return the SHA-256 (hex) of the school years, the numbers and the weights of a run."""
    digest = hashlib.sha256("\t".join(years).encode())
    for numbers in (sums, weights):
        digest.update(np.ascontiguousarray(numbers, "<f8").tobytes())
    return digest.hexdigest()


def draw_of(replicate: int) -> int:
    """Return the number of the parameter draw that a replicate lives with, beside the ledger's.

    Each replicate has its own draw, so that more replicates never change the earlier ones.
    """
    return replicate + 1
