"""Errors of signed messages between systems.

SignatureRefused        the message is not taken as ours
├── NotSigned           no signature, or one that cannot be read
├── WrongSignature      no key fits: another body, another time, another sender
├── OutOfTime           signed too long ago, or in the future
└── Repeated            the same message came before
WeakKey                 a key that is too short to sign with
"""


class SignatureRefused(ValueError):
    """A message whose signature does not hold. Answer 401 and do nothing with the body."""


class NotSigned(SignatureRefused):
    """There is no signature, or one that cannot be read."""


class WrongSignature(SignatureRefused):
    """No key fits."""


class OutOfTime(SignatureRefused):
    """The time of the signature is too far from now."""


class Repeated(SignatureRefused):
    """The same message came before within the time that is accepted."""


class WeakKey(ValueError):
    """A key too short to be safe."""
