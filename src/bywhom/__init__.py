"""Who says so, on whose word, through whose hands."""

__version__ = "0.1.0"
