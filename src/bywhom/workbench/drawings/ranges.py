"""A number as each side tells it over time, as SVG: each claim a line from its least to its most, each side with a sign of its own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from bywhom.workbench.drawings.svg import svg, text, title
from bywhom.workbench.drawings.timeline import Scale, axis

WIDTH, HIGH, LEFT, RIGHT, TOP = 960, 190, 70, 940, 14
SIGNS = ("circle", "square", "triangle", "diamond", "cross")


@dataclass(frozen=True, slots=True)
class Told:
    """One number that one claim tells: no bound where it gives none."""

    side: str
    day: int
    low: float | None
    high: float | None
    says: str
    link: str


def sign_of(sides: Sequence[str], side: str) -> str:
    return SIGNS[sides.index(side) % len(SIGNS)]


def draw_range(unit: str, told: Sequence[Told], sides: Sequence[str]) -> Markup:
    """One number over time; wide ranges on a scale of ratios."""
    numbers = [bound for each in told for bound in (each.low, each.high) if bound is not None]
    days = [each.day for each in told]
    if not numbers:
        return Markup("")
    room = max(1, (max(days) - min(days)) // 12)
    scale = Scale(max(1, min(days) - room), min(date.max.toordinal() - 1, max(days) + room), LEFT, RIGHT)
    values = _Values(0.0 if max(numbers) <= 40 * max(1.0, min(numbers)) else min(numbers), max(numbers))
    parts = [axis(scale, TOP + HIGH), *(_level(values, number) for number in values.levels())]
    parts += [_told(each, scale, values, sign_of(sides, each.side)) for each in told]
    return svg(
        WIDTH,
        TOP + HIGH + 26,
        f"{unit}: {len(told)} claims over time. The table says the same.",
        Markup("").join(parts),
        "ranges",
    )


@dataclass(frozen=True, slots=True)
class _Values:
    """Numbers on the sheet: evenly from nothing, or by their ratios."""

    low: float  # 0: evenly
    high: float

    def y(self, number: float) -> float:
        if self.low > 0:
            top, base = math.log(self.high * 1.2), math.log(self.low / 1.2)
            share = (math.log(max(number, self.low / 1.2)) - base) / (top - base)
        else:
            share = number / (self.high * 1.12 or 1.0)
        return TOP + HIGH * (1 - share)

    def levels(self) -> list[float]:
        """The numbers at which a line is drawn."""
        if self.low > 0:
            first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
            return [10.0**power for power in range(first, last + 1) if self.low / 1.2 <= 10.0**power <= self.high * 1.2]
        rough = self.high / 4 or 1.0
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(power * by for by in (1, 2, 5, 10) if power * by >= rough)
        return [step * number for number in range(int(self.high * 1.12 / step) + 1)]


def _level(values: _Values, number: float) -> Markup:
    y = values.y(number)
    return Markup('<path class="level" d="M{} {:.1f}H{}"/>{}').format(
        LEFT, y, RIGHT, text(LEFT - 8, y + 4, f"{number:,.15g}", "value")
    )


def _told(each: Told, scale: Scale, values: _Values, sign: str) -> Markup:
    x = scale.x(each.day + 0.5)
    low = values.y(each.low) if each.low is not None else TOP + HIGH
    high = values.y(each.high) if each.high is not None else TOP + 2
    ends = Markup("").join(_sign(sign, x, y) for y, bound in ((low, each.low), (high, each.high)) if bound is not None)
    # An open bound runs out in a broken line.
    broken = "" if each.low is not None and each.high is not None else " open"
    line = (
        Markup('<path class="reach{}" d="M{:.1f} {:.1f}V{:.1f}"/>').format(broken, x, low, high)
        if low != high
        else Markup("")
    )
    return Markup('<a href="{}" class="told {}">{}{}{}</a>').format(each.link, sign, title(each.says), line, ends)


def _sign(kind: str, x: float, y: float) -> Markup:
    shapes = {
        "circle": "M{x} {y}m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0Z",
        "square": "M{x} {y}m-5-5h10v10h-10Z",
        "triangle": "M{x} {y}m0-6l6 11h-12Z",
        "diamond": "M{x} {y}m0-7l6 7l-6 7l-6-7Z",
        "cross": "M{x} {y}m-5-5l10 10m0-10l-10 10",
    }
    return Markup('<path class="sign" d="{}"/>').format(shapes[kind].format(x=f"{x:.1f}", y=f"{y:.1f}"))


def draw_sign(kind: str) -> Markup:
    """A sign by itself, for a legend."""
    return Markup(
        '<svg class="ranges" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><g class="told">{}</g></svg>'
    ).format(_sign(kind, 8, 8))
