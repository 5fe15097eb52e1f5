"""A sealed stream: encrypted and authenticated chunk by chunk, opened by any one of its keys.

The file begins with a mark and a header that says how the file key is wrapped (by a passphrase or
for a public key). The rest are chunks under ChaCha20-Poly1305. A chunk's nonce is its number and
whether it is the last, so that chunks cannot be swapped, left out, repeated or cut off at the end
(the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár 2015). The header's hash goes
into the payload key, so a changed header opens nothing.
"""

import base64
import hashlib
import json
import secrets
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.utils.translation import gettext as _

from primacy.platform.archive.errors import BadKey, Damaged, NewerFormat, WrongKey
from primacy.platform.archive.keys import (
    NO_NONCE,
    Cost,
    checked_passphrase,
    derived,
    new_pair,
    public_text,
    shared_secret,
    stretched,
)
from primacy.platform.language.figures import grouped

MARK = b"PRIMACY ARCHIVE\n"
VERSION = 1
CHUNK = 256 * 1024
TAG = 16
LONGEST_HEADER = 64 * 1024
MOST_KEYS = 32

_WRAP = b"primacy archive file key v1"
_PAYLOAD = b"primacy archive payload v1"
_SEALED = b"primacy archive sealed to key v1"
_LENGTH = struct.Struct(">I")


@dataclass(frozen=True)
class Locks:
    """What an archive is sealed to: a passphrase, public keys, or both."""

    passphrase: str = ""
    public_keys: Sequence[bytes] = ()


@dataclass(frozen=True)
class Openers:
    """What somebody has to open an archive with."""

    passphrase: str = ""
    private_key: bytes = b""
    file_key: bytes = b""


def _wrapped(locks: Locks, file_key: bytes) -> list[dict[str, object]]:
    entries: list[dict[str, object]] = []
    if locks.passphrase:
        salt, cost = secrets.token_bytes(16), Cost()
        key = stretched(checked_passphrase(locks.passphrase), salt, cost)
        entries.append(
            {
                "how": "passphrase",
                "salt": _b64(salt),
                "time": cost.time,
                "memory": cost.memory,
                "lanes": cost.lanes,
                "box": _b64(ChaCha20Poly1305(key).encrypt(NO_NONCE, file_key, _WRAP)),
            }
        )
    for public in locks.public_keys:
        private, ephemeral = new_pair()
        key = derived(shared_secret(private, public), ephemeral + public, _SEALED)
        entries.append(
            {
                "how": "key",
                "for": key_name(public),
                "from": _b64(ephemeral),
                "box": _b64(ChaCha20Poly1305(key).encrypt(NO_NONCE, file_key, _WRAP)),
            }
        )
    if not 0 < len(entries) <= MOST_KEYS:
        raise BadKey(
            _("A backup needs a passphrase or a public key, and at most %(most_keys)s of them.")
            % {"most_keys": MOST_KEYS}
        )
    return entries


def key_name(public: bytes) -> str:
    """A short name by which a key holder recognises the own key."""
    return hashlib.sha256(public_text(public).encode()).hexdigest()[:12]


