"""Records that may be one person: judged on evidence, merged, and read apart bit for bit."""

import json
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Model
from hypothesis import given
from hypothesis import strategies as st

from primacy.platform.policy import Denied, Marking
from primacy.rooms.persons.actions import (
    claim_number,
    claim_posting,
    judge_pair,
    put_pairs,
    read_apart,
)
from primacy.rooms.persons.errors import BadJudgement, NoSuchPair
from primacy.rooms.persons.finding import likely_pairs
from primacy.rooms.persons.merged import merged
from primacy.rooms.persons.models import Merge, Pair, PairJudgement, Person
from primacy.rooms.persons.review import pair_by_id, pair_reading, standing_merges, waiting
from tests.conftest import Board
from tests.rooms.persons.conftest import MakePerson, MakeTerms, MakeUnit

REASONS = "The service number is the same on both sheets."
OF_REVIEW = {"pair", "pairjudgement", "merge", "unmerge"}


def paired(board: Board, one: Person, two: Person) -> Pair:
    """The two put on the queue."""
    put_pairs(actor=board["human_rights"], mission=board.mission, pairs=[(one, two, 0.5)])
    return Pair.objects.get(first=min(one, two, key=lambda p: p.pk))


def histories() -> str:
    """Every row about persons and what they cite, byte for byte, but for the review itself."""
    models: Iterator[type[Model]] = apps.get_app_config("persons").get_models()
    kinds = [model for model in models if model._meta.model_name not in OF_REVIEW]
    kinds.append(apps.get_model("claims", "Citation"))
    rows = [row for model in kinds for row in model._default_manager.order_by("pk")]
    return json.dumps(json.loads(serializers.serialize("json", rows)), sort_keys=True)


def test_a_name_alone_never_merges(board: Board, make_person: MakePerson) -> None:
    pair = paired(board, make_person("Mohamed Kamara"), make_person("Mohamed Kamara"))
    with pytest.raises(BadJudgement, match="name alone"):
        judge_pair(actor=board["human_rights"], pair=pair, opinion="same", reasons=REASONS)
    with pytest.raises(BadJudgement, match="name alone"):
        judge_pair(actor=board["human_rights"], pair=pair, opinion="same", reasons=REASONS,
                   ground="name", reference="they are called the same")  # fmt: skip
    assert not Merge.objects.exists()
    assert not PairJudgement.objects.exists()


def test_a_ground_with_its_reference_merges(board: Board, make_person: MakePerson) -> None:
    one, two = make_person("Mohamed Kamara"), make_person("Kamara Mohammed")
    pair = paired(board, one, two)
    made = judge_pair(
        actor=board["human_rights"], pair=pair, opinion="same", reasons=REASONS,
        ground="source", reference="Gazette 14, page 3", keep=two,
    )  # fmt: skip
    assert made.ground == "source"
    together = standing_merges(board.mission.pk)
    assert together.kept(one.pk) == two.pk
    assert together.group(one.pk) == {one.pk, two.pk}


def test_unmerging_restores_both_histories_bit_for_bit(
    board: Board, make_unit: MakeUnit, make_person: MakePerson, terms: MakeTerms
) -> None:
    unit, officer = make_unit("First station"), board["human_rights"]
    one = make_person("Abel Doe", (unit, "commander", "2019-01-01", "2019-08-01"),
                      numbers=[("service number", "77123")])  # fmt: skip
    two = make_person("DOE, Abel", (unit, "deputy", "2020-01-01", "2020-08-01"),
                      numbers=[("service number", "77123")])  # fmt: skip
    before = histories()
    pair = paired(board, one, two)
    judge_pair(actor=officer, pair=pair, opinion="same", reasons=REASONS)
    assert histories() == before
    merge = Merge.objects.get()
    read_apart(actor=officer, merge=merge, reasons="Two photographs show two persons.")
    assert histories() == before
    apart = standing_merges(board.mission.pk)
    assert not apart.one(one.pk, two.pk)
    assert [j.opinion for j in PairJudgement.objects.order_by("id")] == ["same", "different"]


def test_what_was_claimed_while_merged_stays_with_the_record_it_names(
    board: Board, make_unit: MakeUnit, make_person: MakePerson, terms: MakeTerms
) -> None:
    unit, officer = make_unit("First station"), board["human_rights"]
    one = make_person("Abel Doe", numbers=[("service number", "77123")])
    two = make_person("DOE, Abel", numbers=[("service number", "77123")])
    judge_pair(actor=officer, pair=paired(board, one, two), opinion="same", reasons=REASONS)
    claim_posting(actor=officer, person=two, unit=unit, role="commander",
                  terms=terms("2021-01-01"))  # fmt: skip
    read_apart(actor=officer, merge=Merge.objects.get(), reasons="They are two brothers.")
    assert [row.person_id for row in unit_postings(unit.pk)] == [two.pk]
    with pytest.raises(BadJudgement, match="already"):
        read_apart(actor=officer, merge=Merge.objects.get(), reasons="They are two brothers.")


