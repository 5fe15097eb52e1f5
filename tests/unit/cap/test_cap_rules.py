"""Each rule of the standard, broken by itself, is told by its reason and path."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cap_messages import ATTACK, SENT, message

from primacy.platform.cap import (
    Area,
    CapRefused,
    Circle,
    Info,
    Message,
    MsgType,
    NamedValue,
    Point,
    Reason,
    Reference,
    Resource,
    Scope,
    check,
    problems_of,
)

SQUARE = (Point(0, 0), Point(0, 1), Point(1, 1), Point(0, 0))


def with_info(**changes: object) -> Message:
    return message(infos=(replace(ATTACK, **changes),))  # type: ignore[arg-type]


def with_area(**changes: object) -> Message:
    return with_info(areas=(Area("x", **changes),))  # type: ignore[arg-type]


def with_resource(**changes: object) -> Message:
    fields: dict[str, object] = {"resource_desc": "map", "mime_type": "image/png"}
    return with_info(resources=(Resource(**(fields | changes)),))  # type: ignore[arg-type]


BROKEN = [
    (message(identifier=""), "alert/identifier", Reason.MISSING),
    *[
        (message(identifier=f"a{letter}b"), "alert/identifier", Reason.BAD_IDENTIFIER)
        for letter in (" ", ",", "<", "&", "\n", "\u00a0")
    ],
    (message(sender="a,b"), "alert/sender", Reason.BAD_IDENTIFIER),
    (message(sent=datetime(2026, 1, 1)), "alert/sent", Reason.BAD_TIME),
    (message(sent=SENT.replace(microsecond=1)), "alert/sent", Reason.BAD_TIME),
    (
        message(sent=SENT.astimezone(timezone(timedelta(seconds=30)))),
        "alert/sent",
        Reason.BAD_TIME,
    ),
    (message(sent=SENT.astimezone(timezone(timedelta(hours=15)))), "alert/sent", Reason.BAD_TIME),
    (message(sent=datetime(999, 1, 1, tzinfo=UTC)), "alert/sent", Reason.BAD_TIME),
    (message(source=" "), "alert/source", Reason.BLANK),
    (message(note="bell \x07"), "alert/note", Reason.BAD_CHARACTER),
    (message(note="half \ud800"), "alert/note", Reason.BAD_CHARACTER),
    (message(codes=("a", " b")), "alert/code[2]", Reason.BLANK),
    (message(scope=Scope.RESTRICTED), "alert/restriction", Reason.NO_RESTRICTION),
    (message(scope=Scope.PRIVATE, addresses=()), "alert/addresses", Reason.NO_ADDRESSES),
    (message(addresses=('the "boss"',)), "alert/addresses", Reason.BAD_LIST),
    (message(incidents=("",)), "alert/incidents", Reason.BAD_LIST),
    *[
        (message(msg_type=answer), "alert/references", Reason.NO_REFERENCES)
        for answer in (MsgType.UPDATE, MsgType.CANCEL, MsgType.ACK, MsgType.ERROR)
    ],
    (message(references=(Reference("a b", "c", SENT),)), "alert/references", Reason.BAD_REFERENCE),
    (message(references=(Reference("a", "", SENT),)), "alert/references", Reason.BAD_REFERENCE),
    (with_info(categories=()), "alert/info/category", Reason.MISSING),
    (with_info(event="\n"), "alert/info/event", Reason.MISSING),
    (with_info(language="english language"), "alert/info/language", Reason.BAD_LANGUAGE),
    (with_info(language="en_US"), "alert/info/language", Reason.BAD_LANGUAGE),
    (with_info(expires=datetime(2026, 1, 1)), "alert/info/expires", Reason.BAD_TIME),
    (with_info(headline=""), "alert/info/headline", Reason.BLANK),
    (with_info(web="www.example.org"), "alert/info/web", Reason.BAD_URI),
    (with_info(web="http://a b"), "alert/info/web", Reason.BAD_URI),
    (
        with_info(parameters=(NamedValue("", "1"),)),
        "alert/info/parameter/valueName",
        Reason.BLANK,
    ),
    (
        with_info(event_codes=(NamedValue("a", "1"), NamedValue("a", " 1"))),
        "alert/info/eventCode[2]/value",
        Reason.BLANK,
    ),
    (with_resource(resource_desc=""), "alert/info/resource/resourceDesc", Reason.MISSING),
    (with_resource(mime_type=""), "alert/info/resource/mimeType", Reason.MISSING),
    (with_resource(mime_type="picture"), "alert/info/resource/mimeType", Reason.BAD_WORD),
    (with_resource(size=-1), "alert/info/resource/size", Reason.BAD_NUMBER),
    (with_resource(uri="map.png"), "alert/info/resource/uri", Reason.BAD_URI),
    (with_resource(deref_uri="***"), "alert/info/resource/derefUri", Reason.BAD_BASE64),
    (with_resource(deref_uri="AAE"), "alert/info/resource/derefUri", Reason.BAD_BASE64),
    (with_resource(digest=" "), "alert/info/resource/digest", Reason.BLANK),
    (with_info(areas=(Area(" "),)), "alert/info/area/areaDesc", Reason.MISSING),
    (with_area(polygons=((),)), "alert/info/area/polygon", Reason.BAD_POLYGON),
    (with_area(polygons=(SQUARE[:3],)), "alert/info/area/polygon", Reason.BAD_POLYGON),
    (
        with_area(polygons=((Point(0, 0), Point(0, 1), Point(0, 0)),)),
        "alert/info/area/polygon",
        Reason.BAD_POLYGON,
    ),
    (
        with_area(polygons=(SQUARE, (*SQUARE[:3], Point(2, 2)))),
        "alert/info/area/polygon[2]",
        Reason.BAD_POLYGON,
    ),
    (
        with_area(polygons=((Point(0, 0), Point(91, 1), Point(1, 1), Point(0, 0)),)),
        "alert/info/area/polygon",
        Reason.BAD_POLYGON,
    ),
    (with_area(circles=(Circle(Point(0, 181), 1),)), "alert/info/area/circle", Reason.BAD_CIRCLE),
    (with_area(circles=(Circle(Point(0, 0), -1),)), "alert/info/area/circle", Reason.BAD_CIRCLE),
    (
        with_area(circles=(Circle(Point(0, math.nan), 1),)),
        "alert/info/area/circle",
        Reason.BAD_CIRCLE,
    ),
    (with_area(altitude=math.inf), "alert/info/area/altitude", Reason.BAD_NUMBER),
    (with_area(ceiling=1.0), "alert/info/area/ceiling", Reason.CEILING_ALONE),
]


@pytest.mark.parametrize(("broken", "path", "reason"), BROKEN)
def test_a_broken_rule_is_told(broken: Message, path: str, reason: Reason) -> None:
    [problem] = problems_of(broken)
    assert (problem.path, problem.reason) == (path, reason)
    assert problem.expected
    assert problem.found
    assert problem.action.endswith(".")


@pytest.mark.parametrize(
    "fine",
    [
        message(),
        message(scope=Scope.PUBLIC, addresses=(), infos=()),
        message(scope=Scope.RESTRICTED, restriction="desk", addresses=()),
        message(msg_type=MsgType.CANCEL, references=(Reference("a", "b", SENT),)),
        with_area(polygons=(SQUARE,)),
        with_area(circles=(Circle(Point(-90, 180), 0),)),
        with_area(altitude=-5.5, ceiling=10.0),
        with_resource(uri="map.png", deref_uri="AAEC\nAwQF"),
        with_info(language=None, web="mailto:desk@example.org"),
    ],
)
def test_what_the_standard_allows_is_allowed(fine: Message) -> None:
    check(fine)


def test_a_refusal_shows_five_problems_and_counts_the_rest() -> None:
    infos = tuple(Info((), "", ATTACK.urgency, ATTACK.severity, ATTACK.certainty) for _ in range(4))
    with pytest.raises(CapRefused, match=r"And 3 more\.$") as refused:
        check(message(infos=infos))
    assert len(refused.value.problems) == 8
