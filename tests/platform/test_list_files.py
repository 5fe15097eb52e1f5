"""Published lists read from files: nothing guessed, nothing lost without a word, bombs refused."""

import datetime as dt
import gzip
import itertools
import json
from pathlib import Path

import pytest

from primacy.kernels.time import parse_when
from primacy.platform.exchange.list_dates import read_span
from primacy.platform.exchange.list_entries import (
    EntryKind,
    ListRead,
    NameKind,
    Quality,
    changed_fields,
    content_of,
    digest_of,
    entry_of,
)
from primacy.platform.exchange.list_errors import ListDateMissing, ListFileHostile, ListFileRefused
from primacy.platform.exchange.list_names import names_within
from primacy.platform.exchange.ofac_list import read_ofac_list
from primacy.platform.exchange.un_list import read_un_list
from tests.rooms.screening.lists import entity, individual, un_xml

DAY = dt.date(2021, 8, 1)


def read_text(folder: Path, text: str, name: str = "list.xml") -> ListRead:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_un_list(path)


@pytest.fixture
def small(tmp_path: Path) -> ListRead:
    """A list of one person with everything, one organisation, and a record without a name."""
    person = individual(
        "XXi.001",
        "ORAN TEL DAVEM",
        aliases=[("Good", "Oren Tel Davem"), ("Low", "Abu Nur (أبو نور)")],
        births=[
            {"TYPE_OF_DATE": "APPROXIMATELY", "YEAR": "1961"},
            {"TYPE_OF_DATE": "BETWEEN", "FROM_YEAR": "1959", "TO_YEAR": "1963"},
            {"TYPE_OF_DATE": "EXACT", "DATE": "1961-03-04-05:00"},
            {"TYPE_OF_DATE": "EXACT", "NOTE": "Sep. 1961"},
            {"TYPE_OF_DATE": "EXACT", "NOTE": "about thirty years old"},
        ],
        more="<NAME_ORIGINAL_SCRIPT>اوران</NAME_ORIGINAL_SCRIPT><EYE_COLOUR>brown</EYE_COLOUR>"
        "<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>"
        "<NUMBER>A 123</NUMBER><ISSUING_COUNTRY>Carana</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>"
        "<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Galasi</CITY><COUNTRY>Carana</COUNTRY>"
        "</INDIVIDUAL_PLACE_OF_BIRTH>",
        comments="A word " * 300,
    )
    return read_text(
        tmp_path,
        un_xml(
            "2021-08-01T09:00:00Z",
            person,
            entity("XXe.001", "FRONT (FTT)"),
            individual("XXi.002", ""),
        ),
    )


def test_everything_a_list_says_of_a_person_is_read(small: ListRead) -> None:
    person = small.entries[0]
    assert (small.publisher, small.list_date) == ("un", DAY)
    assert person.kind is EntryKind.PERSON
    assert person.name == "ORAN TEL DAVEM"
    kinds = {name.text: (name.kind, name.quality) for name in person.names}
    assert kinds["اوران"] == (NameKind.ORIGINAL_SCRIPT, Quality.UNSTATED)
    assert kinds["Oren Tel Davem"] == (NameKind.ALIAS, Quality.GOOD)
    assert kinds["Abu Nur (أبو نور)"] == (NameKind.ALIAS, Quality.LOW)
    assert [(str(b.span), b.approximate) for b in person.births] == [
        ("1961", True),
        ("1959-01-01/1963-12-31", False),
        ("1961-03-04", False),
        ("1961-09", False),
        ("None", False),
    ]
    assert person.birth_places == ("Galasi, Carana",)
    assert (person.documents[0].kind, person.documents[0].number) == ("Passport", "A 123")
    assert person.listed_on == dt.date(2016, 11, 30)


