"""One compartment: its identities by pseudonym, its people, rotation and recovery."""

import uuid
from collections.abc import Callable, Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from primacy.faces.web.compartment_forms import FingerprintForm, HoldersForm, RecoveryForm
from primacy.faces.web.vault_cookie import key_in
from primacy.faces.web.views.compartments import (
    chosen_holders,
    crumbs,
    form_page,
    viewer_in,
)
from primacy.platform.accounts.models import Account
from primacy.platform.vault.actions import (
    admit_reader,
    begin_recovery,
    continue_rotation,
    erase_identity,
    finish_recovery,
    name_holders,
    open_identity,
    remove_member,
    search_identities,
    start_rotation,
    withdraw_recovery,
)
from primacy.platform.vault.errors import VaultError
from primacy.platform.vault.models import ProtectedIdentity, Vault
from primacy.platform.vault.queries import (
    candidates,
    content_words,
    identities,
    identity_by_id,
    is_member,
    may_report,
    people,
    reads,
    recoveries,
    recovery_by_id,
    rotation_due,
    rotation_left,
    rotation_unfinished,
    vault_by_code,
)

Act = Callable[[Vault], str]
"""Does one thing in a compartment and says what was done."""

STEPS_PER_REQUEST = 20
ROWS_A_PAGE = 50
REMOVED = "a member was removed"


@never_cache
@sensitive_post_parameters()
def compartment(request: HttpRequest, code: str) -> HttpResponse:
    """The compartment; a search is sent by POST, so that no word of it stands in an address."""
    viewer = viewer_in(request)
    vault = vault_by_code(viewer, code)
    inside = is_member(viewer, vault)
    wanted = request.POST.get("text", "") if request.method == "POST" else ""
    rows: Sequence[ProtectedIdentity] | QuerySet[ProtectedIdentity] = []
    if wanted:
        key = key_in(request)
        rows = search_identities(actor=viewer, key=key, vault=vault, text=wanted[:250])
    elif inside:
        rows = identities(viewer, vault)
    reader = reads(viewer, vault)
    leaf = Paginator(rows, len(rows) or 1 if wanted else ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "title": vault.compartment.name,
        "purpose": _("Owned by %(owner)s.") % {"owner": vault.compartment.owner},
        "crumbs": crumbs(vault.compartment.name),
        "section": "compartments",
        "vault": vault,
        "code": code,
        "rows": leaf,
        "lines": [(row, content_words(vault, row, reader)) for row in leaf],
        "searched": bool(wanted),
        "key": key_in(request),
        "inside": inside,
        "reads": reader,
        "people": people(viewer, vault),
        "due": rotation_due(vault) if inside else [],
        "unfinished": rotation_unfinished(vault) and inside,
        "left": rotation_left(vault) if inside else 0,
        "recoveries": recoveries(viewer, vault),
        "may_report": may_report(viewer),
        "me": viewer.account_id,
    }
    return render(request, "web/compartment.html", context)


@never_cache
@sensitive_variables()
@require_POST
def open_page(request: HttpRequest, code: str, pk: uuid.UUID) -> HttpResponse:
    """One identity in the clear. By POST: no prefetch, no history, no read by accident."""
    viewer = viewer_in(request)
    vault = vault_by_code(viewer, code)
    row = identity_by_id(viewer, vault, pk)
    shown = open_identity(actor=viewer, key=key_in(request), vault=vault, identity=row)
    context = {
        "title": shown.pseudonym,
        "purpose": _("This opening stands in the audit log under your name."),
        "crumbs": crumbs(shown.pseudonym, _here(vault)),
        "section": "compartments",
        "shown": shown,
        "code": code,
        "identity": row,
    }
    return render(request, "web/compartment_identity.html", context)


@require_POST
def erase(request: HttpRequest, code: str, pk: uuid.UUID) -> HttpResponse:
    """Erases what is sealed of one identity."""
    viewer = viewer_in(request)
    vault = vault_by_code(viewer, code)
    erase_identity(
        actor=viewer,
        key=key_in(request),
        vault=vault,
        identity=identity_by_id(viewer, vault, pk),
        reason=request.POST.get("reason", "")[:500],
    )
    return _back(request, vault, _("Erased. Copies made before still hold it, sealed."))


@never_cache
def admit(request: HttpRequest, code: str) -> HttpResponse:
    """Admits a reader, by a reader who is present."""
    viewer = viewer_in(request)
    vault = vault_by_code(viewer, code)
    known = {str(row.pk): row for row in candidates(viewer)}
    form = FingerprintForm(known.values(), request.POST or None)

    def act(vault: Vault) -> str:
        account = known[form.cleaned_data["account"]]
        typed = form.cleaned_data["fingerprint"]
        key = key_in(request)
        admit_reader(actor=viewer, key=key, vault=vault, account=account, fingerprint=typed)
        return _("%(person)s reads now.") % {"person": account.name}

    purpose = _("Ask the person to unlock the key and read its fingerprint to you, by voice.")
    done = _sent(request, form, vault, act)
    return done or form_page(
        request, form, _("Admit a reader"), purpose, _("Admit"), [_here(vault)]
    )


