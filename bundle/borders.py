"""The base map: the countries of Natural Earth at two scales, with the borders that borders.yaml says.

`build(atlas, table, target)` writes `world.json`, all countries at 1:50 million, and `detail/ID.json`, one country each at
1:10 million, for narrow views. Rings are lists of whole numbers, hundredths or thousandths of a degree: the first point,
then the step from each point to the next. The package builds them at installation; nothing of this runs later.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from shapely import Geometry, MultiPolygon, Point, Polygon, union_all
from shapely.geometry.polygon import orient

Ring = list[tuple[float, float]]
COARSE, FINE = 100, 1000  # steps in a degree
NOT_DRAWN = frozenset(["Antarctica"])  # no claims come from there, and no flat map shows it well


@dataclass
class Country:
    """A country with the pieces that it is made of; they are taken apart and put together in place."""

    id: str
    name: str
    pieces: list[Polygon]


@dataclass
class Map:
    """All countries of one file, by name, and what the changes moved."""

    countries: dict[str, Country]
    moved: dict[str, list[Polygon]] = field(default_factory=dict)


def build(atlas: Path, table: Path, target: Path) -> None:
    """Write the base map; `atlas` is the folder of the package world-atlas."""
    rules = yaml.safe_load(table.read_text(encoding="utf-8"))
    coarse, fine = (changed(read(atlas / f"countries-{scale}.json"), rules["changes"]) for scale in ("50m", "10m"))
    (target / "detail").mkdir(parents=True, exist_ok=True)
    world = {
        "steps": COARSE,
        "countries": [_country(one, rules["names"], COARSE) for one in coarse.countries.values()],
        "hatched": [_hatched(one, coarse, COARSE) for one in rules["hatched"]],
    }
    _write(target / "world.json", world)
    for one in fine.countries.values():
        _write(target / "detail" / f"{one.id}.json", {"steps": FINE, **_country(one, rules["names"], FINE)})
    _write(
        target / "detail" / "hatched.json",
        {"steps": FINE, "hatched": [_hatched(one, fine, FINE) for one in rules["hatched"]]},
    )


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


# Reading --------------------------------------------------------------------------------------------------------------


def read(path: Path) -> Map:
    """The countries of a TopoJSON file, as pieces; https://github.com/topojson/topojson-specification."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = list(_arcs(topology))
    countries = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        if name not in NOT_DRAWN and shape.get("arcs"):
            polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
            pieces = [piece for rings in polygons for piece in _pieces([_ring(arcs, ring) for ring in rings])]
            countries[name] = Country(_id(shape.get("id"), name), name, pieces)
    return Map(countries)


def _id(code: str | None, name: str) -> str:
    """The number of ISO 3166-1, or the name where there is none."""
    return code or "".join(letter for letter in name.lower() if letter.isalpha())


def _arcs(topology: Any) -> Iterable[Ring]:  # noqa: ANN401  JSON
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + left, y * scale_y + bottom))
        yield points


def _ring(arcs: Sequence[Ring], numbers: Iterable[int]) -> Ring:
    """A ring made of arcs; a number below zero is an arc backwards. Across the antimeridian it goes on beyond 180°."""
    points: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    whole: Ring = [points[0]]
    for x, y in points[1:]:
        turns = round((whole[-1][0] - x) / 360)
        whole.append((x + 360 * turns, y))
    return whole


def _pieces(rings: Sequence[Ring]) -> list[Polygon]:
    """The polygon with these rings; rounding to the file's grid makes some outlines touch themselves, or vanish."""
    kept = [ring for ring in rings if len(set(ring)) > 2]
    found = Polygon(kept[0], kept[1:]) if kept else Polygon()
    return [found] if found.is_valid else _polygons(found.buffer(0))


def _polygons(shape: Geometry) -> list[Polygon]:
    parts = list(getattr(shape, "geoms", [shape]))
    return [part for part in parts if isinstance(part, Polygon) and not part.is_empty]


# Changing -------------------------------------------------------------------------------------------------------------


def changed(world: Map, changes: Sequence[dict[str, Any]]) -> Map:
    """The map after the changes; what one names and the file has not is passed over, as the coarse file has less."""
    for change in changes:
        giver = world.countries.get(change["from"])
        if giver is None:
            continue
        taken = _taken(giver, change)
        if not taken:
            raise ValueError(f"borders.yaml: nothing of {giver.name} is {change['name']}")
        receiver = world.countries[change["to"]]
        receiver.pieces = _joined(receiver.pieces, taken)
        world.moved[change["name"]] = taken
        if not giver.pieces:
            del world.countries[giver.name]
    return world


