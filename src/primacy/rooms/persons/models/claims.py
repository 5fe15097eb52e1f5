"""What is claimed about persons: names, births, numbers of papers, postings, end of service."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from primacy.platform.claims.models import CLAIM_FIELDS, Claim
from primacy.platform.records import RecordInfo
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.models.person import Person


class PersonNameKind(models.TextChoices):
    """What sort of name it is; a nickname proves nothing."""

    FULL = "full", gettext_lazy("Full name")
    ALIAS = "alias", gettext_lazy("Also known as")
    NICKNAME = "nickname", gettext_lazy("Nickname or nom de guerre")


class PersonNameClaim(Claim):
    """A name a person went by, in any script."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="persons",
        meaning="a name of a person",
        sensitivity="restricted",
        retention="as long as the person",
        fields=CLAIM_FIELDS,
        matched=True,
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="name_claims")
    kind = models.CharField(max_length=8, choices=PersonNameKind.choices)
    name = models.CharField(max_length=250)

    def __str__(self) -> str:
        return self.name


class BirthClaim(Claim):
    """When and where a person was born: on a day between two, the same day where it is known."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="persons",
        meaning="date and place of birth of a person, as precise as a source states them",
        sensitivity="restricted",
        retention="as long as the person",
        fields=CLAIM_FIELDS,
        matched=True,
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="birth_claims")
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)

    class Meta(Claim.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Claim.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(earliest__isnull=True, latest__isnull=True)
                | models.Q(earliest__lte=models.F("latest")),
                name="born_between_two_days",
            ),
        ]

    def __str__(self) -> str:
        days = "" if self.earliest is None else f"{self.earliest}"
        if self.latest is not None and self.latest != self.earliest:
            days += f" – {self.latest}"
        return ", ".join(part for part in (days, self.place) if part)


class IdNumberClaim(Claim):
    """A number that an office gave to a person: service number, identity card, passport."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="persons",
        meaning="the number of a paper or service number of a person",
        sensitivity="restricted",
        retention="as long as the person",
        fields=CLAIM_FIELDS,
        matched=True,
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="number_claims")
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class PostingClaim(Claim):
    """A person's post in a unit: role, title and rank as the source writes them."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="persons",
        meaning="a person's post in a unit over a span of days",
        sensitivity="restricted",
        retention="permanent",
        fields=CLAIM_FIELDS,
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="postings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200, blank=True)
    rank = models.CharField(max_length=120, blank=True)
    commanding = models.BooleanField(
        null=True,
        blank=True,
        help_text=gettext_lazy(
            "what the source says of it; empty: the vocabulary of roles tells, or nobody"
        ),
    )
    acting = models.BooleanField(default=False)

    def __str__(self) -> str:
        words = self.role or self.title or self.rank
        return f"{words}, {self.unit.name}" if words else self.unit.name


class LeavingKind(models.TextChoices):
    """How a person left the service."""

    DIED = "died", gettext_lazy("Died")
    RETIRED = "retired", gettext_lazy("Retired")
    DISMISSED = "dismissed", gettext_lazy("Dismissed")


class LeavingClaim(Claim):
    """That a person died or left the service on a day between two."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="persons",
        meaning="that a person died or left the service",
        sensitivity="restricted",
        retention="permanent",
        fields=CLAIM_FIELDS,
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leaving_claims")
    kind = models.CharField(max_length=9, choices=LeavingKind.choices)
    earliest = models.DateField()
    latest = models.DateField()

    class Meta(Claim.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Claim.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(earliest__lte=models.F("latest")), name="left_between_two_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.earliest}"
