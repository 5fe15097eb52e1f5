"""Forms of training: what a written name means, and which names are shown."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from primacy.platform.form_fields import LongSelect
from primacy.rooms.training.actions import BY_A_PERSON
from primacy.rooms.training.models import Reading


class NamesFilter(forms.Form):
    """Which names are shown."""

    reading = forms.ChoiceField(
        label=gettext_lazy("Read as"),
        required=False,
        choices=[("", gettext_lazy("all")), *Reading.choices],
    )
    text = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)


class JudgeForm(forms.Form):
    """What a name means: a unit of the register, or why it is none."""

    reading = forms.ChoiceField(
        label=gettext_lazy("It is"),
        choices=[(one.value, one.label) for one in BY_A_PERSON],
        widget=forms.RadioSelect,
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Unit of the register"), required=False, widget=LongSelect
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500)

    def __init__(self, units: Sequence[tuple[str, str]], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["unit"].choices = [("", _("none")), *units]  # type: ignore[attr-defined]
