"""Document -> attributions: who says it, on whose word, through whose hands."""

from bywhom.attribution.attribute import attribute
from bywhom.attribution.lexicon import Lexicon
from bywhom.attribution.tagger import NoTagger, Tagger

__all__ = ["Lexicon", "NoTagger", "Tagger", "attribute"]
