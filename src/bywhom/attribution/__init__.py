"""Document -> attributions: who says it, on whose word, through whose hands."""

from bywhom.attribution.attribute import attribute
from bywhom.attribution.lexicon import Lexicon

__all__ = ["Lexicon", "attribute"]
