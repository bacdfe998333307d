"""Seeds of replicates and draws of parameters: the two kinds of not being sure, kept apart.

Chance: replicate r has a seed of its own; all scenarios of a replicate share it, and so meet the
same families with the same luck. Not knowing: draw d has other values of the parameters, taken
from their priors in the ledger; draw 0 has the ledger's own values. Both are pure functions of the
seed, so that any part of an ensemble can be made again on its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from model.errors import InputError
from model.evidence.ledger import Parameter, digest
from model.registry import BY_PARAMETER
from scenarios.format.draws_file import about_draws, read_draws

if TYPE_CHECKING:
    import pandas as pd

Draws = Literal["none", "prior", "posterior"]
Asked = Draws | Path
"""What may be asked for: a kind of draws, or a file of draws from a posterior of one's own."""

POSTERIOR = Path(__file__).parents[2] / "calibration" / "posterior" / "draws.parquet"
"""The file of draws that comes with the program, once a calibration has left one."""

RESTRICTED = " restricted"
"""Ends the source of draws from a posterior that was fitted to restricted figures."""

DRAWS: tuple[Draws, ...] = ("none", "prior", "posterior")

DRAWS_FOR_95 = 39
"""Draws of which lowest and highest hold, on average, 95% of what not knowing leaves."""


def replicate_seed(seed: int, replicate: int) -> int:
    """Return the seed of a replicate: the seed itself for replicate 0, else a 64-bit hash of both.

    The hash is the first eight bytes, most significant first, of the SHA-256 of the text
    'veerkracht replicate SEED REPLICATE'.
    """
    if replicate == 0:
        return seed
    return _hash64(f"veerkracht replicate {seed} {replicate}")


def held_by(n_draws: int) -> float:
    """Return the share that lies between the lowest and the highest of so many draws, on average.

    Whatever the law of the effects, n draws part it into n + 1 equal parts on average, of which two
    lie outside (Wilks 1941). Below DRAWS_FOR_95 a 95% range is narrower than it says.
    """
    return max(0.0, (n_draws - 1) / (n_draws + 1))


def kind(draws: Asked) -> Draws:
    """Return which kind of draws was asked for; a file holds draws from a posterior."""
    return "posterior" if isinstance(draws, Path) else draws


def values(draws: Asked, seed: int) -> Callable[[int], dict[str, float]]:
    """Return what gives the parameters of a draw, by its number; {} stands for the ledger's values.

    Raises InputError for draws that are not there or were made for another ledger, StorageError for
    a file that is damaged.
    """
    if draws == "prior":
        return lambda number: prior_draw(seed, number)
    if kind(draws) == "posterior":
        posterior = read_draws(_file(draws))
        return lambda number: posterior_draw(seed, number, posterior)
    if draws != "none":
        message = f"draws = '{draws}' is not possible; choose {', '.join(DRAWS)}."
        raise InputError(message)
    return lambda _: {}


def fitted_in(draws: Asked) -> tuple[str, ...]:
    """Return the numbers that draws have from a posterior, by dotted name; none of a prior.

    Raises as `values` does.
    """
    return tuple(about_draws(_file(draws))["fitted"]) if kind(draws) == "posterior" else ()


def source(draws: Asked) -> str:
    """Return where draws come from: the ledger's priors or a posterior, each by its checksum."""
    if kind(draws) == "posterior":
        path = _file(draws)
        with path.open("rb") as file:
            told = f"posterior {hashlib.file_digest(file, 'sha256').hexdigest()}"
        return told + (RESTRICTED if about_draws(path)["restricted"] else "")
    return f"priors of the ledger {digest(BY_PARAMETER.values())}" if draws == "prior" else ""


def prior_draw(
    seed: int, number: int, ledger: Mapping[str, Parameter] = BY_PARAMETER
) -> dict[str, float]:
    """Return parameters of a draw by dotted name; {} for draw 0, the ledger's own values.

    Every free number is drawn from its own prior; a fixed one is left out and stays as it is. The
    uniform number behind a parameter hangs on the seed, the draw and the parameter's name, not on
    the other parameters.
    """
    if number == 0:
        return {}
    return {
        row.name: row.at(_uniform(seed, row.name, number)) for row in ledger.values() if row.is_free
    }


def posterior_draw(seed: int, number: int, posterior: pd.DataFrame) -> dict[str, float]:
    """Return parameters of a draw: a row of the posterior, chosen by seed and number; {} for 0."""
    if number == 0:
        return {}
    row = int(_uniform(seed, "posterior", number) * len(posterior))
    return {str(name): float(value) for name, value in posterior.iloc[row].items()}


def _file(draws: Asked) -> Path:
    """Return the file of draws from a posterior. Raises InputError when it is not there."""
    if isinstance(draws, Path):
        if not draws.is_file():
            message = (
                f"--draws {draws}: give none, prior, posterior, or a file of draws (`veerkracht"
                " calibrate` leaves one); there is no such file."
            )
            raise InputError(message)
        return draws
    if not POSTERIOR.exists():
        message = (
            f"no draws from a posterior come with the program ({POSTERIOR.name} is missing in"
            f" {POSTERIOR.parent.name}/): the model has not been calibrated here. Use --draws"
            " prior, or the draws.parquet of a calibration of your own."
        )
        raise InputError(message)
    return POSTERIOR


def _uniform(seed: int, name: str, number: int) -> float:
    from model.luck import parameter_luck

    return parameter_luck(seed, _hash64(f"parameter {name}"), number)


def _hash64(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
