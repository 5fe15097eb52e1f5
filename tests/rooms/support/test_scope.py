"""Whether the policy applies: every clause, inside and outside, and who says so."""

import dataclasses
import uuid

import pytest

from primacy.platform.policy import Denied
from primacy.rooms.support.actions.requests import NewRecipient, change_request, determine_scope
from primacy.rooms.support.errors import MoveRefused
from primacy.rooms.support.guards import Facts
from primacy.rooms.support.models import SupportCase, SupportKind
from primacy.rooms.support.rules import against
from primacy.rooms.support.scope import CLAUSES, against_scope, clauses_for, is_inside
from tests.rooms.support.conftest import Desk

# The policy's own lists (A/67/775-S/2013/110), read a second time: clause, inside, kinds it is for.
KNOWN = {
    "in.training": (True, {"training"}),
    "in.authority": (True, set(SupportKind.values)),
    "in.finance": (True, {"money"}),
    "in.logistics": (True, {"equipment", "fuel", "transport", "logistics"}),
    "in.operations": (True, {"operational", "joint_operation"}),
    "in.joint": (True, {"joint_operation"}),
    "out.law": (False, {"training"}),
    "out.standards": (False, {"training", "money"}),
    "out.access": (False, {"training", "equipment", "fuel", "transport", "logistics"}),
    "out.mediation": (False, set(SupportKind.values)),
    "out.medevac": (False, {"transport", "logistics"}),
}


def test_every_clause_is_known_here_and_no_other() -> None:
    assert {one.code for one in CLAUSES} == set(KNOWN)


@pytest.mark.parametrize("code", KNOWN)
@pytest.mark.parametrize("kind", SupportKind.values)
def test_a_clause_takes_the_kinds_it_speaks_of_and_no_other(code: str, kind: str) -> None:
    inside, kinds = KNOWN[code]
    assert is_inside(code) is inside
    reasons = against_scope(code, "It fits.", kind, {"unit", "authority"})
    if kind in kinds:
        assert reasons == []
        assert code in {one.code for one in clauses_for(kind)}
    else:
        [reason] = reasons
        assert "does not speak of" in reason
        assert SupportKind(kind).label.lower() in reason
        assert code not in {one.code for one in clauses_for(kind)}


@pytest.mark.parametrize("kind", SupportKind.values)
def test_every_kind_can_be_inside_and_outside(kind: str) -> None:
    assert {one.inside for one in clauses_for(kind)} == {True, False}


def test_a_clause_needs_words_an_authority_where_it_speaks_of_one_and_must_exist() -> None:
    assert "Say in words" in " ".join(against_scope("in.training", " ", "training", {"unit"}))
    assert "needs an authority" in " ".join(against_scope("in.authority", "x", "fuel", {"unit"}))
    assert against_scope("in.authority", "x", "fuel", {"authority"}) == []
    [unknown] = against_scope("in.space", "x", "fuel", {"unit"})
    assert "in.training" in unknown


def test_inside_is_validated_and_cannot_be_ended_as_outside(desk: Desk) -> None:
    case = desk.to("submitted")
    with pytest.raises(MoveRefused, match="Determine the scope first"):
        desk.move(case, "validate")
    desk.scope(case, "in.logistics")
    with pytest.raises(MoveRefused, match="brings this under the policy"):
        desk.move(case, "out_of_scope", "human_rights_2")
    assert desk.to("validated", case).state == "validated"


def test_outside_needs_a_second_person(desk: Desk) -> None:
    case = desk.to("submitted")
    desk.scope(case, "out.mediation")
    with pytest.raises(MoveRefused, match="outside the policy"):
        desk.move(case, "validate")
    with pytest.raises(MoveRefused, match="needs a second person"):
        desk.move(case, "out_of_scope", "human_rights")
    desk.move(case, "out_of_scope", "human_rights_2")
    assert case.state == "out_of_scope"
    assert {case.scoper_id, case.scope_seconder_id} == {
        desk["human_rights"].account_id, desk["human_rights_2"].account_id,
    }  # fmt: skip


def test_who_asks_neither_determines_nor_seconds(desk: Desk) -> None:
    case = desk.to("submitted")
    with pytest.raises(Denied):
        determine_scope(actor=desk["planner"], case=case, clause="out.mediation", reason="Talks.")
    desk.scope(case, "out.mediation")
    with pytest.raises(Denied):
        desk.move(case, "out_of_scope", "planner")
    # Who asked may come to another post: the person counts, not the role of the day.
    for asks in ("human_rights", "human_rights_2"):
        SupportCase.objects.filter(pk=case.pk).update(requester_id=desk[asks].account_id)
        with pytest.raises(MoveRefused, match="Who asks for the support"):
            desk.move(case, "out_of_scope", "human_rights_2")
    assert case.state == "submitted"


def test_the_same_in_the_rules_alone() -> None:
    asks, first, second = (uuid.UUID(int=number) for number in (1, 2, 3))
    facts = Facts(today=None, requester=asks, scoper=first, clause_inside=False)  # type: ignore[arg-type]

    def refused(actor: uuid.UUID | None, **more: object) -> list[str]:
        return against("out_of_scope", "submitted", dataclasses.replace(facts, **more), actor, "x")  # type: ignore[arg-type]

    assert refused(second) == []
    assert refused(first)
    assert refused(asks)
    assert refused(None)
    assert refused(second, scoper=asks)
    assert refused(second, clause_inside=True)
    assert refused(second, clause_inside=None)
    assert against("out_of_scope", "submitted", facts, second, " ")


def test_a_returned_request_has_its_scope_determined_anew(desk: Desk) -> None:
    case = desk.to("submitted", kind="training")
    desk.scope(case, "out.law")
    desk.move(case, "return")
    assert (case.clause, case.scoper_id) == ("", None)
    change_request(actor=desk["planner"], case=case, terms=desk.terms(kind="equipment"))
    desk.to("submitted", case)
    with pytest.raises(MoveRefused, match="Determine the scope first"):
        desk.move(case, "out_of_scope", "human_rights_2")
    with pytest.raises(MoveRefused, match="Determine the scope first"):
        desk.move(case, "validate")


def test_the_clause_on_authorities_asks_the_case_for_one(desk: Desk) -> None:
    case = desk.to("submitted")
    with pytest.raises(MoveRefused, match="needs an authority"):
        desk.scope(case, "in.authority")
    named = NewRecipient(kind="authority", unit=desk.brigade)
    other = desk.to("submitted", recipients=[named])
    desk.scope(other, "in.authority")
    assert other.clause == "in.authority"
