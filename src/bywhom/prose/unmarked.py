"""Plain text without the marks that dress it: Markdown, and the angle brackets of quoted mail.

Each mark gives way to blanks, so every character that stays keeps its place and no offset has to be carried over.
"""

from __future__ import annotations

import re

_ANY = re.compile(r"[*_`~|>#\[]")
_AT_LINE = re.compile(r"^[ \t]*((?:>[ \t]?)+|#{1,6}(?=[ \t]))", re.MULTILINE)
_LINK = re.compile(
    r"(?<!!)(\[)(?=[^\[\]\n]{1,200}\]\()[^\[\]\n]+(\]\((?:https?://|www\.|mailto:|tg://|t\.me/|/|#)[^()\s]{0,500}(?:\([^()\s]{0,100}\))?"
    r"[^()\s]{0,100}(?:[ \t]\"[^\"\n]{0,200}\")?\))"
)
_PAIRS = (
    re.compile(r"(\*\*|~~|\|\|)(?=[^\s*~|])[^\n]{1,400}?(?<=[^\s*~|])(\1)"),
    re.compile(r"(?<!\w)(__)(?=[^\s_])[^\n]{1,400}?(?<=[^\s_])(\1)(?!\w)"),
    re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])[^*_\n]{1,300}?(?<=[^\s*_])(\1)(?![\w*_])"),
    re.compile(r"(?<!`)(`)(?=[^\s`])[^`\n]{1,200}(`)(?!`)"),
)


def unmarked(text: str) -> str:
    """The text with its marks as blanks, character for character as long as it was."""
    if not _ANY.search(text):
        return text
    text = _AT_LINE.sub(_blanked, text)
    for pattern in (_LINK, *_PAIRS):
        text = pattern.sub(_blanked, text)
    return text


def _blanked(match: re.Match[str]) -> str:
    """The words of a match, each of its groups as blanks."""
    words, first = match[0], match.start()
    for group in range(1, match.re.groups + 1):
        start, end = match.start(group) - first, match.end(group) - first
        words = words[:start] + " " * (end - start) + words[end:]
    return words
