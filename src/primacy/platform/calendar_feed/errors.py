"""Errors of calendar files.

CalendarRefused     an entry that RFC 5545 does not allow; nothing is written
"""


class CalendarRefused(ValueError):
    """An entry that cannot be written, with the entry, what is wrong and what to do."""

    def __init__(self, uid: str, wrong: str, action: str) -> None:
        self.uid, self.wrong, self.action = uid, wrong, action
        super().__init__(f"Calendar entry {uid or 'without UID'}: {wrong} {action}")
