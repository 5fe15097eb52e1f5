"""Forms of deliveries, stops, tasks, notices and rosters; what is allowed the actions decide."""

import decimal
from collections.abc import Iterable

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _

from primacy.platform.form_fields import date_field
from primacy.platform.language.later import later
from primacy.rooms.forces.facade import NoSuchUnit, Unit, unit_by_code
from primacy.rooms.persons.facade import NoSuchPerson, Person, person_by_code
from primacy.rooms.support.actions.deliveries import Handed
from primacy.rooms.support.actions.watching import NOTICES
from primacy.rooms.support.forms_case import pick_field, words_field
from primacy.rooms.support.models import (
    FindingTest,
    HostNotice,
    Recipient,
    Standing,
    SupportKind,
    When,
)
from primacy.rooms.support.named import named_in
from primacy.rooms.support.queries import (
    case_by_number,
    cases,
    deliveries,
    findings,
    notices,
    recipients_of,
    suspensions,
    tasks,
)
from primacy.rooms.support.rules import IN_FORCE
from primacy.rooms.support.sheets import SheetForm

MOST = 200
"""Records offered in a choice; the newest."""


class UnitMixin(SheetForm):
    """A unit by its code; empty where it is not needed."""

    def unit_of(self, text: str) -> Unit | None:
        """The unit of this code; an error beside the field where there is none."""
        try:
            return unit_by_code(self.viewer, self.mission, text.strip()) if text.strip() else None
        except NoSuchUnit as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean_unit(self) -> Unit | None:
        """The unit of the register."""
        return self.unit_of(self.cleaned_data["unit"])


class PersonMixin(SheetForm):
    """A person by their code; empty where none is meant."""

    def clean_person(self) -> Person | None:
        """The person of the register."""
        code = self.cleaned_data["person"].strip()
        try:
            return person_by_code(self.viewer, self.mission, code) if code else None
        except NoSuchPerson as problem:
            raise forms.ValidationError(str(problem)) from problem


class HandedForm(SheetForm):
    """What was handed over."""

    what = forms.CharField(label=later("What was handed over"), max_length=200)
    quantity = forms.DecimalField(label=later("Quantity"), min_value=decimal.Decimal("0.01"),
                                  max_digits=14, decimal_places=2)  # fmt: skip
    quantity_unit = forms.CharField(label=later("Counted in"), max_length=40)
    happens_on = date_field(later("On"))
    place = forms.CharField(label=later("Place"), required=False, max_length=200)
    paper = forms.CharField(
        label=later("Number of the hand-over note"), required=False, max_length=120
    )
    value = forms.DecimalField(label=later("Value"), required=False, max_digits=16,
                               decimal_places=2)  # fmt: skip
    currency = forms.CharField(label=later("Currency"), required=False, max_length=3)
    source_title = forms.CharField(
        label=later("Source"), max_length=300, help_text=later("the paper that shows it")
    )

    def handed(self) -> Handed:
        """What was handed over, as it was typed."""
        names = Handed.__dataclass_fields__
        return Handed(**{n: v for n, v in self.cleaned_data.items() if n in names})


class DeliverForm(HandedForm):
    """A delivery under a case."""

    case = forms.IntegerField(label=later("Number of the case"), min_value=1)
    recipient = forms.CharField(
        label=later("Recipient"), max_length=250, required=False,
        help_text=later("code or name, where the case has several"),
    )  # fmt: skip

    def fill(self) -> None:
        """Nothing; who receives is asked first."""
        self.order_fields(["case", "recipient"])

    def clean(self) -> dict[str, object]:
        """What was typed, with the recipient found in the case."""
        values = super().clean() or {}
        if values.get("case"):
            values["row"] = self._recipient(int(values["case"]), str(values.get("recipient", "")))
        return values

    def _recipient(self, number: int, text: str) -> Recipient | None:
        found = case_by_number(self.viewer, self.mission, number)
        rows = [row for row in recipients_of(self.viewer, found) if not row.excluded]
        if text.strip():
            wanted = text.strip().casefold()
            rows = [row for row in rows if wanted in (row.named.casefold(), *_codes(row))]
        if len(rows) != 1:
            self.add_error("recipient", _("Name one recipient of this case by its code."))
            return None
        return rows[0]


def _codes(row: Recipient) -> Iterable[str]:
    return (str(one.code).casefold() for one in (row.unit, row.person) if one is not None)


class UnassessedForm(UnitMixin, HandedForm):
    """What reached a force around the gate."""

    kind = forms.ChoiceField(label=later("Kind of support"), choices=SupportKind.choices)
    named = forms.CharField(label=later("Who received it"), max_length=250)
    unit = forms.CharField(label=later("Code of the unit"), required=False, max_length=60)

    def fill(self) -> None:
        """Nothing; who received is asked first."""
        self.order_fields(["kind", "named", "unit"])


class CorrectForm(SheetForm):
    """An entry taken back."""

    reason = words_field(later("What was wrong"), 2)

    def fill(self) -> None:
        """Nothing; puts the newest entries in."""
        rows = list(deliveries(self.viewer, self.mission).filter(corrects=None)[:MOST])
        self.usable = bool(rows)
        self.fields["delivery"] = pick_field(_("Entry"), rows)
        self.order_fields(["delivery"])


class LedgerFilter(forms.Form):
    """Which deliveries are shown, and over which days they are added up."""

    standing = forms.ChoiceField(label=later("Went through the gate"), required=False,
                                 choices=[("", later("all")), *Standing.choices])  # fmt: skip
    kind = forms.ChoiceField(label=later("Kind of support"), required=False,
                             choices=[("", later("all")), *SupportKind.choices])  # fmt: skip
    unit = forms.CharField(label=later("Code of the unit"), required=False, max_length=60)
    case = forms.IntegerField(label=later("Number of the case"), required=False, min_value=1)
    first = date_field(later("From"), required=False)
    last = date_field(later("To"), required=False)


