"""Unpacking without harm: limits on entries, sizes and ratios, no paths that leave the folder."""

import gzip
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext_noop

from primacy.platform.imports.errors import TooLarge
from primacy.rooms.places.imports.errors import FileUnreadable, HostileArchive

UNPACKED_LIMIT = 500_000_000
TEXT_LIMIT = 100_000_000
"""Bytes of GeoJSON: text is read as a whole, and takes several times its size."""
ENTRY_LIMIT = 200
RATIO_LIMIT = 200
RATIO_FROM = 10_000_000
"""Ratios are looked at above this size: a small, mostly empty .dbf packs very tightly."""
BLOCK = 1 << 20

WANTED = (".shp", ".shx", ".dbf", ".prj", ".cpg", ".gpkg", ".geojson", ".json")
"""Only these are unpacked; everything else in a zip is left alone."""


def gunzipped(path: Path) -> bytes:
    """The bytes of a gzip file, up to the limit."""
    parts: list[bytes] = []
    total = 0
    try:
        with gzip.open(path) as handle:
            while block := handle.read(BLOCK):
                total += len(block)
                _check_growth(path.name, path.name, total, path.stat().st_size)
                if total > TEXT_LIMIT:
                    raise too_much_text(path.name)
                parts.append(block)
    except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
        raise FileUnreadable(
            path.name,
            gettext_noop("The compressed file stops early or is damaged."),
            gettext_noop("Download or copy it again."),
        ) from problem
    return b"".join(parts)


def text_of(path: Path, shown: str) -> bytes:
    """The bytes of a text file that is small enough to be read as a whole."""
    if path.stat().st_size > TEXT_LIMIT:
        raise too_much_text(shown)
    return path.read_bytes()


def too_much_text(file: str) -> TooLarge:
    """The refusal of more text than is read."""
    return TooLarge(
        gettext_noop(
            "%(file)s: it holds more than %(size)s MB of text. Nothing was changed. Simplify its "
            "lines, or save it as GeoPackage."
        )
        % {"file": file, "size": TEXT_LIMIT // 1_000_000}
    )


def unzipped(path: Path, into: Path) -> list[Path]:
    """The map files of a zip, unpacked into a folder under plain names."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRY_LIMIT:
                raise HostileArchive(
                    path.name,
                    gettext_noop(
                        "The zip holds %(entries)s entries; a map file has at most %(entry_limit)s."
                    )
                    % {"entries": len(entries), "entry_limit": ENTRY_LIMIT},
                    gettext_noop("Pack only the files of one layer."),
                )
            for entry in entries:
                _check_entry(path.name, entry)
            wanted = [e for e in entries if _wanted(e)]
            return _unpack(path, archive, wanted, into)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as problem:
        raise FileUnreadable(
            path.name,
            gettext_noop("The zip is damaged, or packed in a way that cannot be read."),
            gettext_noop("Download or pack it again."),
        ) from problem


def _wanted(entry: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(entry.filename)
    hidden = name.name.startswith(".") or "__MACOSX" in name.parts
    return not entry.is_dir() and not hidden and name.suffix.lower() in WANTED


def _check_entry(file: str, entry: zipfile.ZipInfo) -> None:
    """Refuses paths that leave the folder, links and encrypted entries."""
    # zipfile turns backslashes into slashes on some systems only, so both are looked at.
    name = entry.filename.replace("\\", "/")
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or (parts and parts[0].endswith(":")):
        raise HostileArchive(
            file,
            gettext_noop("The zip holds the path '%(filename)s', which leads out of its folder.")
            % {"filename": entry.filename[:80]},
            gettext_noop("Do not use this file; ask its publisher for a clean one."),
        )
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise HostileArchive(
            file,
            gettext_noop("'%(filename)s' in the zip is a link to another place.")
            % {"filename": entry.filename[:80]},
            gettext_noop("Pack the file itself, not a link."),
        )
    if entry.flag_bits & 0x1:
        raise FileUnreadable(
            file,
            gettext_noop("The zip is locked with a password."),
            gettext_noop("Pack it without one."),
        )


def _unpack(
    path: Path, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], into: Path
) -> list[Path]:
    """The unpacked files. Sizes are counted while unpacking: the list in a zip may lie."""
    total = 0
    unpacked: list[Path] = []
    for entry in entries:
        inner = PurePosixPath(entry.filename)
        target = into / (inner.stem + inner.suffix.lower())
        if target.exists():
            raise FileUnreadable(
                path.name,
                gettext_noop("The zip holds two files called '%(inner)s'.") % {"inner": inner.name},
                gettext_noop("Pack one layer per zip."),
            )
        size = 0
        with archive.open(entry) as packed, target.open("wb") as plain:
            while block := packed.read(BLOCK):
                size += len(block)
                total += len(block)
                _check_growth(path.name, entry.filename, size, entry.compress_size)
                _check_growth(path.name, entry.filename, total, path.stat().st_size)
                plain.write(block)
        unpacked.append(target)
    return unpacked


def _check_growth(file: str, entry: str, unpacked: int, packed: int) -> None:
    """Refuses what grows beyond all measure while it is unpacked."""
    if unpacked > UNPACKED_LIMIT or (
        unpacked > RATIO_FROM and unpacked > RATIO_LIMIT * max(packed, 1)
    ):
        raise HostileArchive(
            file,
            gettext_noop("'%(entry)s' unpacks to more than %(unpacked)s MB from %(packed)s kB.")
            % {"entry": entry[:80], "unpacked": unpacked // 1_000_000, "packed": packed // 1000},
            gettext_noop(
                "Give a file that unpacks to less than %(unpacked_limit)s MB and less "
                "than %(ratio_limit)s times its packed size."
            )
            % {"unpacked_limit": UNPACKED_LIMIT // 1_000_000, "ratio_limit": RATIO_LIMIT},
        )
