"""Messages to other systems over HTTP: what makes them provably ours."""

from primacy.platform.webhooks.errors import (
    NotSigned,
    OutOfTime,
    Repeated,
    SignatureRefused,
    WeakKey,
    WrongSignature,
)
from primacy.platform.webhooks.signing import HEADER, TOLERANCE, Recent, new_key, signature, verify

__all__ = [
    "HEADER",
    "TOLERANCE",
    "NotSigned",
    "OutOfTime",
    "Recent",
    "Repeated",
    "SignatureRefused",
    "WeakKey",
    "WrongSignature",
    "new_key",
    "signature",
    "verify",
]
