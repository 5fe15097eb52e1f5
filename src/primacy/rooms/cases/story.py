"""The story of a case as safe markup: headings, paragraphs, bold, lists, and marks of facts."""

import re
from collections.abc import Callable, Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Address = Callable[[str], str]
"""The address of a fact by its reference."""

_MARK = re.compile(r"\[([a-z]{2,8}-[0-9]{1,6})\]")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_ITEM = re.compile(r"^[-*]\s+(.*)$")


def story_title(text: str) -> str:
    """The story's own title, from its first heading; empty where it has none."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    heading = _HEADING.match(first)
    return heading.group(2).strip() if heading else ""


def story_markup(text: str, address: Address) -> SafeString:
    """The story below its title as HTML: everything is escaped before any tag is made."""
    parts = [_element(kind, lines, address) for kind, lines in _blocks(text)]
    return mark_safe("\n".join(parts))  # noqa: S308 - every text in it went through `escape`


def marked(text: str, address: Address) -> SafeString:
    """One line as HTML with bold words, and marks such as [tl-012] linked to their facts."""
    safe = _BOLD.sub(r"<strong>\1</strong>", escape(text))
    linked = _MARK.sub(lambda found: _link(found.group(1), address), safe)
    return mark_safe(linked)  # noqa: S308 - escaped above; a mark holds letters, digits, a hyphen


def cited(text: str) -> list[str]:
    """The references of all facts the text names, each once, in order."""
    return list(dict.fromkeys(_MARK.findall(text)))


def _link(reference: str, address: Address) -> str:
    return f'<a class="mark-link" href="{escape(address(reference))}">{reference}</a>'


def _element(kind: str, lines: list[str], address: Address) -> str:
    if kind == "list":
        items = "".join(f"<li>{marked(line, address)}</li>" for line in lines)
        return f"<ul>{items}</ul>"
    return f"<{kind}>{marked(' '.join(lines), address)}</{kind}>"


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each block of the text with the element it becomes: h2, h3, p or list."""
    kind, lines, title_seen = "", list[str](), False
    for raw in [*text.splitlines(), ""]:
        line = raw.strip()
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if (heading or not line or (item and kind != "list")) and lines:
            yield kind, lines
            kind, lines = "", []
        if heading:
            if title_seen or len(heading.group(1)) > 1:
                yield ("h2" if len(heading.group(1)) <= 2 else "h3"), [heading.group(2)]
            title_seen = True
        elif item:
            kind = "list"
            lines.append(item.group(1))
        elif line and kind == "list":
            lines[-1] += " " + line
        elif line:
            kind = "p"
            lines.append(line)
