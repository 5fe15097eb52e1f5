"""One record of each kind of support, for the walk of the permission layer."""

import datetime as dt
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from primacy.platform.accounts.actions import create_account, ensure_organisation, grant_role
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.policy import Viewer
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import add_unit
from primacy.rooms.forces.facade import Unit
from primacy.rooms.support.actions import (
    Handed,
    NewOffice,
    NewRecipient,
    RequestTerms,
    Risk,
    answer_for,
    ask_gate,
    assess_risk,
    decide,
    deliver,
    determine_scope,
    draft_condition,
    draft_request,
    intercede,
    move_case,
    note_command,
    plan_visit,
    put_framework_in_force,
    put_policy_in_force,
    recommend,
    reconcile,
    record_finding,
    report_unassessed,
    suspend,
    tell_host,
)
from primacy.rooms.support.elements import ELEMENTS
from primacy.rooms.support.models import Recipient, ScreeningOffice, SupportCase, SupportTask
from tests.conftest import STEWARD, Board
from tests.permissions.warning import furnish_warning_elsewhere


def furnish_support(board: Board, unit: Unit, today: dt.date) -> dict[str, str]:
    """A case that runs with all that belongs to it, a finding, a stop, a notice, a draft.

    Of cases, deliveries and answers of the gate the newest is one that no trigger holds back, so
    that a twin of it can be planted.
    """
    officer, planner, mission = board["human_rights"], board["planner"], board.mission
    put_policy_in_force(
        actor=officer, mission=mission, title="Procedure", source_title="Procedure",
        offices=[NewOffice("hr", "Human rights", None)],
    )  # fmt: skip
    put_framework_in_force(
        actor=officer, mission=mission, title="Framework", sections={"forces": "Police"},
        source_title="Framework",
    )  # fmt: skip
    case = _running(board, unit, today)
    [one] = case.recipients.all()
    given = Handed("Diesel", Decimal(10), "litres", today, "Hand-over note 1")
    delivery = deliver(actor=planner, recipient=one, handed=given)
    visit = plan_visit(actor=officer, case=case, planned_on=today, what="Stores", owner="Us")
    move_case(actor=officer, case=case, act="watch", reason="A complaint")
    letter = intercede(
        actor=officer, case=case, way="letter", addressee="Minister", text="Reported.",
        asked="An inquiry.", response_due=today + dt.timedelta(days=9),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "note.csv"
        path.write_text("Unit\nFirst station\n", encoding="utf-8")
        roster = reconcile(
            actor=planner, case=case, when="before", day=today, path=path, file_name="note.csv"
        )
    third = add_unit(
        actor=planner, mission=mission, code="u9", name="Ninth station", force="National police",
        side="local", source=unit.source,
    )  # fmt: skip
    finding = record_finding(actor=officer, mission=mission, unit=third, test="gross",
                             basis="Verified.", source_title="Summary")  # fmt: skip
    order = suspend(actor=officer, mission=mission, unit=third, reason="Detention",
                    told_host="Detention")  # fmt: skip
    notice = tell_host(actor=officer, mission=mission, kind="policy", addressee="Ministry",
                       text="The policy.")  # fmt: skip
    report_unassessed(actor=planner, mission=mission, kind="transport", named="A platoon",
                      handed=given)  # fmt: skip
    ask_gate(actor=planner, mission=mission, purpose="money", day=today, unit=unit)
    draft_request(
        actor=planner, mission=mission, terms=_terms(today),
        recipients=[NewRecipient("unit", unit=unit)],
    )  # fmt: skip
    return {
        "case": str(case.pk), "support-recipient": str(one.pk), "delivery": str(delivery.pk),
        "visit": str(visit.pk), "intercession": str(letter.pk), "reconciliation": str(roster.pk),
        "finding": str(finding.pk), "suspension": str(order.pk), "notice": str(notice.pk),
        "support-condition": str(case.conditions.get().pk),
        "support-task": str(SupportTask.objects.filter(mission=mission).latest("recorded_at").pk),
    }  # fmt: skip


def _running(board: Board, unit: Unit, today: dt.date) -> SupportCase:
    """A case in force."""
    officer, planner = board["human_rights"], board["planner"]
    case = draft_request(
        actor=planner, mission=board.mission, terms=_terms(today),
        recipients=[NewRecipient("unit", unit=unit)],
    )  # fmt: skip
    move_case(actor=planner, case=case, act="submit")
    determine_scope(actor=officer, case=case, clause="in.logistics", reason="Fuel")
    note_command(actor=officer, case=case)
    move_case(actor=officer, case=case, act="validate")
    move_case(actor=officer, case=case, act="screen")
    one = Recipient.objects.get(case=case)
    answer_for(
        actor=officer, recipient=one, office=ScreeningOffice.objects.get(policy=case.policy),
        colour="green", reason="Nothing on file", searched="files",
    )  # fmt: skip
    move_case(actor=officer, case=case, act="consolidate")
    assess_risk(
        actor=officer, case=case, answers={e.code: "Seen." for e in ELEMENTS}, real_risk=False,
        risks=[Risk("Sold on", 1, 1, "Stock book", 1, 1)],
    )  # fmt: skip
    draft_condition(
        actor=officer, case=case, kind="during", pillar="operations", text="Visits",
        owner="Command", due_on=today + dt.timedelta(days=60),
    )  # fmt: skip
    recommend(actor=officer, recipient=one, colour="green", commentary="All agree")
    move_case(actor=officer, case=case, act="send")
    decide(actor=_leader(board), case=case, ruling="approved_with_conditions", reasons="It fits.")
    return move_case(actor=officer, case=case, act="activate")


def _leader(board: Board) -> Viewer:
    account = create_account(
        actor=STEWARD, email=f"head@{board.mission.code}.example.org", name="head",
        organisation=ensure_organisation(actor=STEWARD, name="Head office", party="mission"),
    )  # fmt: skip
    grant_role(actor=STEWARD, account=account, role="leadership", mission_id=board.mission.pk)
    return viewer_of(account)


def _terms(today: dt.date) -> RequestTerms:
    return RequestTerms(
        title="Diesel", kind="fuel", starts_on=today, ends_on=today + dt.timedelta(days=90),
        asked_for_by="Police component", place="Stores", quantity=Decimal(100),
        quantity_unit="litres", budget=Decimal(5), currency="USD", budget_line="B",
        objective="o", absorption="a", baseline="b", sustainment="s", cost_year_3=Decimal(1),
        cost_year_5=Decimal(1),
    )  # fmt: skip


def furnish_elsewhere(board: Board, word: str, today: dt.date) -> None:
    """Nothing; puts support on record in another mission, with a word in all that is written."""
    officer, planner, mission = board["human_rights"], board["planner"], board.mission
    source = f"{word} source"
    put_policy_in_force(
        actor=officer, mission=mission, title=word, source_title=source,
        offices=[NewOffice("hr", word, None)],
    )  # fmt: skip
    put_framework_in_force(
        actor=officer, mission=mission, title=word, sections={"forces": word}, source_title=source
    )
    unit = add_unit(
        actor=planner, mission=mission, code="u-elsewhere", name=word, force=word, side="local",
        source=ensure_source(actor=STEWARD, mission_id=mission.pk, title=source),
    )  # fmt: skip
    draft_request(
        actor=planner, mission=mission, terms=replace(_terms(today), title=word),
        recipients=[NewRecipient("unit", unit=unit)],
    )  # fmt: skip
    record_finding(actor=officer, mission=mission, unit=unit, test="gross", basis=word,
                   source_title=source)  # fmt: skip
    suspend(actor=officer, mission=mission, unit=unit, reason=word, told_host=word)
    tell_host(actor=officer, mission=mission, kind="policy", addressee=word, text=word)
    furnish_warning_elsewhere(board, word, unit)
    # What went around the gate raises a task too.
    report_unassessed(actor=planner, mission=mission, kind="fuel", named=word,
                      handed=Handed(word, Decimal(10), "litres", today, source))  # fmt: skip


def bodies_of_support(found: dict[str, str], today: str) -> dict[str, object]:
    """A body for each API route of support that writes.

    By the last word of its address; where rooms share one, by the third-last word as well.
    """
    why = {"reason": "Seen."}
    later = (dt.date.fromisoformat(today) + dt.timedelta(days=30)).isoformat()
    asked = {"title": "Diesel", "kind": "fuel", "starts_on": today, "ends_on": later,
             "asked_for_by": "Us"}  # fmt: skip
    handed = {"what": "Diesel", "quantity": 1, "quantity_unit": "litres", "happens_on": today,
              "source": "Note 2"}  # fmt: skip
    return {
        "{code} cases": asked,
        "support {pk}": asked,
        "recipients": {"kind": "unit", "named": "A unit"},
        "resolve": {"unit": found["unit"]},
        "exclude": why,
        "scope": {"clause": "in.logistics", "reason": "Fuel"},
        "moves": {"act": "settle", "reason": "Seen."},
        "answers": {"recipient": found["support-recipient"], "office": "hr", "colour": "green",
                    "reason": "None", "searched": "files"},
        "recommendations": {"recipient": found["support-recipient"], "colour": "green",
                            "commentary": "Seen."},
        "cases assessments": {"answers": {"a": "Seen."}},
        "cases decisions": {"ruling": "approved", "reasons": "Seen."},
        "cases conditions": {"kind": "during", "pillar": "review", "text": "Visits", "owner": "Us",
                             "due_on": today},
        "meet": {"evidence": "Register seen."},
        "waive": {"authority": "Section 9", "reason": "Seen.", "expires_on": later},
        "drop": why,
        "clearances": {"unit": found["unit"], "purpose": "fuel"},
        "{code} deliveries": {**handed, "recipient": found["support-recipient"]},
        "unassessed": {**handed, "kind": "fuel", "named": "A platoon"},
        "deliveries correct": why,
        "suspensions": {"unit": found["unit"], "reason": "Seen.", "told_host": "Seen."},
        "cases suspend": {"reason": "Seen.", "told_host": "Seen."},
        "cases withdraw": why,
        "reinstate": why,
        "findings": {"unit": found["unit"], "test": "gross", "basis": "Seen.", "source": "Note"},
        "lift": why,
        "tasks settle": {"outcome": "settled", "words": "Seen."},
        "notices": {"kind": "policy", "addressee": "Ministry", "text": "The policy."},
        "reply": {"reply": "Read."},
        "visits": {"planned_on": today, "what": "Stores", "owner": "Us"},
        "report": {"done_on": today, "access": "full", "seen": "Stores."},
        "intercessions": {"way": "letter", "addressee": "Minister", "text": "Reported.",
                          "asked": "An inquiry.", "response_due": today},
        "response": {"response": "An inquiry began.", "enough": True},
        "procedures": {"title": "Procedure 2", "source": "Order 4",
                       "offices": [{"code": "hr", "name": "Human rights"}]},
        "frameworks": {"title": "Framework 2", "source": "Order 4", "sections": {},
                       "what_changed": "Nothing yet."},
    }  # fmt: skip
