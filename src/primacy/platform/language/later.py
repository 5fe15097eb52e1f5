"""A text that is translated when it is shown, typed as the text it then is."""

from typing import cast

from django.utils.translation import gettext_lazy


def later(message: str) -> str:
    """The message, translated whenever it is shown: for tables and forms made at import time.

    It is Django's lazy text. It is typed as `str` because every reader of such a table formats,
    joins or shows it, which a lazy text does as a text does.
    """
    return cast(str, gettext_lazy(message))