def test_what_is_not_used_is_counted_and_what_is_left_out_is_named(small: ListRead) -> None:
    assert small.unused == {"INDIVIDUAL/EYE_COLOUR": 1}
    assert (small.read, len(small.entries), small.left_out) == (3, 2, 1)
    left_out = [p for p in small.problems if p.left_out]
    assert [(p.reference, p.wrong) for p in left_out] == [("XXi.002", "there is no name")]
    assert left_out[0].line > 1
    kept = [p for p in small.problems if not p.left_out]
    assert [p.value for p in kept] == ["about thirty years old"]


def test_a_narrative_is_kept_short_and_that_is_said(small: ListRead) -> None:
    assert small.shortened == 1
    assert len(small.entries[0].narrative) < 620
    assert small.entries[0].narrative.endswith("[…]")


def test_an_entry_is_written_down_and_read_back_the_same(small: ListRead) -> None:
    for entry in small.entries:
        again = entry_of(json.loads(json.dumps(content_of(entry))))
        assert again == entry
        assert digest_of(again) == digest_of(entry)


def test_a_changed_entry_says_in_which_fields(tmp_path: Path) -> None:
    first, second = (
        read_text(
            tmp_path, un_xml("2021-08-01T09:00:00Z", individual("XXi.1", name, births=births))
        )
        for name, births in (
            ("ORAN DAVEM", []),
            ("ORAN DAVEM", [{"TYPE_OF_DATE": "EXACT", "YEAR": "1961"}]),
        )
    )
    assert changed_fields(first.entries[0], second.entries[0]) == ("births",)
    assert digest_of(first.entries[0]) != digest_of(second.entries[0])


def test_a_list_without_its_day_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListDateMissing, match="dateGenerated"):
        read_text(tmp_path, un_xml("", individual("XXi.1", "ORAN")))


def test_two_entries_of_one_number_are_not_taken_for_one(tmp_path: Path) -> None:
    text = un_xml("2021-08-01T09:00:00Z", individual("X.1", "ORAN"), individual("X.1 ", "DAVEM"))
    found = read_text(tmp_path, text)
    assert [entry.name for entry in found.entries] == ["ORAN"]
    assert found.problems[0].wrong == "an entry of this number stands before it"


ENTITIES = (
    '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<CONSOLIDATED_LIST dateGenerated="2021-08-01T09:00:00Z">&b;</CONSOLIDATED_LIST>'
)
OUTSIDE = (
    '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<CONSOLIDATED_LIST dateGenerated="2021-08-01T09:00:00Z">&x;</CONSOLIDATED_LIST>'
)


@pytest.mark.parametrize("text", [ENTITIES, OUTSIDE])
def test_declared_entities_are_refused_with_their_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(ListFileHostile, match="line 1: it declares a document type"):
        read_text(tmp_path, text)


@pytest.mark.parametrize(
    ("inside", "wrong"),
    [
        ("<A>" * 40 + "</A>" * 40, "nested deeper"),
        ("<A/>" * 30_000, "more elements"),
        ("x" * 1_100_000, "longer than any list"),
    ],
)
def test_a_record_made_to_exhaust_is_refused(tmp_path: Path, inside: str, wrong: str) -> None:
    with pytest.raises(ListFileHostile, match=wrong):
        read_text(tmp_path, un_xml("2021-08-01T09:00:00Z", f"<INDIVIDUAL>{inside}</INDIVIDUAL>"))


def test_a_packed_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xml.gz"
    with gzip.open(path, "wb", compresslevel=9) as packed:
        packed.write(b'<CONSOLIDATED_LIST dateGenerated="2021-08-01T09:00:00Z"><INDIVIDUALS>')
        for _ in range(130):
            packed.write(b" " * 1_000_000)
    with pytest.raises(ListFileHostile, match="larger than"):
        read_un_list(path)


