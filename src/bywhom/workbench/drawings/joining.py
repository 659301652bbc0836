"""Places that lie too close together to be told apart as one sign. Pure; the order of the input changes nothing but ties."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Cell = tuple[int, int]
OVERLAP = 0.85  # of their radii: signs that lie closer are one
CELL = 64.0  # pixels


@dataclass(frozen=True, slots=True)
class At:
    """A place on the page."""

    x: float  # pixels
    y: float
    claims: int
    is_one: bool  # and not a cell that holds several


@dataclass(slots=True)
class _Group:
    places: list[int]
    x: float  # the sums of all
    y: float
    claims: int
    is_one: bool

    @property
    def middle(self) -> tuple[float, float]:
        return self.x / len(self.places), self.y / len(self.places)


def joined(places: Sequence[At], near: float, room: Callable[[int], float], least: float) -> list[list[int]]:
    """The numbers of the places in groups, each to be drawn as one sign.

    `near` is how far apart, in pixels, two places must be; `room` how large a sign of so many claims is, `least` that of a single place.
    """
    return [group.places for group in _apart(_close(places, near), room, least)]


def _close(places: Sequence[At], near: float) -> list[_Group]:
    """Each place with the first before it within reach."""
    groups: list[_Group] = []
    by_cell: dict[Cell, list[tuple[At, _Group]]] = defaultdict(list)
    for number, each in enumerate(places):
        column, row = int(each.x // near), int(each.y // near)
        found = _near(by_cell, column, row, each, near)
        if found is not None:
            _add(found, _Group([number], each.x, each.y, each.claims, each.is_one))
        else:
            groups.append(_Group([number], each.x, each.y, each.claims, each.is_one))
            by_cell[column, row].append((each, groups[-1]))
    return groups


def _near(
    by_cell: Mapping[Cell, Sequence[tuple[At, _Group]]], column: int, row: int, each: At, near: float
) -> _Group | None:
    """The first group, cell by cell, whose first place lies within reach."""
    for i in (column - 1, column, column + 1):
        for j in (row - 1, row, row + 1):
            for first, group in by_cell.get((i, j), ()):
                if math.hypot(first.x - each.x, first.y - each.y) < near:
                    return group
    return None


def _add(group: _Group, other: _Group) -> None:
    group.places += other.places
    group.x, group.y = group.x + other.x, group.y + other.y
    group.claims, group.is_one = group.claims + other.claims, False


class _Page:
    """The signs that have their place, found by where they are."""

    def __init__(self) -> None:
        self.kept: dict[int, tuple[tuple[float, float], float, _Group]] = {}
        self._cells: dict[Cell, set[int]] = defaultdict(set)
        self._widest, self._next = 0.0, 0

    def put(self, middle: tuple[float, float], room: float, group: _Group) -> None:
        self.kept[self._next] = middle, room, group
        self._cells[_cell(middle)].add(self._next)
        self._widest, self._next = max(self._widest, room), self._next + 1

    def take(self, number: int) -> _Group:
        middle, _, group = self.kept.pop(number)
        self._cells[_cell(middle)].discard(number)
        return group

    def touched(self, middle: tuple[float, float], room: float, group: _Group) -> int | None:
        """The first sign put here on which another would lie, unless both are single places."""
        (x, y), places = middle, len(group.places)
        reach = OVERLAP * (self._widest + room)
        found: int | None = None
        left, top = _cell((x - reach, y - reach))
        right, bottom = _cell((x + reach, y + reach))
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                for number in self._cells.get((column, row), ()):
                    (at_x, at_y), size, other = self.kept[number]
                    if (
                        (found is None or number < found)
                        and math.hypot(at_x - x, at_y - y) < OVERLAP * (size + room)
                        and len(other.places) + places > 2
                    ):
                        found = number
        return found


def _cell(point: tuple[float, float]) -> Cell:
    return math.floor(point[0] / CELL), math.floor(point[1] / CELL)


def _apart(groups: Sequence[_Group], room: Callable[[int], float], least: float) -> list[_Group]:
    """Groups so that no two signs with numbers lie on each other; the order in which they are joined is that of the input."""
    page, waiting = _Page(), list(reversed(groups))
    while waiting:
        one = waiting.pop()
        size = least if one.is_one else room(one.claims)
        near = page.touched(one.middle, size, one)
        if near is None:
            page.put(one.middle, size, one)
        else:
            other = page.take(near)
            _add(other, one)
            waiting.append(other)
    return [group for _, _, group in page.kept.values()]
