"""What is hidden, and who saw what is protected: `{% load primacy_secrecy %}`."""

from django import template
from django.db.models import Model
from django.template.context import Context
from django.urls import reverse

from primacy.platform.audit.seen import may_see_readers
from primacy.platform.policy import Viewer, is_protected, restricted

register = template.Library()


@register.inclusion_tag("components/hidden_value.html")
def hidden_value(owner: str = "") -> dict[str, object]:
    """The words that stand in the place of a value the reader may not see."""
    return {"words": restricted(owner).text}


@register.inclusion_tag("components/who_saw.html", takes_context=True)
def who_saw(context: Context, record: Model) -> dict[str, object]:
    """A link to those who saw a protected record, for its owner and for overseers."""
    viewer = context.get("viewer")
    marking = getattr(record, "marking", 0)
    compartment = getattr(record, "compartment_id", None)
    if not isinstance(viewer, Viewer) or not is_protected(marking, compartment):
        return {"url": ""}
    if not may_see_readers(viewer, record):
        return {"url": ""}
    return {"url": reverse("audit-seen", args=[record._meta.label_lower, record.pk])}
