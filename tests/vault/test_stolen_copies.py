"""Who carries off the database, its journal, a backup or a dump holds no protected word.

Nor does the server's own secret open anything: the keys are not on the server.
"""

import base64
import hashlib
import hmac
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from primacy.platform.accounts.models import Account
from primacy.platform.archive.actions.backup import write_backup
from primacy.platform.archive.actions.loading import migrate_on
from primacy.platform.archive.actions.restoring import restore
from primacy.platform.archive.places import Place, folder_site
from primacy.platform.archive.sealing import Locks, Openers
from primacy.platform.archive.stores import second_connection
from primacy.platform.policy import operator
from primacy.platform.vault import keyring, sealing
from primacy.platform.vault.actions import (
    begin_recovery,
    begin_sitting,
    search_identities,
    start_rotation,
)
from primacy.platform.vault.errors import CannotOpen
from primacy.platform.vault.fields import normal
from primacy.platform.vault.models import (
    KeyShare,
    KeyVersion,
    MemberKey,
    OpenSitting,
    ProtectedIdentity,
    Recovery,
    RecoverySeal,
)
from tests.archive.places import inside
from tests.conftest import Board
from tests.empty_site import seed
from tests.vault.conftest import CONTACT, NAME, NOTE, OWNERS, Circle, circle_on, passphrase

