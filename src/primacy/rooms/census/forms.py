"""Forms of the census. They read what was typed; what is allowed is decided by the actions."""

from django import forms
from django.utils.translation import gettext as _

from primacy.platform.form_fields import date_field
from primacy.platform.language.later import later
from primacy.platform.policy import Marking
from primacy.rooms.census.actions import Group
from primacy.rooms.census.models import ObjectionOutcome, Outcome, QuestionState, Sex
from primacy.rooms.census.models.cohort import STAGES
from primacy.rooms.census.models.round import DEFAULT_MARKING

SEXES = {str(code): code for code in Sex.values}


class RoundForm(forms.Form):
    """A new enrolment round."""

    name = forms.CharField(label=later("Name"), max_length=100)
    opened_on = date_field(later("Opens on"))
    census_day = date_field(later("Census day"))
    legal_basis = forms.CharField(label=later("Legal basis"), required=False, max_length=300)
    method = forms.CharField(
        label=later("Method"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=later("who registers whom, and by which documents"),
    )
    source_title = forms.CharField(label=later("Source"), max_length=300)
    marking = forms.TypedChoiceField(
        label=later("Marking"),
        choices=[(m.value, m.label) for m in Marking],
        coerce=int,
        initial=DEFAULT_MARKING.value,
    )


class CloseForm(forms.Form):
    """The day a round is closed."""

    closed_on = date_field(later("Closed on"))


class NumbersForm(forms.Form):
    """A range of service numbers that was issued."""

    letters = forms.CharField(
        label=later("Letters before the number"), required=False, max_length=20
    )
    first = forms.IntegerField(label=later("First number"), min_value=0)
    last = forms.IntegerField(label=later("Last number"), min_value=0)
    issued_from = date_field(later("Issued from"), required=False)
    source_title = forms.CharField(label=later("Source"), max_length=300)
    marking = forms.TypedChoiceField(
        label=later("Marking"),
        choices=[(m.value, m.label) for m in Marking],
        coerce=int,
        initial=DEFAULT_MARKING.value,
    )


class QuestionFilter(forms.Form):
    """Which questions are shown."""

    state = forms.ChoiceField(
        label=later("State"),
        required=False,
        choices=[("", later("all")), *QuestionState.choices],
    )
    rule = forms.CharField(label=later("Rule"), required=False, max_length=40)
    unit = forms.CharField(label=later("Unit"), required=False, max_length=40)


class SayForm(forms.Form):
    """What a side says on a question."""

    act = forms.ChoiceField(
        label=later("What is this"),
        choices=[
            ("answer", later("The answer of the office asked")),
            ("contest", later("What those concerned say")),
            ("unheard", later("Why those concerned could not be heard")),
            ("settle", later("The settlement")),
            ("withdraw", later("The question should not have been asked")),
        ],
        widget=forms.RadioSelect,
    )
    said_by = forms.CharField(
        label=later("Who says it"),
        required=False,
        max_length=200,
        help_text=later("the office with its post, or those concerned"),
    )
    outcome = forms.ChoiceField(
        label=later("Outcome"),
        required=False,
        choices=[("", later("none yet")), *Outcome.choices],
    )
    text = forms.CharField(label=later("In words"), widget=forms.Textarea(attrs={"rows": 4}))


class CohortForm(forms.Form):
    """A new class of recruits."""

    name = forms.CharField(label=later("Name"), max_length=200)
    force = forms.CharField(label=later("Force"), max_length=100)
    advertised_on = date_field(later("Advertised on"))
    places = forms.IntegerField(label=later("Places"), required=False, min_value=1)
    source_title = forms.CharField(label=later("Source"), max_length=300)
    marking = forms.TypedChoiceField(
        label=later("Marking"),
        choices=[(m.value, m.label) for m in Marking],
        coerce=int,
        initial=Marking.INTERNAL.value,
        required=False,
        help_text=later(
            "public: everybody reads when and how to object, and counts without small groups"
        ),
    )


class CountsForm(forms.Form):
    """Counts of persons by sex and region, one group a line."""

    counts = forms.CharField(
        label=later("Counts"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=later("one group a line: women, North, 34"),
    )

    def clean_counts(self) -> dict[Group, int]:
        """The counts by group; the line that cannot be read is named."""
        found: dict[Group, int] = {}
        for number, line in enumerate(self.cleaned_data["counts"].splitlines(), 1):
            if not line.strip():
                continue
            parts = [part.strip() for part in line.replace(";", ",").split(",")]
            if len(parts) != 3 or parts[0] not in SEXES or not parts[2].isdigit():
                raise forms.ValidationError(
                    _("Line %(n)d cannot be read. Write: women, North, 34 (or men, other).")
                    % {"n": number}
                )
            group = Group(parts[0], parts[1])
            if group in found:
                raise forms.ValidationError(_("Line %(n)d repeats a group.") % {"n": number})
            found[group] = int(parts[2])
        return found


class StageForm(CountsForm):
    """Counts of one stage."""

    stage = forms.ChoiceField(label=later("Stage"), choices=STAGES)
    field_order = ("stage", "counts")


class PopulationForm(CountsForm):
    """Persons of working age in the population."""

    year = forms.IntegerField(label=later("Year"), min_value=1900, max_value=2200)
    sampled = forms.BooleanField(
        label=later("Persons asked in a survey, not a count of everybody"), required=False
    )
    source_title = forms.CharField(label=later("Source"), max_length=300)
    marking = forms.TypedChoiceField(
        label=later("Marking"),
        choices=[(m.value, m.label) for m in Marking],
        coerce=int,
        initial=Marking.PUBLIC.value,
    )
    field_order = ("year", "counts", "sampled", "source_title", "marking")


class CancelForm(forms.Form):
    """Why a class of recruits is cancelled."""

    reason = forms.CharField(label=later("Reason"), widget=forms.Textarea(attrs={"rows": 2}))


class WindowForm(forms.Form):
    """The window for public objections."""

    opens_on = date_field(later("Opens on"))
    closes_on = date_field(later("Closes on"))
    channel = forms.CharField(label=later("How to object"), max_length=300)
    listed_at = forms.CharField(label=later("Where the list hangs"), required=False, max_length=300)


class ObjectionForm(forms.Form):
    """One objection, without who objects."""

    about = forms.CharField(label=later("Number on the list"), max_length=60)
    received_on = date_field(later("Received on"))
    grounds = forms.CharField(
        label=later("Grounds"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=later("no name of whoever objects, nor of witnesses"),
    )


class DecideForm(forms.Form):
    """The outcome of an objection."""

    objection = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=later("Outcome"), choices=ObjectionOutcome.choices)
    reason = forms.CharField(label=later("Reason"), widget=forms.Textarea(attrs={"rows": 2}))
