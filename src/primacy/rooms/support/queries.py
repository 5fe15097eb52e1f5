"""Reads of support, each through the permission layer."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.policy import Viewer, visible
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.errors import NoSuchSupport
from primacy.rooms.support.models import (
    CaseMove,
    Clearance,
    Condition,
    Consolidation,
    CountryFramework,
    Delivery,
    GraveFinding,
    HostNotice,
    Intercession,
    PolicyVersion,
    Recipient,
    ReconciledLine,
    Reconciliation,
    RiskAssessment,
    ScreeningAnswer,
    ScreeningOffice,
    StopEntry,
    SupportCase,
    SupportDecision,
    SupportTask,
    Suspension,
    Visit,
)
from primacy.rooms.support.rules import ENDED

VIEW = "support.view"
M = TypeVar("M", bound=Model)


def cases(viewer: Viewer, mission: Mission) -> QuerySet[SupportCase]:
    """The cases of a mission, those due first at the top, ended ones last."""
    rows = SupportCase.objects.filter(mission=mission).select_related("mission", "policy")
    return visible(viewer, rows, VIEW).order_by("due_on", "-number")


def open_cases(viewer: Viewer, mission: Mission) -> QuerySet[SupportCase]:
    """The cases that are not ended."""
    return cases(viewer, mission).exclude(state__in=ENDED)


def case_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> SupportCase:
    """The case of this id."""
    return _one(cases(viewer, mission).filter(pk=pk))


def case_by_number(viewer: Viewer, mission: Mission, number: int) -> SupportCase:
    """The case of this number."""
    return _one(cases(viewer, mission).filter(number=number))


def recipients_of(viewer: Viewer, case: SupportCase) -> list[Recipient]:
    """The recipients of a case, those left out too."""
    rows = Recipient.objects.filter(case=case).select_related("unit", "person", "case__mission")
    return list(visible(viewer, rows, VIEW, via="case"))


def recipient_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> Recipient:
    """The recipient of this id, with its case."""
    rows = Recipient.objects.filter(case__mission=mission, pk=pk).select_related(
        "case__mission", "case__policy", "unit", "person"
    )
    return _one(visible(viewer, rows, VIEW, via="case"))


def moves_of(viewer: Viewer, case: SupportCase) -> list[CaseMove]:
    """Every move of a case, oldest first."""
    return list(visible(viewer, CaseMove.objects.filter(case=case), VIEW, via="case"))


def answers_of(viewer: Viewer, case: SupportCase) -> list[ScreeningAnswer]:
    """Every answer on a case, of all rounds, oldest first."""
    rows = ScreeningAnswer.objects.filter(case=case).select_related("office", "by", "recipient")
    return list(visible(viewer, rows, VIEW, via="case"))


def answer_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> ScreeningAnswer:
    """The answer of this id."""
    rows = ScreeningAnswer.objects.filter(case__mission=mission, pk=pk)
    return _one(visible(viewer, rows, VIEW, via="case"))


def consolidations_of(viewer: Viewer, case: SupportCase) -> list[Consolidation]:
    """Every recommendation on a case, oldest first."""
    rows = Consolidation.objects.filter(case=case).select_related("by", "recipient")
    return list(visible(viewer, rows, VIEW, via="case"))


def nominated(viewer: Viewer, mission: Mission) -> list[Consolidation]:
    """Recommendations of present rounds that are nominated for discussion, cases undecided."""
    rows = Consolidation.objects.filter(
        case__mission=mission, nominated=True, case__state__in=("consolidated", "decision")
    ).select_related("case", "recipient")
    found = visible(viewer, rows, VIEW, via="case").order_by("case__number", "id")
    return [row for row in found if row.round == row.case.round]


def assessments_of(viewer: Viewer, case: SupportCase) -> list[RiskAssessment]:
    """Every version of the risk form of a case, oldest first."""
    rows = RiskAssessment.objects.filter(case=case).select_related("by", "framework")
    return list(visible(viewer, rows, VIEW, via="case"))


def decisions_of(viewer: Viewer, case: SupportCase) -> list[SupportDecision]:
    """Every decision on a case, oldest first."""
    rows = SupportDecision.objects.filter(case=case).select_related("by")
    found = visible(viewer, rows, VIEW, via="case").prefetch_related("rulings__recipient")
    return list(found)


def conditions_of(viewer: Viewer, case: SupportCase) -> list[Condition]:
    """The conditions of a case, of all rounds, with their waivers, by due day."""
    rows = Condition.objects.filter(case=case).prefetch_related("waivers__by")
    return list(visible(viewer, rows, VIEW, via="case"))


def condition_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> Condition:
    """The condition of this id, with its case."""
    rows = Condition.objects.filter(case__mission=mission, pk=pk).select_related("case__mission")
    return _one(visible(viewer, rows, VIEW, via="case"))


def visits_of(viewer: Viewer, case: SupportCase) -> list[Visit]:
    """The monitoring plan of a case: visits by their day."""
    return list(visible(viewer, Visit.objects.filter(case=case), VIEW, via="case"))


def visit_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> Visit:
    """The visit of this id, with its case."""
    rows = Visit.objects.filter(case__mission=mission, pk=pk).select_related("case__mission")
    return _one(visible(viewer, rows, VIEW, via="case"))


def intercessions_of(viewer: Viewer, case: SupportCase) -> list[Intercession]:
    """What was raised with the authorities in a case, oldest first."""
    rows = Intercession.objects.filter(case=case).select_related("by", "case__mission")
    return list(visible(viewer, rows, VIEW, via="case"))


def intercession_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> Intercession:
    """The letter or meeting of this id, with its case."""
    rows = Intercession.objects.filter(case__mission=mission, pk=pk).select_related(
        "case__mission", "by"
    )
    return _one(visible(viewer, rows, VIEW, via="case"))


def notices(viewer: Viewer, mission: Mission) -> QuerySet[HostNotice]:
    """What the host state was told, the newest first."""
    rows = HostNotice.objects.filter(mission=mission).select_related("unit")
    return visible(viewer, rows, VIEW)


def notice_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> HostNotice:
    """The notice of this id."""
    return _one(notices(viewer, mission).filter(pk=pk))


def policies(viewer: Viewer, mission: Mission) -> QuerySet[PolicyVersion]:
    """The versions of the procedure, the newest first, with their offices."""
    rows = PolicyVersion.objects.filter(mission=mission).prefetch_related("offices")
    return visible(viewer, rows.select_related("source"), VIEW)


def offices_of(viewer: Viewer, case: SupportCase) -> list[ScreeningOffice]:
    """The offices that must answer on a case."""
    rows = ScreeningOffice.objects.filter(policy=case.policy_id).select_related("organisation")
    return list(visible(viewer, rows, VIEW, via="policy"))


def office_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> ScreeningOffice:
    """The screening office of this id."""
    rows = ScreeningOffice.objects.filter(policy__mission=mission, pk=pk)
    return _one(visible(viewer, rows, VIEW, via="policy"))


def frameworks(viewer: Viewer, mission: Mission) -> QuerySet[CountryFramework]:
    """The versions of the country framework, the newest first."""
    rows = CountryFramework.objects.filter(mission=mission).select_related("source")
    return visible(viewer, rows, VIEW)


def cases_on_older_framework(viewer: Viewer, framework: CountryFramework) -> list[SupportCase]:
    """The open cases that rest on a framework before this one: a change bears on each of them."""
    older = Q(framework__isnull=True) | Q(framework__number__lt=framework.number)
    return list(open_cases(viewer, framework.mission).filter(older))


def findings(viewer: Viewer, mission: Mission) -> QuerySet[GraveFinding]:
    """The findings of grave violations, standing ones first."""
    rows = GraveFinding.objects.filter(mission=mission).select_related("unit", "person", "source")
    return visible(viewer, rows, VIEW).order_by("lifted_on", "-found_on")


def finding_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> GraveFinding:
    """The finding of this id."""
    return _one(findings(viewer, mission).filter(pk=pk))


def suspensions(viewer: Viewer, mission: Mission) -> QuerySet[Suspension]:
    """The orders that stop support, the newest first."""
    rows = Suspension.objects.filter(mission=mission).select_related("unit", "person", "case")
    return visible(viewer, rows, VIEW)


def suspension_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> Suspension:
    """The suspension of this id."""
    return _one(suspensions(viewer, mission).filter(pk=pk))


def stop_list(viewer: Viewer, mission: Mission) -> QuerySet[StopEntry]:
    """The entries of the stop list that are open."""
    rows = StopEntry.objects.filter(mission=mission, lifted_at__isnull=True)
    return visible(viewer, rows.select_related("unit", "person"), VIEW)


def is_stopped(viewer: Viewer, mission: Mission, units: Iterable[Unit]) -> set[uuid.UUID]:
    """Which of these units stand on the stop list themselves; the gate also looks above them."""
    ids = [unit.pk for unit in units]
    return set(stop_list(viewer, mission).filter(unit_id__in=ids).values_list("unit_id", flat=True))


def deliveries(viewer: Viewer, mission: Mission) -> QuerySet[Delivery]:
    """The ledger, the newest first."""
    rows = Delivery.objects.filter(mission=mission).select_related("case", "unit", "person")
    return visible(viewer, rows, VIEW)


def delivery_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> Delivery:
    """The entry of this id."""
    return _one(deliveries(viewer, mission).filter(pk=pk))


def clearances(viewer: Viewer, mission: Mission) -> QuerySet[Clearance]:
    """The gate's answers as they were given, the newest first."""
    rows = Clearance.objects.filter(mission=mission).select_related("unit", "person", "case")
    return visible(viewer, rows, VIEW)


