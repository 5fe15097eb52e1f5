"""The keys of a present person, and what they open. Reads only; nothing here is stored."""

import hmac
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from primacy.platform.policy import Viewer
from primacy.platform.vault.errors import CannotOpen, NotAReader, NotUnlocked
from primacy.platform.vault.fields import SEARCHED, normal, pad, unpad
from primacy.platform.vault.models import (
    KeyShare,
    KeyVersion,
    MemberKey,
    ProtectedIdentity,
    RecoveryHolder,
    Vault,
)
from primacy.platform.vault.rights import require_person
from primacy.platform.vault.sealing import (
    decode,
    derive,
    fingerprint,
    keyed_hash,
    place,
    public_of,
    seal,
    unseal,
)

FIELDS = ("name", "contact", "note")


@dataclass(frozen=True)
class PersonalKey:
    """An unlocked personal key, for this request or command only; never printed."""

    account_id: uuid.UUID
    member_key_id: uuid.UUID
    private: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """The fingerprint worked out from the private half, not read from the database."""
        return fingerprint(public_of(self.private))


@dataclass(frozen=True)
class CompartmentKeys:
    """The secrets of a compartment's versions in use, for this request or command only."""

    vault_id: uuid.UUID
    compartment_id: uuid.UUID
    current: int
    secrets: Mapping[int, bytes] = field(repr=False)

    @property
    def newest(self) -> bytes:
        """The secret of the current version."""
        return self.secrets[self.current]


def keys_of(viewer: Viewer, key: PersonalKey | None, vault: Vault) -> CompartmentKeys:
    """The compartment's keys, opened with a reader's own; checked against the public halves."""
    account_id = require_person(viewer)
    if key is None or key.account_id != account_id:
        raise NotUnlocked(_("Unlock your key first: it is locked, or ten minutes passed unused."))
    share = (
        KeyShare.objects.select_related("version")
        .filter(version__vault=vault, member_key_id=key.member_key_id)
        .filter(member_key__retired_at__isnull=True, version__retired_at__isnull=True)
        .order_by("-version__number")
        .first()
    )
    if share is None or vault.compartment_id not in viewer.compartments:
        raise NotAReader(
            _(
                "You hold no share of this compartment's key. Ask a reader of it to admit you and "
                "read the fingerprint of your key to that person."
            )
        )
    version = share.version
    if version.number != current_version(vault).number:
        raise NotAReader(
            _("The key was rotated without you. Ask a reader of the compartment to admit you.")
        )
    secret = unseal(key.private, share.sealed, *share_place(version, share.member_key_id))
    return CompartmentKeys(
        vault_id=vault.pk,
        compartment_id=vault.compartment_id,
        current=version.number,
        secrets=chain(version, secret),
    )


def chain(version: KeyVersion, secret: bytes) -> dict[int, bytes]:
    """The secrets of this version and those before it that are still in use."""
    found: dict[int, bytes] = {}
    while True:
        if not hmac.compare_digest(public_of(secret), decode(version.public_key)):
            raise CannotOpen(
                _(
                    "The public key on record is not this compartment's: somebody changed it. "
                    "Report nothing into it and tell the owner and the oversight body."
                )
            )
        found[version.number] = secret
        before = KeyVersion.objects.filter(vault_id=version.vault_id, number=version.number - 1)
        previous = before.filter(retired_at__isnull=True).first()
        if previous is None or not version.previous:
            return found
        secret = unseal(secret, version.previous, *chain_place(version))
        version = previous


def current_version(vault: Vault) -> KeyVersion:
    """The version that new records are sealed under."""
    return vault.versions.order_by("-number")[:1].get()


def share_place(version: KeyVersion, member_key_id: uuid.UUID) -> tuple[object, ...]:
    """Where a reader's share stands."""
    return ("share", version.vault_id, version.number, member_key_id)


def chain_place(version: KeyVersion) -> tuple[object, ...]:
    """Where the secret of the version before stands."""
    return ("previous", version.vault_id, version.number)


def pair_place(version: KeyVersion, first: uuid.UUID, second: uuid.UUID) -> tuple[object, ...]:
    """Where the secret for a pair of holders stands."""
    return ("pair", version.vault_id, version.number, first, second)


def vouch(secret: bytes, part: str, version: KeyVersion, member_key: MemberKey) -> str:
    """The mark that a reader put on another person's key: it cannot be made from the database."""
    about = (part, version.vault_id, version.number, member_key.account_id, member_key.pk)
    return keyed_hash(derive(secret, "roster"), *about, member_key.public_key)


def vouched(secret: bytes, part: str, row: KeyShare | RecoveryHolder) -> bool:
    """True where a reader, and not somebody with the database, put this key there."""
    made = vouch(secret, part, row.version, row.member_key)
    return hmac.compare_digest(made, row.vouch)


def field_place(identity: ProtectedIdentity, version: int, name: str) -> tuple[object, ...]:
    """Where a sealed field stands: record, field, compartment and key version."""
    return ("identity", identity.pk, name, identity.compartment_id, version)


def sealed_fields(
    identity: ProtectedIdentity, version: KeyVersion, texts: Mapping[str, str]
) -> dict[str, str]:
    """Each field sealed to a version's public key and bound to its place."""
    public = decode(version.public_key)
    return {
        name: seal(public, pad(name, texts[name]), *field_place(identity, version.number, name))
        for name in FIELDS
    }


def opened_fields(
    identity: ProtectedIdentity, number: int, keys: CompartmentKeys
) -> dict[str, str]:
    """The texts of an identity; `number` is the version it is sealed under."""
    secret = keys.secrets.get(number)
    if secret is None:
        raise CannotOpen(_("This is sealed under a key version that you do not hold."))
    return {
        name: unpad(
            name, unseal(secret, getattr(identity, name), *field_place(identity, number, name))
        )
        for name in FIELDS
    }


def value_hash(secret: bytes, compartment_id: uuid.UUID, name: str, text: str) -> str:
    """The keyed hash by which equal values of one field meet."""
    return keyed_hash(derive(secret, "index", compartment_id, name), normal(text))


def row_hashes(
    secret: bytes, identity: ProtectedIdentity, texts: Mapping[str, str]
) -> dict[str, str]:
    """The hashes of a record's searched fields; an empty one gets one that nothing equals."""
    return {
        f"{name}_hash": value_hash(secret, identity.compartment_id, name, texts[name])
        if normal(texts[name])
        else keyed_hash(derive(secret, "empty"), identity.pk, name)
        for name in SEARCHED
    }


def token_key(token: bytes, sitting_id: uuid.UUID) -> bytes:
    """The key under which a sitting is wrapped."""
    return derive(token, "sitting", sitting_id)


def session_mark(session_key: str) -> str:
    """What binds a sitting to the signed-in session it was opened in."""
    return place("session", session_key).hex()
