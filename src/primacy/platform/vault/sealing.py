"""Sealing with standard parts: HPKE (RFC 9180), AES-256-GCM, HKDF, HMAC, Argon2id. Pure.

Nothing here is a cipher of our own. HPKE runs X25519, HKDF-SHA256 and AES-256-GCM. Everything
sealed is bound to its place: what it is, whose, in which record and field, under which version.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import threading
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils.translation import gettext as _

from primacy.platform.vault.errors import CannotOpen

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
DOMAIN = "primacy vault 1"
NONCE = 12
KEY = 32
AT_ONCE = threading.BoundedSemaphore(2)
"""Argon2 takes much memory on purpose: no more than two at a time in one process."""


@dataclass(frozen=True)
class Cost:
    """What a guess at a passphrase costs."""

    memory_kib: int
    iterations: int
    lanes: int


def place(*parts: object) -> bytes:
    """The parts as bytes, each with its length in front, so that no two places are the same."""
    texts = [as_bytes(str(part)) for part in (DOMAIN, *parts)]
    return b"".join(len(text).to_bytes(4, "big") + text for text in texts)


def as_bytes(text: str) -> bytes:
    """The text in UTF-8; what JSON and terminals let through and UTF-8 has not, opens nothing."""
    return text.encode("utf-8", "surrogatepass")


def new_private() -> bytes:
    """A new X25519 private key."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public half of a private key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(public: bytes, plain: bytes, *about: object) -> str:
    """The text sealed to a public key and bound to its place; anybody may seal."""
    key = X25519PublicKey.from_public_bytes(public)
    return encode(SUITE.encrypt(plain, key, info=place(*about)))


def unseal(private: bytes, sealed: str, *about: object) -> bytes:
    """What was sealed; `CannotOpen` with another key or in another place."""
    key = X25519PrivateKey.from_private_bytes(private)
    try:
        return SUITE.decrypt(decode(sealed), key, info=place(*about))
    except (InvalidTag, ValueError) as problem:
        raise _cannot_open() from problem


def wrap(key: bytes, plain: bytes, *about: object) -> str:
    """The bytes encrypted under a symmetric key that is used for nothing else."""
    nonce = secrets.token_bytes(NONCE)
    return encode(nonce + AESGCM(key).encrypt(nonce, plain, place(*about)))


def unwrap(key: bytes, wrapped: str, *about: object) -> bytes:
    """What was wrapped; `CannotOpen` with another key or in another place."""
    held = decode(wrapped)
    try:
        return AESGCM(key).decrypt(held[:NONCE], held[NONCE:], place(*about))
    except (InvalidTag, ValueError) as problem:
        raise _cannot_open() from problem


def derive(secret: bytes, *about: object) -> bytes:
    """A key for one purpose, derived from a secret by HKDF."""
    return HKDF(algorithm=SHA256(), length=KEY, salt=None, info=place(*about)).derive(secret)


def keyed_hash(key: bytes, *about: object) -> str:
    """HMAC-SHA-256 in hexadecimal."""
    return hmac.new(key, place(*about), hashlib.sha256).hexdigest()


def stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """The key that a passphrase makes, by Argon2id."""
    with AT_ONCE:
        return Argon2id(
            salt=salt,
            length=KEY,
            iterations=cost.iterations,
            lanes=cost.lanes,
            memory_cost=cost.memory_kib,
        ).derive(as_bytes(passphrase))


def fingerprint(public: bytes) -> str:
    """Twenty hexadecimal digits in groups of four, to be compared by voice."""
    digits = hashlib.sha256(place("fingerprint", public.hex())).hexdigest()[:20]
    return " ".join(digits[at : at + 4] for at in range(0, 20, 4))


def same_fingerprint(typed: str, public: bytes) -> bool:
    """True where what a person typed is the fingerprint of the key, however it is spaced."""
    plain = "".join(sign for sign in typed.lower() if sign.isalnum())
    return hmac.compare_digest(plain.encode(), fingerprint(public).replace(" ", "").encode())


def encode(raw: bytes) -> str:
    """Bytes as text: every database and every copy keeps it as it is."""
    return base64.b64encode(raw).decode()


def decode(text: str) -> bytes:
    """Bytes from text; `CannotOpen` where it is none of ours."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise _cannot_open() from problem


def _cannot_open() -> CannotOpen:
    return CannotOpen(
        _(
            "This cannot be opened: it was changed, moved from another place or sealed under "
            "another key. Nothing was changed now. Tell the owner of the compartment."
        )
    )
