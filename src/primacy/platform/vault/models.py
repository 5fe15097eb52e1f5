"""Keys, shares of keys, sittings, recoveries, and identities sealed under the keys."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as later

from primacy.platform.policy.marking import Marking
from primacy.platform.records import Record, RecordInfo

SEALED = "sealed: useless without a key that only persons hold"
ANEW = "until the holders are named anew or the key is rotated"


class MemberKey(Record):
    """The personal key pair of an account; its private half is wrapped by a passphrase."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.vault",
        meaning="a person's key pair, private half under a passphrase",
        sensitivity="internal",
        retention="until replaced; then the private half is wiped",
        fields={"salt": "technical", "wrapped": "secret", "public_key": "technical"},
        open_rows=SEALED,
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="vault_keys"
    )
    public_key = models.CharField(max_length=44)
    salt = models.CharField(max_length=44)
    memory_kib = models.PositiveIntegerField()
    iterations = models.PositiveSmallIntegerField()
    lanes = models.PositiveSmallIntegerField()
    wrapped = models.TextField()
    retired_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(retired_at__isnull=True),
                name="one_key_in_use_per_account",
            )
        ]


class Vault(Record):
    """What makes a compartment one with keys."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.vault",
        meaning="a compartment whose keys its owner holds",
        sensitivity="internal",
        retention="life of the site",
        open_rows="says that a compartment has keys; its content is sealed",
    )
    compartment = models.OneToOneField(
        "accounts.Compartment", on_delete=models.PROTECT, related_name="vault"
    )
    marking = models.PositiveSmallIntegerField(
        choices=Marking.choices, default=Marking.CONFIDENTIAL
    )
    takes_reports = models.BooleanField(default=False)
    rotation_due_since = models.DateTimeField(null=True, blank=True)
    rotation_due_for = models.CharField(max_length=300, blank=True)


class KeyVersion(Record):
    """One key pair of a compartment; the secret of the version before is sealed to it."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.vault",
        meaning="one version of a compartment's key",
        sensitivity="internal",
        retention="until no record is sealed under it",
        fields={"previous": "secret", "public_key": "technical"},
        open_rows=SEALED,
    )
    vault = models.ForeignKey(Vault, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    public_key = models.CharField(max_length=44)
    previous = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["vault", "number"], name="one_key_version_per_number")
        ]


def _part(meaning: str, retention: str, **fields: str) -> RecordInfo:
    """The card of what belongs to one key version and is restricted to those it concerns."""
    return RecordInfo(
        room="platform.vault",
        meaning=meaning,
        sensitivity="restricted",
        retention=retention,
        fields=fields,
        open_rows=SEALED,
    )


class SealedSecret(Record):
    """The secret of a version, sealed to whoever the record names."""

    sealed = models.TextField()

    class Meta:
        abstract = True


class Vouched(Record):
    """A person's key put beside a version by a reader; nobody else can make the mark."""

    vouch = models.CharField(max_length=64)

    class Meta:
        abstract = True


class KeyShare(SealedSecret, Vouched):
    """The secret of a version, sealed to one reading member, vouched for under that secret."""

    RECORD: ClassVar[RecordInfo] = _part(
        "a reader's share of a compartment's key",
        "until the reader leaves or the key is rotated",
        sealed="secret",
        vouch="technical",
    )
    version = models.ForeignKey(KeyVersion, on_delete=models.CASCADE, related_name="shares")
    member_key = models.ForeignKey(MemberKey, on_delete=models.PROTECT, related_name="shares")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "member_key"], name="one_share_per_reader")
        ]


class RecoveryHolder(Vouched):
    """A person who, with one other holder, can give the key to a new reader."""

    RECORD: ClassVar[RecordInfo] = _part("a holder of half of a recovery", ANEW, vouch="technical")
    version = models.ForeignKey(KeyVersion, on_delete=models.CASCADE, related_name="holders")
    member_key = models.ForeignKey(MemberKey, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "member_key"], name="one_holder_per_key")
        ]


class RecoverySeal(SealedSecret):
    """The secret of a version, sealed to the second holder and around that to the first."""

    RECORD: ClassVar[RecordInfo] = _part(
        "a compartment's key for one pair of holders", ANEW, sealed="secret"
    )
    version = models.ForeignKey(KeyVersion, on_delete=models.CASCADE, related_name="pairs")
    first = models.ForeignKey(MemberKey, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(MemberKey, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["version", "first", "second"], name="one_seal_per_pair"
            ),
            models.CheckConstraint(
                condition=~models.Q(first=models.F("second")), name="a_pair_is_two_persons"
            ),
        ]


class Recovery(Record):
    """A recovery under way: the first holder opened a layer, the second finishes."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.vault",
        meaning="a recovery by two holders",
        sensitivity="restricted",
        retention="life of the site; the layer is wiped when it ends",
        fields={"layer": "secret"},
        open_rows=SEALED,
    )
    version = models.ForeignKey(KeyVersion, on_delete=models.PROTECT, related_name="recoveries")
    first = models.ForeignKey(MemberKey, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(MemberKey, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(MemberKey, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    layer = models.TextField(blank=True)
    expires_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)


class OpenSitting(Record):
    """A personal key unlocked for a sitting, wrapped under a token that only a cookie holds."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.vault",
        meaning="a key unlocked for a sitting",
        sensitivity="technical",
        retention="ten minutes after the last use",
        fields={"wrapped": "secret"},
        open_rows=SEALED,
    )
    member_key = models.ForeignKey(MemberKey, on_delete=models.CASCADE, related_name="sittings")
    wrapped = models.TextField()
    used_at = models.DateTimeField()
    ends_at = models.DateTimeField()


class IdentityKind(models.TextChoices):
    """Whose identity it is."""

    SOURCE = "source", later("Source")
    WITNESS = "witness", later("Witness")
    MEDIATION = "mediation", later("Mediation contact")


class ProtectedIdentity(Record):
    """A person known outside by a pseudonym; name, contact and note are sealed."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.vault",
        meaning="the sealed identity of a source, witness or mediation contact",
        sensitivity="restricted",
        retention="until erased by a reader, at the latest with the compartment",
        fields={
            "name": "secret",
            "contact": "secret",
            "note": "secret",
            "name_hash": "secret",
            "contact_hash": "secret",
            "key_version": "technical",
        },
        # A person outside the compartment seals a report into it, and may not read it back.
        members_only=True,
    )
    mission_id = models.UUIDField(db_index=True)
    marking = models.PositiveSmallIntegerField(choices=Marking.choices)
    compartment = models.ForeignKey(
        "accounts.Compartment", on_delete=models.PROTECT, related_name="identities"
    )
    kind = models.CharField(max_length=12, choices=IdentityKind.choices)
    pseudonym = models.CharField(max_length=12)
    source = models.ForeignKey(
        "sources.Source", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    about_type = models.CharField(max_length=40, blank=True)
    about_id = models.UUIDField(null=True, blank=True, db_index=True)
    key_version = models.ForeignKey(KeyVersion, on_delete=models.PROTECT, related_name="identities")
    name = models.TextField(blank=True)
    contact = models.TextField(blank=True)
    note = models.TextField(blank=True)
    name_hash = models.CharField(max_length=64, blank=True, db_index=True)
    contact_hash = models.CharField(max_length=64, blank=True, db_index=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pseudonym"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["compartment", "pseudonym"], name="one_pseudonym_per_compartment"
            )
        ]

    def __str__(self) -> str:
        return self.pseudonym
