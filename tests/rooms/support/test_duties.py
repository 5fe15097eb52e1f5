"""Duties and guards in the acts themselves: who may not, what counts, what stops everything."""

import datetime as dt
from typing import Any

import pytest

from primacy.platform import clock
from primacy.platform.accounts.actions import grant_role
from primacy.platform.accounts.errors import DutiesApart
from primacy.platform.policy import Denied
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.facade import Person
from primacy.rooms.support.actions import (
    Ended,
    NewOffice,
    NewRecipient,
    OnRecipient,
    ask_gate,
    assess_risk,
    change_request,
    decide,
    exclude_recipient,
    lift_finding,
    put_policy_in_force,
    recommend,
    record_finding,
    record_response,
    reinstate,
    suspend,
    suspend_case,
    waive_condition,
)
from primacy.rooms.support.clearance import clearance
from primacy.rooms.support.errors import BadRequest, MoveRefused, NotCleared
from primacy.rooms.support.models import (
    Answer,
    CaseState,
    GraveFinding,
    RiskAssessment,
    StopEntry,
    SupportCase,
    Suspension,
)
from primacy.rooms.support.queries import last_answers
from tests.conftest import STEWARD
from tests.rooms.support.conftest import Desk


def find(desk: Desk, *, unit: Unit | None = None, person: Person | None = None) -> GraveFinding:
    """A finding that one human rights officer records."""
    return record_finding(
        actor=desk["human_rights"], mission=desk.mission, test="gross", basis="Verified killings.",
        source_title="Report", unit=unit, person=person,
    )  # fmt: skip


def asked_by(case: SupportCase, desk: Desk, label: str) -> None:
    """Makes this person the requester: people come to other posts, what they asked for stays."""
    SupportCase.objects.filter(pk=case.pk).update(requester_id=desk[label].account_id)


class TestDeciding:
    def test_who_asked_or_assessed_does_not_decide(self, desk: Desk) -> None:
        case = desk.to("decision")
        asked_by(case, desk, "leader")
        for ruling in ("approved", "not_approved", "deferred"):
            with pytest.raises(MoveRefused, match="You asked for this support"):
                desk.decide(case, ruling)
        asked_by(case, desk, "planner")
        newest = case.assessments.get()
        first = {f.name: getattr(newest, f.name) for f in RiskAssessment._meta.fields}
        with clock.standing(clock.now() - dt.timedelta(hours=1)):
            first |= {"id": RiskAssessment._meta.pk.get_default(), "recorded_at": clock.now()}  # type: ignore[union-attr]
        RiskAssessment.objects.create(**{**first, "by": desk.accounts["leader"]})
        assert case.assessments.last() == newest
        with pytest.raises(MoveRefused, match="You assessed the risk"):
            desk.decide(case)
        desk.decide(case, actor=desk["leader_2"])
        assert case.state == "approved"

    def test_who_asked_does_not_assess(self, desk: Desk) -> None:
        case = desk.to("consolidated")
        asked_by(case, desk, "human_rights")
        with pytest.raises(MoveRefused, match="somebody else must assess"):
            desk.assess(case)
        desk.assess(case, by="human_rights_2")
        case.refresh_from_db()
        assert case.assessor_id == desk["human_rights_2"].account_id

    def test_nobody_holds_two_of_the_roles_on_one_mission(self, desk: Desk) -> None:
        for label, role in (("planner", "leadership"), ("leader", "human_rights"),
                            ("human_rights", "adviser")):  # fmt: skip
            with pytest.raises(DutiesApart):
                grant_role(actor=STEWARD, account=desk.accounts[label], role=role,
                           mission_id=desk.mission.pk)  # fmt: skip

    def test_the_operator_and_others_decide_nothing(self, desk: Desk) -> None:
        case = desk.to("decision")
        with pytest.raises((BadRequest, Denied)):
            desk.decide(case, actor=STEWARD)
        for label in ("planner", "human_rights", "commander", "donor", "overseer"):
            with pytest.raises(Denied):
                desk.decide(case, actor=desk[label])
        case.refresh_from_db()
        assert case.state == "decision"

    def test_red_is_left_out_with_words_and_pending_is_no_decision(self, desk: Desk) -> None:
        case = desk.to("decision", recipients=[desk.battalion, desk.other])
        first, second = (case.recipients.get(unit=one) for one in (desk.battalion, desk.other))
        with pytest.raises(BadRequest, match="green, yellow or red"):
            desk.decide(case, on_recipients=[OnRecipient(first, "pending", "Later.")])
        with pytest.raises(BadRequest, match="say why"):
            desk.decide(case, on_recipients=[OnRecipient(first, "red")])
        desk.decide(case, on_recipients=[OnRecipient(first, "red", "Known beatings.")])
        assert desk.kept(case) == [second]
        desk.to("active", case)
        found = clearance(desk["planner"], desk.mission, purpose="fuel", day=clock.today(),
                          unit=desk.battalion)  # fmt: skip
        assert found.answer == Answer.NOT_ALLOWED

    def test_a_red_recommendation_is_not_decided_away(self, desk: Desk) -> None:
        case = desk.to("consolidated")
        desk.assess(case)
        desk.recommend_all(case, "red")
        desk.move(case, "send")
        [one] = desk.kept(case)
        with pytest.raises(MoveRefused, match="red recommendation"):
            desk.decide(case, on_recipients=[OnRecipient(one, "green", "I know him.")])

    def test_support_that_has_ended_is_not_approved(self, desk: Desk) -> None:
        case = desk.to("decision")
        with clock.standing(clock.now() + dt.timedelta(days=91)):
            with pytest.raises(MoveRefused, match="The support ended"):
                desk.decide(case)


