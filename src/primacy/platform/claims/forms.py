"""The form of what every claim is made with. It reads what was typed; the acts decide."""

import uuid

from django import forms

from primacy.platform.claims.actions import Cite
from primacy.platform.claims.models import ClaimStatus, PointKind
from primacy.platform.claims.rules import Dates
from primacy.platform.claims.terms import Terms
from primacy.platform.form_fields import date_field
from primacy.platform.language.later import later
from primacy.platform.policy import Marking, Viewer
from primacy.platform.sources.actions import ensure_source


def text_field(label: str, length: int, required: bool = True, help_text: str = "") -> forms.Field:
    """A line of text."""
    return forms.CharField(label=label, required=required, max_length=length, help_text=help_text)


def long_field(label: str, help_text: str = "") -> forms.Field:
    """Words that may be left out."""
    return forms.CharField(
        label=label, required=False, max_length=5000, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class TermsForm(forms.Form):
    """What every claim is made with: its dates, its source, its status, its marking."""

    first_precise = date_field(later("True on each day from"), required=False)
    last_precise = date_field(later("to"), required=False)
    first_imprecise = date_field(later("True on at least one day from"), required=False)
    last_imprecise = date_field(later("to, at the latest"), required=False)
    since_beginning = forms.BooleanField(
        label=later("No first day is known"),
        required=False,
        help_text=later("it held at some time up to the last day, or as far back as anybody knows"),
    )
    starting = forms.BooleanField(
        label=later("It began with the first day"),
        required=False,
        help_text=later("leave open where it may have begun earlier"),
    )
    ending = forms.BooleanField(
        label=later("It ended with the last day"),
        required=False,
        help_text=later("leave open where it may have gone on"),
    )
    start_context = text_field(later("How it began"), 300, required=False)
    end_context = text_field(later("How it ended"), 300, required=False)
    source = text_field(
        later("Source"), 500, required=False,
        help_text=later("document, register, visit; without one a claim is only work needed"),
    )  # fmt: skip
    point_kind = forms.ChoiceField(
        label=later("Where in the source"),
        required=False,
        choices=[("", later("Not stated")), *PointKind.choices],
    )
    point = text_field(later("Number or words there"), 200, required=False)
    accessed_on = date_field(later("Source read on"), required=False)
    status = forms.ChoiceField(label=later("Status"), choices=ClaimStatus.choices)
    marking = forms.TypedChoiceField(
        label=later("Marking"),
        choices=[(m.value, m.label) for m in Marking],
        coerce=int,
        initial=Marking.INTERNAL.value,
    )
    public_note = long_field(later("Note"))
    internal_note = long_field(
        later("Note for the owning team"), later("not shown to guests, donors and other outsiders")
    )

    def dates(self) -> Dates:
        """The dates as they were typed; a precise span with one day is that day."""
        values = {name: self.cleaned_data[name] for name in Dates.__dataclass_fields__}
        first, last = values["first_precise"], values["last_precise"]
        values["first_precise"], values["last_precise"] = first or last, last or first
        return Dates(**values)

    def terms(self, actor: Viewer, mission_id: uuid.UUID) -> Terms:
        """The terms of a claim; its source is made where it is new."""
        values = self.cleaned_data
        cites = []
        if values["source"].strip():
            source = ensure_source(
                actor=actor,
                mission_id=mission_id,
                title=values["source"],
                marking=Marking(values["marking"]),
            )
            cites = [Cite(source, values["point_kind"], values["point"],
                          accessed_on=values["accessed_on"])]  # fmt: skip
        return Terms(
            dates=self.dates(),
            cites=cites,
            status=values["status"],
            marking=Marking(values["marking"]),
            public_note=values["public_note"],
            internal_note=values["internal_note"],
        )
