"""Names that users hold stay: in scripts, files, links and stored runs, renamed or not."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from dashboards import cli
from dashboards.commands import checks
from dashboards.commands.proving import verify
from dashboards.pages.verken import state
from dashboards.service.catalogue import catalogue
from model import FamilyModel, LeverChange, ParameterChange, Scenario, Target
from model.aliases import GONE, LEVELS, RENAMED, Kind, current
from model.calendar import month_number
from model.enums import Municipality
from model.errors import InputError
from model.outcomes.registry import BY_OUTCOME, LAYERS, chosen_layers, full_name
from model.policy.record import from_record, to_record
from model.policy.timetable import build
from model.registry import BY_NAME, BY_PARAMETER
from scenarios import compose, load, names

HELD = Path(__file__).parent / "data" / "names_held"
NAMES: dict[Kind, list[str]] = json.loads((HELD / "names.json").read_text("utf-8"))
"""All names of the first version."""

TODAY: dict[Kind, set[str]] = {
    "lever": set(BY_NAME),
    "parameter": set(BY_PARAMETER),
    "scenario": set(names()),
    "layer": set(LAYERS),
}


@pytest.mark.parametrize("kind", list(TODAY))
def test_every_name_of_the_first_version_is_understood(kind: Kind) -> None:
    known = TODAY[kind] | (set(GONE) if kind == "parameter" else set())
    lost = [name for name in NAMES[kind] if current(kind, name) not in known]

    assert lost == []


def test_a_parameter_that_is_no_more_says_what_to_look_at(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'id = "mine"\ntitle.nl = "x"\n[parameters]\n"stay.hazard_year_1" = 0.2\n', "utf-8"
    )

    for ask in (
        lambda: build(Scenario(), 12, parameters={"stay.hazard_year_1": 0.2}),
        lambda: load(path),
    ):
        with pytest.raises(InputError, match=r"hazard_year_1 is no more; see stay\.leave_new"):
            ask()
    assert not set(GONE) & TODAY["parameter"]


def test_every_outcome_of_the_first_version_is_understood() -> None:
    assert {full_name(name) for name in NAMES["outcome"]} <= set(BY_OUTCOME)
    assert chosen_layers(NAMES["layer"]) == LAYERS


def test_a_name_is_renamed_to_one_of_today_and_never_used_again() -> None:
    today = TODAY | {"outcome": set(BY_OUTCOME)}
    for kind, renamed in RENAMED.items():
        assert set(renamed.values()) <= today[kind]
        assert not set(renamed) & today[kind]


def test_a_scenario_file_of_the_first_version_reads_as_it_did() -> None:
    path = HELD / "my_plan.toml"
    scenario = load(path)
    raw = tomllib.loads(path.read_text("utf-8"))

    assert (scenario.id, scenario.extends) == ("my_plan", ("s05_flex_law",))
    assert {change.lever for change in scenario.levers} == set(raw["levers"])
    hours = [change for change in scenario.levers if change.lever == "course_hours"]
    rotterdam = Target(municipalities=(Municipality.ROTTERDAM,), years_in_nl=(0, 2))
    assert hours == [
        LeverChange(
            lever="course_hours",
            value=250,
            start=month_number("2025-01"),
            ramp_months=12,
            end=month_number("2035-08"),
        ),
        LeverChange(lever="course_hours", value=400, target=rotterdam),
    ]
    assert set(scenario.parameters) == {
        ParameterChange(parameter="school.fade_rate", value=0.3),
        ParameterChange(parameter="work.labour_index", value=0.9, start=month_number("2030-01")),
    }
    table = build(scenario, 180).levers
    law = load("s05_flex_law")
    others = [name for name in BY_NAME if name != "course_hours"]
    assert (table[others][:, 0] == build(law, 180).levers[others][:, 0]).all()


@pytest.mark.parametrize("link", (HELD / "links.txt").read_text("utf-8").splitlines())
def test_a_link_of_the_first_version_opens_what_it_did(link: str) -> None:
    scenarios = list(catalogue())
    choice, dropped = state.from_query(link, scenarios)

    assert dropped == ()
    assert sorted(state.query(choice, scenarios).split("&")) == sorted(link[1:].split("&"))


def test_a_level_of_before_is_told_against_its_base(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'id = "mine"\ntitle.nl = "x"\n[parameters]\n"work.q_chain_reform" = 0.35\n'
        '"work.p_end_bandwidth" = { value = 0.011, start = "2028-01" }\n'
        "rights.p_claim_helped = 0.7\n",
        "utf-8",
    )
    given = {"work.q_phase_b_now": 0.3, "work.q_phase_b_reform": 0.25}

    assert {(c.parameter, c.value) for c in load(path).parameters} == {
        ("work.q_chain_extra", 0.11),
        ("work.end_ratio_bandwidth", 0.47008547008547),
        ("rights.claim_help", 0.6),
    }
    assert ParameterChange(parameter="work.q_phase_b_reform", value=0.25).value == 0.1
    row = build(Scenario(), 12, parameters=given).parameters[0]
    assert (row["q_phase_b_now"], row["q_phase_b_extra"]) == (0.3, -0.05)


def test_every_level_of_before_is_renamed_and_has_its_base() -> None:
    assert set(LEVELS) <= set(RENAMED["parameter"])
    assert {base for base, _ in LEVELS.values()} <= set(BY_PARAMETER)


@pytest.fixture
def renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the world after some renaming."""
    for kind, old, new in (
        ("lever", "on_call_extra", "bandwidth_extra_max"),
        ("parameter", "school.yearly_fade", "school.fade_rate"),
        ("parameter", "learning.index", "work.labour_index"),
        ("scenario", "s05_old_name", "s05_flex_law"),
        ("outcome", "days_missed", "absent_days"),
    ):
        monkeypatch.setitem(RENAMED[kind], old, new)  # type: ignore[index]


