"""The catalogue of one language: read, brought up to date, written, compiled."""

import datetime as dt
import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from language.extract import SOURCE, Message

LANGUAGES = ("fr", "ar")
_NO_DAY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_DATED = (b"#", *(b'"' + name for name in (b"POT-", b"PO-", b"Generated", b"Last-", b"Project")))
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 && n%100<=99 ? 4 : 5);",
}


def folder(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return SOURCE / "locale" / language / "LC_MESSAGES"


def load(language: str) -> Catalog:
    """The catalogue of a language as it was written last; an empty one at first."""
    path = folder(language) / "django.po"
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def renewed(language: str, messages: list[Message]) -> Catalog:
    """The catalogue with exactly these messages; what was translated before is kept.

    Nothing is guessed: a changed message is a new one, without translation.
    """
    old = load(language)
    new = Catalog(locale=language, charset="utf-8", fuzzy=False)
    new.mime_headers = _headers(language)
    for message in messages:
        known = old.get(message.texts[0], message.context)
        plural = len(message.texts) > 1
        fits = known is not None and isinstance(known.id, tuple | list) == plural
        new.add(
            message.texts if plural else message.texts[0],
            known.string if known is not None and fits else None,
            locations=[(message.file, 0)],
            context=message.context,
        )
    return new


def text_of(catalogue: Catalog) -> bytes:
    """The catalogue as a .po file: sorted and without line numbers, so that it changes little."""
    out = io.BytesIO()
    write_po(out, catalogue, sort_output=True, include_lineno=False, width=100)
    header, _, rest = out.getvalue().partition(b"\n\n")
    kept = [line for line in header.split(b"\n") if not line.startswith(_DATED)]
    return b"\n".join(kept) + b"\n\n" + rest.lstrip(b"\n").rstrip(b"\n") + b"\n"


def compiled(text: bytes, language: str) -> bytes:
    """The .mo file of a .po file: what Django reads."""
    out = io.BytesIO()
    catalogue = read_po(io.BytesIO(text), locale=language)
    # No day of making in the file: the same text always makes the same bytes.
    catalogue.creation_date = catalogue.revision_date = _NO_DAY
    write_mo(out, catalogue)
    return out.getvalue()


def translated(entry: Entry) -> bool:
    """True where every form of an entry has a text."""
    forms = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
    return all(forms)


def _headers(language: str) -> list[tuple[str, str]]:
    return [
        ("Language", language),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", PLURALS[language]),
    ]
