"""Fields that the forms of several rooms share."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def date_field(label: "str | _StrPromise", required: bool = True) -> forms.DateField:
    """A date field that phones and keyboards both fill in."""
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"})
    )


class LongSelect(forms.Select):
    """A list of hundreds of choices, such as the areas of a country, written in one go.

    Django runs two templates for each choice: with 500 areas half of the time of a page. Groups of
    choices are not for it.
    """

    def render(
        self,
        name: str,
        value: object,
        attrs: Mapping[str, object] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """The element with its choices, those chosen marked."""
        chosen = set(self.format_value(value))
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        selected = mark_safe(" selected")
        rows = ((key, selected if str(key) in chosen else "", label) for key, label in self.choices)
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        return format_html("<select{}>{}</select>", flatatt(given), options)
