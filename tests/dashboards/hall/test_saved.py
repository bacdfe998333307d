"""What a host keeps of a room, and going on from it."""

from __future__ import annotations

import csv
import io
import json

import pytest

from dashboards.hall.asked import Asked, Slider
from dashboards.hall.room import Phase, Post, Room
from dashboards.hall.saved import TOO_FEW, restore, rows, saved, table
from model.errors import InputError

SLIDERS = tuple(Slider(name=name, places=3, start=0) for name in ("one", "two", "three"))
ASKED = Asked(base="s01_reference", outcome="forced_moves", sliders=SLIDERS)
VALUES = dict.fromkeys(("one", "two", "three"), ("low", "middle", "high"))
GUESSES = [str(k) for k in range(-5, 6)]


def evening(phase: Phase) -> Room:
    """Return a room of six, of whom all guessed 1 and moved the first slider, in a phase."""
    room = Room("KLMNPQ", "key", now=0.0)
    room.plan(ASKED)
    for k in range(6):
        room.join(str(k), f"Name {k}", 0)
    room.forward(room.moves)
    for k in range(6):
        room.post(str(k), Post(at=0, phase=Phase.GUESS, sequence=1, guess=1))
    room.forward(room.moves)
    for k in range(6):
        places = {"one": 2} | ({"two": 1} if k < 4 else {})
        room.post(str(k), Post(at=0, phase=Phase.SET, sequence=2, places=places))
    while room.phase is not phase:
        room.forward(room.moves)
    return room


def fits(asked: Asked) -> None:
    """Find nothing wrong with a round."""
    del asked


def again(text: str) -> Room:
    room = Room("ABCDEF", "another", now=0.0)
    restore(room, text, fits)
    return room


@pytest.mark.parametrize("phase", [Phase.FREEZE, Phase.REVEAL, Phase.TALK])
def test_a_room_goes_on_with_the_same_counts(phase: Phase) -> None:
    before = evening(phase)
    after = again(saved(before))

    assert (after.phase, after.at) == (phase, 0)
    assert after.tally() == before.tally()
    assert after.phones == {}


def test_a_file_has_no_names_and_no_count_below_five() -> None:
    text = saved(evening(Phase.TALK))

    assert "Name" not in text
    assert json.loads(text)["rounds"][0]["tally"]["sliders"]["two"]["counts"] is None


def test_a_round_that_was_under_way_begins_anew_with_the_same_question() -> None:
    after = again(saved(evening(Phase.SET)))
    assert (after.phase, after.at, after.planned) == (Phase.LOBBY, -1, ASKED)
    after.join("0", "", 0)
    after.forward(after.moves)

    assert after.post("0", Post(at=0, phase=Phase.GUESS, sequence=1, guess=2))


def test_after_a_saved_round_comes_the_next() -> None:
    after = again(saved(evening(Phase.TALK)))
    after.forward(after.moves)

    assert (after.at, after.phase) == (1, Phase.GUESS)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"phase": "talk", "rounds": [], "planned": null}', '{"phase": "dance"}'],
)
def test_another_file_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(InputError, match="no saved room"):
        again(text)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("counts", [1, 2]),
        ("counts", [-1, 1, 6]),
        ("median", 3),
        ("touched", 99),
    ],
)
def test_counts_that_do_not_belong_to_the_sliders_are_refused(part: str, value: object) -> None:
    found = json.loads(saved(evening(Phase.TALK)))
    found["rounds"][0]["tally"]["sliders"]["one"][part] = value

    with pytest.raises(InputError, match="do not belong"):
        again(json.dumps(found))


def test_the_table_has_counts_median_and_group_and_says_what_is_too_few() -> None:
    counted = evening(Phase.TALK).tally()
    assert counted is not None
    found = list(csv.DictReader(io.StringIO(table(rows(0, counted, VALUES, GUESSES)))))
    by_part = {(one["part"], one["name"], one["value"]): one for one in found}

    assert by_part["choice", "one", "high"]["voices"] == "6"
    assert by_part["choice median", "one", "high"]["round"] == "1"
    assert by_part["group", "one", "high"]
    assert by_part["choice", "two", ""]["note"] == TOO_FEW
    assert by_part["guess", "guess", "1"]["voices"] == "6"
