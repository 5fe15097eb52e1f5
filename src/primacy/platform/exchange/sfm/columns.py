"""The columns of the sheets, in the order of the published template, and those Primacy adds.

The template keeps first and last cited days; it has no column for the status of a claim or for an
imprecise range. The columns added at the end carry the names which the present research handbook
gives them. Where a sheet has them, each row states one claim.
"""

from typing import Final

UNITS, PERSONS, EXTRA = "units", "persons", "persons_extra"
INCIDENTS, SOURCES = "incidents", "sources"

RANGE: Final = (
    "first_precise:range",
    "last_precise:range",
    "first_imprecise:range",
    "last_imprecise:range",
    "starting:range",
    "ending:range",
    "starting_context:range",
    "ending_context:range",
)
META: Final = ("status:meta", "public_notes:meta", "internal_comments:meta", "marking:meta")
CLAIM: Final = (*RANGE, *META)
"""Of a sheet with one claim in each row."""


def _cited(name: str) -> tuple[str, ...]:
    return name, f"{name}:source", f"{name}:confidence"


def _parts(name: str) -> tuple[str, ...]:
    return name, f"{name}_month", f"{name}_day", f"{name}_year"


def _day(name: str) -> tuple[str, ...]:
    return *_parts(name), f"{name}:source", f"{name}:confidence"


def _of(kind: str) -> tuple[str, ...]:
    return tuple(f"{kind}:{name}:admin" for name in ("owner", "status", "comments", "id"))


UNIT_COLUMNS: Final = (
    *_of("unit"),
    *_cited("unit:name"), *_cited("unit:other_names"), *_cited("unit:classification"),
    *_cited("unit:country"),
    *_day("unit:first_cited_date"), "unit:first_cited_date_start",
    *_day("unit:last_cited_date"), "unit:last_cited_date_open",
    "unit:relation_type", "unit:related_unit_id:admin", *_cited("unit:related_unit"),
    *_cited("unit:related_unit_class"),
    *_day("unit:related_unit_first_cited_date"), "unit:related_unit_first_cited_date_start",
    *_day("unit:related_unit_last_cited_date"), "unit:related_unit_open",
    "unit:location_type", *_cited("unit:base_name"), *_cited("unit:location"),
    *_day("unit:location_first_cited_date"), "unit:location_first_cited_date_founding",
    *_day("unit:location_last_cited_date"), "unit:location_open", "unit:notes:admin",
    *CLAIM, "unit:force", "unit:side", "unit:latitude", "unit:longitude",
)  # fmt: skip

PERSON_COLUMNS: Final = (
    *_of("person"),
    *_cited("person:name"), *_cited("person:other_names"), *_cited("person:country"),
    "person:posting_unit_id:admin", "person:posting_unit_name",
    "person:posting_unit:source", "person:posting_unit:confidence",
    *_cited("person:posting_role"), *_cited("person:posting_title"),
    *_cited("person:posting_rank"),
    *_day("person:posting_first_cited_date"), "person:posting_first_cited_date_start",
    *_cited("person:posting_first_cited_date_start_context"),
    *_day("person:posting_last_cited_date"), "person:posting_last_cited_date_end",
    *_cited("person:posting_last_cited_date_end_context"), "person:notes:admin",
    *CLAIM, "person:name_kind", "person:posting_commanding", "person:posting_acting",
)  # fmt: skip

EXTRA_COLUMNS: Final = (
    "person_extra:name", "person_extra:id:admin",
    *_cited("person_extra:gender"), *_cited("person_extra:date_of_birth"),
    *_cited("person_extra:deceased"), *_cited("person_extra:deceased_date"),
    "person_extra:account_type", "person_extra:account_id",
    "person_extra:account:source", "person_extra:account:confidence",
    "person_extra:external_link_description",
    "person_extra:external_link:source", "person_extra:external_link:confidence",
    "person_extra:media_desc", "person_extra:media:source", "person_extra:media:confidence",
    "person_extra:notes:admin",
    *CLAIM, "person_extra:born_earliest", "person_extra:born_latest",
    "person_extra:place_of_birth", "person_extra:left_kind", "person_extra:left_earliest",
    "person_extra:left_latest",
)  # fmt: skip

INCIDENT_COLUMNS: Final = (
    *_of("incident"),
    *_parts("incident:start_date"), *_parts("incident:end_date"), *_parts("incident:pub_date"),
    *_parts("incident:update_date"), "incident:update_status",
    "incident:location_description", "incident:location",
    "incident:violation_type", "incident:violation_description",
    "incident:perpetrator_person_id:admin", "incident:perpetrator_person_name",
    "incident:perpetrator_unit_id:admin", "incident:perpetrator_unit_name",
    "incident:perpetrator_classification", "incident:all:source",
    *CLAIM, "incident:part",
)  # fmt: skip

SOURCE_COLUMNS: Final = (
    "source:comments:admin", "source:restricted:admin",
    "source:external_archive_sha_content:admin", "source:external_archive_sha_meta:admin",
    "source:access_point_id:admin", "source:type", "source:title", "source:author", "source:url",
    "source:created_timestamp", "source:uploaded_timestamp", "source:published_timestamp",
    "source:accessed_timestamp", "source:access_point_type", "source:access_point_trigger",
    "source:archive_url", "source:archive_timestamp", "source:publication_country",
    "source:publication_name", "source:publication_id:admin", "marking:meta",
)  # fmt: skip

COLUMNS: Final = {
    SOURCES: SOURCE_COLUMNS,
    UNITS: UNIT_COLUMNS,
    PERSONS: PERSON_COLUMNS,
    EXTRA: EXTRA_COLUMNS,
    INCIDENTS: INCIDENT_COLUMNS,
}
"""The sheets in the order in which they are read."""

KEY_COLUMN: Final = {
    SOURCES: "source:access_point_id:admin",
    UNITS: "unit:id:admin",
    PERSONS: "person:id:admin",
    EXTRA: "person_extra:id:admin",
    INCIDENTS: "incident:id:admin",
}
"""The column by which a sheet is known, and its records are told apart."""

STATUS_COLUMN: Final = {
    UNITS: "unit:status:admin",
    PERSONS: "person:status:admin",
    INCIDENTS: "incident:status:admin",
}
FINISHED = "3"
"""What stands in the column of status where the makers of a sheet have finished a row."""
