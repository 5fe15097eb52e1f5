"""The marking a row states."""

from django.utils.translation import gettext_noop

from primacy.platform.exchange.sfm.files import SheetRow
from primacy.platform.exchange.sfm.problems import RowWrong
from primacy.platform.policy import Marking

MARKING = "marking:meta"
_BY_NAME = {marking.name.lower(): marking for marking in Marking}


def marking_of(row: SheetRow) -> Marking | None:
    """The marking of a row; None where it states none."""
    text = row.get(MARKING).lower()
    if not text:
        return None
    if text not in _BY_NAME:
        raise RowWrong(MARKING, text, gettext_noop("public, internal, confidential or strict"))
    return _BY_NAME[text]
