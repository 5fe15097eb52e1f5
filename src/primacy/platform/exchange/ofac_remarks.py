"""The remarks of an OFAC record: dates and places of birth, papers and aliases, in one text.

Parts are separated by semicolons; each begins with what it is. What is not known here is handed
back as written, so that nothing is lost without a word.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from primacy.platform.exchange.list_dates import read_span
from primacy.platform.exchange.list_entries import (
    ListedBirth,
    ListedDocument,
    ListedName,
    NameKind,
    Quality,
)

_PARTS = re.compile(r";\s+(?=(?:alt\. )?[A-Za-z\"'(])")
_ALIAS = re.compile(r"(a|f|n)\.k\.a\. (?:'(.+)'|\"(.+)\")\s*(?:\((.+)\))?")
_PAPERS = (
    "Passport", "Stateless Person Passport", "Diplomatic Passport", "Cedula No.", "Cedula de",
    "National ID No.", "National Foreign ID Number", "Identification Number", "D.N.I.", "C.U.R.P.",
    "R.F.C.", "RFC", "Driver's License No.", "Electoral Registry No.", "Credencial electoral",
    "Personal ID Card", "Birth Certificate Number", "Tax ID No.", "Cartilla de Servicio",
    "SSN", "I.F.E.", "Matricula", "Numero de Identidad", "NIT #", "RUC #", "RIF #", "NIE", "C.I.F.",
    "Residency Number", "Military Registration Number", "British National Overseas Passport",
    "Afghan", "Turkish Identification Number", "Registration ID", "Company Number",
    "Registration Number", "Business Registration", "Public Registration Number", "V.A.T. Number",
    "D-U-N-S Number", "Folio Mercantil", "Italian Fiscal Code", "C.R. No.", "Tourism License No.",
    "Trade License No.", "Commercial Registry Number", "Government Gazette Number", "MMSI",
    "Vessel Registration Identification", "Aircraft Tail Number", "Matricula Mercantil No",
    "Interpol", "Refugee ID Card", "Travel Document Number", "Citizen's Card Number", "Visa Number",
    "US FEIN", "LE Number", "CNP", "Legal Entity Number", "Chamber of Commerce Number",
    "Enterprise Number", "Tarjeta Profesional", "Unified Social Credit Code (USCC)",
)  # fmt: skip
_PAPER = re.compile(
    "(" + "|".join(re.escape(kind) for kind in sorted(_PAPERS, key=len, reverse=True))
    + r")[ :#]*(.+)"
)  # fmt: skip
_NUMBER = re.compile(r"([^()]*?)\s*(?:\(([^()]+)\))?\s*((?:issued|expires|\(issued).*)?")
NOT_IDENTIFYING = (
    "Linked To", "Additional Sanctions Information", "Secondary sanctions risk", "Transactions ",
    "Website", "Email", "SWIFT", "Organization Established", "Organization Type", "Phone",
    "Telephone", "Fax", "Digital Currency", "CAATSA", "Executive Order", "Executive ",
)  # fmt: skip
"""Parts that say nothing about who is meant; they stay in the narrative."""


@dataclass
class Remarks:
    """What the remarks of one record say, part by part."""

    births: list[ListedBirth] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    documents: list[ListedDocument] = field(default_factory=list)
    names: list[ListedName] = field(default_factory=list)
    sex: str = ""
    unread: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)


def read_remarks(text: str) -> Remarks:
    """The parts of the remarks, each where it belongs."""
    found = Remarks()
    for part in _PARTS.split(text.strip().removesuffix(".")):
        words = " ".join(part.split())
        if words:
            _take(found, words.removeprefix("alt. "), words)
    return found


def _take(found: Remarks, plain: str, written: str) -> None:
    for beginning, take in _TAKEN.items():
        if plain.startswith(beginning):
            take(found, plain.removeprefix(beginning).strip())
            return
    if match := _ALIAS.fullmatch(plain):
        kind = NameKind.FORMER if match[1] == "f" else NameKind.ALIAS
        # A name in quotation marks inside the remarks is a weak alias by the publisher's rule.
        found.names.append(
            ListedName((match[2] or match[3]).strip(), kind, Quality.LOW, match[4] or "")
        )
    elif match := _PAPER.fullmatch(plain):
        found.documents.append(_document(match[1], match[2]))
    elif plain.startswith(NOT_IDENTIFYING):
        found.other.append(written)
    else:
        found.unread.append(written)


def _document(kind: str, rest: str) -> ListedDocument:
    match = _NUMBER.fullmatch(rest)
    if match is None:
        return ListedDocument(kind.rstrip(".#"), rest)
    return ListedDocument(kind.rstrip(".#"), match[1].strip(), match[2] or "", match[3] or "")


def _birth(found: Remarks, rest: str) -> None:
    plain = rest.removeprefix("circa ").strip()
    found.births.append(ListedBirth(read_span(plain), rest, approximate=plain != rest))


def _sex(found: Remarks, rest: str) -> None:
    found.sex = rest.lower() if rest.lower() in ("male", "female") else ""


_TAKEN: dict[str, Callable[[Remarks, str], None]] = {
    "DOB ": _birth,
    "POB ": lambda found, rest: found.places.append(rest),
    "nationality ": lambda found, rest: found.nationalities.append(rest),
    "citizen ": lambda found, rest: found.nationalities.append(rest),
    "Gender ": _sex,
}
