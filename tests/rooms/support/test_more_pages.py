"""Deliveries, rosters, stops, tasks, notices, procedure, joint sheet, report: by real HTTP."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from primacy.platform import clock
from primacy.platform.claims.actions import Cite
from primacy.platform.claims.terms import Terms
from primacy.platform.policy import Marking, restricted
from primacy.rooms.forces.actions import add_unit
from primacy.rooms.incidents.facade import IncidentType, claim_responsibility, enter_incident
from primacy.rooms.support.actions import (
    NewRecipient,
    raise_tasks,
    resolve_recipient,
    suspend,
    tell_host,
)
from primacy.rooms.support.models import (
    Delivery,
    HostNotice,
    ReconciledLine,
    SupportTask,
    Suspension,
)
from tests.conftest import STEWARD
from tests.rooms.support.conftest import Desk
from tests.rooms.support.test_case_pages import BASE, client_of, plain, read, send

__all__ = ["client_of"]
SignIn = Callable[[str], Client]


def given(do: str, **values: object) -> dict[str, object]:
    """A small form as a browser sends it."""
    return {"do": do, **{f"{do}-{name}": value for name, value in values.items()}}


def test_what_is_handed_over_is_entered_reported_and_taken_back(
    desk: Desk, client_of: SignIn
) -> None:
    case, planner = desk.active(), client_of("planner")
    today = clock.today().isoformat()
    what = {"what": "Diesel", "quantity": "900", "quantity_unit": "litres", "happens_on": today,
            "source_title": "Note 1"}  # fmt: skip
    send(planner, f"{BASE}/deliveries/", given("deliver", case=case.number, **what))
    send(planner, f"{BASE}/deliveries/", given("deliver", case=case.number, **what))
    page = plain(read(planner, f"{BASE}/deliveries/"))
    assert "1,800 litres are delivered; 1,000 were approved" in page
    named = {**what, "kind": "transport", "named": "A platoon"}
    send(planner, f"{BASE}/deliveries/", given("unassessed", **named))
    shown = plain(read(planner, f"{BASE}/deliveries/?standing=unassessed"))
    assert "went around the gate" in shown
    assert "A platoon" in shown
    first = Delivery.objects.get(number=1)
    send(planner, f"{BASE}/deliveries/", given("correct", delivery=first.pk, reason="Twice"))
    assert "900 litres" in plain(read(planner, f"{BASE}/deliveries/?unit=b1-1"))
    sheet = read(planner, f"{BASE}/deliveries.csv")
    assert sheet.count("\r\n") == 5
    send(
        planner, f"{BASE}/deliveries/",
        given("deliver", case=case.number, **{**what, "happens_on": "2999-01-01"}), status=400,
    )  # fmt: skip


def test_a_stop_is_ordered_seen_by_the_host_state_and_lifted_by_another(
    desk: Desk, client_of: SignIn
) -> None:
    case, officer = desk.active(), client_of("human_rights")
    order = given("suspend", unit="b1", reason="Beatings in custody", told_host="Conduct")
    send(officer, f"{BASE}/stops/", order)
    page = plain(read(officer, f"{BASE}/stops/"))
    assert "Beatings in custody" in page
    assert "a unit above it" in page
    case.refresh_from_db()
    assert case.state == "suspended"
    host = plain(read(client_of("commander"), f"{BASE}/stops/"))
    assert desk.battalion.name in host
    assert "Beatings" not in host
    assert "Suspend support" not in host
    row = Suspension.objects.get(mission=desk.mission)
    lifted = given("reinstate", suspension=row.pk, reason="Over")
    refused = send(officer, f"{BASE}/stops/", lifted, status=400)
    assert "somebody else must lift it" in plain(refused)
    send(client_of("leader"), f"{BASE}/stops/", lifted)
    case.refresh_from_db()
    assert case.state == "active"


def test_a_finding_is_recorded_and_no_entry_is_no_clean_record(
    desk: Desk, client_of: SignIn
) -> None:
    officer = client_of("human_rights")
    assert "That is no statement that nothing happened" in plain(read(officer, f"{BASE}/stops/"))
    found = given("find", unit="b1-1", test="gross", basis="Five incidents", source_title="Memo")
    send(officer, f"{BASE}/stops/", found)
    assert "stands, no override" in plain(read(officer, f"{BASE}/stops/"))
    send(client_of("planner"), f"{BASE}/stops/", found, status=403)


def test_tasks_are_settled_in_words_or_reopen_their_case(desk: Desk, client_of: SignIn) -> None:
    case, officer = desk.active(), client_of("human_rights")
    with clock.standing(clock.now() + dt.timedelta(days=95)):
        raise_tasks(actor=desk["human_rights"], mission=desk.mission)
    task = SupportTask.objects.filter(kind="freshness").first()
    assert task is not None
    assert "older than 90 days" in plain(read(officer, f"{BASE}/inbox/"))
    silent = given("settle", task=task.pk, outcome="no_change", words=" ")
    send(officer, f"{BASE}/inbox/", silent, status=400)
    send(officer, f"{BASE}/inbox/",
         given("settle", task=task.pk, outcome="reopened", words="Answers are old"))  # fmt: skip
    case.refresh_from_db()
    assert (case.state, case.round) == ("screening", 2)
    assert not SupportTask.objects.filter(case=case, done_at=None, kind="freshness").exists()


def test_a_notice_is_told_answered_and_printed(desk: Desk, client_of: SignIn) -> None:
    leader, host = client_of("leader"), client_of("commander")
    told = given("tell", kind="suspended", addressee="Ministry", text="Conduct in detention",
                 what_would_change="An inquiry")  # fmt: skip
    send(leader, f"{BASE}/notices/", told)
    assert "An inquiry" in plain(read(host, f"{BASE}/notices/"))
    notice = HostNotice.objects.get()
    reply = given("reply", notice=notice.pk, reply="An inquiry is open")
    send(client_of("human_rights"), f"{BASE}/notices/", reply)
    assert "An inquiry is open" in plain(read(host, f"{BASE}/notices/"))
    paper = host.get(f"/m/exercise/print/support/notices/{notice.pk}.pdf")
    assert paper.content.startswith(b"%PDF")


def test_letters_and_the_report_are_printed(desk: Desk, client_of: SignIn) -> None:
    case, officer = desk.to("interceded"), client_of("human_rights")
    letter = case.intercessions.get()
    paper = officer.get(f"/m/exercise/print/support/letters/{letter.pk}.pdf")
    assert paper.content.startswith(b"%PDF")
    report = officer.get("/m/exercise/print/support/report.pdf")
    assert report.content.startswith(b"%PDF")
    page = plain(read(officer, f"{BASE}/report/"))
    assert "Open questions" in page
    assert "Answers against recommendations and decisions" in page
    assert b"Time in each state" in officer.get(f"{BASE}/report.csv").getvalue()
    host = client_of("commander")
    for address in (f"{BASE}/report/", "/m/exercise/print/support/report.pdf"):
        assert host.get(address).status_code == 403
    assert host.get(f"/m/exercise/print/support/letters/{letter.pk}.pdf").status_code == 404


def test_a_list_is_shown_kept_once_judged_and_taken_back(desk: Desk, client_of: SignIn) -> None:
    case, planner = desk.active(), client_of("planner")
    rows = "Unit\nFirst battalion\nNobody's company\n".replace("First battalion",
                                                              desk.battalion.name)  # fmt: skip

    def upload(status: int = 302, **more: object) -> str:
        sheet = SimpleUploadedFile("note.csv", rows.encode(), content_type="text/csv")
        values = given("hold", case=case.pk, when="after", day=clock.today().isoformat(), **more)
        return send(planner, f"{BASE}/rosters/", {**values, "hold-file": sheet}, status)

    upload()
    assert not ReconciledLine.objects.exists(), "shown only"
    upload(keep="on")
    upload(400, keep="on")
    made = case.reconciliations.get()
    page = plain(read(planner, f"{BASE}/rosters/{made.pk}/"))
    assert "Never vetted" in page
    assert "Approved" in page
    send(planner, f"{BASE}/rosters/{made.pk}/", given("undo", reason="Wrong list"))
    assert "Taken back: Wrong list" in plain(read(planner, f"{BASE}/rosters/{made.pk}/"))


def test_the_procedure_and_the_framework_are_put_in_force(desk: Desk, client_of: SignIn) -> None:
    case, officer = desk.draft(), client_of("human_rights")
    new = given("procedure", title="Version two", offices="hr; Human rights; Nobody known",
                freshness_days="60", levels_above="2", source_title="SOP")  # fmt: skip
    assert "No organisation is called" in plain(
        send(officer, f"{BASE}/procedure/", new, status=400)
    )
    new["procedure-offices"] = "hr; Human rights; Human rights component\nany; Anybody;"
    send(officer, f"{BASE}/procedure/", new)
    assert "2: Version two" in plain(read(officer, f"{BASE}/procedure/"))
    case.refresh_from_db()
    assert case.policy_id == desk.policy.pk, "a case keeps its procedure"
    text = given("framework", title="Anew", section_forces="Police", what_changed="Army added",
                 source_title="Memo")  # fmt: skip
    send(officer, f"{BASE}/framework/", text)
    assert f"{case.number}: {case.title}" in plain(read(officer, f"{BASE}/framework/"))


def test_the_joint_sheet_shows_incidents_only_while_attached(desk: Desk, client_of: SignIn) -> None:
    today = clock.today()
    joined = NewRecipient("unit", unit=desk.battalion, attached_from=today,
                          attached_until=today + dt.timedelta(days=5))  # fmt: skip
    case = desk.active(kind="joint_operation", recipients=[joined])
    for day, place in ((today, "Bridge"), (today - dt.timedelta(days=9), "Mill")):
        incident = enter_incident(
            actor=desk["planner"], mission=desk.mission, type=IncidentType.OTHER, date_start=day,
            source="Report", area=desk.board.area, lat=1.0, lon=1.0, place=place, headline=place,
        )  # fmt: skip
        claim_responsibility(actor=desk["human_rights"], incident=incident, unit=desk.battalion,
                             part="present", terms=Terms(cites=[Cite(desk.source())]))  # fmt: skip
    page = plain(read(client_of("human_rights"), f"{BASE}/{case.pk}/joint/"))
    assert "Bridge" in page
    assert "Mill" not in page
    assert "fresh" in page


@pytest.mark.parametrize("name", ["deliveries", "rosters", "stops", "inbox", "notices",
                                  "procedure", "framework", "report"])  # fmt: skip
def test_an_overseer_reads_every_page_and_can_do_nothing(
    desk: Desk, client_of: SignIn, name: str
) -> None:
    desk.active()
    tell_host(actor=desk["leader"], mission=desk.mission, kind="policy", addressee="Ministry",
              text="The policy")  # fmt: skip
    assert "What can be done here" not in plain(read(client_of("overseer"), f"{BASE}/{name}/"))


def test_a_case_is_kept_as_closely_as_whom_it_names(desk: Desk, client_of: SignIn) -> None:
    closed = add_unit(
        actor=STEWARD, mission=desk.mission, code="z9", name="Closed company", force="Police",
        side="local", source=desk.source(), marking=Marking.STRICT,
    )  # fmt: skip
    case = desk.draft(recipients=[NewRecipient("unit", named="A company")])
    assert read(client_of("planner"), f"{BASE}/{case.pk}/")
    row = case.recipients.get()
    resolve_recipient(actor=desk["human_rights"], recipient=row, unit=closed)
    case.refresh_from_db()
    assert case.marking == Marking.STRICT
    read(client_of("planner"), f"{BASE}/{case.pk}/", status=404)


def test_a_stop_of_somebody_closed_is_told_without_the_name(desk: Desk, client_of: SignIn) -> None:
    person = desk.persons["major"]
    suspend(actor=desk["leader"], mission=desk.mission, person=person, reason="Beatings",
            told_host="Conduct")  # fmt: skip
    host = plain(read(client_of("commander"), f"{BASE}/stops/"))
    assert str(restricted()) in host
    assert person.name not in host
    assert person.name in plain(read(client_of("human_rights"), f"{BASE}/stops/"))
