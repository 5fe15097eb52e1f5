"""A CAP message of version 1.0, 1.1 or 1.2 from the bytes of a file.

What is unambiguous though not in the letter of the standard (order of elements, `Z` for UTC, blanks
around a word) is read; what is ambiguous or missing is refused, with everything that is wrong.
The rules beyond the form of each element are those of `validity`.
"""

from primacy.platform.cap.errors import CapRefused, Problem, Reason, shown
from primacy.platform.cap.message import (
    Area,
    Category,
    Certainty,
    Info,
    Message,
    MsgType,
    Received,
    Resource,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
)
from primacy.platform.cap.sections import SIGNATURE, Findings, Section
from primacy.platform.cap.validity import problems_of
from primacy.platform.cap.values import (
    parsed_circle,
    parsed_decimal,
    parsed_list,
    parsed_polygon,
    parsed_reference,
    parsed_whole,
)
from primacy.platform.cap.xml_tree import Node, refusal, tree_of

VERSIONS = {
    "urn:oasis:names:tc:emergency:cap:1.2": "1.2",
    "urn:oasis:names:tc:emergency:cap:1.1": "1.1",
    "http://www.incident.com/cap/1.0": "1.0",
}
WRAPPERS = ("feed", "rss", "rdf", "edxldistribution")
# Kept as they are when they come in: a warning is not lost for a link or a language code.
TOLERATED = {Reason.BAD_URI, Reason.BAD_LANGUAGE, Reason.CEILING_ALONE}
LARGEST_TEXT = 2 * 1024 * 1024
"""Characters of one alert without its attached files; a very detailed one has some 100,000."""
UNKNOWN_TYPE = "application/octet-stream"

_ALERT = (
    "identifier sender sent status msgType password source scope restriction addresses code note"
    " references incidents info"
).split()
_INFO = (
    "language category event responseType urgency severity certainty audience eventCode effective"
    " onset expires senderName headline description instruction web contact parameter resource area"
).split()
_RESOURCE = "resourceDesc mimeType size uri derefUri digest".split()
_AREA = "areaDesc polygon circle geocode altitude ceiling".split()


def read(data: bytes) -> Received:
    """The message of a file that holds one alert; raises `CapRefused` with every reason."""
    root = tree_of(data)
    if root.name.lower() in WRAPPERS:
        raise refusal(
            Reason.WRAPPED,
            "one alert",
            f"a collection ({shown(root.name)})",
            "Read it as a collection.",
        )
    return received(root)


def received(alert: Node) -> Received:
    """The message of an `alert` element; raises `CapRefused` with every reason."""
    findings = Findings(_version(alert))
    if sum(len(node.text) for node in alert.inside() if node.name != "derefUri") > LARGEST_TEXT:
        raise refusal(
            Reason.TOO_LARGE,
            f"at most {LARGEST_TEXT:,} characters beside attached files",
            "more",
            "Ask for simpler outlines and shorter text.",
            path="alert",
        )
    message = _message(alert, findings)
    if not findings.problems:
        for problem in problems_of(message):
            kept = findings.notices if problem.reason in TOLERATED else findings.problems
            kept.append(problem)
    if findings.problems:
        raise CapRefused(findings.problems)
    signed = any(node.space == SIGNATURE for node in alert.inside())
    return Received(message, findings.version, signed, tuple(findings.notices))


def _version(alert: Node) -> str:
    if alert.name != "alert":
        raise refusal(
            Reason.NOT_CAP,
            "an alert of the Common Alerting Protocol",
            f"the element {shown(alert.name)}",
            "Check that this is the right file.",
        )
    version = VERSIONS.get(alert.space.strip())
    if version is None:
        raise refusal(
            Reason.UNKNOWN_VERSION,
            "the namespace of CAP 1.0, 1.1 or 1.2",
            shown(alert.space) if alert.space else "no namespace",
            "Ask the sender for CAP 1.2.",
            path="alert",
        )
    return version


def _message(node: Node, findings: Findings) -> Message:
    part = Section(node, "alert", findings, _ALERT)
    _old_password(part)
    path, references = part.one("references")
    split = [part.converted(path, text, parsed_reference) for text in (references or "").split()]
    return Message(
        identifier=part.required_token("identifier"),
        sender=part.required_token("sender"),
        sent=part.required_time("sent"),
        status=part.word("status", Status),
        msg_type=part.word("msgType", MsgType),
        scope=part.word("scope", Scope),
        source=part.text("source"),
        restriction=part.text("restriction"),
        addresses=parsed_list(part.text("addresses") or ""),
        codes=part.tokens("code"),
        note=part.text("note"),
        references=tuple(reference for reference in split if reference),
        incidents=parsed_list(part.text("incidents") or ""),
        infos=tuple(_info(info, path, findings) for path, info in part.each("info")),
    )


def _old_password(part: Section) -> None:
    """CAP 1.0 had a password; later versions have none, and it is not kept."""
    for path, _ in part.each("password"):
        if part.findings.version == "1.0":
            part.findings.notice(
                path, Reason.LEFT_OUT, "no password", "one", "It is left out; the rest is read."
            )
        else:
            part.findings.wrong(
                path,
                Reason.UNKNOWN_ELEMENT,
                "an element that CAP knows here",
                shown("password"),
                "Take it out.",
            )


def _info(node: Node, path: str, findings: Findings) -> Info:
    part = Section(node, path, findings, _INFO)
    return Info(
        language=part.token("language"),
        categories=part.words("category", Category, required=True),
        event=part.required_text("event"),
        response_types=part.words("responseType", ResponseType),
        urgency=part.word("urgency", Urgency),
        severity=part.word("severity", Severity),
        certainty=part.word("certainty", Certainty),
        audience=part.text("audience"),
        event_codes=part.pairs("eventCode"),
        effective=part.time("effective"),
        onset=part.time("onset"),
        expires=part.time("expires"),
        sender_name=part.text("senderName"),
        headline=part.text("headline"),
        description=part.text("description"),
        instruction=part.text("instruction"),
        web=part.token("web"),
        contact=part.text("contact"),
        parameters=part.pairs("parameter"),
        resources=tuple(_resource(child, at, findings) for at, child in part.each("resource")),
        areas=tuple(_area(child, at, findings) for at, child in part.each("area")),
    )


def _resource(node: Node, path: str, findings: Findings) -> Resource:
    part = Section(node, path, findings, _RESOURCE)
    mime_type = part.token("mimeType")
    if mime_type is None and findings.version != "1.2":
        mime_type = UNKNOWN_TYPE
        findings.notices.append(
            Problem(
                f"{path}/mimeType",
                Reason.MAPPED,
                "a media type, as CAP 1.2 has it",
                "nothing",
                f"It is read as {UNKNOWN_TYPE}.",
            )
        )
    return Resource(
        resource_desc=part.required_text("resourceDesc"),
        mime_type=mime_type or part.required_token("mimeType"),
        size=part.converted(*part.one("size"), parsed_whole),
        uri=part.token("uri"),
        deref_uri=part.token("derefUri"),
        digest=part.token("digest"),
    )


def _area(node: Node, path: str, findings: Findings) -> Area:
    part = Section(node, path, findings, _AREA)
    return Area(
        area_desc=part.required_text("areaDesc"),
        polygons=part.every("polygon", parsed_polygon),
        circles=part.every("circle", parsed_circle),
        geocodes=part.pairs("geocode"),
        altitude=part.converted(*part.one("altitude"), parsed_decimal),
        ceiling=part.converted(*part.one("ceiling"), parsed_decimal),
    )
