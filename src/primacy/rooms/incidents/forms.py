"""Forms of incidents. They read what was typed; what is allowed is decided by the actions."""

from collections.abc import Sequence

from django import forms

from primacy.platform.policy import Marking
from primacy.rooms.incidents.models import IncidentType
from primacy.rooms.incidents.rules import DATE_WORDS, WHERE_WORDS
from primacy.rooms.places.facade import Area

OUTSIDE = "-"


def date_field(label: str, required: bool = True) -> forms.DateField:
    """A date field that phones and keyboards both fill in."""
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"})
    )


class FilterForm(forms.Form):
    """What to look for among the incidents."""

    start = date_field("From", required=False)
    end = date_field("To", required=False)
    type = forms.ChoiceField(
        label="Type", required=False, choices=[("", "All types"), *IncidentType.choices]
    )
    text = forms.CharField(label="Words", required=False, max_length=200)

    def __init__(self, areas: Sequence[Area], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["area"] = forms.ChoiceField(
            label="Area",
            required=False,
            choices=[
                ("", "All areas"),
                *((area.code, area.name) for area in areas),
                (OUTSIDE, "Outside every area"),
            ],
        )
        self.order_fields(["start", "end", "type", "area", "text"])


class IncidentForm(forms.Form):
    """One incident that was reported to the mission or its partners."""

    type = forms.ChoiceField(label="Type", choices=IncidentType.choices)
    date_start = date_field("First day")
    date_end = date_field("Last day", required=False)
    date_precision = forms.TypedChoiceField(
        label="How well the day is known", choices=list(DATE_WORDS.items()), coerce=int
    )
    place = forms.CharField(label="Place", required=False, max_length=300)
    lat = forms.FloatField(label="Latitude", required=False, min_value=-90, max_value=90)
    lon = forms.FloatField(label="Longitude", required=False, min_value=-180, max_value=180)
    where_precision = forms.TypedChoiceField(
        label="How well the place is known", choices=list(WHERE_WORDS.items()), coerce=int
    )
    side_a = forms.CharField(label="One side", required=False, max_length=200)
    side_b = forms.CharField(label="Other side, or those harmed", required=False, max_length=200)
    deaths_best = forms.IntegerField(label="Deaths, best estimate", min_value=0, initial=0)
    deaths_low = forms.IntegerField(label="Deaths at least", min_value=0, required=False)
    deaths_high = forms.IntegerField(label="Deaths at most", min_value=0, required=False)
    headline = forms.CharField(
        label="What happened",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="no names of victims, witnesses or sources",
    )
    source = forms.CharField(label="Source", max_length=500, help_text="report, patrol, call")
    marking = forms.TypedChoiceField(
        label="Marking",
        choices=[(m.value, m.label) for m in Marking],
        coerce=int,
        initial=Marking.INTERNAL.value,
    )

    def __init__(self, areas: Sequence[Area], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["area"] = forms.ChoiceField(
            label="Area",
            required=False,
            choices=[("", "By latitude and longitude"), *((str(a.pk), a.name) for a in areas)],
            help_text="without latitude and longitude the middle of the area is taken",
        )
        self.order_fields(
            ["type", "date_start", "date_end", "date_precision", "area", "place", "lat", "lon"]
        )
