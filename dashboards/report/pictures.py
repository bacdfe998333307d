"""A figure of a run as a file that proves itself: SVG or PNG."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from dashboards.exports.asked import Asked
from dashboards.proof.carriers import KEYWORD, PNG_SIGNATURE, SVG, in_png, in_svg
from dashboards.proof.record import Rows, proof_of, rows_of
from dashboards.report import still
from dashboards.texts import Texts, texts
from model.errors import InputError
from model.policy.record import from_record
from scenarios.runs.run import Ensemble

Form = Literal["svg", "png"]
FORMS: tuple[Form, ...] = ("svg", "png")
COLUMNS = (
    "scenario",
    "outcome",
    "population",
    "school_year",
    "difference",
    "low",
    "high",
    "p_sign",
)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What a picture shows: an outcome, by how much a scenario differs from the base, per year."""

    outcome: str
    scenario: str
    language: str
    form: Form

    def record(self) -> dict[str, Any]:
        """Return the choices as plain values."""
        return asdict(self)


def form_of(name: str | Path) -> Form:
    """Return what kind of picture a name asks for. Raises InputError for any other."""
    ending = Path(name).suffix.lower().removeprefix(".")
    for form in FORMS:
        if ending == form:
            return form
    raise InputError(f"{name} is no name of a picture. Let it end in .svg or .png.")


def is_picture(path: Path) -> bool:
    """Whether a file is a picture that was made here."""
    content = path.read_bytes()
    if content.startswith(PNG_SIGNATURE):
        return KEYWORD in content
    return SVG[0].encode() in content


def picture(run: Ensemble, asked: Picture) -> bytes:
    """Return a picture with its proof. Raises InputError for what the run does not hold."""
    t = texts(asked.language)
    content = still.difference(
        _rows(run, asked), asked.outcome, _subtitle(run, asked, t), asked.form, t
    )
    proof = proof_of(run, "figure", asked.record(), picture_numbers(run, asked))
    if asked.form == "png":
        return in_png(content, proof)
    return in_svg(content.decode(), proof).encode()


def picture_numbers(run: Ensemble, asked: Picture) -> dict[str, Rows]:
    """Return the numbers of a picture under the name of its outcome."""
    rows = _rows(run, asked)[list(COLUMNS)]
    return {asked.outcome: rows_of(rows.to_csv(index=False))}


def _rows(run: Ensemble, asked: Picture) -> Any:  # noqa: ANN401 - a pandas table
    others = run.scenarios[1:]
    if not others:
        raise InputError("this run has one scenario only. A figure of a difference needs two.")
    if asked.scenario not in others:
        message = f"this run has no scenario {asked.scenario} beside its base."
        raise InputError(f"{message} It has {', '.join(others)}.")
    found = Asked(outcome=(asked.outcome,), dimension="all").table(run)
    return found[found["scenario"] == asked.scenario]


def _subtitle(run: Ensemble, asked: Picture, t: Texts) -> str:
    titles = {
        one.id: one.title_nl if t.language == "nl" else one.title_en
        for one in map(from_record, run.about["scenarios"])
    }
    return t(
        "figure.held_against",
        what=titles[asked.scenario] or asked.scenario,
        base=titles[run.base] or run.base,
        n=str(len(run.replicates)),
    )
