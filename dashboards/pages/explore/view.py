"""What the first page shows, as plain values: made from a choice, results and texts, no state."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from solara.alias import rv

from dashboards.figures import dots, tables
from dashboards.figures import lines as figures
from dashboards.figures.registry import SHEETS, Sheet
from dashboards.figures.series import Pair
from dashboards.pages.explore import controls, page_levers, state, summary
from dashboards.pages.explore.state import Choice
from dashboards.service.answering import REFINED
from dashboards.service.jobs import Request
from dashboards.service.runner import HEADLINES
from dashboards.service.use_answer import Found
from dashboards.service.use_results import Answer, HowFar, Results
from dashboards.texts import Texts, look_words
from dashboards.texts.numbers import span
from model.calendar import MONTHS_PER_YEAR, START_NUMBER, school_years
from model.kernel.compile import code_digest
from model.outcomes.registry import last_years
from model.policy.scenario import Scenario
from scenarios.asking.paired_sums import PairedSums
from scenarios.asking.question import SAMPLE, Question
from scenarios.statistics.answer import GAP
from scenarios.statistics.words import Look

DIGEST_LENGTH = 12
ABOUT = ("model", "eu11", "comparable", "leaving", "expected", "language", "assumption")
Scenarios = Mapping[str, Scenario]


def settled(choice: Choice, scenarios: Scenarios) -> Choice:
    """Return a choice without levers that stand where the alternative's file has them anyway."""
    levers = page_levers.apart(scenarios[choice.alternative], choice.levers)
    return replace(choice, levers=levers)


def requests(choice: Choice, scenarios: Scenarios) -> tuple[Request, Request]:
    """Return the two runs of a choice: base and alternative."""
    alternative = page_levers.moved(scenarios[choice.alternative], choice.levers)
    base, other = (
        Request(
            scenario=scenario,
            base=scenarios[choice.base],
            families=choice.families,
            years=choice.years,
            seed=choice.seed,
            moved=moved,
        )
        for scenario, moved in ((scenarios[choice.base], ()), (alternative, choice.levers))
    )
    return base, other


def key(asked: Sequence[Request]) -> str:
    """Return a short name for a pair of runs: the same runs have the same name."""
    return hashlib.sha256(repr(tuple(asked)).encode()).hexdigest()[:DIGEST_LENGTH]


def pair(answer: Answer | None, t: Texts) -> Pair | None:
    """Return a complete pair of runs with its titles, or None before there is one."""
    if answer is None:
        return None
    base, alternative = answer.requests
    name = controls.title(alternative.scenario, t)
    return Pair(
        base=answer.tables[0],
        alternative=answer.tables[1],
        base_title=controls.title(base.scenario, t),
        alternative_title=t("page.adjusted", title=name) if alternative.moved else name,
        base_id=base.scenario.id,
        alternative_id=alternative.scenario.id,
        changes=" ".join(f"{lever}={value:g}" for lever, value in alternative.moved),
        families=state.FULL if base.families is None else str(base.families),
        years=base.years,
        seed=base.seed,
        key=key(answer.requests),
        code=code_digest()[:DIGEST_LENGTH],
    )


def notices(
    results: Results, dropped: Sequence[str], asked: Sequence[Request], t: Texts
) -> list[dict[str, str]]:
    """Return the messages above the page: parts of the link left out, and a run that failed."""
    found = []
    if dropped:
        left_out = t("page.notice.dropped", parts=", ".join(dropped))
        found.append(_notice("note", t("page.notice.dropped_title"), left_out))
    if results.fault is not None:
        why = _too_late(asked, t) or results.fault or t("page.notice.fault")
        found.append(_notice("fault", t("page.notice.fault_title"), why))
    return found


def _notice(kind: str, title: str, text: str) -> dict[str, str]:
    return {"kind": kind, "title": title, "text": text}


def _too_late(asked: Sequence[Request], t: Texts) -> str:
    for request in asked:
        month = page_levers.latest_start(request.scenario)
        if month >= START_NUMBER + request.years * MONTHS_PER_YEAR:
            name = controls.title(request.scenario, t)
            return t("page.notice.too_late", scenario=name, month=t.month(month))
    return ""


def question(choice: Choice, scenarios: Scenarios) -> Question:
    """Return the question of a choice: in samples, unless the full size was asked for."""
    base, alternative = (request.scenario for request in requests(choice, scenarios))
    return Question(
        base=base,
        alternative=alternative,
        families=None if choice.families is None else SAMPLE,
        years=choice.years,
        seed=choice.seed,
    )


def answer_cards(found: Found, asked: Question, t: Texts) -> dict[str, Any]:
    """Return what the cards show: a sentence, what it rests on, and a card per headline."""
    sums = found.sums
    looks = [] if sums is None else [sums.look(outcome) for outcome in HEADLINES]
    words = t.part("page.cards")
    message = words["waiting"] if found.state != "fault" else found.fault or words["fault"]
    if looks:
        message = look_words.told(looks[0], t).sentence
    shown = "" if found.question is None or sums is None else found.question.key
    return {
        "message": message,
        "basis": _basis(found, asked, t),
        "announced": message if shown == asked.key and found.state == "ready" else "",
        "cards": [_answer_card(look, sums, t) for look in looks if sums is not None],
        "words": words,
        "state": found.state,
        "shown": shown,
        "asked": asked.key,
        "n": 0 if sums is None else sums.n,
    }


