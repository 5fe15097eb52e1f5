"""Releases (vintages) of UCDP event data, as their file names and the API write them."""

import re

_WITH_V = re.compile(r"(?<![a-z0-9])v(\d{2}(?:[_.]\d{1,2}){1,3})(?!\d)", re.IGNORECASE)
_SHORT = re.compile(r"(?<![a-z0-9])ged(\d{2})(\d)(?!\d)", re.IGNORECASE)
_VERSION = re.compile(r"\d{1,2}(\.\d{1,2}){1,3}")


def vintage_of_name(name: str) -> str | None:
    """The release named by a file name, or None.

    `GEDEvent_v23_1` is "23.1", `GEDEvent_v23_0_10` "23.0.10" (candidate, October 2023),
    `GEDEvent_v23_01_23_12` "23.01.23.12" (candidate, a span of months), `ged231-csv` "23.1".
    """
    long = _WITH_V.search(name)
    if long is not None:
        return long[1].replace("_", ".")
    short = _SHORT.search(name)
    return None if short is None else f"{short[1]}.{short[2]}"


def is_version(text: str) -> bool:
    """Whether the text is written like a release: 23.1, 23.0.10, 23.01.23.12."""
    return _VERSION.fullmatch(text) is not None


def is_candidate(vintage: str) -> bool:
    """Whether a release is a candidate one (monthly, provisional), not a yearly one."""
    return vintage.count(".") >= 2
