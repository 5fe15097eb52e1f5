"""Real alerts and feeds, and files broken on purpose: what each gives, pinned."""

import os
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from primacy.platform.cap import CapRefused, Message, read, read_all, write

DEFAULT = Path(__file__).parents[4] / "shared" / "data"
FOLDER = Path(os.environ.get("PRIMACY_SHARED_DATA", DEFAULT)) / "cap"
LIBRARY = "google_cap_library"

# file → kind, alerts read, and how often each reason stands in the entries refused.
READ: dict[str, tuple[str, int, dict[str, int]]] = {
    "nws_atom_feed_cap11.xml.gz": ("atom", 0, {"not_embedded": 163}),
    "oasis_cap12_amber_alert.xml": ("cap", 1, {}),
    f"{LIBRARY}/amber.atom": ("atom", 1, {}),
    f"{LIBRARY}/australia.cap": ("cap", 1, {}),
    f"{LIBRARY}/bushfire_invalid.edxlde": ("edxl-de", 5, {"missing": 6, "bad_word": 1}),
    f"{LIBRARY}/bushfire_valid.edxlde": ("edxl-de", 7, {}),
    f"{LIBRARY}/canada.cap": ("cap", 1, {}),
    f"{LIBRARY}/canada_errors.cap": ("cap", 0, {"no_references": 1}),
    f"{LIBRARY}/canada_signed.atom": ("atom", 1, {}),
    f"{LIBRARY}/canada_signed.cap": ("cap", 1, {}),
    f"{LIBRARY}/earthquake-iso8859-1.cap": ("cap", 1, {}),
    f"{LIBRARY}/earthquake.cap": ("cap", 1, {}),
    f"{LIBRARY}/earthquake_index.atom": ("atom", 0, {"not_embedded": 1}),
    f"{LIBRARY}/earthquake_signed.cap": ("cap", 1, {}),
    f"{LIBRARY}/empty_weather_index.atom": ("atom", 0, {}),
    f"{LIBRARY}/example_thunderstorm.cap": ("cap", 1, {}),
    f"{LIBRARY}/invalid.cap": ("cap", 0, {"missing": 1}),
    f"{LIBRARY}/invalid.rss": ("rss", 0, {"not_embedded": 1}),
    f"{LIBRARY}/invalid_element.atom": ("atom", 0, {"not_embedded": 1}),
    f"{LIBRARY}/no_entries.atom": ("atom", 0, {"unknown_element": 1}),
    f"{LIBRARY}/no_id.atom": ("atom", 0, {"not_embedded": 1}),
    f"{LIBRARY}/no_link.atom": ("atom", 0, {"not_embedded": 1}),
    f"{LIBRARY}/no_optional_fields.cap": ("cap", 1, {}),
    f"{LIBRARY}/no_title.atom": ("atom", 0, {"not_embedded": 1}),
    f"{LIBRARY}/noaa_errors.cap": ("cap", 0, {"missing": 3, "bad_polygon": 1}),
    f"{LIBRARY}/ny_index.rss": ("rss", 0, {"not_embedded": 2}),
    f"{LIBRARY}/wcatwc-warning.cap": ("cap", 1, {}),
    f"{LIBRARY}/weather.atom": ("atom", 1, {}),
    f"{LIBRARY}/weather.cap": ("cap", 1, {}),
    f"{LIBRARY}/weather_index.atom": ("atom", 0, {"not_embedded": 2}),
    f"{LIBRARY}/weather_invalid.atom": ("atom", 0, {"bad_identifier": 1}),
}
REFUSED = {f"{LIBRARY}/xee.atom": ["hostile"], f"{LIBRARY}/xee.cap": ["hostile"]}
WHOLE = [name for name, (kind, read_count, _) in READ.items() if kind == "cap" and read_count]
OLDER = {"earthquake.cap", "earthquake_signed.cap", "no_optional_fields.cap", "weather.cap"}
SIGNED = {"canada_signed.cap", "earthquake-iso8859-1.cap", "earthquake_signed.cap"}


def real_file(name: str) -> bytes:
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"the file {name} is not present; set PRIMACY_SHARED_DATA to its folder")
    return path.read_bytes()


@pytest.mark.parametrize("name", READ)
def test_each_real_file_gives_what_is_pinned(name: str) -> None:
    kind, read_count, reasons = READ[name]
    found = read_all(real_file(name))
    counted = Counter(str(problem.reason) for entry in found.refused for problem in entry.problems)
    assert (found.kind, len(found.messages), dict(counted)) == (kind, read_count, reasons)


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_real_files_are_refused_as_a_whole(name: str) -> None:
    with pytest.raises(CapRefused) as refused:
        read_all(real_file(name))
    assert [str(reason) for reason in refused.value.reasons] == REFUSED[name]


def test_every_real_file_is_pinned() -> None:
    if not FOLDER.is_dir():
        pytest.skip("no folder of real alerts; set PRIMACY_SHARED_DATA to it")
    files = {p.relative_to(FOLDER).as_posix() for p in FOLDER.rglob("*") if p.is_file()}
    assert files == set(READ) | set(REFUSED)


@pytest.mark.parametrize(
    "name", [name for name, (kind, n, _) in READ.items() if kind == "cap" and n]
)
def test_version_and_signature_are_told(name: str) -> None:
    found = read(real_file(name))
    short = name.rpartition("/")[2]
    assert found.version == ("1.1" if short in OLDER else "1.2")
    assert found.signed is (short in SIGNED)
    assert found.notices == ()


def messages_of(name: str) -> tuple[Message, ...]:
    return read_all(real_file(name)).messages


def leaves(element: ElementTree.Element, path: str = "") -> list[tuple[str, str]]:
    """Path and text of every CAP element with text, without blanks around it."""
    found = []
    for child in element:
        space, _, name = child.tag.rpartition("}")
        if ":cap:" not in space:
            continue
        here = f"{path}/{name}"
        if len(child) == 0 and (child.text or "").strip():
            found.append((here, " ".join((child.text or "").split())))
        found += leaves(child, here)
    return found


@pytest.mark.parametrize("name", [name for name, (_, n, _) in READ.items() if n])
def test_writing_a_real_message_keeps_every_element(name: str) -> None:
    root = ElementTree.fromstring(real_file(name))
    alerts = [node for node in root.iter() if node.tag.endswith("}alert")]
    by_identifier = {dict(leaves(alert)).get("/identifier"): alert for alert in alerts}
    for message in messages_of(name):
        written = write(message)
        assert read(written).message == message
        source = leaves(by_identifier[message.identifier])
        assert sorted(numbers_plain(source)) == sorted(leaves(ElementTree.fromstring(written)))


def numbers_plain(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same with 25.0 in a place or radius as 25, as it is written."""
    places = ("/polygon", "/circle")
    return [
        (path, " ".join(map(pair_plain, text.split())) if path.endswith(places) else text)
        for path, text in found
    ]


def pair_plain(pair: str) -> str:
    return ",".join(f"{float(number):.12g}" for number in pair.split(","))
