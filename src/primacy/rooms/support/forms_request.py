"""Forms of a request: what is asked for, for whom, and the clause that decides its scope."""

import decimal
from dataclasses import fields

from django import forms
from django.utils.translation import gettext as _

from primacy.platform.form_fields import LongSelect, date_field
from primacy.platform.language.later import later
from primacy.platform.policy import Viewer
from primacy.rooms.forces.facade import NoSuchUnit, unit_by_code
from primacy.rooms.persons.facade import NoSuchPerson, person_by_code
from primacy.rooms.places.facade import Mission, areas
from primacy.rooms.support.actions.requests import NewRecipient, RequestTerms
from primacy.rooms.support.forms_case import words_field
from primacy.rooms.support.models import CaseState, RecipientKind, SupportCase, SupportKind
from primacy.rooms.support.scope import clauses_for

MOST_RECIPIENTS = 500
TERMS = [field.name for field in fields(RequestTerms)]


def money_field(label: object) -> forms.DecimalField:
    """An amount; not known where it is left empty."""
    return forms.DecimalField(
        label=label,  # type: ignore[arg-type]
        required=False,
        min_value=decimal.Decimal(0),
        max_digits=16,
        decimal_places=2,
    )


class RequestForm(forms.Form):
    """All that a request says. What is missing is asked for when it is submitted."""

    title = forms.CharField(label=later("Title"), max_length=200,
                            help_text=later("what and for whom; no names of persons"))  # fmt: skip
    kind = forms.ChoiceField(label=later("Kind of support"), choices=SupportKind.choices)
    asked_for_by = forms.CharField(label=later("Who asks"), max_length=200,
                                   help_text=later("the component or entity"))  # fmt: skip
    starts_on = date_field(later("From"))
    ends_on = date_field(later("To"))
    place = forms.CharField(label=later("Place"), required=False, max_length=200)
    quantity = money_field(later("Quantity"))
    quantity_unit = forms.CharField(label=later("Counted in"), required=False, max_length=40,
                                    help_text=later("litres, persons, flights …"))  # fmt: skip
    budget = money_field(later("Budget"))
    currency = forms.CharField(label=later("Currency"), required=False, max_length=3,
                               help_text=later("three letters"))  # fmt: skip
    budget_line = forms.CharField(label=later("Budget line"), required=False, max_length=120)
    respond_by = date_field(later("Decision needed by"), required=False)
    recipients = words_field(
        later("Recipients"), 4, required=False,
        help_text=later(
            "one a line: “unit: CODE”, “person: CODE”, “authority: CODE”, or a name that is to be "
            "found in the register later"
        ),
    )  # fmt: skip
    objective = words_field(later("Objective"), required=False,
                            help_text=later("what is to come of it"))  # fmt: skip
    absorption = words_field(later("Absorptive capacity"), required=False,
                             help_text=later("who will use, keep and command it"))  # fmt: skip
    baseline = words_field(
        later("Baseline"), required=False, help_text=later("how things stand today")
    )
    sustainment = words_field(later("Sustainment"), required=False,
                              help_text=later("who keeps it running, with what money"))  # fmt: skip
    cost_year_3 = money_field(later("Cost in year 3"))
    cost_year_5 = money_field(later("Cost in year 5"))

    def __init__(
        self,
        viewer: Viewer,
        mission: Mission,
        data: object = None,
        case: SupportCase | None = None,
    ) -> None:
        initial = {name: getattr(case, name) for name in TERMS} if case is not None else {}
        known = {str(row.pk): row for row in areas(viewer, mission)}
        if case is not None and case.area_id is not None:
            initial["area"] = str(case.area_id)
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        self.viewer, self.mission = viewer, mission
        self.fields["area"] = forms.TypedChoiceField(
            label=_("Area"),
            choices=[("", _("not one area")), *((key, row.name) for key, row in known.items())],
            coerce=known.__getitem__,
            empty_value=None,
            required=False,
            widget=LongSelect,
        )
        order = list(self.fields)
        order.insert(order.index("place"), order.pop())
        self.order_fields(order)
        # Persons may be named here: what is typed is not kept on the device.
        self.fields["recipients"].widget.attrs["data-no-draft"] = ""

    def terms(self) -> RequestTerms:
        """What is asked for, as it was typed."""
        return RequestTerms(**{name: self.cleaned_data[name] for name in TERMS})

    def clean_recipients(self) -> list[NewRecipient]:
        """Who would receive, one a line; a code that the register knows is found in it."""
        lines = [line.strip() for line in self.cleaned_data["recipients"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST_RECIPIENTS:
            raise forms.ValidationError(
                _("A request names at most %(n)d recipients.") % {"n": MOST_RECIPIENTS}
            )
        return [self._recipient(line) for line in lines]

    def _recipient(self, line: str) -> NewRecipient:
        word, colon, rest = line.replace("：", ":").partition(":")
        kind = _kinds().get(word.strip().casefold(), "") if colon else ""
        named = rest.strip() if kind else line
        kind = kind or RecipientKind.UNIT.value
        if not named:
            raise forms.ValidationError(_("A line names nobody: %(line)s") % {"line": line[:80]})
        try:
            if kind == RecipientKind.PERSON:
                person = person_by_code(self.viewer, self.mission, named)
                return NewRecipient(kind=kind, person=person, named=str(person))
            unit = unit_by_code(self.viewer, self.mission, named)
        except (NoSuchPerson, NoSuchUnit):
            # A name for now: the case says that it has to be found in the register.
            return NewRecipient(kind=kind, named=named)
        return NewRecipient(kind=kind, unit=unit, named=unit.name)


def _kinds() -> dict[str, str]:
    """How the kinds of recipients may be written: in the reader's language, or as codes."""
    words = {
        _("unit"): RecipientKind.UNIT.value,
        _("person"): RecipientKind.PERSON.value,
        _("authority"): RecipientKind.AUTHORITY.value,
    }
    return {word.casefold(): code for word, code in words.items()} | {
        code: code for code in RecipientKind.values
    }


class ScopeForm(forms.Form):
    """The clause of the policy that decides, and why."""

    def __init__(self, case: SupportCase, data: object = None) -> None:
        super().__init__(data, initial={"clause": case.clause, "reason": case.scope_reason})  # type: ignore[arg-type]
        self.clauses = clauses_for(case.kind)
        self.fields["clause"] = forms.ChoiceField(
            label=_("Clause"),
            choices=[(one.code, one.title) for one in self.clauses],
            widget=forms.RadioSelect,
        )
        self.fields["reason"] = words_field(
            _("Why this clause"), help_text=_("what of the request makes it so")
        )


class QueueFilter(forms.Form):
    """Which cases are shown."""

    state = forms.ChoiceField(
        label=later("State"),
        required=False,
        choices=[("", later("not ended")), ("all", later("all")), *CaseState.choices],
    )
    kind = forms.ChoiceField(
        label=later("Kind of support"),
        required=False,
        choices=[("", later("all")), *SupportKind.choices],
    )
    text = forms.CharField(
        label=later("Title, recipient or number"), required=False, max_length=100
    )
    mine = forms.BooleanField(label=later("Mine to do"), required=False)
