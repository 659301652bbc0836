"""In which language a report is written."""

from __future__ import annotations

from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

_SAMPLE = 2000
_FEWEST_LETTERS = 24
_SURE = 0.5
_SURE_IF_SHORT = 0.9
_SHORT = 120


def identify_language(words: str) -> str | None:
    """The ISO 639-1 code of the language of `words`, None where they are too few to tell.

    Capitals are read as small letters: wire copy in capitals is as English as any.
    """
    sample = words[:_SAMPLE].lower()
    letters = sum(char.isalpha() for char in sample)
    if letters < _FEWEST_LETTERS:
        return None
    code, sure = _identifier().classify(sample)
    return str(code) if sure >= (_SURE_IF_SHORT if letters < _SHORT else _SURE) else None


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
