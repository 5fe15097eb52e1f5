"""Keys of archives: passphrases (Argon2id) and key pairs (X25519) whose private half is kept apart.

A backup is sealed to public keys, so that the machine that makes it cannot open it afterwards.
"""

import base64
import hashlib
import json
import os
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils.translation import gettext as _

from primacy.platform.archive.errors import BadKey, Damaged

SHORTEST_PASSPHRASE = 12
PREFIX = "primacy-key-"
CHECK_BYTES = 4
NO_NONCE = bytes(12)
"""Each key encrypts exactly one message, so its nonce carries nothing."""

# RFC 9106, second recommended setting; the limits keep a hostile file from taking the machine.
TIME, MEMORY_KIB, LANES = 3, 64 * 1024, 4
MOST_TIME, MOST_MEMORY_KIB, MOST_LANES = 16, 1024 * 1024, 16

_FILE_PURPOSE = b"primacy backup key file v1"


@dataclass(frozen=True)
class Cost:
    """How long and with how much memory a passphrase is stretched."""

    time: int = TIME
    memory: int = MEMORY_KIB
    lanes: int = LANES


def checked_passphrase(text: str) -> str:
    """The passphrase, or `BadKey` where it is too short to protect anything."""
    if len(text) < SHORTEST_PASSPHRASE:
        raise BadKey(
            _(
                "The passphrase needs at least %(shortest_passphrase)s characters; five "
                "or six random words are good. Nothing was written."
            )
            % {"shortest_passphrase": SHORTEST_PASSPHRASE}
        )
    return text


def stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """The 32-byte key that Argon2id makes of a passphrase."""
    sound = (
        1 <= cost.time <= MOST_TIME
        and 1 <= cost.lanes <= MOST_LANES
        and 8 * cost.lanes <= cost.memory <= MOST_MEMORY_KIB
        and 16 <= len(salt) <= 64
    )
    if not sound:
        raise Damaged(_("The file asks for an impossible amount of work to check the passphrase."))
    text = unicodedata.normalize("NFC", passphrase).encode()
    return hash_secret_raw(text, salt, cost.time, cost.memory, cost.lanes, 32, Type.ID)


def derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """A key for one purpose, by HKDF-SHA256."""
    return HKDF(SHA256(), 32, salt, purpose).derive(secret)


def public_text(key: bytes) -> str:
    """The text of a public key, with a check against mistyping."""
    check = hashlib.sha256(key).digest()[:CHECK_BYTES]
    return PREFIX + base64.b32encode(key + check).decode().lower().rstrip("=")


def public_key(text: str) -> bytes:
    """The public key that was typed, or that stands in the file that was named."""
    if not text.startswith(PREFIX):
        path = Path(text).expanduser()
        try:
            text = path.read_text(encoding="utf-8").strip() if path.stat().st_size < 1000 else ""
        except (OSError, UnicodeDecodeError) as problem:
            raise BadKey(
                _(
                    "'%(path)s' is neither a public key (it begins with %(prefix)s) nor a"
                    " file that holds one."
                )
                % {"path": str(path)[:80], "prefix": PREFIX}
            ) from problem
    body = text.removeprefix(PREFIX).upper()
    try:
        raw = base64.b32decode(body + "=" * (-len(body) % 8))
    except ValueError as problem:
        raise BadKey(_("The public key holds characters that no key has.")) from problem
    key, check = raw[:32], raw[32:]
    if len(key) != 32 or hashlib.sha256(key).digest()[:CHECK_BYTES] != check:
        raise BadKey(_("The public key was mistyped or cut: its check does not fit."))
    return key


def shared_secret(private: bytes, public: bytes) -> bytes:
    """What both ends of X25519 come to."""
    try:
        theirs = X25519PublicKey.from_public_bytes(public)
        return X25519PrivateKey.from_private_bytes(private).exchange(theirs)
    except ValueError as problem:
        raise BadKey(_("This public key is not one that anything can be sealed to.")) from problem


def new_pair() -> tuple[bytes, bytes]:
    """A fresh private key and its public key."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def write_private(path: Path, private: bytes, passphrase: str) -> None:
    """Writes a private key file, locked by the passphrase; never over an existing file."""
    salt, cost = secrets.token_bytes(16), Cost()
    lock = stretched(checked_passphrase(passphrase), salt, cost)
    box = ChaCha20Poly1305(lock).encrypt(NO_NONCE, private, _FILE_PURPOSE)
    public = X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    body = {
        "primacy": "private backup key",
        "version": 1,
        "public": public_text(public),
        "salt": base64.b64encode(salt).decode(),
        "time": cost.time,
        "memory": cost.memory,
        "lanes": cost.lanes,
        "box": base64.b64encode(box).decode(),
    }
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as problem:
        raise BadKey(
            _("No key was made: %(path)s cannot be written (%(strerror)s).")
            % {"path": path, "strerror": problem.strerror}
        ) from problem
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(body, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def read_private(path: Path, passphrase: str) -> bytes:
    """The private key in a file that `write_private` wrote."""
    try:
        body = json.loads(path.read_text(encoding="utf-8")[:4000])
        salt, box = base64.b64decode(body["salt"]), base64.b64decode(body["box"])
        cost = Cost(int(body["time"]), int(body["memory"]), int(body["lanes"]))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise BadKey(
            _("%(path)s is not a private backup key that can be read.") % {"path": path}
        ) from problem
    try:
        lock = ChaCha20Poly1305(stretched(passphrase, salt, cost))
        return lock.decrypt(NO_NONCE, box, _FILE_PURPOSE)
    except InvalidTag as problem:
        raise BadKey(
            _("The passphrase does not open the key file %(path)s.") % {"path": path.name}
        ) from problem