class TestScreening:
    def test_an_answer_taken_over_counts_only_when_confirmed(self, desk: Desk) -> None:
        first = desk.to("consolidated")
        case = desk.to("screening")
        [one] = desk.kept(case)
        for code in ("hr", "police"):
            office = desk.offices[code]
            drafted = last_answers(desk[desk.who_answers(office)], one, office)
            assert drafted is not None
            assert drafted.case_id == first.pk
            with pytest.raises(MoveRefused, match=f"{office} has not answered"):
                desk.move(case, "consolidate")
            desk.answer(one, office, drafted.colour, prefilled_from=drafted)
        desk.move(case, "consolidate")
        assert case.state == "consolidated"

    def test_pending_is_no_answer_and_the_newest_counts(self, desk: Desk) -> None:
        case = desk.to("screening")
        desk.answer_all(case)
        [one] = desk.kept(case)
        desk.answer(one, desk.offices["police"], "pending")
        with pytest.raises(MoveRefused, match="UN Police has not answered"):
            desk.move(case, "consolidate")

    def test_only_the_office_answers_and_says_what_was_searched(self, desk: Desk) -> None:
        [one] = desk.kept(desk.to("screening"))
        with pytest.raises(Denied, match="Only people of UN Police"):
            desk.answer(one, desk.offices["police"], actor=desk["human_rights"])
        with pytest.raises(BadRequest, match="never simply clean"):
            desk.answer(one, desk.offices["police"], searched=" ")
        with pytest.raises(BadRequest, match="Give the reason"):
            desk.answer(one, desk.offices["police"], reason=" ")

    def test_the_version_of_the_case_says_who_must_answer(self, desk: Desk) -> None:
        old = desk.to("screening")
        offices = [NewOffice(code, one.name, one.organisation_id)
                   for code, one in desk.offices.items()]  # fmt: skip
        put_policy_in_force(
            actor=desk["human_rights"], mission=desk.mission, title="Second version",
            offices=[*offices, NewOffice("third", "Joint analysis")], source_title="Paper",
            freshness_days=1,
        )  # fmt: skip
        desk.answer_all(old)
        with clock.standing(clock.now() + dt.timedelta(days=3)):
            desk.move(old, "consolidate")
            new = desk.to("screening", starts_on=clock.today())
            for one in desk.kept(new):
                for code in ("hr", "police"):
                    desk.answer(one, new.policy.offices.get(code=code))
            with pytest.raises(MoveRefused, match="Joint analysis has not answered"):
                desk.move(new, "consolidate")
        third = new.policy.offices.get(code="third")
        with pytest.raises((BadRequest, MoveRefused)):
            desk.answer(desk.kept(old)[0], third, actor=desk["adviser"])

    def test_an_old_answer_counts_no_more(self, desk: Desk) -> None:
        case = desk.to("approved", ends_on=clock.today() + dt.timedelta(days=300))
        with clock.standing(clock.now() + dt.timedelta(days=90)):
            desk.to("active", case)
        with clock.standing(clock.now() + dt.timedelta(days=91)):
            desk.move(case, "watch")
            with pytest.raises(MoveRefused, match="too old"):
                desk.move(case, "settle")
            found = clearance(desk["planner"], desk.mission, purpose="fuel", day=clock.today(),
                              unit=desk.battalion)  # fmt: skip
            assert found.answer == Answer.NOT_ALLOWED
            assert "must answer anew" in " ".join(found.reasons)

    def test_a_recommendation_older_than_an_answer_recommends_nothing(self, desk: Desk) -> None:
        case = desk.to("consolidated")
        desk.assess(case)
        desk.recommend_all(case)
        desk.move(case, "screen_again")
        [one] = desk.kept(case)
        desk.answer(one, desk.offices["police"], "red")
        desk.move(case, "consolidate")
        with pytest.raises(MoveRefused, match="Write the recommendation"):
            desk.move(case, "send")
        recommend(actor=desk["human_rights"], recipient=one, colour="yellow", commentary="Read.")
        desk.move(case, "send")


