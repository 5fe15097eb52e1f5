"""The pinned description of the API: `python -m primacy.faces.api.contract` renews it."""

import json
import os
import sys
from pathlib import Path

PINNED = Path("tests/contract/openapi.json")


def description() -> str:
    """The OpenAPI description as text, as it is pinned."""
    from primacy.faces.api.site import api

    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n"


def main() -> None:
    """Writes the description to the file given, else to the pinned one below this folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "primacy.settings.test")
    import django

    django.setup()
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PINNED
    if not target.parent.is_dir():
        sys.exit(f"There is no folder {target.parent}. Run this at the top of a clone.")
    target.write_text(description(), encoding="utf-8")
    print(f"{target} is renewed. Read its difference: it is what clients will see change.")


if __name__ == "__main__":
    main()
