"""Forms on the page of a case. They read what was typed; what is allowed the actions decide."""

from collections.abc import Callable, Iterable
from typing import ClassVar, TypeVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _

from primacy.platform.form_fields import date_field
from primacy.platform.language.later import later
from primacy.platform.policy import Viewer
from primacy.rooms.forces.facade import ForcesError, Unit, unit_by_code
from primacy.rooms.persons.facade import Person, PersonsError, person_by_code
from primacy.rooms.support.actions.deciding import OnRecipient
from primacy.rooms.support.actions.watching import NOTICES
from primacy.rooms.support.elements import SIGNS
from primacy.rooms.support.models import (
    Colour,
    Condition,
    ConditionKind,
    ConditionState,
    HostNotice,
    Intercession,
    Pillar,
    Recipient,
    Ruling,
    SupportCase,
    Visit,
)
from primacy.rooms.support.queries import (
    conditions_of,
    consolidations_of,
    intercessions_of,
    recipients_of,
    visits_of,
)
from primacy.rooms.support.reading import COLOUR_WORDS

M = TypeVar("M", bound=Model)

OPEN = (ConditionState.OPEN, ConditionState.WAIVED)
RECOMMENDABLE = [(c, COLOUR_WORDS[c]) for c in Colour.values if c != Colour.PENDING]


def words_field(label: object, rows: int = 3, *, required: bool = True, help_text: object = ""
                ) -> forms.CharField:  # fmt: skip
    """A field for sentences."""
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=required,
        help_text=help_text,  # type: ignore[arg-type]
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def pick_field(
    label: object,
    rows: Iterable[M],
    *,
    required: bool = True,
    words: Callable[[M], str] = str,
) -> forms.TypedChoiceField:
    """A choice among records that were handed to the viewer; its value is the record."""
    known = {str(row.pk): row for row in rows}
    choices = [(key, words(row)) for key, row in known.items()]
    if len(choices) != 1 or not required:
        choices.insert(0, ("", _("choose") if required else _("none")))
    return forms.TypedChoiceField(
        label=label,  # type: ignore[arg-type]
        choices=choices,
        coerce=known.__getitem__,
        empty_value=None,
        required=required,
    )


class CaseForm(forms.Form):
    """A form about one case; `usable` is false where there is nothing it could be about."""

    no_draft: ClassVar[bool] = False
    """True where persons are named: what was typed is not kept on the device."""

    def __init__(
        self, viewer: Viewer, case: SupportCase, data: object = None, prefix: str = ""
    ) -> None:
        super().__init__(data, prefix=prefix or None)  # type: ignore[arg-type]
        self.viewer, self.case = viewer, case
        self.usable = True
        self.fill()

    def fill(self) -> None:
        """Nothing; puts the choices of this case into the form."""

    def kept(self) -> list[Recipient]:
        """The recipients that are not left out."""
        return [row for row in recipients_of(self.viewer, self.case) if not row.excluded]


class ReasonForm(CaseForm):
    """A move with its reason."""

    reason = words_field(later("Reason"), 2, required=False)


class PressForm(CaseForm):
    """Nothing to type."""


class RecipientForm(CaseForm):
    """One recipient that is not left out."""

    def fill(self) -> None:
        """Nothing; puts the recipients in."""
        rows = self.kept()
        self.usable = bool(rows)
        self.fields["recipient"] = pick_field(_("Recipient"), rows)
        self.order_fields(["recipient"])


class ExcludeForm(RecipientForm):
    """Who is left out, and why."""

    reason = words_field(later("Reason"), 2)


class ResolveForm(RecipientForm):
    """Which record of the register a recipient is."""

    no_draft = True
    unit = forms.CharField(label=later("Code of the unit"), required=False, max_length=60,
                           help_text=later("of a person: the unit they serve in"))  # fmt: skip
    person = forms.CharField(label=later("Code of the person"), required=False, max_length=60)

    def clean_unit(self) -> Unit | None:
        """The unit of the register."""
        code = self.cleaned_data["unit"].strip()
        try:
            return unit_by_code(self.viewer, self.case.mission, code) if code else None
        except ForcesError as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean_person(self) -> Person | None:
        """The person of the register."""
        code = self.cleaned_data["person"].strip()
        try:
            return person_by_code(self.viewer, self.case.mission, code) if code else None
        except PersonsError as problem:
            raise forms.ValidationError(str(problem)) from problem


class ConditionForm(CaseForm):
    """A condition with class, owner and due day."""

    kind = forms.ChoiceField(label=later("When"), choices=ConditionKind.choices)
    pillar = forms.ChoiceField(label=later("Class of the measure"), choices=Pillar.choices)
    text = words_field(later("What is asked"))
    owner = forms.CharField(label=later("Owner"), max_length=200)
    due_on = date_field(later("Due on"))

    def fill(self) -> None:
        """Nothing; puts the recipients in."""
        self.fields["recipient"] = pick_field(
            _("Only for this recipient"), self.kept(), required=False
        )


class OpenConditionForm(CaseForm):
    """One condition that is not met."""

    def fill(self) -> None:
        """Nothing; puts the open conditions of this round in."""
        rows: list[Condition] = [
            row
            for row in conditions_of(self.viewer, self.case)
            if row.state in OPEN and row.round == self.case.round
        ]
        self.usable = bool(rows)
        self.fields["condition"] = pick_field(_("Condition"), rows)
        self.order_fields(["condition"])


