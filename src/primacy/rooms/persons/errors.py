"""Errors of persons.

PersonsError
├── NoSuchPerson    no person with this code is open to the viewer
├── NoSuchPair      no pair with this id is open to the viewer
├── NoSuchTerm      no rank or role with this id is kept here
├── BadPerson       a person without a name, or a code that is taken
├── BadTerm         a rank or role that cannot stand
└── BadJudgement    a judgement that cannot stand: no reasons, nothing but the name
"""


class PersonsError(Exception):
    """Any refusal that concerns persons."""


class NoSuchPerson(PersonsError):
    """No such person, or not open to the viewer."""


class NoSuchPair(PersonsError):
    """No such pair of records, or not both of them are open to the viewer."""


class NoSuchTerm(PersonsError):
    """No such rank or role, or not open to the viewer."""


class BadPerson(PersonsError):
    """A person that cannot stand as written."""


class BadTerm(PersonsError):
    """A rank or role that cannot stand as written."""


class BadJudgement(PersonsError):
    """A judgement that cannot stand: no reasons, nothing but the name, or judged already."""
