"""The frames an archive consists of, and their form in a file.

A frame is a kind (one byte), the length of its content, the length as stored, and the content,
compressed on its own. No frame may grow beyond a stated size, however small it is stored, and the
whole may not grow beyond a stated multiple of what was read: a small file cannot fill the memory
or the disk.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from primacy.platform.archive.errors import Damaged

HEAD, TABLE, ROWS, FILE, BYTES, MANIFEST = b"H", b"T", b"R", b"F", b"B", b"M"
KINDS = frozenset((HEAD, TABLE, ROWS, FILE, BYTES, MANIFEST))

LARGEST = 64 * 1024 * 1024
"""Bytes in one frame: one row with a very detailed boundary has a few million."""
LIKELY_GROWTH = 200
"""How often larger than its file an archive may become; records become 5 to 20 times larger."""
FREE_GROWTH = 64 * 1024 * 1024
"""What is never held against an archive, so that small ones may be repetitive."""
LEVEL = 3

_START = struct.Struct(">cII")


@dataclass(frozen=True)
class Frame:
    """One part of an archive."""

    kind: bytes
    content: bytes


class Sink(Protocol):
    """Where bytes go."""

    def write(self, content: bytes, /) -> object:
        """Takes all of the content."""


class Source(Protocol):
    """Where bytes come from."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; none at the end."""


def write_frames(frames: Iterable[Frame], sink: Sink) -> None:
    """Writes frames one after the other."""
    for frame in frames:
        stored = zlib.compress(frame.content, LEVEL)
        if len(frame.content) > LIKELY_GROWTH * len(stored):
            # A reader would take it for a bomb: an honest file of zeros is stored as it is.
            stored = zlib.compress(frame.content, 0)
        sink.write(_START.pack(frame.kind, len(frame.content), len(stored)))
        sink.write(stored)


def read_frames(source: Source) -> Iterator[Frame]:
    """Frames as they were written; `Damaged` where anything is not as it must be."""
    taken = grown = 0
    while True:
        start = source.read(_START.size)
        if not start:
            return
        kind, length, stored = _START.unpack(_whole(start, _START.size))
        if kind not in KINDS or length > LARGEST or stored > LARGEST:
            raise Damaged(_("The archive holds a part of unknown kind or of impossible size."))
        taken, grown = taken + _START.size + stored, grown + length
        if grown > FREE_GROWTH + LIKELY_GROWTH * taken:
            raise Damaged(
                _(
                    "The archive would unpack to far more than records ever do. It was "
                    "made to fill "
                    "this machine's disk, or is damaged."
                )
            )
        yield Frame(kind, _expanded(_whole(source.read(stored), stored), length))


def _expanded(stored: bytes, length: int) -> bytes:
    machine = zlib.decompressobj()
    try:
        # One byte more than declared: a longer content shows itself without being unpacked.
        content = machine.decompress(stored, length + 1)
    except zlib.error as problem:
        raise Damaged(_("A part of the archive cannot be unpacked.")) from problem
    if len(content) != length or not machine.eof or machine.unused_data:
        raise Damaged(_("A part of the archive has another size than it says."))
    return content


def _whole(content: bytes, size: int) -> bytes:
    if len(content) != size:
        raise Damaged(_("The archive ends in the middle of a part."))
    return content
