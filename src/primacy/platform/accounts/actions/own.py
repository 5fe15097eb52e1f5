"""What a person did to the own account, noted: password, second factor, notices read."""

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform.accounts.actions.links import cancel_links
from primacy.platform.accounts.models import Account
from primacy.platform.audit.actions import record
from primacy.platform.policy import Denied, Viewer


def note_password_changed(*, account: Account, actor: Viewer) -> None:
    """Clears the demand to change a first password; only the person's own change does."""
    if actor.account_id != account.pk:
        raise Denied(_("Only the person who signs in with a password can change it."))
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(must_change_password=False)
        cancel_links(account)
        record(actor, "accounts.password.change", account, {})


def note_second_factor(*, account: Account, actor: Viewer, act: str, factor: str) -> None:
    """Leaves an audit entry that the person added, removed or renewed a second factor."""
    if actor.account_id != account.pk:
        raise Denied(_("Only the person can change the own second factor."))
    record(actor, f"accounts.second_factor.{act}", account, {"factor": factor})


def choose_language(*, account: Account, actor: Viewer, language: str) -> None:
    """Keeps the language in which the person wants to read; only the person chooses it."""
    if actor.account_id != account.pk:
        raise Denied(_("Only the person can choose the own language."))
    if account.language == language:
        return
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(language=language)
        record(actor, "accounts.language.choose", account, {"language": language})


def take_notice(*, account: Account, actor: Viewer) -> str:
    """The notice that waited for this person, which is thereby delivered; empty without one."""
    if actor.account_id != account.pk or not account.notice:
        return ""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(notice="")
        record(actor, "accounts.notice.read", account, {})
    return account.notice
