"""Routes of compartments with keys: which are open, pseudonyms, sealing, finding, opening.

Each call that needs a key carries the passphrase in its body and forgets the key with its answer:
no sitting is kept, no cookie is set. Nothing in the clear stands in an address, a log or a refusal.
"""

import uuid

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from ninja import Query, Router, Status
from ninja.decorators import decorate_view
from pydantic import BaseModel, Field, SecretStr

from primacy.platform.policy import Viewer, require
from primacy.platform.vault.actions import (
    NewIdentity,
    open_identity,
    report_identity,
    search_identities,
    unlock_key,
)
from primacy.platform.vault.errors import NoSuchCompartment
from primacy.platform.vault.fields import LETTERS
from primacy.platform.vault.models import IdentityKind, ProtectedIdentity, Vault
from primacy.platform.vault.queries import (
    content_words,
    identities,
    identity_by_id,
    is_member,
    reads,
    rotation_due,
    vault_by_code,
    vaults,
)
from primacy.platform.vault.rights import mission_where_held, require_person
from primacy.rooms.places.api.frame import (
    READ,
    WRITE,
    Body,
    Line,
    Listing,
    Paging,
    Refusal,
    listed,
    viewer_of,
)
from primacy.rooms.places.facade import mission_by_code

router = Router(tags=["Compartments"])

LONGEST_PASSPHRASE = 500
OPENING = {429: Refusal, **WRITE}
"""How an opening may be refused: as a write, and after five wrong passphrases for a while."""


class CompartmentOut(BaseModel):
    """A compartment with keys; `reader` is true where a share of its key is yours."""

    code: str
    name: str
    owner: str
    member: bool
    reader: bool
    takes_reports: bool
    rotation_due: list[str]

    @classmethod
    def of(cls, viewer: Viewer, row: Vault) -> "CompartmentOut":
        """A compartment as one person meets it."""
        member = is_member(viewer, row)
        return cls(
            code=row.compartment.code,
            name=row.compartment.name,
            owner=str(row.compartment.owner),
            member=member,
            reader=reads(viewer, row),
            takes_reports=row.takes_reports,
            rotation_due=rotation_due(row) if member else [],
        )


class IdentityOut(BaseModel):
    """An identity by its pseudonym, with nothing of what is sealed."""

    id: uuid.UUID
    pseudonym: str
    kind: str
    about_type: str
    about_id: uuid.UUID | None
    erased: bool
    content: str

    @classmethod
    def of(cls, row: ProtectedIdentity, vault: Vault, reader: bool) -> "IdentityOut":
        """An identity; `content` says whom to ask where the viewer holds no share of the key."""
        return cls(
            id=row.pk,
            pseudonym=row.pseudonym,
            kind=row.kind,
            about_type=row.about_type,
            about_id=row.about_id,
            erased=row.erased_at is not None,
            content=content_words(vault, row, reader),
        )


class OpenedOut(BaseModel):
    """An identity in the clear. Keep it nowhere but where it is needed now."""

    id: uuid.UUID
    pseudonym: str
    kind: str
    name: str
    contact: str
    note: str


class KeyIn(Body):
    """The key passphrase of the person who asks."""

    passphrase: SecretStr = Field(max_length=LONGEST_PASSPHRASE)


class FindIn(KeyIn):
    """A whole name or a whole contact, spelling of case and spaces aside."""

    text: SecretStr = Field(min_length=1, max_length=max(LETTERS["name"], LETTERS["contact"]))


class IdentityIn(Body):
    """A person to be sealed. What is given is never shown back by this call."""

    mission: Line
    kind: IdentityKind
    name: SecretStr = Field(min_length=1, max_length=LETTERS["name"])
    contact: SecretStr = Field(SecretStr(""), max_length=LETTERS["contact"])
    note: SecretStr = Field(SecretStr(""), max_length=LETTERS["note"])
    about_type: Line = ""
    about_id: uuid.UUID | None = None


