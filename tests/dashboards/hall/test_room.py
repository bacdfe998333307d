"""A room of a workshop: phases, posts and counts, without a network and without a clock."""

from __future__ import annotations

import pytest

from dashboards.hall.asked import Asked, Slider
from dashboards.hall.room import (
    MADE_UP,
    MOST_PHONES,
    SECONDS,
    Phase,
    Post,
    Refused,
    Room,
    Why,
)
from dashboards.hall.rooms import MOST_ROOMS, Rooms
from model.errors import InputError

SLIDERS = tuple(Slider(name=name, places=11, start=2) for name in ("one", "two", "three"))
ASKED = Asked(base="s01_reference", outcome="forced_moves", sliders=SLIDERS)
BY_TABLE = Asked(base="s01_reference", outcome="forced_moves", sliders=SLIDERS, by_table=True)


def room(phones: int = 0, asked: Asked = ASKED, phase: Phase = Phase.LOBBY) -> Room:
    """Return a room with phones named by their number, in a phase of its first round."""
    made = Room("KLMNPQ", "key", now=0.0)
    made.plan(asked)
    for k in range(phones):
        made.join(str(k), "", 0)
    while made.phase is not phase:
        made.forward(made.moves)
    return made


def guess(number: int, sequence: int = 1, at: int = 0) -> Post:
    return Post(at=at, phase=Phase.GUESS, sequence=sequence, guess=number)


def moved(sequence: int, /, at: int = 0, **places: int) -> Post:
    return Post(at=at, phase=Phase.SET, sequence=sequence, places=places)


def why(call: object, *given: object) -> Why:
    """Return why a room refuses a call."""
    assert callable(call)
    with pytest.raises(Refused) as refused:
        call(*given)
    return refused.value.why


def test_a_host_walks_through_a_round_and_into_the_next() -> None:
    hall = room()
    seen = [hall.phase]
    for _ in range(6):
        hall.forward(hall.moves)
        seen.append(hall.phase)

    assert seen == ["lobby", "guess", "set", "freeze", "reveal", "talk", "guess"]
    assert hall.at == 1


def test_a_room_without_a_question_stays_in_the_lobby() -> None:
    hall = Room("KLMNPQ", "key", now=0.0)

    assert why(hall.forward, hall.moves) is Why.UNPLANNED
    assert hall.phase is Phase.LOBBY


def test_pressing_next_twice_moves_once() -> None:
    hall = room()
    seen = hall.moves
    hall.forward(seen)

    assert why(hall.forward, seen) is Why.PASSED
    assert hall.phase is Phase.GUESS


def test_one_step_back_keeps_what_was_guessed_and_opens_it_again() -> None:
    hall = room(phones=1, phase=Phase.GUESS)
    hall.post("0", guess(3))
    hall.forward(hall.moves)
    hall.back(hall.moves)

    assert hall.guess("0") == 3
    assert hall.post("0", guess(-2, sequence=2))
    assert hall.guess("0") == -2


def test_back_to_the_round_before_and_on_again_keeps_both() -> None:
    hall = room(phones=1, phase=Phase.TALK)
    hall.forward(hall.moves)
    hall.post("0", guess(4, at=1))
    hall.back(hall.moves)
    assert (hall.at, hall.phase) == (0, Phase.TALK)
    hall.forward(hall.moves)

    assert (hall.at, hall.guess("0")) == (1, 4)


def test_another_question_after_a_step_back_begins_a_new_round() -> None:
    hall = room(phones=1, phase=Phase.GUESS)
    hall.post("0", guess(3))
    hall.back(hall.moves)
    hall.plan(BY_TABLE)
    hall.forward(hall.moves)

    assert hall.guess("0") is None
    assert hall.post("0", guess(1))


def test_the_same_post_twice_counts_once() -> None:
    hall = room(phones=5, phase=Phase.SET)
    for k in range(5):
        assert hall.post(str(k), moved(1, one=5))
        assert not hall.post(str(k), moved(1, one=5))
    counted = hall.tally()

    assert counted is not None
    assert counted.sliders["one"].touched == 5


def test_an_older_post_that_arrives_later_changes_nothing() -> None:
    hall = room(phones=1, phase=Phase.SET)
    hall.post("0", moved(2, one=9))

    assert not hall.post("0", moved(1, one=1))
    assert hall.places("0") == {"one": 9}


def test_a_slider_moved_later_leaves_the_others_where_they_are() -> None:
    hall = room(phones=1, phase=Phase.SET)
    hall.post("0", moved(1, one=9))
    hall.post("0", moved(2, two=0))

    assert hall.places("0") == {"one": 9, "two": 0}


def test_a_post_for_a_phase_that_passed_meanwhile_is_refused() -> None:
    hall = room(phones=1, phase=Phase.SET)
    late = moved(1, one=9)
    hall.forward(hall.moves)

    assert why(hall.post, "0", late) is Why.PASSED
    assert hall.places("0") == {}


