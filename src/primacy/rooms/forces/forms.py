"""Forms of claims about units. They read what was typed; what is allowed is decided by the acts."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _

from primacy.platform.claims.actions import Cite
from primacy.platform.claims.models import ClaimStatus, PointKind
from primacy.platform.claims.rules import Dates
from primacy.platform.form_fields import LongSelect, date_field
from primacy.platform.language.later import later
from primacy.platform.policy import Marking, Viewer
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import Terms
from primacy.rooms.forces.models import (
    LineageKind,
    NameKind,
    PositionKind,
    RelationKind,
    Unit,
)
from primacy.rooms.forces.queries import units
from primacy.rooms.places.facade import Area, Mission

MOST_LISTED = 400
"""So many units are offered while typing; of more the code is typed."""


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

    def terms(self, actor: Viewer, mission: Mission) -> Terms:
        """The terms of a claim; its source is made where it is new."""
        values = self.cleaned_data
        cites = []
        if values["source"].strip():
            source = ensure_source(
                actor=actor,
                mission_id=mission.pk,
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


class NameForm(TermsForm):
    """A name or alias."""

    name = text_field(later("Name"), 200)
    kind = forms.ChoiceField(label=later("Kind of name"), choices=NameKind.choices)
    field_order = ("name", "kind")


class ClassificationForm(TermsForm):
    """What sort of unit it was."""

    classification = text_field(
        later("Classification"), 100, help_text=later("police, army, gendarmerie, joint task force")
    )
    field_order = ("classification",)


class UnitField(forms.CharField):
    """A unit by its code or its name, among those open to the viewer."""

    def __init__(self, viewer: Viewer, mission: Mission, **more: object) -> None:
        super().__init__(max_length=200, **more)  # type: ignore[arg-type]
        self.viewer, self.mission = viewer, mission
        self.widget.attrs["list"] = "units"

    def clean(self, value: object) -> Unit | None:
        """The unit; a message that says what to type otherwise."""
        typed = str(super().clean(value) or "").strip()
        if not typed:
            return None
        found = unit_called(self.viewer, self.mission, typed)
        if found is None:
            raise forms.ValidationError(
                _("No unit '%(typed)s' is open to you, or several bear that name. Type its code.")
                % {"typed": typed[:60]}
            )
        return found


def unit_called(viewer: Viewer, mission: Mission, typed: str) -> Unit | None:
    """The unit of this code, else the only one of this name; None otherwise."""
    rows = units(viewer, mission)
    coded = rows.filter(code__iexact=typed).first()
    if coded is not None:
        return coded
    named = list(rows.filter(name__iexact=typed)[:2])
    return named[0] if len(named) == 1 else None


class RelationForm(TermsForm):
    """Under whom the unit stood."""

    kind = forms.ChoiceField(label=later("In what way"), choices=RelationKind.choices)
    field_order = ("superior", "kind")

    def __init__(self, viewer: Viewer, mission: Mission, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        self.fields["superior"] = UnitField(
            viewer, mission, label=_("Superior"), help_text=_("its code or full name")
        )
        self.order_fields(self.field_order)


class PositionForm(TermsForm):
    """Where the unit was."""

    kind = forms.ChoiceField(label=later("Site or area"), choices=PositionKind.choices)
    base = text_field(later("Base or camp"), 200, required=False)
    lat = forms.FloatField(label=later("Latitude"), required=False, min_value=-90, max_value=90)
    lon = forms.FloatField(label=later("Longitude"), required=False, min_value=-180, max_value=180)
    field_order = ("kind", "area", "base", "lat", "lon")

    def __init__(self, areas: Sequence[Area], *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        self.known = {str(area.pk): area for area in areas}
        self.fields["area"] = forms.ChoiceField(
            label=_("Area"),
            widget=LongSelect,
            required=False,
            choices=[("", _("None"))] + [(key, area.name) for key, area in self.known.items()],
        )
        self.order_fields(self.field_order)

    def clean_area(self) -> Area | None:
        """The area that was chosen."""
        return self.known.get(self.cleaned_data["area"])


class LineageForm(TermsForm):
    """What became of the unit."""

    event = forms.ChoiceField(label=later("What happened"), choices=LineageKind.choices)
    new_name = text_field(
        later("New name"), 200, required=False, help_text=later("where the unit was renamed")
    )
    field_order = ("event", "new_name", "others")

    def __init__(self, viewer: Viewer, mission: Mission, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        self.viewer, self.mission = viewer, mission
        self.fields["others"] = forms.CharField(
            label=_("Other units"),
            required=False,
            max_length=2000,
            help_text=_(
                "codes with commas between: what it was merged or split into, attached to, or the "
                "unit on record that bears the new name"
            ),
        )
        self.order_fields(self.field_order)

    def clean_others(self) -> list[Unit]:
        """The units that were named."""
        found = []
        for typed in self.cleaned_data["others"].split(","):
            if not typed.strip():
                continue
            unit = unit_called(self.viewer, self.mission, typed.strip())
            if unit is None:
                raise forms.ValidationError(
                    _("No unit '%(typed)s' is open to you.") % {"typed": typed.strip()[:60]}
                )
            found.append(unit)
        return found


class ReasonForm(forms.Form):
    """Why a claim is withdrawn or corrected."""

    reason = text_field(later("Why"), 500)
