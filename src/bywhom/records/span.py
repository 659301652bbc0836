"""Where words stand in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range [start, end) of code points in one document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forward from 0, not from {self.start} to {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: Span) -> int:
        """How many characters the two spans share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def trimmed(self, text: str, chars: str | None = None) -> Span:
        """This span without the given characters (white space by default) at either end."""
        words = self.of(text)
        start = self.start + len(words) - len(words.lstrip(chars))
        return Span(start, max(start, self.end - (len(words) - len(words.rstrip(chars)))))


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """Words in a document: their place and, verbatim, what they are."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @classmethod
    def at(cls, span: Span, text: str) -> Mention:
        """The mention that `span` covers in the whole document text `text`."""
        return cls(span.start, span.end, span.of(text))
