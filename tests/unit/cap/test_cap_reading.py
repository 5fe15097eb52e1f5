"""What comes in is read where its meaning is clear, and refused with every reason where not."""

import re
from datetime import timedelta
from time import process_time

import pytest
from cap_messages import message

from primacy.platform.cap import (
    CapRefused,
    Category,
    Certainty,
    NamedValue,
    Reason,
    Received,
    ResponseType,
    read,
    write,
)

NAMESPACES = {
    "1.0": "http://www.incident.com/cap/1.0",
    "1.1": "urn:oasis:names:tc:emergency:cap:1.1",
    "1.2": "urn:oasis:names:tc:emergency:cap:1.2",
}
ALERT = """<?xml version="1.0"?>
<c:alert xmlns:c="{space}">
  <c:identifier> X-1 </c:identifier><c:sender>a@b.c</c:sender>
  <c:sent>2026-01-02T03:04:05+01:00</c:sent><c:status>Actual</c:status>
  <c:msgType>Alert</c:msgType><c:scope>Public</c:scope>{more}
  <c:info>
    <c:category>Security</c:category><c:event>Shots</c:event><c:urgency>Past</c:urgency>
    <c:severity>Minor</c:severity><c:certainty>Observed</c:certainty>{info}
    <c:area><c:areaDesc>Town</c:areaDesc>{area}</c:area>
  </c:info>
</c:alert>"""


def alert(version: str = "1.2", more: str = "", info: str = "", area: str = "") -> str:
    return ALERT.format(space=NAMESPACES[version], more=more, info=info, area=area)


def received(text: str, encoding: str = "utf-8") -> Received:
    return read(text.encode(encoding))


def refused(text: str | bytes) -> CapRefused:
    with pytest.raises(CapRefused) as caught:
        read(text if isinstance(text, bytes) else text.encode())
    return caught.value


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_the_version_is_told_and_blanks_around_words_do_not_count(version: str) -> None:
    found = received(alert(version))
    assert found.version == version
    assert found.message.identifier == "X-1"
    assert found.message.sent.utcoffset() == timedelta(hours=1)
    assert found.message.infos[0].categories == (Category.SECURITY,)
    assert found.notices == ()


def test_pairs_of_version_1_0_are_read_and_its_password_is_left_out() -> None:
    old = alert(
        "1.0",
        more="<c:password>secret</c:password>",
        info="<c:eventCode>SAME=CAE</c:eventCode><c:parameter>a=b=c</c:parameter>",
        area="<c:geocode>fips6=006037</c:geocode>",
    )
    found = received(old)
    [info] = found.message.infos
    assert info.event_codes == (NamedValue("SAME", "CAE"),)
    assert info.parameters == (NamedValue("a", "b=c"),)
    assert info.areas[0].geocodes == (NamedValue("fips6", "006037"),)
    assert [notice.reason for notice in found.notices] == [Reason.LEFT_OUT]
    assert b"secret" not in write(found.message)
    assert refused(alert("1.1", more="<c:password>x</c:password>")).reasons == (
        Reason.UNKNOWN_ELEMENT,
    )


def test_a_pair_of_version_1_0_without_equals_is_refused() -> None:
    assert refused(alert("1.0", area="<c:geocode>006037</c:geocode>")).reasons == (Reason.BAD_PAIR,)


def test_very_likely_of_version_1_0_is_read_as_likely_and_told() -> None:
    text = alert("1.0").replace(">Observed<", ">Very Likely<")
    found = received(text)
    assert found.message.infos[0].certainty is Certainty.LIKELY
    assert [notice.reason for notice in found.notices] == [Reason.MAPPED]


def test_a_resource_of_version_1_1_without_media_type_gets_the_unknown_one() -> None:
    resource = "<c:resource><c:resourceDesc>map</c:resourceDesc></c:resource>"
    found = received(alert("1.1", info=resource))
    assert found.message.infos[0].resources[0].mime_type == "application/octet-stream"
    assert [notice.reason for notice in found.notices] == [Reason.MAPPED]
    assert refused(alert("1.2", info=resource)).reasons == (Reason.MISSING,)


def test_a_version_1_0_alert_without_category_is_refused_since_none_can_be_invented() -> None:
    text = alert("1.0").replace("<c:category>Security</c:category>", "")
    [problem] = refused(text).problems
    assert (problem.path, problem.reason) == ("alert/info/category", Reason.MISSING)


@pytest.mark.parametrize("space", ["urn:oasis:names:tc:emergency:cap:2.0", "urn:x"])
def test_another_version_is_refused(space: str) -> None:
    [problem] = refused(alert().replace(NAMESPACES["1.2"], space)).problems
    assert problem.reason is Reason.UNKNOWN_VERSION
    assert space in problem.found


def test_an_alert_that_tells_no_version_is_refused() -> None:
    text = alert().replace("c:", "").replace(f' xmlns:c="{NAMESPACES["1.2"]}"', "")
    text = re.sub(r" xmlns:?[^>]*", "", text)
    [problem] = refused(text).problems
    assert (problem.reason, problem.found) == (Reason.UNKNOWN_VERSION, "no namespace")


def test_a_time_with_z_and_fractions_is_read_and_told() -> None:
    text = alert().replace("05+01:00", "05.25Z")
    found = received(text)
    assert found.message.sent.isoformat() == "2026-01-02T03:04:05+00:00"
    [notice] = found.notices
    assert (notice.path, notice.reason) == ("alert/sent", Reason.BAD_TIME)
    assert "a Z for UTC and fractions" in notice.found
    assert received(text.replace("cap:1.2", "cap:1.1")).notices == ()


