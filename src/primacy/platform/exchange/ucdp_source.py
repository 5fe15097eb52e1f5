"""A UCDP file opened as text, whatever wraps it: plain, gzip or zip, found from its content."""

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, NoReturn, TextIO, cast

from django.utils.translation import gettext_noop

from primacy.platform.exchange.errors import (
    UcdpArchiveAmbiguous,
    UcdpFileBinary,
    UcdpFileEmpty,
    UcdpFileEncoding,
    UcdpFileSpreadsheet,
    UcdpFileTooLarge,
    UcdpFileTruncated,
    UcdpFileUnreadable,
)

Wrapping = Literal["plain", "gzip", "zip"]

DEFAULT_MAX_BYTES = 2 * 1024**3
"""Largest unpacked size by default: the global GED since 1989 unpacks to about a tenth of it."""

EVENT_FILE = gettext_noop("a UCDP event file (csv, GeoJSON or API JSON; plain, .gz or .zip).")
DOWNLOAD_AGAIN = gettext_noop("Download the file again and retry.")
RATIO_LIMIT = 200
RATIO_FROM = 50_000_000
"""Text of events packs ten to twenty times; what grows beyond this, from here on, is a bomb."""
_HEAD_BYTES = 65_536
_GZIP, _ZIP, _ZIP_EMPTY = b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# 0x1a ends text files of older programs, the published lists of persons among them.
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1a\x1b")
_DAMAGE = (
    zlib.error,
    lzma.LZMAError,
    gzip.BadGzipFile,
    zipfile.BadZipFile,
    NotImplementedError,
)
_WORKBOOK_MEMBERS = ("[Content_Types].xml", "mimetype", "xl/workbook.xml")


@dataclass(frozen=True, slots=True)
class OpenedText:
    """The text of a file, and whether its first character makes it JSON rather than csv."""

    stream: TextIO
    is_json: bool


class _CheckedStream(io.RawIOBase):
    """A byte stream that stops at a size limit and at the first NUL byte."""

    def __init__(self, inner: IO[bytes], file: str, max_bytes: int, packed: int) -> None:
        self._inner = inner
        self._file = file
        self._max_bytes = min(max_bytes, max(RATIO_FROM, RATIO_LIMIT * packed))
        self._count = 0

    def readable(self) -> bool:
        """True: the stream is for reading."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """The number of bytes put into the buffer."""
        block = self._inner.read(len(buffer))
        self._count += len(block)
        if self._count > self._max_bytes:
            raise _too_large(self._file, self._max_bytes)
        if b"\0" in block:
            _raise_not_text(self._file, block)
        buffer[: len(block)] = block
        return len(block)


@contextmanager
def open_text(path: Path, max_bytes: int = DEFAULT_MAX_BYTES) -> Iterator[OpenedText]:
    """The text of the file, unpacked; reading faults come out as `UcdpFileError`.

    Line ends are left as they are, so that csv sees those inside quoted text.
    """
    file = path.name
    with _reading(file), path.open("rb") as outer:
        wrapping = _wrapping(file, outer.read(8))
        outer.seek(0)
        with _unwrapped(file, outer, wrapping, max_bytes) as inner:
            packed = path.stat().st_size
            checked = _CheckedStream(inner, file, max_bytes, packed)
            buffered = io.BufferedReader(checked, buffer_size=1 << 20)
            head = buffered.peek(_HEAD_BYTES)[:_HEAD_BYTES]
            _require_text(file, head)
            is_json = head.removeprefix(_UTF8_MARK).lstrip()[:1] in (b"{", b"[")
            if head.startswith(_UTF8_MARK):
                buffered.read(len(_UTF8_MARK))
            with io.TextIOWrapper(buffered, encoding="utf-8", newline="") as stream:
                yield OpenedText(stream, is_json)


def member_name(path: Path) -> str | None:
    """The name of the table inside a zip, or None where the file is no zip."""
    with _reading(path.name), path.open("rb") as outer:
        if _wrapping(path.name, outer.read(8)) != "zip":
            return None
        with zipfile.ZipFile(outer) as archive:
            return _table_member(path.name, archive).filename


def _wrapping(file: str, head: bytes) -> Wrapping:
    """How the bytes are packed, by their first bytes."""
    if not head or head.startswith(_ZIP_EMPTY):
        raise UcdpFileEmpty(file, gettext_noop("the file is empty."), EVENT_FILE, DOWNLOAD_AGAIN)
    if head.startswith(_OLD_OFFICE):
        raise _spreadsheet(file)
    if head.startswith(_ZIP):
        return "zip"
    return "gzip" if head.startswith(_GZIP) else "plain"


@contextmanager
def _unwrapped(
    file: str, outer: IO[bytes], wrapping: Wrapping, max_bytes: int
) -> Iterator[IO[bytes]]:
    """The unpacked bytes."""
    if wrapping == "plain":
        yield outer
    elif wrapping == "gzip":
        with gzip.GzipFile(fileobj=outer) as unpacked:
            yield cast(IO[bytes], unpacked)
    else:
        with zipfile.ZipFile(outer) as archive:
            member = _table_member(file, archive)
            if member.file_size > max_bytes:
                raise _too_large(file, max_bytes)
            with archive.open(member) as unpacked_member:
                yield unpacked_member


def _table_member(file: str, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one table in the archive."""
    members = [
        member
        for member in archive.infolist()
        if not member.is_dir() and not member.filename.startswith("__MACOSX/")
    ]
    if any(member.filename in _WORKBOOK_MEMBERS for member in members):
        raise _spreadsheet(file)
    if not members:
        raise UcdpFileEmpty(
            file, gettext_noop("the zip holds no file."), EVENT_FILE, DOWNLOAD_AGAIN
        )
    if len(members) > 1:
        names = ", ".join(member.filename for member in members[:5])
        raise UcdpArchiveAmbiguous(
            file,
            gettext_noop("the zip holds %(members)s files (%(names)s).")
            % {"members": len(members), "names": names},
            gettext_noop("a zip with one event file in it."),
            gettext_noop("Unpack it and choose the event file."),
        )
    if members[0].flag_bits & 1:
        raise UcdpFileUnreadable(
            file,
            gettext_noop("the zip is locked with a password."),
            EVENT_FILE,
            gettext_noop("Unpack it first."),
        )
    return members[0]


