#!/usr/bin/env python3
"""Checks an exported audit log of Primacy. One file, standard library only: needs no Primacy.

    python3 -I verify_audit.py EXPORT.jsonl
    python3 -I verify_audit.py EXPORT.jsonl --expect HEAD        a head noted earlier is still there
    python3 -I verify_audit.py EXPORT.jsonl --since EARLIER.jsonl  nothing in it changed or went

Exit code 0: sound. 1: changed; every finding names the entry. 2: the file cannot be read.
"""

import argparse
import hashlib
import json
import sys
from collections import namedtuple

START = "0" * 64
HASHED = (
    "sequence",
    "at",
    "actor_id",
    "actor_label",
    "action",
    "subject_type",
    "subject_id",
    "mission_id",
    "body",
    "previous_hash",
)
MOST_FINDINGS = 50
SHIFTS = (-1, 1, -2, 2, -3, 3)

Entry = namedtuple("Entry", "number previous hash written_as")
"""`written_as`: the number its hash fits; None where it fits none that was tried."""


class Unreadable(Exception):
    """The file is no export of an audit log."""


def entry_hash(values):
    """The hash an entry must carry: SHA-256 over its length-prefixed fields."""
    digest = hashlib.sha256()
    for name in HASHED:
        text = str(values[name]).encode()
        digest.update(f"{name}:{len(text)}:".encode())
        digest.update(text)
    return digest.hexdigest()


def read(path):
    """The header and the entries of an export, in the order of the file."""
    entries = []
    try:
        with open(path, encoding="utf-8") as lines:
            header = json.loads(lines.readline())
            if not isinstance(header, dict) or header.get("kind") != "primacy-audit":
                raise Unreadable(f"{path} does not begin with the header of an audit export.")
            raw = []
            for number, line in enumerate(lines, start=2):
                try:
                    values = json.loads(line)
                    number_of = int(values["sequence"])
                    fits = entry_hash(values) == values["hash"]
                    entries.append(
                        Entry(
                            number_of,
                            str(values["previous_hash"]),
                            str(values["hash"]),
                            number_of if fits else None,
                        )
                    )
                    if not fits and len(raw) < 5000:
                        raw.append((len(entries) - 1, values))
                except (ValueError, KeyError, TypeError) as problem:
                    raise Unreadable(f"Line {number} of {path} is no entry: {problem}.") from None
    except (OSError, UnicodeDecodeError, ValueError) as problem:
        raise Unreadable(f"{path} cannot be read: {problem}") from None
    return header, renumbered(entries, raw)


def renumbered(entries, raw):
    """The entries, those whose hash fits another number with that number."""
    strange = [entries[at].number for at, _ in raw]
    for at, values in raw:
        here = entries[at].number
        tries = [here + shift for shift in SHIFTS]
        if len(raw) <= 200:
            tries += strange
        for other in tries:
            if entry_hash({**values, "sequence": other}) == entries[at].hash:
                entries[at] = entries[at]._replace(written_as=other)
                break
    return entries


def check(header, entries):
    """Every finding, as (number, words)."""
    found = []
    altered = {e.number for e in entries if e.written_as is None}
    for number in sorted(altered):
        found.append((number, "ALTERED: its content does not fit its hash"))
    found += moved(entries)
    seen = {}
    before = 0
    for entry in entries:
        if entry.number in seen:
            found.append((entry.number, "INSERTED: a second entry bears this number"))
        elif entry.number < before:
            found.append((entry.number, f"REORDERED: it stands after entry {before}"))
        seen.setdefault(entry.number, entry)
        before = max(before, entry.number)
    found += gaps(sorted(seen), int(header.get("entries", 0)))
    found += links(seen, altered)
    found += against_header(header, entries)
    return found


def moved(entries):
    """Entries whose number was changed: shifted by one from outside, or swapped."""
    found = []
    shift_before = 0
    for entry in entries:
        if entry.written_as is None:
            continue
        shift = entry.number - entry.written_as
        if shift and shift != shift_before:
            if shift - shift_before == 1 and shift > 0:
                found.append((entry.number - 1, "INSERTED: the entries after it are one too high"))
            elif shift - shift_before == -1 and shift < 0:
                found.append((entry.written_as - 1, "REMOVED: those after it moved up"))
            else:
                words = f"REORDERED: it was written as entry {entry.written_as}"
                found.append((entry.number, words))
        shift_before = shift
    return found