def test_a_file_cut_off_says_where_and_what_to_do(tmp_path: Path) -> None:
    text = un_xml("2021-08-01T09:00:00Z", individual("X.1", "ORAN"), individual("X.2", "DAVEM"))
    with pytest.raises(ListFileRefused, match=r"line \d+: the XML breaks off.*Download") as caught:
        read_text(tmp_path, text[: len(text) // 2])
    assert caught.value.line > 1


def test_another_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListFileRefused, match="begins with html"):
        read_text(tmp_path, "<html><body/></html>")
    with pytest.raises(ListFileRefused, match="empty"):
        read_text(tmp_path, "")


# -- OFAC

SDN = (
    '101,"DAVEM, Oran Tel","individual","SDGT] [CARANA","Major General",-0- ,-0- ,-0- ,-0- ,-0- ,'
    '-0- ,"DOB 04 Mar 1961; alt. DOB circa 1979-1982; POB Galasi, Carana; nationality Carana; '
    "Passport A123 (Carana) expires 2030; Gender Male; a.k.a. 'ABU NUR'; Member of a council; "
    'Linked To: FRONT."\r\n'
    '102,"FRONT",-0- ,"SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    '103,"SEA STAR","vessel","SDGT",-0- ,"CSGN","Tanker",-0- ,-0- ,"Carana","Owner",-0- \r\n'
    "\x1a\r\n"
)
ALT = '101,1,"aka","DAVEM, Oren",-0- \r\n999,2,"aka","NOBODY",-0- \r\n\x1a\r\n'
ADD = '101,1,"1 Main Street","Galasi","Carana",-0- \r\n\x1a\r\n'


def ofac(folder: Path, sdn: str = SDN, **more: object) -> ListRead:
    for name, text in (("sdn.csv", sdn), ("alt.csv", ALT), ("add.csv", ADD)):
        (folder / name).write_text(text, encoding="utf-8", newline="")
    given = {
        "list_date": DAY,
        "names": folder / "alt.csv",
        "addresses": folder / "add.csv",
        **more,
    }
    return read_ofac_list(folder / "sdn.csv", **given)


def test_records_names_and_addresses_of_ofac_come_together(tmp_path: Path) -> None:
    found = ofac(tmp_path)
    person, front, vessel = found.entries
    assert [n.text for n in person.names] == ["Oran Tel DAVEM", "Oren DAVEM", "ABU NUR"]
    assert person.names[2].quality is Quality.LOW
    assert [(str(b.span), b.approximate) for b in person.births] == [
        ("1961-03-04", False),
        ("1979-01-01/1982-12-31", True),
    ]
    assert person.documents[0].number == "A123"
    assert person.documents[0].country == "Carana"
    assert person.addresses == ("1 Main Street, Galasi, Carana",)
    assert (person.programme, person.posts, person.sex) == (
        "SDGT, CARANA",
        ("Major General",),
        "male",
    )
    assert person.narrative == "Linked To: FRONT; Member of a council"
    assert front.kind is EntryKind.ORGANISATION
    assert vessel.kind is EntryKind.VESSEL
    assert "flag: Carana" in vessel.narrative
    assert found.unused == {
        "remarks that are kept as text": 1,
        "alt.csv: rows without a record": 1,
    }


def test_the_day_of_an_ofac_list_is_asked_for_and_never_guessed(tmp_path: Path) -> None:
    with pytest.raises(ListDateMissing, match="Give the day"):
        ofac(tmp_path, list_date=None)


def test_a_list_read_without_its_other_names_says_so(tmp_path: Path) -> None:
    found = ofac(tmp_path, names=None)
    assert any("aliases in it are missing" in note for note in found.notes)
    whole = ofac(tmp_path)
    assert whole.notes == []
    assert whole.sha256 != found.sha256


def test_bad_rows_of_ofac_are_named_and_the_others_read(tmp_path: Path) -> None:
    again = '101,"AGAIN","individual"' + ",-0-" * 9
    found = ofac(tmp_path, SDN.replace("\x1a\r\n", f'104,"SHORT"\r\n{again}\r\n'))
    assert len(found.entries) == 3
    assert [(p.line, p.wrong) for p in found.problems] == [
        (4, "2 cells in place of 12"),
        (5, "an entry of this number stands before it"),
    ]


def test_an_ofac_file_cut_off_inside_quotes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListFileRefused, match=r"line \d+: the quoting breaks off"):
        ofac(tmp_path, SDN[: SDN.index("POB")])


