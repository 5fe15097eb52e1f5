"""Protected fields: padding to one size, and the form in which equal values meet. Pure."""

import unicodedata

from django.utils.translation import gettext as _

from primacy.platform.vault.errors import BadIdentity, CannotOpen

SIZES = {"name": 1024, "contact": 1024, "note": 8192}
"""Bytes of each field before sealing: always the same, so that no length is told."""

LETTERS = {"name": 200, "contact": 250, "note": 2000}
"""The longest text of each field; four bytes a letter and the length always fit its size."""

SEARCHED = ("name", "contact")
LENGTH = 4


def pad(field: str, text: str) -> bytes:
    """The text with its length in front, filled up to the size of the field."""
    if len(text) > LETTERS[field]:
        raise BadIdentity(
            _("The %(field)s may have at most %(most)d letters. Nothing was kept.")
            % {"field": field, "most": LETTERS[field]}
        )
    try:
        raw = text.encode()
    except UnicodeEncodeError as problem:
        raise BadIdentity(_("This text holds signs that cannot be kept.")) from problem
    return (len(raw).to_bytes(LENGTH, "big") + raw).ljust(SIZES[field], b"\0")


def unpad(field: str, padded: bytes) -> str:
    """The text that was filled up."""
    length = int.from_bytes(padded[:LENGTH], "big")
    if len(padded) != SIZES[field] or length > SIZES[field] - LENGTH:
        raise CannotOpen(_("What was sealed here is not a field of this kind."))
    return padded[LENGTH : LENGTH + length].decode()


def normal(text: str) -> str:
    """The form in which two spellings of the same value are equal: NFKC, case, spaces."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.split())