def _basis(found: Found, asked: Question, t: Texts) -> str:
    if found.state == "full":
        return t("page.cards.full")
    if found.sums is None or found.question is None:
        return ""
    if found.question.key != asked.key:
        return t("page.cards.old")
    name = "first" if found.sums.n < REFINED else "refining"
    if found.state == "ready":
        name = "ready"
    return t(
        f"page.cards.{name}",
        n=t.number(found.sums.n),
        families=t("page.cards.all") if found.families is None else t.number(found.families),
        years=span(found.sums.counted, t),
    )


def _answer_card(look: Look, sums: PairedSums, t: Texts) -> dict[str, Any]:
    outcome = look.answer.outcome
    told = look_words.told(look, t)
    drawn = dots.strip(look, sums.look(outcome, GAP).answer)
    return {
        "name": outcome,
        "what": told.what,
        "number": told.number,
        "unit": told.unit,
        "range": told.range,
        "word": told.word,
        "word_name": look.word,
        "strip": None if drawn is None else asdict(drawn),
        "beyond": t("page.cards.beyond") if drawn is not None and drawn.beyond else "",
        "alt": told.sentence,
    }


def status(results: Results, progress: HowFar, t: Texts) -> dict[str, Any]:
    """Return what the status bar shows of the run behind the figures: state, text, percentage."""
    if results.fault is not None:
        name = "fault"
    elif results.busy:
        name = "busy"
    else:
        name = "ready"
    percent = 100 * progress.done // max(1, progress.months)
    return {
        "state": name,
        "percent": percent,
        "text": _status_text(name, progress, percent, t),
        "announced": t(f"page.status.{name}"),
        "words": t.part("page.status_bar"),
    }


def _status_text(name: str, progress: HowFar, percent: int, t: Texts) -> str:
    if name != "busy":
        return t(f"page.status.{name}")
    if progress.queued:
        return t("page.status.queued")
    if not progress.done:
        return t("page.status.starting")
    done, months = t.number(progress.done), t.number(progress.months)
    return t("page.status.running", percent=str(percent), done=done, months=months)


def told(found: Found, shown: Pair | None, t: Texts) -> list[dict[str, str]]:
    """Return the sentences on what changed, none before there is an answer."""
    if found.sums is None:
        return []
    return [asdict(item) for item in summary.sentences(found.sums, shown, t)]


def settings(choice: Choice, scenarios: Scenarios, t: Texts) -> list[dict[str, str]]:
    """Return what the alternative sets elsewhere than the base."""
    base, alternative = requests(choice, scenarios)
    return [asdict(item) for item in summary.settings(base.scenario, alternative.scenario, t)]


def summary_words(
    choice: Choice,
    scenarios: Scenarios,
    shown: Pair | None,
    told: Sequence[Mapping[str, str]],
    t: Texts,
) -> dict[str, str]:
    """Return the fixed words of the summary; what an assumption is only if one is told.

    School years are those of the numbers that are shown, or of those that are asked.
    """
    name = controls.title(scenarios[choice.alternative], t)
    titles = {
        "base": controls.title(scenarios[choice.base], t),
        "alternative": t("page.adjusted", title=name) if choice.levers else name,
    }
    counted = last_years(school_years(choice.years)) if shown is None else shown.counted
    titles["years"] = span(counted, t)
    words = {word: text.format(**titles) for word, text in t.part("page.summary").items()}
    if not any(item["assumption"] for item in told):
        words["assumption_note"] = ""
    return words


def cards(shown: Pair | None, t: Texts) -> list[dict[str, Any]]:
    """Return the figures with text, table and download; empty ones before there is a result."""
    return [_card(sheet, shown, t) for sheet in SHEETS]


def _card(sheet: Sheet, shown: Pair | None, t: Texts) -> dict[str, Any]:
    words = t.part("page.figure") | {
        "title": t(f"figure.{sheet.name}.title"),
        "meaning": t(f"figure.{sheet.name}.meaning"),
    }
    card = {
        "name": sheet.name,
        "words": words,
        "fig": "",
        "lead": t("page.waiting"),
        "caption": "",
        "columns": [],
        "rows": [],
        "csv": "",
        "file": "",
    }
    if shown is None:
        return card
    table = tables.table(sheet, shown, t)
    words["source"] = t(
        "page.source",
        families=shown.families,
        years=str(shown.years),
        seed=str(shown.seed),
        code=shown.code,
    )
    return card | {
        "fig": json.dumps(figures.figure(sheet, shown, t), separators=(",", ":")),
        "lead": summary.lead(sheet, shown, t),
        "caption": table.caption,
        "columns": table.columns,
        "rows": table.rows,
        "csv": tables.download(sheet, shown),
        "file": f"veerkracht-{sheet.name}-{shown.base_id}-{shown.alternative_id}",
    }


def about(t: Texts) -> Iterator[Any]:
    """Return the explanation of words and numbers at the foot of the page."""
    yield rv.Html(tag="h2", children=[t("page.about.title")])
    told = [(t(f"page.about.{name}.term"), t(f"page.about.{name}.text")) for name in ABOUT]
    told += [
        (t("page.about.mark", mark=t(f"status.{letter}.label")), t(f"status.{letter}.meaning"))
        for letter in controls.STANDINGS
    ]
    items = [
        rv.Html(tag=tag, children=[text])
        for pair in told
        for tag, text in zip(("dt", "dd"), pair, strict=True)
    ]
    yield rv.Html(tag="dl", children=items)
