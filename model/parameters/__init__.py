"""Every number of the world, by submodel; `Parameters()` is the uncalibrated default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from model.aliases import current, value_today
from model.ledger import Parameter, rows
from model.parameters.contact import Contact
from model.parameters.early_years import EarlyYears
from model.parameters.housing import Housing
from model.parameters.language import Language
from model.parameters.network import Network
from model.parameters.population import Population
from model.parameters.rights import Rights
from model.parameters.school import School
from model.parameters.stay import Stay
from model.parameters.work import Work


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """The ledger: one dataclass per submodel."""

    population: Population = field(default_factory=Population)
    network: Network = field(default_factory=Network)
    work: Work = field(default_factory=Work)
    rights: Rights = field(default_factory=Rights)
    housing: Housing = field(default_factory=Housing)
    stay: Stay = field(default_factory=Stay)
    contact: Contact = field(default_factory=Contact)
    language: Language = field(default_factory=Language)
    early_years: EarlyYears = field(default_factory=EarlyYears)
    school: School = field(default_factory=School)


BY_PARAMETER: dict[str, Parameter] = {row.name: row for row in rows(Parameters())}
"""The ledger by dotted name, such as `work.p_hire`."""


class ParameterRow(
    Population, Network, Work, Rights, Housing, Stay, Contact, Language, EarlyYears, School
):
    """One month of the world: every parameter by its field name, and the derived numbers.

    No object of it exists: a row is a record of the timetable, and the class is what a type checker
    knows of it. Field names are unique over the submodels.
    """

    gain_kept_month: float
    """What a month leaves of gains from measures."""
    change_kept_month: float
    """What a month leaves of losses from school changes."""


DERIVED = tuple(ParameterRow.__annotations__)
"""Numbers that are worked out once a month."""

PARAMETER_DTYPE = np.dtype(
    [(name, np.float64) for name in (*(row.field for row in BY_PARAMETER.values()), *DERIVED)]
)


def named_today(values: Mapping[str, float]) -> dict[str, float]:
    """Return values by the dotted names of today; what was a level is told against its base.

    The base is that of `values` where it is there, else that of the ledger (`model.aliases`).
    """
    bases = {name: row.value for name, row in BY_PARAMETER.items()} | dict(values)
    return {
        current("parameter", name): value_today(name, value, bases)
        for name, value in values.items()
    }
