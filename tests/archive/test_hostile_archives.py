"""Archives that somebody made on purpose: names that lead out, bombs, rows that do not fit."""

import io
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from primacy.platform.archive import frames as form
from primacy.platform.archive.actions.restoring import settle
from primacy.platform.archive.errors import ArchiveError, Damaged, NewerFormat, ProofFailed
from primacy.platform.archive.frames import Frame, read_frames, write_frames
from primacy.platform.archive.packing import Site, site_frames
from primacy.platform.archive.places import Place, folder_site
from primacy.platform.archive.stores import reading
from primacy.platform.archive.unpacking import examine, safe_name

MISSING = {"sqlite": "that is missing", "postgresql": "foreign key"}


@pytest.fixture
def honest(template: Place) -> list[Frame]:
    """The frames of a whole site."""
    with reading(template.database) as store:
        return list(site_frames(Site(store, template.folder)))


def changed(frame: Frame, **values: object) -> Frame:
    return replace(frame, content=json.dumps({**json.loads(frame.content), **values}).encode())


def swapped(frames: list[Frame], kind: bytes, change: Callable[[Frame], Frame]) -> list[Frame]:
    """The frames with the first of this kind changed."""
    at = next(index for index, frame in enumerate(frames) if frame.kind == kind)
    return [*frames[:at], change(frames[at]), *frames[at + 1 :]]


@pytest.mark.parametrize(
    "name",
    [
        "../secret",
        "files/../../x",
        "/etc/passwd",
        "files//x",
        "files/./x",
        "files",
        "files/",
        "primacy.sqlite3",
        "C:\\x",
        "files\\..\\x",
        "files/a\0b",
        "files/" + "d/" * 20 + "x",
        "files/" + "n" * 300,
        ".bashrc",
        "",
    ],
)
def test_a_name_that_leads_out_of_the_site_is_refused(
    honest: list[Frame], tmp_path: Path, name: str
) -> None:
    with pytest.raises(Damaged):
        safe_name(name)
    place = folder_site(tmp_path / "new")
    with pytest.raises(Damaged):
        settle(swapped(honest, form.FILE, lambda f: changed(f, name=name)), place)
    assert not list(place.folder.glob("*"))
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_links_and_other_kinds_of_files_are_refused(honest: list[Frame]) -> None:
    with pytest.raises(Damaged):
        examine(swapped(honest, form.FILE, lambda f: changed(f, link="/etc/passwd")))


def test_links_in_the_folder_of_files_are_not_followed(site: Place, tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("of another program")
    (site.folder / "files" / "link").symlink_to(tmp_path / "outside")
    with reading(site.database) as store:
        names = [f.content for f in site_frames(Site(store, site.folder)) if f.kind == form.FILE]
    assert names
    assert not any(b"link" in name for name in names)


def written(frames: Iterable[Frame]) -> io.BytesIO:
    file = io.BytesIO()
    write_frames(frames, file)
    file.seek(0)
    return file


def test_a_frame_that_unpacks_to_more_than_it_says_is_refused() -> None:
    stored = zlib.compress(b"0" * 10_000_000)
    head = form._START.pack(form.HEAD, 100, len(stored))
    with pytest.raises(Damaged, match="another size"):
        list(read_frames(io.BytesIO(head + stored)))


def test_a_frame_larger_than_any_row_is_refused_unread() -> None:
    head = form._START.pack(form.ROWS, form.LARGEST + 1, 10)
    with pytest.raises(Damaged, match="impossible size"):
        list(read_frames(io.BytesIO(head + b"x" * 10)))


def test_a_bomb_of_many_small_frames_is_refused() -> None:
    stored = zlib.compress(bytes(8_000_000), 9)
    one = form._START.pack(form.BYTES, 8_000_000, len(stored)) + stored
    file = io.BytesIO(one * 100)
    assert len(file.getbuffer()) < 1_000_000
    taken: list[int] = []
    with pytest.raises(Damaged, match="far more"):
        taken.extend(len(frame.content) for frame in read_frames(file))
    assert sum(taken) < 100_000_000


def test_an_honest_file_of_zeros_is_no_bomb() -> None:
    frames = [Frame(form.BYTES, bytes(form.FREE_GROWTH // 4)) for _ in range(8)]
    assert all(a == b for a, b in zip(frames, read_frames(written(frames)), strict=True))


def test_a_newer_format_and_a_newer_site_are_refused(honest: list[Frame], tmp_path: Path) -> None:
    with pytest.raises(NewerFormat):
        examine([changed(honest[0], format=99), *honest[1:]])
    migrations = json.loads(honest[0].content)["migrations"]
    migrations["audit"].append("0999_from_the_future")
    newer = [changed(honest[0], migrations=migrations), *honest[1:]]
    place = folder_site(tmp_path / "new")
    with pytest.raises(NewerFormat, match="0999_from_the_future"):
        settle(newer, place)
    assert not list(place.folder.glob("*"))


def test_other_tables_than_the_version_has_are_refused(honest: list[Frame], tmp_path: Path) -> None:
    tables = json.loads(honest[0].content)["tables"]
    tables[0]["name"] = 'x"; DROP TABLE y; --'
    with pytest.raises(Damaged, match="other tables"):
        settle([changed(honest[0], tables=tables), *honest[1:]], folder_site(tmp_path / "new"))


def test_a_row_changed_in_the_stream_is_noticed(honest: list[Frame], tmp_path: Path) -> None:
    at = max(i for i, f in enumerate(honest) if f.kind == form.ROWS and b"sierra" in f.content)
    forged = replace(honest[at], content=honest[at].content.replace(b"sierra", b"sierrb", 1))
    with pytest.raises(Damaged):
        examine([*honest[:at], forged, *honest[at + 1 :]])


@pytest.mark.parametrize("gone", [0, 1, 5, -1])
def test_a_missing_part_is_noticed(honest: list[Frame], gone: int) -> None:
    rest = list(honest)
    del rest[gone]
    with pytest.raises(ArchiveError):
        examine(rest)


def test_an_archive_that_goes_on_after_its_end_is_refused(honest: list[Frame]) -> None:
    with pytest.raises(Damaged):
        examine([*honest, honest[-1]])


@pytest.mark.parametrize("on", ["sqlite", "postgresql"])
def test_a_row_that_points_nowhere_leaves_nothing(
    site: Place, tmp_path: Path, request: pytest.FixtureRequest, on: str
) -> None:
    """A stream that is right in itself, but whose rows no database would take."""
    with sqlite3.connect(site.file) as base:
        base.execute("PRAGMA foreign_keys=OFF")
        assert base.execute("DELETE FROM places_area").rowcount
    place = folder_site(tmp_path / "new")
    if on == "postgresql":
        place = request.getfixturevalue("server").place(tmp_path / "new")
    with reading(site.database) as store, pytest.raises(ProofFailed, match=MISSING[on]):
        settle(site_frames(Site(store, site.folder)), place)
    assert not list(place.folder.glob("*"))
    if on == "postgresql":
        with reading(place.database) as store:
            assert store.table_names() == []
