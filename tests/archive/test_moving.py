"""A site moves to the other database whole, and the place it left is not served by mistake."""

from pathlib import Path

import pytest

from primacy.platform.archive.actions import moving
from primacy.platform.archive.actions.loading import Proof
from primacy.platform.archive.actions.moving import move, stay
from primacy.platform.archive.errors import MoveFailed, NotEmpty, SiteMoved
from primacy.platform.archive.moved import require_here
from primacy.platform.archive.places import Place, folder_site
from primacy.platform.archive.stores import reading
from primacy.platform.audit.actions import record
from primacy.platform.audit.queries import entries, verify
from primacy.platform.policy import operator
from primacy.rooms.places.facade import missions
from tests.archive.places import Cluster, inside

OPERATOR = operator("test")


def test_a_site_moves_to_postgresql_and_back(site: Place, server: Cluster, tmp_path: Path) -> None:
    team = Place(site.folder, server.place(tmp_path / "unused").database)
    with inside(site):
        out = move(actor=OPERATOR, target=team, source=site)
        with pytest.raises(SiteMoved, match="grow apart"):
            require_here()
        with pytest.raises(MoveFailed, match="moved before"):
            move(actor=OPERATOR, target=folder_site(tmp_path / "third"), source=site)
    with inside(team):
        require_here()
        assert verify(OPERATOR).intact
        assert missions(OPERATOR).count() == 1
        last = entries(OPERATOR).first()
        assert last is not None
        assert last.action == "site.arrive"
        assert last.previous_hash == out.manifest.chain["head"]
        back = move(actor=OPERATOR, target=folder_site(tmp_path / "back"), source=team)
    unchanged = {
        label
        for label, stated in out.manifest.tables.items()
        if back.manifest.tables[label] == stated
    }
    assert set(out.manifest.tables) - unchanged == {"audit.AuditEntry"}
    with inside(folder_site(tmp_path / "back")):
        require_here()
        assert verify(OPERATOR).intact
    assert (tmp_path / "back" / "files" / "imports" / "rows.csv").exists()


def test_a_target_that_holds_anything_is_refused(site: Place, template: Place) -> None:
    with inside(site), pytest.raises(NotEmpty):
        move(actor=OPERATOR, target=template, source=site)
    with inside(site):
        require_here()


def test_nobody_completes_an_act_while_the_site_moves(site: Place) -> None:
    from django.db import OperationalError, connection

    with reading(site.database, hold_writers=True), inside(site):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout=200")
        with pytest.raises(OperationalError, match="locked"):
            record(OPERATOR, "test.act", None, {})


def test_an_act_between_copy_and_notice_takes_the_move_back(
    site: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = moving.settle

    def settle_then_interrupted(*given: object, **more: object) -> Proof:
        proof = usual(*given, **more)  # type: ignore[arg-type]
        monkeypatch.setattr(moving, "record", interrupted)
        return proof

    def interrupted(*given: object, **more: object) -> object:
        monkeypatch.setattr(moving, "record", record)
        record(OPERATOR, "test.act", None, {})
        return record(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(moving, "settle", settle_then_interrupted)
    target = folder_site(tmp_path / "new")
    with inside(site):
        with pytest.raises(MoveFailed, match="would lack it"):
            move(actor=OPERATOR, target=target, source=site)
        require_here()
    assert not target.file.exists()


def test_a_moved_site_is_served_again_only_when_somebody_says_so(
    site: Place, tmp_path: Path
) -> None:
    with inside(site):
        move(actor=OPERATOR, target=folder_site(tmp_path / "new"), source=site)
        with pytest.raises(SiteMoved):
            require_here()
        stay(actor=OPERATOR)
        require_here()
        assert entries(OPERATOR).filter(action="site.stays").count() == 1
