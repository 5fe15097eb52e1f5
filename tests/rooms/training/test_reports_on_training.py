"""Reports on training: every line accounted for, names grouped and judged, repeated and undone."""

import gzip
from pathlib import Path

import pytest
from django.test import Client

from primacy.platform.accounts.models import Account
from primacy.platform.audit.models import AuditEntry
from primacy.platform.imports.errors import RowsRefused
from primacy.platform.imports.models import ImportBatch
from primacy.platform.policy import Denied, Marking
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import add_unit
from primacy.rooms.forces.facade import Unit
from primacy.rooms.training.actions import judge_recipient
from primacy.rooms.training.errors import BadReading, TrainingRefused
from primacy.rooms.training.facade import (
    load_training,
    preview_training,
    refuse_training,
    training_by_unit,
    undo_training,
)
from primacy.rooms.training.models import RecipientName, RecipientReading, TrainingReport
from primacy.rooms.training.queries import name_ids, name_lines
from tests.conftest import STEWARD, Board

HEADER = (
    "fiscal_year\tiso3\tcountry\tprogram\tcourse_title\tdelivery_unit\trecipient_unit\tstart_date\t"
    "end_date\tstart_date_raw\tend_date_raw\tlocation\tquantity\ttotal_cost\tpage\tsource_xml\t"
    "scrape_run"
)


def line(
    recipient: str = "21st Armd Bde",
    country: str = "Carana",
    quantity: str = "2",
    cost: str = "$1,234",
    start: str = "2010-09-13",
    year: str = "2010-2011",
    course: str = "Staff course",
) -> str:
    return (
        f"{year}\tCRN\t{country}\tIMET\t{course}\t\t{recipient}\t{start}\t2010-09-25\t9/13/2010\t"
        f"9/25/2010\tNorfolk\t{quantity}\t{cost}\t15\treport.xml\t1"
    )


@pytest.fixture
def table(tmp_path: Path):  # type: ignore[no-untyped-def]
    def write(*lines: str, header: str = HEADER) -> Path:
        path = tmp_path / f"trainings-{len(list(tmp_path.iterdir()))}.tsv"
        path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
        return path

    return write


def unit(board: Board, code: str, name: str) -> Unit:
    source = ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Order of battle")
    return add_unit(
        actor=STEWARD, mission=board.mission, code=code, name=name, force="Army", side="local",
        source=source,
    )  # fmt: skip


def load(board: Board, path: Path, **options: object):  # type: ignore[no-untyped-def]
    seen = preview_training(actor=board["planner"], mission=board.mission, path=path)
    return load_training(actor=board["planner"], batch_or_preview=seen, **options)  # type: ignore[arg-type]


def test_every_line_is_accounted_for_and_a_name_is_read_once(board: Board, table) -> None:  # type: ignore[no-untyped-def]
    brigade = unit(board, "b21", "21 Armoured Brigade")
    unit(board, "b22", "22 Armoured Brigade")
    done = load(
        board,
        table(
            line(),
            line(),
            line("23rd Armd Bde"),
            line("1st Infantry Battalion", country="Sagoland"),
            line(""),
            line(year="2010"),
            line(quantity="some"),
            "too\tfew",
        ),
    )
    assert (done.read, done.added, done.known, done.bad) == (8, 6, 0, 2)
    assert {(p.row, p.column, p.severity) for p in done.problems} == {
        (7, "fiscal_year", "error"), (8, "quantity", "warning"), (9, "", "error"),
    }  # fmt: skip
    assert done.without_name == 1
    read = {row.name.written: (row.reading, row.unit) for row in RecipientReading.objects.all()}
    assert read["21st Armd Bde"] == ("unit", brigade)
    assert read["1st Infantry Battalion"] == ("elsewhere", None)
    assert read["23rd Armd Bde"][0] in {"refer", "no_match"}
    [told] = training_by_unit(board["planner"], board.mission)
    assert (told.code, told.trainings, told.seats, told.unstated) == ("b21", 3, 4, 1)


def test_loading_twice_doubles_nothing_and_undo_leaves_nothing(board: Board, table) -> None:  # type: ignore[no-untyped-def]
    path = table(line(), line(), line("Coast Guard"))
    done = load(board, path)
    again = load(board, path)
    assert (done.added, again.added, again.known) == (3, 0, 3)
    assert RecipientName.objects.count() == 2
    assert undo_training(actor=board["planner"], batch=done.batch, reason="wrong file") == 3
    assert not TrainingReport.objects.exists()
    assert not RecipientName.objects.exists()


