"""No file, however made, does more than be refused."""

import gzip
import random

import pytest
from cap_messages import message
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from primacy.platform.cap import CapRefused, Reason, read, read_all, write, xml_tree

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
GOOD = write(message())
PIECES = [
    *(b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"&#0;", b"&#xD800;", b"&x;", b"\x00"),
    *(b"\xff", b"\xc3", b"<?xml?>", b"<!DOCTYPE a>", b"</info>", b"<info>", b"<info/>"),
    *(b"<area/>", b'encoding="utf-7"', b"1e999", b"nan", b"inf", b"-", b",", b'"', b"9" * 5000),
    *(b"\xef\xbb\xbf", b"<polygon>1,1</polygon>", b"<size>x</size>", b"\x1f\x8b"),
    *(b"<references>a,b</references>", b"<resource/>", b"0000-00-00T00:00:00Z"),
]


def reasons(data: bytes) -> tuple[Reason, ...]:
    with pytest.raises(CapRefused) as refused:
        read(data)
    return refused.value.reasons


def only_refuses(data: bytes) -> None:
    """Any other error than a refusal with reasons fails the test."""
    for reader in (read, read_all):
        refused = None
        try:
            reader(data)
        except CapRefused as problem:
            refused = problem
        assert refused is None or (refused.problems and str(refused))


@QUICK
@given(
    st.lists(
        st.tuples(st.integers(0, len(GOOD)), st.integers(0, 60), st.sampled_from(PIECES)),
        min_size=1,
        max_size=6,
    )
)
def test_a_spoiled_file_is_read_or_refused(cuts: list[tuple[int, int, bytes]]) -> None:
    data = GOOD
    for at, length, piece in cuts:
        data = data[:at] + piece + data[at + length :]
    only_refuses(data)


@QUICK
@given(st.binary(max_size=200), st.sampled_from([b"", b"<?xml ", b"<alert>", b"\x1f\x8b\x08"]))
def test_any_bytes_are_refused(data: bytes, before: bytes) -> None:
    only_refuses(before + data)


@pytest.mark.parametrize("seed", range(5))
def test_elements_moved_about_are_read_or_refused(seed: int) -> None:
    rng = random.Random(seed)
    lines = GOOD.splitlines(keepends=True)
    for _ in range(100):
        changed = list(lines)
        for _ in range(rng.randint(1, 4)):
            a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
            changed[a] = rng.choice([b"", changed[b], changed[a] * 2])
        only_refuses(b"".join(changed))


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE alert [
<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>&c;</identifier></alert>"""


@pytest.mark.parametrize(
    "data",
    [
        ENTITIES,
        b'<!DOCTYPE alert SYSTEM "http://127.0.0.1:9/a.dtd"><alert/>',
        b'<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/hostname">]><alert>&x;</alert>',
        b'<!DOCTYPE alert [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]><alert/>',
    ],
)
def test_document_types_and_entities_are_refused(data: bytes) -> None:
    assert reasons(data) == (Reason.HOSTILE,)


def test_size_depth_and_number_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reasons(b"<a>" * 40 + b"</a>" * 40) == (Reason.TOO_DEEP,)
    corners = b"<polygon>" + b"1,1 " * 600_000
    assert reasons(GOOD.replace(b"<polygon>", corners)) == (Reason.TOO_LARGE,)
    attached = read(GOOD.replace(b"AAEC", b"AAEC" * 600_000)).message
    assert len(attached.infos[0].resources[0].deref_uri or "") == 2_400_000
    monkeypatch.setattr(xml_tree, "MOST_ELEMENTS", 100)
    assert reasons(b"<a>" + b"<b/>" * 200 + b"</a>") == (Reason.TOO_MANY,)
    monkeypatch.setattr(xml_tree, "LARGEST", 1000)
    assert reasons(b"<a>" + b" " * 1000 + b"</a>") == (Reason.TOO_LARGE,)


def test_a_packed_file_is_read_and_one_that_grows_without_end_is_not() -> None:
    assert read(gzip.compress(GOOD)).message == message()
    bomb = gzip.compress(b" " * (xml_tree.LARGEST + 10))
    assert len(bomb) < 100_000
    assert reasons(bomb) == (Reason.TOO_LARGE,)
    assert reasons(gzip.compress(GOOD)[:-20]) == (Reason.NOT_XML,)
    assert reasons(b"\x1f\x8bnot gzip") == (Reason.NOT_XML,)


@pytest.mark.parametrize("data", [b"", b"   ", b"no xml", GOOD[:-20], GOOD + GOOD])
def test_what_is_no_whole_xml_is_refused(data: bytes) -> None:
    assert reasons(data) == (Reason.NOT_XML,)


def test_another_kind_of_file_is_refused() -> None:
    assert reasons(b"<html/>") == (Reason.NOT_CAP,)
    assert reasons(b"<feed/>") == (Reason.WRAPPED,)
    with pytest.raises(CapRefused, match="Check that this is the right file"):
        read_all(b"<html/>")


def test_included_files_and_schema_locations_are_not_followed() -> None:
    place = (
        b'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/hostname"/>'
        b"<identifier>"
    )
    found = read(GOOD.replace(b"<identifier>", place, 1))
    assert found.message == message()
    assert [notice.reason for notice in found.notices] == [Reason.LEFT_OUT]
