"""What killed acts leave is swept; a site that is evacuated begins nothing new."""

import os
import signal
import time
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from primacy.platform.archive.actions import wiping
from primacy.platform.archive.actions.backup import write_backup
from primacy.platform.archive.actions.restoring import restore
from primacy.platform.archive.actions.wiping import KEY_TABLES, drill
from primacy.platform.archive.errors import NotEmpty
from primacy.platform.archive.leftovers import (
    COPY_NOTE,
    closed,
    drills_left,
    is_closed,
    sweep_drills,
)
from primacy.platform.archive.packing import APPLIED
from primacy.platform.archive.places import Place
from primacy.platform.archive.sealing import Locks, Openers
from primacy.platform.archive.stores import reading
from primacy.platform.archive.tables import LEFT_OUT, catalogue
from primacy.platform.jobs.worker import run_next
from primacy.platform.policy import operator
from tests.archive.places import PASSPHRASE, Cluster, inside

OPERATOR = operator("test")


def test_the_file_of_a_killed_backup_is_removed_by_the_next(site: Place, tmp_path: Path) -> None:
    dead = tmp_path / ".b.primacy.0badf00d.unfinished"
    dead.write_bytes(b"half")
    other = tmp_path / ".other.0badf00d.unfinished"
    other.write_bytes(b"not of this name")
    made = write_backup(
        site, tmp_path / "b.primacy", Locks(PASSPHRASE), with_secret_key=False, verify=False
    )
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert not dead.exists()
    assert other.exists()


def test_a_killed_drill_leaves_its_copy_inside_the_site_until_it_is_swept(
    site: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = os.fork()
    if not child:
        monkeypatch.setattr(wiping, "erase", lambda place: time.sleep(60))
        with inside(site):
            drill(actor=OPERATOR, place=site)
        os._exit(0)
    copy: list[Path] = []
    for _ in range(600):
        copy = [
            path
            for path in site.folder.glob(".primacy-drill-*")
            if (path / "site" / "secret.key").exists()
        ]
        if copy:
            break
        time.sleep(0.1)
    try:
        assert copy
        assert copy[0].stat().st_mode & 0o777 == 0o700
        assert sweep_drills(site.folder) == [], "a drill that runs is left alone"
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert (copy[0] / "site" / "secret.key").exists()
    assert sweep_drills(site.folder) == [copy[0].name]
    assert not list(site.folder.glob(".primacy-drill-*"))


def killed_drill(site: Place, target: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drill with its copy on PostgreSQL that is killed when the copy is whole."""
    child = os.fork()
    if not child:
        # The child must not share the connections of this process.
        monkeypatch.setattr(wiping, "erase", lambda place: os._exit(0))
        try:
            with inside(site):
                drill(actor=OPERATOR, copy=target, place=site)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_the_copy_of_a_killed_drill_on_postgresql_is_told_and_cleared_by_the_next(
    site: Place, server: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = server.team_place(tmp_path / "copy")
    killed_drill(site, target, monkeypatch)
    assert sweep_drills(site.folder) == []
    (left,) = drills_left(site.folder)
    assert left.database == target.words
    assert [path.name for path in left.path.rglob("*") if path.is_file()] == [COPY_NOTE]
    with reading(target.database) as store:
        assert store.query("SELECT count(*) FROM audit_auditentry")[0][0]
    with inside(site):
        drill(actor=OPERATOR, copy=target, place=site)
    assert drills_left(site.folder) == []
    with reading(target.database) as store:
        assert store.table_names() == []


def test_a_site_that_stands_where_a_dead_drill_had_its_copy_is_never_cleared(
    site: Place, archive: Path, server: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = server.team_place(tmp_path / "copy")
    dead = site.folder / ".primacy-drill-0badf00d"
    dead.mkdir()
    (dead / COPY_NOTE).write_text(target.words)
    restore(actor=OPERATOR, path=archive, openers=Openers(PASSPHRASE), place=target)
    with inside(site), pytest.raises(NotEmpty):
        drill(actor=OPERATOR, copy=target, place=site)
    with reading(target.database) as store:
        assert store.query("SELECT count(*) FROM audit_auditentry")[0][0]


def test_a_closed_site_answers_503_and_runs_no_job(
    site: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "PRIMACY_HOME", tmp_path)
    with closed(tmp_path):
        assert Client().get("/").status_code == 503
        assert Client().post("/", {}).status_code == 503
        assert run_next() is False
    assert not is_closed(tmp_path)
    with inside(site):
        assert Client().get("/").status_code in (200, 302)
    (tmp_path / "closed").touch()
    assert not is_closed(tmp_path), "the mark of a killed evacuation closes nothing"


def test_every_record_of_the_vault_is_archived_or_left_out_for_a_reason(site: Place) -> None:
    with reading(site.database) as store:
        known = catalogue((str(app), str(name)) for app, name in store.query(APPLIED))
    models = list(apps.get_app_config("vault").get_models())
    carried = {table.label for table in known.tables}
    left = {table.label for table in known.left_out}
    assert len(models) >= 9
    for model in models:
        label = model._meta.label
        assert (label in carried) != (label in left), label
        assert model._meta.db_table.startswith(KEY_TABLES)
    assert {label for label in LEFT_OUT if label.startswith("vault.")} == {"vault.OpenSitting"}
    assert {label for label in left if label.startswith("vault.")} == {"vault.OpenSitting"}
