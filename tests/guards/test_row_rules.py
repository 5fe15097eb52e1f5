"""Every table says who may see its rows: by a policy, by its parent's, or why by none."""

from primacy.platform.database.policies import (
    OPEN_LIBRARIES,
    OPEN_TABLES,
    card_of,
    managed_models,
    open_reason,
    rule_of,
    rules,
)
from primacy.platform.records import ProtectedRecord


def test_every_protected_record_has_its_policy() -> None:
    bare = [
        model._meta.label
        for model in managed_models()
        if issubclass(model, ProtectedRecord) and rule_of(model) is None
    ]
    assert not bare
    assert len(rules()) > 10


def test_every_other_table_follows_a_parent_or_says_why_it_is_open() -> None:
    silent = [
        model._meta.label
        for model in managed_models()
        if rule_of(model) is None and not open_reason(model)
    ]
    assert not silent, (
        "Give the record's card `follows` (the foreign key whose record decides) or `open_rows` "
        f"(why anybody's query may read it): {', '.join(silent)}"
    )


def test_no_table_says_both() -> None:
    both = [
        model._meta.label
        for model in managed_models()
        if rule_of(model) is not None and open_reason(model)
    ]
    assert not both


def test_only_evidence_and_what_stops_support_counts_inside_compartments() -> None:
    counted = {
        model._meta.label
        for model in managed_models()
        if (card := card_of(model)) is not None and card.counted
    }
    # What `computing()` opens: extend this list only with a change of decision 13.
    assert counted == {
        "readiness.LeadEntry", "readiness.Observation", "sources.Source",
        # What stops support stops it for everybody, also from inside a compartment.
        "support.GraveFinding", "support.StopEntry", "support.SupportCase", "support.Suspension",
    }  # fmt: skip


def test_the_lists_of_open_tables_name_tables_that_exist() -> None:
    tables = {model._meta.db_table for model in managed_models()} | {"django_migrations"}
    labels = {model._meta.app_label for model in managed_models()}
    assert set(OPEN_TABLES) <= tables
    assert set(OPEN_LIBRARIES) <= labels
