"""Escaped SVG text: the only place where strings become markup."""

import hashlib
import re
from html import escape

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAFE_HREF = re.compile(r"^(?:https?://|/|\?|#|\.{0,2}/)", re.IGNORECASE)


class Svg(str):
    """Markup that is already escaped; templates print it as it is."""

    __slots__ = ()

    def __add__(self, other: str) -> "Svg":
        """Both pieces of markup; the other is escaped where it is not markup yet."""
        return Svg(str(self) + str(other if isinstance(other, Svg) else text_of(other)))

    def __html__(self) -> str:
        """The markup itself: it needs no second escaping."""
        return str(self)


def text_of(value: object) -> Svg:
    """The value as text inside an element: escaped, without characters XML refuses."""
    return Svg(escape(_NOT_XML.sub("", str(value)), quote=True))


def element(name: str, *children: str, **attributes: object) -> Svg:
    """One element. Children that are not `Svg` are escaped; attributes that are None are left out.

    Attribute names are written with underscores for hyphens and for the end of Python's own
    words: `class_`, `stroke_width`.
    """
    pairs = "".join(
        f' {_attribute(key)}="{text_of(_value(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(child if isinstance(child, Svg) else text_of(child) for child in children)
    return Svg(f"<{name}{pairs}>{inner}</{name}>" if inner else f"<{name}{pairs}/>")


def link(href: str | None, content: Svg, label: str | None = None) -> Svg:
    """The content inside a link; bare where there is no address of a web page."""
    if not href or not _SAFE_HREF.match(href):
        return content
    return element("a", content, href=href, aria_label=label)


def document(
    *children: str, width: float, height: float, title: str, desc: str, class_: str
) -> Svg:
    """A whole drawing with its title and description, which scales with the width it is given.

    A drawing with links is a group, since an image hides what is inside it from assistive tools.
    """
    mark = short_id(title, desc, *children)
    linked = any("<a " in child for child in children)
    return element(
        "svg",
        element("title", title, id=f"t{mark}"),
        element("desc", desc, id=f"d{mark}"),
        *children,
        xmlns=SVG_NAMESPACE,
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=number(width),
        height=number(height),
        class_=f"chart {class_}",
        role="group" if linked else "img",
        aria_labelledby=f"t{mark} d{mark}",
        font_family=FONT,
        font_size="12",
        fill="#14191f",
    )


def short_id(*parts: str) -> str:
    """An id of the content: equal drawings are equal bytes, and others never clash."""
    content = "\0".join(map(str, parts)).encode("utf-8", "replace")
    return hashlib.blake2s(content, digest_size=5).hexdigest()


def number(value: float) -> str:
    """A coordinate to a tenth, without needless zeros."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _value(value: object) -> object:
    return number(value) if isinstance(value, float) else value
