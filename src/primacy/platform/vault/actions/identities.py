"""Acts on identities: report (seal only), open (a read on record), search, erase."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.ids import uuid7
from primacy.platform.policy import Viewer, held_aside, require, visible
from primacy.platform.sources.models import Source
from primacy.platform.vault.concerned import is_there
from primacy.platform.vault.errors import BadIdentity, NoSuchCompartment, NoSuchIdentity
from primacy.platform.vault.fields import SEARCHED, normal
from primacy.platform.vault.keyring import (
    CompartmentKeys,
    PersonalKey,
    current_version,
    keys_of,
    opened_fields,
    row_hashes,
    sealed_fields,
    value_hash,
)
from primacy.platform.vault.models import IdentityKind, ProtectedIdentity, Vault
from primacy.platform.vault.rights import mission_where_held, require_person

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PSEUDONYM = 6
NAMES_TRIED = 5
INDEX_STEP = 200


@dataclass(frozen=True)
class NewIdentity:
    """What a person reports; name, contact and note are sealed at once and never shown back."""

    kind: str
    name: str = field(repr=False)
    contact: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    source_id: uuid.UUID | None = None
    about_type: str = ""
    about_id: uuid.UUID | None = None


@dataclass(frozen=True)
class OpenedIdentity:
    """An identity in the clear, for the answer to one request."""

    pseudonym: str
    kind: str
    name: str = field(repr=False)
    contact: str = field(repr=False)
    note: str = field(repr=False)


def report_identity(
    *, actor: Viewer, vault: Vault, mission_id: uuid.UUID, given: NewIdentity
) -> ProtectedIdentity:
    """The sealed record, known by its pseudonym; who reported it cannot read it back."""
    require(actor, "vault.report", mission_id)
    account_id = require_person(actor)
    if vault.compartment_id not in actor.compartments and not vault.takes_reports:
        raise NoSuchCompartment(_("No compartment of this code takes reports from you."))
    if not normal(given.name):
        raise BadIdentity(_("Give the name, or the words by which the person can be found."))
    if given.kind not in IdentityKind.values:
        raise BadIdentity(_("Say whether this is a source, a witness or a mediation contact."))
    _check_source(actor, given.source_id, mission_id)
    _check_concerned(actor, given, mission_id)
    version = current_version(vault)
    row = ProtectedIdentity(
        id=uuid7(),
        mission_id=mission_id,
        marking=vault.marking,
        compartment_id=vault.compartment_id,
        kind=given.kind,
        source_id=given.source_id,
        about_type=given.about_type,
        about_id=given.about_id,
        key_version=version,
        recorded_by_id=account_id,
    )
    texts = {"name": given.name, "contact": given.contact, "note": given.note}
    for name, value in sealed_fields(row, version, texts).items():
        setattr(row, name, value)
    with transaction.atomic():
        _save_named(row)
        record(actor, "vault.identity.report", row, {"compartment": vault.compartment.code})
    return row


def open_identity(
    *, actor: Viewer, key: PersonalKey | None, vault: Vault, identity: ProtectedIdentity
) -> OpenedIdentity:
    """The identity in the clear; the read stands in the audit log before it is shown."""
    require(actor, "vault.view", identity.mission_id)
    keys = keys_of(actor, key, vault)
    rows = ProtectedIdentity.objects.select_related("key_version")
    mine = visible(actor, rows, "vault.view").filter(compartment_id=vault.compartment_id)
    with held_aside():  # written down below, once and by name
        row = mine.filter(pk=identity.pk, erased_at__isnull=True).first()
    if row is None:
        raise NoSuchIdentity(_("There is no such identity here, or it was erased."))
    texts = opened_fields(row, row.key_version.number, keys)
    with transaction.atomic():
        body = {"compartment": vault.compartment.code, "pseudonym": row.pseudonym}
        record(actor, "vault.identity.read", row, body)
    return OpenedIdentity(pseudonym=row.pseudonym, kind=row.get_kind_display(), **texts)


def search_identities(
    *, actor: Viewer, key: PersonalKey | None, vault: Vault, text: str
) -> list[ProtectedIdentity]:
    """Identities whose name or contact is exactly this, spelling of case and spaces aside."""
    require(actor, "vault.view", mission_where_held(actor, "vault.view"))
    keys = keys_of(actor, key, vault)
    if not normal(text):
        return []
    _take_in(keys)
    wanted = Q(pk__in=[])
    for number, secret in keys.secrets.items():
        for name in SEARCHED:
            made = value_hash(secret, vault.compartment_id, name, text)
            wanted |= Q(key_version__number=number, **{f"{name}_hash": made})
    rows = ProtectedIdentity.objects.filter(
        compartment_id=vault.compartment_id, erased_at__isnull=True
    )
    found = list(visible(actor, rows, "vault.view").filter(wanted))
    with transaction.atomic():
        record(actor, "vault.identity.search", vault.compartment, {"found": len(found)})
    return found


def erase_identity(
    *,
    actor: Viewer,
    key: PersonalKey | None,
    vault: Vault,
    identity: ProtectedIdentity,
    reason: str,
) -> None:
    """Wipes what is sealed and its hashes; the pseudonym stays, so that links still lead."""
    require(actor, "vault.view", identity.mission_id)
    keys = keys_of(actor, key, vault)
    with transaction.atomic():
        wiped = {"name": "", "contact": "", "note": "", "name_hash": "", "contact_hash": ""}
        ProtectedIdentity.objects.filter(pk=identity.pk, compartment_id=keys.compartment_id).update(
            erased_at=clock.now(), **wiped
        )
        record(actor, "vault.identity.erase", identity, {"reason": reason})


def _take_in(keys: CompartmentKeys) -> None:
    """Gives reports their hashes: who sealed them could not, for that takes the secret."""
    while rows := _without_hashes(keys):
        with transaction.atomic():
            for row in rows:
                number = row.key_version.number
                texts = opened_fields(row, number, keys)
                # Only where it is still sealed under the same key: a rotation may run beside.
                ProtectedIdentity.objects.filter(
                    pk=row.pk, key_version_id=row.key_version_id
                ).update(**row_hashes(keys.secrets[number], row, texts))


def _without_hashes(keys: CompartmentKeys) -> Sequence[ProtectedIdentity]:
    rows = ProtectedIdentity.objects.select_related("key_version").filter(
        compartment_id=keys.compartment_id,
        name_hash="",
        erased_at__isnull=True,
        key_version__number__in=list(keys.secrets),
    )
    return list(rows[:INDEX_STEP])


def _save_named(row: ProtectedIdentity) -> None:
    """Saves the row under a name that says nothing: not who, not when, not how many there are.

    Who reports from outside can't see which names are taken: the database says it.
    """
    for left in reversed(range(NAMES_TRIED)):
        row.pseudonym = "".join(secrets.choice(ALPHABET) for _place in range(PSEUDONYM))
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            if not left:
                raise
        else:
            return


def _check_source(actor: Viewer, source_id: uuid.UUID | None, mission_id: uuid.UUID) -> None:
    if source_id is None:
        return
    rows = visible(actor, Source.objects.filter(mission_id=mission_id), "readiness.view")
    if not rows.filter(pk=source_id).exists():
        raise BadIdentity(_("There is no such source on this mission. Nothing was kept."))


def _check_concerned(actor: Viewer, given: NewIdentity, mission_id: uuid.UUID) -> None:
    if given.about_id is None and not given.about_type:
        return
    # One refusal for a record that is not there and one that is closed: the answer must not tell.
    if given.about_id is None or not is_there(actor, given.about_type, mission_id, given.about_id):
        raise BadIdentity(
            _("There is no such record on this mission that is open to you. Nothing was kept.")
        )
