"""The audit log as a file that can be checked anywhere: one JSON object a line, a header first."""

import json
from collections.abc import Iterator

from primacy.platform import clock
from primacy.platform.audit.chain import HASHED, START
from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Viewer, require

FORMAT = 1
NAME = "primacy-audit"
AT_ONCE = 5000

HINT = (
    "To check this file: python3 -I verify_audit.py FILE. The script is scripts/verify_audit.py of "
    "Primacy's source: one file, standard library only. Each hash is SHA-256 over, for each field "
    f"in the order {', '.join(HASHED)}: the name, ':', the length of its UTF-8 text in bytes, ':', "
    "the text. The first entry's previous_hash is 64 zeros."
)


def export_lines(viewer: Viewer) -> Iterator[str]:
    """The lines of an export, as the log stands now: header, then entries, oldest first."""
    require(viewer, "audit.read")
    last = AuditEntry.objects.order_by("-sequence").first()
    return _lines(last)


def _lines(last: AuditEntry | None) -> Iterator[str]:
    first = AuditEntry.objects.order_by("sequence").values_list("hash", flat=True).first()
    yield _line(
        {
            "format": FORMAT,
            "kind": NAME,
            # A site is known by how its log begins.
            "site": first or "",
            "made_at": clock.now().isoformat(),
            "entries": last.sequence if last else 0,
            "head": last.hash if last else START,
            "hint": HINT,
        }
    )
    if last is None:
        return
    rows = AuditEntry.objects.filter(sequence__lte=last.sequence).order_by("sequence")
    for row in rows.values(*HASHED, "hash").iterator(AT_ONCE):
        yield _line(row)


def _line(content: dict[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
