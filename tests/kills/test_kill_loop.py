"""SIGKILL at random moments of import, sign-off, backup, migration, restore: nothing half-done."""

import datetime as dt
import random
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from primacy.platform.archive.actions.backup import read_backup, write_backup
from primacy.platform.archive.actions.loading import migrate_on
from primacy.platform.archive.actions.restoring import restore
from primacy.platform.archive.errors import NotEmpty
from primacy.platform.archive.places import Place, folder_site
from primacy.platform.archive.sealing import Locks, Openers
from primacy.platform.archive.stores import reading, second_connection, standing_in
from primacy.platform.audit.models import AuditEntry
from primacy.platform.audit.queries import verify
from primacy.platform.imports.models import ImportBatch
from primacy.platform.policy import operator
from primacy.rooms.incidents.facade import Incident, load_incidents, preview_ucdp
from primacy.rooms.readiness.actions import propose_decision, sign_decision
from primacy.rooms.readiness.facade import Decision, LeadEntry
from tests.archive.places import Cluster, inside, postgres_cluster
from tests.kills.killing import Tally, killed, undisturbed
from tests.unit.exchange.ucdp_samples import csv_text, event

OPERATOR = operator("test")
WANTED_HITS = 50
ROWS = 60
FILE_KEY = Locks("a long enough passphrase")
WORDS = Openers("a long enough passphrase")
KILLS = {"import": 17, "sign-off": 17, "backup": 12, "migration": 3, "restore": 3}
MOST_LATE = 12
"""Kills of one act that may come after its end before the test gives up."""

EARLIER_APPS = ("accounts", "audit", "sources", "orders")


@dataclass
class Scene:
    """A site in which acts are killed, and how to make more places like it."""

    place: Place
    folder: Path
    board: object
    new_place: Callable[[str], Place]
    settle: Callable[[], None]
    decisions: list[uuid.UUID] = field(default_factory=list)
    number: int = 1000


def fill(scene: Scene, today: dt.date) -> None:
    """Evidence, and one proposal for each responsibility that waits for its last signature."""
    board = scene.board
    board.evidence()
    for function in board.functions.values():
        board.lead("joint", today - dt.timedelta(days=400), responsibility=function)
        assessment = board.frozen("local_supported", responsibility=function)
        decision = propose_decision(
            actor=board["adviser"], assessment=assessment, effective_on=today
        )
        board.sign(decision, "adviser", "commander")
        scene.decisions.append(decision.pk)


def import_act(scene: Scene) -> tuple[Callable[[], None], Callable[[], None]]:
    scene.number += ROWS
    first = scene.number
    path = scene.folder / f"GEDEvent_{first}_v23_1.csv"
    path.write_text(csv_text([event(n) for n in range(first, first + ROWS)]), encoding="utf-8")

    def act() -> None:
        with inside(scene.place):
            preview = preview_ucdp(
                actor=OPERATOR, mission=scene.board.mission, path=path, vintage="23.1"
            )
            load_incidents(actor=OPERATOR, batch_or_preview=preview)

    def check() -> None:
        ours = [str(n) for n in range(first, first + ROWS)]
        there = Incident.objects.filter(origin_id__in=ours).count()
        loaded = ImportBatch.objects.filter(origin__contains=path.name, status="loaded").count()
        assert (there, loaded) in ((0, 0), (ROWS, 1)), "an import is whole or not there"

    return act, check


def sign_act(scene: Scene) -> tuple[Callable[[], None], Callable[[], None]]:
    open_ones = Decision.objects.filter(pk__in=scene.decisions).exclude(state="in_force")
    decision = open_ones.order_by("pk").first()
    assert decision is not None, "every proposal is signed: make more"

    def act() -> None:
        with inside(scene.place):
            sign_decision(actor=scene.board["official"], decision=decision, agrees=True)

    def check() -> None:
        now = Decision.objects.get(pk=decision.pk)
        signed = now.signatures.count()
        moved = LeadEntry.objects.filter(decision_id=now.pk).count()
        noted = AuditEntry.objects.filter(
            action="readiness.decision.sign", subject_id=str(decision.pk)
        ).count()
        assert (signed, moved, noted, now.state) in (
            (2, 0, 2, "proposed"),
            (3, 1, 3, "in_force"),
        ), "the last signature and the lead come together"

    return act, check


def backup_act(scene: Scene) -> tuple[Callable[[], None], Callable[[], None]]:
    path = scene.folder / "out" / f"{uuid.uuid4().hex}.primacy"
    path.parent.mkdir(exist_ok=True)

    def act() -> None:
        write_backup(scene.place, path, FILE_KEY, with_secret_key=False, verify=False)

    def check() -> None:
        if path.exists():
            read_backup(path, WORDS)

    return act, check


