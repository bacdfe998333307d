"""The causal graph as a picture: SVG, for the pages and for `docs/`.

What an arrow begins at stands left of what it leads to, as far as arrows form no circle. A line
says how well the size of an arrow is known: whole when it was read, broken when it was not looked
up, dotted when it is assumed. Each arrow can be a link, and tells what is known of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from itertools import pairwise
from textwrap import wrap
from typing import NamedTuple

from dashboards.texts import Texts
from model.evidence.graph import Arrow, arrows

WIDTH, HEIGHT, SPACE = 128, 36, 76
"""Of a box, and between columns, in pixels."""
COLUMN, ROW, BEND, MARGIN, TIP = WIDTH + SPACE, 50, 15, 12, 7
"""From column to column, room for a box and for a line that passes by, around all, of a head."""
LETTERS, LINES = 18, 2
"""Characters of a line of a box, and lines."""
SWEEPS = 24

DASHES: Mapping[str, str] = {"C": "7 4", "D": "1.5 4"}
"""How a line is broken, by the grade of the size."""

STYLE = """
.vkg text { font: 12px system-ui, sans-serif; fill: var(--vk-ink, #1B2733); }
.vkg .box { fill: var(--vk-paper, #FFFFFF); stroke: var(--vk-faint, #4A5763); }
.vkg .line { fill: none; stroke: var(--vk-faint, #4A5763); stroke-width: 1.4; }
.vkg text { text-anchor: middle; }
.vkg .head { fill: var(--vk-faint, #4A5763); }
.vkg .wide { fill: none; stroke: transparent; stroke-width: 14; }
.vkg .name { font-size: 10px; paint-order: stroke; stroke-width: 3px; }
.vkg .name { stroke: var(--vk-paper, #FFFFFF); }
.vkg .on .line { stroke: var(--vk-alternative, #B34700); stroke-width: 3; }
.vkg .on .head { fill: var(--vk-alternative, #B34700); }
.vkg .on .box { stroke: var(--vk-alternative, #B34700); stroke-width: 2.5; }
.vkg .arrow:hover .line, .vkg .arrow:focus .line { stroke: var(--vk-accent, #0B4F7D); }
.vkg .arrow:hover .line, .vkg .arrow:focus .line { stroke-width: 3; }
"""


class Point(NamedTuple):
    """A place in the picture: the left edge of a column, and the middle of what stands there."""

    x: float
    y: float


class Edge(NamedTuple):
    """One line of an arrow, and what it runs through: boxes and bends, by their names."""

    arrow: str
    through: tuple[str, ...]


def picture(
    t: Texts,
    *,
    on: Iterable[str] = (),
    address: Callable[[Arrow], str] | None = None,
) -> str:
    """Return the graph as SVG; the arrows `on` stand out, each arrow leads to its `address`."""
    shown, (points, edges) = frozenset(on), laid_out()
    known = arrows()
    boxes = dict.fromkeys(end for one in edges for end in (one.through[0], one.through[-1]))
    width = max(points[name].x for name in boxes) + WIDTH + MARGIN
    height = max(point.y for point in points.values()) + HEIGHT / 2 + MARGIN
    ends = {end for name in shown for end in (*known[name].causes, *known[name].effects)}
    role = "img" if address is None else "group"  # links inside are told one by one
    head = (
        f'<svg class="vkg" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
        f' role="{role}" aria-label="{escape(t("letter.graph.title"))}">'
    )
    parts = [head, f"<style>{STYLE}</style>"]
    for one in sorted(known.values(), key=lambda one: one.name in shown):
        lines = [_line(edge, points, one) for edge in edges if edge.arrow == one.name]
        look = "arrow on" if one.name in shown else "arrow"
        way = "" if address is None else f' href="{escape(address(one))}"'
        title = f"<title>{escape(_says(one, t))}</title>"
        parts.append(f'<a class="{look}"{way}>{title}{"".join(lines)}</a>')
    parts += [_box(name, points[name], name in ends, t) for name in boxes]
    return "\n".join([*parts, "</svg>"])


@cache
def laid_out() -> tuple[Mapping[str, Point], tuple[Edge, ...]]:
    """Return where each box and bend stands, and the lines between them.

    Columns go by the longest way to a box; a line that passes a column bends there, in a place of
    its own, so that it runs behind no box. Within columns the order is one of few crossings.
    """
    pairs = list(_pairs())
    column = _columns(pairs)
    edges = []
    for arrow, cause, effect in pairs:
        bends = [f"{arrow} {cause} {k}" for k in range(column[cause] + 1, column[effect])]
        column |= {bend: column[cause] + 1 + k for k, bend in enumerate(bends)}
        edges.append(Edge(arrow, (cause, *bends, effect)))
    columns: list[list[str]] = [[] for _ in range(max(column.values()) + 1)]
    for name, k in column.items():
        columns[k].append(name)
    _order(columns, [step for one in edges for step in pairwise(one.through)])
    heights = [sum(ROW if name in _boxes() else BEND for name in some) for some in columns]
    points = {}
    for k, some in enumerate(columns):
        y = MARGIN + (max(heights) - heights[k]) / 2
        for name in some:
            room = ROW if name in _boxes() else BEND
            points[name] = Point(MARGIN + k * COLUMN, y + room / 2)
            y += room
    return points, tuple(edges)


@cache
def _boxes() -> frozenset[str]:
    return frozenset(end for one in arrows().values() for end in (*one.causes, *one.effects))


def _pairs() -> Iterator[tuple[str, str, str]]:
    for arrow in arrows().values():
        yield from (
            (arrow.name, cause, effect) for cause in arrow.causes for effect in arrow.effects
        )


def _columns(pairs: Sequence[tuple[str, str, str]]) -> dict[str, int]:
    """Return the column of each box; arrows that close a circle do not count."""
    onward: list[tuple[str, str]] = []
    after: dict[str, set[str]] = {}
    for _, cause, effect in pairs:
        if cause not in _reached(effect, after):
            onward.append((cause, effect))
            after.setdefault(cause, set()).add(effect)
    column = dict.fromkeys((end for pair in onward for end in pair), 0)
    for _ in range(len(column)):
        for cause, effect in onward:
            column[effect] = max(column[effect], column[cause] + 1)
    # What nothing leads to stands just before what it leads to.
    for name in set(column) - {effect for _, effect in onward}:
        column[name] = min(column[effect] for cause, effect in onward if cause == name) - 1
    return column


def _reached(start: str, after: Mapping[str, set[str]]) -> set[str]:
    found, todo = {start}, [start]
    while todo:
        for name in after.get(todo.pop(), set()) - found:
            found.add(name)
            todo.append(name)
    return found


def _order(columns: list[list[str]], steps: Sequence[tuple[str, str]]) -> None:
    """Put what stands in each column near the middle of what it is joined to."""
    at = {name: k / len(some) for some in columns for k, name in enumerate(some)}
    joined: dict[str, list[str]] = {name: [] for name in at}
    for a, b in steps:
        joined[a].append(b)
        joined[b].append(a)
    for sweep in range(SWEEPS):
        for some in columns if sweep % 2 == 0 else reversed(columns):
            middle = {
                name: sum(at[one] for one in joined[name]) / len(joined[name]) for name in some
            }
            some.sort(key=lambda name, middle=middle: (middle[name], name))  # type: ignore[misc]
            at |= {name: k / len(some) for k, name in enumerate(some)}


def _box(name: str, place: Point, is_on: bool, t: Texts) -> str:
    lines = wrap(t(f"node.{name}"), LETTERS)[:LINES]
    first = place.y + 4 - 7 * (len(lines) - 1)
    words = "".join(
        f'<text x="{place.x + WIDTH / 2:g}" y="{first + 14 * k:g}">{escape(line)}</text>'
        for k, line in enumerate(lines)
    )
    where = f'x="{place.x:g}" y="{place.y - HEIGHT / 2:g}" width="{WIDTH}" height="{HEIGHT}"'
    look = "on" if is_on else "off"
    return f'<g class="{look}"><rect class="box" {where} rx="6"/>{words}</g>'


def _says(arrow: Arrow, t: Texts) -> str:
    said = t.part(f"arrow.{arrow.name}")
    return f"{arrow.name}. {said['says']} {said['known']}"


def _line(edge: Edge, points: Mapping[str, Point], arrow: Arrow) -> str:
    stops = [points[name] for name in edge.through]
    is_onward = stops[-1].x > stops[0].x
    side = 1 if is_onward else -1
    start = Point(stops[0].x + (WIDTH if is_onward else 0), stops[0].y)
    end = Point(stops[-1].x + (-TIP if is_onward else WIDTH + TIP), stops[-1].y)
    way = f"M{start.x:g} {start.y:g}"
    at = start
    for bend in stops[1:-1]:
        way += _curve(at, bend, side) + f" L{bend.x + WIDTH:g} {bend.y:g}"
        at = Point(bend.x + WIDTH, bend.y)
    way += _curve(at, end, side)
    dashes = DASHES.get(arrow.size)
    broken = f' stroke-dasharray="{dashes}"' if dashes else ""
    head = f"M{end.x + side * TIP:g} {end.y:g} l{-side * TIP} -4 v8 Z"
    return (
        f'<path class="wide" d="{way}"/><path class="line" d="{way}"{broken}/>'
        f'<path class="head" d="{head}"/>'
        f'<text class="name" x="{(at.x + end.x) / 2:g}" y="{(at.y + end.y) / 2 + 3:g}">'
        f"{arrow.name}</text>"
    )


def _curve(start: Point, end: Point, side: int) -> str:
    bend = side * SPACE / 2
    return f" C{start.x + bend:g} {start.y:g} {end.x - bend:g} {end.y:g} {end.x:g} {end.y:g}"
