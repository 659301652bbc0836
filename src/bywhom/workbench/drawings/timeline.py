"""Time as SVG, each statement as wide as what is known of its day: a day is a column, a month is a bar, an open span has no end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from bywhom.workbench.drawings.svg import lines, svg, text, title

WIDTH = 960
LEFT, RIGHT = 12, 948
COLUMNS = 150  # pixels: the height of the day on which most is told
LANE, MOST_LANES = 19, 24
ROW, MOST_ROWS = 24, 80
WORDS = 560  # where the words of a row begin


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is told of one stretch of time: days as ordinals; no last day: open at its end."""

    first: int
    last: int | None
    claims: int
    says: str
    link: str
    name: str = ""  # beside it, where each stands on a row of its own
    mark: str = ""  # a grade, before the name
    kind: str = ""  # contested, rejected

    @property
    def days(self) -> int:
        return 0 if self.last is None else self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Scale:
    """Days on the sheet."""

    first: int
    last: int
    left: float = LEFT
    right: float = RIGHT

    def x(self, day: float) -> float:
        return self.left + (day - self.first) * (self.right - self.left) / (self.last + 1 - self.first)


def scale_of(stretches: Sequence[Stretch], left: float = LEFT, right: float = RIGHT) -> Scale:
    """Days on a sheet that holds them all, with room on both sides."""
    first = min(each.first for each in stretches)
    last = max(each.first if each.last is None else each.last for each in stretches)
    room = max(1, (last - first) // 40)
    return Scale(max(1, first - room), min(date.max.toordinal() - 1, last + room), left, right)


def draw_days(stretches: Sequence[Stretch]) -> Markup:
    """All statements of a search: days as columns, whatever is known less exactly as bars below them."""
    if not stretches:
        return Markup("")
    scale = scale_of(stretches)
    exact = [each for each in stretches if each.days == 1]
    lanes = list(_lanes([each for each in stretches if each.days != 1], scale))[:MOST_LANES]
    most = max((each.claims for each in exact), default=0)
    base = (COLUMNS if exact else 0) + 22
    parts = [_columns(exact, scale, base, most), axis(scale, base)]
    parts += [_bar(each, scale, base + 30 + LANE * number) for number, lane in enumerate(lanes) for each in lane]
    height = base + 34 + LANE * len(lanes)
    said = f"Timeline: {sum(each.claims for each in stretches):,} claims. The table below says the same."
    return svg(WIDTH, height, said, Markup("").join(parts), "timeline")


def draw_steps(stretches: Sequence[Stretch]) -> Markup:
    """How something developed: each statement on a row of its own, with its words beside it."""
    shown = list(stretches)[:MOST_ROWS]
    if not shown:
        return Markup("")
    scale = scale_of(shown, LEFT, WORDS - 30)
    parts = [axis(scale, 22, ROW * len(shown) + 4)]
    parts += [_row(each, scale, 32 + ROW * number) for number, each in enumerate(shown)]
    said = f"How it developed: {len(shown)} claims in their order. The table below says the same."
    return svg(WIDTH, 40 + ROW * len(shown), said, Markup("").join(parts), "timeline steps")


# Pieces ---------------------------------------------------------------------------------------------------------------


def _columns(exact: Sequence[Stretch], scale: Scale, base: float, most: int) -> Markup:
    wide = max(3.0, min(22.0, scale.x(scale.first + 1) - scale.x(scale.first) - 1))
    parts, taken = [], list[tuple[float, float]]()
    for each in sorted(exact, key=lambda one: (-one.claims, one.first)):
        high, middle = max(3.0, COLUMNS * each.claims / most), scale.x(each.first + 0.5)
        top = base - high
        shape = Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
            middle - wide / 2, top, wide, high
        )
        # A number that would stand on another, or on a higher column, is left to the table.
        is_free = all(abs(middle - x) > 16 or (abs(middle - x) > wide and abs(top - y) > 14) for x, y in taken)
        taken.append((middle, top))
        parts.append(
            _link(each, "day", shape + (text(middle, top - 4, f"{each.claims:,}", "count") if is_free else Markup("")))
        )
    return Markup("").join(parts)


