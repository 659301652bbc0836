"""The trained reader: who says what, and what is claimed, as a small model sees it. Start with reader.py."""