@pytest.mark.usefixtures("renamed")
def test_a_renamed_name_is_understood_in_files(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'id = "mine"\ntitle.nl = "x"\nextends = "s05_old_name"\n[levers]\non_call_extra = 0.5\n'
        "[parameters]\nschool.yearly_fade = 0.3\nlearning.index = 0.9\n",
        "utf-8",
    )
    scenario = load(path)

    assert scenario.compare_with == "s05_flex_law"
    assert [c.value for c in scenario.levers if c.lever == "bandwidth_extra_max"] == [0.5]
    assert {(c.parameter, c.value) for c in scenario.parameters} == {
        ("school.fade_rate", 0.3),
        ("work.labour_index", 0.9),
    }


@pytest.mark.usefixtures("renamed")
def test_an_old_and_a_new_name_in_one_file_are_the_same_thing(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    body = "[levers]\non_call_extra = 0.5\nbandwidth_extra_max = 0.4\n"
    path.write_text(f'id = "mine"\ntitle.nl = "x"\n{body}', "utf-8")
    with pytest.raises(Exception, match="is set twice: also in line 4"):
        load(path)


@pytest.mark.usefixtures("renamed")
def test_a_renamed_name_is_understood_in_links_stored_runs_and_python() -> None:
    choice, dropped = state.from_query(
        "alternative=s05_old_name&on_call_extra=0.5", list(catalogue())
    )
    record = to_record(compose("s05_flex_law", levers={"bandwidth_extra_max": 0.5}))
    plain = json.dumps(record).replace("bandwidth_extra_max", "on_call_extra")
    stored = from_record(json.loads(plain))
    made = FamilyModel(
        Scenario(id="mine", levers=(LeverChange(lever="on_call_extra", value=0.5),)),
        parameters={"school.yearly_fade": 0.3},
        families=20,
        years=1,
        rng=1,
    )

    assert (choice.alternative, choice.levers, dropped) == (
        "s05_flex_law",
        (("bandwidth_extra_max", 0.5),),
        (),
    )
    assert [c.value for c in stored.levers if c.lever == "bandwidth_extra_max"] == [0.5]
    assert made.timetable.levers["bandwidth_extra_max"][0, 0] == 0.5
    assert made.timetable.parameters["fade_rate"][0] == 0.3
    assert full_name("days_missed") == "absent_days"


def test_exit_statuses_stay() -> None:
    assert (cli.FAULT, cli.INTERRUPTED, checks.FAILED, verify.DIFFERENT) == (2, 130, 1, 1)
    assert (verify.OTHER_VERSION, verify.CANNOT_TELL) == (3, 4)


@pytest.mark.parametrize("module", ["dashboards.serve", "dashboards.cli", "dashboards"])
def test_what_starts_the_pages_and_the_commands_stays(module: str) -> None:
    found = subprocess.run(
        [sys.executable, "-m", module, "--help"], capture_output=True, text=True, check=False
    )

    assert (found.returncode, found.stderr) == (0, "")
    assert "usage:" in found.stdout


def test_commands_of_the_first_version_stay() -> None:
    assert set(cli.COMMANDS) >= {
        "run", "compare", "reach", "results", "verify", "twins", "attribute", "audit", "report",
        "scenarios", "levers", "parameters", "explain", "check", "new", "schema", "validate",
        "dashboard",
    }  # fmt: skip