def test_a_person_decides_once_for_all_trainings_under_a_name(board: Board, table) -> None:  # type: ignore[no-untyped-def]
    police = unit(board, "psu", "Police Support Unit")
    load(board, table(line("Blue Berets"), line("Blue Berets", course="Driving")))
    name = RecipientName.objects.get()
    with pytest.raises(Denied):
        judge_recipient(
            actor=board["overseer"], name=name, reading="unit", unit=police, reason="list of 2009"
        )
    with pytest.raises(BadReading, match="Say why"):
        judge_recipient(actor=board["planner"], name=name, reading="unit", unit=police, reason=" ")
    with pytest.raises(BadReading, match="exactly where"):
        judge_recipient(actor=board["planner"], name=name, reading="unit", reason="list of 2009")
    with pytest.raises(BadReading, match="not for a person"):
        judge_recipient(actor=board["planner"], name=name, reading="elsewhere", reason="list")
    judge_recipient(
        actor=board["planner"], name=name, reading="unit", unit=police, reason="list of 2009"
    )
    [told] = training_by_unit(board["planner"], board.mission)
    assert (told.code, told.trainings) == ("psu", 2)
    judge_recipient(
        actor=board["planner"], name=name, reading="not_registered", reason="list was wrong"
    )
    assert training_by_unit(board["planner"], board.mission) == []
    assert [row.reading for row in name.readings.order_by("recorded_at")][1:] == [
        "unit", "not_registered",
    ]  # fmt: skip
    assert AuditEntry.objects.filter(action="training.recipient.judge").count() == 2


def test_a_judged_name_keeps_its_judgement_through_undo_and_reload(board: Board, table) -> None:  # type: ignore[no-untyped-def]
    police = unit(board, "psu", "Police Support Unit")
    path = table(line("Blue Berets"))
    done = load(board, path)
    judge_recipient(
        actor=board["planner"], name=RecipientName.objects.get(), reading="unit", unit=police,
        reason="list of 2009",
    )  # fmt: skip
    undo_training(actor=board["planner"], batch=done.batch, reason="wrong release")
    assert name_ids(board["planner"], board.mission) == []
    load(board, path)
    [shown] = name_lines(board["planner"], board.mission, name_ids(board["planner"], board.mission))
    assert (shown.unit, shown.by_matcher) == (police, False)


def test_all_or_nothing_and_files_that_are_no_reports(board: Board, table, tmp_path) -> None:  # type: ignore[no-untyped-def]
    seen = preview_training(
        actor=board["planner"], mission=board.mission, path=table(line(), line(year="x"))
    )
    with pytest.raises(RowsRefused, match="row 3, column fiscal_year: found x"):
        load_training(actor=board["planner"], batch_or_preview=seen, keep_good=False)
    refuse_training(actor=board["planner"], batch=seen.batch, reason="all or nothing")
    assert not TrainingReport.objects.exists()
    for path, words in (
        (table(line(), header="a\tb"), "the header lacks"),
        (table(), "no line below"),
        (_packed(tmp_path, b"\x00\x01\x02" * 100), "cannot be read"),
    ):
        with pytest.raises(TrainingRefused, match=words):
            preview_training(actor=board["planner"], mission=board.mission, path=path)
    assert ImportBatch.objects.count() == 1


def _packed(folder: Path, content: bytes) -> Path:
    path = folder / "noise.tsv.gz"
    path.write_bytes(gzip.compress(content))
    return path


def test_what_is_not_open_is_not_shown(board: Board, make_board, table) -> None:  # type: ignore[no-untyped-def]
    seen = preview_training(
        actor=board["planner"], mission=board.mission, path=table(line("Secret Unit")),
        marking=Marking.INTERNAL,
    )  # fmt: skip
    load_training(actor=board["planner"], batch_or_preview=seen)
    other = make_board("elsewhere")
    assert name_ids(other["planner"], board.mission) == []
    assert name_ids(board["donor"], board.mission) == []
    assert len(name_ids(board["planner"], board.mission)) == 1


def test_pages_show_the_queue_and_take_a_decision(board: Board, table, client: Client) -> None:  # type: ignore[no-untyped-def]
    police = unit(board, "psu", "Police Support Unit")
    load(board, table(line("Police Supt Unit Alpha"), line("=cmd|x")))
    account: Account = board.accounts["planner"]
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    root = f"/m/{board.mission.code}/training/"
    assert "Names of units" in client.get(root).content.decode()
    queue = client.get(f"{root}names/?text=police").content.decode()
    assert "Police Supt Unit Alpha" in queue
    assert "cmd" not in queue
    name = RecipientName.objects.get(written__startswith="Police")
    page = client.get(f"{root}names/{name.pk}/").content.decode()
    assert "Staff course" in page
    sent = {"reading": "unit", "unit": str(police.pk), "reason": "seen in the roster"}
    assert client.post(f"{root}names/{name.pk}/", sent).status_code == 302
    shown = client.get(f"{root}names/{name.pk}/").content.decode()
    assert "seen in the roster" in shown
    table_of_names = b"".join(client.get(f"{root}names.csv"))
    assert b"'=cmd" in table_of_names
    client.force_login(
        board.accounts["overseer"], backend="django.contrib.auth.backends.ModelBackend"
    )
    assert "seen in the roster" in client.get(f"{root}names/{name.pk}/").content.decode()
    assert client.post(f"{root}names/{name.pk}/", sent).status_code == 403


def test_twenty_thousand_real_lines(board: Board, shared_data: Path) -> None:
    [path] = (shared_data / "forces" / "us_training").glob("*.tsv.gz")
    done = load(board, path)
    assert (done.read, done.added, done.known, done.bad) == (20_266, 20_266, 0, 0)
    assert done.names == RecipientName.objects.count()
    # Every training either bears a name that was read, or names nobody.
    assert TrainingReport.objects.filter(recipient__isnull=True).count() == done.without_name
    assert set(RecipientReading.objects.values_list("reading", flat=True)) == {"elsewhere"}
