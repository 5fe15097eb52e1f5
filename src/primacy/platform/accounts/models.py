"""Who signs in, for which organisation, with which roles, and who is in which compartment."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy

from primacy.platform import clock
from primacy.platform.ids import uuid7
from primacy.platform.policy.roles import ROLES
from primacy.platform.records import Record, RecordInfo


class Party(models.TextChoices):
    """The side an organisation stands on when a decision is signed."""

    MISSION = "mission", gettext_lazy("Mission")
    FORCE = "force", gettext_lazy("Local security force")
    MINISTRY = "ministry", gettext_lazy("Ministry")
    OVERSIGHT = "oversight", gettext_lazy("Oversight body")
    CIVIL_SOCIETY = "civil_society", gettext_lazy("Civil society")
    PARTNER = "partner", gettext_lazy("Donor or partner")


class Organisation(models.Model):
    """A mission component, force, ministry, oversight body or partner."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.accounts",
        meaning="an organisation whose people sign in",
        sensitivity="internal",
        retention="life of the site",
        open_rows="read before it is known who asks, to find out what they may see",
        fields={"id": "technical"},
    )
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200, unique=True)
    party = models.CharField(max_length=20, choices=Party.choices, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Account":
        """A new account; without a password it can only enter by a one-time link."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. Rights come from role grants, never from flags."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.accounts",
        meaning="a person who signs in",
        sensitivity="restricted",
        retention="until two years after the last sign-in",
        open_rows="read before it is known who asks, to find out what they may see",
        fields={
            "id": "technical",
            "password": "secret",
            "is_superuser": "technical",
            "session_round": "technical",
        },
    )
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts"
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    exercise = models.BooleanField(
        default=False,
        help_text=gettext_lazy("for training: no second factor, roles on exercise missions only"),
    )
    emergency = models.BooleanField(
        default=False, help_text=gettext_lazy("opened for some hours by an order of two persons")
    )
    closes_at = models.DateTimeField(null=True, blank=True)
    notice = models.TextField(
        blank=True,
        max_length=1000,
        help_text=gettext_lazy("shown to the person at the next sign-in"),
    )
    language = models.CharField(
        max_length=7, blank=True, help_text=gettext_lazy("empty: as the browser asks")
    )
    # Part of what a session is checked against: one step more, and every session is void.
    session_round = models.PositiveIntegerField(default=0)
    date_joined = models.DateTimeField(default=clock.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = AccountManager()

    class Meta:
        ordering: ClassVar[list[str]] = ["email"]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    @property
    def party(self) -> str:
        """The party this account signs for, by its organisation."""
        return self.organisation.party if self.organisation else ""

    @property
    def is_open(self) -> bool:
        """True where the account may act now: not closed, and its hours are not over."""
        return self.is_active and (self.closes_at is None or self.closes_at > clock.now())

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """What sessions are checked against: password and round (see `session_round`)."""
        value = f"{self.password}:{self.session_round}"
        return salted_hmac(
            "primacy.accounts.session", value, secret=secret, algorithm="sha256"
        ).hexdigest()


class RoleGrant(Record):
    """One role of one account, for one mission or (no mission) for all."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.accounts",
        meaning="a role granted to an account",
        sensitivity="internal",
        retention="life of the site",
        open_rows="read before it is known who asks, to find out what they may see",
    )
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=40, choices=[(k, v[0]) for k, v in ROLES.items()])
    # The mission's own id: the mission record lives in a room above, so no foreign key.
    mission_id = models.UUIDField(null=True, blank=True, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["account", "role", "mission_id"], name="one_grant_per_role_and_mission"
            ),
            # NULL never equals NULL in SQL, so grants for all missions need their own line.
            models.UniqueConstraint(
                fields=["account", "role"],
                condition=models.Q(mission_id__isnull=True),
                name="one_grant_per_role_for_all_missions",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} for {self.account_id}"


class Compartment(Record):
    """A need-to-know compartment, owned by one organisation."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.accounts",
        meaning="a need-to-know compartment",
        sensitivity="internal",
        retention="life of the site",
        open_rows="read before it is known who asks, to find out what they may see",
    )
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="compartments")
    members = models.ManyToManyField(Account, blank=True, related_name="compartments")

    def __str__(self) -> str:
        return self.code


class SignInLink(Record):
    """A one-time sign-in link; only the hash of its token is kept."""

    RECORD: ClassVar[RecordInfo] = RecordInfo(
        room="platform.accounts",
        meaning="a one-time sign-in link",
        sensitivity="technical",
        retention="30 days",
        open_rows="read before it is known who asks; only hashes are kept",
        fields={"token_hash": "secret"},
    )
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"link for {self.account_id}"
