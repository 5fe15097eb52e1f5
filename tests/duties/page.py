"""The table of duties as a page of the documentation."""

from pathlib import Path

from django.utils import translation

from primacy.platform.policy.duties import DUTIES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "duties.md"

HEAD = """# Separation of duties

What one person may not do on the same thing, why, and who may instead. The table is made from
`src/primacy/platform/policy/duties.py`; a test compares the two. Every row is kept by the acts
themselves, so page, API and command line refuse alike, and `tests/duties` tries each row.

| duty | one person may not | because | who does it instead | allowed | kept by |
| --- | --- | --- | --- | --- | --- |
"""

TAIL = """
The program knows accounts, not bodies: two accounts of one person pass every row. Accounts are made
by invitation, each invitation is in the audit log, and whoever makes accounts can use none of the
rights above. A role given before these rules is not taken away: look through the list of people.
"""


def written() -> str:
    """The page, in English."""
    with translation.override("en"):
        rows = [
            f"| `{d.code}` | {d.never} | {d.why} | {d.instead} | {d.allowed} | {d.kept_by} |"
            for d in DUTIES
        ]
    return HEAD + "\n".join(rows) + "\n" + TAIL
