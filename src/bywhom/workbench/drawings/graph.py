"""Origins, the hands that they went through, and the publishers, as SVG: forty reports of one word begin at one box.

Columns run from the origins on the left to the publishers on the right. On the far left, lines join origins: a whole line where
they say the same, a broken one where one says otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bywhom.workbench.drawings.svg import lines, svg, text, title

WIDTH, SIDE = 960, 74  # SIDE: room for the lines between origins
BOX, GAP, TALL = 30, 12, 190
MOST = 60  # boxes in one column


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody in a chain: the same box in every chain that names them."""

    key: str
    name: str
    role: str  # origin, relay, publisher
    link: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Path:
    """One chain from its origin to its publisher."""

    nodes: tuple[Node, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Two origins that say the same, or not."""

    a: str
    b: str
    agrees: bool
    says: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A box on the sheet."""

    node: Node
    x: float
    y: float
    wide: float
    chains: int


def draw_graph(paths: Sequence[Path], ties: Sequence[Tie] = ()) -> Markup:
    """All chains as one drawing."""
    columns = _columns(paths)
    if not columns:
        return Markup("")
    spots = _placed(columns, paths)
    edges = Counter(
        (a.key, b.key)
        for path in paths
        for a, b in zip(path.nodes, path.nodes[1:], strict=False)
        if a.key in spots and b.key in spots
    )
    parts = [_tie(tie, spots, number) for number, tie in enumerate(ties) if tie.a in spots and tie.b in spots]
    parts += [_edge(spots[a], spots[b], count) for (a, b), count in sorted(edges.items())]
    parts += [_box(spot) for spot in spots.values()]
    height = int(max(spot.y for spot in spots.values()) + BOX + 8)
    said = f"{len(columns[0])} origins of {len(paths)} chains. The table below says the same."
    return svg(WIDTH, height, said, _HEAD + Markup("").join(parts), "graph")


_HEAD = Markup(
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="9" orient="auto">'
    '<path class="head" d="M0 0L8 4L0 8Z"/></marker></defs>'
)


def _columns(paths: Sequence[Path]) -> list[list[Node]]:
    """The boxes of each column: origins first, publishers last, whoever is between as far right as his longest chain says."""
    rank: dict[str, int] = {}
    nodes: dict[str, Node] = {}
    longest = max((len(path.nodes) for path in paths), default=0)
    for path in paths:
        for place, node in enumerate(path.nodes):
            nodes.setdefault(node.key, node)
            at = longest - 1 if place == len(path.nodes) - 1 and place else place
            rank[node.key] = max(rank.get(node.key, 0), at)
    columns: dict[int, list[Node]] = defaultdict(list)
    for key, node in sorted(nodes.items(), key=lambda each: (each[1].name.casefold(), each[0])):
        columns[rank[key]].append(node)
    weight = Counter(node.key for path in paths for node in path.nodes)
    kept = [sorted(columns[at], key=lambda node: -weight[node.key])[:MOST] for at in sorted(columns)]
    return _untangled(kept, paths)


def _untangled(columns: list[list[Node]], paths: Sequence[Path]) -> list[list[Node]]:
    """The columns with each box near those that it is joined to."""
    near: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        for a, b in zip(path.nodes, path.nodes[1:], strict=False):
            near[a.key].add(b.key)
            near[b.key].add(a.key)
    for _ in range(6):
        for at in [*range(1, len(columns)), *reversed(range(len(columns) - 1))]:
            places = {node.key: row / max(1, len(column)) for column in columns for row, node in enumerate(column)}
            columns[at] = sorted(columns[at], key=lambda node: _middle(node.key, near, places))
    return columns


def _middle(key: str, near: Mapping[str, Iterable[str]], places: Mapping[str, float]) -> float:
    some = [places[each] for each in near[key] if each in places]
    return sum(some) / len(some) if some else places[key]


def _placed(columns: Sequence[Sequence[Node]], paths: Sequence[Path]) -> dict[str, Spot]:
    chains = Counter(key for path in paths for key in {node.key for node in path.nodes})
    across = (WIDTH - SIDE - 4) / len(columns)
    wide = min(TALL, across - 46) if len(columns) > 1 else TALL
    tallest = max(len(column) for column in columns)
    spots = {}
    for at, column in enumerate(columns):
        top = 6 + (tallest - len(column)) * (BOX + GAP) / 2
        for row, node in enumerate(column):
            x = SIDE + at * across if len(columns) == 1 else SIDE + at * (WIDTH - SIDE - 4 - wide) / (len(columns) - 1)
            spots[node.key] = Spot(node, x, top + row * (BOX + GAP), wide, chains[node.key])
    return spots


def _box(spot: Spot) -> Markup:
    node = spot.node
    count = f" ×{spot.chains}" if spot.chains > 1 else ""
    room = int((spot.wide - 12) / 7.2) - len(count)
    name = (lines(node.name, room, 1) or ["?"])[0] + count
    says = title(f"{node.name}, {node.role}: {spot.chains} of the chains")
    return Markup(
        '<a href="{}" class="box {}">{}<rect x="{:.0f}" y="{:.0f}" width="{:.0f}" height="{}" rx="3"/>{}</a>'
    ).format(
        node.link,
        node.role + ("" if node.known else " unknown"),
        says,
        spot.x,
        spot.y,
        spot.wide,
        BOX,
        text(spot.x + 8, spot.y + 20, name),
    )


def _edge(a: Spot, b: Spot, count: int) -> Markup:
    x1, y1, x2, y2 = a.x + a.wide, a.y + BOX / 2, b.x, b.y + BOX / 2
    bend = (x2 - x1) / 2
    shape = f"M{x1:.0f} {y1:.0f}C{x1 + bend:.0f} {y1:.0f} {x2 - bend:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
    return Markup('<path class="edge" stroke-width="{:.1f}" marker-end="url(#tip)" d="{}"/>').format(
        min(5.0, 0.8 + 0.4 * count), shape
    )


def _tie(tie: Tie, spots: Mapping[str, Spot], number: int) -> Markup:
    a, b = sorted((spots[tie.a], spots[tie.b]), key=lambda spot: spot.y)
    y1, y2 = a.y + BOX / 2, b.y + BOX / 2
    out = SIDE - 14 - 9 * (number % 6)
    kind = "tie agrees" if tie.agrees else "tie opposed"
    return Markup('<path class="{}" d="M{:.0f} {:.0f}H{}V{:.0f}H{:.0f}">{}</path>').format(
        kind, a.x, y1, out, y2, b.x, title(tie.says)
    )
