"""Turns: chunks go round, previews first, and nobody starves anybody. Made-up work, no clock."""

from collections import Counter

from dashboards.service.turns import Rank, Turns

FIRST, REFINED = 4, 20


class Work:
    """Questions that are answered by taking turns: so many chunks were lived of each."""

    def __init__(self, *, workers: int = 2, most_sessions: int = 60) -> None:
        self.lived: Counter[str] = Counter()
        self.order: list[str] = []
        self.turns = Turns[str](self.rank_of, workers=workers, most_sessions=most_sessions)

    def rank_of(self, key: str) -> Rank | None:
        """Return the rank of the next chunk; names of full size begin with 'full'."""
        n = self.lived[key]
        if n < FIRST:
            return Rank.PREVIEW
        if key.startswith("full"):
            return Rank.FULL_SIZE
        return Rank.REFINEMENT if n < REFINED else None

    def live(self, chunks: int) -> list[str]:
        """Live chunks one after another; return whose they were."""
        found = []
        for _ in range(chunks):
            key = self.turns.take()
            if key is None:
                break
            self.lived[key] += 1
            self.turns.done(key)
            found.append(key)
        return found


def test_chunks_go_round_the_sessions() -> None:
    work = Work()
    for name in "abc":
        assert work.turns.want(name, name)

    assert work.live(9) == list("abcabcabc")


def test_a_preview_goes_before_refinements() -> None:
    work = Work()
    work.turns.want("early", "early")
    work.live(10)
    work.turns.want("late", "late")

    assert work.live(5) == ["late"] * 4 + ["early"]


def test_full_size_waits_until_nobody_waits() -> None:
    work = Work()
    work.turns.want("greedy", "full")
    work.live(6)
    work.turns.want("other", "other")

    assert work.live(REFINED) == ["other"] * REFINED
    assert work.live(2) == ["full"] * 2


def test_full_size_never_takes_the_last_worker() -> None:
    work = Work(workers=2)
    for name in ("full a", "full b"):
        work.turns.want(name, name)
    work.live(2 * FIRST)

    assert work.turns.take() in {"full a", "full b"}
    assert work.turns.take() is None
    work.turns.want("other", "other")
    assert work.turns.take() == "other"


def test_an_idle_worker_lives_the_next_preview_beside_the_first() -> None:
    work = Work(workers=3)
    work.turns.want("one", "a")

    assert [work.turns.take() for _ in range(3)] == ["a", "a", None]


def test_whoever_has_no_chunk_yet_goes_before_a_second_one() -> None:
    work = Work(workers=4)
    work.turns.want("one", "a")
    assert work.turns.take() == "a"
    work.turns.want("two", "b")

    assert [work.turns.take() for _ in range(2)] == ["b", "a"]


def test_a_refinement_is_one_chunk_at_a_time_and_leaves_room_for_previews() -> None:
    work = Work(workers=3)
    for name in "abc":
        work.turns.want(name, name)
    work.live(3 * FIRST)

    assert work.turns.take() in set("abc")
    assert work.turns.take() is None
    work.turns.want("late", "late")
    assert work.turns.take() == "late"


def test_full_size_and_a_refinement_together_leave_a_worker_for_previews() -> None:
    work = Work(workers=3)
    work.turns.want("greedy", "full")
    work.live(FIRST)
    assert work.turns.take() == "full"
    work.turns.want("other", "other")
    work.live(FIRST)
    assert work.turns.take() == "other"
    work.turns.want("late", "late")

    assert work.turns.take() == "late"


def test_what_nobody_waits_for_is_given_only_when_it_is_quiet() -> None:
    turns = Turns[str](lambda _: Rank.WHEN_QUIET, workers=2)
    turns.want("one", "a")

    assert turns.take(is_quiet=False) is None
    assert turns.take(is_quiet=True) == "a"


def test_who_asks_the_same_shares_a_chunk_and_the_turn() -> None:
    work = Work()
    for name in ("one", "two"):
        work.turns.want(name, "same")
    work.turns.want("three", "other")

    assert work.live(4) == ["same", "other", "same", "other"]


def test_who_moves_on_and_on_is_not_served_more_than_others() -> None:
    work = Work()
    work.turns.want("quiet", "quiet")
    served = []
    for move in range(8):
        work.turns.want("restless", f"move {move}")
        served += work.live(1)

    assert served.count("quiet") == 4


def test_a_browser_that_is_gone_costs_nothing_until_it_is_back() -> None:
    work = Work()
    work.turns.want("gone", "a")
    work.turns.want("there", "b")
    work.turns.away("gone")

    assert not work.turns.is_wanted("a")
    assert set(work.live(3)) == {"b"}
    work.turns.back("gone")
    assert work.turns.is_wanted("a")
    assert "a" in work.live(2)


def test_what_somebody_else_wants_goes_on() -> None:
    work = Work()
    work.turns.want("one", "a")
    work.turns.want("two", "a")
    work.turns.leave("one")

    assert work.turns.is_wanted("a")
    work.turns.want("two", "b")
    assert not work.turns.is_wanted("a")


def test_when_it_is_full_that_is_said_and_room_comes_back() -> None:
    work = Work(most_sessions=2)
    assert work.turns.want("one", "a")
    assert work.turns.want("two", "b")
    assert not work.turns.want("three", "c")
    assert work.turns.want("two", "d")  # whoever is in may go on asking

    work.turns.leave("one")
    assert work.turns.want("three", "c")


def test_an_answer_that_is_there_is_given_though_it_is_full() -> None:
    work = Work(most_sessions=1)
    work.turns.want("one", "a")
    work.live(REFINED)
    work.turns.want("one", "b")

    assert work.turns.want("two", "a")


def test_what_no_session_wants_is_worked_at_beside_and_leaves_two_workers() -> None:
    work = Work(workers=4)

    assert work.turns.take(["a", "b", "c"]) == "a"
    assert work.turns.take(["a", "b", "c"]) == "b"
    assert work.turns.take(["a", "b", "c"]) is None
    work.turns.done("a")
    assert work.turns.take(["b", "c"]) == "c"


def test_what_no_session_wants_goes_after_all_that_one_waits_for() -> None:
    work = Work(workers=1)
    work.turns.want("one", "a")

    while work.lived["a"] < REFINED:
        assert work.turns.take(["b"]) == "a"
        work.lived["a"] += 1
        work.turns.done("a")
    assert work.turns.take(["b"]) == "b"


def test_what_is_for_idle_hours_goes_after_what_no_session_wants() -> None:
    turns = Turns[str](lambda _: Rank.WHEN_QUIET, workers=1)
    turns.want("one", "a")

    assert turns.take(["b"]) == "b"
    turns.done("b")
    assert turns.take([]) == "a"
