"""Forms of screening. They read what was typed; what is allowed is decided by the actions."""

from collections.abc import Iterable, Sequence

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from primacy.platform.form_fields import date_field
from primacy.platform.language.dates import long_day
from primacy.platform.language.figures import grouped
from primacy.platform.language.later import later
from primacy.rooms.screening.models import BY_PEOPLE, AskedKind, ListFile, Publisher
from primacy.rooms.screening.models.match import REGISTER

MOST_TYPED = 20_000
"""Characters that can be typed; longer rosters come as a sheet."""


class AgainstForm(forms.Form):
    """What a screening is held against, and what it is for."""

    title = forms.CharField(
        label=later("What it is for"),
        max_length=200,
        help_text=later("course, support or post; no names"),
    )
    purpose = forms.CharField(label=later("Remarks"), required=False, max_length=500)

    def __init__(self, lists: Iterable[ListFile], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.lists = {str(row.pk): row for row in lists}
        choices = [
            (
                key,
                _("%(list)s, list of %(day)s")
                % {"list": row.get_publisher_display(), "day": long_day(row.list_date)},
            )
            for key, row in self.lists.items()
        ]
        choices.append((REGISTER, _("Register of this mission")))
        self.fields["against"] = forms.MultipleChoiceField(
            label=_("Search in"),
            choices=choices,
            initial=[key for key, _label in choices],
            widget=forms.CheckboxSelectMultiple,
        )

    def chosen_lists(self) -> Sequence[ListFile]:
        """The lists that were chosen."""
        return [self.lists[key] for key in self.cleaned_data["against"] if key in self.lists]

    def with_register(self) -> bool:
        """True where the register was chosen."""
        return REGISTER in self.cleaned_data["against"]


class TypedForm(AgainstForm):
    """Persons or units typed one a line."""

    kind = forms.ChoiceField(
        label=later("Who"),
        choices=AskedKind.choices,
        initial=AskedKind.PERSON.value,
        widget=forms.RadioSelect,
    )
    typed = forms.CharField(
        label=later("One a line"),
        max_length=MOST_TYPED,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=later(
            "persons: name; date of birth; number. Units: name; unit above. Only the name is needed"
        ),
    )
    field_order = ("kind", "typed", "title", "purpose", "against")


class RosterScreenForm(AgainstForm):
    """How a previewed roster is screened."""

    rows = forms.ChoiceField(
        label=later("Bad rows"),
        choices=[
            ("good", later("leave them out and screen the others")),
            ("all", later("all rows or nothing")),
        ],
        initial="good",
        widget=forms.RadioSelect,
    )
    field_order = ("title", "purpose", "against", "rows")


def _checked_upload(upload: "UploadedFile[bytes]") -> "UploadedFile[bytes]":
    limit = int(settings.PRIMACY_UPLOAD_LIMIT)
    if (upload.size or 0) > limit:
        raise forms.ValidationError(
            _("The file is larger than this site accepts (%(limit)s bytes). Nothing was kept.")
            % {"limit": grouped(limit)}
        )
    return upload


class RosterForm(forms.Form):
    """A roster sheet."""

    file = forms.FileField(
        label=later("Roster sheet"),
        help_text=later("CSV in UTF-8 or .xlsx; columns in any order"),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """The file, where it is within the limit of this site."""
        return _checked_upload(self.cleaned_data["file"])


class ListForm(forms.Form):
    """A published list: its file or files and, where they do not say it, its day."""

    publisher = forms.ChoiceField(
        label=later("Whose list"), choices=Publisher.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=later("File"), help_text=later("UN: the XML file. OFAC: sdn.csv. Plain, .gz or .zip")
    )
    names = forms.FileField(
        label=later("OFAC: file of other names"), required=False, help_text=later("alt.csv")
    )
    addresses = forms.FileField(
        label=later("OFAC: file of addresses"), required=False, help_text=later("add.csv")
    )
    list_date = date_field(later("OFAC: day of the list"), required=False)
    gaps = forms.BooleanField(
        label=later("Load it although records in it cannot be read"), required=False
    )
    shrinks = forms.BooleanField(
        label=later("It is meant that many entries are gone"), required=False
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """The file, where it is within the limit of this site."""
        return _checked_upload(self.cleaned_data["file"])


class JudgementForm(forms.Form):
    """What is judged of a possible match, and why."""

    kind = forms.ChoiceField(
        label=later("Is it the same?"),
        choices=[(kind.value, kind.label) for kind in BY_PEOPLE],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=later("Reasons"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=later("what agrees or differs, and how you know"),
    )


class OutcomeForm(forms.Form):
    """What came of looking again."""

    outcome = forms.CharField(label=later("What came of it"), max_length=1000)