class MeetForm(OpenConditionForm):
    """What shows that a condition is met."""

    evidence = words_field(later("Evidence"), help_text=later("which paper, seen by whom"))
    met_on = date_field(later("Met on"), required=False)


class WaiveForm(OpenConditionForm):
    """Who waives a condition, on what authority, why, until when."""

    authority = forms.CharField(label=later("Authority"), max_length=200,
                                help_text=later("the office and the rule"))  # fmt: skip
    reason = words_field(later("Reason"))
    expires_on = date_field(later("Holds until"))


class DropForm(OpenConditionForm):
    """Why a condition is dropped before the decision."""

    reason = words_field(later("Reason"), 2)


class RecommendForm(RecipientForm):
    """The one recommendation on a recipient."""

    colour = forms.ChoiceField(
        label=later("Recommendation"), choices=RECOMMENDABLE, widget=forms.RadioSelect
    )
    commentary = words_field(later("On what it rests"))
    nominated = forms.BooleanField(label=later("Discuss it before the decision"), required=False)


class DecideForm(CaseForm):
    """The decision with what it says of each recipient."""

    ruling = forms.ChoiceField(
        label=later("Decision"), choices=Ruling.choices, widget=forms.RadioSelect
    )
    reasons = words_field(later("Reasons"))
    what_would_change = words_field(
        later("What would change it"), 2, required=False,
        help_text=later("needed where support is not approved: those concerned are told"),
    )  # fmt: skip
    valid_until = date_field(later("Holds until"), required=False)

    def fill(self) -> None:
        """Nothing; puts each recipient in with the colour recommended."""
        recommended = {
            row.recipient_id: row.colour
            for row in consolidations_of(self.viewer, self.case)
            if row.round == self.case.round
        }
        self.rows = self.kept()
        for at, row in enumerate(self.rows):
            self.fields[f"colour_{at}"] = forms.ChoiceField(
                label=row.named,
                choices=[("", _("as recommended")), *RECOMMENDABLE],
                initial=recommended.get(row.pk, ""),
                required=False,
            )
            self.fields[f"commentary_{at}"] = forms.CharField(
                label=_("Why otherwise: %(who)s") % {"who": row.named},
                required=False,
                help_text=_("where you decide otherwise than recommended"),
            )

    def on_recipients(self) -> list[OnRecipient]:
        """What is said of each recipient, where anything is."""
        values = self.cleaned_data
        return [
            OnRecipient(row, values[f"colour_{at}"], values[f"commentary_{at}"])
            for at, row in enumerate(self.rows)
            if values[f"colour_{at}"]
        ]


class SuspendForm(CaseForm):
    """Why support stops, and what the host state is told."""

    reason = words_field(later("Reason"))
    told_host = words_field(later("What the host state is told"),
                            help_text=later("the reason, without sources"))  # fmt: skip


class WithdrawForm(CaseForm):
    """Why support ends for good."""

    reason = words_field(later("Reason"))


class VisitForm(CaseForm):
    """A monitoring visit that is planned."""

    planned_on = date_field(later("Planned on"))
    what = forms.CharField(label=later("What is looked at"), max_length=300)
    owner = forms.CharField(label=later("Owner"), max_length=200)


class VisitReportForm(CaseForm):
    """What a visit saw."""

    done_on = date_field(later("Made on"))
    access = forms.ChoiceField(
        label=later("Access"), choices=Visit._meta.get_field("access").choices or []
    )
    seen = words_field(later("What was seen"))
    signs = forms.MultipleChoiceField(
        label=later("Early-warning signs"), choices=SIGNS, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def fill(self) -> None:
        """Nothing; puts the visits in that are not reported."""
        rows = [row for row in visits_of(self.viewer, self.case) if row.done_on is None]
        self.usable = bool(rows)
        self.fields["visit"] = pick_field(_("Visit"), rows)
        self.order_fields(["visit"])


class IntercedeForm(CaseForm):
    """What is raised with the authorities."""

    way = forms.ChoiceField(
        label=later("How"), choices=Intercession._meta.get_field("way").choices or []
    )
    addressee = forms.CharField(label=later("With whom"), max_length=200)
    made_on = date_field(later("On"), required=False)
    text = words_field(later("What was said"))
    asked = words_field(later("What they are asked to do"), 2)
    response_due = date_field(later("Response due"))


class ResponseForm(CaseForm):
    """What the authorities answered."""

    response = words_field(later("Response"))
    enough = forms.TypedChoiceField(
        label=later("Does it end the violations?"),
        choices=[("yes", later("yes")), ("no", later("no"))],
        coerce="yes".__eq__,
        widget=forms.RadioSelect,
    )
    responded_on = date_field(later("Received on"), required=False)

    def fill(self) -> None:
        """Nothing; puts in what is not answered."""
        rows = [r for r in intercessions_of(self.viewer, self.case) if r.responded_on is None]
        self.usable = bool(rows)
        self.fields["intercession"] = pick_field(_("Letter or meeting"), rows)
        self.order_fields(["intercession"])


class NotifyForm(CaseForm):
    """What the host state is told."""

    kind = forms.ChoiceField(
        label=later("About"),
        choices=[c for c in HostNotice._meta.get_field("kind").choices or [] if c[0] in NOTICES],
    )
    addressee = forms.CharField(label=later("To whom"), max_length=200)
    text = words_field(
        later("Text"), 5, help_text=later("the reasons; no sources and no names of persons")
    )
    what_would_change = words_field(later("What would change it"), 2, required=False)