def test_the_file_of_other_names_given_as_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListFileRefused, match="12 columns"):
        ofac(tmp_path, ALT)


# -- dates and names


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("20 Jan 1961", "1961-01-20"),
        ("Sep. 1977", "1977-09"),
        ("Between Aug. and Sep. 1977", "1977-08-01/1977-09-30"),
        ("1960 to 1962", "1960-01-01/1962-12-31"),
        ("2015-03-27-04:00", "2015-03-27"),
    ],
)
def test_dates_as_lists_write_them(text: str, span: str) -> None:
    assert read_span(text) == parse_when(span)


@pytest.mark.parametrize(
    "text", ["30-35 years old", "24/06/1402 (Hijri Calendar)", "1402", "", "31 Feb 1990"]
)
def test_what_is_no_date_of_this_calendar_is_not_guessed(text: str) -> None:
    assert read_span(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Oran; Oren Davem", ("Oran", "Oren Davem")),
        ("Abu Nur (أبو نور)", ("Abu Nur", "أبو نور")),
        ("Oran Davem (previously listed as)", ("Oran Davem",)),
        ("Amir (original script: Амир)", ("Amir", "Амир")),
        ("FRONT OF CARANA (FOC)", ("FRONT OF CARANA", "FOC")),
        ("(Sheikh) Oran", ("Oran", "Sheikh Oran")),
        ("Oran Davem, born 1 Jan. 1953 (passport no. 12)", ("Oran Davem",)),
        ("Army (AC) (One; Two (three))", ("Army", "AC", "One", "Two")),
    ],
)
def test_several_names_in_one_field_are_told_apart(text: str, names: tuple[str, ...]) -> None:
    assert names_within(text) == names


# -- the real lists


def test_the_real_lists_shrink_as_well_as_grow(shared_data: Path) -> None:
    folder = shared_data / "forces" / "sanctions"
    files = sorted(folder.glob("un_consolidated_*.xml.gz"))
    if len(files) < 3:
        pytest.skip("the three lists of the Security Council are not there")
    found = [read_un_list(path) for path in files]
    assert [read.list_date for read in found] == [
        dt.date(2018, 10, 29),
        dt.date(2020, 11, 30),
        dt.date(2025, 4, 19),
    ]
    people = [read.count(EntryKind.PERSON) for read in found]
    groups = [read.count(EntryKind.ORGANISATION) for read in found]
    assert (people, groups) == ([703, 713, 684], [390, 305, 193])
    assert [read.left_out for read in found] == [0, 0, 0]
    assert all(not read.unused or set(read.unused) <= UNUSED for read in found)
    references = [{entry.reference for entry in read.entries} for read in found]
    for before, after in itertools.pairwise(references):
        assert before - after
        assert after - before


UNUSED = {"INDIVIDUAL/SUBMITTED_BY", "ENTITY/SUBMITTED_ON"}


def test_the_real_ofac_list_is_read_whole(shared_data: Path) -> None:
    folder = shared_data / "forces" / "sanctions" / "ofac"
    if not (folder / "ofac_sdn.csv.gz").is_file():
        pytest.skip("the SDN list is not there")
    found = read_ofac_list(
        folder / "ofac_sdn.csv.gz",
        list_date=DAY,
        names=folder / "ofac_alt.csv.gz",
        addresses=folder / "ofac_add.csv.gz",
    )
    assert (len(found.entries), found.left_out) == (8976, 0)
    assert found.count(EntryKind.PERSON) == 4620
    assert not found.problems
