"""Acts on a person's own key: make, unlock, change the passphrase."""

import datetime as dt
import secrets

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.accounts.models import Account
from primacy.platform.audit.actions import record
from primacy.platform.ids import uuid7
from primacy.platform.policy import Viewer, require
from primacy.platform.vault.actions.sharing import wipe_shares
from primacy.platform.vault.errors import (
    CannotOpen,
    NoPersonalKey,
    TooManyTries,
    WeakPassphrase,
    WrongPassphrase,
)
from primacy.platform.vault.keyring import PersonalKey
from primacy.platform.vault.models import MemberKey, OpenSitting
from primacy.platform.vault.rights import mission_where_held, require_person
from primacy.platform.vault.sealing import (
    Cost,
    decode,
    encode,
    fingerprint,
    new_private,
    public_of,
    stretch,
    unwrap,
    wrap,
)

SHORTEST = 16
TRIES = 5
WAIT = dt.timedelta(minutes=15)


def make_key(*, actor: Viewer, passphrase: str) -> PersonalKey:
    """A new personal key, unlocked; a key the person had before is wiped with its shares."""
    require(actor, "vault.view", mission_where_held(actor, "vault.view"))
    account = Account.objects.get(pk=require_person(actor))
    _check_strength(account, passphrase)
    private, key_id, salt, cost = new_private(), uuid7(), secrets.token_bytes(16), _cost()
    public = encode(public_of(private))
    wrapped = wrap(stretch(passphrase, salt, cost), private, "personal", key_id, public)
    with transaction.atomic():
        old = MemberKey.objects.filter(account=account, retired_at__isnull=True)
        replaced = [row.pk for row in old]
        wipe_shares(replaced)
        OpenSitting.objects.filter(member_key_id__in=replaced).delete()
        old.update(retired_at=clock.now(), wrapped="")
        row = MemberKey.objects.create(
            id=key_id,
            account=account,
            public_key=public,
            salt=encode(salt),
            memory_kib=cost.memory_kib,
            iterations=cost.iterations,
            lanes=cost.lanes,
            wrapped=wrapped,
            recorded_by_id=account.pk,
        )
        body = {"fingerprint": fingerprint(public_of(private)), "replaces": bool(replaced)}
        record(actor, "vault.key.make", row, body)
    return PersonalKey(account.pk, key_id, private)


def unlock_key(*, actor: Viewer, passphrase: str) -> PersonalKey:
    """The person's key, opened by the passphrase; five wrong ones in a row mean a wait."""
    require(actor, "vault.view", mission_where_held(actor, "vault.view"))
    row = _own_key(actor)
    _count_try(row)
    cost = Cost(row.memory_kib, row.iterations, row.lanes)
    try:
        stretched = stretch(passphrase, decode(row.salt), cost)
        private = unwrap(stretched, row.wrapped, "personal", row.pk, row.public_key)
    except CannotOpen as problem:
        with transaction.atomic():
            record(actor, "vault.key.refused", row, {})
        raise WrongPassphrase(
            _("This is not the passphrase of your key. Nothing was opened.")
        ) from problem
    with transaction.atomic():
        MemberKey.objects.filter(pk=row.pk).update(failures=0, failed_at=None)
        record(actor, "vault.key.unlock", row, {})
    return PersonalKey(row.account_id, row.pk, private)


def change_passphrase(*, actor: Viewer, old: str, new: str) -> None:
    """Wraps the same key under a new passphrase; every open sitting ends."""
    require(actor, "vault.view", mission_where_held(actor, "vault.view"))
    _check_strength(Account.objects.get(pk=require_person(actor)), new)
    key = unlock_key(actor=actor, passphrase=old)
    salt, cost = secrets.token_bytes(16), _cost()
    public = encode(public_of(key.private))
    wrapped = wrap(stretch(new, salt, cost), key.private, "personal", key.member_key_id, public)
    with transaction.atomic():
        MemberKey.objects.filter(pk=key.member_key_id).update(
            salt=encode(salt),
            wrapped=wrapped,
            memory_kib=cost.memory_kib,
            iterations=cost.iterations,
            lanes=cost.lanes,
        )
        OpenSitting.objects.filter(member_key_id=key.member_key_id).delete()
        record(actor, "vault.key.passphrase", _own_key(actor), {})


def _own_key(actor: Viewer) -> MemberKey:
    """The key in use of the person; `NoPersonalKey` where there is none."""
    account_id = require_person(actor)
    row = MemberKey.objects.filter(account_id=account_id, retired_at__isnull=True).first()
    if row is None:
        raise NoPersonalKey(
            _("You have no personal key yet. Make one on the page of compartments.")
        )
    return row


def _count_try(row: MemberKey) -> None:
    """Counts a try before the passphrase is looked at, so that many at once are not more tries."""
    now, mine = clock.now(), MemberKey.objects.filter(pk=row.pk)
    with transaction.atomic():
        # After a wait the counting starts anew.
        mine.filter(failed_at__lte=now - WAIT).update(failures=0)
        counted = mine.filter(failures__lt=TRIES).update(failures=F("failures") + 1, failed_at=now)
    if not counted:
        raise TooManyTries(
            _("Too many wrong passphrases. Your key stays locked for %(minutes)d minutes.")
            % {"minutes": WAIT // dt.timedelta(minutes=1)}
        )


def _cost() -> Cost:
    return Cost(**settings.PRIMACY_KEY_COST)


def _check_strength(account: Account, passphrase: str) -> None:
    if len(passphrase) < SHORTEST:
        raise WeakPassphrase(
            _(
                "A key passphrase has at least %(least)d letters: four or five words that no one "
                "else would put together."
            )
            % {"least": SHORTEST}
        )
    if account.has_usable_password() and account.check_password(passphrase):
        raise WeakPassphrase(_("The key passphrase must not be your sign-in password."))
    try:
        validate_password(passphrase, account)
    except ValidationError as problem:
        raise WeakPassphrase(" ".join(problem.messages)) from problem
