"""A mistake in a file is refused with its place, what is allowed and the nearest right answer."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import InputError, StorageError, VeerkrachtError
from model.registry import LEVERS
from scenarios import compose, load, names
from scenarios.files.load import LIBRARY
from scenarios.files.toml_text import hint

Refusal = Callable[..., str]

# What the file says after its two lines of head, where it is refused, and what the message holds.
LEVER_MISTAKES = [
    ("zero_hours_abolised = true", "levers.zero_hours_abolised", "no lever|'zero_hours_abolished'"),
    ("quite_another_thing = 1", "levers.quite_another_thing", "`veerkracht levers` lists all 53"),
    ('course_hours = "250"', "levers.course_hours", 'found "250"|whole number|30 to 600'),
    ("course_hours = true", "levers.course_hours", "found true|whole number|30 to 600"),
    ("course_hours = 250.5", "levers.course_hours", "found 250.5|nearest is 250"),
    ("course_hours = 20", "levers.course_hours", "20 lies outside|30 to 600|nearest is 30"),
    ("course_hours = 1_000", "levers.course_hours", "1000 lies outside|nearest is 600"),
    ("course_hours = nan", "levers.course_hours", "nan lies outside its range|30 to 600"),
    ("info_point_coverage = -0.1", "levers.info_point_coverage", "-0.1|0 to 1|nearest is 0"),
    ("info_point_coverage = inf", "levers.info_point_coverage", "inf lies outside|nearest is 1"),
    ("zero_hours_abolished = 1", "levers.zero_hours_abolished", "found 1|mean true"),
    ('zero_hours_abolished = "nee"', "levers.zero_hours_abolished", 'found "nee"|mean false'),
    ("zero_hours_abolished = 7", "levers.zero_hours_abolished", "found 7|true or false"),
    ('extra_education_target = "low"', "levers.extra_education_target", '"low_language"'),
    ('extra_education_target = "newcomer"', "levers.extra_education_target", "mean 'newcomers'"),
    ("extra_education_target = 1", "levers.extra_education_target", 'found 1|"all"'),
    ("course_hours = []", "levers.course_hours", "empty list"),
    ("course_hours = {}", "levers.course_hours", "there is no 'value'"),
    ('course_hours = { start = "2025-01" }', "levers.course_hours", "no 'value'|{ value = "),
    (
        'course_hours = { value = 50, strat = "2025-01" }',
        "levers.course_hours.strat",
        "no key 'strat'|value, start, ramp_months, end, for or lay_over|Did you mean 'start'",
    ),
    ("course_hours = { value = {} }", "levers.course_hours.value", "found a table"),
    (
        "course_hours = [{ value = 50 }, { value = 5 }]",
        "levers.course_hours[2].value",
        "nearest is 30",
    ),
    (
        'course_hours = [{ value = 50, start = "2025-01" }, { value = 60, start = "2025-01" }]',
        "levers.course_hours[2]",
        "set twice from the same month",
    ),
    (
        'reform_start = "2026-12"',
        "levers.reform_start",
        '2026-12 lies outside|nearest is "2027-01"',
    ),
    ('reform_start = "2031-01"', "levers.reform_start", 'nearest is "2030-01"'),
    ("reform_start = 2028", "levers.reform_start", 'found 2028|mean "2028-01"'),
    (
        'reform_start = { value = "2028-01", start = "2024-01" }',
        "levers.reform_start.start",
        "has a 'start'|only the month",
    ),
    (
        'reform_start = { value = "2028-01", lay_over = true }',
        "levers.reform_start.lay_over",
        "has a 'lay_over'|only the month",
    ),
    (
        "course_hours = { value = 50, lay_over = 1 }",
        "levers.course_hours.lay_over",
        "found 1|true or false",
    ),
]
TIMES = {
    'start = "2028-13"': ("start", '"2028-13" is not a month|YYYY-MM'),
    'start = "2028-1"': ("start", 'mean "2028-01"'),
    'start = "3-2028"': ("start", 'mean "2028-03"'),
    'start = ""': ("start", "is not a month"),
    "start = 2028": ("start", 'found 2028|mean "2028-01"'),
    "start = 2028-04-01": ("start", 'found 2028-04-01|mean "2028-04"'),
    "start = true": ("start", "found true|YYYY-MM"),
    'start = "2023-07"': ("start", "2023-07 lies before the run starts|2023-08|out"),
    'start = "2280-01"': ("start", "too far away|2073-07"),
    'start = "reform_strat"': ("start", "mean 'reform_start'"),
    'end = "reform_start"': ("end", "is not a month"),
    'start = "2026-01", end = "2025-12"': ("end", "2025-12, is not after the start, 2026-01"),
    'start = "2026-01", end = "2026-01"': ("end", "Put the end month after"),
    'end = "2023-08"': ("end", "is not after the start, 2023-08"),
    'start = "reform_start", end = "2027-06"': ("end", "2027-06, is not after the start, 2028-01"),
    "ramp_months = -1": ("ramp_months", "0 to 120|nearest is 0"),
    "ramp_months = 121": ("ramp_months", "nearest is 120"),
    "ramp_months = 1.5": ("ramp_months", "found 1.5|whole number"),
    'start = "2026-01", ramp_months = 12, end = "2027-01"': ("ramp_months", "before it has grown"),
    "for = {}": ("for", "target group is empty|leave 'for' out"),
    'for = "rotterdam"': ("for", 'found "rotterdam"|municipalities = '),
    "for = { municipalities = [] }": ("for.municipalities", "empty list"),
    'for = { municipalities = "helmond" }': ("for.municipalities", 'found "helmond"|a list'),
    'for = { municipalities = ["helmont"] }': ("for.municipalities[1]", "mean 'helmond'"),
    'for = { municipalities = ["tilburg", "Den Haag"] }': (
        "for.municipalities[2]",
        "mean 'den_haag'",
    ),
    "for = { municipalities = [3] }": ("for.municipalities[1]", "found 3|den_haag"),
    'for = { family_types = ["recently"] }': ("for.family_types[1]", "settled or recent"),
    'for = { letter_groups = ["born_her"] }': ("for.letter_groups[1]", "mean 'born_here'"),
    'for = { municipality = ["helmond"] }': ("for.municipality", "mean 'municipalities'"),
    'for = { origin = ["poland"] }': ("for.origin", "where families come from|the letter ties"),
    'for = { nationality = ["polish"] }': ("for.nationality", "where families come from"),
    'for = { home_language = ["polish"] }': ("for.home_language", "language they speak"),
    "for = { years_in_nl = 2 }": ("for.years_in_nl", "found 2|[0, 2]"),
    "for = { years_in_nl = [2] }": ("for.years_in_nl", "two numbers"),
    "for = { years_in_nl = [3, 1] }": ("for.years_in_nl", "[3, 1] holds nobody|[1, 3]"),
    "for = { years_in_nl = [-1, 2] }": ("for.years_in_nl[1]", "0 to 100"),
}
PARAMETER_MISTAKES = [
    ('"work.labour_idnex" = 1', '"work.labour_idnex"', "no parameter|mean 'work.labour_index'"),
    ("labour_index = 1", "labour_index", "mean 'work.labour_index'"),
    ('"work.labour_index" = 3', '"work.labour_index"', "0.5 to 1.5|nearest is 1.5"),
    ('"work.labour_index" = "low"', '"work.labour_index"', 'found "low"'),
    ("work.labour_index = false", "work.labour_index", "found false"),
    (
        '"work.labour_index" = { value = 0.8, ramp_months = 3 }',
        '"work.labour_index".ramp_months',
        "value, start, end or lay_over",
    ),
    (
        '"work.labour_index" = { value = 0.8, start = "reform_start" }',
        '"work.labour_index".start',
        "is not a month",
    ),
    (
        '"work.labour_index" = { value = 0.8, start = "2026-01", end = "2025-01" }',
        '"work.labour_index".end',
        "not after the start",
    ),
    (
        '"network.n_ties_language" = { value = 6, start = "2026-01" }',
        '"network.n_ties_language".start',
        "laid down before the run",
    ),
]
HEAD_MISTAKES = [
    ('title.nl = "x"', "", "there is no 'id'|id = "),
    ('id = "mine"', "", "there is no 'title'|title = "),
    ('id = "My Law!"\ntitle.nl = "x"', "line 1, id", 'cannot be an id|"my_law"'),
    ('id = "s05_flex_law"\ntitle.nl = "x"', "line 1, id", "is taken|s05_flex_law_mine"),
    ('id = 5\ntitle.nl = "x"', "line 1, id", "found 5"),
    ('id = "mine"\ntitle = 5', "line 2, title", "found 5|nl = "),
    ('id = "mine"\ntitle = ""', "line 2, title", "empty text"),
    ('id = "mine"\ntitle = {}', "line 2, title", "found no text"),
    ('id = "mine"\ntitle.de = "x"', "line 2, title.de", "no key 'de'|nl or en"),
    ('id = "mine"\ntitle.nl = " "', "line 2, title.nl", "empty text"),
    ('id = "mine"\ntitle.nl = "a\\u001b[2J"', "line 2, title.nl", "control character \\x1b"),
    ('id = "mine"\ntitle.nl = "a\\u0000"', "line 2, title.nl", "control character \\x00"),
    (
        'id = "mine"\ntitle.nl = "' + "x" * 201 + '"',
        "line 2, title.nl",
        "201 characters|at most 200",
    ),
]
TOP_MISTAKES = [
    ("caveats.nl = 'x'", "caveats", "Did you mean 'caveat'"),
    ('status = "X"', "status", "K (the cabinet does it)"),
    ('letter_lines = "about 30"', "letter_lines", "243-257"),
    ('letter_lines = "30-600"', "letter_lines", "lines 1 to 566"),
    ("letter_lines = 30", "letter_lines", "found 30"),
    ("recommendations = 3", "recommendations", "found 3|[3, 6]"),
    ("recommendations = [12]", "recommendations[1]", "nearest is 11"),
    ("levers = 3", "levers", "found 3|[levers]"),
    ("extends = []", "extends", "empty list"),
    ("extends = [1]", "extends[1]", "found 1"),
    ('extends = "s05_flexlaw"', "extends", "no scenario 's05_flexlaw'|'s05_flex_law'"),
    ('extends = ["nowhere.toml"]', "extends", "'nowhere.toml' does not exist"),
    ('extends = ["s02_bandwidth", "s02_bandwidth"]', "extends[2]", "named twice"),
    ('compare_with = "mine"', "compare_with", "compared with itself"),
    ('compare_with = "s01_referense"', "compare_with", "mean 's01_reference'"),
]
BROKEN = [
    (
        "[levers]\nreform_start = 2028-01",
        "line 4, column ",
        'quotes, for example start = "2028-01"',
    ),
    ('[levers]\ncourse_hours = { start = "2028-01 }', "line 4, column", "double quote on the same"),
    ("[levers]\nzero_hours_abolished = True", "line 4, column", "true and false, in small letters"),
    ("[levers]\ninfo_contact_rate = 0,05", "line 4, column", "0.5"),
    (
        "[levers]\ncourse_hours = 50\ncourse_hours = 60",
        "line 5, column",
        "stands in the file twice",
    ),
    ("[levers]\na = 1\n[levers]", "line 5, column", "stands in the file twice"),
    ("[levers]\nmore hours for all", "line 4, column", "name = value"),
    ("[levers]\ncourse_hours = [", "line 4", "not closed"),
    ("[levers]\nreform_start = later", "line 4, column", "between double quotes"),
]


def assert_says(message: str, place: str, parts: str) -> None:
    """Hold a message to its place and to each of the parts between the bars."""
    assert message.startswith("mine.toml")
    assert f"{place}: " in message
    for part in parts.split("|"):
        assert part in message


@pytest.mark.parametrize(("line", "place", "parts"), LEVER_MISTAKES)
def test_a_mistake_in_a_lever_is_named(refusal: Refusal, line: str, place: str, parts: str) -> None:
    assert_says(refusal(f"[levers]\n{line}\n"), f"mine.toml, line 4, {place}", parts)


@pytest.mark.parametrize("line", TIMES)
def test_a_mistake_in_months_or_target_group_is_named(refusal: Refusal, line: str) -> None:
    place, parts = TIMES[line]
    message = refusal(f"[levers]\n# a comment\ncourse_hours = {{ value = 50, {line} }}\n")

    assert_says(message, f"mine.toml, line 5, levers.course_hours.{place}", parts)


@pytest.mark.parametrize(("line", "place", "parts"), PARAMETER_MISTAKES)
def test_a_mistake_in_a_parameter_is_named(
    refusal: Refusal, line: str, place: str, parts: str
) -> None:
    assert_says(refusal(f"[parameters]\n{line}\n"), f"line 4, parameters.{place}", parts)


@pytest.mark.parametrize(("head", "place", "parts"), HEAD_MISTAKES)
def test_a_mistake_in_id_or_title_is_named(
    refusal: Refusal, head: str, place: str, parts: str
) -> None:
    assert_says(refusal("", head=head), place, parts)


@pytest.mark.parametrize(("line", "place", "parts"), TOP_MISTAKES)
def test_a_mistake_above_the_levers_is_named(
    refusal: Refusal, line: str, place: str, parts: str
) -> None:
    assert_says(refusal(line), f"mine.toml, line 3, {place}", parts)


@pytest.mark.parametrize(("body", "place", "parts"), BROKEN)
def test_what_is_no_toml_is_refused_with_line_column_and_a_likely_cause(
    refusal: Refusal, body: str, place: str, parts: str
) -> None:
    message = refusal(body)

    assert message.startswith(f"mine.toml, {place}")
    assert parts in message


@pytest.mark.parametrize("line", ["course_hours = {", "course_hours = { value = 50, }"])
def test_a_table_in_braces_that_goes_wrong_is_explained(line: str) -> None:
    assert "between { and } stays on one line" in hint("Invalid key", line)


def test_a_yes_or_no_lever_cannot_grow_by_degrees(refusal: Refusal) -> None:
    message = refusal("[levers]\nzero_hours_abolished = { value = true, ramp_months = 12 }")

    assert_says(message, "levers.zero_hours_abolished.ramp_months", "it is not")


def test_a_parameter_set_twice_in_one_file_is_told_as_that(refusal: Refusal) -> None:
    body = '[parameters]\nwork.labour_index = 0.9\n"work.labour_index" = 0.8\n'
    place = 'line 5, parameters."work.labour_index"'

    assert_says(refusal(body), place, "'work.labour_index' is set twice: also in line 4|Keep one")


def test_the_line_of_an_entry_far_down_a_list_is_found(refusal: Refusal) -> None:
    body = """
