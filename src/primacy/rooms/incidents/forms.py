"""Forms of incidents. They read what was typed; what is allowed is decided by the actions."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from primacy.platform.claims.forms import TermsForm
from primacy.platform.form_fields import LongSelect, date_field
from primacy.platform.language.later import later
from primacy.platform.policy import Marking, Viewer
from primacy.rooms.forces.facade import Unit, units
from primacy.rooms.incidents.models import IncidentType, Part
from primacy.rooms.incidents.queries import IncidentFilter
from primacy.rooms.incidents.rules import DATE_WORDS, WHERE_WORDS
from primacy.rooms.persons.facade import NoSuchPerson, Person, person_by_code
from primacy.rooms.places.facade import Area, Mission, areas

OUTSIDE = "-"


class FilterForm(forms.Form):
    """What to look for among the incidents."""

    start = date_field(later("From"), required=False)
    end = date_field(later("To"), required=False)
    type = forms.ChoiceField(
        label=later("Type"),
        required=False,
        choices=[("", later("All types")), *IncidentType.choices],
    )
    text = forms.CharField(label=later("Words"), required=False, max_length=200)

    def __init__(self, areas: Sequence[Area], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["area"] = forms.ChoiceField(
            label=_("Area"),
            widget=LongSelect,
            required=False,
            choices=[
                ("", _("All areas")),
                *((area.code, area.name) for area in areas),
                (OUTSIDE, _("Outside every area")),
            ],
        )
        self.order_fields(["start", "end", "type", "area", "text"])


class IncidentForm(forms.Form):
    """One incident that was reported to the mission or its partners."""

    type = forms.ChoiceField(label=later("Type"), choices=IncidentType.choices)
    date_start = date_field(later("First day"))
    date_end = date_field(later("Last day"), required=False)
    date_precision = forms.TypedChoiceField(
        label=later("How well the day is known"),
        choices=list(DATE_WORDS.items()),
        coerce=int,
    )
    place = forms.CharField(label=later("Place"), required=False, max_length=300)
    lat = forms.FloatField(label=later("Latitude"), required=False, min_value=-90, max_value=90)
    lon = forms.FloatField(label=later("Longitude"), required=False, min_value=-180, max_value=180)
    where_precision = forms.TypedChoiceField(
        label=later("How well the place is known"),
        choices=list(WHERE_WORDS.items()),
        coerce=int,
    )
    side_a = forms.CharField(label=later("One side"), required=False, max_length=200)
    side_b = forms.CharField(
        label=later("Other side, or those harmed"), required=False, max_length=200
    )
    deaths_best = forms.IntegerField(label=later("Deaths, best estimate"), min_value=0, initial=0)
    deaths_low = forms.IntegerField(label=later("Deaths at least"), min_value=0, required=False)
    deaths_high = forms.IntegerField(label=later("Deaths at most"), min_value=0, required=False)
    headline = forms.CharField(
        label=later("What happened"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=later("no names of victims, witnesses or sources"),
    )
    source = forms.CharField(
        label=later("Source"), max_length=500, help_text=later("report, patrol, call")
    )
    marking = forms.TypedChoiceField(
        label=later("Marking"),
        choices=[(m.value, m.label) for m in Marking],
        coerce=int,
        initial=Marking.INTERNAL.value,
    )

    def __init__(self, areas: Sequence[Area], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["area"] = forms.ChoiceField(
            label=_("Area"),
            widget=LongSelect,
            required=False,
            choices=[("", _("By latitude and longitude")), *((str(a.pk), a.name) for a in areas)],
            help_text=_("without latitude and longitude the middle of the area is taken"),
        )
        self.order_fields(
            ["type", "date_start", "date_end", "date_precision", "area", "place", "lat", "lon"]
        )


def asked_filter(
    viewer: Viewer, mission: Mission, data: QueryDict
) -> tuple[FilterForm, IncidentFilter]:
    """The filter form with what was asked, and the filter it means; a bad one narrows nothing."""
    known = list(areas(viewer, mission))
    form = FilterForm(known, data or None)
    if not form.is_valid():
        return form, IncidentFilter()
    values = form.cleaned_data
    return form, IncidentFilter(
        start=values["start"],
        end=values["end"],
        types=(values["type"],) if values["type"] else (),
        area=next((area for area in known if area.code == values["area"]), None),
        outside=values["area"] == OUTSIDE,
        text=values["text"],
    )


class PartForm(TermsForm):
    """In what way a source says it, on what, and how far it is relied on."""

    part = forms.ChoiceField(label=later("What the source says"), choices=Part.choices)


class ResponsibilityForm(PartForm):
    """Whom a source names: a unit by its code or name, or a person by their code."""

    field_order = ("unit", "person", "part")

    def __init__(self, viewer: Viewer, mission: Mission, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        self.viewer, self.mission = viewer, mission
        self.fields["unit"] = forms.CharField(
            label=_("Unit"), required=False, max_length=200, help_text=_("its code or full name")
        )
        self.fields["person"] = forms.CharField(
            label=_("or person"), required=False, max_length=40, help_text=_("the person's code")
        )
        self.order_fields(self.field_order)

    def clean_unit(self) -> Unit | None:
        """The unit, where one was named."""
        typed = self.cleaned_data["unit"].strip()
        rows = units(self.viewer, self.mission)
        named = list(rows.filter(code__iexact=typed)[:1] or rows.filter(name__iexact=typed)[:2])
        if typed and len(named) != 1:
            raise forms.ValidationError(
                _("No unit '%(typed)s' is open to you, or several bear that name. Type its code.")
                % {"typed": typed[:60]}
            )
        return named[0] if typed else None

    def clean_person(self) -> Person | None:
        """The person, where one was named."""
        typed = self.cleaned_data["person"].strip()
        if not typed:
            return None
        try:
            return person_by_code(self.viewer, self.mission, typed)
        except NoSuchPerson as problem:
            raise forms.ValidationError(str(problem)) from problem


class CorrectPartForm(PartForm):
    """A correction with its reason."""

    reason = forms.CharField(label=later("Why it is corrected"), max_length=500)
    field_order = ("reason", "part")


class ReasonForm(forms.Form):
    """Why a claim is withdrawn."""

    reason = forms.CharField(label=later("Why"), max_length=500)