class TestConditions:
    def test_a_condition_that_comes_first_is_met_with_evidence_or_waived(self, desk: Desk) -> None:
        case = desk.to("approved_with_conditions")
        [condition] = case.conditions.all()
        with pytest.raises(MoveRefused, match="Train the keepers"):
            desk.move(case, "activate")
        desk.meet(condition)
        desk.move(case, "activate")

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"authority": " "}, "Name the authority"),
            ({"reason": "\n"}, "Give the reason"),
            ({"expires_on": dt.date(2020, 1, 1)}, "a day to come"),
        ],
    )
    def test_a_waiver_has_authority_reason_and_end(
        self, desk: Desk, given: dict[str, Any], words: str
    ) -> None:
        case = desk.to("approved_with_conditions")
        [condition] = case.conditions.all()
        whole: dict[str, Any] = {
            "actor": desk["leader"], "condition": condition, "authority": "Procedure, article 5",
            "reason": "The keepers are away.", "expires_on": clock.today() + dt.timedelta(days=5),
        }  # fmt: skip
        with pytest.raises(BadRequest, match=words):
            waive_condition(**{**whole, **given})
        for label in ("planner", "human_rights", "adviser"):
            with pytest.raises(Denied):
                waive_condition(**{**whole, "actor": desk[label]})
        asked_by(case, desk, "leader")
        with pytest.raises(BadRequest, match="waives no condition"):
            waive_condition(**whole)
        asked_by(case, desk, "planner")
        condition.refresh_from_db()
        assert condition.state == "open"

    def test_a_waiver_that_has_run_out_waives_nothing(self, desk: Desk) -> None:
        case = desk.to("approved_with_conditions")
        [condition] = case.conditions.all()
        until = clock.today() + dt.timedelta(days=5)
        waive_condition(actor=desk["leader"], condition=condition, authority="Article 5",
                        reason="Away.", expires_on=until)  # fmt: skip
        with clock.standing(clock.now() + dt.timedelta(days=6)):
            with pytest.raises(MoveRefused, match="Train the keepers"):
                desk.move(case, "activate")
        desk.move(case, "activate")
        assert desk.deliver(case).standing == "accepted"
        with clock.standing(clock.now() + dt.timedelta(days=6)):
            with pytest.raises(NotCleared, match="not kept"):
                desk.deliver(case)


