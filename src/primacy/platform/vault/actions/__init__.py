"""The acts of the vault."""

from primacy.platform.vault.actions.compartments import (
    HolderChoice,
    admit_reader,
    create_compartment,
    name_holders,
    remove_member,
)
from primacy.platform.vault.actions.identities import (
    NewIdentity,
    OpenedIdentity,
    erase_identity,
    open_identity,
    report_identity,
    search_identities,
)
from primacy.platform.vault.actions.keys import change_passphrase, make_key, unlock_key
from primacy.platform.vault.actions.recovery import (
    begin_recovery,
    finish_recovery,
    withdraw_recovery,
)
from primacy.platform.vault.actions.rotation import continue_rotation, start_rotation
from primacy.platform.vault.actions.sittings import begin_sitting, lock, resume

__all__ = [
    "HolderChoice",
    "NewIdentity",
    "OpenedIdentity",
    "admit_reader",
    "begin_recovery",
    "begin_sitting",
    "change_passphrase",
    "continue_rotation",
    "create_compartment",
    "erase_identity",
    "finish_recovery",
    "lock",
    "make_key",
    "name_holders",
    "open_identity",
    "remove_member",
    "report_identity",
    "resume",
    "search_identities",
    "start_rotation",
    "unlock_key",
    "withdraw_recovery",
]
