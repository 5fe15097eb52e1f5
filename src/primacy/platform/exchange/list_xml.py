"""Records of an XML list, one at a time with the line each begins on, safe against hostile files.

Document types, entities and external references are refused before they do anything; depth, size
of a record and number of records are bounded. Each element that was not asked for is counted.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import TextIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext_noop as _

from primacy.platform.exchange.list_errors import ListFileHostile, ListFileRefused

BLOCK = 1 << 16
DEEPEST = 12
MOST_ELEMENTS = 20_000
LONGEST_RECORD = 1_000_000
MOST_RECORDS = 500_000


@dataclass
class Node:
    """An element with its text and what stands in it; what is read of it is marked as used."""

    tag: str
    line: int
    text: str = ""
    children: list["Node"] = field(default_factory=list)
    used: bool = False

    def all(self, tag: str) -> list["Node"]:
        """The elements of this name directly inside."""
        return [child for child in self.children if child.tag == tag]

    def value(self, tag: str) -> str:
        """The text of the first element of this name, with single blanks; empty without one."""
        found = self.all(tag)
        return found[0].read() if found else ""

    def read(self) -> str:
        """The own text with single blanks; the element counts as used."""
        self.used = True
        return " ".join(self.text.split())

    def unused(self, path: str = "") -> Iterator[str]:
        """The path of each element with text that nobody read."""
        here = f"{path}/{self.tag}" if path else self.tag
        if self.text.strip() and not self.used:
            yield here
        for child in self.children:
            yield from child.unused(here)


class _Target:
    """Builds the records and hands each over when it is whole; keeps no more than one."""

    def __init__(self, file: str, records: Collection[str], whole: Callable[[Node], None]) -> None:
        self.file, self.records, self.whole = file, records, whole
        self.line: Callable[[], int] = lambda: 0
        self.root: dict[str, str] = {}
        self.root_tag = ""
        self.outside: Counter[str] = Counter()
        self._open: list[Node] = []
        self._above: list[str] = []
        self._size = self._count = self._elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Called by the parser where an element begins."""
        plain = tag.rsplit("}", 1)[-1]
        if not self.root_tag:
            self.root_tag, self.root = plain, dict(attributes)
        if len(self._above) + len(self._open) >= DEEPEST:
            raise self._hostile(_("elements are nested deeper than in any list."))
        if not self._open and plain not in self.records:
            self._above.append(plain)
            return
        if not self._open:
            self._begin()
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise self._hostile(_("one record holds more elements than any list needs."))
        node = Node(plain, self.line())
        # An attribute is read, or counted as not used, like an element.
        named = {name: text for name, text in attributes.items() if not name.startswith("{")}
        node.children += [Node(f"@{name}", node.line, text) for name, text in named.items()]
        if self._open:
            self._open[-1].children.append(node)
        self._open.append(node)

    def end(self, tag: str) -> None:
        """Called by the parser where an element ends."""
        if not self._open:
            self._above.pop()
            return
        node = self._open.pop()
        if not self._open:
            self.whole(node)

    def data(self, text: str) -> None:
        """Called by the parser with text."""
        if not self._open:
            if text.strip():
                self.outside["/".join(self._above)] += 1
            return
        self._size += len(text)
        if self._size > LONGEST_RECORD:
            raise self._hostile(_("one record is longer than any list needs."))
        self._open[-1].text += text

    def close(self) -> None:
        """Called by the parser at the end."""

    def _begin(self) -> None:
        self._size = self._elements = 0
        self._count += 1
        if self._count > MOST_RECORDS:
            raise self._hostile(_("it holds more records than any list."))

    def _hostile(self, wrong: str) -> ListFileHostile:
        action = _("Download the file again from its publisher.")
        return ListFileHostile(self.file, wrong, action, self.line())


@dataclass
class XmlRead:
    """What stands around the records: the root's name and attributes, text outside any record."""

    root_tag: str
    root: dict[str, str]
    outside: Counter[str]


def read_records(
    stream: TextIO, file: str, records: Collection[str], whole: Callable[[Node], None]
) -> XmlRead:
    """What stands around the records; each record is handed to `whole` in its turn."""
    target = _Target(file, records, whole)
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    target.line = lambda: int(parser.parser.CurrentLineNumber)
    try:
        while block := stream.read(BLOCK):
            parser.feed(block)
        parser.close()
    except DefusedXmlException as problem:
        raise ListFileHostile(
            file,
            _("it declares a document type or entities, which no list needs."),
            _("Do not open it elsewhere. Download the list again from its publisher."),
            target.line(),
        ) from problem
    except ParseError as problem:
        raise ListFileRefused(
            file,
            _("the XML breaks off or is damaged (%(why)s).") % {"why": str(problem)[:120]},
            _("Download the file again: it may be cut off."),
            problem.position[0],
        ) from problem
    return XmlRead(target.root_tag, target.root, target.outside)
