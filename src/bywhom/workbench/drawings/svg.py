"""Pieces of SVG. Words go in escaped; lengths of words are guessed, since no font is at hand."""

from __future__ import annotations

from markupsafe import Markup, escape

from bywhom.workbench.textual import plain


def text(x: float, y: float, words: str, kind: str = "") -> Markup:
    """One line of words."""
    return Markup('<text x="{:.0f}" y="{:.0f}" class="{}">{}</text>').format(x, y, kind, words)


def lines(words: str, width: int, most: int) -> list[str]:
    """The words in lines of at most `width` characters, at most so many lines, the cut shown."""
    found = [""]
    for word in plain(words, 1200).split():
        if len(found[-1]) + len(word) + 1 <= width:
            found[-1] = f"{found[-1]} {word}".strip()
        else:
            found.append(word if len(word) <= width else word[: width - 1] + "…")
    found = [line for line in found if line]
    return found if len(found) <= most else [*found[: most - 1], found[most - 1][: width - 1].rstrip(" ,;") + "…"]


def svg(width: int, height: int, title: str, body: Markup, kind: str) -> Markup:
    """A whole drawing, with the name that a screen reader says; its table says the rest."""
    return Markup(
        '<svg class="{}" viewBox="0 0 {} {}" width="{}" height="{}" role="group" aria-label="{}">{}</svg>'
    ).format(kind, width, height, width, height, plain(title), body)


def title(words: str) -> Markup:
    """What shows when a pointer rests on what it stands in."""
    return Markup("<title>{}</title>").format(escape(plain(words, 600)))
