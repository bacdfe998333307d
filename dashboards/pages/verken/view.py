"""What Verken shows, as plain values: made from a choice, an answer and texts, no state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from dashboards.figures import dots, years
from dashboards.figures.scales import HEADLINES, OUTCOMES, SCALES
from dashboards.pages import told
from dashboards.pages.charts import axis, blank, start
from dashboards.pages.places import way_to_vergelijk, way_to_zekerheid
from dashboards.pages.plans import own
from dashboards.pages.plans.titles import called
from dashboards.pages.verken import fields, levers
from dashboards.pages.verken.state import DEFAULT_YEARS, YEARS, Choice, default, query
from dashboards.pages.words import STANDINGS, title
from dashboards.service.answering import FIRST, REFINED
from dashboards.service.prepared import TODAY
from dashboards.service.use_answer import Found
from dashboards.texts import Texts, look_words
from dashboards.texts.numbers import span, unit
from model.calendar import MONTHS_PER_YEAR, START_NUMBER
from model.outcomes.registry import BY_OUTCOME
from model.policy.scenario import Scenario
from scenarios.asking.paired_sums import PairedSums
from scenarios.asking.question import Question
from scenarios.statistics.answer import GAP

ABOUT = ("model", "eu11", "comparable", "leaving", "expected", "language", "dots", "assumption")
Scenarios = Mapping[str, Scenario]
Row = dict[str, Any]


def settled(choice: Choice, scenarios: Scenarios) -> Choice:
    """Return a choice without what stands where the alternative's file has it anyway."""
    alternative = scenarios[choice.alternative]
    fade = None if choice.fade == levers.fade_of(alternative) else choice.fade
    return replace(choice, levers=levers.apart(alternative, choice.levers), fade=fade)


def question(choice: Choice, scenarios: Scenarios) -> Question:
    """Return the question of a choice; how fast gains fade is the same in both worlds."""
    moved = levers.moved(scenarios[choice.alternative], choice.levers)
    return Question(
        base=levers.faded(scenarios[choice.base], choice.fade),
        alternative=levers.faded(moved, choice.fade),
        families=choice.families,
        years=choice.years,
        seed=choice.seed,
    )


def question_row(choice: Choice, scenarios: Scenarios, t: Texts) -> Row:
    """Return what is compared, each as a list to choose from, and what opens under them."""
    return {
        "words": t.part("question"),
        "fields": fields.question(choice, scenarios, t),
        "more": {
            "title": t("page.more.title"),
            "open": False,
            "lines": fields.abouts(choice, scenarios, t),
            "fields": fields.samples(choice, t),
            "link": {"address": "zaal", "label": t("page.more.hall")},
        },
    }


def board_file(choice: Choice, scenarios: Scenarios) -> str:
    """Return the scenario file of what stands on the board, built on the alternative."""
    name = choice.alternative
    return own.text_of_board(levers.moved(scenarios[name], choice.levers), name)


def board(choice: Choice, scenarios: Scenarios, t: Texts) -> list[Row]:
    """Return the groups of the board."""
    moved = frozenset(name for name, _ in choice.levers)
    return fields.board(scenarios[choice.alternative], moved, t)


def _fault(found: Found, asked: Question, t: Texts) -> Row | None:
    """Return what stands where the answer would, when there is none, and what to do about it."""
    if found.state != "fault":
        return None
    row = {"title": t("page.notice.fault_title"), "years": 0, "remedy": ""}
    for scenario in asked.scenarios:
        month = levers.latest_start(scenario)
        if month >= START_NUMBER + asked.years * MONTHS_PER_YEAR:
            told = t("page.notice.too_late", scenario=title(scenario, t), month=t.month(month))
            years = max(_years_until(one) for one in asked.scenarios)
            if years > YEARS[1]:
                return row | {"text": told}
            return row | {
                "text": told,
                "years": years,
                "remedy": t("page.notice.more_years", years=str(years)),
            }
    return row | {"text": found.fault or t("page.notice.fault")}


