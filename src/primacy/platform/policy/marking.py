"""Markings (classifications) of what is shown, after the UN's information sensitivity levels."""

from django.db import models
from django.utils.translation import gettext_lazy


class Marking(models.IntegerChoices):
    """ST/SGB/2007/6 levels, with PUBLIC added for what may be shown to anyone."""

    PUBLIC = 0, gettext_lazy("Public")
    INTERNAL = 1, gettext_lazy("Unclassified (internal)")
    CONFIDENTIAL = 2, gettext_lazy("Confidential")
    STRICT = 3, gettext_lazy("Strictly confidential")
