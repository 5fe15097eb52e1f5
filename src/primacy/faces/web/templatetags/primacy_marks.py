"""Marks of facts in texts: `{% load primacy_marks %}`."""

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from primacy.rooms.cases.facade import marked

register = template.Library()


@register.simple_tag
def fact_marks(text: str, mission: str) -> SafeString:
    """The text, escaped, with marks such as [tl-012] linked to the fact in the mission's case."""
    return marked(text, lambda reference: reverse("case-fact", args=[mission, reference]))
