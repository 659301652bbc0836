"""One speaker or two, going by names."""

from __future__ import annotations

import pytest
from telling import tell  # type: ignore[import-not-found]

from bywhom.linking import LinkingTables
from bywhom.linking.speakers import one_side, same_speaker, speaker_of


@pytest.mark.parametrize(
    ("one", "other", "anywhere", "in_one_report"),
    [
        ("Armand Delcour", "Prefect Delcour", True, True),
        ("Armand Delcour", "Odile Maes", False, False),
        ("officials", "officials", False, True),  # nobody in particular: elsewhere they are others
        ("war ministry", "war ministry", False, True),  # whose?
        ("Belgian war ministry", "Belgium's war ministry", True, True),
        ("Agence France-Presse", "AFP", True, True),
        ("International Workers League", "IWL", True, True),
        ("a surgeon", "the mayor", False, False),
    ],
)
def test_one_speaker(one: str, other: str, *, anywhere: bool, in_one_report: bool, tables: LinkingTables) -> None:
    a, b = (speaker_of(tell("Words.", name), tables) for name in (one, other))
    assert same_speaker(a, b, one_report=False, tables=tables) == anywhere
    assert same_speaker(a, b, one_report=True, tables=tables) == in_one_report
    assert same_speaker(b, a, one_report=False, tables=tables) == anywhere


def test_the_publisher_is_no_speaker(tables: LinkingTables) -> None:
    bare = speaker_of(tell("Words."), tables)
    assert bare.unsourced
    assert not same_speaker(bare, bare, one_report=True, tables=tables)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("German war ministry", "official"), ("Berlin", "official"), True),
        (("Belgian war ministry", "official"), ("German staff", "military"), False),
        (("Belgian surgeon", "witness"), ("Belgian war ministry", "official"), False),
        (("Belgian state radio", "media"), ("Belgian government", "official"), True),
    ],
)
def test_organs_of_one_government(
    one: tuple[str, str], other: tuple[str, str], *, expected: bool, tables: LinkingTables
) -> None:
    a, b = (speaker_of(tell("Words.", name, kind=kind), tables) for name, kind in (one, other))
    assert one_side(a, b) == expected
