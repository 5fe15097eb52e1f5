"""The upload form of the Imports page."""

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from primacy.platform.language.figures import grouped
from primacy.rooms.census.facade import FILE_KINDS
from primacy.rooms.places.facade import AreasOptions

KINDS = [
    ("areas", gettext_lazy("Areas with boundaries")),
    ("ucdp", "UCDP events"),
    ("incidents", gettext_lazy("Incidents of the mission (CSV)")),
    ("us_training", gettext_lazy("Reports on training given to forces (TSV or CSV)")),
    ("sfm", gettext_lazy("Sheets of the register of forces (CSV, or several in a .zip)")),
    *((kind.code, kind.title) for kind in FILE_KINDS.values()),
]


class UploadForm(forms.Form):
    """A file, what it holds, and what its name does not say."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it holds"), choices=KINDS, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "areas: GeoJSON, GeoPackage, zipped shapefile; events: csv, GeoJSON, .gz, .zip"
        ),
    )
    vintage = forms.CharField(
        label=gettext_lazy("Release or version"),
        required=False,
        max_length=40,
        help_text=gettext_lazy(
            "UCDP release such as 23.1 where the file name does not say it; label of areas"
        ),
    )
    level = forms.TypedChoiceField(
        label=gettext_lazy("Level of the areas"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", gettext_lazy("Told from the file")),
            ("0", gettext_lazy("0: the country")),
            ("1", gettext_lazy("1: the areas in it (county, province)")),
            ("2", gettext_lazy("2: those below (district)")),
            ("3", gettext_lazy("3: below those")),
        ],
    )
    name_column = forms.CharField(
        label=gettext_lazy("Column with the names"), required=False, max_length=100
    )
    code_column = forms.CharField(
        label=gettext_lazy("Column with the codes"), required=False, max_length=100
    )
    parent_column = forms.CharField(
        label=gettext_lazy("Column with the area above"), required=False, max_length=100
    )
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=300)

    round = forms.CharField(
        label=gettext_lazy("Enrolment round"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("of a file of the census; the newest where none is named"),
    )
    calling_code = forms.CharField(
        label=gettext_lazy("Calling code of the country"),
        required=False,
        max_length=4,
        help_text=gettext_lazy("of pay rolls with mobile accounts, such as 231"),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """The file, where it is within the limit of this site."""
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        limit = int(settings.PRIMACY_UPLOAD_LIMIT)
        if (upload.size or 0) > limit:
            raise forms.ValidationError(
                _(
                    "The file is larger than this site accepts (%(limit)s bytes). "
                    "Nothing was kept. Pack it (.gz, .zip), or import it on the server: "
                    "primacy import."
                )
                % {"limit": grouped(limit)}
            )
        return upload

    def areas_options(self) -> AreasOptions:
        """The options of an import of areas."""
        values = self.cleaned_data
        return AreasOptions(
            level=values["level"],
            vintage=values["vintage"],
            source_title=values["source"],
            name_column=values["name_column"],
            code_column=values["code_column"],
            parent_column=values["parent_column"],
        )
