"""Feeds and distributions: each entry is read or refused by itself."""

from xml.sax.saxutils import escape

import pytest
from cap_messages import message

from primacy.platform.cap import CapRefused, Collection, Reason, read_all, write

ALERTS = [write(message(identifier=f"A-{n}")).decode().split("\n", 1)[1] for n in range(3)]
BAD = ALERTS[0].replace("Immediate", "Soon")


def atom(*entries: str) -> bytes:
    inside = "".join(f"<entry><id>e</id>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id>{inside}</feed>'.encode()


def rss(*items: str) -> bytes:
    inside = "".join(f"<item><guid>g</guid>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>t</title>{inside}</channel></rss>'.encode()


def identifiers(found: Collection) -> list[str]:
    return [one.identifier for one in found.messages]


def test_one_alert_is_a_collection_of_one() -> None:
    found = read_all(ALERTS[0].encode())
    assert (found.kind, identifiers(found), found.refused) == ("cap", ["A-0"], ())


def test_embedded_alerts_of_an_atom_feed_are_read_and_a_bad_one_costs_no_other() -> None:
    found = read_all(atom(*(f"<content>{text}</content>" for text in (ALERTS[0], BAD, ALERTS[1]))))
    assert found.kind == "atom"
    assert identifiers(found) == ["A-0", "A-1"]
    [refused] = found.refused
    assert (refused.path, refused.name) == ("feed/entry[2]", "e")
    assert [problem.reason for problem in refused.problems] == [Reason.BAD_WORD]


def test_alerts_written_as_escaped_text_are_read() -> None:
    found = read_all(
        rss(
            f"<description>{escape(ALERTS[0])}</description>",
            f"<description><![CDATA[{write(message()).decode()}]]></description>",
            "<description>&lt;alert> broken</description>",
            '<description>&lt;!DOCTYPE a>&lt;alert xmlns="x"/></description>',
        )
    )
    assert identifiers(found) == ["A-0", "A-1"]
    reasons = [problem.reason for entry in found.refused for problem in entry.problems]
    assert reasons == [Reason.NOT_XML, Reason.NOT_EMBEDDED]


def test_a_hostile_text_inside_a_feed_is_refused_by_itself() -> None:
    hostile = '<?xml version="1.0"?><!DOCTYPE alert [<!ENTITY a "b">]><alert>&a;</alert>'
    found = read_all(rss(f"<description>{escape(hostile)}</description>", ALERTS[2]))
    assert identifiers(found) == ["A-2"]
    assert found.refused[0].problems[0].reason is Reason.HOSTILE


def test_an_entry_that_only_links_is_reported_with_its_link() -> None:
    links = (
        '<link href="https://example.org/page"/>'
        '<link type="application/cap+xml" href="https://example.org/cap"/>'
    )
    [entry] = read_all(atom(links)).refused
    assert entry.link == "https://example.org/cap"
    assert entry.problems[0].reason is Reason.NOT_EMBEDDED
    assert read_all(rss("<link> https://example.org/a </link>")).refused[0].link == (
        "https://example.org/a"
    )


def test_an_alert_beside_the_entries_is_not_passed_over() -> None:
    data = atom("<content/>").replace(b"</feed>", ALERTS[1].encode() + b"</feed>")
    found = read_all(data)
    assert identifiers(found) == ["A-1"]
    assert len(found.refused) == 1


@pytest.mark.parametrize(
    ("space", "root"),
    [
        ("urn:oasis:names:tc:emergency:EDXL:DE:1.0", "EDXLDistribution"),
        ("urn:oasis:names:tc:emergency:edxl:de:2.0", "edxlDistribution"),
    ],
)
def test_a_distribution_is_read_object_by_object(space: str, root: str) -> None:
    objects = "".join(
        f"<e:contentObject><e:contentDescription>d</e:contentDescription><e:xmlContent>"
        f"<e:embeddedXMLContent>{text}</e:embeddedXMLContent></e:xmlContent></e:contentObject>"
        for text in (ALERTS[0], "", BAD)
    )
    found = read_all(f'<e:{root} xmlns:e="{space}">{objects}</e:{root}>'.encode())
    assert found.kind == "edxl-de"
    assert identifiers(found) == ["A-0"]
    reasons = [problem.reason for entry in found.refused for problem in entry.problems]
    assert reasons == [Reason.NOT_EMBEDDED, Reason.BAD_WORD]


def test_an_empty_feed_says_that_there_is_no_alert() -> None:
    assert read_all(atom()) == Collection("atom", ())


def test_a_feed_that_is_cut_off_is_refused_as_a_whole() -> None:
    with pytest.raises(CapRefused) as refused:
        read_all(atom(ALERTS[0])[:-10])
    assert refused.value.reasons == (Reason.NOT_XML,)
