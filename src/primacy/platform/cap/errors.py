"""Errors of the exchange of alerts in the Common Alerting Protocol (CAP).

CapRefused     a file, an entry or a message that is not read or not written, with every reason

Each reason is a `Problem`: where, what was expected, what stands there, what to do. Its `reason`
is a word of `Reason` that programs and tests can rely on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LONGEST_FOUND = 80
SHOWN = 5


class Reason(StrEnum):
    """Why something is refused; the words do not change between versions."""

    # The file as a whole.
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    TOO_MANY = "too_many"
    HOSTILE = "hostile"
    BAD_ENCODING = "bad_encoding"
    NOT_XML = "not_xml"
    NOT_CAP = "not_cap"
    UNKNOWN_VERSION = "unknown_version"
    WRAPPED = "wrapped"
    NO_ENTRY = "no_entry"
    NOT_EMBEDDED = "not_embedded"
    # The elements of a message.
    MISSING = "missing"
    REPEATED = "repeated"
    UNKNOWN_ELEMENT = "unknown_element"
    MARKUP_IN_TEXT = "markup_in_text"
    BAD_CHARACTER = "bad_character"
    BLANK = "blank"
    BAD_WORD = "bad_word"
    BAD_TIME = "bad_time"
    BAD_NUMBER = "bad_number"
    BAD_LIST = "bad_list"
    BAD_PAIR = "bad_pair"
    BAD_IDENTIFIER = "bad_identifier"
    BAD_REFERENCE = "bad_reference"
    BAD_LANGUAGE = "bad_language"
    BAD_URI = "bad_uri"
    BAD_BASE64 = "bad_base64"
    BAD_POLYGON = "bad_polygon"
    BAD_CIRCLE = "bad_circle"
    # What one element asks of another.
    NO_REFERENCES = "no_references"
    NO_RESTRICTION = "no_restriction"
    NO_ADDRESSES = "no_addresses"
    CEILING_ALONE = "ceiling_alone"
    NOT_ANSWERABLE = "not_answerable"
    # Differences that are carried over, never a refusal.
    MAPPED = "mapped"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: element path, what was expected, what was found, what to do."""

    path: str
    reason: Reason
    expected: str
    found: str
    action: str

    def __str__(self) -> str:
        return f"{self.path}: expected {self.expected}, found {self.found}. {self.action}"


class CapRefused(ValueError):
    """What is not read or not written; `problems` holds each reason, in document order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        shown = [str(problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            shown.append(f"And {len(self.problems) - SHOWN} more.")
        super().__init__(" ".join(shown))

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reason of each problem."""
        return tuple(problem.reason for problem in self.problems)


def shown(text: str | None) -> str:
    """The text as it can stand in a message: quoted, shortened, with nothing unprintable."""
    if text is None:
        return "nothing"
    plain = "".join(
        char if char.isprintable() else " " for char in text[: LONGEST_FOUND * 2]
    ).strip()
    if not plain:
        return "an empty element" if not text.strip() else "characters that cannot be shown"
    return f"“{plain[:LONGEST_FOUND]}…”" if len(plain) > LONGEST_FOUND else f"“{plain}”"