@router.get("/compartments", response={200: list[CompartmentOut], **READ})
def list_compartments(request: HttpRequest) -> list[CompartmentOut]:
    """Compartments with keys that you belong to, hold a recovery of, or may report into."""
    viewer = viewer_of(request)
    require(viewer, "vault.view", mission_where_held(viewer, "vault.view"))
    require_person(viewer)
    return [CompartmentOut.of(viewer, row) for row in vaults(viewer)]


@router.get(
    "/compartments/{slug:compartment}/identities", response={200: Listing[IdentityOut], **READ}
)
@decorate_view(never_cache)
def list_identities(
    request: HttpRequest, compartment: str, paging: Query[Paging]
) -> Listing[IdentityOut]:
    """The identities of a compartment by pseudonym, for its members."""
    viewer = viewer_of(request)
    vault = _entered(viewer, compartment)
    reader = reads(viewer, vault)
    rows = identities(viewer, vault)
    return listed(rows, paging, lambda row: IdentityOut.of(row, vault, reader))


@router.post("/compartments/{slug:compartment}/identities", response={201: IdentityOut, **WRITE})
@decorate_view(never_cache)
def seal_identity(request: HttpRequest, compartment: str, body: IdentityIn) -> Status[IdentityOut]:
    """Seals an identity. Who reports needs no key, and cannot read it back without one."""
    viewer = viewer_of(request)
    vault = vault_by_code(viewer, compartment)
    row = report_identity(
        actor=viewer,
        vault=vault,
        mission_id=mission_by_code(viewer, body.mission).pk,
        given=NewIdentity(
            kind=body.kind,
            name=body.name.get_secret_value(),
            contact=body.contact.get_secret_value(),
            note=body.note.get_secret_value(),
            about_type=body.about_type,
            about_id=body.about_id,
        ),
    )
    return Status(201, IdentityOut.of(row, vault, reads(viewer, vault)))


@router.post(
    "/compartments/{slug:compartment}/identities/find",
    response={200: list[IdentityOut], **OPENING},
)
@decorate_view(never_cache)
def find_identities(request: HttpRequest, compartment: str, body: FindIn) -> list[IdentityOut]:
    """Identities whose whole name or contact equals the text, by keyed hash. It is on record."""
    viewer = viewer_of(request)
    vault = _entered(viewer, compartment)
    key = unlock_key(actor=viewer, passphrase=body.passphrase.get_secret_value())
    text = body.text.get_secret_value()
    found = search_identities(actor=viewer, key=key, vault=vault, text=text)
    return [IdentityOut.of(row, vault, reader=True) for row in found]


@router.post(
    "/compartments/{slug:compartment}/identities/{uuid:pk}/open",
    response={200: OpenedOut, **OPENING},
)
@decorate_view(never_cache)
def open_one_identity(
    request: HttpRequest, compartment: str, pk: uuid.UUID, body: KeyIn
) -> OpenedOut:
    """One identity in the clear. The reading stands in the audit log before it is answered."""
    viewer = viewer_of(request)
    vault = _entered(viewer, compartment)
    row = identity_by_id(viewer, vault, pk)
    key = unlock_key(actor=viewer, passphrase=body.passphrase.get_secret_value())
    shown = open_identity(actor=viewer, key=key, vault=vault, identity=row)
    return OpenedOut(
        id=row.pk,
        pseudonym=shown.pseudonym,
        kind=row.kind,
        name=shown.name,
        contact=shown.contact,
        note=shown.note,
    )


def _entered(viewer: Viewer, code: str) -> Vault:
    """The compartment, for its members; the same refusal to all others as where there is none."""
    vault = vault_by_code(viewer, code)
    if not is_member(viewer, vault):
        raise NoSuchCompartment(
            _("There is no compartment with keys of this code, or it is not open to you.")
        )
    return vault
