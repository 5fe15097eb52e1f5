"""What is proposed for a pair: accepted only with evidence besides the name and nothing against it.

A probability alone never accepts. Two records become one proposed person only when they agree in
something a namesake or a relative does not share, when their names do not differ, and when no
document, sex or birth date speaks against it. Everything else goes to a person, with the reason.
"""

from collections.abc import Mapping

from primacy.engines.linkage.records import Grade, Thresholds, Verdict, Why

PROOFS = ("numbers", "birth", "contact")
SUPPORTS = ("numbers", "birth", "contact", "address")
SUPPORTS_NEEDED = 2

Grades = Mapping[str, Grade]


def decided(
    probability: float, grades: Grades, thresholds: Thresholds
) -> tuple[Verdict, tuple[Why, ...]] | None:
    """Returns the verdict on a pair with its reasons; None when it is not worth showing."""
    shared = grades.get("numbers") is Grade.SAME
    if probability < thresholds.refer and not shared:
        return None
    against = objections(grades)
    if probability < thresholds.accept:
        against.append(Why.NUMBER_SHARED if probability < thresholds.refer else Why.UNSURE)
    return (Verdict.REFER, tuple(against)) if against else (Verdict.ACCEPT, ())


def objections(grades: Grades) -> list[Why]:
    """Returns everything that keeps a pair from being proposed as one person."""
    found: list[Why] = []
    names = [grades.get(field, Grade.UNKNOWN) for field in ("given", "family", "father")]
    number, birth = grades.get("numbers"), grades.get("birth")
    proven_twice = number is Grade.SAME and birth is Grade.SAME
    differing = names.count(Grade.DIFFERS)
    if not has_proof(grades):
        found.append(Why.NAME_ALONE)
    if not {Grade.SAME, Grade.NEAR}.intersection(names[:2]):
        found.append(Why.NAME_UNKNOWN if not differing else Why.NAME_OTHER)
    elif differing and not (proven_twice and differing == 1):
        found.append(Why.NAME_OTHER)
    if number is Grade.DIFFERS:
        found.append(Why.NUMBER_OTHER)
    if grades.get("sex") is Grade.DIFFERS:
        found.append(Why.SEX_OTHER)
    if birth is Grade.DIFFERS:
        found.append(Why.BIRTH_OTHER)
    return found


def has_proof(grades: Grades) -> bool:
    """Returns whether something besides names agrees that namesakes do not share."""
    if any(grades.get(field) is Grade.SAME for field in PROOFS):
        return True
    agreeing = [grades.get(field) in {Grade.SAME, Grade.NEAR} for field in SUPPORTS]
    return sum(agreeing) >= SUPPORTS_NEEDED
