"""`python -m tests.duties` writes docs/duties.md anew; a person reads the difference."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "primacy.settings.test")
django.setup()

from tests.duties.page import PAGE, written  # noqa: E402

PAGE.write_text(written(), encoding="utf-8")