def _bar(each: Stretch, scale: Scale, y: float) -> Markup:
    """A stretch longer than a day, with the number of its claims; where its end is not known it runs out."""
    x, end = scale.x(each.first), scale.x((each.last or scale.last) + 1)
    shape = Markup('<path d="M{x:.1f} {top:.1f}H{end:.1f}{tip}V{low:.1f}H{x:.1f}Z"/>').format(
        x=x, top=y - 5, end=end, low=y + 5, tip="" if each.last else f"l6 5l-6 5M{end:.1f} {y - 5:.1f}"
    )
    says = f"{each.claims:,}" if each.claims > 1 else ""
    return _link(each, "stretch" if each.last else "stretch open", shape + text(x + 4, y + 4, says, "count inside"))


def _row(each: Stretch, scale: Scale, y: float) -> Markup:
    x = scale.x(each.first)
    if each.days == 1:
        wide = max(7.0, scale.x(each.first + 1) - x)
        shape = Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="12"/>').format(x, y - 2, wide)
    else:
        end = scale.x((each.last or scale.last) + 1)
        shape = Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="8"/>').format(x, y, max(4.0, end - x))
    words = [
        text(WORDS - 22, y + 9, each.mark, "mark"),
        *(text(WORDS + 16, y + 9, line, "words") for line in lines(each.name, 52, 1)),
    ]
    kind = " ".join(filter(None, ("day" if each.days == 1 else "stretch", each.kind)))
    return _link(each, kind, Markup("").join([shape, *words]))


def _link(each: Stretch, kind: str, inside: Markup) -> Markup:
    return Markup('<a href="{}" class="{}">{}{}</a>').format(each.link, kind, title(each.says), inside)


def _lanes(stretches: Sequence[Stretch], scale: Scale) -> Iterator[list[Stretch]]:
    """Stretches on as few lines as hold them without touching."""
    lanes: list[tuple[float, list[Stretch]]] = []
    for each in sorted(stretches, key=lambda one: (one.first, -(one.last or scale.last))):
        start, end = scale.x(each.first), scale.x((each.last or scale.last) + 1) + 8
        free = next((number for number, (until, _) in enumerate(lanes) if until <= start), None)
        if free is None:
            lanes.append((end, [each]))
        else:
            lanes[free] = (end, [*lanes[free][1], each])
    return (lane for _, lane in lanes)


def axis(scale: Scale, y: float, deep: float = 0.0) -> Markup:
    """The line of time, with days, months or years written on it, and lines down from them."""
    ticks = list(_ticks(scale))
    marks = [
        Markup('<path class="tick" d="M{x:.1f} {y:.1f}V{end:.1f}"/>{words}').format(
            x=scale.x(day),
            y=y,
            end=y + (deep or 5),
            words=text(scale.x(day) + 3, y - 6 if deep else y + 15, words, "date"),
        )
        for day, words in ticks
    ]
    line = Markup('<path class="axis" d="M{:.1f} {y:.1f}H{:.1f}"/>').format(scale.left, scale.right, y=y)
    return line + Markup("").join(marks)


def _ticks(scale: Scale) -> Iterator[tuple[int, str]]:
    """What is written on the line: so much that it can be read."""
    room = (scale.right - scale.left) / 70
    for step in (1, 2, 7, 14):
        if (scale.last - scale.first) / step <= room:
            first = scale.first + (-scale.first) % step
            yield from ((day, _day(day)) for day in range(first, scale.last + 1, step))
            return
    months = _months(scale)
    for step in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200):
        chosen = [at for number, at in months if number % step == 0]
        if len(chosen) <= room:
            form = "%Y" if step >= 12 else "%b %Y"
            yield from ((at, date.fromordinal(at).strftime(form)) for at in chosen)
            return


def _day(day: int) -> str:
    found = date.fromordinal(day)
    return f"{found.day} {found.strftime('%b %Y')}" if found.day == 1 else f"{found.day} {found.strftime('%b')}"


def _months(scale: Scale) -> list[tuple[int, int]]:
    """The first days of months on the sheet, each with the number of its month since year 0."""
    first, last = date.fromordinal(scale.first), date.fromordinal(scale.last)
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    days = ((number, date(number // 12, number % 12 + 1, 1).toordinal()) for number in numbers)
    return [(number, day) for number, day in days if day >= scale.first]