def _taken(giver: Country, change: dict[str, Any]) -> list[Polygon]:
    """What a change takes away from a country."""
    if change.get("whole"):
        taken, giver.pieces = giver.pieces, []
    elif "part_at" in change:
        point = Point(change["part_at"])
        taken = [piece for piece in giver.pieces if piece.contains(point)]
        giver.pieces = [piece for piece in giver.pieces if not piece.contains(point)]
    else:
        outline = Polygon(change["within"])
        near = [piece for piece in giver.pieces if piece.intersects(outline)]
        taken = [part for piece in near for part in _polygons(piece.intersection(outline))]
        rest = [part for piece in near for part in _polygons(piece.difference(outline))]
        giver.pieces = [piece for piece in giver.pieces if not piece.intersects(outline)] + rest
    return taken


def _joined(pieces: Sequence[Polygon], more: Sequence[Polygon]) -> list[Polygon]:
    """Pieces with others added, and no line left where they meet."""
    near = [piece for piece in pieces if any(piece.distance(one) < 0.02 for one in more)]
    far = [piece for piece in pieces if piece not in near]
    # Grown and shrunk by a kilometre, so that no sliver stays between outlines that do not meet exactly.
    sliver = 0.01
    grown = union_all([piece.buffer(sliver, join_style="mitre") for piece in [*near, *more]])
    return far + _polygons(grown.buffer(-sliver, join_style="mitre"))


# Writing --------------------------------------------------------------------------------------------------------------


def _country(one: Country, names: dict[str, str], steps: int) -> dict[str, Any]:
    box = MultiPolygon(one.pieces).bounds
    shown = names.get(one.name, one.name)
    return {"id": one.id, "name": shown, "box": [round(side, 2) for side in box], "shape": _shape(one.pieces, steps)}


def _hatched(area: dict[str, Any], world: Map, steps: int) -> dict[str, Any]:
    return {
        "name": area["name"],
        "kind": area["kind"],
        "says": area["says"],
        "shape": _shape(_area(area, world), steps),
    }


def _area(area: dict[str, Any], world: Map) -> list[Polygon]:
    if "country" in area:
        return world.countries[area["country"]].pieces
    if "change" in area:
        return world.moved[area["change"]]
    pieces = [piece for name in area["in"] for piece in world.countries[name].pieces]
    if "parts_at" in area:
        points = [Point(point) for point in area["parts_at"]]
        return [piece for piece in pieces if any(piece.contains(point) for point in points)]
    outline = Polygon(area["within"])
    return _polygons(union_all([piece.intersection(outline) for piece in pieces if piece.intersects(outline)]))


def _shape(pieces: Iterable[Polygon], steps: int) -> list[list[list[int]]]:
    """Polygons as rings of steps: the outline clockwise, as d3 wants it, then its holes."""
    drawn = []
    for piece in pieces:
        turned = orient(piece, sign=-1.0)
        rings = [_steps(ring.coords, steps) for ring in (turned.exterior, *turned.interiors)]
        if _doubled_area(rings[0]) < 0:  # else smaller than a step, or turned over by the rounding: nothing to see
            drawn.append([rings[0], *(ring for ring in rings[1:] if _doubled_area(ring) > 0)])
    return drawn


def _doubled_area(flat: Sequence[int]) -> int:
    """Twice the area within a ring of steps; below zero where it runs clockwise."""
    x = y = total = 0
    for dx, dy in zip(flat[2::2], flat[3::2], strict=True):  # from the first point on
        total += x * (y + dy) - (x + dx) * y
        x, y = x + dx, y + dy
    return total


def _steps(points: Iterable[tuple[float, ...]], steps: int) -> list[int]:
    """The points as steps on the grid; those that fall on the one before are left out."""
    flat: list[int] = []
    x = y = 0
    for point in points:
        to_x, to_y = round(point[0] * steps), round(point[1] * steps)
        if not flat or (to_x, to_y) != (x, y):
            flat += [to_x - x, to_y - y]
            x, y = to_x, to_y
    return flat
