from __future__ import annotations

import errno
import gzip
import io
import os
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.errors import NoSpace
from bywhom.intake.streams import Forward, Gunzip, buffered, digest_of, head_of, read_at_most, spooled

LIMIT = 1 << 30
# Little to gain by packing, as with pictures: so there are many packed bytes to damage.
DISPATCH = random.Random(1854).randbytes(100_000)


def gunzip(data: bytes, limit: int = LIMIT) -> tuple[bytes, str]:
    stream = Gunzip(io.BytesIO(data), limit)
    return stream.read(), stream.fault


@settings(deadline=None)
@given(st.lists(st.binary(max_size=5000), min_size=1, max_size=4), st.integers(0, 40))
def test_every_member_is_unpacked_and_padding_left_aside(members: list[bytes], padding: int) -> None:
    packed = b"".join(gzip.compress(member) for member in members) + b"\0" * padding
    assert gunzip(packed) == (b"".join(members), "")


@pytest.mark.parametrize("kept", [30, 5_000, 60_000, 99_990])
def test_a_cut_file_gives_what_there_is_and_says_so(kept: int) -> None:
    packed = gzip.compress(DISPATCH)
    unpacked, fault = gunzip(packed[:kept])
    assert DISPATCH.startswith(unpacked)
    assert len(unpacked) > kept - 100
    assert fault == "breaks off in the middle"


def test_damage_gives_what_came_before_it() -> None:
    text = b"".join(b"Dispatch %d: the redoubt was held.\n" % number for number in range(20_000))
    packed = bytearray(gzip.compress(text))
    packed[len(packed) // 2 : len(packed) // 2 + 40] = b"\xff" * 40
    unpacked, fault = gunzip(bytes(packed))
    assert len(unpacked) > len(text) // 3
    assert text.startswith(unpacked[: len(text) // 3])  # zlib notices late: what comes last is wrong
    assert fault.startswith("is damaged (")


def test_a_wrong_checksum_loses_nothing() -> None:
    packed = bytearray(gzip.compress(DISPATCH))
    packed[-6] ^= 0xFF
    unpacked, fault = gunzip(bytes(packed))
    assert unpacked == DISPATCH
    assert "incorrect data check" in fault


def test_what_follows_the_last_member_is_reported() -> None:
    assert gunzip(gzip.compress(DISPATCH) + b"signed, the consul") == (DISPATCH, "is followed by something else")


def test_a_bomb_stops_at_its_limit() -> None:
    unpacked, fault = gunzip(gzip.compress(b"\0" * 5_000_000), limit=70_000)
    assert len(unpacked) == 70_000
    assert fault == "unpacks to more than is allowed"


def test_exactly_the_limit_is_no_bomb() -> None:
    assert gunzip(gzip.compress(DISPATCH), limit=len(DISPATCH)) == (DISPATCH, "")


def test_a_single_member_knows_where_the_next_one_begins() -> None:
    first = gzip.compress(DISPATCH)
    stream = Gunzip(io.BytesIO(first + gzip.compress(b"next")), LIMIT, single=True)
    assert stream.read() == DISPATCH
    assert stream.taken == len(first)


def test_the_head_is_seen_and_not_used_up() -> None:
    stream = buffered(Gunzip(io.BytesIO(gzip.compress(DISPATCH)), LIMIT))
    assert head_of(stream) == DISPATCH[: 64 * 1024]
    assert stream.read() == DISPATCH


def test_a_stream_that_goes_forward_only_cannot_be_sent_back() -> None:
    stream = buffered(Forward(io.BytesIO(DISPATCH)))
    assert not stream.seekable()
    assert stream.read() == DISPATCH


def test_more_than_the_limit_is_not_read() -> None:
    assert read_at_most(io.BytesIO(b"12345"), 5) == b"12345"
    assert read_at_most(io.BytesIO(b"123456"), 5) is None


def test_a_spooled_stream_is_gone_afterwards() -> None:
    with spooled(io.BytesIO(DISPATCH)) as path:
        assert path.read_bytes() == DISPATCH
        with path.open("rb") as file:
            assert digest_of(file)[1] == len(DISPATCH)
    assert not path.exists()


def test_a_full_temporary_folder_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(NoSpace, match=r"is full; free some space there or set TMPDIR"), spooled(io.BytesIO(b"x")):
        pass
    assert list(tmp_path.iterdir()) == []
