"""Messages for the tests of CAP: one to vary, and a strategy of valid ones."""

import base64
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from primacy.platform.cap import (
    Area,
    Category,
    Certainty,
    Circle,
    Info,
    Message,
    MsgType,
    NamedValue,
    Point,
    Reference,
    Resource,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
)

SENT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)

ATTACK = Info(
    categories=(Category.SECURITY,),
    event="Armed group on the road",
    urgency=Urgency.IMMEDIATE,
    severity=Severity.SEVERE,
    certainty=Certainty.LIKELY,
    headline="Road to the market cut",
    parameters=(NamedValue("grid", "139541"), NamedValue("empty", "")),
    resources=(Resource("sketch", "image/png", 3, None, "AAEC", "0" * 40),),
    areas=(
        Area(
            "Market and road",
            polygons=(
                (Point(6.3, -10.8), Point(6.4, -10.8), Point(6.4, -10.7), Point(6.3, -10.8)),
            ),
            circles=(Circle(Point(6.35, -10.75), 2.5),),
            geocodes=(NamedValue("P-code", "LR0101"),),
            altitude=0.0,
            ceiling=1500.0,
        ),
    ),
)


def message(**changes: object) -> Message:
    """A valid private alert, with these fields changed."""
    fields: dict[str, object] = {
        "identifier": "A-1",
        "sender": "desk@example.org",
        "sent": SENT,
        "status": Status.ACTUAL,
        "msg_type": MsgType.ALERT,
        "scope": Scope.PRIVATE,
        "addresses": ("post-7@example.org", "Duty officer"),
        "infos": (ATTACK,),
    }
    return Message(**(fields | changes))  # type: ignore[arg-type]


# What XML can carry, with the letters that get lost most easily well represented.
CHARACTERS = st.one_of(
    st.sampled_from("<>&'\"\r\n\t ]é≠𝄞\u2028\x85\ufffd"),
    st.characters(
        codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"
    ),
)
BLANKS = " \t\r\n"
text = st.text(CHARACTERS, min_size=1, max_size=30).filter(lambda t: t.strip(BLANKS))
token = text.map(lambda t: t.strip(BLANKS))
maybe_text = st.none() | text
name = (
    st.text(CHARACTERS, min_size=1, max_size=20)
    .map(lambda t: "".join(c for c in t if not c.isspace() and c not in ',<&"'))
    .filter(bool)
)
entry = token.map(lambda t: t.replace('"', "'"))
zone = st.one_of(st.just(UTC), st.integers(-840, 840).map(lambda m: timezone(timedelta(minutes=m))))
time = st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=zone).map(
    lambda t: t.replace(microsecond=0)
)
latitude = st.floats(-90, 90).filter(lambda n: n == 0 or abs(n) > 1e-19)
point = st.builds(Point, latitude, st.floats(-180, 180).filter(lambda n: n == 0 or abs(n) > 1e-19))
polygon = st.lists(point, min_size=3, max_size=6).map(lambda p: (*p, p[0]))
pair = st.builds(NamedValue, token, st.just("") | token)


def several(
    items: st.SearchStrategy[object], most: int = 2
) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(items, max_size=most).map(tuple)


uri = st.sampled_from(
    ["https://example.org/a?b=c&d=%C3%A9#e", "mailto:a@example.org", "urn:x:1", "http://a.b/~c(1)"]
)
file = st.binary(min_size=1, max_size=20).map(lambda b: base64.b64encode(b).decode())
resource = st.builds(
    Resource,
    token,
    st.sampled_from(["image/png", "text/plain; charset=utf-8", "application/cap+xml"]),
    st.none() | st.integers(0, 10**12),
    st.none() | uri,
    st.none() | file,
    st.none() | token,
)
height = st.floats(-1e5, 1e6).filter(lambda n: n == 0 or abs(n) > 1e-19)
area = st.builds(
    Area,
    text,
    several(polygon),
    several(st.builds(Circle, point, st.floats(0, 20_000).filter(lambda n: n == 0 or n > 1e-19))),
    several(pair),
    height,
    st.none() | height,
)
info = st.builds(
    Info,
    st.lists(st.sampled_from(Category), min_size=1, max_size=3).map(tuple),
    text,
    st.sampled_from(Urgency),
    st.sampled_from(Severity),
    st.sampled_from(Certainty),
    st.sampled_from([None, "fr", "en-GB", "kpe"]),
    several(st.sampled_from(ResponseType)),
    maybe_text,
    several(pair),
    st.none() | time,
    st.none() | time,
    st.none() | time,
    maybe_text,
    maybe_text,
    maybe_text,
    maybe_text,
    st.none() | uri,
    maybe_text,
    several(pair, 4),
    several(resource),
    several(area),
)
reference = st.builds(Reference, name, name, time)
messages = st.builds(
    Message,
    name,
    name,
    time,
    st.sampled_from(Status),
    st.sampled_from(MsgType),
    st.sampled_from(Scope),
    maybe_text,
    text,
    st.lists(entry, min_size=1, max_size=3).map(tuple),
    several(token),
    maybe_text,
    st.lists(reference, min_size=1, max_size=3).map(tuple),
    several(entry),
    several(info),
)
