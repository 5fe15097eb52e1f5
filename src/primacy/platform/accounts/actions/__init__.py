"""Acts on accounts. The only place that writes them; each act leaves an audit entry."""

from primacy.platform.accounts.actions.closing import (
    close_account,
    end_account_sessions,
    end_session,
    end_sessions,
    open_account,
    take_doors_off,
    take_factors_off,
    unlock_account,
)
from primacy.platform.accounts.actions.links import (
    LINK_LIFE,
    cancel_links,
    issue_sign_in_link,
    make_link,
    redeem_sign_in_link,
)
from primacy.platform.accounts.actions.own import (
    choose_language,
    note_password_changed,
    note_second_factor,
    take_notice,
)
from primacy.platform.accounts.actions.people import (
    FirstAdministrator,
    create_account,
    ensure_first_administrator,
    ensure_organisation,
)
from primacy.platform.accounts.actions.roles import (
    admit_to_compartment,
    create_compartment,
    grant_role,
    revoke_role,
)

__all__ = [
    "LINK_LIFE",
    "FirstAdministrator",
    "admit_to_compartment",
    "cancel_links",
    "choose_language",
    "close_account",
    "create_account",
    "create_compartment",
    "end_account_sessions",
    "end_session",
    "end_sessions",
    "ensure_first_administrator",
    "ensure_organisation",
    "grant_role",
    "issue_sign_in_link",
    "make_link",
    "note_password_changed",
    "note_second_factor",
    "open_account",
    "redeem_sign_in_link",
    "revoke_role",
    "take_doors_off",
    "take_factors_off",
    "take_notice",
    "unlock_account",
]
