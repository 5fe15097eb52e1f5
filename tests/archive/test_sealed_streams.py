"""What an archive file is worth against somebody who holds it, and against a bad disk."""

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.platform.archive import sealing
from primacy.platform.archive.errors import BadKey, Damaged, NewerFormat, WrongKey
from primacy.platform.archive.keys import (
    new_pair,
    public_key,
    public_text,
    read_private,
    write_private,
)
from primacy.platform.archive.sealing import CHUNK, TAG, Locks, OpenedReader, Openers, SealedWriter

PRIVATE, PUBLIC = new_pair()
KEY = Openers(private_key=PRIVATE)
CONTENT = bytes(range(256)) * (3 * CHUNK // 256) + b"the rest"


def sealed(content: bytes, locks: Locks | None = None) -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, locks or Locks(public_keys=[PUBLIC]))
    writer.write(content)
    writer.close()
    return file.getvalue()


def opened(file: bytes, openers: Openers = KEY) -> bytes:
    reader = OpenedReader(io.BytesIO(file), openers)
    return b"".join(iter(lambda: reader.read(100_000), b""))


def chunks(file: bytes) -> tuple[bytes, list[bytes]]:
    """The beginning of a sealed file, and its chunks."""
    length = struct.unpack(">I", file[len(sealing.MARK) :][:4])[0]
    start = len(sealing.MARK) + 4 + length
    body = file[start:]
    return file[:start], [body[at : at + CHUNK + TAG] for at in range(0, len(body), CHUNK + TAG)]


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=3000), st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK]))
def test_what_was_sealed_is_opened_whatever_its_length(tail: bytes, length: int) -> None:
    content = b"x" * length + tail
    assert opened(sealed(content)) == content


def test_nothing_of_the_content_stands_in_the_file() -> None:
    assert b"the rest" not in sealed(CONTENT)
    assert sealed(CONTENT) != sealed(CONTENT), "the same content must never give the same file"


def test_a_wrong_passphrase_or_key_opens_nothing() -> None:
    by_words = sealed(b"x", Locks("correct horse battery"))
    assert opened(by_words, Openers("correct horse battery")) == b"x"
    with pytest.raises(WrongKey):
        opened(by_words, Openers("correct horse batterx"))
    with pytest.raises(WrongKey):
        opened(sealed(b"x"), Openers(private_key=new_pair()[0]))


def test_each_of_several_keys_and_the_passphrase_open_the_same_file() -> None:
    other = new_pair()
    file = sealed(b"x", Locks("correct horse battery", [PUBLIC, other[1]]))
    ways = (KEY, Openers(private_key=other[0]), Openers("correct horse battery"))
    assert all(opened(file, way) == b"x" for way in ways)


@pytest.mark.parametrize("cut", [1, TAG, CHUNK, CHUNK + TAG, CHUNK + TAG + 1])
def test_a_file_that_was_cut_is_refused(cut: int) -> None:
    with pytest.raises(Damaged):
        opened(sealed(CONTENT)[:-cut])


def test_a_file_cut_where_a_chunk_ends_is_refused() -> None:
    start, parts = chunks(sealed(CONTENT))
    with pytest.raises(Damaged):
        opened(start + b"".join(parts[:2]))


def test_swapped_repeated_missing_and_foreign_chunks_are_refused() -> None:
    start, parts = chunks(sealed(CONTENT))
    foreign = chunks(sealed(CONTENT))[1]
    for wrong in (
        [parts[1], parts[0], *parts[2:]],
        [parts[0], parts[0], *parts[1:]],
        [parts[0], *parts[2:]],
        [parts[0], foreign[1], *parts[2:]],
        [*parts, parts[-1]],
    ):
        with pytest.raises(Damaged):
            opened(start + b"".join(wrong))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_flipped_bit_is_noticed(data: st.DataObject) -> None:
    file = bytearray(sealed(b"y" * 2000))
    at = data.draw(st.integers(0, len(file) - 1))
    file[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((Damaged, WrongKey, NewerFormat)):
        opened(bytes(file))


def test_a_file_of_a_newer_format_says_so() -> None:
    file = sealed(b"x").replace(b'"version": 1', b'"version": 9')
    with pytest.raises(NewerFormat, match="newer version"):
        opened(file)


def test_a_header_that_asks_for_all_memory_is_refused() -> None:
    file = sealed(b"x", Locks("correct horse battery"))
    greedy = file.replace(b'"memory": 65536', b'"memory": 99999')
    assert len(greedy) == len(file)
    with pytest.raises((Damaged, WrongKey)):
        opened(greedy, Openers("correct horse battery"))
    # Beyond the limit it is refused before any of it is spent.
    length = struct.pack(">I", struct.unpack(">I", file[16:20])[0] + 3)
    huge = file[:16] + length + file[20:].replace(b'"memory": 65536', b'"memory": 99999999')
    with pytest.raises(Damaged, match="impossible amount"):
        opened(huge, Openers("correct horse battery"))


def test_a_mistyped_public_key_is_noticed() -> None:
    text = public_text(PUBLIC)
    assert public_key(text) == PUBLIC
    wrong = text[:20] + ("a" if text[20] != "a" else "b") + text[21:]
    with pytest.raises(BadKey):
        public_key(wrong)


def test_a_key_file_opens_by_its_passphrase_only_and_is_never_overwritten(tmp_path) -> None:
    path = tmp_path / "our.key"
    write_private(path, PRIVATE, "correct horse battery")
    assert path.stat().st_mode & 0o077 == 0
    assert read_private(path, "correct horse battery") == PRIVATE
    with pytest.raises(BadKey):
        read_private(path, "another passphrase")
    with pytest.raises(BadKey):
        write_private(path, PRIVATE, "correct horse battery")
    assert PRIVATE not in path.read_bytes()


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(BadKey):
        sealed(b"x", Locks("short"))
