"""Groups of persons by sex, as tables head them."""

from django.utils.translation import gettext_lazy

from primacy.rooms.census.models import Sex

GROUP_WORDS = {
    Sex.WOMAN.value: gettext_lazy("Women"),
    Sex.MAN.value: gettext_lazy("Men"),
    Sex.OTHER.value: gettext_lazy("Other"),
    Sex.UNKNOWN.value: gettext_lazy("Not known"),
}
ORDER = tuple(GROUP_WORDS)
"""Women, men, other, not known: in this order in every table."""


def in_order(group: str) -> tuple[int, str]:
    """Where a group stands: those by sex in their order, all others by name."""
    return (ORDER.index(group), "") if group in ORDER else (len(ORDER), group)
