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

from model.errors import InputError, StorageError
from model.evidence.ledger import Parameter, digest
from model.luck import parameter_luck
from model.registry import BY_PARAMETER, checked

if TYPE_CHECKING:
    import pandas as pd

Draws = Literal["none", "prior", "posterior"]

POSTERIOR = Path(__file__).parents[2] / "calibration" / "posterior.parquet"
"""Draws from the posterior, once a calibration has left them: a row each, parameters as columns."""

RESTRICTED = " restricted"
"""Ends the source of draws from a posterior whose file says `restricted = true` in its metadata."""

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


def values(draws: Draws, seed: int) -> Callable[[int], dict[str, float]]:
    """Return what gives the parameters of a draw, by its number; {} stands for the ledger's values.

    Raises InputError for draws that are not there.
    """
    if draws == "prior":
        return lambda number: prior_draw(seed, number)
    if draws == "posterior":
        posterior = read_posterior()
        return lambda number: posterior_draw(seed, number, posterior)
    if draws != "none":
        message = f"draws = '{draws}' is not possible; choose {', '.join(DRAWS)}."
        raise InputError(message)
    return lambda _: {}


def source(draws: Draws) -> str:
    """Return where draws come from: the ledger's priors or a posterior, each by its checksum."""
    if draws == "posterior":
        with POSTERIOR.open("rb") as file:
            told = f"posterior {hashlib.file_digest(file, 'sha256').hexdigest()}"
        return told + (RESTRICTED if _is_restricted() else "")
    return {"none": "", "prior": f"priors of the ledger {digest(BY_PARAMETER.values())}"}[draws]


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


def read_posterior() -> pd.DataFrame:
    """Return draws from the posterior, one row each, a column for each parameter by dotted name.

    Raises InputError when there are none or a column cannot be used, StorageError when the file is
    damaged.
    """
    import pandas as pd

    path = POSTERIOR
    if not path.exists():
        message = (
            "there are no draws from a posterior: the model has not been calibrated here"
            f" ({path.name} is missing in {path.parent.name}/). Use --draws prior."
        )
        raise InputError(message)
    try:
        table = pd.read_parquet(path)
    except (OSError, ValueError) as error:
        message = f"{path} cannot be read as a table of draws: {error}. Calibrate again."
        raise StorageError(message) from None
    if table.empty:
        message = f"{path} holds no draws. Calibrate again, or use --draws prior."
        raise InputError(message)
    for name in table.columns:
        for value in (table[name].min(), table[name].max()):
            checked(BY_PARAMETER, str(name), float(value), path.name)
    return table


def _is_restricted() -> bool:
    """Whether the posterior was fitted to figures of which small cells may not be shown."""
    from pyarrow import parquet

    with POSTERIOR.open("rb") as file:
        metadata = parquet.read_schema(file).metadata or {}
    return bool(metadata.get(b"restricted", b"false").strip().lower() == b"true")


def _uniform(seed: int, name: str, number: int) -> float:
    return parameter_luck(seed, _hash64(f"parameter {name}"), number)


def _hash64(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