REACHING = {
    "the unit itself": lambda desk: {"unit": desk.battalion},
    "a unit above it": lambda desk: {"unit": desk.brigade},
    "its commander": lambda desk: {"person": desk.persons["major"]},
}


class TestFindings:
    @pytest.mark.parametrize("whom", REACHING)
    def test_nothing_overrides_a_finding(self, desk: Desk, whom: str) -> None:
        waiting, ready, running = desk.to("decision"), desk.to("approved"), desk.to("active")
        watched = desk.to("monitored")
        finding = find(desk, **REACHING[whom](desk))
        for ruling in ("approved", "approved_with_conditions"):
            with pytest.raises(MoveRefused, match="There is no override"):
                desk.decide(waiting, ruling)
        for case, act in ((ready, "activate"), (watched, "settle")):
            with pytest.raises(MoveRefused, match="There is no override"):
                desk.move(case, act)
        with pytest.raises(NotCleared, match="There is no override"):
            desk.deliver(running)
        kept, answer = ask_gate(actor=desk["planner"], mission=desk.mission, purpose="fuel",
                                day=clock.today(), unit=desk.battalion)  # fmt: skip
        assert kept.answer == answer.answer == Answer.NOT_ALLOWED
        lift_finding(actor=desk["human_rights_2"], finding=finding, reason="Tried, sentenced.")
        assert desk.deliver(running).standing == "accepted"
        desk.move(watched, "settle")

    @pytest.mark.parametrize("whom", ["sergeant", "battalion", "brigade"])
    def test_a_finding_reaches_a_person(self, desk: Desk, whom: str) -> None:
        case = desk.active(kind="training", recipients=[desk.persons["sergeant"]])
        if whom == "sergeant":
            find(desk, person=desk.persons[whom])
        else:
            find(desk, unit=getattr(desk, whom))
        with pytest.raises(NotCleared, match="There is no override"):
            desk.deliver(case)

    def test_a_finding_against_another_stops_nobody_else(self, desk: Desk) -> None:
        case = desk.active()
        find(desk, unit=desk.other)
        find(desk, person=desk.persons["sergeant"])
        assert desk.deliver(case).standing == "accepted"

    def test_only_another_lifts_a_finding(self, desk: Desk) -> None:
        finding = find(desk, unit=desk.battalion)
        with pytest.raises(MoveRefused, match="somebody else must lift it"):
            lift_finding(actor=desk["human_rights"], finding=finding, reason="Sorry.")
        with pytest.raises(Denied):
            lift_finding(actor=desk["leader"], finding=finding, reason="I decide.")
        with pytest.raises(BadRequest, match="Say why"):
            lift_finding(actor=desk["human_rights_2"], finding=finding, reason=" ")
        assert StopEntry.objects.filter(finding=finding, lifted_at__isnull=True).exists()


