"""Errors of the accounts room.

AccountError
├── NoSuchAccount      no account with this address or id
├── NoSuchRole         a role code that the role table does not know
├── AddressTaken       an account with this address exists
├── BadAddress         what was given is no e-mail address
└── LinkRefused        a one-time link that is unknown, used or expired
"""


class AccountError(Exception):
    """Any refusal that concerns accounts."""


class NoSuchAccount(AccountError):
    """No account with this address."""


class NoSuchRole(AccountError):
    """No such role."""


class AddressTaken(AccountError):
    """The address has an account already."""


class BadAddress(AccountError):
    """What was given is no e-mail address."""


class LinkRefused(AccountError):
    """The one-time link cannot be used."""
