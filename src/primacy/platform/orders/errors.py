"""Errors of two-person orders.

OrderError
├── BadOrder       an order of an unknown kind, without reason, or not saying for whom or where
├── NoSuchOrder    no order of this id
├── NotReleasable  this order can't be released or withdrawn (any more), or not by this person
└── NotReleased    an act that needs a released order was tried without one
"""


class OrderError(Exception):
    """Any refusal that concerns a two-person order."""


class BadOrder(OrderError):
    """The order can't be asked for like this."""


class NoSuchOrder(OrderError):
    """No order has this id."""


class NotReleasable(OrderError):
    """The order can't be released or withdrawn."""


class NotReleased(OrderError):
    """No released order stands behind this act."""