class SealedWriter:
    """Takes bytes and writes them sealed. `close` writes the last chunk; without it all is void."""

    def __init__(self, handle: IO[bytes], locks: Locks) -> None:
        self.file_key = secrets.token_bytes(32)
        header = json.dumps({"version": VERSION, "keys": _wrapped(locks, self.file_key)}).encode()
        handle.write(MARK + _LENGTH.pack(len(header)) + header)
        self._handle = handle
        self._cipher = _payload_cipher(self.file_key, header)
        self._waiting = bytearray()
        self._number = 0

    def write(self, content: bytes) -> None:
        """Takes bytes; whole chunks are written as they fill."""
        self._waiting += content
        # A full chunk waits until more follows: only then is it known not to be the last.
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def close(self) -> None:
        """Writes what is left as the last chunk."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, content: bytes, *, last: bool) -> None:
        self._handle.write(self._cipher.encrypt(_nonce(self._number, last), content, None))
        self._number += 1


class OpenedReader:
    """Gives the bytes of a sealed stream, each chunk checked before any of it is given out."""

    def __init__(self, handle: IO[bytes], openers: Openers) -> None:
        header = _read_header(handle)
        self._cipher = _payload_cipher(_file_key(header, openers), header)
        self._handle = handle
        self._number = 0
        self._ready = memoryview(b"")
        self._next = handle.read(CHUNK + TAG)
        self._ended = False

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; fewer only at the end."""
        parts = []
        while size > 0:
            if not self._ready:
                if self._ended:
                    break
                self._ready = memoryview(self._open_next())
                continue
            parts.append(bytes(self._ready[:size]))
            self._ready = self._ready[len(parts[-1]) :]
            size -= len(parts[-1])
        return b"".join(parts)

    def _open_next(self) -> bytes:
        chunk, self._next = self._next, self._handle.read(CHUNK + TAG)
        last = not self._next
        try:
            content = self._cipher.decrypt(_nonce(self._number, last), chunk, None)
        except InvalidTag as problem:
            raise Damaged(
                _(
                    "The archive is damaged, was cut short or was put together from parts"
                    " (at %(number)s bytes). Nothing of it was kept. Use another copy."
                )
                % {"number": grouped(self._number * CHUNK)}
            ) from problem
        self._number += 1
        self._ended = last
        return content


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


def _payload_cipher(file_key: bytes, header: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(derived(file_key, hashlib.sha256(header).digest(), _PAYLOAD))


def _read_header(handle: IO[bytes]) -> bytes:
    if handle.read(len(MARK)) != MARK:
        raise Damaged(_("This is not an archive of Primacy, or its beginning is damaged."))
    start = handle.read(_LENGTH.size)
    length = _LENGTH.unpack(start)[0] if len(start) == _LENGTH.size else 0
    if not 0 < length <= LONGEST_HEADER:
        raise Damaged(_("The header of the archive is damaged."))
    header = handle.read(length)
    if len(header) != length:
        raise Damaged(_("The archive ends in its header."))
    return header


def _file_key(header: bytes, openers: Openers) -> bytes:
    try:
        body = json.loads(header)
        version, entries = int(body["version"]), list(body["keys"])
    except (ValueError, KeyError, TypeError) as problem:
        raise Damaged(_("The header of the archive is damaged.")) from problem
    if version > VERSION:
        raise NewerFormat(
            _(
                "The archive is of format %(version)s; this version reads up to "
                "%(version_2)s. Use a newer version of Primacy."
            )
            % {"version": version, "version_2": VERSION}
        )
    if openers.file_key:
        return openers.file_key
    for entry in entries[:MOST_KEYS]:
        try:
            key = _opened(entry, openers)
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise Damaged(_("The header of the archive is damaged.")) from problem
        if key:
            return key
    names = [str(e.get("for")) for e in entries if e.get("how") == "key"]
    raise WrongKey(
        _("The archive does not open with this passphrase or key.")
        + (_(" It is sealed to the keys %(names)s.") % {"names": ", ".join(names)} if names else "")
    )


def _opened(entry: Mapping[str, object], openers: Openers) -> bytes:
    """The file key of one entry; empty where what we have does not open it."""
    box = _raw(entry["box"])
    if entry["how"] == "passphrase" and openers.passphrase:
        cost = Cost(*(int(str(entry[name])) for name in ("time", "memory", "lanes")))
        key = stretched(openers.passphrase, _raw(entry["salt"]), cost)
    elif entry["how"] == "key" and openers.private_key:
        ephemeral = _raw(entry["from"])
        public = _public_of(openers.private_key)
        if entry["for"] != key_name(public):
            return b""
        secret = shared_secret(openers.private_key, ephemeral)
        key = derived(secret, ephemeral + public, _SEALED)
    else:
        return b""
    try:
        return ChaCha20Poly1305(key).decrypt(NO_NONCE, box, _WRAP)
    except InvalidTag:
        return b""


def _public_of(private: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _raw(text: object) -> bytes:
    return base64.b64decode(str(text), validate=True)