class TestSuspending:
    def test_only_another_lifts_a_suspension(self, desk: Desk) -> None:
        case = desk.to("suspended")
        [order] = Suspension.objects.filter(case=case)
        with pytest.raises(MoveRefused, match="somebody else must lift it"):
            reinstate(actor=desk["leader"], suspension=order, reason="Well.")
        done = reinstate(actor=desk["leader_2"], suspension=order, reason="Corrected.")
        assert [one.pk for one in done.in_force] == [case.pk]
        assert desk.deliver(case).standing == "accepted"

    def test_a_case_is_not_taken_up_while_another_order_stands(self, desk: Desk) -> None:
        case = desk.to("suspended")
        [order] = Suspension.objects.filter(case=case)
        suspend(actor=desk["leader"], mission=desk.mission, reason="All.", told_host="Conduct.",
                unit=desk.brigade)  # fmt: skip
        done = reinstate(actor=desk["leader_2"], suspension=order, reason="Corrected.")
        assert done == Ended(done.suspension, (), done.held)
        [[held, reasons]] = done.held
        assert held.pk == case.pk
        assert "stop list" in " ".join(reasons)
        with pytest.raises(NotCleared, match="stop list"):
            desk.deliver(case)

    def test_stops_of_withdrawn_support_are_lifted_by_another(self, desk: Desk) -> None:
        case = desk.to("withdrawn")
        [order] = Suspension.objects.filter(case=case)
        with pytest.raises(MoveRefused, match="stop list"):
            desk.decide(desk.to("decision"))
        with pytest.raises(MoveRefused, match="somebody else"):
            reinstate(actor=desk["leader"], suspension=order, reason="New commander.")
        reinstate(actor=desk["leader_2"], suspension=order, reason="New commander.")
        case.refresh_from_db()
        assert case.state == "withdrawn"
        assert desk.active().state == "active"
        with pytest.raises(BadRequest, match="ended already"):
            reinstate(actor=desk["leader_2"], suspension=order, reason="Again.")

    def test_a_draft_is_not_suspended_whomever_it_names(self, desk: Desk) -> None:
        case = desk.draft(recipients=[NewRecipient(kind="unit", named="Nobody knows")])
        with pytest.raises(MoveRefused, match="cannot do 'suspend'"):
            suspend_case(actor=desk["leader"], case=case, reason="x", told_host="x")
        assert not Suspension.objects.exists()


class TestRounds:
    def test_a_returned_request_is_assessed_and_recommended_anew(self, desk: Desk) -> None:
        case = desk.to("validated")
        desk.assess(case)
        desk.move(case, "return")
        assert (case.round, case.assessor_id, case.clause) == (2, None, "")
        change_request(actor=desk["planner"], case=case, terms=desk.terms(kind="equipment"))
        desk.to("consolidated", case)
        desk.recommend_all(case)
        with pytest.raises(MoveRefused, match="Fill in the risk assessment"):
            desk.move(case, "send")

    def test_nothing_of_the_round_before_counts(self, desk: Desk) -> None:
        case = desk.to("interceded")
        raised = case.intercessions.get()
        record_response(actor=desk["human_rights"], intercession=raised, response="No.",
                        enough=False)  # fmt: skip
        with pytest.raises(MoveRefused, match="suspend instead"):
            desk.move(case, "settle")
        desk.move(case, "reopen")
        assert case.round == 2
        with pytest.raises(MoveRefused, match="has not answered"):
            desk.move(case, "consolidate")
        desk.to("monitored", case)
        desk.move(case, "settle")
        assert case.state == CaseState.ACTIVE

    def test_a_case_of_whom_nobody_is_left_goes_nowhere(self, desk: Desk) -> None:
        case = desk.to("approved")
        [one] = desk.kept(case)
        exclude_recipient(actor=desk["human_rights"], recipient=one, reason="Disbanded.")
        with pytest.raises(MoveRefused, match="No recipient is left"):
            desk.move(case, "activate")

    def test_an_incomplete_or_grave_assessment_goes_no_further(self, desk: Desk) -> None:
        case = desk.to("consolidated")
        desk.recommend_all(case)
        assess_risk(actor=desk["human_rights"], case=case, answers={"a": "Fuel."})
        with pytest.raises(MoveRefused, match="The risk assessment lacks"):
            desk.move(case, "send")
        desk.assess(case, real_risk=True)
        desk.move(case, "send")
        with pytest.raises(MoveRefused, match="the policy allows no support"):
            decide(actor=desk["leader"], case=case, ruling="approved", reasons="Still.")
