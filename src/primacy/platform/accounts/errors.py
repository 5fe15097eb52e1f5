"""Errors of the accounts room.

AccountError
├── NoSuchAccount      no account with this address or id
├── NoSuchRole         a role code that the role table does not know
├── AddressTaken       an account with this address exists
├── BadAddress         what was given is no e-mail address
├── LinkRefused        a one-time link that is unknown, used or expired
├── NotProved          password or code typed at the command line is not right
├── DutiesApart        the account holds a role that this one must be kept apart from
├── OnlyExercises      an exercise account was to hold a role on a real mission, or a password
└── BadReason          an act that needs a reason was given none
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


class NotProved(AccountError):
    """Who is at the keyboard did not prove to be the person named."""


class DutiesApart(AccountError):
    """One account may not hold both roles."""


class OnlyExercises(AccountError):
    """An exercise account holds roles on exercise missions only, and never a password."""


class BadReason(AccountError):
    """The reason is missing."""
