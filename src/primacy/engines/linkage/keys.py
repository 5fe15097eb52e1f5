"""Keys that bring records together: two records are compared when they share one of them.

A key that too many records share would make more pairs than it is worth; it is left out, counted
and said. Every other key of those records still works.
"""

from collections import Counter

from primacy.engines.linkage.people import Prepared, Row, several

SINGLE_KEYS = (
    "key_birth",
    "key_name",
    "key_family_place",
    "key_given_place",
    "key_family_year",
    "key_given_year",
    "key_service",
    "key_day",
)
LISTED_KEYS = {"key_numbers": "numbers", "key_contact": "contact"}

WORDS = {
    "key_birth": "birth date",
    "key_name": "all names",
    "key_family_place": "family name and place",
    "key_given_place": "given name and place",
    "key_family_year": "family name and year of birth",
    "key_given_year": "given name and year of birth",
    "key_service": "family name, unit and intake year",
    "key_day": "day and month of birth and initials",
    "key_numbers": "number",
    "key_contact": "contact",
}


def keyed(prepared: Prepared, largest_block: int) -> None:
    """Adds the keys to the rows; keys shared by more than `largest_block` records are left out."""
    for row in prepared.rows:
        row |= single_keys(row)
    for key in SINGLE_KEYS:
        shared = Counter(row[key] for row in prepared.rows if row[key] is not None)
        large = {value for value, number in shared.items() if number > largest_block}
        for row in prepared.rows:
            row[key] = None if row[key] in large else row[key]
        remark(prepared, key, large, largest_block)
    for key, column in LISTED_KEYS.items():
        lists = [own if isinstance(own := row[column], list) else [] for row in prepared.rows]
        shared = Counter(value for own in lists for value in own)
        large = {value for value, number in shared.items() if number > largest_block}
        for row, own in zip(prepared.rows, lists, strict=True):
            row[key] = [value for value in own if value not in large] or None
        remark(prepared, key, large, largest_block)


def only_own(prepared: Prepared, most: int) -> None:
    """Takes out numbers and contacts that more than `most` records give: they are nobody's own.

    Offices fill an empty field with 999999 or their own telephone. As evidence that would make one
    person of everybody; whether somebody sells one card many times is a question of its own.
    """
    for column in LISTED_KEYS.values():
        told = [own if isinstance(own := row[column], list) else [] for row in prepared.rows]
        shared = Counter(value for own in told for value in own)
        nobodys = {value for value, number in shared.items() if number > most}
        if not nobodys:
            continue
        for row, own in zip(prepared.rows, told, strict=True):
            if nobodys.intersection(own):
                row |= several(column, [value for value in own if value not in nobodys])
        if column == "numbers":
            give_kinds(prepared.rows)
        prepared.notes.append(
            f"{len(nobodys)} entries of {WORDS[f'key_{column}']} are given by more than {most} "
            "records each and count as unknown"
        )


def give_kinds(rows: list[Row]) -> None:
    """Writes down again which kinds of number each record has."""
    for row in rows:
        own = row["numbers"] if isinstance(row["numbers"], list) else []
        row["kinds"] = sorted({number.split(":")[0] for number in own}) or None


def remark(prepared: Prepared, key: str, large: set[object], largest_block: int) -> None:
    """Notes the keys left out."""
    if large:
        prepared.notes.append(
            f"{len(large)} values of the key “{WORDS[key]}” are shared by more than "
            f"{largest_block} records and did not bring them together"
        )


def single_keys(row: Row) -> Row:
    """Returns the keys of one record; None where a part is unknown."""
    given, family = row["given_key"], row["family_key"]
    words = sorted(f"{given or ''} {family or ''}".split())
    day = row["birth_date"]
    initials = "".join(sorted(word[0] for word in words))
    return {
        "key_birth": day,
        "key_name": " ".join(words) if len(words) > 1 else None,
        "key_family_place": joined(family, row["place_key"]),
        "key_given_place": joined(given, row["place_key"]),
        "key_family_year": joined(family, row["birth_year"]),
        "key_given_year": joined(given, row["birth_year"]),
        "key_service": joined(family, row["unit"], row["intake"]),
        "key_day": joined(str(day)[4:], initials) if day and initials else None,
    }


def joined(*parts: object) -> str | None:
    """Returns the parts as one key, None if one of them is unknown."""
    return None if any(part is None for part in parts) else "|".join(str(part) for part in parts)