@pytest.mark.parametrize(
    "time",
    ["2026-01-02T03:04:05", "2026-02-30T03:04:05+01:00", "02.01.2026", "2026-01-02T03:04:05+25:00"],
)
def test_a_time_that_is_unclear_is_refused(time: str) -> None:
    text = alert().replace("2026-01-02T03:04:05+01:00", time)
    assert refused(text).reasons == (Reason.BAD_TIME,)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("iso-8859-1", "ISO-8859-1"),
        ("cp1252", "windows-1252"),
        ("utf-8", "UTF-8"),
    ],
)
def test_declared_encodings_are_read(encoding: str, declared: str) -> None:
    text = alert(info="<c:headline>Usulután – à l’école</c:headline>")
    if encoding == "iso-8859-1":
        text = text.replace("–", "-").replace("’", "'")
    text = text.replace('"1.0"', f'"1.0" encoding="{declared}"', 1)
    headline = received(text, encoding).message.infos[0].headline or ""
    assert headline.startswith("Usulután")
    assert headline.endswith("école")


@pytest.mark.parametrize(("encoding", "word"), [("shift_jis", "地震"), ("gb18030", "地震预警")])
def test_encodings_of_several_bytes_a_letter_are_read(encoding: str, word: str) -> None:
    text = alert(info=f"<c:headline>{word}</c:headline>").replace(
        '"1.0"', f'"1.0" encoding="{encoding}"', 1
    )
    assert received(text, encoding).message.infos[0].headline == word


@pytest.mark.parametrize("declared", ["utf-7", "unicode_escape", "rot13", "zlib", "klingon"])
def test_encodings_that_hide_text_or_do_not_exist_are_refused(declared: str) -> None:
    text = alert().replace('"1.0"', f'"1.0" encoding="{declared}"', 1)
    assert refused(text).reasons == (Reason.BAD_ENCODING,)


def test_bytes_that_are_not_of_the_declared_encoding_are_refused() -> None:
    text = alert(info="<c:headline>é</c:headline>").encode("latin-1")
    assert refused(text).reasons == (Reason.BAD_ENCODING,)


def test_a_refusal_names_everything_that_is_wrong_with_its_path() -> None:
    text = (
        alert(more="<c:oops/><c:note>a<c:note/>b</c:note>")
        .replace("Past", "Yesterday")
        .replace("<c:event>Shots</c:event>", "<c:event> </c:event>")
        .replace("<c:status>Actual</c:status>", "<c:status>Actual</c:status>" * 2)
    )
    assert {(problem.path, problem.reason) for problem in refused(text).problems} == {
        ("alert/oops", Reason.UNKNOWN_ELEMENT),
        ("alert/note", Reason.MARKUP_IN_TEXT),
        ("alert/status", Reason.REPEATED),
        ("alert/info/event", Reason.MISSING),
        ("alert/info/urgency", Reason.BAD_WORD),
    }
    assert "alert/info/urgency: expected one of Immediate, Expected" in str(refused(text))


def test_the_path_counts_where_there_are_several() -> None:
    polygons = "<c:polygon>1,2 3,4 5,6 1,2</c:polygon><c:polygon>1,2 x</c:polygon>"
    [problem] = refused(alert(area=polygons)).problems
    assert problem.path == "alert/info/area/polygon[2]"
    assert problem.found == "“1,2 x”"


def test_a_number_with_the_noise_of_a_computer_is_read() -> None:
    area = "<c:circle>-0.00000000000000000000000001,0.1000000000000000055511151231 +1.50</c:circle>"
    [circle] = received(alert(area=area)).message.infos[0].areas[0].circles
    assert (circle.centre.latitude, circle.centre.longitude, circle.radius) == (0, 0.1, 1.5)


def test_empty_optional_elements_count_as_absent() -> None:
    empty = "<c:note/><c:addresses> </c:addresses><c:references/>"
    area = "<c:polygon/><c:geocode><c:valueName/><c:value/></c:geocode>"
    found = received(alert(more=empty, info="<c:responseType/><c:web/>", area=area))
    assert found.message == received(alert()).message
    assert found.notices == ()


def test_an_empty_value_of_a_named_parameter_is_kept() -> None:
    pair = "<c:parameter><c:valueName>n</c:valueName><c:value/></c:parameter>"
    assert received(alert(info=pair)).message.infos[0].parameters == (NamedValue("n", ""),)


def test_all_clear_is_read_and_order_does_not_matter() -> None:
    info = "<c:responseType>AllClear</c:responseType><c:responseType>None</c:responseType>"
    [read_info] = received(alert(info=info)).message.infos
    assert read_info.response_types == (ResponseType.ALL_CLEAR, ResponseType.NONE)


def test_a_signature_is_noted_and_elements_of_others_are_left_out_with_a_notice() -> None:
    signature = '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><a/></Signature>'
    signed = received(alert(more=signature))
    assert signed.signed
    assert signed.notices == ()
    other = received(alert(more='<x xmlns="urn:other">y</x>'))
    assert not other.signed
    assert [notice.reason for notice in other.notices] == [Reason.LEFT_OUT]


def test_a_poor_link_or_language_costs_no_warning_but_is_not_written_on() -> None:
    info = "<c:web>www.example.org</c:web><c:language>en_GB</c:language>"
    found = received(alert(info=info))
    assert found.message.infos[0].web == "www.example.org"
    assert {notice.reason for notice in found.notices} == {Reason.BAD_URI, Reason.BAD_LANGUAGE}
    with pytest.raises(CapRefused):
        write(found.message)


def test_a_thousand_messages_are_read_in_two_seconds() -> None:
    data = write(message())
    begun = process_time()
    for _ in range(1000):
        read(data)
    assert process_time() - begun < 2
