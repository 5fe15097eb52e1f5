"""The audit log: any later change of any entry is found, and where."""

import random

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from primacy.platform.accounts.actions import ensure_organisation
from primacy.platform.audit.actions import record
from primacy.platform.audit.chain import HASHED, START, entry_hash, verify_chain
from primacy.platform.audit.models import AuditEntry
from primacy.platform.audit.queries import entries, verify
from primacy.platform.policy import Denied, Viewer, guest

ENTRIES = 12
FIELDS = tuple(field.attname for field in AuditEntry._meta.concrete_fields)


@pytest.fixture
def log(db: None, steward: Viewer) -> Viewer:
    """A dozen acts, on a database whose triggers an intruder has taken away."""
    organisation = ensure_organisation(actor=steward, name="UN Police")
    for number in range(ENTRIES - 1):
        record(steward, "test.act", organisation, {"number": number, "word": "é"})
    with connection.cursor() as cursor:
        names = ("update", "delete") if connection.vendor == "sqlite" else ("change", "truncate")
        on_table = "" if connection.vendor == "sqlite" else " ON audit_auditentry"
        for name in names:
            cursor.execute(f"DROP TRIGGER audit_auditentry_no_{name}{on_table}")
    return steward


def test_an_untouched_log_is_intact_and_ends_in_its_head(log: Viewer) -> None:
    check = verify(log)
    assert (check.intact, check.entries) == (True, ENTRIES)
    assert check.head == entries(log).first().hash


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    at=st.integers(1, ENTRIES),
    field=st.sampled_from(FIELDS),
    seed=st.randoms(use_true_random=False),
)
def test_a_change_to_any_field_of_any_entry_is_found_where_it_was_made(
    log: Viewer, at: int, field: str, seed: random.Random
) -> None:
    row = AuditEntry.objects.get(sequence=at)
    value = getattr(row, field)
    text = str(value)
    place = seed.randrange(len(text) + 1)
    # A full field (a hash) takes another character in place of one, any other field one more.
    limit = AuditEntry._meta.get_field(field).max_length
    full = limit is not None and len(text) >= limit
    place = min(place, len(text) - 1) if full else place
    letter = seed.choice([c for c in "x0 " if c != text[place : place + 1]])
    other = (
        value + seed.choice([-100, 100, 1000])
        if field == "sequence"
        else text[:place] + letter + text[place + full :]
    )
    with transaction.atomic():
        AuditEntry.objects.filter(sequence=at).update(**{field: other})
        check = verify(log)
        transaction.set_rollback(True)
    assert not check.intact
    # A number moved in front of all others shows as the first one missing.
    assert check.broken_at == (1 if field == "sequence" and other < 1 else at)
    assert verify(log).intact


@pytest.mark.parametrize("at", [1, 2, 7, ENTRIES - 1])
def test_a_deleted_entry_is_missed(log: Viewer, at: int) -> None:
    AuditEntry.objects.filter(sequence=at).delete()
    check = verify(log)
    assert (check.broken_at, check.entries) == (at, at - 1)
    assert f"entry {at} is missing" in check.reason


def test_an_entry_rewritten_with_a_fitting_hash_breaks_the_next(log: Viewer) -> None:
    row = AuditEntry.objects.filter(sequence=5).values(*HASHED).get()
    row["body"] = "{}"
    AuditEntry.objects.filter(sequence=5).update(body="{}", hash=entry_hash(row))
    assert verify(log).broken_at == 6


def test_two_entries_that_swap_their_places_are_found(log: Viewer) -> None:
    AuditEntry.objects.filter(sequence=3).update(sequence=99)
    AuditEntry.objects.filter(sequence=4).update(sequence=3)
    AuditEntry.objects.filter(sequence=99).update(sequence=4)
    assert verify(log).broken_at == 3


def test_moving_a_character_between_fields_changes_the_hash() -> None:
    one = {name: "" for name in HASHED} | {"action": "ab", "subject_type": "c"}
    other = one | {"action": "a", "subject_type": "bc"}
    assert entry_hash(one) != entry_hash(other)


def test_an_empty_log_is_intact() -> None:
    check = verify_chain([])
    assert (check.intact, check.entries, check.head) == (True, 0, START)


def test_an_act_that_fails_leaves_no_entry(log: Viewer) -> None:

    def act() -> None:
        with transaction.atomic():
            record(log, "test.act", None, {})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert verify(log).entries == ENTRIES


def test_the_log_is_read_by_oversight_and_administrators_only(log: Viewer) -> None:
    with pytest.raises(Denied):
        verify(guest())
    with pytest.raises(Denied):
        entries(guest())