@contextmanager
def _reading(file: str) -> Iterator[None]:
    """Nothing; turns faults of opening, unpacking and decoding into `UcdpFileError`."""
    try:
        yield
    except EOFError:
        raise UcdpFileTruncated(
            file,
            gettext_noop("the compressed data stops in the middle."),
            gettext_noop("a complete gzip or zip file."),
            DOWNLOAD_AGAIN,
        ) from None
    except _DAMAGE as exc:
        raise UcdpFileUnreadable(
            file,
            gettext_noop("the compressed data is damaged, cut off, or packed in an unusual way."),
            gettext_noop("a complete gzip or zip file."),
            DOWNLOAD_AGAIN,
        ) from exc
    except UnicodeDecodeError as exc:
        raise _not_utf8(file) from exc
    except OSError as exc:
        reason = exc.strerror or gettext_noop("it cannot be read")
        raise UcdpFileUnreadable(
            file,
            gettext_noop("the file cannot be opened: %(reason)s.") % {"reason": reason},
            EVENT_FILE,
            gettext_noop("Check the place and the right to read it."),
        ) from exc


def _require_text(file: str, head: bytes) -> None:
    """Nothing, where the first bytes are text of some kind."""
    if not head:
        raise UcdpFileEmpty(file, gettext_noop("the file is empty."), EVENT_FILE, DOWNLOAD_AGAIN)
    if head.startswith(_UTF16):
        raise _not_utf8(file)
    if any(byte < 32 and byte not in _TEXT_CONTROLS for byte in set(head)):
        _raise_not_text(file, head)


def _raise_not_text(file: str, block: bytes) -> NoReturn:
    """Raises the error for bytes that are no text."""
    if block.startswith(_UTF16):
        raise _not_utf8(file)
    raise UcdpFileBinary(
        file,
        gettext_noop("the file is not text (an image, a programme, or a damaged download)."),
        EVENT_FILE,
        gettext_noop("Choose the event file, or download it again."),
    )


def _not_utf8(file: str) -> UcdpFileEncoding:
    return UcdpFileEncoding(
        file,
        gettext_noop("the text is not UTF-8 (perhaps Windows-1252, Latin-1 or UTF-16)."),
        gettext_noop("UTF-8, as UCDP publishes it."),
        gettext_noop("Download the original file, or save it again as UTF-8."),
    )


def _spreadsheet(file: str) -> UcdpFileSpreadsheet:
    return UcdpFileSpreadsheet(
        file,
        gettext_noop("this is a spreadsheet workbook."),
        EVENT_FILE,
        gettext_noop("Download the csv version from UCDP, or save the sheet as csv (UTF-8)."),
    )


def _too_large(file: str, max_bytes: int) -> UcdpFileTooLarge:
    return UcdpFileTooLarge(
        file,
        gettext_noop("the unpacked data is larger than %(max_bytes)s bytes.")
        % {"max_bytes": format(max_bytes, ",")},
        gettext_noop("an event file below that limit."),
        gettext_noop(
            "Check that it is the right file; then ask for a higher limit, or read it in parts."
        ),
    )
