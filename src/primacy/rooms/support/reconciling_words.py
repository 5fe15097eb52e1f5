"""What is said of a line held against approvals: sentences a person can act on.

They name whoever the request names, never what the register of persons knows beside: a reading is
kept with the case, and who reads the case may not be cleared for the register.
"""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from primacy.kernels.names.persons import Why
from primacy.platform.policy import restricted


def approved(whys: Collection[Why]) -> str:
    """What makes a line certainly somebody approved."""
    if Why.ID_EQUAL in whys:
        return _("The same number, under the same name.")
    if Why.BIRTH_EQUAL in whys:
        return _("The same name and date of birth.")
    return _("The same name, in the unit it was approved in.")


def unit_unclear(unit_named: str) -> str:
    """Said beside an approved line whose unit nobody can tell."""
    return _("Which unit '%(unit)s' is could not be told for certain: check it on the spot.") % {
        "unit": unit_named
    }


def near(who: str, whys: Collection[Why], *, name_same: bool, same_unit: bool) -> list[str]:
    """Why a line may be somebody approved, what speaks against it, and what to ask for."""
    said = [
        _("The name is alike that of '%(who)s', who is approved.") % {"who": who}
        if name_same
        else _("'%(who)s', who is approved, bears another name.") % {"who": who}
    ]
    if Why.ID_EQUAL in whys:
        said.append(_("The number is the same."))
    if Why.BIRTH_EQUAL in whys:
        said.append(_("The date of birth is the same."))
    if Why.BIRTH_TURNED in whys:
        said.append(_("Day and month of birth are in the other order."))
    if same_unit:
        said.append(_("The unit is the same."))
    if Why.BIRTH_DIFFERS in whys:
        said.append(_("The date of birth is another."))
    if Why.ID_DIFFERS in whys:
        said.append(_("A number of the same kind is another."))
    supported = same_unit or {Why.ID_EQUAL, Why.BIRTH_EQUAL, Why.BIRTH_TURNED} & set(whys)
    if not supported:
        said.append(_("Nothing but the name speaks for it."))
    said.append(_("Ask for a paper with number and date of birth before anything is handed over."))
    return said


def near_is_barred(barred: Sequence[str]) -> list[str]:
    """Said where the line is near to somebody who may not receive."""
    return [_("Should it be the same person, nothing may be handed over:"), *barred]


def near_row(row: int) -> str:
    """Said where another line is that person already."""
    return _("Row %(row)d is that person already.") % {"row": row}


def near_several(names: Sequence[str]) -> list[str]:
    """Why a line that fits several approved is none of them."""
    return [
        _("Several approved fit equally: %(names)s. Ask for a number that tells them apart.")
        % {"names": ", ".join(names)}
    ]


def near_closed() -> list[str]:
    """Why a line may be somebody whose record the viewer may not see whole."""
    return [
        _("This may be somebody approved, part of whose record is closed to you: %(ask)s.")
        % {"ask": restricted()}
    ]


def never(namesakes: Sequence[str]) -> list[str]:
    """Why nothing may be handed over to a line, with those of the same name who are others."""
    said = [
        _("Nobody of this name and number, birth or unit is approved in this case: screen before "
          "anything is handed over.")
    ]  # fmt: skip
    if namesakes:
        said.append(
            _("'%(who)s' bears a like name and is somebody else: birth or number differ.")
            % {"who": namesakes[0]}
        )
    return said


def never_as_person(unit: str) -> str:
    """Said of a person where only their unit was approved."""
    return _("'%(unit)s' is approved as a unit; this person was not screened by name.") % {
        "unit": unit
    }


def never_as_unit(unit: str) -> list[str]:
    """Said of a unit of which only people were approved."""
    return [
        _("People of '%(unit)s' are approved, the unit itself is not: screen it before anything is "
          "handed over.") % {"unit": unit}
    ]  # fmt: skip


def no_unit() -> list[str]:
    """Why nothing may be handed over to a unit."""
    return [
        _("No unit of this name is approved in this case: screen it before anything is handed "
          "over.")
    ]  # fmt: skip


def near_unit(who: str, because: Sequence[str]) -> list[str]:
    """Why a name may mean an approved unit, and what keeps it from being certain."""
    said = [_("It may be '%(who)s', which is approved, and is not certain.") % {"who": who}]
    if because:
        said.append(_("What stands against it: %(what)s.") % {"what": "; ".join(because)})
    said.append(_("Ask which unit is meant, with its number and the unit above it."))
    return said


def same_unit(who: str) -> list[str]:
    """Why a line is an approved unit."""
    return [_("It is '%(who)s'.") % {"who": who}]


def wrong_unit(listed: str, approved_in: str) -> list[str]:
    """Why an approval does not hold for this line."""
    return [
        _("Approved in '%(unit)s', listed in '%(listed)s'. An approval holds for the unit it was "
          "given in: ask whether they moved, and screen anew.")
        % {"unit": approved_in, "listed": listed}
    ]  # fmt: skip


def twice(row: int) -> list[str]:
    """Why a line is not a second one who may receive."""
    return [_("Row %(row)d is the same already: one approval, one receives.") % {"row": row}]


def replaces(who: str) -> list[str]:
    """Who the line stands for, though nobody screened it."""
    return [
        _("Stands in the place of '%(who)s', who is approved and not on the list. Nobody was "
          "screened under this name: an approval does not pass on.") % {"who": who}
    ]  # fmt: skip


def replaces_present(who: str, row: int) -> str:
    """Said where the one to be replaced is on the list."""
    return _("The list says it replaces '%(who)s', who is on the list in row %(row)d.") % {
        "who": who, "row": row,
    }  # fmt: skip


def replaces_nobody(text: str) -> str:
    """Said where nobody approved is meant by who is replaced."""
    return _("The list says it replaces '%(text)s': that is nobody approved here.") % {"text": text}


def absent(*, after: bool, rows: Sequence[int], closed: bool) -> list[str]:
    """What an approval without a line says."""
    said = [_("Approved, did not come.") if after else _("Approved, not on the list.")]
    if rows:
        said.append(
            _("Row %(rows)s may be the same: look at that first.")
            % {"rows": ", ".join(str(row) for row in rows)}
        )
    if closed:
        said.append(
            _("Part of the record is closed to you and was not told: %(ask)s.")
            % {"ask": restricted()}
        )
    return said


def taken_by(rows: Sequence[int]) -> str:
    """Said of an absent one in whose place somebody stands."""
    return _("Row %(rows)s stands in this place, and was not screened.") % {
        "rows": ", ".join(str(row) for row in rows)
    }