@require_POST
def remove(request: HttpRequest, code: str, account: uuid.UUID) -> HttpResponse:
    """Removes a member; where the viewer's key is unlocked, the key is rotated at once."""
    viewer = viewer_in(request)
    vault = vault_by_code(viewer, code)
    person = Account.objects.filter(pk=account, compartments=vault.compartment_id).first()
    if person is None:
        raise Http404
    remove_member(actor=viewer, vault=vault, account=person, reason=request.POST.get("reason", ""))
    messages.success(request, _("%(person)s was removed.") % {"person": person.name})
    if person.pk != viewer.account_id and key_in(request) and reads(viewer, vault):
        _rotate(request, vault, REMOVED)
    else:
        messages.warning(request, _("The key has to be rotated by a reader."))
    if person.pk == viewer.account_id:
        return redirect("compartments")
    return redirect("compartment", code=code)


@require_POST
def rotate(request: HttpRequest, code: str) -> HttpResponse:
    """Begins a rotation, or goes on with one that is not finished."""
    viewer = viewer_in(request)
    vault = vault_by_code(viewer, code)
    _rotate(request, vault, "asked for")
    return redirect("compartment", code=code)


def _rotate(request: HttpRequest, vault: Vault, reason: str) -> None:
    viewer, key = viewer_in(request), key_in(request)
    if not rotation_unfinished(vault) or reason == REMOVED:
        start_rotation(actor=viewer, key=key, vault=vault, reason=reason)
    for _step in range(STEPS_PER_REQUEST):
        progress = continue_rotation(actor=viewer, key=key, vault=vault)
        if progress.left == 0:
            messages.success(request, _("The key is rotated; every record is under the new one."))
            return
    messages.warning(
        request,
        _("%(left)d records are still under the old key. Go on with the rotation.")
        % {"left": progress.left},
    )


@never_cache
def holders(request: HttpRequest, code: str) -> HttpResponse:
    """Names the recovery holders anew."""
    viewer = viewer_in(request)
    vault = vault_by_code(viewer, code)
    known = {str(row.pk): row for row in candidates(viewer)}
    form = HoldersForm(known.values(), request.POST or None)

    def act(vault: Vault) -> str:
        chosen = chosen_holders(form.chosen(), known)
        name_holders(actor=viewer, key=key_in(request), vault=vault, holders=chosen)
        return _("The recovery holders are named.")

    purpose = _("Any two of them together can give the key to a new reader; one alone cannot.")
    done = _sent(request, form, vault, act)
    return done or form_page(
        request, form, _("Name recovery holders"), purpose, _("Name them"), [_here(vault)]
    )


@never_cache
def recover(request: HttpRequest, code: str) -> HttpResponse:
    """Begins a recovery: the first holder opens a layer."""
    viewer = viewer_in(request)
    vault = vault_by_code(viewer, code)
    known = {str(row.pk): row for row in candidates(viewer)}
    form = RecoveryForm(known.values(), request.POST or None)

    def act(vault: Vault) -> str:
        values = form.cleaned_data
        begin_recovery(
            actor=viewer,
            key=key_in(request),
            vault=vault,
            second=known[values["second"]],
            reader=known[values["account"]],
            fingerprint=values["fingerprint"],
            reason=values["reason"],
        )
        return _("Your layer is open. The second holder finishes it.")

    purpose = _("For when no reader can open the compartment any more. It stands in the log.")
    done = _sent(request, form, vault, act)
    return done or form_page(
        request, form, _("Recover the key"), purpose, _("Open my layer"), [_here(vault)]
    )


def _sent(request: HttpRequest, form: Form, vault: Vault, act: Act) -> HttpResponse | None:
    """Back to the compartment where the form was sent and the act is done; None to show it."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        said = act(vault)
    except VaultError as problem:
        form.add_error(None, str(problem))
        return None
    return _back(request, vault, said)


def _here(vault: Vault) -> tuple[str, str]:
    return vault.compartment.name, reverse("compartment", args=[vault.compartment.code])


def _back(request: HttpRequest, vault: Vault, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("compartment", code=vault.compartment.code)


@require_POST
def recover_finish(request: HttpRequest, code: str, pk: uuid.UUID) -> HttpResponse:
    """The second holder finishes a recovery, or one of the two withdraws it."""
    viewer = viewer_in(request)
    vault = vault_by_code(viewer, code)
    row = recovery_by_id(viewer, vault, pk)
    if request.POST.get("withdraw"):
        withdraw_recovery(actor=viewer, recovery=row)
        return _back(request, vault, _("The recovery was withdrawn."))
    typed = request.POST.get("fingerprint", "")[:40]
    finish_recovery(actor=viewer, key=key_in(request), recovery=row, fingerprint=typed)
    return _back(request, vault, _("The key was given to the new reader."))
