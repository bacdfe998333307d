"""What phones, screen and host see of a room, as plain values for the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import Any

from dashboards.figures import dots
from dashboards.figures.scales import SCALES
from dashboards.hall import posed
from dashboards.hall.asked import STEPS, Asked, Slider
from dashboards.hall.asking import Found
from dashboards.hall.live import Live
from dashboards.hall.room import COUNTED, Phase, Room
from dashboards.hall.tally import Spread, Tally
from dashboards.pages.words import title
from dashboards.texts import Texts, look_words
from model.policy.scenario import Scenario
from scenarios.asking.question import Question
from scenarios.statistics.answer import GAP

Row = dict[str, Any]
WIDTH = 1000
"""Of every picture."""

HEIGHT, STACK = 66.0, 120.0
"""Of the dots of one slider, and of the guesses above an answer."""

RADII = [12.0 - k / 2 for k in range(21)]
"""How large a dot can be, the largest first: the first of which all dots fit is taken."""


def asked_row(asked: Asked, scenarios: Mapping[str, Scenario], t: Texts) -> Row:
    """Return the question of a round in words."""
    what, guesses = t(f"told.{asked.outcome}.what"), posed.guesses(asked.outcome, t)
    return {
        "what": what,
        "question": t("hall.question", what=what),
        "unit": t("hall.guess_unit", unit=t(f"told.{asked.outcome}.unit")),
        "base": t("hall.base", title=title(scenarios[asked.base], t)),
        "knobs": [t(f"board.lever.{one.name}") for one in asked.sliders],
        "guesses": guesses,
        "packed": packed(guesses),
        "by_table": asked.by_table,
    }


def phone(live: Live, token: str, scenarios: Mapping[str, Scenario], t: Texts) -> Row:
    """Return what a phone shows."""
    room = live.room
    mine = room.phones[token]
    row: Row = {
        "phase": room.phase.value,
        "title": t(f"hall.phase.{room.phase}"),
        "name": mine.name,
        "table": mine.table,
        "kept": t("hall.kept"),
        "sliders": [],
        "guess": room.guess(token),
        "told": "",
    }
    current = room.round
    if current is None:
        return row
    row |= asked_row(current.asked, scenarios, t)
    places = room.places(token)
    row["sliders"] = [phone_slider(one, places.get(one.name), t) for one in current.asked.sliders]
    if row["guess"] is not None:
        row["told"] = t("hall.your_guess", guess=row["guesses"][row["guess"] + STEPS])
    row["answer"] = "" if room.hidden else _message(live, current.asked, t)
    return row


def phone_slider(slider: Slider, place: int | None, t: Texts) -> Row:
    """Return a slider of a phone: where it stands, and what every place means."""
    values = posed.values(slider, t)
    return {
        "name": slider.name,
        "label": t(f"board.lever.{slider.name}"),
        "values": values,
        "packed": packed(values),
        "now": t("hall.now", value=values[slider.start]),
        "start": slider.start,
        "place": slider.start if place is None else place,
        "touched": place is not None,
        "told": "" if place is None else t("hall.chosen", value=values[place]),
    }


def packed(values: Sequence[str]) -> str:
    """Return texts in little room, for a phone, with a bar between them.

    A text leaves out the words at its end that the one before has there too; one that begins with
    an equals sign is whole.
    """
    found, before = [], [""]
    for value in values:
        words = value.split(" ")
        n = len(words)
        while n > 1 and words[n - 1 :] == before[n - 1 :]:
            n -= 1
        is_alike = len(words) == len(before)
        found.append(" ".join(words[:n]) if is_alike and before != [""] else f"={value}")
        before = words
    return "|".join(found)


def _message(live: Live, asked: Asked, t: Texts) -> str:
    """Return the answer to the group's settings in a sentence; empty before it is shown."""
    if live.room.phase not in {Phase.REVEAL, Phase.TALK}:
        return ""
    first = next(iter(live.questions()), None)
    found = Found() if first is None else live.asking.found(first)
    if found.sums is None:
        return ""
    return look_words.told(found.sums.look(asked.outcome), SCALES[asked.outcome].many, t).sentence


def screen(live: Live, scenarios: Mapping[str, Scenario], t: Texts) -> Row:
    """Return what the big screen shows: never a vote before there are five."""
    room = live.room
    people = list(room.phones.values())
    row: Row = {
        "phase": room.phase.value,
        "title": t(f"hall.phase.{room.phase}"),
        "hidden": room.hidden,
        "rehearsing": room.rehearsing,
        "phones": t("hall.phones", n=str(len(people))),
        "names": sorted(one.name for one in people if one.name) if room.names_shown else [],
        "kept": t("hall.kept"),
        "spreads": [],
    }
    current, counted = room.round, room.tally()
    if current is None or counted is None:
        return row
    row |= asked_row(current.asked, scenarios, t)
    n = len(current.guesses)
    row["guessed"] = t("hall.guessed", n=str(n), all=str(len(people)))
    if room.phase in {Phase.SET, Phase.FREEZE}:
        row["spreads"] = spreads(current.asked, counted, t)
    if room.phase in COUNTED:
        row |= answers(live, room.at, counted, t)
    return row


def spreads(asked: Asked, counted: Tally, t: Texts) -> list[Row]:
    """Return a picture of each slider: a dot per voice, the median, and how many touched it."""
    return [
        _spread(one, counted.sliders[one.name], t, by_table=asked.by_table) for one in asked.sliders
    ]


