"""A list file opened as text, plain or packed; what cannot be one is refused with what to do."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext_noop as _

from primacy.platform.exchange.errors import UcdpFileError, UcdpFileTooLarge
from primacy.platform.exchange.list_errors import ListFileHostile, ListFileRefused
from primacy.platform.exchange.ucdp_source import open_text

LARGEST_LIST = 120_000_000
"""Bytes of a list once unpacked; the largest of those known has a tenth of it."""


@contextmanager
def open_list(path: Path, expected: str) -> Iterator[TextIO]:
    """The text of a list file; faults of opening, unpacking and decoding come out in words."""
    action = _("Expected: %(what)s. Download the file again, or choose another.") % {
        "what": expected
    }
    try:
        with open_text(path, max_bytes=LARGEST_LIST) as opened:
            yield opened.stream
    except UcdpFileTooLarge as problem:
        raise ListFileHostile(path.name, problem.wrong, action) from problem
    except UcdpFileError as problem:
        raise ListFileRefused(path.name, problem.wrong, action) from problem


def file_hash(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file as it lies there."""
    try:
        with path.open("rb") as raw:
            digest = hashlib.file_digest(raw, "sha256").hexdigest()
            return digest, raw.tell()
    except OSError as problem:
        raise ListFileRefused(
            path.name,
            _("the file cannot be opened: %(why)s.") % {"why": problem.strerror or str(problem)},
            _("Check the place and the right to read it."),
        ) from problem