def gaps(numbers, stated):
    """Numbers that are not there, between the first and the last."""
    found = []
    expected = 1
    for number in numbers:
        if number < 1:
            found.append((number, "INSERTED: numbers begin at 1"))
            continue
        if number > expected:
            last = number - 1
            words = f"REMOVED: entries {expected} to {last}" if last > expected else "REMOVED"
            found.append((expected, words))
        expected = number + 1
    if stated > expected - 1:
        found.append((expected, f"TRUNCATED: the header names {stated} entries"))
    elif stated < expected - 1:
        found.append((stated + 1, f"INSERTED at the end: the header names {stated} entries"))
    return found


def links(seen, altered):
    """Entries that do not follow the one before, where nothing else explains it."""
    found = []
    for number, entry in sorted(seen.items()):
        before = seen.get(number - 1)
        previous = START if number == 1 else before.hash if before else None
        odd = number in altered or number - 1 in altered or entry.written_as != number
        odd = odd or (before is not None and before.written_as != before.number)
        if previous is not None and entry.previous != previous and not odd:
            words = "ALTERED: rewritten with a fitting hash, or the entry after it was inserted"
            found.append((max(number - 1, 1), words))
    return found


def against_header(header, entries):
    """The head that the header names must be the last entry."""
    head = str(header.get("head", ""))
    last = max(entries, key=lambda entry: entry.number).hash if entries else START
    if head != last and int(header.get("entries", 0)) == len(entries):
        return [(len(entries), "ALTERED: the head that the header names is not the last entry")]
    return []


def against_earlier(entries, earlier_header, earlier):
    """What an earlier export had and this one has otherwise, or not."""
    now = {entry.number: entry.hash for entry in entries}
    found = []
    for entry in earlier:
        if entry.number not in now:
            end = int(earlier_header.get("entries", entry.number))
            if entry.number > max(now, default=0):
                words = f"TRUNCATED: entries {entry.number} to {end} of the earlier export are gone"
                found.append((entry.number, words))
                break
            found.append((entry.number, "REMOVED since the earlier export"))
        elif now[entry.number] != entry.hash:
            found.append(
                (entry.number, "REWRITTEN since the earlier export, and perhaps all after")
            )
            break
    return found


def main(arguments=None):
    """The exit code, after printing what was found."""
    parser = argparse.ArgumentParser(description="Checks an exported audit log of Primacy.")
    parser.add_argument("export")
    parser.add_argument("--expect", default="", help="a head noted earlier: it must be there")
    parser.add_argument("--since", default="", help="an earlier export: nothing of it may be gone")
    asked = parser.parse_args(arguments)
    try:
        header, entries = read(asked.export)
        found = check(header, entries)
        if asked.since:
            earlier_header, earlier = read(asked.since)
            if earlier_header.get("site") != header.get("site"):
                found.append((1, "REWRITTEN: the earlier export is of another log"))
            found += against_earlier(entries, earlier_header, earlier)
    except Unreadable as problem:
        print(f"CANNOT READ: {problem}", file=sys.stderr)
        return 2
    if asked.expect and asked.expect not in {entry.hash for entry in entries}:
        found.append((len(entries) + 1, "TRUNCATED or REWRITTEN: the head noted earlier is gone"))
    for number, words in sorted(set(found))[:MOST_FINDINGS]:
        print(f"entry {number}: {words}")
    if len(found) > MOST_FINDINGS:
        print(f"and {len(found) - MOST_FINDINGS} more findings")
    if found:
        print(f"BROKEN: {len(entries)} entries read, {len(found)} findings.")
        return 1
    head = header.get("head", "")
    print(f"INTACT: {len(entries)} entries, each follows from the one before.\nHead: {head}")
    print("Note the head and keep this export: only they show entries cut off or a log rewritten.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
