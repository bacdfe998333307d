"""The picture of the causal graph has every arrow, and each leads to its rules and its evidence."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from dashboards.documents.causal_graph import PAGE, PICTURE, drawn, page
from dashboards.documents.odd.rules import rules
from dashboards.figures.causal_graph import laid_out, picture
from dashboards.texts import Texts
from model.evidence.graph import arrows, recommendations

SVG = "{http://www.w3.org/2000/svg}"
ODD = Path(PAGE).with_name("odd.md")


def test_page_and_picture_are_current() -> None:
    told = "run: python -m dashboards.documents"

    assert PAGE.read_text("utf-8") == page(), told
    assert PICTURE.read_text("utf-8") == drawn(), told


def test_every_arrow_of_the_picture_leads_to_its_part_of_the_page() -> None:
    ways = [one.attrib["href"] for one in ET.fromstring(drawn()).iter(f"{SVG}a")]  # noqa: S314 - ours

    assert sorted(ways) == [f"causal_graph.html#{name}" for name in sorted(arrows())]
    assert all(f'<a id="{name}"></a>' in page() for name in arrows())


def test_every_rule_that_is_named_is_there_and_has_its_place() -> None:
    linked = set(re.findall(r"odd\.md#rule-(\w+)", page()))
    described = ODD.read_text("utf-8")

    assert len(linked) > 40
    assert linked <= {one.name for one in rules()}
    assert all(f'<a id="rule-{name}"></a>' in described for name in linked)


def test_lines_run_onward_and_no_two_boxes_share_a_place() -> None:
    points, edges = laid_out()
    boxes = {end for one in edges for end in (one.through[0], one.through[-1])}

    assert len({points[name] for name in boxes}) == len(boxes) == 45
    back = [one for one in edges if points[one.through[-1]].x <= points[one.through[0]].x]
    assert len(back) <= 3  # what closes a circle
    assert {one.arrow for one in edges} == set(arrows())


def test_the_arrows_of_a_recommendation_stand_out_in_both_languages(t: Texts) -> None:
    for one in recommendations():
        on = {name for path in one.paths for name in path}
        drawn_here = ET.fromstring(picture(t, on=on))  # noqa: S314 - ours
        out = {
            str(arrow.findtext(f"{SVG}title")).split(".")[0]
            for arrow in drawn_here.iter(f"{SVG}a")
            if arrow.attrib["class"] == "arrow on"
        }
        assert out == on
