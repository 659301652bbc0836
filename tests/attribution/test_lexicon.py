"""The tables of attribution as the rules ask for them; the wars are invented."""

from __future__ import annotations

from bywhom.attribution.lexicon import Lexicon


def test_what_is_made_of_the_tables_is_made_once_for_all_reports() -> None:
    lexicon = Lexicon.load()
    one, other = (lexicon.for_report(text, {}) for text in ("The Harbour Post said so.", "Nobody said so."))
    assert one.verbs is other.verbs
    assert one.plural_roles is other.plural_roles


def test_a_report_calls_its_own_outlets_as_it_does() -> None:
    local = Lexicon.load().for_report("The Harbour Post said so.", {"Harbour Post": "The Harbour Post"})
    assert local.outlet_names["Harbour Post"] == "The Harbour Post"
    assert "Harbour Post" not in Lexicon.load().outlet_names
