"""A peace operation in one host state: the unit that owns a board."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import Record, RecordInfo


def default_ladder() -> list[str]:
    """The five leads of the method, from the mission alone to the local force alone."""
    return ["mission", "joint", "local_supported", "local_overseen", "local"]


class Mission(Record):
    """A peace operation and its host state."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="places",
        meaning="a peace operation in one host state",
        sensitivity="public",
        retention="permanent",
        open_rows="names of missions; decides who may see the rest",
    )
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=40)
    country = models.CharField(max_length=100)
    country_code = models.CharField(max_length=3, blank=True)
    host_force = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    default_as_of = models.DateField(
        null=True,
        blank=True,
        help_text=gettext_lazy("the day a closed case opens on; empty means today"),
    )
    ladder = models.JSONField(default=default_ladder)
    summary = models.TextField(blank=True)
    story = models.TextField(blank=True)
    is_case = models.BooleanField(default=False)
    exercise = models.BooleanField(
        default=False,
        help_text=gettext_lazy("made-up country for training; exercise accounts act only here"),
    )
    open_to_guests = models.BooleanField(
        default=False,
        help_text=gettext_lazy("visitors without account may read what is marked public"),
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name
