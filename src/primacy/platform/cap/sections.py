"""One element of a message while it is read: takes its parts out by name and notes what is wrong.

Every part is asked for once. What is required and absent is noted, and something of the right kind
is handed back so that the rest is read too: a refusal then names all that is wrong, not the first.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from primacy.platform.cap.errors import Problem, Reason, shown
from primacy.platform.cap.message import NamedValue
from primacy.platform.cap.values import BLANKS, MINUS_ZERO, BadValue, parsed_time
from primacy.platform.cap.xml_tree import Node

SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
NO_TIME = datetime(1970, 1, 1, tzinfo=MINUS_ZERO)
# CAP 1.2 asks to treat this word of CAP 1.0 as `Likely`.
OLD_WORDS = {"Very Likely": "Likely"}

Word = TypeVar("Word", bound=StrEnum)
Value = TypeVar("Value")


@dataclass
class Findings:
    """What was found wrong, and what is worth knowing though it is read."""

    version: str
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)

    def wrong(self, path: str, reason: Reason, expected: str, found: str, action: str) -> None:
        """Note a reason to refuse."""
        self.problems.append(Problem(path, reason, expected, found, action))

    def notice(self, path: str, reason: Reason, expected: str, found: str, action: str) -> None:
        """Note a difference that is no reason to refuse."""
        self.notices.append(Problem(path, reason, expected, found, action))


class Section:
    """An element with the parts that the standard knows in it."""

    def __init__(self, node: Node, path: str, findings: Findings, known: Collection[str]) -> None:
        self.path, self.findings = path, findings
        self._parts: dict[str, list[Node]] = {}
        for child in node.children:
            here = f"{path}/{child.name}"
            if child.space != node.space:
                if child.space != SIGNATURE:
                    findings.notice(
                        here,
                        Reason.LEFT_OUT,
                        "elements of CAP",
                        f"an element of {shown(child.space)}",
                        "It is left out; the rest is read.",
                    )
            elif child.name in known:
                self._parts.setdefault(child.name, []).append(child)
            else:
                findings.wrong(
                    here,
                    Reason.UNKNOWN_ELEMENT,
                    "an element that CAP knows here",
                    shown(child.name),
                    "Take it out, or carry it as a parameter.",
                )

    def each(self, name: str) -> Iterator[tuple[str, Node]]:
        """The path and element of every part of this name."""
        parts = self._parts.get(name, [])
        for number, node in enumerate(parts, start=1):
            yield self.path + f"/{name}" + (f"[{number}]" if len(parts) > 1 else ""), node

    def one(self, name: str, *, required: bool = False) -> tuple[str, str | None]:
        """The path and text of the one part of this name; no text where it is absent or empty."""
        parts = list(self.each(name))
        path = f"{self.path}/{name}"
        if len(parts) > 1:
            self.findings.wrong(
                path,
                Reason.REPEATED,
                "one element",
                f"{len(parts)} of them",
                "Keep the one that is meant.",
            )
        text = self.plain(*parts[0]) if parts else None
        if required and text is None:
            self._missing(path, "an empty element" if parts else "nothing")
        return path, text

    def plain(self, path: str, node: Node) -> str | None:
        """The text of an element; None where it is blank."""
        if node.children:
            self.findings.wrong(
                path,
                Reason.MARKUP_IN_TEXT,
                "text only",
                f"the element {shown(node.children[0].name)}",
                "Write < and & as &lt; and &amp;.",
            )
        return node.text if node.text.strip(BLANKS) else None

    def text(self, name: str) -> str | None:
        """The text as it stands, blanks and line breaks too; None where it is absent or empty."""
        return self.one(name)[1]

    def required_text(self, name: str) -> str:
        """The text as it stands of a part that must be there."""
        return self.one(name, required=True)[1] or ""

    def token(self, name: str) -> str | None:
        """The text without blanks around it."""
        text = self.one(name)[1]
        return None if text is None else text.strip(BLANKS)

    def required_token(self, name: str) -> str:
        """The text without blanks around it of a part that must be there."""
        return self.required_text(name).strip(BLANKS)

    def tokens(self, name: str) -> tuple[str, ...]:
        """The trimmed text of every part of this name that has any."""
        texts = (self.plain(path, node) for path, node in self.each(name))
        return tuple(text.strip(BLANKS) for text in texts if text is not None)

    def word(self, name: str, words: type[Word]) -> Word:
        """The word of an enumeration that must be there."""
        path, text = self.one(name, required=True)
        return (self._word(path, text, words) if text else None) or next(iter(words))

    def words(self, name: str, words: type[Word], *, required: bool = False) -> tuple[Word, ...]:
        """Every word of an enumeration, in the order in which they stand."""
        found = []
        for path, node in self.each(name):
            text = self.plain(path, node)
            if text and (word := self._word(path, text, words)):
                found.append(word)
        if required and not found and not any(self.each(name)):
            self._missing(f"{self.path}/{name}", "nothing")
        return tuple(found)

    def _word(self, path: str, text: str, words: type[Word]) -> Word | None:
        plain = text.strip(BLANKS)
        meant = OLD_WORDS.get(plain, plain)
        try:
            word = words(meant)
        except ValueError:
            self.findings.wrong(
                path,
                Reason.BAD_WORD,
                "one of " + ", ".join(words),
                shown(plain),
                "Write the word as the standard does.",
            )
            return None
        if meant != plain:
            self.findings.notice(path, Reason.MAPPED, word, shown(plain), f"It is read as {word}.")
        return word

    def time(self, name: str) -> datetime | None:
        """The time of a part that may be absent."""
        path, text = self.one(name)
        return None if text is None else self._time(path, text)

    def required_time(self, name: str) -> datetime:
        """The time of a part that must be there."""
        path, text = self.one(name, required=True)
        return (self._time(path, text) if text else None) or NO_TIME

    def _time(self, path: str, text: str) -> datetime | None:
        def parsed(plain: str) -> datetime:
            time, strange = parsed_time(plain)
            if strange and self.findings.version == "1.2":
                self.findings.notice(
                    path,
                    Reason.BAD_TIME,
                    "a time without Z and fractions",
                    strange,
                    "It is read to the second, with the zone of UTC as -00:00.",
                )
            return time

        return self.converted(path, text, parsed)

    def converted(
        self, path: str, text: str | None, conversion: Callable[[str], Value]
    ) -> Value | None:
        """What the conversion makes of the text; None where it is absent or not of its form."""
        if text is None:
            return None
        plain = text.strip(BLANKS)
        try:
            return conversion(plain)
        except BadValue as bad:
            self.findings.wrong(path, bad.reason, bad.expected, shown(plain), bad.action)
            return None

    def every(self, name: str, conversion: Callable[[str], Value]) -> tuple[Value, ...]:
        """What the conversion makes of every part of this name that has text."""
        found = (
            self.converted(path, self.plain(path, node), conversion)
            for path, node in self.each(name)
        )
        return tuple(value for value in found if value is not None)

    def pairs(self, name: str) -> tuple[NamedValue, ...]:
        """The named values of this name; an element with nothing at all in it is passed over."""
        found = []
        for path, node in self.each(name):
            if self.findings.version == "1.0" and not node.children:
                pair = self._old_pair(path, node.text)
            else:
                pair = self._pair(path, node)
            if pair:
                found.append(pair)
        return tuple(found)

    def _pair(self, path: str, node: Node) -> NamedValue | None:
        if not any(part.text.strip(BLANKS) for part in node.inside()):
            return None
        part = Section(node, path, self.findings, ("valueName", "value"))
        name = part.required_token("valueName")
        if not any(part.each("value")):
            part._missing(f"{path}/value", "nothing")
        return NamedValue(name, part.token("value") or "")

    def _old_pair(self, path: str, text: str) -> NamedValue | None:
        if not text.strip(BLANKS):
            return None
        name, equals, value = text.partition("=")
        if not equals or not name.strip(BLANKS):
            self.findings.wrong(
                path, Reason.BAD_PAIR, "name=value, as CAP 1.0 writes it", shown(text), "Name it."
            )
            return None
        return NamedValue(name.strip(BLANKS), value.strip(BLANKS))

    def _missing(self, path: str, found: str) -> None:
        self.findings.wrong(
            path,
            Reason.MISSING,
            "an element that every message must have",
            found,
            "Ask the sender to fill it in.",
        )