def tasks(viewer: Viewer, mission: Mission) -> QuerySet[SupportTask]:
    """What is open to be looked at, due first."""
    rows = SupportTask.objects.filter(mission=mission, done_at__isnull=True).select_related(
        "case", "recipient", "delivery"
    )
    return visible(viewer, rows, VIEW).order_by("due_on", "id")


def task_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> SupportTask:
    """The open task of this id."""
    return _one(tasks(viewer, mission).filter(pk=pk))


def reconciliations(viewer: Viewer, mission: Mission) -> QuerySet[Reconciliation]:
    """Rosters and hand-over notes that were held against approvals, the newest first."""
    rows = Reconciliation.objects.filter(mission=mission).select_related("case")
    return visible(viewer, rows, VIEW)


def reconciliation_by_id(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> Reconciliation:
    """The roster of this id."""
    return _one(reconciliations(viewer, mission).filter(pk=pk))


def lines_of(viewer: Viewer, reconciliation: Reconciliation) -> list[ReconciledLine]:
    """The lines of a roster with what holding them against the approvals gave."""
    rows = ReconciledLine.objects.filter(reconciliation=reconciliation).select_related("recipient")
    return list(visible(viewer, rows, VIEW, via="reconciliation"))


def waiting_for(viewer: Viewer, mission: Mission, office_codes: Iterable[str]) -> list[Recipient]:
    """Recipients in screening on whom these offices have not answered, those due first."""
    codes = set(office_codes)
    rows = Recipient.objects.filter(
        case__mission=mission, case__state="screening", excluded=False,
        case__policy__offices__code__in=codes,
    )  # fmt: skip
    found = visible(viewer, rows, VIEW, via="case").select_related("case__policy", "unit", "person")
    kept = []
    for row in found.order_by("case__due_on", "case__number", "id").distinct():
        offices = [o.pk for o in row.case.policy.offices.all() if o.code in codes]
        last = {
            a.office_id: a.colour
            for a in ScreeningAnswer.objects.filter(
                recipient=row, round=row.case.round, office__in=offices
            ).order_by("id")
        }
        if any(last.get(pk, "pending") == "pending" for pk in offices):
            kept.append(row)
    return kept


def last_answers(
    viewer: Viewer, recipient: Recipient, office: ScreeningOffice
) -> ScreeningAnswer | None:
    """What the office last answered on the same unit or person in another case or round.

    Shown as a draft; it counts only when somebody confirms it.
    """
    same = Q(recipient__unit=recipient.unit_id) & ~Q(recipient__kind="person")
    if recipient.kind == "person":
        same = Q(recipient__person=recipient.person_id)
    if not recipient.resolved:
        return None
    rows = ScreeningAnswer.objects.filter(
        same, case__mission_id=recipient.case.mission_id, office__code=office.code
    ).exclude(recipient=recipient, round=recipient.case.round)
    found = visible(viewer, rows.exclude(colour="pending"), VIEW, via="case")
    return found.order_by("-id").first()


def approvals_until(viewer: Viewer, unit: Unit) -> dt.date | None:
    """Until when support to a unit is approved; None where no case in force names it."""
    rows = cases(viewer, unit.mission).filter(
        recipients__unit=unit, recipients__excluded=False, state__in=("active", "monitored"),
        approved_until__gte=clock.today(),
    )  # fmt: skip
    days = [row.approved_until for row in rows if row.approved_until is not None]
    return max(days, default=None)


def _one(rows: QuerySet[M]) -> M:
    found = rows.first()
    if found is None:
        raise NoSuchSupport(_("There is nothing of this kind here, or it is not open to you."))
    return found
