"""Forms of claims about units. They read what was typed; what is allowed is decided by the acts."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _

from primacy.platform.claims.forms import TermsForm, text_field
from primacy.platform.form_fields import LongSelect
from primacy.platform.language.later import later
from primacy.platform.policy import Viewer
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
