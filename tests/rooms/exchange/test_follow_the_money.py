"""The register as entities of FollowTheMoney: what the published model allows, and no more."""

import datetime as dt
import json
import re

import pytest

from primacy.platform.claims.rules import Dates
from primacy.platform.claims.terms import Terms
from primacy.platform.policy import Marking
from primacy.rooms.exchange.exports import content, entities, packed_entities
from primacy.rooms.forces.actions import claim_name, claim_relation
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.facade import Person, claim_posting
from tests.conftest import STEWARD, Board
from tests.rooms.exchange.test_sheets_out import register as register
from tests.rooms.exchange.test_sheets_out import terms

THING = {"name", "alias", "weakAlias", "country", "description", "address", "sourceUrl",
         "publisher", "proof"}  # fmt: skip
INTERVAL = {"startDate", "endDate", "date", "recordId", "sourceUrl", "publisher", "proof",
            "description"}  # fmt: skip
MODEL = {
    "PublicBody": (THING | {"classification", "sector"}, {"name"}),
    "Person": (
        THING | {"gender", "birthDate", "birthPlace", "deathDate", "title", "position"},
        {"name"},
    ),
    "Position": (THING | {"organization"}, {"name"}),
    "Occupancy": (INTERVAL | {"holder", "post"}, {"holder", "post"}),
    "Membership": (INTERVAL | {"member", "organization", "role"}, {"member", "organization"}),
    "UnknownLink": (INTERVAL | {"subject", "object", "role"}, {"subject", "object"}),
    "Document": (THING | {"title", "fileName", "publishedAt"}, {"fileName"}),
}
"""What the published schema knows of each kind and requires of it, as far as it is used here."""

POINTS_TO = {
    "holder": {"Person"}, "post": {"Position"}, "organization": {"PublicBody"},
    "member": {"PublicBody"}, "subject": {"PublicBody"}, "object": {"PublicBody"},
    "proof": {"Document"},
}  # fmt: skip
DATES = {"startDate", "endDate", "date", "birthDate", "deathDate", "publishedAt"}


def made(board: Board, **more: object) -> list[dict]:  # type: ignore[type-arg]
    return list(entities(content(STEWARD, board.mission, **{"with_persons": True, **more})))


def of(found: list[dict], schema: str) -> list[dict]:  # type: ignore[type-arg]
    return [one["properties"] for one in found if one["schema"] == schema]


def test_every_entity_is_what_the_published_model_allows(board: Board, register: Unit) -> None:
    found = made(board)
    by_id = {one["id"]: one["schema"] for one in found}
    assert len(by_id) == len(found)
    assert {one["schema"] for one in found} == set(MODEL) - {"Membership"}
    for one in found:
        known, required = MODEL[one["schema"]]
        properties = one["properties"]
        assert set(properties) <= known
        assert required <= set(properties)
        for name, values in properties.items():
            assert values
            assert all(isinstance(value, str) and value for value in values)
            if name in POINTS_TO:
                assert {by_id[value] for value in values} <= POINTS_TO[name]
            if name in DATES:
                assert all(re.fullmatch(r"\d{4}(-\d\d-\d\d)?", value) for value in values)


def test_the_package_of_the_model_reads_every_entity(board: Board, register: Unit) -> None:
    model = pytest.importorskip("followthemoney", reason="an extra check where it is installed")
    for one in made(board):
        read = model.model.get_proxy(one, cleaned=False)
        assert read.schema.name == one["schema"]
        read.schema.validate(one)
        for name, values in one["properties"].items():
            if name not in ("country", "gender"):
                assert len(read.get(name)) == len(values), (one["schema"], name)


def test_the_same_record_has_the_same_id_in_each_file(board: Board, register: Unit) -> None:
    assert made(board) == made(board)


def test_a_first_day_is_a_start_only_where_it_began_then(board: Board, register: Unit) -> None:
    brigade = Unit.objects.get(code="b-7")
    open_ended = Dates(dt.date(2012, 1, 1), dt.date(2012, 5, 1))
    claim_relation(actor=STEWARD, unit=register, superior=brigade, kind="member",
                   terms=terms(board, dates=open_ended))  # fmt: skip
    [one] = of(made(board), "Membership")
    assert "startDate" not in one
    assert "endDate" not in one
    assert one["date"] == ["2012-01-01", "2012-05-01"]


def test_an_imprecise_range_becomes_no_date(board: Board, register: Unit) -> None:
    [one] = [p for p in of(made(board), "UnknownLink") if p["role"] == ["administered by"]]
    assert set(one) & DATES == set()
    assert one["description"] == ["In conflict with another claim."]


def test_a_year_of_birth_is_a_year(board: Board, register: Unit) -> None:
    [one] = of(made(board), "Person")
    assert one["birthDate"] == ["1971"]
    assert one["weakAlias"] == ["Bison"]
    assert "SECRET-99" not in json.dumps(made(board))


def test_what_is_work_needed_is_given_on_as_no_fact(board: Board, register: Unit) -> None:
    claim_name(actor=STEWARD, unit=register, name="Rumoured name",
               terms=Terms(Dates(since_beginning=True), status="work_needed"))  # fmt: skip
    person = Person.objects.get(code="p-1")
    claim_posting(actor=STEWARD, person=person, unit=register, role="Rumoured post",
                  terms=Terms(Dates(since_beginning=True), status="issue"))  # fmt: skip
    assert "Rumoured" not in json.dumps(made(board))


def test_persons_stay_out_where_they_are_not_asked_for(board: Board, register: Unit) -> None:
    found = made(board, with_persons=False)
    assert not of(found, "Person")
    assert not of(found, "Occupancy")
    assert "A. Name" not in json.dumps(found)


def test_closed_claims_are_not_in_the_file_of_who_may_see_less(
    board: Board, register: Unit
) -> None:
    found = content(board["commander"], board.mission)
    assert "Infantry" not in json.dumps(list(entities(found)))
    assert found.marking is Marking.INTERNAL
    assert packed_entities(board["commander"], found)[:2] == b"PK"