SERVER_SECRET = secrets.token_urlsafe(48)
BACKUP_WORDS = "a long enough passphrase"


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Databases without a transaction around the test: what is stolen was committed."""
    with django_db_blocker.unblock():
        yield


@dataclass
class Site:
    """A site in a folder, its people, and what an unlocked reader had at hand."""

    place: Place
    circle: Circle
    cookie: str


@pytest.fixture
def site(
    make_board: Callable[..., Board], make_account: Callable[..., Account], tmp_path: Path
) -> Iterator[Site]:
    """One with all that is ever sealed: reports, hashes, a rotation halfway, a sitting, a layer."""
    place = folder_site(tmp_path / "site")
    seed(place.folder)
    (place.folder / "secret.key").write_text(SERVER_SECRET)
    with second_connection(place.database) as alias:
        migrate_on(alias)
    with override_settings(SECRET_KEY=SERVER_SECRET), inside(place):
        circle = circle_on(make_board("stolen"), make_account)
        me = {"actor": circle.viewer("human_rights"), "key": circle.keys["human_rights"]}
        circle.report(by="adviser")
        assert search_identities(**me, vault=circle.vault, text=NAME)
        start_rotation(**me, vault=circle.vault, reason="yearly")
        circle.report(by="adviser")
        begin_recovery(
            actor=circle.viewer("human_rights.b"),
            key=circle.keys["human_rights.b"],
            vault=circle.vault,
            second=circle.accounts["human_rights.c"],
            reader=circle.accounts["human_rights"],
            fingerprint=circle.keys["human_rights"].fingerprint,
            reason="exercise",
        )
        cookie, _key = begin_sitting(
            actor=circle.viewer("human_rights"),
            passphrase=passphrase("human_rights"),
            session_key="the session",
        )
        yield Site(place, circle, cookie)


TELLING = 8
"""Fewer characters stand by chance in so much random content."""


def forms(text: str) -> dict[str, bytes]:
    """Every shape in which a careless program would have left the text behind."""
    found: dict[str, bytes] = {}
    for case, one in (
        ("", text),
        (" in small letters", text.lower()),
        (" in capitals", text.upper()),
        (" as compared", normal(text)),
        (" reversed", text[::-1]),
    ):
        plain = one.encode()
        found |= {
            f"plain{case}": plain,
            f"UTF-16{case}": one.encode("utf-16-le"),
            f"UTF-16 big-endian{case}": one.encode("utf-16-be"),
            f"hexadecimal{case}": plain.hex().encode(),
        }
        for shift in range(3):  # base64 of the text within a longer one begins at any of three
            middle = base64.b64encode(b"\0" * shift + plain)[2 * bool(shift) + 2 : -4]
            if len(middle) >= TELLING:
                found[f"base64 from {shift}{case}"] = middle
        for name in ("sha256", "md5", "sha1"):
            made = hashlib.new(name, plain)
            found |= {
                f"{name}{case}": made.digest(),
                f"{name} in hexadecimal{case}": made.hexdigest().encode(),
                f"{name} in base64{case}": base64.b64encode(made.digest())[:-2],
            }
        keyed = hmac.new(SERVER_SECRET.encode(), plain, hashlib.sha256)
        found[f"keyed with the server's secret{case}"] = keyed.hexdigest().encode()
    return found


def protected() -> list[str]:
    """The words nobody may find: whole values, their parts, and passphrases."""
    whole = [NAME, CONTACT, NOTE, passphrase("human_rights")]
    return [*whole, "Okanda-Voss", "Mirelle", "555 0142", "behind the mill", "Third column"]


def holds_nothing(content: bytes, where: str) -> None:
    for text in protected():
        for shape, wanted in forms(text).items():
            assert wanted not in content, f"{where} holds '{text}' ({shape})"


def test_the_search_of_this_test_finds_what_is_there() -> None:
    for shape, wanted in forms(NAME).items():
        with pytest.raises(AssertionError, match="holds"):
            holds_nothing(b"before " + wanted + b" after", shape)


def test_no_copy_of_the_site_holds_a_protected_word(site: Site, tmp_path: Path) -> None:
    stolen = {path.name: path.read_bytes() for path in site.place.folder.iterdir()}
    assert any(name.endswith("-wal") for name in stolen), "taken while it served"
    for name, content in stolen.items():
        holds_nothing(content, name)
    # Copied away with its journal, it is the whole site.
    copy = tmp_path / "copy"
    shutil.copytree(site.place.folder, copy)
    dump = "\n".join(sqlite3.connect(copy / site.place.file.name).iterdump())
    assert "Sources of the east" in dump
    holds_nothing(dump.encode(), "a dump of every table")
    values = [
        value if isinstance(value, bytes) else str(value).encode()
        for table in connection.introspection.table_names()
        for value in _values(table)
    ]
    holds_nothing(b"\n".join(values), "the tables as they are read")

    archive = tmp_path / "backup.primacy"
    write_backup(site.place, archive, Locks(BACKUP_WORDS), with_secret_key=True, verify=False)
    holds_nothing(archive.read_bytes(), "a backup")
    opened = folder_site(tmp_path / "opened")
    opened.folder.mkdir()
    restore(actor=operator("thief"), path=archive, openers=Openers(BACKUP_WORDS), place=opened)
    files = [path for path in opened.folder.rglob("*") if path.is_file()]
    assert any(b"Sources of the east" in path.read_bytes() for path in files)
    for path in files:
        holds_nothing(path.read_bytes(), f"{path.name} of an opened backup")


def _values(table: str) -> Iterator[object]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        for line in cursor.fetchall():
            yield from line


def test_the_servers_secret_and_the_whole_database_open_nothing(site: Site) -> None:
    keys = everything_a_server_has()
    assert len(keys) > 50
    for opening in sealed_things():
        for key in keys:
            with pytest.raises(CannotOpen):
                opening(key)
    # The same attempts with a reader's key, which the server never kept, do open.
    private = site.circle.keys["human_rights"].private
    assert sum(_opens(opening, private) for opening in sealed_things()) == 2


def _opens(opening: Callable[[bytes], bytes], key: bytes) -> bool:
    try:
        opening(key)
    except CannotOpen:
        return False
    return True


def everything_a_server_has() -> set[bytes]:
    """Each 32 bytes the server could take for a key: its secret, what follows from it, its rows."""
    words = {SERVER_SECRET.encode(), b"primacy vault 1", b"", b"human_rights"}
    for table in connection.introspection.table_names():
        for value in _values(table):
            words.add(value if isinstance(value, bytes) else str(value).encode())
    keys: set[bytes] = set()
    for word in words:
        if len(word) > 200:
            continue
        if len(word) == 32:
            keys.add(word)
        for read in (base64.b64decode, bytes.fromhex):
            try:
                raw = read(word) if read is base64.b64decode else bytes.fromhex(word.decode())
            except (ValueError, UnicodeDecodeError):
                continue
            if len(raw) == 32:
                keys.add(raw)
    secret = SERVER_SECRET.encode()
    keys |= {hashlib.sha256(secret).digest(), secret[:32], secret[-32:]}
    for info in (b"", b"vault", b"primacy vault 1", b"sitting", b"index", b"personal"):
        keys.add(HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret))
        keys.add(hmac.new(secret, info, hashlib.sha256).digest())
    for row in MemberKey.objects.all():
        cost = sealing.Cost(row.memory_kib, row.iterations, row.lanes)
        keys.add(sealing.stretch(SERVER_SECRET, sealing.decode(row.salt), cost))
    return keys


def sealed_things() -> list[Callable[[bytes], bytes]]:
    """How each sealed text would be opened with a key, in its own place."""
    ways: list[Callable[[bytes], bytes]] = []

    def add(opener: Callable[..., bytes], text: str, *about: object) -> None:
        ways.append(lambda key: opener(key, text, *about))

    for row in ProtectedIdentity.objects.select_related("key_version"):
        for name in keyring.FIELDS:
            about = keyring.field_place(row, row.key_version.number, name)
            add(sealing.unseal, getattr(row, name), *about)
    for share in KeyShare.objects.select_related("version"):
        about = keyring.share_place(share.version, share.member_key_id)
        add(sealing.unseal, share.sealed, *about)
    for pair in RecoverySeal.objects.select_related("version"):
        about = keyring.pair_place(pair.version, pair.first_id, pair.second_id)
        add(sealing.unseal, pair.sealed, "outer", *about)
    for one in Recovery.objects.select_related("version"):
        about = keyring.pair_place(one.version, one.first_id, one.second_id)
        add(sealing.unseal, one.layer, "inner", *about)
    for version in KeyVersion.objects.exclude(previous=""):
        add(sealing.unseal, version.previous, *keyring.chain_place(version))
    for key in MemberKey.objects.all():
        add(sealing.unwrap, key.wrapped, "personal", key.pk, key.public_key)
    for sitting in OpenSitting.objects.select_related("member_key"):
        mine = (sitting.member_key.account_id, sitting.member_key_id)
        about = ("sitting", *mine, keyring.session_mark("the session"))
        add(sealing.unwrap, sitting.wrapped, *about)
    kinds = 2 * len(keyring.FIELDS) + len(OWNERS)
    assert len(ways) > kinds, "everything that is sealed is tried"
    return ways