def _spread(slider: Slider, found: Spread, t: Texts, *, by_table: bool) -> Row:
    values, short = posed.values(slider, t), posed.short_values(slider, t)
    label = t(f"board.lever.{slider.name}")
    row: Row = {
        "label": label,
        "ends": (short[0], short[-1]),
        "now": t("hall.now", value=short[slider.start]),
        "start": _middles(slider.places)[slider.start],
        "median": "",
    }
    if found.counts is None or found.median is None:
        return row | {"touched": t("hall.too_few"), "dots": []}
    key = "hall.touched_tables" if by_table else "hall.touched"
    return row | {
        "touched": t(key, n=str(found.touched)),
        "dots": stacked(found.counts, _middles(slider.places), HEIGHT),
        "middle": _middles(slider.places)[found.median],
        "median": t("hall.median", value=short[found.median]),
        "alt": _spoken(label, found.counts, values, t),
    }


def _middles(places: int) -> list[float]:
    """Return where the places of a slider lie in its picture: each has a strip of its own."""
    return [round(WIDTH * (place + 0.5) / places, 1) for place in range(places)]


def stacked(
    counts: Sequence[int], middles: Sequence[float], height: float
) -> list[tuple[float, float, float]]:
    """Return dots (x, y from below, radius) above their places, in columns where many are alike."""
    apart = middles[1] - middles[0]
    most = max(counts)
    for radius in RADII:
        columns, high = int(apart // (2 * radius)), int(height // (2 * radius))
        if columns * high >= most:
            break
    columns = max(columns, 1)
    found = []
    for middle, count in zip(middles, counts, strict=True):
        wide = min(columns, -(-count // max(high, 1)))
        for k in range(count):
            x = middle + radius * (2 * (k % wide) + 1 - wide)
            found.append((round(x, 1), round(radius * (2 * (k // wide) + 1), 1), radius))
    return found


def _spoken(what: str, counts: Sequence[int], values: Sequence[str], t: Texts) -> str:
    parts = [
        t("hall.picture_part", n=str(count), value=value)
        for count, value in zip(counts, values, strict=True)
        if count
    ]
    return t("hall.picture", what=what, parts=", ".join(parts))


def answers(live: Live, at: int, counted: Tally, t: Texts) -> Row:
    """Return the answers to a round: that of the group first, then each cluster's."""
    asked = live.room.rounds[at].asked
    questions = live.questions(at)
    found = [Found() if one is None else live.asking.found(one) for one in questions]
    rows = [
        _answer(one, found[k], asked, counted, places, t)
        for k, (one, places) in enumerate(
            zip(questions, (counted.group, *(c.places for c in counted.clusters)), strict=True)
        )
    ]
    key = "hall.cluster_tables" if asked.by_table else "hall.cluster"
    for name, row, cluster in zip(ascii_uppercase, rows[1:], counted.clusters, strict=False):
        row["title"] = t(key, name=name, n=str(cluster.voices))
    rows[0]["title"] = t("hall.whole")
    return {
        "answer": rows[0],
        "clusters": rows[1:],
        "apart": t("hall.apart", n=str(counted.apart)) if counted.apart else "",
        "too_few": t("hall.too_few") if counted.guesses.counts is None else "",
    }


def _answer(
    question: Question | None,
    found: Found,
    asked: Asked,
    counted: Tally,
    places: Mapping[str, int],
    t: Texts,
) -> Row:
    guesses = posed.guesses(asked.outcome, t)
    row: Row = {
        "settings": [
            (t(f"board.lever.{one.name}"), _set(one, places.get(one.name), t))
            for one in asked.sliders
        ],
        "nothing": question is None,
        "failed": found.is_failed,
        "busy": question is not None and not found.is_over,
        "told": None,
        "strip": None,
        "size": "",
        "alt": "",
        "axis": (guesses[0], guesses[STEPS], guesses[-1]),
        "guesses": guess_dots(counted.guesses),
    }
    if found.sums is None:
        return row
    look, many = found.sums.look(asked.outcome), SCALES[asked.outcome].many
    told = look_words.told(look, many, t)
    row["told"] = told
    row["size"] = t("hall.answer_size", n=str(found.sums.n))
    row["strip"] = dots.strip(look, found.sums.look(asked.outcome, GAP).answer)
    spoken = _spoken("", counted.guesses.counts or (), guesses, t) if counted.guesses.counts else ""
    row["alt"] = f"{told.sentence} {spoken.removeprefix(': ')}"
    return row


def _set(slider: Slider, place: int | None, t: Texts) -> str:
    return t("hall.untouched") if place is None else posed.short_values(slider, t)[place]


def guess_dots(found: Spread) -> list[tuple[float, float, float]]:
    """Return guesses as dots on the axis of the answer, with zero in its middle."""
    if found.counts is None:
        return []
    middles = [WIDTH * place / (2 * STEPS) for place in range(2 * STEPS + 1)]
    return stacked(found.counts, middles, STACK)


def host(live: Live, t: Texts) -> list[str]:
    """Return how the room is, in lines for the host."""
    room: Room = live.room
    lines = [t("hall.phones", n=str(len(room.phones)))]
    current, counted = room.round, room.tally()
    if current is None or counted is None:
        return lines
    lines.append(t("hall.guessed", n=str(len(current.guesses)), all=str(len(room.phones))))
    if room.phase is not Phase.GUESS:
        lines += [f"{row['label']}: {row['touched']}" for row in spreads(current.asked, counted, t)]
    if room.phase in COUNTED:
        asked = [one for one in live.questions() if one is not None]
        is_ready = all(live.asking.found(one).is_over for one in asked)
        nothing = t("hall.screen.nothing")
        lines.append(
            (t("hall.host.ready") if is_ready else t("hall.host.busy")) if asked else nothing
        )
    return lines
