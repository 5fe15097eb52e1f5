"""Copies the browser libraries named in the lock file into the served static folder.

Run `python frontend/vendor.py`; it does nothing when the copies already match the lock file.
The build hook calls `vendor` too, so that a built wheel needs no Node.
"""

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FRONTEND = Path(__file__).resolve().parent
TARGET = FRONTEND.parent / "src" / "primacy" / "faces" / "web" / "static" / "vendor"
LOCK = FRONTEND / "package-lock.json"
MANIFEST = "VENDOR.json"
NOTICES = "THIRD-PARTY.txt"
COMPRESSED = frozenset({".js", ".mjs", ".css"})


@dataclass(frozen=True)
class Library:
    """One browser library: its npm name, its folder, and the files pages need of it."""

    name: str
    folder: str
    files: tuple[str, ...]
    licence_file: str
    bundles_others: bool = False


LIBRARIES = (
    Library("htmx.org", "htmx", ("dist/htmx.min.js",), "LICENSE"),
    Library(
        "maplibre-gl",
        "maplibre-gl",
        ("dist/maplibre-gl.mjs", "dist/maplibre-gl-worker.mjs", "dist/maplibre-gl.css"),
        "LICENSE.txt",
        bundles_others=True,
    ),
    # For printed papers, not for pages: Latin, Arabic and the marks of the board in one family.
    Library(
        "dejavu-fonts-ttf",
        "fonts",
        (
            "ttf/DejaVuSansCondensed.ttf",
            "ttf/DejaVuSansCondensed-Bold.ttf",
            "ttf/DejaVuSansCondensed-Oblique.ttf",
        ),
        "LICENSE",
    ),
)


class VendoringFailed(RuntimeError):
    """The libraries could not be fetched or copied; the message says what to do."""


def is_current() -> bool:
    """True where every vendored file is present and made from the present lock file."""
    manifest_file = TARGET / MANIFEST
    if not manifest_file.is_file():
        return False
    try:
        manifest = json.loads(manifest_file.read_text(encoding="utf-8"))
        if manifest["lock_sha256"] != _sha256(LOCK):
            return False
        files = [entry for library in manifest["libraries"] for entry in library["files"]]
        return bool(files) and all(_matches(entry["path"], entry["sha256"]) for entry in files)
    except (KeyError, TypeError, ValueError):
        return False


def vendor() -> bool:
    """True where the libraries were fetched and copied, False where they were current already."""
    if is_current():
        return False
    _npm_ci()
    versions = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    shutil.rmtree(TARGET, ignore_errors=True)
    entries = [_copy(library, versions) for library in LIBRARIES]
    manifest = {"lock_sha256": _sha256(LOCK), "libraries": entries}
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (TARGET / MANIFEST).write_text(text, encoding="utf-8")
    return True


def _npm_ci() -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise VendoringFailed(
            "The browser libraries are not vendored and npm was not found. "
            "Install Node 20 or newer and run: python frontend/vendor.py"
        )
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        reason = next(iter((done.stderr or done.stdout).strip().splitlines()), "no message")
        raise VendoringFailed(
            f"npm ci failed in {FRONTEND.name}/ ({reason}). Nothing was changed. "
            "Check the connection to the npm registry, then run: python frontend/vendor.py"
        )


def _copy(library: Library, packages: dict[str, dict[str, object]]) -> dict[str, object]:
    package = FRONTEND / "node_modules" / library.name
    folder = TARGET / library.folder
    folder.mkdir(parents=True, exist_ok=True)
    copied = []
    for name in (*library.files, library.licence_file):
        source, copy = package / name, folder / Path(name).name
        if not source.is_file():
            raise VendoringFailed(
                f"{library.name} has no file {name} in this version. "
                "Correct LIBRARIES in frontend/vendor.py, then run it again."
            )
        shutil.copyfile(source, copy)
        copied.append(copy)
        if copy.suffix in COMPRESSED:
            copied.append(_compress(copy))
    if library.bundles_others:
        copied.append(_notices(folder, packages))
    entry = packages[f"node_modules/{library.name}"]
    return {
        "name": library.name,
        "version": entry["version"],
        "licence": entry.get("license", ""),
        "files": [{"path": f"{library.folder}/{c.name}", "sha256": _sha256(c)} for c in copied],
    }


def _compress(file: Path) -> Path:
    """The gzip copy beside a file, which the static server sends when the browser takes it."""
    copy = file.with_name(file.name + ".gz")
    copy.write_bytes(gzip.compress(file.read_bytes(), compresslevel=9, mtime=0))
    return copy


def _notices(folder: Path, packages: dict[str, dict[str, object]]) -> Path:
    """The licences of the packages bundled inside a library's files."""
    own = {f"node_modules/{library.name}" for library in LIBRARIES}
    parts = []
    for path, entry in sorted(packages.items()):
        if not path or path in own or entry.get("dev"):
            continue
        licences = sorted((FRONTEND / path).glob("[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*"))
        text = licences[0].read_text(encoding="utf-8").strip() if licences else ""
        name = path.removeprefix("node_modules/")
        heading = f"{name} {entry['version']} ({entry.get('license', 'see its package')})"
        parts.append(f"{heading}\n{'-' * len(heading)}\n{text}\n")
    file = folder / NOTICES
    file.write_text("\n".join(parts), encoding="utf-8")
    return file


def _matches(path: str, sha256: str) -> bool:
    file = TARGET / path
    return file.is_file() and _sha256(file) == sha256


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def main() -> int:
    """0 where the libraries are in place, 1 with one line on stderr where they are not."""
    try:
        fetched = vendor()
    except VendoringFailed as problem:
        print(problem, file=sys.stderr)
        return 1
    print("Browser libraries vendored." if fetched else "Browser libraries are current.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
