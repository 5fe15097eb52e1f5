"""The alerts of a file that holds many: Atom feed, RSS feed, EDXL distribution; or of one alert.

Each entry is read or refused by itself, with its reasons: one bad alert does not cost the others.
An index that only links to its alerts is reported entry by entry; no link is ever fetched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from primacy.platform.cap.errors import CapRefused, Problem, Reason, shown
from primacy.platform.cap.message import Message, Received
from primacy.platform.cap.reading import received
from primacy.platform.cap.xml_tree import Node, refusal, tree_of

# Feeds also carry an alert as escaped text of their own elements.
TEXTS = ("content", "summary", "description", "encoded")
_BEGINS_AS_ALERT = re.compile(r"\s*<(\?xml|([A-Za-z][\w.-]*:)?alert\b)")
_KINDS = {
    "alert": ("cap", ""),
    "feed": ("atom", "entry"),
    "rss": ("rss", "item"),
    "rdf": ("rss", "item"),
    "edxldistribution": ("edxl-de", "contentobject"),
}


@dataclass(frozen=True)
class Entry:
    """One entry of a file: what was read of it, or why it was refused."""

    path: str
    name: str
    """What the entry calls itself: its id, or its title."""
    link: str
    """Where it says that the alert can be had; for a person to decide on."""
    received: Received | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Collection:
    """Every entry of a file, in its order."""

    kind: str
    """`cap`, `atom`, `rss` or `edxl-de`."""
    entries: tuple[Entry, ...]

    @property
    def messages(self) -> tuple[Message, ...]:
        """The messages that were read."""
        return tuple(entry.received.message for entry in self.entries if entry.received)

    @property
    def refused(self) -> tuple[Entry, ...]:
        """The entries that were not read."""
        return tuple(entry for entry in self.entries if entry.received is None)


def read_all(data: bytes) -> Collection:
    """Every alert of a file; raises `CapRefused` only where the file as a whole cannot be read."""
    root = tree_of(data)
    kind, each = _KINDS.get(root.name.lower(), ("", ""))
    if kind == "cap":
        return Collection(kind, (_entry(root, root, "alert"),))
    if not kind:
        raise refusal(
            Reason.NOT_CAP,
            "a CAP alert, an Atom or RSS feed or an EDXL distribution",
            f"the element {shown(root.name)}",
            "Check that this is the right file.",
        )
    return Collection(kind, tuple(_entries(root, each)))


def _entries(root: Node, each: str) -> Iterator[Entry]:
    number = 0
    for node in _without(root, each):
        if node.name == "alert":
            # Feeds may hold other markup: an alert beside the entries is not passed over.
            yield _entry(root, node, f"{root.name}/alert")
            continue
        number += 1
        path = f"{root.name}/{node.name}[{number}]"
        try:
            alerts = list(_alerts(node))
        except CapRefused as refused:
            yield _refused(node, path, refused.problems)
            continue
        for alert in alerts:
            yield _entry(node, alert, path)
        if not alerts:
            yield _refused(node, path, (_not_embedded(path),))


def _without(root: Node, each: str) -> Iterator[Node]:
    """The entries, and the alerts that stand in none; nothing inside of either."""
    waiting = list(reversed(root.children))
    while waiting:
        node = waiting.pop()
        if node.name == "alert" or node.name.lower() == each:
            yield node
        else:
            waiting.extend(reversed(node.children))


def _alerts(entry: Node) -> Iterator[Node]:
    waiting = list(reversed(entry.children))
    while waiting:
        node = waiting.pop()
        if node.name == "alert":
            yield node
        elif node.name in TEXTS and _BEGINS_AS_ALERT.match(node.text):
            yield tree_of(node.text.strip())
        else:
            waiting.extend(reversed(node.children))


def _entry(node: Node, alert: Node, path: str) -> Entry:
    try:
        found = received(alert)
    except CapRefused as refused:
        return _refused(node, path, refused.problems)
    return Entry(path, _name(node), _link(node), found)


def _refused(node: Node, path: str, problems: tuple[Problem, ...]) -> Entry:
    return Entry(path, _name(node), _link(node), None, problems)


def _not_embedded(path: str) -> Problem:
    return Problem(
        path,
        Reason.NOT_EMBEDDED,
        "the alert itself",
        "an entry without one",
        "Get the alert by the link of the entry, after checking where it leads.",
    )


def _name(node: Node) -> str:
    names = ("id", "guid", "identifier", "contentDescription", "title")
    return next((text for name in names if (text := node.value(name))), "")


def _link(node: Node) -> str:
    links = node.all("link")
    meant = [link for link in links if link.attributes.get("type") == "application/cap+xml"]
    for link in meant or links:
        return (link.attributes.get("href") or link.text).strip()
    return ""
