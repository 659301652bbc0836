"""The people whom a sentence tells of."""

from __future__ import annotations

from attribution_pages import line_of  # type: ignore[import-not-found]

from bywhom.attribution.people import named_people
from bywhom.records import SourceKind


def test_a_paper_named_before_somebody_is_not_his_role() -> None:
    (named,) = named_people(line_of("The talks were reported by newspaper Kurier, General Jan Moro said."))
    assert (named.name, named.kind) == ("Jan Moro", SourceKind.MILITARY)


def test_who_works_for_a_paper_is_of_the_media() -> None:
    (named,) = named_people(line_of("The talks were reported by newspaper editor Jan Moro on Monday."))
    assert (named.name, named.kind) == ("Jan Moro", SourceKind.MEDIA)
