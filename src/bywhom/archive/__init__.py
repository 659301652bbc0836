"""Original bytes, stored once under their digests."""

from bywhom.archive.store import Archive

__all__ = ["Archive"]
