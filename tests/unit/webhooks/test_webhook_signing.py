"""A signed message is taken once, from those who hold a key, as it was sent."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.platform.webhooks import (
    HEADER,
    NotSigned,
    OutOfTime,
    Recent,
    Repeated,
    SignatureRefused,
    WeakKey,
    WrongSignature,
    new_key,
    signature,
    signing,
    verify,
)

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
KEY, OLD = b"k" * 32, b"o" * 32
BODY = '{"alert": "A-1", "state": "tasked", "à": 1}'.encode()


def test_the_signature_is_hmac_sha256_over_time_stop_and_body() -> None:
    seconds = 1772600767
    mac = hmac.new(KEY, f"{seconds}.".encode() + BODY, hashlib.sha256).hexdigest()
    assert signature(BODY, [KEY], NOW) == f"t={seconds},v1={mac}"
    assert HEADER == "Primacy-Signature"


def test_it_is_the_value_that_openssl_computes() -> None:
    # printf '1772600767.{"alert": "A-1"}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:6b…6b
    assert signature(b'{"alert": "A-1"}', [KEY], NOW) == (
        "t=1772600767,v1=b8b1237a225b222bee2397f490a168fa35af29365ea7c413f4a5de6bc85c727f"
    )


@given(st.binary(max_size=300), st.binary(min_size=32, max_size=80))
def test_what_is_signed_is_verified(body: bytes, key: bytes) -> None:
    assert verify(body, signature(body, [key], NOW), [key], NOW) == int(NOW.timestamp())


@given(st.integers(0, len(BODY) - 1), st.integers(1, 255))
def test_a_body_changed_in_one_byte_is_refused(at: int, change: int) -> None:
    header = signature(BODY, [KEY], NOW)
    changed = BODY[:at] + bytes([BODY[at] ^ change]) + BODY[at + 1 :]
    with pytest.raises(WrongSignature):
        verify(changed, header, [KEY], NOW)


@given(st.integers(0, 63))
def test_a_signature_changed_in_one_digit_is_refused(at: int) -> None:
    start, mac = signature(BODY, [KEY], NOW).split("v1=")
    other = "0" if mac[at] != "0" else "1"
    with pytest.raises(WrongSignature):
        verify(BODY, f"{start}v1={mac[:at]}{other}{mac[at + 1 :]}", [KEY], NOW)


def test_a_changed_time_is_refused() -> None:
    header = signature(BODY, [KEY], NOW).replace("t=1772600767", "t=1772600768")
    with pytest.raises(WrongSignature):
        verify(BODY, header, [KEY], NOW)


def test_bytes_cannot_move_between_time_and_body() -> None:
    header = signature(b"5.x", [KEY], NOW)
    moved = header.replace("t=1772600767", "t=17726007675")
    with pytest.raises(SignatureRefused):
        verify(b"x", moved, [KEY], NOW)


def test_another_key_is_refused() -> None:
    with pytest.raises(WrongSignature):
        verify(BODY, signature(BODY, [OLD], NOW), [KEY], NOW)


@pytest.mark.parametrize("seconds", [-300, -1, 0, 1, 300])
def test_within_the_tolerance_the_clocks_may_differ(seconds: int) -> None:
    verify(BODY, signature(BODY, [KEY], NOW), [KEY], NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [-301, 301, 86_400])
def test_an_old_or_future_message_is_refused(seconds: int) -> None:
    with pytest.raises(OutOfTime):
        verify(BODY, signature(BODY, [KEY], NOW), [KEY], NOW + timedelta(seconds=seconds))


def test_the_same_message_is_taken_once() -> None:
    recent, header = Recent(), signature(BODY, [KEY], NOW)
    verify(BODY, header, [KEY], NOW, recent=recent)
    for later in (0, 1, 300):
        with pytest.raises(Repeated):
            verify(BODY, header, [KEY], NOW + timedelta(seconds=later), recent=recent)
    verify(BODY, signature(BODY, [KEY], NOW + timedelta(seconds=1)), [KEY], NOW, recent=recent)


def test_taking_one_of_two_signatures_off_does_not_make_it_new() -> None:
    recent, header = Recent(), signature(BODY, [KEY, OLD], NOW)
    time, new, old = header.split(",")
    verify(BODY, f"{time},{new}", [KEY, OLD], NOW, recent=recent)
    for again in (header, f"{time},{old}", f"{time},{old},{new}", f"t=0{time[2:]},{old}"):
        with pytest.raises(Repeated):
            verify(BODY, again, [KEY, OLD], NOW, recent=recent)


def test_a_refused_message_is_not_remembered() -> None:
    recent, header = Recent(), signature(BODY, [KEY], NOW)
    with pytest.raises(WrongSignature):
        verify(BODY, header, [OLD], NOW, recent=recent)
    verify(BODY, header, [KEY], NOW, recent=recent)


def test_what_can_no_longer_be_taken_is_forgotten() -> None:
    recent = Recent()
    for number in range(100):
        at = NOW + timedelta(minutes=number)
        verify(BODY, signature(BODY, [KEY], at), [KEY], at, recent=recent)
    assert len(recent._seen) <= 11


def test_a_memory_shorter_than_the_tolerance_is_an_error() -> None:
    header = signature(BODY, [KEY], NOW)
    with pytest.raises(ValueError, match="remembered"):
        verify(BODY, header, [KEY], NOW, timedelta(hours=1), Recent())


def test_keys_are_exchanged_without_a_gap() -> None:
    before = signature(BODY, [OLD], NOW)
    during = signature(BODY, [KEY, OLD], NOW)
    after = signature(BODY, [KEY], NOW)
    for header, keys in [
        (before, [OLD]),
        (during, [OLD]),
        (during, [KEY]),
        (before, [KEY, OLD]),
        (after, [OLD, KEY]),
    ]:
        verify(BODY, header, keys, NOW)
    with pytest.raises(WrongSignature):
        verify(BODY, before, [KEY], NOW)


MAC = "0" * 64


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "nonsense",
        "t=1772600767",
        f"v1={MAC}",
        f"t=,v1={MAC}",
        f"t=-5,v1={MAC}",
        f"t=1e9,v1={MAC}",
        f"t=٣,v1={MAC}",
        f"t={'9' * 13},v1={MAC}",
        f"t=1,t=2,v1={MAC}",
        "t=1772600767,v1=",
        f"t=1772600767,v1={MAC[:-1]}",
        f"t=1772600767,v1={MAC}é",
        f"t=1772600767,v0={MAC}",
        "t=1772600767" + f",v1={MAC}" * 9,
        "t=1," + "x" * 2000,
    ],
)
def test_a_header_that_cannot_be_read_is_refused(header: str | None) -> None:
    with pytest.raises(NotSigned):
        verify(BODY, header, [KEY], NOW)


def test_signatures_of_other_kinds_are_passed_over() -> None:
    header = signature(BODY, [KEY], NOW)
    assert verify(BODY, header.replace(",", ", v0=abc, ") + ",v2=x", [KEY], NOW)


@given(st.text(max_size=120))
def test_no_header_does_more_than_be_refused(header: str) -> None:
    with pytest.raises(SignatureRefused):
        verify(BODY, header, [KEY], NOW)


def test_every_comparison_is_made_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[str, str]] = []
    real = hmac.compare_digest

    def counted(a: str, b: str) -> bool:
        compared.append((a, b))
        return real(a, b)

    monkeypatch.setattr(signing.hmac, "compare_digest", counted)
    verify(BODY, signature(BODY, [KEY, OLD], NOW), [KEY, OLD], NOW)
    assert len(compared) == 4


@pytest.mark.parametrize("keys", [[], [b"short"], [KEY, b"x" * 31], [KEY] * 9])
def test_weak_keys_are_refused_on_both_sides(keys: list[bytes]) -> None:
    with pytest.raises(WeakKey):
        signature(BODY, keys, NOW)
    with pytest.raises(WeakKey):
        verify(BODY, signature(BODY, [KEY], NOW), keys, NOW)


def test_new_keys_are_long_and_differ() -> None:
    keys = {new_key() for _ in range(50)}
    assert len(keys) == 50
    assert {len(key) for key in keys} == {32}


def test_a_time_without_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="zone"):
        signature(BODY, [KEY], datetime(2026, 3, 4))
