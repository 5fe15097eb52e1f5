"""Forms of readiness. They read what was typed; what is allowed is decided by the actions."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from primacy.platform.form_fields import LongSelect, date_field
from primacy.platform.language.later import later
from primacy.platform.policy import Marking
from primacy.rooms.places.facade import Area
from primacy.rooms.readiness.models import (
    ObservationMethod,
    Responsibility,
    StandardCriterion,
)

MARKINGS = [(m.value, m.label) for m in Marking]
LEAD_LABELS = {
    "mission": later("Mission leads"),
    "joint": later("Joint: mission leads, local alongside"),
    "local_supported": later("Local leads, mission alongside"),
    "local_overseen": later("Local leads, mission monitors and is on call"),
    "local": later("Local alone"),
}


def choices_of(records: Sequence[Area] | Sequence[Responsibility]) -> list[tuple[str, str]]:
    """Areas or responsibilities as the choices of a field."""
    return [(str(record.pk), record.name) for record in records]


def lead_choices(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Leads as the choices of a field, in words."""
    return [(code, LEAD_LABELS.get(code, code)) for code in codes]


class LeadForm(forms.Form):
    """The present lead of responsibilities in areas, from a source."""

    def __init__(
        self,
        areas: Sequence[Area],
        functions: Sequence[Responsibility],
        ladder: Sequence[str],
        data: object = None,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        self.fields["areas"] = forms.MultipleChoiceField(
            label=_("Areas"),
            choices=choices_of(areas),
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["functions"] = forms.MultipleChoiceField(
            label=_("Responsibilities"),
            choices=choices_of(functions),
            widget=forms.CheckboxSelectMultiple,
        )
        leads = lead_choices(ladder)
        self.fields["lead"] = forms.ChoiceField(
            label=_("Who leads"), choices=[*leads, ("unknown", _("Not known"))]
        )
        self.fields["since"] = date_field(_("Since"))
        self.fields["source"] = forms.CharField(
            label=_("Source"),
            max_length=500,
            help_text=_("the document, order or statement this comes from"),
        )
        self.fields["note"] = forms.CharField(label=_("Note"), required=False, max_length=500)


class ObservationForm(forms.Form):
    """One piece of evidence."""

    method = forms.ChoiceField(
        label=later("How it was obtained"), choices=ObservationMethod.choices
    )
    observed_on = date_field(later("Day of observation"))
    value = forms.FloatField(label=later("Value"), required=False)
    numerator = forms.FloatField(label=later("How many"), required=False)
    denominator = forms.FloatField(label=later("Of how many"), required=False)
    low = forms.FloatField(label=later("Lower end of the interval"), required=False)
    high = forms.FloatField(label=later("Upper end of the interval"), required=False)
    sample = forms.BooleanField(label=later("Counted in a sample, not everyone"), required=False)
    source = forms.CharField(
        label=later("Source"),
        max_length=500,
        help_text=later("register, visit report or survey"),
    )
    note = forms.CharField(
        label=later("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    marking = forms.TypedChoiceField(
        label=later("Marking"), choices=MARKINGS, coerce=int, initial=Marking.INTERNAL
    )

    def __init__(
        self,
        areas: Sequence[Area],
        indicators: Sequence[tuple[str, str]],
        data: object = None,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        area = forms.ChoiceField(label=_("Area"), choices=choices_of(areas), widget=LongSelect)
        indicator = forms.ChoiceField(label=_("Indicator"), choices=list(indicators))
        self.fields = {"area": area, "indicator": indicator, **self.fields}


@dataclass(frozen=True)
class SheetLine:
    """One criterion on an evidence sheet, with the fields its unit needs."""

    criterion: StandardCriterion
    fields: tuple[forms.BoundField, ...]


@dataclass(frozen=True)
class SheetEntry:
    """What was typed for one criterion."""

    indicator: str
    value: float | None
    numerator: float | None
    denominator: float | None
    low: float | None
    high: float | None


class EvidenceSheet(forms.Form):
    """The criteria of an assessment as one sheet, filled in by one side on one day."""

    def __init__(
        self,
        criteria: Sequence[StandardCriterion],
        data: object = None,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        self.criteria = list(criteria)
        self.fields["method"] = forms.ChoiceField(
            label=_("This sheet is"), choices=ObservationMethod.choices
        )
        self.fields["observed_on"] = date_field(_("Day of observation"))
        self.fields["source"] = forms.CharField(
            label=_("Source"), max_length=500, help_text=_("visit report, register or survey")
        )
        for place, row in enumerate(self.criteria):
            for name, field in _fields_of(row).items():
                self.fields[f"{name}_{place}"] = field

    def lines(self) -> list[SheetLine]:
        """The criteria in order, each with its bound fields."""
        return [
            SheetLine(
                criterion=row,
                fields=tuple(self[f"{name}_{place}"] for name in _fields_of(row)),
            )
            for place, row in enumerate(self.criteria)
        ]

    def head(self) -> list[forms.BoundField]:
        """The fields that hold for the whole sheet."""
        return [self["method"], self["observed_on"], self["source"]]

    def entries(self) -> list[SheetEntry]:
        """The lines that were filled in; empty lines are left out."""
        found = []
        for place, row in enumerate(self.criteria):

            def typed(name: str, place: int = place) -> float | None:
                raw = self.cleaned_data.get(f"{name}_{place}")
                return float(raw) if raw not in (None, "") else None

            entry = SheetEntry(
                indicator=row.indicator,
                value=typed("value"),
                numerator=typed("count"),
                denominator=typed("of"),
                low=typed("low"),
                high=typed("high"),
            )
            if any(v is not None for v in vars(entry).values() if not isinstance(v, str)):
                found.append(entry)
        return found

    def clean(self) -> dict[str, object]:
        """At least one line must be filled in."""
        cleaned = super().clean() or {}
        if not self.errors and not self.entries():
            raise forms.ValidationError(_("Fill in at least one line of the sheet."))
        return cleaned


def _fields_of(row: StandardCriterion) -> dict[str, forms.Field]:
    """The fields of one criterion by its unit: yes or no, how many of how many, or a number."""
    if row.unit == "yes_no":
        return {
            "value": forms.ChoiceField(
                label=row.label,
                required=False,
                choices=[("", _("not seen")), ("1", "yes"), ("0", "no")],
            )
        }
    if row.unit == "share" and row.numerator_noun:
        return {
            "count": forms.FloatField(label=row.numerator_noun, required=False, min_value=0),
            "of": forms.FloatField(
                label=_("of %(value)s") % {"value": row.denominator_noun or "how many"},
                required=False,
                min_value=0,
            ),
        }
    hint = "share, 0 to 1" if row.unit == "share" else row.unit.replace("_", " ")
    return {"value": forms.FloatField(label=hint, required=False, min_value=0)}


class OpenAssessmentForm(forms.Form):
    """Which step of which responsibility is assessed, as of which day."""

    as_of = date_field(later("Evidence up to"))

    def __init__(
        self,
        areas: Sequence[Area],
        functions: Sequence[Responsibility],
        ladder: Sequence[str],
        data: object = None,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        area = forms.ChoiceField(label=_("Area"), choices=choices_of(areas), widget=LongSelect)
        function = forms.ChoiceField(label=_("Responsibility"), choices=choices_of(functions))
        target = forms.ChoiceField(label=_("Step to"), choices=lead_choices(ladder[1:]))
        self.fields = {"area": area, "function": function, "target": target, **self.fields}


class RemarkForm(forms.Form):
    """What one side wants on the record."""

    text = forms.CharField(label=later("Remark"), widget=forms.Textarea(attrs={"rows": 3}))


class ConditionForm(forms.Form):
    """An action for a criterion that falls short."""

    criterion_code = forms.ChoiceField(label=later("Criterion"))
    action = forms.CharField(label=later("Action"), max_length=400)
    owner = forms.CharField(
        label=later("Owner"),
        max_length=200,
        help_text=later("the office that does it"),
    )
    due_on = date_field(later("Due"))

    def __init__(self, choices: Sequence[tuple[str, str]], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["criterion_code"].choices = list(choices)  # type: ignore[attr-defined]


class ProposalForm(forms.Form):
    """From when the next step holds, and whether on trial."""

    effective_on = date_field(later("In force from"))
    trial_until = date_field(later("On trial until"), required=False)
    reason = forms.CharField(
        label=later("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReasonForm(forms.Form):
    """A reason in words, for acts that take something back."""

    reason = forms.CharField(label=later("Reason"), widget=forms.Textarea(attrs={"rows": 2}))


class SignatureForm(forms.Form):
    """For or against, with a reservation or dissent that is kept."""

    agrees = forms.TypedChoiceField(
        label="I sign",
        choices=[("yes", "for"), ("no", "against")],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
    )
    dissent = forms.CharField(
        label=later("Reservation or dissent"),
        required=False,
        help_text=later("kept with the decision; needed when you sign against"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CloseConditionForm(forms.Form):
    """What shows that a condition was met."""

    closed_on = date_field(later("Done on"))
    evidence = forms.CharField(label=later("What shows it"), max_length=400)


class StepBackForm(OpenAssessmentForm):
    """Giving the lead back to an earlier step."""

    effective_on = date_field(later("In force from"))
    reason = forms.CharField(label=later("Reason"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self,
        areas: Sequence[Area],
        functions: Sequence[Responsibility],
        ladder: Sequence[str],
        data: object = None,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(areas, functions, ladder, data, initial)
        del self.fields["as_of"]
        self.fields["target"] = forms.ChoiceField(
            label=_("Back to"), choices=lead_choices(ladder[:-1])
        )


class StandardForm(forms.Form):
    """A new version of the standard: each criterion's threshold, gate, age and tolerance."""

    name = forms.CharField(label=later("Name"), max_length=200)
    change_note = forms.CharField(
        label=later("What changes and why"), widget=forms.Textarea(attrs={"rows": 2})
    )
    confidence = forms.FloatField(
        label=later("Confidence for intervals"), min_value=0.5, max_value=0.99
    )
    seats_per_party = forms.IntegerField(label=later("Seats per party"), min_value=1, max_value=9)

    def __init__(
        self,
        criteria: Sequence[StandardCriterion],
        data: object = None,
        initial: dict[str, object] | None = None,
    ) -> None:
        filled: dict[str, object] = dict(initial or {})
        self.criteria = list(criteria)
        for place, row in enumerate(self.criteria):
            filled |= {
                f"keep_{place}": True,
                f"threshold_{place}": row.threshold,
                f"gate_{place}": row.gate,
                f"age_{place}": row.max_age_days,
                f"tolerance_{place}": row.tolerance,
                f"origin_{place}": row.origin,
            }
        super().__init__(data, initial=filled)  # type: ignore[arg-type]
        for place in range(len(self.criteria)):
            self.fields[f"keep_{place}"] = forms.BooleanField(label=_("Keep"), required=False)
            self.fields[f"threshold_{place}"] = forms.FloatField(label=_("Threshold"), min_value=0)
            self.fields[f"gate_{place}"] = forms.BooleanField(label=_("Gate"), required=False)
            self.fields[f"age_{place}"] = forms.IntegerField(
                label=_("Oldest age, days"), required=False, min_value=0
            )
            self.fields[f"tolerance_{place}"] = forms.FloatField(label=_("Tolerance"), min_value=0)
            self.fields[f"origin_{place}"] = forms.CharField(
                label=_("Where the threshold comes from"), max_length=250
            )

    def lines(self) -> list[tuple[StandardCriterion, dict[str, forms.BoundField]]]:
        """The criteria in order, each with its bound fields by name."""
        names = ("keep", "threshold", "gate", "age", "tolerance", "origin")
        return [
            (row, {name: self[f"{name}_{place}"] for name in names})
            for place, row in enumerate(self.criteria)
        ]

    def content(self) -> list[dict[str, object]]:
        """The criteria as typed, those not kept left out."""
        cleaned = self.cleaned_data
        rows = []
        for place, row in enumerate(self.criteria):
            if not cleaned[f"keep_{place}"]:
                continue
            rows.append(
                {
                    "code": row.code,
                    "dimension": row.dimension,
                    "indicator": row.indicator,
                    "label": row.label,
                    "comparison": row.comparison,
                    "methods": row.methods,
                    "bound": row.bound,
                    "unit": row.unit,
                    "numerator_noun": row.numerator_noun,
                    "denominator_noun": row.denominator_noun,
                    "responsibilities": row.responsibilities,
                    "leads": row.leads,
                    "threshold": cleaned[f"threshold_{place}"],
                    "gate": cleaned[f"gate_{place}"],
                    "max_age_days": cleaned[f"age_{place}"],
                    "tolerance": cleaned[f"tolerance_{place}"],
                    "origin": cleaned[f"origin_{place}"],
                }
            )
        return rows


def today_initial(today: dt.date, **more: object) -> dict[str, object]:
    """Initial values with today's date where a day is asked."""
    return {"observed_on": today, "as_of": today, "effective_on": today, "since": today, **more}
