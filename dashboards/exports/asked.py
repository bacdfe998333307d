"""What was asked of a run when its numbers were written: enough to ask the same once more."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from model.outcomes.registry import ACTUAL
from scenarios.statistics.overview import overview

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.runs.run import Ensemble


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The choices of an overview; None is all. `layer` None is both layers."""

    outcome: tuple[str, ...] | None = None
    dimension: str | None = None
    school_year: tuple[str, ...] | None = None
    layer: str | None = ACTUAL
    all_cells: bool = False

    def table(self, run: Ensemble) -> pd.DataFrame:
        """Return the overview. Raises InputError for what the run does not hold."""
        return overview(
            run,
            outcome=self.outcome,
            dimension=self.dimension,
            school_year=self.school_year,
            layer=self.layer,
            all_cells=self.all_cells,
        )

    def record(self) -> dict[str, Any]:
        """Return the choices as plain values."""
        return asdict(self)


def asked_in(record: dict[str, Any]) -> Asked:
    """Return the choices that a proof holds."""
    lists = {name: tuple(record[name] or ()) or None for name in ("outcome", "school_year")}
    return Asked(**{**record, **lists})