def test_a_post_for_the_same_phase_of_the_round_before_is_refused() -> None:
    hall = room(phones=1, phase=Phase.TALK)
    hall.forward(hall.moves)

    assert why(hall.post, "0", guess(1, at=0)) is Why.PASSED


def test_who_comes_late_takes_part_from_where_the_room_is() -> None:
    hall = room(phones=5, phase=Phase.SET)
    hall.join("late", "Ada", 3)

    assert hall.post("late", moved(1, one=4))
    assert hall.guess("late") is None


def test_a_phone_that_comes_back_finds_its_name_table_and_settings() -> None:
    hall = room(phones=1, phase=Phase.SET)
    hall.join("0", "Ada", 3)
    hall.post("0", moved(7, one=4))
    again = hall.phones["0"]

    assert (again.name, again.table, again.last[0], hall.places("0")) == ("Ada", 3, 7, {"one": 4})


@pytest.mark.parametrize(
    "post",
    [
        moved(1, one=11),
        moved(1, one=-1),
        moved(1, four=1),
        moved(1),
        Post(at=0, phase=Phase.SET, sequence=1, guess=1),
    ],
)
def test_a_post_that_no_page_sends_is_refused(post: Post) -> None:
    hall = room(phones=1, phase=Phase.SET)

    assert why(hall.post, "0", post) is Why.WRONG


def test_a_guess_beyond_the_strip_is_refused() -> None:
    assert why(room(phones=1, phase=Phase.GUESS).post, "0", guess(6)) is Why.WRONG


def test_who_did_not_join_cannot_post() -> None:
    assert why(room(phase=Phase.GUESS).post, "stranger", guess(1)) is Why.UNKNOWN


def test_a_full_room_lets_nobody_in_and_keeps_who_is_there() -> None:
    hall = room(phones=MOST_PHONES)

    assert why(hall.join, "one more", "", 0) is Why.FULL
    assert hall.join("0", "Ada", 1).name == "Ada"


@pytest.mark.parametrize(("name", "table"), [("x" * 21, 0), ("a\nb", 0), ("", 9), ("", -1)])
def test_a_name_that_is_too_long_or_a_table_that_is_not_there_is_refused(
    name: str, table: int
) -> None:
    assert why(room().join, "0", name, table) is Why.WRONG


def test_a_table_speaks_with_one_voice() -> None:
    hall = room(asked=BY_TABLE, phase=Phase.SET)
    for k in range(6):
        hall.join(str(k), "", 1 + k % 2)
    hall.post("0", moved(1, one=3))
    hall.post("2", moved(1, one=8))
    hall.post("1", moved(1, one=5))
    counted = hall.tally()

    assert hall.places("4") == {"one": 8}
    assert counted is not None
    assert counted.sliders["one"].touched == 2, "six people, two voices"


def test_a_rehearsal_is_made_up_and_leaves_nothing() -> None:
    hall = room(phones=1)
    hall.rehearse(wanted=True)
    hall.forward(hall.moves)
    hall.forward(hall.moves)
    counted = hall.tally()
    assert counted is not None
    assert sum(counted.guesses.counts or ()) == MADE_UP
    assert counted.group
    hall.rehearse(wanted=False)

    assert (hall.phase, hall.rounds, list(hall.phones)) == (Phase.LOBBY, [], ["0"])


def test_a_rehearsal_begins_in_the_lobby_only() -> None:
    hall = room(phones=1, phase=Phase.SET)

    with pytest.raises(Refused):
        hall.rehearse(wanted=True)


def test_rooms_are_found_by_code_and_gone_after_four_hours() -> None:
    seconds = 0.0
    rooms = Rooms(lambda: seconds)
    opened = rooms.open()
    assert rooms.find(opened.code.lower()) is opened
    seconds = SECONDS - 1
    assert rooms.find(opened.code) is opened
    seconds = SECONDS

    assert rooms.find(opened.code) is None


def test_a_room_that_is_ended_is_gone() -> None:
    rooms = Rooms(lambda: 0.0)
    opened = rooms.open()
    rooms.end(opened)

    assert rooms.find(opened.code) is None


def test_there_are_so_many_rooms_and_no_more() -> None:
    rooms = Rooms(lambda: 0.0)
    codes = {rooms.open().code for _ in range(MOST_ROOMS)}

    assert len(codes) == MOST_ROOMS
    assert why(rooms.open) is Why.FULL


@pytest.mark.parametrize("n", [2, 6])
def test_a_round_has_three_to_five_sliders(n: int) -> None:
    sliders = tuple(Slider(name=str(k), places=3, start=0) for k in range(n))

    with pytest.raises(InputError, match="3 to 5"):
        Asked(base="s01_reference", outcome="forced_moves", sliders=sliders)
