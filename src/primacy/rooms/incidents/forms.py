"""Forms of incidents. They read what was typed; what is allowed is decided by the actions."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from primacy.platform.form_fields import LongSelect, date_field
from primacy.platform.language.later import later
from primacy.platform.policy import Marking, Viewer
from primacy.rooms.incidents.models import IncidentType
from primacy.rooms.incidents.queries import IncidentFilter
from primacy.rooms.incidents.rules import DATE_WORDS, WHERE_WORDS
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