class StopForm(UnitMixin, PersonMixin):
    """Who is stopped, why, and what the host state is told."""

    unit = forms.CharField(label=later("Code of the unit"), required=False, max_length=60,
                           help_text=later("all units below it are stopped too"))  # fmt: skip
    person = forms.CharField(label=later("or code of the person"), required=False, max_length=60)
    reason = words_field(later("Reason"))
    told_host = words_field(later("What the host state is told"), 2,
                            help_text=later("the reason, without sources and names"))  # fmt: skip
    exempt = forms.CharField(label=later("Codes of units below it that go on"), required=False,
                             max_length=500)  # fmt: skip

    def clean_exempt(self) -> list[Unit]:
        """The units that are spared."""
        codes = self.cleaned_data["exempt"].replace(",", " ").split()
        return [unit for code in codes if (unit := self.unit_of(code)) is not None]


class ReinstateForm(SheetForm):
    """Why a suspension is lifted."""

    reason = words_field(later("Why support may go on"), 2)

    def fill(self) -> None:
        """Nothing; puts the suspensions in force in."""
        rows = list(suspensions(self.viewer, self.mission).filter(ended_on=None)[:MOST])
        self.usable = bool(rows)
        names = named_in(self.viewer, self.mission, rows)
        self.fields["suspension"] = pick_field(
            _("Suspension"), rows, words=lambda row: f"{names.who(row)}, {row.recorded_at.date()}"
        )
        self.order_fields(["suspension"])


class FindingForm(UnitMixin, PersonMixin):
    """A verified finding of grave violations."""

    unit = forms.CharField(label=later("Code of the unit or authority"), required=False,
                           max_length=60)  # fmt: skip
    person = forms.CharField(label=later("or code of the person"), required=False, max_length=60)
    test = forms.ChoiceField(label=later("Test of the policy"), choices=FindingTest.choices)
    basis = words_field(later("What was found, on which verified incidents"))
    source_title = forms.CharField(label=later("Source"), max_length=300)


class LiftForm(SheetForm):
    """Why a finding no longer stands."""

    reason = words_field(later("Why it no longer stands"))

    def fill(self) -> None:
        """Nothing; puts the standing findings in."""
        rows = list(findings(self.viewer, self.mission).filter(lifted_on=None)[:MOST])
        self.usable = bool(rows)
        names = named_in(self.viewer, self.mission, rows)
        self.fields["finding"] = pick_field(
            _("Finding"), rows, words=lambda row: f"{names.who(row)}, {row.found_on}"
        )
        self.order_fields(["finding"])


class SettleForm(SheetForm):
    """What came of looking at something."""

    outcome = forms.ChoiceField(
        label=later("What came of it"),
        choices=[
            ("no_change", later("Looked at; the decision stands")),
            ("settled", later("Settled")),
            ("reopened", later("The case is reopened: screen and assess anew")),
        ],
    )
    words = words_field(later("In words"))

    def fill(self) -> None:
        """Nothing; puts the open tasks in."""
        rows = list(tasks(self.viewer, self.mission)[:MOST])
        self.usable = bool(rows)
        self.fields["task"] = pick_field(_("Task"), rows)
        self.order_fields(["task"])


class NoticeForm(UnitMixin):
    """What the host state is told."""

    kind = forms.ChoiceField(label=later("About"), choices=[])
    case = forms.IntegerField(label=later("Number of the case"), required=False, min_value=1)
    unit = forms.CharField(label=later("Code of the unit"), required=False, max_length=60)
    addressee = forms.CharField(label=later("To whom"), max_length=200)
    text = words_field(later("Text"), help_text=later("reasons without sources and names"))
    what_would_change = words_field(later("What would change it"), 2, required=False)

    def fill(self) -> None:
        """Nothing; puts the kinds of notices in."""
        labels = dict(HostNotice._meta.get_field("kind").choices or ())
        self.fields["kind"].choices = [(code, labels[code]) for code in NOTICES]  # type: ignore[attr-defined]


class ReplyForm(SheetForm):
    """What the host state replied."""

    reply = words_field(later("The reply"))

    def fill(self) -> None:
        """Nothing; puts the notices without a reply in."""
        rows = list(notices(self.viewer, self.mission).filter(replied_on=None)[:MOST])
        self.usable = bool(rows)
        self.fields["notice"] = pick_field(_("Notice"), rows)
        self.order_fields(["notice"])


class RosterForm(SheetForm):
    """A roster or hand-over note to be held against a case."""

    when = forms.ChoiceField(label=later("The list says"), choices=When.choices)
    day = date_field(later("Day of the event"))
    file = forms.FileField(label=later("Roster or hand-over note"),
                           help_text=later("CSV or XLSX"))  # fmt: skip
    keep = forms.BooleanField(
        label=later("Keep it on record; otherwise it is only shown"), required=False
    )

    def fill(self) -> None:
        """Nothing; puts the cases that are decided and run in."""
        states = {*IN_FORCE, "approved", "approved_with_conditions", "suspended", "expired"}
        rows: list[Model] = list(
            cases(self.viewer, self.mission).filter(state__in=states).order_by("-number")[:MOST]
        )
        self.usable = bool(rows)
        self.fields["case"] = pick_field(_("Case"), rows)
        self.order_fields(["case"])


class UndoForm(SheetForm):
    """Why a roster is taken back."""

    reason = words_field(later("Reason"), 2)


class YearForm(forms.Form):
    """The days that a report speaks of."""

    first = date_field(later("From"))
    last = date_field(later("To"))
