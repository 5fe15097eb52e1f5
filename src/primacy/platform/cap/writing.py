"""A message as the bytes of a CAP 1.2 file, in the order of elements of the schema.

Nothing is written that breaks a rule: `validity.check` comes first.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from primacy.platform.cap.message import Area, Info, Message, NamedValue, Resource
from primacy.platform.cap.validity import check
from primacy.platform.cap.values import (
    written_circle,
    written_decimal,
    written_list,
    written_polygon,
    written_reference,
    written_time,
)

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
# A carriage return as such would be read back as a line feed.
_KEPT = {"\r": "&#13;"}


def write(message: Message) -> bytes:
    """The file in UTF-8; raises `CapRefused` with every rule that the message breaks."""
    check(message)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<alert xmlns="{NAMESPACE}">',
        *("  " + line for line in _alert(message)),
        "</alert>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _alert(message: Message) -> Iterator[str]:
    yield _line("identifier", message.identifier)
    yield _line("sender", message.sender)
    yield _line("sent", written_time(message.sent))
    yield _line("status", message.status)
    yield _line("msgType", message.msg_type)
    yield from _maybe("source", message.source)
    yield _line("scope", message.scope)
    yield from _maybe("restriction", message.restriction)
    yield from _maybe("addresses", written_list(message.addresses) or None)
    for code in message.codes:
        yield _line("code", code)
    yield from _maybe("note", message.note)
    yield from _maybe("references", " ".join(map(written_reference, message.references)) or None)
    yield from _maybe("incidents", written_list(message.incidents) or None)
    for info in message.infos:
        yield from _block("info", _info(info))


def _info(info: Info) -> Iterator[str]:
    yield from _maybe("language", info.language)
    for category in info.categories:
        yield _line("category", category)
    yield _line("event", info.event)
    for response in info.response_types:
        yield _line("responseType", response)
    yield _line("urgency", info.urgency)
    yield _line("severity", info.severity)
    yield _line("certainty", info.certainty)
    yield from _maybe("audience", info.audience)
    yield from _pairs("eventCode", info.event_codes)
    for name, time in (
        ("effective", info.effective),
        ("onset", info.onset),
        ("expires", info.expires),
    ):
        yield from _maybe(name, None if time is None else written_time(time))
    yield from _maybe("senderName", info.sender_name)
    yield from _maybe("headline", info.headline)
    yield from _maybe("description", info.description)
    yield from _maybe("instruction", info.instruction)
    yield from _maybe("web", info.web)
    yield from _maybe("contact", info.contact)
    yield from _pairs("parameter", info.parameters)
    for resource in info.resources:
        yield from _block("resource", _resource(resource))
    for area in info.areas:
        yield from _block("area", _area(area))


def _resource(resource: Resource) -> Iterator[str]:
    yield _line("resourceDesc", resource.resource_desc)
    yield _line("mimeType", resource.mime_type)
    yield from _maybe("size", None if resource.size is None else str(resource.size))
    yield from _maybe("uri", resource.uri)
    yield from _maybe("derefUri", resource.deref_uri)
    yield from _maybe("digest", resource.digest)


def _area(area: Area) -> Iterator[str]:
    yield _line("areaDesc", area.area_desc)
    for polygon in area.polygons:
        yield _line("polygon", written_polygon(polygon))
    for circle in area.circles:
        yield _line("circle", written_circle(circle))
    yield from _pairs("geocode", area.geocodes)
    for name, height in (("altitude", area.altitude), ("ceiling", area.ceiling)):
        yield from _maybe(name, None if height is None else written_decimal(height))


def _pairs(name: str, pairs: tuple[NamedValue, ...]) -> Iterator[str]:
    for pair in pairs:
        inside = [_line("valueName", pair.value_name), _line("value", pair.value)]
        yield from _block(name, iter(inside))


def _block(name: str, lines: Iterator[str]) -> Iterator[str]:
    yield f"<{name}>"
    for line in lines:
        yield "  " + line
    yield f"</{name}>"


def _maybe(name: str, text: str | None) -> Iterator[str]:
    if text is not None:
        yield _line(name, text)


def _line(name: str, text: str) -> str:
    return f"<{name}>{escape(text, _KEPT)}</{name}>"
