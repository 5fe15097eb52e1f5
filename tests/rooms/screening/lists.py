"""Made-up lists in the shape of the Security Council's; nobody on them exists."""

from collections.abc import Mapping, Sequence


def individual(
    reference: str,
    name: str,
    *,
    aliases: Sequence[tuple[str, str]] = (),
    births: Sequence[Mapping[str, str]] = (),
    more: str = "",
    comments: str = "",
) -> str:
    """One person's record; the name's words become its parts."""
    parts = name.split()
    tags = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
    words = "".join(f"<{tag}>{part}</{tag}>" for tag, part in zip(tags, parts, strict=False))
    other = "".join(
        f"<INDIVIDUAL_ALIAS><QUALITY>{quality}</QUALITY><ALIAS_NAME>{alias}</ALIAS_NAME>"
        "</INDIVIDUAL_ALIAS>"
        for quality, alias in aliases
    )
    born = "".join(
        "<INDIVIDUAL_DATE_OF_BIRTH>"
        + "".join(f"<{tag}>{text}</{tag}>" for tag, text in birth.items())
        + "</INDIVIDUAL_DATE_OF_BIRTH>"
        for birth in births
    )
    return (
        f"<INDIVIDUAL>\n<DATAID>1</DATAID>{words}<UN_LIST_TYPE>Carana</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER><LISTED_ON>2016-11-30</LISTED_ON>"
        f"<COMMENTS1>{comments}</COMMENTS1>{other}{born}{more}</INDIVIDUAL>\n"
    )


def entity(reference: str, name: str) -> str:
    """One organisation's record."""
    return (
        f"<ENTITY>\n<FIRST_NAME>{name}</FIRST_NAME><UN_LIST_TYPE>Carana</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER></ENTITY>\n"
    )


def un_xml(generated: str, *records: str) -> str:
    """A list of these records, generated at this moment."""
    people = "".join(record for record in records if record.startswith("<INDIVIDUAL"))
    groups = "".join(record for record in records if record.startswith("<ENTITY"))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<CONSOLIDATED_LIST dateGenerated="{generated}">\n<INDIVIDUALS>\n{people}</INDIVIDUALS>\n'
        f"<ENTITIES>\n{groups}</ENTITIES>\n</CONSOLIDATED_LIST>\n"
    )
