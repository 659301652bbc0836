"""Document -> attributions: who says it, on whose word, through whose hands."""

from bywhom.attribution.attribute import attribute
from bywhom.attribution.lexicon import Lexicon
from bywhom.attribution.tagger import NoTagger, Tagged, Tagger

__all__ = ["Lexicon", "NoTagger", "Tagged", "Tagger", "attribute"]
