"""Every figure that counts has one link to the model, and wrong links are refused."""

from pathlib import Path

import pytest

from calibration.targets.links import KINDS, LINKS, fed_in, load_links
from calibration.targets.targets import load
from model.errors import InputError

LINES = LINKS.read_text(encoding="utf-8").splitlines()


def links_with(tmp_path: Path, old: str, new: str) -> Path:
    """Write the links with one text changed, once, and return the path."""
    text = "\n".join(LINES) + "\n"
    assert text.count(old) == 1
    path = tmp_path / "links.csv"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_every_figure_of_grade_a_or_b_has_a_link_and_no_other_has() -> None:
    targets = load()

    assert set(load_links(targets)) == {key for key, t in targets.items() if t.is_scored}
    assert {link.kind for link in load_links(targets).values()} == set(KINDS)


def test_what_is_not_scored_says_why() -> None:
    for link in load_links(load()).values():
        assert link.reason or link.kind in {"produced", "fed in"}


def test_a_sum_of_parameters_levers_and_numbers_is_worked_out() -> None:
    assert fed_in("work.chain_max_months", "x") == 36.0
    assert fed_in("bandwidth_extra_max.reform*20+20", "x") == pytest.approx(26.0)
    assert fed_in("chain_interval_months", "x") == 6.0


MOVES = "moves_of_children,comparable,0-3,,,100"
NATIVES = "ctr.nl18.flex,produced,flexible_of_employed,comparable,all,,6-15,100,0.15"
OWNERS = ",own_home_of_families,eu11,registered_poles,,6-15,100,0.15"
SECTORS = "sec.*,not modelled,,,,,,,,"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kids.share_late,prod", "kids.share_lat,prod", "Did you mean 'kids.share_late'?"),
        ("kids.share_late,prod", "kids.share_*,prod", "has a link already"),
        ("kids.share_late,produced", "kids.share_late,made", "kind = 'made' is not known"),
        ("tr.ag.*,other", "tr.ag.d*,other", "no link for tr.ag.again"),
        (OWNERS, ",,,,,,,", "name the measure"),
        (SECTORS + "The model has no sectors.", SECTORS, "give the reason"),
        (MOVES, MOVES.replace("comparable", "dutch"), "no population 'dutch'"),
        (MOVES, MOVES.replace("0-3", "0-2"), "no group '0-2'"),
        (MOVES, MOVES.replace("children", "child"), "Did you mean 'moves_of_children'?"),
        ("work.wage_minimum_eur_hour", "work.wage_minimum", "no parameter or lever"),
        (NATIVES, NATIVES.replace("0.15", ""), "give a tolerance"),
        (NATIVES, NATIVES.replace("6-15", "15-6"), "write school years of the run as 4-14"),
        (NATIVES, NATIVES.replace("all,,", "all,seen,"), "layer = 'seen' is not known"),
    ],
)
def test_a_wrong_link_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(InputError) as refusal:
        load_links(load(), links_with(tmp_path, old, new))
    assert message in str(refusal.value)
    assert "links.csv" in str(refusal.value)
