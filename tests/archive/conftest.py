"""A built site as template, copies of it, and a PostgreSQL to carry it to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from primacy.demo.case import build_case
from primacy.platform.archive.actions import loading
from primacy.platform.archive.actions.backup import back_up
from primacy.platform.archive.actions.restoring import settle
from primacy.platform.archive.packing import Site, site_frames
from primacy.platform.archive.places import Place, folder_site
from primacy.platform.archive.sealing import Locks
from primacy.platform.archive.stores import reading, second_connection
from primacy.platform.policy import operator
from tests.archive.migrated import Copies, every_migration
from tests.archive.places import PASSPHRASE, Cluster, copied, inside, postgres_cluster

OPERATOR = operator("test")


@pytest.fixture(autouse=True)
def _own_databases(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    """The tables of a site are made once by its migrations; later sites of the run copy them."""
    made = Copies(loading.migrate_to, tmp_path_factory.mktemp("migrated"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "migrate_to", made.migrate_to)
        yield made


@pytest.fixture(scope="session")
def template(
    tmp_path_factory: pytest.TempPathFactory,
    copies: Copies,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Place:
    """A site that holds the case study of Sierra Leone and two files."""
    place = folder_site(tmp_path_factory.mktemp("template") / "site")
    place.folder.mkdir()
    with django_db_blocker.unblock():
        with second_connection(place.database) as alias:
            loading.migrate_to(alias, every_migration())
            loading.migrate_on(alias)
        with inside(place):
            build_case(actor=OPERATOR, case="sierra-leone", progress=lambda what: None)
    (place.folder / "files" / "imports").mkdir(parents=True)
    (place.folder / "files" / "imports" / "rows.csv").write_bytes(b"PLANTED-IN-A-FILE\n" * 5000)
    (place.folder / "files" / "empty").touch()
    (place.folder / "current-mission").write_text("sierra-leone")
    (place.folder / "secret.key").write_text("PLANTED-SECRET-KEY")
    return place


@pytest.fixture
def site(template: Place, tmp_path: Path) -> Place:
    """A site of its own, as large as a case study."""
    return copied(template, tmp_path / "site")


@pytest.fixture(scope="session")
def archive(
    template: Place,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> Path:
    """A backup of the template under the test passphrase."""
    path = tmp_path_factory.mktemp("archive") / "site.primacy"
    with django_db_blocker.unblock(), inside(template):
        back_up(actor=OPERATOR, path=path, locks=Locks(PASSPHRASE), place=template)
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    """A PostgreSQL server; skips where none is installed."""
    with postgres_cluster() as found:
        if found is None:
            pytest.skip("no PostgreSQL on this machine")
        yield found


@pytest.fixture
def on_postgresql(site: Place, server: Cluster) -> Place:
    """The template on PostgreSQL, by the role that owns its tables and is held to the policies."""
    place = server.team_place(site.folder.with_name("team"))
    with reading(site.database) as store:
        settle(site_frames(Site(store, site.folder, with_secret_key=True)), place)
    return place
