"""Screening: one line and a roster of 1,000 against two lists and a register, beside plain scans.

The lists are the Security Council's and OFAC's as published; the register is made of synthetic
persons. Those asked for are names of list entries, turned, shortened, spelt otherwise or mistyped
from a seed, half of them with the date of birth that the list has; and as many persons who are on
no list, their names put together of words that the lists hold. A line counts as found where the
entry it was made of is among the possible matches shown; as a false alarm where a line that is on
no list has any. The peers scan every name of every entry, each with the threshold at which its
false alarms are closest to ours.

    python -m benchmarks screening      writes benchmarks/results/screening.json
"""

import datetime as dt
import gzip
import os
import platform
import random
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import django
from rapidfuzz import fuzz, process

from benchmarks.names import SHARED

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "primacy.settings.embedded")
os.environ.setdefault("PRIMACY_HOME", tempfile.mkdtemp(prefix="primacy-bench-"))
django.setup()

from primacy.kernels.names.persons import Person, PersonMatcher  # noqa: E402
from primacy.kernels.names.persons.scripts import in_latin  # noqa: E402
from primacy.kernels.time import DateRange  # noqa: E402
from primacy.platform.exchange.list_entries import EntryKind, ListedEntry  # noqa: E402
from primacy.platform.exchange.ofac_list import read_ofac_list  # noqa: E402
from primacy.platform.exchange.un_list import read_un_list  # noqa: E402
from primacy.rooms.screening.asked import Asked  # noqa: E402
from primacy.rooms.screening.candidates import listed_source  # noqa: E402
from primacy.rooms.screening.models.roster import AskedKind  # noqa: E402
from primacy.rooms.screening.search import People, Source, Target, search  # noqa: E402

SEED, ROSTER, INTERACTIVE, REGISTER = 23, 1_000, 200, 10_000
LISTS = SHARED / "forces" / "sanctions"
SOUNDS = (("ou", "u"), ("kh", "h"), ("ee", "i"), ("dj", "j"), ("mm", "m"), ("y", "i"), ("q", "k"))
Score = Callable[..., float]
PEERS: dict[str, Score] = {"wratio": fuzz.WRatio, "token_set_ratio": fuzz.token_set_ratio}


def lists(folder: Path) -> dict[str, list[ListedEntry]]:
    """The entries of both lists as published, by publisher."""
    for packed in (*LISTS.glob("*.xml.gz"), *(LISTS / "ofac").glob("*.csv.gz")):
        with gzip.open(packed) as here, (folder / packed.stem).open("wb") as there:
            shutil.copyfileobj(here, there)
    un = sorted(folder.glob("un_consolidated_*.xml"))[-1]
    ofac = read_ofac_list(
        folder / "ofac_sdn.csv",
        list_date=dt.date(2021, 8, 1),
        names=folder / "ofac_alt.csv",
        addresses=folder / "ofac_add.csv",
    )
    return {"un": list(read_un_list(un).entries), "ofac": list(ofac.entries)}


def varied(draw: random.Random, name: str) -> str:
    """A name as another sheet may write it."""
    words = name.split()
    kind = draw.randrange(5)
    if kind == 0:
        draw.shuffle(words)
    elif kind == 1 and len(words) > 2:
        del words[draw.randrange(1, len(words) - 1)]
    elif kind == 2:
        at = draw.randrange(len(words))
        if len(words[at]) > 4:
            cut = draw.randrange(1, len(words[at]) - 1)
            words[at] = words[at][:cut] + words[at][cut + 1 :]
    elif kind == 3:
        text = " ".join(words).lower()
        for written, other in SOUNDS:
            text = text.replace(written, other)
        words = text.title().split()
    return " ".join(words)


def roster(
    draw: random.Random, entries: Sequence[tuple[str, ListedEntry]], size: int
) -> list[tuple[Asked, tuple[str, str] | None]]:
    """Those asked for, half of them on a list: each with the publisher and number of the entry."""
    people = [
        (code, entry)
        for code, entry in entries
        if entry.kind is EntryKind.PERSON and len(entry.name.split()) > 1
    ]
    words = sorted({word for _code, e in people for word in e.name.split() if word.isalpha()})
    taken = {frozenset(e.name.lower().split()) for _code, e in people}
    found: list[tuple[Asked, tuple[str, str] | None]] = []
    for row in range(size):
        if row % 2:
            code, entry = draw.choice(people)
            spans = [birth.span for birth in entry.births if birth.span is not None]
            births = tuple(spans[:1]) if draw.random() < 0.5 else ()
            name = varied(draw, entry.name)
            truth: tuple[str, str] | None = (code, entry.reference)
        else:
            name = " ".join(draw.sample(words, 3))
            if frozenset(name.lower().split()) in taken:
                continue
            born = dt.date(1950, 1, 1) + dt.timedelta(draw.randrange(20_000))
            births, truth = (DateRange(born, born),), None
        found.append((Asked(AskedKind.PERSON, name, row=row, births=births), truth))
    return found


