"""Static files under addresses that change with their content, so that browsers keep them.

The version stands in the folder, `/static/<version>/primacy/…`, and covers all files together: a
script that imports its neighbour by a relative path gets the neighbour of the same version, and
nothing has to be collected or rewritten before the site is served.
"""

import hashlib
from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.middleware import WhiteNoiseMiddleware

DIGITS = 12


@cache
def version() -> str:
    """The digest of the names and contents of all static files, shortened."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for path, storage in sorted(finder.list(None), key=lambda found: str(found[0])):
            digest.update(path.encode())
            with storage.open(path) as file:
                digest.update(hashlib.sha256(file.read()).digest())
    return digest.hexdigest()[:DIGITS]


class VersionedStorage(StaticFilesStorage):
    """Addresses of static files, with the version before the name."""

    def url(self, name: str | None) -> str:
        """The address of a file; without a version while the files are being edited."""
        if settings.DEBUG or not name:
            return str(super().url(name))
        return str(super().url(f"{version()}/{name}"))


class VersionedFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Serves each static file under its plain address and under the one with the version."""

    def add_file_to_dictionary(self, url: str, path: str, stat_cache: object = None) -> None:
        """Makes a file known under both addresses."""
        super().add_file_to_dictionary(url, path, stat_cache=stat_cache)
        if url.startswith(self.static_prefix):
            name = url[len(self.static_prefix) :]
            versioned = f"{self.static_prefix}{version()}/{name}"
            super().add_file_to_dictionary(versioned, path, stat_cache=stat_cache)

    def immutable_file_test(self, path: str, url: str) -> bool:
        """Whether the content behind an address can never change."""
        return url.startswith(f"{self.static_prefix}{version()}/")
