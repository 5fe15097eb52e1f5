"""Errors of the vault.

VaultError
├── NoSuchCompartment   no compartment with keys of this code is open to the viewer
├── NoSuchIdentity      no identity of this id is open to the viewer
├── NotUnlocked         the person's key is not unlocked, or the sitting is over
├── WrongPassphrase     the key passphrase does not open the key
├── TooManyTries        too many wrong passphrases; wait
├── NoPersonalKey       the account has no personal key yet
├── WeakPassphrase      the passphrase cannot protect a key
├── WrongFingerprint    a fingerprint does not fit: the key may have been exchanged
├── NotAReader          the person holds no share of the compartment's key
├── CannotOpen          what is stored was changed, moved or sealed under another key
├── RecoveryRefused     a recovery by two holders cannot go on like this
└── BadIdentity         what was entered for an identity cannot be kept
"""


class VaultError(Exception):
    """Any refusal that concerns compartments with keys."""


class NoSuchCompartment(VaultError):
    """No such compartment with keys, or it is not open to the viewer."""


class NoSuchIdentity(VaultError):
    """No such identity, or it is not open to the viewer."""


class NotUnlocked(VaultError):
    """The person's key is not unlocked."""


class WrongPassphrase(VaultError):
    """The key passphrase is wrong."""


class TooManyTries(VaultError):
    """Too many wrong passphrases."""


class NoPersonalKey(VaultError):
    """The account has no personal key."""


class WeakPassphrase(VaultError):
    """The passphrase cannot protect a key."""


class WrongFingerprint(VaultError):
    """The fingerprint typed is not that of the key on record."""


class NotAReader(VaultError):
    """The person holds no share of the compartment's key."""


class CannotOpen(VaultError):
    """The stored text does not open with this key in this place."""


class RecoveryRefused(VaultError):
    """The recovery cannot go on like this."""


class BadIdentity(VaultError):
    """The identity cannot be kept as entered."""
