"""Every record says what it holds, how sensitive each field is, and how long it is kept."""

import io

import pytest
from django.core.management import call_command
from django.db.models import Model

from primacy.platform.records import SENSITIVITIES, ProtectedRecord, RecordInfo
from primacy.platform.records_page import PAGE, page, record_fields, record_models

MODELS = [pytest.param(model, id=model._meta.label) for model in record_models()]


def test_the_records_of_every_room_are_seen() -> None:
    rooms = {model.RECORD.room for model in record_models()}
    assert {"readiness", "places", "forces", "platform.audit", "platform.accounts"} <= rooms


@pytest.mark.parametrize("model", MODELS)
def test_a_record_names_room_meaning_retention_and_a_known_sensitivity(
    model: type[Model],
) -> None:
    info: RecordInfo = model.RECORD
    assert info.room.split(".")[-1] in model.__module__.split(".")
    assert "RECORD" in vars(model), "the card of a record is its own, not its parent's"
    assert info.meaning.strip()
    assert info.retention.strip()
    names = {field.name for field in record_fields(model)}
    assert set(info.fields) <= names, "a class is given for a field that does not exist"
    for name in names:
        assert info.sensitivity_of(name) in SENSITIVITIES, name


@pytest.mark.parametrize("model", MODELS)
def test_credentials_are_classed_secret(model: type[Model]) -> None:
    for field in record_fields(model):
        if any(word in field.name for word in ("password", "token", "secret")) and (
            field.get_internal_type() != "BooleanField"
        ):
            assert model.RECORD.sensitivity_of(field.name) == "secret", field.name


@pytest.mark.parametrize("model", MODELS)
def test_a_marked_record_can_be_asked_by_mission(model: type[Model]) -> None:
    if issubclass(model, ProtectedRecord):
        assert hasattr(model, "mission_id"), "`visible` filters by mission"


def test_the_page_of_records_is_up_to_date() -> None:
    assert PAGE.exists(), "run python -m primacy.platform.records_page"
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m primacy.platform.records_page"


@pytest.mark.django_db
def test_the_migrations_are_up_to_date() -> None:
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(f"models and migrations differ:\n{said.getvalue()}")
