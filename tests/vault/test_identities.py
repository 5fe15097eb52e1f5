"""Identities: sealed for readers only, bound to their place, found by equal value."""

import pytest
from django.core.exceptions import FieldDoesNotExist
from hypothesis import given
from hypothesis import strategies as st

from primacy.platform.accounts.actions import admit_to_compartment
from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Denied, operator
from primacy.platform.vault.actions import (
    erase_identity,
    open_identity,
    search_identities,
)
from primacy.platform.vault.errors import (
    CannotOpen,
    NoSuchCompartment,
    NoSuchIdentity,
    NotAReader,
    NotUnlocked,
)
from primacy.platform.vault.fields import LETTERS, SIZES, normal, pad, unpad
from primacy.platform.vault.models import ProtectedIdentity
from primacy.platform.vault.queries import identities, vault_by_code
from primacy.platform.vault.sealing import new_private, public_of, seal, unseal
from tests.vault.conftest import CONTACT, NAME, NOTE, Circle


def opened(circle: Circle, row: ProtectedIdentity, by: str = "human_rights"):
    return open_identity(
        actor=circle.viewer(by), key=circle.keys[by], vault=circle.vault, identity=row
    )


def found(circle: Circle, text: str) -> list[str]:
    rows = search_identities(
        actor=circle.viewer("human_rights"),
        key=circle.keys["human_rights"],
        vault=circle.vault,
        text=text,
    )
    return sorted(row.pseudonym for row in rows)


def test_a_patrol_officer_seals_a_source_and_only_readers_read_it(circle: Circle) -> None:
    row = circle.report(by="adviser")

    for reader in ("human_rights", "human_rights.b"):
        shown = opened(circle, row, reader)
        assert (shown.name, shown.contact, shown.note) == (NAME, CONTACT, NOTE)
    circle.make_key("adviser")
    with pytest.raises(NotAReader):
        opened(circle, row, "adviser")


def test_each_opening_stands_in_the_audit_log_without_content(circle: Circle) -> None:
    row = circle.report()
    opened(circle, row)

    entry = AuditEntry.objects.get(action="vault.identity.read")
    assert entry.subject_id == str(row.pk)
    everything = "\n".join(AuditEntry.objects.values_list("body", flat=True))
    assert NAME not in everything
    assert CONTACT not in everything


def test_without_an_unlocked_key_nothing_opens(circle: Circle) -> None:
    row = circle.report()
    with pytest.raises(NotUnlocked):
        open_identity(
            actor=circle.viewer("human_rights"), key=None, vault=circle.vault, identity=row
        )
    with pytest.raises(NotUnlocked):  # somebody else's key does not stand in
        open_identity(
            actor=circle.viewer("human_rights"),
            key=circle.keys["human_rights.b"],
            vault=circle.vault,
            identity=row,
        )


def test_operator_and_administrator_open_nothing_even_when_admitted(circle: Circle) -> None:
    row = circle.report()
    for viewer in (operator("root"), circle.viewer("administrator")):
        with pytest.raises(Denied):
            open_identity(
                actor=viewer, key=circle.keys["human_rights"], vault=circle.vault, identity=row
            )
        with pytest.raises(NoSuchCompartment):
            vault_by_code(viewer, "sources")
    admit_to_compartment(
        actor=operator("root"),
        compartment=circle.vault.compartment,
        account=circle.accounts["planner"],
    )
    circle.make_key("planner")
    with pytest.raises(NotAReader):
        opened(circle, row, "planner")


def test_outside_the_compartment_its_identities_do_not_exist(circle: Circle) -> None:
    circle.report()
    assert not identities(circle.viewer("adviser"), circle.vault).exists()
    assert identities(circle.viewer("human_rights"), circle.vault).count() == 1
    circle.vault.takes_reports = False
    circle.vault.save()
    with pytest.raises(NoSuchCompartment):
        vault_by_code(circle.viewer("adviser"), "sources")
    with pytest.raises(NoSuchCompartment):
        circle.report(by="adviser")


@pytest.mark.parametrize("field", ["name", "contact", "note"])
def test_a_ciphertext_moved_to_another_row_does_not_open(circle: Circle, field: str) -> None:
    one, two = circle.report(), circle.report(name="Somebody else")
    ProtectedIdentity.objects.filter(pk=two.pk).update(**{field: getattr(one, field)})
    with pytest.raises(CannotOpen):
        opened(circle, two)


def test_a_ciphertext_moved_to_another_field_does_not_open(circle: Circle) -> None:
    row = circle.report()
    ProtectedIdentity.objects.filter(pk=row.pk).update(name=row.contact, contact=row.name)
    with pytest.raises(CannotOpen):
        opened(circle, row)


def test_search_finds_equal_values_however_written_and_nothing_else(circle: Circle) -> None:
    row = circle.report(name="José  Álvarez", contact="box 7", by="adviser")
    circle.report(name="Jose Alvarez", contact="")
    circle.report(name="José Álvarez II", contact="")

    for text in ("jose\u0301 a\u0301lvarez", "  JOSÉ ÁLVAREZ ", "Box  7"):
        assert found(circle, text) == [row.pseudonym]
    for text in ("José", "Álvarez", "", "  ", "box"):
        assert found(circle, text) == []


def test_every_field_has_one_length_whatever_it_holds(circle: Circle) -> None:
    short, long = circle.report(name="A", contact="", note=""), circle.report(note="x" * 2000)
    for field in ("name", "contact", "note"):
        assert len(getattr(short, field)) == len(getattr(long, field))


def test_two_empty_contacts_do_not_show_as_equal(circle: Circle) -> None:
    one, two = circle.report(contact="", name="A"), circle.report(contact="", name="B")
    found(circle, "anything")
    one.refresh_from_db()
    two.refresh_from_db()
    assert one.contact_hash
    assert one.contact_hash != two.contact_hash


def test_erasing_wipes_what_was_sealed_and_keeps_the_pseudonym(circle: Circle) -> None:
    row = circle.report()
    erase_identity(
        actor=circle.viewer("human_rights"),
        key=circle.keys["human_rights"],
        vault=circle.vault,
        identity=row,
        reason="asked to be forgotten",
    )
    row.refresh_from_db()
    assert (row.name, row.contact, row.note, row.name_hash) == ("", "", "", "")
    assert row.pseudonym
    with pytest.raises(NoSuchIdentity):
        opened(circle, row)


def test_no_sealed_field_can_be_sorted_or_read_in_the_clear(circle: Circle) -> None:
    for clear in ("name_text", "plain_name"):
        with pytest.raises(FieldDoesNotExist):
            ProtectedIdentity._meta.get_field(clear)
    assert NAME not in circle.report().name


@given(st.text(max_size=LETTERS["name"]), st.binary(max_size=40))
def test_what_is_sealed_opens_in_its_place_only(text: str, other: bytes) -> None:
    try:
        padded = pad("name", text)
    except Exception:  # lone surrogates cannot be written down at all
        assert any("\ud800" <= sign <= "\udfff" for sign in text)
        return
    private = new_private()
    sealed = seal(public_of(private), padded, "row", 1)
    assert len(padded) == SIZES["name"]
    assert unpad("name", unseal(private, sealed, "row", 1)) == text
    for key, about in ((private, ("row", 2)), (private, ("row1",)), (new_private(), ("row", 1))):
        with pytest.raises(CannotOpen):
            unseal(key, sealed, *about)


@given(st.text(max_size=60))
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    assert normal(f"  {text}\t") == normal(text)
    assert normal(normal(text)) == normal(text)
