"""Shapes and days that the tests of drawings share."""

import datetime as dt
from xml.etree import ElementTree as ET

from primacy.faces.web.svg import AreaShape, Svg

NS = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("1")</script>&amp;\x00\ufffe\'"]]>'


def parsed(drawing: Svg) -> ET.Element:
    """The drawing read as XML: fails where it is not well formed."""
    return ET.fromstring(drawing)


def square(key: str, name: str, west: float = 0.0, href: str | None = None) -> AreaShape:
    """An area of one degree by one."""
    ring = [(west, 0.0), (west + 1, 0.0), (west + 1, 1.0), (west, 1.0), (west, 0.0)]
    return AreaShape(key, name, [[ring]], href)


def day(year: int, month: int = 1, of_month: int = 1) -> dt.date:
    """A day."""
    return dt.date(year, month, of_month)
