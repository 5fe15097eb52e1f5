"""Sittings: a key unlocked for ten minutes of use, under a token that only a cookie holds."""

import datetime as dt
import secrets
import uuid

from django.db import transaction

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.ids import uuid7
from primacy.platform.policy import Viewer, require
from primacy.platform.vault.actions.keys import unlock_key
from primacy.platform.vault.actions.sharing import wipe_expired_layers
from primacy.platform.vault.errors import CannotOpen
from primacy.platform.vault.keyring import PersonalKey, session_mark, token_key
from primacy.platform.vault.models import OpenSitting
from primacy.platform.vault.rights import keeps_the_server, mission_where_held, require_person
from primacy.platform.vault.sealing import decode, encode, unwrap, wrap

IDLE = dt.timedelta(minutes=10)
LONGEST = dt.timedelta(hours=4)
NOTE_AFTER = dt.timedelta(seconds=20)


def begin_sitting(*, actor: Viewer, passphrase: str, session_key: str) -> tuple[str, PersonalKey]:
    """What the cookie holds, and the key; the database keeps the key only under that token."""
    require(actor, "vault.view", mission_where_held(actor, "vault.view"))
    key = unlock_key(actor=actor, passphrase=passphrase)
    token, sitting_id, now = secrets.token_bytes(32), uuid7(), clock.now()
    wrapped = wrap(token_key(token, sitting_id), key.private, *_about(key, session_key))
    with transaction.atomic():
        OpenSitting.objects.filter(used_at__lt=now - IDLE).delete()
        OpenSitting.objects.filter(ends_at__lt=now).delete()
        wipe_expired_layers()
        row = OpenSitting.objects.create(
            id=sitting_id,
            member_key_id=key.member_key_id,
            wrapped=wrapped,
            used_at=now,
            ends_at=now + LONGEST,
            recorded_by_id=key.account_id,
        )
        record(actor, "vault.sitting.begin", row, {})
    return f"{sitting_id.hex}.{encode(token)}", key


def resume(*, viewer: Viewer, cookie: str, session_key: str) -> PersonalKey | None:
    """The key of a sitting still open; None where cookie, session, time or person do not fit."""
    if viewer.account_id is None or keeps_the_server(viewer):
        return None
    name, _dot, text = cookie.partition(".")
    try:
        sitting_id, token = uuid.UUID(hex=name), decode(text)
    except (ValueError, CannotOpen):
        return None
    now = clock.now()
    row = (
        OpenSitting.objects.select_related("member_key")
        .filter(pk=sitting_id, member_key__account_id=viewer.account_id)
        .filter(member_key__retired_at__isnull=True)
        .first()
    )
    if row is None:
        return None
    if now - row.used_at > IDLE or now > row.ends_at:
        row.delete()
        return None
    key = PersonalKey(viewer.account_id, row.member_key_id, b"")
    try:
        private = unwrap(token_key(token, row.pk), row.wrapped, *_about(key, session_key))
    except CannotOpen:
        return None
    if now - row.used_at > NOTE_AFTER:
        OpenSitting.objects.filter(pk=row.pk).update(used_at=now)
    return PersonalKey(viewer.account_id, row.member_key_id, private)


def lock(*, actor: Viewer) -> int:
    """How many sittings of the person were ended: all of them, on every device."""
    require(actor, "vault.view", mission_where_held(actor, "vault.view"))
    account_id = require_person(actor)
    with transaction.atomic():
        mine = OpenSitting.objects.filter(member_key__account_id=account_id)
        ended, _kinds = mine.delete()
        record(actor, "vault.sitting.lock", None, {"ended": ended})
    return ended


def _about(key: PersonalKey, session_key: str) -> tuple[object, ...]:
    return ("sitting", key.account_id, key.member_key_id, session_mark(session_key))
