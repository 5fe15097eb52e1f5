"""The pages of persons over real HTTP: what is found, shown, entered, judged, and for whom."""

import datetime as dt

import pytest
from django.test import Client

from primacy.platform.policy import Marking
from primacy.rooms.persons.actions import put_pairs
from primacy.rooms.persons.models import Merge, Pair, Person, PostingClaim, Term
from tests.conftest import Board
from tests.rooms.persons.conftest import MakePerson, MakeTerms, MakeUnit


@pytest.fixture
def base(board: Board) -> str:
    """The address of the mission."""
    return f"/m/{board.mission.code}/"


def signed_in(client: Client, board: Board, who: str) -> Client:
    """The browser of one of the board's people."""
    client.force_login(board.accounts[who])
    return client


def text_of(client: Client, address: str) -> str:
    """The words of a page that opens."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:2000]
    return answer.content.decode()


def searched(client: Client, base: str, **typed: str) -> str:
    """The words of the answer to a search, which is never sent in an address."""
    answer = client.post(f"{base}persons/", typed)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_person_is_found_in_another_script_with_the_reasons(
    board: Board, make_person: MakePerson, client: Client, base: str
) -> None:
    make_person("Mohammed Yusuf Kamara", born=(dt.date(1975, 3, 9), dt.date(1975, 3, 9)))
    make_person("Zacharias Okonkwo")
    signed_in(client, board, "planner")
    page = searched(client, base, name="محمد يوسف كامارا", born="1975-03-09")
    assert "Mohammed Yusuf Kamara" in page
    assert "born on the same day" in page
    assert "Okonkwo" not in page
    nobody = searched(client, base, name="Xyz")
    assert "It does not say that nobody is there" in nobody
    wrong = searched(client, base, name="Kamara", born="yesterday")
    assert "Type a year" in wrong


def test_a_person_is_entered_with_a_posting_and_shown(
    board: Board, make_unit: MakeUnit, client: Client, base: str
) -> None:
    make_unit("First station")
    signed_in(client, board, "planner")
    typed = {
        "name": "Abel Doe", "aliases": "A. Doe; Abe", "sex": "m", "born": "1975",
        "number_kind": "service number", "number": "77123", "unit": "first-station",
        "role": "station commander", "rank": "Inspector", "seen_on": "2026-03-01",
        "source": "Gazette 14", "point": "3", "marking": str(int(Marking.CONFIDENTIAL)),
    }  # fmt: skip
    incomplete = client.post(f"{base}persons/new/", {**typed, "unit": "", "source": ""})
    assert "A posting needs its unit" in incomplete.content.decode()
    assert not Person.objects.exists()
    made = client.post(f"{base}persons/new/", typed, follow=True).content.decode()
    for words in ("Abel Doe", "A. Doe", "77123", "station commander", "Gazette 14", "1975"):
        assert words in made, words
    unit = text_of(client, f"{base}forces/first-station/?as_of=2026-03-01")
    assert "Commander" in unit
    assert "Abel Doe" in unit
    chain = text_of(client, f"{base}persons/chain/first-station/?as_of=2026-03-01")
    assert "Abel Doe" in chain
    later = text_of(client, f"{base}persons/record/P-000001/?as_of=2020-01-01")
    assert "Abel Doe" in later


def test_who_is_not_cleared_is_told_only_that_something_is_closed(
    board: Board, make_unit: MakeUnit, make_person: MakePerson, client: Client, base: str
) -> None:
    unit = make_unit("First station")
    doe = make_person("Abel Doe", (unit, "station commander", "2026-01-01"))
    signed_in(client, board, "commander")
    page = text_of(client, f"{base}forces/first-station/?as_of=2026-01-01")
    assert "restricted information" in page
    assert "Doe" not in page
    assert client.get(f"{base}persons/record/{doe.code}/").status_code == 404
    assert "Doe" not in text_of(client, f"{base}persons/")
    signed_in(client, board, "donor")
    assert 'id="commander"' not in text_of(client, f"{base}forces/")
    for address in ("persons/", f"persons/record/{doe.code}/", "persons/terms/", "persons.csv",
                    "persons/chain/first-station/"):  # fmt: skip
        assert client.get(f"{base}{address}").status_code in (403, 404), address
    signed_in(client, board, "adviser")
    for address in ("persons/new/", "persons/matching/"):
        assert client.get(f"{base}{address}").status_code == 403


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("name", {"name": "Abe", "kind": "alias"}),
        ("birth", {"earliest": "1975-03-09", "place": "Port"}),
        ("number", {"kind": "passport", "number": "X1"}),
        ("posting", {"unit": "first-station", "role": "deputy", "first_precise": "2020-01-01"}),
        ("leaving", {"kind": "retired", "earliest": "2025-01-01"}),
    ],
)
def test_each_kind_of_claim_is_made_corrected_and_withdrawn(
    board: Board, make_unit: MakeUnit, make_person: MakePerson, client: Client, base: str,
    kind: str, typed: dict[str, str],
) -> None:  # fmt: skip
    make_unit("First station")
    doe = make_person("Abel Doe")
    signed_in(client, board, "planner")
    common = {"status": "accepted", "marking": "2", "source": "Gazette", "since_beginning": "on"}
    common |= {"since_beginning": ""} if kind == "posting" else {}
    record = f"{base}persons/record/{doe.code}/"
    bare = client.post(f"{record}claim/{kind}/", {**common, **typed, "source": ""})
    assert "citation" in bare.content.decode()
    client.post(f"{record}claim/{kind}/", {**common, **typed})
    model = {"name": "name_claims", "birth": "birth_claims", "number": "number_claims",
             "posting": "postings", "leaving": "leaving_claims"}[kind]  # fmt: skip
    row = getattr(doe, model).order_by("-id").first()
    page = f"{base}persons/claims/{row.claim}/"
    text_of(client, page)
    text_of(client, f"{page}correct/")
    changed = {**common, **typed, "status": "conflict", "reason": "two sources differ"}
    moved = client.post(f"{page}correct/", {**changed, "version": "9"}).content.decode()
    assert "Somebody else changed" in moved
    client.post(f"{page}correct/", {**changed, "version": "1"})
    assert "conflict" in text_of(client, page).lower()
    client.post(f"{page}withdraw/", {"reason": "wrong person"})
    assert "was withdrawn" in text_of(client, page)
    assert [one.version for one in getattr(doe, model).filter(claim=row.claim).order_by("id")] == [
        1, 2, 3,
    ]  # fmt: skip


def test_a_pair_is_found_judged_and_read_apart_on_its_pages(
    board: Board, make_person: MakePerson, client: Client, base: str
) -> None:
    make_person("Abel Doe", numbers=[("service number", "77123")])
    make_person("Doe, Abell", numbers=[("service number", "77 123")])
    signed_in(client, board, "human_rights")
    done = client.post(f"{base}persons/matching/look/", follow=True).content.decode()
    assert "1 new pairs to judge" in done or Pair.objects.count() == 1
    assert "Abel Doe / Doe, Abell" in text_of(client, f"{base}persons/matching/")
    pair = Pair.objects.get()
    page = f"{base}persons/matching/{pair.pk}/"
    assert "the same service number" in text_of(client, page)
    short = client.post(page, {"opinion": "same", "reasons": "same", "keep": str(pair.first_id)})
    assert "Give your reasons" in short.content.decode()
    client.post(page, {"opinion": "same", "reasons": "The number is the same on both sheets.",
                       "keep": str(pair.second_id)})  # fmt: skip
    merge = Merge.objects.get()
    assert merge.kept_id == pair.second_id
    assert "Read as one person with" in text_of(client, f"{base}persons/record/{pair.first.code}/")
    client.post(f"{base}persons/merges/{merge.pk}/apart/", {"reason": "Two photographs differ."})
    assert "Read as one person with" not in text_of(
        client, f"{base}persons/record/{pair.first.code}/"
    )


def test_two_namesakes_stay_two(
    board: Board, make_person: MakePerson, client: Client, base: str
) -> None:
    one, two = make_person("Mohamed Kamara"), make_person("Mohamed Kamara")
    signed_in(client, board, "human_rights")
    beside = f"{base}persons/record/{one.code}/beside/"
    answer = client.post(beside, {"other": two.code}, follow=True)
    assert "nothing but the name speaks for it" in answer.content.decode()
    pair = Pair.objects.get()
    refused = client.post(f"{base}persons/matching/{pair.pk}/", {
        "opinion": "same", "reasons": "They have the same name.", "keep": str(one.pk),
    })  # fmt: skip
    assert "A name alone" in refused.content.decode()
    assert not Merge.objects.exists()
    same = client.post(beside, {"other": one.code}, follow=True)
    assert "two records" in same.content.decode()


def test_a_role_of_the_country_is_entered_and_withdrawn(
    board: Board, client: Client, base: str
) -> None:
    signed_in(client, board, "planner")
    client.post(f"{base}persons/terms/", {"kind": "role", "words": "Keeper of the Gate",
                                          "commands": "yes", "source": "Police act"})  # fmt: skip
    page = text_of(client, f"{base}persons/terms/")
    assert "Keeper of the Gate" in page
    assert "station commander" in page
    client.post(f"{base}persons/terms/{Term.objects.get().pk}/withdraw/")
    assert "Keeper of the Gate" not in text_of(client, f"{base}persons/terms/")


def test_the_list_goes_out_as_a_file_with_what_the_reader_may_see(
    board: Board, make_unit: MakeUnit, make_person: MakePerson, client: Client, base: str
) -> None:
    unit = make_unit("First station")
    make_person("=HYPERLINK(1)", (unit, "station commander", "2026-01-01"))
    make_person("Ben Roe", marking=Marking.STRICT)
    signed_in(client, board, "planner")
    rows = b"".join(client.get(f"{base}persons.csv?as_of=2026-01-01")).decode()
    assert "'=HYPERLINK(1)" in rows
    assert "station commander" in rows
    assert "Roe" not in rows
    assert client.get(f"{base}persons.xlsx").status_code == 200


def test_a_withdrawn_record_is_kept_and_asked_of_no_more(
    board: Board, make_person: MakePerson, client: Client, base: str
) -> None:
    doe = make_person("Abel Doe")
    signed_in(client, board, "planner")
    record = f"{base}persons/record/{doe.code}/"
    client.post(f"{record}withdraw/", {"reason": ""})
    assert not Person.objects.get().withdrawn
    client.post(f"{record}withdraw/", {"reason": "entered twice"})
    assert "withdrawn as a mistake" in text_of(client, record)
    assert "Abel Doe" not in text_of(client, f"{base}persons/")


def test_the_queue_shows_judged_pairs_too_where_asked(
    board: Board, make_person: MakePerson, client: Client, base: str, terms: MakeTerms
) -> None:
    one, two = make_person("Abel Doe"), make_person("Abel Doe")
    put_pairs(actor=board["human_rights"], mission=board.mission, pairs=[(one, two, 0.5)])
    pair = Pair.objects.get()
    signed_in(client, board, "human_rights")
    client.post(f"{base}persons/matching/{pair.pk}/", {
        "opinion": "different", "reasons": "Two photographs differ.", "keep": str(one.pk),
    })  # fmt: skip
    assert "No pair waits" in text_of(client, f"{base}persons/matching/")
    assert "Two persons" in text_of(client, f"{base}persons/matching/?all=1")
    assert PostingClaim.objects.count() == 0


def test_the_chart_names_commanders_to_those_cleared_and_nobody_else(
    board: Board, make_unit: MakeUnit, make_person: MakePerson, client: Client, base: str
) -> None:
    unit, bare = make_unit("First station"), make_unit("Second station")
    make_person("Abel Doe", (unit, "station commander", "2026-01-01"))
    make_person("Ben Roe", (unit, "deputy", "2026-01-01"))
    chart = f"{base}command/chart/?as_of=2026-01-01"
    signed_in(client, board, "planner")
    page = text_of(client, chart)
    assert "Abel Doe: certain" in page
    assert "Roe" not in page
    assert f"{bare.name}; commander: no commander on record" in page
    before = text_of(client, f"{chart}&known_on=2020-01-01")
    assert "Doe" not in before
    signed_in(client, board, "commander")
    closed = text_of(client, chart)
    assert "Doe" not in closed
    assert f"{unit.name}; commander: restricted information" in closed
    signed_in(client, board, "donor")
    answer = client.get(chart)
    assert answer.status_code in (200, 403)
    assert "commander:" not in answer.content.decode()


def test_as_known_on_a_day_holds_for_the_commander_and_the_chain(
    board: Board, make_unit: MakeUnit, make_person: MakePerson, client: Client, base: str
) -> None:
    unit = make_unit("First station")
    make_person("Abel Doe", (unit, "station commander", "2026-01-01"))
    signed_in(client, board, "planner")
    for address in ("forces/first-station/", "persons/chain/first-station/"):
        assert "Abel Doe" in text_of(client, f"{base}{address}?as_of=2026-01-01")
        earlier = client.get(f"{base}{address}?as_of=2026-01-01&known_on=2020-01-01")
        assert "Doe" not in earlier.content.decode(), address


def test_the_newest_record_is_listed_first_and_a_unit_weighs_in_a_search(
    board: Board, make_unit: MakeUnit, make_person: MakePerson, client: Client, base: str
) -> None:
    unit = make_unit("First station")
    make_person("Abel Doe", (unit, "station commander", "2026-01-01"))
    make_person("Ben Roe")
    signed_in(client, board, "planner")
    page = text_of(client, f"{base}persons/")
    assert page.index("Ben Roe") < page.index("Abel Doe")
    found = searched(client, base, name="Abel Doe", unit="first-station")
    assert "Abel Doe" in found
    assert "Type its code" in searched(client, base, name="Doe", unit="nowhere")
