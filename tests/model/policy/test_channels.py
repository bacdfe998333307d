"""Channels: switched off on a copy of the parameters, each with an effect of its own."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from model import FamilyModel
from model.errors import InputError
from model.policy.channels import CHANNELS, Channel, neutralised
from model.policy.scenario import FROZEN_2023
from model.policy.timetable import build
from model.registry import BY_PARAMETER


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.name)
def test_a_channel_names_parameters_that_exist_and_are_not_neutral_yet(channel: Channel) -> None:
    assert channel.meaning.endswith(".")
    for name, value in channel.neutral.items():
        assert BY_PARAMETER[name].value != value


def test_no_parameter_belongs_to_two_channels() -> None:
    names = [name for channel in CHANNELS for name in channel.neutral]

    assert len(names) == len(set(names))


def test_switching_off_leaves_the_table_as_it_was() -> None:
    parameters = build(FROZEN_2023, 12).parameters
    before = parameters.tobytes()

    off = neutralised(parameters, ["absence"])

    assert parameters.tobytes() == before
    assert (off["leave_absent_day"] == 0).all()
    names = parameters.dtype.names or ()
    changed = [name for name in names if (off[name] != parameters[name]).any()]
    assert sorted(changed) == ["language_absent_day", "learning_absent_day", "leave_absent_day"]


def test_with_nothing_off_nothing_changes() -> None:
    parameters = build(FROZEN_2023, 12).parameters

    assert np.array_equal(neutralised(parameters, []), parameters)


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.name)
def test_every_channel_carries_something(channel: Channel) -> None:
    plain, without = (FamilyModel(families=150, rng=3, years=4, collect=False) for _ in range(2))
    parameters = without.timetable.parameters
    parameters[:] = neutralised(parameters, [channel.name])

    assert not plain.run().state.equals(without.run().state)


def test_an_unknown_channel_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(InputError, match=r"there is no channel 'incom'\. Did you mean 'income'"):
        neutralised(build(FROZEN_2023, 12).parameters, ["incom"])


def test_the_documentation_lists_every_parameter_that_a_channel_sets() -> None:
    text = (Path(__file__).parents[3] / "docs" / "statistics.md").read_text("utf-8")
    table = text[text.index("| channel |") :].partition("\n\n")[0]
    rows = {line.split("|")[1].strip(): line for line in table.splitlines()}

    for channel in CHANNELS:
        row = rows[channel.name.replace("_", " ")]
        told = set(re.findall(r"`(\w+)`", row))
        assert told == {name.split(".")[1] for name in channel.neutral}
        assert set(channel.neutral.values()) == {0.0}
