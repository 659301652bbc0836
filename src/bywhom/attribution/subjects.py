"""The subject of a whole sentence, where the nearest noun phrase is only part of it: "the head of a guild near [Lima] said"."""

from __future__ import annotations

from bywhom.attribution.contents import regular_past
from bywhom.attribution.lexicon import Form
from bywhom.attribution.line import Line
from bywhom.attribution.naming import Named, read_phrase
from bywhom.attribution.phrases import Phrase, phrase_before
from bywhom.attribution.walking import trim_left

_LONGEST = 40  # words of a subject with all that tells more of it
_BREAKS = frozenset({";", ":", "(", ")", "[", "]", "“", "”", '"', "«", "»", "!", "?"})


def whole_subject(line: Line, near: Phrase) -> Phrase:
    """The phrase that opens the sentence, if no verb stands between it and the phrase near the cue; else that phrase.

    What stands before a verb without another verb is its subject, however many commas and prepositions lie in it.
    """
    first = trim_left(line, 0, near.first)
    alone = near.last - near.first == 1 and line.low(near.first) in line.lex.pronouns
    if first >= near.first or near.last - first > _LONGEST or near.relative or alone:
        return near
    if (
        not _is_governed(line, near.first)
        or _has_verb(line, first, near.first)
        or not _opens_subject(line, first, near.first)
    ):
        return near
    return Phrase(first, near.last)


def group_meant(line: Line, pronoun: int) -> Named | None:
    """The group that "they" stands for: the nearest subject before it in the same sentence that is one."""
    for verb in range(pronoun - 1, 0, -1):
        if not (line.is_finite(verb) or regular_past(line, verb)) or line.quoted[verb]:
            continue
        subject = phrase_before(line, verb, 0)
        named = read_phrase(line, subject) if subject is not None and subject.last <= pronoun else None
        if named is not None and named.pronoun is None and named.plural and named.person and named.head:
            return named
    return None


def _is_governed(line: Line, i: int) -> bool:
    """Whether the phrase that begins here depends on what stands before it, or is one more in a row."""
    before = line.low(i - 1)
    linked = before in line.lex.grammar.prepositions or before in {"and", "or", "to"} or before.endswith("ing")
    return linked or (not line.is_word(i - 1) and before != ",")


def _has_verb(line: Line, first: int, last: int) -> bool:
    """Whether a finite verb, a relative clause or a mark that no subject holds stands in [first, last)."""
    grammar = line.lex.grammar
    return any(
        line.is_finite(i)
        or (i > first and regular_past(line, i))
        or _is_third(line, i)
        or line.mark(i) in _BREAKS
        or line.low(i) in grammar.relatives
        or line.quoted[i]
        for i in range(first, last)
    )


def _is_third(line: Line, i: int) -> bool:
    word = line.lex.verbs.get(line.low(i))
    return word is not None and Form.THIRD in word.forms and word.lemma not in line.lex.cues.also_nouns


def _opens_subject(line: Line, first: int, last: int) -> bool:
    """Whether the first noun phrase can speak: a name or a role before its first preposition, comma or participle."""
    ends = line.lex.grammar.prepositions | {",", "—", "–", "-", "and"}
    end = next((i for i in range(first + 1, last) if line.low(i) in ends or not line.is_word(i)), last)
    head = end - 1
    named = line.is_capital(head) and line.low(head) not in line.lex.nations
    return line.is_role(head) or (named and not line.low(first).endswith("ing"))
