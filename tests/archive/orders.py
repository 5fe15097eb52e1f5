"""Emergency orders that two persons gave, for tests of what they release."""

import uuid
from collections.abc import Sequence

from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.orders.actions import ask, release
from primacy.platform.policy import Grant, Viewer, ViewerKind


def overseers(names: Sequence[str] = ("one", "two")) -> list[Viewer]:
    """Two persons who may order an emergency."""
    made = []
    for name in names:
        account = Account.objects.create_user(f"{name}@example.org", name=name)
        assert viewer_of(account).account_id == account.pk
        made.append(
            Viewer(ViewerKind.ACCOUNT, name, account_id=account.pk, grants=(Grant("oversight"),))
        )
    return made


def order(kind: str, names: Sequence[str] = ("one", "two")) -> uuid.UUID:
    """A released order of this kind, given by two new persons."""
    one, two = overseers(names)
    asked = ask(actor=one, kind=kind, reason="The town is about to be taken.")
    release(actor=two, order=asked)
    return asked.pk
