"""Days, months and numbers as the reasons of a flag write them, and plain accounts and numbers."""

import datetime as dt
import re
import unicodedata

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_NUMBER = re.compile(r"([^0-9]*)([0-9]+)([^0-9]*)")


def day_words(day: dt.date) -> str:
    """A day in words: 27 March 2009."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_words(month: dt.date) -> str:
    """A month in words: March 2009."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def month_of(day: dt.date) -> dt.date:
    """The first day of its month."""
    return day.replace(day=1)


def months_after(month: dt.date, count: int) -> dt.date:
    """The first day of the month so many months later."""
    whole = month.year * 12 + month.month - 1 + count
    return dt.date(whole // 12, whole % 12 + 1, 1)


def plain_account(text: str, *, bank: str = "", calling_code: str = "") -> str:
    """An account or mobile number in one way of writing, empty where there is none.

    Spaces, dashes, capitals, digits of another script, zeros in front (which spreadsheets drop)
    and the country's calling code make no difference.
    """
    plain = _letters_and_digits(text)
    code = _letters_and_digits(calling_code)
    international = text.strip().startswith("+") or plain.startswith("00")
    plain = plain.lstrip("0")
    if code and international and plain.startswith(code):
        plain = plain.removeprefix(code).lstrip("0")
    if not plain:
        return ""
    house = _letters_and_digits(bank)
    return f"{house}:{plain}" if house else plain


def plain_number(text: str) -> str:
    """A service number in one way of writing: capitals, no signs, no zeros before the figure."""
    plain = _letters_and_digits(text)
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return plain
    before, figure, after = match.groups()
    return f"{before}{int(figure)}{after}"


def number_parts(text: str) -> tuple[str, int] | None:
    """Prefix and figure of a service number; None where it has no figure at its end."""
    match = _NUMBER.fullmatch(_letters_and_digits(text))
    if match is None or match.group(3):
        return None
    return match.group(1), int(match.group(2))


def _letters_and_digits(text: str) -> str:
    found = []
    for sign in unicodedata.normalize("NFKC", text).upper():
        figure = unicodedata.decimal(sign, None)
        if figure is not None:
            found.append(str(figure))
        elif sign.isalpha():
            found.append(sign)
    return "".join(found)
