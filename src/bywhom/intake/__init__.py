"""Files, folders, feeds, web archives, exports and URLs in; raw documents out."""

from bywhom.intake.collect import Item, collect
from bywhom.intake.options import Fetching, Fields, IntakeOptions, Limits
from bywhom.intake.origin import Container

__all__ = ["Container", "Fetching", "Fields", "IntakeOptions", "Item", "Limits", "collect"]
