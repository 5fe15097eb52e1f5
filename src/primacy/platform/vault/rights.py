"""Who may have to do with keys: persons with an account, never who runs the server."""

import uuid

from django.utils.translation import gettext as _

from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.policy import Denied, Viewer


def mission_where_held(viewer: Viewer, permission: str) -> uuid.UUID | None:
    """A mission on which the viewer holds the permission; None for all missions or none.

    Compartments belong to organisations, not missions: a right on any mission is enough.
    """
    everywhere, by_mission, _clearance = viewer.missions_with(permission)
    return None if everywhere else next(iter(by_mission), None)


def require_person(actor: Viewer) -> uuid.UUID:
    """The account behind the viewer; refused for guests, the operator and administrators."""
    if actor.account_id is None:
        raise Denied(
            _(
                "%(label)s holds no key: compartments are opened by persons with an account and "
                "a key passphrase of their own. Name the account with --as ADDRESS."
            )
            % {"label": actor.label}
        )
    if keeps_the_server(actor):
        raise Denied(
            _(
                "%(label)s manages accounts on this site. Who does that can hold no key of a "
                "compartment; use an account without that role."
            )
            % {"label": actor.label}
        )
    return actor.account_id


def keeps_the_server(viewer: Viewer) -> bool:
    """True for whoever manages accounts, on all missions or one."""
    everywhere, by_mission, _clearance = viewer.missions_with("accounts.manage")
    return everywhere or bool(by_mission)


def may_hold_keys(account: Account) -> bool:
    """True for an active account that may see protected identities and keeps no server."""
    if not account.is_active:
        return False
    viewer = viewer_of(account)
    everywhere, by_mission, _clearance = viewer.missions_with("vault.view")
    return (everywhere or bool(by_mission)) and not keeps_the_server(viewer)
