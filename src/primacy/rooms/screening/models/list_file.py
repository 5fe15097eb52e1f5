"""A published list as it was loaded, its entries over time, and what changed between two loads."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.records import ProtectedRecord, Record, RecordInfo
from primacy.rooms.places.facade import Mission


class Publisher(models.TextChoices):
    """Whose list it is."""

    UN = "un", gettext_lazy("United Nations Security Council")
    OFAC = "ofac", gettext_lazy("United States Treasury (OFAC SDN)")


class ListFile(ProtectedRecord):
    """One load of a published list: of which day, from which file, with how many entries.

    The loads of a publisher are numbered in the order of their days; the newest is in force.
    """

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="screening",
        meaning="a published list of persons and organisations, as loaded",
        sensitivity="internal",
        retention="as long as a screening that searched it",
    )
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    publisher = models.CharField(max_length=10, choices=Publisher.choices)
    number = models.PositiveIntegerField()
    list_date = models.DateField()
    generated = models.CharField(max_length=60, blank=True)
    file = models.CharField(max_length=300)
    files = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    entries = models.PositiveIntegerField()
    persons = models.PositiveIntegerField()
    organisations = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    shortened = models.PositiveIntegerField(default=0)
    unused = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    problem_count = models.PositiveIntegerField(default=0)
    notes = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["publisher", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mission", "publisher", "number"],
                condition=models.Q(compartment__isnull=True),
                name="one_list_per_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_publisher_display()}, {self.list_date.isoformat()}"


class ListEntry(Record):
    """One version of an entry: on the list from one load until, where it went, another."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="screening",
        meaning="an entry of a published list",
        sensitivity="internal",
        retention="as long as the list",
        follows="since",
    )
    since = models.ForeignKey(ListFile, on_delete=models.PROTECT, related_name="+")
    until = models.ForeignKey(
        ListFile,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=gettext_lazy("the first load in which this version no longer stands"),
    )
    reference = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=12)
    name = models.TextField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar[list[str]] = ["reference"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["since", "reference"], name="one_version_per_list_and_reference"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"


class ChangeKind(models.TextChoices):
    """What happened to an entry between two loads."""

    ADDED = "added", gettext_lazy("Added")
    REMOVED = "removed", gettext_lazy("Removed")
    CHANGED = "changed", gettext_lazy("Changed")


class ListChange(Record):
    """An entry that a load added, took off or changed against the load before."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="screening",
        meaning="an entry added to, removed from or changed on a published list",
        sensitivity="internal",
        retention="as long as the list",
        follows="list_file",
    )
    list_file = models.ForeignKey(ListFile, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=8, choices=ChangeKind.choices)
    reference = models.CharField(max_length=60)
    name = models.TextField()
    fields = models.JSONField(default=list, blank=True)
    before = models.ForeignKey(
        ListEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    after = models.ForeignKey(
        ListEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "reference"]

    def __str__(self) -> str:
        return f"{self.reference} {self.kind}"
