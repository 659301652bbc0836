"""Pieces of SVG. Words go in escaped; lengths of words are guessed, since no font is at hand."""

from __future__ import annotations

from unicodedata import east_asian_width

from markupsafe import Markup, escape

from bywhom.workbench.textual import plain


def text(x: float, y: float, words: str, kind: str = "") -> Markup:
    """One line of words."""
    return Markup('<text x="{:.0f}" y="{:.0f}" class="{}">{}</text>').format(x, y, kind, words)


def lines(words: str, width: int, most: int) -> list[str]:
    """The words in lines as wide as so many small letters, at most so many lines, the cut shown."""
    found = [""]
    for word in plain(words, 1200).split():
        if _wide(found[-1]) + _wide(word) + 1 <= width:
            found[-1] = f"{found[-1]} {word}".strip()
        else:
            found.append(word if _wide(word) <= width else _cut(word, width))
    found = [line for line in found if line]
    if len(found) <= most:
        return found
    last = " ".join(found) if most == 1 else found[most - 1] + " "  # the only line is filled to the last letter
    return [*found[: most - 1], _cut(last, width).rstrip()]


def _wide(words: str) -> float:
    """How wide words are, in small letters: capitals are wider, and signs of Chinese, Japanese and Korean as wide as two."""
    return sum(_width(each) for each in words)


def _width(each: str) -> float:
    if each.isascii():
        return 1.4 if each.isupper() else 1.0
    return 2.0 if east_asian_width(each) in "WF" else 1.4 if each.isupper() else 1.0


def _cut(words: str, width: int) -> str:
    """The words as far as they fit, with the sign of a cut."""
    room = width - 1.0
    kept = 0
    for each in words:
        room -= _width(each)
        if room < 0:
            break
        kept += 1
    return words[:kept].rstrip(" ,;") + "…"


def svg(width: int, height: int, title: str, body: Markup, kind: str) -> Markup:
    """A whole drawing, with the name that a screen reader says; its table says the rest."""
    return Markup(
        '<svg class="{}" viewBox="0 0 {} {}" width="{}" height="{}" role="group" aria-label="{}">{}</svg>'
    ).format(kind, width, height, width, height, plain(title), body)


def title(words: str) -> Markup:
    """What shows when a pointer rests on what it stands in."""
    return Markup("<title>{}</title>").format(escape(plain(words, 600)))
