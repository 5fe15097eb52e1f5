"""The elements of an XML file from outside, read without trusting it.

Document types, entities and external references are refused before they do anything; size, depth
and number of elements are bounded. Nothing is fetched: style sheets, schema locations and XInclude
are never followed. A declared encoding other than UTF-8 is decoded here, from a closed list.
"""

import codecs
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from primacy.platform.cap.errors import CapRefused, Problem, Reason, shown

LARGEST = 16 * 1024 * 1024
DEEPEST = 32
MOST_ELEMENTS = 200_000

_GZIP = b"\x1f\x8b"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']"""
)
# Encodings of text only: Python also knows transformations that hide what is written.
_KNOWN = re.compile(
    r"ascii|utf-?8(-sig)?|utf-?(16|32)(-[lb]e)?|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|tis-620|"
    r"shift_jis\w*|euc_\w+|iso2022_\w+|gb\w+|hz|big5\w*|johab"
)


@dataclass(slots=True)
class Node:
    """An element: namespace, name, own text, and the elements in it."""

    space: str
    name: str
    text: str = ""
    children: list["Node"] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)

    def all(self, name: str) -> list["Node"]:
        """The elements of this name directly inside, whatever their namespace."""
        return [child for child in self.children if child.name == name]

    def value(self, name: str) -> str:
        """The trimmed text of the first element of this name; empty without one."""
        for child in self.children:
            if child.name == name:
                return child.text.strip()
        return ""

    def inside(self) -> Iterator["Node"]:
        """Every element in it, in document order."""
        waiting = list(reversed(self.children))
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


def refusal(reason: Reason, expected: str, found: str, action: str, path: str = "/") -> CapRefused:
    """One refusal of a file or of a part of it as a whole."""
    return CapRefused([Problem(path, reason, expected, found, action)])


def tree_of(data: bytes | str) -> Node:
    """The root element; raises `CapRefused` where the file is no XML or could do harm."""
    text = data if isinstance(data, str) else _decoded(_unpacked(data))
    tree = _Tree()
    parser = DefusedXMLParser(target=tree, forbid_dtd=True)
    try:
        parser.feed(text)
        parser.close()
    except DefusedXmlException as problem:
        raise refusal(
            Reason.HOSTILE,
            "XML without a document type or entities",
            "a document type or entities",
            "Do not open the file elsewhere. Ask its sender for the plain message.",
        ) from problem
    except (ParseError, ValueError) as problem:
        if isinstance(problem, CapRefused):
            raise
        raise refusal(
            Reason.NOT_XML,
            "a whole and well-formed XML file",
            shown(str(problem)),
            "Ask for the file again: it is cut off, damaged or of another kind.",
        ) from problem
    if tree.root is None:
        raise refusal(Reason.NOT_XML, "an XML file", "nothing", "Ask for the file again.")
    return tree.root


class _Tree:
    """Builds the elements as the parser meets them, and stops at the bounds."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self._texts: list[list[str]] = []
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Called by the parser where an element begins."""
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise refusal(
                Reason.TOO_MANY,
                f"at most {MOST_ELEMENTS:,} elements",
                "more",
                "Ask for the alerts in several files.",
            )
        if len(self._open) >= DEEPEST:
            raise refusal(
                Reason.TOO_DEEP,
                f"elements nested at most {DEEPEST} deep",
                "deeper",
                "No alert is built like this. Ask for the file again.",
            )
        space, _, name = tag.rpartition("}")
        node = Node(space.removeprefix("{"), name, attributes=attributes)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)
        self._texts.append([])

    def end(self, tag: str) -> None:
        """Called by the parser where an element ends."""
        self._open.pop().text = "".join(self._texts.pop())

    def data(self, text: str) -> None:
        """Called by the parser with text."""
        if self._texts:
            self._texts[-1].append(text)

    def close(self) -> None:
        """Called by the parser at the end."""


def _unpacked(data: bytes) -> bytes:
    """The bytes, out of gzip where they are packed; never more than the largest file."""
    if data.startswith(_GZIP):
        stream = zlib.decompressobj(wbits=31)
        try:
            data = stream.decompress(data, LARGEST + 1)
        except zlib.error as problem:
            raise refusal(
                Reason.NOT_XML, "a whole gzip file", "a damaged one", "Ask for the file again."
            ) from problem
        if len(data) <= LARGEST and not stream.eof:
            raise refusal(
                Reason.NOT_XML, "a whole gzip file", "one cut off", "Ask for the file again."
            )
    if len(data) > LARGEST:
        raise refusal(
            Reason.TOO_LARGE,
            f"at most {LARGEST // 1024**2} MiB",
            "a larger file",
            "Ask for the alerts in several files, and large attachments as links.",
        )
    return data


def _decoded(data: bytes) -> str:
    """The text, by its byte order mark, by the encoding it declares, or as UTF-8."""
    name = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not name:
        declared = _DECLARED.match(data)
        name = declared.group(1).decode("ascii") if declared else "utf-8"
    try:
        known = codecs.lookup(name).name
        if not _KNOWN.fullmatch(known):
            raise LookupError(known)
        return data.decode(known)
    except (LookupError, ValueError) as problem:
        raise refusal(
            Reason.BAD_ENCODING,
            "text in UTF-8 or in the encoding that the file declares",
            f"bytes that are not {shown(name)}",
            "Ask for the file in UTF-8.",
        ) from problem
