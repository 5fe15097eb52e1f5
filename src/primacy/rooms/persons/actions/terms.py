"""Acts on ranks and roles: what the words of the country mean."""

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.persons.errors import BadTerm
from primacy.rooms.persons.models import Commands, Term, TermKind
from primacy.rooms.persons.rights import KEEP
from primacy.rooms.persons.vocabulary import key_of
from primacy.rooms.places.facade import Mission

HIGHEST = 100


def keep_term(
    *,
    actor: Viewer,
    mission: Mission,
    kind: str,
    words: str,
    source_title: str,
    level: int | None = None,
    commands: str = Commands.DEPENDS,
) -> Term:
    """The rank or role as the mission knows it from now on; an older entry is withdrawn."""
    require(actor, KEEP, mission.pk)
    words = " ".join(words.split())
    key = key_of(words)
    if kind not in TermKind.values or commands not in Commands.values:
        raise BadTerm(_("Say whether it is a rank or a role, and whether who holds it commands."))
    if not key or len(words) > 120 or not source_title.strip():
        raise BadTerm(_("A rank or role needs its words (at most 120 letters) and a source."))
    if level is not None and not 1 <= level <= HIGHEST:
        raise BadTerm(_("The level of a rank is between 1 and %(n)d.") % {"n": HIGHEST})
    with transaction.atomic():
        source = ensure_source(actor=actor, mission_id=mission.pk, title=source_title)
        Term.objects.filter(mission=mission, kind=kind, key=key, withdrawn=False).update(
            withdrawn=True
        )
        made = Term.objects.create(
            mission=mission, kind=kind, words=words, key=key, level=level, commands=commands,
            source=source, recorded_by_id=actor.account_id,
        )  # fmt: skip
        record(actor, "persons.term.keep", made, {"kind": kind, "words": words, "as": commands})
    return made


def withdraw_term(*, actor: Viewer, term: Term) -> Term:
    """The term, withdrawn: what Primacy ships for the words holds again."""
    require(actor, KEEP, term.mission_id)
    with transaction.atomic():
        term.withdrawn = True
        term.save(update_fields=["withdrawn"])
        record(actor, "persons.term.withdraw", term, {"kind": term.kind, "words": term.words})
    return term