def unit_postings(unit: object) -> list:  # type: ignore[type-arg]
    """The postings in a unit."""
    return list(apps.get_model("persons", "PostingClaim").objects.filter(unit=unit))


def test_they_can_be_merged_again_after_they_were_read_apart(
    board: Board, make_person: MakePerson
) -> None:
    officer = board["human_rights"]
    one = make_person("Abel Doe", numbers=[("service number", "77123")])
    two = make_person("DOE, Abel", numbers=[("service number", "77123")])
    pair = paired(board, one, two)
    judge_pair(actor=officer, pair=pair, opinion="same", reasons=REASONS)
    with pytest.raises(BadJudgement, match="apart first"):
        judge_pair(actor=officer, pair=pair, opinion="different", reasons=REASONS)
    read_apart(actor=officer, merge=Merge.objects.get(), reasons="Two photographs differ.")
    judge_pair(actor=officer, pair=pair, opinion="same", reasons=REASONS)
    assert standing_merges(board.mission.pk).one(one.pk, two.pk)
    assert Merge.objects.count() == 2


def test_pairs_are_found_and_not_asked_twice(board: Board, make_person: MakePerson) -> None:
    officer = board["human_rights"]
    make_person("Abel Doe", numbers=[("service number", "77123")])
    make_person("Abell Doe", numbers=[("service number", "77 123")])
    make_person("Zacharias Okonkwo")
    found = likely_pairs(officer, board.mission)
    assert len(found) == 1
    rows = {person.pk: person for person in Person.objects.all()}
    pairs = [(rows[one.first], rows[one.second], one.score) for one in found]
    assert put_pairs(actor=officer, mission=board.mission, pairs=pairs, found_by="job") == 1
    assert put_pairs(actor=officer, mission=board.mission, pairs=pairs, found_by="job") == 0
    assert waiting(officer, board.mission).count() == 1
    judge_pair(actor=officer, pair=Pair.objects.get(), opinion="different", reasons=REASONS)
    assert waiting(officer, board.mission).count() == 0


def test_the_evidence_is_what_the_reader_may_see(
    board: Board, make_person: MakePerson, terms: MakeTerms
) -> None:
    officer = board["human_rights"]
    one = make_person("Abel Doe", marking=Marking.INTERNAL)
    two = make_person("Abel Doe", marking=Marking.INTERNAL)
    for person in (one, two):
        claim_number(actor=officer, person=person, kind="service number", number="77123",
                     terms=terms(marking=Marking.STRICT))  # fmt: skip
    pair = paired(board, one, two)
    assert pair_reading(officer, pair).comparison.verdict == "same"
    assert pair_reading(board["planner"], pair).comparison.verdict == "refer"
    assert "77123" not in repr(pair_reading(board["planner"], pair))


def test_a_pair_with_a_closed_record_is_not_shown(board: Board, make_person: MakePerson) -> None:
    one = make_person("Abel Doe", marking=Marking.INTERNAL)
    two = make_person("Abel Doe", marking=Marking.STRICT)
    pair = paired(board, one, two)
    assert waiting(board["human_rights"], board.mission).count() == 1
    assert waiting(board["planner"], board.mission).count() == 0
    with pytest.raises(NoSuchPair):
        pair_by_id(board["planner"], board.mission, pair.pk)
    with pytest.raises(Denied):
        waiting(board["adviser"], board.mission)


def test_the_database_itself_keeps_judgements(board: Board, make_person: MakePerson) -> None:
    pair = paired(board, make_person("Abel Doe"), make_person("Abel Doe"))
    judge_pair(actor=board["human_rights"], pair=pair, opinion="unsure", reasons=REASONS)
    for table in ("persons_pairjudgement", "persons_pair", "persons_personnameclaim"):
        with (
            pytest.raises((IntegrityError, OperationalError, Exception), match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table}")


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=14))
def test_merges_in_any_order_make_groups_with_one_record_kept(pairs: list[tuple[int, int]]) -> None:
    together = merged(pairs)  # type: ignore[arg-type]
    for one in range(10):
        kept = together.kept(one)  # type: ignore[arg-type]
        assert together.kept(kept) == kept
        assert one in together.group(one)  # type: ignore[arg-type]
    for kept, joined in pairs:
        assert together.one(kept, joined)  # type: ignore[arg-type]
