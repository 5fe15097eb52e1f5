"""The upload form of the Imports page."""

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from primacy.rooms.places.facade import AreasOptions

KINDS = [("areas", "Areas with boundaries"), ("ucdp", "UCDP events")]


class UploadForm(forms.Form):
    """A file, what it holds, and what its name does not say."""

    kind = forms.ChoiceField(label="What it holds", choices=KINDS, widget=forms.RadioSelect)
    file = forms.FileField(
        label="File",
        help_text="areas: GeoJSON, GeoPackage, zipped shapefile; events: csv, GeoJSON, .gz, .zip",
    )
    vintage = forms.CharField(
        label="Release or version",
        required=False,
        max_length=40,
        help_text="UCDP release such as 23.1 where the file name does not say it; label of areas",
    )
    level = forms.TypedChoiceField(
        label="Level of the areas",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", "Told from the file"),
            ("0", "0: the country"),
            ("1", "1: the areas in it (county, province)"),
            ("2", "2: those below (district)"),
            ("3", "3: below those"),
        ],
    )
    name_column = forms.CharField(label="Column with the names", required=False, max_length=100)
    code_column = forms.CharField(label="Column with the codes", required=False, max_length=100)
    parent_column = forms.CharField(
        label="Column with the area above", required=False, max_length=100
    )
    source = forms.CharField(label="Source", required=False, max_length=300)

    def clean_file(self) -> "UploadedFile[bytes]":
        """The file, where it is within the limit of this site."""
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        limit = int(settings.PRIMACY_UPLOAD_LIMIT)
        if (upload.size or 0) > limit:
            raise forms.ValidationError(
                f"The file is larger than this site accepts ({limit:,} bytes). Nothing was kept. "
                "Pack it (.gz, .zip), or import it on the server: primacy import."
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
