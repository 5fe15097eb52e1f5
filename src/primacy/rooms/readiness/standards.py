"""Standards as data: the shipped default, reading and checking a version's criteria."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from primacy.kernels.readiness import Comparison, Criterion, Method
from primacy.rooms.readiness.errors import BadStandard

FIELDS = (
    "code",
    "dimension",
    "indicator",
    "label",
    "comparison",
    "threshold",
    "gate",
    "methods",
    "max_age_days",
    "tolerance",
    "bound",
    "unit",
    "numerator_noun",
    "denominator_noun",
    "origin",
    "responsibilities",
    "leads",
)

BOUNDS = ("value", "lower", "upper")
"""What of an interval is held against the threshold."""


@dataclass(frozen=True)
class StandardContent:
    """A standard as data, checked: what a draft is made from."""

    name: str
    origin: str
    confidence: float
    parties: tuple[str, ...]
    seats_per_party: int
    criteria: tuple[Mapping[str, object], ...]


def read_standard(path: Path) -> StandardContent:
    """The content of a standard file (JSON); `BadStandard` says what cannot be read."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise BadStandard(
            _("%(path)s is not a readable JSON file: %(problem)s")
            % {"path": path.name, "problem": problem}
        ) from problem
    return checked(raw)


def checked(raw: Mapping[str, object]) -> StandardContent:
    """The content of a standard, each criterion tried on the kernel's own rules."""
    criteria = raw.get("criteria")
    if not isinstance(criteria, Sequence):
        raise BadStandard(_("A standard needs a list of criteria (it may be empty)."))
    rows = tuple(checked_criterion(row) for row in criteria)
    codes = [str(row["code"]) for row in rows]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise BadStandard(
            _("These criterion codes stand twice: %(twice)s.") % {"twice": ", ".join(twice)}
        )
    confidence = _number(raw.get("confidence", 0.8), "confidence")
    if not 0.5 <= confidence < 1:
        raise BadStandard(_("The confidence lies between 0.5 and 1 (0.8 by default)."))
    parties = raw.get("parties") or ["mission", "force", "ministry"]
    if not isinstance(parties, Sequence) or len(set(parties)) < 2:
        raise BadStandard(_("At least two different parties sign a standard."))
    seats = _whole(raw.get("seats_per_party", 1), _("seats per party"))
    if seats < 1:
        raise BadStandard(_("Each party needs at least one seat."))
    return StandardContent(
        name=str(raw.get("name") or _("Readiness standard")),
        origin=_origin(raw),
        confidence=confidence,
        parties=tuple(str(p) for p in parties),
        seats_per_party=seats,
        criteria=rows,
    )


def checked_criterion(raw: Mapping[str, object]) -> dict[str, object]:
    """One criterion with every field set; `BadStandard` names the field that is wrong."""
    code = str(raw.get("code") or "").strip()
    if not code:
        raise BadStandard(_("A criterion has no code."))
    methods = raw.get("methods") or []
    if not isinstance(methods, Sequence) or isinstance(methods, str):
        raise BadStandard(
            _("%(code)s: methods must be a list of records, self, field, survey.") % {"code": code}
        )
    age = raw.get("max_age_days")
    row: dict[str, object] = {
        **{name: str(raw.get(name) or "") for name in FIELDS},
        "code": code,
        "threshold": _number(raw.get("threshold"), _("%(code)s: threshold") % {"code": code}),
        "gate": bool(raw.get("gate")),
        "methods": [str(m) for m in methods],
        "max_age_days": None
        if age in (None, "")
        else _whole(age, _("%(code)s: oldest age") % {"code": code}),
        "tolerance": _number(raw.get("tolerance") or 0, _("%(code)s: tolerance") % {"code": code}),
        "bound": str(raw.get("bound") or "value"),
        "responsibilities": _codes(raw.get("responsibilities")),
        "leads": _codes(raw.get("leads")),
    }
    _try_on_kernel(row)
    return row


def _try_on_kernel(row: Mapping[str, object]) -> None:
    methods, age = row["methods"], row["max_age_days"]
    if row["bound"] not in BOUNDS:
        raise BadStandard(
            _("%(row)s: the bound is one of %(bounds)s.")
            % {"row": row["code"], "bounds": ", ".join(BOUNDS)}
        )
    try:
        Criterion(
            code=str(row["code"]),
            dimension=str(row["dimension"]),
            indicator=str(row["indicator"]),
            comparison=Comparison(str(row["comparison"])),
            threshold=float(str(row["threshold"])),
            gate=bool(row["gate"]),
            methods=frozenset(Method(m) for m in methods if isinstance(m, str))
            if isinstance(methods, list)
            else frozenset(),
            max_age_days=age if isinstance(age, int) else None,
            tolerance=float(str(row["tolerance"])),
            bound=str(row["bound"]),  # type: ignore[arg-type]
            unit=str(row["unit"]),
        )
    except ValueError as problem:
        raise BadStandard(f"{row['code']}: {problem}") from problem


def _origin(raw: Mapping[str, object]) -> str:
    """Where a standard comes from: its own word, else its source and note."""
    if raw.get("origin"):
        return str(raw["origin"])
    parts = [str(raw[name]).strip(". ") for name in ("source", "note") if raw.get(name)]
    return ". ".join(parts) + "." if parts else ""


def _codes(raw: object) -> list[str]:
    return [str(code) for code in raw] if isinstance(raw, list | tuple) else []


def _number(raw: object, what: str) -> float:
    try:
        return float(str(raw))
    except ValueError as problem:
        raise BadStandard(
            _("%(what)s must be a number, not '%(raw)s'.") % {"what": what, "raw": raw}
        ) from problem


def _whole(raw: object, what: str) -> int:
    number = _number(raw, what)
    if not number.is_integer():
        raise BadStandard(
            _("%(what)s must be a whole number, not '%(raw)s'.") % {"what": what, "raw": raw}
        )
    return int(number)
