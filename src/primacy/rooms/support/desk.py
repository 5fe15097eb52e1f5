"""The screening desk: what waits for an office, and the draft taken from its last answer."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from primacy.platform.policy import Viewer, held_aside, visible
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.models import (
    CaseState,
    Recipient,
    ScreeningAnswer,
    ScreeningOffice,
    SupportCase,
)
from primacy.rooms.support.queries import VIEW, waiting_for

SCREEN = "support.screen"


@dataclass(frozen=True)
class Waiting:
    """One answer that is asked for: a recipient and an office that has not answered on it."""

    recipient: Recipient
    office: ScreeningOffice
    overdue: bool

    @property
    def key(self) -> str:
        """What names it in an address."""
        return f"{self.recipient.pk}.{self.office.pk}"


def own_offices(viewer: Viewer, mission: Mission) -> list[ScreeningOffice]:
    """The offices the viewer may answer for, under the procedures of cases in screening."""
    if not viewer.has(SCREEN, mission.pk):
        return []
    rows = ScreeningOffice.objects.filter(
        policy__mission=mission,
        policy__in=_policies_in_screening(mission),
    ).select_related("organisation")
    return [
        row
        for row in visible(viewer, rows, VIEW, via="policy")
        if row.organisation_id is None or row.organisation_id == viewer.organisation_id
    ]


def waiting(
    viewer: Viewer, mission: Mission, offices: Sequence[ScreeningOffice], today: dt.date
) -> list[Waiting]:
    """Each answer that these offices owe, cases due first at the top."""
    with held_aside():  # A list to go through: each recipient is noted when its card is shown.
        rows = waiting_for(viewer, mission, {one.code for one in offices})
    last: dict[tuple[object, object, int], str] = {}
    with held_aside():
        answers = ScreeningAnswer.objects.filter(recipient__in=[row.pk for row in rows])
        for recipient, office, number, colour in (
            visible(viewer, answers, VIEW, via="case")
            .order_by("id")
            .values_list("recipient_id", "office_id", "round", "colour")
        ):
            last[recipient, office, number] = colour
    found = []
    for row in rows:
        overdue = row.case.due_on is not None and row.case.due_on < today
        for one in offices:
            answered = last.get((row.pk, one.pk, row.case.round), "pending")
            if one.policy_id == row.case.policy_id and answered == "pending":
                found.append(Waiting(row, one, overdue))
    return found


def _policies_in_screening(mission: Mission) -> list[uuid.UUID]:
    """The procedures under which something is screened now: which they are is no secret."""
    rows = SupportCase.objects.filter(mission=mission, state=CaseState.SCREENING)
    return list(rows.order_by().values_list("policy_id", flat=True).distinct())
