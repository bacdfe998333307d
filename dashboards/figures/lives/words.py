"""What is said of two lives of a family: who, what state, and why the lives part."""

from __future__ import annotations

from dashboards.texts import Texts
from scenarios.pairs.cause import Cause


def why(cause: Cause, t: Texts) -> str:
    """Return in words what made two lives part."""
    if cause.kind == "lever":
        names = ", ".join(t(f"lever.{name}.label") for name in cause.names)
        return t("report.twins.by_lever", levers=names)
    if cause.kind == "parameter":
        return t("report.twins.by_parameter", parameters=", ".join(cause.names))
    if cause.kind == "neighbour":
        return t("report.twins.by_neighbour", families=", ".join(cause.names))
    return t(f"report.twins.by_{cause.kind}")


def state_label(state: str, t: Texts) -> str:
    """Return what a contract, a home, a stage or a whereabouts is called; '' for an empty one."""
    for kind in ("contract", "housing", "stage", "status"):
        found = t.part(f"enum.{kind}") | t.part(f"report.{kind}")
        if state in found:
            return found[state]
    return state


def person_label(person: str, t: Texts) -> str:
    """Return what a member of a family is called, as 'child 2', or the family itself."""
    kind, _, number = person.partition(" ")
    return t(f"report.twins.{kind}", number=number)
