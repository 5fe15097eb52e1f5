"""Whom an alert never reaches, who is sent only past the gate, and who warned stays hidden."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from primacy.platform import clock
from primacy.platform.accounts.actions import (
    admit_to_compartment,
    create_compartment,
    ensure_organisation,
)
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.claims.actions import Cite
from primacy.platform.claims.rules import Dates
from primacy.platform.claims.terms import Terms
from primacy.platform.policy import Denied, Marking
from primacy.rooms.forces.actions import claim_relation
from primacy.rooms.persons.actions import claim_posting
from primacy.rooms.support.facade import NotCleared, suspend
from primacy.rooms.warning.actions import (
    Warned,
    accuse,
    join,
    keep_from,
    let_know,
    mark_alert,
    name_stand,
    protect_source,
    task,
    withdraw_accusation,
)
from primacy.rooms.warning.errors import BadAlert, NoSuchAlert, NotToBeTold, StepRefused
from primacy.rooms.warning.models import Alert, AlertSource, Tasking
from primacy.rooms.warning.queries import (
    accusations_of,
    alert_by_number,
    alerts,
    kept_from_of,
    overdue,
    sources_of,
    steps_of,
    taskings_of,
)
from tests.conftest import STEWARD
from tests.rooms.warning.conftest import Watch, ago, patrol

HOST = ("of_battalion", "of_brigade", "of_other", "of_nobody", "official")


def readers(watch: Watch, alert: Alert) -> set[str]:
    """Who of the host state is shown an alert."""
    return {
        label for label in HOST if alerts(watch[label], watch.mission).filter(pk=alert.pk).exists()
    }


def test_an_alert_that_accuses_nobody_is_shown_to_all_who_are_cleared(watch: Watch) -> None:
    assert readers(watch, watch.enter()) == set(HOST)
    assert readers(watch, watch.enter(marking=Marking.CONFIDENTIAL)) == set()


def test_a_unit_its_parents_and_children_never_learn_that_they_are_accused(watch: Watch) -> None:
    of_battalion = watch.enter(accused_units=[watch.desk.battalion])
    of_brigade = watch.enter(accused_units=[watch.desk.brigade])
    assert readers(watch, of_battalion) == {"of_other"}
    assert readers(watch, of_brigade) == {"of_other"}
    assert readers(watch, watch.enter(accused_force="The police")) == set()


def test_an_accused_person_keeps_it_from_every_unit_they_ever_served_in(watch: Watch) -> None:
    major = watch.desk.persons["major"]
    alert = watch.enter(accused_persons=[major])
    assert readers(watch, alert) == {"of_other"}
    long_ago = clock.today() - dt.timedelta(days=9 * 365)
    claim_posting(
        actor=watch["planner"], person=major, unit=watch.desk.other, role="clerk",
        terms=Terms(Dates(long_ago, long_ago, starting=True, ending=True),
                    cites=[Cite(watch.desk.source())]),
    )  # fmt: skip
    assert readers(watch, alert) == set()


def test_a_unit_that_came_under_the_accused_yesterday_is_kept_away_at_once(watch: Watch) -> None:
    alert = watch.enter(accused_units=[watch.desk.battalion])
    assert "of_other" in readers(watch, alert)
    claim_relation(
        actor=watch["planner"], unit=watch.desk.other, superior=watch.desk.battalion,
        terms=Terms(Dates(clock.today(), clock.today(), starting=True),
                                    cites=[Cite(watch.desk.source())]),
    )  # fmt: skip
    assert readers(watch, alert) == set()


def test_what_is_kept_from_somebody_is_as_if_it_were_not_there(watch: Watch) -> None:
    alert = watch.enter(received_at=ago(300), accused_units=[watch.desk.battalion])
    protect = keep_from(actor=watch["operations"], alert=alert, reason="They would be told.",
                        organisation=watch.desk.accounts["of_other"].organisation)  # fmt: skip
    watch.to("tasked", alert)
    for label in HOST:
        viewer = watch[label]
        with pytest.raises(NoSuchAlert, match=f"No alert {alert.number} is open"):
            alert_by_number(viewer, watch.mission, alert.number)
        with pytest.raises(NoSuchAlert, match="No alert 2 is open"):
            alert_by_number(viewer, watch.mission, 2)
        assert not overdue(viewer, watch.mission, clock.now()).exists()
        for rows in (steps_of, accusations_of, kept_from_of, taskings_of, sources_of):
            assert not rows(viewer, alert).exists(), rows
    assert protect in kept_from_of(watch["operations"], alert)


def test_the_mission_too_can_be_kept_away_by_name(watch: Watch) -> None:
    alert, planner = watch.enter(), watch.desk.accounts["planner"]
    keep_from(actor=watch["human_rights"], alert=alert, account=planner, reason="A relative.")
    assert not alerts(watch["planner"], watch.mission).exists()
    assert alerts(watch["operations"], watch.mission).exists()
    with pytest.raises(BadAlert, match="Nobody keeps an alert from themselves"):
        keep_from(actor=watch["operations"], alert=alert, reason="x",
                  account=watch.desk.accounts["operations"])  # fmt: skip


def test_two_people_answer_for_letting_somebody_know(watch: Watch) -> None:
    alert = watch.enter()
    accused = accuse(actor=watch["operations"], alert=alert, unit=watch.desk.battalion)
    kept = keep_from(actor=watch["operations"], alert=alert, unit=watch.desk.other, reason="Kin.")
    assert readers(watch, alert) == set()
    with pytest.raises(StepRefused, match="somebody else must withdraw"):
        withdraw_accusation(actor=watch["operations"], accusation=accused, reason="Not they.")
    with pytest.raises(StepRefused, match="somebody else must lift"):
        let_know(actor=watch["operations"], kept=kept, reason="No kin.")
    with pytest.raises(Denied):
        withdraw_accusation(actor=watch["planner"], accusation=accused, reason="Not they.")
    withdraw_accusation(actor=watch["human_rights"], accusation=accused, reason="Not they.")
    let_know(actor=watch["operations_2"], kept=kept, reason="No kin.")
    assert readers(watch, alert) == set(HOST)


def test_nobody_says_for_themselves_which_unit_they_stand_for(watch: Watch) -> None:
    accounts = watch.desk.accounts
    with pytest.raises(Denied):
        name_stand(actor=watch["of_nobody"], mission=watch.mission, account=accounts["of_nobody"],
                   unit=watch.desk.other)  # fmt: skip
    with pytest.raises(BadAlert, match="Only an account of the host state"):
        name_stand(actor=watch["operations"], mission=watch.mission, account=accounts["planner"],
                   unit=watch.desk.other)  # fmt: skip


def test_joining_never_shows_one_alert_to_readers_of_another(watch: Watch) -> None:
    plain, accusing = watch.enter(), watch.enter(accused_units=[watch.desk.battalion])
    with pytest.raises(NotToBeTold, match="kept from, different people"):
        join(actor=watch["operations"], alert=plain, to=accusing, reason="Same ford.")


def test_a_host_unit_is_sent_only_where_it_may_know_and_is_cleared(watch: Watch) -> None:
    def send(alert: Alert) -> Tasking:
        sent = patrol(responder="host_unit", named="First battalion", unit=watch.desk.battalion)
        return task(actor=watch["operations"], alert=alert, sent=sent)

    alert = watch.to("acknowledged")
    with pytest.raises(NotCleared):
        send(alert)
    alert.refresh_from_db()
    assert (alert.state, Tasking.objects.count()) == ("acknowledged", 0)
    watch.desk.active(kind="joint_operation")
    assert send(alert).clearance is not None
    about_them = watch.to("acknowledged", watch.enter(accused_units=[watch.desk.brigade]))
    with pytest.raises(NotToBeTold, match="kept from First battalion"):
        send(about_them)
    suspend(actor=watch["human_rights"], mission=watch.mission, unit=watch.desk.brigade,
            reason="Beatings.", told_host="Conduct.")  # fmt: skip
    with pytest.raises(NotCleared):
        send(watch.to("acknowledged"))


def test_a_host_unit_sent_as_anything_else_is_refused_by_rule_and_database(watch: Watch) -> None:
    alert = watch.to("acknowledged")
    with pytest.raises(BadAlert, match="belongs to the host state"):
        task(actor=watch["operations"], alert=alert, sent=patrol(unit=watch.desk.battalion))
    with pytest.raises(IntegrityError, match="a_host_unit_is_tasked_on_a_clearance"):
        with transaction.atomic():
            Tasking.objects.create(
                alert=alert, responder="host_unit", kind="patrol", named="x", tasked_at=clock.now(),
                unit=watch.desk.battalion,
            )  # fmt: skip


def test_who_warned_is_known_inside_one_compartment_only(watch: Watch) -> None:
    office = ensure_organisation(actor=STEWARD, name="Operations centre", party="mission")
    compartment = create_compartment(actor=STEWARD, code="sources", name="Sources", owner=office)
    alert = watch.enter()
    warned = Warned(compartment, "Heron 7", "act", "radio, evenings")
    with pytest.raises(Denied, match="do not belong to this compartment"):
        protect_source(actor=watch["operations"], alert=alert, source=warned)
    account = watch.desk.accounts["operations"]
    admit_to_compartment(actor=STEWARD, compartment=compartment, account=account)
    inside = viewer_of(account)
    protect_source(actor=inside, alert=alert, source=warned)
    assert [row.pseudonym for row in sources_of(inside, alert)] == ["Heron 7"]
    for label in ("operations", "operations_2", "human_rights", "overseer", "of_other"):
        assert not sources_of(watch[label], alert).exists(), label
    assert AlertSource.objects.count() == 1
    told = str([step.changes for step in steps_of(inside, alert)])
    assert "Heron" not in told


def test_an_alert_is_never_public_and_shown_to_the_host_state_by_decision(watch: Watch) -> None:
    alert = watch.enter(marking=Marking.CONFIDENTIAL)
    with pytest.raises(BadAlert, match="never public"):
        mark_alert(actor=watch["operations"], alert=alert, marking=Marking.PUBLIC, reason="x")
    assert readers(watch, alert) == set()
    mark_alert(actor=watch["operations"], alert=alert, marking=Marking.INTERNAL,
               reason="They can get there first.")  # fmt: skip
    assert readers(watch, alert) == set(HOST)
