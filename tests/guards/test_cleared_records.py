"""Whatever hands support to a force derives from `ClearedRecord` and is gated by the database."""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, models

from primacy.rooms.support.facade import ClearedRecord
from primacy.rooms.support.rules import MOVES

HANDING_OVER = re.compile(
    r"deliver|hand(ed|s|ing)?[- _]?(over|out)|\bissue(s|d)?\b|transfer|enrol|patrol|escort|payment"
    r"|\bpaid\b|allot|donat|grant(ed|s)? to a force|provision|distribut|shipment|joint operation"
    r"|\btrain(ing|ed)\b"
)
"""Words by which a record says that something reaches a force."""

NO_SUPPORT = {
    "census.EnrolmentRound": "the state registers its own force",
    "census.EnrolledPerson": "the state registers its own force",
    "census.IdCard": "the state's own cards for its own force",
    "census.NumberRange": "the state's own service numbers",
    "census.PayLine": "what the state pays its own force, as its pay roll says",
    "readiness.Responsibility": "a task that passes from the mission to the state: no support",
    "support.Reconciliation": "a roster held against approvals and the ledger",
    "support.StopEntry": "to whom nothing may be handed over",
    "training.TrainingReport": "what foreign states reported of training they gave themselves",
}
"""Records whose words speak of handing over although nothing reaches a force by them; why not."""


def cleared() -> list[type[models.Model]]:
    """Every table that derives from `ClearedRecord`."""
    return [one for one in apps.get_models() if issubclass(one, ClearedRecord)]


def words_of(model: type[models.Model]) -> str:
    """The name and the meaning of a record, in small letters."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__)
    card = getattr(model, "RECORD", None)
    return f"{name} {card.meaning if card else ''}".lower()


def handing_over() -> Iterator[type[models.Model]]:
    """Records of rooms that by their words hand something over."""
    for model in apps.get_models():
        if model.__module__.startswith("primacy.rooms.") and HANDING_OVER.search(words_of(model)):
            yield model


def test_the_ledger_is_a_cleared_record() -> None:
    assert "support.Delivery" in {one._meta.label for one in cleared()}


@pytest.mark.django_db
def test_every_cleared_record_has_its_gate_in_the_database() -> None:
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        query = (
            "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE t.tgenabled = 'O'"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = dict(cursor.fetchall())
    for model in cleared():
        table = model._meta.db_table
        assert "without a clearance in force" in found[f"{table}_insert_gate"], table
        # A row that could be changed could be written first and given its recipient afterwards.
        assert {f"{table}_no_update", f"{table}_no_change"} & set(found), table


def test_what_hands_over_is_a_cleared_record_or_says_why_not() -> None:
    found = {one._meta.label: issubclass(one, ClearedRecord) for one in handing_over()}
    assert "support.Delivery" in found
    astray = {label for label, is_cleared in found.items() if not is_cleared} - set(NO_SUPPORT)
    assert not astray, "derive these from ClearedRecord, or say in NO_SUPPORT why not"


def test_what_is_said_to_hand_over_nothing_still_speaks_of_it() -> None:
    labels = {one._meta.label for one in handing_over()}
    assert set(NO_SUPPORT) <= labels, "take these out of NO_SUPPORT"


def test_the_words_find_what_they_are_to_find() -> None:
    for words in (
        "fuel issue", "hand-over note", "handed over", "enrolment in a course", "joint patrol",
        "escort of a convoy", "a payment to police", "allotment of radios", "transfer of vehicles",
        "people trained",
    ):  # fmt: skip
        assert HANDING_OVER.search(words), words


def test_the_database_and_the_rules_have_one_table_of_moves() -> None:
    held = import_module("primacy.rooms.support.migrations.0002_gate").MOVES
    assert sorted(held) == sorted({f"{before}>{after}" for (before, _act), after in MOVES.items()})
