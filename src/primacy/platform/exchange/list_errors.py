"""Errors of list files.

ListFileRefused     the file as a whole is not read; the message says where and what to do
├── ListFileHostile it declares entities or a document type, or is larger than any list
└── ListDateMissing the file does not say of which day it is, and nobody did
"""

from django.utils.translation import gettext_noop as _


class ListFileRefused(ValueError):
    """The file is not read. Says the file, the place, what was expected and what to do."""

    def __init__(self, file: str, wrong: str, action: str, line: int = 0) -> None:
        self.file, self.wrong, self.action, self.line = file, wrong, action, line
        place = _("%(file)s, line %(line)d") % {"file": file, "line": line} if line else file
        super().__init__(
            _("%(place)s: %(wrong)s Nothing was changed. %(action)s")
            % {"place": place, "wrong": wrong, "action": action}
        )


class ListFileHostile(ListFileRefused):
    """The file holds what no list needs and what could harm."""


class ListDateMissing(ListFileRefused):
    """Of which day the list is stands nowhere."""