def register(draw: random.Random, entries: Sequence[ListedEntry], size: int) -> Source:
    """A register of synthetic persons whose names are put together of words of the lists."""
    words = sorted({w for e in entries if e.kind is EntryKind.PERSON for w in e.name.split()})
    people = []
    for n in range(size):
        born = dt.date(1950, 1, 1) + dt.timedelta(draw.randrange(20_000))
        name = " ".join(draw.sample(words, 3))
        people.append(Person(str(n), (name,), births=(DateRange(born, born),)))
    matcher = PersonMatcher(people)
    worth = People(lambda asked: (matcher.persons[at] for at in matcher.candidates(asked)))
    targets = {p.id: Target(p.id, str(p.names[0])) for p in people}
    return Source("register", targets, {"kind": "register"}, people=worth)


def peer(
    score: Score, names: Sequence[str], lines: Sequence[Asked]
) -> tuple[list[list[tuple[int, float]]], float]:
    """Of each line the ten entries' names that score best, and the seconds it took."""
    started = time.perf_counter()
    found = []
    for one in lines:
        best = process.extract(in_latin(one.name), names, scorer=score, limit=10)
        found.append([(at, value) for _name, value, at in best])
    return found, time.perf_counter() - started


def beside(
    people: Sequence[tuple[str, ListedEntry]],
    asked: Sequence[tuple[Asked, tuple[str, str] | None]],
    alarms: float,
) -> dict[str, object]:
    """The peers on the same lines, at the threshold whose false alarms are closest to ours."""
    pairs = [((code, e.reference), in_latin(n.text)) for code, e in people for n in e.names]
    names = [name for _key, name in pairs]
    lines = [one for one, _truth in asked]
    clean = sum(truth is None for _one, truth in asked)
    found: dict[str, object] = {}
    for label, score in PEERS.items():
        met, seconds = peer(score, names, lines)
        best: tuple[float, float, float] | None = None
        for threshold in range(60, 101):
            kept = [{pairs[at][0] for at, value in hits if value >= threshold} for hits in met]
            false = sum(
                bool(hits) for hits, (_one, truth) in zip(kept, asked, strict=True) if not truth
            ) / max(clean, 1)
            right = sum(
                truth in hits for hits, (_one, truth) in zip(kept, asked, strict=True) if truth
            ) / max(len(asked) - clean, 1)
            if best is None or abs(false - alarms) < abs(best[1] - alarms):
                best = (float(threshold), false, right)
        if best is not None:
            found[label] = {
                "threshold": best[0], "false_alarms": best[1], "recall": best[2],
                "milliseconds_a_line": 1000 * seconds / len(lines),
            }  # fmt: skip
    return found


def run(size: int = ROSTER) -> dict[str, object]:
    """Times, memory, recall and false alarms."""
    draw = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        by_list = lists(Path(folder))
    entries = [(code, entry) for code, rows in by_list.items() for entry in rows]
    started = time.perf_counter()
    sources = [listed_source(code, rows) for code, rows in by_list.items()]
    building = time.perf_counter() - started
    of_register = register(draw, [entry for _code, entry in entries], REGISTER)
    asked = roster(draw, entries, size)
    warm = roster(draw, entries, INTERACTIVE)
    list(search([one for one, _truth in warm[:20]], sources))
    single = []
    for one, _truth in warm[20:]:
        begun = time.perf_counter()
        list(search([one], [*sources, of_register]))
        single.append(1000 * (time.perf_counter() - begun))
    begun = time.perf_counter()
    found = list(search([one for one, _truth in asked], [*sources, of_register]))
    seconds = time.perf_counter() - begun
    right = false = shown = 0
    for (_one, truth), met in zip(asked, found, strict=True):
        listed = {(hit.source, hit.reference) for hit in met.hits if hit.source != "register"}
        shown += len(listed)
        right += truth in listed
        false += truth is None and bool(listed)
    clean = sum(truth is None for _one, truth in asked)
    alarms = false / max(clean, 1)
    single.sort()
    people = [(code, entry) for code, entry in entries if entry.kind is EntryKind.PERSON]
    return {
        "entries": {code: len(rows) for code, rows in by_list.items()},
        "register": REGISTER,
        "lines": len(asked),
        "seconds_to_make_the_lists_ready": building,
        "one_line_milliseconds": {
            "median": statistics.median(single),
            "p95": single[int(len(single) * 0.95)],
            "max": single[-1],
        },
        "roster_seconds": seconds,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "recall": right / max(len(asked) - clean, 1),
        "false_alarms": alarms,
        "shown_a_line": shown / len(asked),
        "peers": beside(people, asked, alarms),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
    }
