"""Uploaded files between preview and load: kept in a folder of this site, readable by it only.

A name sent by a browser never becomes a path as it is: only plain letters, digits, dots and
hyphens of its last part are kept, below a folder with a random name.
"""

import json
import os
import re
import shutil
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from primacy.platform.imports.actions import Problem
from primacy.platform.imports.models import ImportBatch

NAME_LENGTH = 80
FALLBACK_NAME = "upload"


def imports_folder() -> Path:
    """The folder of kept uploads, made where it did not exist."""
    folder = Path(settings.MEDIA_ROOT) / "imports"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def safe_name(name: str) -> str:
    """The last part of a file name with nothing in it but letters, digits, dots, hyphens, _."""
    last = re.split(r"[/\\]", name)[-1]
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", last).lstrip("._-")
    # The end says the format, so a long name loses its beginning.
    return plain[-NAME_LENGTH:].lstrip("._-") or FALLBACK_NAME


def keep_upload(upload: "UploadedFile[bytes]") -> Path:
    """Where the uploaded file is kept now (mode 0600)."""
    folder = imports_folder() / uuid.uuid4().hex
    folder.mkdir(mode=0o700)
    path = folder / safe_name(upload.name or "")
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        for block in upload.chunks():
            handle.write(block)
    return path


def forget_upload(kept: Path | ImportBatch) -> None:
    """Removes a kept upload with its folder; files elsewhere (command line) stay."""
    path = Path(kept.stored_as) if isinstance(kept, ImportBatch) else kept
    if path.parent.parent == imports_folder().resolve() or path.parent.parent == imports_folder():
        shutil.rmtree(path.parent, ignore_errors=True)


def keep_preview(
    batch: ImportBatch, problems: Sequence[Problem], rows: Mapping[str, object]
) -> None:
    """Keeps all problems and the sample of a preview; the batch itself holds only the first."""
    path = _preview_path(batch)
    body = {"problems": [asdict(problem) for problem in problems], "rows": dict(rows)}
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        json.dump(body, handle, ensure_ascii=False)


def all_problems(batch: ImportBatch) -> list[dict[str, object]]:
    """Every problem of the import; the first ones where no preview was kept here."""
    found = _read(batch).get("problems")
    return found if isinstance(found, list) else list(batch.problems)


def preview_rows(batch: ImportBatch) -> dict[str, object]:
    """What the preview showed of the file's rows; empty where none was kept."""
    found = _read(batch).get("rows")
    return found if isinstance(found, dict) else {}


def _read(batch: ImportBatch) -> dict[str, object]:
    try:
        found: object = json.loads(_preview_path(batch).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _preview_path(batch: ImportBatch) -> Path:
    return imports_folder() / f"{batch.pk}.json"