def _years_until(scenario: Scenario) -> int:
    """Return years of a run in which everything has started; not below those of a first visit."""
    months = int(levers.latest_start(scenario)) - START_NUMBER
    return max(DEFAULT_YEARS, months // MONTHS_PER_YEAR + 1)


def status(found: Found, asked: Question, t: Texts) -> Row:
    """Return how far the answer is, for the pill: state, text, and the keys of asked and shown."""
    shown = _shown(found)
    name: str = found.state
    if name in {"busy", "ready"} and (found.sums is None or shown != asked.key):
        name = "working"
    elif name == "busy" and found.sums is not None:
        name = "first" if found.sums.n < REFINED else "refining"
    return {
        "state": name,
        "text": t(f"page.pill.{name}", size=_size(found, t)),
        "shown": shown,
        "asked": asked.key,
        "n": 0 if found.sums is None else found.sums.n,
        "words": t.part("page.line"),
    }


def _shown(found: Found) -> str:
    """Return the key of the answer that can be shown; empty when there is none."""
    return "" if found.question is None or found.sums is None else found.question.key


def _size(found: Found, t: Texts) -> str:
    if found.sums is None:
        return ""
    return t(
        "page.size",
        n=t.number(found.sums.n),
        families=t("page.all") if found.families is None else t.number(found.families),
    )


def answer(found: Found, asked: Question, choice: Choice, t: Texts) -> Row:
    """Return the sentence and the cards: those that are always there, and one that was chosen."""
    shown = _shown(found)
    names = HEADLINES if choice.outcome in HEADLINES else (*HEADLINES, choice.outcome)
    row: Row = {
        "words": t.part("page.cards") | {"sure": t("certainty.way")},
        "way": "",
        "fault": _fault(found, asked, t),
        "message": t("page.waiting"),
        "beside": "",
        "basis": "",
        "cards": [],
        "chosen": choice.outcome,
        "outcomes": [{"name": one, "what": t(f"told.{one}.what")} for one in SCALES],
        "shown": shown,
        "asked": asked.key,
        "context": _context(asked, choice),
        "announced": "",
    }
    if found.sums is None:
        return row
    sums, many = found.sums, SCALES[choice.outcome].many
    message = look_words.told(sums.look(choice.outcome), many, t).sentence
    return row | {
        "message": message,
        "way": _way_to_zekerheid(choice.outcome, choice),
        "beside": look_words.gap(sums.look(choice.outcome, GAP), many, t),
        "basis": t("page.basis", years=span(sums.counted, t)),
        "cards": [
            _card(name, sums, found, t) | {"way": _way_to_zekerheid(name, choice)} for name in names
        ],
        "announced": message if shown == asked.key and found.state == "ready" else "",
    }


def _way_to_zekerheid(outcome: str, choice: Choice) -> str:
    """Return the address at which it stands how sure an outcome is; none of today's policy."""
    plan, is_own = own.lived_beforehand(choice.alternative)
    if not plan:
        return ""
    is_changed = is_own or choice.base != TODAY or bool(choice.levers) or choice.fade is not None
    start = Choice(base="", alternative="")
    return way_to_zekerheid(plan, outcome, choice, start, is_changed=is_changed)


def _context(asked: Question, choice: Choice) -> str:
    """Return what is the same while one slider is dragged: everything but the sliders."""
    size = "all" if asked.families is None else str(asked.families)
    return f"{choice.base} {choice.alternative} {size} {choice.years} {choice.seed}"


def _card(outcome: str, sums: PairedSums, found: Found, t: Texts) -> Row:
    look, scale = sums.look(outcome), SCALES[outcome]
    said = look_words.told(look, scale.many, t)
    unknown = found.unknown.get(outcome)
    drawn = dots.strip(look, sums.look(outcome, GAP).answer, unknown)
    return {
        "name": outcome,
        "what": said.what,
        "number": said.number,
        "unit": said.unit,
        "range": said.range,
        "word": said.word,
        "word_name": look.word,
        "strip": None if drawn is None else asdict(drawn),
        "beyond": t("page.beyond") if drawn is not None and drawn.beyond else "",
        "smallest": t("page.smallest", size=look_words.smallest(look, scale.many, t)),
        "unknown": look_words.not_knowing(unknown, scale.many, found.draws, t),
    }


def charts(found: Found, asked: Question, choice: Choice, t: Texts) -> dict[str, Row]:
    """Return the charts of the outcome that was chosen: its levels, and the paired difference."""
    drawn = None if found.sums is None else years.charts(found.sums, choice.outcome, FIRST)
    mark = None if drawn is None else start(asked, drawn.years, t)
    size = _size(found, t)
    return {
        "levels": _levels(drawn, choice, t, mark=mark, size=size),
        "differences": _differences(drawn, choice, t, mark=mark, size=size),
    }


def _levels(
    drawn: years.Charts | None, choice: Choice, t: Texts, *, mark: Row | None, size: str
) -> Row:
    what = t(f"told.{choice.outcome}.what")
    row = blank("levels", t, t("chart.levels", what=what), unit(choice.outcome, t))
    if drawn is None:
        return row
    lines = (
        ("base", drawn.base),
        ("alternative", drawn.alternative),
        ("comparable", drawn.comparable),
    )
    return row | {
        "lines": [
            {"role": role, "label": t(f"chart.{role}"), "values": values} for role, values in lines
        ],
        "years": drawn.years,
        **axis(drawn.levels, BY_OUTCOME[choice.outcome].measure.is_share, t, signed=False),
        "mark": mark,
        "caption": t("chart.levels_caption", size=size),
    }


def _differences(
    drawn: years.Charts | None, choice: Choice, t: Texts, *, mark: Row | None, size: str
) -> Row:
    row = blank("differences", t, t("chart.differences"), t(f"told.{choice.outcome}.unit"))
    if drawn is None:
        return row
    return row | {
        "lines": [
            {"role": "alternative", "label": t("chart.difference"), "values": drawn.difference}
        ],
        "band": [drawn.low, drawn.high],
        "years": drawn.years,
        **axis(drawn.differences, False, t, signed=True),
        "mark": mark,
        "ends": [t("chart.more"), t("chart.less")],
        "caption": t("chart.differences_caption", size=size),
    }


def numbers(found: Found, choice: Choice, t: Texts) -> Row:
    """Return what the table of numbers needs to fetch them, and its words."""
    words = t.part("page.numbers") | {
        name: t(f"chart.{name}") for name in ("base", "alternative", "comparable", "difference")
    }
    unit_apart = t(f"told.{choice.outcome}.unit")
    words["difference"] = f"{words['difference']} ({unit_apart})"
    return {
        "words": words,
        "what": t("chart.levels", what=t(f"told.{choice.outcome}.what")),
        "shown": _shown(found),
        "n": 0 if found.sums is None else found.sums.n,
        "outcome": choice.outcome,
        "scale": BY_OUTCOME[choice.outcome].measure.scale,
        "many": SCALES[choice.outcome].many,
        "language": t.language,
    }


def summary(asked: Question, choice: Choice, scenarios: Scenarios, t: Texts) -> Row:
    """Return what the alternative sets elsewhere than the base, and what to be careful about."""
    found = [asdict(one) for one in told.settings(asked.base, asked.alternative, t)]
    name = called(choice.alternative, scenarios[choice.alternative], t)
    titles = {
        "base": called(choice.base, scenarios[choice.base], t),
        "alternative": t("page.adjusted", title=name) if choice.levers else name,
    }
    words = {key: text.format(**titles) for key, text in t.part("page.summary").items()}
    return {"words": words, "settings": found, "way": _way_to_vergelijk(choice, scenarios)}


def _way_to_vergelijk(choice: Choice, scenarios: Scenarios) -> str:
    """Return the address at which what stands on the board is compared with other plans.

    There is none when gains fade otherwise than the scenarios say: that holds in both worlds.
    """
    if choice.fade is not None:
        return ""
    board = query(replace(choice, outcome=OUTCOMES[0]), tuple(scenarios))
    return way_to_vergelijk(board, choice, default(tuple(scenarios)))


def about(t: Texts) -> list[Row]:
    """Return the explanation of words and numbers at the foot of the page."""
    rows = [
        {"term": t(f"page.about.{name}.term"), "text": t(f"page.about.{name}.text")}
        for name in ABOUT
    ]
    rows += [
        {
            "term": t("page.about.mark", mark=t(f"status.{letter}.label")),
            "text": t(f"status.{letter}.meaning"),
        }
        for letter in STANDINGS
    ]
    return rows
