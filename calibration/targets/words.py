"""Targets in words, as `veerkracht validate` and their page tell them."""

from __future__ import annotations

from calibration.targets.target import Target


def quantity_text(target: Target) -> str:
    """Return the quantity of a target in a few words, as `measure, population, group, years`."""
    place, other = target.quantity.place, target.quantity.other
    words = [f"`{place.measure}`", place.population]
    if place.group != "all":
        words.append(place.group)
    words.append(place.layer)
    words.append("with the children of the first school year" if place.standardised else "crude")
    words.append(f"years {years_text(place.years)}")
    text = ", ".join(words)
    if target.quantity.compared == "slope":
        return f"{text}; slope over {', '.join(name for name, _ in target.quantity.at)}"
    regression = target.quantity.regression
    if regression is not None:
        return f"{text}; {regression.term} beside {', '.join(regression.covariates)}"
    if other is None:
        return text
    sign = {"less": "less", "over": "over", "log-odds": "log-odds against"}
    differs = [
        str(theirs) if name != "years" else f"years {years_text(other.years)}"
        for name in ("measure", "population", "group", "years")
        if (theirs := getattr(other, name)) != getattr(place, name)
    ]
    return f"{text}; {sign[target.quantity.compared]} {', '.join(differs)}"


def years_text(years: tuple[int, int]) -> str:
    """Return the school years of a run in words."""
    return f"{years[0]}" if years[0] == years[1] else f"{years[0]}-{years[1]}"


def value_text(target: Target) -> str:
    """Return what is known of a quantity, with its unit."""
    if target.value is not None:
        return f"{target.value:g} {target.unit}"
    if target.low is None:
        return f"at most {target.high:g} {target.unit}"
    if target.high is None:
        return f"at least {target.low:g} {target.unit}"
    return f"{target.low:g} to {target.high:g} {target.unit}"
