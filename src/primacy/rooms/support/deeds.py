"""What can be done to a case with a form of its own: a table of deeds, each with form and act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from primacy.platform.language.later import later
from primacy.platform.policy import Viewer
from primacy.rooms.support import forms_case as forms
from primacy.rooms.support.actions.conditions import (
    DRAFTABLE,
    RUNNING,
    draft_condition,
    drop_condition,
    meet_condition,
    waive_condition,
)
from primacy.rooms.support.actions.deciding import decide
from primacy.rooms.support.actions.requests import (
    RESOLVABLE,
    exclude_recipient,
    note_command,
    resolve_recipient,
)
from primacy.rooms.support.actions.screening import recommend
from primacy.rooms.support.actions.stops import suspend_case, withdraw_support
from primacy.rooms.support.actions.watching import (
    intercede,
    plan_visit,
    record_response,
    report_visit,
    tell_host,
)
from primacy.rooms.support.forms_case import CaseForm, DecideForm
from primacy.rooms.support.models import CaseState, SupportCase
from primacy.rooms.support.rules import ENDED, IN_FORCE

S = CaseState
ALIVE = frozenset(S.values) - ENDED
WATCHED = frozenset({*IN_FORCE, S.APPROVED.value, S.CONDITIONS.value, S.SUSPENDED.value})
Run = Callable[[Viewer, SupportCase, Any], str]
"""Does it with the form, and gives back what to say of it."""


@dataclass(frozen=True)
class Deed:
    """Something done to a case with a form: who may, in which states, and the act."""

    title: str
    button: str
    form: type[CaseForm]
    rights: tuple[str, ...]
    states: frozenset[str]
    run: Run
    act: str = ""
    """The move that comes with it: what holds the move back is said beside the form."""

    def open_to(self, viewer: Viewer, case: SupportCase) -> bool:
        """True where the viewer may, and the case is where it makes sense."""
        held = any(viewer.has(right, case.mission_id) for right in self.rights)
        return held and case.state in self.states


def _exclude(viewer: Viewer, case: SupportCase, form: CaseForm) -> str:
    exclude_recipient(actor=viewer, **form.cleaned_data)
    return _("The recipient is left out.")


def _resolve(viewer: Viewer, case: SupportCase, form: CaseForm) -> str:
    resolve_recipient(actor=viewer, **form.cleaned_data)
    return _("The recipient is a record of the register now.")


def _note_command(viewer: Viewer, case: SupportCase, form: CaseForm) -> str:
    note_command(actor=viewer, case=case)
    return _("Who commands each recipient at the start is on record.")


def _condition(viewer: Viewer, case: SupportCase, form: CaseForm) -> str:
    draft_condition(actor=viewer, case=case, **form.cleaned_data)
    return _("The condition is drafted.")


def _meet(viewer: Viewer, case: SupportCase, form: CaseForm) -> str:
    meet_condition(actor=viewer, **form.cleaned_data)
    return _("The condition is met, on record.")


def _waive(viewer: Viewer, case: SupportCase, form: CaseForm) -> str:
    waive_condition(actor=viewer, **form.cleaned_data)
    return _("The waiver is on record. When it runs out the condition is back.")


def _drop(viewer: Viewer, case: SupportCase, form: CaseForm) -> str:
    drop_condition(actor=viewer, **form.cleaned_data)
    return _("The condition is dropped.")


def _recommend(viewer: Viewer, case: SupportCase, form: CaseForm) -> str:
    recommend(actor=viewer, **form.cleaned_data)
    return _("The recommendation is on record.")


def _decide(viewer: Viewer, case: SupportCase, form: DecideForm) -> str:
    names = ("ruling", "reasons", "what_would_change", "valid_until")
    values = {name: form.cleaned_data[name] for name in names}
    decide(actor=viewer, case=case, on_recipients=form.on_recipients(), **values)
    return _("The decision is on record.")


def _suspend(viewer: Viewer, case: SupportCase, form: CaseForm) -> str:
    suspend_case(actor=viewer, case=case, **form.cleaned_data)
    return _("Support is suspended: nothing goes to the recipients any more.")


def _withdraw(viewer: Viewer, case: SupportCase, form: CaseForm) -> str:
    withdraw_support(actor=viewer, case=case, **form.cleaned_data)
    return _("Support is withdrawn.")


def _visit(viewer: Viewer, case: SupportCase, form: CaseForm) -> str:
    plan_visit(actor=viewer, case=case, **form.cleaned_data)
    return _("The visit is planned.")


def _visit_report(viewer: Viewer, case: SupportCase, form: CaseForm) -> str:
    report_visit(actor=viewer, **form.cleaned_data)
    return _("The visit is reported.")


def _intercede(viewer: Viewer, case: SupportCase, form: CaseForm) -> str:
    intercede(actor=viewer, case=case, **form.cleaned_data)
    return _("It is on record; the response is awaited.")


def _response(viewer: Viewer, case: SupportCase, form: CaseForm) -> str:
    record_response(actor=viewer, **form.cleaned_data)
    return _("The response is on record.")


def _notify(viewer: Viewer, case: SupportCase, form: CaseForm) -> str:
    tell_host(actor=viewer, mission=case.mission, case=case, **form.cleaned_data)
    return _("The notice is on record; the host state can read it.")


ASKS = ("support.validate", "support.request")
JUDGES = ("support.decide", "support.assess")
WATCHES = ("support.monitor",)

DEEDS: dict[str, Deed] = {
    "resolve": Deed(
        later("Find a recipient in the register"), later("It is this record"),
        forms.ResolveForm, ASKS, frozenset(str(s) for s in RESOLVABLE), _resolve),
    "note-command": Deed(
        later("Note who commands each recipient at the start"), later("Note it from the register"),
        forms.PressForm, ASKS, ALIVE, _note_command),
    "exclude": Deed(
        later("Leave a recipient out"), later("Leave out"),
        forms.ExcludeForm, ASKS, ALIVE, _exclude),
    "condition": Deed(
        later("Draft a condition"), later("Draft it"),
        forms.ConditionForm, JUDGES, frozenset(str(s) for s in DRAFTABLE), _condition),
    "drop": Deed(
        later("Drop a condition"), later("Drop it"),
        forms.DropForm, JUDGES, frozenset(str(s) for s in DRAFTABLE), _drop),
    "recommend": Deed(
        later("Recommend on a recipient"), later("Recommend"), forms.RecommendForm,
        ("support.consolidate",), frozenset({S.CONSOLIDATED.value}), _recommend),
    "decide": Deed(
        later("Decide"), later("Decide"),
        DecideForm, ("support.decide",), frozenset({S.DECISION.value}), _decide),
    "meet": Deed(
        later("A condition is met"), later("Record it as met"),
        forms.MeetForm, WATCHES, frozenset(str(s) for s in RUNNING), _meet),
    "waive": Deed(
        later("Waive a condition"), later("Waive it until that day"),
        forms.WaiveForm, ("support.decide",), frozenset(str(s) for s in RUNNING), _waive),
    "visit": Deed(
        later("Plan a monitoring visit"), later("Plan it"),
        forms.VisitForm, WATCHES, WATCHED, _visit),
    "visit-report": Deed(
        later("Report a visit"), later("Report"),
        forms.VisitReportForm, WATCHES, WATCHED, _visit_report),
    "intercede": Deed(
        later("Raise violations with the authorities"), later("Record it"), forms.IntercedeForm,
        WATCHES, frozenset({S.MONITORED.value, S.INTERCEDED.value}), _intercede),
    "response": Deed(
        later("Response of the authorities"), later("Record it"),
        forms.ResponseForm, WATCHES, ALIVE, _response),
    "suspend": Deed(
        later("Suspend support"), later("Suspend"),
        forms.SuspendForm, ("support.suspend",), IN_FORCE, _suspend, "suspend"),
    "notify": Deed(
        later("Tell the host state"), later("Record the notice"),
        forms.NotifyForm, ("support.suspend", *WATCHES),
        frozenset(S.values) - {S.DRAFT.value, S.CANCELLED.value}, _notify),
    "withdraw": Deed(
        later("Withdraw support"), later("Withdraw"), forms.WithdrawForm,
        ("support.suspend",), frozenset({S.SUSPENDED.value}), _withdraw, "withdraw"),
}  # fmt: skip
"""Every deed, by the word in its address."""