[levers.info_point_coverage]  # a table of its own
value = 1

[[levers.course_hours]]
value = 250
[[levers.course_hours]]
value = 300
start = "2026-01"
[levers.course_hours.for]
municipalities = [
  "helmond",   # "a comment, with = signs"
  "tilburgh",
]
"""
    message = refusal(body)

    assert_says(message, "line 15, levers.course_hours[2].for.municipalities[2]", "'tilburg'")


def test_a_name_that_no_scenario_has_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r"no scenario 's05_flexlaw'.*Did you mean 's05_flex_law'"):
        load("s05_flexlaw")


def test_the_beginning_of_a_name_leads_to_it_where_only_one_begins_so() -> None:
    with pytest.raises(InputError, match=r"no scenario 's05'\. Did you mean 's05_flex_law'"):
        load("s05")
    with pytest.raises(InputError, match=r"no scenario 's'\. `veerkracht"):
        load("s")


def test_a_file_that_is_not_there_is_refused_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "my_law.toml").touch()
    with pytest.raises(InputError, match=r"does not exist.*Did you mean 'my_law.toml'"):
        load(tmp_path / "my_lw.toml")


def test_a_folder_is_no_scenario(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        load(tmp_path)


def test_an_empty_file_is_refused(refusal: Refusal) -> None:
    assert "the file says nothing" in refusal("# only a comment\n", head="")


def test_text_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b'id = "mine"\ntitle.nl = "caf\xe9"\n')
    with pytest.raises(InputError, match=r"mine.toml, line 2: .*UTF-8"):
        load(path)


def test_a_file_that_may_not_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.toml"
    path.touch()

    def deny(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    with pytest.raises(StorageError, match="cannot be read: Permission denied"):
        load(path)


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(
        b'\xef\xbb\xbfid = "mine"\r\ntitle.nl = "x"\r\n[levers]\r\ncourse_hours = 9\r\n'
    )
    with pytest.raises(InputError, match=r"line 4, levers\.course_hours"):
        load(path)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.dates()
    | st.sampled_from(["2028-01", "reform_start", "low_language", "helmond"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "start", "end", "ramp_months", "for", "municipalities", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(name=st.sampled_from([lever.name for lever in LEVERS]), value=values)
@settings(deadline=None, derandomize=True)
def test_whatever_a_lever_is_set_to_is_taken_or_refused(name: str, value: object) -> None:
    try:
        scenario = compose(levers={name: value})
    except InputError as error:
        mistakes = [line.removeprefix("- ") for line in str(error).splitlines()]
        mistakes = mistakes[1:] if len(mistakes) > 1 else mistakes
        assert all(re.match(rf"composed, levers\.{name}|…", one) for one in mistakes)
    else:
        assert all(change.lever == name for change in scenario.levers)


@given(data=st.data(), name=st.sampled_from(names()))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_a_damaged_file_is_read_or_refused_never_worse(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, name: str
) -> None:
    text = (LIBRARY / f"{name}.toml").read_text("utf-8").replace(f'"{name}"', '"mine"', 1)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    damage = data.draw(st.text('={}[]",.#\n10 abc', max_size=6))
    path = tmp_path_factory.mktemp("damaged") / "mine.toml"
    path.write_text(text[:start] + damage + text[end:], "utf-8")
    try:
        load(path)
    except VeerkrachtError as error:
        assert "mine.toml" in str(error)  # noqa: PT017
