"""Build hook: puts the browser libraries into the tree before a wheel or sdist is packed."""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BrowserLibraries(BuildHookInterface):  # type: ignore[type-arg]
    """Vendors the libraries when they are absent or older than the lock file.

    A source archive carries them, so building from one needs no Node. With PRIMACY_NO_ASSETS=1
    the build goes on without them: for checks that serve no pages.
    """

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        """Runs before the files are collected."""
        if os.environ.get("PRIMACY_NO_ASSETS") == "1":
            self.app.display_warning("PRIMACY_NO_ASSETS=1: built without the browser libraries.")
            return
        vendoring = _load(Path(self.root) / "frontend" / "vendor.py")
        try:
            vendoring.vendor()
        except vendoring.VendoringFailed as problem:
            if version == "editable":
                self.app.display_warning(str(problem))
                return
            raise SystemExit(f"{problem} (or set PRIMACY_NO_ASSETS=1)") from None


def _load(path: Path) -> ModuleType:
    """The vendoring module; it lies outside the package because it is never installed."""
    spec = importlib.util.spec_from_file_location("primacy_frontend_vendor", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is missing from this source tree: take a complete copy of it.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
