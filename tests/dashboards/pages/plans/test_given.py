"""What a browser hands over: whatever it is, it is taken or refused with words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import solara
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.pages.chosen import Ways, use_choice
from dashboards.pages.plans import own
from dashboards.pages.plans.given import Given, use_given
from dashboards.pages.vergelijk import state
from dashboards.pages.vergelijk.state import Choice
from dashboards.service.catalogue import catalogue
from tests.dashboards.pages.plans.test_own import PLAN, TEN_MISTAKES

NAMES = tuple(catalogue())
VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=40) | st.binary(max_size=9)
EVENTS = VALUES | st.dictionaries(
    st.sampled_from(["file", "text", "value", "place", "move", "name"]), VALUES
)


class Page:
    """A page that takes plans, as far as it chooses."""

    def __init__(self) -> None:
        self.given: Given
        self.choice = Choice()

        @solara.component
        def Show() -> None:  # noqa: N802 - a component
            ways = Ways(
                read=lambda _: (Choice(), ()),
                changed=lambda choice, name, value: state.changed(choice, name, value, NAMES),
                before=state.as_before,
                seen_only=state.SEEN_ONLY,
            )
            chosen = use_choice(ways)
            self.given = use_given(chosen, state.PLACES, "third", lambda: PLAN)
            self.choice = chosen.choice
            solara.Text("")

        _, self._rendered = solara.render(Show(), handle_error=False)

    def close(self) -> None:
        """Leave the page."""
        self._rendered.close()


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    found = Page()
    yield found
    found.close()


def refused(page: Page, text: object, file: object = "plan.toml") -> list[int]:
    """Hand a text over; return the lines of what was wrong with it."""
    before = page.choice
    page.given.take({"file": file, "text": text, "move": 1})
    if page.given.refused.mistakes:
        assert page.choice == before
    return [one["line"] for one in page.given.refused.mistakes]


@settings(deadline=None, max_examples=100)
@given(event=EVENTS)
def test_whatever_is_sent_changes_nothing_that_is_no_plan(page: Page, event: object) -> None:
    before = page.choice
    page.given.take(event)
    page.given.name(event)

    assert page.choice == before or own.is_own(page.choice.third)


@settings(deadline=None, max_examples=40)
@given(raw=st.binary(max_size=300), encoding=st.sampled_from(["utf-8", "utf-16", "latin-1"]))
def test_bytes_of_any_encoding_are_refused_with_words(
    page: Page, raw: bytes, encoding: str
) -> None:
    # A browser puts a sign for what it cannot read, as this does.
    refused(page, raw.decode(encoding, "replace"))

    assert all(one["text"] for one in page.given.refused.mistakes)
    assert page.given.refused.mistakes


@settings(deadline=None, max_examples=40)
@given(
    place=st.integers(0, len(PLAN)),
    put=st.text(max_size=4),
    cut=st.integers(0, 6),
    times=st.sampled_from([1, 40]),
)
def test_a_plan_with_a_slip_is_taken_or_refused_with_its_place(
    page: Page, place: int, put: str, cut: int, times: int
) -> None:
    text = PLAN[:place] + put * times + PLAN[place + cut :]
    lines = refused(page, text)

    n = len(text.splitlines())
    assert all(0 <= line <= n + 1 for line in lines)
    assert page.given.refused.mistakes or own.is_own(page.choice.third)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00" * 100,
        "\ufeff" + PLAN,
        PLAN.replace("\n", "\r\n"),
        PLAN.replace("\n", "\r"),
        PLAN + "#" * own.MOST_SIGNS,
        PLAN + "a = " + "[" * 2000,
        PLAN + "a = " + "{b=" * 500,
        "title = 1\n" * 5000,
        'id = "x"\ntitle = "<script>alert(1)</script>"\n[levers]\ncourse_hours = 1e400\n',
        "[levers]\n" + "".join(f"x{k} = {k}\n" for k in range(3000)),
    ],
)
def test_large_deep_and_strange_files_are_answered(page: Page, text: str) -> None:
    page.given.take({"file": "plan.toml", "text": text, "move": 1})

    found = page.given.refused
    assert found.mistakes or own.is_own(page.choice.third)
    assert all(len(one["text"]) < 2000 for one in found.mistakes)


def test_ten_mistakes_are_answered_with_ten_places(page: Page) -> None:
    assert refused(page, TEN_MISTAKES) == [2, 3, 4, 4, 5, 7, 8, 9, 10, 12]
    assert page.given.refused.file == "plan.toml"


@pytest.mark.parametrize("value", ["own.", "own.AAAA", "s05_flex_law", "../plan", "x" * 10_000])
def test_what_is_no_plan_gets_no_name(page: Page, value: str) -> None:
    before = page.given.named
    page.given.name({"name": "mijn plan", "value": value, "move": 1})

    assert page.given.named == before
    assert page.given.refused.mistakes


def test_a_plan_that_is_compared_stays_in_its_place_under_its_new_name() -> None:
    page = Page()
    page.given.take({"file": "plan.toml", "text": PLAN, "place": "second", "move": 1})
    before = page.choice.second
    page.given.name({"name": "mijn  plan", "value": before, "move": 2})

    named = page.given.named
    assert (named.count, named.label, named.was) == (1, "mijn plan", before)
    assert page.choice.second == named.value != before
    assert page.choice.first == Choice().first
    found = own.scenario_of(named.value)
    assert found is not None
    assert (found.title_nl, found.id) == ("mijn plan", "mijn_plan")

    page.given.name({"name": "van het bord", "value": "", "move": 3})
    assert page.given.named.label == "van het bord"
    assert page.choice.third == page.given.named.value
    page.close()
