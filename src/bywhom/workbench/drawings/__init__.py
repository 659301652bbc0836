"""Drawings as SVG, made on the server: each is readable in print, reached by keyboard, and has a table beside it."""
