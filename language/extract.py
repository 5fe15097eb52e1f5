"""Every message of the source: Python, templates, and the nouns that stand beside figures."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "primacy"
STANDARD = ROOT / "data" / "standards" / "default.json"
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "later": None,
    "Sentence": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "Counted": (1, 2),
    "noun": (1, 2),
    "pgettext": ((1, "c"), 2),  # type: ignore[dict-item]
    "pgettext_lazy": ((1, "c"), 2),  # type: ignore[dict-item]
}
_REMARK = re.compile(r"{#.*?#}", re.S)


@dataclass(frozen=True)
class Message:
    """One message: its text, or both forms of a text with a count, and its context."""

    texts: tuple[str, ...]
    context: str | None
    file: str

    @property
    def key(self) -> tuple[str, str | None]:
        """What tells it from other messages."""
        return self.texts[0], self.context


def messages(source: Path = SOURCE) -> list[Message]:
    """Every message of the source, one for each text and context, in the order of files."""
    found: dict[tuple[str, str | None], Message] = {}
    for message in (*_python(source), *_templates(source), *_standard()):
        known = found.get(message.key)
        if known is None or len(message.texts) > len(known.texts):
            found[message.key] = message
    return list(found.values())


def _python(source: Path) -> Iterator[Message]:
    for path in sorted(source.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _read(path.read_bytes(), path)


def _templates(source: Path) -> Iterator[Message]:
    for path in sorted(source.rglob("*.html")):
        text = _REMARK.sub("", path.read_text())
        # What is left of a template is no Python program: on one line, no indentation can be wrong.
        calls = " ".join(templatize(text).split("\n"))
        yield from _read(calls.encode(), path)


def _standard() -> Iterator[Message]:
    """The words of the default standard that a board shows."""
    standard = json.loads(STANDARD.read_text(encoding="utf-8"))
    for criterion in standard["criteria"]:
        for text in (criterion["label"], criterion["dimension"]):
            yield Message((text,), None, STANDARD.relative_to(ROOT).as_posix())


def _read(program: bytes, path: Path) -> Iterator[Message]:
    file = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    for _line, texts, _comments, context in extract(
        "python", io.BytesIO(program), keywords=KEYWORDS, options={"encoding": "utf-8"}
    ):
        said = (texts,) if isinstance(texts, str) else tuple(text for text in texts if text)
        if said and said[0]:
            yield Message(said, context, file)
