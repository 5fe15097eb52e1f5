"""`python -m tests.duties` writes docs/duties.md anew; a person reads the difference."""

from tests.duties.page import PAGE, written

PAGE.write_text(written(), encoding="utf-8")
