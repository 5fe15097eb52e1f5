"""Markings (classifications) of what is shown, after the UN's information sensitivity levels."""

from django.db import models


class Marking(models.IntegerChoices):
    """ST/SGB/2007/6 levels, with PUBLIC added for what may be shown to anyone."""

    PUBLIC = 0, "Public"
    INTERNAL = 1, "Unclassified (internal)"
    CONFIDENTIAL = 2, "Confidential"
    STRICT = 3, "Strictly confidential"
