"""Nouns that stand beside a figure, in the form the reader's language asks for at that count."""

from django.utils.translation import ngettext

from primacy.platform.language.figures import grouped


def noun(one: str, several: str) -> tuple[str, str]:
    """Both English forms of a noun, which the catalogues carry in all forms of a language."""
    return one, several


NOUNS: dict[str, str] = {
    several: one
    for one, several in (
        noun("row", "rows"),
        noun("area", "areas"),
        noun("incident", "incidents"),
        noun("unit", "units"),
        noun("person", "persons"),
        noun("site", "sites"),
        noun("fact up to this day", "facts up to this day"),
        noun("value", "values"),
        noun("minute", "minutes"),
        noun("hour", "hours"),
        noun("day", "days"),
        noun("report", "reports"),
        noun("percentage point", "percentage points"),
        noun("alert answered alone", "alerts answered alone"),
        noun("resident within reach", "residents within reach"),
        noun("officer present", "officers present"),
        noun("place visited", "places visited"),
        noun("certified officer", "certified officers"),
        noun("serviceable vehicle", "serviceable vehicles"),
        noun("serviceable radio", "serviceable radios"),
        noun("complaint concluded", "complaints concluded"),
        noun("resident who would report", "residents who would report"),
        noun("concern closed", "concerns closed"),
    )
}
"""By the plural: the singular. Units and counted things of the default standard, and of tables."""


def counted(count: int, several: str) -> str:
    """A count and its noun: "1 incident", "1,240 incidents"; an unknown noun as it is given."""
    one = NOUNS.get(several, several)
    return f"{grouped(count)} {ngettext(one, several, count)}"