def migration_act(scene: Scene) -> tuple[Callable[[], None], Callable[[], None]]:
    place = scene.new_place("earlier")

    def act() -> None:
        with second_connection(place.database) as alias:
            migrate_on(alias)

    def check() -> None:
        scene.settle()
        undisturbed(act)  # running it again completes it
        with second_connection(place.database) as alias:
            executor = MigrationExecutor(connections[alias])
            assert not executor.migration_plan(executor.loader.graph.leaf_nodes())
        with reading(place.database) as store:
            assert {"audit_auditentry", "readiness_leadentry"} <= store.guarded_tables()

    return act, check


def restore_act(scene: Scene, archive: Path) -> tuple[Callable[[], None], Callable[[], None]]:
    place = scene.new_place("")

    def act() -> None:
        restore(actor=OPERATOR, path=archive, openers=WORDS, place=place)

    def check() -> None:
        scene.settle()
        try:
            restore(actor=OPERATOR, path=archive, openers=WORDS, place=place)
        except NotEmpty:
            pass  # the kill came after the site was put in its place: it must be whole
        with inside(place):
            assert verify(OPERATOR).intact
            assert Decision.objects.filter(pk__in=scene.decisions).count() == len(scene.decisions)
        left = [path.name for path in place.folder.iterdir() if path.name.startswith(".")]
        assert not left, left

    return act, check


def loop(scene: Scene) -> Tally:
    """Kills each act until enough kills hit inside it; every time nothing is half-done."""
    archive = scene.folder / "start.primacy"
    write_backup(scene.place, archive, FILE_KEY, with_secret_key=False, verify=False)
    acts = {
        "import": lambda: import_act(scene),
        "sign-off": lambda: sign_act(scene),
        "backup": lambda: backup_act(scene),
        "migration": lambda: migration_act(scene),
        "restore": lambda: restore_act(scene, archive),
    }
    tally, chance = Tally(), random.Random()
    for name, make in acts.items():
        with inside(scene.place):
            act, _ = make()
        usual = undisturbed(act)
        while tally.inside.get(name, 0) < KILLS[name]:
            with inside(scene.place):
                act, check = make()
            tally.note(name, killed(act, usual, chance))
            assert tally.late.get(name, 0) <= MOST_LATE + KILLS[name], f"{name} is never hit"
            scene.settle()
            with inside(scene.place):
                check()
                chain = verify(OPERATOR)
                assert chain.intact, chain.reason
                if connection.vendor == "sqlite":
                    with connection.cursor() as cursor:
                        cursor.execute("PRAGMA quick_check")
                        assert cursor.fetchone()[0] == "ok"
    return tally


def told(tally: Tally, started: float, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(
            f"\n{tally.hits} kills inside: {tally.inside}; after the end: {tally.late}; "
            f"{time.monotonic() - started:.0f} s"
        )
    assert tally.hits >= WANTED_HITS


def test_fifty_kills_leave_nothing_half_done_on_sqlite(
    make_board: Callable[..., object],
    today: dt.date,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def prepared(name: str) -> Place:
        place = folder_site(tmp_path / name)
        place.folder.mkdir()
        return place

    empty = prepared("earlier-template")
    migrate_some(empty)

    def new_place(kind: str) -> Place:
        place = prepared(uuid.uuid4().hex)
        if kind:
            place.file.write_bytes(empty.file.read_bytes())
        return place

    place = prepared("site")
    with second_connection(place.database) as alias:
        migrate_on(alias)
    scene = Scene(place, tmp_path, None, new_place, lambda: None)
    with inside(place):
        scene.board = make_board("kills")
        fill(scene, today)
    started = time.monotonic()
    told(loop(scene), started, capsys)


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """A PostgreSQL server; skips where none is installed."""
    with postgres_cluster() as found:
        if found is None:
            pytest.skip("no PostgreSQL on this machine")
        yield found


def test_fifty_kills_leave_nothing_half_done_on_postgresql(
    make_board: Callable[..., object],
    today: dt.date,
    tmp_path: Path,
    server: Cluster,
    capsys: pytest.CaptureFixture[str],
) -> None:
    empty = server.place(tmp_path / "earlier-template")
    migrate_some(empty)

    def new_place(kind: str) -> Place:
        template = str(empty.database["NAME"]) if kind else "template0"
        return server.place(tmp_path / uuid.uuid4().hex, template)

    place = server.place(tmp_path / "site")
    with second_connection(place.database) as alias:
        migrate_on(alias)
    scene = Scene(place, tmp_path, None, new_place, server.settle)
    with inside(place):
        scene.board = make_board("kills")
        fill(scene, today)
    started = time.monotonic()
    told(loop(scene), started, capsys)


def migrate_some(place: Place) -> None:
    """Brings a database to where only the first applications are migrated."""
    with second_connection(place.database) as alias, standing_in(alias):
        executor = MigrationExecutor(connections[alias])
        leaves = [n for n in executor.loader.graph.leaf_nodes() if n[0] in EARLIER_APPS]
        executor.migrate(leaves)
